"""Snapshots: counts of a window by account, and which of Amazon's numbers belong to a day."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.core.snapshot import Printed, take_snapshot
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError

DAY = date(2026, 11, 20)
WINDOW = Window.as_of(DAY)  # 2026-09-07 to 2026-11-05


def daily(*rows):
    """Daily counts from (date, marketplace, channel, orders, defective by Amazon's definition)."""
    table = pd.DataFrame(rows, columns=["order_date", "marketplace", "channel", "orders", "defective_amazon"])
    table["order_date"] = pd.to_datetime(table["order_date"])
    for name in COUNT_COLUMNS:
        if name not in table:
            table[name] = 0
    return table


def printed(*rows):
    """Amazon's numbers from (marketplace, channel, metric, from, to, orders, count)."""
    names = ["marketplace", "channel", "metric", "from_date", "to_date", "orders", "count"]
    table = pd.DataFrame(rows, columns=names)
    for name in ("from_date", "to_date"):
        table[name] = pd.to_datetime(table[name])
    return table


def test_each_account_stands_once_with_the_orders_of_the_window_alone():
    days = daily(
        ("2026-09-06", "US", "MFN", 1000, 9),  # the day before the window
        ("2026-09-07", "US", "MFN", 10, 1),
        ("2026-11-05", "US", "MFN", 20, 2),
        ("2026-11-06", "US", "MFN", 1000, 9),  # the day after it
        ("2026-10-01", "DE", "AFN", 5, 0),
        (None, "DE", "AFN", 7, 7),  # without a date
    )
    found = take_snapshot(days, WINDOW, DAY)
    told = [(own.name, own.counts["orders"], own.counts["defective_amazon"], own.printed) for own in found.accounts]
    assert told == [("DE AFN", 5, 0, None), ("US MFN", 30, 3, None)]
    assert (found.day, found.window) == (DAY, WINDOW)


def test_total_adds_up_and_an_account_may_be_named_as_sellers_write_it():
    days = daily(
        ("2026-10-01", "US", "MFN", 10, 1), ("2026-10-01", "US", "AFN", 20, 0), ("2026-10-01", "DE", "MFN", 5, 1)
    )
    found = take_snapshot(days, WINDOW, DAY)
    totals = {name: found.total(name) for name in ("", "US", "fbm", "de MFN", "FR")}
    assert [(totals[n]["orders"], totals[n]["defective_amazon"]) for n in totals] == [
        (35, 2),
        (30, 1),
        (15, 2),
        (5, 1),
        (0, 0),
    ]
    with pytest.raises(UsageError):
        found.total("Mars")


def test_latest_numbers_of_amazon_that_had_ended_by_the_day_are_taken():
    found = take_snapshot(
        daily(("2026-10-01", "US", "MFN", 500, 6)),
        WINDOW,
        DAY,
        printed(
            ("US", "MFN", "order_defect_rate", "2026-08-01", "2026-09-30", 400, 1),
            ("US", "MFN", "order_defect_rate", "2026-09-07", "2026-11-05", 496, 5),
            ("US", "MFN", "a_to_z_claim", "2026-09-07", "2026-11-05", 496, 2),
            ("US", "MFN", "a_to_z_claim", "2026-08-01", "2026-09-30", 400, 7),
            ("US", "MFN", "late_shipment", "2026-11-01", "2026-11-10", 90, 3),  # not of this rate
            ("US", "MFN", "order_defect_rate", "2026-10-07", "2026-12-05", 9, 9),  # not yet known on that day
        ),
    )
    (own,) = found.accounts
    assert own.printed == Printed(date(2026, 9, 7), date(2026, 11, 5), 496, 5, None, 2, None)


def test_account_that_only_amazon_names_is_kept_without_counts_of_ours():
    table = printed(
        ("DE", "AFN", "order_defect_rate", None, None, np.nan, 3), ("FR", "AFN", "chargeback", None, None, 1, None)
    )
    found = take_snapshot(daily(("2026-10-01", "US", "MFN", 5, 0)), WINDOW, DAY, table)
    assert [(own.name, own.counts["orders"], own.printed) for own in found.accounts] == [
        ("DE AFN", 0, Printed(defective_amazon=3)),
        ("US MFN", 5, None),
    ]


def test_window_without_orders_is_not_kept_unless_amazon_printed_something():
    days = daily(("2020-01-01", "US", "MFN", 5, 0))
    with pytest.raises(NoOrders, match="nothing to keep"):
        take_snapshot(days, WINDOW, DAY)
    told = printed(("US", "MFN", "order_defect_rate", "2026-09-07", "2026-11-05", 0, 0))
    assert take_snapshot(days, WINDOW, DAY, told).accounts[0].printed.orders == 0


def test_window_needs_both_ends():
    with pytest.raises(UsageError, match="both ends"):
        take_snapshot(daily(), Window(None, DAY), DAY)


@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.sampled_from("AB"), st.sampled_from("XY"), st.integers(0, 9)), max_size=20
    )
)
def test_accounts_add_up_to_the_counts_of_the_window_in_any_order_of_the_rows(rows):
    table = daily(*((date(2026, 8, 30) + pd.Timedelta(days=n), m, c, orders, 0) for n, m, c, orders in rows))
    inside = sum(
        orders for n, _, _, orders in rows if WINDOW.start <= date(2026, 8, 30) + pd.Timedelta(days=n) <= WINDOW.end
    )
    if not inside:
        with pytest.raises(NoOrders):
            take_snapshot(table, WINDOW, DAY)
        return
    found = take_snapshot(table, WINDOW, DAY)
    assert found.total()["orders"] == inside
    assert take_snapshot(table.iloc[::-1], WINDOW, DAY) == found
