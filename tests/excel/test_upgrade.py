"""A workbook of an earlier version gets this version's macros in place, and keeps every other byte."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest
import xlwings
from pyopenvba import ExcelFile, VBAModuleKind
from vba_structure import MAIN, declarations, sources, structure_faults, workbook_faults

from odr_xl.errors import UsageError, WorkbookError, WorkbookOpen
from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.sheets.configuration import (
    configuration,
    interpreter_key,
    lost_interpreter,
    set_interpreter,
    stored_configuration,
)
from odr_xl.excel.upgrade import upgrade_workbook
from odr_xl.excel.vba.project import vba_project
from odr_xl.excel.vba.stored import StoredProject, essence
from odr_xl.headless.package import Package, parse_part

COMMITTED = Path(__file__).parents[2] / "workbook" / "ODR.xlsm"
PROJECT = "xl/vbaProject.bin"


def rewritten(source, target, changes=None, add=None):
    """A copy of a workbook with other contents in some parts, made by zipfile, which isn't the program's own writer."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            change = (changes or {}).get(info.filename)
            if change is not None:
                data = change(data) if callable(change) else change
            new.writestr(info, data)
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return target


def members(path):
    """Everything that a zip keeps of each entry, its packed bytes among it."""
    data, found = path.read_bytes(), {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename.encode()) + len(info.extra)
            packed = data[start : start + info.compress_size]
            found[info.filename] = (info.CRC, info.file_size, info.date_time, info.compress_type, packed)
    return found


def code_names(path):
    """The sheets' code names as the file has them, by lxml alone."""
    package = Package.open(path)
    return [
        parse_part(package.parts[sheet.part], sheet.part).find(f"{MAIN}sheetPr").get("codeName")
        for sheet in package.sheets
    ]


def older(names):
    """A project as an earlier version might have made it: without the last formula, and ODR with other arguments."""

    def ODR(rows, orders=None):
        """An order defect rate of old."""

    return vba_project(names, [ODR, *FORMULAS[1:-1]])


@pytest.fixture(scope="module")
def old_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("old") / "ODR.xlsm"
    return rewritten(COMMITTED, path, {PROJECT: older(code_names(COMMITTED))})


@pytest.fixture
def workbook(old_file, tmp_path):
    return Path(shutil.copy(old_file, tmp_path / "ODR.xlsm"))


@pytest.fixture
def current(tmp_path):
    """A workbook whose macros are this version's."""
    path = tmp_path / "ODR.xlsm"
    return rewritten(COMMITTED, path, {PROJECT: vba_project(code_names(COMMITTED))})


def with_code(path, edit):
    """Change a workbook's macros as a seller would in the editor; pyOpenVBA keeps the rest of the project."""
    with ExcelFile(path) as book:
        edit(book)
        book.save()
    return path


# -- what changes and what doesn't --------------------------------------------------------------------------------


def test_the_macros_become_those_that_this_version_makes(workbook):
    done = upgrade_workbook(workbook)
    assert (done.macros, done.interpreter) == (True, False)
    project = zipfile.ZipFile(workbook).read(PROJECT)
    assert project == vba_project(code_names(COMMITTED))
    assert structure_faults(project) == []
    assert workbook_faults(workbook.read_bytes()) == []


def test_every_other_member_of_the_file_keeps_its_bytes(workbook):
    before = members(workbook)
    upgrade_workbook(workbook)
    after = members(workbook)
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == [PROJECT]
    assert len(after) > 60  # 23 sheets with their tables, charts, drawings and notes


def test_the_old_workbook_is_kept_as_the_one_backup(workbook):
    before = workbook.read_bytes()
    upgrade_workbook(workbook)
    assert sorted(path.name for path in workbook.parent.iterdir()) == ["ODR.backup.xlsm", "ODR.xlsm"]
    assert (workbook.parent / "ODR.backup.xlsm").read_bytes() == before


