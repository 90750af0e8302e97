"""Small functions with nothing of ours in them: they show what Calc hands to a formula and takes back."""

from __future__ import annotations

import datetime
from typing import Any

Rows = Any


def KINDS(orders, start=None, definition=None):
    """Where the range stands, and the types that arrived, cell by cell."""
    place = f"{orders.sheet}!{chr(64 + orders.column)}{orders.row}"
    cells = ",".join(type(cell).__name__ for row in orders for cell in row)
    return f"{place} {cells} | {start!r} | {definition!r}"


def TABLE_OF_ALL(orders) -> Rows:
    """One of everything that a formula may return."""
    return [["rows", "date", "error", "blank"], [len(orders), datetime.datetime(2026, 9, 30), "#N/A", ""]]


def ODR_LIKE(rate):
    """A scalar error."""
    return rate if isinstance(rate, float) and rate >= 0 else "#VALUE!"


def BROKEN(rate):
    """A mistake in the code, which must not look like a cell error."""
    return rate["no such key"]


FORMULAS = (KINDS, TABLE_OF_ALL, ODR_LIKE, BROKEN)
