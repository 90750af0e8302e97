"""What every reader returns: a tidy table, and an account of each row that it couldn't use."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from odr_xl.errors import Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """A report or a cell range as a tidy table.

    Attributes
    ----------
    kind : str
        One of ``orders, feedback, claims, chargebacks, returns, account_health, events, days, listings, performance``.
    table : pandas.DataFrame
        One row a data row of the source; text "" when blank, dates ``datetime64[s]``, marks ``bool``,
        and ``row``, the row's number in the source with the header counted.
    source : str
        File name or sheet name, for messages.
    problems : tuple of Problem
        Everything the seller should know about single cells.
    rows_read : int
        Data rows that hold anything.
    rows_unusable : int
        Data rows that are not in ``table``; each has its problem.
    """

    kind: str
    table: pd.DataFrame
    source: str
    problems: tuple[Problem, ...]
    rows_read: int
    rows_unusable: int
