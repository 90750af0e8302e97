"""Feedback to do and appeals in words, with reply templates.

A reply is read by every buyer: polite, without blame, without a promise of money, without anything that the record
doesn't say. A request is read by Amazon: it says what the seller sees in the comment, and leaves the rest to Amazon.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Keys ``appeal_…``, ``todo_…``, ``ground_…`` (``core.grounds``), ``request_…`` and ``reply_…`` (topics).
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "appeal_rank": ("Rank", "顺序"),
        "appeal_account": ("Account", "账户"),
        "appeal_record": ("What the record says", "记录内容"),
        "appeal_ground": ("Ground", "理由"),
        "appeal_rate": ("Rate now (account)", "当前比率（本账户）"),
        "appeal_won": ("Rate if won (account)", "成功后比率（本账户）"),
        "appeal_best": ("Rate with the best k", "前k个订单均成功后的比率"),
        "appeal_days": ("Days left to ask", "剩余申请天数"),
        "appeal_nothing": ("No order to appeal", "没有可申诉的订单"),
        "appeal_join": ("; ", "；"),
        "appeal_first": (
            "Winning the first order of {account} brings it under {target}.",
            "{account}的第1个订单成功后，比率即低于{target}。",
        ),
        "appeal_first_several": (
            "Winning the first {count} orders of {account} brings it under {target}.",
            "{account}的前{count}个订单均成功后，比率即低于{target}。",
        ),
        "appeal_not_enough": (
            "Winning every order listed for {account} isn't enough to get under {target}.",
            "{account}所列订单即使全部成功，比率也不会低于{target}。",
        ),
        "appeal_no_account": ("your shop", "店铺"),
        "appeal_differs": (
            "The daily counts have {counted} defective orders, the list of defects has {listed}. "
            "Make both from the same orders.",
            "每日统计有{counted}个缺陷订单，缺陷列表有{listed}个。请用同一批订单生成这两张表。",
        ),
        "appeal_over": ("{ground} (too late to ask)", "{ground}（已过申请期限）"),
        "appeal_at_least": (
            "{ground} (at least these days left, as they run from Amazon's message)",
            "{ground}（期限从亚马逊通知之日起算，剩余天数只多不少）",
        ),
        "appeal_perhaps_over": (
            "{ground} (perhaps too late: look up the date of Amazon's message)",
            "{ground}（可能已过期限：请核对亚马逊通知的日期）",
        ),
        "todo_date": ("Date", "日期"),
        "todo_stars": ("Stars", "星级"),
        "todo_comment": ("Comment", "买家评论"),
        "todo_age": ("Days old", "已过天数"),
        "todo_days": ("Days left to ask for removal", "剩余可申请移除天数"),
        "todo_ground": ("Ground for removal", "移除理由"),
        "todo_reply": ("Suggested reply", "建议回复"),
        "todo_request": ("Suggested request", "建议申请内容"),
        "todo_nothing": ("Nothing to do", "没有待处理的反馈"),
        "ground_profane": (
            "obscene words: Amazon may remove it",
            "含有污言秽语：亚马逊可能移除",
        ),
        "ground_personal": (
            "personal data (e-mail or phone number): Amazon may remove it",
            "含有个人信息（邮箱或电话）：亚马逊可能移除",
        ),
        "ground_product": (
            "about the product only: Amazon may remove it as a product review",
            "整条评论只谈商品：亚马逊可能按商品评论移除",
        ),
        "ground_delivery": (
            "about the delivery only, and Amazon shipped the order: may be struck through",
            "整条评论只谈配送，且由亚马逊配送：可能被划除",
        ),
        "ground_shipping": (
            "about a late or missing delivery only: may be struck through if you shipped on time with Buy Shipping",
            "整条评论只谈延误或未送达：如使用“购买配送”服务并按时发货，可能被划除",
        ),
        "ground_either": (
            "about the delivery only: may be struck through if Amazon shipped the order, "
            "or if you shipped on time with Buy Shipping",
            "整条评论只谈配送：如由亚马逊配送，或使用“购买配送”服务并按时发货，可能被划除",
        ),
        "ground_none": ("none: answer it and put it right", "无：请回复买家并解决问题"),
        "ground_unread": (
            "comment not known in full: read it, FEEDBACK_TODO judges it",
            "没有完整评论：请查看原文，并用 FEEDBACK_TODO 判断",
        ),
        "ground_claim_open": (
            "claim is open: answer Amazon in time (48 hours after it asks), or it is granted",
            "索赔处理中：请在亚马逊询问后48小时内回复，否则会批准索赔",
        ),
        "ground_claim_amazon": (
            "claim about the delivery, and Amazon shipped the order: appeal and say so",
            "索赔涉及配送，且由亚马逊配送：申诉时请说明",
        ),
        "ground_claim_shipping": (
            "claim about the delivery: appeal if you shipped on time with Buy Shipping",
            "索赔涉及配送：如使用“购买配送”服务并按时发货，请申诉",
        ),
        "ground_claim_funded": (
            "Amazon paid the claim: ask to take it out of the rate",
            "索赔由亚马逊承担：请申请不计入缺陷率",
        ),
        "ground_claim_decided": (
            "claim was granted: appeal with new evidence",
            "索赔已批准：请凭新证据申诉",
        ),
        "ground_claim_appealed": (
            "appeal is running: answer whatever Amazon asks",
            "申诉处理中：请及时回复亚马逊的询问",
        ),
        "ground_claim_refunded": (
            "you refunded after the claim, which counts: appeal only with new evidence",
            "索赔后才退款，会计入：有新证据才申诉",
        ),
        "ground_claim_lost": ("appeal was lost: it counts until it leaves", "申诉失败：移出窗口前一直计入"),
        "ground_claim_unclear": (
            "claim status not known: look it up on the claims page",
            "索赔状态不明：请在索赔页面核对",
        ),
        "ground_chargeback_unclear": (
            "chargeback type not known: find out whether it is fraud, then it doesn't count",
            "拒付类型不明：请查明是否为欺诈，欺诈类不计入",
        ),
        "ground_chargeback_service": (
            "service chargeback: dispute it with proof of delivery",
            "服务类拒付：请凭妥投证明提出异议",
        ),
        "ground_listed": (
            "only marked as a defect: enter the feedback, claim or chargeback itself",
            "只有缺陷标记：请补录反馈、索赔或拒付本身",
        ),
        "request_profane": (
            "Please review the feedback on order {order_id}. In our view its comment has obscene words, which your "
            "policy on buyer feedback removes.",
            "请审核订单 {order_id} 的买家反馈。我们认为评论中含有污言秽语，符合反馈移除政策。",
        ),
        "request_personal": (
            "Please review the feedback on order {order_id}. In our view its comment has personal data (an e-mail "
            "address or a phone number), which your policy on buyer feedback removes.",
            "请审核订单 {order_id} 的买家反馈。我们认为评论中含有个人信息（邮箱或电话），符合反馈移除政策。",
        ),
        "request_product": (
            "Please review the feedback on order {order_id}. In our view the entire comment is a review of the product "
            "and says nothing about our service.",
            "请审核订单 {order_id} 的买家反馈。我们认为整条评论都是商品评论，没有涉及我们的服务。",
        ),
        "request_delivery": (
            "Please review the feedback on order {order_id}, which Amazon fulfilled. In our view the entire comment is "
            "about the delivery.",
            "请审核订单 {order_id} 的买家反馈。该订单由亚马逊配送，我们认为整条评论只涉及配送。",
        ),
        "request_shipping": (
            "Please review the feedback on order {order_id}. In our view the entire comment is about a late or missing "
            "delivery. Please check whether it was shipped on time with Buy Shipping.",
            "请审核订单 {order_id} 的买家反馈。我们认为整条评论只涉及延误或未送达。"
            "请核实该订单是否使用“购买配送”服务并按时发货。",
        ),
        "request_either": (
            "Please review the feedback on order {order_id}. In our view the entire comment is about the delivery. "
            "Please check whether Amazon fulfilled it, or it was shipped on time with Buy Shipping.",
            "请审核订单 {order_id} 的买家反馈。我们认为整条评论只涉及配送。"
            "请核实该订单是否由亚马逊配送，或使用“购买配送”服务并按时发货。",
        ),
        "reply_no_answer": (
            "Thank you for telling us. We are sorry that you didn't get the help you needed. Please write to us once "
            "more through your orders on Amazon; we will read it and answer you.",
            "感谢您的反馈。很抱歉没有及时帮到您。请通过亚马逊“我的订单”再次联系我们，我们会认真阅读并回复您。",
        ),
        "reply_not_received": (
            "We are sorry that your order hasn't reached you. Please write to us through your orders on Amazon. We "
            "will check where it is and tell you what can be done.",
            "很抱歉您还没有收到商品。请通过亚马逊“我的订单”联系我们，我们会查询订单的去向，并告诉您可以怎样处理。",
        ),
        "reply_missing_parts": (
            "We are sorry that something was missing from your order. Please tell us through your orders on Amazon "
            "what it is, and we will look for a solution with you.",
            "很抱歉您收到的商品不完整。请通过亚马逊“我的订单”告诉我们缺少什么，我们会与您一起解决。",
        ),
        "reply_wrong_item": (
            "We are sorry that you didn't get the item you ordered. Please tell us through your orders on Amazon what "
            "arrived, so that we can look for a solution with you.",
            "很抱歉您收到的不是所订购的商品。请通过亚马逊“我的订单”告诉我们收到了什么，我们会与您一起解决。",
        ),
        "reply_damaged": (
            "We are sorry that your order was damaged. Please write to us through your orders on Amazon, if you can "
            "with a photo, so that we can look for a solution with you.",
            "很抱歉您收到的商品有破损。请通过亚马逊“我的订单”联系我们，如方便请附上照片，我们会与您一起解决。",
        ),
        "reply_faulty": (
            "We are sorry that the item isn't as good as it should be. Please tell us through your orders on Amazon "
            "what happens, so that we can look for a solution with you.",
            "很抱歉商品没有达到应有的质量。请通过亚马逊“我的订单”告诉我们具体情况，我们会与您一起解决。",
        ),
        "reply_not_as_described": (
            "We are sorry that the item isn't what you expected from its page. Please tell us through your orders on "
            "Amazon what differs. We will check the page and look for a solution with you.",
            "很抱歉商品与您根据页面所预期的不同。请通过亚马逊“我的订单”告诉我们差异之处，"
            "我们会核对页面并与您一起解决。",
        ),
        "reply_late": (
            "We are sorry that you had to wait for your order. Thank you for telling us; we will look at what held it "
            "up. If we can still help you, please write to us through your orders on Amazon.",
            "很抱歉让您久等了。感谢您的反馈，我们会查明延误的原因。如果还需要帮助，请通过亚马逊“我的订单”联系我们。",
        ),
        "reply_refund": (
            "We are sorry for the trouble. Please write to us through your orders on Amazon. We will check where your "
            "request stands and answer you.",
            "很抱歉给您带来不便。请通过亚马逊“我的订单”联系我们，我们会核实您的申请进展并回复您。",
        ),
        "reply_general": (
            "Thank you for your feedback. We are sorry that you weren't satisfied with this order. Please tell us "
            "through your orders on Amazon what went wrong, so that we can look for a solution with you.",
            "感谢您的反馈。很抱歉这次购物没有让您满意。请通过亚马逊“我的订单”告诉我们哪里出了问题，我们会与您一起解决。",
        ),
    }
)
