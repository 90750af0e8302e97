"""Reasons: what the defects are about, each order once a reason."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl import rules
from odr_xl.core.groups import Group
from odr_xl.core.rate import wilson_interval
from odr_xl.core.reasons import EVENT_KEYS, event_groups, reason_of
from odr_xl.core.topics import TOPICS
from odr_xl.errors import InputError, NoOrders, UsageError

Event = tuple[str, str, str, str]


def events(*rows: Event) -> pd.DataFrame:
    """Rows of order, cause, counts, detail."""
    return pd.DataFrame(list(rows), columns=["order_id", "cause", "counts", "detail"], dtype=object)


def found(groups: tuple[Group, ...]) -> list[tuple[str, int]]:
    return [(group.name, group.defective) for group in groups]


#: Two orders broken, one of them late too; one without a text; one returned as the wrong item; one claim denied.
SHOP = events(
    ("A", "negative_feedback", "amazon", "1★ came broken"),
    ("B", "negative_feedback", "amazon", "2★ Broken."),
    ("B", "a_to_z_claim", "amazon", "Granted · arrived late."),
    ("C", "chargeback", "amazon", "Service"),
    ("D", "defect_return", "returns", "CR-SWITCHEROO · red, not blue"),
    ("E", "a_to_z_claim", "", "Denied · broken"),
)


def test_topics_by_hand():
    broken, late, unstated = event_groups(SHOP, 400, "topic")
    # A and B of 400 orders, of 3 defective ones. Without broken parcels B is still late and C charged back: 2 of 400.
    assert broken == Group(
        "topic_damaged", 400, 2, 0.005, *wilson_interval(2, 400), share=2 / 3, lift=None, small=False, column="topic",
        without=2 / 400, running=2 / 3,
    )  # fmt: skip
    # B again: without lateness it stays broken, so all 3 stay defective. The running share counts B once.
    assert (late.name, late.defective, late.without, late.running) == ("topic_late", 1, 3 / 400, 2 / 3)
    assert (unstated.name, unstated.without, unstated.running) == ("topic_not_stated", 2 / 400, 1.0)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("amazon", [("negative_feedback", 2), ("a_to_z_claim", 1), ("chargeback", 1)]),
        ("returns", [("defect_return", 1)]),
        ("all", [("negative_feedback", 2), ("a_to_z_claim", 1), ("chargeback", 1), ("defect_return", 1)]),
    ],
)
def test_definition_decides_which_events_count(definition, expected):
    assert found(event_groups(SHOP, 400, "cause", definition=definition)) == expected


def test_reasons_are_return_codes_and_topics_side_by_side():
    assert found(event_groups(SHOP, 400, "reason", definition="all")) == [
        ("topic_damaged", 2), ("reason_wrong_item", 1), ("topic_late", 1), ("topic_not_stated", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cause", "detail", "expected"),
    [
        ("defect_return", "DEFECTIVE", "reason_faulty"),
        ("defect_return", "AMZ-PG-BAD-DESC · smaller than the picture", "reason_not_as_described"),
        ("defect_return", "NEVER_ARRIVED", "reason_missing"),
        ("defect_return", "", "reason_not_given"),
        ("defect_return", "arrived broken · see photo", "topic_damaged"),  # the buyer's words instead of a code
        ("defect_return", "zipper hums", "topic_other"),
        ("defect_cancellation", "missing parts", "topic_missing_parts"),
        ("negative_feedback", "1★", "topic_not_stated"),
    ],
)
def test_reason_of_one_event(cause, detail, expected):
    assert reason_of(cause, detail) == expected


def test_every_group_of_return_reasons_has_a_name_and_none_says_nothing():
    groups = {reason_of("defect_return", code) for code in rules.REASONS}
    # The groups of rules.REASONS, without "own words" and "unknown", which are no codes.
    assert groups == {f"reason_{group.replace(' ', '_')}" for group, _ in rules.REASONS.values()}


def test_same_event_from_two_reports_is_one_order():
    twice = events(("A", "chargeback", "amazon", "not received"), ("A", "chargeback", "amazon", "not received"))
    assert found(event_groups(twice, 10, "topic")) == [("topic_not_received", 1)]


def test_amazons_list_without_a_text_gives_way_to_the_report_that_quotes_the_buyer():
    listed = ("A", "negative_feedback", "amazon", "")
    quoted = ("A", "negative_feedback", "amazon", "1★ broken")
    assert found(event_groups(events(listed, quoted), 10, "topic")) == [("topic_damaged", 1)]
    assert found(event_groups(events(quoted, listed), 10, "reason")) == [("topic_damaged", 1)]
    # A chargeback that says nothing isn't explained by the feedback on the same order.
    other = ("A", "chargeback", "amazon", "")
    assert found(event_groups(events(quoted, other), 10, "topic")) == [("topic_damaged", 1), ("topic_not_stated", 1)]


def test_few_orders_are_too_few_for_every_reason():
    # z² = 3.8415: 0 in 380 reaches 1 %, 0 in 381 doesn't.
    assert [group.small for group in event_groups(SHOP, 380, "topic")] == [True] * 3
    assert [group.small for group in event_groups(SHOP, 381, "topic")] == [False] * 3
    # An interval that just reaches the target reaches it.
    assert event_groups(SHOP, 381, "topic", target=wilson_interval(0, 381)[1])[0].small


def test_nothing_that_counts_is_no_group():
    assert event_groups(events(), 10, "topic") == ()
    assert event_groups(events(("A", "a_to_z_claim", "", "Denied")), 10, "topic") == ()
    # A word that is no cause never counts, whatever stands beside it.
    assert event_groups(events(("A", "", "amazon", "late")), 10, "topic", definition="all") == ()


def test_what_cannot_be_grouped_is_refused_with_the_choices():
    with pytest.raises(UsageError, match=r'"sku" doesn\'t group defects\. Choose from: cause, topic, reason'):
        event_groups(SHOP, 10, "sku")
    with pytest.raises(UsageError, match="isn't a definition"):
        event_groups(SHOP, 10, "topic", definition="strict")
    with pytest.raises(NoOrders, match="nothing to group"):
        event_groups(SHOP, 0, "topic")


def test_more_defective_orders_than_orders_are_refused():
    with pytest.raises(InputError, match="3 orders have a defect, but there are 2 orders"):
        event_groups(SHOP, 2, "cause")


DETAILS = ("1★ broken", "1★", "late delivery", "DEFECTIVE · rust", "", "Open · never arrived", "Granted")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABCDEF"),
            st.sampled_from(rules.CAUSES),
            st.booleans(),
            st.sampled_from(DETAILS),
        ),
        max_size=12,
    ),
    st.sampled_from(EVENT_KEYS),
    st.sampled_from(tuple(rules.DEFINITIONS)),
    st.randoms(),
)
def test_groups_cover_every_defective_order_and_no_other(rows, column, definition, random):
    listed = [
        (order, cause, ("amazon" if cause in rules.AMAZON_CAUSES else "returns") if yes else "", detail)
        for order, cause, yes, detail in rows
    ]
    groups = event_groups(events(*listed), 6, column, definition=definition)
    defective = {row[0] for row in listed if row[2] and row[1] in rules.DEFINITIONS[definition]}
    assert all(1 <= group.defective <= len(defective) for group in groups)
    assert (groups[-1].running if groups else 1.0) == 1.0
    for group in groups:
        # Taking a reason away saves no more orders than have it; at least none.
        assert (len(defective) - group.defective) / 6 <= group.without <= len(defective) / 6
    names = {group.name for group in groups}
    if column == "cause":
        assert names == {row[1] for row in listed if row[0] in defective and row[2]} & {*rules.DEFINITIONS[definition]}
    else:
        assert {name.removeprefix("topic_") for name in names if name.startswith("topic_")} <= {*TOPICS}
    random.shuffle(listed)
    assert event_groups(events(*listed), 6, column, definition=definition) == groups
