"""What the stand-in for Excel says and how it starts Python; needs no Wine."""

from __future__ import annotations

import doctest
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath

import environment
import pytest
import session
import variants
import xlwings
from expected import differences, in_cells
from variants import Area, Array, CellError, Missing, read_value, write_value

from odr_xl.excel.sheets.template import configuration


@pytest.mark.parametrize("module", [environment, session, variants], ids=lambda module: module.__name__)
def test_examples_run(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    "value",
    [
        *(None, 0.1, -3.0, True, False, "", "a\tb\\tc\\\\n\n\r\\", "漢字", datetime(2026, 9, 30, 23, 59, 59)),
        [["a", 1.0], [None, True]],
    ],
)
def test_value_comes_back_as_it_went(value):
    sent = Array(value) if isinstance(value, list) else value
    assert read_value(iter(write_value(sent))) == value


def test_each_kind_of_argument_has_its_letter():
    # client/values.h: missing, error, money in ten-thousandths, range with its place and sheet.
    sent = [Missing, CellError("#N/A"), Decimal("1.25"), Area([[1, 2]], "S\t1", 5, 3)]
    assert [write_value(value) for value in sent] == [
        ["M"], ["X-2146826246"], ["C12500"], ["G1:2:5:3", "S\\t1", "R1.0", "R2.0"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "expected", "count"),
    [
        (0.1, 0.1 + 1e-17, 0),
        (0.1, 0.1 + 1e-12, 1),
        ("1", 1.0, 1),
        (True, 1.0, 1),
        ([["a", 1.0]], [["a", 1.0], ["b", 2.0]], 1),
        ([["a", 1.0], ["b", 2.0]], [["a", ""], ["c", 2.0]], 2),
    ],
)
def test_difference_of_any_kind_is_seen(found, expected, count):
    assert len(differences(found, expected)) == count


def test_result_is_what_a_cell_can_hold():
    # xlwings hands a missing value over as an empty text, and Excel has only doubles.
    result = [["a", 1, None], [float("nan"), True, date(2026, 9, 30)]]
    assert in_cells(result) == [["a", 1.0, ""], ["", True, datetime(2026, 9, 30)]]
    assert in_cells([["one"]]) == "one"


def test_value_that_no_cell_holds_is_refused():
    with pytest.raises(TypeError, match="bytes is in no cell"):
        write_value(b"x")


def vba(line: str, names: dict[str, str]) -> str:
    """A VBA expression of texts and names joined by ``&``, evaluated."""
    parts = re.findall(r'"((?:[^"]|"")*)"(?!")|([A-Za-z_]\w*(?:\(34\))?)', line)
    return "".join(names[name] if name else text.replace('""', '"') for text, name in parts)


def test_command_that_starts_python_is_the_one_of_xlwings_own_vba():
    source = (Path(xlwings.__file__).parent / "xlwings.bas").read_text("utf-8")
    function = source[source.index("Function XLPyCommand()") :]
    head = re.search(r'PYTHON_WIN = ("cmd\.exe " & ConsoleSwitch & " /K " & Chr\(34\).*)', function)
    tail = re.search(r"tail = (.*)", function)
    fields = re.search(r'PYTHONPATH = (AddExcelDir & ";".*?) & GetConfig\("ONEDRIVE', function)
    workbook, folder = r"C:\Users\Bob's\R&D\ODR.xlsm", PurePosixPath("/code")
    # Empty settings for OneDrive; ADD_WORKBOOK_TO_PYTHONPATH as our workbook has it.
    known = {"AddExcelDir": str(dict(configuration())["ADD_WORKBOOK_TO_PYTHONPATH"]), "ThisWorkbook": workbook}
    path = vba(fields[1].replace("ThisWorkbook.FullName", "ThisWorkbook"), known) + ";;;Z:\\code"
    path = path.replace("\\", "\\\\").replace("'", "\\'").replace("&", "^&")
    names = {
        "ConsoleSwitch": "",
        "PYTHON_WIN": "Z:\\py\\python.exe",
        "Chr(34)": '"',
        "LicenseKeyEnvString": "",
        "PYTHONPATH": path,
    }
    expected = vba(head[1], names) + vba(tail[1], names) + '"'
    assert session.activation(PurePosixPath("/py/python.exe"), workbook, [folder]) == expected


def test_dll_is_the_one_that_the_workbooks_vba_loads():
    assert f"xlwings64-{xlwings.__version__}.dll" == environment.XLWINGS_DLL
    assert f"xlwings=={xlwings.__version__} " in environment.REQUIREMENTS.read_text("utf-8")
