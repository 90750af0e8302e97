"""Appeals: which orders first, and the rate without them, against ledgers that are built without them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from core_tables import order_id, table
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core import grounds
from odr_xl.core.appeals import Appeal, Appeals, appeals, wins_needed
from odr_xl.core.counts import count_days, count_orders
from odr_xl.core.ledger import Ledger, build_ledger
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError

DAY = date(2026, 5, 4)
Row = dict[str, Any]
ACCOUNTS = (("US", "MFN"), ("US", "AFN"), ("DE", "MFN"))


def shop(count: int, day: date = DAY, marketplace: str = "US", channel: str = "MFN", first: int = 0) -> list[Row]:
    return [
        {"order_id": order_id(n), "order_date": day, "marketplace": marketplace, "channel": channel}
        for n in range(first, first + count)
    ]


def feedback(number: int, comment: str = "Leaks from day one", day: date | None = DAY, stars: int = 1) -> Row:
    return {
        "kind": "feedback",
        "order_id": order_id(number),
        "rating": stars,
        "comments": comment,
        "feedback_date": day,
    }


def claim(number: int, status: str = "Granted", reason: str = "", day: date | None = DAY) -> Row:
    return {"kind": "claim", "order_id": order_id(number), "status": status, "reason": reason, "claim_date": day}


def chargeback(number: int, kind: str = "Service", day: date | None = DAY) -> Row:
    return {"kind": "chargeback", "order_id": order_id(number), "type": kind, "chargeback_date": day}


def listed(number: int, cause: str) -> Row:
    return {"kind": "listed", "order_id": order_id(number), cause: True}


def ledger(orders: list[Row], found: list[Row]) -> Ledger:
    makers = {
        "feedback": event.feedback_events, "claim": event.claim_events, "chargeback": event.chargeback_events,
        "listed": event.account_health_events,
    }  # fmt: skip
    made = [make(table(r for r in found if r["kind"] == kind)) for kind, make in makers.items()
            if any(r["kind"] == kind for r in found)]  # fmt: skip
    return build_ledger(table(orders, ("order_id", "order_date")), event.join_events(made))


def ranked(orders: list[Row], found: list[Row], **options: Any) -> Appeals:
    built = ledger(orders, found)
    return appeals(built.events, count_days(built), **options)


def ids(found: Appeals) -> list[str]:
    return [appeal.order_id for appeal in found.orders]


def only(found: Appeals) -> Appeal:
    (appeal,) = found.orders
    return appeal


# The unit


def test_order_with_two_defects_is_one_appeal_with_two_cases():
    found = ranked(shop(200), [claim(0), feedback(0), feedback(1)])
    assert sorted(len(appeal.cases) for appeal in found.orders) == [1, 2]
    both = next(appeal for appeal in found.orders if len(appeal.cases) == 2)
    assert [case.cause for case in both.cases] == ["negative_feedback", "a_to_z_claim"]
    # 2 distinct orders of 200 are defective, 1 of 200 without the one with two defects.
    assert (both.rate, both.rate_won) == (0.01, 0.005)


def test_order_is_as_strong_as_its_weakest_case():
    found = ranked(shop(9), [feedback(0), claim(0, "Closed/Refunded")])
    assert [case.strength for case in only(found).cases] == ["strong", "weak"]
    assert only(found).strength == "weak"


def test_what_does_not_count_is_no_appeal():
    # 3 stars, a denied claim, fraud, an order that isn't there.
    found = ranked(shop(9), [feedback(0, stars=3), claim(1, "Denied"), chargeback(2, "Fraud"), feedback(77)])
    assert found.orders == ()
    assert (found.whole.defective, found.whole.listed, found.whole.needed) == (0, 0, 0)


def test_return_is_no_appeal_because_it_is_not_in_amazons_rate():
    orders = shop(9)
    orders[0]["defect_return"] = True
    assert ranked(orders, []).orders == ()


def test_defect_outside_the_window_is_no_appeal_and_undated_ones_are_only_in_the_open_window():
    orders = [*shop(1), *shop(1, DAY + timedelta(days=1), first=1), *shop(1, None, first=2)]
    found = [feedback(0), feedback(1), feedback(2)]
    assert ids(ranked(orders, found, window=Window(DAY, DAY))) == [order_id(0)]
    assert sorted(ids(ranked(orders, found))) == [order_id(n) for n in range(3)]


def test_mark_of_account_health_does_not_weaken_the_feedback_that_it_marks():
    found = ranked(shop(9), [feedback(0), listed(0, "negative_feedback")])
    (case,) = only(found).cases
    assert case.ground is grounds.PRODUCT
    assert case.detail == "1★ Leaks from day one"


def test_mark_of_account_health_alone_asks_for_the_record():
    (case,) = only(ranked(shop(9), [listed(0, "chargeback")])).cases
    assert (case.ground, case.strength, case.days_left) == (grounds.LISTED, "weak", None)


def test_two_records_of_one_cause_are_one_case_as_weak_as_the_weaker():
    (case,) = only(ranked(shop(9), [claim(0, "Granted"), claim(0, "Appeal denied")])).cases
    assert case.ground is grounds.CLAIM_LOST
    assert case.detail == "Granted / Appeal denied"
    (case,) = only(ranked(shop(9), [claim(0, ""), claim(0, "Granted"), claim(0, "Granted")])).cases
    assert case.detail == "Granted"


# Order


def test_best_chance_comes_first_then_the_account_over_its_target():
    # DE is over its target (2 of 5), US is not (3 of 1,000).
    orders = [*shop(1000), *shop(5, marketplace="DE", first=1000)]
    found = [chargeback(0), claim(1), feedback(2), claim(1000, "Granted"), chargeback(1001)]
    # strong: US feedback. fair: DE claim, US claim. weak: DE chargeback, US chargeback.
    assert ids(ranked(orders, found)) == [order_id(n) for n in (2, 1000, 1, 1001, 0)]


def test_account_whose_rate_just_reaches_the_target_is_over_it():
    # DE: 1 of 100 reaches 1 %; US: 1 of 101 doesn't, and would come first by its order id.
    orders = [*shop(101), *shop(100, marketplace="DE", first=101)]
    assert ids(ranked(orders, [claim(0), claim(101)])) == [order_id(101), order_id(0)]


def test_fewer_cases_come_first_then_the_order_that_stays_longer():
    orders = [*shop(3), *shop(3, DAY + timedelta(days=3), first=3)]
    found = [claim(0), claim(3), feedback(4), claim(4), claim(1)]
    assert ids(ranked(orders, found)) == [order_id(n) for n in (3, 0, 1, 4)]


def test_order_without_a_date_comes_after_those_that_are_known_to_stay():
    assert ids(ranked([*shop(1, None), *shop(1, first=1)], [claim(0), claim(1)])) == [order_id(1), order_id(0)]


# Days


def test_days_left_are_counted_from_the_event_to_the_day_of_looking():
    # Removal can be asked for 90 days after the feedback; 14 of them are gone.
    assert only(ranked(shop(9), [feedback(0)], as_of=DAY + timedelta(days=14))).days_left == 76
    # Appeal within 30 days.
    assert only(ranked(shop(9), [claim(0)], as_of=DAY + timedelta(days=14))).days_left == 16


def test_the_most_urgent_case_sets_the_days_left():
    assert only(ranked(shop(9), [feedback(0), claim(0)], as_of=DAY)).days_left == 30


@pytest.mark.parametrize(("age", "left", "strength"), [(89, 1, "strong"), (90, 0, "weak"), (400, 0, "weak")])
def test_ground_is_weak_once_the_days_are_over(age, left, strength):
    appeal = only(ranked(shop(9), [feedback(0)], as_of=DAY + timedelta(days=age)))
    assert (appeal.days_left, appeal.strength) == (left, strength)


def test_days_left_are_unknown_without_a_limit_or_a_date():
    assert only(ranked(shop(9), [claim(0, "Open")], as_of=DAY)).days_left is None
    assert only(ranked(shop(9), [feedback(0, day=None)], as_of=DAY)).days_left is None


def test_day_of_looking_is_the_latest_event_of_the_trail_when_left_out():
    # The 3-star feedback doesn't count, but it is the latest thing known.
    late = feedback(1, day=DAY + timedelta(days=10), stars=3)
    assert only(ranked(shop(9), [feedback(0), late])).days_left == 80
    assert only(ranked(shop(9), [feedback(0, day=None)])).days_left is None


def test_order_leaves_75_days_after_its_date():
    # 60 days of window and 15 of lag (rules), by hand: 2026-05-04 + 75 days.
    assert only(ranked(shop(9), [feedback(0)])).leaves_on == date(2026, 7, 18)


# How many to win


@pytest.mark.parametrize(
    ("orders", "defective", "listed_orders", "expected"),
    [
        (150, 2, 2, 1),  # 2/150 = 1.33 %, 1/150 = 0.67 %
        (100, 1, 1, 1),  # 1.00 % is reached, so one must go
        (101, 1, 1, 0),  # 0.99 % is under already
        (500, 6, 6, 2),  # 5/500 = 1.00 % is still over, 4/500 = 0.8 %
        (90, 3, 2, None),  # 1/90 = 1.11 %
        (90, 3, 3, 3),
        (90, 3, 0, None),
        (1000, 0, 0, 0),
    ],
)
def test_fewest_orders_to_win(orders, defective, listed_orders, expected):
    assert wins_needed(orders, defective, listed_orders) == expected


def test_each_account_is_judged_by_itself_and_all_together():
    orders = [*shop(150), *shop(1000, channel="AFN", first=150)]
    found = ranked(orders, [feedback(0), feedback(1), feedback(150)])
    us_afn, us_mfn = found.accounts
    assert (us_afn.name, us_afn.orders, us_afn.defective, us_afn.listed, us_afn.needed) == ("US AFN", 1000, 1, 1, 0)
    assert (us_mfn.name, us_mfn.orders, us_mfn.defective, us_mfn.listed, us_mfn.needed) == ("US MFN", 150, 2, 2, 1)
    # 3 of 1,150 together.
    assert (found.whole.orders, found.whole.defective, found.whole.needed) == (1150, 3, 0)
    assert found.orders[0].rate_won == 1 / 150


def test_channel_without_a_counted_order_is_no_account():
    orders = [*shop(9), {**shop(1, channel="AFN", first=9)[0], "sales_channel": "Non-Amazon US"}]
    assert [account.name for account in ranked(orders, [feedback(0)]).accounts] == ["US MFN"]


def test_list_with_more_orders_than_the_counts_never_gives_a_rate_below_0():
    built = ledger(shop(9), [feedback(0), feedback(1)])
    days = count_days(build_ledger(table(shop(9))))
    found = appeals(built.events, days)
    assert {(a.rate, a.rate_won, a.rate_best) for a in found.orders} == {(0.0, 0.0, 0.0)}
    assert (found.whole.defective, found.whole.listed) == (0, 2)


def test_account_that_the_counts_do_not_know_has_no_rate():
    built = ledger(shop(9), [feedback(0)])
    days = count_days(ledger(shop(9, marketplace="DE"), []))
    assert (only(appeals(built.events, days)).rate, only(appeals(built.events, days)).rate_won) == (None, None)


def test_no_orders_in_the_window_is_an_error_and_not_a_rate():
    built = ledger(shop(9), [feedback(0)])
    with pytest.raises(NoOrders, match="Check the dates"):
        appeals(built.events, count_days(built), window=Window(DAY + timedelta(days=1)))
    empty = ledger([], [])
    with pytest.raises(NoOrders):
        appeals(empty.events, count_days(empty))


@pytest.mark.parametrize("target", [0, -0.01, 1.5, float("nan")])
def test_target_must_be_a_fraction_above_0(target):
    with pytest.raises(UsageError, match=r"such as 0\.01"):
        ranked(shop(9), [feedback(0)], target=target)


def test_own_target_decides_what_is_needed():
    # 2 of 150: 1.33 % is under 2 %, and even 1 of 150 (0.67 %) isn't under 0.5 %.
    found = [feedback(0), feedback(1)]
    assert ranked(shop(150), found, target=0.02).accounts[0].needed == 0
    assert ranked(shop(150), found, target=0.005).accounts[0].needed == 2


# Against ledgers that are built without the events

EVENTS = st.one_of(
    st.builds(feedback, st.integers(0, 11), st.sampled_from(("Leaks", "Came late", "Late and rude", ""))),
    st.builds(claim, st.integers(0, 11), st.sampled_from(("Granted", "Open", "Denied", "Appeal denied", "x"))),
    st.builds(chargeback, st.integers(0, 11), st.sampled_from(("Service", "Fraud", ""))),
    st.builds(listed, st.integers(0, 11), st.sampled_from(rules.AMAZON_CAUSES)),
)
SHOPS = st.tuples(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), min_size=1, max_size=10),
    st.lists(EVENTS, max_size=9),
)
WINDOWS = st.sampled_from((Window(), Window(DAY, DAY + timedelta(days=3)), Window(None, DAY + timedelta(days=4))))


def placed(where: list[tuple[int, int]], shift: int = 0) -> list[Row]:
    return [
        shop(1, DAY + timedelta(days=age + shift), *ACCOUNTS[account], first=n)[0]
        for n, (account, age) in enumerate(where)
    ]


def rate_without(orders: list[Row], found: list[Row], gone: set[str], window: Window, account: str = "") -> float:
    """Rate of a ledger that never heard of the events of some orders, and holds one account only."""
    own = [o for o in orders if not account or f"{o['marketplace']} {o['channel']}" == account]
    counts = count_orders(ledger(own, [row for row in found if row["order_id"] not in gone]), window)
    return counts["defective_amazon"] / counts["orders"]


@settings(max_examples=10)
@given(SHOPS, WINDOWS)
def test_every_rate_is_that_of_a_ledger_without_the_events(made, window):
    where, found = made
    orders = placed(where)
    if not count_orders(ledger(orders, []), window)["orders"]:
        return
    result = ranked(orders, found, window=window)
    gone: set[str] = set()
    for appeal in result.orders:
        gone.add(appeal.order_id)
        assert appeal.rate == rate_without(orders, found, set(), window, appeal.account)
        assert appeal.rate_won == rate_without(orders, found, {appeal.order_id}, window, appeal.account)
        assert appeal.rate_best == rate_without(orders, found, gone, window)
    # Nothing is left when all are won, and the orders of the list are those of the counts.
    assert rate_without(orders, found, gone, window) == 0
    assert result.whole.listed == result.whole.defective == len(gone)


@settings(max_examples=10)
@given(SHOPS)
def test_fewest_wins_are_those_of_trying_each_prefix(made):
    where, found = made
    orders = placed(where)
    result = ranked(orders, found, target=0.3)
    for account in (*result.accounts, result.whole):
        own = [a.order_id for a in result.orders if account.name in ("", a.account)]
        tried = [rate_without(orders, found, set(own[:k]), Window(), account.name) for k in range(len(own) + 1)]
        assert account.needed == next((k for k, rate in enumerate(tried) if rate < 0.3), None)


@settings(max_examples=10)
@given(SHOPS)
def test_appeal_never_raises_a_rate_and_each_further_one_lowers_it(made):
    where, found = made
    result = ranked(placed(where), found)
    best = [result.whole.defective / result.whole.orders, *(a.rate_best for a in result.orders)]
    assert all(later < earlier for earlier, later in pairwise(best))
    assert all(a.rate_won < a.rate for a in result.orders)


@settings(max_examples=10)
@given(SHOPS, st.integers(-400, 400))
def test_shifting_all_dates_shifts_the_days_and_nothing_else(made, shift):
    where, found = made
    move = timedelta(days=shift)
    moved = [{k: v + move if isinstance(v, date) else v for k, v in row.items()} for row in found]
    before, after = ranked(placed(where), found, as_of=DAY), ranked(placed(where, shift), moved, as_of=DAY + move)
    assert after.accounts == before.accounts
    for old, new in zip(before.orders, after.orders, strict=True):
        assert new.leaves_on == old.leaves_on + move
        assert new.order_date == old.order_date + move
        assert (new.order_id, new.cases, new.rate_won, new.rate_best) == (
            old.order_id, old.cases, old.rate_won, old.rate_best,
        )  # fmt: skip


@settings(max_examples=10)
@given(SHOPS, st.randoms(use_true_random=False))
def test_order_of_the_rows_is_irrelevant(made, random):
    where, found = made
    orders = placed(where)
    mixed, shuffled = list(orders), list(found)
    random.shuffle(mixed)
    random.shuffle(shuffled)
    one, other = ranked(orders, found), ranked(mixed, shuffled)
    assert ids(other) == ids(one)
    assert other.accounts == one.accounts
    assert [a.strength for a in other.orders] == [a.strength for a in one.orders]
