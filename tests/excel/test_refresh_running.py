"""The Refresh button's work in a running Excel, against the stand-in of `standin.py`. Excel has not run this."""

import inspect
from datetime import date, datetime

import pytest
import xlwings.main
from standin import App, AutoFilter, Book, Books, Formula, Names, Range, Table

from odr_xl.errors import InputError, WorkbookError
from odr_xl.excel.refresh import refresh_workbook
from odr_xl.excel.running import refresh_reopened, refresh_running
from odr_xl.excel.sheets.tables import TABLES
from odr_xl.excel.sheets.template import build_workbook
from odr_xl.headless.package import Package
from odr_xl.headless.table import read_table

HEADER = "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel\tsku\n"
ROW = "911-000000{0}-0000001\t2026-10-0{0}T18:00:00+00:00\t{1}\tMerchant\tAmazon.com\tMUG\n"
FEEDBACK = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n"
RETURNS = "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\t"
RETURNS += "detailed-disposition\treason\tlicense-plate-number\tcustomer-comments\n"
#: The tables that `reports` changes, in the order in which they are written.
WRITTEN = ("tblOrders", "tblFeedback", "tblReturns", "tblListings")
DAY = date(2026, 11, 20)


@pytest.fixture
def book():
    """An empty workbook of the template's tables with its column formats, and its Settings cell."""
    made = Book()
    for name, spec in TABLES.items():
        sheet = made.add_sheet(spec.sheet)
        sheet.formats = {n: "@" for n, column in enumerate(spec.columns, start=1) if column.format == "text"}
        sheet.add_table(name, spec.headers, [[None] * len(spec.headers)])
    settings = made.add_sheet("Settings")
    made.names = Names({"AsOf": xlwings_name(settings.range((5, 2, 1, 1)))})
    return made


def xlwings_name(cell):
    return type("Name", (), {"refers_to_range": cell})()


def table(book, name):
    return next(t for sheet in book.sheets for t in sheet.tables if t.name == name)


def rows(book, name):
    return table(book, name).range.options(ndim=2).value[1:]


