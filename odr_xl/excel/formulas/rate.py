"""What the rate is, what makes it up, how sure it is, and how far from the target."""

from __future__ import annotations

from datetime import date

from odr_xl import rules
from odr_xl.core import headroom as room
from odr_xl.core.breakdown import defect_breakdown
from odr_xl.core.counts import DEFECTIVE, sum_days
from odr_xl.core.rate import order_defect_rate, rate_status, wilson_interval
from odr_xl.core.trend import last_day
from odr_xl.core.whatif import standing, what_if
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError
from odr_xl.excel import arguments
from odr_xl.excel.cells import Cell, Rows, formula, moment
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import say, word


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


@formula(ARGUMENT_HELP)
def ODR_INTERVAL(
    orders: Rows,
    defects: Rows = None,
    start: Cell = None,
    finish: Cell = None,
    confidence: Cell = None,
    definition: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """How sure the rate is: the range in which it really lies, and whether your orders are enough to tell.

    Wilson's interval. With few orders it is wide: one defect in 40 orders is 2.5 %, and may be 0.44 % or 12.88 %.
    """
    language = arguments.language(lang, orders, defects)
    counts = arguments.totals(orders, defects, start, finish, account)
    chosen = arguments.definition_of(definition)
    rate = order_defect_rate(counts, chosen)
    sure = arguments.fraction(confidence, "confidence", 0.95)
    low, high = wilson_interval(counts[DEFECTIVE[chosen]], counts["orders"], confidence=sure)
    key = "measure_under" if high < rules.TARGET else "measure_over" if low >= rules.TARGET else "measure_open"
    key_of_orders = "measure_orders_one" if counts["orders"] == 1 else "measure_orders"
    words = say(
        key,
        language,
        low=_percent(low),
        high=_percent(high),
        orders=say(key_of_orders, language, count=f"{counts['orders']:,}"),
        target=f"{100 * rules.TARGET:g}%",
        confidence=f"{100 * sure:.6g}%",
    )
    return [[word(c, language) for c in ("rate", "low", "high", "measure_words")], [rate, low, high, words]]


@formula(ARGUMENT_HELP)
def ODR_HEADROOM(
    orders: Rows,
    defects: Rows = None,
    start: Cell = None,
    finish: Cell = None,
    target: Cell = None,
    definition: Cell = None,
    account: Cell = None,
) -> Cell:
    """Headroom: how many more of these orders may turn out to be defective with Amazon's rate still under the target.

    Examples
    --------
    >>> ODR_HEADROOM([["Order ID", "Chargeback"], *([f"A-{n}", ""] for n in range(101))])
    1
    """
    counts = arguments.totals(orders, defects, start, finish, account)
    name = DEFECTIVE[arguments.definition_of(definition, "amazon")]
    goal = arguments.fraction(target, "target", rules.TARGET)
    return room.headroom(counts[name], counts["orders"], target=goal)


@formula(ARGUMENT_HELP)
def ODR_ORDERS_NEEDED(
    orders: Rows,
    defects: Rows = None,
    start: Cell = None,
    finish: Cell = None,
    target: Cell = None,
    definition: Cell = None,
    account: Cell = None,
) -> Cell:
    """Orders needed: how many more orders without a defect bring Amazon's rate under the target; 0 when it is there.

    Examples
    --------
    >>> ODR_ORDERS_NEEDED([["Order ID", "Chargeback"], *([f"A-{n}", "" if n else "x"] for n in range(100))])
    1
    """
    counts = arguments.totals(orders, defects, start, finish, account)
    name = DEFECTIVE[arguments.definition_of(definition, "amazon")]
    goal = arguments.fraction(target, "target", rules.TARGET)
    return room.orders_needed(counts[name], counts["orders"], target=goal)


@formula(ARGUMENT_HELP)
def ODR_WHATIF(
    days: Rows,
    as_of: Cell = None,
    won: Cell = None,
    added: Cell = None,
    order_change: Cell = None,
    window: Cell = None,
    lag: Cell = None,
    target: Cell = None,
    definition: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """What if you win appeals, get further defects, or sell more or less: the window that Amazon shows, now and then.

    The dates stay the same. Orders that come or go have no defect.
    """
    language = arguments.language(lang, days)
    counted = arguments.read_days(days, account)
    span = _window_seen(
        moment(as_of, "as_of") or last_day(counted),
        arguments.whole(window, "window", rules.WINDOW_DAYS),
        arguments.whole(lag, "lag", rules.LAG_DAYS),
    )
    counts = sum_days(counted, span)
    if counts["orders"] == 0:
        raise NoOrders(f"No order is from {span.start} to {span.end}, the window of that day. Choose another as_of.")
    defective = counts[DEFECTIVE[arguments.definition_of(definition, "amazon")]]
    goal = arguments.fraction(target, "target", rules.TARGET)
    then = what_if(
        defective,
        counts["orders"],
        won=arguments.whole(won, "won", 0),
        added=arguments.whole(added, "added", 0),
        order_change=arguments.fraction(order_change, "order_change", 0.0),
        target=goal,
    )
    columns = ("case", "orders", "defective", "rate", "headroom", "needed", "status")
    result: list[list[Cell]] = [[word(f"measure_{c}" if c not in ("orders", "rate") else c, language) for c in columns]]
    for key, case in (("now", standing(defective, counts["orders"], target=goal)), ("what_if", then)):
        numbers = (case.orders, case.defective, case.rate, case.headroom, case.orders_needed)
        result.append([word(f"measure_{key}", language), *numbers, word(case.status, language)])
    return result


def _window_seen(day: date, days: int, lag: int) -> Window:
    try:
        return Window.as_of(day, days=days, lag=lag)
    except OverflowError as error:
        raise UsageError("The window begins before the year 1. Take a smaller window or lag.") from error


def _percent(rate: float) -> str:
    """A rate in words, with as many digits as show on which side of the target it is."""
    for digits in range(2, 8):
        shown = f"{100 * rate:.{digits}f}"
        if (float(shown) >= 100 * rules.TARGET) == (rate >= rules.TARGET):
            break
    return f"{shown}%"
