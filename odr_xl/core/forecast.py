"""The forecast: the rate day by day, as old orders leave the window and expected ones come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl import rules
from odr_xl.core import delays as delay
from odr_xl.core import pace
from odr_xl.errors import UsageError

Floats = npt.NDArray[np.float64]

#: Days until the orders of today have all left the window: nothing known today reaches further.
DAYS_AHEAD: Final = rules.WINDOW_DAYS + rules.LAG_DAYS
MOST_DAYS_AHEAD: Final = 400
#: Longest window and lag; ten years are more than anybody means.
MOST_DAYS: Final = 3660
#: Days of order dates that the mature rate is taken from: half a year has defects enough, and is still the same shop.
RATE_DAYS: Final = 180
#: Decimals of expected orders: sums of fractions are off by less, and a rate of exactly 1 % must stay one.
DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    """What Amazon is expected to show on one day.

    Attributes
    ----------
    day, window_end : datetime.date
        The day of looking, and the last order date in its window.
    orders, defective : float
        Orders in the window, and the defective ones among them: whole as long as the window holds known dates only.
    low, high : float or None
        The rate with more orders, and with fewer, than expected; ``None`` without an order.
    defective_later : float or None
        Defective orders together with those that are still to come on past experience; ``None`` without enough of it.
    """

    day: date
    window_end: date
    orders: float
    defective: float
    low: float | None
    high: float | None
    defective_later: float | None = None

    @property
    def rate(self) -> float | None:
        """Defective orders over orders, a fraction; ``None`` without an order."""
        return self.defective / self.orders if self.orders else None

    @property
    def rate_later(self) -> float | None:
        """The rate with the defects that are still to come; ``None`` without an order or an estimate."""
        return self.defective_later / self.orders if self.orders and self.defective_later is not None else None


def forecast(
    days: pd.DataFrame,
    as_of: date,
    *,
    days_ahead: int = DAYS_AHEAD,
    daily_orders: float | None = None,
    daily_defects: float = 0.0,
    window: int = rules.WINDOW_DAYS,
    lag: int = rules.LAG_DAYS,
    definition: str = "amazon",
    events: pd.DataFrame | None = None,
) -> tuple[ForecastPoint, ...]:
    """The rate on ``as_of`` and on each of the ``days_ahead`` days after it.

    Parameters
    ----------
    days : pandas.DataFrame
        Daily counts (``core.counts.count_days``); several rows a day are added up.
    as_of : datetime.date
        The day of looking, day 0.
    days_ahead : int
        0 to 400.
    daily_orders : float, optional
        Orders to be expected on each day that isn't known yet; the pace of the last 28 days when left out
        (``core.pace.expected_orders``).
    daily_defects : float
        Further defective orders on each such day, at most as many as orders.
    window, lag : int
        Days in the window, and days from its end to the day of looking.
    definition : "amazon", "returns" or "all"
        Which causes count.
    events : pandas.DataFrame, optional
        The audit trail, for the estimate of what is still to come (``core.delays.defect_delays``).

    Returns
    -------
    tuple of ForecastPoint
        ``days_ahead`` + 1 points. Day 0 is today's rate exactly, without a range.

    Raises
    ------
    NoOrders
        When no order has a date.
    UsageError
        For a number outside its range.

    Notes
    -----
    Known order dates, up to the last one or to the end of day 0's window if that is later, enter and leave with their
    counts: this part is arithmetic. Defective orders younger than the lag enter the window only later, so the rate
    can rise although no defect is added. Later order dates have the expected orders and ``daily_defects``.

    Low and high multiply the expected orders by the range in which 28 days have differed from the 28 days before
    (``core.pace.volume_range``), and by no less than chance alone makes of them: 1 +- 1.2816 / sqrt(expected orders
    in the window), eight cases of ten (Poisson). They say nothing about new defects.

    The estimate adds to each known order date x, seen on day t, orders(x) * r * (F(t - x) - F(today - x)), and to each
    later one its expected orders * r * F(t - x): F is the share of defects known after so many days
    (``core.delays.maturity``), r the rate of the last 180 days once they are mature (``core.delays.mature_rate``).
    "Today" is ``as_of``, or the last order date if that is later. ``daily_defects`` plays no part in it.
    The method is Bornhuetter's and Ferguson's as insurers use it for late claims (Proc. Casualty Actuarial Soc. 59
    (1972) 181). It misleads after a cure or a new trouble, since r looks back.

    Examples
    --------
    Two orders a day since 2026-07-01, one of them defective on the first day; the window holds it until day 3:

    >>> days = pd.DataFrame({"order_date": pd.date_range("2026-07-01", "2026-09-10", unit="s"), "orders": 2})
    >>> days["defective_amazon"] = [1] + [0] * 71
    >>> [(point.orders, point.defective) for point in forecast(days, date(2026, 9, 10), days_ahead=4)]
    [(114.0, 1.0), (116.0, 1.0), (118.0, 1.0), (120.0, 1.0), (120.0, 0.0)]
    """
    _check(days_ahead, window, lag)
    each_day = pace.check_daily("daily_defects", daily_defects)
    own_pace = None if daily_orders is None else pace.check_daily("daily_orders", daily_orders)
    counts = pace.daily_counts(days, definition)
    span = _span(counts, as_of, days_ahead, window, lag, own_pace)
    known, bad = _sums(span.orders, window), _sums(span.defective, window)
    coming = _sums(span.expected, window).round(DECIMALS)
    further = _sums(np.where(span.later, each_day, 0.0), window).round(DECIMALS)
    orders, defective = known + coming, bad + np.minimum(further, coming)
    low, high = _range(known, bad, coming, further, pace.volume_range(counts))
    later: list[float] | list[None] = [None] * len(orders)
    if events is not None:
        gained = _still_to_come(counts, span, as_of, window, lag, events, definition)
        if gained is not None:
            later = (bad + np.minimum(gained, np.maximum(orders - bad, 0))).tolist()
    first = as_of.toordinal()
    columns = zip(orders.tolist(), defective.tolist(), low.tolist(), high.tolist(), later, strict=True)
    return tuple(
        ForecastPoint(
            day=date.fromordinal(first + ahead),
            window_end=date.fromordinal(first + ahead - lag),
            orders=total,
            defective=defects,
            low=least if total else None,
            high=most if total else None,
            defective_later=with_later,
        )
        for ahead, (total, defects, least, most, with_later) in enumerate(columns)
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """Every order date from the start of day 0's window to the end of the last one."""

    dates: npt.NDArray[np.int64]
    orders: Floats
    defective: Floats
    expected: Floats
    later: npt.NDArray[np.bool_]


