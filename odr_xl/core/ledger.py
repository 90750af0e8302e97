"""The ledger: one row an order, with a mark a cause. The only place that knows which orders are defective."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl import rules
from odr_xl.core.events import join_events, no_events, order_mark_events
from odr_xl.core.window import Window
from odr_xl.errors import UsageError

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]

#: Text columns that an order takes from its first row that has one.
ORDER_TEXT = ("channel", "marketplace", "sales_channel", "sku", "asin", "ship_service", "region")


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every order once, and every event that was looked at.

    Attributes
    ----------
    orders : pandas.DataFrame
        One row an order that counts in the denominator: ``order_id``, ``order_date`` (datetime64[s], NaT unknown),
        the text columns that the source has, ``cancelled``, ``pending``, and one bool column a cause.
    left_out : pandas.DataFrame
        The same columns for orders that are not Amazon's, or that ``omit`` leaves out.
    events : pandas.DataFrame
        Every event with ``order_date, channel, marketplace, sku`` of its order, ``leaves_on``, and what was decided.
    """

    orders: pd.DataFrame
    left_out: pd.DataFrame
    events: pd.DataFrame

    def within(self, window: Window) -> pd.DataFrame:
        """Orders whose date lies in ``window``; all of them when it is open on both sides."""
        return self.orders if window.open else self.orders[in_window(self.orders["order_date"], window)]


def in_window(dates: pd.Series[Any], window: Window) -> Bools:
    """Which dates lie in the window; a missing date lies in none."""
    days = dates.to_numpy(dtype="datetime64[s]")
    inside: Bools = ~np.isnat(days)
    if window.start is not None:
        inside &= days >= np.datetime64(window.start)
    if window.end is not None:
        inside &= days < np.datetime64(window.end) + np.timedelta64(1, "D")
    return inside


def build_ledger(
    orders: pd.DataFrame,
    events: pd.DataFrame | None = None,
    *,
    omit: Collection[str] = (),
    trail: bool = True,
    window_days: int = rules.WINDOW_DAYS,
    lag_days: int = rules.LAG_DAYS,
) -> Ledger:
    """Ledger of a table of orders and a table of events.

    Parameters
    ----------
    orders : pandas.DataFrame
        Rows of the orders report: one an item, so an order may have several, and rows may be identical.
        ``order_id`` is needed; every other column may be missing.
    events : pandas.DataFrame, optional
        From ``core.events``. Marks in ``orders`` itself are added to them.
    omit : collection of "cancelled", "pending"
        Orders to leave out of the denominator; Amazon doesn't say whether it counts them.
    trail : bool
        Whether to list the events with what was decided; counts don't need them.
    window_days, lag_days : int
        For the day on which each event leaves the window.

    Raises
    ------
    UsageError
        When ``omit`` names something else.
    """
    unknown = sorted(set(omit) - set(rules.OMITTABLE))
    if unknown:
        raise UsageError(f'"{unknown[0]}" can\'t be left out. Choose from: {", ".join(rules.OMITTABLE)}.')
    listed = _one_row_an_order(orders)
    codes = _positions(listed["order_id"], events) if events is not None and len(events) else np.empty(0, np.intp)
    judged = events if events is not None else no_events()
    for cause in rules.CAUSES:
        if len(judged):
            hit = (judged["cause"].to_numpy() == cause) & (judged["counts"].to_numpy() != "") & (codes >= 0)
            listed.loc[codes[hit], cause] = True
    foreign = _not_amazon(listed)
    out = foreign.copy()
    for name in omit:
        out |= listed[name].to_numpy(dtype=bool)
    listed_events = judged.iloc[:0]
    if trail:
        left_out = ((out, rules.OMITTED), (foreign, rules.LEFT_OUT))
        listed_events = _audit_trail(orders, listed, judged, codes, left_out, window_days + lag_days)
    return Ledger(listed[~out] if out.any() else listed, listed[out], listed_events)


