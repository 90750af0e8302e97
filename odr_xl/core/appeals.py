"""Appeals: which defective orders to get rid of first, and what the rate would be then.

The unit is the order: it stops being defective only when every defect of it is gone. What shows a ground, and what
Amazon says of it, is in ``core.grounds``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.counts import DEFECTIVE
from odr_xl.core.grounds import LISTED, STRENGTHS, Ground, Strength, event_ground
from odr_xl.core.ledger import Bools, in_window
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError


class _Event(NamedTuple):
    """What is looked at in each event."""

    order_id: str
    order_date: datetime | None
    channel: str
    marketplace: str
    cause: str
    rule: str
    event_date: datetime | None
    detail: str
    leaves_on: datetime | None


@dataclass(frozen=True, slots=True)
class Case:
    """One cause of a defective order, and how it may go.

    Attributes
    ----------
    cause : str
        Of ``rules.AMAZON_CAUSES``.
    detail : str
        What the record says; several records of one cause are joined by " / ".
    ground : Ground
        The weakest of the cause's records, since all of them must go.
    days_left : int or None
        Days left to ask (at least, see ``Ground.at_least``), 0 when they are over; ``None`` when nothing sets a limit,
        or the event has no date.
    """

    cause: str
    detail: str
    ground: Ground
    days_left: int | None

    @property
    def strength(self) -> Strength:
        """Strength of the ground; weak once the days to ask are over."""
        return "weak" if self.days_left == 0 else self.ground.strength


@dataclass(frozen=True, slots=True)
class Appeal:
    """One defective order.

    Attributes
    ----------
    order_id, account : str
        ``account`` is marketplace and channel, such as ``US MFN``; "" when neither is known.
    order_date, leaves_on : date or None
        When it was placed, and the day on which it is outside the window anyway.
    cases : tuple of Case
        One a cause, in the order of ``rules.AMAZON_CAUSES``.
    rate, rate_won : float or None
        Rate of the order's own account now and without this order, fractions; ``None`` when the daily counts know no
        such account.
    rate_best : float
        Rate of all accounts together without this order and all that rank before it.
    """

    order_id: str
    account: str
    order_date: date | None
    leaves_on: date | None
    cases: tuple[Case, ...]
    rate: float | None
    rate_won: float | None
    rate_best: float

    @property
    def strength(self) -> Strength:
        """Strength of the order's weakest case."""
        return max((case.strength for case in self.cases), key=STRENGTHS.index)

    @property
    def days_left(self) -> int | None:
        """Days left for the most urgent case; ``None`` when no case has a limit."""
        return min((case.days_left for case in self.cases if case.days_left is not None), default=None)


@dataclass(frozen=True, slots=True)
class Account:
    """What winning would do for one account, or for all of them together.

    Attributes
    ----------
    name : str
        Marketplace and channel; "" for all together.
    orders, defective : int
        By the daily counts.
    listed : int
        Defective orders in the list of defects.
    needed : int or None
        The fewest of them to win until the rate is under the target: 0 when it is already, ``None`` when all of them
        aren't enough.
    """

    name: str
    orders: int
    defective: int
    listed: int
    needed: int | None


@dataclass(frozen=True, slots=True)
class Appeals:
    """The orders, best first, each account by name, and all of them together."""

    orders: tuple[Appeal, ...]
    accounts: tuple[Account, ...]
    whole: Account


def appeals(
    trail: pd.DataFrame,
    days: pd.DataFrame,
    *,
    window: Window | None = None,
    as_of: date | None = None,
    target: float = rules.TARGET,
) -> Appeals:
    """Defective orders to appeal or have removed, best chance first.

    Parameters
    ----------
    trail : pandas.DataFrame
        Events with their orders: ``order_id, order_date, channel, marketplace, cause, counts, rule, event_date, detail,
        leaves_on``. Only those that count in Amazon's rate are looked at.
    days : pandas.DataFrame
        Daily counts of the same orders.
    window : Window, optional
        Order dates that count; all when left out.
    as_of : date, optional
        The day from which the days left are counted; the latest event date of ``trail`` when left out.
    target : float
        Fraction that must not be reached.

    Returns
    -------
    Appeals
        Sorted by strength, accounts over the target first, fewer causes to clear, the later the order leaves, and the
        order id.

    Raises
    ------
    NoOrders
        When the window holds no order: there is no rate to bring down.
    UsageError
        When the target is no fraction above 0.

    Notes
    -----
    Distinct orders over all orders, each account by itself (G200285170, G200205250). It misleads when trail and days
    come from different orders; compare ``whole.listed`` with ``whole.defective``.

    Examples
    --------
    >>> days = pd.DataFrame({"order_date": [np.datetime64("2026-09-01", "s")], "channel": ["MFN"],
    ...                      "marketplace": ["US"], "orders": [150], "defective_amazon": [2]})
    >>> event = {"order_id": "A-1", "order_date": np.datetime64("2026-09-01", "s"), "channel": "MFN",
    ...          "marketplace": "US", "cause": "negative_feedback", "counts": "amazon", "rule": "",
    ...          "event_date": np.datetime64("2026-09-09", "s"), "detail": "1★ Leaks",
    ...          "leaves_on": np.datetime64("2026-11-15", "s")}
    >>> found = appeals(pd.DataFrame([event]), days)
    >>> found.orders[0].cases[0].ground.key, round(found.orders[0].rate_won, 4), found.accounts[0].needed
    ('product', 0.0067, 1)
    """
    if not 0 < target <= 1:
        raise UsageError(f"The target is a fraction above 0, such as 0.01, not {target:g}.")
    window = window or Window()
    counts = _accounts(days, _inside(days, window))
    total, defective = (sum(both) for both in zip(*counts.values(), strict=True)) if counts else (0, 0)
    if total == 0:
        raise NoOrders("There is no order in the window, so there is no rate to bring down. Check the dates.")
    if as_of is None:
        seen = trail["event_date"].to_numpy(dtype="datetime64[s]")
        as_of = max((day.date() for day in seen.tolist() if day is not None), default=None)
    counted = _inside(trail, window) & (trail["counts"].to_numpy(dtype=object) == "amazon")
    found = [_appeal(rows, counts, as_of) for rows in _by_order(trail, counted).values()]
    over = {name for name, (orders, bad) in counts.items() if orders and bad / orders >= target}

    def rank(appeal: Appeal) -> tuple[int, bool, int, int, str]:
        stays = appeal.leaves_on.toordinal() if appeal.leaves_on else 0
        strength = STRENGTHS.index(appeal.strength)
        return strength, appeal.account not in over, len(appeal.cases), -stays, appeal.order_id

    found.sort(key=rank)
    ranked = tuple(replace(a, rate_best=_less(defective, k, total)) for k, a in enumerate(found, start=1))
    listed = [a.account for a in ranked]
    accounts = tuple(
        Account(name, orders, bad, listed.count(name), wins_needed(orders, bad, listed.count(name), target=target))
        for name, (orders, bad) in sorted(counts.items())
        if orders
    )
    needed = wins_needed(total, defective, len(ranked), target=target)
    return Appeals(ranked, accounts, Account("", total, defective, len(ranked), needed))


