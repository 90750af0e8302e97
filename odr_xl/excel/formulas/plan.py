"""What to do: the root causes with their actions, and the draft of a plan of action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.accounts import account_names, account_parts, choose_account
from odr_xl.core.actions import Action, RootCause, actions, counted_actions
from odr_xl.core.ledger import in_window
from odr_xl.core.plan import Plan, due_date, plan_of_action
from odr_xl.core.remedies import REMEDIES, STRATEGIES
from odr_xl.core.trend import last_day
from odr_xl.core.window import Window
from odr_xl.errors import InputError, UsageError
from odr_xl.excel import arguments
from odr_xl.excel.cells import LONGEST_TEXT, Cell, Rows, formula, moment
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import Language, cause_named, say, word
from odr_xl.readers.headers import normalise

#: Longest name of a SKU inside a sentence; Amazon allows 40 characters.
_LONGEST_NAME = 40
_ACTIONS_HEADER = ("plan_rank", "plan_root", "plan_defective", "share", "plan_do", "plan_why", "plan_ids")
_PLAN_HEADER = ("plan_part", "plan_text", "plan_ids")


@formula(ARGUMENT_HELP)
def ODR_ACTIONS(
    defects: Rows, start: Cell = None, finish: Cell = None, account: Cell = None, lang: Cell = None
) -> Rows:
    """What to do first: the root causes of your defective orders, most orders first, each with its actions and why.

    The shares of the root causes add up to 1 over Amazon's defective orders. Orders that were only returned or
    cancelled for a defect follow as an early warning: they never count in Amazon's rate.
    """
    language = arguments.language(lang, defects)
    if _is_breakdown(defects):
        if any(arguments.text(cell) for cell in (start, finish, account)):
            raise UsageError("A breakdown names no orders: give dates and account to DEFECT_BREAKDOWN instead.")
        found = counted_actions(_breakdown_counts(defects))
    else:
        events, window = _events(defects, account), arguments.window_of(start, finish)
        if not window.open:
            _check_dated(events)
            events = events[in_window(events["order_date"], window)]
        found = actions(events)
    result: list[list[Cell]] = [[word(name, language) for name in _ACTIONS_HEADER]]
    for rank, root in enumerate(found.amazon, 1):
        result.extend(_action_rows(rank, root, language))
    result.extend(_kind_row(action, found.amazon[0].total, language) for action in found.kinds)
    for rank, root in enumerate(found.early, len(found.amazon) + 1):
        result.extend(_action_rows(rank, root, language))
    if len(result) == 1:
        result.append(["", word("plan_nothing", language), 0, "", "", "", ""])
    return result


@formula(ARGUMENT_HELP)
def ODR_PLAN(
    defects: Rows,
    days: Rows,
    as_of: Cell = None,
    notice: Cell = None,
    plan_days: Cell = None,
    window: Cell = None,
    lag: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Draft of a plan of action in Amazon's three parts: root cause, what was done, prevention; with the deadline.

    Only you know what is true: every sentence about what was done or will be done waits for you to confirm it.
    """
    language = arguments.language(lang, defects, days)
    counted = arguments.read_days(days, account)
    looked = moment(as_of, "as_of") or last_day(counted)
    told = moment(notice, "notice")
    span = arguments.whole(plan_days, "plan_days", rules.PLAN_DAYS)
    due = due_date(told or looked, days=span)
    try:
        shown = Window.as_of(
            looked,
            days=arguments.whole(window, "window", rules.WINDOW_DAYS),
            lag=arguments.whole(lag, "lag", rules.LAG_DAYS),
        )
    except OverflowError as error:
        raise UsageError("The window begins before the year 1. Take a smaller window or lag.") from error
    events = _events(defects, account)
    _check_dated(events)
    plan = plan_of_action(events, counted, shown)
    accounts = account_names(counted[in_window(counted["order_date"], shown)])
    result = [[word(name, language) for name in _PLAN_HEADER]]
    if not plan.asked:
        result.append(_row("status", word("plan_not_asked", language), language))
    deadline = word("plan_no_notice", language) if told is None else _deadline(told, due, span, looked, language)
    result.append(_row("deadline", deadline, language))
    result.extend(_summary(plan, arguments.named(account), accounts, language))
    result.extend(_root_rows(plan, language))
    for part in ("done", "will"):
        for root in plan.actions.amazon:
            result.extend(_promise(part, root_name(root, language), action, language) for action in root.actions)
        for action in plan.actions.kinds:
            result.append(_promise(part, word(action.subject, language), action, language))
    return [*result, _row("last", word("plan_last", language), language)]


# Reading


def _is_breakdown(rows: Rows) -> bool:
    if not isinstance(rows, (list, tuple)) or not rows or not isinstance(rows[0], (list, tuple)):
        return False
    seen = {normalise(str(cell)) for cell in rows[0] if cell is not None}
    return all(_headers(name) & seen for name in ("cause", "orders", "rate"))


