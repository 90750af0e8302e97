"""Small functions with nothing of ours in them: they show what Calc hands to a formula and takes back."""

from __future__ import annotations

import datetime
from typing import Any

Rows = Any


def KINDS(orders, start=None, definition=None):
    """Names of the types that arrived, first cell by first cell."""
    cells = [type(cell).__name__ for row in orders for cell in row] if isinstance(orders, list) else [repr(orders)]
    return f"{','.join(cells)} | {start!r} | {definition!r}"


def TABLE_OF_ALL(orders) -> Rows:
    """One of everything that a formula may return."""
    return [["rows", "date", "error", "blank"], [len(orders), datetime.datetime(2026, 9, 30), "#N/A", ""]]


def ODR_LIKE(rate):
    """A scalar error."""
    return rate if isinstance(rate, float) and rate >= 0 else "#VALUE!"


FORMULAS = (KINDS, TABLE_OF_ALL, ODR_LIKE)
