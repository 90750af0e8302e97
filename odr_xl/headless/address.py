"""Cell addresses: `B2` and `A1:M101` as numbers, and back."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384


@lru_cache(maxsize=4096)
def column_letters(column: int) -> str:
    """The letters of a 1-based column: 1 is ``A``, 27 is ``AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """The 1-based number of a column's letters: ``A`` is 1, ``AA`` is 27.

    Raises
    ------
    ValueError
        If `letters` isn't a column that Excel has.
    """
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f'"{letters}" is no column')
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= MAX_COLUMN:
        raise ValueError(f'"{letters}" is no column')
    return number


def parse_cell(ref: str) -> tuple[int, int]:
    """Row and column (1-based) of a cell's address; ``$`` is allowed and ignored.

    Raises
    ------
    ValueError
        If `ref` isn't the address of one cell.
    """
    text = ref.replace("$", "")
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not digits or not digits.isascii() or not 1 <= int(digits) <= MAX_ROW:
        raise ValueError(f'"{ref}" is no cell')
    return int(digits), column_number(letters)


def cell_ref(row: int, column: int) -> str:
    """The address of a cell: row 2, column 2 is ``B2``."""
    return f"{column_letters(column)}{row}"


class Area(NamedTuple):
    """A rectangle of cells, 1-based and both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, ref: str) -> Area:
        """The area of ``A1:M101``, of one cell, or of whole columns or rows (``A:C``, ``2:5``).

        Raises
        ------
        ValueError
            If `ref` is none of these.
        """
        first, _, last = ref.replace("$", "").partition(":")
        last = last or first
        if ":" in ref and first.isalpha() and last.isalpha():
            return cls(1, column_number(first), MAX_ROW, column_number(last))
        if ":" in ref and first.isdigit() and last.isdigit():
            return cls(int(first), 1, int(last), MAX_COLUMN)
        (r1, c1), (r2, c2) = parse_cell(first), parse_cell(last)
        return cls(min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2))

    @property
    def ref(self) -> str:
        """The address: ``A1:M101``, or ``B2`` for one cell."""
        first, last = cell_ref(self.top, self.left), cell_ref(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.right - self.left + 1

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies in the area."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Whether the areas have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )
