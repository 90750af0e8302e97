"""Prices and other amounts in cells: with a currency, with a decimal comma, with a mark between the thousands."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from odr_xl.readers.cells import Mask, plain_text
from odr_xl.readers.coded import Cells, factorised
from odr_xl.readers.numbers import Floats

#: Currencies as reports and sellers write them, after `plain_text`, which makes them lower case and half width.
_CURRENCY = (
    r"(?:(?:us|ca?|au?|mx|s|r)?\$|[€£¥₹₺₽₩₪฿]|元|円|zł|zl|kr|rs\.?|tl|"
    r"usd|eur|gbp|jpy|cny|rmb|cad|aud|mxn|brl|inr|sek|pln|try|aed|sar|egp|sgd|zar|chf)"
)
_AMOUNT = re.compile(rf"{_CURRENCY}?\s*(\d[\d.,'’\s]*?)\s*{_CURRENCY}?")
#: Marks between the thousands; India's lakhs have two digits after the first of them.
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[.,'’ ])\d{3}(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")
_DECIMALS = re.compile(r"(.*)([.,])(\d*)")
#: An amount has at most so many characters; anything longer is something else.
_LONGEST = 30


def parse_amounts(values: Cells) -> tuple[Floats, Mask]:
    """Amounts of a column, and where there is something else.

    The last point or comma is the decimal mark, unless exactly three digits follow it and it can stand between
    thousands: no currency of Amazon's has three decimals. So ``1,299`` and ``1.299`` are 1299.

    Parameters
    ----------
    values : sequence
        One cell each.

    Returns
    -------
    amounts : float64 array
        NaN where blank or bad.
    bad : bool array
        True where there is something that isn't an amount; a negative one is bad too.

    Examples
    --------
    >>> amounts, bad = parse_amounts(["39,99", "$39.99", "1.234,50", "1,299 JPY", 12, "", "about 40", -1])
    >>> amounts.tolist()[:5], bad.tolist()
    ([39.99, 39.99, 1234.5, 1299.0, 12.0], [False, False, False, False, False, False, True, True])
    """
    codes, distinct = factorised(values)
    read = [_amount(value) for value in distinct]
    amounts = np.array([np.nan if r is None else r for r in read] + [np.nan], dtype=float)
    bad = np.array([r is None for r in read] + [False], dtype=bool)
    return amounts[codes], bad[codes]


def _amount(value: Any) -> float | None:
    """One amount; NaN for a blank, None for something else."""
    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, int | float | np.number):
        number = float(value)
        return number if np.isfinite(number) and number >= 0 else None
    if not isinstance(value, str):
        return None
    text = " ".join(plain_text(value).split())
    if not text:
        return float("nan")
    found = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    return _digits(found[1].strip()) if found else None


def _digits(text: str) -> float | None:
    """Value of digits and their marks; None when the marks make no number."""
    if _GROUPED.fullmatch(text) and text[0] != "0":
        return float(_plain(text))
    whole, mark, decimals = text, "", ""
    if found := _DECIMALS.fullmatch(text):
        whole, mark, decimals = found.groups()
    if not whole.isdecimal() and not (_GROUPED.fullmatch(whole) and mark not in whole):
        return None
    return float(f"{_plain(whole)}.{decimals or 0}")


def _plain(text: str) -> str:
    return re.sub(r"\D", "", text)
