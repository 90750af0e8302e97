"""An input table in a running Excel: read through xlwings, written column by column, and put back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from odr_xl.errors import WorkbookError
from odr_xl.headless.address import MAX_ROW
from odr_xl.headless.shared import shift

Rows = list[list[Any]]

#: Number format of cells that take everything as text.
_TEXT_FORMAT = "@"


class _Formula(str):
    """A formula's text, as opposed to a text that merely begins like one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Neighbouring cells of one column that get other contents: ``first`` is the data row (0 the first) of the top."""

    column: int
    first: int
    old: list[Any]
    new: list[Any]


@dataclass(slots=True)
class LiveTable:
    """One table of a running workbook.

    Only cells whose contents change are written, so that a seller's own columns, formats and formulas stay. A
    calculated column is continued into new rows. The table never shrinks: rows that become free stay blank.

    Windows only: xlwings can't read the errors in a range on a Mac (``_xlmac.Range.raw_value`` with ``err_to_str``
    gives ``None`` for more than one row), and there the workbook is refreshed as a file.

    Parameters
    ----------
    table : xlwings.main.Table
    """

    table: Any
    headers: list[str] = field(init=False, default_factory=list)
    rows: Rows = field(init=False, default_factory=list)
    _height: int = field(init=False, default=0)
    _pieces: list[_Piece] = field(init=False, default_factory=list)
    _calculated: dict[int, str] = field(init=False, default_factory=dict)

    @property
    def name(self) -> str:
        """The table's name, such as tblOrders."""
        return str(self.table.name)

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return str(self.table.parent.name)

    def read(self) -> tuple[list[str], Rows]:
        """Headers and data rows, blank ones too; an error in a cell comes as its text, such as #N/A."""
        if not self.table.show_headers:
            raise WorkbookError(
                f"{self.sheet}: the table {self.name} has no header row. Turn it on (Table Design > Header Row)."
            )
        values = self.table.range.options(ndim=2, err_to_str=True).value
        body = values[1:-1] if self.table.show_totals else values[1:]
        self.headers, self.rows = [str(header) for header in values[0]], body
        return self.headers, [list(row) for row in body]

    def prepare(self, rows: Sequence[Sequence[Any]]) -> None:
        """Compare the rows that the table shall have with those that it has; nothing is written yet.

        Raises
        ------
        WorkbookError
            When the new rows don't fit: a totals row, something below the table, or the end of the sheet.
        """
        width = len(self.headers)
        blank: list[Any] = [None] * width
        wanted = [*rows, *[blank] * (len(self.rows) - len(rows))]
        self._height = len(wanted)
        self._check_room()
        first_row = _grid(self._cells(0, 0, 1, width).formula)[0]
        self._calculated = {c: text for c, text in enumerate(first_row) if _is_formula(text, self.rows[0][c])}
        had = [*self.rows, *[blank] * (len(wanted) - len(self.rows))]
        self._pieces = []
        for column in range(width):
            changed = [r for r, (old, new) in enumerate(zip(had, wanted, strict=True)) if old[column] != new[column]]
            if not changed or column in self._calculated:
                continue
            first, last = changed[0], changed[-1]
            span = range(first, last + 1)
            old = self._contents(column, first, [had[r][column] for r in span])
            values = [wanted[r][column] for r in span]
            # A formula stays where its value does.
            new = [o if had[r][column] == value else value for r, o, value in zip(span, old, values, strict=True)]
            self._pieces.append(_Piece(column, first, old, new))

    def write(self) -> None:
        """Write what `prepare` found. A filter is cleared, since rows that it hides would be missed."""
        if self.table.show_autofilter:
            self.table.autofilter.clear()
        grown = self._height - len(self.rows)
        if grown:
            self.table.resize(self._area(self._height))
        for piece in self._pieces:
            self._set(piece, piece.new)
        for column, text in self._calculated.items() if grown else ():
            # The first row's formula, moved to the first new row; Excel adjusts it in the rows below.
            moved = shift(text[1:], len(self.rows), 0)
            self._cells(len(self.rows), column, grown, 1).formula = f"={moved}"

    def put_back(self) -> None:
        """Undo `write`, however far it came: size and contents are as they were read."""
        grown = self._height - len(self.rows)
        if grown:
            self._cells(len(self.rows), 0, grown, len(self.headers)).clear_contents()
            self.table.resize(self._area(len(self.rows)))
        for piece in self._pieces:
            known = piece.old[: max(0, len(self.rows) - piece.first)]
            if known:
                self._set(piece, known)

    def _contents(self, column: int, first: int, values: list[Any]) -> list[Any]:
        """Values of a piece of a column, with the formula where there is one."""
        known = min(len(values), len(self.rows) - first)
        if known < 1:
            return values
        texts = [row[0] for row in _grid(self._cells(first, column, known, 1).formula)]
        found = [
            _Formula(text) if _is_formula(text, value) else value
            for text, value in zip(texts, values[:known], strict=True)
        ]
        return [*found, *values[known:]]

    def _set(self, piece: _Piece, contents: list[Any]) -> None:
        target = self._cells(piece.first, piece.column, len(contents), 1)
        as_text = target.number_format == _TEXT_FORMAT
        target.value = [[str(c) if isinstance(c, _Formula) else c if as_text else plain_text(c)] for c in contents]

    def _check_room(self) -> None:
        grown = self._height - len(self.rows)
        if not grown:
            return
        if self.table.show_totals:
            raise WorkbookError(
                f"{self.sheet}: the table {self.name} has a totals row. Turn it off (Table Design > Total Row) and "
                "press Refresh again."
            )
        top = self.table.range.row + 1
        if top + self._height - 1 > MAX_ROW:
            raise WorkbookError(
                f"{self.name}: {self._height:,} rows don't fit on the sheet, which has {MAX_ROW:,}. Remove the oldest "
                "rows."
            )
        below = self._cells(len(self.rows), 0, grown, len(self.headers))
        for number, row in enumerate(_grid(below.formula)):
            for column, text in enumerate(row):
                if text not in (None, ""):
                    place = below[number, column].get_address(row_absolute=False, column_absolute=False)
                    raise WorkbookError(
                        f'{self.sheet}!{place}: "{str(text)[:60]}" stands below the table {self.name} where its new '
                        "rows would go. Move it to the right of the table or to another sheet, and press Refresh again."
                    )

    def _area(self, height: int) -> Any:
        return self.table.range[0, 0].resize(height + 1, len(self.headers))

    def _cells(self, row: int, column: int, height: int, width: int) -> Any:
        """Data cells by their place in the table, below its present end too."""
        return self.table.range[0, 0].offset(row + 1, column).resize(height, width)


def plain_text(cell: Any) -> Any:
    """What to hand to Excel so that a text stays the text that it is.

    Excel takes what looks like a formula, a number, a date or a truth value for one, unless an apostrophe, which it
    doesn't show, stands in front.

    >>> plain_text("=1+1"), plain_text("10/10"), plain_text("TRUE"), plain_text("Shipped"), plain_text(5.0)
    ("'=1+1", "'10/10", "'TRUE", 'Shipped', 5.0)
    """
    if not isinstance(cell, str) or not cell:
        return cell
    taken = cell[0] in "=+-@'#" or cell.strip().upper() in ("TRUE", "FALSE") or any(c.isdigit() for c in cell)
    return f"'{cell}" if taken else cell


def _is_formula(text: Any, value: Any) -> bool:
    """Whether a cell's formula text is one: a text that merely begins like a formula is its own value."""
    return isinstance(text, str) and text.startswith("=") and text != value


def _grid(answer: Any) -> list[list[Any]]:
    """Formulas as rows: xlwings hands on what Excel gives, a text for one cell, and rows for more."""
    if isinstance(answer, str) or not isinstance(answer, Iterable):
        return [[answer]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in answer]
