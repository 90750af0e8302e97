"""The forecast: known orders age exactly, expected ones arrive, and some defects are still to come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS, sum_days
from odr_xl.core.delays import defect_delays, maturity
from odr_xl.core.forecast import forecast
from odr_xl.core.pace import daily_counts, expected_orders, volume_range
from odr_xl.core.rate import order_defect_rate
from odr_xl.core.window import Window, leaves_on
from odr_xl.errors import NoOrders, UsageError

FIRST = date(2026, 3, 2)
DAY = timedelta(days=1)
Row = tuple[date, int, int]


def table(rows: Iterable[Row]) -> pd.DataFrame:
    """Daily counts: date, orders, orders with a defect in Amazon's sense."""
    listed = list(rows)
    made = pd.DataFrame({"order_date": np.array([day for day, _, _ in listed], dtype="datetime64[s]")})
    made[list(COUNT_COLUMNS)] = 0
    return made.assign(orders=[n for _, n, _ in listed], defective_amazon=[bad for _, _, bad in listed])


def every_day(number: int, orders: int, bad: Iterable[int] = ()) -> list[Row]:
    """``number`` days of ``orders`` orders, one of them defective on the days in ``bad``."""
    defective = set(bad)
    return [(FIRST + n * DAY, orders, int(n in defective)) for n in range(number)]


def trail(rows: Iterable[tuple[date, int]]) -> pd.DataFrame:
    """Audit trail: the order date and the delay of one defective order each."""
    listed = list(rows)
    bought = np.array([day for day, _ in listed], dtype="datetime64[s]")
    delays = np.array([delay for _, delay in listed], dtype="timedelta64[D]")
    ids = np.array([f"order {n}" for n in range(len(listed))], dtype=object)
    return pd.DataFrame({"order_id": ids, "order_date": bought, "event_date": bought + delays, "counts": "amazon"})


# Known orders


def test_defective_order_is_in_the_forecast_until_the_day_it_leaves():
    # By hand: an order of 2021-10-29 is in the windows seen until 2022-01-11 and not in that of 2022-01-12.
    rows = [(date(2021, 10, 1) + n * DAY, 1, int(n == 28)) for n in range(92)]
    points = forecast(table(rows), date(2021, 12, 31), days_ahead=30)
    assert {point.day: point.defective for point in points}[date(2022, 1, 11)] == 1
    assert {point.day: point.defective for point in points}[date(2022, 1, 12)] == 0
    assert next(point.day for point in points if not point.defective) == leaves_on(date(2021, 10, 29))


def test_defective_order_of_yesterday_enters_when_the_lag_is_over():
    # By hand: an order of the day before as_of is in the window from 15 days after its date on: day 14.
    points = forecast(table(every_day(100, 2, bad=[98])), FIRST + 99 * DAY)
    assert [point.defective for point in points[12:16]] == [0, 0, 1, 1]
    assert points[74].defective == 0  # 75 days after its date


def test_forecast_has_a_row_for_today_and_for_75_days_until_every_order_of_today_has_left():
    points = forecast(table(every_day(80, 3, bad=range(80))), FIRST + 79 * DAY)
    assert len(points) == 76
    assert (points[0].day, points[0].window_end) == (FIRST + 79 * DAY, FIRST + 64 * DAY)
    assert points[-1].day - points[-1].window_end == 15 * DAY
    assert (points[73].defective, points[74].defective, points[75].defective) == (2, 1, 0)


def test_no_order_in_the_window_has_no_rate():
    points = forecast(table([(FIRST, 4, 1)]), FIRST, days_ahead=80, daily_orders=0, window=10, lag=5)
    # By hand: the order enters on day 5 and leaves on day 15.
    assert [n for n, point in enumerate(points) if point.rate is not None] == list(range(5, 15))
    assert (points[4].orders, points[4].low, points[4].high) == (0, None, None)
    assert (points[5].rate, points[5].low, points[5].high) == (0.25, 0.25, 0.25)