def _check(days_ahead: int, window: int, lag: int) -> None:
    for name, value, least, most in (
        ("days_ahead", days_ahead, 0, MOST_DAYS_AHEAD),
        ("window", window, 1, MOST_DAYS),
        ("lag", lag, 0, MOST_DAYS),
    ):
        if not least <= value <= most:
            raise UsageError(f"{name} is a whole number of days from {least} to {most}, not {value}.")


def _span(
    counts: pace.DailyCounts, as_of: date, days_ahead: int, window: int, lag: int, daily_orders: float | None
) -> _Span:
    end = as_of.toordinal() - lag
    start = end - window + 1
    if start < 1 or as_of.toordinal() + days_ahead > date.max.toordinal():
        raise UsageError(f"The forecast from {as_of} leaves the calendar. Check as_of, window and lag.")
    dates = np.arange(start, end + days_ahead + 1)
    place = dates - counts.first.toordinal()
    inside = (place >= 0) & (place < len(counts.orders))
    orders, defective = np.zeros(len(dates)), np.zeros(len(dates))
    orders[inside] = counts.orders[place[inside]]
    defective[inside] = counts.defective[place[inside]]
    later = dates > max(end, counts.last.toordinal())
    expected = np.zeros(len(dates))
    if later.any():
        first = date.fromordinal(int(dates[later][0]))
        expected[later] = pace.expected_orders(counts, first, int(later.sum()), daily_orders=daily_orders)
    return _Span(dates, orders, defective, expected, later)


def _sums(values: Floats, window: int) -> Floats:
    cumulative = np.concatenate([[0.0], np.cumsum(values)])
    sums: Floats = cumulative[window:] - cumulative[:-window]
    return sums


def _range(
    known: Floats, bad: Floats, coming: Floats, further: Floats, past: tuple[float, float] | None
) -> tuple[Floats, Floats]:
    chance = NormalDist().inv_cdf(1 - pace.RANGE_TAIL) / np.sqrt(np.where(coming > 0, coming, 1))
    fewer, more = past or (1.0, 1.0)
    rates = [
        _rate(known, bad, coming * ratio, further)
        for ratio in (np.ones(len(coming)), np.clip(1 - chance, 0, fewer), np.maximum(1 + chance, more))
    ]
    return np.minimum.reduce(rates), np.maximum.reduce(rates)


def _rate(known: Floats, bad: Floats, coming: Floats, further: Floats) -> Floats:
    orders = known + coming
    # Few expected orders may shrink to none: the rate of the last order left is meant then.
    last_one = np.where(further > 0, 1.0, 0.0)
    return np.where(orders > 0, (bad + np.minimum(further, coming)) / np.where(orders > 0, orders, 1), last_one)


def _still_to_come(
    counts: pace.DailyCounts,
    span: _Span,
    as_of: date,
    window: int,
    lag: int,
    events: pd.DataFrame,
    definition: str,
) -> Floats | None:
    seen = delay.defect_delays(events, as_of=as_of, last_order=counts.last, definition=definition)
    known = delay.maturity(seen)
    if known is None:
        return None
    until = seen.seen_until.toordinal()
    ages = until - counts.first.toordinal() - np.arange(len(counts.orders))
    recent = ages < RATE_DAYS
    rate = delay.mature_rate(counts.orders[recent], counts.defective[recent], known.at(ages[recent]))
    if rate is None:
        return None
    # The same ages stand in every window, oldest first; what is known today differs from date to date.
    then = known.at(np.arange(lag + window - 1, lag - 1, -1))
    today = known.at(max(as_of, counts.last).toordinal() - span.dates)
    windows = np.lib.stride_tricks.sliding_window_view
    gained = np.maximum(then - windows(today, window), 0)
    defects = windows(span.orders, window) * gained + windows(span.expected, window) * then
    result: Floats = rate * defects.sum(axis=1)
    return result
