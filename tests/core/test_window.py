"""The window: 60 days of order dates, both ends included, that ends some days before the day of looking."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from core_tables import table
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.ledger import build_ledger, in_window
from odr_xl.core.window import Window, leaves_on
from odr_xl.errors import UsageError

SEEN = date(2022, 1, 11)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def inside(day: date | None, window: Window) -> bool:
    return bool(in_window(table([{"order_id": "A", "order_date": day}])["order_date"], window)[0])


def test_window_seen_on_11_january_2022_runs_from_29_october_to_27_december():
    # By hand: 2022-01-11 less 15 days is 2021-12-27; its 60th day back, itself counted, is 2021-10-29.
    assert Window.as_of(SEEN) == Window(date(2021, 10, 29), date(2021, 12, 27))


@pytest.mark.parametrize(
    ("end", "start"),
    [
        (date(2024, 1, 14), date(2023, 11, 16)),  # a Seller Central moderator's example of the ODR page
        (date(2020, 11, 4), date(2020, 9, 6)),  # Amazon's example report, schema of 2020-11-18
    ],
)
def test_window_is_60_days_with_both_ends_as_amazon_prints_them(end, start):
    assert Window.ending(end) == Window(start, end)
    assert (end - start).days + 1 == 60


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 10, 28), False),
        (date(2021, 10, 29), True),
        (date(2021, 12, 27), True),
        (date(2021, 12, 28), False),
    ],
)
def test_first_and_last_day_are_in_and_the_days_beside_them_are_out(day, expected):
    assert inside(day, Window.as_of(SEEN)) is expected
    ledger = build_ledger(table([{"order_id": "A", "order_date": day}]))
    assert len(ledger.within(Window.as_of(SEEN))) == int(expected)


def test_order_of_29_october_2021_leaves_on_12_january_2022():
    # By hand: the day after 2022-01-11, the last day on which the window above still starts on 2021-10-29.
    order_date = date(2021, 10, 29)
    assert leaves_on(order_date) == date(2022, 1, 12)
    assert inside(order_date, Window.as_of(date(2022, 1, 11)))
    assert not inside(order_date, Window.as_of(date(2022, 1, 12)))


@given(DAYS, st.integers(1, 400), st.integers(0, 60))
def test_order_is_in_the_window_the_day_before_it_leaves_and_never_after(order_date, days, lag):
    leaving = leaves_on(order_date, days=days, lag=lag)
    assert inside(order_date, Window.as_of(leaving - timedelta(days=1), days=days, lag=lag))
    for later in (0, 1, 7):
        assert not inside(order_date, Window.as_of(leaving + timedelta(days=later), days=days, lag=lag))


@given(DAYS, st.integers(1, 400))
def test_window_holds_exactly_its_number_of_days(end, days):
    window = Window.ending(end, days=days)
    around = table({"order_id": "A", "order_date": end + timedelta(days=shift)} for shift in range(-days - 2, 4))
    assert int(in_window(around["order_date"], window).sum()) == days


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(), [True, True, True]),
        (Window(start=date(2026, 3, 2)), [False, True, True]),
        (Window(end=date(2026, 3, 2)), [True, True, False]),
        (Window(date(2026, 3, 2), date(2026, 3, 2)), [False, True, False]),
    ],
)
def test_side_without_a_date_is_open(window, expected):
    assert [inside(date(2026, 3, day), window) for day in (1, 2, 3)] == expected


def test_order_without_a_date_is_in_no_window_but_counts_when_there_is_no_window():
    ledger = build_ledger(table([{"order_id": "A", "order_date": None}]))
    assert not inside(None, Window(start=date(1900, 1, 1)))
    assert not inside(None, Window(end=date(2100, 1, 1)))
    assert len(ledger.within(Window())) == 1


@pytest.mark.parametrize(
    ("make", "remedy"),
    [
        (lambda: Window(date(2026, 3, 2), date(2026, 3, 1)), "Swap the two dates"),
        (lambda: Window.ending(SEEN, days=0), "at least one day"),
        (lambda: Window.as_of(SEEN, lag=-1), "number of days from 0"),
    ],
)
def test_impossible_window_is_refused_with_a_remedy(make, remedy):
    with pytest.raises(UsageError, match=remedy):
        make()
