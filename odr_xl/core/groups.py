"""Groups: where the defects are, by channel, marketplace, SKU or another column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from odr_xl import rules
from odr_xl.core.counts import DEFECTIVE, check_definition
from odr_xl.core.rate import wilson_interval
from odr_xl.errors import NoOrders, UsageError


@dataclass(frozen=True, slots=True)
class Group:
    """One group of orders.

    Attributes
    ----------
    name : str
        The column's value; "" for orders without one.
    orders, defective : int
        Distinct orders.
    rate, low, high : float
        The rate and its 95 % interval (Wilson), fractions.
    share : float or None
        Part of all defective orders; ``None`` when there is none.
    lift : float or None
        The group's rate over the rate of all other orders; ``None`` when those have no defect or there are none.
    small : bool
        The group has too few orders to judge: even without any defect its interval reaches the target.
    """

    name: str
    orders: int
    defective: int
    rate: float
    low: float
    high: float
    share: float | None
    lift: float | None
    small: bool


def defect_groups(
    counts: pd.DataFrame, columns: str | Sequence[str], *, definition: str = "amazon", target: float = rules.TARGET
) -> tuple[Group, ...]:
    """Groups of one or several columns, most defective orders first, then most orders.

    Parameters
    ----------
    counts : pandas.DataFrame
        Counts with the keys ``columns``; rows with the same values are added up.
    columns : str or sequence of str
        What to group by; the names of several values are joined by a blank.
    target : float
        Fraction; decides which groups are too small to judge.

    Raises
    ------
    UsageError
        When ``counts`` lacks a column.
    NoOrders
        When there is no order at all.
    """
    name = DEFECTIVE[check_definition(definition)]
    names = (columns,) if isinstance(columns, str) else tuple(columns)
    for column in names:
        if column not in counts.columns:
            choices = ", ".join(map(str, counts.columns))
            raise UsageError(f'There is no column "{column}" here. Choose from: {choices}.')
    labels = [" ".join(filter(None, map(str, key))) for key in counts[list(names)].itertuples(index=False)]
    sums = counts[["orders", name]].groupby(pd.Series(labels, index=counts.index, dtype=object)).sum()
    total, defects = int(sums["orders"].sum()), int(sums[name].sum())
    if total == 0:
        raise NoOrders("There is no order in the window, so there is nothing to group.")
    found = [
        _group(str(key), {"orders": int(orders), "defective": int(bad)}, total, defects, target)
        for key, orders, bad in zip(sums.index, sums["orders"], sums[name], strict=True)
        if orders > 0
    ]
    return tuple(sorted(found, key=lambda g: (-g.defective, -g.orders, g.name)))


def _group(name: str, own: Mapping[str, int], total: int, defects: int, target: float) -> Group:
    orders, defective = own["orders"], own["defective"]
    low, high = wilson_interval(defective, orders)
    others, other_defects = total - orders, defects - defective
    lift = (defective / orders) / (other_defects / others) if others and other_defects else None
    small = wilson_interval(0, orders)[1] >= target
    return Group(
        name, orders, defective, defective / orders, low, high, defective / defects if defects else None, lift, small
    )
