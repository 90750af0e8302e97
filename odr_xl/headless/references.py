"""What a formula's references mean: cells, table columns and defined names as rectangles on sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from odr_xl.headless.address import Area, cell_ref
from odr_xl.headless.calls import Token, enclosed, function_name, is_cell, replace_spans, tokens
from odr_xl.headless.package import DefinedName, Package, TableRef
from odr_xl.headless.structured import table_area


class Cell(NamedTuple):
    """One cell: the sheet's name as the workbook writes it, row and column 1-based."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{cell_ref(self.row, self.column)}"

    @property
    def place(self) -> Place:
        """The cell as a rectangle."""
        return Place(self.sheet, Area(self.row, self.column, self.row, self.column))


class Place(NamedTuple):
    """A rectangle on a sheet."""

    sheet: str
    area: Area

    @property
    def corner(self) -> Cell:
        """Its top left cell."""
        return Cell(self.sheet, self.area.top, self.area.left)


@dataclass(frozen=True, slots=True)
class Spill:
    """Whatever the dynamic array in `anchor` covers at the moment (``A4#``)."""

    anchor: Cell


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything a formula refers to.

    Attributes
    ----------
    places : tuple of Place
        Rectangles; for ``A4#`` the anchor alone.
    anywhere : bool
        The formula can reach cells that it doesn't name (INDIRECT, OFFSET, a range over several sheets).
    """

    places: tuple[Place, ...]
    anywhere: bool


_REACHING = frozenset({"INDIRECT", "OFFSET"})
_DEEPEST_NAME = 20  # a name may use a name; longer chains are circles


class References:
    """The sheets, tables and names of one workbook, to look references up in."""

    def __init__(self, package: Package) -> None:
        self._sheets = {sheet.name.lower(): sheet.name for sheet in package.sheets}
        self._tables: dict[str, TableRef] = {table.name.lower(): table for table in package.tables}
        self._names: dict[tuple[str, str], DefinedName] = {
            ((name.sheet or "").lower(), name.name.lower()): name for name in package.defined_names
        }

    def target(self, text: str, cell: Cell) -> Place | Spill | None:
        """The rectangle or the spill that `text` is, seen from `cell`; None if it has to be calculated."""
        return self._target(text, cell, 0)

    def mentions(self, formula: str, cell: Cell) -> Mentions:
        """Every rectangle that `formula` refers to, also through names."""
        places: list[Place] = []
        anywhere = self._gather(formula, cell, places, 0)
        return Mentions(tuple(places), anywhere)

    def spelled_out(self, formula: str, cell: Cell) -> str:
        """The formula with tables' columns as cells, and names as what they stand for.

        Names of one range and of LAMBDAs stay: only these are known to the engine for native formulas. A name may hold
        one of our calls, too.
        """
        return self._spelled_out(formula, cell, 0)

    def portable(self, text: str, cell: Cell) -> str:
        """`text` written so that it means the same on any sheet and in any cell."""
        words = tokens(text)
        swaps: list[tuple[int, int, str]] = []
        for position, word in enumerate(words):
            if word.kind == "cell" and "!" not in word.text:
                swaps.append((word.start, word.end, f"{quoted(cell.sheet)}!{word.text}"))
            elif word.kind == "table" or word.text.lower() in self._tables:
                place = self._table_place(word.text, cell)
                if place is not None:
                    swaps.append((word.start, word.end, address(place)))
            elif word.kind == "name" and (name := self._name(word.text, cell)) is not None:
                # A chart writes the workbook's names behind a sheet or file name; the engine knows them bare.
                home = "" if name.sheet is None else f"{quoted(name.sheet)}!"
                swaps.append((word.start, word.end, home + name.name))
            elif word.kind == "function" and [near.text for near in words[position + 1 : position + 3]] == ["(", ")"]:
                here = {"ROW": cell.row, "COLUMN": cell.column}.get(function_name(word.text))
                if here is not None:
                    swaps.append((word.start, words[position + 2].end, str(here)))
        return replace_spans(text, swaps)

    def _spelled_out(self, formula: str, cell: Cell, depth: int) -> str:
        swaps: list[tuple[int, int, str]] = []
        for word in tokens(formula) if depth < _DEEPEST_NAME else ():
            if word.kind == "table" or word.text.lower() in self._tables:
                place = self._table_place(word.text, cell)
                if place is not None:
                    swaps.append((word.start, word.end, address(place)))
                continue
            name = self._name(word.text, cell) if word.kind == "name" else None
            if name is not None and not _is_plain(name.text):
                meaning = self._spelled_out(name.text, cell, depth + 1)
                swaps.append((word.start, word.end, enclosed(meaning)))
        return replace_spans(formula, swaps)

    def _target(self, text: str, cell: Cell, depth: int) -> Place | Spill | None:
        words = [word for word in tokens(text) if word.kind != "space"]
        while len(words) > 2 and words[0].kind == "(" and words[-1].kind == ")":
            words = words[1:-1]
        if [word.kind for word in words] == ["cell", "#"]:
            return self._spill(words[0], cell)
        if [word.kind for word in words] == ["function", "(", "cell", ")"] and function_name(
            words[0].text
        ) == "ANCHORARRAY":
            return self._spill(words[2], cell)
        if len(words) != 1:
            return None
        word = words[0]
        if word.kind == "cell":
            return self._cell_place(word.text, cell)
        if word.kind == "table":
            return self._table_place(word.text, cell)
        if word.kind == "name":
            if word.text.lower() in self._tables:
                return self._table_place(word.text, cell)
            name = self._name(word.text, cell)
            if name is not None and depth < _DEEPEST_NAME:
                return self._target(name.text, cell, depth + 1)
        return None

    def _gather(self, formula: str, cell: Cell, places: list[Place], depth: int) -> bool:
        anywhere = False
        for word in tokens(formula):
            if word.kind == "function":
                anywhere |= function_name(word.text) in _REACHING
                continue
            place: Place | None = None
            if word.kind == "cell":
                place = self._cell_place(word.text, cell)
                # A range over several sheets, or another workbook's cell, that can't be followed from here.
                anywhere |= place is None
            elif word.kind == "table":
                place = self._table_place(word.text, cell)
            elif word.kind == "name":
                place = self._table_place(word.text, cell) if word.text.lower() in self._tables else None
                name = self._name(word.text, cell)
                if name is not None and depth < _DEEPEST_NAME:
                    anywhere |= self._gather(name.text, cell, places, depth + 1)
            if place is not None:
                places.append(place)
        return anywhere

    def _spill(self, word: Token, cell: Cell) -> Spill | None:
        place = self._cell_place(word.text, cell)
        return None if place is None else Spill(place.corner)

    def _cell_place(self, text: str, cell: Cell) -> Place | None:
        prefix, _, ref = text.rpartition("!")
        sheet = self._sheets.get(unquoted(prefix).lower()) if prefix else cell.sheet
        return Place(sheet, Area.parse(ref)) if sheet is not None and is_cell(ref) else None

    def _name(self, text: str, cell: Cell) -> DefinedName | None:
        prefix, _, name = text.lower().rpartition("!")
        scope = unquoted(prefix) if prefix else cell.sheet.lower()
        return self._names.get((scope, name)) or self._names.get(("", name))

    def _table_place(self, text: str, cell: Cell) -> Place | None:
        head, bracket, inside = text.partition("[")
        table = self._tables.get(head.strip().lower()) if head else self._table_around(cell)
        if table is None:
            return None
        area = table_area(table, bracket + inside, cell.row)
        return None if area is None else Place(table.sheet, area)

    def _table_around(self, cell: Cell) -> TableRef | None:
        """The table that holds `cell`: inside it, ``[@quantity]`` needs no table name."""
        for table in self._tables.values():
            if table.sheet == cell.sheet and table.area.holds(cell.row, cell.column):
                return table
        return None


def quoted(sheet: str) -> str:
    """A sheet's name as a reference writes it."""
    return "'" + sheet.replace("'", "''") + "'"


def unquoted(prefix: str) -> str:
    """A sheet's name from the part of a reference before its ``!``."""
    return prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix


def address(place: Place) -> str:
    """A reference that doesn't move: ``'Orders'!$A$2:$C$9``."""
    return f"{quoted(place.sheet)}!" + re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", place.area.ref)


def _is_plain(text: str) -> bool:
    """Whether a name's formula is one range or a LAMBDA."""
    words = [word for word in tokens(text) if word.kind != "space"]
    return bool(words) and (
        [word.kind for word in words] == ["cell"]
        or (words[0].kind == "function" and function_name(words[0].text) == "LAMBDA")
    )
