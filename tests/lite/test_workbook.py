"""The workbook for xlwings Lite: the sheets, charts and values of the one with macros, and the add-in's settings."""

from __future__ import annotations

import io
import re
import shutil
import zipfile

import lite_places as paths
import pytest
from lxml import etree
from typer.testing import CliRunner

from odr_xl.cli import app
from odr_xl.errors import WorkbookError
from odr_xl.excel.build import AS_OF, LITE_WORKBOOKS
from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.lite.extension import PART, TASKPANES, add_extension, encoded, read_settings
from odr_xl.excel.lite.stored import STORED_NAMES, stored_formula
from odr_xl.excel.refresh import calculate_workbook, refresh_workbook
from odr_xl.excel.sheets.template import LITE_SHEETS
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet
from odr_xl.labels.lite import INSTEAD
from odr_xl.samples.shop import sample_reports

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OURS = re.compile(rf"(?<![\w.])({'|'.join(function.__name__ for function in FORMULAS)})\(")


@pytest.fixture(scope="module")
def classic():
    return Package.open(paths.WORKBOOK)


@pytest.fixture(scope="module")
def chinese():
    return Package.open(paths.FOLDER / LITE_WORKBOOKS["zh"])


def cells(package, name):
    """Cell elements of a sheet by address."""
    return {c.get("r"): c for c in etree.fromstring(package.parts[package.sheet(name).part]).iter(f"{MAIN}c")}


def values(package, name):
    sheet = Sheet(package, name)
    return {place: sheet.get(place) for place in cells(package, name)}


def test_sheets_are_those_of_the_workbook_with_macros_but_for_the_two_that_programs_read(lite_workbook, classic):
    names = [sheet.name for sheet in lite_workbook.sheets]
    assert tuple(names) == LITE_SHEETS
    assert [s.name for s in classic.sheets if s.name not in names] == ["xlwings.conf", "_IntelliSense_"]
    assert {sheet.state for sheet in lite_workbook.sheets} == {"visible"}


def test_charts_tables_and_names_are_the_same(lite_workbook, classic):
    for folder in ("xl/charts/", "xl/tables/"):
        ours, theirs = ({n: p.parts[n] for n in p.parts if n.startswith(folder)} for p in (lite_workbook, classic))
        assert ours == theirs
        assert ours
    assert lite_workbook.defined_names == classic.defined_names


def test_every_cell_has_the_value_of_the_workbook_with_macros_but_for_the_texts_that_differ(lite_workbook, classic):
    other = dict(INSTEAD)
    differing = set()
    for name in LITE_SHEETS:
        ours, theirs = values(lite_workbook, name), values(classic, name)
        assert ours.keys() == theirs.keys()
        for place, value in theirs.items():
            if ours[place] != value:
                assert ours[place] == other[value][0], (name, place)
                differing.add(value)
    # The others are buttons, a note, and a literal in a formula that the sample shop doesn't show.
    assert len(differing) >= 7


def test_there_is_no_macro_and_no_button(lite_workbook, classic):
    assert "xl/vbaProject.bin" in classic.parts
    assert not [name for name in lite_workbook.parts if "vba" in name.lower() or "ctrlProps" in name]
    drawings = b"".join(data for name, data in lite_workbook.parts.items() if "vmlDrawing" in name)
    assert b"ODR" not in drawings
    assert b'ObjectType="Button"' not in drawings
    assert b'ObjectType="Button"' in b"".join(d for name, d in classic.parts.items() if "vmlDrawing" in name)
    assert b"macroEnabled" not in lite_workbook.parts["[Content_Types].xml"]
    text = b"".join(lite_workbook.parts.values())
    assert [word for word in (b"Click Refresh", b"Click Recalculate", b"after Recalculate") if word in text] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_text_that_lite_says_in_other_words_is_said(language, lite_workbook, chinese, classic):
    package = lite_workbook if language == "en" else chinese
    shown = etree.fromstring(package.parts["xl/sharedStrings.xml"]).itertext()
    notes = b"".join(d for name, d in package.parts.items() if "comments" in name or "sheet" in name).decode()
    shown = {*shown, *re.findall(r">([^<>]+)<", notes)}
    said = [pair[language == "zh"] for pair in INSTEAD.values()]
    assert [text for text in said if text and not any(text in other for other in shown)] == []
    texts = b"".join(classic.parts[n] for n in classic.parts if "vmlDrawing" in n or n.startswith("xl/sharedS")
                     or "comments" in n or "sheet" in n).decode()  # fmt: skip
    unescaped = texts.replace("&gt;", ">").replace("&amp;", "&")
    assert [text for text in INSTEAD if text not in unescaped] == []


def test_every_formula_is_stored_as_lite_stores_it_and_may_spill(lite_workbook):
    found = 0
    for name in LITE_SHEETS:
        for place, cell in cells(lite_workbook, name).items():
            formula = cell.find(f"{MAIN}f")
            if formula is None or not formula.text:
                continue
            assert not OURS.search(formula.text), (name, place)
            if "_xldudf_" in formula.text:
                found += 1
                assert (formula.get("t"), cell.get("cm")) == ("array", "1"), (name, place)
                assert cell.findtext(f"{MAIN}v") is not None, (name, place)
    # The 40 of the workbook with macros that begin with one of our formulas (tests/excel/test_build.py) and those that
    # have one inside.
    assert found >= 40
    elsewhere = [n for n in lite_workbook.parts if b"_xldudf_" in lite_workbook.parts[n] and "worksheets" not in n]
    assert elsewhere == [PART]


