"""Groups: where the defects are, by channel, marketplace, SKU or another column, and which groups stand out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl import rules
from odr_xl.core.chance import FALSE_ALARMS, chance_of_more, stand_out
from odr_xl.core.counts import DEFECTIVE, check_definition
from odr_xl.core.rate import wilson_interval
from odr_xl.errors import NoOrders, UsageError


@dataclass(frozen=True, slots=True)
class Group:
    """One group of orders, or (from ``core.reasons``) the orders that have a defect of one kind.

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
    column : str
        What was grouped by; several columns are joined by " + ".
    without : float or None
        Rate of all other orders together; ``None`` when there are none.
    running : float or None
        Part of all defective orders in this group and those before it of the same column.
    chance : float or None
        Chance of so many defective orders or more if the group were no worse than the rest; ``None`` where the
        groups share their orders, so that there is no rest.
    stands_out : bool
        Its rate is higher than the rest's, with at most one false alarm in ten (``core.chance``).
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
    column: str = ""
    without: float | None = None
    running: float | None = None
    chance: float | None = None
    stands_out: bool = False

    @property
    def above(self) -> bool:
        """Whether its rate is above that of all other orders, by however little."""
        return self.without is not None and self.rate > self.without


def defect_groups(
    counts: pd.DataFrame,
    columns: str | Sequence[str],
    *,
    definition: str = "amazon",
    target: float = rules.TARGET,
    false_alarms: float = FALSE_ALARMS,
) -> tuple[Group, ...]:
    """Where the defective orders are: groups of one or several columns, most defective orders first.

    Parameters
    ----------
    counts : pandas.DataFrame
        Counts with the keys ``columns``; rows with the same values are added up.
    columns : str or sequence of str
        What to group by; the names of several values are joined by a blank, missing ones left out.
    target : float
        Fraction; decides which groups are too small to judge.
    false_alarms : float
        Accepted share of false alarms among the groups that stand out.

    Returns
    -------
    tuple of Group
        Most defective orders first, then most orders, then by name. Groups without an order aren't there. Their
        orders and defective orders add up to those of ``counts``.

    Raises
    ------
    UsageError
        When ``counts`` lacks a column.
    NoOrders
        When there is no order at all.

    Notes
    -----
    A group that stands out has a higher rate than the rest, which need not be why: products that sell abroad share
    the long way there.

    Examples
    --------
    >>> rows = {"sku": ["kettle", "mug", "mug"], "orders": [400, 500, 100], "defective": [12, 2, 1]}
    >>> kettle, mug = defect_groups(pd.DataFrame(rows), "sku", definition="all")
    >>> kettle.name, kettle.rate, kettle.without, kettle.lift, kettle.share, kettle.stands_out
    ('kettle', 0.03, 0.005, 6.0, 0.8, True)
    """
    name = DEFECTIVE[check_definition(definition)]
    names = (columns,) if isinstance(columns, str) else tuple(columns)
    for column in names:
        if column not in counts.columns:
            choices = ", ".join(map(str, counts.columns))
            raise UsageError(f'There is no column "{column}" here. Choose from: {choices}.')
    codes, labels = _coded(counts, names)
    sums = [_sums(counts[column].to_numpy(dtype=np.int64), codes, len(labels)) for column in ("orders", name)]
    total, defects = sum(sums[0]), sum(sums[1])
    if total == 0:
        raise NoOrders("There is no order in the window, so there is nothing to group.")
    found = sorted(
        (own for own in zip(labels, *sums, strict=True) if own[1] > 0), key=lambda own: (-own[2], -own[1], own[0])
    )
    groups = []
    for (label, orders, bad), so_far in zip(found, accumulate(own[2] for own in found), strict=True):
        low, high = wilson_interval(bad, orders)
        others, other_bad = total - orders, defects - bad
        groups.append(
            Group(
                name=label,
                orders=orders,
                defective=bad,
                rate=bad / orders,
                low=low,
                high=high,
                share=bad / defects if defects else None,
                lift=(bad / orders) / (other_bad / others) if others and other_bad else None,
                small=(high if bad == 0 else wilson_interval(0, orders)[1]) >= target,
                column=" + ".join(names),
                without=other_bad / others if others else None,
                running=so_far / defects if defects else None,
                chance=chance_of_more(bad, orders, all_defective=defects, all_orders=total),
            )
        )
    return _judged(groups, false_alarms)


def joined_groups(sets: Iterable[Sequence[Group]], *, false_alarms: float = FALSE_ALARMS) -> tuple[Group, ...]:
    """Groups of several columns in one list, most defective orders first, judged as the one list that they are.

    More groups looked at means more accidents among them, so a group that stands out alone may not do so here.
    """
    together = [group for groups in sets for group in groups]
    # Sorting keeps equal groups in the order of their columns.
    return _judged(sorted(together, key=lambda group: (-group.defective, -group.orders)), false_alarms)


def _judged(groups: Sequence[Group], false_alarms: float) -> tuple[Group, ...]:
    tested = [at for at, group in enumerate(groups) if group.chance is not None]
    judged = list(groups)
    chances = [group.chance for group in groups if group.chance is not None]
    for at, found in zip(tested, stand_out(chances, false_alarms=false_alarms), strict=True):
        if found != groups[at].stands_out:
            judged[at] = replace(groups[at], stands_out=found)
    return tuple(judged)


def _coded(counts: pd.DataFrame, names: Sequence[str]) -> tuple[npt.NDArray[np.intp], list[str]]:
    """The group of each row, and the groups' names."""
    columns = []
    for name in names:
        values = counts[name].to_numpy(dtype=object)
        missing = pd.isna(values)
        columns.append((np.where(missing, "", values) if missing.any() else values).tolist())
    keys = list(zip(*columns, strict=True))
    groups = {key: code for code, key in enumerate(dict.fromkeys(keys))}
    codes = np.fromiter(map(groups.__getitem__, keys), np.intp, len(keys))
    return codes, [" ".join(filter(None, map(str, key))) for key in groups]


def _sums(values: npt.NDArray[np.int64], codes: npt.NDArray[np.intp], groups: int) -> list[int]:
    """Sum of each group, in whole numbers: weights of a bincount would be fractions."""
    result = np.zeros(groups, dtype=np.int64)
    np.add.at(result, codes, values)
    return [int(value) for value in result]
