"""The project is built from text alone, keeps to Microsoft's specifications, and carries nobody's paths."""

import hashlib
import importlib
import io
import os
import re
import subprocess
import sys
import tomllib
import types
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwings
from pyopenvba import check_file
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress
from vba_formulas import FORMULAS, ODR
from vba_structure import (
    container_faults,
    declarations,
    decompressed,
    entries,
    macros,
    sources,
    streams,
    structure_faults,
    workbook_faults,
)

from odr_xl.errors import UsageError, WorkbookError
from odr_xl.excel.buttons import CHOSEN_FILES
from odr_xl.excel.vba import project as writer
from odr_xl.excel.vba.project import modules, vba_project, xlwings_modules

ROOT = Path(__file__).parents[2]
SHEETS = ("Dashboard", "Orders", "Settings", "Conf")


@pytest.fixture(scope="module")
def project():
    return vba_project(SHEETS, FORMULAS)


def workbook(project, codes=SHEETS):
    """A workbook around the project, as the template's build makes one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_vba_project(io.BytesIO(project), True)
        book.set_vba_name("ThisWorkbook")
        for number, code in enumerate(codes, start=1):
            book.add_worksheet(f"Sheet {number}").set_vba_name(code)
    return out.getvalue()


# -- what is in it ------------------------------------------------------------------------------------------------


def test_the_project_keeps_to_the_specifications(project):
    assert structure_faults(project) == []


def test_a_workbook_around_the_project_has_no_fault(project, tmp_path):
    path = tmp_path / "ODR.xlsm"
    path.write_bytes(workbook(project))
    assert workbook_faults(path.read_bytes()) == []
    report = check_file(path)  # pyOpenVBA's own integrity check
    assert report.complete
    assert [issue.message for issue in report.issues] == []


def test_every_sheet_has_a_document_module_and_the_rest_follows(project):
    documents = [("Document", name) for name in ("ThisWorkbook", *SHEETS)]
    ours = [("Module", "xlwings"), ("Class", "Dictionary"), ("Module", "xlwings_udfs")]
    assert declarations(project) == [*documents, *ours, ("Module", "OdrErrors"), ("Module", "OdrButtons")]


@pytest.mark.parametrize("count", [1, 12, 66, 200])  # 66: where EPPlus once broke the directory (EPPlus #131)
def test_any_number_of_sheets_can_have_a_module(count):
    codes = [f"Sheet{number}" for number in range(1, count + 1)]
    built = vba_project(codes, FORMULAS)
    assert structure_faults(built) == []
    assert [name for kind, name in declarations(built) if kind == "Document"] == ["ThisWorkbook", *codes]


def test_oletools_reads_the_very_text_that_went_in(project):
    given = {each.name: each.source for each in modules(FORMULAS)}
    assert {name: text for name, text in sources(project).items() if name in given} == given
    read = macros("ODR.xlsm", workbook(project))
    assert set(read) == {"ThisWorkbook", *SHEETS, *given}
    for name, text in given.items():
        assert read[name] == text.replace("\r\n", "\n")


def test_the_modules_of_xlwings_are_those_of_its_own_standalone_workbook():
    # quickstart_standalone.xlsm in the installed xlwings: what its makers let people use in Excel.
    own = Path(xlwings.__file__).with_name("quickstart_standalone.xlsm")
    read = macros(own.name, own.read_bytes())
    for each in xlwings_modules():
        # Letter case and blanks: the writer of that workbook spelt some names otherwise, as the VBA editor does.
        assert each.source.casefold().split() == read[each.name].casefold().split()


def test_the_licences_of_xlwings_and_Dictionary_are_in_their_modules(project):
    texts = sources(project)
    assert "BSD 3-clause license" in texts["xlwings"]
    assert "THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS" in texts["xlwings"]
    assert "@license: MIT (http://www.opensource.org/licenses/mit-license.php" in texts["Dictionary"]


def test_the_module_the_package_and_the_pin_are_one_version_of_xlwings(project):
    # The module loads xlwings64-VERSION.dll by name, so any other version installed means no formula works.
    requirements = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    (pin,) = [text.removeprefix("xlwings==").split()[0] for text in requirements if text.startswith("xlwings")]
    version = re.search(r'Const XLWINGS_VERSION As String = "(.+)"', sources(project)["xlwings"])[1]
    assert version == xlwings.__version__ == pin
    assert f'"xlwings64-{version}.dll"' in sources(project)["xlwings"]


def test_the_real_formulas_make_a_project():
    functions = importlib.import_module("odr_xl.excel.functions")
    built = vba_project(SHEETS)
    assert structure_faults(built) == []
    text = sources(built)["xlwings_udfs"]
    for function in functions.FORMULAS:
        assert f"\r\nFunction {function.__name__}(" in text
    assert text.count("\r\nFunction ") == len(functions.FORMULAS)


# -- the same bytes, and nobody's traces ----------------------------------------------------------------------------


def test_two_builds_are_the_same_bytes(project):
    assert vba_project(SHEETS, FORMULAS) == project


def test_another_process_with_another_hash_seed_and_zone_builds_the_same_bytes(project):
    program = (
        "import hashlib, vba_formulas; from odr_xl.excel.vba.project import vba_project; import sys;"
        f"sys.stdout.write(hashlib.sha256(vba_project({SHEETS!r}, vba_formulas.FORMULAS)).hexdigest())"
    )
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == hashlib.sha256(project).hexdigest()


def everything_readable(container):
    """All streams, compressed ones in the clear too, and the container itself, as ASCII and as UTF-16."""
    found = streams(container)
    clear = [decompressed(found["VBA/dir"]), *(text.encode("cp1252") for text in sources(container).values())]
    return b"\n".join([container, *found.values(), *clear, container.replace(b"\0", b"")])


def test_no_path_and_no_user_of_a_machine_is_in_the_project(project):
    text = everything_readable(project)
    for trace in (b"C:\\Users", b"Documents and Settings", b"/home/", b"site-packages", str(ROOT).encode()):
        assert trace not in text
    # xlwings' comments name "/Users/<User>" and its log on a Mac; the two others are Windows' own libraries.
    assert set(re.findall(rb"/Users/[^/ \r\n\"]*", text)) == {b"/Users/<User>"}
    assert set(re.findall(rb"/tmp/[\w.]*", text)) == {b"/tmp/xlwings.log"}
    references = set(re.findall(rb"#([A-Z]:\\[^#\0]+)#", decompressed(streams(project)["VBA/dir"])))
    assert references == {
        rb"C:\Windows\System32\stdole2.tlb",
        rb"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL",
    }


# -- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["VBAProject", "OdrButtons", "Dashboard", "ThisWorkbook", "Dictionary", "xlwings"])
def test_a_formula_with_the_name_of_the_project_or_of_a_module_is_refused(name):
    clash = types.FunctionType(ODR.__code__, {}, name, ODR.__defaults__)
    clash.__doc__ = "Help."
    with pytest.raises(UsageError, match=f'The function "{name}" has the name of "{name}"'):
        vba_project(SHEETS, [clash])


@pytest.mark.parametrize("name", ["RunPython", "sql", "RefreshODR", "ODR_LAST_ERROR", "XLWINGS_VERSION", "XLPy"])
def test_a_formula_with_the_name_of_a_macro_of_the_project_is_refused(name):
    clash = types.FunctionType(ODR.__code__, {}, name, ODR.__defaults__)
    clash.__doc__ = "Help."
    with pytest.raises(UsageError, match=f'The function "{name}" has the name of "{name}"'):
        vba_project(SHEETS, [clash])


@pytest.mark.parametrize("codes", [["Orders", "orders"], ["xlwings"], ["ThisWorkbook"], ["VBAProject"]])
def test_two_modules_of_one_name_are_refused(codes):
    with pytest.raises(UsageError, match="Two modules of the VBA project"):
        vba_project(codes, FORMULAS)


@pytest.mark.parametrize("code", ["xlwings.conf", "Sub", "2026", "S" * 32, ""])
def test_a_code_name_that_VBA_cannot_have_is_refused(code):
    with pytest.raises(UsageError, match=r"The module"):
        vba_project([code], FORMULAS)


# -- the checks catch what makes Excel drop a project ------------------------------------------------------------


def changed(name, old, new):
    """A mutation of a plain stream of the root."""

    def mutate(cfb):
        before = cfb.get_stream(name)
        assert old in before
        cfb.write_stream(name, before.replace(old, new, 1))

    return mutate


def changed_text(name, old, new):
    """A mutation of a compressed stream of VBA."""

    def mutate(cfb):
        before = decompress(cfb.get_stream_in_storage("VBA", name))
        assert old in before
        cfb.write_stream_in_storage("VBA", name, compress(before.replace(old, new, 1)))

    return mutate


def replaced(name, data):
    return lambda cfb: cfb.write_stream_in_storage("VBA", name, data)


COOKIE = b"\x2c\0\2\0\0\0\xff\xff"
MUTANTS = {
    # What Excel 1708 dropped (EPPlus, fix 945a476).
    "PROJECTwm compressed": (lambda c: c.write_stream("PROJECTwm", compress(c.get_stream("PROJECTwm"))), "PROJECTwm"),
    "LF in PROJECT": (changed("PROJECT", b"\r\n", b"\n"), "PROJECT has other line ends"),
    "a module declared twice": (
        changed("PROJECT", b"Module=OdrButtons\r\n", b"Module=OdrButtons\r\n" * 2),
        "declare other modules",
    ),
    "a module declared as another kind": (
        changed("PROJECT", b"Class=Dictionary", b"Module=Dictionary"),
        "Dictionary has another kind",
    ),
    "protection keyed to another ID": (changed("PROJECT", b'ID="{E', b'ID="{F'), "CMG isn't encrypted"),
    "no workspace": (changed("PROJECT", b"[Workspace]", b"[Workplace]"), "lacks the host extender"),
    "a document without its library": (
        changed("PROJECT", b"Document=Orders/&H00000000", b"Document=Orders/&H00000001"),
        "a Document= line",
    ),
    "a module's stream gone": (
        lambda c: c.remove_stream_in_storage("VBA", "OdrButtons"),
        "dir and the streams of VBA don't match",
    ),
    "a stray cache": (lambda c: c.add_stream_to_storage("VBA", "__SRP_0", b"x" * 100), "cache of compiled code"),
    "the version of a real Office": (replaced("_VBA_PROJECT", bytes.fromhex("cc61b500000100")), "version 0xFFFF"),
    # As pyOpenVBA 6.5.0 writes it.
    "dir with four bytes more": (
        lambda c: c.write_stream_in_storage(
            "VBA", "dir", compress(decompress(c.get_stream_in_storage("VBA", "dir")) + bytes(4))
        ),
        "dir doesn't end with its terminator",
    ),
    "dir with another code page": (changed_text("dir", b"\3\0\2\0\0\0\xe4\4", b"\3\0\2\0\0\0\xe9\xfd"), "0x03"),
    "a cookie": (changed_text("dir", COOKIE, COOKIE[:-2] + b"\x34\x12"), "MODULECOOKIE isn't FFFF"),
    "an offset into the source": (
        changed_text("dir", b"\x31\0\4\0\0\0\0\0\0\0", b"\x31\0\4\0\0\0\x10\0\0\0"),
        "MODULEOFFSET isn't 0",
    ),
    "another reference": (changed_text("dir", b"#OLE Automation", b"#OLE AutomatioN"), "references are"),
    "one module too few": (changed_text("dir", b"\x0f\0\2\0\0\0\x0a\0", b"\x0f\0\2\0\0\0\x09\0"), "says 9"),
    "LF in a module": (changed_text("OdrButtons", b"\r\n", b"\n"), "OdrButtons doesn't begin with its VB_Name"),
    "another VB_Name": (changed_text("OdrErrors", b'"OdrErrors"', b'"OdrError"'), "OdrErrors doesn't begin"),
    "a sheet with the workbook's base": (changed_text("Orders", b"00020820", b"00020819"), "Orders has another"),
    "a class in exported form": (
        changed_text("Dictionary", b"Option Explicit", b"VERSION 1.0 CLASS"),
        "Dictionary is in the form of an exported file",
    ),
    "a letter outside ASCII": (changed_text("OdrErrors", b"Python", b"Pyth\xf6n"), "letters outside ASCII"),
}


@pytest.mark.parametrize(("mutate", "fault"), MUTANTS.values(), ids=MUTANTS)
def test_the_checks_catch_a_fault_in_the_project(project, mutate, fault):
    cfb = CFB.from_bytes(project)
    mutate(cfb)
    assert any(fault in found for found in structure_faults(cfb.to_bytes()))


def test_the_checks_catch_red_below_red_and_a_name_out_of_order(project):
    at = project.index("Dashboard".encode("utf-16-le") + bytes(46))  # the directory entry, not PROJECTwm
    everything_red = bytearray(project)
    index = next(number for number, entry in enumerate(entries(project)) if entry.name == "Dashboard")
    for number, entry in enumerate(entries(project)):
        if entry.kind:
            everything_red[at + (number - index) * 128 + 67] = 0
    assert any("is red below red" in fault for fault in container_faults(bytes(everything_red)))
    renamed = project[:at] + "Zashboard".encode("utf-16-le") + project[at + 18 :]
    assert any("is out of order" in fault for fault in container_faults(renamed))


def test_the_checks_catch_a_sector_that_belongs_to_nothing(project):
    assert "sectors are lost, or belong to two streams" in container_faults(project + bytes(512))


def test_the_checks_catch_a_sheet_without_its_module(project):
    faults = workbook_faults(workbook(project, codes=("Dashboard", "Orders", "Settings", "Sheet4")))
    assert len(faults) == 1
    assert "aren't the project's document modules" in faults[0]


def test_the_checks_catch_a_workbook_without_the_relationship(project):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(project))) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(b"relationships/vbaProject", b"relationships/vba"))
    assert workbook_faults(out.getvalue()) == ["the workbook has no relationship to its project"]


def test_a_project_that_pyOpenVBA_left_without_an_end_is_refused(monkeypatch):
    written = writer._written

    def cut(*given):
        cfb = CFB.from_bytes(written(*given))
        directory = decompress(cfb.get_stream_in_storage("VBA", "dir"))
        cfb.write_stream_in_storage("VBA", "dir", compress(directory[:-10]))
        return cfb.to_bytes()

    monkeypatch.setattr(writer, "_written", cut)
    with pytest.raises(WorkbookError, match="without an end"):
        vba_project(SHEETS, FORMULAS)


# -- the buttons ----------------------------------------------------------------------------------------------------


@pytest.fixture
def excel():
    """OdrButtons in pyOpenVBA's interpreter; it has no file dialog, so a function `Picked` stands in for it."""
    application = ExcelApplication()
    application.add_workbook()
    texts = {each.name: each.source for each in modules(FORMULAS)}
    for name in ("OdrErrors", "OdrButtons"):
        text = re.sub(r"(?m)^Attribute .*$", "", texts[name]).replace("OdrErrors.", "")
        text = re.sub(r"Application\.GetOpenFilename\([^\n]*_\r\n[^=]*=.*_\r\n.*MultiSelect:=True\)", "Picked()", text)
        text = text.replace("Application.Volatile", "")
        # The dialog for folders: "" stands for Cancel.
        dialog = r"With Application\.FileDialog\(4\).*?\.Show <> -1 (Then[^\n]*)\n.*?End With"
        text = re.sub(dialog, r'If Picked() = "" \1\n chosen = Picked()', text, flags=re.DOTALL)
        application.add_module(text, name=name)
    return application


