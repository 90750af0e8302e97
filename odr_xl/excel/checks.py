"""The check: everything about the input that the seller should know, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core.ledger import Ledger, build_ledger
from odr_xl.errors import OdrError, Problem
from odr_xl.excel.arguments import SOURCES, events_of, read_order_range
from odr_xl.excel.cells import LONGEST_TEXT, Rows
from odr_xl.labels import Language, error_text, problem_text, rule_text, say, word
from odr_xl.readers.ranges import read_range

#: A check shows at most this many sentences, then how many more there are.
MOST_SENTENCES = 200
#: Where a sentence may go on in the next cell, the best place first.
_BREAKS = (". ", "。", "；", ", ", "，", "、", " ")


def problems(orders: Rows, ranges: Mapping[str, Rows], language: Language = "en") -> list[str]:
    """Sentences about a range of orders and the optional ranges of defects; empty when all is well.

    Parameters
    ----------
    orders : rows
        As for ``ODR``.
    ranges : mapping
        Kind (``feedback`` …, or ``defects`` for any kind) to its rows; blank ranges are passed over.
    language : "en" or "zh"
        Language of the sentences; names of sheets and columns and what stands in the cells stay as they are.
    """
    noted: list[Problem | str] = []
    found: list[pd.DataFrame] = []
    try:
        first = read_order_range(orders)
    except OdrError as error:
        return [_of_range("orders", error_text(error, language), language)]
    noted += first.problems
    for kind, rows in ranges.items():
        if rows is None or rows == "":
            continue
        try:
            reading = read_range(rows, kind=None if kind == "defects" else kind)
            noted += reading.problems
            if reading.kind not in _NO_DEFECTS:
                found.append(events_of(reading))
        except OdrError as error:
            noted.append(_of_range(kind, error_text(error, language), language))
    ledger = build_ledger(first.table, event.join_events(found))
    noted += _about_orders(ledger, language) + _about_events(ledger, language)
    shown = noted[:MOST_SENTENCES]
    sentences = [problem_text(item, language) if isinstance(item, Problem) else item for item in shown]
    if len(noted) > len(shown):
        sentences.append(say("check_more", language, count=len(noted) - len(shown)))
    return sentences


#: Kinds of tables that are checked for what can't be read, and hold no defects.
_NO_DEFECTS = frozenset(("listings", "performance"))


def cell_texts(sentence: str) -> list[str]:
    """A sentence as texts that Excel takes; a long one goes on in further cells, each of which starts with "… ".

    >>> cell_texts("isn't a date"), [len(text) for text in cell_texts("word " * 60)]
    (["isn't a date"], [249, 51])
    """
    texts, start = [], ""
    while len(start + sentence) > LONGEST_TEXT:
        room = LONGEST_TEXT - len(start)
        # A break in the first half would leave a cell nearly blank.
        ends = (at + len(mark) for mark in _BREAKS if (at := sentence.rfind(mark, room // 2, room)) >= 0)
        end = next(ends, room)
        texts.append(start + sentence[:end].rstrip())
        sentence, start = sentence[end:].strip(), "… "
    return [*texts, start + sentence]


def _of_range(kind: str, sentence: str, language: Language) -> str:
    return say("check_range", language, range=word(f"check_range_{kind}", language), sentence=sentence)


def _about_orders(ledger: Ledger, language: Language) -> list[str]:
    sentences = []
    orders = ledger.orders
    if orders.empty:
        sentences.append(say("check_no_order", language))
    undated = int(orders["order_date"].isna().sum())
    if undated and undated < len(orders):
        sentences.append(say("check_undated", language, count=undated))
    marked = orders[list(rules.AMAZON_CAUSES)].to_numpy(dtype=bool).any(axis=1) if len(orders) else np.zeros(0, bool)
    if len(orders) > 1 and marked.all():
        sentences.append(say("check_all_defective", language))
    return [_of_range("orders", sentence, language) for sentence in sentences]


def _about_events(ledger: Ledger, language: Language) -> list[str]:
    flagged = ledger.events[ledger.events["flagged"].to_numpy(dtype=bool)]
    return [
        say(
            "check_event",
            language,
            source=source or SOURCES["events"],
            row=row,
            order_id=order_id,
            cause=word(cause or "check_no_cause", language),
            rule=rule_text(rule, language),
        )
        for source, row, order_id, cause, rule in zip(
            flagged["source"],
            flagged["source_row"],
            flagged["order_id"],
            flagged["cause"],
            flagged["rule"],
            strict=True,
        )
    ]
