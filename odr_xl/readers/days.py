"""Counts a day: what ODR_DAYS returns, so that a formula takes it wherever it takes orders."""

from __future__ import annotations

from collections.abc import Mapping

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.labels import WORDS
from odr_xl.readers.layout import Holds, Layout


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a table of counts; "" when it's something else."""
    return "days" if {"order_date", "orders", "defective"} <= set(fields) and "order id" not in headers else ""


_COLUMNS: dict[str, Holds] = {"order_date": "date", "channel": "channel", "marketplace": "marketplace"}

#: Every count is known by its name and by the word that ODR_DAYS shows, in either language.
DAYS = Layout(
    kind="days",
    name="ODR_DAYS table",
    columns={**_COLUMNS, **dict.fromkeys(COUNT_COLUMNS, "count")},
    headers={
        "order_date": ("order_date", "date", "day", *WORDS["order_date"]),
        "channel": ("channel", *WORDS["channel"]),
        "marketplace": ("marketplace", *WORDS["marketplace"]),
    }
    | {name: (name, *WORDS[name]) for name in COUNT_COLUMNS},
    judge=judge,
)
