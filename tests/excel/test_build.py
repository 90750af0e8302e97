"""The workbook that the project ships: the template filled with the sample reports and calculated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl.utils.cell import range_boundaries
from test_template import MAIN, OURS, Book

from odr_xl.excel.build import AS_OF, build_files
from odr_xl.excel.sheets.dashboard import ACCOUNTS, CAUSES, CHANNELS
from odr_xl.excel.sheets.settings import CHECK_ROW
from odr_xl.excel.sheets.template import SHEETS, TABLES


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return build_files(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def book(built: tuple[Path, ...]) -> Book:
    return Book(built[0].read_bytes())


# The story of the invented shop, as `odr_xl.samples.shop` tells it: 6 of 500, 2 of 400 and 2 of 222 orders in the
# window are defective by Amazon's rule, and 10 more were returned for a defect.
def test_dashboard_shows_the_story_of_the_sample_shop(book: Book) -> None:
    def shown(place: str) -> str:
        return book.value("Dashboard", place)

    assert float(shown("B6")) == pytest.approx((6 + 2 + 2) / (500 + 400 + 222), rel=1e-12)
    assert float(shown("M6")) == pytest.approx((6 + 2 + 2 + 10) / (500 + 400 + 222), rel=1e-12)
    assert shown("B7") == "At risk"  # 0.89 %: from 0.75 %, under 1 %
    assert shown("B8") == "but an account is over the target: see below"
    assert (shown("F6"), shown("I6"), shown("K6")) == ("1122", "10", "0.01")


def test_each_group_has_its_orders_and_its_status(book: Book) -> None:
    def row(number: int) -> tuple[str, ...]:
        return tuple(book.value("Dashboard", f"{column}{number}") for column in "BCDK")

    assert [row(CHANNELS + 1), row(CHANNELS + 2)] == [
        ("MFN", "722", "8", "Over target"),  # 500 + 222 orders, 6 + 2 defective: 1.11 %
        ("AFN", "400", "2", "Healthy"),
    ]
    assert [row(ACCOUNTS + 1), row(ACCOUNTS + 2), row(ACCOUNTS + 3)] == [
        ("US MFN", "500", "6", "Over target"),  # 1.20 %
        ("US AFN", "400", "2", "Healthy"),  # 0.50 %
        ("DE MFN", "222", "2", "At risk"),  # 0.90 %
    ]
    assert book.value("Dashboard", f"B{CAUSES + 8}") == "All orders"
    assert book.value("Dashboard", f"C{CAUSES + 8}") == "1122"


def test_no_sheet_shows_an_error(book: Book) -> None:
    errors = [(name, place) for name in SHEETS for place, cell in book.cells(name).items() if cell.get("t") == "e"]
    assert errors == []


def test_every_formula_of_the_package_has_its_value_in_the_file(book: Book) -> None:
    # Protected View and phones show what is stored; only the status beside an unused row is blank.
    starts = [
        (sheet, place, cell.findtext(f"{MAIN}v"))
        for sheet, place, cell in book.formulas()
        if (call := re.match(r"(?:_xlfn\.IFNA\()?([A-Z_]+)\(", cell.findtext(f"{MAIN}f"))) and call[1] in OURS
    ]
    # Six on the Dashboard; one each on Listings, Defects, Days, Trend, Actions, Plan, Appeals, Replies and Settings;
    # two on Reconcile; three on Drivers; eight on Forecast; nineteen on SelfTest.
    assert len(starts) == 6 + 9 + 2 + 3 + 8 + 19
    assert [(sheet, place) for sheet, place, value in starts if not value] == []


def test_charts_carry_the_values_that_they_show(book: Book) -> None:
    trend = next(
        book.parts[n].decode() for n in book.names if n.startswith("xl/charts/") and b"Trend!" in book.parts[n]
    )
    # Four lines, each with 60 dates and 60 values.
    assert re.findall(r'<c:ptCount val="(\d+)"', trend) == ["60"] * 8
    last = re.findall(r'<c:idx val="\d+"/>|<c:pt idx="59"><c:v>([^<]+)</c:v>', trend)
    values = [float(text) for text in last if text]
    assert values[1] == pytest.approx(10 / 1122, rel=1e-12)  # date, then Amazon's rate of the last window


def test_dates_of_results_look_like_dates(book: Book) -> None:
    styles = book.xml("xl/styles.xml")
    custom = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(f"{MAIN}numFmt")}
    formats = [custom.get(xf.get("numFmtId"), "") for xf in styles.find(f"{MAIN}cellXfs")]
    for sheet, place in (("Defects", "B5"), ("Defects", "M5"), ("Days", "A5"), ("Days", "A200"), ("Trend", "A64")):
        assert formats[int(book.cells(sheet)[place].get("s", "0"))] == "yyyy-mm-dd", (sheet, place)


def test_drop_downs_reach_every_row_of_their_table(book: Book) -> None:
    for part in (name for name in book.names if name.startswith("xl/tables/")):
        table = book.xml(part)
        _, _, _, last = range_boundaries(table.get("ref"))
        name = table.get("name")
        sheet = "Defects" if name == "tblDecisions" else TABLES[name].sheet
        ends = {range_boundaries(v.get("sqref"))[3] for v in book.sheet(sheet).iter(f"{MAIN}dataValidation")}
        assert ends <= {last}, sheet


def test_check_names_the_event_that_needs_the_seller(book: Book) -> None:
    # The stray feedback is in the story on purpose: the last of Amazon.com's twelve, below the header in row 4. The
    # returns report's A-to-z mark needs nobody: that order's claim is on Claims.
    assert book.value("Settings", f"A{CHECK_ROW}").startswith("Feedback row 16: order 909-0000001-0000001")
    assert f"A{CHECK_ROW + 1}" not in book.cells("Settings")
    assert book.value("Dashboard", f"M{ACCOUNTS - 1}") == "Data check: 1 thing to look at"


def test_second_build_is_the_same_bytes(built: tuple[Path, ...], tmp_path: Path) -> None:
    again = build_files(tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in built]
    names = ["ODR-lite-zh.xlsx", "ODR-lite.xlsx", "ODR-zh.xlsm", "ODR.xlsm"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_chinese_workbook_shows_the_same_rate_in_chinese(built: tuple[Path, ...], book: Book) -> None:
    chinese = Book(built[1].read_bytes())
    assert chinese.value("Dashboard", "B6") == book.value("Dashboard", "B6")
    shown = tuple(chinese.value("Dashboard", place) for place in ("B2", "B7", "B8", f"M{ACCOUNTS - 1}"))
    assert shown == ("订单缺陷率", "有风险", "但有账户超过目标：见下方", "数据检查：有 1 处需要查看")
    errors = [(name, place) for name in SHEETS for place, cell in chinese.cells(name).items() if cell.get("t") == "e"]
    assert errors == []


def test_sample_day_is_fixed(book: Book) -> None:
    # 2026-11-20 is Excel's day 46346: 46023 is 2026-01-01 and the year has 323 days before it.
    assert (AS_OF.isoformat(), book.value("Settings", "B5")) == ("2026-11-20", "46346")