def test_a_workbook_that_is_up_to_date_is_not_written(current):
    before, moment = current.read_bytes(), current.stat().st_mtime_ns
    done = upgrade_workbook(current)
    assert (done.macros, done.interpreter, done.notes) == (False, False, ())
    assert (current.read_bytes(), current.stat().st_mtime_ns) == (before, moment)
    assert [path.name for path in current.parent.iterdir()] == ["ODR.xlsm"]


def test_a_second_upgrade_changes_nothing(workbook):
    upgrade_workbook(workbook)
    before = workbook.read_bytes()
    assert not upgrade_workbook(workbook).macros
    assert workbook.read_bytes() == before


def test_macros_whose_looks_the_editor_changed_are_up_to_date(current):
    """The editor indents anew and writes a name everywhere as it was written last."""

    def edit(book):
        text = book.get_module("OdrErrors")
        book.set_module("OdrErrors", text.replace("result", "Result").replace("    ", "  "))

    with_code(current, edit)
    before = current.read_bytes()
    assert not upgrade_workbook(current).macros
    assert current.read_bytes() == before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('x = "A b"', 'X="A b"', True),
        ('x = "A b"', 'x = "a b"', False),
        ('x = "A b"', 'x = "A  b"', False),
        ('x = "say ""A"""', 'x = "say ""a"""', False),
        ("x = 1", "x = 2", False),
    ],
)
def test_two_texts_are_the_same_but_for_looks(one, other, same):
    assert (essence(one) == essence(other)) is same


def test_a_sheet_that_the_seller_added_gets_a_module_in_the_new_macros(workbook):
    """Excel writes such a sheet with the code name Sheet1, or Tabelle1 in German."""
    sheet = f'<worksheet xmlns="{MAIN[1:-1]}"><sheetPr codeName="Tabelle1"/><sheetData/></worksheet>'.encode()
    chart = f'<chartsheet xmlns="{MAIN[1:-1]}"><sheetPr codeName="Diagramm1"/><sheetViews/></chartsheet>'.encode()
    rewritten(
        workbook,
        added := workbook.with_name("added.xlsm"),
        {
            "xl/workbook.xml": with_sheets(("Mine", "rId901"), ("Chart", "rId902")),
            "xl/_rels/workbook.xml.rels": with_targets(
                ("rId901", "worksheet", "worksheets/sheet901.xml"), ("rId902", "chartsheet", "chartsheets/sheet1.xml")
            ),
            PROJECT: older([*code_names(workbook), "Tabelle1", "Diagramm1"]),
        },
        {"xl/worksheets/sheet901.xml": sheet, "xl/chartsheets/sheet1.xml": chart},
    )
    assert upgrade_workbook(added).macros
    project = zipfile.ZipFile(added).read(PROJECT)
    documents = [name for kind, name in declarations(project) if kind == "Document"]
    assert documents == ["ThisWorkbook", *code_names(workbook), "Tabelle1", "Diagramm1"]
    # Excel's class ids: 00020820 a worksheet, 00020821 a chart (seen in pyOpenVBA's table of what Excel writes).
    assert 'VB_Base = "0{00020820-' in sources(project)["Tabelle1"]
    assert 'VB_Base = "0{00020821-' in sources(project)["Diagramm1"]


def with_sheets(*sheets):
    text = "".join(
        f'<sheet name="{name}" sheetId="{900 + number}" r:id="{identity}"/>'
        for number, (name, identity) in enumerate(sheets)
    )
    return lambda data: data.replace(b"</sheets>", text.encode() + b"</sheets>")


def with_targets(*targets):
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    text = "".join(
        f'<Relationship Id="{identity}" Type="{kinds}/{kind}" Target="{target}"/>' for identity, kind, target in targets
    )
    return lambda data: data.replace(b"</Relationships>", text.encode() + b"</Relationships>")


