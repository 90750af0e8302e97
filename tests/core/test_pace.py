"""The pace: expected orders a day, by weekday and season, and how far months have strayed from it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.core.pace import DailyCounts, daily_counts, expected_orders, volume_range
from odr_xl.errors import NoOrders, UsageError

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def counts(orders: list[int], first: date = MONDAY) -> DailyCounts:
    return DailyCounts(first, np.array(orders, dtype=np.int64), np.zeros(len(orders), dtype=np.int64))


def table(*rows: tuple[date | None, int, int]) -> pd.DataFrame:
    """Daily counts: date, orders, orders with a defect in Amazon's sense."""
    dates = np.array([np.datetime64("NaT") if day is None else day for day, _, _ in rows], dtype="datetime64[s]")
    made = pd.DataFrame({"order_date": dates} | dict.fromkeys(COUNT_COLUMNS, 0))
    return made.assign(orders=[n for _, n, _ in rows], defective_amazon=[bad for _, _, bad in rows])


# Counts without gaps


def test_rows_of_one_day_are_added_up_and_missing_days_are_0():
    found = daily_counts(table((MONDAY, 2, 1), (MONDAY + 2 * DAY, 4, 0), (MONDAY, 3, 1), (None, 9, 9)))
    assert (found.first, found.last) == (MONDAY, MONDAY + 2 * DAY)
    assert (found.orders.tolist(), found.defective.tolist()) == ([5, 0, 4], [2, 0, 0])


def test_row_of_orders_left_out_is_no_day_of_the_data():
    assert daily_counts(table((MONDAY, 0, 0), (MONDAY + DAY, 1, 0), (MONDAY + 9 * DAY, 0, 0))).last == MONDAY + DAY


def test_definition_decides_which_orders_are_defective():
    days = table((MONDAY, 5, 1)).assign(defective=3, defective_returns=2)
    found = [int(daily_counts(days, name).defective[0]) for name in ("amazon", "returns", "all")]
    assert found == [1, 2, 3]


@pytest.mark.parametrize("rows", [[], [(None, 4, 0)], [(MONDAY, 0, 0)]])
def test_counts_without_a_dated_order_are_no_orders(rows):
    with pytest.raises(NoOrders, match="Check the column of order dates"):
        daily_counts(table(*rows))


# Expected orders


def test_each_weekday_has_the_mean_of_its_last_four():
    # By hand: of five Mondays with 90, 1, 2, 3, 4 orders the last four count, 2.5; every other day had 7.
    orders = [n if weekday == 0 else 7 for n in (90, 1, 2, 3, 4) for weekday in range(7)]
    found = expected_orders(counts(orders), MONDAY + 35 * DAY, 8)
    assert found.tolist() == [2.5, 7, 7, 7, 7, 7, 7, 2.5]


def test_ten_days_of_data_give_the_mean_of_the_days_there_are():
    # By hand: Monday, Tuesday, Wednesday occur twice (1 and 8, 2 and 9, 3 and 10), the other weekdays once.
    found = expected_orders(counts(list(range(1, 11))), MONDAY + 10 * DAY, 7)
    assert found.tolist() == [4, 5, 6, 7, 4.5, 5.5, 6.5]  # Thursday to Wednesday


def test_weekday_that_has_not_been_seen_has_the_mean_of_all_days():
    # By hand: Monday 2, Tuesday 4; nothing is known of Wednesday to Sunday.
    assert expected_orders(counts([2, 4]), MONDAY + 2 * DAY, 7).tolist() == [3, 3, 3, 3, 3, 2, 4]
    assert expected_orders(counts([6]), MONDAY + DAY, 2).tolist() == [6, 6]


def test_days_without_orders_slow_the_pace():
    # By hand: 28 orders on the first and on the last of 28 days; both are other weekdays, one of four each.
    found = expected_orders(counts([28, *[0] * 26, 28]), MONDAY + 28 * DAY, 7)
    assert found.tolist() == [7, 0, 0, 0, 0, 0, 7]


def test_own_number_stands_for_every_day_without_weekday_and_season():
    year = [1] * 400 + [5] * 28
    assert expected_orders(counts(year), MONDAY + 428 * DAY, 3, daily_orders=2.5).tolist() == [2.5] * 3


@pytest.mark.parametrize("value", [-1, -0.001, float("nan"), float("inf")])
def test_own_number_that_cannot_be_is_refused_with_its_range(value):
    with pytest.raises(UsageError, match="daily_orders is a number of orders a day from 0 to 1,000,000,000, not"):
        expected_orders(counts([1]), MONDAY, 1, daily_orders=value)


def test_no_day_asked_for_is_no_number():
    assert expected_orders(counts([1]), MONDAY + DAY, 0).tolist() == []


# Season


def year_with_a_peak(reference: int = 2) -> list[int]:
    """392 days: ``reference`` orders a day, 8 a day in the week 364 days before the 11th day to come, 4 a day lately.

    The first day to come is position 392, so the 11th is 402, and the week around 402 - 364 = 38 is 35 to 41.
    """
    orders = [reference] * 392
    orders[35:42] = [8] * 7
    orders[364:] = [4] * 28
    return orders


