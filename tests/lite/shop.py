"""The sample shop as ranges of cells, in the two forms that Excel gives them, and a call of every formula on it.

Run inside Pyodide too (`pyodide/run.mjs`), so this module needs the standard library alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

Rows = list[list[Any]]
ZERO = dt.datetime(1899, 12, 30)

#: Name of each range, and the table of the workbook that it is.
TABLES = {
    "orders": "tblOrders",
    "feedback": "tblFeedback",
    "claims": "tblClaims",
    "chargebacks": "tblChargebacks",
    "returns": "tblReturns",
    "account_health": "tblAccountHealth",
    "listings": "tblListings",
    "report": "tblAmazon",
    "decisions": "tblDecisions",
}
#: Ranges that formulas write and others read, in the order in which they are worked out.
SPILLED = ("ledger", "days", "groups")

# The window and the day of the sample shop (odr_xl.excel.build.AS_OF): 60 days that end 15 days before 2026-11-20.
START, FINISH, AS_OF = dt.datetime(2026, 9, 7), dt.datetime(2026, 11, 5), dt.datetime(2026, 11, 20)

#: Result, formula, its arguments by name; "@orders" is a range. Every formula and every argument stands here.
CALLS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ledger", "DEFECT_LEDGER", {
        "orders": "@orders", "feedback": "@feedback", "claims": "@claims", "chargebacks": "@chargebacks",
        "returns": "@returns", "account_health": "@account_health", "window": 60, "lag": 15, "decisions": "@decisions",
        "lang": "en",
    }),
    ("days", "ODR_DAYS", {"orders": "@orders", "defects": "@ledger", "omit": None, "lang": "en"}),
    ("groups", "ODR_BY", {
        "orders": "@orders", "defects": "@ledger", "column": "sku", "start": START, "finish": FINISH, "top": None,
        "definition": "amazon", "account": None, "lang": "en",
    }),
    ("rate", "ODR", {
        "orders": "@orders", "defects": "@ledger", "start": START, "finish": FINISH, "definition": "amazon",
        "account": "US MFN",
    }),
    ("rate of days", "ODR", {"orders": "@days", "start": START, "finish": FINISH}),
    ("marked orders", "ODR", {"orders": "@account_health"}),
    ("breakdown", "DEFECT_BREAKDOWN", {
        "orders": "@orders", "defects": "@ledger", "start": START, "finish": FINISH, "definition": "all",
        "account": None, "lang": "zh",
    }),
    ("accounts", "ODR_ACCOUNTS", {
        "days": "@days", "as_of": AS_OF, "target": 0.01, "warn": 0.0075, "window": 60, "lag": 15, "top": 5,
        "lang": "en",
    }),
    ("status", "ODR_STATUS", {"rate": 0.0089, "target": 0.01, "warn": 0.0075, "lang": "en"}),
    ("interval", "ODR_INTERVAL", {
        "orders": "@days", "defects": None, "start": START, "finish": FINISH, "confidence": 0.9,
        "definition": "amazon", "account": "DE", "lang": "en",
    }),
    ("headroom", "ODR_HEADROOM", {
        "orders": "@orders", "defects": "@ledger", "start": START, "finish": FINISH, "target": 0.01,
        "definition": "amazon", "account": "AFN",
    }),
    ("needed", "ODR_ORDERS_NEEDED", {
        "orders": "@days", "defects": None, "start": START, "finish": FINISH, "target": 0.01, "definition": "amazon",
        "account": "US MFN",
    }),
    ("change", "ODR_CHANGE", {
        "days": "@days", "earlier": dt.datetime(2026, 10, 6), "later": FINISH, "window": 60, "definition": "amazon",
        "account": None, "lang": "en",
    }),
    ("trend", "ODR_TREND", {
        "days": "@days", "finish": FINISH, "points": 12, "step_days": 7, "window": 60, "account": "US MFN",
        "lang": "en",
    }),
    ("forecast", "ODR_FORECAST", {
        "days": "@days", "as_of": AS_OF, "days_ahead": 30, "daily_orders": None, "daily_defects": 0.1, "window": 60,
        "lag": 15, "defects": "@ledger", "definition": "amazon", "account": "US MFN", "lang": "en",
    }),
    ("recovery", "ODR_RECOVERY", {
        "days": "@days", "as_of": AS_OF, "target": 0.01, "days_ahead": 90, "daily_orders": 9, "daily_defects": None,
        "window": 60, "lag": 15, "definition": "amazon", "account": "US MFN", "lang": "en",
    }),
    ("what if", "ODR_WHATIF", {
        "days": "@days", "as_of": AS_OF, "won": 1, "added": 2, "order_change": -0.2, "window": 60, "lag": 15,
        "target": 0.01, "definition": "amazon", "account": "US MFN", "lang": "en",
    }),
    ("words", "FEEDBACK_WORDS", {"feedback": "@feedback", "top": 5, "lang": "en"}),
    ("appeals", "ODR_APPEALS", {
        "defects": "@ledger", "days": "@days", "start": START, "finish": FINISH, "best": 3, "target": 0.01,
        "account": "US MFN", "lang": "en",
    }),
    ("replies", "FEEDBACK_TODO", {"feedback": "@feedback", "as_of": AS_OF, "defects": "@ledger", "lang": "en"}),
    ("actions", "ODR_ACTIONS", {
        "defects": "@ledger", "start": START, "finish": FINISH, "account": None, "lang": "en",
    }),
    ("plan", "ODR_PLAN", {
        "defects": "@ledger", "days": "@days", "as_of": AS_OF, "notice": dt.datetime(2026, 11, 18), "plan_days": 17,
        "window": 60, "lag": 15, "account": "US MFN", "lang": "en",
    }),
    ("pages", "LISTING_SCORE", {"listings": "@listings", "groups": "@groups", "lang": "en"}),
    ("differences", "ODR_RECONCILE", {
        "days": "@days", "start": START, "finish": FINISH, "amazon_orders": None, "amazon_defects": None,
        "report": "@report", "defects": "@ledger", "account": None, "lang": "en",
    }),
    ("counted by hand", "ODR_RECONCILE", {
        "days": "@days", "start": START, "finish": FINISH, "amazon_orders": 1120, "amazon_defects": 9,
    }),
    ("signs", "ODR_SIGNS", {
        "report": "@report", "account_health": "@account_health", "days": "@days", "as_of": AS_OF, "lang": "en",
    }),
    ("check", "ODR_CHECK", {
        "orders": "@orders", "defects": None, "feedback": "@feedback", "claims": "@claims",
        "chargebacks": "@chargebacks", "returns": "@returns", "account_health": "@account_health",
        "listings": "@listings", "report": "@report", "lang": "en",
    }),
)  # fmt: skip

#: Formula, its arguments as Excel's own API has them (ranges of cells, null for a missing one), and the JSON to come.
RAW: tuple[tuple[str, list[Any], Any], ...] = (
    ("ODR", [[["Order ID", "Order Date"]]], {"type": "Error", "errorType": "NotAvailable"}),
    ("ODR", [[["Colour"], ["red"]]], {"type": "Error", "errorType": "Value"}),
    (
        "ODR",
        [[["Order ID", "Chargeback"], ["900-0000001-0000001", {"type": "Error", "basicValue": "#REF!"}]]],
        {"type": "Error", "errorType": "Value"},
    ),
    ("ODR", [[["Order ID", "Chargeback"], ["A-1", "x"], ["A-2", ""]], None, None, None, [["all"]]], 0.5),
    (
        "ODR",
        [
            [["Order ID", "Order Date", "Chargeback"], ["A-1", 46083, "x"], ["A-2", 46084.5, ""], ["", "", ""]],
            None,
            [[46084]],
            [[{"type": "FormattedNumber", "basicValue": 46084, "numberFormat": "m/d/yy"}]],
        ],
        0.0,
    ),
    ("ODR_STATUS", [[[""]]], "No orders"),
    ("ODR_STATUS", [[[{"type": "Error", "basicValue": "#N/A", "errorType": "NotAvailable"}]]], "No orders"),
    ("ODR_STATUS", [[[0.02]], None, None, [["zh"]]], "超过目标"),
)


def classic(cell: Any) -> Any:
    """A cell as xlwings gives it to a formula on Windows: a blank is None, a number a float, a date a date."""
    return None if cell == "" else float(cell) if type(cell) is int else cell


def lite(cell: Any) -> Any:
    """A cell as xlwings Lite gives it to a formula: a date is a serial number, a whole number an int, a blank None."""
    if isinstance(cell, dt.datetime):
        days = (cell - ZERO) / dt.timedelta(days=1)
        return int(days) if days == int(days) else days
    return None if cell == "" else int(cell) if type(cell) is float and cell.is_integer() else cell


def office(cell: Any) -> Any:
    """A cell as Excel's own JavaScript gives it to an add-in: blanks are "", some values are objects with a type."""
    value = lite(cell)
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("#"):
        return {"type": "Error", "basicType": "Error", "basicValue": value, "errorType": "NotAvailable"}
    if isinstance(cell, dt.datetime):
        return {"type": "FormattedNumber", "basicType": "Double", "basicValue": value, "numberFormat": "yyyy-mm-dd"}
    return value


