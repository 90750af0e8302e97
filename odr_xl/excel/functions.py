"""The formulas. Excel imports this module; each function is a plain callable on lists of rows too.

A formula reads its ranges, asks the core, and returns cells. Input that can't be read gives "#VALUE!" and a window
without orders "#N/A"; the workbook's VBA turns these two strings into real Excel errors. ``ODR_CHECK`` says why.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from odr_xl import rules
from odr_xl.core import counts as count
from odr_xl.core.breakdown import defect_breakdown
from odr_xl.core.groups import defect_groups
from odr_xl.core.ledger import Ledger, in_window
from odr_xl.core.rate import order_defect_rate, rate_status
from odr_xl.core.trend import last_day, trend
from odr_xl.core.window import Window
from odr_xl.errors import InputError, UsageError
from odr_xl.excel import arguments, checks
from odr_xl.excel.cells import Cell, Rows, formula, moment, table_cells
from odr_xl.labels import word

#: What an argument is, as Excel's help shows it after the argument's name.
ARGUMENT_HELP = {
    "orders": "is the range that holds your orders, with its header row: Amazon's All Orders report, your own table, "
    "or the result of ODR_DAYS",
    "defects": "is the range that holds the defects: the result of DEFECT_LEDGER, a report, or your own list with "
    "order id and cause; leave it out when the orders mark their defects themselves",
    "start": "is the first order date that counts; leave it out for no limit",
    "finish": "is the last order date that counts; leave it out for no limit",
    "definition": 'is "amazon" (negative feedback, A-to-z claims, chargebacks), "returns" (returned or cancelled for a '
    'defect) or "all"; all when left out',
    "feedback": "is the range with Amazon's seller feedback report, with its header row",
    "claims": "is the range with your A-to-z claims: order id, date, status, reason",
    "chargebacks": "is the range with your chargebacks: order id, date, type, status",
    "returns": "is the range with Amazon's returns report, seller-fulfilled or FBA",
    "account_health": "is the range with the Order Defect Rate download of the Account Health page",
    "omit": 'is "cancelled", "pending" or "cancelled, pending": orders to leave out; none when left out',
    "days": "is the result of ODR_DAYS, such as Days!A4#",
    "points": "is how many dates to show; 60 when left out",
    "step_days": "is the number of days between two dates; 1 when left out",
    "window": "is the number of days in the window; 60 when left out",
    "column": 'is what to group by: "channel", "marketplace", "account" (marketplace and channel together, as '
    'Amazon judges them), "sku", "asin", "ship_service" or "region"',
    "top": "is how many groups to show; all when left out",
    "rate": "is a rate as a fraction, such as the result of ODR",
    "target": "is the rate that must not be reached; 1% when left out",
    "warn": "is the rate from which the warning starts; 0.75% when left out",
}

_LEDGER_COLUMNS = (
    "order_id", "order_date", "channel", "marketplace", "sku", "cause", "counts", "rule", "source", "source_row",
    "event_date", "detail", "leaves_on",
)  # fmt: skip


@formula(ARGUMENT_HELP)
def ODR(orders: Rows, defects: Rows = None, start: Cell = None, finish: Cell = None, definition: Cell = None) -> Cell:
    """Order defect rate: the share of your orders that have at least one defect, as a fraction.

    What you select is what counts: every defect that the ranges mark, each order once.

    Examples
    --------
    >>> ODR([["Order ID", "Chargeback"], ["A-1", "x"], ["A-2", ""], ["A-3", None], ["A-4", 0]])
    0.25
    """
    return order_defect_rate(_totals(orders, defects, start, finish), _definition(definition))


@formula(ARGUMENT_HELP)
def DEFECT_BREAKDOWN(
    orders: Rows, defects: Rows = None, start: Cell = None, finish: Cell = None, definition: Cell = None
) -> Rows:
    """Causes that make up the order defect rate: orders, rate and share of each, then the totals.

    An order with two causes stands under both, so the causes may add up to more than the distinct defective orders.
    """
    names = {"several": "several_causes", "defective": "defective_orders", "orders": "all_orders"}
    result = [[word(c) for c in ("cause", "orders", "rate", "share", "amazon")]]
    for row in defect_breakdown(_totals(orders, defects, start, finish), _definition(definition)):
        amazon = "" if row.amazon is None else word("yes" if row.amazon else "no")
        label = word(names.get(row.key, row.key))
        result.append([label, row.orders, row.rate, "" if row.share is None else row.share, amazon])  # type: ignore[list-item]
    return result


@formula(ARGUMENT_HELP)
def DEFECT_LEDGER(
    orders: Rows,
    feedback: Rows = None,
    claims: Rows = None,
    chargebacks: Rows = None,
    returns: Rows = None,
    account_health: Rows = None,
) -> Rows:
    """Audit trail: every defect event with its order, whether it counts, by which rule, and the day it leaves.

    Events whose order isn't among the orders are listed too; they don't count until the order is there.
    """
    read = arguments.read_ledger(
        orders,
        feedback=feedback,
        claims=claims,
        chargebacks=chargebacks,
        returns=returns,
        account_health=account_health,
    )
    events = read.ledger.events.sort_values(["order_date", "order_id", "source", "source_row"], kind="stable")
    shown = {
        "cause": [word(cause) if cause else "" for cause in events["cause"]],
        "counts": [word(f"counts_{counts or 'no'}") for counts in events["counts"]],
    }
    return table_cells(events.assign(**shown), _LEDGER_COLUMNS)


@formula(ARGUMENT_HELP)
def ODR_DAYS(orders: Rows, defects: Rows = None, omit: Cell = None) -> Rows:
    """Counts a day, channel and marketplace: orders, defective orders and causes. Feed it to the other formulas.

    One row stands for all orders of a day, so the formulas that read this result never read the big range again.
    """
    names = tuple(part.strip().lower() for part in str(omit or "").split(",") if part.strip())
    days = count.count_days(arguments.read_orders(orders, defects, omit=names))
    return table_cells(days, (*count.DAY_KEYS, *count.COUNT_COLUMNS))


@formula(ARGUMENT_HELP)
def ODR_TREND(
    days: Rows, finish: Cell = None, points: Cell = None, step_days: Cell = None, window: Cell = None
) -> Rows:
    """Trend: the rate of the rolling window for each date, Amazon's and the wider one, with the target.

    A date whose window holds no order shows #N/A, which a chart leaves blank.
    """
    counted = _days(days)
    end = moment(finish, "finish") or last_day(counted)
    found = trend(
        counted,
        end,
        points=arguments.whole(points, "points", 60),
        step=arguments.whole(step_days, "step_days", 1),
        window=arguments.whole(window, "window", rules.WINDOW_DAYS),
    )
    header: list[Cell] = [word(c) for c in ("date", "orders", "defective_amazon", "rate", "rate_all", "target")]
    result: list[list[Cell]] = [header]
    for point in found:
        rates = [("#N/A" if rate is None else rate) for rate in (point.rate_amazon, point.rate)]
        result.append([arguments.day_cell(point.end), point.orders, point.defective_amazon, *rates, rules.TARGET])
    return result


@formula(ARGUMENT_HELP)
def ODR_BY(
    orders: Rows,
    defects: Rows = None,
    column: Cell = None,
    start: Cell = None,
    finish: Cell = None,
    top: Cell = None,
) -> Rows:
    """Where the defects are: Amazon's rate for each channel, marketplace, SKU and so on, with its 95% interval.

    Groups with too few orders to judge are marked, not hidden. Lift is the group's rate over that of all the others.
    """
    names = arguments.group_columns(column)
    window = _window(start, finish)
    if arguments.is_days(orders):
        days = _days(orders)
        chosen = days if window.open else days[in_window(days["order_date"], window)]
    else:
        chosen = count.count_by(arguments.read_orders(orders, defects, extra=names), names, window)
    groups = defect_groups(chosen, names)
    limit = arguments.whole(top, "top", len(groups) or 1)
    result: list[list[Cell]] = [
        [word(c) for c in ("group", "orders", "defective", "rate", "low", "high", "share", "lift", "note")]
    ]
    for g in groups[:limit]:
        label = g.name or word("none")
        share, lift = ("" if v is None else v for v in (g.share, g.lift))
        note = word("small") if g.small else ""
        result.append([label, g.orders, g.defective, g.rate, g.low, g.high, share, lift, note])
    return result


@formula(ARGUMENT_HELP)
def ODR_STATUS(rate: Cell, target: Cell = None, warn: Cell = None) -> Cell:
    """Status in words: Healthy, At risk, Over target, or No orders. The target is missed when the rate reaches it."""
    if rate in (None, "", "#N/A"):
        return word("no_orders")
    goal = arguments.fraction(target, "target", rules.TARGET)
    warning = arguments.fraction(warn, "warn", min(rules.WARNING, goal))
    return word(rate_status(arguments.fraction(rate, "rate", 0.0), target=goal, warning=warning))


@formula(ARGUMENT_HELP)
def ODR_CHECK(
    orders: Rows,
    defects: Rows = None,
    feedback: Rows = None,
    claims: Rows = None,
    chargebacks: Rows = None,
    returns: Rows = None,
    account_health: Rows = None,
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
    return [[sentence] for sentence in checks.problems(orders, ranges)] or [["OK"]]


#: Every formula, in the order of the documentation.
FORMULAS: tuple[Callable[..., object], ...] = (
    ODR,
    DEFECT_BREAKDOWN,
    DEFECT_LEDGER,
    ODR_DAYS,
    ODR_TREND,
    ODR_BY,
    ODR_STATUS,
    ODR_CHECK,
)


def _definition(value: Cell) -> str:
    return count.check_definition(str(value).strip().lower() if value not in (None, "") else "all")


def _window(start: Cell, finish: Cell) -> Window:
    return Window(moment(start, "start"), moment(finish, "finish"))


def _days(rows: Rows) -> pd.DataFrame:
    if not arguments.is_days(rows):
        raise InputError("This formula needs the result of ODR_DAYS as its first range, such as Days!A4#.")
    return arguments.read_days(rows)


def _totals(orders: Rows, defects: Rows, start: Cell, finish: Cell) -> dict[str, int]:
    window = _window(start, finish)
    if arguments.is_days(orders):
        if defects is not None:
            raise UsageError("The result of ODR_DAYS already contains its defects: leave the second range out.")
        return count.sum_days(_days(orders), window)
    ledger: Ledger = arguments.read_orders(orders, defects, dated=not window.open)
    return count.count_orders(ledger, window)
