"""Merging a report into an input table: added, updated, unchanged; nothing lost, nothing twice."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl.errors import WorkbookError
from odr_xl.excel.build import AS_OF
from odr_xl.excel.merge import TableRows, merge
from odr_xl.excel.sheets.tables import TABLES
from odr_xl.readers.reading import Reading
from odr_xl.readers.reports import read_bytes
from odr_xl.readers.sources import Source
from odr_xl.samples.shop import sample_reports

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


def test_listings_are_matched_by_sku_and_the_sellers_columns_stay():
    # Amazon's Active Listings report has no picture count: what the seller typed there must survive a refresh.
    table = TableRows("tblListings", ["seller-sku", "item-name", "price", "Pictures"], [["MUG-1", "Old title", 9.0, 4]])
    header = "item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\n"
    report = f"{header}New title\t\t1\tMUG-1\t10.5\t3\nLamp\t\t2\tLAMP-2\t20\t1\n".encode()
    merged = merge(table, read_bytes(Source("listings.txt", report, asked_for=True)))
    assert table.rows == [["MUG-1", "New title", 10.5, 4], ["LAMP-2", "Lamp", 20.0, None]]
    assert (merged.added, merged.updated, merged.unchanged) == (1, 1, 0)


def test_amazons_numbers_are_kept_by_account_metric_and_period_in_the_drop_downs_words():
    headers = list(TABLES["tblAmazon"].headers)
    table = TableRows("tblAmazon", headers, [[None] * len(headers)])
    reading = read_bytes(Source("performance.json", sample_reports(AS_OF)["performance.json"], asked_for=True))
    first = merge(table, reading)
    words = next(c.choices for c in TABLES["tblAmazon"].columns if c.header == "Metric")
    assert {row[headers.index("Metric")] for row in table.rows} <= set(words)
    assert (first.added, merge(table, reading).unchanged) == (len(table.rows), len(table.rows))
    later = read_bytes(
        Source("performance.json", sample_reports(AS_OF + timedelta(days=30))["performance.json"], asked_for=True)
    )
    assert merge(table, later).added == first.added  # another period is another row: Amazon keeps no history
