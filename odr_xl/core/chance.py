"""Chance: how easily a group's defects could be an accident, and which groups stand out from among many.

Whoever looks at fifty products finds one that looks bad although nothing is wrong with it. Two steps guard against
that: an exact test for each group, and a limit on the false alarms among all groups that are looked at together.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma
from typing import Final

import numpy as np

from odr_xl.errors import UsageError

#: Share of false alarms that is accepted among the groups that are said to stand out.
FALSE_ALARMS: Final = 0.10


def chance_of_more(defective: int, orders: int, *, all_defective: int, all_orders: int) -> float:
    """How likely a group this size gets so many defective orders, or more, when it is no worse than the rest.

    Parameters
    ----------
    defective, orders : int
        Counts of the group.
    all_defective, all_orders : int
        Counts of the group and the rest together.

    Returns
    -------
    float
        Fraction from 0 to 1; 1 for a group without a defect and for one that holds all orders.

    Raises
    ------
    UsageError
        When the counts contradict each other.

    Notes
    -----
    Fisher's exact test, one-sided: the upper tail of the hypergeometric distribution (R. A. Fisher, J. R. Stat. Soc.
    85 (1922) 87, doi:10.2307/2340521). It takes the number of defective orders as given and asks how they fall on the
    groups. It is cautious: with few orders the true chance is smaller. It knows of numbers only: a product may stand
    out because one carrier ships it.

    Examples
    --------
    >>> round(chance_of_more(3, 10, all_defective=4, all_orders=100), 6)  # 3 of the 4 defects on a tenth of the orders
    0.002808
    """
    rest, rest_defective = all_orders - orders, all_defective - defective
    if not (0 <= defective <= orders and 0 <= rest_defective <= rest):
        raise UsageError(
            f"{defective} defective of {orders} orders can't be part of {all_defective} of {all_orders}. "
            "Check the four counts."
        )
    good = all_orders - all_defective
    if defective <= max(0, orders - good):
        return 1.0
    # From the peak the terms only fall, so each side is summed from its largest term and ended when nothing is added.
    peak = (orders + 1) * (all_defective + 1) // (all_orders + 2)
    up = defective > peak
    x = defective if up else defective - 1
    term = exp(_log_choices(all_defective, x) + _log_choices(good, orders - x) - _log_choices(all_orders, orders))
    total = 0.0
    while total + term != total:
        total += term
        if up:
            term *= (all_defective - x) * (orders - x) / ((x + 1) * (good - orders + x + 1))
            x += 1
        else:
            term *= x * (good - orders + x) / ((all_defective - x + 1) * (orders - x + 1))
            x -= 1
    return min(1.0, total) if up else max(0.0, 1.0 - total)


def stand_out(chances: Sequence[float], *, false_alarms: float = FALSE_ALARMS) -> tuple[bool, ...]:
    """Which of several groups stand out, when on average at most a tenth of those may be false alarms.

    Parameters
    ----------
    chances : sequence of float
        One a group, from `chance_of_more`: all groups that were looked at, the inconspicuous ones too.
    false_alarms : float
        Accepted share of false alarms among the groups that stand out, between 0 and 1.

    Returns
    -------
    tuple of bool
        In the order given.

    Notes
    -----
    The step-up procedure of Benjamini and Hochberg, J. R. Stat. Soc. B 57 (1995) 289,
    doi:10.1111/j.2517-6161.1995.tb02031.x. The promise is about the whole list, not about one group in it. It is
    proven for independent tests; groups that share orders (a product and its region) are not, and then it holds
    only about.

    Examples
    --------
    >>> stand_out([0.04, 0.9, 0.03, 0.5])  # alone, 0.04 and 0.03 would each have passed at 5 %
    (True, False, True, False)
    >>> stand_out([0.04, 0.9, 0.3, 0.5])
    (False, False, False, False)
    """
    if not 0 < false_alarms < 1:
        raise UsageError(f"The share of false alarms is a fraction between 0 and 1, such as 0.1, not {false_alarms:g}.")
    values = np.asarray(chances, dtype=np.float64)
    ranked = np.sort(values)
    passing = np.flatnonzero(ranked <= false_alarms * np.arange(1, len(values) + 1) / max(1, len(values)))
    limit = ranked[passing[-1]] if len(passing) else -1.0
    return tuple((values <= limit).tolist())


def _log_choices(many: int, chosen: int) -> float:
    """Logarithm of the number of ways to choose."""
    return lgamma(many + 1) - lgamma(chosen + 1) - lgamma(many - chosen + 1)
