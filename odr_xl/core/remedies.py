"""Remedies: what mends each kind of trouble, as data, each with its source.

The article that this tool started from names six strategies and three kinds of defects; Amazon's help pages say what
to do about each kind. Which remedy fits which topic is this project's reading. The words are in ``labels.plan``.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

#: The article's six strategies, by number; a remedy with strategy 0 stands beside them.
STRATEGIES: Final = ("answers", "delivery", "holidays", "packaging", "page", "watch")


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do.

    Attributes
    ----------
    strategy : int
        Which of the article's six strategies it belongs to, from 1; 0 for none of them.
    source : str
        Who says so; numbers are Seller Central help pages, read 2026-11.
    """

    strategy: int
    source: str


#: Pages that most remedies come from.
_PREVENT: Final = "help page CRVNRBZBVGBK543, Prevent A-to-z Guarantee claims"
_REDUCE: Final = "Amazon help, Improve your performance: reduce claims and chargebacks"

REMEDIES: Final = MappingProxyType(
    {
        "answer": Remedy(1, _PREVENT),  # messages within 24 hours
        "feedback": Remedy(1, "help pages 20231 (removal), 202152010"),
        "strike": Remedy(1, "help page 20231: feedback about Amazon's own delivery is struck through"),
        "delivery": Remedy(2, _PREVENT),
        "holidays": Remedy(3, "help page 2HBG9FDSZHBATDA, How to Prepare for the Holiday Season"),
        "packaging": Remedy(4, _REDUCE),
        "contents": Remedy(4, "this project"),
        "picking": Remedy(4, "this project"),
        "page": Remedy(5, _PREVENT),
        "watch": Remedy(6, f"the article; {_REDUCE}"),
        # None of the six mends a faulty product.
        "quality": Remedy(0, "this project"),
        "refund": Remedy(0, "help page 27951: a return request without an answer for two days may become a claim"),
        "ask": Remedy(0, "this project"),
        "stock": Remedy(0, "help page 202152010: keep a minimum stock level"),
        "claim_answer": Remedy(0, "help pages 27951 (72 hours), G202041210 (appeal within 30 days)"),
        "claim_refund": Remedy(0, "help page 27951: a buyer may claim after 48 hours"),
        "claim_delivery": Remedy(0, _PREVENT),
        "chargeback_answer": Remedy(0, "help page G202145040: within seven calendar days"),
        "chargeback_proof": Remedy(0, "help page 48781: keep the records for six months"),
        "chargeback_name": Remedy(0, "the article"),
    }
)

#: Remedies of each topic (``core.topics.TOPICS``).
TOPIC_REMEDIES: Final = MappingProxyType(
    {
        "no_answer": ("answer",),
        "not_received": ("delivery",),
        "missing_parts": ("contents",),
        "wrong_item": ("picking",),
        "damaged": ("packaging",),
        "faulty": ("quality",),
        "not_as_described": ("page",),
        "late": ("delivery",),
        "refund": ("answer", "refund"),
        "buyer": ("page",),
        "other": ("ask",),
        "not_stated": ("ask",),
    }
)
#: Every remedy of a kind of defect: all of them are shown where nothing but the kind is known.
CAUSE_REMEDIES: Final = MappingProxyType(
    {
        "negative_feedback": ("feedback",),
        "a_to_z_claim": ("claim_answer", "claim_refund", "claim_delivery"),
        "chargeback": ("chargeback_answer", "chargeback_proof", "chargeback_name"),
        "defect_return": ("ask",),
        "defect_cancellation": ("stock",),
    }
)
#: Topics about the way to the buyer: Amazon answers for the orders that it delivers itself (help page 20231).
DELIVERY_TOPICS: Final = ("not_received", "late")
#: Topics that another seller on the listing, or a changed page, may cause: watch it when one SKU has most of them.
LISTING_TOPICS: Final = ("wrong_item", "not_as_described")
#: Months of the holiday peak: Amazon prepares sellers for them (help page 2HBG9FDSZHBATDA), and the ledger has no
#: order volumes that could tell a shop's own peak.
PEAK_MONTHS: Final = (11, 12)
#: Part of a root cause's orders that must stand out (peak months, one SKU) before a remedy builds on it.
STANDS_OUT: Final = 0.5

#: The remedy of a kind that fits a stated topic; the kind's first remedy fits all others.
_FITTING: Final = MappingProxyType(
    {("a_to_z_claim", topic): "claim_delivery" for topic in DELIVERY_TOPICS}
    | {("chargeback", topic): "chargeback_proof" for topic in DELIVERY_TOPICS}
    | {
        ("a_to_z_claim", topic): "claim_refund"
        for topic in ("no_answer", "missing_parts", "wrong_item", "damaged", "faulty", "not_as_described", "refund")
    }
)


def topic_remedies(topic: str, cause: str = "") -> tuple[str, ...]:
    """Remedies against what went wrong; ``cause`` is the kind of defect where the topic isn't stated.

    >>> topic_remedies("refund"), topic_remedies("not_stated", "defect_cancellation")
    (('answer', 'refund'), ('stock',))
    """
    return CAUSE_REMEDIES[cause] if cause in ("defect_return", "defect_cancellation") else TOPIC_REMEDIES[topic]


def cause_remedies(cause: str, topic: str) -> tuple[str, ...]:
    """Remedies of one kind of defect in Amazon's rate: the one that fits the topic, or all where it isn't stated.

    >>> cause_remedies("a_to_z_claim", "faulty"), cause_remedies("chargeback", "late")
    (('claim_refund',), ('chargeback_proof',))
    >>> cause_remedies("a_to_z_claim", "not_stated")
    ('claim_answer', 'claim_refund', 'claim_delivery')
    """
    every = CAUSE_REMEDIES[cause]
    return every if topic == "not_stated" else (_FITTING.get((cause, topic), every[0]),)
