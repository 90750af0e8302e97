"""The rules' texts (``rules.Rule.text``) in Chinese: what stands in the column "Rule" of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from odr_xl import rules

#: English text of each rule to its Chinese one. The English stays in ``rules``, so that it has one home.
RULINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        rule.text: chinese
        for rule, chinese in (
            (rules.FEEDBACK_NEGATIVE, "1 星或 2 星：计入"),
            (rules.FEEDBACK_NEUTRAL, "3 至 5 星：不是负面反馈"),
            (rules.FEEDBACK_REMOVED, "反馈已移除、撤回或划除：不计入"),
            (rules.FEEDBACK_UNRATED, "没有 1 至 5 星的评级：未计入，请核对"),
            (rules.CLAIM_COUNTS, "索赔未被驳回：计入"),
            (rules.CLAIM_CLEARED, "索赔被驳回、买家撤回、申诉成功或订单已取消：不计入"),
            (rules.CLAIM_UNKNOWN, "无法识别索赔状态：先计入，请核对"),
            (rules.CLAIM_CANDIDATE, "有交易保障索赔标记但没有结果：请登记到索赔表"),
            (rules.CLAIM_DECIDED, "有交易保障索赔标记：以索赔本身的结果为准"),
            (rules.CHARGEBACK_SERVICE, "服务类拒付：计入"),
            (rules.CHARGEBACK_FRAUD, "欺诈类拒付：不计入"),
            (rules.CHARGEBACK_WON, "拒付裁定卖家胜诉：不计入"),
            (rules.CHARGEBACK_UNKNOWN, "无法识别拒付类型：先计入，请核对"),
            (rules.RETURN_DEFECT, "因商品缺陷退货：只计入更广口径"),
            (rules.RETURN_OTHER, "因其他原因退货：不计入"),
            (rules.RETURN_UNKNOWN, "无法识别退货原因：未计入，请核对"),
            (rules.CANCELLED_DEFECT, "因商品缺陷取消：只计入更广口径"),
            (rules.LISTED, "在亚马逊自己的缺陷订单列表中：计入"),
            (rules.MARKED, "订单表中已标记"),
            (rules.MARKED_RETURN, "订单表中已标记：只计入更广口径"),
            (rules.UNMATCHED, "订单表中没有此订单：补上之前不计入"),
            (rules.LEFT_OUT, "不是亚马逊订单：排除"),
            (rules.OMITTED, "已取消或待处理的订单：按您的设置排除"),
            (rules.COUNTS_UNKNOWN, "“计入”列不是“亚马逊”“更广”或“否”：先计入，请核对"),
            (rules.DECIDED_OUT, "由您决定：不计入"),
            (rules.DECIDED_IN, "由您决定：计入"),
            (rules.CAUSE_UNKNOWN, "原因不是任何一种缺陷：未计入，请核对"),
        )
    }
)
