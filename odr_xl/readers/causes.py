"""Causes named in words: what a seller's ``defect`` or ``cause`` column says, as the five fixed names."""

from __future__ import annotations

import re

import numpy as np

from odr_xl.readers.cells import Mask, Objects, text_column
from odr_xl.readers.coded import Cells, factorised
from odr_xl.readers.headers import normalise
from odr_xl.rules import CAUSES

#: Pattern in the normalised words -> cause; the first that is found decides. "" is a mark that is never a defect.
_WORDS = (
    (r"^late|late shipment|pre ?fulfil|verspatet|迟发", ""),
    (r"\ba ?(?:to|bis|2|a)? ?(?:la )?z\b|\batoz\b|guarantee|索赔|保証", "a_to_z_claim"),
    (r"charge ?back|ruckbuchung|contracargo|拒付|チャージバック", "chargeback"),
    (r"feedback|bewertung|\b[12] ?(?:star|sterne?|★)|差评|负面|评价|低い評価", "negative_feedback"),
    (r"cancel|storn|annul|取消|キャンセル", "defect_cancellation"),
    (r"return|refund|rucksend|retour|\breso\b|devol|退货|退款|返品|返金", "defect_return"),
)
_PATTERNS = tuple((re.compile(pattern), cause) for pattern, cause in _WORDS)


def cause_in_words(text: str) -> str | None:
    """Cause that the words name; "" for marks that are never a defect, None when they name none.

    >>> cause_in_words("A-to-z Guarantee claim"), cause_in_words("Late shipment"), cause_in_words("yes")
    ('a_to_z_claim', '', None)
    """
    words = normalise(text)
    fixed = words.replace(" ", "_")
    if fixed in CAUSES:
        return fixed
    return next((cause for pattern, cause in _PATTERNS if pattern.search(words)), None)


def parse_causes(values: Cells) -> tuple[Objects, Mask]:
    """Causes of a column, and where the words name none.

    Words that aren't known stay as they are; marks that are never a defect stay too, and aren't bad.

    >>> causes, bad = parse_causes(["negative_feedback", "Chargeback claim", "late shipment", "aliens", ""])
    >>> causes.tolist(), bad.tolist()
    (['negative_feedback', 'chargeback', 'late shipment', 'aliens', ''], [False, False, False, True, False])
    """
    codes, distinct = factorised(values)
    texts = text_column(distinct)
    meanings = [cause_in_words(text) if text else "" for text in texts]
    found = np.empty(len(texts) + 1, dtype=object)
    found[:] = [cause or text for cause, text in zip(meanings, texts, strict=True)] + [""]
    bad = np.array([cause is None for cause in meanings] + [False], dtype=bool)
    return found[codes], bad[codes]
