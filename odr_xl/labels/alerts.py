"""Alerts in words: what a notice says, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Key ``alert_…`` to the English and the Chinese text; a key that ends in ``_one`` is the form for the number 1.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "alert_shop": ("Your shop", "您的店铺"),
        "alert_title": ("Order Defect Rate: {count} alerts", "订单缺陷率：{count} 条警报"),
        "alert_title_one": ("Order Defect Rate: {headline}", "订单缺陷率：{headline}"),
        "alert_next": ("Next: {action}", "下一步：{action}"),
        "alert_orders": ("Orders: {orders}", "订单：{orders}"),
        "alert_more": ("{orders} and {count} more", "{orders}，另有 {count} 个"),
        "alert_between": (", ", "、"),
        "alert_looked": (
            "By odr-xl, from your own reports as of {day}. Each alert comes once.",
            "由“odr-xl”根据您自己的报告得出，截至 {day}。每条警报只发送一次。",
        ),
        # What the rate is, and what it was.
        "alert_counts_one": (
            "{defective} of {orders} orders is defective.",
            "{orders} 个订单中有 {defective} 个缺陷订单。",
        ),
        "alert_counts": (
            "{defective} of {orders} orders are defective.",
            "{orders} 个订单中有 {defective} 个缺陷订单。",
        ),
        "alert_change": (
            "{days} days earlier: {before}, by what is known today. Since then: {came}; {left}; {volume}.",
            "{days} 天前：{before}（按今天所知）。此后：{came}；{left}；{volume}。",
        ),
        "alert_room_one": ("The target allows 1 more defective order.", "目标还允许 1 个缺陷订单。"),
        "alert_room": ("The target allows {count} more defective orders.", "目标还允许 {count} 个缺陷订单。"),
        # One headline and one action a kind.
        "alert_over_target": (
            "{account} is over the target: {rate} (target: under {limit})",
            "{account} 超过目标：{rate}（目标：低于 {limit}）",
        ),
        "alert_back": (
            "Without a further defect it is under the target on {day}.",
            "不再出现新缺陷的话，{day} 会低于目标。",
        ),
        "alert_over_target_next": (
            "appeal the first of these orders first (sheet Appeals), and have a plan of action ready (sheet Plan).",
            "先对列在最前的订单申诉（工作表“Appeals”），并准备好行动计划（工作表“Plan”）。",
        ),
        "alert_warning": (
            "{account} is at risk: {rate} (warning from {limit})",
            "{account} 有风险：{rate}（预警线：{limit}）",
        ),
        "alert_warning_next": (
            "appeal the first of these orders, and stop the largest root cause (sheets Appeals and Actions).",
            "先对列在最前的订单申诉，并消除最大的根本原因（工作表“Appeals”和“Actions”）。",
        ),
        "alert_headroom": (
            "{account}: the target allows only {number} more",
            "{account}：目标只允许再有 {number} 个缺陷订单",
        ),
        "alert_headroom_one": (
            "{account}: the target allows only 1 more defective order",
            "{account}：目标只允许再有 1 个缺陷订单",
        ),
        "alert_headroom_none": (
            "{account}: the next defective order misses the target",
            "{account}：再有一个缺陷订单就会超标",
        ),
        "alert_headroom_next": (
            "answer open messages of buyers first, and appeal the first of these orders (sheets Replies and Appeals).",
            "先回复买家未处理的消息，并对列在最前的订单申诉（工作表“Replies”和“Appeals”）。",
        ),
        "alert_forecast": (
            "{account} reaches {limit} on {day} with known defects alone (highest: {rate})",
            "{account} 只凭已知缺陷就会在 {day} 达到 {limit}（最高：{rate}）",
        ),
        "alert_forecast_next": (
            "these defective orders enter the window by then: appeal them or have them removed before (sheet Appeals).",
            "这些缺陷订单届时会进入窗口：请提前申诉或申请移除（工作表“Appeals”）。",
        ),
        "alert_forecast_next_none": (
            "no defect has to be added: orders without one leave the window. See the sheet Forecast.",
            "不需要新增缺陷：没有缺陷的订单正在移出窗口。见工作表“Forecast”。",
        ),
        "alert_estimate": (
            "{account} may reach {limit} by {day} with the defects still to come (highest: {rate})",
            "{account} 计入后续缺陷，可能在 {day} 达到 {limit}（最高：{rate}）",
        ),
        "alert_estimate_next": (
            "an estimate from how late your own feedback and claims arrive. Write to buyers of recent orders that are "
            "late or damaged before they complain.",
            "这是根据您自己的反馈和索赔通常延迟多久出现所作的估计。请在买家投诉之前，联系近期延误或损坏订单的买家。",
        ),
        "alert_creep": (
            "{account} rose by {rise} percentage points in {days} days, to {rate}",
            "{account} 在 {days} 天内上升了 {rise} 个百分点，达到 {rate}",
        ),
        "alert_creep_next": (
            "see which product or reason stands out (sheet Drivers).",
            "查看哪个产品或原因突出（工作表“Drivers”）。",
        ),
        "alert_defect_one": ("A new claim or chargeback", "1 个新的索赔或拒付"),
        "alert_defect": ("{count} new claims or chargebacks", "{count} 个新的索赔或拒付"),
        "alert_defect_item": ("{order} ({cause})", "{order}（{cause}）"),
        "alert_defect_item_account": ("{order} ({account}, {cause})", "{order}（{account}，{cause}）"),
        "alert_defect_item_day": ("{order} ({account}, {cause} of {day})", "{order}（{account}，{day}的{cause}）"),
        "alert_defect_next": (
            "answer it in Seller Central within the time shown there; the sheet Appeals says on which ground.",
            "请在卖家平台显示的期限内处理；工作表“Appeals”说明可用的理由。",
        ),
        "alert_feedback_one": (
            "A negative feedback has had no reply for {days} days or more",
            "1 条负面反馈超过 {days} 天没有回复",
        ),
        "alert_feedback": (
            "{count} negative feedbacks have had no reply for {days} days or more",
            "{count} 条负面反馈超过 {days} 天没有回复",
        ),
        "alert_feedback_oldest": ("The oldest is of {day}.", "最早的一条是 {day} 的。"),
        "alert_feedback_next": (
            "reply, and ask for removal where there is a ground; the oldest first (sheet Replies).",
            "请回复，有理由的申请移除，从最早的开始（工作表“Replies”）。",
        ),
        "alert_stale": (
            "The latest order is of {day}: the data are {number} days old",
            "最新的订单是 {day} 的：数据已有 {number} 天",
        ),
        "alert_stale_next": (
            "download the reports again and put them in: odr-xl refresh, or the Refresh button. Until then no alert "
            "sees what happened since.",
            "请重新下载报告并读入：“odr-xl refresh”或刷新按钮。在此之前，警报看不到之后发生的事。",
        ),
        "alert_plan_one": ("A plan of action is due on {day}: 1 day left", "行动计划须在 {day} 前提交：还剩 1 天"),
        "alert_plan": (
            "A plan of action is due on {day}: {number} days left",
            "行动计划须在 {day} 前提交：还剩 {number} 天",
        ),
        "alert_plan_none": ("A plan of action is due today, {day}", "行动计划须在今天（{day}）提交"),
        "alert_plan_next": (
            "finish the draft on the sheet Plan and send it. Amazon's own e-mail decides the date.",
            "完成工作表“Plan”上的草稿并提交。日期以亚马逊的邮件为准。",
        ),
        "alert_data_one": ("1 row of your data can't be used", "有 1 行数据无法使用"),
        "alert_data": ("{number} rows of your data can't be used", "有 {number} 行数据无法使用"),
        "alert_data_next": (
            "what can't be read isn't counted: odr-xl odr lists the rows, so does the data check on Settings.",
            "读不出来的内容不会计入：“odr-xl odr”会列出这些行，工作表“Settings”的数据检查也会。",
        ),
        # On the screen.
        "alert_goes_on": ("Still: {headline}", "仍在持续：{headline}"),
        "alert_nothing": ("Nothing has crossed a threshold.", "没有越过任何界限。"),
        "alert_sent": ("Alerts sent to {name}: {count}", "已向 {name} 发送警报：{count} 条"),
        "alert_test_title": ("Order Defect Rate: a test", "订单缺陷率：测试"),
        "alert_test": (
            "This is a test of odr-xl alert. Alerts will come to this place.",
            "这是“odr-xl alert”的测试。警报会发送到这里。",
        ),
    }
)
