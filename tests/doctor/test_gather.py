"""The gatherer, as far as it runs here: files are real, Windows' registry is a stand-in for ``winreg``.

No test here runs on Windows. A file called ``ODR.xlsm:Zone.Identifier`` stands for the named stream of that file.
"""

import platform
import shutil
import struct
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import xlsxwriter
from pyopenvba import ExcelFile
from registry import Registry

from odr_xl import __version__
from odr_xl.doctor.facts import Excel, Interpreter
from odr_xl.doctor.findings import diagnose
from odr_xl.doctor.interpreter import inspected, workbook_interpreter
from odr_xl.doctor.machine import gather
from odr_xl.doctor.office import installed_excel, program_bits
from odr_xl.doctor.workbook import examined, in_cloud, zone
from odr_xl.errors import InputError
from odr_xl.excel.connection import current_hash
from odr_xl.excel.sheets.template import build_workbook

APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
PACKAGES = r"Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
XLWINGS = version("xlwings")
#: Machine numbers of Microsoft's PE format.
X86, X64, ARM64, ARM_THUMB = 0x014C, 0x8664, 0xAA64, 0x01C4


def program(path, machine=X64):
    """A file with the two headers of a Windows program, and nothing behind them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(64) + b"PE\0\0" + struct.pack("<H", machine))
    return path


def environment_of(folder, *, xlwings="0.37.8", odr_xl="0.1.0", machine=X64, dlls=True):
    """A virtual environment as on Windows, with the records of its two packages; returns its pythonw.exe."""
    site = folder / "Lib" / "site-packages"
    for name, number, files in (("xlwings", xlwings, ["xlwings/udfs.py"]), ("odr_xl", odr_xl, ["odr_xl/cli.py"])):
        if not number:
            continue
        paths = [*files, *([f"../../xlwings{b}-{number}.dll" for b in (32, 64)] if name == "xlwings" and dlls else [])]
        for path in paths:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(b"x")
        info = site / f"{name}-{number}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {number}\n")
        (info / "RECORD").write_text("".join(f"{p},,\n" for p in [*paths, f"{name}/__pycache__/gone.pyc"]))
    return program(folder / "Scripts" / "pythonw.exe", machine)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A workbook that names a Python of another computer, one with Windows."""
    path = tmp_path_factory.mktemp("made") / "ODR.xlsm"
    build_workbook(path, interpreter=r"C:\odr\Scripts\pythonw.exe")
    return path


# -- Excel ----------------------------------------------------------------------------------------------------------


def test_excel_of_an_installer_is_found_with_its_bits(tmp_path):
    path = program(tmp_path / "Office16" / "EXCEL.EXE", X86)
    found = installed_excel(Registry({("HKLM", APP_PATH, ""): f'"{path}"', ("HKCU", SECURITY, "VBAWarnings"): 2}))
    assert found == Excel(str(path), store=False, bits=32, macros=2)


