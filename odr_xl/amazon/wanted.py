"""What is wanted of Amazon: the reports that a refresh reads, cut into periods that Amazon accepts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from odr_xl.errors import UsageError
from odr_xl.marketplaces import MARKETPLACES

#: Amazon is asked for nothing younger: a moment that is in the future by Amazon's clock is refused.
_MARGIN: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Report:
    """A kind of report.

    Attributes
    ----------
    name : str
        As messages and file names show it.
    report_type : str
        Amazon's name.
    longest : int
        Days that one report may cover; 0 for a report without a period.
    ending : str
        Of the file.
    """

    name: str
    report_type: str
    longest: int
    ending: str = ".txt"


#: Amazon's documentation says 60 days for returns that the seller handles. 30 days for orders, and 60 for Amazon's
#: returns, are chosen so that no request is refused as too long; feedback is a small report.
REPORTS: Final = (
    Report("orders", "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", 30),
    Report("feedback", "GET_SELLER_FEEDBACK_DATA", 365),
    Report("fba-returns", "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA", 60),
    Report("returns", "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE", 60),
    Report("performance", "GET_V2_SELLER_PERFORMANCE_REPORT", 0, ".json"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """One report of one period.

    Attributes
    ----------
    report : Report
    marketplace : str
        Code.
    as_of : datetime.date
        The day that the request is made for; a later day asks anew.
    first, last : datetime.date or None
        Days covered; ``None`` for a report without a period.
    since, until : datetime.datetime or None
        The same as moments.
    """

    report: Report
    marketplace: str
    as_of: date
    first: date | None = None
    last: date | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def shown(self) -> str:
        """As messages show it."""
        return f"{self.report.name} {self.first} to {self.last}" if self.first else self.report.name

    @property
    def file_name(self) -> str:
        """The day comes first, so that a refresh reads what was downloaded last after what is older."""
        start = f"-from-{self.first}" if self.first else ""
        return f"{self.as_of}-{self.marketplace}-{self.report.name}{start}{self.report.ending}"


def requests_for(marketplace: str, as_of: date, days: int, now: datetime) -> tuple[Request, ...]:
    """All requests for the days up to a day, that day included.

    Parameters
    ----------
    marketplace : str
        Code; its time zone cuts the days.
    as_of : datetime.date
        Last day.
    days : int
        How many days.
    now : datetime.datetime
        This moment, with its zone: Amazon is asked for nothing later.

    Raises
    ------
    UsageError
        The day is in the future.

    Examples
    --------
    >>> asked = requests_for("US", date(2026, 11, 20), 90, datetime(2026, 11, 24, tzinfo=UTC))
    >>> [request.shown for request in asked][:2]
    ['orders 2026-08-23 to 2026-09-21', 'orders 2026-09-22 to 2026-10-21']
    >>> len(asked), asked[-1].file_name
    (9, '2026-11-20-US-performance.json')
    """
    zone = ZoneInfo(MARKETPLACES[marketplace].zone)
    start = as_of - timedelta(days=days - 1)
    if datetime.combine(as_of, time(), zone) >= now - _MARGIN:
        raise UsageError(f"{as_of} hasn't begun in marketplace {marketplace}. Give an earlier day with --as-of.")
    found: list[Request] = []
    for report in REPORTS:
        if not report.longest:
            found.append(Request(report, marketplace, as_of))
        for first, last in _periods(start, as_of, report.longest):
            since = datetime.combine(first, time(), zone).astimezone(UTC)
            until = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC) - timedelta(seconds=1)
            until = min(until, now.astimezone(UTC).replace(microsecond=0) - _MARGIN)
            found.append(Request(report, marketplace, as_of, first, last, since, until))
    return tuple(found)


def _periods(first: date, last: date, longest: int) -> Iterator[tuple[date, date]]:
    while longest and first <= last:
        end = min(last, first + timedelta(days=longest - 1))
        yield first, end
        first = end + timedelta(days=1)
