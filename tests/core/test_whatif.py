"""What if: the same window with appeals won, further defects, or another volume."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.whatif import Standing, standing, what_if
from odr_xl.errors import NoOrders, UsageError


def test_two_appeals_won_of_five_in_369_orders_leave_three():
    # By hand: 3 of 369 is 0.813 %; 3 are under 1 % from 301 orders on; a fourth would be 1.08 %.
    assert what_if(5, 369, won=2) == Standing(369, 3, 3 / 369, 0, 0, "at_risk")


def test_fifth_fewer_orders_and_the_same_defects_raise_the_rate():
    # By hand: 369 less 73.8, so 74 fewer, are 295; 5 of 295 need 501 orders, 206 more.
    assert what_if(5, 369, order_change=-0.2) == Standing(295, 5, 5 / 295, 0, 206, "over_target")


def test_won_added_and_volume_work_together():
    # 4 - 1 + 2 = 5 defective orders of 400 + 100.
    assert what_if(4, 400, won=1, added=2, order_change=0.25) == Standing(500, 5, 0.01, 0, 1, "over_target")


def test_standing_follows_the_sellers_own_target():
    # By hand: 4 of 1000 is under 0.5 %, room for none (5 would reach it); the warning level is then the target itself.
    assert standing(4, 1000, target=0.005) == Standing(1000, 4, 0.004, 0, 0, "healthy")
    assert standing(5, 1000, target=0.005).status == "over_target"


def test_change_of_half_an_order_is_rounded_to_the_even_number():
    assert what_if(0, 5, order_change=0.5).orders == 7  # 2.5 more are 2 more
    assert what_if(0, 7, order_change=0.5).orders == 11  # 3.5 more are 4 more


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_nothing_changed_is_where_the_window_stands(orders, defective):
    defective = min(defective, orders)
    assert what_if(defective, orders) == standing(defective, orders)


@given(st.integers(1, 500), st.data())
def test_appeals_won_never_raise_the_rate_and_added_defects_never_lower_it(orders, data):
    defective = data.draw(st.integers(0, orders))
    won = data.draw(st.integers(0, defective))
    added = data.draw(st.integers(0, orders - defective))
    now = standing(defective, orders)
    better, worse = what_if(defective, orders, won=won), what_if(defective, orders, added=added)
    assert (better.rate <= now.rate, better.headroom >= now.headroom) == (True, True)
    assert (worse.rate >= now.rate, worse.headroom <= now.headroom) == (True, True)
    assert what_if(defective, orders, won=won, added=won) == now


@pytest.mark.parametrize(
    ("counts", "options", "error", "sentence"),
    [
        ((3, 100), {"won": 4}, UsageError, "won is at most 3, the number of defective orders, not 4."),
        ((3, 100), {"won": -1}, UsageError, "won and added are whole numbers from 0, not -1."),
        ((3, 100), {"added": -2}, UsageError, "won and added are whole numbers from 0, not -2."),
        (
            (3, 100),
            {"added": 98},
            UsageError,
            "101 defective orders of 100 can't be. Take a smaller added or a smaller drop in orders.",
        ),
        (
            (60, 100),
            {"order_change": -0.5},
            UsageError,
            "60 defective orders of 50 can't be. Take a smaller added or a smaller drop in orders.",
        ),
        (
            (3, 100),
            {"order_change": -20},
            UsageError,
            "order_change is a fraction above -1 and at most 1000, such as -0.2 for 20% fewer orders, not -20.",
        ),
        ((3, 100), {"order_change": float("nan")}, UsageError, "order_change is a fraction above -1"),
        ((3, 100), {"order_change": float("inf")}, UsageError, "order_change is a fraction above -1"),
        ((0, 1), {"order_change": -0.9}, NoOrders, "no order would be left. Take a smaller change."),
        ((0, 0), {}, NoOrders, "There is no order in the window"),
        ((0, 1), {"target": 1.0}, UsageError, "The target is a fraction between 0 and 1"),
    ],
)
def test_impossible_case_is_refused_with_a_sentence(counts, options, error, sentence):
    with pytest.raises(error) as raised:
        what_if(*counts, **options)
    assert sentence in str(raised.value)
