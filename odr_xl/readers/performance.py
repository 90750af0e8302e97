"""Amazon's own numbers as a table: one row for each account, metric and period, typed or read from Amazon's report.

They are counts without order ids, so they are there to compare with, never to count from. Rates are no part of it: they
are divided anew from the counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from odr_xl.labels import WORDS
from odr_xl.readers.cells import Mask, Objects, plain_text, text_column
from odr_xl.readers.coded import Cells, plain
from odr_xl.readers.layout import CHANNEL, MARKETPLACE, Holds, Layout
from odr_xl.readers.numbers import Floats

#: Words for each metric, as Amazon's pages and report have them; the first is the one that the workbook offers.
METRICS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "order_defect_rate": (
            "Order defect rate", "Order Defect Rate (ODR)", "ODR", "Order defects", "Orders with defects",
            "Order with defects", "订单缺陷率", "订单缺陷率 (ODR)", "缺陷订单", "有缺陷的订单",
        ),
        "negative_feedback": (
            "Negative feedback", "Negative feedbacks", "Negative seller feedback", "负面反馈", "差评", "负面评价",
        ),
        "a_to_z_claim": (
            "A-to-z claim", "A-to-z claims", "A-to-z Guarantee claim", "A-to-z Guarantee claims", "claim", "claims",
            "亚马逊商城交易保障索赔", "交易保障索赔", "A-to-z 索赔", "索赔",
        ),
        "chargeback": (
            "Chargeback", "Chargebacks", "Chargeback claim", "Chargeback claims", "Credit card chargeback",
            "Credit card chargebacks", "Service chargeback", "Service chargebacks", "信用卡拒付", "信用卡拒付索赔",
            "服务信用卡拒付", "拒付",
        ),
        "late_shipment": (
            "Late shipment rate", "Late shipment rate (LSR)", "Late shipment", "Late shipments", "LSR", "迟发率",
            "延迟发货率", "订单延迟发货率", "迟发", "延迟发货",
        ),
        "cancellation": (
            "Pre-fulfillment cancellation rate", "Pre-fulfillment cancellation", "Cancellation rate", "Cancellation",
            "Pre-fulfillment cancel rate", "Pre-fulfilment cancellation", "Pre-fulfilment cancellation rate",
            "Pre-fulfilment cancel rate", "prefulfillmentCancelRate", "Order cancellation rate", "Cancel rate",
            "取消率", "订单取消率", "配送前取消率", "配送前取消", "订单配送前取消率",
        ),
        "valid_tracking": (
            "Valid tracking rate", "Valid tracking rate (VTR)", "Valid tracking", "VTR", "有效追踪率", "有效追踪",
        ),
        "on_time_delivery": (
            "On-time delivery rate", "On-time delivery rate (OTDR)", "On-time delivery", "OTDR", "Delivered on time",
            "准时送达率", "准时交货率", "准时配送率", "准时送达",
        ),
    }
)  # fmt: skip


def _fold(text: str) -> str:
    """A word without what differs between copies of it: case, blanks, hyphens, underscores, camel case."""
    return re.sub(r"[\W_]+", "", plain_text(text))


_METRIC_OF: Final = {_fold(word): key for key, words in METRICS.items() for word in (key, *words)} | {
    _fold(f"{key}_rate"): key for key in METRICS
}


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a table of Amazon's numbers; "" when it's something else."""
    return "performance_table" if {"metric", "orders", "count"} <= set(fields) and "order id" not in headers else ""


PERFORMANCE = Layout(
    kind="performance",
    name="seller performance report",
    columns={
        "marketplace": "marketplace",
        "channel": "channel",
        "metric": "metric",
        "from_date": "date",
        "to_date": "date",
        "orders": "whole",
        "count": "whole",
        "target": "share",
    },
    headers={
        "marketplace": (*MARKETPLACE, "marketplace id"),
        "channel": CHANNEL,
        "metric": ("Metric", "metrics", "指标", "绩效指标"),
        "from_date": ("From", "from_date", "from date", "start date", "start", "开始日期", "起始日期", "自"),
        "to_date": ("To", "to_date", "to date", "end date", "end", "finish", "结束日期", "截止日期", "至"),
        "orders": ("Orders", "order count", "total orders", "orders or shipments", "Of", *WORDS["orders"], "订单总数"),
        "count": ("Count", "number", "数量", "计数"),
        "target": ("Target", "target value", *WORDS["target"], "目标值"),
    },
    judge=judge,
)


