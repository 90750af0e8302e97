"""Tallies: how many orders a range holds, and which marks each bears, without making a table of them.

A rate over all orders of a range needs no table: each order id becomes one whole number, sorting the numbers counts the
distinct ones, and only the few rows with a mark are looked at one by one. What isn't plain (an id that needs cleaning,
a cell that can't be read, an order that isn't Amazon's) goes the long way, which knows how and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from odr_xl.readers.cells import Mask, error_mask, text_column
from odr_xl.readers.columns import BLOCK_ROWS, cells_of
from odr_xl.readers.headers import LAYOUTS
from odr_xl.readers.ids import Keys, amazon_keys
from odr_xl.readers.marks import parse_marks
from odr_xl.readers.orders import SELLER_FULFILLED
from odr_xl.readers.ranges import find_header, length_of

#: Fields that turn into other columns' marks.
_TOLD = frozenset(("defect", "reason"))
_KINDS = frozenset(("orders", "account_health"))


@dataclass(frozen=True, slots=True)
class Tally:
    """The orders of a range.

    Attributes
    ----------
    orders : int
        Distinct order ids.
    marks : mapping of str to bool array
        For each cause a column; one row for each order with anything in a column of marks.
    """

    orders: int
    marks: Mapping[str, Mask]


def quick_tally(rows: Any, causes: Collection[str], foreign_channel: str, foreign_id: str) -> Tally | None:
    """Tally of a range of orders; ``None`` when any of its cells isn't plain.

    Parameters
    ----------
    rows : list or tuple of rows
        As for `ranges.read_range`.
    causes : collection of str
        Fields of marks.
    foreign_channel, foreign_id : str
        How the sales channel (in lower case) or the id of an order that isn't Amazon's begins; with one such order
        the range isn't plain.
    """
    if not isinstance(rows, list | tuple) or len(rows) < 2 or not isinstance(rows[0], list | tuple):
        return None
    end = length_of(rows)
    if not end:
        return None
    header, found = find_header(rows, None)
    first = header + 1
    if found.kind not in _KINDS or found.variant in SELLER_FULFILLED or _TOLD & found.fields.keys() or first == end:
        return None
    holds = LAYOUTS[found.kind].columns
    if any(holds.get(cause) != "mark" for cause in causes if cause in found.fields):
        return None
    columns = {cause: found.fields[cause] for cause in causes if cause in found.fields}
    keys = np.empty(end - first, dtype=np.uint64)
    marks = _Marks(sorted(columns.values()))
    channels: set[Any] = set()
    for at in range(first, end, BLOCK_ROWS):
        # Rows visited together stay in the processor's cache while their columns are taken out.
        some = rows[at : min(at + BLOCK_ROWS, end)]
        some_keys = amazon_keys(cells_of(some, found.fields["order_id"]))
        if some_keys is None:
            return None
        keys[at - first : at - first + len(some)] = some_keys
        if "sales_channel" in found.fields and not _learn(channels, some, found.fields["sales_channel"]):
            return None
        if not marks.take(some, some_keys):
            return None
    if not _all_amazon(channels, foreign_channel) or _any_begins(keys, foreign_id):
        return None
    flags = _by_order(marks, columns)
    return None if flags is None else Tally(_distinct(keys), flags)


class _Marks:
    """The rows that hold anything in the columns of marks: few."""

    def __init__(self, columns: Sequence[int]) -> None:
        # Asking about three columns at once is much faster than taking each of them out.
        self._threes = [(*columns[i : i + 3], columns[i], columns[i])[:3] for i in range(0, len(columns), 3)]
        self.rows: list[Any] = []
        self.keys: list[Keys] = []

    def take(self, rows: Sequence[Any], keys: Keys) -> bool:
        """Look at a block of rows; False when a cell has no truth value."""
        found: set[int] = set()
        try:
            for columns in self._threes:
                found.update(_holding(rows, *columns))
        except (TypeError, ValueError):
            return False
        if found:
            held = sorted(found)
            self.rows += [rows[i] for i in held]
            self.keys.append(keys[held])
        return True


def _holding(rows: Sequence[Any], a: int, b: int, c: int) -> list[int]:
    """Which rows hold anything in any of three columns; a few more may be among them."""
    first = rows[0]
    try:
        # Blank is None from one client and "" from the other, and comparing by identity takes half the time.
        if first[a] is None and first[b] is None and first[c] is None:
            held = [i for i, row in enumerate(rows) if row[a] is not None or row[b] is not None or row[c] is not None]
            if len(held) * 8 < len(rows):
                return held
        return [i for i, row in enumerate(rows) if row[a] or row[b] or row[c]]
    except IndexError:  # a row that is too short is blank at its end
        columns = [cells_of(rows, column) for column in (a, b, c)]
        return [i for i, cells in enumerate(zip(*columns, strict=True)) if any(cells)]


def _learn(known: set[Any], rows: Sequence[Any], column: int) -> bool:
    """Add a column's texts to those that are known; False for a cell that can't be one of them."""
    try:
        first = rows[0][column]
        known.add(first)
        # Most cells are the same as the first, and comparing is much faster than looking up.
        known.update([row[column] for row in rows if row[column] != first])
    except IndexError:  # a row that is too short
        known.update(cells_of(rows, column))
    except (TypeError, ValueError):  # a cell that can't be a key or be compared
        return False
    return True


def _all_amazon(channels: Collection[Any], foreign: str) -> bool:
    if not all(type(channel) is str or channel is None for channel in channels):
        return False
    known = list(channels)
    return not error_mask(known).any() and not any(
        text.strip().lower().startswith(foreign) for text in text_column(known)
    )


def _any_begins(keys: Keys, beginning: str) -> bool:
    """Whether any order id has this beginning of four characters."""
    alike = amazon_keys([f"{beginning}0000000-0000000", f"{beginning}9999999-9999999"])
    if alike is None:
        return True
    return bool(((keys >= alike[0]) & (keys <= alike[1])).any())


def _by_order(marks: _Marks, columns: Mapping[str, int]) -> dict[str, Mask] | None:
    """For each marked order whether any of its rows bears each mark; None for a mark that can't be told."""
    keys = np.concatenate(marks.keys) if marks.keys else np.empty(0, dtype=np.uint64)
    orders, place = np.unique(keys, return_inverse=True)
    flags: dict[str, Mask] = {}
    for cause, column in columns.items():
        told, bad = parse_marks(cells_of(marks.rows, column))
        if bad.any():
            return None
        flags[cause] = np.zeros(len(orders), dtype=bool)
        flags[cause][place[told]] = True
    return flags


def _distinct(keys: Keys) -> int:
    ordered = np.sort(keys)
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + 1
