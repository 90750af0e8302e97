"""Where the defects are: by account, SKU, reason and so on, and the words of the buyers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from odr_xl import rules
from odr_xl.core.accounts import ACCOUNT_KEYS, choose_account
from odr_xl.core.comment_words import comment_words
from odr_xl.core.counts import DAY_KEYS, count_by
from odr_xl.core.groups import Group, defect_groups, joined_groups
from odr_xl.core.ledger import ORDER_TEXT, Ledger, build_ledger, in_window
from odr_xl.core.reasons import EVENT_KEYS, event_groups
from odr_xl.core.window import Window
from odr_xl.errors import InputError, UsageError
from odr_xl.excel import arguments
from odr_xl.excel.cells import LONGEST_TEXT, Cell, Rows, formula
from odr_xl.excel.days import is_days
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.excel.grouping import group_columns
from odr_xl.labels import Language, say, word
from odr_xl.labels.drivers import GROUP_TITLES
from odr_xl.readers.ranges import read_range

_HEADER = ("group", "orders", "defective", "rate", "low", "high", "share", "lift", "note")
#: Further columns for products and the like; beside an account's nine the Dashboard has a column of its own.
_MORE = ("by_without", "by_running")
_WORDS_HEADER = ("words_word", "words_negative", "words_other", "words_score", "words_example")
#: Words shown unless asked otherwise, and the longest example.
_WORDS_SHOWN = 20
_EXAMPLE = 120


@formula(ARGUMENT_HELP)
def ODR_BY(
    orders: Rows,
    defects: Rows = None,
    column: Cell = None,
    start: Cell = None,
    finish: Cell = None,
    top: Cell = None,
    definition: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Where the defects are: Amazon's rate for each account, SKU, region, topic and so on, with its 95% interval.

    The note says which groups stand out, which may look bad by chance, and which have too few orders to judge. Lift is
    the group's rate over that of all the others.

    Examples
    --------
    >>> shop = [["Order ID", "sku", "Chargeback"]]
    >>> shop += [[f"A-{n}", "kettle" if n < 400 else "mug", "x" if n < 12 or n > 996 else ""] for n in range(1000)]
    >>> for row in ODR_BY(shop, None, "sku"):
    ...     print(row[0], row[2], row[3], row[8], row[9], sep=" | ")
    Group | Defective | Rate | Note | Rate without it
    kettle | 12 | 0.03 | stands out | 0.005
    mug | 3 | 0.005 |  | 0.03
    """
    chosen = group_columns(column)
    language = arguments.language(lang, orders, defects)
    sets = _sets(
        orders,
        defects,
        chosen,
        window=arguments.window_of(start, finish),
        definition=arguments.definition_of(definition, "amazon"),
        account=account,
    )
    groups = sets[0] if len(sets) == 1 else joined_groups(sets)
    more = len(chosen) > 1 or not set(chosen[0]) <= set(ACCOUNT_KEYS)
    result: list[list[Cell]] = [[word(key, language) for key in (*_HEADER, *(_MORE if more else ()))]]
    for g in groups[: _limit(top, len(groups))]:
        note = _note(g)
        row: list[Cell] = [
            _label(g, language, titled=len(chosen) > 1),
            g.orders,
            g.defective,
            g.rate,
            g.low,
            g.high,
            _cell(g.share),
            _cell(g.lift),
            word(note, language) if note else "",
        ]
        result.append([*row, _cell(g.without), _cell(g.running)] if more else row)
    return result


@formula(ARGUMENT_HELP)
def FEEDBACK_WORDS(feedback: Rows, top: Cell = None, lang: Cell = None) -> Rows:
    """Words that set your 1 and 2 star feedback apart from the rest of the feedback, the most telling word first.

    Removed feedback is left out. Each feedback counts a word once.

    Examples
    --------
    >>> texts = [(1, "Box arrived crushed"), (2, "crushed corner"), (3, "Box was late"), (3, "arrived late")]
    >>> rows = [["Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email"]]
    >>> rows += [["2026-09-01", stars, text, "", f"A-{n}", ""] for n, (stars, text) in enumerate(texts)]
    >>> FEEDBACK_WORDS(rows, 1)[1][:3]
    ['crushed', 2, 0]
    """
    language = arguments.language(lang, feedback)
    negative, other = _comments(feedback)
    found = comment_words(negative, other)
    result: list[list[Cell]] = [[word(key, language) for key in _WORDS_HEADER]]
    for w in found[: _limit(top, _WORDS_SHOWN)]:
        result.append([w.word, w.negative, w.other, _cell(w.score), _cut(" ".join(w.example.split()), _EXAMPLE)])
    if not found:
        key = "words_no_difference" if comment_words(negative) else "words_no_comment"
        result.append([word(key, language), "", "", "", ""])
    return result


