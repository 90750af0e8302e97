"""A run: from sources to the standing of every account."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from odr_xl.core.counts import COUNT_COLUMNS, check_definition
from odr_xl.errors import InputError, UsageError
from odr_xl.portfolio import history as past
from odr_xl.portfolio.counts import UNMATCHED, Part, Question, count_expression
from odr_xl.portfolio.day import DAY
from odr_xl.portfolio.engine import Engine, first_line
from odr_xl.portfolio.faults import Faults, find_faults
from odr_xl.portfolio.files import faulty_file
from odr_xl.portfolio.standings import key_standings
from odr_xl.portfolio.tables import check_defects, open_parts, parts_of_files

#: Order dates that are counted when nothing else is said: the window, its lag, the earlier rate, and some pace.
DAYS_BACK: Final = 200


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a run found.

    Attributes
    ----------
    days : pandas.DataFrame
        Counts: the columns asked for, ``order_date`` (NaT without a date) and ``COUNT_COLUMNS``.
    standings : pandas.DataFrame
        ``standings.key_standings``, the worst first.
    faults : tuple of Faults
        Rows that couldn't be used as meant, for each file with any.
    unmatched : int
        Orders that only a list of defects names.
    rows : int
        Rows looked at.
    first : date
        First order date that was read.
    """

    days: pd.DataFrame
    standings: pd.DataFrame
    faults: tuple[Faults, ...]
    unmatched: int
    rows: int
    first: date


def run_portfolio(
    engine: Engine,
    sources: Sequence[str],
    *,
    by: Sequence[str],
    as_of: date,
    defects: Sequence[str] = (),
    mapping: Mapping[str, str] | None = None,
    definition: str = "amazon",
    omit: Collection[str] = (),
    marketplace: str = "",
    zone: str | None = None,
    days_back: int = DAYS_BACK,
    history: Path | None = None,
    recounted: int = past.RECOUNTED,
) -> Portfolio:
    """Count a portfolio and judge its accounts.

    Parameters
    ----------
    engine : Engine
    sources, defects : sequence of str
        Files, folders, patterns or tables of orders, and of defects listed apart.
    by : sequence of str
        Columns that make a key.
    as_of : date
        The day of looking.
    mapping : mapping of str to str
        Field to column.
    definition, omit, marketplace, zone
        As in ``core`` and ``readers``.
    days_back : int
        Order dates before ``as_of`` that are counted.
    history : path, optional
        File of counts that is read and written (``history``).
    recounted : int
        Days before the last run that are counted again.

    Raises
    ------
    InputError
        A source that can't be read; where one of several files fails, it is named.
    UsageError
        Options that don't go together.
    """
    check_definition(definition)
    if days_back < past.RECOUNTED:
        raise UsageError(f"--days-back is at least {past.RECOUNTED}, the window and its lag, not {days_back}.")
    if recounted < 0:
        raise UsageError(f"--recount is a number of days from 0, not {recounted}.")
    names = tuple(dict.fromkeys(by))
    told = {"by": list(names), "omit": sorted(omit), "marketplace": marketplace, "zone": zone or ""}
    first = as_of - timedelta(days=days_back)
    old = past.read_history(history, told) if history else None
    if old is not None:
        first = old.first_day(as_of, recounted)
    question = Question(names, (first, as_of), omit, marketplace, zone, engine.bit_or)
    opened = {"by": names, "mapping": mapping or {}}
    parts, listed = (
        open_parts(engine, given, defects=apart, **opened) if given else []  # type: ignore[arg-type]
        for given, apart in ((sources, False), (defects, True))
    )
    check_defects(parts, listed)
    try:
        counted = engine.connection.to_pyarrow(count_expression([*parts, *listed], question)).to_pandas()
        faults, rows = find_faults(engine, [*parts, *listed], question)
    except Exception as error:  # each engine has errors of its own
        raise InputError(_failure(engine, [*parts, *listed], question, error)) from error
    unmatched = int(counted[UNMATCHED].sum())
    days = _days(counted, names)
    if old is not None:
        days = old.joined(days, first)
    days = days.sort_values([*names, "order_date"], ignore_index=True)
    if history:
        latest, earliest = (max(old.as_of, as_of), old.first) if old else (as_of, first)
        past.write_history(history, past.History(days, latest, earliest), told)
    return Portfolio(days, key_standings(days, names, as_of, definition=definition), faults, unmatched, rows, first)


def _days(counted: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The engine's result as the core has it: dates for day numbers, and no key that holds nothing but defects."""
    dates = np.full(len(counted), "NaT", dtype="datetime64[D]")
    known = counted[DAY].notna().to_numpy()
    dates[known] = counted.loc[known, DAY].to_numpy().astype(np.int64).astype("datetime64[D]")
    columns: dict[str, Any] = {name: counted[name].astype(object) for name in by}
    columns["order_date"] = dates.astype("datetime64[s]")
    columns |= {name: counted[name].astype(np.int64) for name in COUNT_COLUMNS}
    days = pd.DataFrame(columns)
    return days[(days["orders"] + days["left_out"]).to_numpy() > 0].reset_index(drop=True)


def _failure(engine: Engine, parts: Sequence[Part], question: Question, error: Exception) -> str:
    """The sentence for a run that failed, with the file at fault where there is one."""
    paths = [path for part in parts for path in part.paths]
    named = faulty_file(paths, error)
    reason = first_line(error)
    if not named:
        for part in parts:
            for path, alone in parts_of_files(engine, part):
                try:
                    engine.connection.to_pyarrow(count_expression([alone], question))
                except Exception as own:
                    return f"{path}: it can't be read ({first_line(own)}). Replace the file, or leave it out."
        return f"{engine.name} couldn't count: {reason}. Check the sources and the memory limit."
    return f"{named}: it can't be read ({reason}). Replace the file, or leave it out."
