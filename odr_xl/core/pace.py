"""The pace: how many orders a day are to be expected, and how far past months have strayed from that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl.core.counts import DEFECTIVE, check_definition
from odr_xl.errors import NoOrders, UsageError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Days that make the pace: four of each weekday.
PACE_DAYS: Final = 28
#: Days back to the same season: 52 weeks, so that a Sunday is compared with Sundays.
SEASON_DAYS: Final = 364
#: Orders that a year ago's 28 days must hold, one a day: the share of fewer is mostly chance (19 % at 28).
SEASON_ORDERS: Final = 28
#: Pairs of 28 days that a range needs; fewer overlap so much that they tell of one month only.
RANGE_PAIRS: Final = 14
#: Part of the cases that lies under the range, and over it.
RANGE_TAIL: Final = 0.1
#: More orders a day than any shop has: sums of larger numbers lose their decimals.
MOST_A_DAY: Final = 10**9


@dataclass(frozen=True, slots=True)
class DailyCounts:
    """Orders and defective orders of every day from ``first`` on, up to the last day with an order.

    Attributes
    ----------
    first : datetime.date
        First day with an order.
    orders, defective : numpy.ndarray
        int64, one number a day without gaps; a day without orders is 0.
    """

    first: date
    orders: Ints
    defective: Ints

    @property
    def last(self) -> date:
        """Last day with an order."""
        return self.first + timedelta(days=len(self.orders) - 1)


def daily_counts(days: pd.DataFrame, definition: str = "amazon") -> DailyCounts:
    """Counts a day without gaps, from daily counts with one or several rows a day.

    Raises
    ------
    NoOrders
        When no row has both a date and an order.
    """
    column = DEFECTIVE[check_definition(definition)]
    dates = days["order_date"].to_numpy(dtype="datetime64[D]")
    orders = days["orders"].to_numpy(dtype=np.int64)
    dated = (orders > 0) & ~np.isnat(dates)
    if not dated.any():
        raise NoOrders("No order has a date, so nothing can be forecast. Check the column of order dates.")
    first = dates[dated].min()
    at = (dates[dated] - first).astype(np.int64)
    sums = np.zeros((2, int(at.max()) + 1), dtype=np.int64)
    np.add.at(sums[0], at, orders[dated])
    np.add.at(sums[1], at, days[column].to_numpy(dtype=np.int64)[dated])
    start: date = first.item()
    return DailyCounts(start, sums[0], sums[1])


def expected_orders(counts: DailyCounts, first: date, number: int, *, daily_orders: float | None = None) -> Floats:
    """Orders to be expected on each day from ``first`` on.

    Parameters
    ----------
    counts : DailyCounts
        What was sold so far.
    first : datetime.date
        First day that is asked for.
    number : int
        How many days; 0 gives an empty array.
    daily_orders : float, optional
        The seller's own number for every day, instead of the pace.

    Returns
    -------
    numpy.ndarray
        float64, ``number`` long, fractional.

    Raises
    ------
    UsageError
        When ``daily_orders`` is negative or no number.

    Notes
    -----
    Pace: the mean of each weekday over the 28 days that end on the last order date; with fewer days of data those
    there are, and for a weekday that isn't among them the mean of all. A last day that was downloaded before it
    ended lowers its weekday by up to a quarter.

    Season: a day x is multiplied by how the week around x - 364 compared with the 28 days that end 364 days before
    the last order date: (orders of that week / 7) / (orders of those 28 days / 28). Only where the week and the
    28 days lie inside the data, and the 28 days hold `SEASON_ORDERS` orders; 1 otherwise. A year ago's clearance
    sale or stock-out is repeated by this rule as if it were the season's.

    Examples
    --------
    >>> counts = DailyCounts(date(2026, 9, 7), np.array([5, 1] * 7), np.zeros(14, dtype=np.int64))
    >>> expected_orders(counts, date(2026, 9, 21), 3).tolist()
    [3.0, 3.0, 3.0]
    """
    if daily_orders is not None:
        return np.full(number, check_daily("daily_orders", daily_orders))
    total = len(counts.orders)
    weekday = np.arange(max(0, total - PACE_DAYS), total) + counts.first.toordinal()
    recent = counts.orders[-PACE_DAYS:]
    seen = np.bincount(weekday % 7, minlength=7)
    sums = np.bincount(weekday % 7, weights=recent, minlength=7)
    pace = np.where(seen > 0, sums / np.maximum(seen, 1), recent.mean())
    asked = np.arange(number) + first.toordinal()
    return pace[asked % 7] * _season(counts, asked)


def volume_range(counts: DailyCounts) -> tuple[float, float] | None:
    """How far the orders of 28 days have strayed from those of the 28 days before: 10 % and 90 % quantile.

    Returns
    -------
    low, high : float, or None
        Ratios, such as 0.8 and 1.3; ``None`` with fewer than `RANGE_PAIRS` pairs (69 days of data).

    Notes
    -----
    Every day with 28 days of data before and after it gives a pair; a pair whose first 28 days hold no order gives no
    ratio. Quantiles: ``numpy.quantile``, method "linear". The pairs overlap, so a short history shows less than can
    happen.
    """
    cumulative = np.concatenate([[0], np.cumsum(counts.orders)])
    sums = cumulative[PACE_DAYS:] - cumulative[:-PACE_DAYS]
    before, after = sums[:-PACE_DAYS], sums[PACE_DAYS:]
    ratios = after[before > 0] / before[before > 0]
    if len(ratios) < RANGE_PAIRS:
        return None
    low, high = np.quantile(ratios, [RANGE_TAIL, 1 - RANGE_TAIL], method="linear")
    return float(low), float(high)


def check_daily(name: str, value: float) -> float:
    """A number of orders a day, when it can be one; raises `UsageError` otherwise."""
    if not 0 <= value <= MOST_A_DAY:
        raise UsageError(f"{name} is a number of orders a day from 0 to {MOST_A_DAY:,}, not {value:g}.")
    return float(value)


def _season(counts: DailyCounts, asked: Ints) -> Floats:
    factor = np.ones(len(asked))
    total = len(counts.orders)
    until = total - SEASON_DAYS
    if until < PACE_DAYS:
        return factor
    cumulative = np.concatenate([[0], np.cumsum(counts.orders)])
    compared = cumulative[until] - cumulative[until - PACE_DAYS]
    if compared < SEASON_ORDERS:
        return factor
    start = asked - counts.first.toordinal() - SEASON_DAYS - 3
    inside = (start >= 0) & (start + 7 <= total)
    week = cumulative[start[inside] + 7] - cumulative[start[inside]]
    factor[inside] = (week / 7) / (compared / PACE_DAYS)
    return factor
