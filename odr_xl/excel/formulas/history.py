"""How the rate got here: its trend, and why it moved."""

from __future__ import annotations

from datetime import date, timedelta

from odr_xl import rules
from odr_xl.core.change import RateChange, rate_change
from odr_xl.core.trend import last_day, trend
from odr_xl.excel import arguments
from odr_xl.excel.cells import Cell, Rows, formula, moment
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import WORDS, Language, say, word


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


#: Sellers refresh once a month: that is what a change is measured against when they don't say.
_MONTH = 30


@formula(ARGUMENT_HELP)
def ODR_CHANGE(
    days: Rows,
    earlier: Cell = None,
    later: Cell = None,
    window: Cell = None,
    definition: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Why the rate moved between two dates: new defects, defects that aged out, and order volume, which add up exactly.

    A rate can rise without a new defect: when fewer orders are in the window, each defect weighs more.
    """
    language = arguments.language(lang, days)
    counted = arguments.read_days(days, account)
    last = moment(later, "later") or last_day(counted)
    first = moment(earlier, "earlier") or last - timedelta(days=_MONTH)
    length = arguments.whole(window, "window", rules.WINDOW_DAYS)
    found = rate_change(counted, first, last, window=length, definition=arguments.definition_of(definition))
    more = found.orders_after - found.orders_before
    came, left, volume, whole = found.effects
    net = found.defective_after - found.defective_before
    rows: tuple[tuple[str, Cell, Cell, float, str], ...] = (
        ("earlier", found.orders_before, found.defective_before, found.rate_before, _dates(first, length, language)),
        ("new", "", found.new, came, _counted("measure_came", found.new, language)),
        ("aged", "", -found.aged, left, _counted("measure_left", found.aged, language)),
        ("volume", more, "", volume, word(f"measure_{_weight(found)}", language)),
        ("later", found.orders_after, found.defective_after, found.rate_after, _dates(last, length, language)),
        ("change", more, net, whole, change_sentence(found, language)),
    )
    header = ("measure_part", "orders", "measure_defective", "measure_effect", "measure_words")
    return [[word(c, language) for c in header], *([word(f"measure_{part}", language), *row] for part, *row in rows)]


def _dates(end: date, length: int, language: Language) -> str:
    return say("measure_dates", language, start=end - timedelta(days=length - 1), end=end)


def _weight(change: RateChange) -> str:
    """What more or fewer orders do to each defect."""
    if change.orders_after == change.orders_before:
        return "same"
    if change.defective_before + change.defective_after == 0:
        return "weightless"
    return "heavier" if change.orders_after < change.orders_before else "lighter"


def change_sentence(change: RateChange, language: Language) -> str:
    """The change in one sentence; it uses what its story needs of these parts."""
    new, aged = change.new, change.aged
    facts = _counted("measure_fact", new, language)
    if aged:
        facts = say("measure_and_aged", language, fact=facts, aged=f"{aged:,}")
    if new > aged:
        defects = "measure_net_in" if aged else "measure_in"
    else:
        defects = "measure_net_out" if new else "measure_out"
    more = change.orders_after - change.orders_before
    numbers = {
        "new": f"{new:,}",
        "aged": f"{aged:,}",
        "before": f"{change.orders_before:,}",
        "now": f"{change.orders_after:,}",
    }
    return say(
        f"measure_{change.story}",
        language,
        facts=facts,
        defects=_counted(defects, abs(new - aged), language, **numbers),
        orders=_counted("measure_more" if more > 0 else "measure_fewer", abs(more), language, **numbers),
        **numbers,
    )


def _counted(key: str, count: int, language: Language, **values: str) -> str:
    """A text about a number of things, in the form for none or one of them where there is one."""
    special = {0: f"{key}_none", 1: f"{key}_one"}.get(count, key)
    return say(special if special in WORDS else key, language, count=f"{count:,}", **values)
