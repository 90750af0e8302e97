"""Two invented shops to draw: one of 40 orders with one defect, one of as many orders as wanted, with long texts.

The large one has what makes a column too narrow: counts of five and more digits, names of 120 characters, comments of
several lines, every cause, and more products than a block has rows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from odr_xl.excel.refresh import refresh_workbook
from odr_xl.excel.sheets.template import build_workbook
from odr_xl.labels import Language
from odr_xl.samples import layouts
from odr_xl.samples.story import DE_MFN, REGIONS, US_AFN, US_MFN, WINDOW, Case, Order, Product, Site

AS_OF = date(2026, 11, 20)
SMALL, LARGE = 40, 10_000

_COMMENT = (
    "Arrived eleven days late in a torn box, one of the two handles was broken off, and the seller has not answered "
    "any of my three messages since. I had to buy another one in a shop. Would not order here again, sorry."
)
_KINDS = (
    {"rating": 1, "comment": _COMMENT},
    {"rating": 2, "comment": "Broken"},
    {"claim": "Granted/Seller Funded"},
    {"chargeback": "Service"},
    {"return_reason": "DEFECTIVE"},
    {"return_reason": "MISSING_PARTS"},
)


def _products(code: str, count: int) -> list[Product]:
    name = (
        "Stoneware Mug with Handle, Dishwasher and Microwave Safe, 350 ml, Gift Box, Set of {} for Coffee, Tea, Cocoa"
    )
    return [Product(f"MUG-STONEWARE-{code}-{k:03d}", f"B0{code}{k:06d}", name.format(k), 19.9) for k in range(count)]


def _order(number: int, site: Site, age: int, product: Product, case: Case | None, rng: random.Random) -> Order:
    day = AS_OF - timedelta(days=age)
    # Noon or later in UTC is the same calendar day in every marketplace used here.
    moment = datetime.combine(day, time(12, rng.randrange(60)), UTC)
    order_id = f"{site.id_prefix}-{number:07d}-{rng.randrange(10**7):07d}"
    return Order(order_id, site, day, moment, "Shipped", ((product, 1),), rng.choice(REGIONS[site.code]), case)


def small_shop() -> list[Order]:
    """40 orders of one account, all in the window of 60 days, one of them with a one-star feedback: 2.50 %."""
    rng = random.Random(1)
    products = _products("US", 3)
    first, last = WINDOW
    ages = [last - (last - first) * k // (SMALL - 1) for k in range(SMALL)]
    orders = []
    for k, age in enumerate(ages):
        product = products[k % 3]
        case = Case(US_MFN, age, product.sku, rating=1, comment="Handle broken") if k == 20 else None
        orders.append(_order(k, US_MFN, age, product, case, rng))
    return orders


def large_shop(count: int = LARGE) -> list[Order]:
    """Orders of 200 days in three accounts and 60 products, about one in 120 with a defect of any kind."""
    rng = random.Random(2)
    products = {code: _products(code, 60) for code in ("US", "DE")}
    orders = []
    for k in range(count):
        site = (US_MFN, US_AFN, US_MFN, US_AFN, DE_MFN)[k % 5]
        age, product = k % 200, rng.choice(products[site.code])
        case = None
        if rng.random() < 1 / 120:
            case = Case(site, age, product.sku, **_KINDS[rng.randrange(len(_KINDS))])
        orders.append(_order(k, site, age, product, case, rng))
    return orders


def write_reports(orders: Sequence[Order], folder: Path) -> list[Path]:
    """The shop's files, as a seller would have downloaded or typed them."""
    told = [order for order in orders if order.case is not None]
    rng = random.Random(3)
    files = {"claims.csv": layouts.commas(layouts.CLAIMS, layouts.claim_rows(told))}
    files["chargebacks.csv"] = layouts.commas(layouts.CHARGEBACKS, layouts.chargeback_rows(told))
    returns = list(layouts.fba_return_rows(told, rng))
    files["fba-returns.txt"] = layouts.tabbed(layouts.RETURNS_FBA, returns).encode()
    for code, header in (("US", layouts.FEEDBACK_EN), ("DE", layouts.FEEDBACK_DE)):
        own = [order for order in orders if order.site.code == code]
        if own:
            rows = layouts.order_rows(own, layouts.ORDERS_NEW)
            files[f"orders-{code}.txt"] = layouts.tabbed(layouts.ORDERS_NEW, rows).encode()
            comments = layouts.feedback_rows(told, code, AS_OF)
            files[f"feedback-{code}.txt"] = layouts.tabbed(header, comments).encode()
    paths = []
    for name, content in files.items():
        if content.count(b"\n") > 1:  # a report without a row says nothing
            paths.append(folder / name)
            paths[-1].write_bytes(content)
    return paths


def refreshed_workbook(orders: Sequence[Order], language: Language, folder: Path) -> Path:
    """A new workbook in a language, refreshed with a shop's reports."""
    folder.mkdir(parents=True, exist_ok=True)
    workbook = folder / "ODR.xlsm"
    build_workbook(workbook, language=language)
    refresh_workbook(workbook, write_reports(orders, folder), as_of=AS_OF, backup=False)
    return workbook


#: Each workbook that is drawn: its orders and its language.
BOOKS: dict[str, tuple[Callable[[], list[Order]], Language]] = {
    "small-en": (small_shop, "en"),
    "small-zh": (small_shop, "zh"),
    "large-en": (large_shop, "en"),
    "large-zh": (large_shop, "zh"),
}
