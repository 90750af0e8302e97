"""What a formula's result is in Excel's cells, from what our functions return on this computer."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import pandas as pd


def in_cells(result: Any) -> Any:
    """The result as Excel gets it: numbers as doubles, a missing value as an empty text, one cell as its value."""
    if not isinstance(result, list):
        return _cell(result)
    rows = [[_cell(value) for value in row] for row in result]
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


def _cell(value: Any) -> Any:
    if isinstance(value, bool | str | datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return "" if value is None or pd.isna(value) else float(value)


def differences(found: Any, expected: Any) -> list[str]:
    """Cells that differ, as sentences; numbers may differ in the last of their 15 digits."""
    rows, others = (value if isinstance(value, list) else [[value]] for value in (found, expected))
    if [len(row) for row in rows] != [len(row) for row in others]:
        return [f"{len(rows)} x {len(rows[0])} cells instead of {len(others)} x {len(others[0])}: {rows[:2]}"]
    return [
        f"row {i}, column {j}: {a!r} instead of {b!r}"
        for i, (row, other) in enumerate(zip(rows, others, strict=True), 1)
        for j, (a, b) in enumerate(zip(row, other, strict=True), 1)
        if type(a) is not type(b) or not (math.isclose(a, b, rel_tol=1e-14) if isinstance(a, float) else a == b)
    ]
