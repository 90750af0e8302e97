"""Dates as people and reports write them: numbers in some order, names of months, East Asian characters."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

from odr_xl.readers.months import MONTHS

#: Amazon opened in July 1995; a later or earlier year is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1995, 2100

_TIME = (
    r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*"
    r"(z|utc|gmt|[+-]\d{2}:?\d{2})?(?:\s*\(?[a-z]{2,5}\)?)?)?"
)
_NUMERIC = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})\.?" + _TIME, re.IGNORECASE)
_NAMED_DAY_FIRST = re.compile(
    r"(\d{1,2})[-\s./]*(?:de\s+)?([^\W\d_]+)\.?[-\s./,]*(?:de\s+)?(\d{4}|\d{2})" + _TIME, re.IGNORECASE
)
_NAMED_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _TIME, re.IGNORECASE)
_EAST_ASIAN = re.compile(r"(\d{4}|\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?" + _TIME, re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


@lru_cache(maxsize=65536)
def written_day(text: str, day_first: str | None, zone: str = "UTC") -> dt.date | None:
    """One date in any spelling but the common ISO ones; None when it isn't a date or could be two.

    >>> written_day("1. März 2026", None), written_day("5/6/26", None), written_day("5/6/26", "DMY")
    (datetime.date(2026, 3, 1), None, datetime.date(2026, 6, 5))
    """
    if len(text) > 60:
        return None
    if match := _NUMERIC.fullmatch(text):
        first, separator, second, third = match[1], match[2], match[3], match[4]
        return _finish(_ordered(first, second, third, separator, day_first), match.groups()[4:], zone)
    if match := _NAMED_DAY_FIRST.fullmatch(text):
        return _finish((_year(match[3]), MONTHS.get(_month_key(match[2]), 0), int(match[1])), match.groups()[3:], zone)
    if match := _NAMED_MONTH_FIRST.fullmatch(text):
        return _finish((_year(match[3]), MONTHS.get(_month_key(match[1]), 0), int(match[2])), match.groups()[3:], zone)
    if match := _EAST_ASIAN.fullmatch(text):
        return _finish((_year(match[1]), int(match[2]), int(match[3])), match.groups()[3:], zone)
    if match := _COMPACT.fullmatch(text):
        return _finish((int(match[1]), int(match[2]), int(match[3])), (None,) * 5, zone)
    return None


def _month_key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _ordered(first: str, second: str, third: str, separator: str, day_first: str | None) -> tuple[int, int, int] | None:
    """Year, month and day of three numbers; None when their order isn't known."""
    if len(first) == 4:
        return int(first), int(second), int(third) if len(third) <= 2 else 0
    if len(first) == 3 or len(third) == 3:
        return None
    if len(third) != 4 and day_first == "YMD":
        return _year(first), int(second), int(third)
    if len(third) not in (2, 4):
        return None
    a, b = int(first), int(second)
    # With dots the day comes first everywhere.
    if separator == "." or day_first == "DMY":
        return _year(third), b, a
    if day_first == "MDY":
        return _year(third), a, b
    if len(third) == 4 and (a == b or a > 12):
        return int(third), b, a
    if len(third) == 4 and b > 12:
        return int(third), a, b
    return None


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 1900 + year if year >= FIRST_YEAR % 100 else 2000 + year


def _finish(parts: tuple[int, int, int] | None, time: Sequence[str | None], zone: str) -> dt.date | None:
    """The day, moved to the zone when a time with an offset follows."""
    if parts is None:
        return None
    hour, minute, second, half, offset = time[:5]
    try:
        if hour is None or offset is None:
            return _valid(dt.date(*parts))
        hours = int(hour) % 12 + (12 if (half or "").lower() == "p" else 0) if half else int(hour)
        shift = dt.timedelta()
        if offset[0] in "+-":
            digits = offset[1:].replace(":", "")
            shift = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if offset[0] == "-" else 1)
        stamp = dt.datetime(*parts, hours, int(minute or 0), min(int(second or 0), 59), tzinfo=dt.timezone(shift))
        return _valid(stamp.astimezone(ZoneInfo(zone)).date())
    except (ValueError, OverflowError):
        return None


def _valid(day: dt.date) -> dt.date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
