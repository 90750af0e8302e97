"""The report to share in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Key ``report_…`` to the English and the Chinese text.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "report_title": ("Order Defect Rate", "订单缺陷率"),
        "report_window": ("Orders from {start} to {end}, seen on {day}", "{start}至{end}的订单，查看日期{day}"),
        "report_months": (
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
        ),
        "report_month": ("{month} {year}", "{year}年{month}"),
        "report_day": ("{day} {month} {year}", "{year}年{month}{day}日"),
        "report_short_day": ("{day} {month}", "{month}{day}日"),
        # The headline
        "report_headline": (
            "{defective} of {orders} orders have negative feedback, an A‑to‑z claim or a service chargeback.",
            "{orders} 个订单中有 {defective} 个存在负面反馈、亚马逊商城交易保障索赔或服务类信用卡拒付。",
        ),
        "report_no_orders": (
            "There is no order in these dates, so there is no rate. That is no data, not 0%.",
            "这段日期内没有订单，因此没有比率。这表示没有数据，而不是 0%。",
        ),
        "report_limit": (
            "Amazon's target: under {target}. Our early warning begins at {warning}.",
            "亚马逊的目标：低于 {target}。我们的预警线为 {warning}。",
        ),
        "report_each": (
            "All accounts together. Amazon judges each by itself; {account} has the highest rate: {rate}",
            "以上为全部账户合计。亚马逊分别考核每个账户；比率最高的是 {account}：{rate}",
        ),
        "report_together": ("all accounts together", "全部账户合计"),
        "report_headroom": ("More defects allowed", "还可承受的缺陷订单"),
        "report_headroom_note": ("defective orders before the target is missed", "超出后即达不到目标"),
        "report_needed": ("Good orders needed", "还需正常订单"),
        "report_needed_note": ("orders without a defect until the target is met", "无缺陷订单达到此数即可降到目标以下"),
        "report_recovery": ("Under the target", "低于目标的日期"),
        "report_never": ("not in sight", "暂时无法达到"),
        "report_now": ("now", "现在"),
        "report_wider": ("With defect returns", "加上缺陷退货和取消"),
        "report_wider_note": (
            "the wider rate: never Amazon's, but it rises first",
            "更广的比率：亚马逊不采用，但会先上升",
        ),
        # Headings
        "report_rate": ("Where the rate comes from and where it goes", "比率的过去与走向"),
        "report_todo": ("What to do first", "首先要做什么"),
        "report_accounts": ("Where each account stands", "各账户状况"),
        "report_causes": ("Causes", "缺陷原因"),
        "report_products": ("Products", "商品"),
        "report_notes": ("How to read this", "如何阅读本报告"),
        # The chart of the rate
        "report_past": ("Past, as known today", "过去（按目前所知）"),
        "report_future": ("Expected without new defects", "预计（不再出现新缺陷）"),
        "report_range": ("with more or fewer orders", "订单量增减时的范围"),
        "report_later": ("with those still to come (estimate)", "计入后续缺陷（估计）"),
        "report_target": ("Target {rate}", "目标 {rate}"),
        "report_warning": ("Warning {rate}", "预警 {rate}"),
        "report_seen": ("seen on {day}", "{day}查看"),
        "report_under": ("under the target: {day}", "{day}低于目标"),
        "report_rate_alt": (
            "Line chart of the rate. It was {first} on {start} and is {last} on {day}; the highest was {high} on "
            "{top}. The target is {target}, the warning level {warning}.",
            "比率折线图。{start}为 {first}，{day}为 {last}；最高为 {high}，出现在{top}。"
            "目标为 {target}，预警线为 {warning}。",
        ),
        "report_rate_ahead_alt": (
            "Without a further defect {rate} is expected on {day}.",
            "若不再出现新缺陷，预计{day}为 {rate}。",
        ),
        "report_short_past": (
            "The reports reach back to {day}, so the line begins where they fill a whole window.",
            "报告最早到{day}，因此曲线从满一个统计窗口的日期开始。",
        ),
        # The other charts
        "report_bar": ("{orders} orders · {rate}", "{orders} 个订单 · {rate}"),
        "report_bar_one": ("{orders} order · {rate}", "{orders} 个订单 · {rate}"),
        "report_of_account": ("{account}: {name}", "{account}：{name}"),
        "report_product_bar": ("{defective} of {orders} · {rate}", "{orders} 个中 {defective} 个 · {rate}"),
        "report_causes_note": (
            "Dark bars count in Amazon's rate, striped bars only in the wider one. An order with two causes stands "
            "under both.",
            "深色条计入亚马逊的比率，条纹条只计入更广的比率。有两种原因的订单在两处都出现。",
        ),
        "report_products_note": (
            "Orders with a defect by Amazon's definition. ▲ marks what is worse than chance explains.",
            "按亚马逊定义有缺陷的订单。▲ 表示比率高于偶然因素所能解释的程度。",
        ),
        "report_products_plain": (
            "Orders with a defect by Amazon's definition. No product is worse than chance explains.",
            "按亚马逊定义有缺陷的订单。没有商品的比率高于偶然因素所能解释的程度。",
        ),
        "report_products_none": (
            "No product has a defect, or the reports don't name the products.",
            "没有商品出现缺陷，或报告中没有商品编号。",
        ),
        "report_causes_none": ("No order has a defect.", "没有订单存在缺陷。"),
        "report_causes_alt": ("Bar chart of the causes: {list}.", "缺陷原因条形图：{list}。"),
        "report_products_alt": ("Bar chart of the products: {list}.", "商品条形图：{list}。"),
        "report_item": ("{name}: {value}", "{name}：{value}"),
        "report_semicolon": ("; ", "；"),
        "report_more": ("and {count} more", "另有 {count} 项"),
        # What to do
        "report_nothing": (
            "No order in these dates has a defect: nothing to do.",
            "这段日期内没有缺陷订单，无需采取措施。",
        ),
        # Notes
        "report_note_rule": (
            "An order counts once, however many defects it has. The window has {days} days by order date.",
            "一个订单无论有几处缺陷都只计一次。统计窗口按下单日期计 {days} 天。",
        ),
        "report_note_future": (
            "The expected line only lets known orders age out and adds orders at the recent pace. New defects come on "
            "top, so the date is the earliest to hope for.",
            "预计曲线只计算已知订单移出窗口，并按近期速度加入新订单。新缺陷会使比率更高，因此该日期是最早的可能。",
        ),
        "report_note_unmatched_one": (
            "{count} defect belongs to an order that the reports don't hold, so it doesn't count yet.",
            "有 {count} 个缺陷所属的订单不在报告中，因此暂未计入。",
        ),
        "report_note_unmatched": (
            "{count} defects belong to orders that the reports don't hold, so they don't count yet.",
            "有 {count} 个缺陷所属的订单不在报告中，因此暂未计入。",
        ),
        "report_note_flagged_one": (
            "{count} record deserves a look; the sheet Defects names it.",
            "有 {count} 条记录需要核对；请见“缺陷明细”工作表。",
        ),
        "report_note_flagged": (
            "{count} records deserve a look; the sheet Defects names them.",
            "有 {count} 条记录需要核对；请见“缺陷明细”工作表。",
        ),
        "report_note_left_out_one": (
            "{count} order is left out, because it wasn't sold on Amazon.",
            "有 {count} 个订单未计入，因为不是亚马逊订单。",
        ),
        "report_note_left_out": (
            "{count} orders are left out, because they weren't sold on Amazon.",
            "有 {count} 个订单未计入，因为不是亚马逊订单。",
        ),
        "report_note_private": (
            "This page holds no buyer's name, no comment and no order number.",
            "本页不含买家姓名、评论或订单号。",
        ),
        "report_note_version": (
            "Computed by {program} from the seller's own reports; Amazon's page decides.",
            "由 {program} 根据卖家自己的报告计算；以亚马逊页面为准。",
        ),
    }
)
