"""Groups: where the defects are, which groups stand out, and which are too small to judge."""

from __future__ import annotations

from math import isclose

import pandas as pd
import pytest
from core_tables import table
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import count_by
from odr_xl.core.groups import Group, defect_groups, joined_groups
from odr_xl.core.ledger import build_ledger
from odr_xl.core.rate import wilson_interval
from odr_xl.errors import NoOrders, UsageError


def counts(*groups: tuple[str, int, int], column: str = "channel") -> pd.DataFrame:
    rows = [
        {"order_id": f"{name}-{n}", column: name, "chargeback": n < bad}
        for name, orders, bad in groups
        for n in range(orders)
    ]
    return count_by(build_ledger(table(rows, ("order_id", column))), (column,))


def summed(*groups: tuple[str, int, int], column: str = "sku") -> pd.DataFrame:
    """Counts as they come, without their orders."""
    return pd.DataFrame(list(groups), columns=[column, "orders", "defective_amazon"])


def test_groups_by_hand():
    # 400 seller-fulfilled orders with 6 defects, 600 Amazon-fulfilled with 3: 1.5 % against 0.5 %, lift 3 and 1/3.
    # The chances are scipy 1.17.1's hypergeom.sf(5, 1000, 9, 400) and hypergeom.sf(2, 1000, 9, 600).
    mfn, afn = defect_groups(counts(("MFN", 400, 6), ("AFN", 600, 3)), ("channel",))
    assert mfn == Group(
        "MFN", 400, 6, 0.015, *wilson_interval(6, 400), share=6 / 9, lift=0.015 / 0.005, small=False, column="channel",
        without=0.005, running=6 / 9, chance=pytest.approx(0.09834583922546648), stands_out=False,
    )  # fmt: skip
    assert afn == Group(
        "AFN", 600, 3, 0.005, *wilson_interval(3, 600), share=3 / 9, lift=0.005 / 0.015, small=False, column="channel",
        without=0.015, running=1.0, chance=pytest.approx(0.9754847574361476), stands_out=False,
    )  # fmt: skip
    assert (mfn.above, afn.above) == (True, False)


def test_most_defective_group_comes_first_then_the_larger_one_then_the_name():
    groups = defect_groups(counts(("C", 5, 0), ("B", 5, 0), ("A", 9, 0), ("D", 4, 2), column="sku"), ("sku",))
    assert [group.name for group in groups] == ["D", "A", "B", "C"]


def test_group_is_small_when_even_no_defect_could_not_show_it_under_the_target():
    # z² = 3.8415: the upper end of 0 in n is 3.8415 / (n + 3.8415), which is under 1 % from n = 381 on.
    small, large = defect_groups(counts(("A", 380, 0), ("B", 381, 0), column="sku"), ("sku",))[::-1]
    assert (small.name, small.small) == ("A", True)
    assert (large.name, large.small) == ("B", False)
    assert not defect_groups(counts(("A", 100, 0)), ("channel",), target=0.04)[0].small
    # An interval that just reaches the target reaches it.
    assert defect_groups(summed(("A", 50, 0)), "sku", target=wilson_interval(0, 50)[1])[0].small
    # It depends on the orders alone.
    assert [group.small for group in defect_groups(summed(("A", 380, 9), ("B", 381, 9)), "sku")] == [False, True]


def test_lift_is_blank_when_all_others_are_good_or_there_are_none():
    assert [group.lift for group in defect_groups(counts(("A", 10, 1), ("B", 10, 0)), ("channel",))] == [None, 0.0]
    assert defect_groups(counts(("A", 10, 1)), ("channel",))[0].lift is None


def test_group_with_the_rate_of_the_rest_is_not_above_it():
    # 1 of 10 and 2 of 20 are both 10 %.
    assert [group.above for group in defect_groups(summed(("A", 10, 1), ("B", 20, 2)), "sku")] == [False, False]


def test_share_is_blank_without_any_defect():
    groups = defect_groups(counts(("A", 2, 0), ("B", 1, 0)), ("channel",))
    assert [(group.share, group.running) for group in groups] == [(None, None), (None, None)]


