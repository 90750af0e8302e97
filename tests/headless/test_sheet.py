"""One worksheet edited: values, styles, formulas and arrays, read back by openpyxl and calamine."""

from __future__ import annotations

import math
from datetime import date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from books import edit_part, rich_workbook
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from odr_xl.errors import WorkbookError
from odr_xl.headless.address import Area, column_letters, column_number, parse_cell
from odr_xl.headless.grid import read_area, used_area
from odr_xl.headless.markup import parse
from odr_xl.headless.package import Package
from odr_xl.headless.shared import Formula, shift
from odr_xl.headless.sheet import Sheet
from odr_xl.headless.values import ErrorValue, content, escape_text, from_serial, to_serial, unescape_text

DASHBOARD = "xl/worksheets/sheet2.xml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rich_workbook(tmp_path / "ODR.xlsx")


def dashboard(path: Path) -> Sheet:
    return Sheet(Package.open(path), "Dashboard")


def save(sheet: Sheet, path: Path) -> None:
    sheet.commit()
    sheet.package.save(path, backup=False)


def cell_xml(sheet: Sheet, ref: str) -> str:
    """The cell as the committed part writes it, without its namespace."""
    sheet.commit()
    text = sheet.package.parts[sheet.part].decode("utf-8")
    start = text.index(f'<c r="{ref}"')
    return text[start : text.index("</c>", start) + 4]


# -- values --------------------------------------------------------------------------------------------------

# Serials by Excel (ECMA-376 18.17.4.1): 1 January 1900 is 1, 1 March 1900 is 61, 1 August 2026 is 46235.
SERIALS = [
    (date(1900, 1, 1), 1), (date(1900, 2, 28), 59), (date(1900, 3, 1), 61), (date(2026, 8, 1), 46235),
    (datetime(2026, 8, 1, 18, 0), 46235.75),
]  # fmt: skip


@pytest.mark.parametrize(("moment", "serial"), SERIALS)
def test_dates_are_excels_serials(moment: date, serial: float) -> None:
    assert to_serial(moment) == serial
    back = from_serial(serial)
    assert back == (moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day))


def test_dates_from_1904_are_1462_less() -> None:
    """Excel's own difference between its two date systems: 1,462 days."""
    assert to_serial(date(2026, 8, 1), date1904=True) == 46235 - 1462
    assert from_serial(46235 - 1462, date1904=True) == datetime(2026, 8, 1)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "", ""), (float("nan"), "", ""), (pd.NaT, "", ""), (np.float64("nan"), "", ""),
        (True, "b", "1"), (np.bool_(False), "b", "0"), (1, "n", "1"), (1.0, "n", "1"), (0.1, "n", "0.1"),
        (np.float64(0.01), "n", "0.01"), (np.int64(7), "n", "7"), (1e300, "n", "1e+300"), (math.inf, "e", "#NUM!"),
        ("#N/A", "e", "#N/A"), ("#SPILL!", "e", "#VALUE!"), ("#1 seller", "str", "#1 seller"), ("", "str", ""),
        (pd.Timestamp("2026-08-01"), "n", "46235"),
    ],
)  # fmt: skip
def test_every_kind_of_value_has_its_content(value: object, kind: str, text: str) -> None:
    assert content(value) == (kind, text)


def test_a_list_is_no_cell_value() -> None:
    with pytest.raises(TypeError, match="a cell can't hold a list"):
        content([1])


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_escaped_text_is_valid_xml_and_reads_back(text: str) -> None:
    escaped = escape_text(text)
    assert unescape_text(escaped) == text
    assert all(c in "\t\n" or ("\x20" <= c <= "\ud7ff") or ("\ue000" <= c <= "\ufffd") or c > "\uffff" for c in escaped)


def test_text_longer_than_a_cell_is_cut_with_an_ellipsis() -> None:
    """Excel's limit: 32,767 UTF-16 units; an emoji takes two, and is never cut in half."""
    assert escape_text("x" * 32_767) == "x" * 32_767
    assert escape_text("x" * 32_768) == "x" * 32_766 + "…"
    assert escape_text("😀" * 20_000) == "😀" * 16_383 + "…"


# -- cells ---------------------------------------------------------------------------------------------------