@pytest.mark.parametrize(
    "values",
    [
        {("HKCU", APP_PATH, ""): r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel_16_x86\EXCEL.EXE"},
        {("HKCU", PACKAGES + r"\Microsoft.Office.Desktop.Excel_16051.1_x86__8wekyb3d8bbwe", "DisplayName"): "Excel"},
    ],
)
def test_excel_of_the_store_is_found_by_its_folder_or_its_package(values):
    assert installed_excel(Registry(values)).store is True


def test_excel_that_the_registry_does_not_know_is_not_known():
    assert installed_excel(Registry({})) == installed_excel(None) == Excel()


def test_excel_is_found_where_windows_looks_for_its_com_class():
    found = installed_excel(
        Registry(
            {
                ("HKCR", r"Excel.Application\CLSID", ""): "{00020841-0000-0000-C000-000000000046}",
                ("HKCR", r"CLSID\{00020841-0000-0000-C000-000000000046}\LocalServer32", ""): (
                    r"C:\Program Files\Microsoft Office\EXCEL.EXE /automation"
                ),
                ("HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "Platform"): "x64",
            }
        )
    )
    assert found == Excel(r"C:\Program Files\Microsoft Office\EXCEL.EXE", store=False, bits=64)


def test_a_companys_policy_for_macros_stands_above_the_users_choice():
    values = {("HKCU", SECURITY, "VBAWarnings"): 1, ("HKCU", POLICY, "VBAWarnings"): 4}
    assert installed_excel(Registry(values)).macros == 4


@pytest.mark.parametrize(("machine", "bits"), [(X86, 32), (X64, 64), (ARM64, 64), (ARM_THUMB, None)])
def test_bits_of_a_program_are_read_from_its_header(tmp_path, machine, bits):
    assert program_bits(program(tmp_path / "a.exe", machine)) == bits


def test_file_that_is_no_program_has_no_bits(tmp_path):
    for content in (b"", b"MZ", b"MZ" + bytes(200), b"#!/bin/sh" + bytes(100)):
        (tmp_path / "a.exe").write_bytes(content)
        assert program_bits(tmp_path / "a.exe") is None
    assert program_bits(tmp_path / "none.exe") is None


# -- The interpreter --------------------------------------------------------------------------------------------------


def test_environment_of_windows_is_read_from_its_files_without_running_it(tmp_path):
    path = environment_of(tmp_path / "env", machine=X86)
    found = inspected(str(path), "named", system="Windows", environment={})
    assert found == Interpreter(
        str(path), "named", exists=True, ours=False, store=False, bits=32, odr_xl="0.1.0", xlwings="0.37.8",
        dlls=frozenset({"xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll"}), missing=(),
    )  # fmt: skip


def test_file_that_the_installation_recorded_and_that_is_gone_is_named(tmp_path):
    path = environment_of(tmp_path / "env")
    (tmp_path / "env" / "xlwings64-0.37.8.dll").unlink()
    found = inspected(str(path), "named", system="Windows", environment={})
    assert found.missing == ("xlwings64-0.37.8.dll",)
    assert found.dlls == {"xlwings32-0.37.8.dll"}


def test_python_without_our_package_says_so_and_one_without_any_folder_of_packages_is_not_known(tmp_path):
    path = environment_of(tmp_path / "env", odr_xl="")
    assert inspected(str(path), "", system="Windows", environment={}).odr_xl == ""
    bare = inspected(str(program(tmp_path / "bare" / "bin" / "python.exe")), "", system="Windows", environment={})
    assert (bare.odr_xl, bare.xlwings, bare.missing) == (None, None, None)


def test_packages_in_the_users_own_folder_count_and_their_dll_is_not_beside_python(tmp_path):
    user = tmp_path / "Roaming" / "Python" / "Python311"
    environment_of(user / "made", dlls=False)
    shutil.move(user / "made" / "Lib" / "site-packages", user / "site-packages")
    path = program(tmp_path / "Python311" / "python.exe")
    found = inspected(str(path), "", system="Windows", environment={"APPDATA": str(tmp_path / "Roaming")})
    assert (found.odr_xl, found.xlwings, found.dlls) == ("0.1.0", "0.37.8", frozenset())


def test_windows_python_is_not_known_on_another_system():
    path = r"C:\Users\ann\python.exe"
    assert inspected(path, "named", system="Linux", environment={}) == Interpreter(path, "named")


def test_python_of_this_command_is_known_as_such():
    found = inspected(sys.executable, "", system=platform.system(), environment={})
    assert (found.ours, found.odr_xl, found.xlwings) == (True, __version__, XLWINGS)
    assert found.bits in (32, 64)


def _named(settings, tmp_path, system="Windows", **environment):
    """Path and source that xlwings' order of settings leads to; no such file needs to be there."""
    found = workbook_interpreter(
        settings, tmp_path / "books", system=system, home=tmp_path / "home", environment={"PATH": "", **environment}
    )
    return found.path, found.named_by


def test_python_is_looked_for_on_the_sheet_then_beside_the_workbook_then_in_the_users_folder(tmp_path):
    user, beside = tmp_path / "home" / ".xlwings" / "xlwings.conf", tmp_path / "books" / "xlwings.conf"
    for file in (user, beside):
        file.parent.mkdir(parents=True)
    assert _named({}, tmp_path) == (None, "")
    user.write_text('"INTERPRETER_WIN","/opt/user/python.exe"\n"OTHER"\n')
    assert _named({}, tmp_path) == ("/opt/user/python.exe", f"named in {user}")
    beside.write_text('"Interpreter_Win","/opt/beside/python.exe"\n')
    assert _named({}, tmp_path)[0] == "/opt/beside/python.exe"
    assert _named({"INTERPRETER_WIN": "/opt/sheet/python.exe"}, tmp_path)[0] == "/opt/sheet/python.exe"


def test_empty_setting_on_the_sheet_hides_the_users_own_as_it_does_in_xlwings(tmp_path):
    user = tmp_path / "home" / ".xlwings" / "xlwings.conf"
    user.parent.mkdir(parents=True)
    user.write_text('"INTERPRETER_WIN","/opt/user/python.exe"\n')
    assert _named({"INTERPRETER_WIN": ""}, tmp_path) == (None, "")


def test_environment_variable_in_a_setting_is_filled_in(tmp_path):
    settings = {"INTERPRETER_WIN": "%ODR_HOME%/python.exe"}
    assert _named(settings, tmp_path, ODR_HOME="/opt/odr")[0] == "/opt/odr/python.exe"


def test_workbook_that_names_no_python_gets_the_first_on_the_path(tmp_path):
    path = environment_of(tmp_path / "env").with_name("pythonw")
    path.write_bytes(b"")
    path.chmod(0o755)
    assert _named({}, tmp_path, PATH=str(path.parent)) == (str(path), "named nowhere; the first on the path")


# -- The workbook -----------------------------------------------------------------------------------------------------


def test_workbook_says_its_settings_and_its_macros(book):
    found = examined(book, system="Linux", environment={}, registry=None)
    assert found.settings["INTERPRETER_WIN"] == r"C:\odr\Scripts\pythonw.exe"
    assert found.settings["ADD_WORKBOOK_TO_PYTHONPATH"].upper() == "FALSE"
    assert (found.xlwings, found.wrappers) == (XLWINGS, current_hash())
    assert (found.zone, found.cloud) == (None, None)


def test_wrappers_of_another_version_and_those_that_xlwings_wrote_itself_have_other_hashes(book, tmp_path):
    path = Path(shutil.copy(book, tmp_path / "old.xlsm"))
    with ExcelFile(path) as opened:
        text = opened.get_module("xlwings_udfs")
        opened.set_module("xlwings_udfs", text.replace(current_hash(), "0123456789ab"))
        opened.save()
    assert examined(path, system="Linux", environment={}, registry=None).wrappers == "0123456789ab"
    with ExcelFile(path) as opened:
        theirs = "\r\n".join(line for line in text.split("\r\n") if "WrappersHash As" not in line)
        opened.set_module("xlwings_udfs", theirs.replace("Optional lang", "lang", 1))
        opened.save()
    found = examined(path, system="Linux", environment={}, registry=None).wrappers
    assert len(found) == 12
    assert found != current_hash()


def test_workbook_without_macros_or_settings_says_so(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "plain.xlsx") as plain:
        plain.add_worksheet()
    found = examined(tmp_path / "plain.xlsx", system="Linux", environment={}, registry=None)
    assert (found.settings, found.xlwings, found.wrappers) == ({}, "", "")


def test_workbook_that_is_gone_points_to_the_quarantine(tmp_path):
    with pytest.raises(InputError, match=r"isn't there.*quarantine"):
        examined(tmp_path / "ODR.xlsm", system="Windows", environment={}, registry=None)


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n", 3),
        ("[ZoneTransfer]\nzoneid = 4\n", 4),
        ("[ZoneTransfer]\r\nZoneId=2\r\n", 2),
        ("[ZoneTransfer]\r\n", None),
    ],
)
def test_mark_of_a_download_is_read_from_the_files_stream(tmp_path, mark, expected):
    (tmp_path / "ODR.xlsm:Zone.Identifier").write_bytes(mark.encode())
    assert zone(tmp_path / "ODR.xlsm") == expected


