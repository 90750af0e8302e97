"""Days from every spelling of a date. Expected days are counted by hand; offsets are written beside them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.errors import UsageError
from odr_xl.readers.dates import date_problem, parse_dates

PACIFIC = "America/Los_Angeles"


def day(value: object, *, zone: str | None = None, order: str | None = None, date1904: bool = False) -> str:
    """The day as text, "bad" or "blank"."""
    days, bad = parse_dates([value], zone=zone, day_first=order, date1904=date1904)
    return "bad" if bad[0] else "blank" if np.isnat(days[0]) else str(days[0].astype("M8[D]"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-08-01", "2026-08-01"),
        ("2026-08-01T08:04:21+00:00", "2026-08-01"),
        ("2026-08-01T08:04:21Z", "2026-08-01"),
        ("2026-08-01T08:04:21.123Z", "2026-08-01"),
        ("2026-08-01T08:04:21.123+00:00", "2026-08-01"),
        ("2026-08-01T08:04Z", "2026-08-01"),
        ("2026-08-01 08:04:21", "2026-08-01"),
        ("2026-08-01T23:30:00-0800", "2026-08-02"),  # 07:30 UTC the next day
        ("2026-08-01T00:30:00+02:00", "2026-07-31"),  # 22:30 UTC the day before
        ("2026/08/01", "2026-08-01"),
        ("2026/8/1", "2026-08-01"),
        ("2026-8-1", "2026-08-01"),
        ("14-07-2010T18:53:56+00:00", "2010-07-14"),
        ("05-06-2026T18:53:56+00:00", "2026-06-05"),  # a stamp with the day first, as Amazon's help page shows it
        ("01-Aug-2026", "2026-08-01"),
        ("1-AUG-26", "2026-08-01"),
        ("1 August 2026", "2026-08-01"),
        ("Aug 1, 2026", "2026-08-01"),
        ("August 1, 2026 10:15:00 AM PDT", "2026-08-01"),
        ("1. März 2026", "2026-03-01"),
        ("1 août 2026", "2026-08-01"),
        ("1 de agosto de 2026", "2026-08-01"),
        ("3 gennaio 2026", "2026-01-03"),
        ("2026年8月1日", "2026-08-01"),
        ("1.8.26", "2026-08-01"),
        ("01.08.2026", "2026-08-01"),
        ("01.08.2026 23:59:59", "2026-08-01"),
        ("20260801", "2026-08-01"),
        ("46235", "2026-08-01"),
        ("46235.75", "2026-08-01"),
        ("２０２６-０８-０１", "2026-08-01"),
        (" 2026-08-01\xa0", "2026-08-01"),
        ('="2026-08-01"', "2026-08-01"),
        ("'2026-08-01", "2026-08-01"),
        ("2024-02-29", "2024-02-29"),
        ("25/12/2026", "2026-12-25"),  # 25 can't be a month
        ("12/25/2026", "2026-12-25"),
        ("05/05/2026", "2026-05-05"),  # the same day in either order
    ],
)
def test_date_is_read_without_knowing_the_marketplace(value: str, expected: str) -> None:
    assert day(value) == expected


@pytest.mark.parametrize(
    ("value", "order", "expected"),
    [
        ("5/6/26", "DMY", "2026-06-05"),
        ("5/6/26", "MDY", "2026-05-06"),
        ("5/6/26", "YMD", "2005-06-26"),
        ("26/6/5", "YMD", "2026-06-05"),
        ("26.6.5", "YMD", "2026-06-05"),
        ("5/6/2026", "DMY", "2026-06-05"),
        ("05-06-2026", "MDY", "2026-05-06"),
        ("5/6/2026", "YMD", "bad"),
        ("5/6/26", None, "bad"),
        ("5/6/2026", None, "bad"),
        ("14/7/26", None, "bad"),  # 14 July 2026 or 26 July 2014
        ("25/12/26", "MDY", "bad"),
        ("12/25/26", "DMY", "bad"),
        ("5/6/26 3:04 PM", "MDY", "2026-05-06"),
        ("31/12/99", "DMY", "1999-12-31"),
    ],
)
def test_order_of_day_and_month_is_never_guessed(value: str, order: str | None, expected: str) -> None:
    assert day(value, order=order) == expected


@pytest.mark.parametrize(
    "value",
    [
        "31/02/2026",
        "2026-02-30",
        "2026-13-01",
        "2025-02-29",
        "soon",
        "0000-00-00",
        "0000-01-01",
        "9999-12-31",
        "1994-12-31",
        "2101-01-01",
        "00/00/0000",
        "2026-08-01T25:00:00Z",
        "2026-08-01T08:04:21+0",
        "#N/A",
        "32 Aug 2026",
        "1 Foo 2026",
        "12345678901",
        "2026-08-01garbage",
        "x" * 1000,
        "5/6",
        "2026",
        "-",
        "99999",
        True,
        1e300,
        -5.0,
        0,
        5e6,
        float("inf"),
        [],
        b"2026-08-01",
        dt.date(9999, 12, 31),
        dt.datetime(1, 1, 1),
    ],
)
def test_what_is_no_date_is_bad_and_never_a_crash(value: object) -> None:
    assert day(value, order="DMY") == "bad"


@pytest.mark.parametrize("value", ["", " ", "\xa0", None, float("nan"), pd.NaT, np.datetime64("NaT", "s")])
def test_blank_is_no_date_and_not_bad(value: object) -> None:
    assert day(value) == "blank"


@pytest.mark.parametrize(
    ("value", "date1904", "expected"),
    [
        (46235, False, "2026-08-01"),  # Excel: DATE(2026,8,1) = 46235
        (46235.99999, False, "2026-08-01"),
        (44773, True, "2026-08-01"),  # 1904 system: 1462 less
        (np.float64(46235), False, "2026-08-01"),
        (dt.date(2026, 8, 1), False, "2026-08-01"),
        (dt.datetime(2026, 8, 1, 23, 59), False, "2026-08-01"),
        (pd.Timestamp("2026-08-01 23:59"), False, "2026-08-01"),
        (np.datetime64("2026-08-01T23:59"), False, "2026-08-01"),
    ],
)
def test_excels_own_dates_keep_their_day(value: object, date1904: bool, expected: str) -> None:
    assert day(value, zone="Asia/Tokyo", date1904=date1904) == expected


@pytest.mark.parametrize(
    ("value", "zone", "expected"),
    [
        ("2026-08-01T06:59:59+00:00", PACIFIC, "2026-07-31"),  # 23:59:59 in summer, UTC-7
        ("2026-08-01T07:00:00+00:00", PACIFIC, "2026-08-01"),
        ("2026-01-15T07:59:59Z", PACIFIC, "2026-01-14"),  # winter, UTC-8
        ("2026-01-15T08:00:00Z", PACIFIC, "2026-01-15"),
        ("2026-07-31T15:00:00Z", "Asia/Tokyo", "2026-08-01"),
        ("2026-07-31T22:00:00+00:00", "Europe/Berlin", "2026-08-01"),
        ("2026-07-31T18:30:00Z", "Asia/Kolkata", "2026-08-01"),
        ("14-07-2026T06:00:00+00:00", PACIFIC, "2026-07-13"),
        ("14.07.2026 06:00:00 UTC", PACIFIC, "2026-07-13"),
        ("Jul 14, 2026 1:00:00 AM +00:00", PACIFIC, "2026-07-13"),
        ("2026-08-01T00:30:00", PACIFIC, "2026-08-01"),  # no offset: the day stays
        ("2026-08-01", PACIFIC, "2026-08-01"),
        (dt.datetime(2026, 8, 1, 3, tzinfo=dt.UTC), PACIFIC, "2026-07-31"),
    ],
)
def test_stamp_with_an_offset_falls_on_the_zones_own_day(value: object, zone: str, expected: str) -> None:
    assert day(value, zone=zone) == expected


@given(
    st.datetimes(dt.datetime(1996, 1, 1), dt.datetime(2099, 12, 30)),
    st.integers(-12 * 60, 14 * 60),
    st.sampled_from(["UTC", PACIFIC, "Europe/London", "Asia/Kolkata", "Australia/Sydney"]),
)
def test_day_of_any_stamp_agrees_with_the_standard_library(moment: dt.datetime, minutes: int, zone: str) -> None:
    stamp = moment.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    assert day(stamp.isoformat(), zone=zone) == stamp.astimezone(ZoneInfo(zone)).date().isoformat()


@given(st.dates(dt.date(1995, 1, 1), dt.date(2100, 12, 31)))
def test_every_spelling_of_a_day_gives_the_same_day(value: dt.date) -> None:
    iso = value.isoformat()
    spelt = [
        iso,
        f"{value:%d.%m.%Y}",
        f"{value.day}. {value:%B %Y}",
        f"{value:%B} {value.day}, {value.year}",
        f"{value:%Y%m%d}",
    ]
    assert [day(s) for s in spelt] == [iso] * 5
    assert day(f"{value:%m/%d/%Y}", order="MDY") == day(f"{value:%d/%m/%Y}", order="DMY") == iso
    assert day((value - dt.date(1899, 12, 30)).days) == iso


@given(st.text(max_size=40))
def test_no_text_crashes(text: str) -> None:
    assert day(text, order="DMY") != ""


def test_mixed_types_in_one_column_are_each_read() -> None:
    cells = ["2026-08-01T12:00:00Z", 46236.0, dt.date(2026, 8, 3), None, "4.8.2026", "never", " "]
    days, bad = parse_dates(cells, zone=None, day_first=None)
    assert days.astype("M8[D]").astype(str).tolist() == [
        "2026-08-01",
        "2026-08-02",
        "2026-08-03",
        "NaT",
        "2026-08-04",
        "NaT",
        "NaT",
    ]
    assert bad.tolist() == [False, False, False, False, False, True, False]
    assert days.dtype == np.dtype("M8[s]")


def test_number_and_date_arrays_are_read_as_they_are() -> None:
    serials, bad = parse_dates(np.array([46235.5, np.nan]), zone=None, day_first=None)
    assert serials.astype("M8[D]").astype(str).tolist() == ["2026-08-01", "NaT"]
    assert not bad.any()
    stamps, bad = parse_dates(np.array(["2026-08-01T10", "NaT"], dtype="M8[ns]"), zone=None, day_first=None)
    assert stamps.astype("M8[D]").astype(str).tolist() == ["2026-08-01", "NaT"]
    assert not bad.any()


def test_unknown_zone_and_order_are_usage_errors() -> None:
    with pytest.raises(UsageError, match="Mars/Olympus"):
        parse_dates(["2026-08-01"], zone="Mars/Olympus", day_first=None)
    with pytest.raises(UsageError, match="DMY, MDY, YMD"):
        parse_dates(["2026-08-01"], zone=None, day_first="YDM")


@pytest.mark.parametrize(
    ("value", "order", "reason", "remedy"),
    [
        ("5/6/26", None, "could be two different days", "marketplace"),
        ("25/12/26", "MDY", "month/day/year", "marketplace"),
        ("31/02/2026", "DMY", "isn't a date", "YYYY-MM-DD"),
        ("9999-12-31", None, "between 1995 and 2100", "YYYY-MM-DD"),
        ("0000-01-01", None, "between 1995 and 2100", "YYYY-MM-DD"),
        (5.0, None, "between 1995 and 2100", "YYYY-MM-DD"),
        ("#REF!", None, "Excel error", "formula"),
    ],
)
def test_a_bad_date_is_told_with_reason_and_remedy(value: object, order: str | None, reason: str, remedy: str) -> None:
    told = date_problem(value, order)
    assert reason in told[0]
    assert remedy in told[1]
