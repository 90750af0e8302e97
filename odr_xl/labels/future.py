"""Forecast and recovery in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Key ``future_…`` to the English and the Chinese text.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "future_day": ("Day", "日期"),
        "future_defective": ("Defective orders", "有缺陷的订单"),
        "future_later": ("Rate with defects still to come (estimate)", "计入后续缺陷的比率（估计）"),
        "future_one_day": ("1 day", "1天"),
        "future_days": ("{count} days", "{count}天"),
        "future_already": ("already under the target", "已低于目标"),
        "future_reached": ("in {days}, if no further defect comes", "{days}后，前提是不再出现新缺陷"),
        "future_reached_with": (
            "in {days}, with {defects} further defective orders a day",
            "{days}后，按每天新增{defects}个缺陷订单计算",
        ),
        "future_again": ("{start}; it reaches the target again on {day}", "{start}；{day}将再次达到目标"),
        "future_not_within": ("not within {days}", "{days}内无法降到目标以下"),
        "future_empty": (
            "not within {days}: from {day} on the window holds no order, so there is no rate",
            "{days}内无法降到目标以下：从{day}起窗口内没有订单，因此没有比率",
        ),
    }
)