def test_a_result_keeps_the_cells_formula_and_style(path: Path) -> None:
    sheet = dashboard(path)
    style = openpyxl.load_workbook(path)["Dashboard"]["B2"].number_format
    sheet.set_value("B2", 0.0125)
    sheet.set_value("C2", "OK & <well>")
    formula = '<f>IF(B2&lt;0.01,"OK","At risk")</f>'
    assert cell_xml(sheet, "C2") == f'<c r="C2" t="str">{formula}<v>OK &amp; &lt;well&gt;</v></c>'
    save(sheet, path)
    formulas = openpyxl.load_workbook(path)["Dashboard"]
    values = openpyxl.load_workbook(path, data_only=True)["Dashboard"]
    assert (formulas["B2"].value, formulas["B2"].number_format) == ("=ODR(tblOrders[#All])", style)
    assert (values["B2"].value, values["C2"].value) == (0.0125, "OK & <well>")


def test_text_never_becomes_a_formula(path: Path) -> None:
    sheet = dashboard(path)
    sheet.set_value("D3", "=cmd|' /C calc'!A0")
    assert cell_xml(sheet, "D3") == """<c r="D3" t="inlineStr"><is><t>=cmd|' /C calc'!A0</t></is></c>"""
    save(sheet, path)
    cell = openpyxl.load_workbook(path)["Dashboard"]["D3"]
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")


def test_values_of_every_kind_read_back(path: Path) -> None:
    sheet = dashboard(path)
    odd = "tab\tbell\x07 _x0041_ \r"
    written = {"D4": 1.5, "D5": True, "D6": " spaces \n", "D7": "#N/A", "D8": odd, "D9": "日本語 😀"}
    for ref, value in written.items():
        sheet.set_value(ref, value)
    assert {ref: sheet.get(ref) for ref in written} == written
    save(sheet, path)
    again = dashboard(path)
    assert {ref: again.get(ref) for ref in written} == written
    assert isinstance(again.get("D7"), ErrorValue)
    other = CalamineWorkbook.from_path(path).get_sheet_by_name("Dashboard").to_python(skip_empty_area=False)
    assert [row[3] for row in other[3:9]] == [1.5, True, " spaces \n", "", written["D8"], "日本語 😀"]


def test_a_date_in_a_date_style_reads_as_a_datetime_when_asked(path: Path) -> None:
    sheet = Sheet(Package.open(path), "orders")
    sheet.set_value("C4", date(2026, 8, 1))
    assert sheet.get("C4") == 46235.0
    assert sheet.get("C4", dates=True) == datetime(2026, 8, 1)


def test_setting_what_is_there_changes_nothing(path: Path) -> None:
    sheet = dashboard(path)
    for ref, value in {"B2": 0.01, "C2": "At risk", "D2": "=not a formula", "Z99": None}.items():
        sheet.set_value(ref, value)
    assert not sheet.commit()
    assert sheet.package.changed == frozenset()


def test_clearing_keeps_formula_and_style(path: Path) -> None:
    sheet = dashboard(path)
    sheet.clear("B2")
    assert sheet.get("B2") is None
    save(sheet, path)
    assert openpyxl.load_workbook(path)["Dashboard"]["B2"].value == "=ODR(tblOrders[#All])"


def test_new_cells_and_rows_come_in_order_and_the_dimension_grows(path: Path) -> None:
    sheet = dashboard(path)
    for ref in ("A30", "AA30", "B30", "A1", "E2", "A2", "A20"):
        sheet.set_value(ref, ref)
    save(sheet, path)
    root = parse(Package.open(path).parts[DASHBOARD], "Dashboard")
    rows = root.findall(".//{*}row")
    numbers = [int(row.get("r", "0")) for row in rows]
    assert numbers == sorted(set(numbers))
    for row in rows:
        columns = [parse_cell(cell.get("r", ""))[1] for cell in row]
        assert columns == sorted(set(columns))
    assert root.find("{*}dimension").get("ref") == "A1:AA30"  # type: ignore[union-attr]


def test_rich_value_metadata_of_an_old_value_goes(path: Path) -> None:
    edit_part(path, DASHBOARD, '<c r="C2" t="str">', '<c r="C2" t="e" vm="1">')
    sheet = dashboard(path)
    sheet.set_value("C2", "OK")
    assert cell_xml(sheet, "C2").startswith('<c r="C2" t="str"><f>')


# -- formulas and arrays -------------------------------------------------------------------------------------


def test_formulas_tell_their_kind(path: Path) -> None:
    formulas = dashboard(path).formulas()
    assert formulas[2, 2] == Formula("ODR(tblOrders[#All])", "normal", "B2")
    assert formulas[9, 1] == Formula("DEFECT_BREAKDOWN(tblOrders[#All])", "array", "A9:B11", dynamic=True)
    assert Sheet(Package.open(path), "xlwings.conf").formulas() == {}


