"""The facts of this computer, gathered for a diagnosis; nothing is changed, started or sent."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from odr_xl.doctor.facts import Facts
from odr_xl.doctor.interpreter import inspected, workbook_interpreter
from odr_xl.doctor.office import Registry, installed_excel
from odr_xl.doctor.workbook import examined
from odr_xl.excel.connection import current_hash

_THIS_PYTHON: Final = "the Python of this command"
_THIS_REGISTRY: Final = object()


def gather(
    workbook: Path | None = None,
    *,
    system: str | None = None,
    environment: Mapping[str, str] | None = None,
    home: Path | None = None,
    registry: Registry = _THIS_REGISTRY,
) -> Facts:
    """The facts of a computer, and of a workbook on it.

    Parameters
    ----------
    workbook : Path, optional
        Without it, the Python of this command is looked at.
    system, environment, home, registry
        This computer's own when left out; a test gives others.

    Raises
    ------
    InputError, WorkbookError
        A workbook that isn't there, or is none.
    """
    system = system or platform.system()
    environment = os.environ if environment is None else environment
    home = home or Path.home()
    if registry is _THIS_REGISTRY:
        # The module exists on Windows only.
        registry = import_module("winreg") if system == "Windows" else None
    book = None
    if workbook is None:
        python = inspected(sys.executable, _THIS_PYTHON, system=system, environment=environment)
    else:
        book = examined(workbook, system=system, environment=environment, registry=registry)
        folder = workbook.resolve().parent
        python = workbook_interpreter(book.settings, folder, system=system, home=home, environment=environment)
    return Facts(
        system=system,
        wrappers=current_hash(),
        excel=installed_excel(registry),
        interpreter=python,
        workbook=book,
        mac_script=_mac_script(home) if system == "Darwin" else None,
    )


def _mac_script(home: Path) -> str:
    """Version of the script that xlwings' buttons need on a Mac (``xlwings runpython install``); "" for none."""
    folder = home / "Library" / "Application Scripts" / "com.microsoft.Excel"
    found = sorted(folder.glob("xlwings-*.applescript")) if folder.is_dir() else []
    return found[-1].stem.removeprefix("xlwings-") if found else ""
