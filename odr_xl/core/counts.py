"""Counts: whole numbers a day (or any other key), which add up over disjoint orders. Rates come later, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.ledger import Bools, Ledger, in_window
from odr_xl.core.window import Window
from odr_xl.errors import UsageError

#: Distinct defective orders and orders with several causes, for each definition.
DEFECTIVE = {"all": "defective", "amazon": "defective_amazon", "returns": "defective_returns"}
SEVERAL = {"all": "several", "amazon": "several_amazon", "returns": "several_returns"}

#: Count columns, in the order of ``ODR_DAYS``. An order stands once in ``orders``, whatever its causes.
COUNT_COLUMNS = (
    "orders",
    *DEFECTIVE.values(),
    *rules.CAUSES,
    *SEVERAL.values(),
    "cancelled",
    "pending",
    "left_out",
)
# Choosing columns by an index that is there already takes half the time of choosing them by a list.
_COUNTS = pd.Index(COUNT_COLUMNS)
#: Keys of the daily counts.
DAY_KEYS = ("order_date", "channel", "marketplace")


def check_definition(definition: str) -> str:
    """The definition itself, when it is one of ``rules.DEFINITIONS``; raises `UsageError` with the choices."""
    if definition not in rules.DEFINITIONS:
        raise UsageError(f'"{definition}" isn\'t a definition. Choose from: {", ".join(rules.DEFINITIONS)}.')
    return definition


def count_days(ledger: Ledger) -> pd.DataFrame:
    """Counts a day, channel and marketplace.

    Returns
    -------
    pandas.DataFrame
        ``order_date`` (NaT for orders without a date, so that none is lost), ``channel``, ``marketplace`` and
        `COUNT_COLUMNS` as int64, sorted by date. Orders left out stand in ``left_out`` and nowhere else.
    """
    return count_by(ledger, DAY_KEYS)


def count_by(ledger: Ledger, keys: Sequence[str], window: Window | None = None) -> pd.DataFrame:
    """Counts for each value of ``keys`` among the orders in ``window``."""
    parts = []
    for frame, left_out in ((ledger.orders, False), (ledger.left_out, True)):
        chosen = frame if window is None or window.open else frame[in_window(frame["order_date"], window)]
        flags: dict[str, Any] = {"left_out": True} if left_out else {"orders": True, **_flags(chosen)}
        counts = {name: flags.get(name, False) for name in COUNT_COLUMNS}
        parts.append(pd.DataFrame({key: _key(chosen, key) for key in keys} | counts, index=chosen.index))
    joined = pd.concat(parts, ignore_index=True)
    counted = joined.groupby(list(keys), dropna=False, sort=True)[list(COUNT_COLUMNS)].sum().reset_index()
    return counted.astype(dict.fromkeys(COUNT_COLUMNS, np.int64))


def count_orders(ledger: Ledger, window: Window) -> dict[str, int]:
    """Counts of all orders in the window together."""
    orders = ledger.within(window)
    left_out = ledger.left_out if window.open else ledger.left_out[in_window(ledger.left_out["order_date"], window)]
    totals = {name: int(np.count_nonzero(flags)) for name, flags in _flags(orders).items()}
    return {"orders": len(orders)} | totals | {"left_out": len(left_out)}


def count_marked(orders: int, marks: Mapping[str, Bools]) -> dict[str, int]:
    """Counts of so many distinct orders, none of them cancelled, pending or left out.

    Parameters
    ----------
    orders : int
        All orders.
    marks : mapping of str to bool array
        For each cause whether an order has it; an order without any may be missing. A cause that is missing has none.

    Examples
    --------
    >>> counts = count_marked(4, {"chargeback": np.array([True, False]), "a_to_z_claim": np.array([True, True])})
    >>> counts["orders"], counts["defective"], counts["several"], counts["chargeback"]
    (4, 2, 1, 1)
    """
    marked = len(next(iter(marks.values()), ()))
    none = np.zeros(marked, dtype=bool)
    flags = _flags({name: marks.get(name, none) for name in (*rules.CAUSES, "cancelled", "pending")})
    return {"orders": orders} | {name: int(np.count_nonzero(hits)) for name, hits in flags.items()} | {"left_out": 0}


def sum_days(days: pd.DataFrame, window: Window) -> dict[str, int]:
    """Counts of the days in the window together; a count column that ``days`` lacks is an error of the reader."""
    # Rows are chosen of the numbers, not of the table, which would cost several times as much as all else here.
    counts = days[_COUNTS].to_numpy(dtype=np.int64)
    if not window.open:
        counts = counts[in_window(days["order_date"], window)]
    return dict(zip(COUNT_COLUMNS, counts.sum(axis=0).tolist(), strict=True))


def _key(orders: pd.DataFrame, key: str) -> Any:
    if key in orders.columns:
        return orders[key]
    return pd.Series("", index=orders.index, dtype=object)


def _flags(orders: pd.DataFrame | Mapping[str, Bools]) -> dict[str, Bools]:
    """For each order whether it is in a count; ``orders`` and ``left_out`` are the caller's."""
    result: dict[str, Bools] = {cause: np.asarray(orders[cause], dtype=bool) for cause in rules.CAUSES}
    for definition, causes in rules.DEFINITIONS.items():
        any_cause = np.zeros(len(result[rules.CAUSES[0]]), dtype=bool)
        two_causes = any_cause.copy()
        for cause in causes:
            two_causes |= any_cause & result[cause]
            any_cause |= result[cause]
        result[DEFECTIVE[definition]] = any_cause
        result[SEVERAL[definition]] = two_causes
    result["cancelled"] = np.asarray(orders["cancelled"], dtype=bool)
    result["pending"] = np.asarray(orders["pending"], dtype=bool)
    return result
