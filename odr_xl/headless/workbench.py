"""Where our results wait for native formulas, and where the engine calculates arguments: scratch sheets of its copy."""

from __future__ import annotations

from collections.abc import Collection

from odr_xl.errors import WorkbookError
from odr_xl.headless.address import MAX_COLUMN, Area
from odr_xl.headless.arguments import Slot, Template
from odr_xl.headless.kernel import Kernel
from odr_xl.headless.references import Cell, Place, address

_ARGUMENT_WIDTH = 100  # columns that one calculated argument may fill
_STRIPS = MAX_COLUMN // _ARGUMENT_WIDTH
_ARRAYS_A_SHEET = 200


class Workbench:
    """Scratch cells in the engine.

    Parameters
    ----------
    taken : collection of str
        The workbook's own sheet names.
    slots, templates : int
        How many calls and calculated arguments there are.
    """

    def __init__(self, taken: Collection[str], slots: int, templates: int) -> None:
        known = {name.lower() for name in taken}
        stem = "odr_xl"
        while any(name.startswith(stem) for name in known):
            stem += "_"
        self._singles = f"{stem} values"
        self._sizes = f"{stem} sizes"
        self._arrays = [f"{stem} arrays {number}" for number in range(1 + slots // _ARRAYS_A_SHEET)]
        self._arguments = [f"{stem} arguments {number}" for number in range(1 + templates // _STRIPS)]
        self._next_single = 0
        self._next_array = (0, 1)
        self._shown: dict[Slot, tuple[int, Place]] = {}
        self._anchors: dict[Template, Cell] = {}
        self._texts: dict[Cell, str] = {}
        self._watched: dict[Cell, int] = {}

    @property
    def sheets(self) -> list[str]:
        """Names of the scratch sheets."""
        return [self._singles, self._sizes, *self._arrays, *self._arguments]

    def show(self, kernel: Kernel, slot: Slot) -> str:
        """Put a call's result where native formulas can read it; the address."""
        rows = slot.rows or [[None]]
        version, place = self._shown.get(slot, (-1, None))
        if version == slot.version and place is not None:
            return address(place)
        height, width = len(rows), len(rows[0])
        if height == width == 1:
            place = self._single(place)
        else:
            if place is not None and place.sheet != self._singles:
                kernel.clear(*place)
            place = self._array(place, height, width)
        kernel.put_rows(place.corner, rows)
        self._shown[slot] = (slot.version, place)
        return address(place)

    def ask(self, kernel: Kernel, template: Template) -> bool:
        """Have the engine calculate an argument at its next evaluation; True if the formula changed."""
        anchor = self._anchors.get(template)
        if anchor is None:
            sheet, strip = divmod(len(self._anchors), _STRIPS)
            anchor = self._anchors[template] = Cell(self._arguments[sheet], 1, 1 + strip * _ARGUMENT_WIDTH)
        changed = self.set_formula(kernel, anchor, template, None)
        self.watch(kernel, anchor)
        return changed

    def answer(self, kernel: Kernel, template: Template, cell: Cell) -> list[list[object]]:
        """The calculated argument, as rows.

        Raises
        ------
        WorkbookError
            If it is too wide for the scratch sheet.
        """
        anchor = self._anchors[template]
        if kernel.value(anchor) == "#SPILL!":
            raise WorkbookError(
                f"{cell}: an argument is wider than {_ARGUMENT_WIDTH} columns. Put it into cells and refer to these."
            )
        height, width = self.size(kernel, anchor)
        return kernel.values(
            anchor.sheet, Area(anchor.row, anchor.column, anchor.row + height - 1, anchor.column + width - 1)
        )

    def set_formula(self, kernel: Kernel, cell: Cell, template: Template, size: tuple[int, int] | None) -> bool:
        """Store a template in a cell, its calls replaced by their results; True if it differs from before.

        `size` is width and height of a formula that can't spill.
        """
        text = template.filled([self.show(kernel, slot) for slot in template.slots])
        if self._texts.get(cell) == text:
            return False
        self._texts[cell] = text
        if size is None:
            kernel.put_formula(cell, text)
        else:
            kernel.put_array(cell, text, *size)
        return True

    def watch(self, kernel: Kernel, cell: Cell) -> None:
        """Have the engine measure the dynamic array in a cell."""
        if cell not in self._watched:
            row = self._watched[cell] = len(self._watched) + 1
            spill = f"{address(cell.place)}#"
            kernel.put_formula(Cell(self._sizes, row, 1), f"ROWS({spill})")
            kernel.put_formula(Cell(self._sizes, row, 2), f"COLUMNS({spill})")

    def size(self, kernel: Kernel, cell: Cell) -> tuple[int, int]:
        """Height and width of a watched dynamic array; 1 and 1 for an error."""
        row = self._watched[cell]
        height, width = (kernel.value(Cell(self._sizes, row, column)) for column in (1, 2))
        if isinstance(height, float) and isinstance(width, float):
            return int(height), int(width)
        return 1, 1

    def _single(self, place: Place | None) -> Place:
        if place is not None and place.sheet == self._singles:
            return place
        self._next_single += 1
        return Place(self._singles, Area(self._next_single, 1, self._next_single, 1))

    def _array(self, place: Place | None, height: int, width: int) -> Place:
        if place is not None and place.sheet != self._singles and place.area.width >= width:
            top, left = place.area.top, place.area.left
            return Place(place.sheet, Area(top, left, top + height - 1, left + width - 1))
        number, left = self._next_array
        if left + width > MAX_COLUMN:
            number, left = number + 1, 1
        if number == len(self._arrays):
            raise WorkbookError("The results of this workbook's formulas are too wide to calculate without Excel.")
        self._next_array = (number, left + width)
        return Place(self._arrays[number], Area(1, left, height, left + width - 1))
