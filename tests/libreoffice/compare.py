"""Two accounts of the same sheet, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Mapping

Value = float | str

#: Two engines that add the same numbers in another order differ by less than this.
TOLERANCE = 1e-12


def same(one: Value | None, other: Value | None) -> bool:
    """Whether two cells say the same: numbers within `TOLERANCE`, absolute or relative; texts and blanks exactly."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return one == other


def differences(stored: Mapping[str, Value], told: Mapping[str, Value]) -> list[str]:
    """A sentence for each cell that differs, over the cells of both accounts."""
    found = []
    for ref in [*stored, *(ref for ref in told if ref not in stored)]:
        if not same(stored.get(ref), told.get(ref)):
            found.append(f"{ref}: the file says {stored.get(ref)!r}, LibreOffice {told.get(ref)!r}")
    return found
