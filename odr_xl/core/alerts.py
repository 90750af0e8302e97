"""Alerts: what a seller wants to be told, found in the daily counts, the events and the feedback of one day.

A finding says whether its condition holds, not whether somebody was told of it: that is ``core.episodes``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.accounts import ACCOUNT_KEYS
from odr_xl.core.appeals import appeals
from odr_xl.core.change import RateChange, rate_change
from odr_xl.core.feedback_todo import feedback_todo
from odr_xl.core.forecast import forecast
from odr_xl.core.ledger import Bools, in_window
from odr_xl.core.plan import due_date
from odr_xl.core.standings import AccountStanding, account_standings
from odr_xl.core.whatif import Standing
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders

Kind = Literal[
    "over_target", "warning", "headroom", "forecast", "estimate", "creep", "defect", "feedback", "stale", "plan", "data"
]
#: In the order in which a seller should read them.
KINDS: Final[tuple[Kind, ...]] = (
    "over_target", "plan", "defect", "forecast", "headroom", "warning", "estimate", "creep", "feedback", "data",
    "stale",
)  # fmt: skip
#: Kinds whose findings are single orders; each order is told once.
ITEMS: Final = ("defect", "feedback")
#: A rate is well under its threshold when it is under this part of it, so that one order more or less starts nothing.
CLEAR: Final = 0.9
#: One defective order alone is no creep.
LEAST_DEFECTS: Final = 2
#: Items older than this many days are no news on the first look.
NEWS_DAYS: Final = 7
#: Days of order dates from which the longest usual pause between two orders is taken.
PAUSE_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds; ``None`` turns a rule off.

    Attributes
    ----------
    target : float
        The rate of each account must stay under it.
    accounts : int or None
        Accounts over the target that may be without an alert.
    warning, forecast, estimate : float or None
        Rates, now and within ``ahead`` days: with the known defects, and with those that are still to come.
    headroom : int or None
        So few further defective orders, or fewer.
    ahead : int
        Days to look forward, 1 to 400.
    creep : float or None
        Rise of the rate within ``creep_days``; 0.002 is 0.2 percentage points.
    defects : bool
        Whether a new claim or chargeback is told.
    feedback_days, feedback : int or None, int
        Negative feedback unanswered for so many days, when there is more than ``feedback`` of it.
    stale_days : int or None
        Data older than so many days.
    plan_days_left : int or None
        So many days, or fewer, until a plan of action is due.
    data : int or None
        More rows than this that can't be used.
    """

    target: float = rules.TARGET
    accounts: int | None = 0
    warning: float | None = rules.WARNING
    headroom: int | None = 1
    ahead: int = 14
    forecast: float | None = rules.TARGET
    estimate: float | None = rules.TARGET
    creep: float | None = 0.002
    creep_days: int = 7
    defects: bool = True
    feedback_days: int | None = 3
    feedback: int = 0
    stale_days: int | None = 3
    plan_days_left: int | None = 5
    data: int | None = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """What is looked at on one day.

    Attributes
    ----------
    as_of : datetime.date
    days, events : pandas.DataFrame
        Daily counts and the audit trail of the same ledger.
    feedback : pandas.DataFrame or None
        The feedback report.
    unusable : int
        Rows that the readers couldn't use.
    window, lag : int
    notice : datetime.date or None
        Date of Amazon's request for a plan of action.
    plan_days : int
    """

    as_of: date
    days: pd.DataFrame
    events: pd.DataFrame
    feedback: pd.DataFrame | None = None
    unusable: int = 0
    window: int = rules.WINDOW_DAYS
    lag: int = rules.LAG_DAYS
    notice: date | None = None
    plan_days: int = rules.PLAN_DAYS


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition, and whether it holds.

    Attributes
    ----------
    key : str
        The same condition has the same key on another day.
    kind : str
        Of `KINDS`.
    account : str
        Such as ``US MFN``; "" for the whole shop, or where the orders don't say.
    raised, clear : bool
        Whether it holds; whether it is well away, so that the next time is news. Both are false in between.
    muted : bool
        A graver finding says it already.
    old : bool
        No news to somebody who looks for the first time.
    number, limit : float
        What was measured, and the threshold: a rate, a count or days, by kind.
    day : date or None
        The day that it is about: of the crossing, of the recovery, of the event, of the latest data, or the deadline.
    change : RateChange or None
        What moved the account's rate within ``Limits.creep_days``.
    standing : Standing or None
        Counts and headroom of the account.
    orders : tuple of str
        Order ids, the most useful first.
    cause : str
        Of a single order: what happened to it.
    """

    key: str
    kind: Kind
    account: str
    raised: bool
    clear: bool
    number: float
    limit: float
    muted: bool = False
    old: bool = False
    day: date | None = None
    change: RateChange | None = None
    standing: Standing | None = None
    orders: tuple[str, ...] = ()
    cause: str = ""


def findings(watched: Watched, limits: Limits = Limits()) -> tuple[Finding, ...]:
    """Every condition that was looked at, raised or not.

    Notes
    -----
    Amazon judges each account by itself, so each is looked at by itself. Few and right: an account over the target
    isn't also told to be near it; one without a defective order has no headroom to speak of, however few its orders.
    A pause in the orders that is usual for the shop isn't taken for old data.

    Raises
    ------
    NoOrders
        When no order has a date.
    """
    found = [*_accounts(watched, limits), *_defects(watched, limits), *_unanswered(watched, limits)]
    found += [*_stale(watched, limits), *_plan(watched, limits)]
    if limits.data is not None:
        many = watched.unusable > limits.data
        found.append(Finding("data", "data", "", many, not many, watched.unusable, limits.data))
    return tuple(sorted(found, key=lambda finding: KINDS.index(finding.kind)))


def over_target(watched: Watched, target: float) -> tuple[str, ...]:
    """Names of the accounts whose rate reaches the target, the highest rate first."""
    return tuple(account.name for account in _standings(watched, target, target) if account.now.rate >= target)


def _standings(watched: Watched, target: float, warning: float) -> tuple[AccountStanding, ...]:
    try:
        found = account_standings(
            watched.days, watched.as_of, target=target, warning=warning, window=watched.window, lag=watched.lag
        )
    except NoOrders:  # all orders are too old: the finding of old data says so
        return ()
    return found[1:]


def _accounts(watched: Watched, limits: Limits) -> Iterator[Finding]:
    standings = _standings(watched, limits.target, limits.warning or limits.target)
    over = sum(account.now.rate >= limits.target for account in standings)
    tolerated = limits.accounts is None or over <= limits.accounts
    for account in standings:
        rows = _of(watched.days, account.name)
        one = _Account(watched, limits, account, watched.days[rows], _own_events(watched, account.name))
        yield from one.findings(tolerated)


@dataclass(frozen=True, slots=True)
class _Account:
    """One account's share of what is watched."""

    watched: Watched
    limits: Limits
    standing: AccountStanding
    days: pd.DataFrame
    events: pd.DataFrame

    def findings(self, tolerated: bool) -> Iterator[Finding]:
        limits, now = self.limits, self.standing.now
        over = now.rate >= limits.target
        if limits.accounts is not None:
            back = self.standing.recovery.day
            yield self._rate("over_target", now.rate, limits.target, raised=over and not tolerated, day=back)
        if limits.warning is not None:
            yield self._rate("warning", now.rate, limits.warning, muted=over)
        if limits.headroom is not None:
            few = now.defective > 0 and now.headroom <= limits.headroom
            clear = now.headroom > limits.headroom + 1 or not now.defective
            yield self._finding("headroom", few, clear, now.headroom, limits.headroom, muted=over)
        yield from self._coming(over)
        yield from self._creep(over)

    def _coming(self, over: bool) -> Iterator[Finding]:
        limits, watched = self.limits, self.watched
        if limits.forecast is None and limits.estimate is None:
            return
        points = forecast(
            self.days, watched.as_of, days_ahead=limits.ahead, window=watched.window, lag=watched.lag,
            events=self.events,
        )[1:]  # fmt: skip
        known = [(point.day, point.rate or 0.0) for point in points]
        later = [(point.day, point.rate_later or 0.0) for point in points]
        certain = limits.forecast is not None and max(rate for _, rate in known) >= limits.forecast
        if limits.forecast is not None:
            end = watched.as_of - timedelta(days=watched.lag)
            entering = Window(end + timedelta(days=1), end + timedelta(days=limits.ahead))
            yield self._crossing("forecast", known, limits.forecast, over, self._defective(entering))
        if limits.estimate is not None:
            yield self._crossing("estimate", later, limits.estimate, over or certain, ())

    def _crossing(
        self, kind: Kind, points: list[tuple[date, float]], limit: float, muted: bool, orders: tuple[str, ...]
    ) -> Finding:
        day = next((day for day, rate in points if rate >= limit), None)
        highest = max(rate for _, rate in points)
        return self._finding(kind, day is not None, highest < CLEAR * limit, highest, limit, muted, day, orders)

    def _creep(self, over: bool) -> Iterator[Finding]:
        limits, change = self.limits, self._change(self.limits.creep_days)
        if limits.creep is None or change is None:
            return
        rise = change.rate_after - change.rate_before
        raised = rise >= limits.creep and change.defective_after >= LEAST_DEFECTS
        told = over or (limits.warning is not None and change.rate_after >= limits.warning)
        end = self.watched.as_of - timedelta(days=self.watched.lag)
        orders = self._defective(Window.ending(end, days=limits.creep_days))
        yield self._finding("creep", raised, rise < limits.creep / 2, rise, limits.creep, told, None, orders)

    def _rate(
        self, kind: Kind, rate: float, limit: float, *, raised: bool | None = None, muted: bool = False,
        day: date | None = None,
    ) -> Finding:  # fmt: skip
        reached = rate >= limit if raised is None else raised
        return self._finding(kind, reached, rate < CLEAR * limit, rate, limit, muted, day)

    def _finding(
        self, kind: Kind, raised: bool, clear: bool, number: float, limit: float, muted: bool = False,
        day: date | None = None, orders: tuple[str, ...] | None = None,
    ) -> Finding:  # fmt: skip
        name = self.standing.name
        if orders is None:
            orders = self._appeals() if raised else ()
        change = self._change(self.limits.creep_days) if raised else None
        return Finding(
            f"{kind}|{name}", kind, name, raised, clear, number, limit, muted=muted, day=day, change=change,
            standing=self.standing.now, orders=orders,
        )  # fmt: skip

    def _change(self, length: int) -> RateChange | None:
        end = self.watched.as_of - timedelta(days=self.watched.lag)
        try:
            return rate_change(
                self.days, end - timedelta(days=length), end, window=self.watched.window, definition="amazon"
            )
        except NoOrders:  # the account is younger than that
            return None

    def _appeals(self) -> tuple[str, ...]:
        """Defective orders of the window, the best one to appeal first."""
        watched = self.watched
        span = Window.as_of(watched.as_of, days=watched.window, lag=watched.lag)
        ranked = appeals(self.events, self.days, window=span, as_of=watched.as_of, target=self.limits.target)
        return tuple(appeal.order_id for appeal in ranked.orders)

    def _defective(self, span: Window) -> tuple[str, ...]:
        inside = in_window(self.events["order_date"], span) & _counted(self.events)
        return tuple(dict.fromkeys(self.events["order_id"].to_numpy(dtype=object)[inside].tolist()))


