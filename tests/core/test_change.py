"""The change of a rate in parts that add up to it, and what they are called."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from odr_xl.core.change import RateChange, rate_change
from odr_xl.errors import NoOrders, UsageError

FIRST = date(2026, 5, 1)

#: Day from `FIRST` (None: no date), orders, defective orders.
Row = tuple[int | None, int, int]


def daily(*rows: Row) -> pd.DataFrame:
    """Daily counts; Amazon's defective orders are one fewer than all of them where there is one."""
    days = [None if day is None else FIRST + timedelta(days=day) for day, _, _ in rows]
    return pd.DataFrame(
        {
            "order_date": pd.Series(days, dtype="datetime64[s]"),
            "orders": [orders for _, orders, _ in rows],
            "defective": [bad for *_, bad in rows],
            "defective_amazon": [max(0, bad - 1) for *_, bad in rows],
        }
    )


def changed(rows: list[Row], earlier: int, later: int, **options: object) -> RateChange:
    return rate_change(daily(*rows), *(FIRST + timedelta(days=day) for day in (earlier, later)), **options)


@st.composite
def changes(draw: st.DrawFn, most: int = 10**6) -> RateChange:
    """Counts that two windows may have: what they share, and what each has alone."""
    shared, gone, come = (draw(st.integers(0, most)) for _ in range(3))
    kept, aged, new = (draw(st.integers(0, orders)) for orders in (shared, gone, come))
    return RateChange(shared + gone + 1, kept + aged, shared + come + 1, kept + new, new, aged)


SHOPS = st.lists(
    st.tuples(st.integers(0, 40) | st.none(), st.integers(0, 30), st.integers(0, 30)).map(
        lambda row: (row[0], row[1], min(row[1], row[2]))
    ),
    max_size=12,
)


def test_rate_rises_without_a_new_defect_when_fewer_orders_are_in_the_window():
    # By hand: 4 of 500 is 0.8 %, 4 of 380 is 1.0526 %; over 2 * 500 * 380 the volume is 8 * 120.
    found = changed([(0, 120, 0), (10, 380, 4)], 59, 60)
    assert found == RateChange(500, 4, 380, 4, new=0, aged=0)
    assert (found.parts, found.whole, found.denominator) == ((0, 0, 960), 960, 380_000)
    assert found.effects == (0.0, 0.0, pytest.approx(960 / 380_000, rel=1e-14), pytest.approx(4 / 380 - 4 / 500))
    assert found.story == "rose_orders"


def test_parts_of_a_change_in_everything():
    # By hand: day 0 ages out (100 orders, 2 bad), day 60 comes in (50 orders, 1 bad), 300 orders with 3 bad stay.
    # 5 of 400 become 4 of 350; over 2 * 400 * 350: 1 * 750, -2 * 750, 9 * 50; together 2 * (4 * 400 - 5 * 350).
    found = changed([(0, 100, 2), (30, 300, 3), (60, 50, 1)], 59, 60)
    assert found == RateChange(400, 5, 350, 4, new=1, aged=2)
    assert found.parts == (750, -1500, 450)
    assert found.whole == -300


def test_windows_that_do_not_overlap_share_no_defect():
    found = changed([(0, 10, 2), (100, 20, 1)], 0, 100)
    assert found == RateChange(10, 2, 20, 1, new=1, aged=2)


def test_same_date_twice_is_no_change():
    assert changed([(0, 10, 2)], 0, 0) == RateChange(10, 2, 10, 2, new=0, aged=0)


def test_definition_chooses_the_defective_orders():
    rows = [(0, 100, 3), (60, 100, 3)]
    assert changed(rows, 59, 60) == RateChange(100, 3, 100, 3, new=3, aged=3)
    assert changed(rows, 59, 60, definition="amazon") == RateChange(100, 2, 100, 2, new=2, aged=2)


def test_orders_without_a_date_are_in_neither_window():
    assert changed([(None, 50, 50), (0, 10, 1)], 0, 1) == RateChange(10, 1, 10, 1, new=0, aged=0)


@given(SHOPS, st.integers(0, 40), st.integers(0, 40), st.integers(1, 30))
def test_counts_are_those_of_plain_loops_over_the_rows(rows, earlier, gap, window):
    later = earlier + gap
    n0 = d0 = n1 = d1 = new = aged = 0
    for day, orders, bad in rows:
        before = day is not None and earlier - window < day <= earlier
        after = day is not None and later - window < day <= later
        n0, d0 = n0 + before * orders, d0 + before * bad
        n1, d1 = n1 + after * orders, d1 + after * bad
        new, aged = new + (after and not before) * bad, aged + (before and not after) * bad
    if n0 and n1:
        assert changed(rows, earlier, later, window=window) == RateChange(n0, d0, n1, d1, new, aged)
        assert d1 == d0 + new - aged
    else:
        with pytest.raises(NoOrders, match="earlier" if not n0 else "later"):
            changed(rows, earlier, later, window=window)


@given(changes())
def test_whole_parts_add_up_to_the_change_exactly(change):
    exact = Fraction(change.defective_after, change.orders_after) - Fraction(
        change.defective_before, change.orders_before
    )
    assert sum(change.parts) == change.whole
    assert Fraction(change.whole, change.denominator) == exact