def test_file_without_the_stream_has_no_mark(tmp_path):
    assert zone(tmp_path / "ODR.xlsm") == -1


def test_mark_that_may_not_be_read_is_not_known(tmp_path):
    # Opening a folder fails for another reason than that nothing is there.
    (tmp_path / "ODR.xlsm:Zone.Identifier").mkdir()
    assert zone(tmp_path / "ODR.xlsm") is None


def test_folder_of_onedrive_is_known_by_name_by_environment_and_by_the_registry(tmp_path):
    def lies(folder, environment=None, registry=None, system="Windows"):
        path = tmp_path / folder / "ODR.xlsm"
        return in_cloud(path, system=system, environment=environment or {}, registry=registry)

    assert lies("OneDrive - Shop") is lies("CloudStorage/OneDrive-Personal", system="Darwin") is True
    assert lies("Shop") is lies("Shop", system="Darwin") is False
    assert lies("Shop/2026", {"OneDriveCommercial": str(tmp_path / "Shop")}) is True
    assert lies("Shop 2", {"OneDriveCommercial": str(tmp_path / "Shop")}) is False
    mounted = Registry(
        {("HKCU", r"Software\SyncEngines\Providers\OneDrive\ab12", "MountPoint"): str(tmp_path / "Team")}
    )
    assert (lies("Team", registry=mounted), lies("Other", registry=mounted)) == (True, False)
    assert lies("OneDrive", system="Linux") is None