def test_formulas_that_are_gone_or_take_other_arguments_are_named(workbook):
    """By hand: `older` gives ODR the arguments rows, orders, which this version's ODR doesn't begin with."""
    (note,) = upgrade_workbook(workbook).notes
    assert note.startswith("The arguments of ODR are others: they were rows, orders, and are orders, defects, ")


def test_a_formula_that_this_version_lacks_is_named(tmp_path):
    def ODR_OLD(days):
        """A formula that was dropped."""

    names = code_names(COMMITTED)
    path = rewritten(COMMITTED, tmp_path / "ODR.xlsm", {PROJECT: vba_project(names, [ODR_OLD, *FORMULAS])})
    assert upgrade_workbook(path).notes == ("This version has no formula ODR_OLD: cells that use it show #NAME?.",)


# -- what is refused ----------------------------------------------------------------------------------------------


def refused(path, match, error=WorkbookError):
    """The upgrade is refused with this sentence, and the folder is as it was."""
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(error, match=match):
        upgrade_workbook(path)
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


def test_a_workbook_that_holds_no_macros_is_refused(tmp_path, workbook):
    refused(Path(shutil.copy(workbook, tmp_path / "ODR.xlsx")), r"ODR\.xlsx holds no macros", UsageError)
    without = rewritten(
        workbook,
        tmp_path / "none.xlsm",
        {"xl/_rels/workbook.xml.rels": lambda data: re.sub(rb"<Relationship [^>]*vbaProject[^>]*/>", b"", data)},
    )
    refused(without, r"none\.xlsm isn't a workbook that odr-xl made")


@pytest.mark.parametrize("name", ["quickstart.xlsm", "quickstart_standalone.xlsm"])
def test_a_workbook_of_xlwings_itself_is_refused(tmp_path, name):
    own = Path(xlwings.__file__).with_name(name)
    refused(Path(shutil.copy(own, tmp_path)), "isn't a workbook that odr-xl made")


def test_a_workbook_whose_configuration_is_for_another_package_is_refused(workbook):
    package = Package.open(workbook)
    shared = package.parts["xl/sharedStrings.xml"]
    assert shared.count(b"odr_xl.excel.functions") == 1
    package.replace("xl/sharedStrings.xml", shared.replace(b"odr_xl.excel.functions", b"shop.functions"))
    package.save(backup=False)
    refused(workbook, "isn't a workbook that odr-xl made")


def test_a_workbook_without_its_configuration_is_refused(tmp_path, workbook):
    renamed = rewritten(
        workbook,
        tmp_path / "renamed.xlsm",
        {"xl/workbook.xml": lambda data: data.replace(b'name="xlwings.conf"', b'name="_xlwings.conf"')},
    )
    refused(renamed, "isn't a workbook that odr-xl made")


def test_a_file_that_is_missing_or_no_workbook_is_refused(tmp_path):
    refused(tmp_path / "nowhere.xlsm", r"nowhere\.xlsm isn't there")
    (tmp_path / "text.xlsm").write_bytes(b"orders")
    refused(tmp_path / "text.xlsm", r"text\.xlsm isn't a workbook")


def test_a_damaged_project_is_refused(tmp_path, workbook):
    for number, data in enumerate((b"", b"no container", zipfile.ZipFile(workbook).read(PROJECT)[:3000])):
        damaged = rewritten(workbook, tmp_path / f"{number}.xlsm", {PROJECT: data})
        refused(damaged, "macros of .* can't be read")


def test_a_module_of_the_seller_is_refused_by_its_name(workbook):
    with_code(
        workbook,
        lambda book: [
            book.vba_project().add_module("Invoices", "Sub Send()\r\nEnd Sub\r\n", kind=VBAModuleKind.standard),
            book.vba_project().add_module("Shelf", "Public Rows As Long\r\n", kind=VBAModuleKind.other),
        ],
    )
    refused(workbook, "didn't write: the module Invoices, the module Shelf. Export them")


