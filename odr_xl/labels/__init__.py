"""Every word and sentence that a seller sees in a cell, in English and Simplified Chinese.

The English header of a column folds back to the column's name (case, blanks and hyphens aside), so that what a
formula returns can be given to another formula. One module a subject; `WORDS` joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from odr_xl.errors import UsageError
from odr_xl.labels import amazon, drivers, feedback, future, listings, measures, plan, topics, words

Language = Literal["en", "zh"]

#: Key to the English and the Chinese text. A sentence has its values in braces: ``"{orders} orders can't tell"``.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        key: texts
        for module in (words, topics, measures, future, drivers, feedback, plan, listings, amazon)
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
#: Headers that only a Chinese result of ours has: the first columns of the ledger, the days and the breakdowns.
_CHINESE_HEADERS: Final = frozenset(
    WORDS[key][1] for key in ("order_date", "channel", "marketplace", "defective", "counts", "rule", "orders", "share")
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

    >>> rule_text("on Amazon's own list of defects: counts", "zh") != "on Amazon's own list of defects: counts"
    True
    """
    return text


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
    """Language of a table by its header row: Chinese when two headers are words of our own Chinese results.

    >>> language_of(["下单日期", "配送渠道", "站点"]), language_of(["Order date", "Channel"]), language_of([])
    ('zh', 'en', 'en')
    """
    hits = sum(isinstance(header, str) and header.strip() in _CHINESE_HEADERS for header in headers)
    return "zh" if hits >= 2 else "en"


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
