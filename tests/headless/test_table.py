"""A table's rows replaced: its size, its rules and its formulas follow, the sheet around it stays."""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from books import HEADERS, START, edit_part, parts_of, rich_workbook
from python_calamine import CalamineWorkbook

from odr_xl.errors import WorkbookError
from odr_xl.headless.grid import read_area
from odr_xl.headless.markup import parse
from odr_xl.headless.package import Package
from odr_xl.headless.table import read_table, write_table
from odr_xl.headless.values import ErrorValue

SHEET = "xl/worksheets/sheet1.xml"
TABLE = "xl/tables/table1.xml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rich_workbook(tmp_path / "ODR.xlsm", vba=True)


def orders(count: int) -> list[list[object]]:
    """Rows of all six columns: the last is the calculated one's result, quantity * 0.5."""
    start = datetime(2026, 8, 1)
    days = [start + timedelta(days=n) for n in range(count)]
    return [[f"114-2{n:06d}-0000001", day, f"SKU-{n % 7}", 2.0, n % 2 == 0, 1.0] for n, day in enumerate(days)]


def rewrite(path: Path, rows: list[list[object]]) -> Package:
    package = Package.open(path)
    write_table(package, "tblOrders", rows)
    package.save(backup=False)
    return Package.open(path)


def test_a_table_reads_as_its_columns_and_rows(path: Path) -> None:
    headers, rows = read_table(Package.open(path), "tblorders")
    assert headers == [*HEADERS, "Weight"]
    assert rows == [[*row, row[3] * 0.5] for row in START]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 20])
def test_rows_written_are_the_rows_read_by_us_and_by_calamine(count: int, path: Path) -> None:
    package = rewrite(path, orders(count))
    assert read_table(package, "tblOrders")[1] == orders(count)
    table = CalamineWorkbook.from_path(path).get_sheet_by_name("Orders").to_python(skip_empty_area=False)
    # calamine gives whole days as dates.
    expected = [[r[0], r[1].date(), *r[2:]] for r in orders(count)]  # type: ignore[union-attr]
    assert [row[1:7] for row in table[3 : 3 + count]] == expected
    assert package.table("tblOrders").ref == f"B3:G{3 + count}"


@pytest.mark.parametrize("count", [2, 20])
def test_everything_around_the_table_stays(count: int, path: Path) -> None:
    rewrite(path, orders(count))
    sheet = openpyxl.load_workbook(path)["Orders"]
    around = {ref: sheet[ref].value for ref in ("B1", "A5", "I5", "B40", "B3", "G3")}
    assert around == {
        "B1": "My orders", "A5": "note left", "I5": "note right", "B40": "far below",
        "B3": "amazon-order-id", "G3": "Weight",
    }  # fmt: skip
    assert sheet["B1"].font.bold
    assert sheet.row_dimensions[5].height == 30


def test_only_the_sheet_and_the_table_change(path: Path) -> None:
    before = parts_of(path)
    rewrite(path, orders(20))
    after = parts_of(path)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {SHEET, TABLE}


def test_the_same_rows_change_no_part_but_the_sheet(path: Path) -> None:
    package = Package.open(path)
    write_table(package, "tblOrders", read_table(package, "tblOrders")[1])
    assert package.changed <= {SHEET, TABLE}
    assert package.table("tblOrders").ref == "B3:G6"


def test_no_rows_leave_one_blank_row(path: Path) -> None:
    package = rewrite(path, [])
    assert package.table("tblOrders").ref == "B3:G4"
    assert read_table(package, "tblOrders")[1] == [[None] * 6]
    assert read_area(package, "Orders", "B5:G6") == [[None] * 6] * 2
    assert rewrite(path, orders(3)).table("tblOrders").ref == "B3:G6"


@pytest.mark.parametrize("count", [2, 20])
def test_filter_rules_and_formats_follow_the_last_row(count: int, path: Path) -> None:
    last = 3 + count
    package = rewrite(path, orders(count))
    table = parse(package.parts[TABLE], TABLE)
    assert table.find("{*}autoFilter").get("ref") == f"B3:G{last}"  # type: ignore[union-attr]
    sheet = openpyxl.load_workbook(path)["Orders"]
    assert sorted(str(v.sqref) for v in sheet.data_validations.dataValidation) == [f"E4:E{last}", "K1"]
    root = parse(package.parts[SHEET], SHEET)
    assert sorted(f.get("sqref", "") for f in root.iter("{*}conditionalFormatting") if f.get("sqref")) == [
        f"E4:E{last}", f"F4:F{last}",
    ]  # fmt: skip
    (extension,) = root.iter("{http://schemas.microsoft.com/office/excel/2006/main}sqref")
    assert extension.text == f"E4:E{last}"
    assert root.find("{*}dimension").get("ref") == "A1:I40"  # type: ignore[union-attr]


