"""The result sheets: the ledger of defects, the counts a day, the trend. One formula each, which fills the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.excel.sheets.blocks import or_no_orders, write_title
from odr_xl.excel.sheets.styles import COMMENT, Styles, band
from odr_xl.labels import word
from odr_xl.rules import CAUSES

#: Row of the formula and of the header that it returns; the same on every result sheet.
FORMULA_ROW: Final = 4
#: Dates in the trend. The chart's range is fixed, so the number of rows is too.
TREND_POINTS: Final = 60
TREND_STEP: Final = 2
#: Rows of a sheet of texts that are high enough for four lines.
_TEXT_ROWS: Final = 150
#: First and last row of the trend's dates.
TREND_ROWS: Final = (FORMULA_ROW + 1, FORMULA_ROW + TREND_POINTS)

#: The result of the formula on Days, as other formulas take it: ``Days!A4#`` in Excel's own words.
DAYS: Final = f"ANCHORARRAY(Days!A{FORMULA_ROW})"
DEFECTS: Final = f"ANCHORARRAY(Defects!A{FORMULA_ROW})"


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """One result sheet: what stands above, the formula, and width and kind of each column of its result."""

    title: str
    hint: str
    formula: str
    columns: tuple[tuple[float, str], ...]


_ID, _DATE, _WORD, _SKU, _LONG, _COUNT = (23, "text"), (12, "date"), (13, "plain"), (20, "text"), (58, "plain"), 12
_WHOLE: Final = (_COUNT, "whole")

#: By sheet. Only the formulas on Defects and Days, and the check on Settings, read the orders.
RESULTS: Final[MappingProxyType[str, ResultSheet]] = MappingProxyType(
    {
        "Defects": ResultSheet(
            "Defects",
            "Every defect event with its order, and by which rule it counts or doesn't. The formula in A4 writes this "
            "sheet: don't type here.",
            "=DEFECT_LEDGER(tblOrders[#All],tblFeedback[#All],tblClaims[#All],tblChargebacks[#All],tblReturns[#All],"
            "tblAccountHealth[#All],WindowDays,LagDays,tblDecisions[#All],Lang)",
            (
                *(_ID, _DATE, (10, "plain"), (13, "plain"), _SKU, (22, "plain"), (10, "plain"), _LONG),
                *((15, "plain"), (9, "whole"), _DATE, (40, "plain"), _DATE),
            ),
        ),
        "Days": ResultSheet(
            "Days",
            "Orders, defective orders and causes of each day, channel and marketplace. The formula in A4 writes this "
            "sheet, and the Dashboard reads it.",
            f"=ODR_DAYS(tblOrders[#All],{DEFECTS},Omit,Lang)",
            (_DATE, _WORD, _WORD, *(_WHOLE for _ in COUNT_COLUMNS)),
        ),
        "Trend": ResultSheet(
            "Trend",
            "The rate of the window that ended on each date. The formula in A4 writes this sheet, and the chart on the "
            "Dashboard shows it.",
            f"=ODR_TREND({DAYS},WindowEnd,{TREND_POINTS},{TREND_STEP},WindowDays,,Lang)",
            ((15, "date"), _WHOLE, _WHOLE, *((13, "percent") for _ in range(3))),
        ),
        "Actions": ResultSheet(
            "Actions",
            "What to do first: root causes by weight, each with its remedy, the numbers that say so, and its orders. "
            "The formula in A4 writes this sheet.",
            or_no_orders(f"ODR_ACTIONS({DEFECTS},WindowStart,WindowEnd,Account,Lang)"),
            ((8, "rank"), (28, "wrap"), (11, "whole"), (11, "share"), (70, "wrap"), (50, "wrap"), (66, "wrap")),
        ),
        "Plan": ResultSheet(
            "Plan of action",
            "A draft to correct and send: confirm or delete what stands in brackets. The date of Amazon's notice is on "
            "Settings. The formula in A4 writes this sheet.",
            or_no_orders(
                f'ODR_PLAN({DEFECTS},{DAYS},SeenOn,IF(NoticeDate="","",NoticeDate),PlanDays,WindowDays,LagDays,'
                "Account,Lang)"
            ),
            ((20, "wrap"), (110, "wrap"), (66, "wrap")),
        ),
        "Appeals": ResultSheet(
            "Appeals",
            "Which defective orders to appeal or have removed first, and the rate if you win. Amazon decides. The "
            "formula in A4 writes this sheet.",
            or_no_orders(f"ODR_APPEALS({DEFECTS},{DAYS},WindowStart,WindowEnd,,Target,Account,Lang)"),
            (
                *((8, "rank"), _ID, _DATE, _WORD, (24, "wrap"), (48, "wrap"), (52, "wrap")),
                *((11, "percent"), (11, "percent"), (11, "percent"), (10, "whole"), _DATE),
            ),
        ),
        "Replies": ResultSheet(
            "Replies",
            "Negative feedback without a reply, oldest first, with the days left to ask for its removal. Read each "
            "text before you send it. The formula in A4 writes this sheet.",
            f"=FEEDBACK_TODO(tblFeedback[#All],AsOf,{DEFECTS},Lang)",
            (
                _DATE,
                _ID,
                (9, "whole"),
                (48, "wrap"),
                (9, "whole"),
                (13, "whole"),
                (44, "wrap"),
                (60, "wrap"),
                (60, "wrap"),
            ),
        ),
    }
)


#: Headers of the seller's own decisions beside the audit trail, their widths and their choices.
DECISIONS: Final = (
    ("Order ID", 23, ()),
    ("Cause", 20, tuple(map(word, CAUSES))),
    ("Counts", 10, ("No", "Yes")),
    ("Why", 40, ()),
)
#: What stands in the comment on their header.
_DECISION_NOTE: Final = (
    "No takes the event out of the rate, Yes puts it in, whatever the rules say. Blank: the rules decide."
)


def write_decisions(sheet: Any, styles: Styles) -> None:
    """Write the table in which a seller overrules a rule, to the right of the audit trail.

    It is a table of its own: beside a row of the trail a mark would stand at another event after the next refresh.
    """
    first = len(RESULTS["Defects"].columns) + 1
    row = FORMULA_ROW - 1
    sheet.write_string(row - 1, first, "Your own decisions", styles["section"])
    for position, (header, width, choices) in enumerate(DECISIONS, start=first):
        sheet.set_column(position, position, width, styles["column_text"])
        if choices:
            sheet.data_validation(row + 1, position, row + 1, position, {"validate": "list", "source": list(choices)})
        sheet.write_blank(row + 1, position, None, styles["column_text"])
        if header == "Counts":
            sheet.write_comment(row, position, _DECISION_NOTE, COMMENT)
    sheet.add_table(
        *(row, first, row + 1, first + len(DECISIONS) - 1),
        {
            "name": "tblDecisions",
            "style": "Table Style Light 1",
            "columns": [{"header": header, "header_format": styles["band"]} for header, _, _ in DECISIONS],
        },
    )


def write_result(sheet: Any, name: str, styles: Styles) -> None:
    """Write one result sheet with its formula; its value comes with the first calculation."""
    result = RESULTS[name]
    for position, (width, kind) in enumerate(result.columns):
        sheet.set_column(position, position, width, styles[f"column_{kind}"])
        sheet.write_blank(FORMULA_ROW - 1, position, None, styles["band_text" if kind == "wrap" else band(kind)])
    write_title(sheet, result.title, result.hint, styles, [width for width, _ in result.columns])
    sheet.set_row_pixels(FORMULA_ROW - 1, 54)
    if any(kind == "wrap" for _, kind in result.columns):
        # Excel fits a row to its text when it is typed, not when a formula fills it.
        for row in range(FORMULA_ROW, FORMULA_ROW + _TEXT_ROWS):
            sheet.set_row_pixels(row, 64)
            for position, (_, kind) in enumerate(result.columns):
                sheet.write_blank(row, position, None, styles[f"top_{kind}"])
    if name == "Defects":
        write_decisions(sheet, styles)
    if name == "Trend":
        for row in range(TREND_ROWS[0], TREND_ROWS[1] + 1):
            for position, (_, kind) in enumerate(result.columns):
                sheet.write_blank(row - 1, position, None, styles[f"column_{kind}"])
            sheet.write_formula(row - 1, len(result.columns), "=WarnLevel", styles["column_percent"], "")
        # The formula returns no warning level, since that is the seller's own; the chart shows it all the same.
        sheet.set_column(len(result.columns), len(result.columns), 13, styles["column_percent"])
        sheet.write_string(FORMULA_ROW - 1, len(result.columns), "Warn from", styles["band_right"])
    first = FORMULA_ROW - 1
    sheet.write_dynamic_array_formula(first, 0, first, 0, result.formula, styles["band"], "")
    sheet.freeze_panes(FORMULA_ROW, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FORMULA_ROW - 1)