def test_rate_without_the_only_group_is_blank_because_no_order_would_be_left():
    (group,) = defect_groups(counts(("A", 10, 1)), "channel")
    assert (group.without, group.above, group.chance, group.stands_out) == (None, False, 1.0, False)


def test_group_with_12_of_15_defects_on_40_percent_of_the_orders_stands_out():
    # scipy 1.17.1: hypergeom.sf(11, 1000, 15, 400) = 0.0018, under 10 % / 2 groups; the others' 3 of 600 are no worse.
    kettle, mug = defect_groups(summed(("kettle", 400, 12), ("mug", 600, 3)), "sku")
    assert (kettle.stands_out, mug.stands_out) == (True, False)
    assert not defect_groups(summed(("kettle", 400, 12), ("mug", 600, 3)), "sku", false_alarms=0.001)[0].stands_out


def test_one_suspicious_group_among_fifty_good_ones_may_be_an_accident():
    # 2 defects in 40 orders, 8 in the other 1,960: hypergeom.sf(1, 2000, 10, 40) = 0.01586 (scipy 1.17.1). Alone that
    # passes 10 %; among 50 groups the best chance must be under 10 % / 50.
    others = [(f"P{n}", 40, int(n < 8)) for n in range(49)]
    groups = defect_groups(summed(("suspect", 40, 2), *others), "sku")
    assert groups[0].name == "suspect"
    assert isclose(groups[0].chance, 0.01586, abs_tol=5e-6)
    assert not any(group.stands_out for group in groups)
    alone = defect_groups(summed(("suspect", 40, 2), ("rest", 1960, 8)), "sku")
    assert [(group.name, group.stands_out) for group in alone] == [("rest", False), ("suspect", True)]


def test_joined_groups_are_judged_as_one_list():
    # The chance 0.01586 of the group above is under 10 % / 2 groups, and not under 10 % / 52.
    products = defect_groups(summed(("suspect", 40, 2), ("rest", 1960, 8)), "sku")
    regions = defect_groups(summed(*((f"R{n}", 40, int(n < 10)) for n in range(50)), column="region"), "region")
    assert products[1].name == "suspect"
    assert products[1].stands_out
    joined = joined_groups([products, regions])
    assert not any(group.stands_out for group in joined)
    assert [(group.column, group.name) for group in joined[:3]] == [
        ("sku", "rest"),
        ("sku", "suspect"),
        ("region", "R0"),
    ]
    # Each column's running share stays its own: two columns split the same defects twice.
    assert [group.running for group in joined[:3]] == [0.8, 1.0, 0.1]
    assert joined_groups([products]) == products
    # Of two groups with one defect each the larger one comes first, whatever its column.
    few = defect_groups(summed(("pen", 10, 1), ("ink", 90, 0)), "sku")
    many = defect_groups(summed(("CA", 60, 1), ("AK", 40, 0), column="region"), "region")
    assert [group.name for group in joined_groups([few, many])] == ["CA", "pen", "ink", "AK"]


def test_orders_without_a_value_are_a_group_without_a_name():
    assert [(group.name, group.orders) for group in defect_groups(counts(("", 2, 0), ("B", 1, 0)), ("channel",))] == [
        ("", 2), ("B", 1),
    ]  # fmt: skip
    missing = pd.DataFrame({"sku": [None, float("nan"), "B"], "orders": [1, 1, 1], "defective_amazon": [0, 0, 0]})
    assert [(group.name, group.orders) for group in defect_groups(missing, "sku")] == [("", 2), ("B", 1)]


def test_rows_of_the_same_group_are_added_up():
    twice = pd.concat([counts(("A", 3, 1)), counts(("A", 4, 0))], ignore_index=True)
    (group,) = defect_groups(twice, ("channel",))
    assert (group.orders, group.defective) == (7, 1)