# Expected orders and defects


def test_expected_orders_enter_from_the_day_after_the_last_known_date():
    # By hand: 2 a day; the window of day 16 is the first with a day after the last order date.
    points = forecast(table(every_day(100, 2)), FIRST + 99 * DAY, daily_orders=10.5)
    assert [point.orders for point in points[15:18]] == [120, 128.5, 137]
    assert points[75].orders == 60 * 10.5


def test_missing_days_up_to_the_end_of_todays_window_are_0_and_later_ones_expected():
    # By hand: the last order date is 20 days before as_of, so the 5 days before the window's end have no orders.
    # For each old day that leaves an expected one comes; then the empty ones leave, on the days 56 to 60.
    points = forecast(table(every_day(100, 2)), FIRST + 119 * DAY, daily_orders=2)
    assert [point.orders for point in points[:56]] == [110] * 56
    assert [point.orders for point in points[56:62]] == [112, 114, 116, 118, 120, 120]


def test_further_defects_come_with_the_expected_days_and_are_never_more_than_their_orders():
    days = table(every_day(100, 2))
    some = forecast(days, FIRST + 99 * DAY, daily_orders=2, daily_defects=0.5)
    assert [point.defective for point in some[14:18]] == [0, 0, 0.5, 1]
    many = forecast(days, FIRST + 99 * DAY, daily_orders=2, daily_defects=7)
    assert (many[16].defective, many[75].defective, many[75].rate) == (2, 120, 1)
    assert (many[75].low, many[75].high) == (1, 1)


def test_sum_of_fractions_that_is_a_whole_number_is_one():
    # By hand: 60 days of 0.1 are 6 orders; ten of 0.1 added up as floats are 0.9999999999999999.
    points = forecast(table(every_day(100, 2)), FIRST + 99 * DAY, daily_orders=0.1, daily_defects=0.01)
    assert (points[75].orders, points[75].defective, points[75].rate) == (6, 0.6, 0.6 / 6)


# The range


def test_range_of_a_short_history_is_that_of_chance():
    # By hand: 28 days of 4 orders; the window of day 75 holds 60 expected days, 240 orders. Poisson, 80 %:
    # 1.2816 / sqrt(240) = 0.08273.
    points = forecast(table([(FIRST, 4, 0), *every_day(28, 4, bad=[27])[1:]]), FIRST + 27 * DAY, daily_defects=0.1)
    assert points[75].orders == 240
    assert points[75].low == pytest.approx(6 / (240 * 1.08273), rel=1e-5)
    assert points[75].high == pytest.approx(6 / (240 * 0.91727), rel=1e-5)
    assert points[15].low == points[15].rate == points[15].high  # nothing is expected yet


