"""The invented shop's orders written in the layouts of Amazon's reports and of the seller's own lists."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from odr_xl.samples.story import STRAY_ORDER, WINDOW, Order

#: Headers, columns parted by "|".
ORDERS_NEW = (
    "amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|fulfillment-channel|"
    "sales-channel|order-channel|ship-service-level|product-name|sku|asin|number-of-items|item-status|"
    "tax-collection-model|tax-collection-responsible-party|quantity|currency|item-price|item-tax|shipping-price|"
    "shipping-tax|gift-wrap-price|gift-wrap-tax|item-promotion-discount|ship-promotion-discount|address-type|"
    "ship-city|ship-state|ship-postal-code|ship-country|promotion-ids|is-business-order|purchase-order-number|"
    "price-designation"
)
ORDERS_OLD = (
    "amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|fulfillment-channel|"
    "sales-channel|order-channel|url|ship-service-level|product-name|sku|asin|item-status|quantity|currency|"
    "item-price|item-tax|shipping-price|shipping-tax|gift-wrap-price|gift-wrap-tax|item-promotion-discount|"
    "ship-promotion-discount|ship-city|ship-state|ship-postal-code|ship-country|promotion-ids|is-business-order|"
    "purchase-order-number|price-designation"
)


def order_rows(orders: Iterable[Order], layout: str) -> Iterator[list[str]]:
    """All Orders: one row an item, in the columns of a layout."""
    for order in orders:
        updated = order.moment + timedelta(hours=30)
        for product, quantity in order.lines:
            pending = order.status == "Pending"
            item = {"Cancelled": "Cancelled", "Pending": "Unshipped"}.get(order.status, "Shipped")
            values = {
                "amazon-order-id": order.order_id,
                "merchant-order-id": order.order_id if order.site.code == "DE" else "",
                "purchase-date": order.moment.isoformat(),
                "last-updated-date": updated.isoformat(),
                "order-status": order.status,
                "fulfillment-channel": order.site.channel,
                "sales-channel": order.site.sales_channel,
                "ship-service-level": "Expedited" if order.site.channel == "Amazon" else "Standard",
                "product-name": product.name,
                "sku": product.sku,
                "asin": product.asin,
                "number-of-items": str(quantity),
                "item-status": item,
                "quantity": "0" if order.status == "Cancelled" else str(quantity),
                "currency": "" if pending else {"US": "USD", "DE": "EUR"}[order.site.code],
                # The price of a pending order isn't final: Amazon leaves it blank.
                "item-price": "" if pending else f"{product.price * quantity:.2f}",
                "address-type": "Residential",
                "ship-city": {"US": "SAMPLEVILLE", "DE": "Musterstädt"}[order.site.code],
                "ship-state": order.region,
                "ship-postal-code": "00000",
                "ship-country": order.site.code,
                "is-business-order": "false",
            }
            yield [values.get(name, "") for name in layout.split("|")]


FEEDBACK_EN = "Date|Rating|Comments|Your Response|Order ID|Rater Email"
FEEDBACK_DE = "Datum|Bewertung|Kommentare|Antwort|Bestellnummer|E-Mail des Bewerters"


def _short_date(day: date, code: str) -> str:
    """M/D/YY on Amazon.com, D.M.YY on Amazon.de: neither has leading zeros."""
    if code == "US":
        return f"{day.month}/{day.day}/{day:%y}"
    return f"{day.day}.{day.month}.{day:%y}"


def feedback_rows(told: Iterable[Order], code: str, as_of: date) -> list[list[str]]:
    """Feedback of one marketplace: the report has 1 to 3 stars only."""
    rows = []
    for number, order in enumerate(told, start=1):
        case = order.case
        if case is None or not case.rating or order.site.code != code:
            continue
        left = min(order.day + timedelta(days=6 + number % 9), as_of)
        mail = f"rater{number:03d}@example.com"
        rows.append([_short_date(left, code), str(case.rating), case.comment, case.reply, order.order_id, mail])
    return rows


def stray_feedback(as_of: date) -> list[str]:
    """A one-star feedback about an order that is in no report."""
    left = _short_date(as_of - timedelta(days=30), "US")
    return [left, "1", "I ordered this last year", "", STRAY_ORDER, "rater999@example.com"]


RETURNS_FBA = (
    "return-date|order-id|sku|asin|fnsku|product-name|quantity|fulfillment-center-id|detailed-disposition|reason|"
    "status|license-plate-number|customer-comments"
)
_DISPOSITIONS = {
    "DEFECTIVE": "DEFECTIVE",
    "DAMAGED_BY_CARRIER": "CARRIER_DAMAGED",
    "QUALITY_UNACCEPTABLE": "CUSTOMER_DAMAGED",
    "MISSING_PARTS": "DEFECTIVE",
}


def fba_return_rows(told: Iterable[Order], rng: random.Random) -> Iterator[list[str]]:
    """Returns that Amazon's warehouse received."""
    for order in told:
        case = order.case
        if case is None or not case.return_reason or order.site.channel != "Amazon":
            continue
        product = order.lines[0][0]
        back = order.moment + timedelta(days=12)
        disposition = _DISPOSITIONS.get(case.return_reason, "SELLABLE")
        plate = f"LPNSAMPLE{rng.randrange(10**6):06d}"
        yield [
            *(back.isoformat(), order.order_id, product.sku, product.asin, f"X0{product.asin[2:]}", product.name, "1"),
            *("XXX1", disposition, case.return_reason, "Unit returned to inventory", plate, case.comment[:20]),
        ]


