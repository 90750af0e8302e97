"""What happened in the invented shop: its sales channels, its products, and each order with something to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

#: Youngest and oldest order of the window, in days before ``as_of``: 60 days, both ends included.
WINDOW = (15, 74)


class Product(NamedTuple):
    """One thing the shop sells, with its price in the site's currency."""

    sku: str
    asin: str
    name: str
    price: float


class Site(NamedTuple):
    """One sales channel: where it ships to, and how many orders fall inside and outside the window."""

    code: str
    sales_channel: str
    id_prefix: str
    channel: str  # as the report writes it
    in_window: int
    elsewhere: int


US_MFN = Site("US", "Amazon.com", "901", "Merchant", 500, 1151)
US_AFN = Site("US", "Amazon.com", "902", "Amazon", 400, 918)
US_MCF = Site("US", "Non-Amazon US", "S01", "Amazon", 6, 12)  # sold elsewhere, shipped from Amazon's stock
US_OWN = Site("US", "Non-Amazon US", "903", "Amazon", 3, 5)
DE_MFN = Site("DE", "Amazon.de", "930", "Merchant", 222, 513)

_KETTLE = "KETTLE-STEEL-17"
PRODUCTS = {
    "US": (
        Product(_KETTLE, "B0SAMPLE01", "Steel Kettle 1.7 L", 39.99),
        Product("LAMP-OAK-S", "B0SAMPLE02", "Oak Desk Lamp, small", 54.5),
        Product("FRAME-8X10", "B0SAMPLE03", 'Picture Frame 8" x 10"', 14.95),  # a quote that no reader may eat
        Product("TOWEL-4", "B0SAMPLE04", "Cotton Towels, set of 4", 24.0),
        Product("0042-MUG", "B0SAMPLE05", "Stoneware Mug", 11.9),  # leading zeros must survive
        Product("RUG-JUTE-160", "B0SAMPLE06", "Jute Rug 160 cm", 89.0),
        Product("HOOK-10", "B0SAMPLE07", "Wall Hooks, pack of 10", 9.49),
    ),
    "DE": (
        Product("TÜRKRANZ-30", "B0MUSTER01", "Türkranz Eukalyptus 30 cm", 22.9),
        Product("KUECHENWAAGE", "B0MUSTER02", "Küchenwaage für 5 kg", 19.99),
        Product("FUSSMATTE", "B0MUSTER03", "Fußmatte Kokos, 60 × 40 cm", 17.5),
        Product("BUECHERREGAL", "B0MUSTER04", "Bücherregal Birke, schmal", 74.0),
    ),
}
REGIONS = {"US": ("CA", "TX", "NY", "WA", "FL", "OH"), "DE": ("Bayern", "Hessen", "Baden-Württemberg", "Berlin")}


@dataclass(frozen=True)
class Case:
    """One order that something happened to, ``age`` days before ``as_of``."""

    site: Site
    age: int
    sku: str
    rating: int = 0
    comment: str = ""
    reply: str = ""
    claim: str = ""
    chargeback: str = ""
    return_reason: str = ""
    health_only: bool = False  # the chargeback is in Account Health alone: the seller hasn't typed it
    marks: str = ""  # late shipment, cancellation: shown by Account Health, never a defect