def test_code_of_the_seller_in_a_sheet_is_refused_and_a_comment_is_none(workbook):
    def edit(book):
        book.set_module("ThisWorkbook", book.get_module("ThisWorkbook") + "Option Explicit\r\n' mine\r\n\r\n")

    with_code(workbook, edit)
    other = Path(shutil.copy(workbook, workbook.with_name("other.xlsm")))
    assert upgrade_workbook(workbook).macros

    def more(book):
        code = book.get_module("SheetOrders") + "Private Sub Worksheet_Activate()\r\nEnd Sub\r\n"
        book.set_module("SheetOrders", code)

    refused(with_code(other, more), "didn't write: code in SheetOrders")


def test_a_function_of_the_seller_among_the_wrappers_is_refused(workbook):
    """The button "Import Functions" of xlwings puts the functions of every module there."""

    def edit(book):
        text = book.get_module("xlwings_udfs")
        mine = 'Function MINE(x)\r\n    MINE = XLPy.CallUDF("shop", "MINE", Array(x))\r\nEnd Function\r\n'
        book.set_module("xlwings_udfs", text + mine)

    refused(with_code(workbook, edit), "didn't write: the function MINE in xlwings_udfs")


def test_signed_macros_are_refused(tmp_path, workbook):
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature"
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="vbaProjectSignature.bin"/></Relationships>'
    )
    added = {"xl/_rels/vbaProject.bin.rels": relationships, "xl/vbaProjectSignature.bin": b"signed"}
    refused(rewritten(workbook, tmp_path / "signed.xlsm", add=added), r"macros of signed\.xlsm are signed")


def test_a_sheet_that_the_macros_cannot_name_is_refused_with_what_to_do(tmp_path, workbook):
    part = next(sheet.part for sheet in Package.open(workbook).sheets if sheet.name == "Orders")
    for number, (code, sentence) in enumerate(
        {
            b"": 'no name for the sheet "Orders". Open it in Excel, save it',
            ' codeName="工作表1"'.encode(): "change .Name. of that sheet",
            b' codeName="ODR"': "change .Name. of that sheet",
        }.items()
    ):
        changed = rewritten(
            workbook,
            tmp_path / f"{number}.xlsm",
            {part: lambda data, code=code: data.replace(b' codeName="SheetOrders"', code)},
        )
        refused(changed, sentence)


def test_a_workbook_that_macros_know_by_another_name_is_refused(tmp_path, workbook):
    change = {"xl/workbook.xml": lambda data: data.replace(b'codeName="ThisWorkbook"', b'codeName="DieseMappe"')}
    refused(rewritten(workbook, tmp_path / "named.xlsm", change), r'called "DieseMappe" in the macro editor')


def test_a_workbook_that_is_open_in_excel_is_refused(workbook):
    """Excel keeps a file ~$NAME beside an open workbook."""
    (workbook.parent / f"~${workbook.name}").write_bytes(b"\x05owner")
    refused(workbook, "is open in another program", WorkbookOpen)


# -- the Python that the workbook starts --------------------------------------------------------------------------


def test_another_python_changes_the_configuration_and_no_other_cell(current):
    before = members(current)
    done = upgrade_workbook(current, interpreter=r"%LOCALAPPDATA%\odr-xl\python.exe")
    assert (done.macros, done.interpreter) == (False, True)
    after = members(current)
    package = Package.open(current)
    assert [name for name in after if after[name] != before[name]] == [package.sheet("xlwings.conf").part]
    assert stored_configuration(package) == {
        "UDF MODULES": "odr_xl.excel.functions",
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW CONSOLE": "False",
        "INTERPRETER_WIN": r"%LOCALAPPDATA%\odr-xl\python.exe",
    }


