"""Which of our calls must be computed before which: the order that needs the fewest evaluations of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from odr_xl.errors import WorkbookError
from odr_xl.headless.arguments import OwnCell, Slot, Template, inner_slots
from odr_xl.headless.contents import Contents
from odr_xl.headless.references import Cell, Mentions, Place, Spill


@dataclass(frozen=True, slots=True)
class Needs:
    """What a call waits for.

    Attributes
    ----------
    direct : frozenset of Slot
        Calls whose results it is given as they are.
    through_engine : frozenset of Slot
        Calls whose results reach it by way of a native formula.
    engine : bool
        Whether a native formula's result is among its arguments.
    """

    direct: frozenset[Slot]
    through_engine: frozenset[Slot]
    engine: bool


class Dependencies:
    """The needs of every call of a workbook.

    Parameters
    ----------
    own : mapping of Cell to OwnCell
        The cells with our calls.
    contents : Contents
        To find the formulas in a rectangle.
    mentions : callable
        What a native formula's cell refers to.
    """

    def __init__(self, own: Mapping[Cell, OwnCell], contents: Contents, mentions: Callable[[Cell], Mentions]) -> None:
        self._own = own
        self._contents = contents
        self._mentions = mentions
        slots = [slot for cell in own.values() for slot in slots_of(cell)]
        self.needs: dict[Slot, Needs] = {slot: self._needs(slot) for slot in slots}

    def order(self) -> list[Slot]:
        """The calls, each after those it needs.

        Raises
        ------
        WorkbookError
            If they need each other in a circle; the text names the cells.
        """
        graph = {slot: need.direct | need.through_engine for slot, need in self.needs.items()}
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names = list(dict.fromkeys(str(slot.cell) for slot in error.args[1]))
            raise circle(names) from None

    def formulas_behind(self, cell: Cell) -> list[Cell]:
        """The formula cells that a cell's formula refers to."""
        own = self._own.get(cell)
        return self._formulas_in((own.template.mentions if own is not None else self._mentions(cell)).places)

    def _needs(self, slot: Slot) -> Needs:
        direct: set[Slot] = set()
        through: set[Slot] = set()
        waiting: list[Cell] = []
        engine = False
        for argument in slot.arguments:
            if isinstance(argument, Slot):
                direct.add(argument)
            elif isinstance(argument, Template):
                engine = True
                through.update(argument.slots)
                waiting += self._formulas_in(argument.mentions.places)
            elif isinstance(argument, Place | Spill):
                place = argument if isinstance(argument, Place) else argument.anchor.place
                for cell in self._formulas_in([place]):
                    own = self._own.get(cell)
                    if own is not None and own.alone:
                        direct.add(own.slot)
                    else:
                        engine = True
                        waiting.append(cell)
        seen: set[Cell] = set()
        while waiting:
            cell = waiting.pop()
            if cell in seen:
                continue
            seen.add(cell)
            own = self._own.get(cell)
            if own is not None:
                through.update(own.template.slots)
                if own.alone:
                    continue
            waiting += self.formulas_behind(cell)
        return Needs(frozenset(direct), frozenset(through), engine)

    def _formulas_in(self, places: Iterable[Place]) -> list[Cell]:
        found: list[Cell] = []
        for place in places:
            found += self._contents.single_formulas(place)
            found += [spread.cell for spread in self._contents.spreads_in(place)]
        return found


def circle(cells: Iterable[str]) -> WorkbookError:
    """The error for formulas that wait for each other."""
    return WorkbookError(f"These formulas need each other in a circle: {', '.join(cells)}. Change one of them.")


def slots_of(own: OwnCell) -> list[Slot]:
    """Every call in a cell, inner ones first."""
    found: list[Slot] = []
    for slot in own.template.slots:
        found += [*inner_slots(slot), slot]
    return found
