"""What a report says: the summary, how the rate came here, how it goes on, where it is and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from odr_xl import rules
from odr_xl.core.actions import Actions, actions
from odr_xl.core.change import RateChange, rate_change
from odr_xl.core.counts import count_by, count_days
from odr_xl.core.forecast import ForecastPoint, forecast
from odr_xl.core.groups import Group, defect_groups
from odr_xl.core.ledger import Ledger, in_window
from odr_xl.core.trend import TrendPoint, trend
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError
from odr_xl.summary import Summary, summarise

#: Days of the past that the chart shows at most, and of the future: after 75 nothing known today counts any more.
DAYS_BACK: Final = 105
DAYS_AHEAD: Final = rules.WINDOW_DAYS + rules.LAG_DAYS
#: Sellers look once a month: the change is told against that.
MONTH: Final = 30


@dataclass(frozen=True, slots=True)
class Contents:
    """The numbers of one report; Amazon's definition throughout.

    Attributes
    ----------
    day : datetime.date
        The day of looking.
    summary : Summary
        What ``odr-xl odr`` shows.
    first : datetime.date or None
        The earliest order date.
    past : tuple of TrendPoint
        Whole windows only: one that begins before the first order would be a part of a window. The last is today's.
    change : RateChange or None
        Against a month ago; ``None`` where that window isn't whole.
    future : tuple of ForecastPoint
        From the day of looking on.
    products : tuple of Group
        SKUs with a defect, most first.
    actions : Actions
        Root causes and remedies of the window.
    """

    day: date
    summary: Summary
    first: date | None
    past: tuple[TrendPoint, ...]
    change: RateChange | None
    future: tuple[ForecastPoint, ...]
    products: tuple[Group, ...]
    actions: Actions


def report_contents(ledger: Ledger, window: Window) -> Contents:
    """Contents of a report about the orders of a window.

    Raises
    ------
    UsageError
        When the window has an open side.
    """
    if window.start is None or window.end is None:
        raise UsageError("A report needs both ends of the window. Give the day of looking with --as-of.")
    # The same day of looking as the summary's standings have.
    day = window.end + timedelta(days=rules.LAG_DAYS)
    length = (window.end - window.start).days + 1
    summary = summarise(ledger, window)
    events = ledger.events
    todo = actions(events[in_window(events["order_date"], window)])
    if summary.rate is None:
        return Contents(day, summary, None, (), None, (), (), todo)
    days = count_days(ledger)
    dated = days.loc[days["orders"].gt(0) & days["order_date"].notna(), "order_date"]
    first: date = dated.min().date()
    whole = max(0, (window.start - first).days)
    change = None
    if whole >= MONTH:
        try:
            change = rate_change(
                days, window.end - timedelta(days=MONTH), window.end, window=length, definition="amazon"
            )
        except NoOrders:  # a month ago the window was empty
            change = None
    return Contents(
        day=day,
        summary=summary,
        first=first,
        past=trend(days, window.end, points=min(whole, DAYS_BACK) + 1, window=length),
        change=change,
        future=forecast(days, day, days_ahead=DAYS_AHEAD, window=length, events=events),
        products=_products(ledger, window),
        actions=todo,
    )


def _products(ledger: Ledger, window: Window) -> tuple[Group, ...]:
    if "sku" not in ledger.orders.columns:
        return ()
    groups = defect_groups(count_by(ledger, ("sku",), window), "sku", definition="amazon")
    return tuple(group for group in groups if group.defective and group.name)
