"""The hidden sheet `_IntelliSense_`: help while typing, for sellers who have Excel-DNA's IntelliSense add-in.

Excel itself shows no help for functions of a macro while they are typed. That add-in (free, not part of this project)
reads such a sheet; without it the sheet does nothing.
"""

from __future__ import annotations

import inspect
from typing import Any, Final

from odr_xl.excel.functions import ARGUMENT_HELP, FORMULAS
from odr_xl.excel.vba.wrappers import function_help

SHEET: Final = "_IntelliSense_"


def intellisense_rows() -> tuple[tuple[str, ...], ...]:
    """Rows of the sheet: name, description, help page (none), then each argument with its description.

    >>> intellisense_rows()[0], intellisense_rows()[1][0], intellisense_rows()[1][3]
    (('FunctionInfo',), 'ODR', 'orders')
    """
    rows: list[tuple[str, ...]] = [("FunctionInfo",)]
    for function in FORMULAS:
        names = inspect.signature(function).parameters
        told = [text for name in names for text in (name, ARGUMENT_HELP[name])]
        rows.append((function.__name__, function_help(function), "", *told))
    return tuple(rows)


def write_intellisense(sheet: Any) -> None:
    """Write the sheet and hide it."""
    for row, cells in enumerate(intellisense_rows()):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    sheet.hide()
