"""The lower part of the Dashboard: what now, the worst products, what to do first. Copies of cells of other sheets."""

from __future__ import annotations

from typing import Final

from odr_xl.excel.sheets.drivers import PRODUCTS as BY_SKU
from odr_xl.excel.sheets.forecast import CHANGE, STANDING_ROW
from odr_xl.excel.sheets.results import FORMULA_ROW

#: Row of the answers for the account chosen on Settings, below the data check.
NEXT: Final = 34
#: Header of the first products, and of the first actions; the forecast stands beside them.
PRODUCTS, PRODUCT_ROWS = 44, 5
ACTIONS, ACTION_ROWS = 52, 3
LAST_ROW: Final = ACTIONS + ACTION_ROWS

_STANDS: Final = tuple(f"Forecast!$B${STANDING_ROW + position}" for position in range(3))
_WHY: Final = f"Forecast!$E${CHANGE.last}"


def _copy(cell: str, wanted: str) -> str:
    """A cell of another sheet, blank where that sheet has nothing there."""
    return f'=IF({wanted},{cell},"")'


#: Columns of a product here and on Drivers, and their style.
_PRODUCT: Final = (
    ("B", "A", "text"), ("C", "B", "whole"), ("D", "C", "whole"), ("E", "D", "percent"), ("H", "G", "share"),
    ("J", "I", "note"),
)  # fmt: skip


#: Excel's own formulas, by cell or merged cells, with their style.
NATIVE: Final = {
    f"M{NEXT}:P{NEXT}": ('="What now"&IF(Account="",""," · "&Account)', "section"),
    f"R{NEXT + 1}": (f'=IF(ISNUMBER({_STANDS[0]}),{_STANDS[0]},"")', "whole"),
    f"R{NEXT + 2}": (f'=IF(ISNUMBER({_STANDS[1]}),{_STANDS[1]},"")', "whole"),
    f"R{NEXT + 3}": (f'=IF(ISNUMBER({_STANDS[2]}),{_STANDS[2]},"")', "date_right"),
    f"M{NEXT + 4}:R{NEXT + 5}": (f'=IF(ISNUMBER({_STANDS[0]}),{_WHY},"")', "hint_wrapped"),
    **{
        f"{own}{PRODUCTS + row}": (
            _copy(f"Drivers!${theirs}${BY_SKU.row + row}", f"ISNUMBER(Drivers!$C${BY_SKU.row + row})"),
            style,
        )
        for row in range(1, PRODUCT_ROWS + 1)
        for own, theirs, style in _PRODUCT
    },
    **{
        place.format(ACTIONS + row): (
            _copy(f"Actions!${theirs}${FORMULA_ROW + row}", f'Actions!$B${FORMULA_ROW + row}<>""'),
            "wrapped",
        )
        for row in range(1, ACTION_ROWS + 1)
        for place, theirs in (("B{}", "B"), ("C{0}:K{0}", "E"))
    },
}

TEXTS: Final = {
    f"M{NEXT + 1}:Q{NEXT + 1}": ("Further defective orders that the target allows", "text"),
    f"M{NEXT + 2}:Q{NEXT + 2}": ("Good orders still needed", "text"),
    f"M{NEXT + 3}:Q{NEXT + 3}": ("Under the target on", "text"),
    "B43": ("Products", "section"),
    "C43": ("The five with the most defective orders: all of them on Drivers.", "hint"),
    **{
        f"{column}{PRODUCTS}": (text, style)
        for column, text, style in (
            ("B", "SKU", "head"),
            ("C", "Orders", "head_right"),
            ("D", "Defective", "head_right"),
            ("E", "Rate", "head_right"),
            ("F", "", "head_right"),
            ("G", "", "head_right"),
            ("H", "Share of defective orders", "head_right"),
            ("I", "", "head_right"),
            ("J", "Note", "head_note"),
            ("K", "", "head"),
        )
    },
    "B51": ("Do this first", "section"),
}

#: Cell to the place that it leads to, and what it says.
LINKS: Final = {
    f"Q{NEXT}": ("'Actions'!A4", "What to do"),
    "J43": ("'Drivers'!A4", "See all"),
    "J51": ("'Actions'!A4", "See all"),
}
