"""Blocks: a formula whose result fills cells below it, with its title, the room kept free for it, and its formats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from odr_xl.excel.sheets.styles import Styles, band
from odr_xl.labels import word


@dataclass(frozen=True, slots=True)
class Block:
    """One formula with a header row in its result.

    Attributes
    ----------
    title, hint : str
        What stands in the row above the result.
    formula : str
        Without its ``=``, as Excel shows it (`ANCHORARRAY` for ``#``).
    row : int
        Row of the result's header, counted from 1.
    column : int
        First column, counted from 0.
    kinds : tuple of str
        What each column holds: ``text``, ``date``, ``whole``, ``percent``, ``share``, ``lift``, ``number``, ``wrap``.
    room : int
        Rows below the header that are kept free; the result never has more.
    bare : bool
        Whether #N/A, which says that there is no order, stays: other formulas read this result.
    tall : bool
        Whether the header needs a high row; one beside other rows would tear a gap into them.
    """

    title: str
    hint: str
    formula: str
    row: int
    column: int
    kinds: tuple[str, ...]
    room: int
    bare: bool = False
    tall: bool = True

    @property
    def last(self) -> int:
        """Last row that the result may fill."""
        return self.row + self.room


def or_no_orders(call: str) -> str:
    """A block's formula: words for #N/A, which says that there is no order; any other error stays an error."""
    return f'=_xlfn.IFNA({stored(call)},IF(Lang="zh","{word("no_orders", "zh")}","{word("no_orders")}"))'


def stored(call: str) -> str:
    """A call as Excel stores it.

    XlsxWriter adds Excel's prefix to newer functions only where a formula has none at all, and misses IFNA.
    """
    return call.replace("ANCHORARRAY(", "_xlfn.ANCHORARRAY(")


def write_block(sheet: Any, block: Block, styles: Styles) -> None:
    """Write a block's title, its formula, and the formats of the cells that the result fills."""
    first = block.row - 1
    if block.title:
        sheet.write_string(first - 1, block.column, block.title, styles["section"])
    if block.hint:
        sheet.write_string(first - 1, block.column + _HINT_AFTER, block.hint, styles["hint"])
    for position, kind in enumerate(block.kinds):
        apart = kind == "text" and position > 0
        sheet.write_blank(first, block.column + position, None, styles["band_text" if apart else band(kind)])
        for row in range(first + 1, block.last):
            sheet.write_blank(row, block.column + position, None, styles["block_text" if apart else f"column_{kind}"])
    if block.tall:
        sheet.set_row_pixels(first, 48)
    formula = f"={stored(block.formula)}" if block.bare else or_no_orders(block.formula)
    sheet.write_dynamic_array_formula(first, block.column, first, block.column, formula, styles["band"], "")
    sheet.conditional_format(first, block.column, first, block.column, {"type": "errors", "format": styles["if_error"]})


def write_title(sheet: Any, title: str, hint: str, styles: Styles, widths: Sequence[float] = ()) -> None:
    """Title and explanation in the first two rows of a sheet.

    ``widths`` are those of the printed columns: an explanation longer than they are would be cut on paper, so it goes
    into several lines.
    """
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, title, styles["sheet_title"])
    room = sum(int(7 * width + 5) for width in widths)
    lines = math.ceil(len(hint) * _LETTER / room) if room else 1
    if lines > 1:
        sheet.merge_range(1, 0, 1, len(widths) - 1, "", styles["hint_lines"])
        sheet.set_row_pixels(1, 4 + 17 * lines)
    sheet.write_string(1, 0, hint, styles["hint_lines" if lines > 1 else "hint"])


def finish_page(sheet: Any, *, repeat: int | None = None) -> None:
    """Landscape A4, one page wide."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.4)
    if repeat is not None:
        sheet.repeat_rows(repeat)


#: A block's hint stands two columns after its title, which is short.
_HINT_AFTER: Final = 2
#: Pixels of a letter of an explanation, on average and a little more.
_LETTER: Final = 6.7