def press_refresh(excel, picked, button="RefreshODR"):
    excel.add_module(
        f"""
        Public ran As String, files As String
        Public Function Picked()
            Picked = {picked}
        End Function
        Public Function RunPython(command As String)
            ran = command: files = ODR_CHOSEN_FILES()
        End Function
        Public Function WhatRan() As String
            WhatRan = ran
        End Function
        Public Function WhichFiles() As String
            WhichFiles = files
        End Function
        """,
        name="Stand_ins",
    )
    excel.run(button)
    return excel.run("WhatRan"), excel.run("WhichFiles")


def test_the_refresh_button_hands_all_chosen_files_to_python(excel):
    ran, files = press_refresh(excel, r"""Array("C:\reports\it's 1.txt", "C:\reports\订单.csv")""")
    assert ran == "import odr_xl.excel.buttons; odr_xl.excel.buttons.refresh()"
    assert files.split("\n") == [r"C:\reports\it's 1.txt", r"C:\reports\订单.csv"]
    assert excel.run("ODR_CHOSEN_FILES") == ""  # nothing is left for the next press


def test_the_refresh_button_does_nothing_when_the_dialog_is_cancelled(excel):
    assert press_refresh(excel, "False") == ("", "")  # GetOpenFilename gives False then


def test_the_folder_button_hands_the_folder_to_python(excel):
    ran, files = press_refresh(excel, r'"C:\Amazon\订单 2026"', "RefreshFolderODR")
    assert ran == "import odr_xl.excel.buttons; odr_xl.excel.buttons.refresh()"
    assert files == r"C:\Amazon\订单 2026"
    assert excel.run("ODR_CHOSEN_FILES") == ""


