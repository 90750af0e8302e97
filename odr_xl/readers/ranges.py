"""Ranges: cells as Excel gives them to a formula, read into tidy tables.

Excel on Windows gives datetimes, floats and None for blanks; Excel for the web gives serial numbers and "". A range of
one row or one column may come as a flat list, a single cell as itself. Whole columns come with a million blank rows.
All of these are the same range, and read the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from odr_xl.errors import InputError, Problem, UnknownReport
from odr_xl.readers.blocks import Block, column_letters
from odr_xl.readers.cells import Mask, as_text, blank_mask
from odr_xl.readers.coded import plain
from odr_xl.readers.columns import Column, take_columns
from odr_xl.readers.headers import LAYOUTS, Recognition, normalise, recognise
from odr_xl.readers.layout import key_of
from odr_xl.readers.reading import Reading
from odr_xl.readers.tidy import raw_fields, tidy

#: Rows above the header, such as a title, that are passed over.
MOST_TITLE_ROWS = 5
#: Rows looked at together when blank rows are cut off the end.
_TAIL_ROWS = 2048


def read_range(
    rows: Any,
    *,
    kind: str | None = None,
    fields: Collection[str] | None = None,
    sheet: str = "",
    zone: str | None = None,
    marketplace: str | None = None,
) -> Reading:
    """Tidy table of a cell range with a header row.

    Parameters
    ----------
    rows : list or tuple of rows, Block, DataFrame, array, or a single cell
        Cells may be text, numbers, booleans, datetimes, None, "" or the text of an Excel error (``#N/A``). Up to five
        rows above the header and all blank rows are passed over; short rows are blank at their end.
    kind : str, optional
        Kind of table that it must be; recognised by its header row when left out.
    fields : collection of str, optional
        Columns of the table that are needed, besides the order id. No other column is looked at, so an error in one
        of them is no problem, and the fewer they are the faster. All of them when left out.
    sheet : str
        Sheet's name for messages; a `Block` knows its own.
    zone, marketplace : str, optional
        As for `tidy.tidy`.

    Returns
    -------
    Reading
        ``row`` in its table is the row's number on the sheet for a `Block`, and in the range otherwise, from 1.
        A range with a header and no data gives an empty table.

    Raises
    ------
    InputError
        The range is blank.
    UnknownReport
        No header row is recognised; the text lists what was seen and what was looked for.
    UsageError
        Unknown ``kind``, zone or marketplace.

    Examples
    --------
    >>> reading = read_range([["Order ID", "Chargeback claim", "Late Shipment"], ["111-0000001-0000001", "X", None]])
    >>> reading.kind, reading.table["chargeback"].tolist(), reading.table["row"].tolist()
    ('account_health', [True], [2])
    """
    block, rows = _block(rows, sheet)
    end = length_of(rows)
    if not end:
        raise InputError(f"{block.sheet or 'The range'} is blank. Select the cells of the report with its header row.")
    header, found = find_header(rows, kind)
    names = rows[header]
    wanted = {
        name: found.fields[name]
        for name in found.fields
        if name in raw_fields(fields, found.fields, key_of(found.kind))
    }
    first = header + 1
    columns, ids = take_columns(rows, first, end, wanted, LAYOUTS[found.kind].columns)
    numbers = np.arange(block.row + first, block.row + end, dtype=np.int64)
    if ids is None:
        held = _held(columns[key_of(found.kind)], rows, first)
        if not held.all():
            columns, numbers = {name: column[held] for name, column in columns.items()}, numbers[held]
    located = bool(block.sheet)

    def place(row: int, field: str) -> str:
        column = wanted.get(field)
        if column is None:
            return f"{block.sheet}, row {row}" if block.sheet else f"row {row}"
        if located:
            return block.cell(row, column)
        return f"row {row}, column {column_letters(block.column + column)}"

    table, problems, unusable = tidy(
        found.kind,
        columns,
        numbers,
        zone=zone,
        marketplace=marketplace,
        place=place,
        variant=found.variant,
        ids=ids,
        fields=fields,
    )
    notes = _twice(names, wanted, found.kind, block.row + header, block, located)
    return Reading(found.kind, table, block.sheet, (*notes, *problems), len(numbers), unusable)


def _block(rows: Any, sheet: str) -> tuple[Block, Sequence[Any]]:
    """Where a range of any form stands, and its rows of cells, which aren't copied when they are rows already."""
    place = Block((), rows.sheet or sheet, rows.row, rows.column) if isinstance(rows, Block) else Block((), sheet)
    if isinstance(rows, pd.DataFrame):
        frame = rows if rows.index.name is None and rows.index.nlevels == 1 else rows.reset_index()
        cells = frame.astype(object)
        rows = [list(frame.columns), *cells.where(cells.notna(), None).to_numpy().tolist()]
    elif isinstance(rows, np.ndarray):
        # A datetime64 array would become integers.
        rows = rows.astype("M8[us]").tolist() if rows.dtype.kind == "M" else rows.tolist()
    if not isinstance(rows, list | tuple):
        rows = [[rows]]
    elif rows and not any(isinstance(row, list | tuple | np.ndarray) for row in rows[: MOST_TITLE_ROWS + 1]):
        rows = _flat(rows)
    return place, rows


def _flat(cells: Sequence[Any]) -> list[list[Any]]:
    """A flat list as the one column or the one row that it is: a column when its cells aren't all headers."""
    known = sum(any(normalise(cell) in aliases for aliases in _aliases()) for cell in cells)
    as_row = known > 1
    return [list(cells)] if as_row else [[cell] for cell in cells]


def _aliases() -> list[Collection[str]]:
    return [{normalise(name) for names in layout.headers.values() for name in names} for layout in LAYOUTS.values()]


def find_header(rows: Sequence[Any], kind: str | None) -> tuple[int, Recognition]:
    """Place of the header row among the rows, and what it says."""
    refused: UnknownReport | None = None
    widest = 0
    for i, row in enumerate(rows[: MOST_TITLE_ROWS + 1]):
        width = sum(not _is_blank(cell) for cell in row)
        if not width:
            continue
        try:
            return i, recognise(list(row), kind=kind)
        except UnknownReport as error:
            # A title has one cell; the first of the rows with the most cells is the one meant as the header.
            if width > widest:
                refused, widest = error, width
    if refused is None:
        raise UnknownReport(f"The first {MOST_TITLE_ROWS + 1} rows are blank. Select the range from its header row on.")
    raise refused


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and cell != cell)


