"""Computing our calls, and having the engine compute the rest, until nothing changes any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from odr_xl.errors import OdrError, Problem, WorkbookError
from odr_xl.headless.address import Area
from odr_xl.headless.arguments import Argument, Constant, OwnCell, Slot, Template, templates
from odr_xl.headless.contents import Contents, Rows, Spread, frozen, frozen_value
from odr_xl.headless.dependencies import Dependencies, Needs, slots_of
from odr_xl.headless.kernel import FOREIGN_ERRORS, Kernel
from odr_xl.headless.needed import NeededColumns
from odr_xl.headless.references import Cell, Place, Spill
from odr_xl.headless.results import fitted, result_rows
from odr_xl.headless.workbench import Workbench
from odr_xl.readers.blocks import Block

# The engine isn't told larger results unless a native formula refers to them.
_SMALL_RESULT = 20_000
_SPARE_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class _Outcome:
    rows: Rows
    failure: str = ""
    severity: Literal["error", "note"] = "error"


@dataclass(slots=True)
class Settling:
    """One recalculation under way.

    Attributes
    ----------
    own : mapping of Cell to OwnCell
        The cells with our calls.
    functions : mapping of str to callable
        Our functions by name in capitals.
    contents, kernel, workbench, needed
        The cells' values, the engine, its scratch cells, the columns that native formulas need.
    date1904 : bool
        How the workbook counts days.
    """

    own: Mapping[Cell, OwnCell]
    functions: Mapping[str, Callable[..., object]]
    contents: Contents
    kernel: Kernel
    workbench: Workbench
    needed: NeededColumns
    date1904: bool
    rounds: int = 0
    failures: dict[Slot, Problem] = field(default_factory=dict)
    blocked: dict[Cell, Problem] = field(default_factory=dict)
    _memo: dict[tuple[object, ...], _Outcome] = field(default_factory=dict)
    _computed: set[Slot] = field(default_factory=set)
    _stale: set[Slot] = field(default_factory=set)
    _home: dict[Slot, OwnCell] = field(default_factory=dict)
    _told: dict[Cell, str] = field(default_factory=dict)

    def run(self, dependencies: Dependencies, progress: Callable[[str], None] | None = None) -> None:
        """Compute everything.

        Raises
        ------
        WorkbookError
            If formulas need each other in a circle, never come to rest, or an argument can't be calculated.
        """
        order = dependencies.order()
        self._home = {slot: cell for cell in self.own.values() for slot in slots_of(cell)}
        for cell in self.own.values():
            for argument in (found for slot in cell.template.slots for found in templates(slot)):
                if not argument.slots:
                    self.workbench.ask(self.kernel, argument)
        for spread in self._engine_spreads():
            self.workbench.watch(self.kernel, spread.cell)
        evaluated = False
        while True:
            self.rounds += 1
            if progress is not None:
                progress(f"Round {self.rounds}: {len(self._computed)} of {len(order)} formulas computed")
            waiting, moved = self._pass(order, dependencies.needs, evaluated)
            if evaluated and not waiting and not moved:
                self._note_blocked_natives(dependencies)
                return
            if self.rounds > len(order) + _SPARE_ROUNDS:
                cells = ", ".join(sorted({str(slot.cell) for slot in self._stale}))
                raise WorkbookError(
                    f"These formulas give another result each time: {cells}. Take RAND out of what they use."
                )
            self.kernel.evaluate()
            evaluated = True
            self._stale.clear()
            self._measure()

    def _pass(self, order: Sequence[Slot], needs: Mapping[Slot, Needs], evaluated: bool) -> tuple[bool, bool]:
        """Compute every call that can be; whether some had to wait, whether something changed for the engine."""
        waiting = moved = False
        for slot in order:
            need = needs[slot]
            if (
                (need.engine and not evaluated)
                or need.through_engine & self._stale
                or not (need.direct <= self._computed and need.through_engine <= self._computed)
            ):
                waiting = True
                continue
            if self._compute(slot):
                self._stale.add(slot)
                moved = True
        for own in self.own.values():
            moved |= self._update(own)
        return waiting, moved

    def _compute(self, slot: Slot) -> bool:
        keys = tuple(self._key(argument) for argument in slot.arguments)
        outcome = self._memo.get((slot.name, keys))
        if outcome is None:
            outcome = self._memo[slot.name, keys] = self._call(slot)
        self._computed.add(slot)
        self.failures.pop(slot, None)
        if outcome.failure:
            self.failures[slot] = Problem(str(slot.cell), slot.name, f"failed: {outcome.failure}", "", outcome.severity)
        if slot.rows is not None and frozen(slot.rows) == frozen(outcome.rows):
            return False
        slot.rows = outcome.rows
        slot.version += 1
        own = self._home[slot]
        if own.alone and own.slot is slot:
            self._keep(own)
        return True

    def _call(self, slot: Slot) -> _Outcome:
        arguments = [self._value(argument, slot.cell) for argument in slot.arguments]
        try:
            return _Outcome(result_rows(self.functions[slot.name](*arguments), self.date1904))
        except OdrError as error:
            return _Outcome([[error.excel]], str(error).rstrip("."), "note" if error.excel == "#N/A" else "error")
        except Exception as error:  # whatever a function raises, Excel shows #VALUE! and goes on
            return _Outcome([["#VALUE!"]], f"{type(error).__name__}: {error}".rstrip("."))

    def _key(self, argument: Argument) -> object:
        match argument:
            case Constant():
                return frozen_value(argument.value)
            case Slot():
                return frozen(argument.rows or [])
            case Template():
                return frozen(self.workbench.answer(self.kernel, argument, Cell("", 1, 1)))
            case Spill():
                place = self.spilled(argument)
                return self.contents.key(place) if place else "#REF!"
            case _:
                return self.contents.key(argument)

    def _value(self, argument: Argument, cell: Cell) -> object:
        match argument:
            case Constant():
                return argument.value
            case Slot():
                return _plain(argument.rows or [])
            case Template():
                rows = self.workbench.answer(self.kernel, argument, cell)
                if rows[0][0] in FOREIGN_ERRORS:
                    raise WorkbookError(
                        f'{cell}: the argument "{argument.text}" can\'t be calculated without Excel. '
                        "Put it into a cell of its own and refer to that."
                    )
                return _plain(rows)
            case Spill():
                place = self.spilled(argument)
                return self._block(place) if place else "#REF!"
            case _:
                return self._block(argument)

    def spilled(self, spill: Spill) -> Place | None:
        """The rectangle that a spill covers now; None if its cell holds no dynamic array."""
        spread = self.contents.spread(spill.anchor)
        return Place(spill.anchor.sheet, spread.covered) if spread is not None and spread.dynamic else None

    def _block(self, place: Place) -> object:
        rows = self.contents.rows(place)
        if len(rows) == 1 and len(rows[0]) == 1:
            return rows[0][0]
        return as_block(rows, place)

    def _keep(self, own: OwnCell) -> None:
        """Note the result of a cell that is one call, where other calls and the engine find it."""
        cell, rows = own.cell, own.slot.rows or []
        spread = self.contents.spread(cell)
        if spread is None:
            self.contents.set_scalar(cell, rows[0][0])
            self.kernel.put(cell, rows[0][0])
            return
        spread.version += 1
        if not spread.dynamic:
            spread.rows = fitted(rows, spread.stored.height, spread.stored.width)
            self.kernel.put_rows(cell, spread.rows)
            return
        wanted = _wanted(own)
        obstacle = self.contents.obstacle(spread, wanted)
        self._note_obstacle(cell, obstacle)
        if obstacle is not None:
            spread.rows, spread.covered = [["#SPILL!"]], cell.place.area
            self._told.pop(cell, None)
            self.kernel.put_formula(cell, "#SPILL!")
            return
        spread.rows, spread.covered = rows, wanted
        if len(rows) * len(rows[0]) > _SMALL_RESULT and not self.needed.within(cell.sheet, wanted):
            return
        # A formula and not values: `A4#` must see a spill.
        shown = self.workbench.show(self.kernel, own.slot)
        if self._told.get(cell) != shown:
            self._told[cell] = shown
            self.kernel.put_formula(cell, shown)

    def _update(self, own: OwnCell) -> bool:
        """Renew what the engine calculates for a cell with our calls inside; True if that changed a formula."""
        changed = False
        for slot in own.template.slots:
            for argument in templates(slot):
                if argument.slots and all(inner in self._computed for inner in argument.slots):
                    changed |= self.workbench.ask(self.kernel, argument)
        if own.alone:
            spread = self.contents.spread(own.cell)
            if own.cell in self.blocked and spread and self.contents.obstacle(spread, _wanted(own)) is None:
                self._keep(own)
                changed = True
            return changed
        if all(slot in self._computed for slot in own.template.slots):
            spread = self.contents.spread(own.cell)
            size = (1, 1) if spread is None else None if spread.dynamic else (spread.stored.width, spread.stored.height)
            changed |= self.workbench.set_formula(self.kernel, own.cell, own.template, size)
        return changed

    def _measure(self) -> None:
        """Learn the sizes of the dynamic arrays that the engine calculates."""
        for spread in self._engine_spreads():
            cell = spread.cell
            height, width = self.workbench.size(self.kernel, cell)
            spread.covered = Area(cell.row, cell.column, cell.row + height - 1, cell.column + width - 1)

    def _note_blocked_natives(self, dependencies: Dependencies) -> None:
        for spread in self._engine_spreads():
            if self.contents.value(spread.cell) == "#SPILL!":
                # The error of a cell that the formula refers to isn't its own.
                sources = dependencies.formulas_behind(spread.cell)
                if not any(self._shown(source) == "#SPILL!" for source in sources):
                    self._note_obstacle(spread.cell, "another cell")

    def _shown(self, cell: Cell) -> object:
        spread = self.contents.spread(cell)
        return self.contents.value(cell) if spread is None else self.contents.spread_rows(spread)[0][0]

    def _engine_spreads(self) -> list[Spread]:
        return [
            spread
            for spreads in self.contents.spreads.values()
            for spread in spreads
            if spread.dynamic and not (spread.cell in self.own and self.own[spread.cell].alone)
        ]

    def _note_obstacle(self, cell: Cell, obstacle: str | None) -> None:
        self.blocked.pop(cell, None)
        if obstacle is not None:
            self.blocked[cell] = Problem(
                str(cell), "#SPILL!", f"has no room for its result: {obstacle} is in the way", "Clear it or move it."
            )


def _wanted(own: OwnCell) -> Area:
    """What the result of a cell that is one call would cover."""
    rows, cell = own.slot.rows or [[None]], own.cell
    return Area(cell.row, cell.column, cell.row + len(rows) - 1, cell.column + len(rows[0]) - 1)


def as_block(rows: Rows, place: Place) -> list[list[object]]:
    """Rows that know where they are, so that problems can name the cell."""
    return Block(rows, sheet=place.sheet, row=place.area.top, column=place.area.left)


def _plain(rows: Rows) -> object:
    """A result as a function's argument: one value, or rows."""
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows
