"""Columns of a cell range: the needed ones taken out of the rows, a block of rows at a time.

A million rows don't fit in the processor's cache, and following each row to its cells is what costs the time. So the
rows are visited once, a few thousand together, and everything that must be known of a cell is found out while it is
near: whether it is blank, the same as the one above, or a well-formed order id. Sparse marks and repeated words leave
as `Coded` columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from typing import Any

import numpy as np

from odr_xl.readers.cells import Objects
from odr_xl.readers.coded import Coded
from odr_xl.readers.ids import OrderIds, all_amazon_shape
from odr_xl.readers.layout import Holds

#: Rows visited together: their cells fit in a processor's second cache.
BLOCK_ROWS = 2048
#: Cells tested together for whether any of them is marked.
_FEW = 64
#: A column with more distinct cells than this isn't worth coding.
MOST_DISTINCT = 10_000
#: The same for marks, whose codes are one byte.
MOST_MARKS = 120

Column = Objects | Coded


class _Ids:
    """Order ids, and whether all so far are of Amazon's shape, which nothing needs to clean."""

    def __init__(self, column: int, length: int) -> None:
        self.column, self.cells, self.intact = column, np.empty(length, dtype=object), True

    def take(self, rows: Sequence[Any], at: int) -> None:
        cells = cells_of(rows, self.column)
        self.intact = self.intact and all_amazon_shape(cells)
        self.cells[at : at + len(cells)] = np.fromiter(cells, dtype=object, count=len(cells))


class _Plain:
    """Cells as they are."""

    def __init__(self, column: int, length: int) -> None:
        self.column, self.cells = column, np.empty(length, dtype=object)

    def take(self, rows: Sequence[Any], at: int) -> None:
        cells = cells_of(rows, self.column)
        self.cells[at : at + len(cells)] = np.fromiter(cells, dtype=object, count=len(cells))

    def column_of(self, rows: Sequence[Any], first: int, end: int) -> Column:
        return self.cells


class _Words:
    """Repeated texts. More than `MOST_DISTINCT` of them, or anything that isn't a text, makes it a plain column."""

    def __init__(self, column: int, length: int) -> None:
        self.column, self.codes, self.mixed = column, np.full(length, -1, dtype=np.int16), False
        self.known: dict[Any, int] = {None: -1}

    def take(self, rows: Sequence[Any], at: int) -> None:
        if self.mixed:
            return
        cells = cells_of(rows, self.column)
        first = cells[0]
        try:
            code = self._codes([first])[0]
            # Most cells are the same as the first, and comparing is much faster than looking up.
            others = [i for i, cell in enumerate(cells) if cell != first]
            self.codes[at : at + len(cells)] = code
            if others:
                self.codes[[at + i for i in others]] = self._codes([cells[i] for i in others])
        except TypeError:  # a cell that can't be a key
            self.mixed = True

    def _codes(self, cells: list[Any]) -> list[int]:
        try:
            return [self.known[cell] for cell in cells]
        except KeyError:
            self._learn(set(cells))
            return [-1] * len(cells) if self.mixed else [self.known[cell] for cell in cells]

    def _learn(self, cells: set[Any]) -> None:
        for cell in cells - self.known.keys():
            # 1, 1.0 and TRUE are one key but three texts.
            self.mixed = self.mixed or type(cell) is not str
            self.known[cell] = len(self.known) - 1
        self.mixed = self.mixed or len(self.known) > MOST_DISTINCT

    def column_of(self, rows: Sequence[Any], first: int, end: int) -> Column:
        if self.mixed:
            return plain_column(rows[first:end], self.column)
        distinct = np.empty(len(self.known) - 1, dtype=object)
        distinct[:] = list(self.known)[1:]
        return Coded(distinct, self.codes)


class _Marks:
    """Marks, of which most cells are blank or 0: no mark, and code -1. Only the others are looked at one by one."""

    def __init__(self, column: int, length: int) -> None:
        self.column, self.codes, self.mixed = column, np.full(length, -1, dtype=np.int8), False
        self.known: dict[Any, int] = {}

    def take(self, rows: Sequence[Any], at: int) -> None:
        if self.mixed:
            return
        cells = cells_of(rows, self.column)
        count = len(cells)
        # Blank is None from one client and "" from the other; asked for the right one, counting compares by identity.
        blank = "" if isinstance(cells[0], str) and not cells[0] else None
        if cells.count(blank) == count:
            return
        known = self.known
        try:
            held: list[int] = []
            for start in range(0, count, _FEW):
                few = cells[start : start + _FEW]
                if few.count(blank) < len(few):
                    held += compress(range(start, start + len(few)), few)
            if not held:
                return
            marks = [cells[i] for i in held]
            for mark in set(marks) - known.keys():
                known[mark] = len(known)
            if len(known) > MOST_MARKS:
                self.mixed = True
                return
            self.codes[[at + i for i in held]] = [known[mark] for mark in marks]
        except (TypeError, ValueError):  # a cell that can't be a key or has no truth value
            self.mixed = True

    def column_of(self, rows: Sequence[Any], first: int, end: int) -> Column:
        if self.mixed:
            return plain_column(rows[first:end], self.column)
        distinct = np.empty(len(self.known), dtype=object)
        distinct[:] = list(self.known)
        return Coded(distinct, self.codes)


def take_columns(
    rows: Sequence[Any], first: int, end: int, wanted: Mapping[str, int], holds: Mapping[str, Holds]
) -> tuple[dict[str, Column], OrderIds | None]:
    """Columns of the data rows.

    Parameters
    ----------
    rows : sequence of lists or tuples
        A row that is too short is blank at its end.
    first, end : int
        The data rows are ``rows[first:end]``.
    wanted : mapping of str to int
        Zero-based column of each field that is needed; no other cell is touched.
    holds : mapping of str to Holds
        What each field's cells hold; a count when it says nothing.

    Returns
    -------
    columns : dict of str to object array or Coded
        Raw cells of each field.
    ids : OrderIds or None
        The order ids, when all of them are of Amazon's shape and need no cleaning.
    """
    length = end - first
    ids: dict[str, _Ids] = {}
    others: dict[str, _Plain | _Words | _Marks] = {}
    for field, column in wanted.items():
        match holds.get(field, "count"):
            case "id":
                ids[field] = _Ids(column, length)
            case "mark":
                others[field] = _Marks(column, length)
            case "text" | "channel" | "marketplace" | "cause":
                others[field] = _Words(column, length)
            case _:
                others[field] = _Plain(column, length)
    takers: list[Callable[[Sequence[Any], int], None]] = [t.take for t in (*ids.values(), *others.values())]
    for at in range(0, length, BLOCK_ROWS):
        some = rows[first + at : min(first + at + BLOCK_ROWS, end)]
        for take in takers:
            take(some, at)
    columns: dict[str, Column] = {field: taker.cells for field, taker in ids.items()}
    columns |= {field: taker.column_of(rows, first, end) for field, taker in others.items()}
    ready = None
    if "order_id" in ids and ids["order_id"].intact:
        nothing = np.zeros(length, dtype=bool)
        ready = OrderIds(ids["order_id"].cells, nothing, nothing)
    return {field: columns[field] for field in wanted}, ready


def cells_of(rows: Sequence[Any], column: int) -> list[Any]:
    """One column of the rows; None where a row is too short."""
    try:
        return [row[column] for row in rows]
    except IndexError:
        return [row[column] if len(row) > column else None for row in rows]


def plain_column(rows: Sequence[Any], column: int) -> Objects:
    """One column of all rows as an object array."""
    cells = cells_of(rows, column)
    return np.fromiter(cells, dtype=object, count=len(cells))
