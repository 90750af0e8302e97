"""What if: where the window would stand with appeals won, further defects, or more or fewer orders."""

from __future__ import annotations

from dataclasses import dataclass

from odr_xl import rules
from odr_xl.core.headroom import headroom, orders_needed
from odr_xl.core.rate import Status, rate_status
from odr_xl.errors import NoOrders, UsageError

#: More than a thousand times as many orders is a percentage typed without its sign, or a slip.
_MOST_CHANGE = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a window stands.

    Attributes
    ----------
    orders, defective : int
        Distinct orders.
    rate : float
        Fraction.
    headroom, orders_needed : int
        ``core.headroom``.
    status : str
        ``core.rate.Status``.
    """

    orders: int
    defective: int
    rate: float
    headroom: int
    orders_needed: int
    status: Status


def standing(defective: int, orders: int, *, target: float = rules.TARGET) -> Standing:
    """Where a window with these counts stands.

    The warning level is ``rules.WARNING``, or the target where that is lower. Raises as `headroom` does.

    >>> standing(1, 100)
    Standing(orders=100, defective=1, rate=0.01, headroom=0, orders_needed=1, status='over_target')
    """
    room = headroom(defective, orders, target=target)
    rate = defective / orders
    return Standing(
        orders,
        defective,
        rate,
        room,
        orders_needed(defective, orders, target=target),
        rate_status(rate, target=target, warning=min(rules.WARNING, target)),
    )


def what_if(
    defective: int,
    orders: int,
    *,
    won: int = 0,
    added: int = 0,
    order_change: float = 0.0,
    target: float = rules.TARGET,
) -> Standing:
    """Where a window would stand.

    Parameters
    ----------
    defective, orders : int
        Counts of the window as it is.
    won : int
        Defective orders that no longer count, from 0 to ``defective``.
    added : int
        Orders of the window that turn out to be defective, from 0.
    order_change : float
        Part by which the number of orders changes: ``-0.2`` for a fifth fewer. The change is rounded to whole orders,
        a half to the even number.
    target : float
        Fraction between 0 and 1.

    Raises
    ------
    UsageError
        When an option is out of its range, or there would be more defective orders than orders.
    NoOrders
        When there is no order, or none would be left.

    Notes
    -----
    Nothing else moves: the same dates, and orders that come or go have no defect. It misleads for a change in volume
    that comes with defects of its own.

    Examples
    --------
    >>> what_if(5, 369, won=2).rate == 3 / 369, what_if(5, 369, order_change=0.4).orders
    (True, 517)
    """
    if won < 0 or added < 0:
        raise UsageError(f"won and added are whole numbers from 0, not {min(won, added)}.")
    if won > defective:
        raise UsageError(f"won is at most {defective}, the number of defective orders, not {won}.")
    if not -1 < order_change <= _MOST_CHANGE:
        raise UsageError(
            f"order_change is a fraction above -1 and at most {_MOST_CHANGE}, such as -0.2 for 20% fewer orders, "
            f"not {order_change:g}."
        )
    changed = orders + round(orders * order_change)
    if orders and not changed:
        raise NoOrders(f"With an order_change of {order_change:g} no order would be left. Take a smaller change.")
    left = defective - won + added
    if left > changed:
        raise UsageError(
            f"{left} defective orders of {changed} can't be. Take a smaller added or a smaller drop in orders."
        )
    return standing(left, changed, target=target)
