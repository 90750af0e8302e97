"""Defect events: what DEFECT_LEDGER returns, or the seller's own list of defects."""

from __future__ import annotations

from collections.abc import Mapping

from odr_xl.labels import WORDS
from odr_xl.readers.layout import ORDER_DATE, ORDER_ID, Layout
from odr_xl.readers.orders import ONLY_ORDERS


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a list of events; "" when it's something else."""
    if not {"order_id", "cause"} <= set(fields) or ONLY_ORDERS & headers:
        return ""
    if {"rule", "counts"} <= set(fields):
        return "ledger"
    # The ledger's Chinese word for the cause is also the word for a reason, which claims and returns have.
    return "" if "原因" in headers and "cause" not in headers else "defects"


#: Every column is known by its name and by the word that DEFECT_LEDGER shows, in either language.
_NAMES = {
    "order_id": ("order_id", *ORDER_ID),
    "order_date": ("order_date", *ORDER_DATE, "date"),
    "channel": ("channel", "fulfillment-channel", "fulfilled by"),
    "marketplace": ("marketplace",),
    "sku": ("sku",),
    "cause": ("cause", "defect cause", "缺陷原因"),
    "counts": ("counts", "counts in", "counted"),
    "rule": ("rule",),
    "source": ("source",),
    "source_row": ("source_row",),
    "event_date": ("event_date",),
    "detail": ("detail", "details", "note"),
    "leaves_on": ("leaves_on",),
    "override": ("override",),
}


EVENTS = Layout(
    kind="events",
    name="Defects sheet",
    columns={
        "order_id": "id",
        "order_date": "date",
        "channel": "channel",
        "marketplace": "marketplace",
        "sku": "text",
        "cause": "cause",
        "counts": "text",
        "rule": "text",
        "source": "text",
        "source_row": "number",
        "event_date": "date",
        "detail": "text",
        "leaves_on": "date",
        "override": "text",
    },
    headers={field: (*names, *WORDS.get(field, ())) for field, names in _NAMES.items()},
    judge=judge,
)
