"""The audit trail read at once gives what the long way gives, and leaves to it whatever differs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from odr_xl.excel import arguments
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER
from odr_xl.excel.trail import quick_trail

DAY = datetime(2026, 9, 1)
ORDERS = [
    ["Order ID", "Order date", "fulfillment-channel", "sales-channel", "sku"],
    *([f"900-{n:07d}-0000001", DAY, "Merchant", "Amazon.com", f"SKU-{n}"] for n in range(4)),
]
FEEDBACK = [
    ["Date", "Rating", "Comments", "Your Response", "Order ID"],
    [DAY, 1, "Late", "", "900-0000000-0000001"],
    [None, 2, "x" * 400, "", "900-0000001-0000001"],
    [DAY, 1, "whose?", "", "900-9999999-0000001"],
]
CLAIMS = [["Order ID", "Claim Date", "Claim Status"], ["900-0000002-0000001", DAY, "Denied"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_ways_read_the_same_events(monkeypatch, language):
    rows = DEFECT_LEDGER(ORDERS, FEEDBACK, CLAIMS, lang=language)
    assert quick_trail(rows) is not None
    quick = arguments.read_trail(rows)
    monkeypatch.setattr(arguments, "quick_trail", lambda _rows: None)
    pd.testing.assert_frame_equal(quick, arguments.read_trail(rows), check_dtype=False)
    assert len(quick) == 4
    assert quick["flagged"].tolist().count(True) == 1  # the feedback whose order isn't there


def test_serial_numbers_and_missing_values_are_read_at_once_too(monkeypatch):
    # As xlwings Lite gives them: a date is a number, a blank cell None.
    zero = datetime(1899, 12, 30)
    rows = [[(c - zero).days if isinstance(c, datetime) else None if c == "" else c for c in cells]
            for cells in DEFECT_LEDGER(ORDERS, FEEDBACK, CLAIMS)]  # fmt: skip
    assert quick_trail(rows) is not None
    quick = arguments.read_trail(rows)
    pd.testing.assert_frame_equal(quick, arguments.read_trail(DEFECT_LEDGER(ORDERS, FEEDBACK, CLAIMS)))


def changed(row: int, column: int, value: Any) -> list[list[Any]]:
    rows = [list(cells) for cells in DEFECT_LEDGER(ORDERS, FEEDBACK, CLAIMS)]
    rows[row][column] = value
    return rows


@pytest.mark.parametrize(
    "rows",
    [
        changed(0, 0, "Bestellnummer"),
        changed(1, 0, "123"),
        changed(1, 0, None),
        changed(1, 1, 7.0),  # 1900-01-06
        changed(1, 1, "2026-09-01"),
        changed(1, 5, "#REF!"),
        changed(1, 6, True),
        changed(1, 7, " padded "),
        changed(1, 9, "7"),
        changed(1, 9, float("nan")),
        [row[:-1] for row in DEFECT_LEDGER(ORDERS, FEEDBACK, CLAIMS)],
        [*DEFECT_LEDGER(ORDERS, FEEDBACK, CLAIMS), []],
        DEFECT_LEDGER(ORDERS, None, CLAIMS)[:1],
        "x",
        None,
        [],
    ],
    ids=range(16),
)
def test_whatever_differs_goes_the_long_way(rows):
    assert quick_trail(rows) is None
