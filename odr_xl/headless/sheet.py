"""One worksheet, edited cell by cell or block by block; what isn't touched stays as it was."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless.address import MAX_ROW, Area, cell_ref, parse_cell
from odr_xl.headless.frame import Frame, inner
from odr_xl.headless.package import Package
from odr_xl.headless.rows import build_cells, replace_block, split_rows
from odr_xl.headless.shared import Formula, expand
from odr_xl.headless.values import Content, ErrorValue, content, escape_text, from_serial, unescape_text

__all__ = ["Formula", "Sheet"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Place = str | tuple[int, int]


class Sheet:
    """A worksheet being edited.

    Make one for each worksheet, and `commit` before anything else reads the package.

    Parameters
    ----------
    package : Package
        The workbook.
    name : str
        The sheet's name; case doesn't matter.

    Raises
    ------
    WorkbookError
        If there is no such sheet or it has no cells (a chart sheet).
    """

    def __init__(self, package: Package, name: str) -> None:
        ref = package.sheet(name)
        self.name = ref.name
        self.part = ref.part
        self.package = package
        self.frame = Frame(package.parts[ref.part], f"Sheet {ref.name}")
        self._date1904 = package.date1904
        self._tree: etree._Element | None = None  # the rows as a tree, once a single cell is asked for
        self._rows: dict[int, etree._Element] = {}
        self._row_numbers: list[int] = []
        self._cells: dict[int, dict[int, etree._Element]] = {}
        self._columns: dict[int, list[int]] = {}
        self._arrays: list[tuple[etree._Element, Area]] = []
        self._written: Area | None = None
        self._touched = False

    # -- cells ------------------------------------------------------------------------------------------------------

    def get(self, ref: Place, *, dates: bool = False) -> float | bool | str | datetime | None:
        """A cell's value: number, bool, text, None for a blank, an `ErrorValue` such as ``#N/A``.

        With `dates` the number of a cell that shows a date is a datetime, as Excel's COM gives it.
        """
        cell = self._cell(*_place(ref))
        if cell is None:
            return None
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return unescape_text("".join(t.text or "" for t in cell.iterfind("{*}is//{*}t") if not _is_phonetic(t)))
        text = cell.findtext("{*}v")
        if text is None:
            return None
        if kind == "s":
            strings = self.package.shared_strings
            if not text.strip().isdigit() or int(text) >= len(strings):
                place = f"{self.name}!{cell.get('r')}"
                raise WorkbookError(f"{place} points to a text that isn't there. Repair the workbook in Excel.")
            return strings[int(text)]
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return ErrorValue(text)
        if kind in ("str", "d"):
            return unescape_text(text)
        if not text.strip():  # XlsxWriter writes <v></v> for a formula whose value isn't known yet
            return None
        number = float(text)
        if dates and int(cell.get("s", "0")) in self.package.date_styles:
            return from_serial(number, self._date1904)
        return number

    def set_value(self, ref: Place, value: object) -> None:
        """Give a cell a value; its style and its formula stay.

        Dates become serials, NaN and NaT a blank, ``#N/A`` and its like errors. Text is never taken for a formula.
        """
        row, column = _place(ref)
        self._put(row, column, content(value, self._date1904))

    def clear(self, ref: Place) -> None:
        """Blank a cell; its style and its formula stay."""
        self.set_value(ref, None)

    def write_block(self, top: int, left: int, rows: Sequence[Sequence[object]]) -> None:
        """Give a block of cells values, row by row; None blanks a cell. For thousands of cells, not for millions."""
        for row_number, row in enumerate(rows, top):
            for column, value in enumerate(row, left):
                self._put(row_number, column, content(value, self._date1904))

    def clear_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Blank the cells of a block that exist; styles and formulas stay."""
        self._load()
        first = bisect_left(self._row_numbers, top)
        for row in self._row_numbers[first:]:
            if row > bottom:
                break
            for column in list(self._row_cells(row)):
                if left <= column <= right:
                    self._put(row, column, content(None))

    def set_array_ref(self, ref: Place, new_ref: str) -> None:
        """Say which cells an array formula fills.

        Raises
        ------
        ValueError
            If there is no array formula in the cell `ref`, or `new_ref` doesn't start there.
        """
        row, column = _place(ref)
        area = Area.parse(new_ref)
        cell = self._cell(row, column)
        formula = None if cell is None else cell.find("{*}f")
        if formula is None or formula.get("t") != "array":
            raise ValueError(f"{self.name}!{cell_ref(row, column)} has no array formula")
        if (area.top, area.left) != (row, column):
            raise ValueError(f"{new_ref} doesn't start at {cell_ref(row, column)}")
        if formula.get("ref") != area.ref:
            formula.set("ref", area.ref)
            self._touched = True
        self._arrays = [(f, a) for f, a in self._arrays if f is not formula] + [(formula, area)]

    def formulas(self) -> dict[tuple[int, int], Formula]:
        """The formulas by row and column, in the sheet's order, shared ones written out."""
        if self._tree is None and b"<f" not in self.frame.rows:
            return {}
        return expand(self._formula_cells())

    def places(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell that is there, filled or only formatted, in the sheet's order."""
        self._load()
        for row in list(self._row_numbers):
            for column in list(self._row_cells(row)):
                yield row, column

    # -- blocks of many rows ----------------------------------------------------------------------------------------

    def write_rows(
        self,
        first_row: int,
        first_col: int,
        rows: Sequence[Sequence[object]],
        styles: Sequence[int | None],
        *,
        last_row: int | None = None,
        formulas: Mapping[int, Callable[[int], str]] | None = None,
        show: bool = False,
    ) -> None:
        """Put a block in the place of another one, fast for 100,000 rows and more.

        Parameters
        ----------
        first_row, first_col : int
            Where both blocks start, 1-based.
        rows : sequence of rows
            The values. Unlike in `set_value`, a str stays text even if it reads ``#N/A``; `ErrorValue` is an error.
        styles : sequence of int or None
            The style (``s``) of each column; its length is the width of both blocks.
        last_row : int, optional
            Last row of the old block: its cells down to here go, styles too. Without it there's none.
        formulas : mapping of int to callable, optional
            For a column (0 the first): its formula in a row of the sheet; the values in `rows` are its results.
        show : bool
            Whether rows of the block that are hidden are shown again.

        Raises
        ------
        WorkbookError
            If the block passes Excel's last row or would cover a filled cell below `last_row`.
        """
        bottom = first_row + len(rows) - 1
        if bottom > MAX_ROW:
            raise WorkbookError(
                f"{self.name} would need {bottom:,} rows; Excel has {MAX_ROW:,}. Remove the oldest rows from it."
            )
        self._unload()
        if b't="shared"' in self.frame.rows:
            self._write_out_shared()
        cells = build_cells(first_row, first_col, rows, styles, formulas or {}, self._date1904)
        last = first_row - 1 if last_row is None else last_row
        area = Area(first_row, first_col, max(bottom, last, first_row), first_col + len(styles) - 1)
        replace_block(self.frame, area, cells, last_row=last, show=show, sheet=self.name)
        if rows:
            self._widen(area._replace(bottom=bottom))
        self._touched = True

    def first_cells(self, row: int) -> dict[int, etree._Element]:
        """The cells of one row by column, without making a tree of the others; for reading only."""
        self._unload()
        for number, data in split_rows(self.frame):
            if number >= row:
                if number > row:
                    break
                return {parse_cell(cell.get("r", ""))[1]: cell for cell in self.frame.tree(data)[0] if cell.get("r")}
        return {}

    def _write_out_shared(self) -> None:
        """Write shared formulas out: the block's new rows may take away the cell that holds the text of the others."""
        formulas = self.formulas()
        for row, column, _, element in list(self._formula_cells()):
            if element.get("t") == "shared" and (row, column) in formulas:
                element.attrib.clear()
                element.text = formulas[row, column].text
        self._unload()

    # -- the part ---------------------------------------------------------------------------------------------------

    def touch(self) -> None:
        """Say that the frame was edited, so that `commit` writes it."""
        self._touched = True

    def commit(self) -> bool:
        """Put the sheet into the package; True if anything changed.

        Raises
        ------
        WorkbookError
            If something else changed the sheet's part meanwhile.
        """
        if not self._touched:
            return False
        self._unload()
        self._update_dimension()
        self.package.replace(self.part, self.frame.to_bytes())
        self._touched = False
        return True

    def _widen(self, area: Area) -> None:
        if self._written is None:
            self._written = area
        else:
            w = self._written
            self._written = Area(
                min(w.top, area.top), min(w.left, area.left), max(w.bottom, area.bottom), max(w.right, area.right)
            )

    def _update_dimension(self) -> None:
        element = self.frame.root.find("{*}dimension")
        if element is None or self._written is None:
            return  # the element is optional
        written = self._written
        # An empty sheet says A1, which isn't a filled cell; the rows' end tells how far a shrunk table still reaches.
        old = Area.parse(element.get("ref", "A1"))
        if old.ref != "A1":
            end = self.frame.rows.rfind(b'<row r="')
            last = int(self.frame.rows[end + 8 : self.frame.rows.index(b'"', end + 8)]) if end >= 0 else old.bottom
            old = old._replace(bottom=max(old.top, min(old.bottom, last)))
            written = Area(
                min(old.top, written.top), min(old.left, written.left),
                max(old.bottom, written.bottom), max(old.right, written.right),
            )  # fmt: skip
        element.set("ref", written.ref)

    # -- the tree of rows -------------------------------------------------------------------------------------------

    def _load(self) -> None:
        if self._tree is not None:
            return
        self._tree = self.frame.tree(self.frame.rows)
        number = 0
        for row in self._tree.iterchildren("{*}row"):
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))
            self._rows[number] = row
        self._row_numbers = sorted(self._rows)
        for row_number, column, _, formula in self._formula_cells():
            if formula.get("t") == "array":
                ref = formula.get("ref") or cell_ref(row_number, column)
                self._arrays.append((formula, Area.parse(ref)))

    def _unload(self) -> None:
        if self._tree is None:
            return
        if self._touched:
            self.frame.rows = inner(self._tree)
        self._tree = None
        for index in (self._rows, self._row_numbers, self._cells, self._columns, self._arrays):
            index.clear()

    def _formula_cells(self) -> Iterator[tuple[int, int, etree._Element, etree._Element]]:
        self._load()
        assert self._tree is not None
        for formula in self._tree.iter("{*}f"):
            cell = formula.getparent()
            if cell is not None and cell.get("r"):
                yield (*parse_cell(cell.get("r", "")), cell, formula)

    def _row_cells(self, row: int) -> dict[int, etree._Element]:
        self._load()
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

    def _cell(self, row: int, column: int) -> etree._Element | None:
        return self._row_cells(row).get(column)

    def _new_cell(self, row: int, column: int) -> etree._Element:
        cells = self._row_cells(row)
        assert self._tree is not None
        tag = self._tree.tag.removesuffix("sheetData")
        parent = self._rows.get(row)
        if parent is None:
            parent = etree.Element(tag + "row", r=str(row))
            position = bisect_left(self._row_numbers, row)
            self._tree.insert(position, parent)
            self._row_numbers.insert(position, row)
            self._rows[row] = parent
        _drop(parent, "spans")  # a hint only, and now too narrow perhaps
        cell = etree.Element(tag + "c", r=cell_ref(row, column))
        if parent.get("customFormat") in ("1", "true") and parent.get("s"):
            cell.set("s", parent.get("s", ""))
        parent.insert(bisect_left(self._columns[row], column), cell)
        insort(self._columns[row], column)
        cells[column] = cell
        return cell

    def _put(self, row: int, column: int, new: Content) -> None:
        cell = self._cell(row, column)
        if cell is None:
            if new.kind == "":
                return
            cell = self._new_cell(row, column)
        elif self._same(cell, new):
            return
        formula = cell.find("{*}f")
        for child in list(cell):
            if etree.QName(child).localname in ("v", "is"):
                cell.remove(child)
        _drop(cell, "t")
        _drop(cell, "vm")  # rich-value metadata of the value that's going
        self._touched = True
        if new.kind == "":
            return
        self._widen(Area(row, column, row, column))
        tag = cell.tag[:-1]
        position = 0 if formula is None else 1
        text = escape_text(new.text) if new.kind == "str" else new.text
        if new.kind == "str" and formula is None and not any(a.holds(row, column) for _, a in self._arrays):
            cell.set("t", "inlineStr")
            holder = etree.Element(tag + "is")
            child = etree.SubElement(holder, tag + "t")
            cell.insert(position, holder)
        else:  # a formula's result, spilled ones too: Excel keeps their text in the value itself
            if new.kind != "n":
                cell.set("t", new.kind)
            child = etree.Element(tag + "v")
            cell.insert(position, child)
        child.text = text
        if new.kind == "str" and (text != text.strip() or "\n" in text):
            child.set(_SPACE, "preserve")

    def _same(self, cell: etree._Element, new: Content) -> bool:
        """Whether the cell shows that already: then its bytes stay."""
        text = cell.findtext("{*}v")
        kind = cell.get("t", "n")
        if kind == "inlineStr" or cell.get("vm") is not None:
            return False
        if text is None:
            return new.kind == ""
        if kind == "n":
            return new.kind == "n" and bool(text.strip()) and float(text) == float(new.text)
        if kind == "s":
            return new.kind == "str" and self.get(_place(cell.get("r", ""))) == new.text
        return kind == new.kind and unescape_text(text) == new.text


def _place(ref: Place) -> tuple[int, int]:
    return parse_cell(ref) if isinstance(ref, str) else ref


def _is_phonetic(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and etree.QName(parent).localname == "rPh"


def _drop(element: etree._Element, attribute: str) -> None:
    if attribute in element.attrib:
        del element.attrib[attribute]
