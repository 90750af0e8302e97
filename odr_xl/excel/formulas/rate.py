"""What the rate is, what makes it up, how sure it is, and how far from the target."""

from __future__ import annotations

from odr_xl import rules
from odr_xl.core.breakdown import defect_breakdown
from odr_xl.core.rate import order_defect_rate, rate_status
from odr_xl.excel import arguments
from odr_xl.excel.cells import Cell, Rows, formula
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import word


@formula(ARGUMENT_HELP)
def ODR(
    orders: Rows,
    defects: Rows = None,
    start: Cell = None,
    finish: Cell = None,
    definition: Cell = None,
    account: Cell = None,
) -> Cell:
    """Order defect rate: the share of your orders that have at least one defect, as a fraction.

    What you select is what counts: every defect that the ranges mark, each order once.

    Examples
    --------
    >>> ODR([["Order ID", "Chargeback"], ["A-1", "x"], ["A-2", ""], ["A-3", None], ["A-4", 0]])
    0.25
    """
    return order_defect_rate(
        arguments.totals(orders, defects, start, finish, account), arguments.definition_of(definition)
    )


@formula(ARGUMENT_HELP)
def DEFECT_BREAKDOWN(
    orders: Rows,
    defects: Rows = None,
    start: Cell = None,
    finish: Cell = None,
    definition: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Causes that make up the order defect rate: orders, rate and share of each, then the totals.

    An order with two causes stands under both, so the causes may add up to more than the distinct defective orders.
    """
    names = {"several": "several_causes", "defective": "defective_orders", "orders": "all_orders"}
    language = arguments.language(lang, orders, defects)
    counts = arguments.totals(orders, defects, start, finish, account)
    result = [[word(c, language) for c in ("cause", "orders", "rate", "share", "amazon")]]
    for row in defect_breakdown(counts, arguments.definition_of(definition)):
        amazon = "" if row.amazon is None else word("yes" if row.amazon else "no", language)
        label = word(names.get(row.key, row.key), language)
        result.append([label, row.orders, row.rate, "" if row.share is None else row.share, amazon])  # type: ignore[list-item]
    return result


@formula(ARGUMENT_HELP)
def ODR_STATUS(rate: Cell, target: Cell = None, warn: Cell = None, lang: Cell = None) -> Cell:
    """Status in words: Healthy, At risk, Over target, or No orders. The target is missed when the rate reaches it."""
    language = arguments.language(lang)
    if rate in (None, "", "#N/A"):
        return word("no_orders", language)
    goal = arguments.fraction(target, "target", rules.TARGET)
    warning = arguments.fraction(warn, "warn", min(rules.WARNING, goal))
    return word(rate_status(arguments.fraction(rate, "rate", 0.0), target=goal, warning=warning), language)
