"""How the rate got here: its trend, and why it moved."""

from __future__ import annotations

from odr_xl import rules
from odr_xl.core.trend import last_day, trend
from odr_xl.excel import arguments
from odr_xl.excel.cells import Cell, Rows, formula, moment
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import word


@formula(ARGUMENT_HELP)
def ODR_TREND(
    days: Rows,
    finish: Cell = None,
    points: Cell = None,
    step_days: Cell = None,
    window: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Trend: the rate of the rolling window for each date, Amazon's and the wider one, with the target.

    A date whose window holds no order shows #N/A, which a chart leaves blank.
    """
    language = arguments.language(lang, days)
    counted = arguments.read_days(days, account)
    end = moment(finish, "finish") or last_day(counted)
    found = trend(
        counted,
        end,
        points=arguments.whole(points, "points", 60),
        step=arguments.whole(step_days, "step_days", 1),
        window=arguments.whole(window, "window", rules.WINDOW_DAYS),
    )
    header: list[Cell] = [
        word(c, language) for c in ("date", "orders", "defective_amazon", "rate", "rate_all", "target")
    ]
    result: list[list[Cell]] = [header]
    for point in found:
        rates = [("#N/A" if rate is None else rate) for rate in (point.rate_amazon, point.rate)]
        result.append([arguments.day_cell(point.end), point.orders, point.defective_amazon, *rates, rules.TARGET])
    return result
