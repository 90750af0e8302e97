"""Checks of a product's page: what each rule of ``listing_rules`` finds in one listing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from odr_xl.core import listing_rules as rule

#: One listing: column to text, number, or ``None`` for what isn't known.
Row: TypeAlias = Mapping[str, Any]
#: Lost points, the reason's key, what was found, and what it should be. A check gets the rule's points, and returns
#: ``None`` when the listing says too little to judge.
Finding: TypeAlias = tuple[int, str, object, object]


def contradictory(row: Row) -> bool:
    """Whether a listing's lowest price is above its highest.

    >>> contradictory({"lowest_price": 20.0, "highest_price": 10.0}), contradictory({"lowest_price": 20.0})
    (True, False)
    """
    low, high = _number(row, "lowest_price"), _number(row, "highest_price")
    return low is not None and high is not None and low > high


def absent(row: Row, column: str) -> bool:
    """Whether the page lacks a thing altogether: a blank text, or no picture.

    >>> absent({"title": " "}, "title"), absent({"pictures": 0.0}, "pictures"), absent({"reviews": 0.0}, "reviews")
    (True, True, False)
    """
    value = row[column]
    return not value.strip() if isinstance(value, str) else column == "pictures" and value < 1


def _title_length(row: Row, points: int) -> Finding:
    count = len(row["title"])
    limit = rule.MEDIA_TITLE_CHARACTERS if rule.BOOK.fullmatch(row.get("asin") or "") else rule.TITLE_CHARACTERS
    lost = 0 if count <= limit else points // 2 if count <= rule.MEDIA_TITLE_CHARACTERS else points
    return lost, "title_length", count, limit


def _title_capitals(row: Row, points: int) -> Finding:
    # A short name such as LED or IKEA isn't shouting.
    shouting = row["title"].isupper() and sum(map(str.isupper, row["title"])) > 4
    return points * shouting, "title_capitals", "", ""


def _title_promotion(row: Row, points: int) -> Finding:
    spaced = " ".join(re.findall(r"[\w%]+", row["title"].casefold()))
    phrases = [phrase for phrase in rule.PROMOTIONS if f" {phrase} " in f" {spaced} "]
    phrases += [phrase for phrase in rule.PROMOTIONS_UNSPACED if phrase in row["title"]]
    phrases += rule.PRICE_CUT.findall(spaced)
    return points * bool(phrases), "title_promotion", phrases[0] if phrases else "", ""


def _title_characters(row: Row, points: int) -> Finding:
    title = rule.HTML.sub(" ", row["title"])  # a tag is another rule's business
    refused = [c for c in dict.fromkeys(title) if c in rule.TITLE_REFUSED]
    found = " ".join(dict.fromkeys([*refused, *rule.DECORATION.findall(title)]))
    return points * bool(found), "title_characters", found, ""


def _title_repeats(row: Row, points: int) -> Finding:
    words = [word for word in re.findall(r"[^\W\d_]{2,}", row["title"].casefold()) if word not in rule.SMALL_WORDS]
    word, count = max(Counter(words).items(), key=lambda item: item[1], default=("", 0))
    return points * (count > rule.TITLE_REPEATS), "title_repeats", word, rule.TITLE_REPEATS


def _title_plain(row: Row, points: int) -> Finding:
    return points * _coded(row["title"]), "title_plain", "", ""


def _pictures(row: Row, points: int) -> Finding:
    return _missing(row["pictures"], rule.PICTURES, points, "pictures")


def _bullet_points(row: Row, points: int) -> Finding:
    return _missing(row["bullet_points"], rule.BULLET_POINTS, points, "bullet_points")


def _there(row: Row, points: int) -> Finding:
    return 0, "", "", ""


def _description_length(row: Row, points: int) -> Finding:
    count = len(row["description"])
    lost = points * (count > rule.DESCRIPTION_CHARACTERS)
    return lost, "description_length", count, rule.DESCRIPTION_CHARACTERS


def _description_plain(row: Row, points: int) -> Finding:
    return points * _coded(rule.LINE_BREAK.sub(" ", row["description"])), "description_plain", "", ""


def _price(row: Row, points: int) -> Finding | None:
    price, low, high = (_number(row, name) for name in ("price", "lowest_price", "highest_price"))
    # No price can be right when the seller's own limits contradict each other.
    if price is None or (low is None and high is None) or contradictory(row):
        return None
    if low is not None and price < low:
        return points, "price_low", price, low
    if high is not None and price > high:
        return points, "price_high", price, high
    return 0, "price_low", price, ""


def _reviews(row: Row, points: int) -> Finding:
    return points * (row["reviews"] < 1), "reviews", "", ""


def _rating(row: Row, points: int) -> Finding:
    return points * (row["rating"] < rule.STARS), "rating", row["rating"], rule.STARS


def _missing(count: float, wanted: int, points: int, reason: str) -> Finding:
    """One equal part of the points for each that is missing."""
    there = max(0, min(int(count), wanted))
    return points // wanted * (wanted - there), reason, there, wanted


def _coded(text: str) -> bool:
    # Looking for one character first is much faster than the patterns, and most texts have none.
    if ("<" in text or "&" in text) and rule.HTML.search(text):
        return True
    return ("@" in text or "://" in text or "www." in text.lower()) and bool(rule.ADDRESS.search(text))


def _number(row: Row, name: str) -> float | None:
    value = row.get(name)
    return None if value is None or value != value else float(value)


#: Check of each rule, by the rule's key. It is asked only about what is there (`absent`).
CHECKS: Final[Mapping[str, Callable[[Row, int], Finding | None]]] = MappingProxyType(
    {
        "title": _there,
        "title_length": _title_length,
        "title_capitals": _title_capitals,
        "title_promotion": _title_promotion,
        "title_characters": _title_characters,
        "title_repeats": _title_repeats,
        "title_plain": _title_plain,
        "picture": _there,
        "pictures": _pictures,
        "image_url": _there,
        "description": _there,
        "description_length": _description_length,
        "description_plain": _description_plain,
        "bullet_points": _bullet_points,
        "price": _price,
        "reviews": _reviews,
        "rating": _rating,
    }
)
