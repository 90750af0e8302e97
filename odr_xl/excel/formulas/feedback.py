"""What a seller can get rid of: orders to appeal, and negative feedback to answer or have removed."""

from __future__ import annotations

from datetime import date

from odr_xl import rules
from odr_xl.core.appeals import Account, Appeal, Appeals, appeals
from odr_xl.core.feedback_todo import Todo, feedback_todo
from odr_xl.core.grounds import Ground
from odr_xl.errors import InputError, UsageError
from odr_xl.excel import arguments
from odr_xl.excel.cells import LONGEST_TEXT, Cell, Rows, formula, moment
from odr_xl.excel.days import is_days
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import Language, say, word
from odr_xl.readers.ranges import read_range

_APPEAL_HEADER = (
    "appeal_rank", "order_id", "order_date", "appeal_account", "cause", "appeal_record", "appeal_ground",
    "appeal_rate", "appeal_won", "appeal_best", "appeal_days", "leaves_on",
)  # fmt: skip
_TODO_HEADER = (
    "todo_date", "order_id", "todo_stars", "todo_comment", "todo_age", "todo_days", "todo_ground", "todo_reply",
    "todo_request",
)  # fmt: skip
#: Topics that say too little for an answer of their own.
_GENERAL_TOPICS = ("buyer", "other", "not_stated")


@formula(ARGUMENT_HELP)
def ODR_APPEALS(
    defects: Rows,
    days: Rows,
    start: Cell = None,
    finish: Cell = None,
    best: Cell = None,
    target: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Defective orders to appeal or have removed, best chance first, each with its ground and the rate if you win it.

    Days left are counted from the day on which the window of ``finish`` is shown (``finish`` and ``rules.LAG_DAYS``
    later); without ``finish``, from the latest event date among the defects. The last rows say how many orders bring
    each account over the target under it, and whether the daily counts have other defects than the list.
    """
    language = arguments.language(lang, defects, days)
    limit = None if best in (None, "") else arguments.whole(best, "best", 0)
    if limit is not None and limit < 1:
        raise UsageError(f"best is a whole number from 1, not {limit}.")
    if not is_days(days):
        raise InputError("This formula needs the result of ODR_DAYS as its second range, such as Days!A4#.")
    goal = arguments.fraction(target, "target", rules.TARGET)
    last = moment(finish, "finish")
    found = appeals(
        arguments.read_trail(defects, account),
        arguments.read_days(days, account),
        window=arguments.window_of(start, finish),
        as_of=None if last is None else _shown_on(last),
        target=goal,
    )
    shown = [_appeal_row(rank, appeal, language) for rank, appeal in enumerate(found.orders[:limit], start=1)]
    sentences = [*_sentences(found, goal, language)]
    if not found.orders:
        sentences.insert(0, word("appeal_nothing", language))
    return [[word(key, language) for key in _APPEAL_HEADER], *shown, *(_alone(s, _APPEAL_HEADER) for s in sentences)]


@formula(ARGUMENT_HELP)
def FEEDBACK_TODO(feedback: Rows, as_of: Cell = None, defects: Rows = None, lang: Cell = None) -> Rows:
    """Negative feedback without a reply, oldest first, with what may take it away, a reply, and a request to Amazon.

    Grounds and texts are suggestions: read them before you send one. Days are counted to ``as_of``, the latest feedback
    date when left out; the result of ``DEFECT_LEDGER`` says who shipped each order, which decides about the delivery.
    """
    language = arguments.language(lang, feedback, defects)
    reading = read_range(feedback, kind="feedback")
    arguments.refuse(reading)
    channels: dict[str, str] = {}
    if not arguments.is_blank(defects):
        trail = arguments.read_trail(defects)
        known = zip(trail["order_id"].tolist(), trail["channel"].tolist(), strict=True)
        channels = {order_id: channel for order_id, channel in known if channel}
    found = feedback_todo(reading.table, as_of=moment(as_of, "as_of"), channels=channels)
    rows = [_todo_row(todo, language) for todo in found]
    header: list[Cell] = [word(key, language) for key in _TODO_HEADER]
    return [header, *(rows or [_alone(word("todo_nothing", language), _TODO_HEADER)])]


def _shown_on(finish: date) -> date:
    """Day on which Amazon shows the window that ends on ``finish``; the last day there is, for a date in its stead."""
    return date.fromordinal(min(finish.toordinal() + rules.LAG_DAYS, date.max.toordinal()))


def _appeal_row(rank: int, appeal: Appeal, language: Language) -> list[Cell]:
    join = word("appeal_join", language)
    causes = join.join(word(case.cause, language) for case in appeal.cases)
    grounds = [_ground_words(case.ground, case.days_left, language) for case in appeal.cases]
    return [
        rank,
        appeal.order_id,
        _date_cell(appeal.order_date),
        appeal.account,
        causes,
        _cut(" / ".join(case.detail for case in appeal.cases if case.detail)),
        _cut(join.join(grounds)),
        "" if appeal.rate is None else appeal.rate,
        "" if appeal.rate_won is None else appeal.rate_won,
        appeal.rate_best,
        "" if appeal.days_left is None else appeal.days_left,
        _date_cell(appeal.leaves_on),
    ]


def _sentences(found: Appeals, target: float, language: Language) -> list[str]:
    """What stands under the orders: each account over its target, then whether the two ranges disagree."""
    result = [_winning(account, target, language) for account in found.accounts if account.needed != 0]
    whole = found.whole
    if whole.listed != whole.defective:
        result.append(say("appeal_differs", language, counted=whole.defective, listed=whole.listed))
    return result


def _winning(account: Account, target: float, language: Language) -> str:
    name = account.name or word("appeal_no_account", language)
    few = {None: "appeal_not_enough", 1: "appeal_first"}
    key = few.get(account.needed, "appeal_first_several")
    return say(key, language, account=name, count=account.needed, target=_percent(target))


def _todo_row(todo: Todo, language: Language) -> list[Cell]:
    topic = "general" if todo.topic in _GENERAL_TOPICS else todo.topic
    request = ""
    if todo.ground.removal and todo.days_left != 0:
        request = say(f"request_{todo.ground.key}", language, order_id=todo.order_id)
    return [
        _date_cell(todo.day),
        todo.order_id,
        todo.stars,
        _cut(todo.comment),
        "" if todo.age is None else todo.age,
        "" if todo.days_left is None else todo.days_left,
        _cut(_ground_words(todo.ground, todo.days_left, language)),
        word(f"reply_{topic}", language),
        _cut(request),
    ]


def _ground_words(ground: Ground, days_left: int | None, language: Language) -> str:
    """A ground in words, with what its days left mean."""
    words = word(f"ground_{ground.key}", language)
    if days_left is None or not (ground.removal or ground.at_least):
        return words
    if days_left:
        return say("appeal_at_least", language, ground=words) if ground.at_least else words
    return say("appeal_perhaps_over" if ground.at_least else "appeal_over", language, ground=words)


def _alone(sentence: str, header: tuple[str, ...]) -> list[Cell]:
    """A row with one sentence, as wide as the others."""
    return [_cut(sentence), *[""] * (len(header) - 1)]


def _date_cell(day: date | None) -> Cell:
    return "" if day is None else arguments.day_cell(day)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _percent(fraction: float) -> str:
    """A fraction as percent, with two decimals or as many as it has."""
    digits = f"{100 * fraction:.6f}".rstrip("0")
    return f"{digits if len(digits.split('.')[1]) >= 2 else f'{100 * fraction:.2f}'}%"
