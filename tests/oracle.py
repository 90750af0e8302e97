"""A second opinion: the ledger and its counts once more, slowly and obviously, from plain rows.

Nothing here comes from the package. The rules are written down again, as a person would read them off Amazon's help
pages, for the words that the generated shops use; so a slip in the package's rules or in its arithmetic shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

AMAZON = ("negative_feedback", "a_to_z_claim", "chargeback")
WIDER = ("defect_return", "defect_cancellation")
CAUSES = {"amazon": AMAZON, "returns": WIDER, "all": AMAZON + WIDER}

#: Feedback status -> whether a negative feedback still stands (help pages 20231, 201101660).
FEEDBACK_STANDS = {"": True, "answered": True, "Removal requested": True, "Removed": False, "withdrawn": False,
                   "Struck through": False}  # fmt: skip
#: Claim status -> whether it counts (G202041210: every claim that isn't denied), and whether we must ask the seller.
CLAIM = {
    "": (True, False),
    "Open": (True, False),
    "Closed/Refunded": (True, False),
    "Granted": (True, False),
    "Appeal denied": (True, False),
    "Denied": (False, False),
    "Withdrawn": (False, False),
    "Appeal won": (False, False),
    "Order cancelled": (False, False),
    "xyzzy": (True, True),
}
#: Chargeback type -> the same (help page 48781: service chargebacks count, fraud chargebacks don't).
CHARGEBACK = {
    "Service": (True, False),
    "Item not received": (True, False),
    "Fraud": (False, False),
    "Unauthorized purchase": (False, False),
    "": (True, True),
    "xyzzy": (True, True),
}
#: Return reason -> the same for the wider rate.
RETURN = {
    "DEFECTIVE": (True, False),
    "SWITCHEROO": (True, False),
    "CR-MISSING_PARTS": (True, False),
    "AMZ-PG-DAMAGED": (True, False),
    "AMZ-PG-BAD-DESC": (True, False),
    "CR-NO_LONGER_NEEDED": (False, False),
    "AMZ-PG-MISORDERED": (False, False),
    "ORDERED_WRONG_ITEM": (False, False),
    "": (False, False),
    "zipper hums": (False, True),
}
#: Order status -> (cancelled, pending).
STATUS = {
    "Shipped": (False, False),
    "Shipped - Returned to Seller": (False, False),
    "Shipped - Delivered to Buyer": (False, False),
    "Cancelled": (True, False),
    "Canceled": (True, False),
    "cancelled - by buyer": (True, False),
    "Pending": (False, True),
    "Pending - Waiting for Pick Up": (False, True),
    "": (False, False),
}


@dataclass
class Shop:
    """The rows of every report, as they stand in it."""

    orders: list[Row]
    feedback: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    chargebacks: list[Row] = field(default_factory=list)
    returns: list[Row] = field(default_factory=list)
    account_health: list[Row] = field(default_factory=list)


@dataclass
class Order:
    """One order: its facts, and the causes that count."""

    day: date | None = None
    channel: str = ""
    marketplace: str = ""
    cancelled: bool = True
    pending: bool = True
    foreign: bool = False
    omitted: bool = False
    causes: set[str] = field(default_factory=set)

    @property
    def left_out(self) -> bool:
        return self.foreign or self.omitted


@dataclass(frozen=True, order=True)
class Event:
    """One decision: ``decision`` is amazon, returns or "" (not counted)."""

    source: str
    row: int
    order_id: str
    cause: str
    decision: str
    ask: bool


def orders_of(shop: Shop, omit: Collection[str] = ()) -> dict[str, Order]:
    """Each order once, in the order of its first row; cancelled only when each of its rows says so."""
    found: dict[str, Order] = {}
    channels: dict[str, str] = {}
    for row in shop.orders:
        number = row["order_id"]
        order = found.setdefault(number, Order())
        order.day = order.day or row["order_date"]
        order.channel = order.channel or row["channel"]
        order.marketplace = order.marketplace or row["marketplace"]
        channels[number] = channels.get(number) or row["sales_channel"]
        cancelled, pending = STATUS[row["order_status"]]
        order.cancelled = order.cancelled and cancelled
        order.pending = order.pending and pending
    for number, order in found.items():
        order.foreign = number.startswith("S01-") or channels[number].startswith("Non-Amazon")
        order.omitted = ("cancelled" in omit and order.cancelled) or ("pending" in omit and order.pending)
    for event in decide(shop):
        if event.decision and event.order_id in found:
            found[event.order_id].causes.add(event.cause)
    return found


def decide(shop: Shop) -> list[Event]:
    """What each row of each report means, before looking whether its order is there."""
    events: list[Event] = []

    def add(source: str, number: int, row: Row, cause: str, counts: bool, ask: bool = False) -> None:
        own = "amazon" if cause in AMAZON else "returns"
        events.append(Event(source, number, row["order_id"], cause, own if counts else "", ask))

    for number, row in enumerate(shop.orders, start=2):
        for cause in CAUSES["all"]:
            if row.get(cause):
                add("Orders", number, row, cause, True)
    for number, row in enumerate(shop.feedback, start=2):
        stars, gone = row["rating"], not FEEDBACK_STANDS[row["status"]]
        add("Feedback", number, row, "negative_feedback", stars in (1, 2) and not gone, stars is None and not gone)
    for number, row in enumerate(shop.claims, start=2):
        add("Claims", number, row, "a_to_z_claim", *CLAIM[row["status"]])
    for number, row in enumerate(shop.chargebacks, start=2):
        counts, ask = CHARGEBACK[row["type"]]
        won = row["status"] == "Won"
        add("Chargebacks", number, row, "chargeback", counts and not won, ask and not won)
    for number, row in enumerate(shop.returns, start=2):
        add("Returns", number, row, "defect_return", *RETURN[row["reason"]])
        if row["a_to_z_claim"]:  # the report doesn't say how the claim ended
            add("Returns", number, row, "a_to_z_claim", False, True)
    for number, row in enumerate(shop.account_health, start=2):
        for cause in AMAZON:  # its other two marks, late shipment and cancellation, are no defects
            if row[cause]:
                add("AccountHealth", number, row, cause, True)
    return events


def audit(shop: Shop, omit: Collection[str] = ()) -> list[Event]:
    """The decisions with the orders known: an event without its order, or of an order left out, counts nowhere."""
    orders = orders_of(shop, omit)
    events = decide(shop)
    # The returns report's mark asks how the claim ended; where the claim itself is known, nothing is left to ask.
    known = {e.order_id for e in events if e.cause == "a_to_z_claim" and e.source != "Returns"}
    result = []
    for event in events:
        order = orders.get(event.order_id)
        if event.source == "Returns" and event.cause == "a_to_z_claim" and event.order_id in known:
            event = Event(event.source, event.row, event.order_id, event.cause, "", False)
        if order is None:
            event = Event(event.source, event.row, event.order_id, event.cause, "", True)
        elif order.left_out:
            event = Event(event.source, event.row, event.order_id, event.cause, "", False)
        result.append(event)
    return sorted(result)


def within(orders: Iterable[Order], start: date | None, end: date | None) -> list[Order]:
    """Orders of the days from ``start`` to ``end``; without either, all of them, also those without a date."""
    if start is None and end is None:
        return list(orders)
    return [
        order
        for order in orders
        if order.day is not None and (start is None or start <= order.day) and (end is None or order.day <= end)
    ]


def counts(orders: Iterable[Order]) -> dict[str, int]:
    """Every count of ``ODR_DAYS`` for these orders together."""
    listed = list(orders)
    kept = [order for order in listed if not order.left_out]
    result = {"orders": len(kept), "left_out": len(listed) - len(kept)}
    for cause in CAUSES["all"]:
        result[cause] = len([1 for order in kept if cause in order.causes])
    for name, causes in CAUSES.items():
        tail = "" if name == "all" else f"_{name}"
        hits = [len([1 for cause in causes if cause in order.causes]) for order in kept]
        result[f"defective{tail}"] = len([1 for hit in hits if hit >= 1])
        result[f"several{tail}"] = len([1 for hit in hits if hit >= 2])
    result["cancelled"] = len([1 for order in kept if order.cancelled])
    result["pending"] = len([1 for order in kept if order.pending])
    return result


def days(orders: Iterable[Order]) -> dict[tuple[date | None, str, str], dict[str, int]]:
    """Counts by day, channel and marketplace."""
    listed = list(orders)
    keys = {(order.day, order.channel, order.marketplace) for order in listed}
    return {key: counts(o for o in listed if (o.day, o.channel, o.marketplace) == key) for key in keys}


def rate(orders: Iterable[Order], definition: str) -> float | None:
    """Distinct defective orders over all orders; ``None`` without an order."""
    found = counts(orders)
    tail = "" if definition == "all" else f"_{definition}"
    return found[f"defective{tail}"] / found["orders"] if found["orders"] else None


def breakdown(orders: Iterable[Order], definition: str) -> list[tuple[str, int, float, float | None]]:
    """Lines of the breakdown: key, orders, rate, share of the defective orders."""
    found = counts(orders)
    tail = "" if definition == "all" else f"_{definition}"
    total, defective = found["orders"], found[f"defective{tail}"]
    lines = [(cause, found[cause]) for cause in CAUSES[definition]]
    lines += [("several", found[f"several{tail}"]), ("defective", defective)]
    shown = [(key, n, n / total, n / defective if defective else None) for key, n in lines]
    return [*shown, ("orders", total, 1.0, None)]


def trend(orders: Iterable[Order], end: date, points: int, step: int, window: int) -> list[tuple[date, int, int, int]]:
    """Day, orders, defective by Amazon's rules, defective by all causes, of each window, oldest first."""
    listed = list(orders)
    result = []
    for back in reversed(range(points)):
        last = end - timedelta(days=back * step)
        found = counts(within(listed, last - timedelta(days=window - 1), last))
        result.append((last, found["orders"], found["defective_amazon"], found["defective"]))
    return result
