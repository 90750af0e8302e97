"""The breakdown: which causes make up the rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from odr_xl import rules
from odr_xl.core.counts import DEFECTIVE, SEVERAL, check_definition
from odr_xl.errors import NoOrders


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One line: a cause, or one of the three totals.

    Attributes
    ----------
    key : str
        A cause, or ``several``, ``defective``, ``orders``.
    orders : int
        Distinct orders.
    rate : float
        Their share of all orders.
    share : float or None
        Their share of the defective orders; ``None`` when there is none.
    amazon : bool or None
        Whether the cause counts in Amazon's own rate; ``None`` for totals.
    """

    key: str
    orders: int
    rate: float
    share: float | None
    amazon: bool | None


def defect_breakdown(counts: Mapping[str, int], definition: str = "all") -> tuple[BreakdownRow, ...]:
    """Orders behind each cause, then orders with several causes, distinct defective orders, and all orders.

    An order with two causes stands under both, so the causes may add up to more than the defective orders;
    the line ``several`` says how many orders that concerns.

    Raises
    ------
    NoOrders
        When the window holds no order.
    """
    total = counts["orders"]
    defective = counts[DEFECTIVE[check_definition(definition)]]
    if total == 0:
        raise NoOrders("There is no order in the window, so there is nothing to break down.")

    def row(key: str, orders: int, amazon: bool | None) -> BreakdownRow:
        return BreakdownRow(key, orders, orders / total, orders / defective if defective else None, amazon)

    causes = [row(cause, counts[cause], cause in rules.AMAZON_CAUSES) for cause in rules.DEFINITIONS[definition]]
    totals = (
        row("several", counts[SEVERAL[definition]], None),
        row("defective", defective, None),
        BreakdownRow("orders", total, 1.0, None, None),
    )
    return (*causes, *totals)
