"""The sheet SelfTest: its rows are true, cover every formula, and say so when one of them is no longer true."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from test_template import MAIN, OURS, Book

from odr_xl.excel.refresh import calculate_workbook, set_named_cell
from odr_xl.excel.sheets import selftest
from odr_xl.excel.sheets.hand_counts import CHECKS
from odr_xl.excel.sheets.selftest import FIRST, LAST, RESULT_NAME, SELFTEST_CELL, SHEET
from odr_xl.excel.sheets.small_shop import TYPED_TABLES
from odr_xl.excel.sheets.template import build_workbook
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet

RESULT = SELFTEST_CELL.rpartition("!")[2].replace("$", "")
ROWS = range(FIRST, LAST + 1)


def shown(path: Path) -> Any:
    return load_workbook(path, data_only=True)[SHEET]


def calculated(folder: Path, **options: Any) -> Path:
    path = folder / "ODR.xlsm"
    build_workbook(path, **options)
    calculate_workbook(path, backup=False)
    return path


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return calculated(tmp_path_factory.mktemp("selftest"))


@pytest.fixture(scope="module")
def sheet(workbook: Path) -> Any:
    return shown(workbook)


@pytest.fixture(scope="module")
def book(workbook: Path) -> Book:
    return Book(workbook.read_bytes())


@pytest.mark.parametrize("row", ROWS)
def test_row_is_true(sheet, row):
    assert sheet[f"E{row}"].value is True, [sheet[f"{column}{row}"].value for column in "ABCD"]


def test_result_says_that_all_pass(sheet):
    assert sheet[RESULT].value == f"All {len(CHECKS)} checks pass"
    assert sheet.max_row >= LAST > FIRST + 30


@pytest.mark.parametrize("name", sorted(OURS))
def test_formula_is_tested(book, name):
    """In a cell of the column Actual itself, not only in a table that the checks read."""
    actual = [book.cells(SHEET)[f"D{row}"].findtext(f"{MAIN}f") for row in ROWS]
    assert any(re.search(rf"\b{name}\(", formula) for formula in actual)


def test_formula_that_is_shown_is_the_one_in_the_cell(book):
    for row in ROWS:
        stored = book.cells(SHEET)[f"D{row}"].findtext(f"{MAIN}f")
        # Excel stores H60# behind a name of its own.
        assert book.value(SHEET, f"B{row}") == "=" + re.sub(r"_xlfn\.ANCHORARRAY\((\w+)\)", r"\1#", stored)


def test_every_small_table_fills_the_range_that_formulas_read(sheet):
    """A range that is a row too short would leave an order out, and a hand calculation may not notice."""
    read = set(re.findall(r"\b[A-Z]+\d+:[A-Z]+\d+\b", " ".join(sheet[f"B{row}"].value for row in ROWS)))
    assert len(read) == len(TYPED_TABLES)
    for area, table in zip(sorted(read, key=lambda area: range_boundaries(area)[1]), TYPED_TABLES, strict=True):
        left, top, right, bottom = range_boundaries(area)
        assert [sheet.cell(top, column).value for column in range(left, right + 1)] == list(table.headers)
        assert (bottom - top, sheet.cell(bottom + 1, left).value) == (len(table.rows), None)
        assert sheet.cell(bottom, left).value is not None


def test_orders_are_invented(sheet):
    # Twelve and the one whose date can't be read; 900 is what marks an invented order in this project.
    ids = {
        cell.value for row in sheet.iter_rows() for cell in row if re.fullmatch(r"\d{3}-\d{7}-\d{7}", str(cell.value))
    }
    assert len(ids) == 13
    assert {value[:4] for value in ids} == {"900-"}


def test_no_formula_reads_the_sellers_data(book):
    for place, cell in book.cells(SHEET).items():
        formula = cell.findtext(f"{MAIN}f") or ""
        assert "!" not in re.sub(r'"[^"]*"', "", formula), place
        assert "tbl" not in formula, place
        assert not re.search(r"\b(AsOf|Lang|Target|Account|WindowEnd|TODAY|NOW)\b", formula), place


def test_settings_change_no_row(workbook, tmp_path):
    path = tmp_path / "ODR.xlsm"
    shutil.copy(workbook, path)
    package = Package.open(path)
    for name, value in (
        ("Target", 0.5),
        ("WarnLevel", 0.4),
        ("AsOf", date(2027, 3, 1)),
        ("Lang", "zh"),
        ("LagDays", 3),
    ):
        set_named_cell(package, name, value)
    package.save(path, backup=False)
    calculate_workbook(path, backup=False)
    assert shown(path)[RESULT].value == f"All {len(CHECKS)} checks pass"


def row_of(what: str) -> int:
    return FIRST + [check.what for check in CHECKS].index(what)


ERROR = row_of("No orders in the window are #N/A, never 0%")
WORDS = row_of("1 of 100 misses the target")
NUMBER = row_of("1 of 40 may be as much as 12.88%")
DATE = row_of("The rate is under the target again on")


def changed(workbook: Path, folder: Path, expected: dict[int, object]) -> Any:
    path = folder / "ODR.xlsm"
    shutil.copy(workbook, path)
    package = Package.open(path)
    target = Sheet(package, SHEET)
    for row, value in expected.items():
        target.set_value(f"C{row}", value)
    target.commit()
    package.save(path, backup=False)
    calculate_workbook(path, backup=False)
    return shown(path)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({NUMBER: 0.1289}, f"1 of {len(CHECKS)} checks fails: see the row in red"),
        # No orders as 0 %, another word, and a day too late.
        ({ERROR: 0, WORDS: "At risk", DATE: date(2022, 1, 13)}, f"3 of {len(CHECKS)} checks fail: see the rows in red"),
        (dict.fromkeys(ROWS, "other"), f"{len(CHECKS)} of {len(CHECKS)} checks fail: see the rows in red"),
    ],
)
def test_result_counts_the_rows_that_fail(workbook, tmp_path, expected, said):
    sheet = changed(workbook, tmp_path, expected)
    assert [row for row in ROWS if sheet[f"E{row}"].value is not True] == sorted(expected)
    assert {sheet[f"E{row}"].value for row in expected} == {False}
    assert sheet[RESULT].value == said


def test_a_little_beside_the_value_fails(workbook, tmp_path):
    sheet = changed(workbook, tmp_path, {NUMBER: 0.1288 + 1e-7, WORDS: "over target", DATE: 44573.0001})
    assert [row for row in ROWS if sheet[f"E{row}"].value is False] == sorted((NUMBER, WORDS, DATE))


def test_order_that_is_changed_fails_the_rows_that_count_it(workbook, tmp_path):
    """The marks of the second order, which has both feedback and a chargeback."""
    path = tmp_path / "ODR.xlsm"
    shutil.copy(workbook, path)
    package = Package.open(path)
    target = Sheet(package, SHEET)
    place = next(c.coordinate for row in shown(path).iter_rows() for c in row if c.value == "x")
    target.set_value(place, "")
    target.commit()
    package.save(path, backup=False)
    calculate_workbook(path, backup=False)
    sheet = shown(path)
    failing = {CHECKS[row - FIRST].what for row in ROWS if sheet[f"E{row}"].value is False}
    assert "Causes: orders with several of them" in failing
    assert "An order with two causes counts once" not in failing  # the chargeback still makes it defective


def test_name_points_to_the_result_and_is_no_cell_address(book):
    names = {n.get("name"): n.text for n in book.xml("xl/workbook.xml").iter(f"{MAIN}definedName")}
    assert names[RESULT_NAME] == SELFTEST_CELL == f"{SHEET}!$A$3"
    assert not re.fullmatch(r"[A-Za-z]{1,3}\d+", RESULT_NAME)


def test_failing_row_and_result_are_coloured_and_say_so(book):
    rules = {
        (area.get("sqref"), rule.findtext(f"{MAIN}formula"))
        for area in book.sheet(SHEET).iter(f"{MAIN}conditionalFormatting")
        for rule in area.iter(f"{MAIN}cfRule")
        if rule.get("dxfId") and rule.get("type") == "expression"
    }
    passes = f"$E${FIRST}:$E${LAST}"
    failing = f"(ROWS({passes})-COUNTIF({passes},TRUE))"
    assert (f"A{FIRST}:F{LAST}", f"$E{FIRST}=FALSE") in rules
    assert {(RESULT, f"{failing}=0"), (RESULT, f"{failing}>0")} <= rules


def test_page_prints_the_checks_and_repeats_their_header(book):
    names = {n.get("name"): n.text for n in book.xml("xl/workbook.xml").iter(f"{MAIN}definedName")
             if n.text.startswith(f"{SHEET}!")}  # fmt: skip
    assert names["_xlnm.Print_Area"] == f"{SHEET}!$A$1:$F${LAST}"
    assert names["_xlnm.Print_Titles"] == f"{SHEET}!$6:$6"
    setup = book.sheet(SHEET).find(f"{MAIN}pageSetup")
    assert (setup.get("orientation"), setup.get("paperSize")) == ("landscape", "9")
    pane = next(book.sheet(SHEET).iter(f"{MAIN}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == (str(FIRST - 1), "frozen")


def test_chinese_workbook_tests_the_same_and_says_it_in_chinese(book, tmp_path):
    path = calculated(tmp_path, language="zh")
    sheet = shown(path)
    assert sheet[RESULT].value == f"全部 {len(CHECKS)} 项检查通过"
    assert all(sheet[f"E{row}"].value is True for row in ROWS)
    for row in ROWS:
        assert sheet[f"B{row}"].value == book.value(SHEET, f"B{row}")
        assert re.search("[\u4e00-\u9fff]", sheet[f"A{row}"].value), row
        assert re.search("[\u4e00-\u9fff]", sheet[f"F{row}"].value), row


def test_version_stands_beside_the_result(sheet, book):
    assert sheet["B3"].value == selftest.VERSION
    assert f"<dc:description>{selftest.VERSION}</dc:description>" in book.parts["docProps/core.xml"].decode()
