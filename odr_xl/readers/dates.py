"""Dates: whatever a report or a cell holds, as the marketplace's own day.

Amazon writes ``2026-08-01T23:30:00+00:00``, ``14-07-2026T18:53:56+00:00``, ``01-Aug-2026``, ``1.8.26``, ``26/8/1`` or
``8/1/26``, by report and marketplace; Excel gives serial numbers or real dates. Text that can be read as two different
days (``5/6/26``) is refused unless the order of day and month is known: a guess would move orders into another window.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl.errors import UsageError
from odr_xl.readers.cells import Mask, Objects, objects, tidy_text
from odr_xl.readers.written import FIRST_YEAR, LAST_YEAR, written_day

Days = npt.NDArray[np.datetime64]
Integers = npt.NDArray[np.int64]

DATE_ORDERS = ("DMY", "MDY", "YMD")

_NAT = np.datetime64("NaT", "s")
_EPOCH = dt.date(1970, 1, 1).toordinal()
_WIDTH = 29  # 2026-08-01T23:30:00.000+00:00
_FIRST, _LAST = np.datetime64(f"{FIRST_YEAR}-01-01", "s"), np.datetime64(f"{LAST_YEAR}-12-31", "s")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


def parse_dates(
    values: Sequence[Any] | npt.NDArray[Any], *, zone: str | None, day_first: str | None, date1904: bool = False
) -> tuple[Days, Mask]:
    """Days of a column, and where a day can't be told.

    Parameters
    ----------
    values : sequence of str, float, int, date, datetime or None
        One cell each.
    zone : str or None
        IANA zone whose midnight cuts the day of a time stamp that carries an offset; None is UTC. A date or time
        without an offset keeps its day.
    day_first : "DMY", "MDY", "YMD" or None
        Order of the parts in all-number dates such as ``5/6/26``; None leaves ambiguous ones bad.
    date1904 : bool
        Numbers count from 1904, as in workbooks from old Macs.

    Returns
    -------
    days : datetime64[s] array
        Midnight of the day; NaT where blank or bad.
    bad : bool array
        True where there is something that isn't a date between 1995 and 2100.

    Raises
    ------
    UsageError
        Unknown zone or order.

    Examples
    --------
    >>> cells = ["2026-08-01T02:00:00+00:00", "5/6/26", 46235, ""]
    >>> days, bad = parse_dates(cells, zone="America/Los_Angeles", day_first=None)
    >>> days.astype("M8[D]").astype(str).tolist(), bad.tolist()
    (['2026-07-31', 'NaT', '2026-08-01', 'NaT'], [False, True, False, False])
    """
    if day_first is not None and day_first not in DATE_ORDERS:
        choices = ", ".join(DATE_ORDERS)
        raise UsageError(f'"{day_first}" isn\'t an order of day, month and year. Choose one of {choices}.')
    where = check_zone(zone)
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        return _in_range(values.astype("M8[D]").astype("M8[s]"), np.zeros(len(values), dtype=bool))
    if isinstance(values, np.ndarray) and values.dtype.kind in "fiu":
        return _in_range(_from_serials(values.astype(float), date1904), np.zeros(len(values), dtype=bool))
    cells = objects(values)
    days = np.full(len(cells), _NAT, dtype="M8[s]")
    bad = np.zeros(len(cells), dtype=bool)
    kinds = _kinds(cells)
    if (texts := np.flatnonzero(kinds == 1)).size:
        days[texts], bad[texts] = _from_texts(cells[texts], where, day_first, date1904)
    if (numbers := np.flatnonzero(kinds == 2)).size:
        days[numbers] = _from_serials(cells[numbers].astype(float), date1904)
        bad[numbers] = np.isnat(days[numbers])
    if (dates := np.flatnonzero(kinds == 3)).size:
        days[dates] = _from_dates(cells[dates], where)
    bad |= kinds == 4
    return _in_range(days, bad)


def check_zone(zone: str | None) -> str:
    """The zone's name, "UTC" for None.

    Raises
    ------
    UsageError
        No such zone.
    """
    if not zone:
        return "UTC"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f'"{zone}" isn\'t a time zone. Use a name such as America/Los_Angeles, Europe/Berlin or UTC.'
        ) from None
    return zone


def date_problem(value: object, day_first: str | None) -> tuple[str, str]:
    """Reason and remedy for a bad date, for a `Problem`.

    >>> date_problem("5/6/26", None)[0]
    'could be two different days'
    >>> date_problem("31/02/2026", "DMY")
    ("isn't a date", 'Use YYYY-MM-DD.')
    """
    if isinstance(value, dt.date | np.datetime64 | float | int | np.number):
        return f"isn't a date between {FIRST_YEAR} and {LAST_YEAR}", "Use YYYY-MM-DD."
    text = unicodedata.normalize("NFKC", tidy_text(str(value)))
    if text.startswith("#"):
        return "is an Excel error, not a date", "Correct the formula in that cell, or type the date as YYYY-MM-DD."
    readings = {written_day(text, order) for order in DATE_ORDERS} - {None}
    if day_first is None and readings:
        return "could be two different days", "Say which marketplace the file is from, or use YYYY-MM-DD."
    if readings:
        order = "/".join({"D": "day", "M": "month", "Y": "year"}[part] for part in day_first or "")
        return f"isn't a date in this marketplace's order ({order})", "Check the marketplace, or use YYYY-MM-DD."
    years = [int(y) for y in re.findall(r"(?<!\d)\d{4}(?!\d)", text.split("T")[0].split(" ")[0])]
    if years and not any(FIRST_YEAR <= y <= LAST_YEAR for y in years):
        return f"isn't a date between {FIRST_YEAR} and {LAST_YEAR}", "Use YYYY-MM-DD."
    return "isn't a date", "Use YYYY-MM-DD."


def _kinds(cells: Objects) -> npt.NDArray[np.int8]:
    """Kind of each cell. Most columns have cells of one type and blanks, which are told apart without a call a cell."""
    types = set(map(type, cells))
    if types <= {dt.datetime, dt.date, type(None)}:
        return np.fromiter([0 if v is None else 3 for v in cells], dtype=np.int8, count=len(cells))
    if types <= {float, type(None)}:
        return np.fromiter([0 if v is None or v != v else 2 for v in cells], dtype=np.int8, count=len(cells))
    if types == {str}:
        return np.fromiter([0 if not v or v.isspace() else 1 for v in cells], dtype=np.int8, count=len(cells))
    return np.fromiter((_kind(v) for v in cells), dtype=np.int8, count=len(cells))


def _kind(value: Any) -> int:
    """0 blank, 1 text, 2 number, 3 date, 4 something else."""
    if type(value) is str:
        return 0 if not value or value.isspace() else 1
    if value is None or value is pd.NaT:
        return 0
    if isinstance(value, bool | np.bool_):
        return 4
    if isinstance(value, int | float | np.integer | np.floating):
        return 0 if value != value else 2
    if isinstance(value, np.datetime64):
        return 0 if np.isnat(value) else 3
    if isinstance(value, dt.date):
        return 3
    return 1 if isinstance(value, str) else 4


def _in_range(days: Days, bad: Mask) -> tuple[Days, Mask]:
    outside = (days < _FIRST) | (days > _LAST)
    days[outside | bad] = _NAT
    return days, bad | outside


def _from_serials(serials: npt.NDArray[np.float64], date1904: bool) -> Days:
    days = np.full(len(serials), _NAT, dtype="M8[s]")
    fine = np.isfinite(serials) & (np.abs(serials) < 1e7)
    start = np.datetime64("1904-01-01" if date1904 else "1899-12-30", "D")
    days[fine] = (start + np.floor(serials[fine]).astype(np.int64)).astype("M8[s]")
    # A number too large for any calendar is still bad, not blank: the first year makes it out of range.
    days[~fine & ~np.isnan(serials)] = np.datetime64("1900-01-01", "s")
    return days


def _from_dates(cells: Objects, zone: str) -> Days:
    dates: Sequence[Any] | Objects = cells
    if set(map(type, cells)) != {dt.datetime} or any(v.tzinfo is not None for v in cells):
        where = ZoneInfo(zone)
        dates = [_naive(v, where) for v in cells]
    # numpy needs several times as long for a list of dates as for their day numbers.
    ordinals = np.fromiter(map(dt.date.toordinal, dates), dtype=np.int64, count=len(cells))
    return (ordinals - _EPOCH).astype("M8[D]").astype("M8[s]")


def _naive(value: Any, where: ZoneInfo) -> dt.date:
    if isinstance(value, np.datetime64):
        day: dt.date = value.astype("M8[D]").item()
        return day
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(where)
    result: dt.date = value
    return result


def _from_texts(cells: Objects, zone: str, day_first: str | None, date1904: bool) -> tuple[Days, Mask]:
    days = np.full(len(cells), _NAT, dtype="M8[s]")
    codes = np.array(cells.tolist(), dtype=f"U{_WIDTH + 1}").view(np.uint32).reshape(len(cells), _WIDTH + 1)
    left = ~_fill_iso(codes, zone, days)
    if left.any():
        # 14-07-2026T18:53:56+00:00, as Amazon's help pages show it: the same stamp with day and year exchanged.
        at = np.flatnonzero(left & (codes[:, 2] == 45) & (codes[:, 5] == 45) & (codes[:, 10] == 84))
        if at.size:
            swapped = codes[at][:, [6, 7, 8, 9, 2, 3, 4, 2, 0, 1, *range(10, _WIDTH + 1)]]
            some = days[at]
            left[at] = ~_fill_iso(np.ascontiguousarray(swapped), zone, some)
            days[at] = some
    bad = np.zeros(len(cells), dtype=bool)
    if (at := np.flatnonzero(left)).size:
        # Other spellings are days without a time, so there are few distinct ones.
        which, distinct = pd.factorize(cells[at])
        read = [_read(text, zone, day_first, date1904) for text in distinct]
        found = np.array([_NAT if day is None else np.datetime64(day, "s") for day in read], dtype="M8[s]")
        days[at] = found[which]
        bad[at] = np.array([day is None and bool(tidy_text(t)) for day, t in zip(read, distinct, strict=True)])[which]
    return days, bad


def _fill_iso(codes: npt.NDArray[np.uint32], zone: str, days: Days) -> Mask:
    """Fill in the days of ISO time stamps, straight from their characters; returns which rows were ISO."""
    digit = (codes >= 48) & (codes <= 57)
    length = (codes != 0).sum(axis=1)
    number = codes.astype(np.int64) - 48

    def two(at: int) -> Integers:
        return np.asarray(number[:, at] * 10 + number[:, at + 1])

    iso = digit[:, [0, 1, 2, 3, 5, 6, 8, 9]].all(axis=1) & (codes[:, 4] == 45) & (codes[:, 7] == 45)
    timed = (
        digit[:, [11, 12, 14, 15]].all(axis=1) & ((codes[:, 10] == 84) | (codes[:, 10] == 32)) & (codes[:, 13] == 58)
    )
    with_seconds = timed & (codes[:, 16] == 58) & digit[:, 17] & digit[:, 18]
    fraction = with_seconds & (codes[:, 19] == 46) & digit[:, 20:23].all(axis=1)
    iso &= (length == 10) | timed
    end = np.where(fraction, 23, np.where(with_seconds, 19, np.where(timed, 16, 10)))
    rest = length - end
    rows = np.arange(len(codes))

    def after(step: int) -> Integers:
        return np.asarray(codes[rows, np.minimum(end + step, _WIDTH)].astype(np.int64))

    utc = (rest == 1) & ((after(0) == 90) | (after(0) == 122))
    signed = (after(0) == 43) | (after(0) == 45)
    colon = (rest == 6) & signed & (after(3) == 58)
    compact = (rest == 5) & signed
    offset_codes = [after(1), after(2), np.where(colon, after(4), after(3)), np.where(colon, after(5), after(4))]
    offset_digits = np.logical_and.reduce([(c >= 48) & (c <= 57) for c in offset_codes])
    offset = (colon | compact) & offset_digits
    iso &= (rest == 0) | ((utc | offset) & (end > 10))
    year, month, day = two(0) * 100 + two(2), two(5), two(8)
    hour, minute = np.where(timed, two(11), 0), np.where(timed, two(14), 0)
    second = np.where(with_seconds, two(17), 0)
    iso &= (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 61)
    # Whatever fails goes on to the slow reader, which refuses it with a reason.
    iso &= (year >= FIRST_YEAR - 1) & (year <= LAST_YEAR + 1)
    at = np.flatnonzero(iso)
    months = ((year[at] - 1970) * 12 + month[at] - 1).astype("M8[M]")
    date = months.astype("M8[D]") + (day[at] - 1)
    real = date.astype("M8[M]") == months
    iso[at[~real]] = False
    at, date = at[real], date[real]
    days[at] = date.astype("M8[s]")
    shifted = (utc | offset)[at]
    if shifted.any():
        o = [c[at][shifted] - 48 for c in offset_codes]
        minutes = (o[0] * 10 + o[1]) * 60 + o[2] * 10 + o[3]
        minutes = np.where(utc[at][shifted], 0, np.where(after(0)[at][shifted] == 45, -minutes, minutes))
        seconds = (hour[at] * 3600 + minute[at] * 60 + second[at])[shifted] - minutes * 60
        days[at[shifted]] = _local_days(date[shifted].astype("M8[s]") + seconds, zone)
    return np.asarray(iso, dtype=bool)


def _local_days(stamps: Days, zone: str) -> Days:
    if zone == "UTC":
        return stamps.astype("M8[D]").astype("M8[s]")
    # Clocks change on a quarter of an hour, so one look a quarter serves all its stamps, in every year.
    codes, quarters = pd.factorize(stamps.astype(np.int64) // 900)
    where = ZoneInfo(zone)
    moments = (dt.datetime.fromtimestamp(int(quarter) * 900, where) for quarter in quarters)
    offsets = np.array([(m.utcoffset() or dt.timedelta()).total_seconds() for m in moments], dtype=np.int64)
    return (stamps + offsets[codes]).astype("M8[D]").astype("M8[s]")


def _read(text: str, zone: str, day_first: str | None, date1904: bool) -> dt.date | None:
    plain = unicodedata.normalize("NFKC", tidy_text(text))
    if _SERIAL.fullmatch(plain):
        day: dt.date = _from_serials(np.array([float(plain)]), date1904)[0].astype("M8[D]").item()
        return day
    return written_day(plain, day_first, zone)