def test_day_a_year_after_a_week_of_four_times_the_orders_has_four_times_the_pace():
    # By hand: 364 days before the last day (391) is day 27, so days 0 to 27 are compared with: 2 a day. The week 35
    # to 41 had 8 a day: factor 4. The week 34 to 40 has six of these days and one of 2: (6 * 8 + 2) / 7 / 2.
    found = expected_orders(counts(year_with_a_peak()), MONDAY + 392 * DAY, 12)
    assert found[10] == pytest.approx(4 * 4)
    assert found[9] == pytest.approx(4 * 50 / 14)
    assert found[0] == pytest.approx(4)  # the week 25 to 31 had 2 a day


def test_data_of_one_day_less_than_a_year_and_a_month_know_no_season():
    found = expected_orders(counts(year_with_a_peak()[1:]), MONDAY + 392 * DAY, 12)
    assert found.tolist() == [4.0] * 12


@pytest.mark.parametrize(("year_ago", "season"), [(28, True), (27, False), (1, False)])
def test_season_needs_28_orders_in_the_28_days_a_year_ago(year_ago, season):
    orders = year_with_a_peak()
    orders[:28] = [1] * year_ago + [0] * (28 - year_ago)
    assert (expected_orders(counts(orders), MONDAY + 392 * DAY, 12)[10] != 4) == season


def test_season_ends_where_the_data_end():
    # By hand: the week around x - 364 ends at x - 361, and the last day is 391: days up to 752 know a season, that is
    # 361 days from the first to come (392). The last weeks had 4 a day against 2, factor 2.
    found = expected_orders(counts(year_with_a_peak()), MONDAY + 392 * DAY, 365)
    assert found[359:363].tolist() == [8, 8, 4, 4]


def naive_expected(orders: dict[date, int], day: date) -> float:
    first, last = min(orders), max(orders)
    recent = [last - n * DAY for n in range(28) if last - n * DAY >= first]
    same = [orders.get(d, 0) for d in recent if d.weekday() == day.weekday()]
    pace = sum(same) / len(same) if same else sum(orders.get(d, 0) for d in recent) / len(recent)
    week = [day + (n - 364) * DAY for n in range(-3, 4)]
    compared = [last + (n - 364) * DAY for n in range(-27, 1)]
    known = all(first <= d <= last for d in week + compared)
    sold = sum(orders.get(d, 0) for d in compared)
    if known and sold >= 28:
        return pace * (sum(orders.get(d, 0) for d in week) / 7) / (sold / 28)
    return pace


histories = st.lists(st.integers(0, 9), min_size=0, max_size=460).map(lambda middle: [3, *middle, 2])


@given(histories, st.integers(0, 400), st.integers(0, 6))
def test_expected_orders_agree_with_loops_over_days(orders, ahead, weekday):
    first = MONDAY + weekday * DAY
    by_day = {first + n * DAY: value for n, value in enumerate(orders)}
    asked = max(by_day) + (1 + ahead) * DAY
    found = expected_orders(counts(orders, first), asked, 9)
    assert found.tolist() == pytest.approx([naive_expected(by_day, asked + n * DAY) for n in range(9)])


@given(histories, st.integers(-300, 300))
def test_shift_of_whole_weeks_shifts_the_expected_orders(orders, weeks):
    by = weeks * 7 * DAY
    asked = MONDAY + len(orders) * DAY
    assert (
        expected_orders(counts(orders), asked, 30).tolist()
        == expected_orders(counts(orders, MONDAY + by), asked + by, 30).tolist()
    )


# Range of the volume


def test_even_sales_have_a_range_of_exactly_1():
    assert volume_range(counts([3] * 69)) == (1.0, 1.0)


def test_range_needs_69_days():
    # 28 days before, 28 after, and 14 pairs: 28 + 28 + 13.
    assert volume_range(counts([3] * 68)) is None
    assert volume_range(counts([1])) is None


def test_days_before_the_first_sale_give_no_ratio():
    # By hand: 1, then 40 days without, then 70 days of 1: the ratio is undefined while the 28 days before are empty.
    orders = [1, *[0] * 40, *[1] * 70]
    sums = {n: sum(orders[n - 27 : n + 1]) for n in range(27, len(orders))}
    defined = sum(sums[n] > 0 for n in range(27, len(orders) - 28))
    assert defined < len(orders) - 55
    assert volume_range(counts(orders)) == pytest.approx(naive_range(orders))


def naive_range(orders: list[int]) -> tuple[float, float] | None:
    """Both quantiles by the textbook rule: position 0.1 (n - 1) of the sorted ratios, linear between two."""
    ratios = []
    for n in range(27, len(orders) - 28):
        before, after = sum(orders[n - 27 : n + 1]), sum(orders[n + 1 : n + 29])
        if before:
            ratios.append(after / before)
    if len(ratios) < 14:
        return None
    ratios.sort()

    def quantile(part: float) -> float:
        place = part * (len(ratios) - 1)
        below = int(place)
        above = min(below + 1, len(ratios) - 1)
        return ratios[below] + (place - below) * (ratios[above] - ratios[below])

    return quantile(0.1), quantile(0.9)


@given(st.lists(st.integers(0, 9), max_size=130).map(lambda middle: [1, *middle, 1]))
def test_range_agrees_with_loops_over_days(orders):
    found, naive = volume_range(counts(orders)), naive_range(orders)
    assert (found is None) == (naive is None)
    assert found is None or found == pytest.approx(naive)


def test_growing_sales_have_a_range_over_1():
    # By hand: sales that double every 28 days have the ratio 2 in every pair.
    doubling = [2**month for month in range(6) for _ in range(28)]
    assert volume_range(counts(doubling)) == (2.0, 2.0)
