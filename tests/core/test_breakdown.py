"""The breakdown: causes, orders with several, distinct defective orders, all orders."""

from __future__ import annotations

import pytest
from core_tables import numbered_orders, table

from odr_xl.core.breakdown import BreakdownRow, defect_breakdown
from odr_xl.core.counts import count_orders
from odr_xl.core.ledger import build_ledger
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError

#: 200 orders: 2 with feedback, one of these with a claim too, 1 chargeback, 4 returns.
MARKED = {"negative_feedback": [0, 1], "a_to_z_claim": [1], "chargeback": [2], "defect_return": range(3, 7)}


def breakdown(definition: str = "all", **marked: object) -> tuple[BreakdownRow, ...]:
    return defect_breakdown(count_orders(build_ledger(numbered_orders(200, **marked)), Window()), definition)


def test_breakdown_of_every_cause_by_hand():
    assert breakdown(**MARKED) == (
        BreakdownRow("negative_feedback", 2, 2 / 200, 2 / 7, True),
        BreakdownRow("a_to_z_claim", 1, 1 / 200, 1 / 7, True),
        BreakdownRow("chargeback", 1, 1 / 200, 1 / 7, True),
        BreakdownRow("defect_return", 4, 4 / 200, 4 / 7, False),
        BreakdownRow("defect_cancellation", 0, 0.0, 0.0, False),
        BreakdownRow("several", 1, 1 / 200, 1 / 7, None),
        BreakdownRow("defective", 7, 7 / 200, 1.0, None),
        BreakdownRow("orders", 200, 1.0, None, None),
    )


@pytest.mark.parametrize(
    ("definition", "keys", "defective"),
    [
        ("amazon", ["negative_feedback", "a_to_z_claim", "chargeback"], 3),
        ("returns", ["defect_return", "defect_cancellation"], 4),
    ],
)
def test_definition_shows_its_own_causes_and_its_own_distinct_orders(definition, keys, defective):
    lines = {line.key: line.orders for line in breakdown(definition, **MARKED)}
    assert list(lines) == [*keys, "several", "defective", "orders"]
    assert lines["defective"] == defective


def test_causes_may_add_up_to_more_than_the_orders_and_several_says_on_how_many():
    # The shape of Amazon's example report: 442 + 15 + 628 = 1,085 defects on 1,078 orders (see test_counts).
    lines = {line.key: line for line in breakdown("amazon", **MARKED)}
    causes = sum(lines[key].orders for key in ("negative_feedback", "a_to_z_claim", "chargeback"))
    assert causes == 4
    assert (lines["defective"].orders, lines["several"].orders) == (3, 1)


def test_share_is_blank_when_no_order_is_defective():
    assert [(line.orders, line.rate, line.share) for line in breakdown("returns")] == [
        (0, 0.0, None), (0, 0.0, None), (0, 0.0, None), (0, 0.0, None), (200, 1.0, None),
    ]  # fmt: skip


def test_nothing_to_break_down_without_an_order():
    with pytest.raises(NoOrders, match="nothing to break down"):
        defect_breakdown(count_orders(build_ledger(table([])), Window()))


def test_unknown_definition_is_refused():
    with pytest.raises(UsageError, match="Choose from: amazon, returns, all"):
        breakdown("strict")