def test_a_shared_formula_is_written_out_for_each_cell(path: Path) -> None:
    """As Excel stores =A20*$B$1 filled from C20 to C22: the text once, then references to it."""
    edit_part(
        path, DASHBOARD, "</sheetData>",
        '<row r="20"><c r="C20"><f t="shared" ref="C20:C22" si="0">A20*$B$1+SUM(tbl[a1],\'B2\'!A1)</f></c></row>'
        '<row r="21"><c r="C21"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="22"><c r="C22"><f t="dataTable" ref="C22" r1="A1"/><v>2</v></c></row></sheetData>',
    )  # fmt: skip
    formulas = dashboard(path).formulas()
    assert formulas[20, 3] == Formula("A20*$B$1+SUM(tbl[a1],'B2'!A1)", "shared", "C20")
    assert formulas[21, 3] == Formula("A21*$B$1+SUM(tbl[a1],'B2'!A2)", "shared", "C21")
    assert (22, 3) not in formulas


# By Excel's rules for filling a formula one row down and one column right.
SHIFTED = [
    ("A1+$A1+A$1+$A$1", "B2+$A2+B$1+$A$1"),
    ("SUM(A:A,$B:C,1:1,$2:3)", "SUM(B:B,$B:D,2:2,$2:4)"),
    ('"A1"&\'A1 "x"\'!B2&Sheet1!C3', '"A1"&\'A1 "x"\'!C3&Sheet1!D4'),
    ("tblA1[A1]+tbl[[#This Row],[B'[2]]]+LOG10(A1)", "tblA1[A1]+tbl[[#This Row],[B'[2]]]+LOG10(B2)"),
    ("1E5+A1:B2+XFD1+Q4_total+x.A1", "1E5+B2:C3+#REF!+Q4_total+x.A1"),
    ("_xlfn.ANCHORARRAY(A9)+'It''s'!A1", "_xlfn.ANCHORARRAY(B10)+'It''s'!B2"),
    ("ABCD1+XFE1+A1048577+TRUE", "ABCD1+XFE1+A1048577+TRUE"),
    ("A1048576", "#REF!"),
]


@pytest.mark.parametrize(("formula", "expected"), SHIFTED)
def test_filling_down_and_right_moves_relative_references_only(formula: str, expected: str) -> None:
    assert shift(formula, 1, 1) == expected


def test_shifting_agrees_with_openpyxls_translator() -> None:
    """openpyxl has a translator of its own, written from other sources."""
    from openpyxl.formula.translate import Translator

    formulas = ("SUM(A1:$B$3)*IF(C2>0,D$4,$E5)", 'COUNTIFS(Orders!$A:$A,A2,Orders!B:B,">"&C$1)', "'A b'!C3&\"A1\"")
    for formula in formulas:
        expected = Translator("=" + formula, origin="C3").translate_formula("E8")
        assert "=" + shift(formula, 5, 2) == expected


def test_a_spill_grows_and_shrinks(path: Path) -> None:
    sheet = dashboard(path)
    sheet.set_array_ref("A9", "A9:C12")
    block = [["cause", "orders", "rate"], ["a_to_z_claim", 1.0, 0.1], ["chargeback", 0.0, None], ["total", 1.0, "#N/A"]]
    sheet.write_block(9, 1, block)
    # A spilled text is a result: Excel keeps it as t="str", unlike a typed text.
    assert cell_xml(sheet, "A10") == '<c r="A10" t="str"><v>a_to_z_claim</v></c>'
    save(sheet, path)
    read = openpyxl.load_workbook(path, data_only=True)["Dashboard"]
    assert [[read.cell(9 + r, 1 + c).value for c in range(3)] for r in range(4)] == block
    sheet = dashboard(path)
    assert sheet.formulas()[9, 1].ref == "A9:C12"
    sheet.clear_block(9, 1, 12, 3)
    sheet.set_array_ref("A9", "A9")
    sheet.set_value("A9", "none")
    save(sheet, path)
    assert dashboard(path).formulas()[9, 1] == Formula("DEFECT_BREAKDOWN(tblOrders[#All])", "array", "A9", dynamic=True)
    assert read_area(Package.open(path), "Dashboard", "A9:C12") == [["none", None, None]] + [[None] * 3] * 3


def test_an_array_ref_belongs_to_an_array_formula(path: Path) -> None:
    sheet = dashboard(path)
    with pytest.raises(ValueError, match="Dashboard!B2 has no array formula"):
        sheet.set_array_ref("B2", "B2:B3")
    with pytest.raises(ValueError, match="A8:B9 doesn't start at A9"):
        sheet.set_array_ref("A9", "A8:B9")