# -- All together -----------------------------------------------------------------------------------------------------


@pytest.fixture
def windows(tmp_path):
    """``windows()`` diagnoses a planted Windows computer with the workbook: check to status."""
    env, excel = environment_of(tmp_path / "env", xlwings=XLWINGS), program(tmp_path / "Office16" / "EXCEL.EXE")
    path = tmp_path / "books" / "ODR.xlsm"
    path.parent.mkdir()
    build_workbook(path, interpreter=str(env))
    # A path of this system is written as a Mac's, so the user's own file names it for Windows.
    user = tmp_path / "home" / ".xlwings" / "xlwings.conf"
    user.parent.mkdir(parents=True)
    user.write_text(f'"INTERPRETER_WIN","{env}"\n')

    def diagnosed():
        facts = gather(
            path, system="Windows", environment={"PATH": ""}, home=tmp_path / "home",
            registry=Registry({("HKLM", APP_PATH, ""): str(excel)}),
        )  # fmt: skip
        return {each.check: each.status for each in diagnose(facts)}

    return diagnosed


def test_planted_windows_computer_is_well(windows):
    assert set(windows().values()) == {"ok"}


def test_downloaded_workbook_and_missing_dll_are_found_on_a_planted_windows_computer(windows, tmp_path):
    (tmp_path / "books" / "ODR.xlsm:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    (tmp_path / "env" / f"xlwings64-{XLWINGS}.dll").unlink()
    looks = {check for check, status in windows().items() if status == "look"}
    assert looks == {"Blocked macros", "Antivirus", "32-bit Excel"}


def test_mac_without_the_script_of_the_buttons_is_told_so(book, tmp_path):
    def status():
        facts = gather(book, system="Darwin", environment={"PATH": ""}, home=tmp_path, registry=None)
        return next(each.status for each in diagnose(facts) if each.check == "Excel for Mac")

    assert status() == "look"
    script = tmp_path / "Library/Application Scripts/com.microsoft.Excel" / f"xlwings-{XLWINGS}.applescript"
    script.parent.mkdir(parents=True)
    script.write_text("")
    assert status() == "ok"


def test_this_computer_without_a_workbook_calls_nothing_ok_that_needs_one():
    facts = gather()
    assert facts.interpreter.ours
    needing = ("OneDrive or SharePoint", "Interpreter", "xlwings version", "Formulas' macros")
    assert {each.status for each in diagnose(facts) if each.check in needing} == {"unknown"}
