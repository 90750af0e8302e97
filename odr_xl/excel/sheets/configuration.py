"""The hidden sheet `xlwings.conf`: which Python Excel starts, and what it loads there."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, Final

from odr_xl.errors import UsageError
from odr_xl.excel.vba.wrappers import PYTHON_MODULE
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet

#: The name is xlwings' own.
SHEET: Final = "xlwings.conf"
#: Key of the Python modules that hold formulas.
MODULES: Final = "UDF Modules"
_MAX_ROWS: Final = 100  # xlwings knows some twenty keys
_ON_THE_PATH: Final = ("", "python", "pythonw")  # no paths: xlwings leaves it to Windows to find these


def configuration(interpreter: str | None = None) -> tuple[tuple[str, str | bool], ...]:
    """Keys and values of the sheet that xlwings reads; a key with an empty value would hide the user's own setting.

    >>> configuration(r"%LOCALAPPDATA%\\Python\\python.exe")[0][0], configuration("/usr/local/bin/python3")[0][0]
    ('Interpreter_Win', 'Interpreter_Mac')
    """
    rows: list[tuple[str, str | bool]] = [
        (MODULES, PYTHON_MODULE),
        # The folder of a workbook on OneDrive is a web address, and xlwings searching for it can freeze Excel.
        ("ADD_WORKBOOK_TO_PYTHONPATH", False),
        ("Show Console", False),
    ]
    if interpreter is not None:
        rows.insert(0, (interpreter_key(interpreter), interpreter))
    return tuple(rows)


def interpreter_key(interpreter: str) -> str:
    """The key that holds a Python's path, by the system that the path is one of.

    Both may begin with an environment variable, which xlwings' VBA fills in: ``%LOCALAPPDATA%`` on Windows, ``$HOME``
    on a Mac.

    Raises
    ------
    UsageError
        If it's blank: a key without a value would hide the user's own setting.
    """
    if not interpreter.strip():
        raise UsageError("The interpreter is blank. Give the path of a Python, such as C:\\Python313\\python.exe.")
    return "Interpreter_Mac" if interpreter.startswith(("/", "$", "~")) else "Interpreter_Win"


def write_configuration(sheet: Any, rows: Sequence[tuple[str, str | bool]]) -> None:
    """Fill the sheet of a workbook that XlsxWriter makes with `configuration`'s rows, and hide it."""
    for row, (key, value) in enumerate(rows):
        sheet.write_string(row, 0, key)
        if isinstance(value, bool):
            sheet.write_boolean(row, 1, value)
        else:
            sheet.write_string(row, 1, value)
    sheet.hide()


def stored_configuration(package: Package) -> dict[str, str]:
    """What the sheet of a workbook says by key in capitals, down to the first gap as xlwings reads it."""
    if SHEET not in (ref.name.lower() for ref in package.sheets):
        return {}
    sheet = Sheet(package, SHEET)
    values = {key.upper(): sheet.get((row, 2)) for row, key in _keys(sheet).items()}
    return {key: "" if value is None else str(value) for key, value in values.items()}


def set_interpreter(package: Package, interpreter: str) -> None:
    """Make a workbook name another Python; the rest of its sheet stays."""
    sheet = Sheet(package, SHEET)
    keys = _keys(sheet)
    key = interpreter_key(interpreter)
    row = next((row for row, found in keys.items() if found.upper() == key.upper()), len(keys) + 1)
    if row > len(keys):
        sheet.set_value((row, 1), key)
    sheet.set_value((row, 2), interpreter)
    sheet.commit()


def lost_interpreter(
    stored: dict[str, str], *, windows: bool = os.name == "nt", exists: Callable[[str], bool] = os.path.exists
) -> str | None:
    """The Python that a workbook names for this kind of computer, if it isn't there; None if it is, or none is named.

    >>> lost_interpreter({"INTERPRETER_WIN": r"C:\\Python311\\python.exe"}, windows=True, exists=lambda path: False)
    'C:\\\\Python311\\\\python.exe'
    """
    named = stored.get("INTERPRETER_WIN" if windows else "INTERPRETER_MAC", "")
    if named.lower() in _ON_THE_PATH or exists(os.path.expandvars(named)):
        return None
    return named


def _keys(sheet: Sheet) -> dict[int, str]:
    """The keys in column A by row; xlwings stops at the first gap."""
    found: dict[int, str] = {}
    for row in range(1, _MAX_ROWS + 1):
        key = sheet.get((row, 1))
        if key in (None, ""):
            break
        found[row] = str(key)
    return found
