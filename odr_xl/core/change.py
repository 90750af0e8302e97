"""Change: why the rate moved between two windows, in parts that add up to it exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

import pandas as pd

from odr_xl import rules
from odr_xl.core.counts import DEFECTIVE, check_definition
from odr_xl.core.ledger import in_window
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError

Story = Literal[
    "rose_defects", "rose_defects_despite_orders", "rose_both", "rose_orders", "rose_orders_despite_defects",
    "fell_defects", "fell_defects_despite_orders", "fell_both", "fell_orders", "fell_orders_despite_defects",
    "stayed_without_defects", "stayed_untouched", "stayed_replaced", "stayed_balanced",
]  # fmt: skip

#: Bits for the largest effect: two more than it needs are left, so that sums of effects need no rounding.
_EFFECT_BITS = 51


@dataclass(frozen=True, slots=True)
class RateChange:
    """The counts of two windows, and what the step from one to the other is made of.

    Attributes
    ----------
    orders_before, defective_before : int
        Counts of the earlier window.
    orders_after, defective_after : int
        Counts of the later window.
    new : int
        Defective orders of the later window's dates that aren't among the earlier's.
    aged : int
        Defective orders of the earlier window's dates that aren't among the later's.

    Notes
    -----
    ``defective_after = defective_before + new - aged``. The rate moves for three reasons: defects come in, defects age
    out, and the same defects are spread over more or fewer orders. Each part is the mean of what it does when it comes
    first and when it comes last (E. M. Kitagawa, J. Am. Stat. Assoc. 50 (1955) 1168), so no order of the steps is
    preferred, and the parts of the way back are the same with the other sign. Over the common denominator
    ``2 * orders_before * orders_after`` they are whole numbers.

    Examples
    --------
    >>> RateChange(500, 4, 380, 4, new=0, aged=0).parts
    (0, 0, 960)
    """

    orders_before: int
    defective_before: int
    orders_after: int
    defective_after: int
    new: int
    aged: int

    @property
    def rate_before(self) -> float:
        """Rate of the earlier window, a fraction."""
        return self.defective_before / self.orders_before

    @property
    def rate_after(self) -> float:
        """Rate of the later window, a fraction."""
        return self.defective_after / self.orders_after

    @property
    def parts(self) -> tuple[int, int, int]:
        """Numerators over `denominator`: new defects, aged-out defects, order volume."""
        both = self.orders_before + self.orders_after
        defective = self.defective_before + self.defective_after
        return self.new * both, -self.aged * both, defective * (self.orders_before - self.orders_after)

    @property
    def whole(self) -> int:
        """Numerator of the whole change over `denominator`: the sum of the parts."""
        return 2 * (self.defective_after * self.orders_before - self.defective_before * self.orders_after)

    @property
    def denominator(self) -> int:
        """Common denominator of the parts."""
        return 2 * self.orders_before * self.orders_after

    @property
    def effects(self) -> tuple[float, float, float, float]:
        """New defects, aged-out defects, order volume, and their sum: fractions that add up in any order.

        Each is a multiple of one power of two, so coarse that sums of them aren't rounded; volume is what is left.
        """
        new, aged, volume = self.parts
        largest = max(new, -aged, abs(volume))
        grid = 1 << max(0, _EFFECT_BITS + self.denominator.bit_length() - 1 - largest.bit_length())
        came, left, whole = (round(Fraction(part * grid, self.denominator)) for part in (new, aged, self.whole))
        return came / grid, left / grid, (whole - came - left) / grid, whole / grid

    @property
    def story(self) -> Story:
        """What happened, told from the whole numbers: which way the rate went, and what moved it."""
        defects = self.new - self.aged
        orders = self.orders_before - self.orders_after  # fewer orders raise the rate
        if self.whole == 0:
            if not self.defective_before:
                return "stayed_without_defects"
            if defects:
                return "stayed_balanced"
            return "stayed_replaced" if self.new else "stayed_untouched"
        rose = self.whole > 0
        by_defects, by_orders = (defects > 0, orders > 0) if rose else (defects < 0, orders < 0)
        if by_defects and by_orders:
            return "rose_both" if rose else "fell_both"
        if by_defects:
            if orders:
                return "rose_defects_despite_orders" if rose else "fell_defects_despite_orders"
            return "rose_defects" if rose else "fell_defects"
        if defects:
            return "rose_orders_despite_defects" if rose else "fell_orders_despite_defects"
        return "rose_orders" if rose else "fell_orders"


def rate_change(
    days: pd.DataFrame, earlier: date, later: date, *, window: int = rules.WINDOW_DAYS, definition: str = "all"
) -> RateChange:
    """Why the rate moved between the window that ends on one day and the window that ends on another.

    Parameters
    ----------
    days : pandas.DataFrame
        Daily counts (``core.counts.count_days``).
    earlier, later : datetime.date
        Last days of the two windows, which may overlap or not.
    window : int
        Days in each window.
    definition : "amazon", "returns" or "all"
        Which causes make an order defective.

    Raises
    ------
    UsageError
        When ``later`` is before ``earlier``, or an option is out of its range.
    NoOrders
        When one of the windows has no order; the text names it.

    Notes
    -----
    Both windows are counted from the same daily counts, so a defect is new when its order is. Feedback of today on an
    old order is in both windows: to see it, compare with the counts of an earlier day.

    Examples
    --------
    >>> table = {"order_date": pd.to_datetime(["2026-05-01", "2026-06-29"]), "orders": [60, 40], "defective": [0, 1]}
    >>> found = rate_change(pd.DataFrame(table), date(2026, 6, 29), date(2026, 6, 30))
    >>> found.story, (found.orders_before, found.orders_after), (found.defective_before, found.defective_after)
    ('rose_orders', (100, 40), (1, 1))
    """
    bad = days[DEFECTIVE[check_definition(definition)]].to_numpy()
    if later < earlier:
        raise UsageError(f"The later window ends on {later}, before the earlier one on {earlier}. Swap the two dates.")
    orders = days["orders"].to_numpy()
    before, after = (in_window(days["order_date"], _window(end, window)) for end in (earlier, later))
    for name, end, inside in (("earlier", earlier, before), ("later", later, after)):
        if not orders[inside].any():
            raise NoOrders(f"No order is in the {name} window, which ends on {end}. Choose another date.")
    return RateChange(
        int(orders[before].sum()),
        int(bad[before].sum()),
        int(orders[after].sum()),
        int(bad[after].sum()),
        new=int(bad[after & ~before].sum()),
        aged=int(bad[before & ~after].sum()),
    )


def _window(end: date, days: int) -> Window:
    try:
        return Window.ending(end, days=days)
    except OverflowError as error:
        raise UsageError("The window begins before the year 1. Take fewer days.") from error
