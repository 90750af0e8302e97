"""Drivers in words: groups, reasons, the words of buyers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Prefixes: ``by_`` is ODR_BY, ``reason_`` a group of return reasons, ``words_`` FEEDBACK_WORDS.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "by_account": ("Account", "账户"),
        "by_ship_service": ("Ship service", "配送服务"),
        "by_region": ("Region", "地区"),
        "by_topic": ("Topic", "问题类型"),
        "by_reason": ("Reason", "具体原因"),
        "by_without": ("Rate without it", "去掉该组后的比率"),
        "by_running": ("Running share", "累计占比"),
        "by_titled": ("{title}: {name}", "{title}：{name}"),
        "by_stands_out": ("stands out", "明显偏高"),
        "by_stands_out_small": ("stands out, though few orders", "订单虽少，仍明显偏高"),
        "by_chance": ("could be chance", "可能只是偶然"),
        "reason_faulty": ("Returned: faulty", "退货：质量问题"),
        "reason_missing": ("Returned: missing or never arrived", "退货：缺件或未收到货"),
        "reason_wrong_item": ("Returned: wrong item", "退货：发错商品"),
        "reason_not_as_described": ("Returned: not as described", "退货：与描述不符"),
        "reason_damaged": ("Returned: damaged", "退货：商品破损"),
        "reason_late": ("Returned: late", "退货：配送延误"),
        "reason_compatibility": ("Returned: doesn't fit the device", "退货：不兼容"),
        "reason_fit": ("Returned: wrong size", "退货：尺码不合适"),
        "reason_preference": ("Returned: not to the buyer's taste", "退货：买家不喜欢"),
        "reason_buyer": ("Returned: buyer's choice", "退货：买家原因"),
        "reason_undeliverable": ("Returned: couldn't be delivered", "退货：无法投递"),
        "reason_not_given": ("Returned: no reason given", "退货：未说明原因"),
        "words_word": ("Word", "词语"),
        "words_negative": ("Negative", "负面反馈数"),
        "words_other": ("Other", "其他反馈数"),
        "words_score": ("Score", "区分度"),
        "words_example": ("Example", "评论示例"),
        "words_no_comment": ("There is no negative feedback with a comment in words.", "没有带文字评论的负面反馈。"),
        "words_no_difference": (
            "Negative feedback uses no word more than other feedback does.",
            "没有哪个词语在负面反馈中比在其他反馈中更常见。",
        ),
    }
)

#: Key of the title of each column that can be grouped by.
GROUP_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {name: name for name in ("channel", "marketplace", "sku", "asin", "cause")}
    | {name: f"by_{name}" for name in ("account", "ship_service", "region", "topic", "reason")}
)
