"""Headroom: how far the counts of a window are from the target, in whole orders."""

from __future__ import annotations

from collections.abc import Callable

from odr_xl import rules
from odr_xl.errors import NoOrders, UsageError

#: Excel holds whole numbers of up to 15 digits exactly; no seller needs more orders than that.
_MOST_ORDERS = 10**15


def headroom(defective: int, orders: int, *, target: float = rules.TARGET) -> int:
    """Further defective orders that the window can take with its rate still under the target.

    Parameters
    ----------
    defective, orders : int
        Counts of the window, ``0 <= defective <= orders``.
    target : float
        Fraction between 0 and 1; a rate that reaches it misses it.

    Returns
    -------
    int
        From 0 to the number of orders without a defect; 0 also where the target is missed already.

    Raises
    ------
    NoOrders
        When there is no order.
    UsageError
        When the counts or the target can't be.

    Notes
    -----
    The orders stay the same: it says how many of them may still turn out to be defective. It misleads when old orders
    are about to leave the window: with them the room shrinks, without a new defect.

    Examples
    --------
    >>> headroom(0, 100), headroom(0, 101), headroom(5, 1000)
    (0, 1, 4)
    """
    _check(defective, orders, target)
    # The rate is compared just as `rate_status` does it, so the two can't disagree in the last bit.
    first_over = _first(lambda count: count / orders >= target, orders + 1)
    return max(0, first_over - 1 - defective)


def orders_needed(defective: int, orders: int, *, target: float = rules.TARGET) -> int:
    """Fewest further orders without a defect that bring the rate under the target; 0 when it is there.

    Parameters
    ----------
    defective, orders : int
        Counts of the window, ``0 <= defective <= orders``.
    target : float
        Fraction between 0 and 1; a rate that reaches it misses it.

    Raises
    ------
    NoOrders
        When there is no order.
    UsageError
        When the counts or the target can't be, or so many orders can't be.

    Notes
    -----
    It misleads where the target is far: while the orders come in, old ones leave the window, defective ones too, and
    a new order is counted only after the lag (``rules.LAG_DAYS``).

    Examples
    --------
    >>> orders_needed(1, 100), orders_needed(5, 369), orders_needed(1, 101)
    (1, 132, 0)
    """
    _check(defective, orders, target)
    needed = _first(lambda more: defective / (orders + more) < target, _MOST_ORDERS)
    if needed == _MOST_ORDERS:
        raise UsageError(f"No number of orders brings the rate under {target:g}. Give a larger target.")
    return needed


def _first(holds: Callable[[int], bool], end: int) -> int:
    """Smallest number from 0 for which it holds, and for all above; ``end`` when it holds for none under that.

    `bisect` would want a range, and in a browser's Python no range can be longer than 2,147,483,647.
    """
    low, high = 0, end
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _check(defective: int, orders: int, target: float) -> None:
    if not 0 < target < 1:
        raise UsageError(f"The target is a fraction between 0 and 1, such as 0.01 for 1%, not {target:g}.")
    if not 0 <= defective <= orders:
        raise UsageError(f"{defective} defective orders of {orders} can't be. Check the two counts.")
    if orders == 0:
        raise NoOrders("There is no order in the window, so there is no rate to compare. Check the dates.")
