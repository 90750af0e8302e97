"""Topics in words (``core.topics``)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Key ``topic_…`` to the English and the Chinese text.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "topic_no_answer": ("No answer or poor service", "不回复或服务差"),
        "topic_not_received": ("Not received", "未收到货"),
        "topic_missing_parts": ("Parts missing", "缺件少件"),
        "topic_wrong_item": ("Wrong item", "发错商品"),
        "topic_damaged": ("Damaged", "商品破损"),
        "topic_faulty": ("Faulty", "质量问题"),
        "topic_not_as_described": ("Not as described", "与描述不符"),
        "topic_late": ("Late", "配送延误"),
        "topic_refund": ("Refund", "退款问题"),
        "topic_buyer": ("Buyer's choice", "买家原因"),
        "topic_other": ("Something else", "其他"),
        "topic_not_stated": ("Not stated", "未说明"),
    }
)