def test_range_of_a_long_history_is_that_of_its_months():
    # By hand: sales double every 28 days, from 1 to 32 a day. In every pair the ratio is 2, which lies over 1, so the
    # low rate has twice the expected orders, and the high one no fewer than chance takes away.
    doubling = [(FIRST + n * DAY, 2 ** (n // 28), int(n == 167)) for n in range(168)]
    point = forecast(table(doubling), FIRST + 167 * DAY)[74]  # the window holds the last known day and 59 expected
    assert (point.orders, point.defective) == (32 * 60, 1)
    assert point.low == pytest.approx(1 / (32 + 2 * 32 * 59))
    assert point.high == pytest.approx(1 / (32 + 32 * 59 * (1 - 1.2815515655446004 / sqrt(32 * 59))))


def test_expected_orders_that_may_be_none_have_a_range_up_to_1():
    # By hand: one expected order in the window of day 75, with one defect in 60 days: chance takes more than all.
    point = forecast(table(every_day(28, 1)), FIRST + 27 * DAY, daily_orders=1 / 60, daily_defects=1 / 600)[75]
    assert (point.orders, point.high) == (1, 1)
    clean = forecast(table(every_day(28, 1)), FIRST + 27 * DAY, daily_orders=1 / 60)[75]
    assert (clean.low, clean.rate, clean.high) == (0, 0, 0)


# Against loops


def naive(rows: list[Row], as_of: date, daily_defects: float, daily_orders: float | None, window: int, lag: int):
    """The main line and its range, day by day and order date by order date."""
    orders: dict[date, int] = {}
    bad: dict[date, int] = {}
    for day, n, b in rows:
        orders[day] = orders.get(day, 0) + n
        bad[day] = bad.get(day, 0) + b
    last = max(day for day in orders if orders[day])
    counts = daily_counts(table(rows))
    known_until = max(last, as_of - lag * DAY)
    for ahead in range(91):
        end = as_of + (ahead - lag) * DAY
        known, defects, coming, further = 0, 0, 0.0, 0.0
        for back in range(window):
            day = end - back * DAY
            if day <= known_until:
                known += orders.get(day, 0)
                defects += bad.get(day, 0)
            else:
                coming += float(expected_orders(counts, day, 1)[0]) if daily_orders is None else daily_orders
                further += daily_defects
        low, high = volume_range(counts) or (1, 1)
        by_chance = 1.2815515655446004 / sqrt(coming) if coming else 0
        ratios = (1, max(0, min(low, 1 - by_chance)), max(high, 1 + by_chance))
        rates = []
        for ratio in ratios:
            total = known + coming * ratio
            if total:
                rates.append((defects + min(further, coming * ratio)) / total)
            else:
                rates.append(1.0 if further else 0.0)
        total = known + coming
        yield total, defects + min(further, coming), *((min(rates), max(rates)) if total else (None, None))


counted = st.lists(st.tuples(st.integers(0, 130), st.integers(1, 6), st.integers(0, 2)), min_size=1, max_size=60)
rows_of_days = counted.map(lambda cases: [(FIRST + n * DAY, orders, min(orders, bad)) for n, orders, bad in cases])
looks = st.integers(-20, 200).map(lambda n: FIRST + n * DAY)
windows = st.tuples(st.integers(1, 70), st.integers(0, 20))


@given(rows_of_days, looks, windows, st.sampled_from([None, 0.0, 0.4, 3.0]), st.sampled_from([0.0, 0.3]))
def test_forecast_agrees_with_loops_over_dates(rows, as_of, span, daily_orders, daily_defects):
    window, lag = span
    options = {"window": window, "lag": lag, "daily_orders": daily_orders, "daily_defects": daily_defects}
    points = forecast(table(rows), as_of, days_ahead=90, **options)
    for point, (orders, bad, low, high) in zip(points, naive(rows, as_of, **options), strict=True):
        assert (point.orders, point.defective) == pytest.approx((orders, bad), abs=2e-6)
        if point.orders > 0.01:  # rounding to a millionth of an order matters to nearly none
            assert (point.low, point.high) == pytest.approx((low, high), abs=1e-4)


# Laws


@given(rows_of_days, looks, windows, st.sampled_from([None, 1.5]), st.sampled_from([0.0, 0.5]), st.booleans())
def test_day_0_is_todays_rate_exactly(rows, as_of, span, daily_orders, daily_defects, estimated):
    window, lag = span
    days = table(rows)
    events = trail((day, n % 9) for n, (day, _, _) in enumerate(rows)) if estimated else None
    options = {"window": window, "lag": lag, "daily_orders": daily_orders, "daily_defects": daily_defects}
    today = forecast(days, as_of, events=events, **options)[0]
    counts = sum_days(days, Window.as_of(as_of, days=window, lag=lag))
    assert (today.orders, today.defective) == (counts["orders"], counts["defective_amazon"])
    if not counts["orders"]:
        assert today.rate is today.low is today.high is today.rate_later is None
        return
    rate = order_defect_rate(counts, "amazon")
    assert (today.rate, today.low, today.high) == (rate, rate, rate)
    assert today.rate_later in (None, rate)


@given(rows_of_days, looks, windows, st.sampled_from([0.0, 0.5]))
def test_rate_lies_in_its_range_and_the_estimate_between_it_and_1(rows, as_of, span, daily_defects):
    window, lag = span
    events = trail((day, n % 9) for n, (day, _, _) in enumerate(rows))
    options = {"window": window, "lag": lag}
    plain = forecast(table(rows), as_of, events=events, **options)
    for point in (*plain, *forecast(table(rows), as_of, daily_defects=daily_defects, **options)):
        if point.rate is not None:
            assert 0 <= point.low <= point.rate <= point.high <= 1
            if point.rate_later is not None:
                assert point.rate <= point.rate_later <= 1


@given(rows_of_days, windows)
def test_defective_orders_never_rise_once_every_known_date_has_entered(rows, span):
    # Known defects younger than the lag come in first: until then the number may rise.
    window, lag = span
    last = max(day for day, _, _ in rows)
    points = forecast(table(rows), last, window=window, lag=lag, days_ahead=90)[lag:]
    numbers = [point.defective for point in points]
    assert numbers == sorted(numbers, reverse=True)
    aged = [(day, n, bad if day <= last - lag * DAY else 0) for day, n, bad in rows]
    numbers = [point.defective for point in forecast(table(aged), last, window=window, lag=lag, days_ahead=90)]
    assert numbers == sorted(numbers, reverse=True)


@given(rows_of_days, looks, st.integers(-400, 400), st.booleans())
def test_shifted_dates_shift_the_forecast(rows, as_of, by, own):
    moved = (by if own else 7 * by) * DAY
    events = [(day, n % 9) for n, (day, _, _) in enumerate(rows)]
    number = 2.5 if own else None
    here = forecast(table(rows), as_of, daily_orders=number, events=trail(events))
    there = forecast(
        table((day + moved, n, bad) for day, n, bad in rows),
        as_of + moved,
        daily_orders=number,
        events=trail((day + moved, delay) for day, delay in events),
    )
    for a, b in zip(here, there, strict=True):
        assert (b.day - a.day, b.window_end - a.window_end) == (moved, moved)
        assert (a.orders, a.defective, a.low, a.high, a.rate_later) == (
            b.orders, b.defective, b.low, b.high, b.rate_later,
        )  # fmt: skip


@given(rows_of_days, looks, st.randoms())
def test_order_of_rows_and_split_rows_change_nothing(rows, as_of, random):
    split = [(day, 1, int(n < bad)) for day, orders, bad in rows for n in range(orders)]
    random.shuffle(split)
    assert forecast(table(split), as_of) == forecast(table(rows), as_of)


# Defects that are still to come


#: Every day 100 orders, one of which gets a defect after 5 days and one after 20; looked at on the 80th day.
STEADY = 80


def steady_days(rows: int = STEADY) -> pd.DataFrame:
    ages = range(rows - 1, -1, -1)
    return table((FIRST + n * DAY, 100, (age >= 5) + (age >= 20)) for n, age in enumerate(ages))


def steady_trail(rows: int = STEADY) -> pd.DataFrame:
    return trail((FIRST + n * DAY, delay) for n in range(rows) for delay in (5, 20) if n + delay < rows)


def test_shop_where_nothing_changes_keeps_its_rate_though_known_defects_leave():
    # By hand: in a window of 20 days with a lag of 15 the order dates are 15 to 34 days old: five show one defect,
    # fifteen show two, 35 of 2000. So it is every day, though the 55 defects known today all leave. The plain share
    # of short delays (75 of 135) would forecast another rate; the corrected one is half.
    points = forecast(
        steady_days(), FIRST + (STEADY - 1) * DAY, window=20, lag=15, events=steady_trail(), days_ahead=60
    )
    assert points[0].rate == 35 / 2000
    assert [point.rate_later for point in points] == pytest.approx([35 / 2000] * 61, rel=1e-12)
    assert points[35].defective == 0


def test_estimate_takes_no_notice_of_further_defects_and_changes_nothing_else():
    days, events, as_of = steady_days(), steady_trail(), FIRST + (STEADY - 1) * DAY
    with_events = forecast(days, as_of, events=events)
    further = forecast(days, as_of, events=events, daily_defects=1)
    assert [p.defective_later for p in further] == [p.defective_later for p in with_events]
    plain = forecast(days, as_of)
    assert [(p.orders, p.defective, p.low, p.high) for p in plain] == [
        (p.orders, p.defective, p.low, p.high) for p in with_events
    ]
    assert {p.defective_later for p in plain} == {None}


def test_nine_delays_make_no_estimate():
    as_of = FIRST + (STEADY - 1) * DAY
    for number, estimated in ((9, False), (10, True)):
        events = trail((FIRST + n * DAY, 5) for n in range(number))
        assert (forecast(steady_days(), as_of, events=events)[0].defective_later is not None) == estimated


def test_rate_of_the_last_180_days_decides():
    # By hand: 200 days of 10 orders with the delay 0. The first 20 days are all defective, later ones are clean, so
    # the last 180 days have the rate 0 and the days to come too; with one day more in them they have 10 of 1800.
    for bad, expected in ((20, 0.0), (21, 10 / 1800)):
        rows = [(FIRST + n * DAY, 10, 10 if n < bad else 0) for n in range(200)]
        events = trail((FIRST + n * DAY, 0) for n in range(bad))
        point = forecast(table(rows), FIRST + 199 * DAY, events=events)[75]
        assert point.rate_later == pytest.approx(expected, abs=1e-12)


def test_defects_to_come_are_never_more_than_the_orders():
    # By hand: every order gets a defect after 10 days, so the rate is 1 and 5 orders of the last day would get 5; but
    # all 5 have one already, by marks without a date.
    rows = [(FIRST + n * DAY, 1, int(n < 10)) for n in range(20)] + [(FIRST + 20 * DAY, 5, 5)]
    events = trail((FIRST + n * DAY, 10) for n in range(10))
    points = forecast(table(rows), FIRST + 20 * DAY, window=1, lag=10, days_ahead=10, events=events)
    assert [(p.orders, p.defective, p.defective_later) for p in points[9:]] == [(1, 0, 1), (5, 5, 5)]


def naive_estimate(rows: list[Row], as_of: date, events: pd.DataFrame, window: int, lag: int) -> list[float] | None:
    """Defective orders with those to come: a loop over the days and over the order dates of each window."""
    counts = daily_counts(table(rows))
    seen = defect_delays(events, as_of=as_of, last_order=counts.last)
    shares = maturity(seen)
    if shares is None:
        return None

    def known(age: int) -> float:
        return float(shares.at(np.array([age]))[0])

    sold: dict[date, int] = {}
    bad: dict[date, int] = {}
    for day, n, b in rows:
        sold[day] = sold.get(day, 0) + n
        bad[day] = bad.get(day, 0) + b
    recent = [seen.seen_until - n * DAY for n in range(180)]
    exposed = sum(sold.get(day, 0) * known((seen.seen_until - day).days) for day in recent)
    if not exposed:
        return None
    rate = min(1.0, sum(bad.get(day, 0) for day in recent) / exposed)
    today = max(as_of, counts.last)
    totals = []
    for ahead in range(76):
        orders, defects, more = 0.0, 0, 0.0
        for age in range(lag, lag + window):
            day = as_of + (ahead - age) * DAY
            if day <= max(counts.last, as_of - lag * DAY):
                orders += sold.get(day, 0)
                defects += bad.get(day, 0)
                more += sold.get(day, 0) * rate * max(0.0, known(age) - known((today - day).days))
            else:
                coming = float(expected_orders(counts, day, 1)[0])
                orders += coming
                more += coming * rate * known(age)
        totals.append(defects + min(more, max(0.0, orders - defects)))
    return totals


@given(rows_of_days, looks, windows, st.lists(st.tuples(st.integers(0, 130), st.integers(0, 40)), max_size=40))
def test_estimate_agrees_with_loops_over_dates(rows, as_of, span, late):
    window, lag = span
    events = trail((FIRST + n * DAY, delay) for n, delay in late)
    expected = naive_estimate(rows, as_of, events, window, lag)
    points = forecast(table(rows), as_of, window=window, lag=lag, events=events)
    if expected is None:
        assert {point.defective_later for point in points} == {None}
    else:
        assert [point.defective_later for point in points] == pytest.approx(expected, abs=2e-6)


def test_estimate_of_a_past_day_adds_only_what_the_data_do_not_know_yet():
    # Looked at 10 days before the data end: what came in those days is in the counts and must not be added again.
    as_of = FIRST + (STEADY - 11) * DAY
    points = forecast(steady_days(), as_of, window=20, lag=15, events=steady_trail(), days_ahead=60)
    assert [p.defective_later for p in points[:11]] == [p.defective for p in points[:11]]
    assert points[60].rate_later == pytest.approx(35 / 2000)


def test_days_between_stale_reports_and_today_do_not_count_as_days_without_defects():
    # By hand: the same shop, looked at 30 days after its reports end. The rate of all defects is 2 in 100 as before;
    # if the 30 days counted as silence, every order date would look mature and the rate too low.
    as_of = FIRST + (STEADY + 29) * DAY
    point = forecast(steady_days(), as_of, window=20, lag=15, events=steady_trail(), days_ahead=60)[60]
    assert point.rate_later == pytest.approx(35 / 2000)


# What is refused


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        ({"days_ahead": -1}, "days_ahead is a whole number of days from 0 to 400, not -1"),
        ({"days_ahead": 401}, "days_ahead is a whole number of days from 0 to 400, not 401"),
        ({"window": 0}, "window is a whole number of days from 1 to 3660, not 0"),
        ({"window": 10**9}, "window is a whole number of days from 1 to 3660"),
        ({"lag": -1}, "lag is a whole number of days from 0 to 3660, not -1"),
        ({"daily_orders": -0.5}, "daily_orders is a number of orders a day from 0 to 1,000,000,000, not -0.5"),
        ({"daily_defects": -1}, "daily_defects is a number of orders a day from 0 to 1,000,000,000, not -1"),
        ({"daily_defects": float("nan")}, "daily_defects is a number of orders a day"),
        ({"definition": "claims"}, "Choose from: amazon, returns, all"),
        ({"as_of": date(9999, 12, 1)}, "leaves the calendar. Check as_of, window and lag"),
        ({"as_of": date(1, 3, 15)}, "leaves the calendar. Check as_of, window and lag"),
    ],
)
def test_impossible_forecast_is_refused_with_a_remedy(options, remedy):
    with pytest.raises(UsageError, match=remedy):
        forecast(**{"days": table([(FIRST, 1, 0)]), "as_of": FIRST} | options)


def test_forecast_at_the_ends_of_the_calendar_is_no_error():
    # By hand: 74 days before 0001-03-16 is 0001-01-01, the first day there is.
    assert forecast(table([(FIRST, 2, 1)]), date(1, 3, 16))[0].rate is None
    end = date(9999, 12, 31)
    assert forecast(table([(end, 2, 1)]), end, days_ahead=0, lag=0)[0].rate == 0.5


def test_longest_forecast_and_window_are_possible():
    points = forecast(table(every_day(50, 2)), FIRST, days_ahead=400, window=3660, lag=0)
    assert len(points) == 401


@pytest.mark.parametrize("rows", [[], [(FIRST, 0, 0)]])
def test_forecast_without_a_dated_order_is_no_orders(rows):
    with pytest.raises(NoOrders):
        forecast(table(rows), FIRST)


def test_window_that_holds_no_order_yet_is_no_error():
    points = forecast(table([(FIRST, 4, 0)]), FIRST - 200 * DAY)
    assert {(point.orders, point.rate) for point in points} == {(0, None)}
