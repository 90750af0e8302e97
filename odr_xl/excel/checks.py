"""The check: everything about the input that the seller should know, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core.ledger import Ledger, build_ledger
from odr_xl.errors import OdrError
from odr_xl.excel.arguments import SOURCES, events_of, read_order_range
from odr_xl.excel.cells import Rows
from odr_xl.labels import Language, word
from odr_xl.readers.ranges import read_range

#: A check shows at most this many sentences, then how many more there are.
MOST_SENTENCES = 200


def problems(orders: Rows, ranges: Mapping[str, Rows], language: Language = "en") -> list[str]:
    """Sentences about a range of orders and the optional ranges of defects; empty when all is well.

    Parameters
    ----------
    orders : rows
        As for ``ODR``.
    ranges : mapping
        Kind (``feedback`` …, or ``defects`` for any kind) to its rows; blank ranges are passed over.
    """
    sentences: list[str] = []
    found: list[pd.DataFrame] = []
    try:
        first = read_order_range(orders)
    except OdrError as error:
        return [f"orders: {error}"]
    sentences += [str(problem) for problem in first.problems]
    for kind, rows in ranges.items():
        if rows is None or rows == "":
            continue
        try:
            reading = read_range(rows, kind=None if kind == "defects" else kind)
            sentences += [str(problem) for problem in reading.problems]
            found.append(events_of(reading))
        except OdrError as error:
            sentences.append(f"{kind}: {error}")
    ledger = build_ledger(first.table, event.join_events(found))
    sentences += _about_orders(ledger) + _about_events(ledger)
    if len(sentences) > MOST_SENTENCES:
        rest = len(sentences) - MOST_SENTENCES
        sentences = [*sentences[:MOST_SENTENCES], f"… and {rest} more."]
    return sentences


def _about_orders(ledger: Ledger) -> list[str]:
    sentences = []
    orders = ledger.orders
    if orders.empty:
        sentences.append("orders: there is no order here, so every rate is #N/A. Paste the All Orders report.")
    undated = int(orders["order_date"].isna().sum())
    if undated and undated < len(orders):
        sentences.append(f"orders: {undated} orders have no date, so they are in no window. Fill in purchase-date.")
    marked = orders[list(rules.AMAZON_CAUSES)].to_numpy(dtype=bool).any(axis=1) if len(orders) else np.zeros(0, bool)
    if len(orders) > 1 and marked.all():
        sentences.append(
            "orders: every order here is defective. This looks like Amazon's list of defects: give it as "
            "account_health, and the All Orders report as orders."
        )
    return sentences


def _about_events(ledger: Ledger) -> list[str]:
    flagged = ledger.events[ledger.events["flagged"].to_numpy(dtype=bool)]
    return [
        f"{source or SOURCES['events']} row {row}: order {order_id} ({word(cause) if cause else 'no cause'}): {rule}."
        for source, row, order_id, cause, rule in zip(
            flagged["source"],
            flagged["source_row"],
            flagged["order_id"],
            flagged["cause"],
            flagged["rule"],
            strict=True,
        )
    ]
