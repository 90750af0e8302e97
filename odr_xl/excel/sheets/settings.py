"""The Settings sheet: every number that a seller may change, each in a named cell, and the check of the data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from odr_xl import rules
from odr_xl.excel.sheets.styles import Styles
from odr_xl.labels import Language

SHEET: Final = "Settings"


@dataclass(frozen=True, slots=True)
class Setting:
    """One named cell.

    Attributes
    ----------
    name : str
        The defined name that formulas use.
    label, explanation : str
        What stands to the left and to the right of the cell.
    kind : "date", "whole", "percent" or "text"
    value : float, str or None
        Typed value; ``None`` for a blank.
    formula : str
        Worked out from the others when given; "" for a typed cell.
    """

    name: str
    label: str
    explanation: str
    kind: Literal["date", "whole", "percent", "text", "account", "language"]
    value: float | str | None = None
    formula: str = ""


#: In the order of the sheet. Amazon doesn't publish its lag, so the two dates that it prints can be typed instead.
SETTINGS: Final = (
    Setting(
        "AsOf",
        "Day you look at",
        "Today's date, or the day you look at. Type it; Refresh fills it in. It doesn't move by itself, so last "
        "month's workbook still shows last month.",
        "date",
    ),
    Setting(
        "LagDays",
        "Days between the window's end and that day",
        "Amazon's window ends some days before today, and Amazon doesn't say how many: 15 in its own example report.",
        "whole",
        rules.LAG_DAYS,
    ),
    Setting(
        "WindowDays",
        "Days in the window",
        "Amazon counts 60 days of order dates, both ends included.",
        "whole",
        rules.WINDOW_DAYS,
    ),
    Setting(
        "WindowStartTyped",
        "First day on Account Health",
        "The two dates that Account Health prints above the rate. Type both to compare with Amazon's page; leave both "
        "blank to work them out.",
        "date",
    ),
    Setting("WindowEndTyped", "Last day on Account Health", "See above.", "date"),
    Setting(
        "WindowStart",
        "First order date that counts",
        "Worked out: don't type here.",
        "date",
        formula='=IF(WindowStartTyped="",IF(WindowEnd="","",WindowEnd-WindowDays+1),WindowStartTyped)',
    ),
    Setting(
        "WindowEnd",
        "Last order date that counts",
        "Worked out: don't type here.",
        "date",
        formula='=IF(WindowEndTyped="",IF(AsOf="","",AsOf-LagDays),WindowEndTyped)',
    ),
    Setting(
        "SeenOn",
        "Day that the window belongs to",
        "Worked out: the day on which Amazon shows this window. Don't type here.",
        "date",
        formula='=IF(WindowEnd="","",WindowEnd+LagDays)',
    ),
    Setting(
        "Target",
        "Target",
        "The rate must stay under this. A rate of exactly the target misses it.",
        "percent",
        rules.TARGET,
    ),
    Setting(
        "WarnLevel",
        "Warn from",
        "From here the status is At risk. Amazon has no such level; choose your own.",
        "percent",
        rules.WARNING,
    ),
    Setting(
        "Omit",
        "Orders to leave out",
        "Blank: every order received counts, cancelled and pending ones too. Amazon doesn't say how it counts them; "
        "choose here and compare with the number of orders that Account Health shows.",
        "text",
    ),
    Setting(
        "PlanDays",
        "Days to send a plan of action",
        "By the source article. Amazon states no such deadline for this rate: go by the e-mail that you received.",
        "whole",
        rules.PLAN_DAYS,
    ),
    Setting(
        "NoticeDate",
        "Date of Amazon's notice",
        "The date on the e-mail that asks for a plan of action. The deadline on Plan is counted from it.",
        "date",
    ),
    Setting(
        "Account",
        "Account to look at",
        'Forecast, Drivers and Plan look at this account: a marketplace, a channel, or both, such as "US MFN", "DE" or '
        '"AFN". Blank: all of them together. Amazon judges each one by itself.',
        "account",
    ),
    Setting(
        "Lang",
        "Language of the results",
        "en for English, zh for Simplified Chinese (简体中文). The words that the formulas return follow it.",
        "language",
        "en",
    ),
)

_HEADER_ROW: Final = 4
_ROW: Final = {setting.name: _HEADER_ROW + 1 + position for position, setting in enumerate(SETTINGS)}
#: Where the sentences of the check begin; as many rows below stay free for them.
CHECK_ROW: Final = _HEADER_ROW + len(SETTINGS) + 5
CHECK_ROWS: Final = 201

#: The check reads the input itself, not the ledger: when a cell can't be read the ledger is an error, and only the
#: check says which cell it was. So it is the one formula besides DEFECT_LEDGER and ODR_DAYS that reads all orders.
CHECK: Final = (
    "=ODR_CHECK(tblOrders[#All],,tblFeedback[#All],tblClaims[#All],tblChargebacks[#All],tblReturns[#All],"
    "tblAccountHealth[#All],tblListings[#All],tblAmazon[#All],Lang)"
)

# A comma parts the items of a drop-down that is typed into the rule, so the choice with a comma needs cells.
_OMIT_COLUMN: Final = 4
_OMIT_CHOICES: Final = ("cancelled", "pending", "cancelled, pending")


def cell(name: str) -> str:
    """Absolute address of a setting on its sheet.

    >>> cell("AsOf")
    '$B$5'
    """
    return f"$B${_ROW[name]}"


def write_settings(workbook: Any, sheet: Any, styles: Styles, language: Language = "en") -> None:
    """Write the sheet and define its names; ``language`` is what the cell Lang says."""
    sheet.set_column(0, 0, 42, styles["plain"])
    sheet.set_column(1, 1, 18, styles["plain"])
    sheet.set_column(2, 2, 96, styles["plain"])
    sheet.set_column(3, 3, 3)
    sheet.set_column(_OMIT_COLUMN, _OMIT_COLUMN, 20, styles["hint"])
    sheet.set_row(0, 26)
    sheet.write_string("A1", "Settings", styles["sheet_title"])
    sheet.write_string("A2", "Change the blue cells. Every formula in this workbook uses them.", styles["hint"])
    for column, header in enumerate(("Setting", "Value", "What it means")):
        sheet.write_string(_HEADER_ROW - 1, column, header, styles["band"])
    sheet.write_string(_HEADER_ROW - 1, _OMIT_COLUMN, "Choices for leaving out", styles["hint"])
    for position, choice in enumerate(_OMIT_CHOICES):
        sheet.write_string(_HEADER_ROW + position, _OMIT_COLUMN, choice, styles["hint"])
    for setting in SETTINGS:
        row = _ROW[setting.name] - 1
        sheet.set_row(row, 28 if len(setting.explanation) > 100 else 16)
        sheet.write_string(row, 0, setting.label, styles["label"])
        _write_value(sheet, row, replace(setting, value=language) if setting.name == "Lang" else setting, styles)
        sheet.write_string(row, 2, setting.explanation, styles["explained"])
        workbook.define_name(setting.name, f"={SHEET}!{cell(setting.name)}")
        if not setting.formula:
            sheet.data_validation(row, 1, row, 1, _rule(setting))
    sheet.write_string(CHECK_ROW - 3, 0, "Data check", styles["section"])
    sheet.write_string(
        *(CHECK_ROW - 2, 0),
        "OK, or one sentence for each thing to look at. Leave the cells below free.",
        styles["hint"],
    )
    sheet.write_dynamic_array_formula(CHECK_ROW - 1, 0, CHECK_ROW - 1, 0, CHECK, styles["plain"], "")
    sheet.freeze_panes(_HEADER_ROW, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_value(sheet: Any, row: int, setting: Setting, styles: Styles) -> None:
    if setting.formula:
        sheet.write_formula(row, 1, setting.formula, styles[f"worked_{setting.kind}"], "")
    elif isinstance(setting.value, str):
        sheet.write_string(row, 1, setting.value, styles[f"typed_{setting.kind}"])
    elif setting.value is None:
        sheet.write_blank(row, 1, None, styles[f"typed_{setting.kind}"])
    else:
        sheet.write_number(row, 1, setting.value, styles[f"typed_{setting.kind}"])


def _rule(setting: Setting) -> dict[str, Any]:
    """What Excel lets a seller type into the cell."""
    if setting.kind == "account":
        return {"validate": "any"}
    if setting.kind == "language":
        return {"validate": "list", "source": ["en", "zh"]}
    if setting.kind == "text":
        first, last = _HEADER_ROW + 1, _HEADER_ROW + len(_OMIT_CHOICES)
        return {"validate": "list", "source": f"=$E${first}:$E${last}"}
    kind, low, high, wanted = {
        "date": ("date", 36526, 73050, "a date, such as 2026-11-20"),
        "whole": ("integer", 0, 366, "a whole number of days from 0 to 366"),
        "percent": ("decimal", 0, 1, "a rate from 0% to 100%, such as 1%"),
    }[setting.kind]
    if setting.name == "WindowDays":
        low, wanted = 1, "a whole number of days from 1 to 366"
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "error_title": setting.label[:32],
        "error_message": f"Type {wanted}.",
    }
