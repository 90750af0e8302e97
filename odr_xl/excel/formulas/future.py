"""Where the rate is going: day by day, and the day on which it is under the target again."""

from __future__ import annotations

from odr_xl import rules
from odr_xl.core import forecast as ahead
from odr_xl.core import recovery as recover
from odr_xl.core.trend import last_day
from odr_xl.excel import arguments
from odr_xl.excel.cells import Cell, Rows, formula, moment
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import Language, say, word

_HEADER = ("future_day", "date", "orders", "future_defective", "rate", "low", "high", "future_later", "target")


@formula(ARGUMENT_HELP)
def ODR_FORECAST(
    days: Rows,
    as_of: Cell = None,
    days_ahead: Cell = None,
    daily_orders: Cell = None,
    daily_defects: Cell = None,
    window: Cell = None,
    lag: Cell = None,
    defects: Rows = None,
    definition: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Forecast: the rate of each coming day as old orders leave the window and new ones arrive, with a range.

    The rate counts on no further defect unless you give a number of them. With the result of DEFECT_LEDGER a column
    estimates the rate with the defects that are still to come; it takes no notice of daily_defects, and is #N/A with
    fewer than ten dated defects to learn from.
    """
    language = arguments.language(lang, days, defects)
    counted = arguments.read_days(days, account)
    asked = not arguments.is_blank(defects)
    points = ahead.forecast(
        counted,
        moment(as_of, "as_of") or last_day(counted),
        days_ahead=arguments.whole(days_ahead, "days_ahead", ahead.DAYS_AHEAD),
        daily_orders=_daily_orders(daily_orders),
        daily_defects=arguments.fraction(daily_defects, "daily_defects", 0.0),
        window=arguments.whole(window, "window", rules.WINDOW_DAYS),
        lag=arguments.whole(lag, "lag", rules.LAG_DAYS),
        definition=arguments.definition_of(definition, "amazon"),
        events=arguments.read_trail(defects, account) if asked else None,
    )
    result: list[list[Cell]] = [[word(key, language) for key in _HEADER]]
    for point in points:
        dates = [arguments.day_cell(point.day), arguments.day_cell(point.window_end)]
        # A chart draws a blank text as 0 %, and #N/A as a gap.
        rates = ["#N/A" if rate is None else rate for rate in (point.rate, point.low, point.high, point.rate_later)]
        result.append([*dates, point.orders, point.defective, *rates[:3], rates[3] if asked else "", rules.TARGET])
    return result


@formula(ARGUMENT_HELP)
def ODR_RECOVERY(
    days: Rows,
    as_of: Cell = None,
    target: Cell = None,
    days_ahead: Cell = None,
    daily_orders: Cell = None,
    daily_defects: Cell = None,
    window: Cell = None,
    lag: Cell = None,
    definition: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Recovery: the first day on which the rate is under the target if no further defect comes, and how far off it is.

    Two cells side by side: the date, blank when there is none in the days looked at, and the same in words.
    """
    language = arguments.language(lang, days)
    counted = arguments.read_days(days, account)
    further = arguments.fraction(daily_defects, "daily_defects", 0.0)
    looked = arguments.whole(days_ahead, "days_ahead", recover.DAYS_AHEAD)
    found = recover.recovery_date(
        counted,
        moment(as_of, "as_of") or last_day(counted),
        target=arguments.fraction(target, "target", rules.TARGET),
        days_ahead=looked,
        daily_orders=_daily_orders(daily_orders),
        daily_defects=further,
        window=arguments.whole(window, "window", rules.WINDOW_DAYS),
        lag=arguments.whole(lag, "lag", rules.LAG_DAYS),
        definition=arguments.definition_of(definition, "amazon"),
    )
    day: Cell = "" if found.day is None else arguments.day_cell(found.day)
    return [[day, recovery_words(found, looked, further, language)]]


def recovery_words(found: recover.Recovery, looked: int, further: float, language: Language) -> str:
    """A recovery in a sentence; ``looked`` is how many days were looked at."""
    if found.days is None:
        span = _day_count(looked, language)
        if found.empty is not None:
            return say("future_empty", language, days=span, day=found.empty.isoformat())
        return say("future_not_within", language, days=span)
    span = _day_count(found.days, language)
    if found.days == 0:
        text = word("future_already", language)
    elif further:
        text = say("future_reached_with", language, days=span, defects=f"{further:g}")
    else:
        text = say("future_reached", language, days=span)
    if found.again is None:
        return text
    return say("future_again", language, start=text, day=found.again.isoformat())


def _day_count(count: int, language: Language) -> str:
    return word("future_one_day", language) if count == 1 else say("future_days", language, count=count)


def _daily_orders(value: Cell) -> float | None:
    return arguments.fraction(value, "daily_orders", 0.0) if arguments.text(value) else None
