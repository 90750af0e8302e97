"""The trend of a history: the rates as they were seen, in the columns of ODR_TREND."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest
from writer import DAY, snapshot

from odr_xl.core.snapshot import Printed
from odr_xl.errors import InputError, UsageError
from odr_xl.excel.functions import FORMULAS
from odr_xl.history.store import Kept
from odr_xl.history.trend import seen_points, trend_rows, write_trend

FUNCTIONS = {function.__name__: function for function in FORMULAS}
HISTORY = tuple(Kept(snapshot(100 + n, DAY + timedelta(days=n)), 1, "2026-11-20T09:30:00+00:00") for n in range(3))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_columns_are_those_of_odr_trend(language):
    days = FUNCTIONS["ODR_DAYS"]([["Order ID", "Order date"], ["A-1", "2026-11-01"]])
    header = FUNCTIONS["ODR_TREND"](days, "2026-11-05", 1, lang=language)[0]
    assert trend_rows(seen_points(HISTORY), language)[0] == header


def test_rows_have_the_window_the_counts_and_the_rates_of_all_accounts():
    # Two accounts of 100 orders, each with 1 defect by Amazon's definition and 2 by any: 2 of 200 and 4 of 200.
    assert trend_rows(seen_points(HISTORY))[1] == ["2026-11-05", 200, 2, 0.01, 0.02, 0.01]
    assert len(trend_rows(seen_points(HISTORY))) == 4


def test_one_account_may_be_chosen_and_a_day_without_it_has_no_point():
    later = Kept(snapshot(50, DAY + timedelta(days=9), marketplaces=("US",)), 1, "")
    points = list(seen_points((*HISTORY, later), "de"))
    assert [(seen.day, seen.point.orders) for seen in points] == [(DAY + timedelta(days=n), 100 + n) for n in range(3)]


def test_account_without_orders_has_na_and_never_0():
    empty = snapshot(0)
    none = tuple(replace(own, counts=dict.fromkeys(own.counts, 0)) for own in empty.accounts)
    rows = trend_rows(seen_points([Kept(replace(empty, accounts=none), 1, "")]))
    assert rows[1][3:5] == ["#N/A", "#N/A"]


@pytest.mark.parametrize(
    ("first", "second", "total"),
    [
        (Printed(DAY, DAY, 90, 3), Printed(DAY, DAY, 80, 2), (5, 170)),
        (Printed(DAY, DAY, 90, 3), None, None),  # Amazon's total isn't known
        (Printed(DAY, DAY, 90, 3), Printed(None, DAY, 80, 2), None),  # of another period
        (Printed(DAY, DAY, 90, 3), Printed(DAY, DAY, 80, None), None),
        (None, None, None),
    ],
)
def test_amazons_total_is_shown_only_where_each_account_has_one(first, second, total):
    found = snapshot(100)
    accounts = tuple(replace(own, printed=told) for own, told in zip(found.accounts, (first, second), strict=True))
    (seen,) = seen_points([Kept(replace(found, accounts=accounts), 1, "")])
    assert seen.printed == total


def test_file_is_what_excel_reads_and_holds_the_numbers_unrounded(tmp_path):
    path = tmp_path / "trend.csv"
    rows = trend_rows(seen_points(HISTORY), "zh")
    write_trend(path, rows)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert read == [[str(cell) for cell in row] for row in rows]
    assert float(read[2][3]) == 2 / 202
    write_trend(path, rows)  # the next one replaces it, also in the other language
    write_trend(path, trend_rows(seen_points(HISTORY), "en"))


def test_no_other_file_is_replaced(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(InputError, match="isn't a trend"):
        write_trend(path, trend_rows(seen_points(HISTORY)))
    assert path.read_text("utf-8") == "a,b\n1,2\n"
    with pytest.raises(UsageError, match="must end in"):
        write_trend(tmp_path / "history.sqlite", [])
    with pytest.raises(InputError, match="isn't a folder"):
        write_trend(tmp_path / "nowhere" / "t.csv", [])