_FORMULA_COMMENT = "=cmd|' /C calc'!A0"
CASES = (
    # long ago
    Case(US_MFN, 140, "LAMP-OAK-S", rating=2, comment="Shade was bent", reply="A new shade is on its way."),
    Case(US_AFN, 130, "TOWEL-4", rating=1, comment="Box was empty"),
    Case(US_MFN, 125, "RUG-JUTE-160", claim="Granted/Seller Funded"),
    Case(DE_MFN, 118, "FUSSMATTE", rating=2, comment="Farbe anders als im Bild"),
    # these leave the window during the last two weeks of the trend: the rate falls
    Case(US_AFN, 88, "0042-MUG", rating=1, comment="Broken handle"),
    Case(US_MFN, 86, "LAMP-OAK-S", claim="Closed/Refunded"),
    Case(DE_MFN, 84, "BUECHERREGAL", claim="Granted/Seller Funded"),
    Case(US_MFN, 82, "FRAME-8X10", rating=1, comment='Said 8", got 7"', return_reason="CR-NOT_AS_DESCRIBED"),
    Case(US_MFN, 79, "TOWEL-4", chargeback="Service"),
    Case(US_MFN, 76, "RUG-JUTE-160", rating=2, comment="Late and dusty"),
    # in the window: six seller-fulfilled, two Amazon-fulfilled, two German
    Case(US_MFN, 66, "LAMP-OAK-S", rating=1, comment="Never answered my messages", marks="late"),
    Case(DE_MFN, 57, "KUECHENWAAGE", rating=1, comment="Zeigt falsche Werte, Händler antwortet nicht"),
    Case(US_MFN, 50, _KETTLE, rating=1, comment="Leaks from day one", return_reason="CR-DEFECTIVE"),
    Case(US_MFN, 47, _KETTLE, rating=2, comment="Rust inside", claim="Granted/Seller Funded"),
    Case(US_AFN, 46, _KETTLE, rating=1, comment=_FORMULA_COMMENT, return_reason="DEFECTIVE"),
    Case(US_MFN, 44, _KETTLE, claim="Closed/Refunded", return_reason="AMZ-PG-BAD-ITEM"),
    Case(DE_MFN, 43, "TÜRKRANZ-30", claim="Granted/Seller Funded"),
    Case(US_MFN, 41, _KETTLE, chargeback="Service", health_only=True),
    Case(US_AFN, 41, "FRAME-8X10", chargeback="Service", return_reason="DAMAGED_BY_CARRIER"),
    Case(US_MFN, 39, _KETTLE, claim="Under Review"),
    # too young for the window
    Case(US_MFN, 9, "HOOK-10", rating=2, comment="Two hooks missing"),
    # in the window and no defect at all
    Case(US_MFN, 60, "TOWEL-4", rating=3, comment="Okay, a bit thin", reply="Thank you for telling us."),
    Case(DE_MFN, 52, "FUSSMATTE", rating=3, comment="Geht so, Größe passt"),
    Case(US_MFN, 55, "RUG-JUTE-160", claim="Closed/Denied"),
    Case(US_MFN, 48, _KETTLE, claim="Withdrawn"),
    Case(US_MFN, 36, "LAMP-OAK-S", chargeback="Fraud"),
    Case(US_MFN, 33, "HOOK-10", marks="late"),
    Case(US_MFN, 30, "0042-MUG", marks="cancelled"),
    # returned for a defect: the early warning, no part of Amazon's figure
    Case(US_AFN, 58, "0042-MUG", return_reason="DAMAGED_BY_CARRIER"),
    Case(US_AFN, 49, _KETTLE, return_reason="DEFECTIVE"),
    Case(US_AFN, 45, _KETTLE, return_reason="DEFECTIVE"),
    Case(US_AFN, 42, "FRAME-8X10", return_reason="SWITCHEROO"),
    Case(US_AFN, 35, "HOOK-10", return_reason="MISSING_PARTS"),
    Case(US_AFN, 24, _KETTLE, return_reason="QUALITY_UNACCEPTABLE"),
    Case(US_MFN, 53, _KETTLE, return_reason="CR-DEFECTIVE"),
    Case(US_MFN, 46, "LAMP-OAK-S", return_reason="AMZ-PG-DAMAGED"),
    Case(US_MFN, 40, "FRAME-8X10", return_reason="CR-SWITCHEROO"),
    Case(US_MFN, 28, "HOOK-10", return_reason="CR-MISSING_PARTS"),
    # returned because the buyer changed their mind
    *(Case(US_AFN, 90 - 6 * k, "TOWEL-4", return_reason=r) for k, r in enumerate(("UNWANTED_ITEM",) * 6)),
    Case(US_AFN, 51, "LAMP-OAK-S", return_reason="ORDERED_WRONG_ITEM"),
    Case(US_AFN, 37, "RUG-JUTE-160", return_reason="FOUND_BETTER_PRICE"),
    Case(US_AFN, 26, "0042-MUG", return_reason="NO_REASON_GIVEN"),
    Case(US_MFN, 62, "RUG-JUTE-160", return_reason="CR-UNWANTED_ITEM"),
    Case(US_MFN, 38, "LAMP-OAK-S", return_reason="CR-ORDERED_WRONG_ITEM"),
    Case(US_MFN, 31, "TOWEL-4", return_reason="AMZ-PG-MISORDERED"),
)

#: A feedback about an order that is in no report: it has to be shown, and can't be counted.
STRAY_ORDER = "909-0000001-0000001"


class Order(NamedTuple):
    """One order; ``lines`` are its rows in the report, ``case`` is what happened to it."""

    order_id: str
    site: Site
    day: date  # on the marketplace's own calendar
    moment: datetime  # UTC
    status: str
    lines: tuple[tuple[Product, int], ...]
    region: str
    case: Case | None
