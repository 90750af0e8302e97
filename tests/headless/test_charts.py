"""What charts keep of their cells. Expected caches: the cells' values, written out by hand."""

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from lxml import etree

from odr_xl.headless.charts import chart_references, update_charts
from odr_xl.headless.package import Package
from odr_xl.headless.recalculate import recalculate

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
Cache = tuple[str, str | None, int, dict[int, str]]


def book(fill: Callable[[xlsxwriter.Workbook], None]) -> Package:
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer)
    fill(made)
    made.close()
    return Package.from_bytes(buffer.getvalue())


def caches(package: Package, part: str = "xl/charts/chart1.xml") -> dict[str, Cache]:
    """By formula: kind of cache, format code, number of points, points."""
    found: dict[str, Cache] = {}
    for formula in etree.fromstring(package.parts[part]).iter(f"{C}f"):
        cache = formula.getnext()
        points = {int(point.get("idx")): point.findtext(f"{C}v") for point in cache.iter(f"{C}pt")}
        count = int(cache.find(f"{C}ptCount").get("val"))
        found[formula.text] = (etree.QName(cache).localname, cache.findtext(f"{C}formatCode"), count, points)
    return found


def trend(made: xlsxwriter.Workbook, values: str = "=Dash!$B$2:$B$4", categories: str = "=Dash!$A$2:$A$4") -> None:
    chart = made.add_chart({"type": "line"})
    chart.add_series({"name": "=Dash!$B$1", "categories": categories, "values": values})
    made.get_worksheet_by_name("Dash").insert_chart("D2", chart)


def dashboard(made: xlsxwriter.Workbook) -> None:
    sheet = made.add_worksheet("Dash")
    sheet.write("B1", "ODR")
    sheet.write_column("A2", [46023, 46030, 46037])
    sheet.write_formula("B2", "=DOUBLE(1)")
    sheet.write_formula("B3", "=B2/3")
    sheet.write_formula("B4", "=NA()")
    trend(made)


def test_a_chart_keeps_the_new_values_of_its_formulas() -> None:
    package = book(dashboard)
    result = recalculate(package, {"DOUBLE": lambda x: 2 * x})
    assert result.charts == 1
    # 2*1 = 2; 2/3 as the shortest decimal that reads back; errors stay in the cache, as Excel keeps them.
    assert caches(package)["Dash!$B$2:$B$4"] == ("numCache", "General", 3, {0: "2", 1: "0.6666666666666666", 2: "#N/A"})
    assert caches(package)["Dash!$A$2:$A$4"][3] == {0: "46023", 1: "46030", 2: "46037"}
    assert caches(package)["Dash!$B$1"] == ("strCache", None, 1, {0: "ODR"})


def test_a_chart_whose_values_stay_keeps_its_bytes() -> None:
    package = book(dashboard)
    recalculate(package, {"DOUBLE": lambda x: 2 * x})
    before = package.parts["xl/charts/chart1.xml"]
    assert recalculate(package, {"DOUBLE": lambda x: 2 * x}).charts == 0
    assert package.parts["xl/charts/chart1.xml"] == before


def test_number_formats_of_a_cache_stay() -> None:
    package = book(dashboard)
    part = "xl/charts/chart1.xml"
    recalculate(package, {"DOUBLE": lambda x: 2 * x})
    package.replace(part, package.parts[part].replace(b"General</c:formatCode>", b"0.00%</c:formatCode>"))
    recalculate(package, {"DOUBLE": lambda x: 3 * x})
    assert caches(package)["Dash!$B$2:$B$4"][1:] == ("0.00%", 3, {0: "3", 1: "1", 2: "#N/A"})


def test_categories_that_have_become_text_are_kept_as_text() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Dash")
        sheet.write("B1", "Defects")
        sheet.write_dynamic_array_formula("A2", "=CAUSES()")
        trend(made)

    package = book(fill)
    assert b"<c:numRef>" in package.parts["xl/charts/chart1.xml"].split(b"<c:val>")[0]  # XlsxWriter's guess
    recalculate(package, {"CAUSES": lambda: [["claim", 3.0], ["chargeback", 0.0], ["<other>", 7.5]]})
    assert caches(package)["Dash!$A$2:$A$4"] == ("strCache", None, 3, {0: "claim", 1: "chargeback", 2: "<other>"})
    assert caches(package)["Dash!$B$2:$B$4"][3] == {0: "3", 1: "0", 2: "7.5"}


@pytest.mark.parametrize("text", ["=OFFSET(Dash!$B$2,0,0,2,1)", "=_xlfn.ANCHORARRAY(Dash!$B$2)", "=Dash!$B$2:$B$3"])
def test_a_chart_of_a_name_follows_the_name(text: str) -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Dash")
        sheet.write_dynamic_array_formula("B2", "=RATES()")
        made.define_name("shown", text)
        trend(made, values="=Dash!shown")

    package = book(fill)
    recalculate(package, {"RATES": lambda: [[0.25], [0.5]]})
    assert caches(package)["Dash!shown"] == ("numCache", "General", 2, {0: "0.25", 1: "0.5"})


def test_values_of_several_areas_are_kept_one_after_the_other() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Dash")
        sheet.write_column("B2", [1, 2, 3])
        trend(made, values="=(Dash!$B$2,Dash!$B$4)")

    package = book(fill)
    recalculate(package, {})
    assert caches(package)["(Dash!$B$2,Dash!$B$4)"][2:] == (2, {0: "1", 1: "3"})


def test_a_reference_without_new_values_keeps_its_old_ones() -> None:
    package = book(dashboard)
    recalculate(package, {"DOUBLE": lambda x: 2 * x})
    before = caches(package)
    assert update_charts(package, {"Dash!$B$2:$B$4": None}) == 0
    assert caches(package) == before
    assert set(chart_references(package)) == {"Dash!$B$1", "Dash!$A$2:$A$4", "Dash!$B$2:$B$4"}
