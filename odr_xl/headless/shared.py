"""Formulas, shared ones written out: Excel may store a filled-down formula once and let the cells below point to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from odr_xl.headless.address import MAX_COLUMN, MAX_ROW, cell_ref, column_letters, column_number

_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")
_COLUMN = re.compile(r"(\$?)([A-Za-z]{1,3})")
_ROW = re.compile(r"(\$?)([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell's formula.

    Parameters
    ----------
    text : str
        Without ``=``; a shared one is already shifted to its cell.
    kind : "normal", "shared" or "array"
        How the file stores it.
    ref : str
        The cells an array formula fills (``B9:D14``); for the others the cell itself.
    dynamic : bool
        Whether it spills (it carries cell metadata), rather than Ctrl+Shift+Enter.
    """

    text: str
    kind: Literal["normal", "shared", "array"]
    ref: str
    dynamic: bool = False


def expand(cells: Iterable[tuple[int, int, etree._Element, etree._Element]]) -> dict[tuple[int, int], Formula]:
    """The formulas of a sheet by row and column.

    Parameters
    ----------
    cells : iterable of (row, column, c element, f element)
        In the sheet's order: a shared formula's text comes before the cells that point to it.

    Notes
    -----
    What-if data tables (``t="dataTable"``) hold no formula and are left out.
    """
    found: dict[tuple[int, int], Formula] = {}
    originals: dict[str, tuple[int, int, str]] = {}
    for row, column, cell, element in cells:
        kind = element.get("t", "normal")
        text = (element.text or "").removeprefix("=")
        own = cell_ref(row, column)
        if kind == "dataTable":
            continue
        if kind == "array":
            found[row, column] = Formula(text, "array", element.get("ref") or own, cell.get("cm") is not None)
        elif kind == "shared":
            group = element.get("si", "")
            if text:
                originals[group] = (row, column, text)
            elif group in originals:
                first_row, first_column, original = originals[group]
                text = shift(original, row - first_row, column - first_column)
            if text:
                found[row, column] = Formula(text, "shared", own)
        elif text:
            found[row, column] = Formula(text, "normal", own, cell.get("cm") is not None)
    return found


def shift(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads after being filled `rows` down and `columns` right.

    Relative references move, those with ``$`` stay; one that leaves the sheet becomes ``#REF!``.
    Texts, sheet names, structured references, functions and names are left alone.
    """
    out: list[str] = []
    position, end = 0, len(formula)
    while position < end:
        character = formula[position]
        if character in "\"'":
            stop = _after_quote(formula, position)
        elif character == "[":
            stop = _after_bracket(formula, position)
        elif _in_word(character):
            stop = _after_word(formula, position)
            moved = _shift_word(formula, position, stop, rows, columns)
            if moved is not None:
                text, stop = moved
                out.append(text)
                position = stop
                continue
        else:
            stop = position + 1
        out.append(formula[position:stop])
        position = stop
    return "".join(out)


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "_$.\\?"


def _after_word(formula: str, position: int) -> int:
    while position < len(formula) and _in_word(formula[position]):
        position += 1
    return position


def _after_quote(formula: str, position: int) -> int:
    """Past a text or quoted sheet name; a doubled quote inside just starts the next one."""
    stop = formula.find(formula[position], position + 1)
    return len(formula) if stop < 0 else stop + 1


def _after_bracket(formula: str, position: int) -> int:
    """Past a structured reference's brackets; in them an apostrophe takes the next character's meaning away."""
    depth = 0
    while position < len(formula):
        character = formula[position]
        if character == "'":
            position += 1
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    return len(formula)


def _shift_word(formula: str, start: int, stop: int, rows: int, columns: int) -> tuple[str, int] | None:
    """The word's shifted text and where to go on, or None if it isn't a reference."""
    following = formula[stop : stop + 1]
    if following in ("!", "(", "[") and following:
        return None
    word = formula[start:stop]
    if cell := _CELL.fullmatch(word):
        if column_known(cell[2]) and 1 <= int(cell[4]) <= MAX_ROW:
            return _moved_cell(cell, rows, columns), stop
        return None
    if following == ":":  # A:C and 2:5; the word after the colon belongs to it
        last_stop = _after_word(formula, stop + 1)
        last = formula[stop + 1 : last_stop]
        if formula[last_stop : last_stop + 1] in ("!", "(", "[") and last_stop < len(formula):
            return None
        for pattern, move, amount in ((_COLUMN, _moved_column, columns), (_ROW, _moved_row, rows)):
            a, b = pattern.fullmatch(word), pattern.fullmatch(last)
            if a and b:
                ends = (move(a, amount), move(b, amount))
                return ("#REF!" if None in ends else f"{ends[0]}:{ends[1]}"), last_stop
    return None


def column_known(letters: str) -> bool:
    """Whether Excel has that column (XFD is the last)."""
    try:
        column_number(letters)
    except ValueError:
        return False
    return True


def _moved_cell(cell: re.Match[str], rows: int, columns: int) -> str:
    column = column_number(cell[2]) + (0 if cell[1] else columns)
    row = int(cell[4]) + (0 if cell[3] else rows)
    if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
        return "#REF!"
    return f"{cell[1]}{column_letters(column)}{cell[3]}{row}"


def _moved_column(end: re.Match[str], columns: int) -> str | None:
    if not column_known(end[2]):
        return end[0]
    column = column_number(end[2]) + (0 if end[1] else columns)
    return f"{end[1]}{column_letters(column)}" if 1 <= column <= MAX_COLUMN else None


def _moved_row(end: re.Match[str], rows: int) -> str | None:
    row = int(end[2]) + (0 if end[1] else rows)
    return f"{end[1]}{row}" if 1 <= row <= MAX_ROW else None