def in_form(value: Any, form: Callable[[Any], Any]) -> Any:
    """A range or a single cell in one of the forms."""
    return [[form(cell) for cell in row] for row in value] if isinstance(value, list) else form(value)


def rows_of(answer: Any) -> Any:
    """A result as cells that can be compared: dates as serial numbers, numbers as floats, blanks as ""."""
    if isinstance(answer, list):
        return [[rows_of(cell) for cell in row] for row in answer]
    value = lite(answer)
    if value is None:
        return ""
    return float(value) if type(value) in (int, float) else value


def run(
    functions: Mapping[str, Callable[..., Any]],
    tables: Mapping[str, Rows],
    form: Callable[[Any], Any],
    calls: Any = CALLS,
) -> dict[str, Any]:
    """Result of every call: the ranges in a form, and what a formula wrote given to the next one in the same form.

    Single cells are ranges of one in Excel's own JavaScript, and a missing argument is null there.
    """
    ranges = {name: in_form(rows, form) for name, rows in tables.items()}
    results: dict[str, Any] = {}
    for result, name, arguments in calls:
        given = {}
        for key, value in arguments.items():
            if isinstance(value, str) and value.startswith("@"):
                given[key] = ranges[value[1:]]
            elif value is not None:
                given[key] = [[form(value)]] if form is office else form(value)
        answer = functions[name](**given)
        results[result] = rows_of(answer)
        if result in SPILLED:
            ranges[result] = in_form(answer, form)
    return results
