"""The invented shop's pages on Amazon.com: the Active Listings report, and the columns that the seller added to it.

Amazon's file has no description and no picture link: it fills these columns no more. The seller counted pictures,
bullet points and reviews, and typed a price range; the last page hasn't been looked at yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from odr_xl.samples.story import PRODUCTS

LISTINGS = (
    "item-name|item-description|listing-id|seller-sku|price|quantity|open-date|image-url|item-is-marketplace|"
    "product-id-type|zshop-shipping-fee|item-note|item-condition|zshop-category1|zshop-browse-path|"
    "zshop-storefront-feature|asin1|asin2|asin3|will-ship-internationally|expedited-shipping|zshop-boldface|product-id|"
    "bid-for-featured-placement|add-delete|pending-quantity|fulfillment-channel|merchant-shipping-group|status|"
    "Pictures|Bullet points|Reviews|Rating|Lowest price|Highest price"
)


class Page(NamedTuple):
    """What the seller noted about one page; "" where nothing is known."""

    title: str = ""  # the product's name when blank
    pictures: str = ""
    bullet_points: str = ""
    reviews: str = ""
    rating: str = ""
    lowest: str = ""
    highest: str = ""


#: The kettle of the bad batch has the worst page; the lamp's price is a slip, and the rug was never sold much.
PAGES = {
    "KETTLE-STEEL-17": Page(
        "STEEL KETTLE 1.7 L - BEST SELLER! FREE SHIPPING", "2", "3", "212", "3.1", "34.99", "44.99"
    ),
    "LAMP-OAK-S": Page("Oak Desk Lamp with Linen Shade, Small, Natural", "6", "5", "64", "4.5", "59.00", "75.00"),
    "FRAME-8X10": Page("", "4", "5", "131", "4.2", "12.00", "18.00"),
    "TOWEL-4": Page("Cotton Bath Towels, Set of 4, Quick Drying, White", "7", "5", "540", "4.6", "20.00", "29.00"),
    "0042-MUG": Page(
        "Stoneware Mug for Coffee, Tea, Cocoa, Soup and Everything Else That You Like to Drink Warm in the Morning, "
        "12 oz",
        "6", "5", "88", "4.4", "9.00", "14.00",
    ),
    "RUG-JUTE-160": Page("Jute Rug, Hand Woven, Round, 160 cm", "5", "4", "0", "", "80.00", "110.00"),
    "HOOK-10": Page(),
}  # fmt: skip


def listing_rows(as_of: date) -> Iterator[list[str]]:
    """One row a product of the American shop."""
    for number, product in enumerate(PRODUCTS["US"], start=1):
        page = PAGES[product.sku]
        opened = as_of - timedelta(days=400 + 37 * number)
        by_amazon = number % 2 == 0
        values = {
            "item-name": page.title or product.name,
            "listing-id": f"0101A{number:06d}",
            "seller-sku": product.sku,
            "price": f"{product.price:.2f}",
            "quantity": "" if by_amazon else str(40 + number),  # Amazon keeps count of its own stock elsewhere
            "open-date": f"{opened.isoformat()} 09:{number:02d}:30 PST",
            "item-is-marketplace": "y",
            "product-id-type": "1",
            "item-condition": "11",
            "asin1": product.asin,
            "product-id": product.asin,
            "pending-quantity": "0",
            "fulfillment-channel": "AMAZON_NA" if by_amazon else "DEFAULT",
            "merchant-shipping-group": "Migrated Template",
            "status": "Active",
            "Pictures": page.pictures,
            "Bullet points": page.bullet_points,
            "Reviews": page.reviews,
            "Rating": page.rating,
            "Lowest price": page.lowest,
            "Highest price": page.highest,
        }
        yield [values.get(name, "") for name in LISTINGS.split("|")]
