"""Tables that sellers make by hand: the words that they would write above a column are known."""

import pytest

from odr_xl.excel.functions import ODR

HEADERS = (
    "defect", "Defective", "is_defective", "Defect type", "Defect reason", "has defect", "Defects", "defect flag",
    "negative_feedback", "A-to-Z Guarantee Claims", "credit card chargeback", "returned_due_to_defect",
    "Returned because of defect", "cancelled_due_to_defect", "Cancelled for a defect",
)  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("order", ["order-id", "OrderID", "Order Number", "订单号"])
def test_one_marked_order_of_four_is_a_quarter(order, header):
    """Hand calculation: 1 of 4."""
    assert ODR([[order, header], ["A1", "defective"], ["A2", ""], ["A3", None], ["A4", None]]) == 0.25


def test_status_and_reason_say_which_orders_were_returned_or_cancelled_for_a_defect():
    """The article's own table: A1 and A3 of four orders; "no longer needed" is the buyer's reason."""
    rows = [
        ["Order ID", "Order status", "Return reason"],
        ["A1", "Shipped", "DEFECTIVE"],
        ["A2", "Shipped", ""],
        ["A3", "Cancelled", "damaged"],
        ["A4", "Shipped", "no longer needed"],
    ]
    assert ODR(rows) == 0.5
    assert ODR(rows, None, None, None, "amazon") == 0.0