@given(changes(10**6) | changes(8) | changes(10**13))
@example(RateChange(2, 1, 5, 1, new=1, aged=1))  # needs a spare bit
def test_effects_add_up_to_the_last_bit_in_any_order(change):
    *parts, whole = change.effects
    assert {a + b + c for a, b, c in permutations(parts)} == {whole}


@given(changes(10**6) | changes(8) | changes(10**13))
def test_effects_are_the_parts_to_fourteen_digits_of_the_largest(change):
    largest = max(abs(part) for part in (*change.parts, change.whole)) / change.denominator
    for effect, part in zip(change.effects, (*change.parts, change.whole), strict=True):
        assert abs(Fraction(effect) - Fraction(part, change.denominator)) <= Fraction(largest) / 10**14


@given(changes())
def test_way_back_has_the_same_parts_with_the_other_sign(change):
    back = RateChange(
        change.orders_after,
        change.defective_after,
        change.orders_before,
        change.defective_before,
        new=change.aged,
        aged=change.new,
    )
    came, left, volume, whole = change.effects
    assert back.effects == (-left, -came, -volume, -whole)
    assert back.parts == tuple(-part for part in (change.parts[1], change.parts[0], change.parts[2]))


@pytest.mark.parametrize(
    ("counts", "story"),
    [
        # n0, d0, n1, d1, new, aged; the rates by hand.
        ((500, 4, 380, 4, 0, 0), "rose_orders"),  # 0.80 % -> 1.05 %
        ((500, 4, 380, 4, 2, 2), "rose_orders"),
        ((500, 5, 300, 4, 0, 1), "rose_orders_despite_defects"),  # 1.00 % -> 1.33 %
        ((500, 4, 500, 5, 1, 0), "rose_defects"),  # 0.80 % -> 1.00 %
        ((500, 4, 520, 6, 3, 1), "rose_defects_despite_orders"),  # 0.80 % -> 1.15 %
        ((500, 4, 400, 5, 1, 0), "rose_both"),  # 0.80 % -> 1.25 %
        ((500, 0, 500, 1, 1, 0), "rose_defects"),
        ((380, 4, 500, 4, 0, 0), "fell_orders"),  # 1.05 % -> 0.80 %
        ((300, 4, 500, 5, 1, 0), "fell_orders_despite_defects"),  # 1.33 % -> 1.00 %
        ((500, 5, 500, 4, 0, 1), "fell_defects"),  # 1.00 % -> 0.80 %
        ((500, 5, 480, 3, 0, 2), "fell_defects_despite_orders"),  # 1.00 % -> 0.63 %
        ((400, 5, 500, 4, 0, 1), "fell_both"),  # 1.25 % -> 0.80 %
        ((500, 0, 300, 0, 0, 0), "stayed_without_defects"),
        ((500, 4, 500, 4, 0, 0), "stayed_untouched"),
        ((500, 4, 500, 4, 3, 3), "stayed_replaced"),
        ((400, 4, 500, 5, 2, 1), "stayed_balanced"),  # 1 % twice
    ],
)
def test_change_is_called_by_what_moved_it(counts, story):
    assert RateChange(*counts).story == story


@given(changes(8) | changes(10**6))
def test_name_of_a_change_agrees_with_its_parts(change):
    came, left, volume = change.parts
    defects = came + left
    way, _, by = change.story.partition("_")
    assert way == ("rose" if change.whole > 0 else "fell" if change.whole < 0 else "stayed")
    sign = 1 if way == "rose" else -1
    if by == "both":
        assert (defects * sign > 0, volume * sign > 0) == (True, True)
    elif by.startswith("defects"):
        assert defects * sign > 0
        assert volume * sign < 0 if by.endswith("despite_orders") else volume == 0
    elif by.startswith("orders"):
        assert volume * sign > 0
        assert defects * sign < 0 if by.endswith("despite_defects") else defects == 0


@pytest.mark.parametrize(
    ("earlier", "later", "options", "error", "sentence"),
    [
        (
            1,
            0,
            {},
            UsageError,
            "The later window ends on 2026-05-01, before the earlier one on 2026-05-02. Swap the two dates.",
        ),
        (-1, 0, {}, NoOrders, "No order is in the earlier window, which ends on 2026-04-30. Choose another date."),
        (0, 60, {}, NoOrders, "No order is in the later window, which ends on 2026-06-30. Choose another date."),
        (0, 1, {"window": 0}, UsageError, "A window has at least one day, not 0."),
        (0, 1, {"window": 800_000}, UsageError, "The window begins before the year 1. Take fewer days."),
        (0, 1, {"window": 10**12}, UsageError, "The window begins before the year 1. Take fewer days."),
        (0, 1, {"definition": "strict"}, UsageError, "Choose from: amazon, returns, all"),
    ],
)
def test_impossible_change_is_refused_with_a_sentence(earlier, later, options, error, sentence):
    with pytest.raises(error) as raised:
        changed([(0, 10, 1)], earlier, later, **options)
    assert sentence in str(raised.value)
