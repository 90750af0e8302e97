"""Which orders are defective and why, the counts a day, and the check of the input."""

from __future__ import annotations

from odr_xl import rules
from odr_xl.core import counts as count
from odr_xl.excel import arguments, checks
from odr_xl.excel.cells import Cell, Rows, formula, table_cells
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import rule_text, word

_LEDGER_COLUMNS = (
    "order_id", "order_date", "channel", "marketplace", "sku", "cause", "counts", "rule", "source", "source_row",
    "event_date", "detail", "leaves_on",
)  # fmt: skip


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
    lang: Cell = None,
) -> Rows:
    """Audit trail: every defect event with its order, whether it counts, by which rule, and the day it leaves.

    Events whose order isn't among the orders are listed too; they don't count until the order is there.
    """
    language = arguments.language(lang, orders)
    read = arguments.read_ledger(
        orders,
        window_days=arguments.whole(window, "window", rules.WINDOW_DAYS),
        lag_days=arguments.whole(lag, "lag", rules.LAG_DAYS),
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
    return table_cells(events.assign(**shown), _LEDGER_COLUMNS, language)


@formula(ARGUMENT_HELP)
def ODR_DAYS(orders: Rows, defects: Rows = None, omit: Cell = None, lang: Cell = None) -> Rows:
    """Counts a day, channel and marketplace: orders, defective orders and causes. Feed it to the other formulas.

    One row stands for all orders of a day, so the formulas that read this result never read the big range again.
    """
    names = tuple(part.strip().lower() for part in str(omit or "").split(",") if part.strip())
    days = count.count_days(arguments.read_orders(orders, defects, omit=names))
    language = arguments.language(lang, defects, orders)
    return table_cells(days, (*count.DAY_KEYS, *count.COUNT_COLUMNS), language)


@formula(ARGUMENT_HELP)
def ODR_CHECK(
    orders: Rows,
    defects: Rows = None,
    feedback: Rows = None,
    claims: Rows = None,
    chargebacks: Rows = None,
    returns: Rows = None,
    account_health: Rows = None,
    lang: Cell = None,
) -> Rows:
    """Check of your ranges: OK, or each problem as a sentence with its cell, its value and what to do."""
    ranges = {
        "defects": defects,
        "feedback": feedback,
        "claims": claims,
        "chargebacks": chargebacks,
        "returns": returns,
        "account_health": account_health,
    }
    return [[sentence] for sentence in checks.problems(orders, ranges, arguments.language(lang, defects, orders))] or [
        ["OK"]
    ]
