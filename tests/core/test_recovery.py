"""The recovery: the first day on which the rate is under the target."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.core.forecast import forecast
from odr_xl.core.recovery import Recovery, recovery_date
from odr_xl.core.window import leaves_on
from odr_xl.errors import NoOrders, UsageError

FIRST = date(2026, 3, 2)
DAY = timedelta(days=1)


def table(rows: Iterable[tuple[date, int, int]]) -> pd.DataFrame:
    """Daily counts: date, orders, orders with a defect in Amazon's sense."""
    listed = list(rows)
    made = pd.DataFrame({"order_date": np.array([day for day, _, _ in listed], dtype="datetime64[s]")})
    made[list(COUNT_COLUMNS)] = 0
    return made.assign(orders=[n for _, n, _ in listed], defective_amazon=[bad for _, _, bad in listed])


def every_day(number: int, orders: int, bad: Iterable[int] = (), first: date = FIRST) -> pd.DataFrame:
    """``number`` days of ``orders`` orders, one of them defective on the days in ``bad``."""
    defective = set(bad)
    return table((first + n * DAY, orders, int(n in defective)) for n in range(number))


def test_shop_with_one_defective_order_recovers_on_the_day_it_leaves():
    # By hand: one order a day, so one defect is 1 in 60; it leaves 75 days after 2021-10-29, on 2022-01-12.
    days = every_day(92, 1, bad=[28], first=date(2021, 10, 1))
    for as_of in (date(2021, 12, 31), date(2022, 1, 11)):
        found = recovery_date(days, as_of)
        assert found.day == leaves_on(date(2021, 10, 29)) == date(2022, 1, 12)
        assert found.days == (found.day - as_of).days
    assert recovery_date(days, date(2022, 1, 12)) == Recovery(date(2022, 1, 12), 0, None, None)


def test_rate_that_equals_the_target_has_not_recovered():
    # By hand: one order a day before and after, so the rate stays 1 in 60 until the defect leaves.
    days = every_day(75, 1, bad=[59])
    equal = recovery_date(days, FIRST + 74 * DAY, target=1 / 60, daily_orders=1)
    assert equal.day == leaves_on(FIRST + 59 * DAY)
    assert recovery_date(days, FIRST + 74 * DAY, target=1 / 59.9, daily_orders=1).days == 0


def test_more_orders_recover_the_rate_before_the_defect_leaves():
    # By hand: today 60 orders and one defect of the window's last day. On day n the window holds 60 - n days of one
    # order and, after the lag of 15 days of one order each, n - 15 days of 5: 60 + 4 (n - 15) > 100 from day 26 on.
    days = every_day(90, 1, bad=[74])
    found = recovery_date(days, FIRST + 89 * DAY, daily_orders=5)
    assert (found.days, found.day) == (26, FIRST + 115 * DAY)


def test_known_defect_that_enters_later_is_said():
    # By hand: no defect in the window, one on yesterday's order date: it enters on day 14 with 60 orders in the window.
    found = recovery_date(every_day(90, 1, bad=[88]), FIRST + 89 * DAY)
    assert found == Recovery(FIRST + 89 * DAY, 0, FIRST + 103 * DAY, None)


def test_recovery_between_two_defects_says_when_the_rate_is_up_again():
    # By hand: the window has 5 days and ends 8 days back, on date 91. Date 90 is in the windows that end from 90 to
    # 94, date 96 in those from 96 on: the rate is under the target on day 4 alone.
    found = recovery_date(every_day(100, 1, bad=[90, 96]), FIRST + 99 * DAY, window=5, lag=8)
    assert found == Recovery(FIRST + 103 * DAY, 4, FIRST + 104 * DAY, None)
    # One in five reaches a target of 20 %, too.
    assert recovery_date(every_day(100, 1, bad=[90, 96]), FIRST + 99 * DAY, window=5, lag=8, target=0.2) == found


def test_defects_that_go_on_are_no_recovery():
    found = recovery_date(every_day(90, 10, bad=range(90)), FIRST + 89 * DAY, daily_defects=1)
    assert found == Recovery(None, None, None, None)


def test_shop_that_stops_selling_does_not_recover_and_says_when_its_window_is_empty():
    # By hand: every day one order, every order defective; the last of date 89 leaves 75 days later.
    days = table((FIRST + n * DAY, 1, 1) for n in range(90))
    found = recovery_date(days, FIRST + 89 * DAY, daily_orders=0)
    assert found == Recovery(None, None, None, FIRST + (89 + 75) * DAY)


def test_days_ahead_limit_the_search():
    days = every_day(92, 1, bad=[28], first=date(2021, 10, 1))
    assert recovery_date(days, date(2021, 12, 31), days_ahead=11).day is None
    assert recovery_date(days, date(2021, 12, 31), days_ahead=12).day == date(2022, 1, 12)
    assert recovery_date(days, date(2021, 12, 31), days_ahead=0).day is None


def test_window_without_orders_has_nothing_to_recover():
    with pytest.raises(NoOrders, match="On 2026-09-18 the window holds no order"):
        recovery_date(every_day(1, 3), FIRST + 200 * DAY)


@pytest.mark.parametrize("target", [0, 1, -0.01, 100, float("nan")])
def test_target_that_is_no_fraction_is_refused(target):
    with pytest.raises(UsageError, match="The target is a fraction between 0 and 1, such as"):
        recovery_date(every_day(90, 1), FIRST + 89 * DAY, target=target)


counted = st.lists(st.tuples(st.integers(0, 130), st.integers(1, 6), st.integers(0, 2)), min_size=1, max_size=60)
rows_of_days = counted.map(lambda cases: [(FIRST + n * DAY, orders, min(orders, bad)) for n, orders, bad in cases])
choices = {
    "target": st.sampled_from([0.01, 0.1, 0.4]),
    "daily_orders": st.sampled_from([None, 0.0, 2.0]),
    "daily_defects": st.sampled_from([0.0, 0.3]),
    "window": st.integers(1, 70),
    "lag": st.integers(0, 20),
}


@given(rows_of_days, st.integers(0, 150), st.fixed_dictionaries(choices))
def test_recovery_is_the_first_row_of_the_forecast_that_is_under_the_target(rows, after, options):
    as_of = FIRST + after * DAY
    target = options["target"]
    rest = {name: value for name, value in options.items() if name != "target"}
    points = forecast(table(rows), as_of, days_ahead=120, **rest)
    if points[0].rate is None:
        with pytest.raises(NoOrders):
            recovery_date(table(rows), as_of, **options)
        return
    found = recovery_date(table(rows), as_of, **options)
    states = ["none" if p.rate is None else "over" if p.rate >= target else "under" for p in points]
    assert found.day == (points[states.index("under")].day if "under" in states else None)
    if found.day is not None:
        later = states[found.days :]
        assert found.again == (points[found.days + later.index("over")].day if "over" in later else None)


@given(rows_of_days, st.integers(0, 60), st.integers(-300, 300), st.booleans())
def test_shifted_dates_shift_the_recovery(rows, after, by, own):
    moved = (by if own else 7 * by) * DAY
    as_of = max(day for day, _, _ in rows) + min(after, 10) * DAY
    options = {"daily_orders": 2.0 if own else None, "lag": 0}
    here = recovery_date(table(rows), as_of, **options)
    there = recovery_date(table((day + moved, n, bad) for day, n, bad in rows), as_of + moved, **options)
    assert here.days == there.days
    assert (here.again is None) == (there.again is None)
    assert here.again is None or there.again - here.again == moved
