"""A workbook recalculated without Excel: our formulas by their own Python functions, Excel's by an embedded engine.

The results go into the workbook's parts in memory; whoever calls saves it. Nothing else in it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from odr_xl.errors import Problem, WorkbookError
from odr_xl.headless.arguments import OwnCell, Template, template, templates
from odr_xl.headless.calls import tokens
from odr_xl.headless.charts import chart_references, update_charts
from odr_xl.headless.contents import Contents
from odr_xl.headless.dependencies import Dependencies, circle, slots_of
from odr_xl.headless.formulas import needed_columns, read_formulas, refuse_unknown
from odr_xl.headless.grid import read_area, used_area
from odr_xl.headless.kernel import CIRCLE, FOREIGN_ERRORS, Kernel
from odr_xl.headless.kernel_copy import kernel_copy, worksheets
from odr_xl.headless.package import Package
from odr_xl.headless.references import Cell, Place, References, Spill
from odr_xl.headless.results import write_results
from odr_xl.headless.settle import Settling
from odr_xl.headless.sheet import Formula
from odr_xl.headless.values import to_serial
from odr_xl.headless.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Recalculation:
    """A recalculated workbook.

    Attributes
    ----------
    package : Package
        The workbook with its new values; not saved yet.
    rounds : int
        How often our formulas were looked at until nothing changed.
    cells : int
        Cells that show a formula's result.
    changed : int
        How many of them show something else than before.
    charts : int
        Charts whose values changed.
    failures : tuple of Problem
        Our functions that failed, and results that have no room; each with its cell.
    """

    package: Package
    rounds: int
    cells: int
    changed: int
    charts: int
    failures: tuple[Problem, ...]


def recalculate(
    workbook: str | Path | Package,
    functions: Mapping[str, Callable[..., object]],
    *,
    today: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> Recalculation:
    """Recalculate every formula of a workbook.

    Parameters
    ----------
    workbook : str, Path or Package
        The file, or the package already opened; a package is changed in place.
    functions : mapping of str to callable
        Our functions by the names that formulas use (capitals don't matter). A range arrives as rows, a single cell as
        its value, an argument that is left out as None.
    today : date, datetime or None
        What TODAY() and NOW() give; None is this computer's date and time, read once.
    progress : callable or None
        Told in a sentence what is going on.

    Returns
    -------
    Recalculation
        The package with its new values, and what failed. A function that raises shows ``#VALUE!``, or what its
        error's ``excel`` says.

    Raises
    ------
    WorkbookError
        If a formula can't be calculated without Excel (its function is unknown here, or it needs its own result);
        the text names the cell. The package is then as it was.

    Notes
    -----
    All calls in a formula are computed, also those that IF wouldn't reach. Rows hidden by a filter count as visible.
    Data tables (What-If) and cells that refer to other workbooks keep their values.
    """
    package = workbook if isinstance(workbook, Package) else Package.open(workbook)
    named = {name.upper(): function for name, function in functions.items()}
    references = References(package)
    read = read_formulas(package, named, references, today or datetime.now())
    formulas, own, mentions = read.all, read.own, read.mentions
    refuse_unknown(read.users, own, package)
    charts = {text: _chart_targets(text, package, references) for text in chart_references(package)}
    questions = [part for parts in charts.values() for part in parts if isinstance(part, Template)]

    needed = needed_columns(package, formulas, own, mentions, questions)
    arguments = [found for cell in own.values() for slot in slots_of(cell) for found in templates(slot)]
    slots = sum(len(slots_of(cell)) for cell in own.values())
    bench = Workbench([sheet.name for sheet in package.sheets], slots, len(arguments) + len(questions))
    if progress is not None:
        progress("Loading the formulas")
    kernel = Kernel(
        kernel_copy(package, formulas, own, needed, bench.sheets),
        [*(sheet.name for sheet in package.sheets), *bench.sheets],
    )
    contents = Contents(package, formulas, own, kernel)
    for question in questions:
        bench.ask(kernel, question)
    settling = Settling(own, named, contents, kernel, bench, needed, package.date1904)
    settling.run(Dependencies(own, contents, mentions.__getitem__), progress)
    _refuse_foreign(formulas, own, contents)

    shown = {text: _chart_values(parts, settling) for text, parts in charts.items()}
    if progress is not None:
        progress("Writing the results")
    cells, changed = write_results(package, formulas, contents)
    return Recalculation(
        package,
        settling.rounds,
        cells,
        changed,
        update_charts(package, shown),
        (*settling.failures.values(), *settling.blocked.values()),
    )


def cell_values(package: Package) -> dict[str, dict[tuple[int, int], object]]:
    """Every value in the file, by sheet, then row and column: numbers (dates as serials), text, bools, errors as text.

    Blank cells are left out. It is what a viewer shows that doesn't calculate.
    """
    found: dict[str, dict[tuple[int, int], object]] = {}
    for sheet in worksheets(package):
        cells = found[sheet.name] = {}
        used = used_area(package, sheet.name)
        if used is None:
            continue
        for row, values in enumerate(read_area(package, sheet.name, used), used.top):
            for column, value in enumerate(values, used.left):
                if value is not None:
                    cells[row, column] = to_serial(value, package.date1904) if isinstance(value, date) else value
    return found


def _refuse_foreign(formulas: Mapping[Cell, Formula], own: Mapping[Cell, OwnCell], contents: Contents) -> None:
    found = {cell: contents.value(cell) for cell in formulas if not (cell in own and own[cell].alone)}
    circular = [str(cell) for cell, value in found.items() if value == CIRCLE]
    if circular:
        raise circle(circular)
    for cell, value in found.items():
        if value in FOREIGN_ERRORS:
            raise WorkbookError(
                f'{cell}: "={formulas[cell].text}" can\'t be calculated without Excel. Use other functions there.'
            )


def _chart_targets(text: str, package: Package, references: References) -> list[Place | Spill | Template]:
    first = Cell(package.sheets[0].name, 1, 1)
    parts: list[Place | Spill | Template] = []
    for written in _united(text):
        piece = references.spelled_out(written, first)
        target = references.target(piece, first)
        parts.append(target if target is not None else template(piece, first, (), references))
    return parts


def _united(text: str) -> list[str]:
    """The pieces of ``(Sheet1!A1,Sheet1!B1:B9)``."""
    words = [word for word in tokens(text) if word.kind != "space"]
    if len(words) > 2 and words[0].kind == "(" and {word.kind for word in words[1:-1]} == {"cell", ","}:
        return [word.text for word in words if word.kind == "cell"]
    return [text]


def _chart_values(parts: list[Place | Spill | Template], settling: Settling) -> list[object] | None:
    values: list[object] = []
    date1904 = settling.date1904
    for part in parts:
        if isinstance(part, Spill):
            place = settling.spilled(part)
            if place is None:
                return None
            rows = settling.contents.rows(place)
        elif isinstance(part, Place):
            rows = settling.contents.rows(part)
        else:
            rows = settling.workbench.answer(settling.kernel, part, Cell("a chart", 1, 1))
            if len(rows) == 1 and rows[0][0] in (*FOREIGN_ERRORS, "#REF!", "#NAME?"):
                return None
        values += [to_serial(value, date1904) if isinstance(value, date) else value for row in rows for value in row]
    return values