def test_a_calculated_column_keeps_its_formula_in_every_row(path: Path) -> None:
    rewrite(path, orders(5))
    sheet = openpyxl.load_workbook(path)["Orders"]
    assert {sheet[f"G{row}"].value for row in range(4, 9)} == {"=tblOrders[[#This Row],[quantity]]*0.5"}
    assert openpyxl.load_workbook(path, data_only=True)["Orders"]["G8"].value == 1.0


def test_a_formula_with_plain_references_is_filled_down(path: Path) -> None:
    """Excel may also store the column as one shared formula; the first data row says which row it means."""
    for row, cell in ((4, '<f t="shared" ref="G4:G6" si="3">E4*$K$1</f>'), (5, '<f t="shared" si="3"/>')):
        edit_part(path, SHEET, f'r="G{row}"><f>tblOrders[[#This Row],[quantity]]*0.5</f>', f'r="G{row}">{cell}')
    rewrite(path, orders(4))
    sheet = openpyxl.load_workbook(path)["Orders"]
    assert [sheet[f"G{row}"].value for row in (4, 5, 6, 7)] == ["=E4*$K$1", "=E5*$K$1", "=E6*$K$1", "=E7*$K$1"]


def test_each_row_takes_the_style_of_the_first(path: Path) -> None:
    rewrite(path, orders(6))
    sheet = openpyxl.load_workbook(path)["Orders"]
    assert {sheet[f"C{row}"].number_format for row in range(4, 10)} == {"yyyy-mm-dd"}
    assert {sheet[f"B{row}"].number_format for row in range(4, 10)} == {"General"}


def test_dates_in_a_column_without_a_date_style_get_one(path: Path) -> None:
    """Otherwise the seller would see 46235 instead of a day; format 14 is Excel's own short date."""
    rows = orders(3)
    for row in rows:
        row[2] = datetime(2026, 8, 1)
    rewrite(path, rows)
    sheet = openpyxl.load_workbook(path)["Orders"]
    assert {sheet[f"D{row}"].number_format for row in (4, 5, 6)} == {"mm-dd-yy"}  # openpyxl's name of format 14
    assert sheet["D6"].value == datetime(2026, 8, 1)


