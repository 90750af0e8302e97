"""Order ids: cleaned, and refused when Excel has damaged them beyond repair.

Amazon's ids have the shape ``123-1234567-1234567`` (or ``S01-…``, ``D01-…``). Without their hyphens they are
17-digit numbers, and Excel keeps only 15 digits of a number: the last two become 0 for good. Padding or guessing
would join the wrong orders, so such an id is refused and the seller is told how to import the column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from odr_xl.readers.cells import EXCEL_ERRORS, Mask, Objects, as_text, objects, tidy_text

#: Shape of Amazon's own ids; sellers' own orders may have others. Source: Amazon help page 200547170.
AMAZON_ID = re.compile(r"[0-9A-Z]\d{2}-\d{7}-\d{7}")

#: Order ids as whole numbers.
Keys = npt.NDArray[np.uint64]

#: Ids tested together, so that a few of another shape don't slow down the rest.
_TOGETHER = 4096

#: What each character of an id and its line break is worth: the first ten in one number, the last seven in another. The
#: characters' codes and not their digits are added up, which shifts each number by a constant and mixes up none.
_PLACES = np.zeros((20, 2))
_PLACES[[0, 1, 2, 4, 5, 6, 7, 8, 9, 10], 0] = 10.0 ** np.arange(9, -1, -1)
_PLACES[12:19, 1] = 10.0 ** np.arange(6, -1, -1)
#: The second number is below 58 * 1,111,111, less than 2**26.
_SHIFT = np.uint64(26)

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_HYPHENS = {ord(c): "-" for c in "‐‑‒–—−－"}
_REIMPORT = (
    "Import the file again with Data > From Text/CSV (or Power Query), the order-id column set to Text before loading."
)


@dataclass(frozen=True, slots=True)
class OrderIds:
    """A column of order ids.

    Attributes
    ----------
    ids : object array of str
        The cleaned id; "" where blank or damaged.
    blank : bool array
        Cells that hold nothing.
    damaged : bool array
        Cells that hold something that can't be an order id any more.
    """

    ids: Objects
    blank: Mask
    damaged: Mask


def clean_ids(values: Sequence[Any] | npt.NDArray[Any]) -> OrderIds:
    """Clean a column of order ids.

    Spaces, quotes, ``="…"`` and typographic hyphens go, letters become capitals in ids of Amazon's shape, and an
    intact 17-digit text gets its hyphens back. Ids of another shape are kept: sellers type their own.

    >>> found = clean_ids([" 111-0000001-0000001 ", 1.11000000100000E+16, None, "MY-7", 42.0])
    >>> found.ids.tolist()
    ['111-0000001-0000001', '', '', 'MY-7', '42']
    >>> found.damaged.tolist()
    [False, True, False, False, False]
    """
    cells = objects(values)
    damaged = np.zeros(len(cells), dtype=bool)
    intact = amazon_shape(cells)
    if intact.all():
        return OrderIds(cells, damaged, damaged)
    ids = np.empty(len(cells), dtype=object)
    ids[:] = ""
    ids[intact] = cells[intact]
    for i in np.flatnonzero(~intact):
        cleaned = _clean(cells[i])
        if cleaned is None:
            damaged[i] = True
        else:
            ids[i] = cleaned
    return OrderIds(ids, (ids == "") & ~damaged, damaged)


def amazon_shape(values: Sequence[Any] | npt.NDArray[Any]) -> Mask:
    """True where the value is a text of exactly Amazon's shape.

    >>> amazon_shape(["111-0000001-0000001", "111-0000001", None, 5]).tolist()
    [True, False, False, False]
    """
    cells = objects(values)
    result = np.empty(len(cells), dtype=bool)
    for at in range(0, len(cells), _TOGETHER):
        some = cells[at : at + _TOGETHER]
        result[at : at + _TOGETHER] = all_amazon_shape(some.tolist()) or _amazon_shape(some)
    return result


def all_amazon_shape(cells: Sequence[Any]) -> bool:
    """Whether every value is a text of exactly Amazon's shape; one test for all, much faster than one for each.

    >>> all_amazon_shape(["111-0000001-0000001", "S01-0000001-0000001"]), all_amazon_shape(["111-0000001", None])
    (True, False)
    """
    return not len(cells) or _amazon_bytes(cells) is not None


def amazon_keys(cells: Sequence[Any]) -> Keys | None:
    """Each order id as a whole number, in the order of the ids; None when any isn't a text of Amazon's shape.

    Different ids have different numbers, and the same id always has the same.

    >>> keys = amazon_keys(["111-0000001-0000001", "111-0000001-0000002", "S01-0000001-0000001"])
    >>> bool(keys[0] < keys[1] < keys[2]), amazon_keys(["111-0000001-0000001", "MY-7"]) is None
    (True, True)
    """
    if not len(cells):
        return np.empty(0, dtype=np.uint64)
    codes = _amazon_bytes(cells)
    if codes is None:
        return None
    # Floats, because their product is ten times faster; they hold whole numbers up to 2**53, and these are below 2**37.
    parts = codes.reshape(-1, _PLACES.shape[0]).astype(np.float64) @ _PLACES
    return parts[:, 0].astype(np.uint64) << _SHIFT | parts[:, 1].astype(np.uint64)


def _amazon_bytes(cells: Sequence[Any]) -> npt.NDArray[np.uint8] | None:
    """The ids' characters, each id with a line break after it; None when any isn't a text of Amazon's shape."""
    count = len(cells)
    try:
        text = "\n".join(cells)
    except TypeError:  # something that isn't a text
        return None
    if len(text) != 20 * count - 1 or not text.isascii():
        return None
    codes = np.frombuffer(f"{text}\n".encode("ascii"), dtype=np.uint8)
    if not ((codes[3::20] == 45) & (codes[11::20] == 45) & (codes[19::20] == 10)).all():
        return None
    wrong = (codes - 48 < 10) != _digits(count)
    if wrong.any():
        wrong[::20] &= (codes[::20] < 65) | (codes[::20] > 90)
        if wrong.any():
            return None
    return codes


