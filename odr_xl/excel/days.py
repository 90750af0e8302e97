"""The counts of a day as cells: how the result of ODR_DAYS is recognised, and how it is read at once.

Most formulas read it, so it must cost a few milliseconds: cells that are exactly what ODR_DAYS wrote become columns
without the questions that other people's tables need. Whatever differs goes the long way, which says what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import floor
from struct import error as not_packed
from struct import pack
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS
from odr_xl.excel.cells import Rows
from odr_xl.labels import word
from odr_xl.marketplaces import MARKETPLACES
from odr_xl.readers.headers import normalise
from odr_xl.readers.written import FIRST_YEAR, LAST_YEAR

Integers = npt.NDArray[np.int64]

_NAMES = (*DAY_KEYS, *COUNT_COLUMNS)
_HEADERS = {tuple(word(name, language) for name in _NAMES) for language in ("en", "zh")}
_TELLING = [{normalise(word(name, language)) for language in ("en", "zh")}
            for name in ("defective_amazon", "left_out", "order_date")]  # fmt: skip
_CHANNELS = frozenset(("", "AFN", "MFN"))
_MARKETPLACES = frozenset(("", *MARKETPLACES))
#: A date from classic Excel, a serial number from xlwings Lite; where there is none "" from one, None from the other.
DATE_TYPES = frozenset((datetime, int, float, str, type(None)))
TEXT_TYPES = frozenset((str, type(None)))
_SERIAL = date(1899, 12, 30).toordinal()
_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = int(np.datetime64("NaT", "D").view(np.int64))
_FIRST, _LAST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
#: Whole numbers that a cell can hold exactly.
_MOST = 2**53


def is_days(rows: Rows) -> bool:
    """Whether a range is the result of ``ODR_DAYS``, by its header."""
    if not isinstance(rows, (list, tuple)) or not rows or not isinstance(rows[0], (list, tuple)):
        return False
    seen = {normalise(str(cell)) for cell in rows[0] if cell is not None}
    return all(names & seen for names in _TELLING)


def quick_days(rows: Rows) -> pd.DataFrame | None:
    """Daily counts of cells that are just what ``ODR_DAYS`` wrote; ``None`` when anything differs."""
    if tuple(rows[0]) not in _HEADERS or len(rows) < 2 or set(map(len, rows)) != {len(_NAMES)}:
        return None
    dates, channels, marketplaces, *counts = zip(*rows[1:], strict=True)
    if not set(map(type, dates)) <= DATE_TYPES or not {*map(type, channels), *map(type, marketplaces)} <= TEXT_TYPES:
        return None
    channels, marketplaces = filled(channels), filled(marketplaces)
    if not set(channels) <= _CHANNELS or not set(marketplaces) <= _MARKETPLACES:
        return None
    days, numbers = _day_numbers(dates), _whole_numbers(counts)
    if days is None or numbers is None:
        return None
    data: dict[str, object] = {
        "order_date": days.view("datetime64[D]").astype("datetime64[s]"),
        "channel": np.array(channels, dtype=object),
        "marketplace": np.array(marketplaces, dtype=object),
    }
    # Copied, the counts become one block, which everybody after this reads at once.
    return pd.DataFrame(data | dict(zip(COUNT_COLUMNS, numbers, strict=True)), copy=True)


def filled(texts: tuple[Any, ...]) -> tuple[Any, ...]:
    """Cells of text with "" for each blank one."""
    return tuple(text or "" for text in texts) if None in texts else texts


def ordinal(day: Any) -> int:
    """Number of a date cell's day, counted as `datetime.date.toordinal` does; 0 for a blank one.

    >>> ordinal(46235.75) == ordinal(datetime(2026, 8, 1, 18)) == date(2026, 8, 1).toordinal(), ordinal("")
    (True, 0)
    """
    if type(day) in (int, float):
        return floor(float(day)) + _SERIAL
    number: int = day.toordinal() if day else 0
    return number


def _day_numbers(dates: Sequence[Any]) -> Integers | None:
    """Days since 1970; orders without a date stand in a row with a blank one."""
    try:
        days = np.array([ordinal(day) for day in dates], dtype=np.int64)
        zones = {day.tzinfo for day in dates if type(day) is datetime}
    except (AttributeError, ValueError, OverflowError):  # a text that isn't blank, or no number at all
        return None
    blank = days == 0
    # With a time zone it may be another day where the marketplace is.
    if zones - {None} or not (blank | (days >= _FIRST) & (days <= _LAST)).all():
        return None
    return np.where(blank, _NO_DAY, days - _EPOCH)


def _whole_numbers(columns: Sequence[Sequence[float]]) -> Integers | None:
    """Columns of numbers as the rows of an array."""
    if not all(map(_only_numbers, columns)):
        return None
    try:
        # Packing takes a third of the time that numpy needs for sequences of numbers.
        packed = b"".join(pack(f"{len(column)}d", *column) for column in columns)
    except not_packed:  # a whole number larger than any float
        return None
    numbers = np.frombuffer(packed).reshape(len(columns), -1)
    fine = (numbers >= 0) & (numbers <= _MOST) & (numbers == np.floor(numbers))
    return numbers.astype(np.int64) if fine.all() else None


def _only_numbers(column: Sequence[object]) -> bool:
    """Whether a column holds nothing but numbers; TRUE is a number to Python, but not here."""
    kinds = list(map(type, column))
    # Excel gives floats and Python's own calls whole numbers, so one kind is the rule, and counting it is quickest.
    if kinds[0] in (int, float) and kinds.count(kinds[0]) == len(kinds):
        return True
    return set(kinds) <= {int, float}
