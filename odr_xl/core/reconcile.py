"""Reconciling: our counts of an account beside the ones that Amazon prints, and what can explain each difference."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import pandas as pd

from odr_xl import rules
from odr_xl.core.counts import DEFECTIVE
from odr_xl.core.defect_differences import account_events, defect_reasons
from odr_xl.core.differences import AccountDays, Reason, order_reasons, other_windows
from odr_xl.core.signs import share
from odr_xl.core.window import Window
from odr_xl.errors import UsageError
from odr_xl.marketplaces import MARKETPLACES

#: What is compared, in the order shown; the rate comes last.
COMPARED: Final = ("orders", DEFECTIVE["amazon"], *rules.AMAZON_CAUSES)


@dataclass(frozen=True, slots=True)
class AmazonCounts:
    """Amazon's own numbers of one account and window; ``None`` where it gives none."""

    orders: int | None = None
    defective_amazon: int | None = None
    negative_feedback: int | None = None
    a_to_z_claim: int | None = None
    chargeback: int | None = None

    def __post_init__(self) -> None:
        for name in COMPARED:
            value = getattr(self, name)
            if value is not None and value < 0:
                raise UsageError(f"Amazon's number is a count from 0, not {value}. Type it as the page shows it.")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One number of ours beside Amazon's.

    Attributes
    ----------
    what : str
        One of `COMPARED`, or ``rate``.
    ours, amazons : int, float or None
        Whole numbers, for the rate fractions; ``None`` for a rate without orders and where Amazon gives nothing.
    reasons : tuple of Reason
        The likeliest first; empty where Amazon gives no number, and for rates that differ: the counts say why.
    """

    what: str
    ours: int | float | None
    amazons: int | float | None
    reasons: tuple[Reason, ...] = ()

    @property
    def difference(self) -> int | float | None:
        """Ours less Amazon's; ``None`` where one of the two is missing."""
        return None if self.ours is None or self.amazons is None else self.ours - self.amazons


def reconcile(
    days: pd.DataFrame,
    window: Window,
    amazon: AmazonCounts,
    *,
    marketplaces: Collection[str] = (),
    channels: Collection[str] = (),
    trail: pd.DataFrame | None = None,
    amazons_window: bool = False,
) -> tuple[Comparison, ...]:
    """Our counts of one account and window beside Amazon's, each difference with what can explain it.

    Parameters
    ----------
    days : pandas.DataFrame
        Daily counts (``core.counts.count_days``) of all accounts and all days: what lies beside the window or outside
        the account can be the explanation.
    window : Window
        The order dates that Amazon's numbers are about.
    amazon : AmazonCounts
        What Amazon prints.
    marketplaces, channels : collection of str
        The account; all of them when empty.
    trail : pandas.DataFrame, optional
        Events with ``order_id, cause, counts, rule, detail, order_date, channel, marketplace`` (the ledger's).
        Without it no order can be named.
    amazons_window : bool
        Whether Amazon printed the window beside its numbers, so that the window can't be the reason.

    Returns
    -------
    tuple of Comparison
        Orders, defective orders, the three causes, and the rate, in this order. Each count of ours is that of
        ``sum_days`` for the account and window.

    Notes
    -----
    The method is this project's. It misleads when two errors cancel each other out: no difference isn't proof.

    Examples
    --------
    >>> from datetime import date
    >>> from odr_xl.core.counts import COUNT_COLUMNS
    >>> days = pd.DataFrame(dict.fromkeys(COUNT_COLUMNS, [0]) | {"orders": [100], "cancelled": [4]})
    >>> days = days.assign(order_date=pd.Timestamp(2026, 9, 1), channel="MFN", marketplace="US")
    >>> found = reconcile(days, Window(date(2026, 7, 18), date(2026, 9, 15)), AmazonCounts(orders=96))
    >>> found[0].difference, [(reason.key, reason.count) for reason in found[0].reasons]
    (4, [('cancelled', 4)])
    """
    daily = AccountDays(days, frozenset(marketplaces), frozenset(channels))
    ours = {name: daily.total(name, window) for name in COMPARED}
    unknown = sorted(daily.marketplaces - MARKETPLACES.keys())
    found = []
    for name in COMPARED:
        theirs: int | None = getattr(amazon, name)
        difference = None if theirs is None else ours[name] - theirs
        reasons: tuple[Reason, ...] = ()
        if difference == 0:
            reasons = (Reason("same"),)
        elif difference is not None and (unknown or amazon.orders == 0):
            if name == "orders":
                reasons = (Reason("unknown_site", name=unknown[0]) if unknown else Reason("no_data"),)
        elif difference is not None and name == "orders":
            reasons = order_reasons(daily, window, difference, amazons_window)
        elif difference is not None:
            events = None if trail is None else account_events(trail, daily, window, name)
            other_dates = [
                reason
                for other, reason in other_windows(daily, window, amazons_window)
                # Other dates have to explain the orders as well.
                if daily.total(name, other) == theirs
                and (amazon.orders is None or daily.total("orders", other) == amazon.orders)
            ]
            reasons = defect_reasons(difference, events, other_dates)
        found.append(Comparison(name, ours[name], theirs, reasons))
    mine = share(ours["defective_amazon"], ours["orders"])
    theirs_rate = share(amazon.defective_amazon, amazon.orders)
    agree = mine is not None and mine == theirs_rate
    return (*found, Comparison("rate", mine, theirs_rate, (Reason("same"),) if agree else ()))
