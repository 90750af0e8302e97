"""The window: which order dates a rate covers, both ends included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from odr_xl.errors import UsageError
from odr_xl.rules import LAG_DAYS, WINDOW_DAYS


@dataclass(frozen=True, slots=True)
class Window:
    """Order dates from ``start`` to ``end``, both included; ``None`` leaves a side open.

    Examples
    --------
    >>> Window.as_of(date(2022, 1, 11))
    Window(start=datetime.date(2021, 10, 29), end=datetime.date(2021, 12, 27))
    """

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise UsageError(f"The window starts on {self.start}, after it ends on {self.end}. Swap the two dates.")

    @classmethod
    def ending(cls, end: date, *, days: int = WINDOW_DAYS) -> Window:
        """Window of ``days`` days whose last day is ``end``."""
        if days < 1:
            raise UsageError(f"A window has at least one day, not {days}.")
        return cls(end - timedelta(days=days - 1), end)

    @classmethod
    def as_of(cls, day: date, *, days: int = WINDOW_DAYS, lag: int = LAG_DAYS) -> Window:
        """Window that Amazon shows on ``day``: it ends ``lag`` days before (see ``rules.LAG_DAYS``)."""
        if lag < 0:
            raise UsageError(f"The lag is a number of days from 0, not {lag}.")
        return cls.ending(day - timedelta(days=lag), days=days)

    @property
    def open(self) -> bool:
        """Whether neither side is limited."""
        return self.start is None and self.end is None


def leaves_on(order_date: date, *, days: int = WINDOW_DAYS, lag: int = LAG_DAYS) -> date:
    """First day on which an order of ``order_date`` is outside the window that Amazon shows.

    >>> leaves_on(date(2021, 10, 29))
    datetime.date(2022, 1, 12)
    """
    return order_date + timedelta(days=days + lag)
