"""The Forecast sheet: where each account stands, why the rate moved, what if, and the rate in the weeks to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from odr_xl.excel.sheets.blocks import Block, finish_page, stored, write_block, write_title
from odr_xl.excel.sheets.charts import FORECAST_ALT, forecast_chart
from odr_xl.excel.sheets.results import DAYS, DEFECTS
from odr_xl.excel.sheets.styles import Styles

SHEET: Final = "Forecast"
_WIDTHS: Final = (44, 14, 12, 12, 12, 12, 12, 16, 12, 3, 16, 10, 11, 10, 14, 11, 10, 13, 60)
#: First column of what stands to the right: the chart, and below it the accounts.
_RIGHT: Final = 10
#: Accounts that have room; a seller with more sees those with the most defects.
_ACCOUNTS: Final = 14
_AHEAD: Final = 75
#: Day that the window on Settings belongs to, also when its dates were typed.
_AS_OF: Final = "SeenOn"
#: A blank cell passed on by itself may arrive as 0, which would mean that no order comes.
_DAILY: Final = 'IF(DailyOrders="","",DailyOrders)'
_WINDOW: Final = f"{DAYS},,WindowStart,WindowEnd"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One input cell of the sheet: its name, its label, what it means, and what may be typed."""

    name: str
    label: str
    explanation: str
    kind: str
    rule: dict[str, Any]


_COUNT_RULE: Final = {"validate": "decimal", "criteria": ">=", "value": 0}
_WHOLE_RULE: Final = {"validate": "integer", "criteria": ">=", "value": 0}
EXPECTATIONS: Final = (
    Expectation(
        "CompareWith",
        "Compare with the window that ended on",
        "For why the rate moved. Blank: 30 days before the window on Settings ends.",
        "date",
        {"validate": "date", "criteria": "between", "minimum": 36526, "maximum": 73050},
    ),
    Expectation(
        "WonAppeals", "What if: appeals won", "Orders that would no longer be defective.", "whole", _WHOLE_RULE
    ),
    Expectation(
        "AddedDefects", "What if: further defects", "Orders that would become defective.", "whole", _WHOLE_RULE
    ),
    Expectation(
        "OrderChange",
        "What if: more or fewer orders",
        "-20% for a fifth fewer orders, 20% for a fifth more.",
        "percent",
        {"validate": "decimal", "criteria": "between", "minimum": -0.99, "maximum": 100},
    ),
    Expectation(
        "DailyOrders", "Orders a day from now on", "Blank: your pace of the last 28 days.", "whole", _COUNT_RULE
    ),
    Expectation("DailyDefects", "Defective orders a day from now on", "Blank: none.", "number", _COUNT_RULE),
)
_FIRST: Final = 5  # row of the first input

ACCOUNTS: Final = Block(
    "Where each account stands",
    "",
    f"ODR_ACCOUNTS({DAYS},{_AS_OF},Target,WarnLevel,WindowDays,LagDays,{_ACCOUNTS},Lang)",
    36, _RIGHT, ("text", "whole", "whole", "percent", "text", "whole", "whole", "date", "text"), _ACCOUNTS + 1,
)  # fmt: skip
#: Row of the first single answer; the Dashboard shows them too.
STANDING_ROW: Final = 13
INTERVAL: Final = Block(
    "How sure the rate is",
    "",
    f'ODR_INTERVAL({_WINDOW},,"amazon",Account,Lang)',
    18, 0, ("percent", "percent", "percent", "text"), 1,
)  # fmt: skip
CHANGE: Final = Block(
    "Why it moved",
    "",
    f'ODR_CHANGE({DAYS},IF(CompareWith="","",CompareWith),WindowEnd,WindowDays,"amazon",Account,Lang)',
    22, 0, ("text", "whole", "whole", "percent", "text"), 6,
)  # fmt: skip
WHAT_IF: Final = Block(
    "What if",
    "",
    f"ODR_WHATIF({DAYS},{_AS_OF},WonAppeals,AddedDefects,OrderChange,WindowDays,LagDays,Target,\"amazon\",Account,Lang)",
    31, 0, ("text", "whole", "whole", "percent", "whole", "whole", "text"), 2,
)  # fmt: skip
FORECAST: Final = Block(
    "The next 75 days",
    "",
    f"ODR_FORECAST({DAYS},{_AS_OF},{_AHEAD},{_DAILY},DailyDefects,WindowDays,LagDays,{DEFECTS},\"amazon\",Account,Lang)",
    36, 0, ("date", "date", "whole", "number", "percent", "percent", "percent", "percent", "percent"), _AHEAD + 1,
)  # fmt: skip
BLOCKS: Final = (ACCOUNTS, INTERVAL, CHANGE, WHAT_IF, FORECAST)

#: Single answers: label, formula and style.
STANDING: Final = (
    (
        "Further defective orders that the target allows",
        f'ODR_HEADROOM({_WINDOW},Target,"amazon",Account)',
        "whole",
    ),
    ("Good orders still needed", f'ODR_ORDERS_NEEDED({_WINDOW},Target,"amazon",Account)', "whole"),
    (
        "Under the target on",
        f"ODR_RECOVERY({DAYS},{_AS_OF},Target,,{_DAILY},DailyDefects,WindowDays,LagDays,\"amazon\",Account,Lang)",
        "date",
    ),
)  # fmt: skip


def write_forecast(workbook: Any, sheet: Any, styles: Styles) -> None:
    """Write the Forecast sheet and define the names of its inputs."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles["plain"])
    write_title(
        sheet,
        "Forecast",
        "Known defects leave the window on known days; only the orders to come are expected. The account is chosen on "
        "Settings.",
        styles,
    )
    sheet.write_string(_FIRST - 2, 0, "What you expect", styles["section"])
    for row, expected in enumerate(EXPECTATIONS, start=_FIRST - 1):
        sheet.write_string(row, 0, expected.label, styles["label"])
        sheet.write_blank(row, 1, None, styles[f"typed_{expected.kind}"])
        sheet.write_string(row, 2, expected.explanation, styles["hint"])
        sheet.data_validation(row, 1, row, 1, expected.rule)
        workbook.define_name(expected.name, f"={SHEET}!$B${row + 1}")
    for block in BLOCKS:
        write_block(sheet, block, styles)
    sheet.write_string(STANDING_ROW - 2, 0, "Where you stand", styles["section"])
    for row, (label, call, kind) in enumerate(STANDING, start=STANDING_ROW - 1):
        sheet.write_string(row, 0, label, styles["label"])
        sheet.write_dynamic_array_formula(row, 1, row, 1, f"={stored(call)}", styles[f"column_{kind}"], "")
    sheet.write_blank(STANDING_ROW + 1, 2, None, styles["hint"])
    chart = forecast_chart(workbook, FORECAST.row + 1, FORECAST.last)
    chart.set_size({"width": 760, "height": 360})
    sheet.insert_chart("K3", chart, {"object_position": 2, "description": FORECAST_ALT})
    sheet.freeze_panes(2, 1)
    finish_page(sheet)
