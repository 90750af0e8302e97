"""Differences in the number of defective orders: which orders can explain that we count more than Amazon, or fewer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.differences import MOST_REASONS, AccountDays, Reason, belongs
from odr_xl.core.ledger import in_window
from odr_xl.core.window import Window

#: Parts of a claim's status in lower case, while nothing is decided; and after an appeal.
_OPEN_WORDS: Final = ("open", "review", "pending", "action required", "审核", "待处理", "处理中")
_WON_WORDS: Final = ("won", "appeal", "申诉")
#: Kinds of events that count although the input leaves the decision open.
_UNSURE: Final = frozenset(r.text for r in (rules.CLAIM_UNKNOWN, rules.CHARGEBACK_UNKNOWN, rules.COUNTS_UNKNOWN))
#: Kinds of events that don't count here and may count with Amazon, by their rule; the surest kind first.
_ASIDE: Final = {
    rules.UNMATCHED.text: "unmatched",
    rules.CLAIM_CANDIDATE.text: "candidate",
    rules.CLAIM_CLEARED.text: "won",
    rules.FEEDBACK_REMOVED.text: "removed",
    rules.CHARGEBACK_WON.text: "chargeback_won",
    rules.FEEDBACK_UNRATED.text: "unrated",
    rules.OMITTED.text: "omitted",
}


@dataclass(frozen=True, slots=True)
class AccountEvents:
    """The events behind one number.

    Attributes
    ----------
    counting : dict
        Order to the kinds of its counting events: ``open``, ``unsure``, ``feedback``, or "" for a plain one.
    on_list : frozenset of str or None
        Orders on Amazon's own list; ``None`` when no list of this account and window is among the sources.
    aside : dict
        Kind of events that don't count (`_ASIDE`) to the orders that have no counting one.
    """

    counting: dict[str, set[str]]
    on_list: frozenset[str] | None
    aside: dict[str, tuple[str, ...]]


def account_events(trail: pd.DataFrame, daily: AccountDays, window: Window, what: str) -> AccountEvents:
    """Events of one account and window, of one cause or of all three."""
    causes = (what,) if what in rules.AMAZON_CAUSES else rules.AMAZON_CAUSES
    own, near = belongs(trail, daily.marketplaces, daily.channels)
    chosen = own & (window.open | in_window(trail["order_date"], window))
    # An event whose order isn't in Orders has neither account nor date, so it may belong to any.
    stray = np.array([rule == rules.UNMATCHED.text for rule in trail["rule"].tolist()], dtype=bool)
    chosen |= stray & (own | near)
    columns = (trail[name].to_numpy()[chosen] for name in ("order_id", "cause", "counts", "rule", "detail"))
    kinds: dict[tuple[str, str], set[str]] = {}
    aside: dict[str, list[str]] = {kind: [] for kind in _ASIDE.values()}
    on_list, listed = set(), False
    for order_id, cause, counts, rule, detail in zip(*columns, strict=True):
        amazons_list = counts == "amazon" and rule == rules.LISTED.text
        listed |= amazons_list
        if cause not in causes:
            continue
        if amazons_list:
            on_list.add(order_id)
            kinds.setdefault((order_id, cause), set())  # the claim itself, if it is known, says more
        elif counts == "amazon":
            kinds.setdefault((order_id, cause), set()).add(_counting_kind(cause, rule, detail))
        elif rule in _ASIDE and _may_count(cause, rule, detail):
            aside[_ASIDE[rule]].append(order_id)
    counting: dict[str, set[str]] = {}
    for (order_id, _), found in kinds.items():
        counting.setdefault(order_id, set()).update(found or {""})
    without = {kind: tuple(dict.fromkeys(i for i in ids if i not in counting)) for kind, ids in aside.items()}
    return AccountEvents(counting, frozenset(on_list) if listed else None, without)


def _counting_kind(cause: str, rule: str, detail: str) -> str:
    if rule in _UNSURE or cause == "negative_feedback":
        return "unsure" if rule in _UNSURE else "feedback"
    status = detail.split(" · ")[0].lower()
    undecided = rule == rules.CLAIM_COUNTS.text and (not status or any(word in status for word in _OPEN_WORDS))
    return "open" if undecided else ""


def _may_count(cause: str, rule: str, detail: str) -> bool:
    """Whether Amazon may count an event that doesn't count here, told from its detail."""
    first, _, second = detail.partition(" · ")
    if rule == rules.CLAIM_CLEARED.text:  # a denied or withdrawn claim is off Amazon's count at once
        return any(word in first.lower() for word in _WON_WORDS)
    if rule not in (rules.UNMATCHED.text, rules.OMITTED.text):
        return True
    if cause == "negative_feedback":
        stars = re.match(r"(\d(?:\.\d+)?)★", detail)
        return stars is None or float(stars[1]) in rules.NEGATIVE_STARS
    found = rules.claim_rule(first) if cause == "a_to_z_claim" else rules.chargeback_rule(first, second)
    return found.counts == "amazon"


def defect_reasons(
    difference: int, events: AccountEvents | None, other_dates: Sequence[Reason] = ()
) -> tuple[Reason, ...]:
    """Why we count more defective orders than Amazon, or fewer.

    Parameters
    ----------
    difference : int
        Ours less Amazon's; not 0.
    events : AccountEvents or None
        ``None`` when no trail was given.
    other_dates : sequence of Reason
        Other windows with exactly Amazon's numbers.
    """
    gap = abs(difference)
    last = Reason("missing", gap) if difference < 0 else Reason("unexplained" if events else "no_trail")
    if events is None:
        return tuple(other_dates) or (last,)
    groups = _counting_groups(events, gap) if difference > 0 else events.aside
    possible = [Reason(key, len(ids), ids=ids) for key, ids in groups.items() if ids]
    exact = [*(reason for reason in possible if reason.count == gap), *other_dates]
    if exact:
        return tuple(exact[:MOST_REASONS])
    able = [reason for reason in possible if reason.count > gap]
    if able and difference > 0:
        return tuple(able[:MOST_REASONS])
    return (*(able or possible)[: MOST_REASONS - 1], last)


def _counting_groups(events: AccountEvents, gap: int) -> dict[str, tuple[str, ...]]:
    """Orders that count here and perhaps not with Amazon, the surest kind first."""
    groups = {
        kind: tuple(order_id for order_id, kinds in events.counting.items() if kinds == {kind})
        for kind in ("open", "unsure", "feedback")
    }
    if events.on_list is not None:
        groups = {"not_listed": tuple(i for i in events.counting if i not in events.on_list)} | groups
    # Any feedback may have been struck through: worth a look only where nothing better explains the difference.
    if any(len(ids) >= gap for kind, ids in groups.items() if kind != "feedback"):
        del groups["feedback"]
    return groups
