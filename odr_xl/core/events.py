"""Defect events: every row of every report that might make an order defective, each with the rule that decides.

The only place where a row of feedback, a claim, a chargeback, a return or a mark turns into "counts" or
"doesn't count". Nothing is dropped here: what doesn't count stays, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.errors import InputError
from odr_xl.labels import cause_named, counts_known, counts_named, rule_text
from odr_xl.rules import Rule

#: Columns of the table of events, before and after the orders are known.
EVENT_COLUMNS = (
    "order_id",
    "sku",
    "cause",
    "counts",
    "rule",
    "flagged",
    "source",
    "source_row",
    "event_date",
    "detail",
)

#: Each rule by its text in either language, since the ledger that comes back may be the Chinese one.
_BY_TEXT: Mapping[str, Rule] = {
    text: rule
    for rule in vars(rules).values()
    if isinstance(rule, Rule)
    for text in (rule.text, rule_text(rule.text, "zh"))
}


#: Columns by name: a table, or the columns alone.
Table: TypeAlias = pd.DataFrame | Mapping[str, Sequence[Any]]


def no_events() -> pd.DataFrame:
    """Table of events without a row."""
    return _frame([], {})


def feedback_events(table: pd.DataFrame, source: str = "Feedback") -> pd.DataFrame:
    """Events of a feedback table (columns ``order_id, rating``; optional ``feedback_date, comments, status``).

    Raises
    ------
    InputError
        When there is no column of ratings: nothing would tell negative feedback from the rest.
    """
    if "rating" not in table.columns:
        raise InputError("The feedback has no column of ratings. Add one: Rating.")
    found = [rules.feedback_rule(float(r), s) for r, s in zip(table["rating"], _text(table, "status"), strict=True)]
    stars = [("" if np.isnan(r) else f"{r:g}★ ") for r in table["rating"].astype(float)]
    detail = [(a + b).strip() for a, b in zip(stars, _text(table, "comments"), strict=True)]
    return _events(table, "negative_feedback", found, source, "feedback_date", detail)


def claim_events(table: pd.DataFrame, source: str = "Claims") -> pd.DataFrame:
    """Events of a table of A-to-z claims (column ``order_id``; optional ``claim_date, status, reason``)."""
    found = [rules.claim_rule(s) for s in _text(table, "status")]
    return _events(table, "a_to_z_claim", found, source, "claim_date", _joined(table, "status", "reason"))


def chargeback_events(table: pd.DataFrame, source: str = "Chargebacks") -> pd.DataFrame:
    """Events of a table of chargebacks (column ``order_id``; optional ``chargeback_date, type, status``)."""
    found = [rules.chargeback_rule(t, s) for t, s in zip(_text(table, "type"), _text(table, "status"), strict=True)]
    return _events(table, "chargeback", found, source, "chargeback_date", _joined(table, "type", "status"))


def return_events(table: pd.DataFrame, source: str = "Returns") -> pd.DataFrame:
    """Events of a table of returns; a return with an A-to-z mark adds a claim that waits for its outcome."""
    reasons = _text(table, "reason")
    known = {reason: rules.return_rule(reason) for reason in set(reasons)}
    returned = _events(
        table, "defect_return", [known[r] for r in reasons], source, "return_date", _joined(table, "reason", "comments")
    )
    if "a_to_z_claim" not in table.columns:
        return returned
    claimed = table[table["a_to_z_claim"].to_numpy(dtype=bool)]
    candidates = [rules.CLAIM_CANDIDATE] * len(claimed)
    return join_events(
        [returned, _events(claimed, "a_to_z_claim", candidates, source, "return_date", _joined(claimed, "reason"))]
    )


def account_health_events(table: pd.DataFrame, source: str = "AccountHealth") -> pd.DataFrame:
    """Events of the Account Health download: its three marks; late shipment and cancellation are never defects."""
    return _marks(table, rules.AMAZON_CAUSES, rules.LISTED, source)


def order_mark_events(table: pd.DataFrame, source: str = "Orders") -> pd.DataFrame:
    """Events of the columns that mark defects in a table of orders."""
    return join_events(
        [
            _marks(table, rules.AMAZON_CAUSES, rules.MARKED, source),
            _marks(table, rules.RETURN_CAUSES, rules.MARKED_RETURN, source),
        ]
    )


def listed_events(table: Table, source: str = "Defects") -> pd.DataFrame:
    """Events of a list that already names cause and decision: ``DEFECT_LEDGER``'s own result or a seller's list.

    The ``counts`` column decides whether a row counts, its cause under which definition: a return never enters
    Amazon's rate. A list without that column, or with a word of its own there, counts every row that names a cause.
    """
    named = _text(table, "cause")
    known_causes = {text: cause_named(text) for text in set(named)}
    causes = [known_causes[text] for text in named]
    counts = ["amazon" if c in rules.AMAZON_CAUSES else "returns" if c in rules.RETURN_CAUSES else "" for c in causes]
    texts = _text(table, "rule")
    if "counts" in table:
        said = _text(table, "counts")
        left_out = {text for text in set(said) if counts_known(text) and not counts_named(text)}
        strange = {text for text in set(said) if not counts_known(text)}
        counts = ["" if s in left_out else own for own, s in zip(counts, said, strict=True)]
        texts = [rules.COUNTS_UNKNOWN.text if s in strange else t for t, s in zip(texts, said, strict=True)]
    texts = [text if cause else rules.CAUSE_UNKNOWN.text for cause, text in zip(causes, texts, strict=True)]
    known = [_BY_TEXT.get(text.strip()) for text in texts]
    return _frame(
        list(table["order_id"]),
        {
            "sku": _text(table, "sku"),
            "cause": causes,
            "counts": counts,
            "rule": [rule.text if rule else text for rule, text in zip(known, texts, strict=True)],
            "flagged": [bool(rule and rule.flagged) for rule in known],
            "source": [s or source for s in _text(table, "source")],
            # A seller's own list says no source: its own row is where to look.
            "source_row": _rows(table, "source_row" if "source_row" in table else "row"),
            "event_date": _dates(table, "event_date"),
            "detail": _text(table, "detail"),
        },
    )


def decided_events(events: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Events with the seller's own decisions in place of the rules'.

    Parameters
    ----------
    events : pandas.DataFrame
        Events of the reports.
    decisions : pandas.DataFrame
        Columns ``order_id``, ``cause`` (a word for one; "" for every cause of the order) and ``counts`` ("No", or
        anything that says that it counts). The last decision about an event stands.
    """
    known: dict[tuple[str, str], bool] = {}
    for order_id, cause, said in zip(
        decisions["order_id"], _text(decisions, "cause"), _text(decisions, "counts"), strict=True
    ):
        if said.strip():
            known[order_id, cause_named(cause)] = not (counts_known(said) and not counts_named(said))
    decided = events.copy()
    columns = {name: decided[name].tolist() for name in ("counts", "rule", "flagged")}
    for row, (order_id, cause) in enumerate(zip(events["order_id"], events["cause"], strict=True)):
        counts = known.get((order_id, cause), known.get((order_id, "")))
        if counts is None:
            continue
        kind = "amazon" if cause in rules.AMAZON_CAUSES else "returns" if cause in rules.RETURN_CAUSES else ""
        columns["counts"][row] = kind if counts else ""
        columns["rule"][row] = (rules.DECIDED_IN if counts else rules.DECIDED_OUT).text
        columns["flagged"][row] = False
    for name, values in columns.items():
        decided[name] = pd.Series(values, index=decided.index, dtype=bool if name == "flagged" else object)
    return decided


