"""What every cell holds at one moment of a recalculation: the file's constants, the engine's results and our own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from odr_xl.headless.address import MAX_COLUMN, MAX_ROW, Area, cell_ref
from odr_xl.headless.arguments import OwnCell
from odr_xl.headless.grid import read_area, used_area
from odr_xl.headless.kernel import Kernel
from odr_xl.headless.package import Package
from odr_xl.headless.references import Cell, Place
from odr_xl.headless.sheet import Formula

Rows = list[list[object]]


@dataclass(slots=True)
class Spread:
    """A formula that fills several cells.

    Attributes
    ----------
    cell : Cell
        The cell that holds it.
    stored : Area
        What it covers in the file.
    covered : Area
        What it covers now.
    dynamic : bool
        It spills; otherwise it is a Ctrl+Shift+Enter formula of a fixed size.
    rows : list of list, or None
        Its values if they are ours; None if the engine has them.
    version : int
        Grows with each change of ours.
    """

    cell: Cell
    stored: Area
    covered: Area
    dynamic: bool
    rows: Rows | None = None
    version: int = 0


class Contents:
    """The cells of a workbook, as its formulas see them.

    Parameters
    ----------
    package : Package
        The file.
    formulas : mapping of Cell to Formula
        Every formula in it.
    own : mapping of Cell to OwnCell
        Those that call our functions.
    kernel : Kernel
        The engine that holds the other results.
    """

    def __init__(
        self, package: Package, formulas: Mapping[Cell, Formula], own: Mapping[Cell, OwnCell], kernel: Kernel
    ) -> None:
        self._package = package
        self._kernel = kernel
        self._alone = {cell for cell, own_cell in own.items() if own_cell.alone}
        self._scalars: dict[Cell, object] = {}
        self._files: dict[Place, Rows] = {}
        self.spreads: dict[str, list[Spread]] = {}
        self._rows: dict[str, dict[int, list[int]]] = {}
        for cell, formula in formulas.items():
            if formula.kind == "array":
                area = Area.parse(formula.ref)
                self.spreads.setdefault(cell.sheet, []).append(Spread(cell, area, area, formula.dynamic))
            else:
                self._rows.setdefault(cell.sheet, {}).setdefault(cell.row, []).append(cell.column)
        self._row_numbers = {sheet: sorted(rows) for sheet, rows in self._rows.items()}
        for rows in self._rows.values():
            for columns in rows.values():
                columns.sort()
        self._spread_at = {spread.cell: spread for spreads in self.spreads.values() for spread in spreads}

    def spread(self, cell: Cell) -> Spread | None:
        """The array formula in a cell."""
        return self._spread_at.get(cell)

    def single_formulas(self, place: Place) -> Iterator[Cell]:
        """Cells of a rectangle with a formula of their own, array formulas left out."""
        numbers = self._row_numbers.get(place.sheet, [])
        area = place.area
        for row in numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]:
            columns = self._rows[place.sheet][row]
            for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
                yield Cell(place.sheet, row, column)

    def spreads_in(self, place: Place) -> list[Spread]:
        """Array formulas that cover a cell of a rectangle, in the file or now."""
        return [
            spread
            for spread in self.spreads.get(place.sheet, ())
            if spread.covered.meets(place.area) or spread.stored.meets(place.area)
        ]

    def set_scalar(self, cell: Cell, value: object) -> None:
        """Note the result of an own formula that fills one cell."""
        self._scalars[cell] = value

    def value(self, cell: Cell) -> object:
        """What one formula cell shows now."""
        if cell in self._alone and cell not in self._spread_at:
            return self._scalars.get(cell)
        return self._kernel.value(cell)

    def spread_rows(self, spread: Spread) -> Rows:
        """The values of an array formula."""
        return spread.rows if spread.rows is not None else self._kernel.values(spread.cell.sheet, spread.covered)

    def key(self, place: Place) -> tuple[object, ...]:
        """Something to compare: it stays the same until a value in the rectangle changes."""
        place = self._clipped(place)
        parts: list[object] = [place]
        for spread in self.spreads_in(place):
            # Our own results can be large: their version says whether they changed.
            ours = spread.rows is not None
            parts.append((spread.cell, spread.covered, spread.version) if ours else frozen(self.spread_rows(spread)))
        parts += [frozen_value(self.value(cell)) for cell in self.single_formulas(place)]
        return tuple(parts)

    def rows(self, place: Place) -> Rows:
        """Values of a rectangle.

        Whole columns and rows end where the sheet's content ends. Cells with a date format that the file itself holds
        are datetimes; results of formulas are numbers. The rows belong to this object: don't change them.
        """
        place = self._clipped(place)
        spreads = self.spreads_in(place)
        singles = list(self.single_formulas(place))
        stored = self._stored(place)
        if not spreads and not singles:
            return stored
        area = place.area
        rows = [list(row) for row in stored]
        for spread in spreads:
            for row, column in _common(area, spread.stored):
                rows[row - area.top][column - area.left] = None
        for spread in spreads:
            values, covered = self.spread_rows(spread), spread.covered
            for row, column in _common(area, covered):
                rows[row - area.top][column - area.left] = values[row - covered.top][column - covered.left]
        for cell in singles:
            rows[cell.row - area.top][cell.column - area.left] = self.value(cell)
        return rows

    def obstacle(self, spread: Spread, wanted: Area) -> str | None:
        """What keeps an array formula from spilling over `wanted`: a cell's address, a table; None if nothing does."""
        if wanted.bottom > MAX_ROW or wanted.right > MAX_COLUMN:
            return "the end of the sheet"
        sheet = spread.cell.sheet
        place = Place(sheet, wanted)
        for cell in self.single_formulas(place):
            return cell_ref(cell.row, cell.column)
        for table in self._package.tables:
            if table.sheet == sheet and Area.parse(table.ref).meets(wanted):
                return f"the table {table.name}"
        others = [other for other in self.spreads.get(sheet, ()) if other is not spread]
        for other in others:
            if other.covered.meets(wanted):
                return cell_ref(other.cell.row, other.cell.column)
        ours = [spread.stored, *(other.stored for other in others)]
        for row, values in enumerate(self._stored(place), wanted.top):
            for column, value in enumerate(values, wanted.left):
                if value is not None and not any(area.holds(row, column) for area in ours):
                    return cell_ref(row, column)
        return None

    def _stored(self, place: Place) -> Rows:
        known = self._files.get(place)
        if known is None:
            known = self._files[place] = read_area(self._package, place.sheet, place.area)
        return known

    def _clipped(self, place: Place) -> Place:
        area = place.area
        if area.bottom < MAX_ROW and area.right < MAX_COLUMN:
            return place
        ends = [used_area(self._package, place.sheet)]
        ends += [spread.covered for spread in self.spreads.get(place.sheet, ())]
        bottoms = [end.bottom for end in ends if end is not None]
        rights = [end.right for end in ends if end is not None]
        bottom = area.bottom if area.bottom < MAX_ROW else max([*bottoms, area.top])
        right = area.right if area.right < MAX_COLUMN else max([*rights, area.left])
        return Place(place.sheet, Area(area.top, area.left, bottom, right))


def frozen(rows: Sequence[Sequence[object]]) -> tuple[object, ...]:
    """Rows as a key for comparing them."""
    return tuple(tuple(frozen_value(value) for value in row) for row in rows)


def frozen_value(value: object) -> object:
    """A value as a key: TRUE and 1 are equal for Python, not for a formula."""
    return ("bool", value) if isinstance(value, bool) else value


def _common(one: Area, other: Area) -> Iterator[tuple[int, int]]:
    """Row and column of each cell that both areas hold."""
    columns = range(max(one.left, other.left), min(one.right, other.right) + 1)
    for row in range(max(one.top, other.top), min(one.bottom, other.bottom) + 1):
        for column in columns:
            yield row, column
