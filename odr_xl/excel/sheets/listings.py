"""The Listings sheet's answer, to the right of its table: which pages invite defects, and why."""

from __future__ import annotations

from typing import Any, Final

from odr_xl.excel.sheets.blocks import Block, write_block
from odr_xl.excel.sheets.drivers import BY_PRODUCT
from odr_xl.excel.sheets.inputs import HEADER_ROW
from odr_xl.excel.sheets.styles import Styles
from odr_xl.excel.sheets.tables import TABLES

#: One free column parts the answer from the table, which may grow down but not to the right.
_FIRST: Final = len(TABLES["tblListings"].columns) + 1
SCORES: Final = Block(
    "Score",
    "0 to 100, and what to mend first. The formula writes these columns: don't type here.",
    f"LISTING_SCORE(tblListings[#All],{BY_PRODUCT},Lang)",
    HEADER_ROW, _FIRST,
    ("text", "text", "whole", "text", "text", "whole", "whole", "whole", "percent", "text"), 300,
)  # fmt: skip


def write_listing_scores(sheet: Any, styles: Styles) -> None:
    """Write the answer beside the table."""
    for column, width in enumerate((20, 40, 8, 40, 60, 8, 9, 10, 10, 44), start=_FIRST):
        sheet.set_column(column, column, width, styles["plain"])
    write_block(sheet, SCORES, styles)
