"""Counts: whole numbers of distinct orders, which add up; rates come later."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from core_tables import numbered_orders, order_id, table

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core.counts import COUNT_COLUMNS, check_definition, count_by, count_days, count_orders, sum_days
from odr_xl.core.ledger import build_ledger
from odr_xl.core.window import Window
from odr_xl.errors import UsageError

#: Amazon's example report (schema of 2020-11-18): 442 claims, 15 chargebacks and 628 negative feedbacks are 1,085
#: defects on 1,078 orders. Order 0 has all three, orders 1 to 5 a claim and a feedback: 7 defects too many.
CLAIMS = range(442)
CHARGEBACKS = [0, *range(442, 456)]
FEEDBACK = [*range(6), *range(456, 1078)]


def counted(**marked: object) -> dict[str, int]:
    return count_orders(build_ledger(numbered_orders(100, **marked)), Window())


def test_order_with_two_causes_counts_once():
    counts = counted(negative_feedback=[7], a_to_z_claim=[7])
    assert (counts["negative_feedback"], counts["a_to_z_claim"]) == (1, 1)
    assert (counts["defective"], counts["defective_amazon"], counts["several"]) == (1, 1, 1)


def test_1085_defects_of_amazons_example_are_on_1078_distinct_orders():
    events = event.join_events(
        [
            event.claim_events(table({"order_id": order_id(n)} for n in CLAIMS)),
            event.chargeback_events(table({"order_id": order_id(n), "type": "Service"} for n in CHARGEBACKS)),
            event.feedback_events(table({"order_id": order_id(n), "rating": 1 + n % 2} for n in FEEDBACK)),
        ]
    )
    assert len(events) == 1085
    counts = count_orders(build_ledger(numbered_orders(2000), events), Window())
    assert [counts[cause] for cause in rules.AMAZON_CAUSES] == [628, 442, 15]
    assert counts["defective_amazon"] == 1078
    assert counts["several_amazon"] == 6


def test_cause_in_each_definition_makes_one_defective_order_of_each():
    # One order with a claim and a return: Amazon sees a defective order, so does the article, and "all" sees one.
    counts = counted(a_to_z_claim=[3], defect_return=[3])
    assert (counts["defective_amazon"], counts["defective_returns"], counts["defective"]) == (1, 1, 1)
    assert (counts["several_amazon"], counts["several_returns"], counts["several"]) == (0, 0, 1)


def test_returns_and_cancellations_never_enter_amazons_count():
    counts = counted(defect_return=range(8), defect_cancellation=[8, 9])
    assert (counts["defective_returns"], counts["defective"], counts["defective_amazon"]) == (10, 10, 0)


def test_order_marked_for_three_causes_is_one_order_with_several():
    counts = counted(negative_feedback=[1], a_to_z_claim=[1], chargeback=[1])
    assert (counts["several"], counts["defective"]) == (1, 1)


def test_defect_on_an_order_that_is_left_out_counts_only_as_left_out():
    ledger = build_ledger(table([{"order_id": "S01-1", "chargeback": True}, {"order_id": "B", "chargeback": False}]))
    counts = count_orders(ledger, Window())
    assert counts == dict.fromkeys(COUNT_COLUMNS, 0) | {"orders": 1, "left_out": 1}


def test_orders_without_a_date_have_a_day_of_their_own_and_none_is_lost():
    ledger = build_ledger(
        table(
            [
                {"order_id": "A", "order_date": None, "channel": "MFN"},
                {"order_id": "B", "order_date": date(2026, 3, 2), "channel": "MFN"},
                {"order_id": "C", "order_date": None, "channel": "MFN"},
            ]
        )
    )
    days = count_days(ledger)
    assert list(days["orders"]) == [1, 2]  # sorted by date, the missing one last
    assert np.isnat(days["order_date"].to_numpy()[1])
    assert count_orders(ledger, Window()) == sum_days(days, Window())
    assert count_orders(ledger, Window(end=date(2100, 1, 1)))["orders"] == 1


def test_day_has_a_row_for_each_channel_and_marketplace():
    day = date(2026, 3, 2)
    cases = [("A", "MFN", "US"), ("B", "AFN", "US"), ("C", "MFN", "DE"), ("D", "MFN", "US")]
    rows = [{"order_id": n, "order_date": day, "channel": c, "marketplace": m} for n, c, m in cases]
    days = count_days(build_ledger(table(rows)))
    assert list(zip(days["channel"], days["marketplace"], days["orders"], strict=True)) == [
        ("AFN", "US", 1), ("MFN", "DE", 1), ("MFN", "US", 2),
    ]  # fmt: skip


def test_daily_counts_are_whole_numbers_in_the_documented_columns():
    for orders in (numbered_orders(3, chargeback=[1]), table([])):
        days = count_days(build_ledger(orders))
        assert list(days.columns) == ["order_date", "channel", "marketplace", *COUNT_COLUMNS]
        assert {days[name].dtype for name in COUNT_COLUMNS} == {np.dtype(np.int64)}
        assert days["order_date"].dtype.kind == "M"


def test_day_of_left_out_orders_only_has_no_order():
    days = count_days(build_ledger(table([{"order_id": "S01-1", "order_date": date(2026, 3, 2)}])))
    assert list(days["orders"]) == [0]
    assert list(days["left_out"]) == [1]


def test_cancelled_and_pending_orders_are_counted_beside_the_orders():
    rows = table({"order_id": str(n), "order_status": s} for n, s in enumerate(("Cancelled", "Pending", "Shipped")))
    counts = count_orders(build_ledger(rows), Window())
    assert (counts["orders"], counts["cancelled"], counts["pending"]) == (3, 1, 1)


def test_counts_by_a_column_that_the_orders_lack_stand_under_no_name():
    counts = count_by(build_ledger(numbered_orders(4)), ("region",))
    assert counts[["region", "orders"]].to_dict("list") == {"region": [""], "orders": [4]}


def test_counts_of_a_window_by_channel_hold_only_its_orders():
    rows = [{"order_id": str(n), "order_date": date(2026, 3, n), "channel": "AFN"} for n in range(1, 10)]
    counts = count_by(build_ledger(table(rows)), ("channel",), Window(date(2026, 3, 2), date(2026, 3, 4)))
    assert counts["orders"].to_list() == [3]


def test_two_parts_of_the_days_add_up_to_the_whole():
    days = count_days(build_ledger(numbered_orders(10, date(2026, 3, 2), chargeback=[1])))
    more = count_days(build_ledger(numbered_orders(5, date(2026, 3, 3), chargeback=[1, 2])))
    both = sum_days(pd.concat([days, more], ignore_index=True), Window())
    assert (both["orders"], both["defective"]) == (15, 3)


def test_definition_that_does_not_exist_is_refused_with_the_choices():
    with pytest.raises(UsageError, match=r'"strict" isn\'t a definition\. Choose from: amazon, returns, all'):
        check_definition("strict")