def _defects(watched: Watched, limits: Limits) -> Iterator[Finding]:
    """Claims and chargebacks that count; an order keeps its finding until it leaves the window."""
    if not limits.defects:
        return
    events = watched.events
    first = watched.as_of - timedelta(days=watched.window + watched.lag - 1)
    causes = np.isin(events["cause"].to_numpy(dtype=object).astype(str), ("a_to_z_claim", "chargeback"))
    chosen = events[causes & _counted(events) & in_window(events["order_date"], Window(first, None))]
    names = ("order_id", "cause", "marketplace", "channel")
    days = chosen["event_date"].to_numpy(dtype="datetime64[D]").tolist()
    seen: dict[str, Finding] = {}
    for day, order_id, cause, *account in zip(days, *(chosen[name].tolist() for name in names), strict=True):
        key = f"defect|{cause}|{order_id}"
        earlier = seen.get(key)  # Amazon's own list and the claim itself: one of them has the date
        day = day or (earlier.day if earlier else None)
        seen[key] = Finding(
            key, "defect", " ".join(filter(None, account)), True, False, 1, 0, day=day, orders=(order_id,), cause=cause,
            old=day is None or (watched.as_of - day).days > NEWS_DAYS,
        )  # fmt: skip
    yield from seen.values()


def _unanswered(watched: Watched, limits: Limits) -> Iterator[Finding]:
    """Negative feedback that has waited, as long as its removal can be asked for."""
    if limits.feedback_days is None or watched.feedback is None or watched.feedback.empty:
        return
    waiting = [
        todo
        for todo in feedback_todo(watched.feedback, as_of=watched.as_of)
        if todo.age is not None and todo.age >= limits.feedback_days and todo.days_left
    ]
    if len(waiting) <= limits.feedback:
        return
    for todo in waiting:
        yield Finding(
            f"feedback|{todo.order_id}", "feedback", "", True, False, todo.age or 0, limits.feedback_days,
            day=todo.day, orders=(todo.order_id,), cause="negative_feedback",
        )  # fmt: skip


