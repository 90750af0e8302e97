"""Scales and the places of their marks: from numbers and days to a drawing's coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import floor, log10

#: Marks on an axis of rates at most.
_MOST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to coordinates.

    Examples
    --------
    >>> Scale(0, 10, 100, 0)(2.5), Scale(0, 10, 100, 0)(99)
    (75.0, 0.0)
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Coordinate of a value; one outside the scale is drawn at its edge."""
        inside = min(max(value, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)


def rate_marks(highest: float) -> list[float]:
    """Round rates from 0 up to ``highest``, at most six.

    >>> rate_marks(0.013), rate_marks(0.3)
    ([0.0, 0.005, 0.01], [0.0, 0.1, 0.2, 0.3])
    """
    step = 10.0 ** floor(log10(highest / _MOST_MARKS))
    for factor in (1, 2.5, 5, 10):
        if highest / (step * factor) <= _MOST_MARKS - 1:
            step *= factor
            break
    count = int(highest / step + 1e-9)
    return [float(f"{position * step:.12g}") for position in range(count + 1)]


def month_starts(first: date, last: date) -> list[date]:
    """The first days of the months between two days.

    >>> month_starts(date(2026, 11, 20), date(2027, 1, 1))
    [datetime.date(2026, 12, 1), datetime.date(2027, 1, 1)]
    """
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    days = (date(number // 12, number % 12 + 1, 1) for number in numbers)
    return [day for day in days if first <= day <= last]
