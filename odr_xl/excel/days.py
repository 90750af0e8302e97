"""The counts of a day as cells: how the result of ODR_DAYS is recognised, and how it is read at once.

Most formulas read it, so it must cost a few milliseconds: cells that are exactly what ODR_DAYS wrote become columns
without the questions that other people's tables need. Whatever differs goes the long way, which says what is wrong.
"""

from __future__ import annotations

from array import array
from datetime import datetime

import numpy as np
import pandas as pd

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS
from odr_xl.excel.cells import Rows
from odr_xl.labels import word
from odr_xl.readers.headers import normalise

_NAMES = (*DAY_KEYS, *COUNT_COLUMNS)
_HEADERS = {tuple(word(name, language) for name in _NAMES) for language in ("en", "zh")}
_TELLING = [{normalise(word(name, language)) for language in ("en", "zh")}
            for name in ("defective_amazon", "left_out", "order_date")]  # fmt: skip
_EPOCH = datetime(1970, 1, 1).toordinal()
_NO_DAY = int(np.datetime64("NaT", "D").view(np.int64))


def is_days(rows: Rows) -> bool:
    """Whether a range is the result of ``ODR_DAYS``, by its header."""
    if not isinstance(rows, (list, tuple)) or not rows or not isinstance(rows[0], (list, tuple)):
        return False
    seen = {normalise(str(cell)) for cell in rows[0] if cell is not None}
    return all(names & seen for names in _TELLING)


def quick_days(rows: Rows) -> pd.DataFrame | None:
    """Daily counts of cells that are just what ``ODR_DAYS`` wrote; ``None`` when anything differs."""
    if tuple(rows[0]) not in _HEADERS or len(rows) < 2 or set(map(len, rows)) != {len(_NAMES)}:
        return None
    dates, channels, marketplaces, *counts = zip(*rows[1:], strict=True)
    if not set(map(type, dates)) <= {datetime, str} or not {*map(type, channels), *map(type, marketplaces)} <= {str}:
        return None
    if not all(set(map(type, column)) <= {int, float} for column in counts):
        return None
    try:
        # Orders without a date stand in a row with a blank one.
        days = [_NO_DAY if day == "" else day.toordinal() - _EPOCH for day in dates]
        numbers = [np.array(array("d", column)) for column in counts]
    except (AttributeError, OverflowError):  # a text that isn't blank
        return None
    whole = [column.astype(np.int64) for column in numbers]
    if any((own < 0).any() or (own != column).any() for own, column in zip(whole, numbers, strict=True)):
        return None
    data: dict[str, object] = {
        "order_date": np.array(days, dtype=np.int64).view("datetime64[D]").astype("datetime64[s]"),
        "channel": np.array(channels, dtype=object),
        "marketplace": np.array(marketplaces, dtype=object),
    }
    return pd.DataFrame(data | dict(zip(COUNT_COLUMNS, whole, strict=True)), copy=False)
