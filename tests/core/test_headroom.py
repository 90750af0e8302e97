"""Headroom and orders needed: the way to the target and back, in whole orders."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.headroom import headroom, orders_needed
from odr_xl.core.rate import rate_status
from odr_xl.errors import NoOrders, UsageError

#: Targets whose products with whole numbers fall on both sides of the whole number that they mean, as floats.
TARGETS = st.sampled_from((0.01, 0.0075, 0.005, 0.02, 0.03, 0.07, 0.1, 0.29, 1 / 3, 0.58)) | st.floats(1e-4, 0.999)


def is_over(defective: int, orders: int, target: float) -> bool:
    return rate_status(defective / orders, target=target, warning=0) == "over_target"


@st.composite
def counts(draw: st.DrawFn, most: int = 400) -> tuple[int, int]:
    orders = draw(st.integers(1, most))
    return draw(st.integers(0, orders)), orders


@pytest.mark.parametrize(
    ("defective", "orders", "room", "needed"),
    [
        # By hand, in hundredths: room is the largest k with 100 (d + k) < n, needed the least g with 100 d < n + g.
        (0, 100, 0, 0),  # 1 of 100 is 1.00 %, which misses the target
        (0, 101, 1, 0),
        (5, 1000, 4, 0),  # 10 of 1000 would miss it
        (1, 100, 0, 1),
        (5, 369, 0, 132),  # 501 orders are needed for 5
        (1, 40, 0, 61),
        (0, 1, 0, 0),
        (1, 1, 0, 100),
        (7, 7, 0, 694),
        (9, 1000, 0, 0),
        (10, 1000, 0, 1),
    ],
)
def test_distance_to_one_percent(defective, orders, room, needed):
    assert headroom(defective, orders) == room
    assert orders_needed(defective, orders) == needed


@given(counts(), TARGETS)
def test_headroom_is_what_counting_up_finds(made, target):
    defective, orders = made
    found = 0
    while defective + found < orders and not is_over(defective + found + 1, orders, target):
        found += 1
    assert headroom(defective, orders, target=target) == (0 if is_over(defective, orders, target) else found)


@given(counts(60), TARGETS.filter(lambda target: target > 0.005))
def test_orders_needed_is_what_counting_up_finds(made, target):
    defective, orders = made
    found = next(more for more in count() if not is_over(defective, orders + more, target))
    assert orders_needed(defective, orders, target=target) == found


@given(counts(10**9), TARGETS)
def test_one_step_further_misses_the_target_and_one_order_fewer_does_too(made, target):
    defective, orders = made
    room = headroom(defective, orders, target=target)
    needed = orders_needed(defective, orders, target=target)
    if is_over(defective, orders, target):
        assert room == 0
        assert is_over(defective, orders + needed - 1, target)
    else:
        assert needed == 0
        assert not is_over(defective + room, orders, target)
        assert is_over(defective + room + 1, orders, target)
    assert not is_over(defective, orders + needed, target)


@given(counts(), TARGETS)
def test_headroom_and_orders_needed_are_inverse_at_the_border(made, target):
    # The orders needed for d defective ones are the fewest with room for at least 0 more: after them d is under, and
    # one more defect than there is room for needs orders again.
    defective, orders = made
    filled = defective + headroom(defective, orders, target=target)
    if not is_over(defective, orders, target):
        assert orders_needed(filled, orders, target=target) == 0
        assert orders_needed(filled + 1, orders, target=target) > 0
        assert headroom(filled, orders, target=target) == 0


@given(counts(), st.integers(0, 500), TARGETS)
def test_more_good_orders_never_shrink_the_room_and_are_taken_off_those_needed(made, good, target):
    defective, orders = made
    assert headroom(defective, orders + good, target=target) >= headroom(defective, orders, target=target)
    needed = orders_needed(defective, orders, target=target)
    assert orders_needed(defective, orders + good, target=target) == max(0, needed - good)


@given(counts(), TARGETS)
def test_one_more_defect_takes_one_off_the_room_and_never_needs_fewer_orders(made, target):
    defective, orders = made
    if defective < orders:
        room = headroom(defective, orders, target=target)
        assert headroom(defective + 1, orders, target=target) == max(0, room - 1)
        needed = orders_needed(defective, orders, target=target)
        assert orders_needed(defective + 1, orders, target=target) >= needed


@given(counts(), TARGETS)
def test_room_is_never_more_than_the_orders_that_are_left(made, target):
    defective, orders = made
    assert 0 <= headroom(defective, orders, target=target) <= orders - defective


@pytest.mark.parametrize("distance", [headroom, orders_needed])
@pytest.mark.parametrize(
    ("defective", "orders", "target", "error", "remedy"),
    [
        (0, 0, 0.01, NoOrders, "Check the dates"),
        (2, 1, 0.01, UsageError, "Check the two counts"),
        (-1, 1, 0.01, UsageError, "Check the two counts"),
        (0, 1, 1, UsageError, r"such as 0\.01 for 1%, not 1\."),
        (0, 1, 0, UsageError, "such as 0.01 for 1%"),
        (0, 1, float("nan"), UsageError, "such as 0.01 for 1%"),
    ],
)
def test_impossible_distance_is_refused_with_a_remedy(distance, defective, orders, target, error, remedy):
    with pytest.raises(error, match=remedy):
        distance(defective, orders, target=target)


def test_target_that_no_number_of_orders_meets_is_refused():
    with pytest.raises(UsageError, match="Give a larger target"):
        orders_needed(1, 100, target=1e-300)
