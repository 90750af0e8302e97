"""Coded: a column as its few distinct cells, so that a rule is applied once to each and not to a million rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl.readers.cells import Objects, objects

#: Small integers: a million of them are 2 MB.
Codes = npt.NDArray[np.signedinteger[Any]]


class Coded:
    """A column of cells with few distinct values.

    Parameters
    ----------
    distinct : object array
        Each different cell once, as it was in the source.
    codes : array of signed integers
        For each row the place in ``distinct``, -1 for a blank cell.

    Examples
    --------
    >>> column = Coded(objects(["AFN", "MFN"]), np.array([1, -1, 0]))
    >>> column[0], column[1], column[np.array([True, False, True])].codes.tolist()
    ('MFN', None, [1, 0])
    """

    __slots__ = ("codes", "distinct")

    def __init__(self, distinct: Objects, codes: Codes) -> None:
        self.distinct, self.codes = distinct, codes

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, which: Any) -> Any:
        """One cell, or the column of the chosen rows."""
        if isinstance(which, int | np.integer):
            code = self.codes[which]
            return None if code < 0 else self.distinct[code]
        return Coded(self.distinct, self.codes[which])

    def spread(self, values: npt.NDArray[Any], blank: Any) -> npt.NDArray[Any]:
        """Column of what became of the cells: ``values`` by distinct cell, ``blank`` for blank ones."""
        if values.dtype == bool and not blank and not values.any():
            return np.zeros(len(self.codes), dtype=bool)
        if not len(values):
            return np.full(len(self.codes), blank, dtype=values.dtype)
        if len(values) == 1 and self.codes.min(initial=0) >= 0:
            return np.full(len(self.codes), values[0], dtype=values.dtype)
        held = np.flatnonzero(self.codes >= 0)
        if len(held) * 4 < len(self.codes):
            column = np.full(len(self.codes), blank, dtype=values.dtype)
            column[held] = values[self.codes[held]]
            return column
        table = np.empty(len(values) + 1, dtype=values.dtype)
        table[:-1], table[-1] = values, blank
        return table[self.codes]

    def cells(self) -> Objects:
        """The column cell by cell."""
        return self.spread(self.distinct, None)


#: A column as the converters take it.
Cells = Sequence[Any] | npt.NDArray[Any] | Coded


def plain(values: Cells) -> Objects:
    """The column cell by cell, whatever form it has."""
    return values.cells() if isinstance(values, Coded) else objects(values)


def factorised(values: Cells) -> tuple[Codes, Objects]:
    """Code of each row, -1 for None, and the distinct cells.

    >>> codes, distinct = factorised(["AFN", None, "AFN"])
    >>> codes.tolist(), distinct.tolist()
    ([0, -1, 0], ['AFN'])
    """
    if isinstance(values, Coded):
        return values.codes, values.distinct
    codes, distinct = pd.factorize(objects(values), use_na_sentinel=True)
    return codes, np.asarray(distinct, dtype=object)
