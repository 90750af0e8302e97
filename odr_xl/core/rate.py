"""The rate itself, how it compares with its target, and how sure one can be of it."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from statistics import NormalDist
from typing import Literal

from odr_xl import rules
from odr_xl.core.counts import DEFECTIVE, check_definition
from odr_xl.errors import NoOrders, UsageError

Status = Literal["healthy", "at_risk", "over_target", "no_orders"]


def order_defect_rate(counts: Mapping[str, int], definition: str = "all") -> float:
    """Share of the orders that have at least one defect.

    Parameters
    ----------
    counts : mapping
        Counts of the window, from ``core.counts``; ``orders`` and the defective orders of the definition.
    definition : "amazon", "returns" or "all"
        Which causes make an order defective (``rules.DEFINITIONS``).

    Returns
    -------
    float
        Fraction from 0 to 1, unrounded.

    Raises
    ------
    NoOrders
        When there is no order: there is no rate then, and it isn't 0 %.

    Notes
    -----
    Distinct orders with a defect over all orders, by order date: Amazon help page G200285170. The number misleads
    when the window holds few orders (one defect in 40 is 2.5 %): see `wilson_interval`.

    Examples
    --------
    >>> order_defect_rate({"orders": 100, "defective": 10})
    0.1
    """
    defective = counts[DEFECTIVE[check_definition(definition)]]
    if counts["orders"] == 0:
        raise NoOrders("There is no order in the window, so there is no rate. Check the dates and the orders.")
    return defective / counts["orders"]


def rate_status(rate: float | None, *, target: float = rules.TARGET, warning: float = rules.WARNING) -> Status:
    """Where a rate stands: the target is missed when the rate reaches it, compared unrounded.

    Parameters
    ----------
    rate : float or None
        Fraction from 0 to 1; ``None`` for no orders.
    target, warning : float
        Fractions, ``warning`` at most ``target``.

    Examples
    --------
    >>> rate_status(1 / 100), rate_status(1 / 101), rate_status(None)
    ('over_target', 'at_risk', 'no_orders')
    """
    if warning > target:
        raise UsageError(f"The warning level {warning:g} is above the target {target:g}. Make it smaller.")
    if rate is None:
        return "no_orders"
    if not 0 <= rate <= 1:
        raise UsageError(f"A rate is a fraction from 0 to 1, not {rate:g}. Divide a percentage by 100.")
    return "over_target" if rate >= target else "at_risk" if rate >= warning else "healthy"


def wilson_interval(defective: int, orders: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Range in which the true rate lies, given the orders seen so far.

    Parameters
    ----------
    defective, orders : int
        Counts, ``0 <= defective <= orders``.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    low, high : float
        Fractions.

    Notes
    -----
    Wilson's score interval: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209, doi:10.1080/01621459.1927.10502953.
    Its coverage falls below the confidence for rates next to 0 with few orders.

    Examples
    --------
    >>> [round(100 * x, 2) for x in wilson_interval(1, 40)]
    [0.44, 12.88]
    """
    if not 0 < confidence < 1:
        raise UsageError(f"The confidence is a fraction between 0 and 1, such as 0.95, not {confidence:g}.")
    if not 0 <= defective <= orders:
        raise UsageError(f"{defective} defective orders of {orders} can't be. Check the two counts.")
    if orders == 0:
        raise NoOrders("There is no order in the window, so nothing can be said about the rate.")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = defective / orders
    centre = share + z * z / (2 * orders)
    spread = z * sqrt(share * (1 - share) / orders + z * z / (4 * orders * orders))
    scale = 1 + z * z / orders
    low = 0.0 if defective == 0 else (centre - spread) / scale
    high = 1.0 if defective == orders else (centre + spread) / scale
    return low, high