def _one_row_an_order(orders: pd.DataFrame) -> pd.DataFrame:
    ids = orders["order_id"].to_numpy(dtype=object)
    codes, unique = pd.factorize(ids)
    rows, count = len(ids), len(unique)
    single = rows == count
    first = np.arange(rows) if single else _first(codes, np.arange(rows), count)

    def value(column: str, empty: object, kind: Any) -> npt.NDArray[Any]:
        if column not in orders.columns:
            return np.full(count, empty, dtype=kind)
        values = orders[column].to_numpy(dtype=kind)
        picked = values[first]
        if single:
            return picked
        filled = ~np.isnat(values) if kind == "datetime64[s]" else values != ""
        gaps = ~filled[first]
        if gaps.any():  # the order's first row is blank there: an item row further down may not be
            where = np.flatnonzero(filled)
            later = _first(codes[where], where, count)
            fill = gaps & (later >= 0)
            picked[fill] = values[later[fill]]
        return picked

    def every(flags: Bools) -> Bools:
        if single:
            return flags
        result = np.ones(count, dtype=bool)
        result[codes[~flags]] = False
        return result

    def any_row(column: str) -> Bools:
        if column not in orders.columns:
            return np.zeros(count, dtype=bool)
        flags = orders[column].to_numpy(dtype=bool)
        if single:
            return flags.copy()
        result = np.zeros(count, dtype=bool)
        result[codes[flags]] = True
        return result

    data: dict[str, Any] = {
        "order_id": pd.Series(unique, dtype=object, copy=False),  # or pandas 3 copies every id into its own strings
        "order_date": value("order_date", np.datetime64("NaT", "s"), "datetime64[s]"),
    }
    data |= {name: value(name, "", object) for name in ORDER_TEXT if name in orders.columns}
    # An order counts as cancelled only when every row of it does: one cancelled item is not a cancelled order.
    data["cancelled"] = every(_starts(orders, "order_status", rules.CANCELLED))
    data["pending"] = every(_starts(orders, "order_status", rules.PENDING))
    data |= {cause: any_row(cause) for cause in rules.CAUSES}
    return pd.DataFrame(data, copy=False)


def _first(codes: Ints, rows: Ints, count: int) -> Ints:
    """Smallest of ``rows`` for each code, -1 for a code without one; ``rows`` ascend."""
    result = np.full(count, -1, dtype=np.intp)
    result[codes[::-1]] = rows[::-1]  # the last write wins, and the last one written is the first row
    return result


def _starts(table: pd.DataFrame, column: str, beginnings: tuple[str, ...]) -> Bools:
    if column not in table.columns:
        return np.zeros(len(table), dtype=bool)
    # Few different words stand in such a column: look at each word once.
    values = table[column].to_numpy(dtype=object)
    hits = [text for text in set(values.tolist()) if str(text).strip().lower().startswith(beginnings)]
    result: Bools = pd.Series(values, dtype=object).isin(hits).to_numpy() if hits else np.zeros(len(table), dtype=bool)
    return result


def _not_amazon(listed: pd.DataFrame) -> Bools:
    out = _starts(listed, "sales_channel", (rules.LEFT_OUT_CHANNEL,))
    prefix = rules.LEFT_OUT_ID
    ids = listed["order_id"].to_numpy(dtype=object).tolist()
    # Most shops have no such order: one search through all ids together is ten times cheaper than a look at each.
    if prefix not in "\n".join(ids):
        return out
    foreign: Bools = np.array([order_id.startswith(prefix) for order_id in ids], dtype=bool)
    return out | foreign


def _positions(order_ids: pd.Series[Any], events: pd.DataFrame) -> Ints:
    """Row in the list of orders for each event, -1 where the order isn't there; few events, so one dict of them."""
    wanted = dict.fromkeys(events["order_id"], -1)
    ids = order_ids.to_numpy(dtype=object)
    for row in np.flatnonzero(order_ids.isin(list(wanted)).to_numpy()):
        wanted[ids[row]] = int(row)
    return np.array([wanted[order_id] for order_id in events["order_id"]], dtype=np.intp)


def _audit_trail(
    orders: pd.DataFrame,
    listed: pd.DataFrame,
    judged: pd.DataFrame,
    codes: Ints,
    left_out: tuple[tuple[Bools, rules.Rule], ...],
    days: int,
) -> pd.DataFrame:
    if any(cause in orders.columns for cause in rules.CAUSES):
        marks = order_mark_events(orders)
        judged = join_events([marks, judged])
        if len(marks):
            codes = np.concatenate([_positions(listed["order_id"], marks), codes])
    trail = judged.copy()
    found = codes >= 0
    at = codes[found]
    for column in ("channel", "marketplace", "sku"):
        own = trail[column].to_numpy(dtype=object).copy() if column in trail else np.full(len(trail), "", dtype=object)
        if column in listed.columns and len(at):
            theirs = listed[column].to_numpy(dtype=object)[at]
            own[found] = np.where(own[found] == "", theirs, own[found])
        trail[column] = own
    dates = np.full(len(trail), "NaT", dtype="datetime64[s]")
    dates[found] = listed["order_date"].to_numpy(dtype="datetime64[s]")[at]
    trail["order_date"] = dates
    trail["leaves_on"] = dates + np.timedelta64(days, "D")
    candidate = trail["rule"].to_numpy() == rules.CLAIM_CANDIDATE.text
    claimed = set(trail.loc[(trail["cause"] == "a_to_z_claim").to_numpy() & ~candidate, "order_id"])
    answered = candidate & trail["order_id"].isin(claimed).to_numpy()
    decided = [(answered, rules.CLAIM_DECIDED), (~found, rules.UNMATCHED)]
    for out, rule in left_out:
        dropped = found.copy()
        dropped[found] = out[at]
        decided.append((dropped, rule))
    for where, rule in decided:
        trail.loc[where, "counts"] = ""
        trail.loc[where, "rule"] = rule.text
        trail.loc[where, "flagged"] = rule.flagged
    return trail
