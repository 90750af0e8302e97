"""Groups: where the defects are, and which groups are too small to judge."""

from __future__ import annotations

import pandas as pd
import pytest
from core_tables import table

from odr_xl.core.counts import count_by
from odr_xl.core.groups import Group, defect_groups
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


def test_groups_by_hand():
    # 400 seller-fulfilled orders with 6 defects, 600 Amazon-fulfilled with 3: 1.5 % against 0.5 %, lift 3 and 1/3.
    mfn, afn = defect_groups(counts(("MFN", 400, 6), ("AFN", 600, 3)), ("channel",))
    assert mfn == Group("MFN", 400, 6, 0.015, *wilson_interval(6, 400), 6 / 9, 0.015 / 0.005, False)
    assert afn == Group("AFN", 600, 3, 0.005, *wilson_interval(3, 600), 3 / 9, 0.005 / 0.015, False)


def test_most_defective_group_comes_first_then_the_larger_one_then_the_name():
    groups = defect_groups(counts(("C", 5, 0), ("B", 5, 0), ("A", 9, 0), ("D", 4, 2), column="sku"), ("sku",))
    assert [group.name for group in groups] == ["D", "A", "B", "C"]


def test_group_is_small_when_even_no_defect_could_not_show_it_under_the_target():
    # z² = 3.8415: the upper end of 0 in n is 3.8415 / (n + 3.8415), which is under 1 % from n = 381 on.
    small, large = defect_groups(counts(("A", 380, 0), ("B", 381, 0), column="sku"), ("sku",))[::-1]
    assert (small.name, small.small) == ("A", True)
    assert (large.name, large.small) == ("B", False)
    assert not defect_groups(counts(("A", 100, 0)), ("channel",), target=0.04)[0].small


def test_lift_is_blank_when_all_others_are_good_or_there_are_none():
    assert [group.lift for group in defect_groups(counts(("A", 10, 1), ("B", 10, 0)), ("channel",))] == [None, 0.0]
    assert defect_groups(counts(("A", 10, 1)), ("channel",))[0].lift is None


def test_share_is_blank_without_any_defect():
    assert [group.share for group in defect_groups(counts(("A", 2, 0), ("B", 1, 0)), ("channel",))] == [None, None]


def test_orders_without_a_value_are_a_group_without_a_name():
    assert [(group.name, group.orders) for group in defect_groups(counts(("", 2, 0), ("B", 1, 0)), ("channel",))] == [
        ("", 2), ("B", 1),
    ]  # fmt: skip


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
