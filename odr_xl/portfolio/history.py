"""The history: counts of earlier runs in a Parquet file, so that a run reads only the days that may still change.

Counts of a day are replaced, never added to, so a run that is repeated changes nothing. A defect that arrives later
than the recounted days isn't seen any more: the days it belongs to come from the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd

from odr_xl import rules
from odr_xl.errors import InputError, UsageError

#: Days that each run counts again: after these an order is in no window that is still to come.
RECOUNTED: Final = rules.WINDOW_DAYS + rules.LAG_DAYS
_KEY = b"odr_xl_portfolio"


@dataclass(frozen=True, slots=True)
class History:
    """Counts of earlier runs.

    Attributes
    ----------
    days : pandas.DataFrame
        Counts a key and day, as `run` makes them.
    as_of : date
        The latest day of looking among the runs.
    first : date
        First order date that was counted.
    """

    days: pd.DataFrame
    as_of: date
    first: date

    def first_day(self, as_of: date, recounted: int) -> date:
        """First order date that must be counted again on ``as_of``: what was young at the last run, or is now."""
        return max(self.first, min(self.as_of, as_of) - timedelta(days=recounted))

    def joined(self, days: pd.DataFrame, first: date) -> pd.DataFrame:
        """The file's days before ``first``, and the new counts from then on (and of orders without a date)."""
        old = self.days[(self.days["order_date"] < pd.Timestamp(first)).to_numpy()]
        return pd.concat([old, days], ignore_index=True) if len(old) else days


def read_history(path: Path, question: Mapping[str, Any]) -> History | None:
    """History in a file; ``None`` when there is no file yet.

    Raises
    ------
    InputError
        It isn't a file that `write_history` wrote.
    UsageError
        It was counted with other options, whose numbers don't go together.
    """
    import pyarrow.parquet as pq

    if not path.exists():
        return None
    try:
        table = pq.read_table(path)
        told = json.loads((table.schema.metadata or {})[_KEY])
    except Exception as error:  # pyarrow has several, and KeyError
        raise InputError(
            f"{path}: this isn't a history of odr-xl portfolio. Give another name to --history."
        ) from error
    for name, value in question.items():
        if told["question"].get(name) != value:
            raise UsageError(
                f"{path} was counted with another {name} ({told['question'].get(name)}, now {value}). Use the same, or "
                "another file for --history."
            )
    days = table.to_pandas()
    days["order_date"] = days["order_date"].astype("datetime64[s]")
    return History(days, date.fromisoformat(told["as_of"]), date.fromisoformat(told["first"]))


def write_history(path: Path, history: History, question: Mapping[str, Any]) -> None:
    """Write the counts in one step: the file is either the old one or the new one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(history.days, preserve_index=False)
    told = {"question": dict(question), "as_of": history.as_of.isoformat(), "first": history.first.isoformat()}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), _KEY: json.dumps(told).encode()})
    part = path.with_name(f".{path.name}.part")
    pq.write_table(table, part)
    part.replace(path)
