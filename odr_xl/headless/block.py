"""A block of rows as XML text, 100,000 rows in a second or two: text is always text, whatever it starts with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import zip_longest
from xml.sax.saxutils import escape

from odr_xl.headless.address import column_letters
from odr_xl.headless.values import ErrorValue, content, escape_text, number_text, to_serial

_MEMO = 20_000


def build_cells(
    first_row: int,
    first_column: int,
    rows: Sequence[Sequence[object]],
    styles: Sequence[int | None],
    formulas: Mapping[int, Callable[[int], str]],
    date1904: bool,
) -> list[str]:
    """The XML of each row's cells.

    Parameters
    ----------
    first_row, first_column : int
        Where the block starts.
    rows : sequence of rows
        Shorter rows end in blanks. Text stays text, whatever it starts with; `ErrorValue` becomes an error.
    styles : sequence of int or None
        The style of each column; its length is the block's width.
    formulas : mapping of int to callable
        For a column (0 the first): its formula in a row of the sheet.
    date1904 : bool
        How dates count.
    """
    numbers = range(first_row, first_row + len(rows))
    by_column: list[tuple[object, ...]] = list(zip_longest(*rows)) if rows else []
    if len(by_column) > len(styles):
        raise ValueError(f"a row has {len(by_column)} values for {len(styles)} columns")
    by_column += [(None,) * len(rows)] * (len(styles) - len(by_column))
    written = []
    for index, (values, style) in enumerate(zip(by_column, styles, strict=True)):
        start = f'<c r="{column_letters(first_column + index)}'
        attributes = "" if style is None else f' s="{style}"'
        if index in formulas:
            written.append(_formula_column(values, numbers, start, attributes, formulas[index], date1904))
        else:
            written.append(_column(values, numbers, start, attributes, date1904))
    return ["".join(cells) for cells in zip(*written, strict=True)]


def _column(values: Sequence[object], numbers: range, start: str, attributes: str, date1904: bool) -> list[str]:
    blank = f'"{attributes}/>' if attributes else ""
    texts: dict[str, str] = {"": blank}  # a report's columns repeat themselves: the status, the SKU, the date
    others: dict[object, str] = {}
    cells = []
    for number, value in zip(numbers, values, strict=True):
        kind = type(value)
        if kind is str:
            end = texts.get(value)  # type: ignore[call-overload]
            if end is None:
                end = _text_cell(str(value), attributes)
                if len(texts) < _MEMO:
                    texts[value] = end  # type: ignore[index]
        elif value is None:
            end = blank
        elif kind is float or kind is datetime:
            end = others.get(value)
            if end is None:
                end = _other_cell(value, attributes, blank, date1904)
                if len(others) < _MEMO and value == value:
                    others[value] = end
        else:
            end = _other_cell(value, attributes, blank, date1904)
        cells.append(f"{start}{number}{end}" if end else "")
    return cells


def _text_cell(text: str, attributes: str) -> str:
    safe = escape(escape_text(text))
    space = ' xml:space="preserve"' if safe != safe.strip() or "\n" in safe else ""
    return f'"{attributes} t="inlineStr"><is><t{space}>{safe}</t></is></c>'


def _other_cell(value: object, attributes: str, blank: str, date1904: bool) -> str:
    if isinstance(value, str) and not isinstance(value, ErrorValue):
        return _text_cell(str(value), attributes) if value else blank
    if isinstance(value, date) and value == value:
        return f'"{attributes}><v>{number_text(to_serial(value, date1904))}</v></c>'
    kind, text = content(value, date1904)
    if kind == "":
        return blank
    type_attribute = "" if kind == "n" else f' t="{kind}"'
    return f'"{attributes}{type_attribute}><v>{text}</v></c>'


def _formula_column(
    values: Sequence[object], numbers: range, start: str, attributes: str, formula: Callable[[int], str], date1904: bool
) -> list[str]:
    cells = []
    for number, value in zip(numbers, values, strict=True):
        kind, text = content(value, date1904)
        if kind == "e" and not isinstance(value, ErrorValue) and isinstance(value, str):
            kind = "str"
        type_attribute = "" if kind in ("", "n") else f' t="{kind}"'
        shown = "" if kind == "" else f"<v>{escape(escape_text(text))}</v>"
        cells.append(f'{start}{number}"{attributes}{type_attribute}><f>{escape(formula(number))}</f>{shown}</c>')
    return cells
