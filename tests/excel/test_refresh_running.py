"""The Refresh button's work in a running Excel, against a stand-in for xlwings' Book.

The stand-in keeps a grid of cells a sheet, and does what xlwings does with it: tables with a range, slices of ranges,
``resize``, values as rows. Excel itself has not run this.
"""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from odr_xl.errors import InputError, WorkbookError
from odr_xl.excel import buttons
from odr_xl.excel.refresh import refresh_running
from odr_xl.excel.sheets.tables import TABLES

HEADER = "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel\tsku\n"
ROW = "911-000000{0}-0000001\t2026-10-0{0}T18:00:00+00:00\tShipped\tMerchant\tAmazon.com\tMUG\n"


class StandInRange:
    """Cells of a sheet from ``top, left`` for ``rows, columns``; both 0-based."""

    def __init__(self, cells, top, left, rows, columns):
        self.cells, self.top, self.left, self.rows, self.columns = cells, top, left, rows, columns

    def options(self, **_options):
        return self

    def resize(self, rows, columns):
        return StandInRange(self.cells, self.top, self.left, rows, columns)

    def __getitem__(self, place):
        row, column = place
        if isinstance(row, slice):
            skipped = row.start or 0
            return StandInRange(self.cells, self.top + skipped, self.left, self.rows - skipped, self.columns)
        return StandInRange(self.cells, self.top + row, self.left + column, 1, 1)

    @property
    def value(self):
        return [[self.cells.get((self.top + r, self.left + c)) for c in range(self.columns)] for r in range(self.rows)]

    @value.setter
    def value(self, value):
        rows = value if isinstance(value, list) else [[value]]
        assert all(len(row) == self.columns for row in rows)
        assert len(rows) == self.rows
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                # Excel takes a leading apostrophe as "this is text" and doesn't show it.
                shown = cell[1:] if isinstance(cell, str) and cell.startswith("'") else cell
                assert not (isinstance(cell, str) and cell.startswith("=")), "would become a formula"
                self.cells[self.top + r, self.left + c] = shown


class StandInTable:
    def __init__(self, name, area):
        self.name, self.range = name, area

    def resize(self, area):
        self.range = area


@pytest.fixture
def book():
    """An empty workbook of the template's tables, its Settings cell and an app that counts calculations."""
    sheets, settings, calculated, said = [], {}, [], []
    for name, spec in TABLES.items():
        cells = {(3, column): header for column, header in enumerate(spec.headers)}
        table = StandInTable(name, StandInRange(cells, 3, 0, 2, len(spec.headers)))
        sheets.append(SimpleNamespace(tables=[table]))
    as_of = SimpleNamespace(refers_to_range=StandInRange(settings, 4, 1, 1, 1))
    app = SimpleNamespace(calculate=lambda: calculated.append(1), alert=lambda text, **_: said.append(text))
    return SimpleNamespace(
        sheets=sheets, names={"AsOf": as_of}, app=app, settings=settings, calculated=calculated, said=said
    )


def table(book, name):
    return next(t for sheet in book.sheets for t in sheet.tables if t.name == name)


def test_a_report_fills_the_table_resizes_it_and_calculates_once(book, tmp_path):
    report = tmp_path / "orders.txt"
    report.write_text(HEADER + ROW.format(1) + ROW.format(2), encoding="utf-8")
    changes = refresh_running(book, [report], as_of=date(2026, 11, 20))
    rows = table(book, "tblOrders").range.value
    assert [row[0] for row in rows] == ["amazon-order-id", "911-0000001-0000001", "911-0000002-0000001"]
    assert rows[1][1] == datetime(2026, 10, 1)  # 18:00 UTC is 11:00 in Los Angeles: the same day
    assert [m.added for m in changes.merged] == [2]
    assert book.settings == {(4, 1): date(2026, 11, 20)}
    assert book.calculated == [1]


def test_a_comment_that_begins_like_a_formula_is_written_as_text(book, tmp_path):
    report = tmp_path / "feedback.txt"
    header = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n"
    report.write_text(f"{header}10/2/26\t1\t=cmd|' /C calc'!A0\t\t911-0000001-0000001\tx@example.com\n", "utf-8")
    refresh_running(book, [report], marketplace="US")
    comments = TABLES["tblFeedback"].headers.index("Comments")
    assert table(book, "tblFeedback").range.value[1][comments] == "=cmd|' /C calc'!A0"


def test_a_report_that_cannot_be_used_leaves_every_table_as_it_was(book, tmp_path):
    good, bad = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text(HEADER + ROW.format(1), encoding="utf-8")
    bad.write_text("colour\tsize\nred\t3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.txt"):
        refresh_running(book, [good, bad])
    assert all(len(t.range.value) == 2 for sheet in book.sheets for t in sheet.tables)
    assert book.calculated == []


def test_another_workbook_is_refused(book, tmp_path):
    book.sheets.pop(0)
    with pytest.raises(WorkbookError, match="tblOrders"):
        refresh_running(book, [tmp_path / "orders.txt"])


def test_the_button_says_what_changed_or_why_nothing_did(book, tmp_path, monkeypatch):
    report = tmp_path / "orders.txt"
    report.write_text(HEADER + ROW.format(1), encoding="utf-8")
    book.macro = lambda _name: lambda: str(report)
    monkeypatch.setattr(buttons.xw.Book, "caller", staticmethod(lambda: book))
    buttons.refresh()
    report.write_bytes(b"")
    buttons.refresh()
    assert book.said[0] == "orders.txt: 1 added, 0 updated, 0 unchanged"
    assert "orders.txt" in book.said[1]
    assert "empty" in book.said[1]


def test_a_workbook_of_an_earlier_version_is_refreshed_with_the_tables_that_it_has(book, tmp_path):
    # The first version had neither Listings nor Reconcile.
    book.sheets = [s for s in book.sheets if s.tables[0].name not in ("tblListings", "tblAmazon")]
    orders, listings = tmp_path / "orders.txt", tmp_path / "listings.txt"
    orders.write_text(HEADER + ROW.format(1), encoding="utf-8")
    assert [m.added for m in refresh_running(book, [orders]).merged] == [1]
    listings.write_text("seller-sku\titem-name\tprice\nMUG\tStoneware Mug\t9.5\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"listings\.txt holds listings, which no table of this workbook takes"):
        refresh_running(book, [listings])
