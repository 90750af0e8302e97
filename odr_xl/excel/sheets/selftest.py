"""The SelfTest sheet: does every formula still give the value that was worked out by hand?

The orders are invented and stand on the sheet itself, so its rows say the same in every shop and after every refresh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from odr_xl import __version__
from odr_xl.excel.sheets.blocks import finish_page, write_title
from odr_xl.excel.sheets.hand_counts import CHECKS, Check
from odr_xl.excel.sheets.small_shop import FORMULA_TABLES, TYPED_TABLES, Value
from odr_xl.excel.sheets.styles import Styles

SHEET: Final = "SelfTest"
#: Name in the workbook of the cell that says whether all rows pass.
RESULT_NAME: Final = "SelfTestResult"
_RESULT: Final = "A3"
#: The cell that says whether all rows pass, for formulas on other sheets.
SELFTEST_CELL: Final = f"{SHEET}!$A$3"

#: Which version built this workbook, as its properties say it too.
VERSION: Final = f"odr_xl {__version__}"

_HEADER_ROW: Final = 6
#: First row of the checks, counted from 1.
FIRST: Final = _HEADER_ROW + 1
#: Column of the small tables, counted from 0: to the right of the checks.
_TABLES: Final = 7
#: Column of the audit trail among the small tables that holds the rule, a whole sentence.
_RULE: Final = 7
_WIDTHS: Final = (46, 62, 18, 18, 10, 58)
#: Nearer than this, two numbers are the same: engines add in another order.
_TOLERANCE: Final = "0.000000001"
#: Last row of the checks.
LAST: Final = FIRST + len(CHECKS) - 1


def _positions() -> dict[str, tuple[int, int, int]]:
    """Name of each small table to the row of its title, counted from 0, its rows with the header, and its columns."""
    found = {}
    row = FIRST - 1
    sizes = [(table.name, 1 + len(table.rows), len(table.headers)) for table in TYPED_TABLES]
    sizes += [(table.name, table.height, len(table.kinds)) for table in FORMULA_TABLES]
    for name, height, width in sizes:
        found[name] = (row, height, width)
        row += height + 2
    return found


_PLACES: Final = _positions()


def _references() -> Iterator[tuple[str, str]]:
    for table in TYPED_TABLES:
        row, height, width = _PLACES[table.name]
        yield table.name, xl_range(row + 1, _TABLES, row + height, _TABLES + width - 1)
    for formula_table in FORMULA_TABLES:
        yield formula_table.name, f"{xl_rowcol_to_cell(_PLACES[formula_table.name][0] + 1, _TABLES)}#"


_NAMES: Final = dict(_references())
_LITERAL: Final = re.compile(r'"([^"]*)"')
_SPILL: Final = re.compile(r"\b([A-Z]+\d+)#")


def shown_formula(formula: str) -> str:
    """A check's formula as a person reads it.

    >>> shown_formula("ODR_DAYS({orders})")
    '=ODR_DAYS(H8:O20)'
    """
    return f"={formula.format(**_NAMES)}"


def _stored(formula: str) -> str:
    """The same as Excel stores it."""
    return _SPILL.sub(r"_xlfn.ANCHORARRAY(\1)", shown_formula(formula))


def texts_as_they_are() -> frozenset[str]:
    """Texts of the sheet that are the same in every language: formulas, what they return, and the small tables."""
    cells = {cell for table in TYPED_TABLES for row in (table.headers, *table.rows) for cell in row}
    cells |= {check.expected for check in CHECKS} | {shown_formula(check.formula) for check in CHECKS}
    literals = {literal for check in CHECKS for literal in _LITERAL.findall(check.formula)}
    return frozenset(cell for cell in (*cells, *literals, VERSION) if isinstance(cell, str))


def write_selftest(workbook: Any, sheet: Any, styles: Styles) -> None:
    """Write the sheet and define the name of its result."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles["plain"])
    sheet.set_column(len(_WIDTHS), len(_WIDTHS), 3)
    sheet.set_column(_TABLES, _TABLES, 23, styles["plain"])
    sheet.set_column(_TABLES + 1, _TABLES + max(width for _, _, width in _PLACES.values()) - 1, 23, styles["plain"])
    sheet.set_column(_TABLES + _RULE, _TABLES + _RULE, 56, styles["plain"])
    write_title(
        sheet,
        "SelfTest",
        "Each formula with values worked out by hand, on invented orders. Your own data change nothing here.",
        styles,
    )
    _write_result(sheet, styles)
    workbook.define_name(RESULT_NAME, f"={SELFTEST_CELL}")
    headers = ("What is tested", "Formula", "Expected", "Actual", "Passes", "Where the expected value comes from")
    for column, header in enumerate(headers):
        sheet.write_string(_HEADER_ROW - 1, column, header, styles["band_text" if column in (2, 3) else "band"])
    sheet.write_string(_HEADER_ROW - 1, _TABLES, "The invented orders that the formulas read", styles["section"])
    for row, check in enumerate(CHECKS, start=FIRST):
        _write_check(sheet, row, check, styles)
    _write_tables(sheet, styles)
    sheet.conditional_format(
        f"A{FIRST}:F{LAST}",
        {"type": "formula", "criteria": f"=$E{FIRST}=FALSE", "format": styles["if_over_target"], "stop_if_true": True},
    )
    sheet.conditional_format(f"A{FIRST}:F{LAST}", {"type": "no_errors", "format": styles["if_filled"]})
    sheet.freeze_panes(_HEADER_ROW, 0)
    finish_page(sheet, repeat=_HEADER_ROW - 1)
    sheet.print_area(0, 0, LAST - 1, len(_WIDTHS) - 1)


