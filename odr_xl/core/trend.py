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
    dated = days.loc[(days["orders"] > 0) & days["order_date"].notna(), "order_date"]
    if dated.empty:
        raise NoOrders("No order has a date, so there is no trend. Check the column of order dates.")
    latest: date = dated.max().date()
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
        windows = [Window.ending(day, days=window) for day in ends]
    except OverflowError as error:
        raise UsageError("The trend begins before the year 1. Take a smaller points, step or window.") from error
    names = ["orders", "defective_amazon", "defective"]
    dated = days[days["order_date"].notna()]
    daily = dated.groupby(dated["order_date"].dt.normalize())[names].sum().sort_index()
    keys = daily.index.to_numpy(dtype="datetime64[D]")
    sums = np.vstack([np.zeros((1, len(names)), dtype=np.int64), np.cumsum(daily.to_numpy(dtype=np.int64), axis=0)])
    low = np.searchsorted(keys, np.array([w.start for w in windows], dtype="datetime64[D]"), side="left")
    high = np.searchsorted(keys, np.array(ends, dtype="datetime64[D]"), side="right")
    counted = sums[high] - sums[low]
    return tuple(TrendPoint(day, *(int(v) for v in row)) for day, row in zip(ends, counted, strict=True))
