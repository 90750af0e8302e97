"""Comment words: which words set negative feedback apart."""

from __future__ import annotations

from math import isclose, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.comment_words import SMALL_WORDS, comment_words, words_of

NEGATIVE = ("broken leaking box", "broken lid", "leaking broken", "late box")
OTHER = ("late box", "late parcel box", "nice lid", "late slow")


def test_scores_against_scattertext():
    # scattertext 0.2.2, LogOddsRatioInformativeDirichletPrior(prior = counts of all comments, sigma = 18 words / 8
    # comments, scale_type="word"): broken 1.4127, leaking 1.1124, box and lid 0, late -0.99, nice, parcel, slow -0.76.
    broken, leaking = comment_words(NEGATIVE, OTHER)
    assert (broken.word, broken.negative, broken.other) == ("broken", 3, 0)
    assert (leaking.word, leaking.negative, leaking.other) == ("leaking", 2, 0)
    assert isclose(broken.score, 1.4127224658728053, rel_tol=1e-12)
    assert isclose(leaking.score, 1.1124202679699637, rel_tol=1e-12)


def test_words_that_both_sides_use_alike_do_not_set_anything_apart():
    # "box" stands in 2 of 9 words on both sides, "lid" in 1 of 9, "late" more often on the other side.
    assert not {"box", "lid", "late"} & {word.word for word in comment_words(NEGATIVE, OTHER)}
    assert comment_words(["broken lid"], ["broken lid"]) == ()


def test_a_word_counts_once_a_comment_so_that_nobody_can_shout():
    quiet = comment_words(["broken lid", "late"], ["fine"])
    loud = comment_words(["BROKEN broken Broken! lid", "late"], ["fine"])
    assert [(w.word, w.negative, w.other, w.score) for w in loud] == [
        (w.word, w.negative, w.other, w.score) for w in quiet
    ]


def test_without_other_comments_words_are_ordered_by_number_and_have_no_score():
    words = comment_words(["late broken", "broken", "late broken again"], ["", "5 / 5", "  "])
    assert [(word.word, word.negative, word.other, word.score) for word in words] == [
        ("broken", 3, 0, None), ("late", 2, 0, None), ("again", 1, 0, None),
    ]  # fmt: skip


def test_example_is_the_first_negative_comment_with_the_word():
    words = comment_words(["Never again", "Box: CRUSHED", "crushed too"], ["nice box"])
    assert {word.word: word.example for word in words}["crushed"] == "Box: CRUSHED"


@pytest.mark.parametrize("negative", [[], [""], ["  ", "123", "!!!"], ["it is not a"]])
def test_negative_comments_without_a_word_give_none(negative):
    assert comment_words(negative, ["arrived late"]) == ()


def test_one_word_in_all_comments_sets_nothing_apart():
    # Every word of every comment is this one, so there is no other word to weigh it against.
    assert comment_words(["late"], ["late", "LATE"]) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lid was BROKEN; broken!", {"lid", "broken"}),
        ("2 weeks late, order 114-3941689-8772232", {"weeks", "late", "order"}),
        ("model x200 came 2nd", {"model", "came"}),  # words with digits are codes
        ("I didn't get it, don’t buy", {"get", "buy"}),  # "n't" says no more than "not"
        ("the seller's box, we'll see", {"seller", "box", "see"}),
        ("L'écran est cassé, qu'il dit", {"écran", "cassé", "dit"}),
        ("Die Verpackung war beschädigt", {"verpackung", "war", "beschädigt"}),
        ("no llegó, muy malo", {"llegó", "malo"}),
        ("è arrivato rotto dall'Italia", {"arrivato", "rotto", "italia"}),
        ("snake_case x y", {"snake", "case"}),
        ("ＢＲＯＫＥＮ", {"broken"}),  # full-width letters
        ("Cafe\u0301", {"café"}),  # an accent of its own
        ("=HYPERLINK(\"http://x.y\")", {"hyperlink", "http"}),
        ("", set()),
    ],
)  # fmt: skip
def test_words_of_a_comment(text, expected):
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没收到货", {"没收", "收到", "到货"}),
        ("货坏了！退款", {"货坏", "坏了", "退款"}),  # no pair across a sign
        ("壊れていた", {"壊れ", "れて", "てい", "いた"}),
        ("ボロボロ", {"ボロ", "ロボ"}),
        ("3天 iPhone壳", {"iphone"}),  # one character alone is no pair
        ("差", set()),
        ("ｺﾜﾚ", {"コワ", "ワレ"}),  # half-width kana
    ],
)
def test_chinese_and_japanese_are_pairs_of_neighbouring_characters(text, expected):
    assert words_of(text) == expected


def test_vowel_signs_stay_in_their_words():
    # Hindi "bad": its vowel is a sign and no letter; the full stop after it is not part of it.
    assert words_of("सामान खराब।") == {"सामान", "खराब"}


@pytest.mark.parametrize("word", ["broken", "late", "never", "rude", "kaputt", "cassé", "roto", "rotto", "sale", "hat"])
def test_no_telling_word_is_on_the_list_of_small_words(word):
    assert word not in SMALL_WORDS


COMMENT = st.lists(st.sampled_from(("lid", "box", "late", "broken", "rude", "slow")), max_size=4).map(" ".join)


@given(st.lists(COMMENT, max_size=6), st.lists(COMMENT, max_size=6), st.randoms())
def test_score_is_the_formula_of_the_article_written_out(negative, other, random):
    # Monroe, Colaresi and Quinn 2008, with the prior's weight the mean number of words in a comment.
    bad, rest = [set(c.split()) for c in negative if c], [set(c.split()) for c in other if c]
    vocabulary = sorted(set().union(*bad, *rest))
    y = {word: (sum(word in c for c in bad), sum(word in c for c in rest)) for word in vocabulary}
    n = [sum(pair[side] for pair in y.values()) for side in (0, 1)]
    words = {word.word: word for word in comment_words(negative, other)}
    for word in vocabulary:
        if not n[1] or len(vocabulary) == 1:
            continue
        a0 = sum(n) / len(bad + rest)
        a = a0 * sum(y[word]) / sum(n)
        odds = [(y[word][s] + a, n[s] + a0 - y[word][s] - a) for s in (0, 1)]
        z = (log(odds[0][0] / odds[0][1]) - log(odds[1][0] / odds[1][1])) / sqrt(
            sum(1 / part for pair in odds for part in pair)
        )
        if y[word][0] and z > 1e-9:
            assert isclose(words[word].score, z, rel_tol=1e-6)
        elif z < -1e-9 or not y[word][0]:
            assert word not in words
    shuffled = random.sample(negative, len(negative))
    assert [w.word for w in comment_words(shuffled, other)] == list(words)


@given(st.lists(COMMENT.filter(bool), min_size=1, max_size=5))
def test_scores_of_a_word_on_one_side_grow_with_its_number(other):
    def score(times: int) -> float:
        negative = ["crushed"] * times + ["rude"] * (6 - times)
        return {w.word: w.score for w in comment_words(negative, [*other, "nice"])}["crushed"]

    assert score(1) < score(3) < score(5)