def test_the_folder_button_does_nothing_when_the_dialog_is_cancelled(excel):
    assert press_refresh(excel, '""', "RefreshFolderODR") == ("", "")


def test_the_last_error_is_shown_and_can_be_read_by_a_formula(excel):
    excel.run("ShowLastErrorODR")
    excel.run("Failed", "ODR", "no such column")
    excel.run("ShowLastErrorODR")
    assert [str(dialog[1]) for dialog in excel.dialogs] == [
        "No formula has failed since the workbook was opened.",
        "ODR: no such column",
    ]
    assert excel.run("ODR_LAST_ERROR") == "ODR: no such column"


def test_of_a_long_message_the_end_is_shown(excel):
    excel.run("Failed", "ODR", "Traceback " * 200 + "ValueError: no such column")
    excel.run("ShowLastErrorODR")
    (dialog,) = excel.dialogs
    assert len(dialog[1]) == 1000  # a message box shows 1024 characters
    assert dialog[1].endswith("ValueError: no such column")


def test_the_macros_of_the_buttons_are_there(project):
    text = sources(project)["OdrButtons"]
    assert re.findall(r"^Public Sub (\w+)\(\)\r$", text, re.MULTILINE) == [
        "RefreshODR",
        "RefreshFolderODR",
        "RecalculateODR",
        "ShowLastErrorODR",
    ]
    assert "\r\n    Application.CalculateFullRebuild\r\n" in text
    assert f"Public Function {CHOSEN_FILES}() As String" in text