def _headers(name: str) -> set[str]:
    return {normalise(word(name, "en")), normalise(word(name, "zh"))}


def _breakdown_counts(rows: Rows) -> dict[str, int]:
    header = [normalise(str(cell)) for cell in rows[0]]
    at, count_at = (next(i for i, cell in enumerate(header) if cell in _headers(name)) for name in ("cause", "orders"))
    counts: dict[str, int] = {}
    for row in rows[1:]:
        cause = cause_named(arguments.text(row[at]))
        if cause:  # the other rows are totals
            counts[cause] = arguments.whole(row[count_at], word("orders"), 0)
            if counts[cause] < 0:
                raise InputError(
                    f"{word(cause)}: {counts[cause]} orders can't be. Give the result of DEFECT_BREAKDOWN."
                )
    return counts


def _events(defects: Rows, account: Cell) -> pd.DataFrame:
    """Events of one account; a range that doesn't say whose orders they are is refused rather than found empty."""
    trail = arguments.read_trail(defects)
    name = arguments.named(account)
    for column, wanted in zip(("marketplace", "channel"), account_parts(name), strict=True):
        if wanted and len(trail) and not (trail[column].to_numpy(dtype=object) != "").any():
            raise InputError(
                f"The defects don't say their {column}, so \"{name}\" can't be told. Give DEFECT_LEDGER instead."
            )
    return choose_account(trail, name)


def _check_dated(events: pd.DataFrame) -> None:
    """Refuse defects that have no order date at all: none of them would lie in the window."""
    counted = events["counts"].to_numpy(dtype=object) != ""
    if counted.any() and np.isnat(events["order_date"].to_numpy()[counted]).all():
        raise InputError(
            "The defects have no order dates, so no dates can be chosen. Give the result of DEFECT_LEDGER."
        )


# Words of both


def root_name(root: RootCause, language: Language) -> str:
    """A root cause in a few words."""
    name = word(f"topic_{root.topic}" if root.topic else root.cause, language)
    if root.topic and root.cause:
        name = say("plan_with_cause", language, topic=name, cause=word(root.cause, language))
    return name if root.rate == "amazon" else say("plan_early", language, name=name)


def _kinds(root: RootCause, language: Language) -> str:
    parts = [
        say(f"plan_{'one' if count == 1 else 'many'}_{cause}", language, count=f"{count:,}")
        for cause, count in root.causes
    ]
    return word("plan_list", language).join(parts)


def _cut(text: str, longest: int = LONGEST_TEXT) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


# Words of the actions


def _action_rows(rank: int, root: RootCause, language: Language) -> Iterator[list[Cell]]:
    for place, action in enumerate(root.actions):
        # Numbers stand once for a root cause, so that a sum over the column is right.
        share = root.share if root.rate == "amazon" else ""
        numbers = [root.count, share] if place == 0 else ["", ""]
        why, ids = action_reason(root, action, place == 0, language), _some(action.orders, language)
        yield [rank, root_name(root, language), *numbers, action_text(action, language), _cut(why), ids]


def _kind_row(action: Action, total: int, language: Language) -> list[Cell]:
    """What to do about a kind of defect, whatever its root causes: no number of its own in the column."""
    kind = word(action.subject, language)
    why = say("plan_by_kind", language, what=kind, count=f"{action.count:,}", total=f"{total:,}")
    return ["", kind, "", "", action_text(action, language), why, _some(action.orders, language)]


def action_text(action: Action, language: Language) -> str:
    """What to do, with the name of the strategy that it belongs to."""
    text = word(f"plan_do_{action.remedy}", language)
    strategy = REMEDIES[action.remedy].strategy
    if not strategy:
        return text
    name = word(f"plan_strategy_{STRATEGIES[strategy - 1]}", language)
    return say("plan_named", language, name=name, text=text)


def action_reason(root: RootCause, action: Action, first: bool, language: Language) -> str:
    """Numbers behind an action: those of the root cause with its first action, then the action's own."""
    counts = {"count": f"{root.count:,}", "total": f"{root.total:,}"}
    if not root.topic:
        return say(f"plan_why_counted_{root.rate}", language, **counts)
    whole = say(f"plan_why_{root.rate}", language, kinds=_kinds(root, language), **counts)
    if root.skus and root.skus[0][1] > 1:
        sku, count = root.skus[0]
        most = say("plan_why_sku", language, count=f"{count:,}", orders=counts["count"], sku=_cut(sku, _LONGEST_NAME))
        whole = say("plan_both", language, first=whole, second=most)
    if action.reason == "topic":
        return whole
    own = say("plan_by", language, what=_what(action, language), count=f"{action.count:,}", orders=counts["count"])
    return say("plan_both", language, first=whole, second=own) if first else own


