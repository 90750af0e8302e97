"""Signs: the metrics beside the Order Defect Rate that go wrong earlier. None of them is ever part of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import pandas as pd

from odr_xl.core.differences import AccountDays
from odr_xl.core.window import Window
from odr_xl.errors import UsageError

Side = Literal["below", "above"]


@dataclass(frozen=True, slots=True)
class Measure:
    """How one metric is judged, and over how many days Amazon looks at it.

    Attributes
    ----------
    side : "below" or "above"
        Where its rate has to be: strictly below its target, or strictly above it.
    days : int
        Length of Amazon's period, both ends included.
    """

    side: Side
    days: int


#: The neighbour metrics, with the sides and periods of Amazon's report (schema of 2020-11-18). Targets change and
#: differ, so they are read from the report and stand nowhere here.
MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        "late_shipment": Measure("below", 30),
        "cancellation": Measure("below", 7),
        "valid_tracking": Measure("above", 30),
        "on_time_delivery": Measure("above", 30),
    }
)
#: Those that Account Health's list marks order by order.
MARKED: Final = ("late_shipment", "cancellation")


@dataclass(frozen=True, slots=True)
class Sign:
    """One neighbour metric counted here, because Amazon's own number isn't at hand.

    Attributes
    ----------
    account : str
        Such as ``US MFN``; ``MFN`` for several marketplaces together.
    metric : str
        Of `MARKED`.
    start, end : datetime.date
        Order dates covered.
    count : int or None
        Orders marked; ``None`` when the marks don't reach these days or have no dates.
    orders : int or None
        Seller-fulfilled orders of these days; ``None`` without daily counts.
    basis : "marks", "short_list", "undated" or "cancelled"
        What was counted: marks; marks of a list that ends before these days; marks without order dates; or all
        cancelled orders, the buyers' own cancellations among them.
    last_mark : datetime.date or None
        Latest order date on the list.
    """

    account: str
    metric: str
    start: date
    end: date
    count: int | None
    orders: int | None
    basis: Literal["marks", "short_list", "undated", "cancelled"]
    last_mark: date | None = None

    @property
    def rate(self) -> float | None:
        """Share of the orders, a fraction; ``None`` without orders or without a count."""
        return share(self.count, self.orders)


def share(count: float | None, whole: float | None) -> float | None:
    """Part of a whole as a fraction; ``None`` when there is no whole, or less of it than of its part.

    >>> share(3, 120), share(0, 0), share(None, 5), share(6, 5)
    (0.025, None, None, None)
    """
    return None if count is None or not whole or count > whole else count / whole


def meets(metric: str, rate: float | None, target: float | None) -> bool | None:
    """Whether a rate is on its target's good side; ``None`` when there is no rate or no target.

    A rate that equals its target misses it, on both sides: Amazon's report says LESS_THAN and GREATER_THAN.

    >>> meets("late_shipment", 0.04, 0.04), meets("valid_tracking", 0.95, 0.95), meets("valid_tracking", 0.96, 0.95)
    (False, False, True)
    """
    if metric not in MEASURES:
        raise UsageError(f'"{metric}" isn\'t a neighbour metric. Choose from: {", ".join(MEASURES)}.')
    if rate is None or target is None:
        return None
    return rate < target if MEASURES[metric].side == "below" else rate > target


def own_signs(
    marks: pd.DataFrame | None, days: pd.DataFrame | None, as_of: date, *, without: Collection[str] = ()
) -> tuple[Sign, ...]:
    """Late shipments and cancellations counted from Account Health's marks, as an estimate.

    Parameters
    ----------
    marks : pandas.DataFrame or None
        The Account Health download: ``order_id``; ``order_date, channel, late_shipment, cancellation`` if it has them.
    days : pandas.DataFrame or None
        Daily counts, for the number of seller-fulfilled orders.
    as_of : datetime.date
        Last day of the periods.
    without : collection of str
        Metrics that Amazon's own report already gives.

    Returns
    -------
    tuple of Sign
        One for each metric that can be counted. Without marks that reach the seven days, the cancelled seller-fulfilled
        orders of ``days`` stand in for the cancellations, as an upper bound.

    Notes
    -----
    Amazon counts late shipments by the day of shipment; the marks only have the day of the order. The list doesn't name
    its marketplace, so all seller-fulfilled orders are taken together. An early sign, not Amazon's number.
    """
    sellers = None if days is None else AccountDays(days, frozenset(), frozenset(("MFN",)))
    sites = sellers.sites if sellers else ()
    account = " ".join(filter(None, (*sites, "MFN"))) if len(sites) == 1 else "MFN"
    found = []
    for metric in MARKED:
        window = Window.ending(as_of, days=MEASURES[metric].days)
        if metric in without:
            continue
        orders = None if sellers is None else sellers.total("orders", window)
        sign = _marked(marks, metric, window, account, orders)
        if metric == "cancellation" and (sign is None or sign.count is None) and sellers is not None:
            sign = _cancelled(sellers, window, account, orders) or sign
        if sign is not None:
            found.append(sign)
    return tuple(found)


def _marked(marks: pd.DataFrame | None, metric: str, window: Window, account: str, orders: int | None) -> Sign | None:
    """Distinct orders with a mark in the window; ``None`` without a list that has the mark."""
    if marks is None or metric not in marks.columns:
        return None
    assert window.start is not None and window.end is not None
    place = (account, metric, window.start, window.end)
    # Amazon ships in time by its own account; a list for one channel may leave the channel out.
    sellers = (
        np.ones(len(marks), dtype=bool) if "channel" not in marks.columns else marks["channel"].to_numpy() != "AFN"
    )
    if not sellers.any():
        return None
    if "order_date" not in marks.columns:
        return Sign(*place, None, orders, "undated")
    dates = marks["order_date"].to_numpy().astype("datetime64[D]")
    marked = sellers & marks[metric].to_numpy(dtype=bool)
    known = dates[sellers & ~np.isnat(dates)]
    if not len(known) or np.isnat(dates[marked]).any():
        return Sign(*place, None, orders, "undated")
    last: date = known.max().astype(object)
    if last < window.start:
        return Sign(*place, None, orders, "short_list", last)
    inside = marked & (dates >= np.datetime64(window.start)) & (dates <= np.datetime64(window.end))
    return Sign(*place, len(set(marks["order_id"].to_numpy()[inside].tolist())), orders, "marks", last)


def _cancelled(sellers: AccountDays, window: Window, account: str, orders: int | None) -> Sign | None:
    """All cancelled orders; none when the daily counts leave cancelled orders out, as a setting can ask."""
    assert window.start is not None and window.end is not None
    everything = Window()
    if not sellers.total("cancelled", everything) and sellers.total("left_out", everything):
        return None
    count = sellers.total("cancelled", window)
    return Sign(account, "cancellation", window.start, window.end, count, orders, "cancelled")