@lru_cache(maxsize=8)
def _digits(count: int) -> Mask:
    """Where digits stand in so many ids, each with a line break after it."""
    return np.tile(np.array([c == "0" for c in "000-0000000-0000000\n"]), count)


def _amazon_shape(cells: Objects) -> Mask:
    result = np.fromiter((type(v) is str and len(v) == 19 for v in cells), dtype=bool, count=len(cells))
    at = np.flatnonzero(result)
    if len(at) == 0:
        return result
    codes = np.array(cells[at].tolist(), dtype="U19").view(np.uint32).reshape(len(at), 19)
    digit = (codes >= 48) & (codes <= 57)
    right = digit[:, 1:3].all(axis=1) & digit[:, 4:11].all(axis=1) & digit[:, 12:].all(axis=1)
    right &= (codes[:, 3] == 45) & (codes[:, 11] == 45)
    right &= digit[:, 0] | ((codes[:, 0] >= 65) & (codes[:, 0] <= 90))
    result[at] = right
    return result


def id_problem(value: object) -> tuple[str, str]:
    """Reason and remedy for a damaged order id, for a `Problem`.

    >>> id_problem(1.11e16)[0]
    'is an order id that Excel has turned into a number; its last digits are lost'
    """
    if isinstance(value, str) and tidy_text(value) in EXCEL_ERRORS:
        return "is an Excel error, not an order id", "Correct the formula in that cell, or type the order id."
    if isinstance(value, bool | np.bool_):
        return "isn't an order id", "Type the order id, such as 123-1234567-1234567."
    return "is an order id that Excel has turned into a number; its last digits are lost", _REIMPORT


def _clean(value: Any) -> str | None:
    """One id that isn't in perfect shape already; None when it's damaged."""
    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, int | float | np.integer | np.floating):
        if isinstance(value, float | np.floating) and np.isnan(value):
            return ""
        # From 10^15 on, Excel has already dropped digits.
        number = float(value)
        return str(int(value)) if abs(number) < 1e15 and number.is_integer() else None
    if not isinstance(value, str):
        return as_text(value)
    text = tidy_text(value)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_HYPHENS).strip()
    if text in EXCEL_ERRORS or _SCIENTIFIC.fullmatch(text):
        return None
    if len(text) == 17 and text.isdigit():
        # Excel writes 0 for the digits it lost, so a text that ends in 00 has most likely been a number.
        return None if text.endswith("00") else f"{text[:3]}-{text[3:10]}-{text[10:]}"
    upper = text.upper()
    return upper if AMAZON_ID.fullmatch(upper) else text
