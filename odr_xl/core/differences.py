"""Differences in the number of orders: what can explain that we count more of them than Amazon, or fewer.

Amazon doesn't say how it counts cancelled or pending orders, nor where its day ends. So a reason is never proven: it is
one whose numbers are large enough. One that fits exactly is preferred to those that are only large enough, and these to
those that explain a part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl import rules
from odr_xl.core.ledger import Bools
from odr_xl.core.window import Window

#: More reasons than these for one number are a list of everything, not an explanation.
MOST_REASONS: Final = 3
#: A stretch without orders is worth a word when that many orders were to be expected in it: by chance it stays empty
#: once in a hundred times (e to the power of -4.6).
_EXPECTED: Final = 4.6
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that can explain a difference.

    Attributes
    ----------
    key : str
        Which reason; the labels hold its sentence.
    count, other : int
        Orders that it concerns.
    start, end : datetime.date or None
        Days that it names.
    ids : tuple of str
        Orders that it names.
    name : str
        A name that it repeats, such as an unknown marketplace.
    """

    key: str
    count: int = 0
    other: int = 0
    start: date | None = None
    end: date | None = None
    ids: tuple[str, ...] = ()
    name: str = ""


class AccountDays:
    """The daily counts of one account, and of the rows that don't say to which account they belong."""

    def __init__(self, days: pd.DataFrame, marketplaces: frozenset[str], channels: frozenset[str]) -> None:
        self.marketplaces, self.channels = marketplaces, channels
        own, unplaced = belongs(days, marketplaces, channels)
        self._rows = {False: own, True: unplaced}
        self._days, self._dates = days, days["order_date"].to_numpy().astype("datetime64[D]")
        self._counts: dict[str, npt.NDArray[np.int64]] = {}
        orders, undated = self._column("orders"), np.isnat(self._dates)
        self.undated = int(orders[own & undated].sum())
        self.with_orders = np.unique(self._dates[own & ~undated & (orders > 0)])

    @property
    def sites(self) -> tuple[str, ...]:
        """Marketplaces on which the account has orders, in alphabetical order."""
        sold = self._rows[False] & (self._column("orders") > 0)
        return tuple(sorted(set(self._days["marketplace"].to_numpy()[sold].tolist())))

    def total(self, name: str, window: Window, *, unplaced: bool = False) -> int:
        """Sum of a count in a window, of the account or of the rows that don't say theirs."""
        rows = self._rows[unplaced]
        if window.start is not None:
            rows = rows & (self._dates >= np.datetime64(window.start))
        if window.end is not None:
            rows = rows & (self._dates <= np.datetime64(window.end))
        return int(self._column(name)[rows].sum())

    def _column(self, name: str) -> npt.NDArray[np.int64]:
        """A count of every row; kept, because pandas takes longer to find a column than numpy to add it up."""
        if name not in self._counts:
            self._counts[name] = self._days[name].to_numpy(dtype=np.int64)
        return self._counts[name]

    def reaches(self, window: Window) -> bool:
        """Whether the account has orders on or before the window's first day, and on or after its last."""
        known = self.with_orders
        return bool(len(known) and known[0] <= np.datetime64(window.start) and known[-1] >= np.datetime64(window.end))


def belongs(table: pd.DataFrame, marketplaces: Collection[str], channels: Collection[str]) -> tuple[Bools, Bools]:
    """Which rows are of an account, whose parts are all when empty, and which others may be: they don't say theirs."""
    own: Bools = np.ones(len(table), dtype=bool)
    near = own.copy()
    for column, wanted in (("marketplace", marketplaces), ("channel", channels)):
        if wanted:
            cells = table[column].tolist()
            named = np.array([cell in wanted for cell in cells], dtype=bool)
            own &= named
            near &= named | np.array([cell == "" for cell in cells], dtype=bool)
    return own, near & ~own


def _ends(window: Window) -> tuple[date, date] | None:
    """Both ends of the window, when they are given and have a day beside them."""
    if window.start is None or window.end is None or window.start == date.min or window.end == date.max:
        return None
    return window.start, window.end


