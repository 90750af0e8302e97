"""Actions: which root cause an order stands under, in which order they come, and which remedies are chosen."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from core_tables import order_id, table
from hypothesis import given
from hypothesis import strategies as st

from odr_xl import labels, rules
from odr_xl.core import remedies
from odr_xl.core.actions import Action, Actions, RootCause, actions, counted_actions
from odr_xl.core.topics import TOPICS, topic_of

DAY = date(2026, 5, 4)
#: A detail that names each topic (the words are in ``core.topics``), the same for every cause of Amazon's.
WORDS = {
    "no_answer": "never answered my mails", "not_received": "never arrived", "missing_parts": "two hooks missing",
    "wrong_item": "wrong item", "damaged": "lid broken", "faulty": "faulty", "not_as_described": "not as described",
    "late": "came with delay", "refund": "where is my refund", "other": "hm", "not_stated": "",
}  # fmt: skip
COLUMNS = ("order_id", "order_date", "channel", "sku", "cause", "counts", "detail")


def event(order: int, cause: str, detail: str = "", **other: Any) -> dict[str, Any]:
    """One counted event; ``other`` replaces its date, channel, sku or counts."""
    counts = "amazon" if cause in rules.AMAZON_CAUSES else "returns"
    return {
        "order_id": order_id(order), "order_date": DAY, "channel": "MFN", "sku": "", "cause": cause, "counts": counts,
        "detail": detail,
    } | other  # fmt: skip


def found(*events: dict[str, Any]) -> Actions:
    return actions(table(events, COLUMNS))


def ids(*numbers: int) -> tuple[str, ...]:
    return tuple(order_id(n) for n in numbers)


def chosen(root: RootCause) -> list[str]:
    return [action.remedy for action in root.actions]


# Root causes


def test_root_cause_with_most_orders_comes_first_and_the_shares_add_up_to_one():
    result = found(
        event(1, "a_to_z_claim", "Open · wrong item"),
        event(2, "negative_feedback", "1★ faulty"),
        event(3, "chargeback", "faulty"),
    )
    # By hand: two of three orders are about a fault, one about a wrong item.
    assert [(root.topic, root.count, root.total, root.share) for root in result.amazon] == [
        ("faulty", 2, 3, 2 / 3), ("wrong_item", 1, 3, 1 / 3),
    ]  # fmt: skip
    assert result.amazon[0].orders == ids(2, 3)


def test_root_causes_with_as_many_orders_come_in_the_order_of_the_topics():
    result = found(*(event(n, "chargeback", WORDS[topic]) for n, topic in enumerate(reversed(WORDS))))
    assert [root.topic for root in result.amazon] == [topic for topic in TOPICS if topic in WORDS]


def test_order_with_several_topics_stands_once_under_the_most_telling_one():
    # TOPICS names the wrong item before the refund.
    (root,) = found(event(1, "negative_feedback", "2★ refund?"), event(1, "a_to_z_claim", "Open · wrong item")).amazon
    assert (root.topic, root.count, root.causes) == ("wrong_item", 1, (("negative_feedback", 1), ("a_to_z_claim", 1)))


def test_return_reason_tells_what_the_claim_of_the_same_order_was_about():
    result = found(event(1, "a_to_z_claim", "Granted"), event(1, "defect_return", "CR-SWITCHEROO"))
    (root,) = result.amazon
    assert (root.topic, root.cause, root.causes) == ("wrong_item", "", (("a_to_z_claim", 1),))
    assert result.early == ()


def test_orders_that_state_no_reason_are_told_apart_by_their_kind():
    result = found(event(1, "chargeback"), event(2, "a_to_z_claim"), event(3, "chargeback"))
    assert [(root.topic, root.cause, root.count) for root in result.amazon] == [
        ("not_stated", "chargeback", 2), ("not_stated", "a_to_z_claim", 1),
    ]  # fmt: skip


def test_kinds_with_as_many_orders_come_in_the_order_of_the_rules():
    earlier = date(2026, 5, 1)
    result = found(event(1, "chargeback", order_date=earlier), event(2, "a_to_z_claim"), event(3, "negative_feedback"))
    assert tuple(root.cause for root in result.amazon) == rules.AMAZON_CAUSES


def test_order_without_a_reason_and_with_two_kinds_stands_under_the_first_kind_of_the_rules():
    (root,) = found(event(1, "chargeback"), event(1, "a_to_z_claim")).amazon
    assert root.cause == "a_to_z_claim"


def test_returned_orders_are_an_early_warning_and_count_in_no_share_of_amazons():
    result = found(
        event(1, "chargeback", "faulty"), event(2, "defect_return", "DEFECTIVE"), event(3, "defect_return", "DEFECTIVE")
    )
    assert [(root.rate, root.topic, root.count, root.total) for root in result.amazon] == [("amazon", "faulty", 1, 1)]
    assert [(root.rate, root.topic, root.count, root.total) for root in result.early] == [("returns", "faulty", 2, 2)]


def test_event_that_does_not_count_is_left_aside():
    # A denied claim counts nowhere, and says nothing about the order's root cause either.
    assert found(event(1, "a_to_z_claim", "Denied · never arrived", counts="")) == Actions((), (), ())
    (root,) = found(event(1, "a_to_z_claim", "never arrived", counts=""), event(1, "chargeback", "faulty")).amazon
    assert (root.topic, root.causes) == ("faulty", (("chargeback", 1),))


def test_same_event_twice_counts_once():
    (root,) = found(event(1, "chargeback", "faulty"), event(1, "chargeback", "faulty")).amazon
    assert (root.count, root.causes, root.orders) == (1, (("chargeback", 1),), ids(1))


def test_orders_stand_oldest_first_and_those_without_a_date_last():
    (root,) = found(
        event(1, "chargeback", "faulty", order_date=None),
        event(2, "chargeback", "faulty", order_date=date(2026, 5, 9)),
        event(3, "chargeback", "faulty", order_date=date(2026, 5, 1)),
        event(4, "chargeback", "faulty", order_date=date(2026, 5, 1)),
    ).amazon
    assert root.orders == ids(3, 4, 2, 1)


def test_sku_counts_the_orders_that_have_it_and_a_blank_one_is_none():
    (root,) = found(
        event(1, "chargeback", "faulty", sku="POT"),
        event(1, "a_to_z_claim", "Open", sku="POT"),
        event(2, "chargeback", "faulty", sku="LID"),
        event(3, "chargeback", "faulty", sku="POT"),
        event(4, "chargeback", "faulty", sku=""),
        event(5, "chargeback", "faulty", sku="CUP"),
    ).amazon
    assert root.skus == (("POT", 2), ("CUP", 1), ("LID", 1))


# Remedies


@pytest.mark.parametrize(
    ("topic", "remedy", "strategy"),
    [
        ("no_answer", "answer", "answers"), ("not_received", "delivery", "delivery"),
        ("missing_parts", "contents", "packaging"), ("wrong_item", "picking", "packaging"),
        ("damaged", "packaging", "packaging"), ("not_as_described", "page", "page"), ("late", "delivery", "delivery"),
        ("refund", "answer", "answers"),
    ],
)  # fmt: skip
def test_each_topic_calls_for_the_articles_strategy(topic, remedy, strategy):
    (root,) = found(event(1, "chargeback", WORDS[topic])).amazon
    assert root.actions[0] == Action(remedy, "topic", "", 1, ids(1))
    assert remedies.STRATEGIES[remedies.REMEDIES[remedy].strategy - 1] == strategy


def test_kind_calls_for_the_remedy_that_fits_the_topic():
    result = found(
        event(1, "a_to_z_claim", "Open · never arrived"),
        event(2, "a_to_z_claim", "Open · faulty"),
        event(3, "a_to_z_claim", "Open · hm"),
        event(4, "chargeback", "never arrived"),
        event(5, "chargeback", "faulty"),
        event(6, "negative_feedback", "1★ faulty"),
    )
    assert result.kinds == (
        Action("feedback", "cause", "negative_feedback", 1, ids(6)),
        Action("claim_answer", "cause", "a_to_z_claim", 1, ids(3)),
        Action("claim_refund", "cause", "a_to_z_claim", 1, ids(2)),
        Action("claim_delivery", "cause", "a_to_z_claim", 1, ids(1)),
        Action("chargeback_answer", "cause", "chargeback", 1, ids(5)),
        Action("chargeback_proof", "cause", "chargeback", 1, ids(4)),
    )


def test_kind_calls_for_all_its_remedies_where_nothing_else_is_known():
    result = found(event(1, "a_to_z_claim"))
    assert [action.remedy for action in result.kinds] == ["claim_answer", "claim_refund", "claim_delivery"]
    assert chosen(result.amazon[0]) == ["ask"]


def test_early_warning_calls_for_no_remedy_of_a_kind():
    assert found(event(1, "defect_return", "DEFECTIVE")).kinds == ()


def test_cancellation_without_a_reason_calls_for_a_look_at_the_stock():
    (root,) = found(event(1, "defect_cancellation")).early
    assert chosen(root) == ["stock"]


# November and December are the peak; half of the root cause's orders have to lie there.
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([date(2026, 10, 31), date(2027, 1, 1)], None),
        ([date(2026, 11, 1), date(2026, 10, 31)], 1),
        ([date(2026, 12, 31), date(2026, 12, 1)], 2),
        ([date(2026, 12, 31), date(2026, 10, 1), date(2026, 10, 2)], None),
        ([None, date(2026, 12, 31)], 1),
        ([None, None], None),
    ],
)
@pytest.mark.parametrize("topic", ["late", "not_received"])
def test_holiday_fulfilment_is_called_for_only_by_orders_of_the_peak_months(topic, days, expected):
    (root,) = found(*(event(n, "chargeback", WORDS[topic], order_date=day) for n, day in enumerate(days))).amazon
    peaks = [action.count for action in root.actions if action.remedy == "holidays"]
    assert peaks == ([] if expected is None else [expected])


def test_peak_months_say_nothing_about_a_broken_lid():
    (root,) = found(event(1, "chargeback", "lid broken", order_date=date(2026, 12, 1))).amazon
    assert chosen(root) == ["packaging"]


@pytest.mark.parametrize(
    ("skus", "expected"),
    [
        (["POT", "POT"], 2),
        (["POT", "POT", "LID"], 2),
        (["POT", "LID"], None),
        (["POT", "POT", "LID", "LID"], None),  # half isn't most
        (["POT"], None),  # one order alone is no concentration
        (["", ""], None),
    ],
)
@pytest.mark.parametrize("topic", ["wrong_item", "not_as_described"])
def test_listing_is_watched_when_most_of_the_orders_are_of_one_sku(topic, skus, expected):
    (root,) = found(*(event(n, "chargeback", WORDS[topic], sku=sku) for n, sku in enumerate(skus))).amazon
    watched = [(action.subject, action.count) for action in root.actions if action.remedy == "watch"]
    assert watched == ([] if expected is None else [("POT", expected)])


def test_one_sku_calls_for_no_watch_when_the_parcel_was_damaged():
    (root,) = found(*(event(n, "chargeback", "lid broken", sku="POT") for n in range(3))).amazon
    assert chosen(root) == ["packaging"]


def test_amazons_own_delivery_is_not_the_sellers_to_mend():
    (root,) = found(*(event(n, "negative_feedback", "never arrived", channel="AFN") for n in range(2))).amazon
    assert root.actions == (Action("strike", "channel", "AFN", 2, ids(0, 1)),)
    (mixed,) = found(
        event(1, "negative_feedback", "never arrived", channel="AFN"),
        event(2, "negative_feedback", "never arrived"),
        event(3, "negative_feedback", "never arrived", channel=""),
    ).amazon
    assert mixed.actions == (
        Action("delivery", "channel", "", 2, ids(2, 3)),
        Action("strike", "channel", "AFN", 1, ids(1)),
    )


def test_order_that_both_delivered_stays_the_sellers():
    (root,) = found(
        event(1, "negative_feedback", "never arrived", channel="AFN"), event(1, "a_to_z_claim", "Open", channel="MFN")
    ).amazon
    assert chosen(root) == ["delivery"]


def test_fault_of_an_order_that_amazon_delivered_stays_the_sellers():
    (root,) = found(event(1, "negative_feedback", "faulty", channel="AFN")).amazon
    assert root.actions == (Action("quality", "topic", "", 1, ids(1)),)


# Counts alone


def test_counts_of_causes_become_root_causes_without_orders():
    result = counted_actions({"negative_feedback": 1, "a_to_z_claim": 2, "chargeback": 0, "defect_cancellation": 4})
    claim, feedback = result.amazon
    assert (claim.topic, claim.cause, claim.count, claim.total, claim.orders) == ("", "a_to_z_claim", 2, 3, ())
    assert claim.actions == tuple(
        Action(remedy, "cause", "a_to_z_claim", 2) for remedy in ("claim_answer", "claim_refund", "claim_delivery")
    )
    assert (feedback.cause, feedback.share) == ("negative_feedback", 1 / 3)
    assert [(root.cause, root.count, chosen(root)) for root in result.early] == [("defect_cancellation", 4, ["stock"])]


def test_counts_of_nothing_call_for_nothing():
    assert counted_actions({}) == counted_actions({"chargeback": 0}) == Actions((), (), ())


# The data


def test_every_remedy_has_a_source_and_its_words_and_is_chosen_somewhere():
    for remedy, data in remedies.REMEDIES.items():
        assert data.source
        assert 0 <= data.strategy <= len(remedies.STRATEGIES)
        for part in ("do", "done", "will"):
            assert labels.word(f"plan_{part}_{remedy}") != labels.word(f"plan_{part}_{remedy}", "zh")
    named = {"strike", "holidays", "watch"}.union(*remedies.TOPIC_REMEDIES.values(), *remedies.CAUSE_REMEDIES.values())
    assert named == set(remedies.REMEDIES)


def test_every_topic_and_every_cause_has_a_remedy():
    assert set(remedies.TOPIC_REMEDIES) == set(TOPICS)
    assert set(remedies.CAUSE_REMEDIES) == set(rules.CAUSES)
    assert all(remedies.TOPIC_REMEDIES.values())
    assert all(remedies.CAUSE_REMEDIES.values())


def test_all_six_strategies_of_the_article_have_a_remedy():
    assert {data.strategy for data in remedies.REMEDIES.values()} == {0, 1, 2, 3, 4, 5, 6}


# Laws

EVENTS = st.lists(
    st.builds(
        event,
        st.integers(0, 6),
        st.sampled_from(rules.CAUSES),
        st.sampled_from([*WORDS.values(), "Granted", "CR-DEFECTIVE", "DAMAGED_BY_CARRIER"]),
        sku=st.sampled_from(["", "POT", "LID"]),
        channel=st.sampled_from(["", "AFN", "MFN"]),
        order_date=st.sampled_from([None, DAY, date(2026, 12, 5)]),
    )
    | st.builds(event, st.integers(0, 6), st.sampled_from(rules.CAUSES), counts=st.just("")),
    max_size=14,
)


def by_hand(events: list[dict[str, Any]]) -> tuple[Counter[Any], Counter[Any]]:
    """The same counts another way: order by order, over the plain rows."""
    result: tuple[Counter[Any], Counter[Any]] = (Counter(), Counter())
    for number in sorted({row["order_id"] for row in events if row["counts"]}):
        own = [row for row in events if row["order_id"] == number and row["counts"]]
        amazon = [row for row in own if row["cause"] in rules.AMAZON_CAUSES]
        told = [topic_of(row["cause"], row["detail"]) for row in own]
        topic = sorted(told, key=TOPICS.index)[0]
        cause = sorted((row["cause"] for row in amazon or own), key=rules.CAUSES.index)[0]
        result[0 if amazon else 1][topic, cause if topic == "not_stated" else ""] += 1
    return result


@given(events=EVENTS)
def test_counts_are_those_of_a_count_by_hand(events):
    result = found(*events)
    for roots, expected in zip((result.amazon, result.early), by_hand(events), strict=True):
        assert {(root.topic, root.cause): root.count for root in roots} == expected
        assert [root.count for root in roots] == sorted(expected.values(), reverse=True)


@given(events=EVENTS)
def test_every_defective_order_stands_once_and_the_shares_add_up_to_one(events):
    result = found(*events)
    numbers = [number for root in (*result.amazon, *result.early) for number in root.orders]
    assert sorted(numbers) == sorted({row["order_id"] for row in events if row["counts"]})
    for roots in (result.amazon, result.early):
        shares = [Fraction(root.count, root.total) for root in roots]
        assert sum(shares) == (1 if roots else 0)
        assert [root.share for root in roots] == [float(share) for share in shares]


@given(events=EVENTS, seed=st.integers(0, 99))
def test_order_of_the_rows_is_irrelevant(events, seed):
    mixed = random.Random(seed).sample(events, len(events))
    assert found(*mixed) == found(*events)


@given(events=EVENTS)
def test_every_root_cause_has_an_action_and_every_action_names_orders_of_its_root_cause(events):
    result = found(*events)
    for root in (*result.amazon, *result.early):
        assert root.actions
        assert len({action.remedy for action in root.actions}) == len(root.actions)
        for action in root.actions:
            assert set(action.orders) <= set(root.orders)
            assert action.count == len(action.orders) > 0


@given(events=EVENTS)
def test_every_amazon_order_finds_a_remedy_of_each_of_its_kinds(events):
    result = found(*events)
    pairs = {(action.subject, number) for action in result.kinds for number in action.orders}
    assert pairs == {(row["cause"], row["order_id"]) for row in events if row["counts"] == "amazon"}


def test_ids_that_pandas_keeps_as_its_own_strings_are_read_too():
    rows = table([event(1, "chargeback", "faulty")], COLUMNS)
    rows["order_id"] = pd.Series([order_id(1)], dtype="string")
    assert actions(rows).amazon[0].orders == ids(1)
