"""Rules for a product's page: what is looked at, how many points it is worth, and who says so.

The points are this project's: neither Amazon nor the article weighs its advice. They add up to 100. "G…" and "help
page …" are the numbers of Seller Central help pages; Amazon changes these rules, so nothing else repeats them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class ListingRule:
    """One thing that a page should have.

    Attributes
    ----------
    key : str
        Name of the rule; its words are those of the key ``listing_<key>``.
    column : str
        Column that it judges; blank for every listing, it judges none.
    points : int
        What it is worth; graded rules give a part of it.
    source : str
        Who says so.
    grade : "A", "B" or "C"
        A: read on Amazon's own page. B: Amazon's page as others quote it. C: the article or this project.
    """

    key: str
    column: str
    points: int
    source: str
    grade: Literal["A", "B", "C"]


RULES: Final = (
    ListingRule("title", "title", 8, "the article", "C"),
    # 75 since 27 July 2026; until then 200 with fewer than 80 recommended (help pages 200390640, 200421970).
    ListingRule("title_length", "title", 8, "GYTR6SYGFA5E3EQC; help page 200390640", "B"),
    ListingRule("title_capitals", "title", 3, "GYTR6SYGFA5E3EQC", "A"),
    ListingRule("title_promotion", "title", 4, "GYTR6SYGFA5E3EQC, YYX9DD4VB6XKQRC", "A"),
    ListingRule("title_characters", "title", 4, "help page 201100890, GYTR6SYGFA5E3EQC", "A"),
    ListingRule("title_repeats", "title", 2, "GYTR6SYGFA5E3EQC", "B"),
    ListingRule("title_plain", "title", 3, "help pages 200421970, 200390640", "A"),
    ListingRule("picture", "pictures", 8, "G1881", "A"),
    ListingRule("pictures", "pictures", 12, "G1881", "A"),
    ListingRule("image_url", "image_url", 4, "this project", "C"),
    ListingRule("description", "description", 6, "the article", "C"),
    ListingRule("description_length", "description", 3, "sellers' guides; no help page of Amazon's seen", "B"),
    ListingRule("description_plain", "description", 3, "help page 200390640", "A"),
    ListingRule("bullet_points", "bullet_points", 10, "GX5L8BF8GLMML6CX", "B"),
    ListingRule("price", "price", 10, "the article; Amazon stops offers outside the seller's own range", "B"),
    ListingRule("reviews", "reviews", 4, "the article", "C"),
    ListingRule("rating", "rating", 8, "the article; that 4 stars are enough is this project's reading", "C"),
)

#: Longest title, and the longest that books, music and video may still have. A title between the two keeps half.
TITLE_CHARACTERS: Final = 75
MEDIA_TITLE_CHARACTERS: Final = 200
#: A word may stand in a title so many times.
TITLE_REPEATS: Final = 2
#: Pictures that Amazon recommends for a page, and bullet points that it shows.
PICTURES: Final = 6
BULLET_POINTS: Final = 5
DESCRIPTION_CHARACTERS: Final = 2000
#: Stars that buyers should give on average.
STARS: Final = 4.0
#: A score below this is low; this project's level.
LOW_SCORE: Final = 70.0

#: Promotional phrases, in lower case, as whole words; Amazon names the first seven.
PROMOTIONS: Final = (
    "free shipping", "100% quality guaranteed", "hot item", "best seller", "best sellers", "best quality", "sale",
    "great gift", "free delivery", "bestseller", "best selling", "best price", "lowest price", "best deal",
    "great deal", "hot sale", "on sale", "limited time", "limited offer", "new arrival", "clearance", "money back",
    "satisfaction guaranteed", "discount",
    "versandkostenfrei", "kostenloser versand", "gratis versand", "sonderangebot", "ausverkauf", "rabatt",
    "livraison gratuite", "meilleure vente", "promotion", "soldes", "spedizione gratuita", "sconto", "offerta",
    "envío gratis", "más vendido", "oferta", "rebajas",
)  # fmt: skip
#: A price cut in words.
PRICE_CUT: Final = re.compile(r"\d+ ?% off")
#: Promotional phrases in languages without blanks between words.
PROMOTIONS_UNSPACED: Final = (
    "包邮", "免运费", "促销", "热卖", "热销", "特价", "畅销", "爆款", "限时", "清仓", "送料無料", "セール", "激安",
    "ベストセラー",
)  # fmt: skip
#: Characters that Amazon refuses in a title; and those that it takes in a context such as "Style #4301" or "<10 lb",
#: and not for decoration: alone or doubled, and any picture character.
TITLE_REFUSED: Final = "!$?_{}^¬¦"
DECORATION: Final = re.compile(r"[~#<>*]{2,}|[~#<>*](?!\w)|[\u2600-\u27bf\u2b50\u2b55\ufe0f\U0001f000-\U0001faff]")

#: Small words that a title may repeat.
SMALL_WORDS: Final = frozenset(
    (
        "a", "an", "the", "and", "or", "but", "nor", "as", "at", "by", "for", "from", "in", "into", "of", "off", "on",
        "onto", "over", "per", "to", "up", "with", "without", "und", "oder", "der", "die", "das", "den", "dem", "ein",
        "eine", "für", "mit", "von", "aus", "im", "zu", "zum", "zur", "auf", "ohne", "et", "ou", "le", "la", "les",
        "un", "une", "de", "du", "des", "pour", "avec", "sans", "en", "e", "o", "il", "lo", "gli", "i", "di", "da",
        "per", "con", "senza", "y", "el", "los", "las", "una", "para", "sin", "del", "al",
    )
)  # fmt: skip

HTML: Final = re.compile(r"</?[a-z][^<>]*>|&(?:[a-z]+|#\d+);", re.IGNORECASE)
#: Amazon takes line breaks, and nothing else, in a description.
LINE_BREAK: Final = re.compile(r"<\s*/?\s*br\s*/?\s*>", re.IGNORECASE)
#: A web or mail address.
ADDRESS: Final = re.compile(r"https?://|\bwww\.\w|\b[\w.+-]+@[\w-]+\.\w", re.IGNORECASE)
#: The ASIN of a book is its ISBN; those of music and video can't be told from others.
BOOK: Final = re.compile(r"\d{9}[\dX]")

#: First rule of each column, which says that the thing is there at all, and the points of all rules of the column.
FIRST: Final = MappingProxyType({r.column: r.key for r in reversed(RULES)})
COLUMN_POINTS: Final = MappingProxyType({c: sum(r.points for r in RULES if r.column == c) for c in FIRST})
