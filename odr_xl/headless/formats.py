"""Which cell styles show a number as a date: Excel's files keep dates as plain numbers, only the format tells."""

from __future__ import annotations

import copy
import re

from lxml import etree

from odr_xl.errors import WorkbookError

# ECMA-376 part 1, 18.8.30 (numFmt): built-in formats of dates and times, East Asian ones (27-36, 50-58) too.
_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
_SHORT_DATE = 14  # built in: the reader's own short date
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTERS = frozenset("dDmMyYhHsS")


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time of day (not an elapsed time such as ``[h]:mm``)."""
    if _ELAPSED.search(code):
        return False
    positive = _NOT_CODE.sub("", code).split(";")[0]
    return "general" not in positive.lower() and not _DATE_LETTERS.isdisjoint(positive)


def date_styles(styles: etree._Element) -> frozenset[int]:
    """The indexes (a cell's ``s``) of the styles that show dates.

    Parameters
    ----------
    styles : element
        Root of the styles part.
    """
    dates = set(_BUILT_IN)
    for number_format in styles.iterfind("{*}numFmts/{*}numFmt"):
        identity = int(number_format.get("numFmtId", "0"))
        if is_date_format(number_format.get("formatCode", "")):
            dates.add(identity)
        else:
            dates.discard(identity)
    cell_formats = styles.iterfind("{*}cellXfs/{*}xf")
    return frozenset(index for index, xf in enumerate(cell_formats) if int(xf.get("numFmtId", "0")) in dates)


def add_date_style(styles: etree._Element, base: int) -> int:
    """Add a style that shows dates in the system's short form and is otherwise like `base`; its index.

    Parameters
    ----------
    styles : element
        Root of the styles part, changed in place.
    base : int
        Index of the style to start from.
    """
    formats = styles.find("{*}cellXfs")
    if formats is None:
        raise WorkbookError("The workbook's styles are damaged. Open it in Excel, let Excel repair it, and save it.")
    made = copy.deepcopy(formats[base] if base < len(formats) else formats[0])
    made.set("numFmtId", str(_SHORT_DATE))
    made.set("applyNumberFormat", "1")
    formats.append(made)
    formats.set("count", str(len(formats)))
    return len(formats) - 1