HOSTILE = [
    "=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "#N/A", "a\x00b\x07", " x ", "line\nbreak",
    "</t></is></c></row>", "_x0041_", "]]>", "TRUE", "007",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_a_report_arrives_as_text(text: str, path: Path) -> None:
    rows = orders(2)
    rows[0][2] = text
    package = rewrite(path, rows)
    value = read_table(package, "tblOrders")[1][0][2]
    assert value == text
    assert not isinstance(value, ErrorValue)
    cell = openpyxl.load_workbook(path)["Orders"]["D4"]
    assert cell.data_type == "s"


def test_an_error_read_is_written_back_as_an_error(path: Path) -> None:
    rows = orders(2)
    rows[0][2] = ErrorValue("#N/A")
    package = rewrite(path, rows)
    value = read_table(package, "tblOrders")[1][0][2]
    assert isinstance(value, ErrorValue)
    assert openpyxl.load_workbook(path)["Orders"]["D4"].data_type == "e"


def test_a_filled_cell_in_the_way_is_named_and_nothing_is_written(path: Path) -> None:
    """B40 holds a text: rows 4 to 39 are free, which is 36 rows."""
    package = Package.open(path)
    with pytest.raises(WorkbookError, match=r"^Orders!B40: there's something below the table .* Move it to the right"):
        write_table(package, "tblOrders", orders(37))
    assert package.changed == frozenset()
    write_table(package, "tblOrders", orders(36))
    assert read_area(package, "Orders", "B39:B40") == [["114-2000035-0000001"], ["far below"]]


def test_merged_cells_and_other_tables_in_the_way_are_named(tmp_path: Path) -> None:
    path = tmp_path / "Two.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("S")
    for name, area in (("tblTop", "A1:B3"), ("tblBelow", "B10:C12"), ("tblLeft", "E1:F3")):
        sheet.add_table(area, {"name": name})
    sheet.merge_range("E8:G9", "", None)
    book.close()
    package = Package.open(path)
    with pytest.raises(WorkbookError, match=r"S!B10:C12: there's something below the table tblTop"):
        write_table(package, "tblTop", [[1, 2]] * 10)
    with pytest.raises(WorkbookError, match=r"S!E8:G9: there's something below the table tblLeft"):
        write_table(package, "tblLeft", [[1, 2]] * 7)
    write_table(package, "tblTop", [[1, 2]] * 8)
    assert package.table("tblTop").ref == "A1:B9"


def test_a_totals_row_must_be_turned_off_before_the_size_changes(tmp_path: Path) -> None:
    path = tmp_path / "Totals.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("S")
    sheet.add_table("A1:B4", {"name": "tbl", "total_row": True, "columns": [{"header": "a"}, {"header": "b"}]})
    book.close()
    package = Package.open(path)
    with pytest.raises(WorkbookError, match=r"the table tbl has a totals row\. Turn it off in Excel"):
        write_table(package, "tbl", [[1, 2]] * 3)
    write_table(package, "tbl", [["x", 2.0], ["y", 3.0]])
    assert read_table(package, "tbl")[1] == [["x", 2.0], ["y", 3.0]]
    assert package.table("tbl").ref == "A1:B4"


def test_a_row_with_too_many_values_is_refused(path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"tblOrders: row 2 has 7 values, the table has 6 columns"):
        write_table(Package.open(path), "tblOrders", [[1], [1, 2, 3, 4, 5, 6, 7]])


def test_more_rows_than_excel_has_are_refused(path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"1,048,576"):
        write_table(Package.open(path), "tblOrders", [[1]] * 1_048_574)


def test_short_rows_end_in_blanks(path: Path) -> None:
    package = rewrite(path, [["a"], ["b", datetime(2026, 8, 1)]])
    assert read_table(package, "tblOrders")[1] == [["a"] + [None] * 5, ["b", datetime(2026, 8, 1)] + [None] * 4]


def test_a_filter_is_cleared_and_its_hidden_rows_show(path: Path) -> None:
    """Its criteria chose among other rows; a row hidden by position would now be any row."""
    edit_part(
        path, TABLE, '<autoFilter ref="B3:G6"/>',
        '<autoFilter ref="B3:G6"><filterColumn colId="2"><filters><filter val="MUG-RED"/></filters></filterColumn>'
        "</autoFilter>",
    )  # fmt: skip
    text = parts_of(path)[SHEET].decode()
    start = text.index('<row r="6"')
    edit_part(path, SHEET, text[start : start + 10], '<row r="6" hidden="1"')
    package = rewrite(path, orders(4))
    assert b"filterColumn" not in package.parts[TABLE]
    assert b"hidden" not in package.parts[SHEET]


def test_the_list_of_formula_cells_goes_with_the_formulas_it_lists(path: Path) -> None:
    """Excel repairs a workbook whose calcChain names a cell without a formula; a missing part it writes anew."""
    edit_part(
        path, "xl/_rels/workbook.xml.rels", "</Relationships>",
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" '
        'Target="docProps/../../docProps/app.xml"/></Relationships>',
    )  # fmt: skip
    package = Package.open(path)
    write_table(package, "tblOrders", orders(1))
    assert "docProps/app.xml" not in package.parts
    assert b"calcChain" not in package.parts["xl/_rels/workbook.xml.rels"]


def test_a_table_written_as_excel_writes_rows_keeps_the_notes_beside_it(path: Path) -> None:
    """Excel puts spans and a descent into every row; they say nothing and must not slow or break anything."""
    text = parts_of(path)[SHEET].decode()
    for row in (4, 5, 6):
        start = text.index(f'<row r="{row}"')
        edit_part(path, SHEET, text[start : text.index(">", start)], f'<row r="{row}" spans="1:9"')
    package = rewrite(path, orders(9))
    assert read_area(package, "Orders", "A5:I5")[0][0::8] == ["note left", "note right"]
    assert read_table(package, "tblOrders")[1] == orders(9)


def test_100_000_rows_are_written_and_read(tmp_path: Path) -> None:
    """The size of a large seller's 60 days: 13 columns as in the All Orders report."""
    path = tmp_path / "Big.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Orders")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    columns = [{"header": f"column {n}", "format": day if n == 1 else None} for n in range(13)]
    sheet.add_table(0, 0, 1, 12, {"name": "tbl", "columns": columns})
    book.close()
    rng = random.Random(3)
    start = datetime(2026, 8, 1)
    rows: list[list[object]] = [
        [f"{rng.randrange(1000):03d}-{rng.randrange(10**7):07d}-{n:07d}", start + timedelta(days=n % 60), "Shipped",
         "Amazon", "Amazon.com", "Standard", f"Mug & bowl {n % 500}", f"SKU-{n % 500}", f"B0{n % 500:08d}", "Shipped",
         1.0, None, "US"]
        for n in range(100_000)
    ]  # fmt: skip
    package = Package.open(path)
    began = time.process_time()
    write_table(package, "tbl", rows)
    written = time.process_time() - began
    began = time.process_time()
    _, read = read_table(package, "tbl")
    took = time.process_time() - began
    assert read == rows
    assert package.table("tbl").ref == "A1:M100001"
    # Several times what an idle computer takes, so that only a change of order of growth fails.
    assert written < 15
    assert took < 20
