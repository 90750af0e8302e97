"""A stand-in for a workbook that is open in Excel, as xlwings shows it. Excel itself has not run any of this.

Compared with the source of the installed xlwings (`main.py`, `conversion/standard.py`, `_xlwindows.py`):

- `Range`: 1-based ``row`` and ``column``; slices without a step, with the same index errors; ``resize`` refuses zero;
  a fresh range has no options; ``value`` gives a scalar, a flat list or rows unless ``ndim=2``; writing rows covers as
  many cells as the rows have, whatever the range's size; ``None`` is written as ""; "" is read as ``None``;
  an error is read as ``None`` unless ``err_to_str``; ``formula`` is handed on raw: text for one cell, tuples
  for more; one formula for several cells is adjusted from the top left one.
- `Table`: ``range`` is read anew each time and includes header and totals row; ``resize`` takes a range.
- `App`: ``status_bar`` is ``False`` while Excel has it; ``calculation`` takes three words; ``alert`` gives the button.
- `Names`: ``in`` and ``[]`` by name. `Book`: ``macro``, ``save``, ``close``, ``fullname``.

Assumed of Excel, and not to be read from xlwings: a text that looks like a number, a date or a truth value becomes one
unless the cell's format is text or an apostrophe leads; a table keeps its header row when resized and can't cover
another one; an error comes as a COM error with its sentence in ``excepinfo``. What an apostrophe does in a cell of the
text format is unknown to us, so the stand-in refuses it.
"""

import re
from datetime import datetime

from odr_xl.headless.address import cell_ref
from odr_xl.headless.shared import shift

MODES = ("manual", "automatic", "semiautomatic")
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
EPOCH = datetime(1899, 12, 30)


class ComError(Exception):
    """What pywin32 raises when Excel refuses: number, text, details, argument."""

    def __init__(self, sentence):
        super().__init__(-2147352567, "Exception occurred.", (0, "Microsoft Excel", sentence, None, 0, 0), None)
        self.excepinfo = self.args[2]


class Formula:
    """A cell's formula with the value that Excel shows for it."""

    def __init__(self, text, value=0.0):
        self.text, self.value = text, value

    def __eq__(self, other):
        return isinstance(other, Formula) and (self.text, self.value) == (other.text, other.value)

    __hash__ = None


