"""The neighbour metrics: which side of a target is good, and what can be counted here without Amazon's report."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from core_tables import order_id, table
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.core.signs import MARKED, MEASURES, Sign, meets, own_signs, share
from odr_xl.errors import UsageError

AS_OF = date(2026, 9, 30)
#: By hand: 30 days that end on 30 September begin on the 1st, 7 days on the 24th.
LATE_FROM, CANCELLED_FROM = date(2026, 9, 1), date(2026, 9, 24)


def days(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {"order_date": date(2026, 9, 25), "channel": "MFN", "marketplace": "US"}
    told = [usual | row for row in rows]
    data: dict[str, Any] = {
        name: np.array([r[name] for r in told], dtype=object) for name in ("channel", "marketplace")
    }
    data["order_date"] = np.array([np.datetime64(r["order_date"] or "NaT", "s") for r in told], dtype="datetime64[s]")
    return pd.DataFrame(data | {n: np.array([r.get(n, 0) for r in told], dtype=np.int64) for n in COUNT_COLUMNS})


def marks(*rows: dict[str, Any]) -> pd.DataFrame:
    listed = [{"order_id": order_id(n), "channel": "MFN"} | row for n, row in enumerate(rows)]
    return table(listed, columns=("order_id", "order_date", "channel", "late_shipment", "cancellation"))


def sign(found: tuple[Sign, ...], metric: str) -> Sign:
    return next(s for s in found if s.metric == metric)


@pytest.mark.parametrize(
    ("metric", "count", "whole", "target", "expected"),
    [
        # Amazon's report says LESS_THAN: 1 of 25 is 4 %, which is not under 4 %.
        ("late_shipment", 1, 25, 0.04, False),
        ("late_shipment", 1, 26, 0.04, True),
        ("cancellation", 1, 40, 0.025, False),
        ("cancellation", 0, 40, 0.025, True),
        # GREATER_THAN: 19 of 20 is 95 %, which is not over 95 %.
        ("valid_tracking", 19, 20, 0.95, False),
        ("valid_tracking", 20, 21, 0.95, True),
        ("on_time_delivery", 9, 10, 0.9, False),
        ("on_time_delivery", 91, 100, 0.9, True),
    ],
)
def test_rate_that_equals_its_target_misses_it_on_both_sides(metric, count, whole, target, expected):
    assert meets(metric, share(count, whole), target) is expected


def test_without_a_target_or_a_rate_there_is_no_verdict():
    assert meets("late_shipment", 0.5, None) is None
    assert meets("late_shipment", None, 0.04) is None
    with pytest.raises(UsageError, match="Choose from: late_shipment"):
        meets("order_defect_rate", 0.1, 0.01)


@given(st.sampled_from(sorted(MEASURES)), st.integers(0, 500), st.integers(1, 500), st.integers(0, 1000))
def test_verdict_is_that_of_exact_fractions(metric, count, whole, thousandths):
    count = min(count, whole)
    exact, goal = Fraction(count, whole), Fraction(thousandths, 1000)
    expected = exact < goal if metric in ("late_shipment", "cancellation") else exact > goal
    assert meets(metric, share(count, whole), thousandths / 1000) is expected


def test_no_orders_or_a_part_larger_than_its_whole_give_no_rate():
    assert [share(0, 0), share(3, None), share(None, 3), share(4, 3)] == [None] * 4
    assert share(0, 3) == 0.0


def test_late_shipments_are_counted_over_30_days_and_cancellations_over_7():
    found = own_signs(
        marks(
            {"order_date": LATE_FROM, "late_shipment": True},
            {"order_date": LATE_FROM - timedelta(days=1), "late_shipment": True},
            {"order_date": AS_OF, "late_shipment": True},
            {"order_date": CANCELLED_FROM, "cancellation": True},
            {"order_date": CANCELLED_FROM - timedelta(days=1), "cancellation": True},
        ),
        days(
            {"order_date": LATE_FROM, "orders": 30},
            {"order_date": CANCELLED_FROM, "orders": 10},
            {"order_date": AS_OF + timedelta(days=1), "orders": 99},
            {"order_date": AS_OF, "orders": 500, "channel": "AFN"},
        ),
        AS_OF,
    )
    assert [(s.metric, s.start, s.end, s.count, s.orders, s.basis) for s in found] == [
        ("late_shipment", LATE_FROM, AS_OF, 2, 40, "marks"),
        ("cancellation", CANCELLED_FROM, AS_OF, 1, 10, "marks"),
    ]
    assert [s.rate for s in found] == [0.05, 0.1]  # 2 of 40, 1 of 10


def test_order_that_stands_twice_on_the_list_is_one_order():
    twice = {"order_id": order_id(7), "order_date": AS_OF, "late_shipment": True}
    assert sign(own_signs(marks(twice, twice), None, AS_OF), "late_shipment").count == 1


def test_orders_that_amazon_ships_are_never_late_here():
    listed = marks({"order_date": AS_OF, "late_shipment": True, "channel": "AFN"})
    assert own_signs(listed, None, AS_OF) == ()


def test_without_daily_counts_there_is_a_count_and_no_rate():
    found = sign(own_signs(marks({"order_date": AS_OF, "late_shipment": True}), None, AS_OF), "late_shipment")
    assert (found.count, found.orders, found.rate) == (1, None, None)


def test_list_that_ends_before_the_days_counts_nothing_instead_of_0():
    old = marks({"order_date": date(2026, 8, 31), "late_shipment": True})
    found = sign(own_signs(old, days({"orders": 10}), AS_OF), "late_shipment")
    assert (found.count, found.rate, found.basis, found.last_mark) == (None, None, "short_list", date(2026, 8, 31))


def test_recent_orders_that_amazon_ships_dont_make_the_list_reach_further():
    listed = marks(
        {"order_date": date(2026, 8, 31), "late_shipment": True},
        {"order_date": AS_OF, "channel": "AFN"},
    )
    assert sign(own_signs(listed, days({"orders": 10}), AS_OF), "late_shipment").basis == "short_list"


def test_marks_without_dates_count_nothing_instead_of_0():
    listed = marks({"order_date": None, "late_shipment": True}, {"order_date": AS_OF})
    assert sign(own_signs(listed, days({"orders": 10}), AS_OF), "late_shipment").basis == "undated"
    without_column = listed.drop(columns="order_date")
    assert sign(own_signs(without_column, days({"orders": 10}), AS_OF), "late_shipment").basis == "undated"
    # An order without a date that isn't late does no harm.
    harmless = marks({"order_date": None, "cancellation": False}, {"order_date": AS_OF, "late_shipment": True})
    assert sign(own_signs(harmless, None, AS_OF), "late_shipment").count == 1


def test_cancelled_orders_stand_in_for_marks_as_an_upper_bound():
    counted = days(
        {"orders": 20, "cancelled": 2},
        {"orders": 50, "cancelled": 9, "channel": "AFN"},
        {"order_date": CANCELLED_FROM - timedelta(days=1), "orders": 5, "cancelled": 5},
    )
    for listed in (None, marks(), marks({"order_date": date(2026, 8, 1), "cancellation": True})):
        found = sign(own_signs(listed, counted, AS_OF), "cancellation")
        assert (found.count, found.orders, found.basis) == (2, 20, "cancelled")


def test_cancelled_orders_that_a_setting_leaves_out_are_no_upper_bound():
    # ODR_DAYS without cancelled orders has none among its orders and counts them as left out.
    assert own_signs(None, days({"orders": 20, "left_out": 3}), AS_OF) == ()
    assert sign(own_signs(None, days({"orders": 20}), AS_OF), "cancellation").count == 0
    assert sign(own_signs(None, days({"orders": 20, "cancelled": 1, "left_out": 3}), AS_OF), "cancellation").count == 1


def test_metrics_of_amazons_report_are_not_estimated_again():
    listed = marks({"order_date": AS_OF, "late_shipment": True, "cancellation": True})
    found = own_signs(listed, days({"orders": 9, "cancelled": 1}), AS_OF, without={"late_shipment"})
    assert [s.metric for s in found] == ["cancellation"]
    assert own_signs(listed, days({"orders": 9}), AS_OF, without=set(MARKED)) == ()


def test_account_is_named_when_only_one_marketplace_sells():
    listed = marks({"order_date": AS_OF, "late_shipment": True})
    one = own_signs(listed, days({"orders": 3}, {"orders": 4, "marketplace": "DE", "channel": "AFN"}), AS_OF)
    two = own_signs(listed, days({"orders": 3}, {"orders": 4, "marketplace": "DE"}), AS_OF)
    nowhere = own_signs(listed, days({"orders": 3, "marketplace": ""}), AS_OF)
    assert [found[0].account for found in (one, two, nowhere)] == ["US MFN", "MFN", "MFN"]
    assert two[0].orders == 7


@given(
    st.lists(
        st.tuples(
            st.integers(0, 6),
            st.dates(LATE_FROM - timedelta(days=3), AS_OF + timedelta(days=3)),
            st.sampled_from(["MFN", "AFN", ""]),
            st.booleans(),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_late_orders_are_those_counted_one_by_one(rows):
    listed = marks(
        *({"order_id": order_id(n), "order_date": d, "channel": c, "late_shipment": late} for n, d, c, late in rows)
    )
    found = [s for s in own_signs(listed, days({"orders": 50}), AS_OF) if s.metric == "late_shipment"]
    expected = {n for n, d, c, late in rows if late and c != "AFN" and LATE_FROM <= d <= AS_OF}
    sellers = [d for _, d, c, _ in rows if c != "AFN"]
    if not sellers:
        assert found == []
    elif max(sellers) < LATE_FROM:
        assert found[0].count is None
    else:
        assert (found[0].count, found[0].orders) == (len(expected), 50)
