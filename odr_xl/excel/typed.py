"""Cells that arrive as objects: Excel for the web and the Mac gives an add-in some values with their type.

An error is ``{"type": "Error", "basicValue": "#REF!", …}`` there, a number with a format of its own
``{"type": "FormattedNumber", "basicValue": 46235, …}``. xlwings Lite takes most of them apart before a formula sees
them; what it leaves, and a single cell that arrives as a range of one, is taken apart here. Classic Excel has none.
"""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

from odr_xl.readers.blocks import Block

#: Texts of the errors that name themselves only by their kind, as older versions of Excel send them.
_ERRORS: Final = {
    "Blocked": "#BLOCKED!",
    "Busy": "#BUSY!",
    "Calc": "#CALC!",
    "Div0": "#DIV/0!",
    "Field": "#FIELD!",
    "GettingData": "#GETTING_DATA",
    "Name": "#NAME?",
    "NotAvailable": "#N/A",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Spill": "#SPILL!",
    "Value": "#VALUE!",
}


def plain_cell(value: Any) -> Any:
    """A single cell as the value that it shows; a range of one cell is that cell.

    >>> plain_cell([[46235]]), plain_cell({"type": "Error", "errorType": "NotAvailable"})
    (46235, '#N/A')
    """
    while isinstance(value, (list, tuple)) and len(value) == 1:
        value = value[0]
    return _shown(value) if isinstance(value, dict) else value


def plain_rows(rows: Any) -> Any:
    """A range with each object replaced by the value that its cell shows; the range itself when it holds none.

    >>> plain_rows([["Order ID", "Chargeback"], ["A-1", {"type": "Error", "basicValue": "#REF!"}]])
    [['Order ID', 'Chargeback'], ['A-1', '#REF!']]
    """
    # A block comes from classic Excel or from a file: no cell of it is an object, and there can be millions.
    if isinstance(rows, Block) or not isinstance(rows, (list, tuple)):
        return _shown(rows) if isinstance(rows, dict) else rows
    if not all(isinstance(row, (list, tuple)) for row in rows):
        return [plain_rows(row) for row in rows]
    if dict not in set(map(type, chain.from_iterable(rows))):
        return rows
    return [[_shown(cell) if isinstance(cell, dict) else cell for cell in row] for row in rows]


def _shown(value: dict[str, Any]) -> Any:
    if "basicValue" in value:
        return value["basicValue"]
    # Without a value to show it's an error: never a blank, which would hide what a formula above got wrong.
    return _ERRORS.get(str(value.get("errorType", "")), "#VALUE!")