def length_of(rows: Sequence[Any]) -> int:
    """Count the rows up to the last that holds anything; blank ones are passed over a few thousand at a time."""
    end = len(rows)
    if end and not all(map(_is_blank, rows[-1])):
        return end
    while end > 0:
        start = max(0, end - _TAIL_ROWS)
        cells = list(chain.from_iterable(rows[start:end]))
        if cells.count(None) + cells.count("") < len(cells):
            for i in range(end - 1, start - 1, -1):
                if not all(map(_is_blank, rows[i])):
                    return i + 1
        end = start
    return 0


def _held(key: Column, rows: Sequence[Any], first: int) -> Mask:
    """Which rows hold anything; only those without a key are looked at cell by cell."""
    held = ~blank_mask(plain(key))
    for i in np.flatnonzero(~held).tolist():
        held[i] = not all(map(_is_blank, rows[first + i]))
    return held


def _twice(
    names: Sequence[Any], wanted: Mapping[str, int], kind: str, row: int, block: Block, located: bool
) -> list[Problem]:
    """A note for each needed header that stands twice: only the first of the columns is read."""
    notes = []
    spelled = [normalise(name) for name in names]
    for column in wanted.values():
        for other in range(column + 1, len(spelled)):
            if spelled[other] == spelled[column] and spelled[column]:
                second, chosen = column_letters(block.column + other), column_letters(block.column + column)
                where = block.cell(row, other) if located else f"row {row}, column {second}"
                notes.append(
                    Problem(
                        where,
                        as_text(names[other]),
                        "is the header of two columns",
                        f"Column {chosen} is used; rename or delete the other one.",
                        "note",
                    )
                )
    return notes