def _sets(
    orders: Rows,
    defects: Rows,
    chosen: Sequence[tuple[str, ...]],
    *,
    window: Window,
    definition: str,
    account: Cell,
) -> list[tuple[Group, ...]]:
    """Groups of each of the chosen columns."""
    told = [names[0] for names in chosen if names[0] in EVENT_KEYS]
    if told and arguments.is_blank(defects):
        raise UsageError(
            f'"{told[0]}" groups the defects: give them as the second range, the result of DEFECT_LEDGER or a report.'
        )
    if is_days(orders):
        _check_days(chosen, told, defects)
        days = arguments.read_days(orders, account)
        inside = days if window.open else days[in_window(days["order_date"], window)]
        counts = dict.fromkeys(chosen, inside)
        total, events = int(inside["orders"].sum()), _dated_events(defects, account) if told else None
    else:
        ledger = _ledger(orders, defects, chosen, told=bool(told), dated=not window.open, account=account)
        counts = {names: count_by(ledger, names, window) for names in chosen if names[0] not in told}
        total, events = len(ledger.within(window)), ledger.events if told else None
    if events is not None and not window.open:
        events = events[in_window(events["order_date"], window)]
    return [
        event_groups(events, total, names[0], definition=definition)
        if names[0] in told and events is not None
        else defect_groups(counts[names], names, definition=definition)
        for names in chosen
    ]


def _check_days(chosen: Iterable[tuple[str, ...]], told: Sequence[str], defects: Rows) -> None:
    """Refuse what the daily counts can't answer."""
    for name in (name for names in chosen for name in names if name not in (*DAY_KEYS, *told)):
        raise UsageError(
            f"The result of ODR_DAYS knows channel and marketplace, but no {name}. Give the orders themselves."
        )
    if not told and not arguments.is_blank(defects):
        raise UsageError("The result of ODR_DAYS already contains its defects: leave the second range out.")


def _dated_events(defects: Rows, account: Cell) -> pd.DataFrame:
    """Events that know the dates of their orders: beside daily counts there are no orders to ask."""
    reading = read_range(defects, fields=("order_date",))
    if reading.kind != "events" or "order_date" not in reading.table.columns:
        raise InputError(
            "Beside the result of ODR_DAYS the defects must know the dates of their orders: give the result of "
            "DEFECT_LEDGER, or give the orders instead of the days."
        )
    return arguments.read_trail(defects, account)


def _ledger(
    orders: Rows, defects: Rows, chosen: Iterable[tuple[str, ...]], *, told: bool, dated: bool, account: Cell
) -> Ledger:
    """Ledger of the orders, with the list of events when it is needed."""
    names = {name for columns in chosen for name in columns} - set(EVENT_KEYS)
    if not told:
        return arguments.read_orders(orders, defects, dated=True if dated else None, extra=names, account=account)
    fields = {"order_id", "order_date", *ORDER_TEXT, *rules.CAUSES}
    reading, listed = arguments.read_order_range(orders, fields), read_range(defects)
    for read in (reading, listed):
        arguments.refuse(read)
    if dated and "order_date" not in reading.table.columns:
        raise InputError("The orders have no column of order dates, so no window can be cut. Add one: purchase-date.")
    ledger = build_ledger(reading.table, arguments.events_of(listed))
    wanted = arguments.named(account)
    if not wanted:
        return ledger
    parts = (choose_account(part, wanted) for part in (ledger.orders, ledger.left_out, ledger.events))
    return Ledger(*parts)


def _note(group: Group) -> str:
    """Key of the note, "" for none."""
    if group.stands_out:
        return "by_stands_out_small" if group.small else "by_stands_out"
    if group.small:
        return "small"
    return "by_chance" if group.chance is not None and group.above else ""


def _label(group: Group, language: Language, *, titled: bool) -> str:
    """Name of a group, after the title of its column where several columns stand in one list."""
    name = word(group.name, language) if group.column in EVENT_KEYS else group.name or word("none", language)
    if titled:
        columns = group.column.split(" + ")
        account = tuple(columns) == ACCOUNT_KEYS
        titles = ["account"] if account else columns
        title = " + ".join(word(GROUP_TITLES[title], language) for title in titles)
        name = say("by_titled", language, title=title, name=name)
    return _cut(name, LONGEST_TEXT)


def _comments(feedback: Rows) -> tuple[list[str], list[str]]:
    """Comments of negative and of other feedback; feedback that doesn't count, or stands there twice, is left out."""
    reading = read_range(feedback, kind="feedback")
    arguments.refuse(reading)
    table = reading.table
    for name in ("rating", "comments"):
        if name not in table.columns:
            raise InputError(
                f"The feedback has no column of {name}. Give Amazon's feedback report with its header row."
            )
    once = table.drop_duplicates(["order_id", "comments"])
    status = once["status"] if "status" in once.columns else [""] * len(once)
    sides: dict[rules.Rule, list[str]] = {rules.FEEDBACK_NEGATIVE: [], rules.FEEDBACK_NEUTRAL: []}
    for rating, mark, text in zip(once["rating"], status, once["comments"], strict=True):
        rule = rules.feedback_rule(float(rating), str(mark))
        if rule in sides:
            sides[rule].append(str(text))
    return sides[rules.FEEDBACK_NEGATIVE], sides[rules.FEEDBACK_NEUTRAL]


def _limit(top: Cell, default: int) -> int:
    limit = arguments.whole(top, "top", default)
    if limit < 1 and limit != default:
        raise UsageError(f"top is how many rows to show, a whole number from 1, not {limit}.")
    return limit


def _cell(value: float | None) -> Cell:
    return "" if value is None else value


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
