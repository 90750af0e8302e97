"""Structured references, such as ``tblOrders[[#All],[sku]:[asin]]``, as rectangles of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from odr_xl.headless.address import Area
from odr_xl.headless.package import TableRef


def table_area(table: TableRef, brackets: str, row: int) -> Area | None:
    """The cells that `brackets` (with its outer ``[]``; "" for the data rows) means in a formula on row `row`.

    None if the table has no such column, or no such row: ``@`` beside the table, ``#Totals`` without one.
    """
    items, columns = _table_items(brackets)
    width = _columns(table, columns)
    rows = _rows(table, items, row)
    return None if width is None or rows is None else Area(rows[0], width[0], rows[1], width[1])


@lru_cache(maxsize=4096)
def _table_items(brackets: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Keywords (``#all`` …) and column names of ``[[#All],[a]:[b]]``; one column or the two ends of several."""
    inside = brackets[1:-1].strip()
    items: set[str] = set()
    columns: list[str] = []
    if inside.startswith("@"):
        items.add("#this row")
        inside = inside[1:]
    parts = list(_bracketed(inside)) if inside.startswith("[") else [inside] if inside else []
    for part in parts:
        if part.startswith("#"):
            items.add(part.lower())
        else:
            # The apostrophe makes the next character an ordinary one.
            columns.append(re.sub(r"'(.)", r"\1", part))
    return frozenset(items), tuple(columns)


def _bracketed(text: str) -> Iterator[str]:
    for match in re.finditer(r"\[((?:'.|[^'\]])*)\]", text, re.DOTALL):
        yield match.group(1)


@lru_cache(maxsize=256)
def _layout(table: TableRef) -> tuple[Area, dict[str, int]]:
    """A table's area, and its columns' numbers by name."""
    area = Area.parse(table.ref)
    return area, {name.lower(): area.left + position for position, name in enumerate(table.columns)}


def _columns(table: TableRef, names: tuple[str, ...]) -> tuple[int, int] | None:
    area, known = _layout(table)
    if not names:
        return area.left, area.right
    try:
        ends = [known[name.lower()] for name in names]
    except KeyError:
        return None
    return min(ends), max(ends)


def _rows(table: TableRef, items: frozenset[str], row: int) -> tuple[int, int] | None:
    area, _ = _layout(table)
    first, last = area.top + table.header_rows, area.bottom - table.totals_rows
    if "#this row" in items:
        return (row, row) if first <= row <= last else None
    spans = []
    if "#all" in items:
        spans.append((area.top, area.bottom))
    if "#headers" in items and table.header_rows:
        spans.append((area.top, first - 1))
    if "#totals" in items and table.totals_rows:
        spans.append((last + 1, area.bottom))
    if "#data" in items or not items:
        spans.append((first, last))
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None
