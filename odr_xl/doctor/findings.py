"""From facts to findings: one sentence and one action for each of the failures that people meet.

A finding is ``ok`` only when a fact says so. What this computer can't know is ``unknown``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from odr_xl.doctor.facts import Facts, Interpreter

Status = Literal["ok", "look", "unknown"]
#: Status, what was found, what to do.
_Answer = tuple[Status, str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    check : str
        Name of the failure.
    status : "ok", "look" or "unknown"
        ``look``: something must be done.
    found : str
        What was found, as a sentence without its full stop.
    action : str
        What to do, as a sentence; "" when there is nothing to do.
    """

    check: str
    status: Status
    found: str
    action: str = ""


def diagnose(facts: Facts) -> list[Finding]:
    """One finding for each failure, in the order in which they are best mended."""
    return [Finding(name, *check(facts)) for name, check in CHECKS.items()]


def _ok(found: str) -> _Answer:
    return "ok", found, ""


def _look(found: str, action: str) -> _Answer:
    return "look", found, action


def _unknown(found: str, action: str) -> _Answer:
    return "unknown", found, action


#: Windows' zones whose files Office doesn't let run macros: internet and restricted sites.
_BLOCKED_ZONES: Final = (3, 4)
#: The Trust Center's choices under which Excel doesn't ask: only signed macros, none.
_WITHOUT_ASKING: Final = (3, 4)
_NOT_ON_MAC: Final = _ok("this happens only on Windows")
_NOT_HERE: Final = "this computer has no Excel for Windows, so this can't be seen here"
_ON_WINDOWS: Final = "Run odr-xl doctor on the computer with Excel."
_NO_WORKBOOK: Final = _unknown("no workbook was given", "Name it: odr-xl doctor ODR.xlsm.")
_NEW: Final = (
    "Make a new workbook with odr-xl new, refresh it with the same reports, and copy what you typed by hand (claims, "
    "chargebacks, decisions)."
)
_UPGRADE: Final = "Close it in Excel and run odr-xl new --upgrade with its name; everything but the macros stays."
_NAME_PYTHON: Final = (
    "Close it in Excel and run odr-xl new --upgrade with its name and --interpreter with the Python that has odr-xl "
    '(py -c "import sys; print(sys.executable)" prints it).'
)
_NO_MACROS_READ: Final = _unknown("the workbook's macros can't be read", _NEW)


def _mac(facts: Facts) -> _Answer:
    if facts.on_windows:
        return _ok("this is Windows, where formulas call Python")
    if not facts.on_mac:
        return _unknown("this is neither Windows nor a Mac", "Fill the workbook here with odr-xl refresh.")
    values = "formulas can't call Python in Excel for Mac; they keep the values of the last refresh"
    version = (facts.workbook and facts.workbook.xlwings) or facts.interpreter.xlwings
    if facts.mac_script is None or not version:
        return _unknown(f"{values}; whether the Refresh button is set up isn't known", "Refresh with odr-xl refresh.")
    if facts.mac_script != version:
        return _look(f"{values}, and the Refresh button isn't set up", "Run once: xlwings runpython install.")
    return _ok(f"{values}; the Refresh button is set up")


def _store_excel(facts: Facts) -> _Answer:
    if facts.on_mac:
        return _NOT_ON_MAC
    if not facts.on_windows:
        return _unknown(_NOT_HERE, _ON_WINDOWS)
    if facts.excel.store:
        return _look(
            "Excel is the Microsoft Store's edition, from which people report that Python can't be started",
            "Uninstall it, and install Office from your account at office.com.",
        )
    if facts.excel.store is None:
        return _unknown(
            "Excel wasn't found on this computer", "In Excel, File > Account: it must not say Microsoft Store."
        )
    return _ok(f"Excel is not the Store's: {facts.excel.path}")


def _blocked(facts: Facts) -> _Answer:
    if facts.on_mac:
        return _NOT_ON_MAC
    if facts.on_windows and facts.excel.macros in _WITHOUT_ASKING:
        return _look(
            "Excel is set to run no macros, or only signed ones, without asking",
            "In Excel, File > Options > Trust Center > Trust Center Settings > Macro Settings: choose Disable with "
            "notification.",
        )
    if facts.workbook is None:
        return _NO_WORKBOOK
    if not facts.on_windows:
        return _unknown(_NOT_HERE, _ON_WINDOWS)
    zone = facts.workbook.zone
    if zone is None:
        return _unknown(
            "the mark of where the file came from can't be read",
            "In the Explorer, right-click the file, Properties: if Unblock is there, tick it.",
        )
    if zone in _BLOCKED_ZONES:
        return _look(
            f"Windows marks the workbook as downloaded (zone {zone}), so its macros are blocked",
            "Close it; in the Explorer, right-click the file, Properties, tick Unblock, OK.",
        )
    return _ok("the workbook has no mark of a download; Excel may still ask once: Enable Content")


def _cloud(facts: Facts) -> _Answer:
    book = facts.workbook
    if book is None:
        return _NO_WORKBOOK
    if book.cloud is None:
        return _unknown(
            "where the workbook lies on the computer with Excel isn't known here",
            "If it lies in OneDrive or SharePoint there, move it to a folder such as C:\\odr.",
        )
    if not book.cloud:
        return _ok("the workbook lies in no folder of OneDrive or SharePoint")
    if book.settings.get("ADD_WORKBOOK_TO_PYTHONPATH", "").upper() == "FALSE":
        return _ok("the workbook lies in OneDrive or SharePoint, and is set not to look for Python files there")
    return _look(
        "the workbook lies in OneDrive or SharePoint, where its address is a web address",
        "Move it to a folder such as C:\\odr, or set ADD_WORKBOOK_TO_PYTHONPATH to FALSE on the sheet xlwings.conf.",
    )