def test_group_of_left_out_orders_only_is_not_shown():
    rows = [{"order_id": "S01-1", "channel": "AFN"}, {"order_id": "A", "channel": "MFN"}]
    groups = defect_groups(count_by(build_ledger(table(rows)), ("channel",)), ("channel",))
    assert [group.name for group in groups] == ["MFN"]


def test_wider_definition_groups_returns_too():
    rows = [{"order_id": "A", "channel": "MFN", "defect_return": True}]
    counted = count_by(build_ledger(table(rows)), ("channel",))
    assert defect_groups(counted, ("channel",))[0].defective == 0
    assert defect_groups(counted, ("channel",), definition="all")[0].defective == 1


def test_column_that_is_not_there_is_refused_with_the_choices():
    with pytest.raises(UsageError, match=r'no column "region" here\. Choose from: channel, orders'):
        defect_groups(counts(("A", 1, 0)), ("region",))


def test_nothing_to_group_without_an_order():
    with pytest.raises(NoOrders, match="nothing to group"):
        defect_groups(counts(), ("channel",))


def test_account_is_marketplace_and_channel_together():
    # Amazon judges each marketplace and channel apart, so that pair is what it calls an account's rate.
    cases = [("US", "MFN", True), ("US", "AFN", False), ("DE", "MFN", False), ("", "MFN", False)]
    rows = [
        {"order_id": str(n), "marketplace": place, "channel": channel, "chargeback": bad}
        for n, (place, channel, bad) in enumerate(cases)
    ]
    keys = ("marketplace", "channel")
    groups = defect_groups(count_by(build_ledger(table(rows)), keys), keys)
    assert [(group.name, group.orders, group.defective) for group in groups] == [
        ("US MFN", 1, 1), ("DE MFN", 1, 0), ("MFN", 1, 0), ("US AFN", 1, 0),
    ]  # fmt: skip
    assert {group.column for group in groups} == {"marketplace + channel"}


def test_counts_too_large_for_a_fraction_stay_exact():
    # 2^53 + 1 is the first whole number that a float can't hold.
    large = 2**53
    groups = defect_groups(summed(("A", large, 0), ("A", 1, 0), ("B", 1, 1)), "sku")
    assert [(group.name, group.orders) for group in groups] == [("B", 1), ("A", large + 1)]


SHOPS = st.lists(
    st.tuples(
        st.sampled_from(("MFN", "AFN")), st.sampled_from(("a", "b", "c")), st.integers(0, 900), st.integers(0, 900)
    ),
    min_size=1,
    max_size=8,
).filter(lambda rows: any(orders for *_, orders, _ in rows))


@given(SHOPS, st.randoms())
def test_groups_add_up_to_the_shop_whatever_is_grouped_by(rows, random):
    shop = [(channel, sku, orders, min(orders, bad)) for channel, sku, orders, bad in rows]
    frame = pd.DataFrame(shop, columns=["channel", "sku", "orders", "defective_amazon"])
    total, defects = sum(row[2] for row in shop), sum(row[3] for row in shop)
    for columns in (("channel",), ("sku",), ("sku", "channel")):
        groups = defect_groups(frame, columns)
        assert (sum(g.orders for g in groups), sum(g.defective for g in groups)) == (total, defects)
        naive: dict[str, list[int]] = {}
        for row in shop:
            key = " ".join(row[("channel", "sku").index(column)] for column in columns)
            own = naive.setdefault(key, [0, 0])
            own[0], own[1] = own[0] + row[2], own[1] + row[3]
        assert {g.name: [g.orders, g.defective] for g in groups} == {k: v for k, v in naive.items() if v[0]}
        for g in groups:
            # The rate of the shop is made of the group's and of all others': by hand from the counts.
            others = total - g.orders
            assert g.without == ((defects - g.defective) / others if others else None)
        assert groups[-1].running in (None, 1.0)
        assert [g.running or 0 for g in groups] == sorted(g.running or 0 for g in groups)
        shuffled = frame.sample(frac=1, random_state=random.randint(0, 99)).reset_index(drop=True)
        assert defect_groups(shuffled, columns) == groups
