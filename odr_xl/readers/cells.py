"""What a single cell holds: blank, an Excel error, or text with the dirt that copying leaves on it.

The other readers share these three questions, so that a blank is a blank everywhere.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Objects = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]

#: What xlwings and workbooks give for a cell that shows an error.
EXCEL_ERRORS = frozenset(
    [
        "#N/A",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
        "#BLOCKED!",
        "#BUSY!",
    ]
)

#: Invisible characters that pages and old exports leave in cells: BOM, zero-width, direction marks, soft hyphen.
_INVISIBLE = {ord(c): None for c in "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\xad"}


def objects(values: Sequence[Any] | npt.NDArray[Any]) -> Objects:
    """Values as a flat object array, whatever mixture of types they are.

    >>> objects(["a", None, 1.5]).tolist()
    ['a', None, 1.5]
    """
    if isinstance(values, np.ndarray) and values.dtype == object and values.ndim == 1:
        return values
    array = np.empty(len(values), dtype=object)
    array[:] = list(values)
    return array


def tidy_text(text: str) -> str:
    """Text without the dirt around it: spaces of any kind, invisible characters, Excel's ``="…"`` and leading ``'``.

    >>> tidy_text('\\ufeff="111-0000001-0000001"\\xa0')
    '111-0000001-0000001'
    """
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    text = text.strip()
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1].strip()
    elif len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    if text.startswith("'"):
        text = text[1:].strip()
    return text


def plain_text(text: str) -> str:
    """Tidy text with full-width letters and digits (`１`) made ordinary and in lower case, to compare with word lists.

    >>> plain_text(" ＹＥＳ ")
    'yes'
    """
    return unicodedata.normalize("NFKC", tidy_text(text)).casefold().strip()


def as_text(value: object) -> str:
    """One cell as text; "" for a blank or an Excel error.

    Whole floats lose their ``.0`` because Excel has no integers; dates read ``YYYY-MM-DD``.

    >>> as_text(1001.0), as_text(None), as_text("#N/A"), as_text(True)
    ('1001', '', '', 'TRUE')
    """
    if isinstance(value, str):
        text = value.strip()
        return "" if text in EXCEL_ERRORS else text.translate(_INVISIBLE).strip()
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, bool | np.bool_):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | np.floating):
        if np.isnan(value):
            return ""
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def text_column(values: Sequence[Any] | npt.NDArray[Any]) -> Objects:
    """A column as text, "" where blank.

    >>> text_column([" SKU-1 ", None, 7.0]).tolist()
    ['SKU-1', '', '7']
    """
    cells = [v.strip() if type(v) is str and v.isascii() and v[:1] != "#" else as_text(v) for v in values]
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def blank_mask(values: Sequence[Any] | npt.NDArray[Any]) -> Mask:
    """True where a cell is blank: None, NaN, or nothing but spaces.

    >>> blank_mask(["", " ", None, float("nan"), 0, "a"]).tolist()
    [True, True, True, True, False, False]
    """
    return np.fromiter(
        (not v or v.isspace() if type(v) is str else _blank(v) for v in values), dtype=bool, count=len(values)
    )


def error_mask(values: Sequence[Any] | npt.NDArray[Any]) -> Mask:
    """True where a cell shows an Excel error.

    >>> error_mask(["#N/A", " #REF! ", "#1 seller", None]).tolist()
    [True, True, False, False]
    """
    wrong = (type(v) is str and "#" in v and tidy_text(v) in EXCEL_ERRORS for v in values)
    return np.fromiter(wrong, dtype=bool, count=len(values))


def _blank(value: object) -> bool:
    if isinstance(value, str):
        return not tidy_text(value)
    return value is None or value is pd.NaT or (isinstance(value, float | np.floating) and bool(np.isnan(value)))
