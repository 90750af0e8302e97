"""Account Health's list of orders with defects: one row an order, one column a mark.

Amazon doesn't publish the header of its download, so the names on the page and their usual shortenings are accepted.
Late shipment and pre-fulfilment cancellation are marked there too and are never part of the Order Defect Rate.
"""

from __future__ import annotations

from collections.abc import Mapping

from odr_xl.readers.layout import CHANNEL, DATE, MARKS, ORDER_DATE, ORDER_ID, Layout
from odr_xl.readers.orders import ONLY_ORDERS

_COUNTED = {"negative_feedback", "a_to_z_claim", "chargeback"}


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of Account Health's list; "" when it's something else."""
    if "order_id" not in fields or (ONLY_ORDERS | {"sku", "quantity"}) & headers or not _COUNTED & set(fields):
        return ""
    if "late_shipment" in fields or any(name.startswith(("pre fulfil", "prefulfil")) for name in headers):
        return "orders_with_defects"
    # Amazon's wording of the page, in a file for one channel with the three counted columns only.
    return "orders_with_defects" if {"a to z guarantee claim", "chargeback claim"} <= headers else ""


ACCOUNT_HEALTH = Layout(
    kind="account_health",
    name="Account Health orders with defects",
    columns={
        "order_id": "id",
        "order_date": "date",
        "channel": "channel",
        "negative_feedback": "mark",
        "a_to_z_claim": "mark",
        "chargeback": "mark",
        "late_shipment": "mark",
        "cancellation": "mark",
    },
    headers={
        "order_id": ORDER_ID,
        "order_date": ORDER_DATE + DATE,
        "channel": CHANNEL,
        "negative_feedback": MARKS["negative_feedback"],
        "a_to_z_claim": MARKS["a_to_z_claim"],
        "chargeback": MARKS["chargeback"],
        "late_shipment": ("Late Shipment", "late_shipment", "late shipments", "shipped late"),
        "cancellation": (
            "Pre-fulfillment Cancellation", "pre-fulfilment cancellation", "pre-fulfillment cancel",
            "prefulfillment cancellation",
            "cancellation",
        ),
    },
    judge=judge,
)  # fmt: skip