def _what(action: Action, language: Language) -> str:
    if action.reason == "sku":
        return say("plan_by_sku", language, sku=_cut(action.subject, _LONGEST_NAME))
    if action.reason == "peak":
        return word("plan_by_peak", language)
    return word("plan_by_afn" if action.subject == "AFN" else "plan_by_others", language)


def _some(ids: Sequence[str], language: Language) -> str:
    """As many order ids as a cell takes, and how many more there are."""
    shown = next(_packed(ids), [])
    text = ", ".join(shown)
    while len(shown) < len(ids):
        text = say("plan_and_more", language, ids=", ".join(shown), count=f"{len(ids) - len(shown):,}")
        if len(text) <= LONGEST_TEXT or len(shown) == 1:
            break
        shown = shown[:-1]
    return _cut(text)


def _packed(ids: Iterable[str]) -> Iterator[list[str]]:
    """Order ids in portions that fit into a cell, joined by comma and blank."""
    portion: list[str] = []
    length = 0
    for order_id in ids:
        shown = _cut(order_id)
        if portion and length + 2 + len(shown) > LONGEST_TEXT:
            yield portion
            portion, length = [], 0
        length += len(shown) + (2 if portion else 0)
        portion.append(shown)
    if portion:
        yield portion


# Words of the plan


def _row(part: str, text: str, language: Language, ids: str = "") -> list[Cell]:
    return [word(f"plan_part_{part}", language), _cut(text), ids]


def _span(count: int, language: Language) -> str:
    return say("plan_one_day" if count == 1 else "plan_days", language, count=f"{count:,}")


def _deadline(notice: date, due: date, days: int, looked: date, language: Language) -> str:
    left = (due - looked).days
    key = "plan_last_day" if left == 0 else "plan_left" if left > 0 else "plan_over"
    rest = say(key, language, days=_span(abs(left), language), day=looked)
    return say("plan_due", language, due=due, days=_span(days, language), notice=notice, left=rest)


def _percent(rate: float, target: float) -> str:
    """Percentage that never rounds across the target: 0.996 % isn't shown as 1.00 %."""
    crosses = (round(rate, 4) >= target) != (rate >= target)
    return f"{rate:.4%}" if crosses else f"{rate:.2%}"


def _summary(plan: Plan, account: str, accounts: Sequence[str], language: Language) -> Iterator[list[Cell]]:
    several = len(accounts) > 1
    name = accounts[0] if len(accounts) == 1 else account
    name = name or word("plan_all_accounts" if several else "plan_all_orders", language)
    text = say(
        "plan_summary",
        language,
        account=_cut(name, _LONGEST_NAME),
        start=plan.window.start,
        end=plan.window.end,
        orders=f"{plan.orders:,}",
        defective=f"{plan.defective:,}",
        rate=_percent(plan.rate, plan.target),
        target=f"{plan.target:.2%}",
    )
    yield _row("summary", text, language)
    if several:
        names = word("plan_list", language).join(accounts)
        yield _row("check", say("plan_accounts", language, names=_cut(names, 100)), language)
    if plan.listed != plan.defective:
        text = say("plan_differs", language, counted=f"{plan.defective:,}", listed=f"{plan.listed:,}")
        yield _row("check", text, language)


def _root_rows(plan: Plan, language: Language) -> Iterator[list[Cell]]:
    if not plan.actions.amazon:
        yield _row("root", word("plan_none", language), language)
    for root in plan.actions.amazon:
        first, *others = _packed(root.orders)
        yield _row("root", _topic_text(root, language), language, ", ".join(first))
        continued = say("plan_continued", language, name=root_name(root, language))
        for portion in others:
            yield _row("root", continued, language, ", ".join(portion))


def _topic_text(root: RootCause, language: Language) -> str:
    """Sentence about one root cause, with as many of its SKUs as fit."""
    text = ""
    for shown in range(min(3, len(root.skus)), -1, -1):
        listed = [
            say("plan_sku", language, sku=_cut(sku, _LONGEST_NAME), count=f"{count:,}")
            for sku, count in root.skus[:shown]
        ]
        skus = word("plan_list", language).join(listed)
        if len(root.skus) > shown:
            skus = say("plan_skus_more", language, skus=skus, count=f"{len(root.skus) - shown:,}")
        text = say(
            "plan_topic",
            language,
            name=root_name(root, language),
            count=f"{root.count:,}",
            total=f"{root.total:,}",
            share=f"{root.share:.1%}".replace(".0%", "%"),
            kinds=_kinds(root, language),
            skus=say("plan_skus", language, skus=skus) if shown else "",
            reason=word(f"plan_reason_{root.topic}", language),
        )
        if len(text) <= LONGEST_TEXT:
            break
    return text


def _promise(part: str, name: str, action: Action, language: Language) -> list[Cell]:
    """What was done or will be done, for the seller to confirm: nothing here is known to be true."""
    text = word(f"plan_{part}_{action.remedy}", language)
    return _row(part, say("plan_confirm", language, name=name, text=text), language)