RETURNS_MFN = (
    "Order ID|Order date|Return request date|Return request status|Amazon RMA ID|Merchant RMA ID|Label type|"
    "Label cost|Currency code|Return carrier|Tracking ID|Label to be paid by|A-to-Z Claim|Is prime|ASIN|"
    "Merchant SKU|Item Name|Return quantity|Return Reason|In policy|Return type|Resolution|Invoice number|"
    "Return delivery date|Order Amount|Order quantity|SafeT Action reason|SafeT claim id|SafeT claim state|"
    "SafeT claim creation time|SafeT claim reimbursement amount|Refunded Amount|Order Item ID"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _named_date(day: date) -> str:
    """``01-Aug-2026``; strftime would follow the computer's language."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"


def mfn_return_rows(told: Iterable[Order]) -> Iterator[list[str]]:
    """Returns that buyers asked the seller for."""
    for number, order in enumerate(told, start=1):
        case = order.case
        if case is None or not case.return_reason or order.site.channel != "Merchant":
            continue
        product = order.lines[0][0]
        values = {
            "Order ID": order.order_id,
            "Order date": _named_date(order.day),
            "Return request date": _named_date(order.day + timedelta(days=9)),
            "Return request status": "Approved",
            "Amazon RMA ID": f"SAMPLE{number:04d}RRMA",
            "Label type": "AmazonUnPaidLabel",
            "Label cost": "6.40",
            "Currency code": "USD",
            "Return carrier": "Sample Post",
            "Tracking ID": f"SAMPLE{number:012d}",
            "Label to be paid by": "Seller",
            "A-to-Z Claim": "Y" if case.claim else "N",
            "Is prime": "N",
            "ASIN": product.asin,
            "Merchant SKU": product.sku,
            "Item Name": product.name,
            "Return quantity": "1",
            "Return Reason": case.return_reason,
            "In policy": "Y",
            "Return type": "C-Returns",
            "Resolution": "StandardRefund",
            "Return delivery date": _named_date(order.day + timedelta(days=16)),
            "Order Amount": f"{product.price:.2f}",
            "Order quantity": "1",
            "Refunded Amount": f"{product.price:.2f}",
            "Order Item ID": f"9{number:014d}",
        }
        yield [values.get(name, " ") for name in RETURNS_MFN.split("|")]  # this report writes a blank as one space


ACCOUNT_HEALTH = (
    "Order ID|Order Date|Fulfilled By|Negative Feedback|A-to-z Guarantee claim|Chargeback claim|Late Shipment|"
    "Pre-fulfillment Cancellation"
)


def account_health_rows(told: Iterable[Order]) -> Iterator[list[str]]:
    """Amazon's own list for Amazon.com, so only what Amazon counts; the last two marks are never order defects."""
    for order in told:
        case = order.case
        if case is None or order.site.code != "US" or not WINDOW[0] <= case.age <= WINDOW[1]:
            continue
        marks = (
            case.rating in (1, 2),
            case.claim not in ("", "Closed/Denied", "Withdrawn"),
            case.chargeback == "Service",
            case.marks == "late",
            case.marks == "cancelled",
        )
        if any(marks):
            seller = "Amazon" if order.site.channel == "Amazon" else "Seller"
            yield [order.order_id, order.day.isoformat(), seller, *("Yes" if mark else "" for mark in marks)]


CLAIMS = "Order ID|Claim Date|Claim Status|Reason"
CHARGEBACKS = "Order ID|Chargeback Date|Type|Status"


def claim_rows(told: Iterable[Order]) -> Iterator[list[str]]:
    """A-to-z claims as the seller typed them: no report of Amazon's lists them."""
    for order in told:
        if order.case is not None and order.case.claim:
            opened = order.day + timedelta(days=13)
            yield [order.order_id, opened.isoformat(), order.case.claim, "Item not as described"]


def chargeback_rows(told: Iterable[Order]) -> Iterator[list[str]]:
    """Chargebacks as the seller typed them."""
    for order in told:
        case = order.case
        if case is not None and case.chargeback and not case.health_only:
            filed = order.day + timedelta(days=20)
            yield [order.order_id, filed.isoformat(), case.chargeback, "Open"]


def tabbed(header: str, rows: Iterable[Sequence[str]], newline: str = "\n") -> str:
    """Amazon's flat file: no quoting, so a quote in a product name is an ordinary character."""
    return newline.join("\t".join(cells) for cells in (header.split("|"), *rows)) + newline


def commas(header: str, rows: Iterable[Sequence[str]]) -> bytes:
    """A file as a spreadsheet program saves it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header.split("|"))
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")