def order_reasons(daily: AccountDays, window: Window, difference: int, amazons_window: bool) -> tuple[Reason, ...]:
    """Why we count more orders than Amazon, or fewer."""
    amazons, gap = daily.total("orders", window) - difference, abs(difference)
    if difference > 0:
        cancelled, pending = daily.total("cancelled", window), daily.total("pending", window)
        sized = {"cancelled": cancelled, "pending": pending}
        if cancelled and pending and max(cancelled, pending) < gap:  # neither is enough: both together
            sized = {"cancelled_pending": cancelled + pending}
    else:
        # An order of a Non-Amazon channel has no marketplace, so it stands among the rows that don't say theirs.
        left_out = daily.total("left_out", window) + daily.total("left_out", window, unplaced=True)
        undated = 0 if window.open else daily.undated
        sized = {"left_out": left_out, "undated": undated, "unplaced": daily.total("orders", window, unplaced=True)}
    possible = [Reason(key, count) for key, count in sized.items() if count]
    exact = [reason for reason in possible if reason.count == gap]
    exact += [r for other, r in other_windows(daily, window, amazons_window) if daily.total("orders", other) == amazons]
    if exact:
        return tuple(exact[:MOST_REASONS])
    able = [reason for reason in possible if reason.count > gap]
    able += [*_gap(daily, window, difference), *_zone(daily, window, difference)]
    able += [] if amazons_window else [*_length(window, difference)]
    if able:
        return tuple(able[:MOST_REASONS])
    if difference < 0:
        return (*possible[: MOST_REASONS - 1], Reason("incomplete", gap))
    return (possible[0], Reason("rest", gap - possible[0].count)) if possible else (Reason("unexplained"),)


def other_windows(daily: AccountDays, window: Window, amazons_window: bool) -> Iterator[tuple[Window, Reason]]:
    """Windows that may be meant instead, as far as the orders reach."""
    ends = _ends(window)
    if ends is None:
        return
    start, end = ends
    others = [("moved", Window(start + step, end + step)) for step in (_DAY, -_DAY)]
    if not amazons_window and (end - start).days + 1 != rules.WINDOW_DAYS:
        others.append(("sixty", Window.ending(end)))
    for key, other in others:
        if daily.reaches(other):
            yield other, Reason(key, start=other.start, end=other.end)


def _gap(daily: AccountDays, window: Window, difference: int) -> Iterator[Reason]:
    """The longest stretch without an order, when we lack orders and chance doesn't explain the stretch."""
    ends = _ends(window)
    if ends is None or difference > 0:
        return
    first, last = np.datetime64(ends[0]), np.datetime64(ends[1])
    known = daily.with_orders[(daily.with_orders >= first) & (daily.with_orders <= last)]
    edges = np.concatenate([[first - 1], known, [last + 1]])
    empty = np.diff(edges).astype(np.int64) - 1
    longest = int(empty.argmax())
    length = int(empty[longest])
    others = (ends[1] - ends[0]).days + 1 - length
    expected = daily.total("orders", window) * length / others if others else _EXPECTED
    # A stretch that comes again and again, such as every weekend, is this shop's habit.
    if expected >= _EXPECTED and np.count_nonzero(empty == length) <= 2:
        start: date = (edges[longest] + 1).astype(object)
        yield Reason("gap", start=start, end=start + (length - 1) * _DAY)


def _zone(daily: AccountDays, window: Window, difference: int) -> Iterator[Reason]:
    """The orders on both sides of the window's ends, which another time zone would count on the other side."""
    if (ends := _ends(window)) is None:
        return
    key, days = ("zone_out", ends) if difference > 0 else ("zone_in", (ends[0] - _DAY, ends[1] + _DAY))
    before, after = (daily.total("orders", Window(day, day)) for day in days)
    if max(before, after) >= abs(difference):
        yield Reason(key, before, after, *days)


def _length(window: Window, difference: int) -> Iterator[Reason]:
    """A window that isn't of Amazon's 60 days, when that goes with the difference."""
    if window.start is None or window.end is None:
        if difference > 0:
            yield Reason("no_dates")
        return
    length = (window.end - window.start).days + 1
    if (length - rules.WINDOW_DAYS) * difference > 0:
        yield Reason("length", length)