def _interpreter(facts: Facts) -> _Answer:
    python = facts.interpreter
    if facts.workbook is None:
        return _NO_WORKBOOK
    if python.path is None:
        if facts.on_windows or facts.on_mac:
            return _look("the workbook names no Python, and none is on the path", _NAME_PYTHON)
        return _unknown("the workbook names no Python for this system", _ON_WINDOWS)
    place = f"{python.path} ({python.named_by})"
    if python.exists is None:
        return _unknown(f"the workbook's Python is another computer's: {place}", _ON_WINDOWS)
    if not python.exists:
        return _look(f"the workbook's Python isn't there: {place}", _NAME_PYTHON)
    if python.store:
        return _look(
            f"the workbook's Python is the Microsoft Store's, which Excel can't start reliably: {place}",
            "Uninstall it, run winget install Python.Python.3.13, and install odr-xl again.",
        )
    if python.odr_xl == "":
        return _look(f"the workbook's Python has no odr-xl: {place}", _NAME_PYTHON)
    if python.odr_xl is None:
        return _unknown(
            f"whether the workbook's Python has odr-xl can't be seen: {place}",
            f'Type: "{python.path}" -m odr_xl --version.',
        )
    which = "this command's own" if python.ours else "another than this command's"
    return _ok(f"the workbook's Python, {which}, has odr-xl {python.odr_xl}: {place}")


def _dll_version(facts: Facts) -> _Answer:
    if facts.on_mac:
        return _NOT_ON_MAC
    book, python = facts.workbook, facts.interpreter
    if book is None:
        return _NO_WORKBOOK
    if book.xlwings is None:
        return _NO_MACROS_READ
    if not book.xlwings:
        return _look("the workbook has no macros of xlwings", _NEW)
    loads = f"the workbook loads the DLL of xlwings {book.xlwings}"
    if python.xlwings is None:
        return _unknown(f"{loads}; what its Python has isn't known", _ON_WINDOWS)
    if python.xlwings != book.xlwings:
        has = python.xlwings or "none"
        return _look(
            f"{loads}, and its Python has {has}", f'Type: "{python.path}" -m pip install xlwings=={book.xlwings}.'
        )
    if facts.on_windows and not _has_dll(python):
        return _look(
            f"{loads}, which isn't beside its Python: {python.path}",
            "Install odr-xl in an environment of its own (py -m venv), and make a new workbook from there.",
        )
    return _ok(f"{loads}, and its Python has that version")


def _has_dll(python: Interpreter) -> bool:
    return any(name.endswith(f"-{python.xlwings}.dll") for name in python.dlls or ())


def _quarantine(facts: Facts) -> _Answer:
    if facts.on_mac:
        return _NOT_ON_MAC
    if not facts.on_windows:
        return _unknown(_NOT_HERE, _ON_WINDOWS)
    python = facts.interpreter
    if python.missing:
        more = len(python.missing) - 3
        shown = ", ".join(python.missing[:3]) + (f" and {more} more" if more > 0 else "")
        return _look(
            f"files that were installed are gone, as after a quarantine: {shown}",
            "Let your antivirus program restore and allow them, or install odr-xl again.",
        )
    if python.missing is None or not python.xlwings:
        return _unknown(
            "the files of the workbook's Python can't be listed",
            "Look for xlwings in your antivirus program's quarantine.",
        )
    return _ok("all files of odr-xl and xlwings are there")


def _bits(facts: Facts) -> _Answer:
    if facts.on_mac:
        return _NOT_ON_MAC
    if not facts.on_windows:
        return _unknown(_NOT_HERE, _ON_WINDOWS)
    excel, python = facts.excel.bits, facts.interpreter
    if excel is None:
        return _unknown(
            "whether Excel has 32 or 64 bits can't be seen",
            "In Excel, File > Account > About Excel: the first line says it.",
        )
    # The DLL runs inside Excel, so Excel's bits choose it; Python is a program of its own and may have others.
    pair = f"Excel has {excel} bits" + (f" and Python {python.bits}" if python.bits else "")
    version = (facts.workbook and facts.workbook.xlwings) or python.xlwings
    if not version or python.dlls is None:
        return _unknown(f"{pair}; whether the DLL for it is there isn't known", "Mend the interpreter first.")
    needed = f"xlwings{excel}-{version}.dll"
    if needed not in python.dlls:
        install = f'"{python.path}" -m pip install --force-reinstall --no-deps xlwings=={version}'
        return _look(f"{pair}; the DLL for it, {needed}, isn't beside Python", f"Type: {install}.")
    return _ok(f"{pair}; the DLL for it, {needed}, is there")


def _wrappers(facts: Facts) -> _Answer:
    book = facts.workbook
    if book is None:
        return _NO_WORKBOOK
    if book.wrappers is None:
        return _NO_MACROS_READ
    if not book.wrappers:
        return _look("the workbook has no macros for the formulas", _NEW)
    if book.wrappers != facts.wrappers:
        return _look(
            f"the workbook's macros ({book.wrappers}) aren't those of this version ({facts.wrappers})", _UPGRADE
        )
    return _ok(f"the workbook's macros are those of this version ({facts.wrappers})")


#: Each failure's name, and who looks for it.
CHECKS: Final[dict[str, Callable[[Facts], _Answer]]] = {
    "Excel for Mac": _mac,
    "Microsoft Store Office": _store_excel,
    "Blocked macros": _blocked,
    "OneDrive or SharePoint": _cloud,
    "Interpreter": _interpreter,
    "xlwings version": _dll_version,
    "Antivirus": _quarantine,
    "32-bit Excel": _bits,
    "Formulas' macros": _wrappers,
}
