"""Whether what a cell shows fits into it: widths measured in the workbook's own font, as Excel lays a cell out.

A number that doesn't fit is drawn as ###, a text is cut where its neighbour begins, a wrapped text where its row ends.
Excel itself isn't at hand here, so its rules are taken from its documentation and from XlsxWriter: a column of width w
has ``floor(7 w + 5)`` pixels, five of them margin, and an indent takes nine.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from PIL import ImageFont

_MARGIN, _INDENT = 5, 9
#: Pixels of a line, in parts of the font's size.
_LINE = 1.2
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 64, 20
#: Rows of a sheet that are looked at: further down stands more of the same.
_ROWS = 200
#: The widest that a cell of a kind is expected to hold.
_MOST = {"#,##0": "999,999", "0.00%": "99.99%", "0%": "100%"}


@dataclass(frozen=True)
class Misfit:
    """A cell that doesn't show what it holds."""

    sheet: str
    column: str
    row: int
    text: str
    needed: int
    there: int

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.column}{self.row}"
        return f"{place}: {self.text[:40]!r} needs {self.needed} pixels, and has {self.there}."


@cache
def _font(bold: bool, size: float, chinese: bool) -> ImageFont.FreeTypeFont:
    # fontconfig gives the twin that LibreOffice draws with; its widths are Arial's.
    wanted = "Noto Sans CJK SC" if chinese else "Arial"
    asked = ["fc-match", "-f", "%{file}", f"{wanted}:{'bold' if bold else 'regular'}"]
    file = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60).stdout
    return ImageFont.truetype(file, size * 96 / 72)


def pixels(text: str, font: Any) -> float:
    """Width of a text in an openpyxl font, on a screen of 96 dots an inch."""
    return _measured(text, bool(font.b), float(font.sz))


@lru_cache(maxsize=50_000)
def _measured(text: str, bold: bool, size: float) -> float:
    parts = re.findall(r"[\u2e80-\uffee]+|[^\u2e80-\uffee]+", text)
    return sum(_font(bold, size, part[0] >= "\u2e80").getlength(part) for part in parts)


def shown(value: Any, form: str) -> str:
    """A number or a date as its format shows it; only the workbook's own formats are known."""
    if isinstance(value, date | datetime):
        if form not in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"):
            raise ValueError(f"Unknown format of a date: {form}")
        return value.strftime("%Y-%m-%d %H:%M" if "hh" in form else "%Y-%m-%d")
    match form:
        case "General" | "@" | "0":
            return f"{value:.10g}"
        case "#,##0":
            return f"{value:,.0f}"
        case "0%" | "0.00%":
            return f"{value:.{2 if '.' in form else 0}%}"
        case "0.0" | '0.0"×"':
            return f"{value:.1f}{'×' * ('×' in form)}"
    raise ValueError(f"Unknown format of a number: {form}")


class Grid:
    """One sheet's filled cells with the room that each has."""

    def __init__(self, sheet: Worksheet) -> None:
        self.title = sheet.title
        # openpyxl looks all cells over whenever it is asked for one of these.
        self._columns = sheet.max_column
        self._cells = [c for row in sheet.iter_rows(max_row=_ROWS) for c in row if c.value not in (None, "")]
        self._filled = {(cell.row, cell.column) for cell in self._cells}
        self._merged = {place: area for area in sheet.merged_cells.ranges for place in [(area.min_row, area.min_col)]}
        self._widths = dict.fromkeys(range(1, self._columns + 2), float(_DEFAULT_WIDTH))
        for dimension in sheet.column_dimensions.values():
            for column in range(dimension.min or 0, min(dimension.max or -1, self._columns) + 1):
                self._widths[column] = 0 if dimension.hidden else int(7 * dimension.width + 0.5)
        self._heights = {row: found.height for row, found in sheet.row_dimensions.items()}

    def numbers_too_wide(self) -> Iterator[Misfit]:
        """Numbers and dates that would be drawn as ###, now or when a count has six digits."""
        for cell in self._cells:
            form = cell.number_format
            # A number without a format is rounded to the column.
            if isinstance(cell.value, bool | str) or form in ("General", "@"):
                continue
            text = max(shown(cell.value, form), _MOST.get(form, ""), key=len)
            yield from self._misfit(cell, text, self._room(cell))

    def wrapped_texts_cut(self) -> Iterator[Misfit]:
        """Wrapped texts with more lines than their row, whose height is fixed, has room for."""
        for cell in self._cells:
            height = self._heights.get(cell.row)
            if not isinstance(cell.value, str) or not cell.alignment.wrap_text or height is None:
                continue
            area = self._merged.get((cell.row, cell.column))
            rows = range(area.min_row, area.max_row + 1) if area else (cell.row,)
            there = sum((self._heights.get(row) or _DEFAULT_HEIGHT * 0.75) for row in rows) * 96 / 72
            room = self._room(cell)
            needed = sum(_lines(line, cell.font, room) for line in cell.value.split("\n"))
            needed *= cell.font.sz * 96 / 72 * _LINE
            if needed > there + 1:
                yield self._found(cell, cell.value, needed, there)

    def texts_cut(self) -> Iterator[Misfit]:
        """Texts of one line that end where the next filled cell begins."""
        for cell in self._cells:
            if not isinstance(cell.value, str) or cell.alignment.wrap_text:
                continue
            room = self._room(cell)
            to_the_left = cell.alignment.horizontal in (None, "general", "left")
            if to_the_left and (cell.row, cell.column) not in self._merged:
                column = cell.column + 1
                while column <= self._columns and (cell.row, column) not in self._filled:
                    room += self._widths[column]
                    column += 1
                if column > self._columns:
                    continue  # nothing beside it
            yield from self._misfit(cell, cell.value, room)

    def _room(self, cell: Cell) -> float:
        area = self._merged.get((cell.row, cell.column))
        columns = range(area.min_col, area.max_col + 1) if area else (cell.column,)
        return sum(map(self._widths.__getitem__, columns)) - _MARGIN - int(cell.alignment.indent or 0) * _INDENT

    def _misfit(self, cell: Cell, text: str, room: float) -> Iterator[Misfit]:
        needed = pixels(text, cell.font)
        if needed > room:
            yield self._found(cell, text, needed, room)

    def _found(self, cell: Cell, text: str, needed: float, there: float) -> Misfit:
        return Misfit(self.title, cell.column_letter, cell.row, text, round(needed), round(there))


def _lines(text: str, font: Any, room: float) -> int:
    """Lines of a wrapped text; Chinese breaks anywhere, a Latin word after a space or a hyphen."""
    lines, width = 1, 0.0
    for word in re.findall(r"[\u2e80-\uffee]|[^\s\u2e80-\uffee-]+-?\s*|\s+|-", text):
        if width and width + pixels(word.rstrip(), font) > room:
            lines, width = lines + 1, 0.0
        width += pixels(word, font)
    return lines
