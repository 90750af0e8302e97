"""Interval, headroom, change and what-if in words.

A key that ends in ``_one`` is the form for the number 1; its other form has the same key without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Key ``measure_…`` to the English and the Chinese text.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        # Headers.
        "measure_words": ("In words", "文字说明"),
        "measure_part": ("Part", "构成"),
        "measure_effect": ("Effect on the rate", "对比率的影响"),
        "measure_case": ("Case", "情景"),
        "measure_defective": ("Defective orders", "缺陷订单"),
        "measure_headroom": ("Headroom", "还可承受的缺陷订单"),
        "measure_needed": ("Orders needed", "还需订单数"),
        "measure_status": ("Status", "状态"),
        # The interval.
        "measure_orders_one": ("{count} order", "{count} 个订单"),
        "measure_orders": ("{count} orders", "{count} 个订单"),
        "measure_open": (
            "Between {low} and {high}: {orders} can't tell.",
            "介于 {low} 和 {high} 之间：{orders}还不足以判断。",
        ),
        "measure_under": (
            "Under the target of {target}, and you can be {confidence} sure of it: between {low} and {high}.",
            "低于 {target} 的目标，把握为 {confidence}：介于 {low} 和 {high} 之间。",
        ),
        "measure_over": (
            "Over the target of {target}, and you can be {confidence} sure of it: between {low} and {high}.",
            "超过 {target} 的目标，把握为 {confidence}：介于 {low} 和 {high} 之间。",
        ),
        # What if.
        "measure_now": ("Now", "现在"),
        "measure_what_if": ("What if", "假设"),
        # The parts of a change, and a few words beside each.
        "measure_earlier": ("Earlier window", "较早的窗口"),
        "measure_later": ("Later window", "较晚的窗口"),
        "measure_new": ("New defects", "新增缺陷"),
        "measure_aged": ("Aged-out defects", "移出窗口的缺陷"),
        "measure_volume": ("Order volume", "订单量"),
        "measure_change": ("Change", "变化"),
        "measure_dates": ("{start} to {end}", "{start} 至 {end}"),
        "measure_came_none": ("none came in", "没有新增"),
        "measure_came_one": ("{count} defective order came in", "新增 {count} 个缺陷订单"),
        "measure_came": ("{count} defective orders came in", "新增 {count} 个缺陷订单"),
        "measure_left_none": ("none aged out", "没有移出"),
        "measure_left_one": ("{count} defective order aged out", "移出 {count} 个缺陷订单"),
        "measure_left": ("{count} defective orders aged out", "移出 {count} 个缺陷订单"),
        "measure_heavier": ("fewer orders: each defect weighs more", "订单减少：每个缺陷的权重变大"),
        "measure_lighter": ("more orders: each defect weighs less", "订单增加：每个缺陷的权重变小"),
        "measure_weightless": ("no defect, so no effect", "没有缺陷，所以没有影响"),
        "measure_same": ("as many orders as before", "订单数不变"),
        # What the sentences below are made of.
        "measure_fewer_one": (
            "{count} fewer order is in the window ({before} before, {now} now)",
            "窗口内的订单减少了 {count} 个（之前 {before} 个，现在 {now} 个）",
        ),
        "measure_fewer": (
            "{count} fewer orders are in the window ({before} before, {now} now)",
            "窗口内的订单减少了 {count} 个（之前 {before} 个，现在 {now} 个）",
        ),
        "measure_more_one": (
            "{count} more order is in the window ({before} before, {now} now)",
            "窗口内的订单增加了 {count} 个（之前 {before} 个，现在 {now} 个）",
        ),
        "measure_more": (
            "{count} more orders are in the window ({before} before, {now} now)",
            "窗口内的订单增加了 {count} 个（之前 {before} 个，现在 {now} 个）",
        ),
        "measure_fact_none": ("No new defect", "没有新增缺陷订单"),
        "measure_fact_one": ("{count} new defect", "新增 {count} 个缺陷订单"),
        "measure_fact": ("{count} new defects", "新增 {count} 个缺陷订单"),
        "measure_and_aged": ("{fact}, and {aged} aged out", "{fact}，移出 {aged} 个"),
        "measure_in_one": ("{count} new defect came in", "新增了 {count} 个缺陷订单"),
        "measure_in": ("{count} new defects came in", "新增了 {count} 个缺陷订单"),
        "measure_out_one": ("{count} defect aged out of the window", "有 {count} 个缺陷订单移出了窗口"),
        "measure_out": ("{count} defects aged out of the window", "有 {count} 个缺陷订单移出了窗口"),
        "measure_net_in": (
            "more defects came in ({new}) than aged out of the window ({aged})",
            "新增的缺陷订单（{new} 个）多于移出窗口的（{aged} 个）",
        ),
        "measure_net_out": (
            "more defects aged out of the window ({aged}) than came in ({new})",
            "移出窗口的缺陷订单（{aged} 个）多于新增的（{new} 个）",
        ),
        # One sentence a story of ``core.change``.
        "measure_rose_defects": ("The rate rose because {defects}.", "比率上升，是因为{defects}。"),
        "measure_rose_defects_despite_orders": (
            "The rate rose because {defects}, though {orders}.",
            "虽然{orders}，比率仍然上升，是因为{defects}。",
        ),
        "measure_rose_both": (
            "The rate rose because {defects} and {orders}.",
            "比率上升，是因为{defects}，而且{orders}。",
        ),
        "measure_rose_orders": ("{facts}: the rate rose because {orders}.", "{facts}：比率上升，是因为{orders}。"),
        "measure_rose_orders_despite_defects": (
            "{facts}: the rate still rose, because {orders}.",
            "{facts}：比率仍然上升，是因为{orders}。",
        ),
        "measure_fell_defects": ("The rate fell because {defects}.", "比率下降，是因为{defects}。"),
        "measure_fell_defects_despite_orders": (
            "The rate fell because {defects}, though {orders}.",
            "虽然{orders}，比率仍然下降，是因为{defects}。",
        ),
        "measure_fell_both": (
            "The rate fell because {defects} and {orders}.",
            "比率下降，是因为{defects}，而且{orders}。",
        ),
        "measure_fell_orders": ("{facts}: the rate fell because {orders}.", "{facts}：比率下降，是因为{orders}。"),
        "measure_fell_orders_despite_defects": (
            "{facts}: the rate still fell, because {orders}.",
            "{facts}：比率仍然下降，是因为{orders}。",
        ),
        "measure_stayed_without_defects": (
            "No defect in either window: the rate stays 0%.",
            "两个窗口都没有缺陷订单：比率保持 0%。",
        ),
        "measure_stayed_untouched": (
            "No change: no new defect, none aged out, and as many orders as before.",
            "没有变化：没有新增缺陷订单，没有移出，订单数也不变。",
        ),
        "measure_stayed_replaced": (
            "No change: as many defects came in as aged out ({new}), and there are as many orders as before.",
            "没有变化：新增和移出的缺陷订单一样多（{new} 个），订单数也不变。",
        ),
        "measure_stayed_balanced": (
            "{facts}: the rate is the same, because {orders}.",
            "{facts}：比率不变，是因为{orders}。",
        ),
    }
)
