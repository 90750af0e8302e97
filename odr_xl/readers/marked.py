"""Marks of hand-made tables that say "defect" without saying which: turned into the five causes.

A ``defect`` column may name the cause (``A-to-Z claim``) or only mark it (``X``); a ``reason`` column may say why. A
mark without a cause means what the wider rate counts: an order returned, or cancelled, because of a defect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from odr_xl.readers.causes import cause_in_words
from odr_xl.readers.cells import Mask, Objects
from odr_xl.readers.coded import Coded
from odr_xl.readers.marks import parse_marks
from odr_xl.rules import CANCELLED, CAUSES, reason_group


def spread_marks(table: dict[str, Any], defect: Objects | Coded | None) -> None:
    """Replace the table's column ``defect`` by marks of the causes; ``reason`` stays as text.

    Without a ``defect`` column, a ``reason`` marks a defect in a table that has no other marks, unless the reason is
    known not to be one (``no longer needed``). An order that has a mark of its own gets no second one from ``defect``.

    Parameters
    ----------
    table : dict of str to array
        Converted columns; changed in place.
    defect : object array, Coded or None
        Raw cells of the ``defect`` column.
    """
    named = [cause for cause in CAUSES if cause in table]
    reasons = table.get("reason")
    words = table.pop("defect", None)
    if defect is not None and words is not None:
        marked = parse_marks(defect)[0]
    elif reasons is not None and not named:
        words = reasons
        marked = parse_marks(reasons)[0] & _true_for(reasons, lambda text: reason_group(text)[1] is not False)
    else:
        return
    causes = _by_value(words, cause_in_words)
    if reasons is not None:
        causes = np.where(_missing(causes), _by_value(reasons, cause_in_words), causes)
    already = np.logical_or.reduce([table[cause] for cause in named]) if named else np.zeros(len(words), dtype=bool)
    nameless = marked & _missing(causes) & ~already
    cancelled = _cancelled(table, len(words))
    spread: dict[str, Mask] = {cause: marked & (causes == cause) for cause in CAUSES}
    spread["defect_return"] |= nameless & ~cancelled
    spread["defect_cancellation"] |= nameless & cancelled
    for cause, marks in spread.items():
        if marks.any() or cause == "defect_return":
            table[cause] = table[cause] | marks if cause in table else marks


def _cancelled(table: dict[str, Any], length: int) -> Mask:
    status = table.get("order_status")
    if status is None:
        return np.zeros(length, dtype=bool)
    return _true_for(status, lambda text: text.casefold().startswith(CANCELLED))


def _missing(causes: Objects) -> Mask:
    return np.fromiter((cause is None for cause in causes), dtype=bool, count=len(causes))


def _true_for(texts: Objects, condition: Callable[[str], bool]) -> Mask:
    return _by_value(texts, condition).astype(bool)


def _by_value(texts: Objects, meaning: Callable[[str], Any]) -> Objects:
    """Meaning of each text, found once for every distinct one."""
    known = {text: meaning(text) for text in set(texts.tolist())}
    result = np.empty(len(texts), dtype=object)
    result[:] = [known[text] for text in texts]
    return result
