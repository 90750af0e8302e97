"""The plan of action: which orders it is about, whether one is asked for, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from core_tables import order_id, table
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import count_days
from odr_xl.core.events import chargeback_events
from odr_xl.core.ledger import build_ledger
from odr_xl.core.plan import Plan, due_date, plan_of_action
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError

DAY = date(2026, 5, 4)
WINDOW = Window(DAY, DAY + timedelta(days=59))


def shop(orders: int, *defective: int, offsets: dict[int, int] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events and daily counts of a shop: order n is ``offsets[n]`` days after DAY; the defective have a chargeback."""
    days = offsets or {}
    rows = [{"order_id": order_id(n), "order_date": DAY + timedelta(days=days.get(n, 0))} for n in range(orders)]
    cases: list[dict[str, Any]] = [{"order_id": order_id(n), "type": "Service", "status": "faulty"} for n in defective]
    ledger = build_ledger(table(rows), chargeback_events(table(cases)))
    return ledger.events, count_days(ledger)


def plan(events: pd.DataFrame, days: pd.DataFrame, **options: Any) -> Plan:
    return plan_of_action(events, days, WINDOW, **options)


def test_plan_by_hand():
    # 2 of 100 orders are 2 %, over the target of 1 %.
    result = plan(*shop(100, 3, 7))
    assert (result.orders, result.defective, result.listed, result.rate, result.asked) == (100, 2, 2, 0.02, True)
    (root,) = result.actions.amazon
    assert (root.topic, root.orders) == ("faulty", (order_id(3), order_id(7)))


@pytest.mark.parametrize(("orders", "asked"), [(100, True), (101, False)])
def test_plan_is_asked_for_when_the_rate_reaches_the_target(orders, asked):
    # Amazon's report says LESS_THAN 0.01: 1 of 100 misses it, 1 of 101 doesn't.
    assert plan(*shop(orders, 0)).asked is asked


def test_another_target_decides_too():
    assert not plan(*shop(100, 0), target=0.02).asked


@pytest.mark.parametrize(("offset", "inside"), [(-1, False), (0, True), (59, True), (60, False)])
def test_only_orders_of_the_window_are_in_the_plan(offset, inside):
    result = plan(*shop(10, 4, offsets={4: offset}))
    assert result.listed == result.defective == int(inside)
    assert result.orders == 9 + int(inside)


def test_early_warning_stays_out_of_the_plan():
    rows = table([{"order_id": order_id(1), "order_date": DAY, "defect_return": True}])
    ledger = build_ledger(rows)
    result = plan(ledger.events, count_days(ledger))
    assert (result.defective, result.listed, result.actions.amazon) == (0, 0, ())


def test_defects_that_the_daily_counts_do_not_know_show_as_a_difference():
    events, _ = shop(100, 3, 7)
    _, days = shop(100, 3)
    assert (plan(events, days).defective, plan(events, days).listed) == (1, 2)


def test_window_without_orders_has_no_plan():
    events, days = shop(5, 1)
    with pytest.raises(NoOrders, match="no order in the window"):
        plan_of_action(events, days, Window(date(2030, 1, 1), date(2030, 3, 1)))


# The deadline


@pytest.mark.parametrize(
    ("notice", "days", "due"),
    [
        (date(2026, 11, 20), 17, date(2026, 12, 7)),  # November has 30 days
        (date(2028, 2, 28), 2, date(2028, 3, 1)),  # leap year
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
    ],
)
def test_deadline_is_so_many_days_after_the_notice(notice, days, due):
    assert due_date(notice, days=days) == due


def test_deadline_is_17_days_after_the_notice_unless_told_otherwise():
    # 17 days: the article's figure.
    assert due_date(date(2026, 11, 20)) == date(2026, 12, 7)


@pytest.mark.parametrize("days", [0, -3])
def test_less_than_one_day_for_a_plan_is_refused(days):
    with pytest.raises(UsageError, match=rf"plan_days is a whole number from 1, not {days}\."):
        due_date(DAY, days=days)


@pytest.mark.parametrize("days", [10**7, 10**12])
def test_deadline_after_the_last_year_is_refused(days):
    with pytest.raises(UsageError, match=rf"plan_days is too large: {days}\. Take the number in Amazon's e-mail"):
        due_date(DAY, days=days)


# Laws


@given(
    defective=st.sets(st.integers(0, 29)),
    offsets=st.dictionaries(st.integers(0, 29), st.integers(-5, 65)),
    shift=st.integers(-400, 400),
)
def test_shift_of_all_dates_shifts_the_window_and_changes_nothing_else(defective, offsets, shift):
    events, days = shop(31, *sorted(defective), offsets=offsets)
    moved = timedelta(days=shift)
    later = Window(DAY + moved, DAY + timedelta(days=59) + moved)
    result = plan_of_action(
        events.assign(order_date=events["order_date"] + moved),
        days.assign(order_date=days["order_date"] + moved),
        later,
    )
    before = plan(events, days)
    assert (result.orders, result.defective, result.actions) == (before.orders, before.defective, before.actions)
    assert due_date(DAY + moved) == due_date(DAY) + moved


@given(defective=st.sets(st.integers(0, 19)), offsets=st.dictionaries(st.integers(0, 19), st.integers(-5, 65)))
def test_plan_names_each_defective_order_of_the_window_once(defective, offsets):
    result = plan(*shop(21, *sorted(defective), offsets=offsets))
    inside = sorted(order_id(n) for n in defective if 0 <= offsets.get(n, 0) <= 59)
    assert sorted(number for root in result.actions.amazon for number in root.orders) == inside
    assert result.listed == result.defective == len(inside)
