"""The trend: the same rate over a window that moves day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from core_tables import numbered_orders, table

from odr_xl.core.counts import count_days
from odr_xl.core.ledger import build_ledger
from odr_xl.core.trend import TrendPoint, last_day, trend
from odr_xl.errors import NoOrders, UsageError

FIRST = date(2021, 10, 29)


def daily(*orders: tuple[date | None, bool]) -> object:
    rows = [{"order_id": str(n), "order_date": day, "chargeback": bad} for n, (day, bad) in enumerate(orders)]
    return count_days(build_ledger(table(rows, ("order_id", "order_date"))))


def test_order_is_in_the_sixty_windows_that_end_from_its_day_on():
    # By hand: an order of 2021-10-29 is in the windows that end from 2021-10-29 to 2021-12-27.
    points = trend(daily((FIRST, True)), date(2021, 12, 28), points=62)
    assert [point.orders for point in points] == [0, *[1] * 60, 0]
    assert points[1].end == FIRST
    assert points[-2].end == date(2021, 12, 27)


def test_rate_of_a_window_is_counted_and_not_an_average_of_days():
    # One bad order of one on the first day and none of 99 on the second: 1 of 100, not the mean of 100 % and 0 %.
    days = daily((FIRST, True), *[(FIRST + timedelta(days=1), False)] * 99)
    (point,) = trend(days, FIRST + timedelta(days=1), points=1)
    assert point == TrendPoint(FIRST + timedelta(days=1), 100, 1, 1)
    assert (point.rate_amazon, point.rate) == (0.01, 0.01)


def test_returns_are_in_the_wider_rate_only():
    (point,) = trend(count_days(build_ledger(numbered_orders(10, FIRST, defect_return=[0]))), FIRST, points=1)
    assert (point.rate_amazon, point.rate) == (0.0, 0.1)


def test_window_without_an_order_has_a_point_without_a_rate():
    points = trend(daily((FIRST, False)), FIRST + timedelta(days=100), points=3, step=50)
    assert [point.end for point in points] == [FIRST, FIRST + timedelta(days=50), FIRST + timedelta(days=100)]
    assert [point.rate for point in points] == [0.0, 0.0, None]


def test_trend_without_any_order_has_all_its_points():
    for days in (daily(), daily((None, True))):
        points = trend(days, FIRST, points=4)
        assert [(point.orders, point.rate, point.rate_amazon) for point in points] == [(0, None, None)] * 4


def test_orders_without_a_date_are_in_no_window():
    (point,) = trend(daily((FIRST, False), (None, True)), FIRST, points=1)
    assert (point.orders, point.defective) == (1, 0)


def test_several_rows_of_one_day_are_added_up():
    rows = [{"order_id": str(n), "order_date": FIRST, "channel": c} for n, c in enumerate(("AFN", "MFN", "MFN"))]
    (point,) = trend(count_days(build_ledger(table(rows))), FIRST, points=1, window=1)
    assert point.orders == 3


def test_last_day_is_the_last_day_with_an_order():
    rows = [
        {"order_id": "A", "order_date": FIRST},
        {"order_id": "B", "order_date": None},
        {"order_id": "S01-1", "order_date": FIRST + timedelta(days=9)},
    ]
    assert last_day(count_days(build_ledger(table(rows)))) == FIRST


@pytest.mark.parametrize("orders", [[], [(None, False)]])
def test_last_day_of_orders_without_a_date_is_an_error(orders):
    with pytest.raises(NoOrders, match="Check the column of order dates"):
        last_day(daily(*orders))


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        ({"points": 0}, "points is a whole number from 1"),
        ({"step": 0}, "step is a whole number from 1"),
        ({"window": -1}, "window is a whole number from 1"),
        ({"points": 10_001}, "at most 10,000 points"),
        ({"step": 100_000}, "begins before the year 1"),
        ({"window": 800_000}, "begins before the year 1"),
        ({"step": 10**12}, "begins before the year 1"),
    ],
)
def test_impossible_trend_is_refused_with_a_remedy(options, remedy):
    with pytest.raises(UsageError, match=remedy):
        trend(daily((FIRST, False)), FIRST, **options)
