"""The quick way to the daily counts: the same table as the long way, or none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS
from odr_xl.errors import InputError
from odr_xl.excel.arguments import read_days, refuse
from odr_xl.excel.days import is_days, quick_days
from odr_xl.labels import word
from odr_xl.marketplaces import MARKETPLACES
from odr_xl.readers.blocks import Block
from odr_xl.readers.ranges import read_range

NAMES = (*DAY_KEYS, *COUNT_COLUMNS)
DAY = datetime(2026, 3, 2)
Table = list[list[Any]]


def table(*rows: list[Any], language: str = "en") -> Table:
    return [[word(name, language) for name in NAMES], *map(list, rows)]


def row(**cells: Any) -> list[Any]:
    plain = {"order_date": DAY, "channel": "MFN", "marketplace": "US", **dict.fromkeys(COUNT_COLUMNS, 3)}
    return list((plain | cells).values())


def the_long_way(rows: Table) -> pd.DataFrame:
    reading = read_range(rows, kind="days")
    refuse(reading)
    return reading.table


def cells_of(found: pd.DataFrame) -> dict[str, list[Any]]:
    return {name: ["" if pd.isna(cell) else cell for cell in found[name]] for name in NAMES}


#: Cells that may stand in each column, most of them just what ODR_DAYS writes.
DATES = st.datetimes(datetime(1990, 1, 1), datetime(2105, 1, 1)) | st.sampled_from(
    ["", " ", None, DAY, date(2026, 3, 2), 46083.0, "2026-03-02", "5/6/26", True, DAY.replace(tzinfo=UTC)]
)
CHANNELS = st.sampled_from(["MFN", "AFN", "", "mfn", "Amazon", " ", None, "#N/A", 5, "Pigeon"])
PLACES = st.sampled_from(["US", "DE", "", "us", "Amazon.de", "GB", None, "Mars", 1.0])
NUMBERS = (
    st.integers(0, 10**6)
    | st.integers(0, 10**6).map(float)
    | st.sampled_from([0, 2**53, 2**53 + 1, -1, -0.0, 0.5, 1e300, float("inf"), float("nan"), True, "", None,
                       "7", "1,5", "#REF!", "many"])
)  # fmt: skip
GOOD_DATES = st.dates(date(1995, 1, 1), date(2100, 12, 31)).map(lambda d: datetime(d.year, d.month, d.day)) | st.just(
    ""
)
GOOD_NUMBERS = st.integers(0, 2**53) | st.integers(0, 10**6).map(float)


@st.composite
def anything(draw: st.DrawFn) -> Table:
    """A table of daily counts in which a few cells, or none, are others than ODR_DAYS writes."""
    rows = draw(st.lists(st.tuples(GOOD_DATES, st.sampled_from(("AFN", "MFN", "")),
                                   st.sampled_from(("", *MARKETPLACES)), *[GOOD_NUMBERS] * len(COUNT_COLUMNS)),
                         max_size=4))  # fmt: skip
    made = table(*(list(cells) for cells in rows), language=draw(st.sampled_from(("en", "zh"))))
    if rows:
        for _ in range(draw(st.integers(0, 2))):
            at, column = draw(st.integers(1, len(rows))), draw(st.integers(0, len(NAMES) - 1))
            made[at][column] = draw([DATES, CHANNELS, PLACES][column] if column < 3 else NUMBERS)
    return made


@settings(deadline=None, max_examples=150)
@given(anything())
def test_quick_way_gives_the_table_of_the_long_way_or_none(rows):
    found = quick_days(rows)
    if found is not None:
        assert cells_of(found) == cells_of(the_long_way(rows))
        assert [found[name].dtype for name in COUNT_COLUMNS] == ["int64"] * len(COUNT_COLUMNS)
        assert found["order_date"].dtype == "datetime64[s]"
        assert list(found.columns) == list(NAMES)


@settings(deadline=None, max_examples=60)
@given(anything())
def test_reading_is_the_same_whichever_way_it_goes(rows):
    try:
        expected = cells_of(the_long_way(rows))
    except InputError:
        with pytest.raises(InputError):
            read_days(rows)
    else:
        assert cells_of(read_days(rows)) == expected


def test_what_odr_days_writes_goes_the_quick_way():
    # Python's own calls give whole numbers, Excel gives floats, and a column may have both.
    kinds: list[Any] = [int, float]
    for language in ("en", "zh"):
        for kind in kinds:
            rows = table(row(orders=kind(7)), row(order_date="", channel="", marketplace=""), language=language)
            rows = [rows[0], *([kind(c) if type(c) is int else c for c in cells] for cells in rows[1:])]
            assert quick_days(rows) is not None
            assert quick_days(Block(rows, "Days", 4, 1)) is not None
            assert quick_days([tuple(cells) for cells in rows]) is not None
    mixed = quick_days(table(row(orders=7), row(orders=7.0)))
    assert mixed is not None
    assert mixed["orders"].to_list() == [7, 7]


def test_serial_numbers_and_missing_values_go_the_quick_way_too():
    # xlwings Lite gives dates as numbers and blank cells as None. 2026-03-02 is 46083: 46023 is 2026-01-01, 60 days on.
    seen = [row(order_date=46083), row(order_date=46083.75), row(order_date=None, channel=None, marketplace=None)]
    found = quick_days(table(*seen))
    assert found is not None
    assert found["order_date"].dt.date.tolist()[:2] == [date(2026, 3, 2)] * 2
    assert found["order_date"].isna().tolist() == [False, False, True]
    assert found["channel"].tolist()[2] == found["marketplace"].tolist()[2] == ""
    assert cells_of(found) == cells_of(the_long_way(table(*seen)))


@pytest.mark.parametrize("first", [date(1995, 1, 1), date(2026, 2, 28), date(2096, 2, 29), date(2100, 12, 31)])
def test_every_day_that_can_be_is_read_as_itself(first):
    found = quick_days(table(row(order_date=datetime.combine(first, datetime.min.time()))))
    assert found is not None
    assert found["order_date"][0].date() == first


@pytest.mark.parametrize(
    "cells",
    [
        {"order_date": " "},
        {"order_date": "2026-03-02"},
        {"order_date": 34699},  # 1994-12-31
        {"order_date": 73416.0},  # 2101-01-01
        {"order_date": float("nan")},
        {"order_date": float("inf")},
        {"order_date": True},
        {"order_date": date(2026, 3, 2)},
        {"order_date": DAY.replace(tzinfo=UTC)},
        {"order_date": datetime(1994, 12, 31)},
        {"order_date": datetime(2101, 1, 1)},
        {"channel": "mfn"},
        {"channel": "Merchant"},
        {"marketplace": "Amazon.de"},
        {"marketplace": "us"},
        {"orders": True},
        {"orders": None},
        {"orders": ""},
        {"orders": "3"},
        {"orders": "#N/A"},
        {"orders": -1},
        {"orders": 0.5},
        {"left_out": float("nan")},
        {"left_out": float("inf")},
        {"left_out": 1e17},
        {"left_out": 10**400},
        {"chargeback": False},
    ],
    ids=str,
)
def test_cell_that_odr_days_does_not_write_is_left_to_the_long_way(cells):
    assert quick_days(table(row())) is not None
    for rows in (table(row(**cells)), table(row(), row(**cells)), table(row(**cells), row())):
        assert quick_days(rows) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows[:1],
        lambda rows: [["Days"], *rows],
        lambda rows: [[*cells, ""] for cells in rows],
        lambda rows: [cells[:-1] for cells in rows],
        lambda rows: [rows[0], rows[1][:-1]],
        lambda rows: [rows[0][::-1], rows[1][::-1]],
        lambda rows: [[cell.upper() for cell in rows[0]], *rows[1:]],
        lambda rows: [*rows, [None] * len(NAMES)],
    ],
    ids=["header only", "title", "column more", "column fewer", "short row", "other order", "capitals", "blank row"],
)
def test_table_of_another_form_is_left_to_the_long_way(change):
    assert quick_days(change(table(row()))) is None


def test_time_of_day_is_not_part_of_the_day():
    late = table(row(order_date=DAY + timedelta(hours=23, minutes=59)))
    found = quick_days(late)
    assert found is not None
    assert found["order_date"][0] == DAY
    assert cells_of(found) == cells_of(the_long_way(late))


@pytest.mark.parametrize("rows", [None, "", "#REF!", 5, [], [[]], [None], ["Order date"], [["Order ID", "Order date"]]])
def test_what_has_no_such_header_is_no_table_of_days(rows):
    assert not is_days(rows)
    with pytest.raises(InputError, match="result of ODR_DAYS"):
        read_days(rows)
