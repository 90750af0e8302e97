"""Every word and sentence that a seller sees in a cell, in English and Simplified Chinese.

The English header of a column folds back to the column's name (case, blanks and hyphens aside), so that what a
formula returns can be given to another formula. One module a subject; `WORDS` joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from odr_xl.errors import Problem, UsageError
from odr_xl.labels import (
    accounts,
    alerts,
    amazon,
    connection,
    drivers,
    feedback,
    future,
    listings,
    measures,
    plan,
    problems,
    report,
    topics,
    words,
)
from odr_xl.labels.rulings import RULINGS

Language = Literal["en", "zh"]

#: Key to the English and the Chinese text. A sentence has its values in braces: ``"{orders} orders can't tell"``.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        key: texts
        for module in (
            words,
            topics,
            measures,
            future,
            drivers,
            feedback,
            plan,
            listings,
            amazon,
            accounts,
            alerts,
            problems,
            connection,
            report,
        )
        for key, texts in module.WORDS.items()
    }
)

#: How a seller may write a language, folded.
_LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {
        "en": "en",
        "english": "en",
        "英文": "en",
        "英语": "en",
        "zh": "zh",
        "zh cn": "zh",
        "zh hans": "zh",
        "chinese": "zh",
        "simplified chinese": "zh",
        "中文": "zh",
        "简体中文": "zh",
    }
)


def word(key: str, language: Language = "en") -> str:
    """The word for ``key`` in a language.

    >>> word("order_date"), word("chargeback", "zh")
    ('Order date', '信用卡拒付')
    """
    english, chinese = WORDS[key]
    return chinese if language == "zh" else english


def say(key: str, language: Language = "en", **values: object) -> str:
    """The sentence for ``key`` in a language, with its values filled in.

    >>> say("counts_events", "en", count=3)
    '3 events'
    """
    return word(key, language).format(**values)


def rule_text(text: str, language: Language = "en") -> str:
    """A rule's text (``rules.Rule.text``) in a language; a text that is no rule of ours stays as it is.

    >>> rule_text("1 or 2 stars: counts", "zh"), rule_text("my own rule", "zh")
    ('1 星或 2 星：计入', 'my own rule')
    """
    return RULINGS.get(text, text) if language == "zh" else text


def problem_text(problem: Problem, language: Language = "en") -> str:
    """A problem of the input as one sentence: its place, its value, why it can't be used, and what to do.

    >>> problem_text(Problem("Orders!C17", "31/02/2026", "isn't a date", "Use YYYY-MM-DD."), "zh")
    'Orders!C17：“31/02/2026”不是日期。请使用 YYYY-MM-DD 格式。'
    """
    if language != "zh":
        return str(problem)
    place = problems.place_in_chinese(problem.place)
    reason, remedy = (problems.phrase_in_chinese(text) or text for text in (problem.reason, problem.remedy))
    start = f"{place}：“{problem.shown}”{reason}" if problem.shown else f"{place}：{reason}"
    return f"{start}。{remedy}"


def error_text(error: Exception, language: Language = "en") -> str:
    """Text of an error that a reader raised on purpose.

    >>> from odr_xl.errors import InputError
    >>> error_text(InputError("The first 6 rows are blank. Select the range from its header row on."), "zh")
    '前 6 行为空。请从标题行开始选择区域。'
    """
    return problems.error_in_chinese(str(error)) if language == "zh" else str(error)


def language_named(text: str) -> Language:
    """Language that a seller's word means; raises `UsageError` for any other.

    >>> language_named("EN"), language_named("zh-CN"), language_named("简体中文")
    ('en', 'zh', 'zh')
    """
    found = _LANGUAGES.get(_fold(text))
    if found is None:
        raise UsageError(f'"{text}" isn\'t a language of this workbook. Choose en or zh.')
    return found


def language_of(headers: Iterable[object]) -> Language:
    """Language of a table by its header row: Chinese when two headers are, one of them surely Simplified Chinese.

    Our own Chinese results, Amazon's reports in Chinese and a seller's own columns count alike. Japanese headers
    share characters with Chinese ones, and Traditional ones aren't the Chinese that we write: both are English here.

    >>> language_of(["订单编号", "日期", "SKU"]), language_of(["注文番号", "購入日", "数量"]), language_of([])
    ('zh', 'en', 'en')
    """
    written = [header for header in headers if isinstance(header, str) and not header.isascii()]
    if any("\u3041" <= character <= "\u30fe" for header in written for character in header):
        return "en"  # kana
    chinese = [header for header in written if any("\u4e00" <= character <= "\u9fff" for character in header)]
    return "zh" if len(chinese) >= 2 and any(map(_simplified, chinese)) else "en"


@lru_cache(maxsize=4096)
def _simplified(header: str) -> bool:
    """Whether a character of the header is in China's character set and neither in Japan's nor in Taiwan's."""
    return any(
        _holds("gb2312", character) and not _holds("shift_jis", character) and not _holds("big5", character)
        for character in header
        if "\u4e00" <= character <= "\u9fff"
    )


def _holds(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _fold(text: str) -> str:
    return " ".join(text.replace("-", " ").replace("_", " ").split()).casefold()


_CAUSES: Final = {
    _fold(form): cause
    for cause in ("negative_feedback", "a_to_z_claim", "chargeback", "defect_return", "defect_cancellation")
    for form in (cause, *WORDS[cause])
}
_COUNTS: Final = {
    _fold(form): counts
    for counts, key in (("amazon", "counts_amazon"), ("returns", "counts_returns"), ("", "counts_no"))
    for form in (counts, *WORDS[key])
}


def cause_named(text: str) -> str:
    """Cause that a word names, in either language; "" when it names none.

    >>> cause_named("A-to-Z Claim"), cause_named("负面反馈"), cause_named("late shipment")
    ('a_to_z_claim', 'negative_feedback', '')
    """
    return _CAUSES.get(_fold(text), "")


def counts_named(text: str) -> str:
    """Definition under which an event counts, by the word in the ``counts`` column; "" when it counts in none.

    >>> counts_named("Amazon"), counts_named("wider"), counts_named("No")
    ('amazon', 'returns', '')
    """
    return _COUNTS.get(_fold(text), "")


def counts_known(text: str) -> bool:
    """Whether the word in a ``counts`` column is one of ours, blank and "No" included.

    >>> counts_known("No"), counts_known(""), counts_known("sure")
    (True, True, False)
    """
    return _fold(text) in _COUNTS