def _write_result(sheet: Any, styles: Styles) -> None:
    passes = f"$E${FIRST}:$E${LAST}"
    failing = f"(ROWS({passes})-COUNTIF({passes},TRUE))"
    sheet.set_row(2, 24)
    sheet.write_formula(
        _RESULT,
        f'=IF({failing}=0,"All "&ROWS({passes})&" checks pass",{failing}&" of "&ROWS({passes})&'
        f'IF({failing}=1," checks fails: see the row in red"," checks fail: see the rows in red"))',
        styles["section"],
        "",
    )
    for criteria, style in (("=", "if_healthy"), (">", "if_over_target")):
        sheet.conditional_format(
            _RESULT, {"type": "formula", "criteria": f"={failing}{criteria}0", "format": styles[style]}
        )
    _write_as_it_is(sheet, 2, 1, VERSION, styles["hint"])
    sheet.write_string(
        "A4",
        "When a row fails, trust no number of its formula. Click Recalculate; if it still fails, send the row and the "
        "version above to whoever gave you this workbook.",
        styles["hint"],
    )


def _write_check(sheet: Any, row: int, check: Check, styles: Styles) -> None:
    formula = shown_formula(check.formula)
    room = ((check.what, 52), (formula, 61), (check.origin, 66), (str(check.expected), 17))
    lines = max(-(-len(text) // wide) for text, wide in room)
    sheet.set_row_pixels(row - 1, 6 + 17 * lines)
    style = styles["top_wrap" if check.kind == "text" else f"top_{check.kind}"]
    sheet.write_string(row - 1, 0, check.what, styles["wrapped"])
    _write_as_it_is(sheet, row - 1, 1, formula, styles["formula"])
    _write_as_it_is(sheet, row - 1, 2, check.expected, style)
    # Never in another language: what stands beside it says the same formula.
    actual = (row - 1, 3, row - 1, 3)
    Worksheet.write_dynamic_array_formula(sheet, *actual, _stored(check.formula), style, "")
    passes = (
        f"=IFERROR(IF(ISNUMBER(C{row}),IF(ISNUMBER(D{row}),ABS(D{row}-C{row})<{_TOLERANCE},FALSE),"
        f"EXACT(D{row},C{row})),FALSE)"
    )
    sheet.write_formula(row - 1, 4, passes, styles["top_rank"], "")
    sheet.write_string(row - 1, 5, check.origin, styles["explained"])


def _write_tables(sheet: Any, styles: Styles) -> None:
    for table in TYPED_TABLES:
        row = _PLACES[table.name][0]
        sheet.write_string(row, _TABLES, table.title, styles["label"])
        for line, cells in enumerate((table.headers, *table.rows), start=row + 1):
            for column, cell in enumerate(cells, start=_TABLES):
                _write_as_it_is(sheet, line, column, cell, styles[_style(cell) if line > row + 1 else "head"])
    for formula_table in FORMULA_TABLES:
        row, height, _ = _PLACES[formula_table.name]
        sheet.write_string(row, _TABLES, formula_table.title, styles["label"])
        for line in range(row + 1, row + 1 + height):
            for column, kind in enumerate(formula_table.kinds, start=_TABLES):
                sheet.write_blank(line, column, None, styles["head" if line == row + 1 else f"top_{kind}"])
        place = (row + 1, _TABLES, row + 1, _TABLES)
        Worksheet.write_dynamic_array_formula(sheet, *place, _stored(formula_table.formula), styles["head"], "")


def _style(cell: Value) -> str:
    return "top_date" if isinstance(cell, date) else "top_text" if isinstance(cell, str) else "top_rank"


def _write_as_it_is(sheet: Any, row: int, column: int, cell: Value, style: Any) -> None:
    """A value that no language changes: a sheet's own way of writing texts would look for a translation."""
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), style)
    elif isinstance(cell, str):
        Worksheet.write_string(sheet, row, column, cell, style)
    else:
        sheet.write_number(row, column, cell, style)
