"""The nine failures, each planted in the facts of a computer where all is well."""

from dataclasses import replace

import pytest

from odr_xl.doctor.facts import Excel, Facts, Interpreter, Workbook
from odr_xl.doctor.findings import CHECKS, diagnose

PYTHON = r"C:\Users\ann\odr-xl\Scripts\pythonw.exe"
WELL = Facts(
    system="Windows",
    wrappers="a1b2c3d4e5f6",
    excel=Excel(r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE", store=False, bits=64, macros=2),
    interpreter=Interpreter(
        PYTHON, "named on the sheet xlwings.conf", exists=True, ours=True, store=False, bits=64, odr_xl="0.1.0",
        xlwings="0.37.8", dlls=frozenset({"xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll"}), missing=(),
    ),
    workbook=Workbook(
        r"C:\odr\ODR.xlsm", {"ADD_WORKBOOK_TO_PYTHONPATH": "False"}, "0.37.8", "a1b2c3d4e5f6", zone=-1, cloud=False
    ),
)  # fmt: skip
IN_CLOUD = replace(WELL.workbook, cloud=True)


def planted(*, excel=None, interpreter=None, workbook=None, **facts):
    """The well computer with some facts exchanged."""
    return replace(
        WELL,
        excel=replace(WELL.excel, **(excel or {})),
        interpreter=replace(WELL.interpreter, **(interpreter or {})),
        workbook=replace(WELL.workbook, **(workbook or {})),
        **facts,
    )


def finding(facts, check):
    return next(each for each in diagnose(facts) if each.check == check)


def test_nothing_must_be_done_on_a_computer_where_all_is_well():
    assert [each.status for each in diagnose(WELL)] == ["ok"] * 9
    assert [each.action for each in diagnose(WELL)] == [""] * 9


#: Failure, the facts that differ, a word of what is said and one of what is to be done.
FAILURES = (
    ("Microsoft Store Office", {"excel": {"store": True}}, "Store's edition", "office.com"),
    ("OneDrive or SharePoint", {"workbook": {"cloud": True, "settings": {}}}, "web address", "C:\\odr"),
    ("Blocked macros", {"workbook": {"zone": 3}}, "zone 3", "Unblock"),
    ("Blocked macros", {"excel": {"macros": 4}}, "without asking", "Trust Center"),
    ("Antivirus", {"interpreter": {"missing": ("udfs.py",)}}, "udfs.py", "antivirus"),
    ("xlwings version", {"interpreter": {"xlwings": "0.38.1"}}, "has 0.38.1", "xlwings==0.37.8"),
    ("xlwings version", {"interpreter": {"xlwings": ""}}, "has none", "xlwings==0.37.8"),
    ("xlwings version", {"interpreter": {"dlls": frozenset()}}, "isn't beside", "venv"),
    ("Formulas' macros", {"workbook": {"wrappers": "000000000000"}}, "000000000000", "odr-xl new"),
    ("Formulas' macros", {"workbook": {"wrappers": ""}}, "no macros", "odr-xl new"),
    ("Interpreter", {"interpreter": {"exists": False}}, "isn't there", "odr-xl new"),
    ("Interpreter", {"interpreter": {"odr_xl": ""}}, "no odr-xl", "odr-xl new"),
    ("Interpreter", {"interpreter": {"store": True}}, "Microsoft Store's", "winget"),
    ("Interpreter", {"interpreter": {"path": None}}, "names no Python", "odr-xl new"),
    (
        "32-bit Excel",
        {"excel": {"bits": 32}, "interpreter": {"dlls": frozenset({"xlwings64-0.37.8.dll"})}},
        "32 bits and Python 64; the DLL for it, xlwings32-0.37.8.dll",
        "pip install",
    ),
    ("Excel for Mac", {"system": "Darwin", "mac_script": ""}, "can't call Python", "xlwings runpython install"),
    ("Excel for Mac", {"system": "Darwin", "mac_script": "0.30.0"}, "isn't set up", "xlwings runpython install"),
)  # fmt: skip


@pytest.mark.parametrize(("check", "facts", "said", "action"), FAILURES)
def test_failure_is_found_with_a_sentence_and_an_action(check, facts, said, action):
    found = finding(planted(**facts), check)
    assert found.status == "look"
    assert said in found.found
    assert action in found.action
    assert found.action.endswith(".")


@pytest.mark.parametrize(("check", "facts", "said", "action"), FAILURES)
def test_planted_failure_is_the_only_one_unless_one_fact_shows_in_two_places(check, facts, said, action):
    looks = {each.check for each in diagnose(planted(**facts)) if each.status == "look"}
    # A DLL that isn't there is missing for Excel's bits too.
    assert looks - {check} <= ({"32-bit Excel"} if facts.get("interpreter", {}).get("dlls") == frozenset() else set())


def test_every_one_of_the_nine_has_a_planted_failure():
    assert {failure[0] for failure in FAILURES} == set(CHECKS)
    assert len(CHECKS) == 9


def test_workbook_in_onedrive_is_well_when_it_does_not_look_for_python_files_there():
    found = finding(replace(WELL, workbook=IN_CLOUD), "OneDrive or SharePoint")
    assert (found.status, found.action) == ("ok", "")


def test_excel_and_python_of_different_bits_are_well_when_the_dll_for_excel_is_there():
    found = finding(planted(excel={"bits": 32}), "32-bit Excel")
    assert (found.status, "32 bits and Python 64" in found.found) == ("ok", True)


def test_mac_with_the_script_of_the_workbooks_xlwings_is_well_and_the_windows_failures_are_not_looked_for():
    facts = planted(system="Darwin", mac_script="0.37.8", excel={"store": None, "bits": None, "path": None})
    assert {each.status for each in diagnose(facts)} == {"ok"}


UNKNOWN = (
    ("Microsoft Store Office", {"excel": {"store": None, "path": None}}),
    ("Blocked macros", {"workbook": {"zone": None}}),
    ("OneDrive or SharePoint", {"workbook": {"cloud": None}}),
    ("Interpreter", {"interpreter": {"odr_xl": None}}),
    ("Interpreter", {"interpreter": {"exists": None}}),
    ("xlwings version", {"interpreter": {"xlwings": None}}),
    ("xlwings version", {"workbook": {"xlwings": None}}),
    ("Antivirus", {"interpreter": {"missing": None}}),
    ("Antivirus", {"interpreter": {"xlwings": ""}}),
    ("32-bit Excel", {"excel": {"bits": None}}),
    ("32-bit Excel", {"interpreter": {"dlls": None}}),
    ("Formulas' macros", {"workbook": {"wrappers": None}}),
    ("Excel for Mac", {"system": "Darwin"}),
    ("Excel for Mac", {"system": "Linux"}),
)


@pytest.mark.parametrize(("check", "facts"), UNKNOWN)
def test_what_is_not_known_is_never_ok_and_says_how_to_find_out(check, facts):
    found = finding(planted(**facts), check)
    assert found.status == "unknown"
    assert found.action.endswith(".")


def test_computer_that_is_neither_windows_nor_a_mac_calls_nothing_of_excel_ok():
    facts = Facts("Linux", "a1b2c3d4e5f6", interpreter=WELL.interpreter)
    assert {each.status for each in diagnose(facts)} == {"unknown"}


def test_without_a_workbook_what_needs_one_is_not_known():
    unknown = {each.check for each in diagnose(replace(WELL, workbook=None)) if each.status == "unknown"}
    assert unknown == {"Blocked macros", "OneDrive or SharePoint", "Interpreter", "xlwings version", "Formulas' macros"}