def report(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def orders(tmp_path):
    return report(tmp_path, "orders.txt", HEADER + ROW.format(1, "Shipped") + ROW.format(2, "Shipped"))


@pytest.fixture
def reports(tmp_path, orders):
    """A folder with four reports that change four tables."""
    report(tmp_path, "feedback.txt", f"{FEEDBACK}10/2/26\t1\tbroken\t\t911-0000001-0000001\tx@example.com\n")
    row = (
        "2026-10-20T18:00:00+00:00\t911-0000002-0000001\tMUG\tB0\tX\tMug\t1\tABE2\tDAMAGED\tDEFECTIVE\tLPN\tit leaks\n"
    )
    report(tmp_path, "returns.txt", RETURNS + row)
    report(tmp_path, "listings.txt", "seller-sku\titem-name\tprice\nMUG\tStoneware Mug\t9.5\n")
    return tmp_path


# -- the stand-in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ours", [App, AutoFilter, Book, Books, Names, Range, Table])
def test_the_stand_in_offers_what_xlwings_has_with_its_parameters(ours):
    theirs = getattr(xlwings.main, ours.__name__)
    helpers = {"does", "add_sheet", "contents"}
    for name, member in vars(ours).items():
        if name.startswith("_") or name in helpers:
            continue
        real = getattr(theirs, name)
        if inspect.isfunction(member):
            wanted = list(inspect.signature(real).parameters)
            given = list(inspect.signature(member).parameters)
            assert given == wanted[: len(given)]
        else:
            assert isinstance(real, property)


@pytest.mark.parametrize(
    ("typed", "held"),
    [("10/10", datetime(2026, 10, 10)), ("0012", 12.0), ("TRUE", True), ("'0012", "0012"), ("5%", 0.05)],
)
def test_the_stand_in_takes_a_text_for_a_number_as_Excel_does(book, typed, held):
    cell = book.sheets[-1].range((1, 1, 1, 1))
    cell.value = typed
    assert cell.value == held


# -- what is written ----------------------------------------------------------------------------------------------


def test_a_report_fills_the_table_resizes_it_and_calculates_once(book, orders):
    changes = refresh_running(book, [orders], as_of=DAY)
    found = rows(book, "tblOrders")
    assert [row[0] for row in found] == ["911-0000001-0000001", "911-0000002-0000001"]
    assert found[0][1] == datetime(2026, 10, 1)  # 18:00 UTC is 11:00 in Los Angeles: the same day
    assert [m.added for m in changes.merged] == [2]
    assert book.names["AsOf"].refers_to_range.value == datetime(2026, 11, 20)
    assert book.journal.count(("calculate", "")) == 1


def test_the_tables_are_those_that_the_command_would_write(book, reports, tmp_path):
    workbook = tmp_path / "shop" / "ODR.xlsm"
    workbook.parent.mkdir()
    build_workbook(workbook)
    refresh_workbook(workbook, [reports])
    refresh_running(book, [reports])
    package = Package.open(workbook)
    for name in WRITTEN:
        assert rows(book, name) == read_table(package, name)[1]


def test_a_comment_that_begins_like_a_formula_is_written_as_text(book, tmp_path):
    text = f"{FEEDBACK}10/2/26\t1\t=cmd|' /C calc'!A0\t\t911-0000001-0000001\tx@example.com\n"
    refresh_running(book, [report(tmp_path, "feedback.txt", text)], marketplace="US")
    assert rows(book, "tblFeedback")[0][2] == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("comment", ["10/10", "100%", "TRUE", "0012", "-1 star", "+1", "@you"])
def test_a_comment_that_looks_like_a_number_or_a_date_stays_text(book, tmp_path, comment):
    text = f"{FEEDBACK}10/2/26\t1\t{comment}\t\t911-0000001-0000001\tx@example.com\n"
    refresh_running(book, [report(tmp_path, "feedback.txt", text)], marketplace="US")
    assert rows(book, "tblFeedback")[0][2] == comment


def test_feedback_alone_takes_its_marketplace_from_the_orders_in_the_table(book, tmp_path, orders):
    # 10/2/26 is the second of October on Amazon.com, and the order is one of Amazon.com.
    refresh_running(book, [orders])
    text = f"{FEEDBACK}10/2/26\t1\tbroken\t\t911-0000001-0000001\tx@example.com\n"
    refresh_running(book, [report(tmp_path, "feedback.txt", text)])
    assert rows(book, "tblFeedback")[0][0] == datetime(2026, 10, 2)


def test_a_second_refresh_with_the_same_file_writes_no_table(book, orders):
    refresh_running(book, [orders])
    before = book.contents()
    book.journal.clear()
    (merged,) = refresh_running(book, [orders]).merged
    assert (merged.added, merged.updated, merged.unchanged) == (0, 0, 2)
    assert book.contents() == before
    assert not [act for act, _ in book.journal if act in ("write", "resize", "clear")]


def test_of_an_updated_order_only_the_status_is_written(book, tmp_path):
    refresh_running(book, [report(tmp_path, "a.txt", HEADER + ROW.format(1, "Pending"))])
    book.journal.clear()
    refresh_running(book, [report(tmp_path, "b.txt", HEADER + ROW.format(1, "Shipped"))])
    assert rows(book, "tblOrders")[0][2] == "Shipped"
    assert book.journal.count(("write", "Orders")) == 1


def own_column(book, cell):
    """The first order is there already; the seller's own column stands at the right of Amazon's."""
    sheet = next(s for s in book.sheets if s.name == "Orders")
    sheet.tables.clear()
    sheet.cells.clear()
    headers = [*TABLES["tblOrders"].headers, "Mine"]
    filled = [["911-0000001-0000001", datetime(2026, 10, 1), "Pending", *[None] * 4, "MUG", *[None] * 4, cell(5)]]
    sheet.add_table("tblOrders", headers, filled)
    return sheet


@pytest.mark.parametrize("mine", ["0012", "call back", 7.0, None])
def test_the_sellers_own_column_and_sheets_are_untouched(book, orders, mine):
    own_column(book, lambda _row: mine)
    notes = book.add_sheet("My notes")
    notes.cells = {(1, 1): "0012", (2, 1): Formula("=A1", "0012")}
    before = dict(notes.cells)
    refresh_running(book, [orders])
    assert [row[-1] for row in rows(book, "tblOrders")] == [mine, None]
    assert notes.cells == before


def test_a_calculated_column_keeps_its_formula_and_continues_in_new_rows(book, orders):
    sheet = own_column(book, lambda row: Formula(f"=K{row}*2"))
    refresh_running(book, [orders])
    assert [sheet.cells[row, 13].text for row in (5, 6)] == ["=K5*2", "=K6*2"]


def test_a_number_typed_over_a_calculated_column_stays_and_is_not_continued(book, tmp_path):
    sheet = own_column(book, lambda row: Formula(f"=K{row}*2"))
    sheet.tables[0].resize(sheet.tables[0].range.resize(3))
    sheet.cells |= {(6, 1): "911-0000002-0000001", (6, 8): "MUG", (6, 13): 7.0}
    later = "".join(ROW.format(n, "Shipped") for n in (3, 4))
    refresh_running(book, [report(tmp_path, "a.txt", HEADER + later)])
    assert sheet.cells[6, 13] == 7.0
    assert [sheet.cells[row, 13].text for row in (7, 8)] == ["=K7*2", "=K8*2"]


def test_a_failure_in_a_calculated_column_leaves_the_table_as_it_was(book, orders):
    own_column(book, lambda row: Formula(f"=K{row}*2"))
    before = book.contents()
    book.refuse = lambda act, _where: act == "formula"
    with pytest.raises(WorkbookError, match="All tables are as they were"):
        refresh_running(book, [orders])
    check_as_before(book, before)


def test_a_calculated_column_stays_when_rows_move_up(book, tmp_path):
    # Row 6 is blank, its formula gives "", and the order of row 7 moves up to it.
    sheet = own_column(book, lambda row: Formula(f"=K{row}*2"))
    sheet.tables[0].resize(sheet.tables[0].range.resize(4))
    sheet.cells |= {(6, 13): Formula("=K6*2", ""), (7, 13): Formula("=K7*2", 6.0), (7, 1): "911-0000003-0000001"}
    refresh_running(book, [report(tmp_path, "a.txt", HEADER + ROW.format(1, "Shipped"))])
    assert [sheet.cells.get((row, 1)) for row in (5, 6, 7)] == ["911-0000001-0000001", "911-0000003-0000001", None]
    assert [sheet.cells[row, 13].text for row in (5, 6, 7)] == ["=K5*2", "=K6*2", "=K7*2"]


def test_a_single_formula_in_a_column_of_Amazons_stays_when_its_value_does(book, tmp_path):
    # Rows 5 to 7; a formula gives the status of the middle one, the others are updated.
    pending = "".join(ROW.format(n, "Pending") for n in (1, 2, 3))
    refresh_running(book, [report(tmp_path, "a.txt", HEADER + pending)])
    sheet = book.sheets[0]
    sheet.cells[6, 3] = Formula("=B1", "Shipped")
    shipped = "".join(ROW.format(n, "Shipped") for n in (1, 2, 3))
    refresh_running(book, [report(tmp_path, "b.txt", HEADER + shipped)])
    assert sheet.cells[6, 3].text == "=B1"
    assert [sheet.cells[row, 3] for row in (5, 7)] == ["Shipped", "Shipped"]


def test_a_formula_in_the_cell_of_the_day_stays(book, orders):
    settings = book.sheets[-1]
    settings.cells[5, 2] = Formula("=TODAY()", datetime(2026, 1, 1))
    refresh_running(book, [orders], as_of=DAY)
    assert settings.cells[5, 2].text == "=TODAY()"


def test_a_filter_is_cleared_before_its_table_is_written(book, orders):
    refresh_running(book, [orders])
    acts = [act for act, where in book.journal if where == "Orders"]
    assert acts[0] == "show all"


def test_a_blank_row_between_orders_leaves_none_of_them_twice(book, tmp_path):
    rest = [*[None] * 4, "MUG", *[None] * 4]
    sheet = book.sheets[0]
    sheet.tables.clear()
    orders = [[f"911-000000{n}-0000001", datetime(2026, 10, n), "Pending", *rest] for n in (1, 3)]
    sheet.add_table("tblOrders", TABLES["tblOrders"].headers, [orders[0], [None] * 12, orders[1]])
    refresh_running(book, [report(tmp_path, "a.txt", HEADER + ROW.format(1, "Shipped"))])
    ids = [row[0] for row in rows(book, "tblOrders")]
    assert ids == ["911-0000001-0000001", "911-0000003-0000001", None]


# -- progress -----------------------------------------------------------------------------------------------------


def test_the_status_bar_names_each_step_in_order_and_is_given_back(book, reports):
    refresh_running(book, [reports])
    reading = [f"ODR: reading {name}.txt…" for name in ("feedback", "listings", "orders", "returns")]
    writing = [f"ODR: writing {name}…" for name in WRITTEN]
    assert book.app.bar == [*reading, *writing, "ODR: calculating…", False]


def test_excel_neither_calculates_nor_draws_while_the_tables_are_written(book, reports):
    book.app._mode = "semiautomatic"
    refresh_running(book, [reports])
    acts = [pair for pair in book.journal if pair[0] in ("mode", "drawing", "write", "calculate")]
    assert acts[:2] == [("mode", "manual"), ("drawing", False)]
    assert acts[-3:] == [("calculate", ""), ("drawing", True), ("mode", "semiautomatic")]


def test_a_status_bar_that_excel_refuses_stops_nothing(book, orders):
    book.refuse = lambda act, _where: act == "status bar"
    assert [m.added for m in refresh_running(book, [orders]).merged] == [2]


# -- nothing half-written -----------------------------------------------------------------------------------------


def check_as_before(book, before):
    assert book.contents() == before
    assert book.app.status_bar is False
    assert book.app.calculation == "automatic"
    assert book.app.screen_updating is True


@pytest.mark.parametrize("act", ["resize", "write"])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_failure_at_any_table_leaves_all_tables_as_they_were(book, reports, tmp_path, name, act):
    refresh_running(book, [report(tmp_path / "..", "first.txt", HEADER + ROW.format(1, "Pending"))])
    before = book.contents()
    sheet = TABLES[name].sheet
    # Listings has one row, like its empty table: it is never resized.
    if (name, act) in [("tblListings", "resize"), ("tblFeedback", "resize"), ("tblReturns", "resize")]:
        add_row(book, name)
        before = book.contents()
    left = [2] if act == "write" else [1]  # the second column of a table: the first is in already

    def refuse(what, where):
        if (what, where) == (act, sheet) and left[0]:
            left[0] -= 1
            return not left[0]
        return False

    book.refuse = refuse
    with pytest.raises(WorkbookError) as raised:
        refresh_running(book, [reports], as_of=DAY)
    assert left == [0]
    assert str(raised.value) == (
        f"Excel refused to write the table {name} (You can't change a cell in a protected sheet). All tables are as "
        "they were. Leave the cell that you are typing in, take the protection off the sheet, and press Refresh again."
    )
    check_as_before(book, before)


def add_row(book, name):
    """One row of the seller's in a table, so that a report makes it longer."""
    columns = TABLES[name].headers
    ids = {"tblListings": "seller-sku", "tblFeedback": "Order ID", "tblReturns": "order-id"}
    sheet = table(book, name).parent
    sheet.cells[5, 1 + columns.index(ids[name])] = "mine"


def test_a_failure_at_the_day_puts_the_tables_back(book, reports):
    book.sheets[-1].cells[5, 2] = datetime(2026, 1, 1)
    before = book.contents()
    left = [1]

    def refuse(act, where):
        failing = (act, where) == ("write", "Settings") and bool(left)
        if failing:
            left.clear()
        return failing

    book.refuse = refuse
    with pytest.raises(WorkbookError, match=r"the date on Settings .*All tables are as they were"):
        refresh_running(book, [reports], as_of=DAY)
    check_as_before(book, before)


def test_texts_that_look_like_numbers_are_put_back_as_texts(book, tmp_path, orders):
    text = "{}10/2/26\t1\t{}\t\t911-0000001-0000001\tx@example.com\n"
    refresh_running(book, [report(tmp_path, "f.txt", text.format(FEEDBACK, "10/10"))], marketplace="US")
    before = book.contents()
    later = report(tmp_path, "g.txt", text.format(FEEDBACK, "5/5"))
    listing = report(tmp_path, "l.txt", "seller-sku\titem-name\tprice\nMUG\tStoneware Mug\t9.5\n")
    book.refuse = lambda act, where: (
        (act, where) == ("write", "Listings") and ("write", "Listings") in book.journal[:-1]
    )
    with pytest.raises(WorkbookError):
        refresh_running(book, [later, listing], marketplace="US")
    assert book.sheets[1].cells == before["Feedback"][0]


def test_a_table_that_cannot_be_put_back_is_named_with_the_way_out(book, reports):
    book.refuse = lambda act, where: where == "Feedback" and act in ("write", "clear")
    with pytest.raises(WorkbookError) as raised:
        refresh_running(book, [reports])
    assert "and the table tblFeedback couldn't be put back. Close the workbook without saving it" in str(raised.value)
    assert book.app.status_bar is False
    assert rows(book, "tblOrders") == [[None] * 12]  # the other one is as it was


def test_a_calculation_mode_that_cannot_be_restored_is_said(book, orders):
    book.refuse = lambda act, where: (act, where) == ("mode", "automatic")
    with pytest.raises(WorkbookError, match=r"The reports are in the tables\. Excel calculates by hand now: choose"):
        refresh_running(book, [orders])
    book.app._mode = "automatic"  # the seller did as told
    book.refuse = lambda act, where: (
        (act, where) in [("mode", "automatic"), ("resize", "Feedback"), ("write", "Feedback")]
    )
    more = orders.with_name("feedback.txt")
    more.write_text(f"{FEEDBACK}10/2/26\t1\tbroken\t\t911-0000001-0000001\tx@example.com\n", "utf-8")
    with pytest.raises(WorkbookError, match=r"Excel refused .* Excel calculates by hand now"):
        refresh_running(book, [more])


def test_a_failing_calculation_leaves_the_tables_filled_and_says_so(book, orders):
    book.refuse = lambda act, _where: act == "calculate"
    with pytest.raises(WorkbookError, match=r"The reports are in the tables, but Excel didn't calculate"):
        refresh_running(book, [orders])
    assert len(rows(book, "tblOrders")) == 2
    assert book.app.calculation == "automatic"


def test_a_report_that_cannot_be_used_leaves_every_table_as_it_was(book, orders, tmp_path):
    bad = report(tmp_path, "b.txt", "colour\tsize\nred\t3\n")
    before = book.contents()
    with pytest.raises(InputError, match=r"b\.txt"):
        refresh_running(book, [orders, bad])
    check_as_before(book, before)
    assert not [act for act, _ in book.journal if act != "status bar"]


def test_what_stands_below_a_table_is_never_overwritten(book, orders):
    book.sheets[0].cells[6, 2] = "my notes"
    before = book.contents()
    with pytest.raises(WorkbookError, match=r'Orders!B6: "my notes" stands below the table tblOrders .* Move it'):
        refresh_running(book, [orders])
    check_as_before(book, before)


@pytest.mark.parametrize(("switch", "said"), [("show_totals", "a totals row"), ("show_headers", "no header row")])
def test_a_table_with_a_totals_row_or_without_headers_is_refused_before_anything_is_written(book, orders, switch, said):
    target = table(book, "tblOrders")
    if switch == "show_totals":
        target.resize(target.range.resize(3))
    setattr(target, switch, switch == "show_totals")
    before = book.contents()
    with pytest.raises(WorkbookError, match=said):
        refresh_running(book, [orders])
    check_as_before(book, before)


def test_another_workbook_is_refused(book, tmp_path):
    book.sheets.pop(0)
    with pytest.raises(WorkbookError, match="tblOrders"):
        refresh_running(book, [tmp_path / "orders.txt"])


def test_a_workbook_without_the_cell_of_the_day_is_refused_before_anything_is_written(book, orders):
    book.names = Names({})
    before = book.contents()
    with pytest.raises(WorkbookError, match="no cell named AsOf"):
        refresh_running(book, [orders], as_of=DAY)
    check_as_before(book, before)


# -- rows and files that can't be used ----------------------------------------------------------------------------


BAD_ROW = "911-0000009-0000001\t31/31/2026\tShipped\tMerchant\tAmazon.com\tMUG\n"


def test_rows_that_cannot_be_used_are_left_out_only_when_the_seller_agrees(book, tmp_path):
    path = report(tmp_path, "orders.txt", HEADER + ROW.format(1, "Shipped") + BAD_ROW)
    asked = []
    with pytest.raises(InputError, match=r"31/31/2026.*Nothing was changed\.$"):
        refresh_running(book, [path], skip_bad_rows=lambda problems: asked.append(problems) or False)
    assert rows(book, "tblOrders") == [[None] * 12]
    (merged,) = refresh_running(book, [path], skip_bad_rows=lambda _problems: True).merged
    assert (merged.added, merged.unusable) == (1, 1)
    assert [len(problems) for problems in asked] == [1]


def test_a_folder_is_read_and_what_is_no_report_in_it_is_named(book, reports):
    report(reports, "colours.csv", "colour,size\nred,3\n")
    changes = refresh_running(book, [reports])
    assert [m.source for m in changes.merged] == ["orders.txt", "feedback.txt", "returns.txt", "listings.txt"]
    assert changes.skipped == ("colours.csv",)


def test_a_folder_without_any_report_is_said(book, tmp_path):
    report(tmp_path, "colours.csv", "colour,size\nred,3\n")
    with pytest.raises(InputError, match="None of the 1 files is a report"):
        refresh_running(book, [tmp_path])


def test_a_workbook_of_an_earlier_version_is_refreshed_with_the_tables_that_it_has(book, tmp_path, orders):
    # The first version had neither Listings nor Reconcile.
    book.sheets = [s for s in book.sheets if s.name not in ("Listings", "Reconcile")]
    assert [m.added for m in refresh_running(book, [orders]).merged] == [2]
    listings = report(tmp_path, "listings.txt", "seller-sku\titem-name\tprice\nMUG\tStoneware Mug\t9.5\n")
    with pytest.raises(InputError, match=r"listings\.txt holds listings, which no table of this workbook takes"):
        refresh_running(book, [listings])


# -- a Mac --------------------------------------------------------------------------------------------------------


@pytest.fixture
def closed(tmp_path):
    """A real workbook file, and the book that Excel would have open for it."""
    path = tmp_path / "shop" / "ODR.xlsm"
    path.parent.mkdir()
    build_workbook(path)
    return Book(path.name, str(path))


def test_on_a_mac_the_file_is_refreshed_between_closing_and_opening(closed, orders):
    changes = refresh_reopened(closed, [orders], as_of=DAY)
    acts = [act for act, _ in closed.journal if act != "status bar"]
    assert acts == ["save", "close", "open"]
    assert [m.added for m in changes.merged] == [2]
    package = Package.open(closed.fullname)
    assert [row[0] for row in read_table(package, "tblOrders")[1]] == ["911-0000001-0000001", "911-0000002-0000001"]
    assert changes.recalculation is not None  # the formulas are there with their values
    assert changes.recalculation.cells > 0
    assert closed.app.status_bar is False


def test_on_a_mac_the_workbook_is_opened_again_after_an_error(closed, tmp_path):
    bad = report(tmp_path, "b.txt", "colour\tsize\nred\t3\n")
    with pytest.raises(InputError, match=r"b\.txt"):
        refresh_reopened(closed, [bad])
    assert [act for act, _ in closed.journal if act != "status bar"] == ["save", "close", "open"]


def test_on_a_mac_a_workbook_that_does_not_open_again_is_said_with_the_first_error(closed, tmp_path):
    closed.refuse = lambda act, _where: act == "open"
    bad = report(tmp_path, "b.txt", "colour\tsize\nred\t3\n")
    with pytest.raises(WorkbookError, match=r"b\.txt.*ODR\.xlsm is whole, but Excel didn't open it again"):
        refresh_reopened(closed, [bad])


@pytest.mark.parametrize("fullname", ["", "https://example.com/shop/ODR.xlsm"])
def test_on_a_mac_a_workbook_that_is_no_file_is_never_closed(fullname, orders):
    book = Book("ODR.xlsm", fullname)
    with pytest.raises(WorkbookError, match=r"ODR\.xlsm isn't a file on this computer"):
        refresh_reopened(book, [orders])
    assert not [act for act, _ in book.journal if act != "status bar"]


def test_on_a_mac_nothing_is_closed_when_saving_fails(closed, orders):
    closed.refuse = lambda act, _where: act == "save"
    with pytest.raises(WorkbookError, match="couldn't be saved"):
        refresh_reopened(closed, [orders])
    assert ("close", "ODR.xlsm") not in closed.journal
