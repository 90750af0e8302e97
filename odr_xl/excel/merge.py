"""Merging a report into an input table: what is new is added, what changed is updated, nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.errors import Problem, WorkbookError
from odr_xl.readers.headers import recognise
from odr_xl.readers.performance import METRICS
from odr_xl.readers.reading import Reading

#: Input tables of the workbook by the kind of report that feeds them.
TABLES: Mapping[str, str] = MappingProxyType(
    {
        "orders": "tblOrders",
        "feedback": "tblFeedback",
        "claims": "tblClaims",
        "chargebacks": "tblChargebacks",
        "returns": "tblReturns",
        "account_health": "tblAccountHealth",
        "listings": "tblListings",
        "performance": "tblAmazon",
    }
)
#: Fields that say which row of the table a row of a report belongs to. Rows that share them are paired in order, so
#: identical rows of one report stay as many as they are, and reading the same report twice adds nothing.
_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "orders": ("order_id", "sku"),
        "feedback": ("order_id",),
        "claims": ("order_id",),
        "chargebacks": ("order_id",),
        "returns": ("order_id", "sku", "return_date"),
        "account_health": ("order_id",),
        "listings": ("sku",),
        "performance": ("metric", "marketplace", "channel", "from_date", "to_date"),
    }
)
#: Fields that belong to the seller, whatever a report says.
_SELLERS_OWN: Mapping[str, frozenset[str]] = MappingProxyType({"feedback": frozenset({"status"})})


@dataclass(frozen=True, slots=True)
class Merged:
    """What a report did to a table.

    Attributes
    ----------
    source, kind, table : str
        The report, its kind, and the table that it went into.
    added, updated, unchanged, unusable : int
        Rows of the report; they add up to the rows that hold anything.
    problems : tuple of Problem
        What the reader found.
    """

    source: str
    kind: str
    table: str
    added: int
    updated: int
    unchanged: int
    unusable: int
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class TableRows:
    """An input table in memory: its headers and its data rows, the seller's own columns included."""

    name: str
    headers: list[str]
    rows: list[list[Any]]
    changed: bool = field(default=False)

    def column_fields(self) -> dict[str, int]:
        """Field names with the position of their column."""
        return dict(recognise(self.headers).fields)

    def filled(self) -> list[list[Any]]:
        """Rows that hold anything; a table without data has one blank row in Excel."""
        return [row for row in self.rows if any(cell not in (None, "") for cell in row)]


def merge(table: TableRows, reading: Reading) -> Merged:
    """Merge a report into a table, in place.

    Rows are matched by order id (and SKU, and return date), by SKU, or by account and dates; a blank in the report
    never erases a value, and an order that is no longer pending doesn't become pending again when an older
    report is read later.

    Raises
    ------
    WorkbookError
        When the table has lost the column that its rows are matched by.
    """
    columns = table.column_fields()
    keys = _KEYS[reading.kind]
    if keys[0] not in columns:
        raise WorkbookError(f"The table {table.name} has no column {keys[0]}. Give it back its header.")
    own = _SELLERS_OWN.get(reading.kind, frozenset())
    shared = [name for name in reading.table.columns if name in columns and name not in own]
    keys = tuple(name for name in keys if name in shared)
    rows = table.filled()
    waiting: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        waiting[tuple(_comparable(row[columns[name]]) for name in keys)].append(position)
    for positions in waiting.values():
        positions.reverse()
    added = updated = unchanged = 0
    incoming = [_cells(reading.table[name], name) for name in shared]
    places = [columns[name] for name in shared]
    key_at = [shared.index(name) for name in keys]
    status_at = columns.get("order_status") if reading.kind == "orders" else None
    for values in zip(*incoming, strict=True):
        positions = waiting.get(tuple(_comparable(values[i]) for i in key_at), [])
        if not positions:
            row = [None] * len(table.headers)
            for place, value in zip(places, values, strict=True):
                row[place] = value
            rows.append(row)
            added += 1
            continue
        row = rows[positions.pop()]
        changed = False
        for place, value in zip(places, values, strict=True):
            if value is None or _comparable(row[place]) == _comparable(value):
                continue
            if place == status_at and _pending(value) and row[place] not in (None, "") and not _pending(row[place]):
                continue
            row[place] = value
            changed = True
        updated += changed
        unchanged += not changed
    table.rows = rows
    table.changed = table.changed or bool(added or updated)
    return Merged(
        reading.source, reading.kind, table.name, added, updated, unchanged, reading.rows_unusable, reading.problems
    )


def total(parts: Sequence[Merged]) -> Merged:
    """All parts of one kind as one; ``parts`` is not empty."""
    first = parts[0]
    names = ("added", "updated", "unchanged", "unusable")
    sums = {name: sum(getattr(part, name) for part in parts) for name in names}
    problems = tuple(problem for part in parts for problem in part.problems)
    return replace(first, source=", ".join(part.source for part in parts), problems=problems, **sums)


def _pending(status: object) -> bool:
    return str(status).strip().lower().startswith(rules.PENDING)


def _comparable(value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return value


def _cells(values: pd.Series[Any], field: str) -> list[Any]:
    """A column of a tidy table as cell values: blank is ``None``, a mark is Yes, a date is a ``datetime``.

    A metric stands in the words that the table's drop-down offers, in English like the headers.
    """
    if field == "metric":
        return [METRICS[key][0] if key in METRICS else key or None for key in values]
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        stamps = values.to_numpy(dtype="datetime64[s]")
        found: list[Any] = stamps.astype(object).tolist()
        return [None if blank else day for day, blank in zip(found, np.isnat(stamps), strict=True)]
    if pd.api.types.is_bool_dtype(values.dtype):
        return ["Yes" if mark else None for mark in values]
    if pd.api.types.is_numeric_dtype(values.dtype):
        return [None if number != number else number for number in values.tolist()]
    return [text or None for text in values]
