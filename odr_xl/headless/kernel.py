"""The engine for Excel's own functions: the only module that knows IronCalc.

Another engine could take its place: it has to load a workbook, hold values and formulas, spill dynamic arrays and
say what a cell shows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import ironcalc

from odr_xl.errors import WorkbookError
from odr_xl.headless.address import Area
from odr_xl.headless.references import Cell

# Formula errors of the engine itself that Excel doesn't have: a circle, a function without code, text it can't read.
CIRCLE = "#CIRC!"
FOREIGN_ERRORS = frozenset({CIRCLE, "#N/IMPL!", "#ERROR!"})
ERRORS = frozenset(
    {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"} | FOREIGN_ERRORS
)
# What files write for `A4#` and `@A4`: words of the file format, not functions.
_OPERATORS = frozenset({"ANCHORARRAY", "SINGLE"})


class Kernel:
    """A workbook in the engine.

    Parameters
    ----------
    data : bytes
        The workbook as xlsx.
    sheets : sequence of str
        Names of its sheets, in order.

    Raises
    ------
    WorkbookError
        If the engine can't read it.
    """

    def __init__(self, data: bytes, sheets: Sequence[str]) -> None:
        self._index = {name: position for position, name in enumerate(sheets)}
        # The engine reads files only.
        with tempfile.TemporaryDirectory(prefix="odr_xl_") as folder:
            path = Path(folder) / "copy.xlsx"
            path.write_bytes(data)
            with _as_sentence():
                self._model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self.evaluations = 0

    def evaluate(self) -> None:
        """Calculate every formula again."""
        with _as_sentence():
            self._model.evaluate()
        self.evaluations += 1

    def value(self, cell: Cell) -> object:
        """What a cell holds: None, text, number, bool, or an error as text."""
        return self._model.get_cell_value(self._index[cell.sheet], cell.row, cell.column)

    def values(self, sheet: str, area: Area) -> list[list[object]]:
        """What a rectangle of cells holds."""
        read, index = self._model.get_cell_value, self._index[sheet]
        columns = range(area.left, area.right + 1)
        return [[read(index, row, column) for column in columns] for row in range(area.top, area.bottom + 1)]

    def put(self, cell: Cell, value: object) -> None:
        """Store a value, typed: `0012` stays text, `#N/A` becomes an error, None empties the cell."""
        index, row, column = self._index[cell.sheet], cell.row, cell.column
        if value is None:
            self._model.range_clear_contents(index, row, column, row, column)
        elif isinstance(value, bool):
            self._model.update_cell_with_bool(index, row, column, value)
        elif isinstance(value, float | int):
            self._model.update_cell_with_number(index, row, column, float(value))
        elif value in ERRORS:
            self._model.set_user_input(index, row, column, str(value))
        else:
            self._model.update_cell_with_text(index, row, column, str(value))

    def put_rows(self, corner: Cell, rows: Sequence[Sequence[object]]) -> None:
        """Store a rectangle of values."""
        for row, values in enumerate(rows, corner.row):
            for column, value in enumerate(values, corner.column):
                self.put(Cell(corner.sheet, row, column), value)

    def put_formula(self, cell: Cell, text: str) -> None:
        """Store a formula (without ``=``) that spills if its result is an array.

        One that the engine can't read shows ``#ERROR!`` after the next evaluation.
        """
        self._set(cell, text, None)

    def put_array(self, cell: Cell, text: str, width: int, height: int) -> None:
        """Store a formula whose result fills exactly `width` by `height` cells, as an array formula's does.

        One that the engine can't read shows ``#ERROR!`` after the next evaluation.
        """
        self._set(cell, text, (width, height))

    def clear(self, sheet: str, area: Area) -> None:
        """Empty a rectangle of cells."""
        self._model.range_clear_contents(self._index[sheet], area.top, area.left, area.bottom, area.right)

    def _set(self, cell: Cell, text: str, size: tuple[int, int] | None) -> None:
        index = self._index[cell.sheet]
        if size is None:
            self._model.set_user_input(index, cell.row, cell.column, f"={text}")
        else:
            self._model.set_user_array_formula(index, cell.row, cell.column, *size, f"={text}")


@contextmanager
def _as_sentence() -> Iterator[None]:
    """Turn the engine's errors into ours."""
    try:
        yield
    except BaseException as error:
        # A fault inside the engine arrives as PanicException, which isn't an Exception and can't be imported.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise WorkbookError(f"The workbook's formulas can't be calculated without Excel: {error}.") from error


def lacking_functions(names: Collection[str]) -> set[str]:
    """Which of these function names (capitals) the engine doesn't know: it would show #NAME? for them."""
    ordered = sorted(set(names) - _OPERATORS)
    if not ordered:
        return set()
    model = ironcalc.create("probe")
    for row, name in enumerate(ordered, 1):
        # Without arguments a known function gives a value or complains of them; an unknown one gives #NAME?.
        model.set_user_input(0, row, 1, f"={name}()")
    model.evaluate()
    return {name for row, name in enumerate(ordered, 1) if model.get_cell_value(0, row, 1) in ("#NAME?", "#N/IMPL!")}
