"""Standings: where each key of a portfolio stands, by the core's own metrics on its daily counts, worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.counts import COUNT_COLUMNS, DEFECTIVE, check_definition
from odr_xl.core.ledger import in_window
from odr_xl.core.rate import order_defect_rate, rate_status, wilson_interval
from odr_xl.core.recovery import recovery_date
from odr_xl.core.whatif import standing
from odr_xl.core.window import Window

#: How many days the earlier rate lies back.
EARLIER: Final = 30
#: Columns of the standings after the keys.
MEASURES: Final = (
    "orders", "defective", "rate", "low", "high", "status", "headroom", "orders_needed", "under_target_on",
    "earlier_rate", *rules.CAUSES, "left_out", "last_order_date",
)  # fmt: skip


def key_standings(
    days: pd.DataFrame,
    by: Sequence[str],
    as_of: date,
    *,
    definition: str = "amazon",
    target: float = rules.TARGET,
    warning: float = rules.WARNING,
) -> pd.DataFrame:
    """One row a key, the highest rate first and keys without an order in the window last.

    Parameters
    ----------
    days : pandas.DataFrame
        Counts a key and day: the columns of ``by``, ``order_date`` and ``COUNT_COLUMNS``.
    by : sequence of str
        Columns that make a key.
    as_of : datetime.date
        The day of looking.
    definition : "amazon", "returns" or "all"
        Which causes make an order defective.
    target, warning : float
        Fractions.

    Returns
    -------
    pandas.DataFrame
        The columns of ``by`` and `MEASURES`. ``rate``, ``low`` and ``high`` (Wilson, 95 %) are fractions, NaN without
        an order; ``under_target_on`` is ``as_of`` where the rate is under the target, NaT where no day is found;
        ``earlier_rate`` is of the window that ended `EARLIER` days before.
    """
    check_definition(definition)
    window = Window.as_of(as_of)
    ordered = days.sort_values([*by, "order_date"], kind="stable", ignore_index=True)
    runs = _runs(ordered, by)
    now, earlier = (_sums(ordered, runs, span) for span in (window, Window.as_of(as_of - timedelta(days=EARLIER))))
    dated = ordered["order_date"].where(ordered["orders"] > 0)
    last = dated.groupby(np.repeat(np.arange(len(runs)), [end - start for start, end in runs])).max()
    rows = []
    for place, (start, end) in enumerate(runs):
        key = {name: ordered[name].iat[start] for name in by}
        counts, before = now[place], earlier[place]
        found = _measures(counts, definition, target, warning)
        if before["orders"]:
            found["earlier_rate"] = order_defect_rate(before, definition)
        if counts["orders"]:
            # Only where the rate must fall is there a day to look for.
            under = found["rate"] < target
            own = ordered.iloc[start:end]
            found["under_target_on"] = (
                as_of if under else recovery_date(own, as_of, target=target, definition=definition).day
            )
        rows.append(key | found | {"last_order_date": last.iat[place]})
    table = pd.DataFrame(rows, columns=[*by, *MEASURES])
    for name in ("under_target_on", "last_order_date"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    for name in ("rate", "low", "high", "earlier_rate"):
        table[name] = table[name].astype(np.float64)
    for name in ("headroom", "orders_needed"):
        table[name] = table[name].astype("Int64")
    return table.sort_values(
        ["rate", "orders", *by], ascending=[False, False, *([True] * len(by))], na_position="last", ignore_index=True
    )


def _runs(ordered: pd.DataFrame, by: Sequence[str]) -> list[tuple[int, int]]:
    """First row and end of each key in a sorted table."""
    if not len(ordered):
        return []
    changed = np.zeros(len(ordered), dtype=bool)
    for name in by:
        values = ordered[name].to_numpy(dtype=object)
        changed[1:] |= values[1:] != values[:-1]
    starts = [0, *np.flatnonzero(changed).tolist()]
    return list(zip(starts, [*starts[1:], len(ordered)], strict=True))


def _sums(ordered: pd.DataFrame, runs: Sequence[tuple[int, int]], window: Window) -> list[dict[str, int]]:
    """Counts of each key in the window."""
    if not runs:
        return []
    numbers = ordered[list(COUNT_COLUMNS)].to_numpy(dtype=np.int64).copy()
    numbers[~in_window(ordered["order_date"], window)] = 0
    sums = np.add.reduceat(numbers, [start for start, _ in runs], axis=0)
    return [dict(zip(COUNT_COLUMNS, row, strict=True)) for row in sums.tolist()]


def _measures(counts: Mapping[str, int], definition: str, target: float, warning: float) -> dict[str, Any]:
    orders, defective = counts["orders"], counts[DEFECTIVE[definition]]
    found: dict[str, Any] = {"orders": orders, "defective": defective, "left_out": counts["left_out"]}
    found |= {cause: counts[cause] for cause in rules.CAUSES}
    if not orders:
        return found | {"status": rate_status(None)}
    now = standing(defective, orders, target=target)
    low, high = wilson_interval(defective, orders)
    status = rate_status(now.rate, target=target, warning=min(warning, target))
    return found | {
        "rate": now.rate,
        "low": low,
        "high": high,
        "status": status,
        "headroom": now.headroom,
        "orders_needed": now.orders_needed,
    }
