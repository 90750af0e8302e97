"""Builders of small invented report files for the tests of the readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path


def names(text: str, separator: str | None = None) -> list[str]:
    """A header row written in one line."""
    return text.split(separator)


ALL_ORDERS = names(
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel "
    "order-channel ship-service-level product-name sku asin item-status quantity currency item-price ship-city "
    "ship-state ship-postal-code ship-country promotion-ids"
)
FEEDBACK = ["Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email"]
ORDER_REPORT = names(
    "order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku product-name "
    "quantity-purchased ship-service-level recipient-name ship-address-1 ship-city ship-state ship-postal-code "
    "ship-country"
)


def order(number: int, **cells: str) -> dict[str, str]:
    """One line of the All Orders report, with cells of its own (``_`` for ``-`` in their names)."""
    usual = {
        "amazon-order-id": f"701-{number:07d}-{number:07d}",
        "purchase-date": "2026-08-01T12:00:00+00:00",
        "last-updated-date": "2026-08-02T12:00:00+00:00",
        "order-status": "Shipped",
        "fulfillment-channel": "Amazon",
        "sales-channel": "Amazon.com",
        "order-channel": "WebsiteOrderChannel",
        "ship-service-level": "Expedited",
        "product-name": "Blue teapot",
        "sku": f"TEA-{number}",
        "asin": "B00TEAPOT1",
        "item-status": "Shipped",
        "quantity": "1",
        "ship-city": "PERSONALCITY",
        "ship-state": "WA",
        "ship-postal-code": "PERSONAL-98101",
        "ship-country": "US",
    }
    return usual | {name.replace("_", "-"): cell for name, cell in cells.items()}


def lines(headers: Iterable[str], rows: Iterable[Mapping[str, str] | Iterable[str]], separator: str = "\t") -> str:
    """Text of a report, each line with its line break."""
    headers = list(headers)
    table = [headers]
    for row in rows:
        table.append([row.get(h, "") for h in headers] if isinstance(row, Mapping) else list(row))
    return "".join(separator.join(row) + "\n" for row in table)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """The text as a file, exactly these bytes."""
    path.write_bytes(text.encode(encoding))
    return path
