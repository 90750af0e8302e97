"""The texts of the sheet SelfTest in Chinese; ``labels.workbook`` adds them to its catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_HAND: Final = "hand calculation: "

#: What is tested, the frame of the sheet, and the titles of its tables.
_TEXTS: Final = {
    "SelfTest": "自检",
    "Each formula with values worked out by hand, on invented orders. Your own data change nothing here.":
        "用虚构的订单检验每个公式，预期值均为手工计算。您自己的数据不影响此表。",
    "All ": "全部 ",
    " checks pass": " 项检查通过",
    " checks fails: see the row in red": " 项检查未通过：见红色行",
    " checks fail: see the rows in red": " 项检查未通过：见红色行",
    "When a row fails, trust no number of its formula. Click Recalculate; if it still fails, send the row and the "
    "version above to whoever gave you this workbook.":
        "某一行未通过时，不要相信该公式的任何数字。请点击“重新计算”；若仍未通过，请把该行和上方的版本号发给提供此工作簿的人。",
    "What is tested": "检验内容",
    "Formula": "公式",
    "Expected": "预期值",
    "Actual": "实际值",
    "Passes": "通过",
    "Where the expected value comes from": "预期值的来源",
    "The invented orders that the formulas read": "公式读取的虚构订单",
    "Twelve orders: the second has two causes, the fourth was returned": "十二个订单：第二个有两种原因，第四个被退货",
    "Feedback on three orders": "三个订单的反馈",
    "A-to-z claims": "亚马逊商城交易保障索赔",
    "An order whose date can't be read": "日期无法识别的订单",
    "A page with three pictures": "有三张图片的商品页面",
    "Amazon's own numbers": "亚马逊自己的数字",
    "Larger numbers of orders, as counts a day": "更多的订单，按天计数",
    "Counts a day of the twelve orders": "十二个订单的每日计数",
    "Every defect of the twelve orders": "十二个订单的全部缺陷",
    "Counts a day with feedback and claims": "含反馈和索赔的每日计数",
    "Why the rate moved, and by how much": "比率为何变化、变化多少",
    "10 of 100 orders returned for a defect are 10%": "100 个订单中有 10 个因缺陷退货，为 10%",
    "An order with two causes counts once": "有两种原因的订单只算一次",
    "A return is no defect in Amazon's rate": "退货不计入亚马逊的比率",
    "Both ends of a window count": "窗口含首尾两天",
    "The order date decides: feedback of December belongs to its order of October":
        "以下单日期为准：12 月的反馈属于 10 月的订单",
    "The order date decides: that feedback is not in December's rate": "以下单日期为准：该反馈不计入 12 月的比率",
    "One account alone": "只看一个账户",
    "No orders in the window are #N/A, never 0%": "窗口内没有订单时为 #N/A，绝不是 0%",
    "A date that can't be read is an error, never a rate": "日期无法识别时为错误，绝不给出比率",
    "The data check says what is wrong with it": "数据检查说明错在哪里",
    "The data check finds nothing else": "数据检查没有其他发现",
    "Causes: orders with several of them": "原因：有多种原因的订单",
    "Causes: each defective order once": "原因：每个缺陷订单只算一次",
    "Counts a day: two orders of November 19": "每日计数：11 月 19 日有两个订单",
    "A denied claim doesn't count": "已驳回的索赔不计入",
    "An order of 2021-10-29 leaves the window after 75 days": "2021-10-29 的订单 75 天后离开窗口",
    "1 of 100 misses the target": "100 个中有 1 个：未达标",
    "1 of 101 meets the target, barely": "101 个中有 1 个：刚好达标",
    "No orders have no status": "没有订单就没有状态",
    "Results in Chinese": "中文结果",
    "100 orders without a defect leave room for none": "100 个订单没有缺陷：没有余量",
    "101 orders without a defect leave room for one": "101 个订单没有缺陷：余量为 1",
    "5 of 369: good orders until the target is met": "369 个中有 5 个：达标还需的无缺陷订单",
    "1 of 40 may be as much as 12.88%": "40 个中有 1 个：最高可能为 12.88%",
    "Each account by itself: US MFN": "每个账户单独看：US MFN",
    "Rate of the last window with the order of October 29": "含 10 月 29 日订单的最后一个窗口的比率",
    "Rate one day later, without it": "一天后不含该订单的比率",
    "The same day, seen ahead": "提前看到的同一天",
    "The rate is under the target again on": "比率重新低于目标的日期",
    "Two appeals won and a fifth fewer orders: good orders still needed":
        "两次申诉成功、订单减少五分之一：还需的无缺陷订单",
    "Why the rate moved: the change": "比率为何变化：变化值",
    "Why the rate moved: its three parts add up to it": "比率为何变化：三个部分之和等于变化值",
    "Rate of one product": "一个商品的比率",
    "The word of negative feedback": "负面反馈中的词",
    "Root cause of most defective orders": "缺陷订单最多的根本原因",
    "Rate of the account if the first appeal is won": "第一个申诉成功后该账户的比率",
    "Days left to ask for removal of feedback": "申请移除反馈的剩余天数",
    "Deadline of a plan of action": "行动计划的期限",
    "Score of a page with 3 of 6 pictures": "6 张图片中有 3 张的页面得分",
    "Our count beside Amazon's": "我们的计数与亚马逊的比较",
    "A leading sign: 6 of 200 late": "先行指标：200 个中有 6 个迟发",
    "the article: 10 of 100": "文章：100 个中有 10 个",
    "Amazon, G200285170: feedback, claims and chargebacks only; 1 of 12":
        "亚马逊 G200285170：只计反馈、索赔和拒付；12 个中有 1 个",
    "a rate of no orders doesn't exist": "没有订单就没有比率",
    "February has no 31st day": "2 月没有 31 日",
    "the tables on this sheet have no error": "此表中的数据没有错误",
    "Amazon, G202041210: denied claims don't count": "亚马逊 G202041210：已驳回的索赔不计入",
    "Amazon, G200285170: strictly under 1%": "亚马逊 G200285170：必须低于 1%",
    "the Chinese word for Over target": "“超过目标”的中文",
    "it stands in both negative comments and in no other": "两条负面评论中都有，其他评论中没有",
    "the article: 17 days after the notice, 2022-01-07": "文章：通知日期 2022-01-07 之后 17 天",
}  # fmt: skip

#: What follows "hand calculation: ".
_CALCULATIONS: Final = {
    "2 of 12 orders, with 3 marks": "12 个订单中有 2 个，共 3 个标记",
    "the orders of both dates, 1 of 2": "首尾两天的订单，2 个中有 1 个",
    "the only order until October 28": "10 月 28 日之前唯一的订单",
    "0 of 5 orders": "5 个订单中有 0 个",
    "1 of 5 orders": "5 个订单中有 1 个",
    "feedback and a chargeback on the second order": "第二个订单有反馈和拒付",
    "the second and the fourth order": "第二个和第四个订单",
    "the fifth and the sixth order": "第五个和第六个订单",
    "60 days of window, 15 until it ends": "窗口 60 天，截止前 15 天",
    "0.99% is under 1% and over 0.75%": "0.99% 低于 1%，高于 0.75%",
    "1 of 100 is not under 1%": "100 个中有 1 个不低于 1%",
    "1 of 101 is under 1%, 2 are not": "101 个中有 1 个低于 1%，2 个则不然",
    "5 of 501 is under 1%; 501 - 369": "501 个中有 5 个低于 1%；501 - 369",
    "Wilson's interval of 1927 for 1 of 40 at 95%": "威尔逊区间（1927 年），40 个中有 1 个，95%",
    "1 of the 4 orders from October 25 to December 23": "10 月 25 日至 12 月 23 日的 4 个订单中有 1 个",
    "1 of the 10 orders from October 29 to December 27": "10 月 29 日至 12 月 27 日的 10 个订单中有 1 个",
    "0 of 9 orders": "9 个订单中有 0 个",
    "on January 11 the order is still in the window": "1 月 11 日该订单仍在窗口内",
    "2021-10-29 and 75 days": "2021-10-29 加 75 天",
    "3 of 295; 3 of 301 is under 1%": "295 个中有 3 个；301 个中有 3 个低于 1%",
    "3 of 250 less 3 of 300": "250 个中有 3 个，减去 300 个中有 3 个",
    "1 of 7 orders of kettles": "7 个水壶订单中有 1 个",
    "2 of 4 defective orders arrived broken": "4 个缺陷订单中有 2 个到货时已损坏",
    "4 of 5 orders, less 1": "5 个订单中有 4 个，减去 1 个",
    "90 days, 18 of them over": "90 天，已过 18 天",
    "8 points for a picture, 2 for each; 14 of 20": "有图片得 8 分，每张 2 分；20 分中得 14 分",
    "12 - 13": "12 - 13",
    "6 of 200": "200 个中有 6 个",
}

#: English text to the Chinese one.
TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    _TEXTS | {f"{_HAND}{english}": f"手工计算：{chinese}" for english, chinese in _CALCULATIONS.items()}
)
