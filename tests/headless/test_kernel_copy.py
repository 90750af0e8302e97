"""What the engine for native formulas is given: only the columns that native formulas refer to."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from lxml import etree

from odr_xl.headless.kernel_copy import kernel_copy, with_moment, worksheets
from odr_xl.headless.needed import NeededColumns
from odr_xl.headless.package import Package
from odr_xl.headless.references import Cell, Mentions, Place
from odr_xl.headless.shared import Formula


@pytest.fixture
def package() -> Package:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_chartsheet("Chart").set_chart(chart := book.add_chart({"type": "line"}))
    sheet = book.add_worksheet("Data")
    sheet.add_table("A1:C3", {"name": "tbl", "columns": [{"header": name} for name in ("id", "n", "note")]})
    sheet.write_row("A2", ["x<y", 1.5, "secret"])
    sheet.write_row("A3", ["#N/A", 2, "secret"])
    sheet.write_formula("E1", "=SUM(tbl[n])")
    sheet.write_formula("E2", "=ODR(tbl[#All])")
    chart.add_series({"values": "=Data!$B$2:$B$3"})
    book.close()
    return Package.from_bytes(buffer.getvalue(), "book.xlsx")


def cells(data: bytes, part: str) -> dict[str, tuple[str | None, str]]:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(part))
    return {cell.get("r"): (cell.get("t"), "".join(cell.itertext())) for cell in root.iter("{*}c")}


def test_only_needed_columns_and_native_formulas_are_copied(package: Package) -> None:
    needed = NeededColumns(["Chart", "Data"])
    needed.add(Mentions((Place("Data", Cell("Data", 2, 1).place.area),), anywhere=False))
    formulas = {
        Cell("Data", 1, 5): Formula("SUM(tbl[n])", "normal", "E1"),
        Cell("Data", 2, 5): Formula("ODR(tbl[#All])", "normal", "E2"),
    }
    data = kernel_copy(package, formulas, {Cell("Data", 2, 5)}, needed, ["scratch"])
    # Column A with its texts as texts (also one that reads like an error), E1 with any value, nothing of B, C and E2.
    assert cells(data, "xl/worksheets/sheet1.xml") == {
        "A1": ("inlineStr", "id"),
        "A2": ("inlineStr", "x<y"),
        "A3": ("inlineStr", "#N/A"),
        "E1": (None, "SUM(tbl[n])0"),
    }
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert "xl/worksheets/odr_xl_scratch1.xml" in names
    assert not any(name.startswith("xl/charts/") for name in names)


def test_a_sheet_nobody_refers_to_is_empty(package: Package) -> None:
    data = kernel_copy(package, {}, set(), NeededColumns(["Chart", "Data"]), [])
    assert cells(data, "xl/worksheets/sheet1.xml") == {}


def test_a_chart_sheet_has_no_cells(package: Package) -> None:
    assert [sheet.name for sheet in worksheets(package)] == ["Data"]


def test_a_formula_that_can_reach_anywhere_needs_every_column() -> None:
    needed = NeededColumns(["Data"])
    assert not needed.any("Data")
    needed.add(Mentions((), anywhere=True))
    area = Cell("Data", 1, 1).place.area._replace(right=4)
    assert needed.within("Data", area) == [1, 2, 3, 4]


def test_the_given_moment_replaces_the_clock_only_where_it_is_called() -> None:
    formula = 'TODAY()-15+NOW()&"TODAY()"'
    day = date(2026, 1, 31)
    assert with_moment(formula, day) == 'DATE(2026,1,31)-15+DATE(2026,1,31)&"TODAY()"'
    # 06:00 is 21,600 of a day's 86,400 seconds.
    assert with_moment("NOW()", datetime(2026, 1, 31, 6)) == "(DATE(2026,1,31)+21600/86400)"
    assert with_moment("TODAY", day) == "TODAY"
