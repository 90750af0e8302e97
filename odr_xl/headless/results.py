"""Results on their way into the workbook: a function's answer as rows, and rows as cells of the file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from odr_xl.headless.address import Area
from odr_xl.headless.package import Package
from odr_xl.headless.references import Cell
from odr_xl.headless.sheet import Formula, Sheet
from odr_xl.headless.values import content, to_serial

if TYPE_CHECKING:
    from odr_xl.headless.contents import Contents

Rows = list[list[object]]


def result_rows(answer: object, date1904: bool = False) -> Rows:
    """What a function returned, as rows of the values that Excel's cells hold.

    One value is one row of one; a flat list is one row. Dates become serial numbers, blanks "", infinite numbers
    ``#NUM!``, and short rows are filled with ``#N/A``, as Excel does.
    """
    if isinstance(answer, np.ndarray):
        answer = answer.tolist()
    if not isinstance(answer, list | tuple):
        return [[_cell_value(answer, date1904)]]
    lines = [line if isinstance(line, list | tuple) else None for line in answer]
    if not lines or None in lines:
        lines = [list(answer)]
    rows = [[_cell_value(value, date1904) for value in line or ()] for line in lines]
    width = max(map(len, rows))
    if width == 0:
        return [["#VALUE!"]]
    return [row + ["#N/A"] * (width - len(row)) for row in rows]


def _cell_value(value: object, date1904: bool) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value != value:
        return ""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return to_serial(value, date1904)
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return "#VALUE!"
    return number if math.isfinite(number) else "#NUM!"


def fitted(rows: Rows, height: int, width: int) -> Rows:
    """Rows cut or filled with ``#N/A`` to the size of an array formula that can't spill."""
    filled = [[*row[:width], *(["#N/A"] * (width - len(row)))] for row in rows[:height]]
    return filled + [["#N/A"] * width for _ in range(height - len(filled))]


def write_results(package: Package, formulas: Mapping[Cell, Formula], contents: Contents) -> tuple[int, int]:
    """Write every formula's result into the package; how many cells hold one, and how many of them changed.

    Sheets whose results are the same as in the file keep their bytes.
    """
    by_sheet: dict[str, list[Cell]] = {}
    for cell in formulas:
        by_sheet.setdefault(cell.sheet, []).append(cell)
    written = changed = 0
    for name, cells in by_sheet.items():
        sheet = Sheet(package, name)
        before = changed
        for cell in cells:
            spread = contents.spread(cell)
            if spread is None:
                written += 1
                changed += _write(sheet, cell.row, cell.column, contents.value(cell))
                continue
            if spread.covered != spread.stored:
                changed += _clear(sheet, spread.stored, spread.covered)
                sheet.set_array_ref((cell.row, cell.column), spread.covered.ref)
            for row, values in enumerate(contents.spread_rows(spread), cell.row):
                for column, value in enumerate(values, cell.column):
                    written += 1
                    changed += _write(sheet, row, column, value)
            if spread.covered != spread.stored:
                changed += 1
        if changed > before:
            sheet.commit()
    return written, changed


def _write(sheet: Sheet, row: int, column: int, value: object) -> bool:
    if content(sheet.get((row, column))) == content(value):
        return False
    sheet.set_value((row, column), value)
    return True


def _clear(sheet: Sheet, old: Area, new: Area) -> int:
    """Empty what a shrunk array formula no longer covers."""
    gone: Iterable[tuple[int, int]] = (
        (row, column)
        for row in range(old.top, old.bottom + 1)
        for column in range(old.left, old.right + 1)
        if not new.holds(row, column)
    )
    count = 0
    for place in gone:
        if sheet.get(place) is not None:
            sheet.clear(place)
            count += 1
    return count
