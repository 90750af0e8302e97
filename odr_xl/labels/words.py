"""Headers, causes, and the single words of the formulas' results."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Column and cause names.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "order_id": ("Order ID", "订单号"),
        "order_date": ("Order date", "下单日期"),
        "channel": ("Channel", "配送渠道"),
        "marketplace": ("Marketplace", "站点"),
        "sku": ("SKU", "SKU"),
        "asin": ("ASIN", "ASIN"),
        "cause": ("Cause", "原因"),
        "counts": ("Counts", "计入"),
        "rule": ("Rule", "规则"),
        "source": ("Source", "来源"),
        "source_row": ("Source row", "来源行"),
        "event_date": ("Event date", "事件日期"),
        "detail": ("Detail", "详情"),
        "leaves_on": ("Leaves on", "移出日期"),
        "orders": ("Orders", "订单数"),
        "defective": ("Defective", "缺陷订单"),
        "defective_amazon": ("Defective Amazon", "亚马逊缺陷订单"),
        "defective_returns": ("Defective returns", "退货缺陷订单"),
        "negative_feedback": ("Negative feedback", "负面反馈"),
        "a_to_z_claim": ("A-to-z claim", "亚马逊商城交易保障索赔"),
        "chargeback": ("Chargeback", "信用卡拒付"),
        "defect_return": ("Defect return", "缺陷退货"),
        "defect_cancellation": ("Defect cancellation", "缺陷取消"),
        "several": ("Several", "多种原因"),
        "several_amazon": ("Several Amazon", "亚马逊多种原因"),
        "several_returns": ("Several returns", "退货多种原因"),
        "cancelled": ("Cancelled", "已取消"),
        "pending": ("Pending", "待处理"),
        "left_out": ("Left out", "不计入"),
        "rate": ("Rate", "比率"),
        "rate_all": ("Rate, all causes", "比率（全部原因）"),
        "target": ("Target", "目标"),
        "share": ("Share of defective orders", "占缺陷订单"),
        "amazon": ("In Amazon's ODR", "计入亚马逊ODR"),
        "date": ("Window ends", "窗口截止日"),
        "group": ("Group", "分组"),
        "low": ("Low", "下限"),
        "high": ("High", "上限"),
        "lift": ("Lift", "倍数"),
        "note": ("Note", "说明"),
        "several_causes": ("Orders with several causes", "有多种原因的订单"),
        "defective_orders": ("Distinct defective orders", "缺陷订单（去重）"),
        "all_orders": ("All orders", "全部订单"),
        "yes": ("yes", "是"),
        "no": ("no", "否"),
        "none": ("(none)", "（无）"),
        "small": ("too few orders to judge", "订单太少，无法判断"),
        "healthy": ("Healthy", "健康"),
        "at_risk": ("At risk", "有风险"),
        "over_target": ("Over target", "超过目标"),
        "no_orders": ("No orders", "没有订单"),
        "counts_amazon": ("Amazon", "亚马逊"),
        "counts_returns": ("Wider", "更广"),
        "counts_no": ("No", "否"),
        "counts_events": ("{count} events", "{count} 条记录"),
    }
)
