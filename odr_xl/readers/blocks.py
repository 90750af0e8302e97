"""Block: rows of cells that remember where on which sheet they stood, so that a message can name the cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Block(list[Any]):
    """A cell range as a list of rows, with its place in the workbook.

    Parameters
    ----------
    rows : iterable of rows
        Each a list or tuple of cells.
    sheet : str
        Name of the sheet; "" when it isn't known.
    row, column : int
        1-based place of the range's first cell on the sheet.

    Examples
    --------
    >>> Block([["Order ID"], ["111-0000001-0000001"]], sheet="Orders", row=5, column=2).cell(6, 0)
    'Orders!B6'
    """

    def __init__(self, rows: Iterable[Any] = (), sheet: str = "", row: int = 1, column: int = 1) -> None:
        super().__init__(rows)
        self.sheet, self.row, self.column = sheet, row, column

    def cell(self, row: int, index: int) -> str:
        """Address of a cell by its row on the sheet and its zero-based column in the range."""
        name = f"{column_letters(self.column + index)}{row}"
        return f"{quoted(self.sheet)}!{name}" if self.sheet else name


def column_letters(column: int) -> str:
    """Letters of a 1-based column.

    >>> column_letters(3), column_letters(27), column_letters(16384)
    ('C', 'AA', 'XFD')
    """
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def quoted(sheet: str) -> str:
    """A sheet's name as Excel writes it before a cell: in quotes when it is more than letters, digits and underscores.

    >>> quoted("Orders"), quoted("My orders"), quoted("Bob's")
    ('Orders', "'My orders'", "'Bob''s'")
    """
    plain = sheet.replace("_", "a").isalnum() and not sheet[:1].isdigit()
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"
