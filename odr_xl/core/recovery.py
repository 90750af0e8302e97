"""The recovery: the first day on which the rate is under the target again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from odr_xl import rules
from odr_xl.core.forecast import forecast
from odr_xl.errors import NoOrders, UsageError

#: Days that a recovery is looked for: the 75 after which nothing known today counts, and as many as show what follows.
DAYS_AHEAD: Final = 120


@dataclass(frozen=True, slots=True)
class Recovery:
    """When the rate is under the target.

    Attributes
    ----------
    day : datetime.date or None
        First day, today included, whose rate is under the target; ``None`` when there is none in the days looked at.
    days : int or None
        Days until then; 0 when the rate is under the target today.
    again : datetime.date or None
        First later day on which the rate reaches the target again.
    empty : date or None
        First day whose window holds no order, when the rate doesn't recover.
    """

    day: date | None
    days: int | None
    again: date | None
    empty: date | None


def recovery_date(
    days: pd.DataFrame,
    as_of: date,
    *,
    target: float = rules.TARGET,
    days_ahead: int = DAYS_AHEAD,
    daily_orders: float | None = None,
    daily_defects: float = 0.0,
    window: int = rules.WINDOW_DAYS,
    lag: int = rules.LAG_DAYS,
    definition: str = "amazon",
) -> Recovery:
    """The first day on which the rate is under the target, if no further defect comes.

    Parameters
    ----------
    target : float
        Fraction between 0 and 1, which must not be reached.
    days_ahead : int
        How many days to look, 0 to 400.
    days, as_of, daily_orders, daily_defects, window, lag, definition
        As in ``core.forecast.forecast``, whose rate is compared.

    Raises
    ------
    NoOrders
        When today's window holds no order: there is no rate that could recover.
    UsageError
        For a number outside its range.

    Notes
    -----
    A defective order leaves the window ``window`` + ``lag`` days after its order date, and no appeal or sale is needed
    for that. The date is the earliest to hope for: claims and feedback on the orders of the last weeks are still to
    come (see ``ForecastPoint.rate_later``).

    Examples
    --------
    One defective order of 2021-10-29 among one order a day leaves on 2022-01-12:

    >>> days = pd.DataFrame({"order_date": pd.date_range("2021-10-01", "2021-12-31", unit="s"), "orders": 1})
    >>> days["defective_amazon"] = [1 if day == 28 else 0 for day in range(92)]
    >>> recovery_date(days, date(2021, 12, 31))
    Recovery(day=datetime.date(2022, 1, 12), days=12, again=None, empty=None)
    """
    if not 0 < target < 1:
        raise UsageError(f"The target is a fraction between 0 and 1, such as 0.01 for 1%, not {target:g}.")
    points = forecast(
        days,
        as_of,
        days_ahead=days_ahead,
        daily_orders=daily_orders,
        daily_defects=daily_defects,
        window=window,
        lag=lag,
        definition=definition,
    )
    if points[0].rate is None:
        raise NoOrders(f"On {as_of} the window holds no order, so there is no rate. Check as_of and the orders.")
    under = next((n for n, point in enumerate(points) if point.rate is not None and point.rate < target), None)
    if under is None:
        empty = next((point.day for point in points if point.rate is None), None)
        return Recovery(None, None, None, empty)
    later = points[under + 1 :]
    again = next((point.day for point in later if point.rate is not None and point.rate >= target), None)
    return Recovery(points[under].day, under, again, None)
