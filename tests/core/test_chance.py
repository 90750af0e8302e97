"""Chance: the exact test of one group, and the guard against false alarms among many."""

from __future__ import annotations

from fractions import Fraction
from math import comb, isclose, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.chance import FALSE_ALARMS, chance_of_more, stand_out
from odr_xl.errors import UsageError


def exact(defective: int, orders: int, all_defective: int, all_orders: int) -> Fraction:
    """The same chance, counted: the ways to deal the defective orders, in whole numbers."""
    ways = sum(
        comb(all_defective, x) * comb(all_orders - all_defective, orders - x)
        for x in range(defective, min(orders, all_defective) + 1)
    )
    return Fraction(ways, comb(all_orders, orders))


@pytest.mark.parametrize(
    ("defective", "orders", "all_defective", "all_orders", "expected"),
    [
        # scipy 1.17.1: hypergeom.sf(defective - 1, all_orders, all_defective, orders); its
        # fisher_exact([[k, n - k], [K - k, N - n - K + k]], alternative="greater") gives the same.
        (3, 10, 4, 100, 0.0028077960331274027),
        (6, 400, 9, 1000, 0.09834583922546648),
        (3, 600, 9, 1000, 0.9754847574361476),
        (12, 400, 15, 1000, 0.0017967355182683998),
        (2, 150, 11, 900, 0.5706429722094531),
        (5, 12, 40, 5000, 1.924654542360464e-08),
        (30, 1000, 100, 1_000_000, 1.7732590444819827e-65),
        (40, 60, 300, 20_000, 2.4524581212450083e-59),
        (5000, 500_000, 10_000, 1_000_000, 0.5040094205562096),
        (5200, 500_000, 10_000, 1_000_000, 3.028294880718037e-05),
        (4800, 500_000, 10_000, 1_000_000, 0.9999721949404016),
        # By hand: the one defect falls on the 40 of 100 orders; on a group that must have 7 of the 8.
        (1, 40, 1, 100, 0.4),
        (7, 9, 8, 10, 1.0),
        (0, 30, 5, 90, 1.0),
        # 5,000 expected: so few are as good as impossible, and their own probability is too small for a float.
        (10, 500_000, 10_000, 1_000_000, 1.0),
        (5, 90, 5, 90, 1.0),
        (0, 0, 0, 0, 1.0),
    ],
)  # fmt: skip
def test_chance_against_scipy(defective, orders, all_defective, all_orders, expected):
    chance = chance_of_more(defective, orders, all_defective=all_defective, all_orders=all_orders)
    # Logarithms of factorials of a million have 16 digits, of which the difference leaves 8.
    assert isclose(chance, expected, rel_tol=5e-9)


@given(st.data())
def test_chance_is_the_share_of_the_ways_to_deal_the_defects(data):
    orders, others = data.draw(st.integers(0, 40)), data.draw(st.integers(0, 60))
    defective, other_defective = data.draw(st.integers(0, orders)), data.draw(st.integers(0, others))
    chance = chance_of_more(defective, orders, all_defective=defective + other_defective, all_orders=orders + others)
    expected = exact(defective, orders, defective + other_defective, orders + others)
    assert isclose(chance, float(expected), rel_tol=1e-9)
    assert 0 <= chance <= 1


@given(st.data())
def test_one_defect_more_in_the_group_instead_of_the_rest_is_less_likely(data):
    orders, others = data.draw(st.integers(1, 30)), data.draw(st.integers(1, 30))
    defective, other_defective = data.draw(st.integers(0, orders - 1)), data.draw(st.integers(1, others))
    whole = {"all_defective": defective + other_defective, "all_orders": orders + others}
    more = chance_of_more(defective + 1, orders, **whole)
    assert more < chance_of_more(defective, orders, **whole)
    assert exact(defective + 1, orders, *whole.values()) < exact(defective, orders, *whole.values())


