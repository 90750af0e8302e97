"""The Alerts sheet: a few thresholds that a seller may change, and whether one is crossed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from odr_xl.excel.sheets.blocks import finish_page, write_title
from odr_xl.excel.sheets.dashboard import ACCOUNTS_OVER, CHECKS
from odr_xl.excel.sheets.forecast import FORECAST, STANDING_ROW
from odr_xl.excel.sheets.results import FORMULA_ROW, TREND_ROWS
from odr_xl.excel.sheets.styles import Styles

SHEET: Final = "Alerts"
_HEADER_ROW: Final = 4
#: Rows of the trend between the last point and the one about a week before: the trend has every second day.
_WEEK: Final = 4
_AHEAD: Final = 14


@dataclass(frozen=True, slots=True)
class Alert:
    """One row: what is watched, its threshold, what it is now, and when that is too much.

    Attributes
    ----------
    label, why : str
    threshold : float
        The seller may change it.
    now : str
        Formula without its ``=``; blank or an error when there is nothing to compare.
    crossed : str
        Comparison of ``now`` with ``threshold``.
    kind : "whole" or "percent"
    """

    label: str
    why: str
    threshold: float
    now: str
    crossed: str
    kind: str


_RATES: Final = f"Trend!$D${TREND_ROWS[1]}"
_WEEK_AGO: Final = f"Trend!$D${TREND_ROWS[1] - _WEEK}"
_COMING: Final = f"Forecast!$H${FORECAST.row + 1}:$H${FORECAST.row + 1 + _AHEAD}"
_KNOWN: Final = f"Forecast!$E${FORECAST.row + 1}:$E${FORECAST.row + 1 + _AHEAD}"


def _highest(cells: str) -> str:
    """Highest rate of some cells; blank where none holds a rate, which isn't 0 %."""
    return f'IF(COUNT({cells})=0,"",MAX({cells}))'


ALERTS: Final = (
    Alert(
        "Accounts over the target",
        "Amazon judges each marketplace and channel by itself; the total can be fine while one is not.",
        0, ACCOUNTS_OVER, ">", "whole",
    ),
    Alert(
        "Further defective orders that the target allows",
        "So few and the next bad week misses the target. For the account on Settings.",
        1, f"Forecast!$B${STANDING_ROW}", "<=", "whole",
    ),
    Alert(
        "Highest rate of the next 14 days, known defects",
        "Known defects and your usual orders alone bring the rate there: nothing new has to happen.",
        0.01, _highest(_KNOWN), ">=", "percent",
    ),
    Alert(
        "Highest rate of the next 14 days, with defects still to come",
        "An estimate from how late your own feedback and claims arrive.",
        0.01, _highest(_COMING), ">=", "percent",
    ),
    Alert(
        "Rise of the rate in 8 days",
        "A slow creep shows here before the target is near.",
        0.002, f"{_RATES}-{_WEEK_AGO}", ">=", "percent",
    ),
    Alert(
        "Negative feedback without a reply",
        "Amazon lets you ask for its removal for a limited time only: see Replies.",
        0, f"IF(Replies!$B${FORMULA_ROW + 1}=\"\",0,COUNTA(Replies!$B${FORMULA_ROW + 1}:$B$1000))", ">", "whole",
    ),
    Alert(
        "Things to look at in your data",
        "What can't be read isn't counted: see the data check on Settings.",
        0, f"IF(COUNTA({CHECKS})=0,\"\",COUNTA({CHECKS})-COUNTIF({CHECKS},\"OK\"))", ">", "whole",
    ),
)  # fmt: skip
FIRST: Final = _HEADER_ROW + 1
#: Cells that say Alert, quiet, or nothing.
STATES: Final = f"{SHEET}!$D${FIRST}:$D${FIRST + len(ALERTS) - 1}"


def write_alerts(sheet: Any, styles: Styles) -> None:
    """Write the sheet; everything but the thresholds is worked out by Excel itself."""
    for column, width in enumerate((58, 14, 14, 14, 96)):
        sheet.set_column(column, column, width, styles["plain"])
    write_title(
        sheet, "Alerts", "Change the blue cells. A crossed threshold says Alert, in words and in colour.", styles
    )
    for column, header in enumerate(("What is watched", "Threshold", "Now", "State", "Why it matters")):
        sheet.write_string(_HEADER_ROW - 1, column, header, styles["band_right" if header == "Now" else "band"])
    for row, alert in enumerate(ALERTS, start=FIRST):
        sheet.set_row_pixels(row - 1, 24)
        sheet.write_string(row - 1, 0, alert.label, styles["label"])
        sheet.write_number(row - 1, 1, alert.threshold, styles[f"typed_{alert.kind}"])
        sheet.write_formula(row - 1, 2, f'=IFERROR({alert.now},"")', styles[f"top_{alert.kind}"], "")
        state = f'=IF(ISNUMBER(C{row}),IF(C{row}{alert.crossed}B{row},"Alert","quiet"),"")'
        sheet.write_formula(row - 1, 3, state, styles["label"], "")
        sheet.write_string(row - 1, 4, alert.why, styles["explained"])
        sheet.data_validation(row - 1, 1, row - 1, 1, {"validate": "decimal", "criteria": ">=", "value": 0})
    last = FIRST + len(ALERTS) - 1
    rule = {"type": "formula", "criteria": f'=$D{FIRST}="Alert"', "format": styles["word_over_target"]}
    sheet.conditional_format(f"C{FIRST}:D{last}", rule)
    sheet.freeze_panes(_HEADER_ROW, 0)
    finish_page(sheet)
