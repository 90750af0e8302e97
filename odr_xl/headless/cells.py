"""The rows of a worksheet as a tree in which any cell is found, or put in its place, at once."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless.address import MAX_ROW, Area, cell_ref, parse_cell
from odr_xl.headless.frame import Frame, inner


class Cells:
    """The cells of a worksheet by row and column.

    Parameters
    ----------
    frame : Frame
        The worksheet; its rows are read once.

    Raises
    ------
    WorkbookError
        If the rows aren't XML, or a row or a formula has no place.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._tree = frame.tree(frame.rows)
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[int, dict[int, etree._Element]] = {}  # filled row by row, when a row is asked for
        self._columns: dict[int, list[int]] = {}
        self._arrays: list[tuple[etree._Element, Area]] = []
        try:
            self._index()
        except ValueError as error:
            raise WorkbookError(
                f"{frame.place} has a cell without a place ({error}). Open the workbook in Excel and save it."
            ) from error

    def _index(self) -> None:
        number = 0
        for row in self._tree.iterchildren("{*}row"):
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))
            self._rows[number] = row
        self._numbers = sorted(self._rows)
        for row_number, column, _, formula in self.formulas():
            if formula.get("t") == "array":
                ref = formula.get("ref") or cell_ref(row_number, column)
                self._arrays.append((formula, Area.parse(ref)))

    def to_bytes(self) -> bytes:
        """The rows as the frame keeps them."""
        return inner(self._tree)

    def row_numbers(self, top: int = 1, bottom: int = MAX_ROW) -> list[int]:
        """The rows that are there, in order, from `top` to `bottom`."""
        return [n for n in self._numbers[bisect_left(self._numbers, top) :] if n <= bottom]

    def row(self, row: int) -> dict[int, etree._Element]:
        """The cells of a row by column."""
        if row not in self._cells:
            cells: dict[int, etree._Element] = {}
            column = 0
            for cell in self._rows[row].iterchildren("{*}c") if row in self._rows else ():
                column = parse_cell(cell.get("r", ""))[1] if cell.get("r") else column + 1
                cell.set("r", cell_ref(row, column))
                cells[column] = cell
            self._cells[row] = cells
            self._columns[row] = sorted(cells)
        return self._cells[row]

    def get(self, row: int, column: int) -> etree._Element | None:
        """The cell's element, or None if it isn't there."""
        return self.row(row).get(column)

    def add(self, row: int, column: int) -> etree._Element:
        """A new cell in its place, in the style that its row or column gives it."""
        cells = self.row(row)
        tag = self._tree.tag.removesuffix("sheetData")
        parent = self._rows.get(row)
        if parent is None:
            parent = etree.Element(tag + "row", r=str(row))
            self._tree.insert(bisect_left(self._numbers, row), parent)
            insort(self._numbers, row)
            self._rows[row] = parent
        if "spans" in parent.attrib:  # a hint only, and now too narrow perhaps
            del parent.attrib["spans"]
        cell = etree.Element(tag + "c", r=cell_ref(row, column))
        style = parent.get("s") if parent.get("customFormat") in ("1", "true") else self._frame.column_style(column)
        if style:
            cell.set("s", str(style))
        parent.insert(bisect_left(self._columns[row], column), cell)
        insort(self._columns[row], column)
        cells[column] = cell
        return cell

    def formulas(self) -> Iterator[tuple[int, int, etree._Element, etree._Element]]:
        """Row, column, cell and formula element of every cell that has one, in the sheet's order."""
        for formula in self._tree.iter("{*}f"):
            cell = formula.getparent()
            if cell is not None and cell.get("r"):
                yield (*parse_cell(cell.get("r", "")), cell, formula)

    def set_array(self, formula: etree._Element, area: Area) -> None:
        """Remember which cells an array formula fills now."""
        self._arrays = [(f, a) for f, a in self._arrays if f is not formula] + [(formula, area)]

    def in_array(self, row: int, column: int) -> bool:
        """Whether the cell is filled by an array formula."""
        return any(area.holds(row, column) for _, area in self._arrays)
