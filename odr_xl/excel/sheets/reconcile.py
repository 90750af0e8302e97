"""The Reconcile sheet's answers, to the right of Amazon's own numbers: where ours differ, and the leading signs."""

from __future__ import annotations

from typing import Any, Final

from odr_xl.excel.sheets.blocks import Block, write_block
from odr_xl.excel.sheets.inputs import HEADER_ROW
from odr_xl.excel.sheets.results import DAYS, DEFECTS
from odr_xl.excel.sheets.styles import Styles
from odr_xl.excel.sheets.tables import TABLES

_FIRST: Final = len(TABLES["tblAmazon"].columns) + 1
DIFFERENCES: Final = Block(
    "Ours beside Amazon's",
    "",
    f"ODR_RECONCILE({DAYS},WindowStart,WindowEnd,,,tblAmazon[#All],{DEFECTS},Account,Lang)",
    HEADER_ROW, _FIRST, ("text", "text", "whole", "whole", "whole", "text"), 120,
)  # fmt: skip
SIGNS: Final = Block(
    "Leading signs, never part of the rate",
    "",
    f"ODR_SIGNS(tblAmazon[#All],tblAccountHealth[#All],{DAYS},AsOf,Lang)",
    HEADER_ROW, _FIRST + len(DIFFERENCES.kinds) + 1,
    ("text", "text", "date", "date", "whole", "whole", "percent", "percent", "text"), 60,
)  # fmt: skip


def write_reconciliation(sheet: Any, styles: Styles) -> None:
    """Write the two answers beside the table."""
    widths = (12, 24, 10, 10, 11, 90, 3, 12, 28, 12, 12, 9, 9, 9, 9, 40)
    for column, width in enumerate(widths, start=_FIRST):
        sheet.set_column(column, column, width, styles["plain"])
    for block in (DIFFERENCES, SIGNS):
        write_block(sheet, block, styles)
    # Counts and rates stand in the same columns: a fraction between -1 and 1 that isn't whole is a rate.
    first, last = HEADER_ROW, HEADER_ROW + DIFFERENCES.room - 1
    for column in range(_FIRST + 2, _FIRST + 5):
        letter = chr(ord("A") + column)
        criteria = f"=AND(ISNUMBER({letter}{first + 1}),{letter}{first + 1}<>INT({letter}{first + 1}))"
        rule = {"type": "formula", "criteria": criteria, "format": styles["if_fraction"]}
        sheet.conditional_format(first, column, last, column, rule)
