"""Tables as the readers give them, written as short rows; every order id here is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from odr_xl import rules

DATES = ("order_date", "feedback_date", "claim_date", "chargeback_date", "return_date", "event_date")
MARKS = (*rules.CAUSES, "late_shipment", "cancellation")


def table(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] = ("order_id",)) -> pd.DataFrame:
    """Rows as a tidy table: text "" when blank, dates datetime64[s], marks bool, ``row`` from 2."""
    listed = list(rows)
    names = list(dict.fromkeys([*columns, *(name for row in listed for name in row)]))
    data: dict[str, Any] = {}
    for name in names:
        values = [row.get(name) for row in listed]
        if name in DATES:
            days = [np.datetime64("NaT", "s") if v is None else np.datetime64(v) for v in values]
            data[name] = pd.Series(np.array(days, dtype="datetime64[s]"))
        elif name in MARKS:
            data[name] = pd.Series([bool(v) for v in values], dtype=bool)
        elif name == "rating":
            data[name] = pd.Series([np.nan if v is None else v for v in values], dtype=np.float64)
        else:
            data[name] = pd.Series(["" if v is None else v for v in values], dtype=object)
    data["row"] = pd.Series(range(2, len(listed) + 2), dtype=np.int64)
    return pd.DataFrame(data)


def order_id(number: int) -> str:
    return f"900-{number:07d}-0000001"


def numbered_orders(count: int, day: date = date(2026, 5, 4), **marked: Iterable[int]) -> pd.DataFrame:
    """``count`` orders of one day, numbered from 0; each keyword names a cause and the orders marked with it."""
    sets = {cause: frozenset(numbers) for cause, numbers in marked.items()}
    return table(
        {"order_id": order_id(n), "order_date": day} | {cause: n in numbers for cause, numbers in sets.items()}
        for n in range(count)
    )