# -- parts written in other ways -----------------------------------------------------------------------------


def test_a_part_with_prefixes_comments_and_unnumbered_cells_is_understood(tmp_path: Path) -> None:
    """ECMA-376 lets a writer use a prefix and leave the addresses out; Open XML SDK programs do the first."""
    path = rich_workbook(tmp_path / "ODR.xlsx")
    package = Package.open(path)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package.replace(
        "xl/worksheets/sheet3.xml",
        f'<x:worksheet xmlns:x="{main}"><!--a--><x:sheetData><!--</row>--><x:row><x:c><x:v>1</x:v></x:c><x:c t="str">'
        '<x:v><![CDATA[</row>]]></x:v></x:c></x:row><x:row r="3"><x:c r="B3"><x:v>4</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>".encode(),
    )  # fmt: skip
    assert read_area(package, "xlwings.conf", "A1:B3") == [[1.0, "</row>"], [None, None], [None, 4.0]]
    sheet = Sheet(package, "xlwings.conf")
    sheet.set_value("C1", 9)
    sheet.commit()
    assert read_area(package, "xlwings.conf", "A1:C3") == [[1.0, "</row>", 9.0], [None] * 3, [None, 4.0, None]]
    package.save(path)
    assert openpyxl.load_workbook(path)["xlwings.conf"]["B1"].value == "</row>"


def test_namespaces_that_a_sheet_declares_stay(path: Path) -> None:
    before = Package.open(path).parts["xl/worksheets/sheet1.xml"]
    assert b"x14:dataBar" in before  # the data bar of Excel 2010 lives in an extension
    sheet = Sheet(Package.open(path), "Orders")
    sheet.set_value("K5", 1)
    sheet.commit()
    after = sheet.package.parts[sheet.part]
    assert after.replace(b'<c r="K5"><v>1</v></c>', b"").count(b"<") == before.count(b"<")
    assert after[after.index(b"</sheetData>") :] == before[before.index(b"</sheetData>") :].rstrip(b"\n")


def test_a_damaged_sheet_is_named(path: Path) -> None:
    package = Package.open(path)
    package.replace(DASHBOARD, b"<worksheet><sheetData>")
    with pytest.raises(WorkbookError, match=r"Sheet Dashboard in the workbook is damaged\."):
        Sheet(package, "Dashboard")


# -- values of whole sheets ----------------------------------------------------------------------------------


def test_a_range_reads_in_the_shape_that_excel_gives(path: Path) -> None:
    package = Package.open(path)
    assert read_area(package, "Orders", "B4:G6") == [
        ["114-1000001-0000001", datetime(2026, 7, 1), "MUG-RED", 1.0, True, 0.5],
        ["114-1000002-0000002", datetime(2026, 7, 2), "MUG-BLUE", 2.0, None, 1.0],
        ["114-1000003-0000003", datetime(2026, 7, 3), "a & b <c>", 3.0, False, 1.5],
    ]
    assert used_area(package, "Orders") == Area.parse("A1:I40")
    assert used_area(package, "xlwings.conf") is None
    assert read_area(package, "xlwings.conf", "A1:B1") == [[None, None]]
    assert len(read_area(package, "Orders", "B:C")) == 40


def test_errors_are_read_where_they_stand(path: Path) -> None:
    sheet = dashboard(path)
    sheet.set_value("H50", "#DIV/0!")
    sheet.commit()
    (row,) = read_area(sheet.package, "Dashboard", "G50:H50")
    assert row == [None, "#DIV/0!"]
    assert isinstance(row[1], ErrorValue)


def test_a_stray_cell_in_the_last_corner_costs_no_memory(path: Path) -> None:
    """A full rectangle up to XFD1048576 would be 17 thousand million cells; both ways of reading agree on the rest."""
    package = Package.open(path)
    usual = read_area(package, "Orders", "A1:J45")
    sheet = Sheet(package, "Orders")
    sheet.set_value("XFD1048576", 1)
    sheet.commit()
    assert read_area(package, "Orders", "A1:J45") == usual
    assert read_area(package, "Orders", "XFC1048576:XFD1048576") == [[None, 1.0]]


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 16_384))
def test_column_letters_read_back(column: int) -> None:
    assert column_number(column_letters(column)) == column


@pytest.mark.parametrize("ref", ["", "A", "1", "A0", "XFE1", "A1048577", "A1B", "A１"])
def test_what_is_no_cell_is_refused(ref: str) -> None:
    with pytest.raises(ValueError, match="is no "):
        parse_cell(ref)
