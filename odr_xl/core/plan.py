"""The plan of action: the facts behind the three questions that Amazon asks, and the day by which to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from odr_xl import rules
from odr_xl.core.actions import Actions, actions
from odr_xl.core.counts import sum_days
from odr_xl.core.ledger import in_window
from odr_xl.core.rate import order_defect_rate
from odr_xl.core.window import Window
from odr_xl.errors import UsageError


@dataclass(frozen=True, slots=True)
class Plan:
    """Facts for a plan of action.

    Attributes
    ----------
    window : Window
        The order dates that it covers.
    orders, defective : int
        Counts of the window: all orders, and those that are defective in Amazon's sense.
    listed : int
        Distinct defective orders that the events name; other than ``defective`` when the two inputs don't fit.
    target : float
        Fraction.
    actions : Actions
        Root causes and what to do about them; ``actions.amazon`` are those that the plan is about.
    """

    window: Window
    orders: int
    defective: int
    listed: int
    target: float
    actions: Actions

    @property
    def rate(self) -> float:
        """The order defect rate, a fraction."""
        return self.defective / self.orders

    @property
    def asked(self) -> bool:
        """Whether the rate reaches the target, so that Amazon may ask for a plan."""
        return self.rate >= self.target


def plan_of_action(events: pd.DataFrame, days: pd.DataFrame, window: Window, *, target: float = rules.TARGET) -> Plan:
    """Facts for a plan of action about the orders of one window.

    Parameters
    ----------
    events : pandas.DataFrame
        Events with their order dates (``core.actions.actions``); only those of orders in ``window`` are used.
    days : pandas.DataFrame
        Daily counts.
    window : Window
        Order dates that Amazon shows.
    target : float
        Fraction that the rate must stay under.

    Raises
    ------
    NoOrders
        When the window holds no order.

    Notes
    -----
    Amazon asks three questions: the root cause, what was done, and what prevents it from now on (help page
    201623610), and refuses plans without detail for each problem. What a shop has done isn't known here.
    """
    counts = sum_days(days, window)
    order_defect_rate(counts, "amazon")  # raises NoOrders
    chosen = events[in_window(events["order_date"], window)]
    found = actions(chosen)
    listed = sum(root.count for root in found.amazon)
    return Plan(window, counts["orders"], counts["defective_amazon"], listed, target, found)


def due_date(notice: date, *, days: int = rules.PLAN_DAYS) -> date:
    """Last day to send a plan of action after a notice of ``notice``.

    The number of days is the article's (``rules.PLAN_DAYS``); Amazon's own e-mail decides, and may say less.

    >>> due_date(date(2026, 11, 20))
    datetime.date(2026, 12, 7)
    """
    if days < 1:
        raise UsageError(f"plan_days is a whole number from 1, not {days}.")
    try:
        return notice + timedelta(days=days)
    except OverflowError as error:
        raise UsageError(f"plan_days is too large: {days}. Take the number in Amazon's e-mail.") from error
