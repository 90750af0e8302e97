"""Help in the function wizard, read back from the built workbook. Nobody tried it in Microsoft Excel here."""

from __future__ import annotations

import inspect
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from openpyxl.packaging.workbook import WorkbookPackage
from vba_structure import macros

from odr_xl.errors import UsageError
from odr_xl.excel import help as workbook_help
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.refresh import calculate_workbook, refresh_workbook
from odr_xl.excel.sheets import template
from odr_xl.samples import sample_reports

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
EXTENSION = "{8193D73E-4604-4355-AFF4-8A2333D13BE4}"  # [MS-OFFMACRO2] 2.2.2.1.1
# CT_Workbook, ECMA-376 18.2.27.
ORDER = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]


def part(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/workbook.xml")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("help") / "ODR.xlsm"
    template.build_workbook(path)
    return path


@pytest.fixture(scope="module")
def workbook(path: Path) -> etree._Element:
    return etree.fromstring(part(path))


@pytest.fixture(scope="module")
def named(workbook: etree._Element) -> list[etree._Element]:
    """The elements that describe a function, one each."""
    (extension,) = [e for e in workbook.iterfind(f"{MAIN}extLst/{MAIN}ext") if e.get("uri") == EXTENSION]
    (names,) = extension
    assert names.tag == f"{X14}definedNames"
    return list(names.iterfind(f"{X14}definedName"))


def test_every_formula_has_one_text_for_each_argument_in_order(named: list[etree._Element]) -> None:
    assert sorted(name.get("name") for name in named) == sorted(function.__name__ for function in FORMULAS)
    functions = {function.__name__: function for function in FORMULAS}
    for name in named:
        arguments = list(inspect.signature(functions[name.get("name")]).parameters)
        (group,) = name
        assert group.tag == f"{X14}argumentDescriptions"
        assert {each.tag for each in group} == {f"{X14}argumentDescription"}
        # Indexes count from 0 and are lower than the count, which is 60 at most: [MS-OFFMACRO2] 2.2.5.4, 2.2.5.5.
        assert [each.get("index") for each in group] == [str(i) for i in range(len(arguments))]
        assert group.get("count") == str(len(arguments))
        assert 1 <= len(arguments) <= 60
        assert [each.text for each in group] == [ARGUMENT_HELP[argument] for argument in arguments]


def test_a_text_fits_what_excel_keeps_and_is_nothing_that_it_would_read_as_an_escape(
    named: list[etree._Element],
) -> None:
    texts = [each.text or "" for name in named for each in name.iter(f"{X14}argumentDescription")]
    assert max(map(len, texts)) <= 255  # [MS-OFFMACRO2] 2.2.5.5
    # ST_Xstring (ECMA-376 22.9.2.19) reads _x0041_ as a letter; blanks at an end would need xml:space.
    assert [text for text in texts if text != text.strip() or re.search("_x[0-9A-Fa-f]{4}_", text)] == []


def test_what_is_described_is_a_function_of_the_vba_project(path: Path, named: list[etree._Element]) -> None:
    """[MS-OFFMACRO2] 2.2.5.3 asks for this, or for a defined name; there is none, as in files that Excel saved."""
    modules = macros(path.name, path.read_bytes())
    for name in named:
        found = re.findall(rf"(?m)^Function {name.get('name')}\((.*)\)$", "\n".join(modules.values()))
        (arguments,) = [each.replace("Optional ", "").split(", ") for each in found]
        assert len(arguments) == len(list(name.iter(f"{X14}argumentDescription")))
    defined = etree.fromstring(part(path)).iterfind(f"{MAIN}definedNames/{MAIN}definedName")
    assert {each.get("name") for each in defined}.isdisjoint(name.get("name") for name in named)


def test_the_formulas_are_in_a_group_of_their_own(path: Path, workbook: etree._Element) -> None:
    (groups,) = workbook.iterfind(f"{MAIN}functionGroups")
    assert [group.get("name") for group in groups] == ["Amazon ODR"]
    # Excel's own groups have the numbers up to the count, the workbook's own those after it: [MS-XLSB] 2.5.52.
    number = int(groups.get("builtInGroupCount")) + 1
    module = macros(path.name, path.read_bytes())["xlwings_udfs"]
    lines = re.findall(r'Attribute (\w+)\.VB_ProcData\.VB_Invoke_Func = "(.*)"', module)
    assert dict(lines) == {function.__name__: rf" \n{number}" for function in FORMULAS}


def test_the_number_of_excels_own_groups_is_what_excel_saves(workbook: etree._Element) -> None:
    # 19 in the workbook.xml that Excel 365 saved for github.com/sohagdev/chat-gpt-add-in, commit 3bb6cbb.
    groups = workbook.find(f"{MAIN}functionGroups")
    assert groups is not None
    assert groups.get("builtInGroupCount") == "19"


def test_children_of_the_workbook_stand_in_the_schemas_order(workbook: etree._Element) -> None:
    names = [etree.QName(child).localname for child in workbook]
    assert names == sorted(names, key=ORDER.index)
    assert len(set(names)) == len(names)
    assert {"functionGroups", "definedNames", "calcPr", "extLst"} <= set(names)


def test_another_reader_finds_the_group(path: Path) -> None:
    # openpyxl reads the part by its own description of the schema.
    groups = WorkbookPackage.from_tree(etree.fromstring(part(path))).functionGroups
    assert (groups.builtInGroupCount, [group.name for group in groups.functionGroup]) == (19, ["Amazon ODR"])


def test_only_the_workbook_part_differs_from_the_workbook_without_help(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template, "write_help", lambda path: None)
    template.build_workbook(tmp_path / "bare.xlsm")
    with zipfile.ZipFile(tmp_path / "bare.xlsm") as bare, zipfile.ZipFile(path) as whole:
        assert [(i.filename, i.date_time) for i in bare.infolist()] == [
            (i.filename, i.date_time) for i in whole.infolist()
        ]
        changed = [name for name in bare.namelist() if bare.read(name) != whole.read(name)]
        root = etree.fromstring(whole.read("xl/workbook.xml"))
        for name in ("functionGroups", "extLst"):
            (added,) = root.iterfind(f"{MAIN}{name}")
            root.remove(added)
        assert changed == ["xl/workbook.xml"]
        assert etree.tostring(root) == etree.tostring(etree.fromstring(bare.read("xl/workbook.xml")))


def test_help_survives_a_calculation_and_a_refresh_byte_for_byte(path: Path, tmp_path: Path) -> None:
    day = date(2026, 11, 20)
    report = tmp_path / "claims.csv"
    report.write_bytes(next(content for name, content in sample_reports(day).items() if "claim" in name))
    book = tmp_path / "ODR.xlsm"
    book.write_bytes(path.read_bytes())
    calculate_workbook(book, backup=False)
    assert part(book) == part(path)
    refresh_workbook(book, [report], as_of=day, backup=False)
    assert book.read_bytes() != path.read_bytes()
    assert part(book) == part(path)


def test_an_argument_without_help_stops_the_build() -> None:
    def ODR(parcels: object) -> None:
        pass

    with pytest.raises(UsageError, match="The argument parcels of ODR has no help"):
        workbook_help.argument_help(ODR)


@pytest.mark.parametrize(("length", "passes"), [(255, True), (256, False)])
def test_help_of_an_argument_has_255_characters_at_most(
    length: int, passes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ODR(orders: object) -> None:
        pass

    monkeypatch.setattr(workbook_help, "ARGUMENT_HELP", {"orders": "x" * length})
    if passes:
        assert workbook_help.argument_help(ODR) == (("orders", "x" * length),)
    else:
        with pytest.raises(UsageError, match="argument orders has 256 characters"):
            workbook_help.argument_help(ODR)


def test_a_formula_has_60_arguments_at_most() -> None:
    # [MS-OFFMACRO2] 2.2.5.4: the count of descriptions is 60 at most.
    signature = inspect.Signature([inspect.Parameter(f"a{i}", inspect.Parameter.KEYWORD_ONLY) for i in range(61)])

    def ODR() -> None:
        pass

    ODR.__signature__ = signature  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook_help, "ARGUMENT_HELP", dict.fromkeys(signature.parameters, "is one"))
        with pytest.raises(UsageError, match="has 61 arguments"):
            workbook_help.argument_help(ODR)


def test_a_function_without_arguments_has_no_empty_list() -> None:
    """The list of descriptions may not be empty: [MS-OFFMACRO2] 2.2.5.4."""

    def NOTHING() -> None:
        pass

    def ODR(orders: object) -> None:
        pass

    bare = f'<workbook xmlns="{MAIN[1:-1]}"><sheets/><calcPr/></workbook>'.encode()
    root = etree.parse(io.BytesIO(workbook_help.workbook_part_with_help(bare, [NOTHING, ODR]))).getroot()
    assert [name.get("name") for name in root.iter(f"{X14}definedName")] == ["ODR"]
    assert [etree.QName(child).localname for child in root] == ["sheets", "functionGroups", "calcPr", "extLst"]
