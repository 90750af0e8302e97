"""Merging a report into an input table: added, updated, unchanged; nothing lost, nothing twice."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl.errors import WorkbookError
from odr_xl.excel.merge import TableRows, merge
from odr_xl.readers.reading import Reading

HEADERS = ["amazon-order-id", "purchase-date", "order-status", "sku", "my note"]


def orders(*rows):
    """Reading of orders from (order id, day, status, sku)."""
    ids, days, states, skus = zip(*rows, strict=True) if rows else ((), (), (), ())
    table = pd.DataFrame(
        {
            "order_id": pd.Series(ids, dtype=object),
            "order_date": pd.Series(np.array(days, dtype="datetime64[s]")),
            "order_status": pd.Series(states, dtype=object),
            "sku": pd.Series(skus, dtype=object),
            "row": pd.Series(range(2, len(ids) + 2), dtype="int64"),
        }
    )
    return Reading("orders", table, "orders.txt", (), len(ids), 0)


def empty_table():
    return TableRows("tblOrders", list(HEADERS), [[None] * len(HEADERS)])


def test_a_new_report_fills_an_empty_table():
    table = empty_table()
    merged = merge(table, orders(("A", "2026-09-01", "Shipped", "s1"), ("B", "2026-09-02", "Pending", "s2")))
    assert (merged.added, merged.updated, merged.unchanged) == (2, 0, 0)
    assert table.rows == [
        ["A", datetime(2026, 9, 1), "Shipped", "s1", None],
        ["B", datetime(2026, 9, 2), "Pending", "s2", None],
    ]


def test_the_same_report_twice_changes_nothing():
    table, report = empty_table(), orders(("A", "2026-09-01", "Shipped", "s1"), ("A", "2026-09-01", "Shipped", "s1"))
    merge(table, report)
    before = [list(row) for row in table.rows]
    table.changed = False
    merged = merge(table, report)
    assert (merged.added, merged.updated, merged.unchanged) == (0, 0, 2)
    assert table.rows == before
    assert table.changed is False


def test_identical_rows_of_one_report_stay_as_many_as_they_are():
    """One order of two equal items stands on two equal rows in Amazon's report."""
    table = empty_table()
    merge(table, orders(("A", "2026-09-01", "Shipped", "s1"), ("A", "2026-09-01", "Shipped", "s1")))
    assert len(table.rows) == 2


def test_a_changed_status_updates_its_row_and_keeps_the_sellers_own_column():
    table = empty_table()
    merge(table, orders(("A", "2026-09-01", "Pending", "s1")))
    table.rows[0][4] = "call the buyer"
    merged = merge(table, orders(("A", "2026-09-01", "Shipped", "s1")))
    assert (merged.added, merged.updated) == (0, 1)
    assert table.rows == [["A", datetime(2026, 9, 1), "Shipped", "s1", "call the buyer"]]


def test_an_older_report_does_not_make_a_shipped_order_pending_again():
    table = empty_table()
    merge(table, orders(("A", "2026-09-01", "Shipped", "s1")))
    merge(table, orders(("A", "2026-09-01", "Pending", "s1")))
    assert table.rows[0][2] == "Shipped"


def test_a_blank_in_a_report_erases_nothing():
    table = empty_table()
    merge(table, orders(("A", "2026-09-01", "Shipped", "s1")))
    merge(table, orders(("A", "NaT", "", "s1")))
    assert table.rows == [["A", datetime(2026, 9, 1), "Shipped", "s1", None]]


def test_orders_that_the_report_no_longer_names_stay():
    table = empty_table()
    merge(table, orders(("A", "2026-09-01", "Shipped", "s1")))
    merge(table, orders(("B", "2026-09-02", "Shipped", "s1")))
    assert [row[0] for row in table.rows] == ["A", "B"]


def test_a_table_without_a_column_of_order_ids_is_refused():
    table = TableRows("tblClaims", ["Claim Date", "Claim Status", "Reason"], [])
    with pytest.raises((WorkbookError, Exception), match=r"tblClaims|order"):
        merge(table, orders(("A", "2026-09-01", "Shipped", "s1")))


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),
        st.sampled_from(["2026-09-01", "2026-09-02"]),
        st.sampled_from(["Shipped", "Pending", "Cancelled"]),
        st.sampled_from(["s1", "s2"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_every_row_of_a_report_is_accounted_for(first, second):
    """Added + updated + unchanged are the report's rows, and the table never loses an order."""
    table = empty_table()
    for report in (first, second):
        before = {row[0] for row in table.filled()}
        merged = merge(table, orders(*report))
        assert merged.added + merged.updated + merged.unchanged == len(report)
        assert {row[0] for row in table.rows} == before | {row[0] for row in report}


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_reading_a_report_again_adds_nothing(first, second):
    table = empty_table()
    merge(table, orders(*first))
    merge(table, orders(*second))
    assert merge(table, orders(*second)).added == 0
