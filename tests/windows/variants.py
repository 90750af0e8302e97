"""Values as they cross the border to the stand-in for Excel; client/values.h has the letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

EPOCH = datetime(1899, 12, 30)
#: Excel's errors as the numbers that a Variant holds, and the texts that a cell shows.
ERRORS = {
    **{"#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273, "#REF!": -2146826265},
    **{"#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246},
}
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


class Missing:
    """An argument that was left out."""


@dataclass(frozen=True)
class CellError:
    """An error in a cell, such as ``#REF!``."""

    text: str


@dataclass(frozen=True)
class Area:
    """A range of cells on a sheet, given as an object, as Excel gives what stands between ``(`` and ``)``."""

    rows: Sequence[Sequence[Any]]
    sheet: str
    row: int = 1
    column: int = 1


@dataclass(frozen=True)
class Array:
    """A calculated array, as Excel gives what another formula made; it has no place."""

    rows: Sequence[Sequence[Any]]


def write_value(value: Any) -> list[str]:
    """The tokens of a value.

    >>> write_value(Area([["id", None]], "My orders", 5)), write_value(CellError("#REF!"))
    (['G1:2:5:1', 'My orders', 'Sid', 'E'], ['X-2146826265'])
    """
    if isinstance(value, Area):
        place = f"G{len(value.rows)}:{len(value.rows[0])}:{value.row}:{value.column}"
        return [place, _escaped(value.sheet), *_tokens(value.rows)]
    if isinstance(value, Array):
        return [f"A{len(value.rows)}:{len(value.rows[0])}", *_tokens(value.rows)]
    return [_token(value)]


def _tokens(rows: Sequence[Sequence[Any]]) -> list[str]:
    return [_token(cell) for row in rows for cell in row]


def _token(value: Any) -> str:
    if value is None:
        return "E"
    if isinstance(value, bool):
        return f"B{int(value)}"
    if isinstance(value, int | float):
        return f"R{float(value)!r}"
    if isinstance(value, str):
        return "S" + _escaped(value)
    if isinstance(value, datetime):
        return f"D{(value - EPOCH) / timedelta(days=1)!r}"
    if isinstance(value, Decimal):
        return f"C{int(value * 10_000)}"
    if isinstance(value, CellError):
        return f"X{ERRORS[value.text]}"
    if value is Missing:
        return "M"
    raise TypeError(f"{type(value).__name__} is in no cell")


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def read_value(tokens: Iterator[str]) -> Any:
    """The value that tokens stand for: an array as rows, a 1-D array as one row, a whole number as a number.

    >>> read_value(iter(["A1:2", "Sid", "D46295"]))
    [['id', datetime.datetime(2026, 9, 30, 0, 0)]]
    """
    token = next(tokens)
    kind, rest = token[:1], token[1:]
    if kind == "E":
        return None
    if kind in "RI":
        return float(rest)
    if kind == "B":
        return rest == "1"
    if kind == "D":
        # A double has microseconds to spare, and no more.
        return EPOCH + timedelta(seconds=round(float(rest) * 86400, 3))
    if kind == "S":
        return _unescaped(rest)
    if kind == "A":
        height, width = map(int, rest.split(":"))
        return [[read_value(tokens) for _ in range(width)] for _ in range(height)]
    if kind == "L":
        return [[read_value(tokens) for _ in range(int(rest))]]
    raise ValueError(f"no value: {token}")


def _unescaped(text: str) -> str:
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r") for part in parts)