@pytest.mark.parametrize(
    ("counts", "whole"),
    [((3, 2), (3, 10)), ((-1, 2), (3, 10)), ((3, 5), (2, 10)), ((1, 11), (1, 10)), ((0, 5), (6, 10))],
)
def test_counts_that_contradict_each_other_are_refused(counts, whole):
    # More defects than orders, fewer than none, more than in all, more orders than all, more defects than the rest has.
    with pytest.raises(UsageError, match="Check the four counts"):
        chance_of_more(*counts, all_defective=whole[0], all_orders=whole[1])


#: The 15 chances of the example in Benjamini and Hochberg's article (1995, section 3.2).
ARTICLE = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
)  # fmt: skip


@pytest.mark.parametrize(("false_alarms", "expected"), [(0.05, 4), (0.10, 9), (0.20, 9)])
def test_example_of_benjamini_and_hochberg(false_alarms, expected):
    # Their article rejects the first four at 5 %; statsmodels 0.15.0, multipletests(method="fdr_bh"), gives the rest.
    assert stand_out(ARTICLE, false_alarms=false_alarms) == tuple(n < expected for n in range(15))


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        # statsmodels 0.15.0, multipletests(chances, alpha=0.1, method="fdr_bh")[0]
        ([0.04, 0.9, 0.03, 0.5], [True, False, True, False]),
        ([0.04, 0.9, 0.3, 0.5], [False, False, False, False]),
        ([0.02, 0.04, 0.06, 0.08, 0.1], [True] * 5),  # each only just: the last one carries the others
        ([0.2, 0.01, 0.01, 0.9, 0.04, 0.05], [False, True, True, False, True, True]),
        ([0.1], [True]),
        ([0.11], [False]),
        ([], []),
    ],
)
def test_groups_that_stand_out_against_statsmodels(chances, expected):
    assert list(stand_out(chances)) == expected


@given(st.lists(st.integers(0, 400).map(lambda n: (n + 0.5) / 1009), max_size=12), st.randoms())
def test_a_group_stands_out_when_its_adjusted_chance_is_at_most_the_limit(chances, random):
    # The other way to write the procedure: each chance times groups / rank, lowered to the least of those above it.
    def adjusted(chance: float) -> float:
        ranked = sorted(chances)
        return min(len(chances) * p / (at + 1) for at, p in enumerate(ranked) if p >= chance)

    assert list(stand_out(chances)) == [adjusted(chance) <= FALSE_ALARMS for chance in chances]
    order = list(range(len(chances)))
    random.shuffle(order)
    shuffled = stand_out([chances[at] for at in order])
    assert list(shuffled) == [stand_out(chances)[at] for at in order]


@pytest.mark.parametrize(
    ("sizes", "defects"),
    [((31, 17), 7), ((27, 36), 6), ((33, 37, 20), 4), ((22, 33, 28, 33), 7), ((21, 35, 37, 36), 3)],
)
def test_where_all_groups_are_alike_at_most_one_shop_in_ten_sees_a_group_stand_out(sizes, defects):
    # Every way in which the defects may fall on the groups, with its exact probability. More than 6 %: not too strict.
    def splits(groups: tuple[int, ...], left: int) -> list[tuple[int, ...]]:
        if len(groups) == 1:
            return [(left,)] if left <= groups[0] else []
        return [(x, *tail) for x in range(min(left, groups[0]) + 1) for tail in splits(groups[1:], left - x)]

    total, ways, alarms = comb(sum(sizes), defects), 0, 0
    for split in splits(sizes, defects):
        own = prod(comb(size, x) for size, x in zip(sizes, split, strict=True))
        ways += own
        chances = [
            chance_of_more(x, size, all_defective=defects, all_orders=sum(sizes))
            for size, x in zip(sizes, split, strict=True)
        ]
        alarms += own * any(stand_out(chances))
    assert ways == total
    assert 0.06 < alarms / total <= 0.10


@pytest.mark.parametrize("share", [0, 1, -0.1, 10])
def test_share_of_false_alarms_is_a_fraction(share):
    with pytest.raises(UsageError, match="fraction between 0 and 1"):
        stand_out([0.5], false_alarms=share)