def wins_needed(orders: int, defective: int, listed: int, *, target: float = rules.TARGET) -> int | None:
    """The fewest defective orders to win until the rate is under the target; ``None`` when ``listed`` aren't enough.

    >>> wins_needed(150, 2, 2), wins_needed(150, 1, 1), wins_needed(90, 3, 2)
    (1, 0, None)
    """
    return next((k for k in range(listed + 1) if _less(defective, k, orders) < target), None)


def _less(defective: int, won: int, orders: int) -> float:
    """Rate without the orders won; a list with more orders than the counts can't push it below 0."""
    return max(0, defective - won) / orders


def _inside(table: pd.DataFrame, window: Window) -> Bools:
    """Which rows' order dates lie in the window; all of them, undated ones too, when it is open."""
    return np.ones(len(table), dtype=bool) if window.open else in_window(table["order_date"], window)


def _columns(table: pd.DataFrame, names: Sequence[str], chosen: Bools) -> Iterator[tuple[Any, ...]]:
    """Cells of the chosen rows, a tuple a row; much cheaper than cutting the table first."""
    columns = [table[name].to_numpy() for name in names]
    # Nanoseconds would become integers in a list.
    plain = [column.astype("datetime64[s]") if column.dtype.kind == "M" else column for column in columns]
    return zip(*(column[chosen].tolist() for column in plain), strict=True)


def _accounts(days: pd.DataFrame, chosen: Bools) -> dict[str, tuple[int, int]]:
    """Orders and defective orders of each account."""
    result: dict[str, tuple[int, int]] = {}
    names = ("marketplace", "channel", "orders", DEFECTIVE["amazon"])
    for marketplace, channel, orders, defective in _columns(days, names, chosen):
        name = _name(marketplace, channel)
        before = result.get(name, (0, 0))
        result[name] = before[0] + orders, before[1] + defective
    return result


def _name(marketplace: str, channel: str) -> str:
    return " ".join(filter(None, (marketplace, channel)))


def _by_order(trail: pd.DataFrame, chosen: Bools) -> dict[str, list[_Event]]:
    """Chosen events of each order."""
    result: dict[str, list[_Event]] = {}
    for cells in _columns(trail, _Event._fields, chosen):
        event = _Event(*cells)
        result.setdefault(event.order_id, []).append(event)
    return result


def _appeal(events: list[_Event], counts: dict[str, tuple[int, int]], as_of: date | None) -> Appeal:
    channel = next((e.channel for e in events if e.channel), "")
    account = _name(next((e.marketplace for e in events if e.marketplace), ""), channel)
    causes = [cause for cause in rules.AMAZON_CAUSES if any(e.cause == cause for e in events)]
    cases = tuple(_case(cause, [e for e in events if e.cause == cause], channel, as_of) for cause in causes)
    orders, defective = counts.get(account, (0, 0))
    rate, won = (_less(defective, 0, orders), _less(defective, 1, orders)) if orders else (None, None)
    ordered = next((e.order_date for e in events if e.order_date), None)
    leaves = next((e.leaves_on for e in events if e.leaves_on), None)
    return Appeal(events[0].order_id, account, _day(ordered), _day(leaves), cases, rate, won, rate_best=0.0)


def _case(cause: str, events: list[_Event], channel: str, as_of: date | None) -> Case:
    """Case of one cause; a bare mark for it adds nothing where the record itself is there."""
    judged = [(event_ground(cause, e.detail, channel, e.rule), e) for e in events]
    records = [(ground, e) for ground, e in judged if ground is not LISTED] or judged
    cases = [Case(cause, e.detail, ground, _left(ground, _day(e.event_date), as_of)) for ground, e in records]
    weakest = max(cases, key=lambda case: STRENGTHS.index(case.strength))
    detail = " / ".join(dict.fromkeys(case.detail for case in cases if case.detail))
    return Case(cause, detail, weakest.ground, weakest.days_left)


def _left(ground: Ground, day: date | None, as_of: date | None) -> int | None:
    if ground.ask_days is None or day is None or as_of is None:
        return None
    return max(0, ground.ask_days - (as_of - day).days)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