def _stale(watched: Watched, limits: Limits) -> Iterator[Finding]:
    if limits.stale_days is None:
        return
    dates = watched.days["order_date"].to_numpy(dtype="datetime64[D]")
    dated = np.unique(dates[(watched.days["orders"].to_numpy() > 0) & ~np.isnat(dates)])
    if not dated.size:
        raise NoOrders("No order has a date, so nothing can be watched. Check the column of order dates.")
    latest: date = dated[-1].item()
    recent = dated[dated > dated[-1] - np.timedelta64(PAUSE_DAYS, "D")]
    pause = int(np.diff(recent).max().astype(int)) if recent.size > 1 else 0
    age, most = (watched.as_of - latest).days, max(limits.stale_days, pause)
    yield Finding("stale", "stale", "", age > most, age <= most, age, most, day=latest)


def _plan(watched: Watched, limits: Limits) -> Iterator[Finding]:
    if limits.plan_days_left is None or watched.notice is None:
        return
    due = due_date(watched.notice, days=watched.plan_days)
    left = (due - watched.as_of).days
    near = 0 <= left <= limits.plan_days_left
    # Each notice of Amazon's has its own deadline, so its own key.
    yield Finding(f"plan|{watched.notice}", "plan", "", near, not near, left, limits.plan_days_left, day=due)


def _counted(events: pd.DataFrame) -> Bools:
    counted: Bools = events["counts"].to_numpy(dtype=object) == "amazon"
    return counted


def _of(table: pd.DataFrame, account: str) -> Bools:
    """Rows of the account with exactly this name."""
    parts: list[list[Any]] = [table[name].to_numpy(dtype=object).tolist() for name in ACCOUNT_KEYS]
    return np.array([" ".join(filter(None, pair)) == account for pair in zip(*parts, strict=True)], dtype=bool)


def _own_events(watched: Watched, account: str) -> pd.DataFrame:
    return watched.events[_of(watched.events, account)]
