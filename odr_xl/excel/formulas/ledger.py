"""Which orders are defective and why, the counts a day, and the check of the input."""

from __future__ import annotations

from odr_xl import rules
from odr_xl.core import counts as count
from odr_xl.errors import UsageError
from odr_xl.excel import arguments, checks
from odr_xl.excel.cells import LONGEST_TEXT, Cell, Rows, formula, table_cells
from odr_xl.excel.connection import connection
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.excel.trail import LEDGER_COLUMNS
from odr_xl.labels import rule_text, word

#: More is a date typed in place of a number of days.
_MOST_DAYS = 10_000


@formula(ARGUMENT_HELP)
def DEFECT_LEDGER(
    orders: Rows,
    feedback: Rows = None,
    claims: Rows = None,
    chargebacks: Rows = None,
    returns: Rows = None,
    account_health: Rows = None,
    window: Cell = None,
    lag: Cell = None,
    decisions: Rows = None,
    lang: Cell = None,
) -> Rows:
    """Audit trail: every defect event with its order, whether it counts, by which rule, and the day it leaves.

    Events whose order isn't among the orders are listed too; they don't count until the order is there.
    """
    language = arguments.language(lang, orders, feedback, claims, chargebacks, returns, account_health)
    read = arguments.read_ledger(
        orders,
        decisions=decisions,
        window_days=_days(window, "window", rules.WINDOW_DAYS, least=1),
        lag_days=_days(lag, "lag", rules.LAG_DAYS, least=0),
        feedback=feedback,
        claims=claims,
        chargebacks=chargebacks,
        returns=returns,
        account_health=account_health,
    )
    events = read.ledger.events.sort_values(["order_date", "order_id", "source", "source_row"], kind="stable")
    shown = {
        "cause": [word(cause, language) if cause else "" for cause in events["cause"]],
        "rule": [rule_text(rule, language) for rule in events["rule"]],
        "counts": [word(f"counts_{counts or 'no'}", language) for counts in events["counts"]],
    }
    return table_cells(events.assign(**shown), LEDGER_COLUMNS, language)


@formula(ARGUMENT_HELP)
def ODR_DAYS(orders: Rows, defects: Rows = None, omit: Cell = None, lang: Cell = None) -> Rows:
    """Counts a day, channel and marketplace: orders, defective orders and causes. Feed it to the other formulas.

    One row stands for all orders of a day, so the formulas that read this result never read the big range again.
    """
    names = tuple(part.strip().lower() for part in str(omit or "").split(",") if part.strip())
    days = count.count_days(arguments.read_orders(orders, defects, omit=names))
    language = arguments.language(lang, defects, orders)
    return table_cells(days, (*count.DAY_KEYS, *count.COUNT_COLUMNS), language)


@formula(ARGUMENT_HELP, filled="wrappers")
def ODR_CHECK(
    orders: Rows = None,
    defects: Rows = None,
    feedback: Rows = None,
    claims: Rows = None,
    chargebacks: Rows = None,
    returns: Rows = None,
    account_health: Rows = None,
    listings: Rows = None,
    report: Rows = None,
    lang: Cell = None,
    wrappers: Cell = None,
) -> Rows:
    """Check of your ranges: OK, or each problem as a sentence with its cell, its value and what to do.

    Without any range it says what answers: the versions, the interpreter's path, and whether the workbook's macros are
    those of this version.
    """
    ranges = {
        "defects": defects,
        "feedback": feedback,
        "claims": claims,
        "chargebacks": chargebacks,
        "returns": returns,
        "account_health": account_health,
        "listings": listings,
        "performance": report,
    }
    if all(rows is None for rows in (orders, *ranges.values())):
        rows = connection(str(wrappers or ""), arguments.language(lang))
        return [[name, value[:LONGEST_TEXT]] for name, value in rows]
    found = checks.problems(orders, ranges, arguments.language(lang, orders, *ranges.values()))
    return [[text] for sentence in found for text in checks.cell_texts(sentence)] or [["OK"]]


def _days(value: Cell, name: str, default: int, *, least: int) -> int:
    days = arguments.whole(value, name, default)
    if not least <= days <= _MOST_DAYS:
        raise UsageError(f"{name} is a number of days from {least} to {_MOST_DAYS}, not {days}.")
    return days
