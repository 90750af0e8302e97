"""Topics: what went wrong, told from a return reason, a claim's reason or a buyer's own words.

Amazon gives no cause behind a defect, only texts. A topic groups them by what a seller can mend: the parcel, the
product, the page, the answer. It is this project's reading, for advice only; no topic ever decides what counts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from odr_xl import rules

#: Every topic, the most telling first: a text is given to the first topic that it names.
TOPICS: Final = (
    "no_answer", "not_received", "missing_parts", "wrong_item", "damaged", "faulty", "not_as_described", "late",
    "refund", "buyer", "other", "not_stated",
)  # fmt: skip

# Parts of a text in lower case, in the languages of the marketplaces. A part that is a whole word stands between
# blanks here, so that "late" isn't found in "plate".
_PARTS: Final = MappingProxyType(
    {
        "no_answer": (
            "never answer", "no answer", "ceived a reply", "ceived an answer", "got a reply", "got an answer",
            "no reply", "no response", "not respond", "n't respond", "n't answer", "n't reply", "ignored",
            "unresponsive", "customer service", " rude ", "antwortet nicht", "keine antwort", "kundenservice",
            "pas de réponse", "répond pas", "no responde", "sin respuesta", "non risponde", "nessuna risposta",
            "返信がな", "返事がな", "不回", "没有回复", "没回复", "客服", "态度",
        ),
        "not_received": (
            "never arrived", "never came", "never got", "n't get it", "still waiting", "took forever to arrive",
            "never received", "not received", "not arrive", "n't arrive", "n't received", "non-receipt", "lost in",
            "never delivered", "not delivered", "nicht angekommen", "nie angekommen", "nicht erhalten",
            "nie erhalten", "pas reçu", "jamais reçu", "no recib", "no llegó", "non ricevuto", "mai arrivato",
            "non è arrivat", "届かな", "届いていな", "未收到", "没收到", "没有收到",
        ),
        "missing_parts": (
            "missing", "incomplete", "box was empty", "empty box", "fehlt", "fehlen", "unvollständig", "manqu",
            "incompl", " falta", " manca", "足りな", "欠品", "缺件", "缺少", "少件", "少了", "空盒",
        ),
        "wrong_item": (
            "wrong item", "wrong product", "wrong colo", "wrong size", "wrong model", "different item",
            "different product", "falscher artikel", "falsche farbe", "falsche größe", "mauvais article",
            "mauvaise couleur", "equivocad", "incorrecto", "sbagliat", "違う商品", "別の商品", "发错", "错发", "寄错",
        ),
        "damaged": (
            "damag", "broken", "cracked", "smashed", "shattered", " bent ", " dent", "crushed", "torn ", "beschädigt",
            "zerbrochen", "kaputt", "cassé", "endommag", "abîmé", " roto", " rota", "dañad", " rott", "danneggiat",
            "壊れ", "破損", "割れ", "损坏", "破损", "碎了", "压坏", "摔坏",
        ),
        "faulty": (
            "defect", "faulty", "n't work", "not work", "stopped work", " leak", " rust", "quality", "malfunction",
            "dead on arrival", "unsafe", "defekt", "funktioniert nicht", "falsche werte", "mangelhaft",
            "ne fonctionne", "défectueu", "no funciona", "defectuos", "non funziona", "difettos", "不良", "故障",
            "動かな", "動作しな", "坏了", "质量", "不能用", "漏水", "生锈",
        ),
        "not_as_described": (
            "not as described", "not as pictured", "n't as described", "not match", "n't match", "misleading",
            "description", "photo", "picture", " fake", "counterfeit", "different from", "nicht wie beschrieben",
            "anders als", "non conforme", "pas conforme", "descripción", "descrizione", "説明と違", "写真と違",
            "描述不符", "不符", "和图片", "与图片", "假货",
        ),
        "late": (
            " late ", " late.", " late,", "delay", " slow", "took weeks", "took too long", "took a month",
            "took months", "took forever", "missed estimated", "verspätet", "zu spät", "en retard", " retard",
            " tarde", "ritardo", "遅い", "遅れ", "遅延", "太慢", "晚到", "迟到", "延误",
        ),
        "refund": (
            "refund", "money back", "credit not processed", "erstattung", "geld zurück", "rembours", "reembols",
            "rimbors", "返金", "退款",
        ),
    }
)  # fmt: skip
#: Topic of each group of return reasons (``rules.reason_group``).
_REASON_TOPICS: Final = MappingProxyType(
    {
        "faulty": "faulty", "missing": "missing_parts", "wrong item": "wrong_item", "damaged": "damaged",
        "not as described": "not_as_described", "late": "late", "compatibility": "not_as_described",
        "fit": "not_as_described", "preference": "buyer", "buyer": "buyer", "undeliverable": "not_received",
        "not given": "not_stated",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def topic_of(cause: str, detail: str) -> str:
    """Topic of one event, from its cause and its detail as the ledger shows it.

    Parameters
    ----------
    cause : str
        Of ``rules.CAUSES``.
    detail : str
        Stars and comment of a feedback; status and reason of a claim; type and status of a chargeback; reason code
        and comment of a return. The parts are joined by " · ".

    Returns
    -------
    str
        One of `TOPICS`: ``other`` for a text that names none, ``not_stated`` where there is no text.

    Examples
    --------
    >>> topic_of("negative_feedback", "1★ Leaks from day one"), topic_of("defect_return", "CR-SWITCHEROO")
    ('faulty', 'wrong_item')
    >>> topic_of("a_to_z_claim", "Refunded after claim"), topic_of("a_to_z_claim", "Lost in transit")
    ('not_stated', 'not_received')
    >>> topic_of("negative_feedback", "1★ I never received a reply"), topic_of("chargeback", "Service · Never arrived")
    ('no_answer', 'not_received')
    """
    parts = [part.strip() for part in detail.split(" · ")]
    if cause == "a_to_z_claim" and rules.claim_rule(parts[0]) is not rules.CLAIM_UNKNOWN:
        # A status such as "Refunded after claim" says how it went, not what went wrong. A lone "Lost in transit" is a
        # reason, though it has a word of a status in it.
        parts = parts[1:] if len(parts) > 1 or _named(parts[0]) in ("refund", "other") else parts
    if cause == "chargeback":
        parts = [part for part in parts if part.lower() not in _CHARGEBACK_WORDS]
    if cause == "defect_return":
        found = _REASON_TOPICS.get(rules.reason_group(parts[0])[0], "")
        if parts[0].upper().endswith("NEVER_ARRIVED"):
            found = "not_received"
        if found not in ("", "not_stated"):
            return found
    text = re.sub(r"^\d(\.\d+)?★", "", " · ".join(parts)).strip()
    if not text:
        return "not_stated"
    return _named(text)


def _named(text: str) -> str:
    padded = f" {text.lower().replace('_', ' ').replace('’', chr(39))} "
    return next((topic for topic, words in _PARTS.items() if any(word in padded for word in words)), "other")


_CHARGEBACK_WORDS: Final = frozenset(("service", "unknown", "open", "lost", "won", "fraud"))
