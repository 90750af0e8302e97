"""Which columns of a workbook native formulas refer to: the engine is given no others."""

from __future__ import annotations

from collections.abc import Collection

from odr_xl.headless.address import MAX_COLUMN, Area
from odr_xl.headless.references import Mentions

_EVERY_COLUMN = range(1, MAX_COLUMN + 1)


class NeededColumns:
    """Which columns of which sheets the engine has to hold."""

    def __init__(self, sheets: Collection[str]) -> None:
        self._ranges: dict[str, list[range]] = {sheet: [] for sheet in sheets}

    def add(self, mentions: Mentions) -> None:
        """Note what a formula refers to."""
        for place in mentions.places:
            self._ranges[place.sheet].append(range(place.area.left, place.area.right + 1))
        if mentions.anywhere:
            for sheet in self._ranges:
                self.add_sheet(sheet)

    def add_sheet(self, sheet: str) -> None:
        """Note that a whole sheet is needed."""
        self._ranges[sheet] = [_EVERY_COLUMN]

    def any(self, sheet: str) -> bool:
        """Whether anything on a sheet is needed."""
        return bool(self._ranges[sheet])

    def within(self, sheet: str, area: Area) -> list[int]:
        """The columns of `area` that are needed."""
        return sorted(
            {
                column
                for needed in self._ranges[sheet]
                for column in range(max(needed.start, area.left), min(needed.stop - 1, area.right) + 1)
            }
        )
