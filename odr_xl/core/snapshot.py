"""A snapshot: what each account's window held on one day, and what Amazon printed about it then.

Later reports change the past (a claim of today belongs to an old order), and Amazon keeps no history of its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.accounts import ACCOUNT_KEYS, account_parts
from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.core.ledger import in_window
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError

#: Amazon's metrics that belong to the rate, each with its field of `Printed`.
_METRICS: Final = {"order_defect_rate": "defective_amazon"} | {cause: cause for cause in rules.AMAZON_CAUSES}


@dataclass(frozen=True, slots=True)
class Printed:
    """What Amazon printed about one account; ``None`` for what it didn't say.

    Attributes
    ----------
    start, end : datetime.date or None
        Amazon's window, which need not be ours.
    orders, defective_amazon, negative_feedback, a_to_z_claim, chargeback : int or None
        Its counts.
    """

    start: date | None = None
    end: date | None = None
    orders: int | None = None
    defective_amazon: int | None = None
    negative_feedback: int | None = None
    a_to_z_claim: int | None = None
    chargeback: int | None = None


@dataclass(frozen=True, slots=True)
class AccountCounts:
    """Counts of one account (``core.counts.COUNT_COLUMNS``), and what Amazon printed about it."""

    marketplace: str
    channel: str
    counts: Mapping[str, int]
    printed: Printed | None = None

    @property
    def name(self) -> str:
        """Marketplace and channel, such as ``US MFN``."""
        return " ".join(filter(None, (self.marketplace, self.channel)))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One day of looking.

    Attributes
    ----------
    day : datetime.date
        The day of looking.
    window : Window
        Closed on both sides.
    accounts : tuple of AccountCounts
        By marketplace and channel; each once.
    """

    day: date
    window: Window
    accounts: tuple[AccountCounts, ...]

    def total(self, account: str = "") -> dict[str, int]:
        """Counts of one account, or of all together: whole numbers of disjoint orders, so they add up.

        Parameters
        ----------
        account : str
            As a seller writes it: ``US MFN``, ``DE``, ``AFN``.
        """
        chosen = self.chosen(account)
        return {name: sum(own.counts[name] for own in chosen) for name in COUNT_COLUMNS}

    def chosen(self, account: str = "") -> tuple[AccountCounts, ...]:
        """The accounts that a name stands for; all of them for ""."""
        marketplaces, channels = account_parts(account)
        return tuple(
            own
            for own in self.accounts
            if (not marketplaces or own.marketplace in marketplaces) and (not channels or own.channel in channels)
        )


def take_snapshot(days: pd.DataFrame, window: Window, day: date, printed: pd.DataFrame | None = None) -> Snapshot:
    """Snapshot of daily counts.

    Parameters
    ----------
    days : pandas.DataFrame
        Daily counts (``core.counts.count_days``).
    window : Window
        Closed on both sides.
    day : datetime.date
        The day of looking.
    printed : pandas.DataFrame, optional
        Amazon's own numbers: ``marketplace, channel, metric, from_date, to_date, orders, count``. Of each account the
        latest period counts that had ended by ``day``.

    Raises
    ------
    UsageError
        When the window has an open side.
    NoOrders
        When the window holds no order and Amazon printed nothing: there is nothing to keep.

    Examples
    --------
    >>> table = {"order_date": pd.to_datetime(["2026-10-01", "2026-10-02"]), "marketplace": "US", "channel": "MFN"}
    >>> table |= {name: 0 for name in COUNT_COLUMNS} | {"orders": [60, 40], "defective_amazon": [0, 1]}
    >>> found = take_snapshot(pd.DataFrame(table), Window.as_of(date(2026, 11, 1)), date(2026, 11, 1))
    >>> [(own.name, own.counts["orders"], own.counts["defective_amazon"]) for own in found.accounts]
    [('US MFN', 100, 1)]
    """
    if window.start is None or window.end is None:
        raise UsageError("A snapshot needs both ends of the window. Give the day of looking with --as-of.")
    inside = days[in_window(days["order_date"], window)]
    sums = inside.groupby(list(ACCOUNT_KEYS), sort=False)[list(COUNT_COLUMNS)].sum()
    counted = {
        (str(marketplace), str(channel)): dict(zip(COUNT_COLUMNS, map(int, row), strict=True))
        for (marketplace, channel), row in zip(sums.index, sums.to_numpy().tolist(), strict=True)
    }
    told = {} if printed is None else _printed(printed, day)
    if not sum(counts["orders"] for counts in counted.values()) and not told:
        raise NoOrders(f"The window from {window.start} to {window.end} holds no order, so there is nothing to keep.")
    none = dict.fromkeys(COUNT_COLUMNS, 0)
    accounts = (AccountCounts(*key, counted.get(key, none), told.get(key)) for key in sorted({*counted, *told}))
    return Snapshot(day, window, tuple(accounts))


def _printed(table: pd.DataFrame, day: date) -> dict[tuple[str, str], Printed]:
    """The latest numbers of each account."""
    found: dict[tuple[str, str], list[tuple[date | None, date | None, str, Any, Any]]] = {}
    for marketplace, channel, *row in zip(*(_column(table, name) for name in _COLUMNS), strict=True):
        start, end, metric, orders, count = row
        if metric in _METRICS and (end is None or end <= day):
            found.setdefault((marketplace or "", channel or ""), []).append((start, end, metric, orders, count))
    latest = {account: _latest(rows) for account, rows in found.items()}
    return {account: printed for account, printed in latest.items() if printed != Printed()}


_COLUMNS: Final = ("marketplace", "channel", "from_date", "to_date", "metric", "orders", "count")


def _column(table: pd.DataFrame, name: str) -> Iterable[Any]:
    if name not in table.columns:
        return [None] * len(table)
    if name.endswith("_date"):
        days: list[date | None] = table[name].to_numpy().astype("datetime64[D]").astype(object).tolist()
        return days
    return [None if pd.isna(value) else value for value in table[name].to_numpy(dtype=object).tolist()]


def _latest(rows: list[tuple[date | None, date | None, str, Any, Any]]) -> Printed:
    last = max((end or date.min, start or date.min) for start, end, *_ in rows)
    told: dict[str, Any] = {}
    for start, end, metric, orders, count in rows:
        if (end or date.min, start or date.min) == last:
            told |= {"start": start, "end": end, _METRICS[metric]: _whole(count)}
            if metric == "order_defect_rate":
                told["orders"] = _whole(orders)
    return Printed(**told)


def _whole(value: Any) -> int | None:
    return None if value is None or not np.isfinite(float(value)) else int(value)
