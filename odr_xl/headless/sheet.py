"""One worksheet, edited cell by cell or block by block; what isn't touched stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless.address import MAX_ROW, Area, cell_ref, parse_cell
from odr_xl.headless.block import build_cells
from odr_xl.headless.cells import Cells
from odr_xl.headless.frame import Frame
from odr_xl.headless.package import Package
from odr_xl.headless.rows import replace_block, split_rows
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
        self._bytes = package.parts[ref.part]
        self.frame = Frame(self._bytes, f"Sheet {ref.name}")
        self._date1904 = package.date1904
        self._tree: Cells | None = None
        self._written: Area | None = None
        self._touched = False

    # -- cells ------------------------------------------------------------------------------------------------------

    def get(self, ref: Place, *, dates: bool = False) -> float | bool | str | datetime | None:
        """A cell's value: number, bool, text, None for a blank, an `ErrorValue` such as ``#N/A``.

        With `dates` the number of a cell that shows a date is a datetime, as Excel's COM gives it.
        """
        cell = self._cells.get(*_place(ref))
        if cell is None:
            return None
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return unescape_text("".join(t.text or "" for t in cell.iterfind("{*}is//{*}t") if not _is_phonetic(t)))
        text = cell.findtext("{*}v")
        if text is None or (kind == "n" and not text.strip()):
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
        for row in self._cells.row_numbers(top, bottom):
            for column in list(self._cells.row(row)):
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
        cell = self._cells.get(row, column)
        formula = None if cell is None else cell.find("{*}f")
        if formula is None or formula.get("t") != "array":
            raise ValueError(f"{self.name}!{cell_ref(row, column)} has no array formula")
        if (area.top, area.left) != (row, column):
            raise ValueError(f"{new_ref} doesn't start at {cell_ref(row, column)}")
        if formula.get("ref") != area.ref:
            formula.set("ref", area.ref)
            self._touched = True
        self._cells.set_array(formula, area)

    def formulas(self) -> dict[tuple[int, int], Formula]:
        """The formulas by row and column, in the sheet's order, shared ones written out."""
        if self._tree is None and b"<f" not in self.frame.rows:
            return {}
        return expand(self._cells.formulas())

    def places(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell that is there, filled or only formatted, in the sheet's order."""
        for row in self._cells.row_numbers():
            for column in list(self._cells.row(row)):
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
        for row, column, _, element in list(self._cells.formulas()):
            if element.get("t") == "shared" and (row, column) in formulas:
                element.attrib.clear()
                element.text = formulas[row, column].text
        self.frame.rows = self._cells.to_bytes()
        self._tree = None

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
        if self.package.parts[self.part] is not self._bytes:
            raise WorkbookError(f"Sheet {self.name} was changed twice at once. Run the command again.")
        self._unload()
        self._update_dimension()
        self.package.replace(self.part, self.frame.to_bytes())
        self._bytes = self.package.parts[self.part]
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

    # -- one cell ---------------------------------------------------------------------------------------------------

    @property
    def _cells(self) -> Cells:
        """The rows as a tree, made once a single cell is asked for."""
        if self._tree is None:
            self._tree = Cells(self.frame)
        return self._tree

    def _unload(self) -> None:
        if self._tree is not None and self._touched:
            self.frame.rows = self._tree.to_bytes()
        self._tree = None

    def _put(self, row: int, column: int, new: Content) -> None:
        cell = self._cells.get(row, column)
        if cell is None:
            if new.kind == "":
                return
            cell = self._cells.add(row, column)
        elif self._same(cell, new):
            return
        formula = cell.find("{*}f")
        for child in list(cell):
            if etree.QName(child).localname in ("v", "is"):
                cell.remove(child)
        for attribute in ("t", "vm"):  # vm: rich-value metadata of the value that's going
            if attribute in cell.attrib:
                del cell.attrib[attribute]
        self._touched = True
        if new.kind == "":
            return
        self._widen(Area(row, column, row, column))
        tag = cell.tag[:-1]
        position = 0 if formula is None else 1
        text = escape_text(new.text) if new.kind == "str" else new.text
        if new.kind == "str" and formula is None and not self._cells.in_array(row, column):
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
        if text is None or (kind == "n" and not text.strip()):
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
