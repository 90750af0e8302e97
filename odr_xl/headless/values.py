"""A cell's value between Python and the workbook's XML: numbers, dates as serials, text, errors.

Sources: ECMA-376 part 1, 18.3.1.4 (c), 18.18.11 (ST_CellType), 22.9.2.19 (ST_Xstring: `_xHHHH_`); Excel's limits page
(32,767 characters in a cell).
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

import numpy as np

Value = float | int | bool | str | datetime | date | None

MAX_TEXT = 32_767  # UTF-16 units, as Excel counts
ERRORS = frozenset(("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"))
# Excel keeps these as #VALUE! plus rich-value metadata; without the metadata it reads the plain error only.
_RICH_ERRORS = frozenset(
    ("#CALC!", "#SPILL!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!")
)

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_FIRST_TRUE_DAY = 61  # Excel counts a 29 February 1900 that never was, as serial 60
_DAY = timedelta(days=1)
_LAST_SERIAL = 2_958_466.0  # 1 January 10000: the first day Excel can't show

# What XML 1.0 can't hold, the carriage return (readers of XML make a line feed of it), and text that looks escaped.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class ErrorValue(str):
    """The text of an error cell (``#N/A``): equal to its string, but told apart from a text that reads the same."""

    __slots__ = ()


class Content(NamedTuple):
    """What a cell holds in the XML: its type and the text of its value; None is a blank cell."""

    kind: Literal["", "n", "b", "e", "str"]
    text: str


BLANK = Content("", "")


def content(value: object, date1904: bool = False) -> Content:
    """The XML content of a value.

    Dates become serials; NaN and NaT a blank; an infinite number ``#NUM!``; the eight plain error strings
    errors; newer errors such as ``#SPILL!`` become ``#VALUE!``, as Excel itself stores them.
    Text isn't escaped yet (`escape_text`).

    Raises
    ------
    TypeError
        If a cell can't hold that type.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value != value:
        return BLANK
    if isinstance(value, str):
        if isinstance(value, ErrorValue) and value not in ERRORS:
            return Content("e", "#VALUE!")
        if value.startswith("#"):
            if value in ERRORS:
                return Content("e", str(value))
            if value in _RICH_ERRORS:
                return Content("e", "#VALUE!")
        return Content("str", str(value))
    if isinstance(value, bool):
        return Content("b", "1" if value else "0")
    if isinstance(value, int | float):
        return Content("n", number_text(value)) if math.isfinite(value) else Content("e", "#NUM!")
    if isinstance(value, date):
        return Content("n", number_text(to_serial(value, date1904)))
    raise TypeError(f"a cell can't hold a {type(value).__name__}")


def number_text(value: float) -> str:
    """The shortest decimal that reads back as the same number."""
    if isinstance(value, int):
        if abs(value) < 10**15:
            return int.__repr__(value)
        value = float(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return float.__repr__(value)  # a numpy float's own repr has its type around it


def to_serial(value: date, date1904: bool = False) -> float:
    """Excel's serial of a date or datetime (its zone is dropped): days, 1 January 1900 being 1.

    With `date1904` the old Macintosh count: 1 January 1904 is 0.
    """
    moment = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if date1904:
        return (moment - _EPOCH_1904) / _DAY
    serial = (moment - _EPOCH_1900) / _DAY
    return serial if serial >= _FIRST_TRUE_DAY else serial - 1


def from_serial(serial: float, date1904: bool = False) -> datetime | float:
    """The datetime of a serial, to the millisecond; a serial below 1 or after the year 9999 stays a number."""
    if not 1 <= serial < _LAST_SERIAL - (1462 if date1904 else 0):
        return serial
    if date1904:
        return _EPOCH_1904 + timedelta(milliseconds=round(serial * 86_400_000))
    start = _EPOCH_1900 if serial >= _FIRST_TRUE_DAY - 1 else _EPOCH_1900 + _DAY
    return start + timedelta(milliseconds=round(serial * 86_400_000))


def escape_text(text: str) -> str:
    """Text as a cell may hold it: at most 32,767 UTF-16 units (the rest becomes ``…``), odd characters as ``_xHHHH_``.

    The characters ``&<>`` are left to whatever writes the XML.
    """
    if len(text) > MAX_TEXT // 2:
        units = text.encode("utf-16-le", "surrogatepass")
        if len(units) > 2 * MAX_TEXT:
            kept = units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "surrogatepass")
            # A cut through a pair leaves half a character behind.
            text = (kept[:-1] if "\ud800" <= kept[-1] <= "\udbff" else kept) + "…"
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape_text(text: str) -> str:
    """The text that `escape_text` escaped."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
