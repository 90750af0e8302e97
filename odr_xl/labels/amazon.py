"""Amazon's own numbers beside ours, and the neighbour metrics, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        # Headers
        "recon_account": ("Account", "账户"),
        "recon_what": ("What", "项目"),
        "recon_ours": ("Ours", "我们的统计"),
        "recon_amazons": ("Amazon's", "亚马逊的数据"),
        "recon_difference": ("Difference", "差异"),
        "recon_reason": ("Likely reason", "可能原因"),
        "recon_all": ("All accounts", "全部账户"),
        "recon_defective_amazon": ("Orders with defects", "缺陷订单"),
        "sign_metric": ("Metric", "指标"),
        "sign_from": ("From", "开始日期"),
        "sign_to": ("To", "结束日期"),
        "sign_count": ("Count", "数量"),
        "sign_of": ("Of", "总数"),
        "sign_status": ("Status", "状态"),
        # Metrics that the causes' words don't cover
        "metric_order_defect_rate": ("Order defect rate", "订单缺陷率"),
        "metric_late_shipment": ("Late shipment rate", "迟发率"),
        "metric_cancellation": ("Pre-fulfillment cancellation rate", "配送前取消率"),
        "metric_valid_tracking": ("Valid tracking rate", "有效追踪率"),
        "metric_on_time_delivery": ("On-time delivery rate", "准时送达率"),
        # Why the numbers of orders differ
        "recon_same": ("the same", "一致"),
        "recon_no_data": (
            "Amazon shows no orders for this account and these dates. That is no data, not 0%.",
            "亚马逊没有显示该账户在这段日期内的订单。这表示没有数据，而不是 0%。",
        ),
        "recon_unknown_site": (
            "We don't know the marketplace {name}, so none of your orders belongs to it.",
            "无法识别站点 {name}，因此没有订单归入该站点。",
        ),
        "recon_cancelled": (
            "{count} cancelled orders are in our count: leave them out on Settings and compare.",
            "我们的统计包含 {count} 个已取消订单：请在“设置”中排除后再比较。",
        ),
        "recon_pending": (
            "{count} pending orders are in our count: leave them out on Settings and compare.",
            "我们的统计包含 {count} 个待处理订单：请在“设置”中排除后再比较。",
        ),
        "recon_cancelled_pending": (
            "{count} cancelled and pending orders are in our count: leave them out on Settings and compare.",
            "我们的统计包含 {count} 个已取消和待处理订单：请在“设置”中排除后再比较。",
        ),
        "recon_left_out": (
            "{count} orders are left out of our count: sold outside Amazon, or left out on Settings.",
            "有 {count} 个订单未计入我们的统计：不是亚马逊订单，或已在“设置”中排除。",
        ),
        "recon_undated": (
            "{count} orders have no date, so they are in no window. Fill in purchase-date.",
            "有 {count} 个订单没有日期，因此不在任何统计窗口内。请填写 purchase-date（购买日期）列。",
        ),
        "recon_unplaced": (
            "{count} orders of these dates don't say their marketplace or channel, so they are in no account.",
            "这段日期内有 {count} 个订单没有写明站点或配送渠道，因此不属于任何账户。",
        ),
        "recon_moved": (
            "From {start} to {end} we count exactly as many as Amazon: the dates may be a day off.",
            "从 {start} 到 {end}，我们的统计与亚马逊完全相同：日期可能相差一天。",
        ),
        "recon_sixty": (
            "Amazon's window has 60 days: from {start} to {end} we count exactly as many.",
            "亚马逊的统计窗口为 60 天：从 {start} 到 {end}，我们的统计与亚马逊完全相同。",
        ),
        "recon_length": (
            "Your dates cover {count} days; Amazon's window has 60.",
            "您的日期共 {count} 天；亚马逊的统计窗口为 60 天。",
        ),
        "recon_no_dates": (
            "We count all days, because the first or the last day is missing; Amazon's window has 60 days.",
            "缺少开始日期或结束日期，因此统计了所有日期；亚马逊的统计窗口为 60 天。",
        ),
        "recon_zone_out": (
            "Amazon may end its days in another time zone: {count} orders are on {start}, {other} on {end}.",
            "亚马逊可能按其他时区划分日期：{start} 有 {count} 个订单，{end} 有 {other} 个订单。",
        ),
        "recon_zone_in": (
            "Amazon may end its days in another time zone: {count} orders are on {start}, {other} on {end}, just "
            "outside the window.",
            "亚马逊可能按其他时区划分日期：紧邻窗口之外，{start} 有 {count} 个订单，{end} 有 {other} 个订单。",
        ),
        "recon_gap": (
            "There is no order from {start} to {end}. Add the All Orders report for these days.",
            "从 {start} 到 {end} 没有任何订单。请补充这几天的“所有订单”报告。",
        ),
        "recon_incomplete": (
            "Amazon counts {count} more: is the All Orders report complete for these dates?",
            "亚马逊多统计了 {count} 个订单：这段日期的“所有订单”报告是否完整？",
        ),
        "recon_rest": (
            "At least {count} have another reason: check that Amazon's page shows these dates and this account.",
            "至少有 {count} 个订单另有原因：请核对亚马逊页面显示的日期和账户是否相同。",
        ),
        "recon_unexplained": (
            "Nothing here explains it: check that Amazon's page shows these dates and this account.",
            "现有数据无法解释：请核对亚马逊页面显示的日期和账户是否相同。",
        ),
        # Why the numbers of defects differ
        "recon_not_listed": (
            "Not on Amazon's own list of defects: {ids}",
            "不在亚马逊自己的缺陷订单列表中：{ids}",
        ),
        "recon_open": (
            "Open claims count here and may still be denied: {ids}",
            "未结索赔先计入，仍可能被驳回：{ids}",
        ),
        "recon_unsure": (
            "Type or status unknown, counted until you know better: {ids}",
            "类型或状态不明，先计入：{ids}",
        ),
        "recon_feedback": (
            "See whether Amazon removed this feedback, and mark it: {ids}",
            "请查看亚马逊是否已移除以下反馈，并做标记：{ids}",
        ),
        "recon_unmatched": (
            "Defects whose order isn't in Orders: {ids}",
            "有缺陷但订单表中没有的订单：{ids}",
        ),
        "recon_candidate": (
            "A-to-z marks without an outcome, enter them on Claims: {ids}",
            "有交易保障索赔标记但没有结果，请登记到索赔表：{ids}",
        ),
        "recon_won": (
            "Appeals that you won, which Amazon may count for 7 more days: {ids}",
            "申诉成功，但亚马逊最多还会计入 7 天：{ids}",
        ),
        "recon_removed": (
            "Removed feedback, which Amazon may count for 48 more hours: {ids}",
            "反馈已移除，但亚马逊最多还会计入 48 小时：{ids}",
        ),
        "recon_chargeback_won": (
            "Chargebacks that you won; Amazon doesn't say when they stop counting: {ids}",
            "拒付已胜诉，但亚马逊没有说明何时不再计入：{ids}",
        ),
        "recon_unrated": ("Feedback without stars isn't counted here: {ids}", "没有星级的反馈未计入：{ids}"),
        "recon_omitted": (
            "Cancelled or pending orders with a defect, left out on Settings: {ids}",
            "有缺陷的已取消或待处理订单，已在“设置”中排除：{ids}",
        ),
        "recon_missing": (
            "Amazon counts {count} more: download the Account Health report for this account.",
            "亚马逊多统计了 {count} 个：请下载该账户的“账户状况”报告。",
        ),
        "recon_no_trail": (
            "Give the result of DEFECT_LEDGER as defects to see which orders these may be.",
            "请把 DEFECT_LEDGER 的结果选作缺陷区域，以查看可能是哪些订单。",
        ),
        "recon_ids": ("{ids} and {count} more", "{ids}，另有 {count} 个"),
        "recon_ids_comma": (", ", "、"),
        # Neighbour metrics
        "sign_good": ("On target", "达标"),
        "sign_bad": ("Misses the target", "未达标"),
        "sign_nothing": (
            "No numbers yet: give Amazon's own numbers, or the Account Health download with the result of ODR_DAYS.",
            "还没有数据：请提供亚马逊的数据，或提供“账户状况”报告和 ODR_DAYS 的结果。",
        ),
        "sign_no_fit": (
            "Count and total don't fit: compare with Account Health",
            "数量与总数不符：请核对“账户状况”页面",
        ),
        "sign_marks": (
            "our count: an estimate from Amazon's list, whose last order is of {last}",
            "我们的统计：根据亚马逊列表估算，列表最后一个订单的日期是 {last}",
        ),
        "sign_short_list": (
            "our count isn't possible: the last order on Amazon's list is of {last}",
            "无法统计：亚马逊列表最后一个订单的日期是 {last}",
        ),
        "sign_undated": (
            "our count isn't possible: the marks have no order dates",
            "无法统计：标记没有下单日期",
        ),
        "sign_cancelled": (
            "our count: an upper bound, cancellations by buyers are in it",
            "我们的统计：上限值，其中包含买家自行取消的订单",
        ),
    }
)
