"""The audit trail as cells: the result of DEFECT_LEDGER, read at once where it is just as the formula wrote it.

Like ``excel.days``: formulas read the trail each time they calculate, and the questions that other people's tables need
cost more than the answer. Whatever differs goes the long way, which says what is wrong.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from odr_xl.excel.cells import Cell, Rows
from odr_xl.excel.days import DATE_TYPES, TEXT_TYPES, filled, ordinal
from odr_xl.labels import word
from odr_xl.readers.ids import AMAZON_ID
from odr_xl.readers.written import FIRST_YEAR, LAST_YEAR

#: Columns of the audit trail, in the order of ``DEFECT_LEDGER``.
LEDGER_COLUMNS = (
    "order_id", "order_date", "channel", "marketplace", "sku", "cause", "counts", "rule", "source", "source_row",
    "event_date", "detail", "leaves_on",
)  # fmt: skip
_DATES = frozenset(("order_date", "event_date", "leaves_on"))
_HEADERS = {tuple(word(name, language) for name in LEDGER_COLUMNS) for language in ("en", "zh")}
_EPOCH = datetime(1970, 1, 1).toordinal()
_FIRST, _LAST = datetime(FIRST_YEAR, 1, 1).toordinal() - _EPOCH, datetime(LAST_YEAR, 12, 31).toordinal() - _EPOCH
_NO_DAY = int(np.datetime64("NaT", "D").view(np.int64))


def quick_trail(rows: Rows) -> dict[str, Any] | None:
    """Columns of cells that are just what ``DEFECT_LEDGER`` wrote; ``None`` when anything differs."""
    if not isinstance(rows, (list, tuple)) or len(rows) < 2 or not isinstance(rows[0], (list, tuple)):
        return None
    if tuple(rows[0]) not in _HEADERS or set(map(len, rows)) != {len(LEDGER_COLUMNS)}:
        return None
    data: dict[str, Any] = {}
    for name, cells in zip(LEDGER_COLUMNS, zip(*rows[1:], strict=True), strict=True):
        column = _days(cells) if name in _DATES else _numbers(cells) if name == "source_row" else _texts(cells)
        if column is None:
            return None
        data[name] = column
    if not all(map(AMAZON_ID.fullmatch, data["order_id"])):
        return None
    return data


def _days(cells: tuple[Cell, ...]) -> Any:
    if not set(map(type, cells)) <= DATE_TYPES:
        return None
    try:
        days = [_NO_DAY if day is None or day == "" else ordinal(day) - _EPOCH for day in cells]
    except (AttributeError, ValueError, OverflowError):  # a text that isn't blank, or no number at all
        return None
    # Any number can stand for a day; one in another century is a slip, and the long way says so.
    if any(day != _NO_DAY and not _FIRST <= day <= _LAST for day in days):
        return None
    return np.array(days, dtype=np.int64).view("datetime64[D]").astype("datetime64[s]")


def _numbers(cells: tuple[Cell, ...]) -> Any:
    if not set(map(type, cells)) <= {int, float}:
        return None
    numbers = np.array(cells, dtype=np.float64)
    return numbers if np.isfinite(numbers).all() else None


def _texts(cells: tuple[Cell, ...]) -> Any:
    distinct = set(cells := filled(cells)) if set(map(type, cells)) <= TEXT_TYPES else {"#"}
    if any(cell[:1] == "#" or cell != cell.strip() for cell in distinct):
        return None
    return cells
