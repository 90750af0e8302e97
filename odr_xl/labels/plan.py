"""Actions and the plan of action in words.

A remedy (``core.remedies``) has three sentences: what to do, what the seller may say was done, and what will be done.
Only the seller knows what is true, so the last two keep their blanks in brackets and never name a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_HEADERS: Final = {
    "plan_rank": ("Rank", "排名"),
    "plan_root": ("Root cause", "根本原因"),
    "plan_defective": ("Defective orders", "缺陷订单数"),
    "plan_do": ("Do this", "应对措施"),
    "plan_why": ("Why", "依据"),
    "plan_ids": ("Order IDs", "相关订单号"),
    "plan_part": ("Part", "部分"),
    "plan_text": ("Text", "内容"),
    "plan_part_status": ("Status", "状态"),
    "plan_part_deadline": ("Deadline", "截止日期"),
    "plan_part_summary": ("Summary", "概况"),
    "plan_part_check": ("Check this", "请核对"),
    "plan_part_root": ("1 Root cause", "1 根本原因"),
    "plan_part_done": ("2 What was done", "2 已采取的纠正措施"),
    "plan_part_will": ("3 Prevention", "3 预防措施"),
    "plan_part_last": ("Before you send it", "发送前"),
}

_SENTENCES: Final = {
    "plan_nothing": ("No defect in these dates: nothing to do.", "所选日期内没有缺陷订单，无需采取措施。"),
    # Parts of sentences
    "plan_list": (", ", "、"),
    "plan_both": ("{first}; {second}", "{first}；{second}"),
    "plan_named": ("{name}: {text}", "{name}：{text}"),
    "plan_with_cause": ("{topic} ({cause})", "{topic}（{cause}）"),
    "plan_early": ("{name} (early warning)", "{name}（预警）"),
    "plan_and_more": ("{ids} and {count} more", "{ids} 等，另有 {count} 个"),
    "plan_one_day": ("{count} day", "{count} 天"),
    "plan_days": ("{count} days", "{count} 天"),
    "plan_one_negative_feedback": ("{count} negative feedback", "负面反馈 {count} 个"),
    "plan_many_negative_feedback": ("{count} negative feedback", "负面反馈 {count} 个"),
    "plan_one_a_to_z_claim": ("{count} A-to-z claim", "亚马逊商城交易保障索赔 {count} 个"),
    "plan_many_a_to_z_claim": ("{count} A-to-z claims", "亚马逊商城交易保障索赔 {count} 个"),
    "plan_one_chargeback": ("{count} chargeback", "信用卡拒付 {count} 个"),
    "plan_many_chargeback": ("{count} chargebacks", "信用卡拒付 {count} 个"),
    "plan_one_defect_return": ("{count} return", "缺陷退货 {count} 个"),
    "plan_many_defect_return": ("{count} returns", "缺陷退货 {count} 个"),
    "plan_one_defect_cancellation": ("{count} cancellation", "缺陷取消 {count} 个"),
    "plan_many_defect_cancellation": ("{count} cancellations", "缺陷取消 {count} 个"),
    # Why an action was chosen
    "plan_why_amazon": ("{count} of {total} defective orders: {kinds}", "{total} 个缺陷订单中的 {count} 个：{kinds}"),
    "plan_why_returns": (
        "{count} of {total} orders returned or cancelled for a defect: {kinds}; never in Amazon's rate",
        "因缺陷退货或取消的 {total} 个订单中的 {count} 个：{kinds}；不计入亚马逊订单缺陷率",
    ),
    "plan_why_counted_amazon": (
        "{count} of the {total} defects in the breakdown; it names no orders",
        "明细表所列 {total} 个缺陷中的 {count} 个；表中没有订单号",
    ),
    "plan_why_counted_returns": (
        "{count} of the {total} returns and cancellations in the breakdown; never in Amazon's rate",
        "明细表所列 {total} 个退货和取消中的 {count} 个；不计入亚马逊订单缺陷率",
    ),
    "plan_why_sku": ("{count} of {orders} are SKU {sku}", "{orders} 个中有 {count} 个为 SKU {sku}"),
    "plan_by": (
        "{what}: {count} of {orders} orders of this root cause",
        "{what}：此原因的 {orders} 个订单中有 {count} 个",
    ),
    "plan_by_kind": ("{what}: {count} of {total} defective orders", "{what}：{total} 个缺陷订单中有 {count} 个"),
    "plan_by_sku": ("SKU {sku}", "SKU {sku}"),
    "plan_by_peak": ("Ordered in November or December", "下单时间在 11 月或 12 月"),
    "plan_by_afn": ("Delivered by Amazon", "由亚马逊配送"),
    "plan_by_others": ("Not delivered by Amazon", "非亚马逊配送"),
    # The plan: before its three parts
    "plan_not_asked": (
        "No plan of action is asked for as far as these numbers show: the rate is under the target. Keep this "
        "draft in case Amazon writes.",
        "就这些数据来看，订单缺陷率低于目标，无需提交行动计划。草稿可留作备用，以便亚马逊来信时使用。",
    ),
    "plan_due": (
        "Send it by {due} ({days} after the notice of {notice}; check the date in Amazon's e-mail). {left}",
        "请在 {due} 之前（含当日）提交行动计划（自 {notice} 收到通知起 {days}；请以亚马逊邮件中的日期为准）。{left}",
    ),
    "plan_left": ("{days} left on {day}.", "截至 {day} 还剩 {days}。"),
    "plan_last_day": ("{day} is the last day.", "{day} 是最后一天。"),
    "plan_over": ("Overdue by {days} on {day}.", "截至 {day} 已逾期 {days}。"),
    "plan_no_notice": (
        "Type the date of Amazon's notice (notice, or Settings in the workbook): the day by which to send the "
        "plan then stands here.",
        "请填写亚马逊通知的日期（在工作簿的 Settings 表中），此处将显示提交行动计划的截止日期。",
    ),
    "plan_summary": (
        "{account}: {defective} of {orders} orders of {start} to {end} are defective, {rate}; the target is under "
        "{target}.",
        "{account}：{start} 至 {end} 共有 {orders} 个订单，"
        "其中缺陷订单 {defective} 个，订单缺陷率 {rate}，目标为低于 {target}。",
    ),
    "plan_all_accounts": ("All accounts together", "全部账户合计"),
    "plan_all_orders": ("All orders", "全部订单"),
    "plan_accounts": (
        "These are several accounts: {names}. Amazon judges each by itself: name one of them "
        "(account, or Settings in the workbook).",
        "数据包含多个账户：{names}。亚马逊对每个账户分别考核，请指定其中一个账户（在工作簿的 Settings 表中）。",
    ),
    "plan_differs": (
        "The daily counts have {counted} defective orders in these dates, the list of defects names {listed}. "
        "Give ODR_DAYS the same defects.",
        "每日统计在所选日期内有 {counted} 个缺陷订单，缺陷清单中有 {listed} 个。请为两个公式提供相同的缺陷数据。",
    ),
    # The plan: its three parts
    "plan_none": ("The list of defects names no order of these dates.", "缺陷清单中没有所选日期内的订单。"),
    "plan_topic": (
        "{name}: {count} of {total} defective orders ({share}): {kinds}.{skus} Reason: {reason}",
        "{name}：{total} 个缺陷订单中有 {count} 个（{share}）：{kinds}。{skus}原因：{reason}",
    ),
    "plan_skus": (" SKU: {skus}.", "SKU：{skus}。"),
    "plan_sku": ("{sku} ({count})", "{sku}（{count}）"),
    "plan_skus_more": ("{skus} and {count} more", "{skus} 等，另有 {count} 个"),
    "plan_continued": ("{name}, continued", "{name}（续）"),
    "plan_confirm": ("{name}: [Confirm or delete] {text}", "{name}：【确认或删除】{text}"),
    "plan_last": (
        "Read it aloud. Correct it, fill in every bracket, delete what isn't true, and add proof: tracking, "
        "invoices, messages. Amazon checks.",
        "请通读全文：改正错误，填好每个括号，删去不属实的内容，并附上物流追踪、发票、往来消息等证据。亚马逊会核实。",
    ),
}

#: What the seller has to find out about each topic: Amazon refuses plans without detail on the root cause.
_REASONS: Final = {
    "no_answer": ("[who answers messages, why it took too long]", "【由谁回复消息、为何拖延】"),
    "not_received": (
        "[which carrier, which tracking, where parcels were lost]",
        "【哪家承运人、有无追踪、在哪里丢失】",
    ),
    "missing_parts": ("[at which step parts were left out, since when]", "【哪个环节漏件、从何时开始】"),
    "wrong_item": ("[how items were mixed up: label, shelf or listing]", "【如何发错：标签、库位或商品信息】"),
    "damaged": ("[which packaging and carrier, where it broke]", "【用了什么包装和承运人、在哪里破损】"),
    "faulty": ("[which fault, which batch, which supplier]", "【什么故障、哪个批次、哪家供应商】"),
    "not_as_described": ("[what the page said, what the buyer got]", "【页面如何描述、买家收到什么】"),
    "late": ("[days of handling and transport against the promise]", "【备货和运输用时与承诺时间相差多少】"),
    "refund": ("[which refunds came late, and why]", "【哪些退款延误、为何延误】"),
    "buyer": ("[what the buyer expected, what the page left open]", "【买家有何预期、页面缺少什么说明】"),
    "other": ("[read the buyers' words and say what happened]", "【阅读买家原话、写明发生了什么】"),
    "not_stated": ("[read the case and say what happened]", "【查看该案件、写明发生了什么】"),
}

_STRATEGIES: Final = {
    "answers": ("Answer buyers and feedback", "回复买家和反馈"),
    "delivery": ("Fast, free delivery", "快速免费配送"),
    "holidays": ("Holiday fulfilment", "旺季配送"),
    "packaging": ("Packaging", "包装"),
    "page": ("Product page", "商品详情页"),
    "watch": ("Watch the listing", "监控商品信息"),
}

_DO: Final = {
    "answer": (
        "name one person and a deputy who answer every buyer's message within 24 hours, at weekends too.",
        "指定专人及替补，24 小时内回复每条买家消息，周末也不例外。",
    ),
    "feedback": (
        "solve the buyer's problem, reply to the feedback, and request its removal where Amazon allows it: "
        "obscene words, personal data, only a product review, only Amazon's delivery.",
        "解决买家的问题并回复反馈；符合亚马逊规定的可申请移除：含污言秽语、含个人信息、仅评论商品、仅涉及亚马逊配送。",
    ),
    "strike": (
        "Amazon delivered these orders: have feedback that is only about the delivery struck through in Feedback "
        "Manager, and appeal such claims.",
        "这些订单由亚马逊配送：仅涉及配送的反馈可在反馈管理器中申请划除，此类索赔可以申诉。",
    ),
    "delivery": (
        "ship on time and with tracking; Buy Shipping labels protect from delivery claims; let Amazon fulfil what "
        "you can't deliver in time.",
        "按时发货并提供有效追踪；使用亚马逊购买配送服务可免受配送类索赔影响；无法按时送达的商品改由亚马逊配送。",
    ),
    "holidays": (
        "before the peak weeks book carriers and packers, build up stock, and set handling times that you can keep.",
        "旺季前预订承运人和打包人手、备足库存，并设置能够做到的备货时间。",
    ),
    "packaging": (
        "stronger box, padding on every side, a drop test; another carrier where it breaks all the same.",
        "使用更结实的箱子、四周填充缓冲物并做跌落测试；仍然破损的更换承运人。",
    ),
    "contents": (
        "check the contents against a packing list, weigh the parcel before it is closed, and say on the page "
        "what is in the box.",
        "按装箱单核对内容并在封箱前称重；在商品详情页写明包装内含物品。",
    ),
    "picking": (
        "scan the item against the order before packing, keep look-alikes apart, check barcodes and variations.",
        "打包前扫码核对订单，相似商品分开存放，检查条码和变体。",
    ),
    "page": (
        "make title, pictures and description say exactly what is sent: size, colour, material, parts, what it "
        "doesn't do.",
        "标题、图片和描述要与实物完全一致：尺寸、颜色、材质、配件、不适用的情况。",
    ),
    "watch": (
        "set alerts for changes of the page, new reviews and other sellers on it; report who sends something else.",
        "对页面变更、新评论和跟卖卖家设置提醒；发现货不对板的跟卖及时举报。",
    ),
    "quality": (
        "Take the item off sale until a sample of the stock is tested; return the faulty batch to the supplier "
        "and test each new one first.",
        "先下架该商品并抽检库存；问题批次退回供应商，新批次检验合格后再上架。",
    ),
    "refund": (
        "Answer return requests within two days and refund as soon as the item is back: a refund before a claim "
        "leaves no claim.",
        "两天内处理退货请求，收到退货后立即退款：在索赔之前退款可避免索赔。",
    ),
    "ask": (
        "Find out what went wrong: read the case and the messages in Seller Central and write the reason in your "
        "sheet.",
        "查明原因：在卖家平台查看案件和消息，并把原因写入表格。",
    ),
    "stock": (
        "Keep a minimum stock, match your system with the shelf every day, and check items before you offer them.",
        "设置最低库存，每天核对系统与实物，上架前检查商品。",
    ),
    "claim_answer": (
        "Answer Amazon's questions about a claim within 72 hours; appeal within 30 days when you have new facts.",
        "72 小时内答复亚马逊的询问；如有新证据，在决定后 30 天内申诉。",
    ),
    "claim_refund": (
        "Settle it before it becomes a claim: answer the buyer within 48 hours and offer a refund, a replacement or a "
        "return.",
        "在索赔之前解决：48 小时内答复买家，主动提供退款、换货或退货。",
    ),
    "claim_delivery": (
        "Send with tracking, expensive orders with signature: without proof of delivery Amazon will likely grant "
        "the claim.",
        "发货须有有效追踪，高价订单须签收确认：没有送达证明，索赔很可能判给买家。",
    ),
    "chargeback_answer": (
        "Answer the bank's request that Amazon sends you within 7 days, with tracking and messages, or refund at once.",
        "7 天内答复亚马逊转来的银行询问，附上物流追踪和往来消息，或立即退款。",
    ),
    "chargeback_proof": (
        "Keep ship date, carrier, tracking and signature for 6 months; send only to the address that Amazon gives.",
        "发货日期、承运人、追踪编号和签收记录保存 6 个月，只发往亚马逊提供的地址。",
    ),
    "chargeback_name": (
        "Let the buyer recognise the order: shop name, order id and a way to reach you on the packing slip.",
        "让买家认得出这笔订单：装箱单上写明店铺名称、订单号和联系方式。",
    ),
}

_DONE: Final = {
    "answer": (
        "We answered all open messages of these orders on [date] and settled each case with the buyer.",
        "我们已于【日期】回复这些订单的全部未处理消息，并与买家逐一解决。",
    ),
    "feedback": (
        "We solved the problem behind each negative feedback, replied to it on [date], and requested removal of "
        "[order ids], where Amazon's rules allow it.",
        "我们已逐一解决负面反馈所涉问题，于【日期】作出回复，并对【订单号】按亚马逊规定申请移除。",
    ),
    "strike": (
        "Amazon delivered these orders. On [date] we asked Amazon to strike through the feedback that is only "
        "about the delivery.",
        "这些订单由亚马逊配送。我们已于【日期】申请划除仅涉及配送的反馈。",
    ),
    "delivery": (
        "On [date] we checked the tracking of these orders, wrote to the buyers, and sent again or refunded what "
        "hadn't arrived.",
        "我们已于【日期】核查这些订单的物流追踪、联系买家，并对未送达的订单补发或退款。",
    ),
    "holidays": (
        "On [date] we set the handling time to [number] days, which our packing can keep in the peak weeks.",
        "我们已于【日期】将备货时间设为【数量】天，确保旺季也能做到。",
    ),
    "packaging": (
        "We replaced or refunded the damaged items on [date], and changed the packaging of [SKU] to [box and padding].",
        "我们已于【日期】对破损商品换货或退款，并将【SKU】的包装改为【箱子和缓冲物】。",
    ),
    "contents": (
        "We sent the missing parts or refunded the buyers on [date], and searched the stock of [SKU] for "
        "incomplete sets.",
        "我们已于【日期】补寄缺件或退款，并排查了【SKU】的库存。",
    ),
    "picking": (
        "We sent the right item or refunded the buyers on [date], and corrected labels and shelves of [SKU].",
        "我们已于【日期】补发正确商品或退款，并更正了【SKU】的标签和库位。",
    ),
    "page": (
        "We compared the page of [SKU] with the item on [date], corrected [title, pictures, description], and "
        "refunded the buyers.",
        "我们已于【日期】将【SKU】的详情页与实物比对，更正了【标题、图片、描述】，并向买家退款。",
    ),
    "watch": (
        "On [date] we checked the listing of [SKU] for changed details and other sellers, and reported [what "
        "didn't belong there].",
        "我们已于【日期】检查【SKU】的商品信息和跟卖卖家，并举报了【不符之处】。",
    ),
    "quality": (
        "We refunded or replaced the faulty items, took [SKU] off sale on [date], and tested [number] units of "
        "the stock: [result].",
        "我们已对问题商品退款或换货，于【日期】下架【SKU】，并抽检库存【数量】件，结果为【结果】。",
    ),
    "refund": (
        "We refunded these orders in full on [date] and told the buyers.",
        "我们已于【日期】对这些订单全额退款并通知买家。",
    ),
    "ask": (
        "We read the case and the messages of each of these orders on [date]. The reasons were: [reasons].",
        "我们已于【日期】逐一查看这些订单的案件和消息，原因为【原因】。",
    ),
    "stock": (
        "We counted the stock on [date], corrected the quantities, and removed items that can't be sent.",
        "我们已于【日期】盘点库存、更正数量，并下架无法发货的商品。",
    ),
    "claim_answer": (
        "We answered each claim with the facts and the tracking by [date], and refunded [order ids].",
        "我们已在【日期】之前就每个索赔提交事实和物流追踪，并对【订单号】退款。",
    ),
    "claim_refund": (
        "We offered each of these buyers a refund or a replacement by [date].",
        "我们已在【日期】之前向每位买家提供退款或换货。",
    ),
    "claim_delivery": (
        "We gathered tracking and proof of delivery of these orders and sent them to Amazon on [date].",
        "我们已整理这些订单的物流追踪和送达证明，并于【日期】提交给亚马逊。",
    ),
    "chargeback_answer": (
        "We answered each request on [date] with tracking and messages, and refunded [order ids].",
        "我们已于【日期】附上物流追踪和往来消息答复每个询问，并对【订单号】退款。",
    ),
    "chargeback_proof": (
        "We sent Amazon ship date, carrier, tracking and signature of these orders on [date].",
        "我们已于【日期】向亚马逊提交这些订单的发货日期、承运人、追踪编号和签收记录。",
    ),
    "chargeback_name": (
        "Since [date] our packing slip names the shop, the order id and a way to reach us.",
        "自【日期】起，我们的装箱单写明店铺名称、订单号和联系方式。",
    ),
}

_WILL: Final = {
    "answer": (
        "From [date] [name] answers every message within 24 hours, at weekends too; each evening [name] checks "
        "that none is open.",
        "自【日期】起由【姓名】在 24 小时内回复每条消息，周末也不例外；【姓名】每晚检查有无遗漏。",
    ),
    "feedback": (
        "From [date] [name] reads new feedback every working day, solves the problem within [number] days, and "
        "tells the team the reason.",
        "自【日期】起由【姓名】每个工作日查看新反馈，在【数量】天内解决问题，并向团队通报原因。",
    ),
    "strike": (
        "From [date] [name] checks every feedback on an order that Amazon delivered, and asks for strike-through "
        "when it is only about the delivery.",
        "自【日期】起由【姓名】检查亚马逊配送订单的每条反馈，仅涉及配送的申请划除。",
    ),
    "delivery": (
        "From [date] every order leaves within [number] working days with tracking; [name] looks daily for "
        "parcels that don't move and writes to the buyer.",
        "自【日期】起每个订单在【数量】个工作日内发出并提供追踪；【姓名】每天检查停滞的包裹并联系买家。",
    ),
    "holidays": (
        "By [date] [name] books carriers, packers and stock for November and December, and limits offers to what "
        "we can pack each day.",
        "【姓名】在【日期】之前为 11 月和 12 月预订承运人、打包人手和库存，并按每日打包能力控制在售数量。",
    ),
    "packaging": (
        "From [date] [SKU] is sent in [box and padding], drop-tested from [height]; [name] reviews damage reports "
        "every week.",
        "自【日期】起【SKU】使用【箱子和缓冲物】发货，并通过【高度】跌落测试；【姓名】每周查看破损记录。",
    ),
    "contents": (
        "From [date] each parcel of [SKU] is checked against a packing list and weighed; [name] signs the list.",
        "自【日期】起【SKU】的每个包裹按装箱单核对并称重，由【姓名】签字。",
    ),
    "picking": (
        "From [date] every item is scanned against its order before packing; [name] counts the shelves of [SKU] "
        "every week.",
        "自【日期】起每件商品打包前扫码核对订单；【姓名】每周盘点【SKU】的库位。",
    ),
    "page": (
        "From [date] [name] compares title, pictures and description with a unit of every new batch before it "
        "goes on sale.",
        "自【日期】起每个新批次上架前，由【姓名】将标题、图片、描述与实物比对。",
    ),
    "watch": (
        "From [date] [name] checks the listing of [SKU] every week: details, reviews, other sellers.",
        "自【日期】起由【姓名】每周检查【SKU】的商品信息、评论和跟卖卖家。",
    ),
    "quality": (
        "From [date] [name] tests [number] units of every new batch of [SKU] before it goes on sale; a faulty "
        "batch goes back.",
        "自【日期】起【SKU】的每个新批次上架前由【姓名】抽检【数量】件；不合格批次退回。",
    ),
    "refund": (
        "From [date] [name] answers return requests within two days and refunds within [number] days of the return.",
        "自【日期】起由【姓名】在两天内处理退货请求，收到退货后【数量】天内退款。",
    ),
    "ask": (
        "From [date] [name] writes down the reason of every new defect within [number] days, and we go through "
        "them every month.",
        "自【日期】起由【姓名】在【数量】天内记录每个新缺陷的原因，每月复盘。",
    ),
    "stock": (
        "From [date] [name] matches the quantities in our system with the shelf every day.",
        "自【日期】起由【姓名】每天核对系统数量与实物。",
    ),
    "claim_answer": (
        "From [date] [name] looks for new claims every day and answers within 72 hours; [name] is the deputy.",
        "自【日期】起由【姓名】每天查看新索赔并在 72 小时内答复，【姓名】为替补。",
    ),
    "claim_refund": (
        "From [date] [name] answers every complaint within 48 hours with a refund, a replacement or a return label.",
        "自【日期】起由【姓名】在 48 小时内答复每个投诉，提供退款、换货或退货标签。",
    ),
    "claim_delivery": (
        "From [date] every order is sent with tracking, and orders over [amount] with signature.",
        "自【日期】起每个订单都有物流追踪，金额超过【金额】的订单须签收确认。",
    ),
    "chargeback_answer": (
        "From [date] [name] looks for chargebacks every working day and answers within 7 days; [name] is the deputy.",
        "自【日期】起由【姓名】每个工作日查看信用卡拒付并在 7 天内答复，【姓名】为替补。",
    ),
    "chargeback_proof": (
        "From [date] we keep ship date, carrier, tracking and signature of every order for 6 months; [name] "
        "checks it every month.",
        "自【日期】起每个订单的发货日期、承运人、追踪编号和签收记录保存 6 个月，【姓名】每月检查。",
    ),
    "chargeback_name": (
        "From [date] [name] checks that every parcel holds a packing slip with shop name, order id and a way to "
        "reach us.",
        "自【日期】起由【姓名】检查每个包裹都附有写明店铺名称、订单号和联系方式的装箱单。",
    ),
}

#: Key ``plan_…`` to the English and the Chinese text.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    _HEADERS
    | _SENTENCES
    | {f"plan_reason_{topic}": texts for topic, texts in _REASONS.items()}
    | {f"plan_strategy_{name}": texts for name, texts in _STRATEGIES.items()}
    | {f"plan_do_{remedy}": texts for remedy, texts in _DO.items()}
    | {f"plan_done_{remedy}": texts for remedy, texts in _DONE.items()}
    | {f"plan_will_{remedy}": texts for remedy, texts in _WILL.items()}
)
