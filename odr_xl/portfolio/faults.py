"""Faults: rows that can't be used as meant, counted for each source file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pandas as pd

from odr_xl import rules
from odr_xl.portfolio.counts import Part, Question, fault_expression
from odr_xl.portfolio.engine import Engine


@dataclass(frozen=True, slots=True)
class Faults:
    """Rows of one file that can't be used as meant.

    Attributes
    ----------
    file : str
    rows : int
        All of its rows.
    no_id : int
        Without an order id, or with one that Excel has turned into a number: not counted.
    bad_date : int
        With something in place of a date: the order counts, but in no window unless another row dates it.
    bad_channel : int
        With a word that is no fulfilment channel: counted under no channel.
    bad_cause : int
        Listed defects whose cause isn't one: not counted.
    """

    file: str
    rows: int
    no_id: int
    bad_date: int
    bad_channel: int
    bad_cause: int

    @property
    def any(self) -> bool:
        """Whether there is a fault at all."""
        return bool(self.no_id or self.bad_date or self.bad_channel or self.bad_cause)

    def __str__(self) -> str:
        told = (
            (self.no_id, "without a usable order id (not counted)"),
            (self.bad_date, "with a date that can't be read, use YYYY-MM-DD (in no window)"),
            (self.bad_channel, "with an unknown channel, use AFN or MFN (counted without channel)"),
            (self.bad_cause, f"with an unknown cause, use {', '.join(rules.CAUSES)} (not counted)"),
        )
        found = "; ".join(f"{count:,} {what}" for count, what in told if count)
        return f"{self.file}: of {self.rows:,} rows {found or 'none has a fault'}."


def find_faults(engine: Engine, parts: Sequence[Part], question: Question) -> tuple[tuple[Faults, ...], int]:
    """Faults of each file that has any, by its name, and how many rows there are in all."""
    found: list[Faults] = []
    for part in parts:
        table: pd.DataFrame = engine.connection.to_pyarrow(fault_expression(part, question)).to_pandas()
        for row in table.to_dict("records"):
            file = _plain(str(row["file"])) or part.name
            found.append(Faults(file, *(int(row[name]) for name in Faults.__slots__ if name != "file")))
    found.sort(key=lambda faults: faults.file)
    return tuple(faults for faults in found if faults.any), sum(faults.rows for faults in found)


def _plain(file: str) -> str:
    """A file's path as a person writes it: Spark gives URLs."""
    return unquote(file.removeprefix("file://")) if file.startswith("file:") else file
