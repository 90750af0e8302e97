"""LibreOffice as a witness: another spreadsheet program, with our formulas in it, gets the numbers that we stored.

The copy that LibreOffice opens holds no result of any formula (`qualify`), so each number it reports was calculated.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import plain_formulas
import pytest
import xlsxwriter
from addin import CalcName
from compare import differences
from office import REMEDY, ROOT, Office, find_programs, open_office
from qualify import qualify
from stored import StoredSheet, read_stored

WORKBOOK = ROOT / "workbook" / "ODR.xlsm"
SHEETS = (
    "Start", "Dashboard", "Listings", "Reconcile", "Defects", "Days", "Trend", "Drivers", "Forecast", "Actions", "Plan",
    "Appeals", "Replies", "Alerts", "SelfTest", "Settings",
)  # fmt: skip


@pytest.fixture(scope="module")
def cache(pytestconfig) -> Path:
    return pytestconfig.cache.mkdir("libreoffice")


@pytest.fixture(scope="module")
def programs(require):
    found = find_programs()
    require("libreoffice", found, REMEDY)
    return found


@pytest.fixture(scope="module")
def plain_office(programs, cache) -> Office:
    with open_office(plain_formulas.FORMULAS, programs, cache, [Path(__file__).parent]) as office:
        yield office


@pytest.fixture(scope="module")
def small_book(tmp_path_factory) -> Path:
    """A table with a blank, a spill, a spill reference, and each way to leave an argument out."""
    path = tmp_path_factory.mktemp("books") / "small.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, out = book.add_worksheet("Input"), book.add_worksheet("It's out")
        columns = [{"header": name} for name in ("id", "n", "mark")]
        rows = [["a", 1, True], ["b", None, ""]]
        sheet.add_table("A1:C3", {"name": "tblInput", "columns": columns, "data": rows})
        out.write_formula("A1", "=KINDS(tblInput[#All])")
        out.write_formula("A2", '=KINDS(Input!A2:B2,,"amazon")')
        out.write_formula("A3", "=KINDS(tblInput)")
        out.write_formula("A4", '=IFERROR(ODR_LIKE(-1),"caught")&"KINDS("&ODR_LIKE(2)')
        out.write_formula("A5", "=ODR_LIKE(-1)")
        out.write_dynamic_array_formula("A7:D8", "=TABLE_OF_ALL(tblInput[#All])", None, "wrong")
        out.write_formula("A6", "=KINDS(Input!F1:H1)")
        sheet.write_formula("G1", "=1/0")
        out.write_formula("A10", "=ROWS(_xlfn.ANCHORARRAY(A7))", None, 99)
        sheet.write_formula("F1", "=COLUMNS(_xlfn.ANCHORARRAY('It''s out'!$A$7))")
    return path


def test_functions_get_and_give_what_they_do_in_excel(plain_office, small_book):
    # Hand-made: header and two rows of three; TRUE is 1 to Calc, a blank None, a missing argument None.
    told = plain_office.ask(small_book, ["Input", "It's out"]).sheets
    assert told["It's out"] == {
        "A1": "Input!A1 str,str,str,str,float,float,str,NoneType,NoneType | None | None",
        "A2": "Input!A2 str,float | None | 'amazon'",
        "A3": "Input!A2 str,float,float,str,NoneType,NoneType | None | None",
        "A4": "caughtKINDS(2",
        "A5": "#VALUE!",
        "A6": "Input!F1 float,str,NoneType | None | None",
        **{"A7": "rows", "B7": "date", "C7": "error", "D7": "blank"},
        **{"A8": 3.0, "B8": 46295.0, "C8": "#N/A"},  # 2026-09-30 is serial 46295
        "A10": 2.0,
    }
    assert told["Input"]["F1"] == 4.0


def test_mistake_inside_a_formula_is_told_and_no_cell_error(plain_office, tmp_path):
    path = tmp_path / "broken.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_formula("A1", "=IFERROR(BROKEN(1),0)")
    with pytest.raises(RuntimeError, match="BROKEN: Traceback"):
        plain_office.ask(path, ["Sheet1"])


def test_copy_holds_no_result_of_a_formula(small_book, tmp_path):
    copy = tmp_path / "copy.xlsx"
    qualify(small_book, copy, {"KINDS": CalcName("FULL.KINDS", 3)})
    sheet = read_stored(copy)["It's out"]
    assert sheet.formulas == {"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A10"}
    assert sheet.values == {}
    typed = {"A1": "id", "B1": "n", "C1": "mark", "A2": "a", "B2": 1.0, "C2": 1.0, "A3": "b"}
    assert read_stored(copy)["Input"].values == typed


def test_names_are_qualified_in_code_and_left_alone_in_texts(small_book, tmp_path):
    copy = tmp_path / "copy.xlsx"
    qualify(small_book, copy, {"KINDS": CalcName("FULL.KINDS", 3), "ODR_LIKE": CalcName("FULL.ODRLIKE", 1)})
    xml = zipfile.ZipFile(copy).read("xl/worksheets/sheet2.xml").decode()
    assert "<f>FULL.KINDS(tblInput[[#All]],,)</f>" in xml
    assert "<f>FULL.KINDS(tblInput[[#Data]],,)</f>" in xml
    assert '"caught")&amp;"KINDS("&amp;FULL.ODRLIKE(2)' in xml
    assert ">ROWS(A7:D8)</f>" in xml


def test_an_array_of_ours_has_texts_that_calc_made_itself(small_book, tmp_path):
    copy = tmp_path / "copy.xlsx"
    qualify(small_book, copy, {"TABLE_OF_ALL": CalcName("FULL.TABLE", 1)})
    call = "FULL.TABLE(tblInput[[#All]])"
    xml = zipfile.ZipFile(copy).read("xl/worksheets/sheet2.xml").decode()
    assert f'>IF(ISTEXT({call}),{call}&amp;"",{call})</f>' in xml


@pytest.mark.parametrize(
    ("stored", "told", "count"),
    [
        ({"A1": 0.1}, {"A1": 0.1 + 1e-15}, 0),
        ({"A1": 0.1}, {"A1": 0.1 + 1e-9}, 1),
        ({"A1": "1"}, {"A1": 1.0}, 1),
        ({"A1": "#N/A"}, {}, 1),
        ({}, {"B2": "new"}, 1),
    ],
)
def test_a_difference_of_any_kind_is_seen(stored, told, count):
    assert len(differences(stored, told)) == count


@pytest.fixture(scope="module")
def accounts(programs, cache) -> tuple[dict[str, StoredSheet], dict[str, dict[str, float | str]]]:
    """What the workbook stores, and what LibreOffice calculates with our formulas."""
    from odr_xl.excel.functions import FORMULAS

    with open_office(FORMULAS, programs, cache) as office:
        return read_stored(WORKBOOK), office.ask(WORKBOOK, SHEETS).sheets


@pytest.mark.parametrize("sheet", SHEETS)
def test_libreoffice_calculates_every_stored_value(accounts, sheet):
    stored, told = accounts[0][sheet], accounts[1][sheet]
    calculated = stored.formulas & stored.values.keys()
    assert calculated, f"{sheet} stores no result of a formula, so nothing could be compared."
    assert differences(stored.values, told) == []


def test_pictures_of_every_visible_sheet_are_drawn(programs, cache, require, small_book, tmp_path):
    from render import render

    require("libreoffice", shutil.which("pdftoppm"), REMEDY)
    with open_office(plain_formulas.FORMULAS, programs, cache, [Path(__file__).parent]) as office:
        pictures = render(office, small_book, tmp_path)
    assert [picture.name for picture in pictures] == ["1 Input.png", "2 It's out.png"]
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
