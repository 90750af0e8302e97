"""The Drivers sheet: which products and reasons the defects come from, and what the buyers write."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from odr_xl.excel.sheets.blocks import Block, finish_page, write_block, write_title
from odr_xl.excel.sheets.charts import PARETO_ALT, pareto_chart
from odr_xl.excel.sheets.results import DAYS, DEFECTS
from odr_xl.excel.sheets.styles import BLUE, Styles
from odr_xl.excel.trail import LEDGER_COLUMNS
from odr_xl.labels import word

_GROUPS: Final = (
    "text", "whole", "whole", "percent", "percent", "percent", "share", "lift", "text", "percent", "share",
)  # fmt: skip
_TOP: Final = 15
_WIDTHS: Final = (30, 10, 11, 10, 10, 10, 12, 9, 34, 12, 12)
#: Column of the sparklines, beside the products, and the first column of what stands to the right of them.
_SPARKLINES: Final = 11
_RIGHT: Final = 13
#: Row of the chart, counted from 0, below the reasons.
_CHART_ROW: Final = 22
#: Weeks that a sparkline shows, and the first column of their counts, beyond what is printed.
_WEEKS: Final = 13
_COUNTS: Final = _RIGHT + len(_GROUPS) + 1

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
    PRODUCTS.row, _RIGHT, _GROUPS, _TOP,
)  # fmt: skip
WORDS: Final = Block(
    "Words",
    "Words that 1 and 2 star feedback uses more than other feedback.",
    f"FEEDBACK_WORDS(tblFeedback[#All],{_TOP},Lang)",
    44, _RIGHT, ("text", "whole", "whole", "number", "text"), _TOP, tall=False,
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
    _write_weeks(sheet, styles)
    chart = pareto_chart(workbook, "Drivers", PRODUCTS.row + 1, PRODUCTS.row + _TOP)
    chart.set_size({"width": 620, "height": 330})
    sheet.insert_chart(_CHART_ROW, _RIGHT, chart, {"object_position": 2, "description": PARETO_ALT})
    sheet.freeze_panes(2, 1)
    finish_page(sheet)
    sheet.print_area(0, 0, PRODUCTS.last - 1, _COUNTS - 2)


def _write_weeks(sheet: Any, styles: Styles) -> None:
    """Write the defects of each week for the first products, in Excel's own formulas, and their sparklines."""
    header, first = PRODUCTS.row - 1, PRODUCTS.row
    sheet.set_column(_SPARKLINES, _SPARKLINES, 16, styles["plain"])
    sheet.write_string(header, _SPARKLINES, "Defects a week", styles["band_text"])
    sheet.set_column(_COUNTS, _COUNTS + _WEEKS - 1, 12, styles["plain"])
    sheet.write_string(header - 1, _COUNTS, "Defects a week", styles["section"])
    sheet.write_string(
        *(header - 1, _COUNTS + 2),
        "Amazon's events by the week of the order, which begins on this date: what the sparklines show.",
        styles["hint"],
    )
    for week in range(_WEEKS):
        begins = f'=IF(SeenOn="","",SeenOn-{7 * (_WEEKS - week) - 1})'
        sheet.write_formula(header, _COUNTS + week, begins, styles["band_date"], "")
    rows = range(first, first + _TOP)
    for row in rows:
        for week in range(_WEEKS):
            formula = _in_week(row, _COUNTS + week)
            sheet.write_formula(row, _COUNTS + week, formula, styles["column_whole"], "")
    # One group, so that a tall column is as many defects in each of them.
    sheet.add_sparkline(
        *(first, _SPARKLINES),
        {
            "location": [xl_rowcol_to_cell(row, _SPARKLINES) for row in rows],
            "range": [f"Drivers!{xl_range_abs(row, _COUNTS, row, _COUNTS + _WEEKS - 1)}" for row in rows],
            "type": "column",
            "series_color": BLUE,
            "min": 0,
            "max": "group",
        },
    )


def _in_week(row: int, column: int) -> str:
    """Count the events of the product in this row in the week of this column."""
    begins = xl_rowcol_to_cell(PRODUCTS.row - 1, column, row_abs=True)
    sku = xl_rowcol_to_cell(row, 0, col_abs=True)
    # Of the trail itself and not of so many rows below its header: each of 390 counts would go through all of them.
    skus, dates, counts = (
        f"INDEX({DEFECTS},0,{LEDGER_COLUMNS.index(name) + 1})" for name in ("sku", "order_date", "counts")
    )
    told = "+".join(
        f'COUNTIFS({skus},{sku},{dates},">="&{begins},{dates},"<"&{begins}+7,{counts},"{amazon}")'
        for amazon in (word("counts_amazon"), word("counts_amazon", "zh"))
    )
    return f'=IF(OR({sku}="",{begins}=""),"",{told})'
