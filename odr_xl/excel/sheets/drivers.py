"""The Drivers sheet: which products and reasons the defects come from, and what the buyers write."""

from __future__ import annotations

from typing import Any, Final

from odr_xl.excel.sheets.blocks import Block, finish_page, write_block, write_title
from odr_xl.excel.sheets.charts import PARETO_ALT, pareto_chart
from odr_xl.excel.sheets.results import DAYS, DEFECTS
from odr_xl.excel.sheets.styles import Styles

_GROUPS: Final = (
    "text", "whole", "whole", "percent", "percent", "percent", "share", "lift", "text", "percent", "share",
)  # fmt: skip
_TOP: Final = 15
_WIDTHS: Final = (30, 10, 11, 10, 10, 10, 12, 9, 34, 12, 12)
#: First column of what stands to the right of the products.
_RIGHT: Final = 12

#: Every product is listed, so nothing stands below; Listings reads it too.
PRODUCTS: Final = Block(
    "Products",
    "Most defective orders first. An order with several products counts under its first one.",
    f'ODR_BY(tblOrders[#All],{DEFECTS},"sku",WindowStart,WindowEnd,,"amazon",Account,Lang)',
    5, 0, _GROUPS, 300, bare=True,
)  # fmt: skip
REASONS: Final = Block(
    "Reasons",
    "What the buyers' texts and the return reasons say, returns included.",
    f'ODR_BY({DAYS},{DEFECTS},"topic",WindowStart,WindowEnd,{_TOP},"all",Account,Lang)',
    24, _RIGHT, _GROUPS, _TOP,
)  # fmt: skip
WORDS: Final = Block(
    "Words",
    "Words that 1 and 2 star feedback uses more than other feedback.",
    f"FEEDBACK_WORDS(tblFeedback[#All],{_TOP},Lang)",
    43, _RIGHT, ("text", "whole", "whole", "number", "text"), _TOP,
)  # fmt: skip
#: The products' result, as the sheet Listings takes it.
BY_PRODUCT: Final = f"ANCHORARRAY(Drivers!A{PRODUCTS.row})"
BLOCKS: Final = (PRODUCTS, REASONS, WORDS)


def write_drivers(workbook: Any, sheet: Any, styles: Styles) -> None:
    """Write the Drivers sheet; its values come with the first calculation."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles["plain"])
        sheet.set_column(column + _RIGHT, column + _RIGHT, width, styles["plain"])
    write_title(sheet, "Drivers", "Where the defects are, and what they are about, in the window on Settings.", styles)
    for block in BLOCKS:
        write_block(sheet, block, styles)
    chart = pareto_chart(workbook, "Drivers", PRODUCTS.row + 1, PRODUCTS.row + _TOP)
    chart.set_size({"width": 620, "height": 330})
    sheet.insert_chart("M4", chart, {"object_position": 2, "description": PARETO_ALT})
    sheet.freeze_panes(2, 1)
    finish_page(sheet)