@pytest.mark.parametrize(
    ("formula", "stored"),
    [
        ("ODR(A1:B9)", "_xldudf_ODR(A1:B9)"),
        ("odr( A1:B9 )", "_xldudf_ODR( A1:B9 )"),
        ("_xldudf_ODR(A1)", "_xldudf_ODR(A1)"),
        ('"ODR("&ODR(A1)&ODR', '"ODR("&_xldudf_ODR(A1)&ODR'),
        ("_xlfn.IFNA(ODR_BY(ODR_DAYS(A1),,\"sku\"),1)", '_xlfn.IFNA(_xldudf_ODR_BY(_xldudf_ODR_DAYS(A1),,"sku"),1)'),
        ("SUM(ODR60)+MYODR(1)+'ODR (2)'!A1", "SUM(ODR60)+MYODR(1)+'ODR (2)'!A1"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_our_functions_names_change(formula, stored):
    assert stored_formula(formula) == stored


def test_calculating_the_workbook_without_excel_changes_nothing_and_keeps_the_add_in(tmp_path):
    copy = tmp_path / "lite.xlsx"
    shutil.copy(paths.LITE, copy)
    calculation = calculate_workbook(copy)
    assert calculation.failures == ()
    assert calculation.cells > 10_000
    assert calculation.changed == 0
    assert copy.read_bytes() == paths.LITE.read_bytes()


def test_a_new_workbook_filled_by_the_refresh_has_the_values_of_the_committed_one(tmp_path):
    path, reports = tmp_path / "mine.xlsx", tmp_path / "reports"
    assert CliRunner().invoke(app, ["new", str(path)]).exit_code == 0
    before = Package.open(path)
    reports.mkdir()
    shop = sample_reports(AS_OF)
    for name, content in shop.items():
        (reports / name).write_bytes(content)
    # In the order of the build: the rows of the input sheets stand in that of the files.
    refresh_workbook(path, [reports / name for name in shop], as_of=AS_OF)
    after, committed = Package.open(path), Package.open(paths.LITE)
    assert read_settings(after) == read_settings(before)
    assert b"_xldudf_ODR_DAYS(" in after.parts[after.sheet("Days").part]
    for name in LITE_SHEETS:
        assert values(after, name) == values(committed, name), name


def test_new_refuses_a_name_that_is_neither_kind_of_workbook(tmp_path):
    done = CliRunner().invoke(app, ["new", str(tmp_path / "mine.xls")])
    assert done.exit_code != 0
    assert ".xlsx for xlwings Lite" in str(done.exception)


def test_settings_are_those_of_the_add_in(lite_workbook, chinese):
    for package in (lite_workbook, chinese):
        settings = read_settings(package)
        assert list(settings) == ["main.py", "requirements.txt", "pyodideVersion", "addinVersion"]
        assert settings == read_settings(lite_workbook)
    raw = lite_workbook.parts[PART].decode()
    # As Excel writes them: JSON, "/" as "\/", and XML's own escapes; no line break within an attribute.
    assert 'name="requirements.txt" value="&quot;numpy\\npandas\\ntzdata\\nxlwings==0.37.8\\n&quot;"' in raw
    assert len(raw.splitlines()) == 2
    assert set(re.findall(r"<we:customFunctionIds>(\w+)<", raw)) == set(STORED_NAMES)


def test_parts_lead_to_each_other_and_each_has_its_type(lite_workbook):
    (pane,) = (r for r in lite_workbook.relationships("") if r.kind == "webextensiontaskpanes")
    assert pane.target == TASKPANES
    (extension,) = lite_workbook.relationships(TASKPANES)
    assert (extension.kind, extension.target) == ("webextension", PART)
    types = lite_workbook.parts["[Content_Types].xml"].decode()
    assert f'PartName="/{TASKPANES}" ContentType="application/vnd.ms-office.webextensiontaskpanes+xml"' in types
    assert f'PartName="/{PART}" ContentType="application/vnd.ms-office.webextension+xml"' in types
    panes = etree.fromstring(lite_workbook.parts[TASKPANES])
    assert panes[0].get("visibility") == "0"


def test_any_value_comes_back_from_the_settings(tmp_path):
    with zipfile.ZipFile(paths.WORKBOOK) as archive:
        assert PART not in archive.namelist()
    package = Package.open(paths.WORKBOOK)
    with pytest.raises(WorkbookError, match="no workbook for xlwings Lite"):
        read_settings(package)
    odd = {"main.py": 'a/b\\n"c" <d> & é 数\n\t\u2028', "an object": {"startupBehavior": "taskpane", "n": [1, None]}}
    add_extension(package, odd, ["_xldudf_ODR"])
    again = Package.from_bytes(package.to_bytes())
    assert read_settings(again) == odd
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as archive:
        assert archive.testzip() is None
    with pytest.raises(WorkbookError, match="already"):
        add_extension(again, odd, [])


def test_slashes_are_written_as_excel_writes_them():
    assert encoded("a/b") == '"a\\/b"'


@pytest.mark.parametrize("language", ["en", "zh"])
def test_file_is_small_enough_to_send(language):
    # 0.7 MB when this was written, of which the package is a third.
    assert (paths.FOLDER / LITE_WORKBOOKS[language]).stat().st_size < 1_000_000
