"""The invented shop's seller performance report: the numbers that Amazon would print for it, as JSON.

Amazon and we agree about Germany and about the orders that Amazon ships. Seller-fulfilled orders on Amazon.com differ,
as they do in life: Amazon counts a few orders less, and the claim that is still under review isn't among its defects.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from odr_xl.marketplaces import MARKETPLACES
from odr_xl.samples.story import WINDOW, Order

#: Orders of Amazon.com's sellers that Amazon's own count lacks.
FEWER_ORDERS = 4


def performance_report(as_of: date, orders: Iterable[Order]) -> bytes:
    """The report as Amazon would have written it on a day.

    Parameters
    ----------
    as_of : datetime.date
        The day of the report.
    orders : iterable of Order
        All orders of the shop; those of other channels than Amazon's are passed over.
    """
    ages: dict[tuple[str, str], list[int]] = {
        ("US", "mfn"): [],
        ("US", "afn"): [],
        ("DE", "mfn"): [],
        ("DE", "afn"): [],
    }
    for order in orders:
        if not order.site.sales_channel.startswith("Non-Amazon"):
            channel = "afn" if order.site.channel == "Amazon" else "mfn"
            ages[order.site.code, channel].append((as_of - order.day).days)
    window = {key: sum(WINDOW[0] <= age <= WINDOW[1] for age in found) for key, found in ages.items()}
    defects = {
        # (orders with defects, negative feedback, claims, chargebacks); an order with two of them is one order
        ("US", "mfn"): (5, 3, 2, 1),
        ("US", "afn"): (2, 1, 0, 1),
        ("DE", "mfn"): (2, 1, 1, 0),
        ("DE", "afn"): (0, 0, 0, 0),  # the shop doesn't use Amazon's shipping there: no orders, and so no rate
    }
    window["US", "mfn"] -= FEWER_ORDERS
    metrics = []
    for code, late, cancelled, late_arrivals in (("US", 3, 1, 14), ("DE", 2, 0, 6)):
        sellers = ages[code, "mfn"]
        shipped = _count(sellers, 10, 39)
        tracked = shipped - 7
        metrics.append(
            {
                "marketplaceId": MARKETPLACES[code].marketplace_id,
                "orderDefectRate": {
                    channel: _defects(as_of, channel, window[code, channel], defects[code, channel])
                    for channel in ("afn", "mfn")
                },
                "lateShipmentRate": _block(
                    as_of, 0, 29, {"orderCount": _count(sellers, 0, 29), "lateShipmentCount": late}, 0.04
                ),
                "preFulfillmentCancellationRate": _block(
                    as_of, 1, 7, {"orderCount": _count(sellers, 1, 7), "cancellationCount": cancelled}, 0.025
                ),
                "validTrackingRate": _block(
                    as_of, 10, 39, {"shipmentCount": shipped, "validTrackingCount": tracked}, 0.95, above=True
                ),
                "onTimeDeliveryRate": _block(
                    *(as_of, 10, 39),
                    {"shipmentCountWithValidTracking": tracked, "onTimeDeliveryCount": tracked - late_arrivals},
                    0.9,
                    above=True,
                ),
                "warningStates": [],
            }
        )
    statuses = [{"marketplaceId": entry["marketplaceId"], "status": "NORMAL"} for entry in metrics]
    report = {"accountStatuses": statuses, "performanceMetrics": metrics}
    return (json.dumps(report, indent=1) + "\n").encode("utf-8")


def _count(ages: Iterable[int], youngest: int, oldest: int) -> int:
    return sum(youngest <= age <= oldest for age in ages)


def _range(as_of: date, youngest: int, oldest: int) -> dict[str, str]:
    """Whole days in UTC, without seconds, as Amazon writes them."""
    first, last = as_of - timedelta(days=oldest), as_of - timedelta(days=youngest)
    return {"reportingDateFrom": f"{first}T00:00Z", "reportingDateTo": f"{last}T23:59Z"}


def _block(
    as_of: date, youngest: int, oldest: int, counts: Mapping[str, int], target: float, *, above: bool = False
) -> dict[str, Any]:
    """One metric; ``counts`` has the whole first, then its part."""
    whole, part = counts.values()
    rate = part / whole if whole else 0
    good = rate > target if above else rate < target
    return {
        "reportingDateRange": _range(as_of, youngest, oldest),
        **counts,
        "status": "GOOD" if good else "BAD",
        "rate": round(rate, 4),
        "targetValue": target,
        "targetCondition": "GREATER_THAN" if above else "LESS_THAN",
    }


def _defects(as_of: date, channel: str, orders: int, counts: tuple[int, int, int, int]) -> dict[str, Any]:
    """The Order Defect Rate of one channel, with its parts."""
    defective, feedback, claims, chargebacks = counts
    rate = defective / orders if orders else 0
    status = "GOOD" if rate < 0.01 else "AT RISK"  # two words, though Amazon's schema has GOOD, BAD and NONE
    return {
        "reportingDateRange": _range(as_of, *WINDOW),
        "orderCount": orders,
        "orderWithDefects": {"count": defective, "status": status},
        "claims": {"count": claims, "status": "NONE"},
        "chargebacks": {"count": chargebacks, "status": "NONE"},
        "negativeFeedback": {"count": feedback, "status": "NONE"},
        "fulfillmentType": channel,
        "status": status,
        "rate": round(rate, 4),
        "targetValue": 0.01,
        "targetCondition": "LESS_THAN",
    }