def entered(value, number_format):
    """What a cell holds after a value was assigned to it."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if number_format == "@":
        assert not value.startswith("'"), "nobody says what an apostrophe does in a cell of the text format"
        return value
    if value.startswith("'"):
        return value[1:]
    if value.startswith("="):
        if not re.fullmatch(r"=[\w\[\]@().,:*+ \-]+", value):
            raise ComError("There's a problem with this formula.")
        return Formula(value)
    if value[0] in "+-@":
        raise ComError("There's a problem with this formula.")
    if value.strip().upper() in ("TRUE", "FALSE"):
        return value.strip().upper() == "TRUE"
    if re.fullmatch(r"[\d.,]+(E\d+)?%?", value.strip(), re.IGNORECASE):
        return float(value.strip().rstrip("%").replace(",", "")) / (100 if "%" in value else 1)
    if found := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})", value.strip()):
        return datetime(2026, int(found[1]), int(found[2]))
    return value


class Sheet:
    def __init__(self, book, name):
        self.book, self.name, self.tables = book, name, []
        self.cells, self.formats = {}, {}

    def range(self, cell):
        row, column, height, width = cell
        return Range(self, row, column, height, width)

    def add_table(self, name, headers, rows, *, row=4, column=1):
        table = Table(self, name, row, column, 1 + len(rows), len(headers))
        for number, values in enumerate([headers, *rows]):
            for position, value in enumerate(values):
                if value is not None:
                    self.cells[row + number, column + position] = value
        self.tables.append(table)
        return table


class Range:
    def __init__(self, sheet, row, column, height, width, **options):
        self.sheet, self.row, self.column, self.shape, self._options = sheet, row, column, (height, width), options

    def _places(self):
        height, width = self.shape
        return [[(self.row + r, self.column + c) for c in range(width)] for r in range(height)]

    def options(self, convert=None, **options):
        assert convert is None
        assert set(options) <= {"ndim", "err_to_str"}
        return Range(self.sheet, self.row, self.column, *self.shape, **{**self._options, **options})

    def resize(self, row_size=None, column_size=None):
        height = self.shape[0] if row_size is None else row_size
        width = self.shape[1] if column_size is None else column_size
        assert height > 0
        assert width > 0
        if self.row + height - 1 > 1_048_576:
            raise ComError("Application-defined or object-defined error")
        return Range(self.sheet, self.row, self.column, height, width, **self._options)

    def offset(self, row_offset=0, column_offset=0):
        return Range(self.sheet, self.row + row_offset, self.column + column_offset, *self.shape, **self._options)

    def __getitem__(self, key):
        spans = []
        for part, size in zip(key, self.shape, strict=True):
            if isinstance(part, slice):
                first, stop, step = part.indices(size)
                assert step == 1
                spans.append((first, max(0, stop - first)))
                continue
            place = part + size if part < 0 else part
            if not 0 <= place < size:
                raise IndexError(f"index {part} out of range")
            spans.append((place, 1))
        (down, height), (right, width) = spans
        return self.sheet.range((self.row + down, self.column + right, height, width))

    @property
    def value(self):
        def shown(place):
            held = self.sheet.cells.get(place)
            held = held.value if isinstance(held, Formula) else held
            if held in ERRORS and not self._options.get("err_to_str"):
                return None
            return None if held == "" else held

        rows = [[shown(place) for place in row] for row in self._places()]
        if self._options.get("ndim") == 2:
            return rows
        if self.shape == (1, 1):
            return rows[0][0]
        return rows[0] if self.shape[0] == 1 else [row[0] for row in rows] if self.shape[1] == 1 else rows

    @value.setter
    def value(self, data):
        self.sheet.book.does("write", self.sheet.name)
        rows = data if isinstance(data, list) else [[data] * self.shape[1] for _ in range(self.shape[0])]
        assert len({len(row) for row in rows}) == 1, "xlwings: rows of different lengths"
        for down, row in enumerate(rows):
            for right, cell in enumerate(row):
                self._enter((self.row + down, self.column + right), cell)

    def _enter(self, place, cell):
        held = entered(cell, self.sheet.formats.get(place[1], "General"))
        if held is None:
            self.sheet.cells.pop(place, None)
        else:
            self.sheet.cells[place] = held

    @property
    def formula(self):
        def text(held):
            if isinstance(held, Formula):
                return held.text
            if isinstance(held, datetime):
                return str((held - EPOCH).days)
            return "" if held is None else str(held)

        rows = tuple(tuple(text(self.sheet.cells.get(place)) for place in row) for row in self._places())
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, text):
        self.sheet.book.does("formula", self.sheet.name)
        assert isinstance(text, str)
        assert text.startswith("=")
        for down, row in enumerate(self._places()):
            for right, place in enumerate(row):
                self.sheet.cells[place] = Formula("=" + shift(text[1:], down, right))

    @property
    def number_format(self):
        found = {self.sheet.formats.get(place[1], "General") for row in self._places() for place in row}
        return found.pop() if len(found) == 1 else None

    def clear_contents(self):
        self.sheet.book.does("clear", self.sheet.name)
        for row in self._places():
            for place in row:
                self.sheet.cells.pop(place, None)

    def get_address(self, row_absolute=True, column_absolute=True, include_sheetname=False, external=False):
        assert not (row_absolute or column_absolute or include_sheetname or external)
        return cell_ref(self.row, self.column)


class AutoFilter:
    def __init__(self, table):
        self._table = table

    def clear(self, field=None):
        assert field is None
        self._table.parent.book.does("show all", self._table.parent.name)


class Table:
    def __init__(self, sheet, name, row, column, height, width):
        self.parent, self.name = sheet, name
        self.show_headers = self.show_autofilter = True
        self.show_totals = False
        self._area = (row, column, height, width)

    @property
    def range(self):
        return self.parent.range(self._area)

    @property
    def autofilter(self):
        return AutoFilter(self)

    def resize(self, range):
        self.parent.book.does("resize", self.parent.name)
        row, column, *_ = self._area
        if (range.row, range.column) != (row, column) or range.shape[0] < 2:
            raise ComError("The range of the table must keep its header row and one row of data.")
        for other in self.parent.tables:
            top, left, _, wide = other._area
            below = row + range.shape[0] > top >= row and column + range.shape[1] > left and left + wide > column
            if other is not self and below:
                raise ComError("A table can't overlap another table.")
        self._area = (row, column, *range.shape)


class Name:
    def __init__(self, cell):
        self.refers_to_range = cell


class Names:
    def __init__(self, found):
        self._found = found

    def __contains__(self, item):
        return item in self._found

    def __getitem__(self, item):
        return self._found[item]


class Books:
    def __init__(self, app):
        self._app = app

    def open(self, fullname):
        self._app.book.does("open", fullname)


class App:
    """``said`` has the prompts of all alerts, ``answer`` is the button that the seller presses."""

    def __init__(self, book):
        self.book, self.said, self.answer, self.books = book, [], "ok", Books(self)
        self.bar, self._mode, self._drawing = [], "automatic", True

    @property
    def status_bar(self):
        return self.bar[-1] if self.bar else False

    @status_bar.setter
    def status_bar(self, value):
        assert value is False or isinstance(value, str)
        self.book.does("status bar", value)
        self.bar.append(value)

    @property
    def calculation(self):
        return self._mode

    @calculation.setter
    def calculation(self, value):
        assert value in MODES
        self.book.does("mode", value)
        self._mode = value

    @property
    def screen_updating(self):
        return self._drawing

    @screen_updating.setter
    def screen_updating(self, value):
        self.book.does("drawing", value)
        self._drawing = value

    def calculate(self):
        self.book.does("calculate", "")

    def alert(self, prompt, title=None, buttons="ok", mode=None, callback=None):
        assert title == "ODR"
        assert mode in (None, "info", "critical")
        assert buttons in ("ok", "ok_cancel", "yes_no", "yes_no_cancel")
        assert self.status_bar is False or buttons != "ok", "the bar still says that something is being done"
        self.said.append(prompt)
        return self.answer


class Book:
    """``journal`` has everything that was done, as pairs; ``refuse`` says which of them Excel refuses."""

    def __init__(self, name="ODR.xlsm", fullname=""):
        self.name, self.fullname, self.sheets, self.journal = name, fullname, [], []
        self.refuse = lambda _act, _where: False
        self.chosen = ""
        self.app = App(self)
        self.names = Names({})

    def does(self, act, where):
        self.journal.append((act, where))
        if self.refuse(act, where):
            raise ComError("You can't change a cell in a protected sheet.")

    def add_sheet(self, name):
        self.sheets.append(Sheet(self, name))
        return self.sheets[-1]

    def macro(self, name):
        assert name == "ODR_CHOSEN_FILES"
        return lambda: self.chosen

    def save(self, path=None, password=None):
        self.does("save", self.name)

    def close(self):
        self.does("close", self.name)

    def contents(self):
        """Everything that a seller sees: cells of all sheets, and where the tables are."""
        return {sheet.name: (dict(sheet.cells), {t.name: t._area for t in sheet.tables}) for sheet in self.sheets}
