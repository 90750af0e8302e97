"""Marks: cells that say whether something happened to an order.

Sellers and Amazon's pages write a mark in many ways: TRUE, 1, X, Y, ✓, "Has defect", a date, a reason. So a mark is
everything that isn't blank and isn't one of the words for no.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from odr_xl.readers.cells import EXCEL_ERRORS, Mask, plain_text, tidy_text
from odr_xl.readers.coded import Cells, Coded, factorised

#: Words for no, in the languages of Amazon's reports.
NO_WORDS = frozenset(
    (
        "false", "no", "n", "f", "none", "null", "nil", "n/a", "na", "n.a.", "not", "ok", "no defect", "not applicable",
        "falsch", "nein", "kein", "keine", "faux", "non", "aucun", "aucune", "falso", "ninguno", "nessuno", "nessuna",
        "não", "nao", "nie", "nee", "geen", "brak", "nej", "hayır", "否", "不", "不是", "没有", "無", "无", "なし",
        "いいえ", "偽", "假", "非該当", "不适用", "✗", "✘", "×", "☐", "□", "-", "--", "–", "—", "−", "―", ".", "/",
    )
)  # fmt: skip

_ZERO = re.compile(r"[-+]?0+(?:[.,]0*)?%?")


def parse_marks(values: Cells) -> tuple[Mask, Mask]:
    """Marks of a column, and where a mark can't be told.

    ``#N/A`` is no mark, because a lookup that found nothing shows it; any other Excel error is bad.

    >>> marks, bad = parse_marks(["X", "no", 0, "2026-08-01", None, "#N/A", "#REF!"])
    >>> marks.tolist()
    [True, False, False, True, False, False, False]
    >>> bad.tolist()
    [False, False, False, False, False, False, True]
    """
    if isinstance(values, np.ndarray) and values.dtype == bool:
        return values.copy(), np.zeros(len(values), dtype=bool)
    # Few distinct values in a column of marks: judge each once.
    codes, distinct = factorised(values)
    column = Coded(distinct, codes)
    marked = np.array([_marked(v) for v in distinct], dtype=bool)
    broken = np.array([isinstance(v, str) and _broken(v) for v in distinct], dtype=bool)
    return column.spread(marked, False), column.spread(broken, False)


def _marked(value: Any) -> bool:
    if isinstance(value, str):
        text = plain_text(value)
        return (
            bool(text) and text not in NO_WORDS and not _ZERO.fullmatch(text) and tidy_text(value) not in EXCEL_ERRORS
        )
    if isinstance(value, int | float | bool | np.number | np.bool_):
        return bool(value) and value == value  # NaN is a blank
    return value is not None


def _broken(text: str) -> bool:
    stripped = tidy_text(text)
    return stripped in EXCEL_ERRORS and stripped != "#N/A"
