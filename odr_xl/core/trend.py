"""The trend: the rate of a rolling window, day by day, from daily counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The window that ends on ``end``: its counts, and its rates (``None`` without an order)."""

    end: date
    orders: int
    defective_amazon: int
    defective: int

    @property
    def rate_amazon(self) -> float | None:
        """Amazon's rate, a fraction."""
        return self.defective_amazon / self.orders if self.orders else None

    @property
    def rate(self) -> float | None:
        """The rate of all causes, a fraction."""
        return self.defective / self.orders if self.orders else None


def last_day(days: pd.DataFrame) -> date:
    """Latest order date in the daily counts; raises `NoOrders` when no row has both a date and an order."""
    dates = days["order_date"].to_numpy(dtype="datetime64[D]")
    dated = dates[(days["orders"].to_numpy() > 0) & ~np.isnat(dates)]
    if not dated.size:
        raise NoOrders("No order has a date, so there is no trend. Check the column of order dates.")
    latest: date = dated.max().item()
    return latest


def trend(
    days: pd.DataFrame, end: date, *, points: int = 60, step: int = 1, window: int = rules.WINDOW_DAYS
) -> tuple[TrendPoint, ...]:
    """Rate of the window that ends on ``end`` and on earlier days.

    Parameters
    ----------
    days : pandas.DataFrame
        Daily counts (``core.counts.count_days``); several rows a day are added up.
    end : datetime.date
        Last day of the last window.
    points, step : int
        How many points, and how many days between two.
    window : int
        Days in each window.

    Returns
    -------
    tuple of TrendPoint
        Oldest first, always ``points`` long: a stretch without orders has points without a rate.

    Notes
    -----
    Counts add up over disjoint orders, so a window is the difference of two cumulative sums; no rate is averaged.
    """
    for name, value in (("points", points), ("step", step), ("window", window)):
        if value < 1:
            raise UsageError(f"{name} is a whole number from 1, not {value}.")
    if points > 10_000:
        raise UsageError(f"A trend has at most 10,000 points, not {points}.")
    try:
        ends = [end - timedelta(days=step * back) for back in range(points - 1, -1, -1)]
        first = Window.ending(ends[0], days=window)
    except OverflowError as error:
        raise UsageError("The trend begins before the year 1. Take a smaller points, step or window.") from error
    dates = days["order_date"].to_numpy(dtype="datetime64[D]")
    names = ("orders", "defective_amazon", "defective")
    daily = np.stack([days[name].to_numpy(dtype=np.int64) for name in names], axis=1)
    # Rows of one day stand together once sorted, so they need not be added up first; a missing date sorts after all.
    order = np.argsort(dates, kind="stable")
    sums = np.zeros((len(order) + 1, len(names)), dtype=np.int64)
    np.cumsum(daily[order], axis=0, out=sums[1:])
    shifts = np.arange(points) * step
    low = np.searchsorted(dates[order], np.datetime64(first.start) + shifts, side="left")
    high = np.searchsorted(dates[order], np.datetime64(ends[0]) + shifts, side="right")
    counted = (sums[high] - sums[low]).tolist()
    return tuple(TrendPoint(day, *row) for day, row in zip(ends, counted, strict=True))
