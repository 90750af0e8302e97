"""Numbers in cells: ratings, quantities and counts, also in full-width digits or with a decimal comma."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from odr_xl.readers.cells import Mask, plain_text
from odr_xl.readers.coded import Cells, factorised

Floats = npt.NDArray[np.float64]

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
#: Ratings as people type them: ``2 stars``, ``★★``, ``2/5``, ``2 out of 5``.
_STARS = re.compile(
    r"([0-5](?:[.,]\d)?)\s*(?:stars?|sterne?|étoiles?|estrellas?|stelle|stella|星|★|/\s*5|out of 5)", re.IGNORECASE
)


def parse_numbers(values: Cells, *, stars: bool = False) -> tuple[Floats, Mask]:
    """Numbers of a column, and where there is something else.

    Parameters
    ----------
    values : sequence
        One cell each.
    stars : bool
        Also read ``2 stars`` and ``★★``.

    Returns
    -------
    numbers : float64 array
        NaN where blank or bad.
    bad : bool array
        True where there is something that isn't a number.

    Examples
    --------
    >>> numbers, bad = parse_numbers(["１", "1.0", "★★", "", "many"], stars=True)
    >>> numbers.tolist()[:3], bad.tolist()
    ([1.0, 1.0, 2.0], [False, False, False, False, True])
    """
    if isinstance(values, np.ndarray) and values.dtype.kind in "fiu":
        return values.astype(float), np.zeros(len(values), dtype=bool)
    codes, distinct = factorised(values)
    read = [_number(v, stars) for v in distinct]
    numbers = np.array([np.nan if r is None else r for r in read] + [np.nan], dtype=float)
    bad = np.array([r is None for r in read] + [False], dtype=bool)
    return numbers[codes], bad[codes]


def _number(value: Any, stars: bool) -> float | None:
    """One number; NaN for a blank, None for something else."""
    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, int | float | np.number):
        return float(value) if np.isfinite(float(value)) else None
    if not isinstance(value, str):
        return None
    text = plain_text(value)
    if not text:
        return float("nan")
    if _NUMBER.fullmatch(text) and len(text) < 20:
        return float(text.replace(",", "."))
    if stars:
        if match := _STARS.fullmatch(text):
            return float(match[1].replace(",", "."))
        if set(text) <= {"★", "☆"}:
            return float(text.count("★"))
    return None