def metric_named(text: str) -> str:
    """Key of the metric that a word names; "" when it names none.

    >>> metric_named("Pre-fulfillment cancel rate"), metric_named("订单缺陷率"), metric_named("Invoice defect rate")
    ('cancellation', 'order_defect_rate', '')
    """
    return _METRIC_OF.get(_fold(text), "")


def parse_metrics(values: Cells) -> tuple[Objects, Mask]:
    """Metrics of a column as keys, and where the word isn't one that we know; it stays as it is.

    >>> metrics, unknown = parse_metrics(["ODR", "迟发率", "Luck", None])
    >>> metrics.tolist(), unknown.tolist()
    (['order_defect_rate', 'late_shipment', 'Luck', ''], [False, False, True, False])
    """
    texts = text_column(plain(values))
    known = {text: metric_named(text) for text in set(texts.tolist())}
    found = np.empty(len(texts), dtype=object)
    found[:] = [known[text] or text for text in texts]
    return found, np.array([bool(text) and not known[text] for text in texts], dtype=bool)


#: Thousands between marks of one kind, or plain digits: a count has no decimals, so ``1,234`` can't be 1.234.
_WHOLE: Final = re.compile(r"\d{1,3}(?:(?P<mark>[,.'’ ])\d{3})(?:(?P=mark)\d{3})*|(?P<plain>\d+)(?:[.,]0+)?")
_SHARE: Final = re.compile(
    r"(?:[<>≤≥=]|under|below|less than|over|above|more than|低于|小于|少于|高于|大于|超过)?\s*(\d+(?:[.,]\d+)?)\s*(%?)"
)


def whole_number(value: Any) -> float | None:
    """A count in a cell; NaN for a blank, ``None`` for something else.

    >>> whole_number(1234), whole_number("1,234"), whole_number("1 234"), whole_number(-1), whole_number(0.5)
    (1234.0, 1234.0, 1234.0, None, None)
    """
    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, int | float | np.number):
        number = _as_float(value)
        return number if number != number or (number >= 0 and number.is_integer()) else None
    text = plain_text(value) if isinstance(value, str) else "" if value is None else "?"
    if not text:
        return float("nan")
    found = _WHOLE.fullmatch(text) if len(text) < 20 else None
    return float(found["plain"] or re.sub(r"\D", "", text)) if found else None


def fraction(value: Any) -> float | None:
    """A share in a cell as a fraction; NaN for a blank, ``None`` for something else.

    A share of 1 and more can only be meant as percent: no target is 100 %.

    >>> fraction(0.04), fraction("4%"), fraction("under 2.5 %"), fraction(95), fraction("soon")
    (0.04, 0.04, 0.025, 0.95, None)
    """
    if isinstance(value, bool | np.bool_):
        return None
    percent = ""
    if isinstance(value, int | float | np.number):
        share = _as_float(value)
        if share != share:
            return share
        if not 0 <= share <= 100:
            return None
        number = Decimal(str(share))
    else:
        text = plain_text(value) if isinstance(value, str) else "" if value is None else "?"
        if not text:
            return float("nan")
        found = _SHARE.fullmatch(text) if len(text) < 30 else None
        if found is None:
            return None
        number, percent = Decimal(found[1].replace(",", ".")), found[2]
    if percent or number >= 1:
        number /= 100
    return float(number) if number <= 1 else None


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:  # a whole number of JSON may have any length
        return float("inf")


def _parsed(values: Cells, meaning: Callable[[Any], float | None]) -> tuple[Floats, Mask]:
    read = [meaning(cell) for cell in plain(values)]
    bad = np.array([number is None for number in read], dtype=bool)
    return np.array([np.nan if number is None else number for number in read], dtype=float), bad


def parse_numbers_of(holds: Holds, values: Cells) -> tuple[Floats, Mask, tuple[str, str]]:
    """Numbers of a column of counts (``whole``) or targets (``share``), where they are bad, and the reason and remedy.

    >>> parse_numbers_of("share", ["4%", ""])[0].tolist()
    [0.04, nan]
    """
    if holds == "share":
        return *_parsed(values, fraction), ("isn't a target", "Type it as Amazon shows it, such as 4%.")
    return *_parsed(values, whole_number), ("isn't a count", "Type the number that Amazon shows.")
