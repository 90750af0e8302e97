"""The last step of a workbook for xlwings Lite: the formulas in the form it stores, the program in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from odr_xl.excel.lite.extension import add_extension
from odr_xl.excel.lite.program import main_program, requirements
from odr_xl.excel.lite.stored import STORED_NAMES, store_formulas
from odr_xl.excel.lite.wheel import build_wheel
from odr_xl.headless.package import Package

# Both as the workbooks had them that Excel saved with Lite; it brings them up to date when it saves. An identity of the
# workbook isn't among them: Lite gives one, and two sellers' workbooks must not share it.
_PYODIDE: Final = "0.27.5"
_ADD_IN: Final = "1.0.0.0-18"


def settings() -> dict[str, object]:
    """What xlwings Lite keeps in the workbook."""
    return {
        "main.py": main_program(build_wheel()),
        "requirements.txt": requirements(),
        "pyodideVersion": _PYODIDE,
        "addinVersion": _ADD_IN,
    }


def finish_for_lite(path: Path) -> None:
    """Turn a filled and calculated workbook without macros into one for xlwings Lite, in place.

    Its values stay: a seller sees them before the add-in has started, and without it.
    """
    package = Package.open(path)
    store_formulas(package)
    add_extension(package, settings(), STORED_NAMES)
    package.save(backup=False)
