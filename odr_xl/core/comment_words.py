"""Comment words: which words set negative feedback apart from the rest."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class CommentWord:
    """A word of the negative comments.

    Attributes
    ----------
    word : str
        In lower case; two characters of a Chinese or Japanese text.
    negative, other : int
        Negative and other comments that have it, each comment once.
    score : float or None
        How far the word sets negative comments apart, in standard deviations; ``None`` without other comments.
    example : str
        The first negative comment that has it.
    """

    word: str
    negative: int
    other: int
    score: float | None
    example: str


def comment_words(negative: Sequence[str], other: Sequence[str] = ()) -> tuple[CommentWord, ...]:
    """Words that negative comments use more than other comments, the most telling first.

    Parameters
    ----------
    negative, other : sequence of str
        Comments, one a feedback; blank ones are passed over.

    Returns
    -------
    tuple of CommentWord
        Words with a score above 0, highest first; ties by number, then alphabetically. All words of the negative
        comments, by number, when no other comment has a word. Empty when no negative comment has one.

    Notes
    -----
    Log-odds ratio with an informative Dirichlet prior, divided by its standard deviation: B. L. Monroe,
    M. P. Colaresi and K. M. Quinn, Political Analysis 16 (2008) 372, doi:10.1093/pan/mpn018; the variance with all
    four terms, because a shop has few comments.
    The prior is the words' share in all comments and weighs as much as one comment of mean length. A word counts once
    a comment, so that nobody can shout. A score under about 2 may be chance, and with many words some reach 2 by
    chance too. A word is not a cause: read the comments.

    Examples
    --------
    >>> found = comment_words(["Arrived broken", "broken lid"], ["arrived in time", "fits the lid", "as expected"])
    >>> [(word.word, word.negative, word.other) for word in found]
    [('broken', 2, 0), ('arrived', 1, 1), ('lid', 1, 1)]
    """
    bad, example, comments = _counted(negative)
    rest, _, others = _counted(other)
    comments += others
    totals = bad + rest
    everything, n_bad, n_rest = totals.total(), bad.total(), rest.total()
    found = []
    for word, count in bad.items():
        score = None
        if n_rest:
            if totals[word] == everything:
                continue  # the only word there is can't set anything apart
            weight = 1 / comments  # of the prior: (everything / comments) words, spread by their share in everything
            prior, prior_others = totals[word] * weight, (everything - totals[word]) * weight
            parts = (
                (count + prior, n_bad - count + prior_others),
                (rest[word] + prior, n_rest - rest[word] + prior_others),
            )
            (with_bad, without_bad), (with_rest, without_rest) = parts
            spread = sqrt(sum(1 / part for pair in parts for part in pair))
            score = (log(with_bad / without_bad) - log(with_rest / without_rest)) / spread
            if score <= 0:
                continue
        found.append(CommentWord(word, count, rest[word], score, example[word]))
    return tuple(sorted(found, key=lambda w: (-(w.score or 0.0), -w.negative, w.word)))


def words_of(text: str) -> frozenset[str]:
    """The different words of a comment: no numbers, no single letters, none of the most common small words.

    Chinese and Japanese are written without blanks, so each pair of neighbouring characters is a word there.

    >>> sorted(words_of("It's BROKEN, 2nd time! L'écran cassé")), sorted(words_of("没收到货！！ok"))
    (['broken', 'cassé', 'time', 'écran'], ['ok', '到货', '收到', '没收'])
    """
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("_", " ")
    runs = _CHARACTERS.findall(plain)
    found = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    tokens = set(_TOKEN.findall(_CHARACTERS.sub(" ", plain) if runs else plain))
    found.update(_base(token) if "'" in token else token for token in tokens if not _DIGIT.search(token))
    return frozenset(word for word in found if len(word) > 1 and word not in SMALL_WORDS)


def _counted(comments: Sequence[str]) -> tuple[Counter[str], dict[str, str], int]:
    """In how many comments each word stands, the first of them, and how many comments have a word."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    filled = 0
    for text in comments:
        words = words_of(text)
        counts.update(words)
        filled += bool(words)
        for word in words:
            first.setdefault(word, text)
    return counts, first, filled


def _base(word: str) -> str:
    """A word without the article or verb that an apostrophe ties to it; "didn't" says no more than "not"."""
    head, _, tail = word.partition("'")
    if tail == "t":
        return "not"
    return tail if head in _ELIDED else head if tail in _ENDINGS else word


#: Han and kana, with the marks that repeat or lengthen them.
_CHARACTERS: Final = re.compile("[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
#: Letters, digits, and the vowel signs and accents that are no letters by themselves; not the Hindi full stop.
_LETTERS: Final = "[\\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff]+"
_TOKEN: Final = re.compile(f"{_LETTERS}(?:'{_LETTERS})*")
_DIGIT: Final = re.compile(r"\d")
#: French and Italian words that lose their last letter before a vowel, and verbs that lose their first ones.
_ELIDED: Final = frozenset(("l", "d", "j", "c", "n", "m", "s", "t", "qu", "un", "all", "dall", "dell", "nell", "sull"))
_ENDINGS: Final = frozenset(("s", "m", "d", "ve", "ll", "re"))
_SMALL_BY_LANGUAGE: Final = MappingProxyType(
    {
        "English": "a an and are as at be been but by did do does for from had has have he her him his i if in is it "
        "its me my no not of on or our out she so than that the their them then there they this to us very was we were "
        "what when which who will with would you your",
        "German": "aber als am auch auf aus bei bin da das dass dem den der des die doch du ein eine einem einen einer "
        "er es für haben habe ich ihr im ist ja man mein mich mir mit nach nicht noch nur oder sich sie sind sehr und "
        "uns vom von vor wir wird wurde zu zum zur",
        "French": "ai au aux avec ce ces cette dans de du elle en est et être il ils je la le les leur lui mais ma mes "
        "moi mon ne nous on ont ou où par pas pour que qui sa se ses son sont sur très tout un une vous",
        "Spanish": "al con cuando como del el ella ese esta estaba este esto está fue ha han hay lo los las me mi muy "
        "más nada ni nos para pero por porque se si su sus también te todo una unos y ya",
        "Italian": "alla anche che chi ci così da dal dalla degli dei della delle di gli ho hanno io loro ma mi mia "
        "mio nel nella non per più quando questo questa sono stato stata sul sulla ti tutto uno è",
    }
)
#: The most common small words of five languages. Left in are those that mean something else in another of them
#: ("hat", "car", "come", "sale", "sin").
SMALL_WORDS: Final = frozenset(word for words in _SMALL_BY_LANGUAGE.values() for word in words.split())