def join_events(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One table of events from several, in the order given."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else no_events()


def _events(
    table: pd.DataFrame, cause: str, found: list[Rule], source: str, date_column: str, detail: list[str]
) -> pd.DataFrame:
    return _frame(
        list(table["order_id"]),
        {
            "sku": _text(table, "sku"),
            "cause": [cause] * len(table),
            "counts": [rule.counts for rule in found],
            "rule": [rule.text for rule in found],
            "flagged": [rule.flagged for rule in found],
            "source": [source] * len(table),
            "source_row": _rows(table, "row"),
            "event_date": _dates(table, date_column),
            "detail": detail,
        },
    )


def _marks(table: pd.DataFrame, causes: Iterable[str], rule: Rule, source: str) -> pd.DataFrame:
    parts = []
    for cause in causes:
        if cause in table.columns:
            marked = table[table[cause].to_numpy(dtype=bool)]
            parts.append(_events(marked, cause, [rule] * len(marked), source, "", [""] * len(marked)))
    return join_events(parts)


_KINDS: Mapping[str, Any] = {"flagged": np.bool_, "source_row": np.int64, "event_date": "datetime64[s]"}
_TEXTS = tuple(name for name in EVENT_COLUMNS if name not in _KINDS)


def _frame(order_ids: list[str], columns: Mapping[str, Any]) -> pd.DataFrame:
    # All texts in one block: a column of its own for each costs ten times as much, and pandas 3 would copy its texts.
    texts = np.empty((len(order_ids), len(_TEXTS)), dtype=object)
    for place, name in enumerate(_TEXTS):
        texts[:, place] = columns.get(name, order_ids)
    table = pd.DataFrame(texts, columns=list(_TEXTS), dtype=object)
    for name, kind in _KINDS.items():
        table.insert(EVENT_COLUMNS.index(name), name, np.asarray(columns.get(name, []), dtype=kind))
    return table


def _text(table: Table, column: str) -> list[str]:
    return [str(v) for v in table[column]] if column in table else [""] * len(table["order_id"])


def _joined(table: Table, *columns: str) -> list[str]:
    return [" · ".join(filter(None, parts)) for parts in zip(*(_text(table, c) for c in columns), strict=True)]


def _rows(table: Table, column: str) -> list[int]:
    if column not in table:
        return [0] * len(table["order_id"])
    return [int(v) if v == v else 0 for v in table[column]]


def _dates(table: Table, column: str) -> np.ndarray:
    if column in table:
        return np.asarray(table[column], dtype="datetime64[s]")
    return np.full(len(table["order_id"]), "NaT", dtype="datetime64[s]")