def test_the_interpreter_of_one_system_is_replaced_and_the_others_stays(current):
    for path in (r"C:\Old\python.exe", "$HOME/odr/bin/python3", r"C:\New\python.exe"):
        upgrade_workbook(current, interpreter=path, backup=False)
    stored = stored_configuration(Package.open(current))
    assert stored["INTERPRETER_WIN"] == r"C:\New\python.exe"
    assert stored["INTERPRETER_MAC"] == "$HOME/odr/bin/python3"
    assert len(stored) == 5  # three keys of ours and the two


def test_a_blank_interpreter_is_refused(current):
    package = Package.open(current)
    with pytest.raises(UsageError, match="interpreter is blank"):
        set_interpreter(package, " ")
    assert not package.changed


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (r"C:\Python313\python.exe", "Interpreter_Win"),
        (r"\\server\python\python.exe", "Interpreter_Win"),
        (r"%LOCALAPPDATA%\odr-xl\python.exe", "Interpreter_Win"),
        ("/usr/local/bin/python3", "Interpreter_Mac"),
        ("$HOME/odr/bin/python3", "Interpreter_Mac"),
    ],
)
def test_a_path_is_for_the_system_that_it_is_one_of(path, key):
    assert interpreter_key(path) == key
    assert configuration(path)[0] == (key, path)


def test_environment_variables_in_the_path_are_filled_in_to_look_for_it(tmp_path, monkeypatch):
    (tmp_path / "python3").touch()
    monkeypatch.setenv("ODR_TEST_HOME", str(tmp_path))
    there, gone = {"INTERPRETER_MAC": "$ODR_TEST_HOME/python3"}, {"INTERPRETER_MAC": "$ODR_TEST_HOME/python2"}
    assert lost_interpreter(there, windows=False) is None
    assert lost_interpreter(gone, windows=False) == "$ODR_TEST_HOME/python2"


def test_a_python_of_another_system_or_on_the_path_is_not_looked_for():
    assert lost_interpreter({"INTERPRETER_WIN": r"C:\nowhere.exe"}, windows=False) is None
    assert lost_interpreter({"INTERPRETER_WIN": "pythonw"}, windows=True, exists=lambda path: False) is None
    assert lost_interpreter({}, windows=True, exists=lambda path: False) is None


def test_the_vba_of_xlwings_fills_in_environment_variables_of_its_sheet():
    """What `%LOCALAPPDATA%` and `$HOME` rely on, read from the installed xlwings."""
    text = Path(xlwings.__file__).with_name("xlwings.bas").read_text("ascii")
    sheet = text[text.index("Function GetConfig(") : text.index("'Add-in Sheet Config")]
    assert "GetConfig = ExpandEnvironmentStrings(GetConfig)" in sheet
    expand = text[text.index("Function ExpandEnvironmentStrings(") :]
    expand = expand[: expand.index("End Function")]
    assert 'If Left(s, 1) = "$" Then' in expand
    assert "WScript.ExpandEnvironmentStrings(s)" in expand


def test_a_stored_project_tells_sheets_from_modules():
    project = StoredProject.read(older(["SheetOrders"]), "ODR.xlsm")
    assert set(project.documents) == {"ThisWorkbook", "SheetOrders"}
    assert set(project.modules) == {"xlwings", "Dictionary", "xlwings_udfs", "OdrErrors", "OdrButtons"}
    assert project.is_ours
    assert project.foreign_code() == []
    assert project.formulas()["ODR"] == ("rows", "orders")


@pytest.mark.parametrize("name", ["quickstart.xlsm", "quickstart_standalone.xlsm"])  # saved by Excel; by Aspose
def test_a_project_that_another_program_saved_is_read(name):
    container = zipfile.ZipFile(Path(xlwings.__file__).with_name(name)).read(PROJECT)
    project = StoredProject.read(container, name)
    assert set(project.documents) == {"ThisWorkbook", "Sheet1", "Sheet2"}
    assert not project.is_ours
    assert project.foreign_code() == ["the module Module1"]
