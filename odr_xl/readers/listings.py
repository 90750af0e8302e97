"""Listings: Amazon's Active Listings and All Listings reports, and a seller's own table of products.

Amazon's report says little about a page: title, price and SKU; its description and picture columns are mostly blank.
How many pictures, bullet points and reviews there are, and the price range, a seller adds in columns of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from odr_xl.readers.layout import MARKS, ORDER_DATE, ORDER_ID, PRODUCT_NAME, REASON, SKU, Layout

#: Headers of tables that have a SKU too and are something else: orders, returns, defects, stock in a warehouse.
OTHER_TABLES = (
    *ORDER_ID, *ORDER_DATE, *REASON, *(name for names in MARKS.values() for name in names), "order-status",
    "return-date", "Return request date", "退货日期", "返品日", "defect", "cause", "fnsku",
)  # fmt: skip


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a table of listings; "" when it's something else."""
    if not {"sku", "title"} <= set(fields):
        return ""
    if {"asin1", "asin 1"} & headers and "price" in fields:
        return "active_listings"
    # A SKU and a name alone may be any list of products.
    return "listings_table" if set(fields) - {"sku", "asin", "title"} else ""


#: The translations are those of public programs that read the report; its German, French, Italian, Spanish, Polish,
#: Japanese and Chinese headers are in them.
LISTINGS = Layout(
    kind="listings",
    name="Active Listings report",
    columns={
        "sku": "text",
        "asin": "text",
        "title": "text",
        "description": "text",
        "image_url": "text",
        "price": "amount",
        "pictures": "amount",
        "bullet_points": "amount",
        "reviews": "amount",
        "rating": "number",
        "lowest_price": "amount",
        "highest_price": "amount",
    },
    headers={
        "sku": (
            "seller-sku", *SKU, "Verkäufer-SKU", "sku-vendeur", "SKU venditore", "sku-sprzedawcy", "卖家 SKU",
            "商家SKU",
        ),
        "asin": ("asin1", "ASIN 1", "asin"),
        "title": (
            "item-name", "title", "product title", *PRODUCT_NAME, "Titel", "nom-produit", "Titre", "Nome dell'articolo",
            "Titolo", "Título del producto", "Título", "nazwa-produktu", "タイトル", "标题", "商品标题",
        ),
        "description": (
            "item-description", "description", "product description", "Artikelbeschreibung", "Beschreibung",
            "Descrizione dell'articolo", "Descrizione", "Descripción del producto", "Descripción", "opis-produktu",
            "商品の説明", "商品説明", "商品描述", "描述",
        ),
        "image_url": ("image-url", "main image url", "main image", "Bild-URL", "图片链接", "主图链接", "主图"),
        "price": (
            "price", "your price", "Preis", "prix", "Prezzo", "Precio", "cena", "価格", "价格", "售价",
        ),
        "pictures": (
            "pictures", "number of pictures", "images", "number of images", "image count", "photos", "Bilder",
            "Anzahl Bilder", "Images", "Immagini", "Imágenes", "画像数", "图片数", "图片数量",
        ),
        "bullet_points": (
            "bullet points", "number of bullet points", "bullet point count", "Aufzählungspunkte", "箇条書き数",
            "五点描述数", "要点数", "卖点数",
        ),
        "reviews": (
            "reviews", "number of reviews", "review count", "Rezensionen", "Anzahl Rezensionen",
            "Anzahl Bewertungen", "レビュー数", "评论数", "评论数量", "买家评论数",
        ),
        "rating": (
            "rating", "average rating", "star rating", "stars", "average stars", "Durchschnittsbewertung", "Sterne",
            "評価", "评分", "平均评分", "星级", "平均星级",
        ),
        "lowest_price": (
            "lowest price", "minimum price", "min price", "minimum-seller-allowed-price", "your minimum price",
            "Mindestpreis", "最低価格", "最低价", "最低价格",
        ),
        "highest_price": (
            "highest price", "maximum price", "max price", "maximum-seller-allowed-price", "your maximum price",
            "Höchstpreis", "最高価格", "最高价", "最高价格",
        ),
    },
    judge=judge,
)  # fmt: skip
