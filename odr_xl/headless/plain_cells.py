"""A worksheet's rows with values only: each formula gives way to the result that is stored with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from odr_xl.headless.address import Area, parse_cell
from odr_xl.headless.frame import Frame, inner
from odr_xl.headless.personal import PersonalCells, mask_addresses
from odr_xl.headless.rows import split_rows
from odr_xl.headless.values import unescape_text

_CHUNK = 500  # rows in one small tree: a sheet of 100,000 orders never stands in memory as one
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What a row must hold to be taken apart; all other rows keep their bytes.
_MARKS = (b"<f", b' cm="', b' vm="', b't="str"', b"@")
_SHARED = re.compile(rb' t="s"(?: [^<>]*)?><v>(\d+)</v>')
#: Rows in which the headers of a report outside any table are looked for.
_HEADER_ROWS = 1000


@dataclass
class PlainCells:
    """What became of a sheet's cells.

    Attributes
    ----------
    formulas : int
        Formulas replaced by their values.
    unknown : int
        Formulas among them that had no stored value; their cells are blank now.
    personal : int
        Filled cells blanked because of their column or their text.
    strings : set of int
        Numbers of the shared texts that the cells still use.
    """

    formulas: int = 0
    unknown: int = 0
    personal: int = 0
    strings: set[int] = field(default_factory=set)


def make_plain(frame: Frame, personal: PersonalCells, strings: list[str]) -> PlainCells:
    """Take the formulas and the personal cells out of a sheet's rows.

    Parameters
    ----------
    frame : Frame
        The sheet; its `rows` are replaced.
    personal : PersonalCells
        Which cells to blank.
    strings : list of str
        The workbook's shared texts.
    """
    told = PlainCells()
    out: list[bytes] = []
    for first, last, rows in _chunks(frame):
        shared = _SHARED.findall(rows)
        odd = any(mark in rows for mark in _MARKS) or len(shared) != rows.count(b't="s"')
        if odd or first <= _HEADER_ROWS or personal.in_rows(first, last):
            tree = frame.tree(rows)
            for row in tree.iterchildren("{*}row"):
                _make_row_plain(row, personal, strings, told)
            rows = inner(tree)
        else:
            told.strings.update(map(int, shared))
        out.append(rows)
    frame.rows = b"".join(out)
    return told


def _chunks(frame: Frame) -> Iterator[tuple[int, int, bytes]]:
    """First and last row number and the bytes of some hundred rows at a time."""
    first, rows, number = 0, list[bytes](), 0
    for number, row in split_rows(frame):
        first = first or number
        rows.append(row)
        if len(rows) == _CHUNK:
            yield first, number, b"".join(rows)
            first, rows = 0, []
    if rows:
        yield first, number, b"".join(rows)


def _make_row_plain(row: etree._Element, personal: PersonalCells, strings: list[str], told: PlainCells) -> None:
    number = int(row.get("r", "0"))
    cells: list[tuple[int, etree._Element]] = []
    column = 0
    for cell in row.iterchildren("{*}c"):
        address = cell.get("r")
        column = parse_cell(address)[1] if address else column + 1
        cells.append((column, cell))
    results = [
        Area.parse(formula.get("ref", ""))
        for _, cell in cells
        if (formula := cell.find("{*}f")) is not None and formula.get("t") == "array" and formula.get("ref")
    ]
    if results or number <= _HEADER_ROWS:
        personal.learn(number, {column: _text(cell, strings) for column, cell in cells}, results)
    blanked = personal.columns(number)
    for column, cell in cells:
        calculated = cell.find("{*}f") is not None or cell.get("t") == "str"
        repeated = calculated and personal.repeats(_text(cell, strings))
        hides = column in blanked or repeated
        shown = hides and (cell.get("t") not in ("s", "str", "inlineStr") or _text(cell, strings) != "")
        _make_cell_plain(cell, told)
        if len(cell) and hides:
            told.personal += shown
            _blank(cell)
        if cell.get("t") == "s" and (text := cell.findtext("{*}v") or "").isdigit():
            told.strings.add(int(text))
        for piece in cell.iterfind("{*}is//{*}t"):
            piece.text = mask_addresses(piece.text or "")


def _make_cell_plain(cell: etree._Element, told: PlainCells) -> None:
    formulas = cell.findall("{*}f")
    for formula in formulas:
        cell.remove(formula)
    for attribute in ("cm", "vm"):  # both point into the metadata that goes
        cell.attrib.pop(attribute, "")
    told.formulas += bool(formulas)
    value = cell.find("{*}v")
    kind = cell.get("t", "n")
    if kind == "str" and value is not None:
        # A text that no formula gives any more. An empty one stays: a rule "less than 1 %" would colour a blank.
        tag = cell.tag[:-1]
        holder = etree.Element(tag + "is")
        text = etree.SubElement(holder, tag + "t")
        text.text = value.text
        if value.text and (value.text != value.text.strip() or "\n" in value.text):
            text.set(_SPACE, "preserve")
        cell.replace(value, holder)
        cell.set("t", "inlineStr")
    elif formulas and (value is None or not (value.text or "").strip()):
        told.unknown += 1
        _blank(cell)


def _blank(cell: etree._Element) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")


def _text(cell: etree._Element, strings: list[str]) -> str:
    """The text that a cell shows, "" for a number or a blank."""
    kind = cell.get("t")
    if kind == "inlineStr":
        return unescape_text("".join(t.text or "" for t in cell.iterfind("{*}is//{*}t")))
    value = cell.findtext("{*}v") or ""
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    return unescape_text(value) if kind == "str" else ""
