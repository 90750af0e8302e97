"""The workbook's own texts in Chinese: what its cells, notes, buttons and charts say before a formula is worked out.

The sheets' code holds the English texts; this is the catalogue that the Chinese workbook is written with. Names of
sheets, of Amazon's columns and of formulas are the same in both, so a Chinese text names a sheet by its English name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from odr_xl.labels import selftest

#: English text to the Chinese one: a whole cell, note, caption, or a whole literal between quotes in a formula.
TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Start.
        "Start": "开始",
        "Your Order Defect Rate from the files that Amazon lets you download.":
            "用亚马逊提供下载的报告计算您的订单缺陷率。",
        "Refresh…": "刷新…",
        "Folder…": "文件夹…",
        "Recalculate": "重新计算",
        "Amazon's order defect rate": "亚马逊的订单缺陷率",
        " of ": " / ",
        " alerts": " 项警报",
        "Each month": "每个月",
        "1. Download your reports from Seller Central into one folder: All Orders, feedback, returns, Account Health.":
            "1. 在卖家平台把报告下载到同一个文件夹：所有订单、卖家反馈、退货、账户状况。",
        "Where each one is": "各报告的位置",
        "2. Type new A-to-z claims and chargebacks, and how the open ones ended: Amazon offers no download of them.":
            "2. 填入新的亚马逊商城交易保障索赔和信用卡拒付，以及处理中的结果：亚马逊不提供下载。",
        "Claims": "索赔（Claims）",
        "3. Click Refresh… and choose the files, or Folder… for all of a folder. What is there "
        "already isn't added twice.":
            "3. 点击“刷新…”选择文件，或点击“文件夹…”读取整个文件夹。已有的内容不会重复添加。",
        "Dashboard": "仪表盘（Dashboard）",
        "4. Look at the rate, at each account, and at what is said under What now.":
            "4. 查看比率、每个账户，以及“现在怎么办”下面的内容。",
        "What to do": "该做什么",
        "5. Answer feedback, appeal what can be appealed, and compare with the number that Amazon prints.":
            "5. 回复反馈，申诉可以申诉的订单，并与亚马逊显示的数字比较。",
        "Is everything there?": "数据齐了吗？",
        "Table": "表",
        "Rows": "行数",
        "Latest date": "最新日期",
        "missing: nothing can be counted without orders": "缺少：没有订单就什么都算不了",
        "there": "已有",
        "there; nothing newer than ": "已有；最新数据距查看日期 ",
        " days": " 天",
        "none yet: right if nobody left any": "还没有：如果没有人留下反馈，就没有问题",
        "none yet: right if there are none": "还没有：如果确实没有，就没有问题",
        "none yet: the early warning sees no returns": "还没有：预警看不到退货",
        "none yet: not needed, but it fills gaps": "还没有：不是必需，但可以补上遗漏",
        "none yet: no page is checked": "还没有：不检查商品页面",
        "none yet: nothing to compare with": "还没有：没有可以比较的数字",
        "Python, after Recalculate": "Python（点击“重新计算”之后）",
        "not connected": "未连接",
        "Without Python the cells keep the values of the last refresh.": "没有 Python 时，单元格保留上次刷新的数值。",
        # Dashboard.
        "Order defect rate": "订单缺陷率",
        "Orders with negative feedback, an A-to-z claim or a chargeback, as a share of all orders.":
            "有负面反馈、亚马逊商城交易保障索赔或信用卡拒付的订单占全部订单的比例。",
        "Orders in the window": "窗口内的订单",
        "every order received": "收到的全部订单",
        "without ": "不含 ",
        " orders": " 的订单",
        "see the orders": "查看订单",
        "Defective orders": "缺陷订单",
        "each counted once": "每个只算一次",
        "see each of them": "逐个查看",
        "Target": "目标",
        "stay under": "须低于",
        "Early warning: every cause": "预警：全部原因",
        "with orders returned or": "含因商品缺陷而退货",
        "cancelled for a defect": "或取消的订单",
        "Window (order dates)": "窗口（下单日期）",
        "to": "至",
        "No date on Settings, so every order date counts": "Settings 中没有日期，所以全部下单日期都计入",
        "both included": "含首尾两天",
        "as it stood on": "查看日期",
        "Click Refresh… and choose your reports": "请点击“刷新…”选择您的报告",
        "but an account is over the target: see below": "但有账户超过目标：见下方",
        "By channel": "按配送渠道",
        "AFN: Amazon ships. MFN: you ship. Low to high: 95% interval.":
            "AFN：亚马逊配送；MFN：自发货。下限至上限：95% 区间。",
        "Causes": "原因",
        "An order with two causes stands under both.": "有两种原因的订单在两行都出现。",
        "By account": "按账户",
        "Each marketplace and channel by itself: the rates that Amazon judges.":
            "每个站点、每种配送渠道各自的比率，亚马逊按它们考核。",
        "Status": "状态",
        "How this differs from Amazon's page: Account Health shows one channel of one marketplace at a time, ends its "
        "window on a day that Amazon doesn't announce, and shows removed feedback and decided claims up to a week "
        "later. To compare, type the two dates that it prints on Settings.":
            "与亚马逊页面的不同：“账户状况”一次只显示一个站点的一种配送渠道，窗口的截止日亚马逊没有公布，"
            "反馈移除和索赔结果最多要一周后才体现。要比较，请把页面上显示的两个日期填入 Settings。",
        "Data check: OK": "数据检查：OK",
        "Data check: 1 thing to look at": "数据检查：有 1 处需要查看",
        "Data check: ": "数据检查：有 ",
        " things to look at": " 处需要查看",
        "See the list": "查看列表",
        "What now": "现在怎么办",
        "Further defective orders that the target allows": "目标还允许的缺陷订单",
        "Good orders still needed": "还需要的无缺陷订单",
        "Under the target on": "低于目标的日期",
        "Products": "商品",
        "Orders in the window, and the rate": "窗口内的订单与比率",
        "Column chart: orders in the window that ended on each date, with a line of Amazon's order defect rate. The "
        "numbers are in the table beside it.":
            "柱形图：截至各日期的窗口内的订单数，折线为亚马逊的订单缺陷率。数据见旁边的表格。",
        "Defects a week": "每周缺陷",
        "Amazon's events by the week of the order, which begins on this date: what the sparklines show.":
            "亚马逊计入的事件，按下单所在的周（从该日开始）统计，迷你图即据此绘制。",
        "The five with the most defective orders: all of them on Drivers.": "缺陷订单最多的五个，全部见 Drivers。",
        "See all": "查看全部",
        "Orders": "订单",
        "Defective": "缺陷订单",
        "Rate": "比率",
        "Share of defective orders": "占缺陷订单",
        "Note": "说明",
        "Do this first": "先做这些",
        # Charts.
        "Amazon's rate": "亚马逊的比率",
        "Every cause": "全部原因",
        "Warn from": "预警线",
        "Rate of the window that ended on each date": "截至各日期的窗口比率",
        "Solid: in Amazon's rate. Striped: early warning only.": "实心：计入亚马逊的比率；条纹：仅用于预警。",
        "Running share": "累计占比",
        "Which products the defects come from": "缺陷来自哪些商品",
        "No further defect": "不再有新缺陷",
        "Fewer orders": "订单较少",
        "More orders": "订单较多",
        "Estimate with defects still to come": "计入后续缺陷的估计",
        "The rate in the next 75 days": "今后 75 天的比率",
        "Line chart: Amazon's order defect rate and the wider rate for the window that ended on each date, with the "
        "target as a dashed line. The numbers are on the sheet Trend.":
            "折线图：截至各日期的窗口内，亚马逊的订单缺陷率和更广的比率，目标为虚线。数值见工作表 Trend。",
        "Bar chart: orders with negative feedback, A-to-z claims, chargebacks, defect returns and defect cancellations "
        "in the window. The numbers are in the table Causes beside it.":
            "条形图：窗口内有负面反馈、亚马逊商城交易保障索赔、信用卡拒付、缺陷退货和缺陷取消的订单数。"
            "数值见旁边的“原因”。",
        "Column chart: defective orders of each product, most first, with a line of their running share. The numbers "
        "are in the table Products beside it.":
            "柱形图：每个商品的缺陷订单，从多到少，折线为累计占比。数值见旁边的“商品”。",
        "Line chart: the order defect rate in the next 75 days as known defects leave the window, with a band for more "
        "or fewer orders, an estimate with defects still to come, and the target. The numbers are in the table below.":
            "折线图：已知缺陷逐步移出窗口时，今后 75 天的订单缺陷率；另有订单较多和较少的范围、"
            "计入后续缺陷的估计以及目标。数值见下方的表。",
        # Input sheets: titles and where the data are.
        "Seller Central: Reports > Fulfillment > All Orders. Click Refresh… on the Dashboard and choose the file, or "
        "paste its rows below. One row an item; the formulas count each order id once.":
            "卖家平台：数据报告 > 配送 > 所有订单（Reports > Fulfillment > All Orders）。"
            "点击 Dashboard 上的“刷新…”选择文件，或把报告的行粘贴到下面。一个商品一行，公式按订单号去重。",
        "Seller feedback": "卖家反馈",
        "Seller Central: Performance > Feedback > Feedback Manager > Download. Only 1 and 2 stars count. Amazon keeps "
        "a removed feedback in its file sometimes: mark it in the last column.":
            "卖家平台：绩效 > 反馈 > 下载（Performance > Feedback > Feedback Manager > Download）。"
            "只有 1 星和 2 星计入。亚马逊的文件有时仍含已移除的反馈：请在最后一列注明。",
        "A-to-z Guarantee claims": "亚马逊商城交易保障索赔",
        "Seller Central: Performance > A-to-z Guarantee claims. Amazon offers no download, so type one row a claim. "
        "Every claim counts unless it was denied, withdrawn, won on appeal, or its order was cancelled.":
            "卖家平台：绩效 > 亚马逊商城交易保障索赔（Performance > A-to-z Guarantee claims）。"
            "亚马逊不提供下载，请手工填入，每个索赔一行。除被驳回、撤回、申诉成功或订单已取消之外都计入。",
        "Chargebacks": "信用卡拒付",
        "Seller Central: Performance > Chargeback claims. Amazon offers no download, so type one row a chargeback. "
        "Service chargebacks count; fraud chargebacks don't.":
            "卖家平台：绩效 > 信用卡拒付索赔（Performance > Chargeback claims）。"
            "亚马逊不提供下载，请手工填入，每个拒付一行。服务类拒付计入，欺诈类不计入。",
        "Returns": "退货",
        "Seller Central: Reports > Fulfillment > FBA customer returns, and Reports > Return Reports for orders you "
        "ship. Returns are never part of Amazon's rate: they are the early warning.":
            "卖家平台：数据报告 > 配送 > 亚马逊物流买家退货（Reports > Fulfillment > FBA customer returns）；"
            "自发货：数据报告 > 退货报告（Reports > Return Reports）。退货从不计入亚马逊的比率，只用于预警。",
        "Amazon's own list of orders with defects": "亚马逊自己的缺陷订单列表",
        "Seller Central: Performance > Account Health > Order Defect Rate > Download Report. Choose Fulfilled by "
        "first: each channel is a file of its own. What is on this list counts.":
            "卖家平台：绩效 > 账户状况 > 订单缺陷率 > 下载报告"
            "（Performance > Account Health > Order Defect Rate > Download Report）。"
            "先选配送方式，每种各一个文件。列表上的都计入。",
        "Listings": "商品页面",
        "Seller Central: Reports > Inventory > Active Listings Report (Inventory > Inventory Reports). Choose the file "
        "with Refresh…, then fill in the last six columns from the product page. What is blank in a whole column isn't "
        "judged.":
            "卖家平台：库存 > 库存报告 > 在售商品报告（Inventory > Inventory Reports > Active Listings Report）。"
            "点击“刷新…”选择文件，再从商品页面填写后六列。整列空白的项目不检查。",
        "Amazon's own numbers": "亚马逊自己的数字",
        "Performance > Account Health: type what it prints, one row a number, or choose the seller performance report "
        "(JSON or XML) with Refresh…":
            "绩效 > 账户状况（Performance > Account Health）：照抄页面上的数字，一个数字一行；"
            "或点击“刷新…”选择卖家绩效报告（JSON 或 XML）。",
        # Input sheets: notes on the columns.
        "Amazon's order id. An order with two items has two rows and counts once.":
            "亚马逊订单号。有两件商品的订单占两行，只算一次。",
        "The day of the order in the marketplace's own time. It decides in which window the order is.":
            "下单日期，按站点当地时间。它决定订单落在哪个窗口。",
        "Shipped, Pending, Cancelled … All of them count as orders received; Settings can leave cancelled or pending "
        "ones out.":
            "订单状态：Shipped（已发货）、Pending（待处理）、Cancelled（已取消）等，都算收到的订单；"
            "可在 Settings 中排除已取消或待处理的订单。",
        "AFN or Amazon: Amazon ships. MFN or Merchant: you ship. Amazon judges the two apart.":
            "配送渠道。AFN 或 Amazon：亚马逊配送；MFN 或 Merchant：自发货。亚马逊分开考核。",
        "This isn't one of the usual words. Keep it only if Seller Central shows it so.":
            "这不是常用的词。只有卖家平台这样显示时才保留它。",
        "Amazon.com, Amazon.de … Orders of Non-Amazon channels are left out of every rate.":
            "销售渠道：Amazon.com、Amazon.de 等。非亚马逊渠道（Non-Amazon）的订单不计入任何比率。",
        "The day the buyer left the feedback. The window goes by the date of the order instead.":
            "买家留下反馈的日期。窗口按下单日期计算，不按这个日期。",
        "Stars. 1 and 2 are negative, 3 is neutral.": "星级。1、2 星为负面，3 星为中性。",
        "Amazon's order id, such as 113-1234567-1234567. It joins this row to the order on Orders.":
            "亚马逊订单号，例如 113-1234567-1234567，用来对应 Orders 中的订单。",
        "Yours to fill in: a feedback that Amazon removed, the buyer withdrew, or Amazon struck through no longer "
        "counts. Refresh never overwrites this column.":
            "由您填写：亚马逊已移除、买家已撤回或亚马逊已划除的反馈不再计入。刷新不会覆盖这一列。",
        "The day the claim was opened. YYYY-MM-DD or an Excel date.":
            "提出索赔的日期。YYYY-MM-DD 格式或 Excel 日期。",
        "Open, Granted and Refunded after claim count. Denied, Withdrawn, Appeal won and Order cancelled don't.":
            "索赔状态。处理中、已批准、索赔后已退款：计入；已驳回、已撤回、申诉成功、订单已取消：不计入。英文状态也能识别。",
        "In Amazon's words or your own.": "原因，用亚马逊的或您自己的话。",
        "The day the chargeback was filed. YYYY-MM-DD or an Excel date.":
            "提出拒付的日期。YYYY-MM-DD 格式或 Excel 日期。",
        "Service: not received, not as described, no refund … It counts. Fraud doesn't. Unknown counts until you know "
        "better.":
            "类型。服务类（未收到货、与描述不符、未退款等）：计入；欺诈：不计入；未知：查明之前计入。",
        "A chargeback that you won doesn't count.": "状态。胜诉的拒付不计入。",
        "YYYY-MM-DD or an Excel date.": "日期，YYYY-MM-DD 格式或 Excel 日期。",
        "State of the item when it came back. FBA only.": "退回时的商品状况，仅亚马逊物流（FBA）。",
        "Amazon's code or your own words. Faulty, damaged, missing, wrong or not as described is a defect; a change of "
        "mind isn't.":
            "退货原因，亚马逊的代码或您自己的话。质量问题、破损、缺件、发错、与描述不符算缺陷；改变主意不算。",
        "From the report for orders you ship. It doesn't say how the claim ended: enter the claim on Claims.":
            "来自自发货的退货报告。它不说明索赔的结果：请把索赔填入 Claims。",
        "AFN: the FBA report. MFN: the report for orders you ship.": "AFN：亚马逊物流的报告；MFN：自发货的报告。",
        "Yes, or anything but a blank, when the page shows this mark for the order.":
            "页面上该订单有此标记时填“是”，或填任何内容；没有则留空。",
        "Shown by Amazon, and never an order defect.": "亚马逊会列出，但从不算订单缺陷。",
        "Your SKU, as on Orders. It joins the page to its orders. One row a SKU.":
            "您的 SKU，与 Orders 中一致，用来对应订单。一个 SKU 一行。",
        "Amazon's product number. A book's begins with a digit, and its title may be longer.":
            "亚马逊商品编号（ASIN）。图书的编号以数字开头，标题可以更长。",
        "The title of the page. Amazon allows 75 characters since 27 July 2026 (books, music and video: 200).":
            "商品标题。自 2026 年 7 月 27 日起亚马逊最多允许 75 个字符（图书、音乐和影视：200 个）。",
        "Amazon leaves this column blank in its report. Copy the text from the page if you want it checked; a refresh "
        "keeps it.":
            "商品描述。亚马逊的报告中这一列为空。要检查就从页面复制过来；刷新会保留。",
        "Link to the main picture. Amazon leaves it blank mostly; a refresh keeps what you type.":
            "主图链接。亚马逊的报告中多半为空；刷新会保留您填的内容。",
        "Yours: how many pictures the page has. Amazon recommends six.": "由您填写：图片张数。亚马逊建议六张。",
        "Yours: how many bullet points the page has. Five are shown.": "由您填写：五点描述的条数。页面显示五条。",
        "Yours: how many customer reviews the product has.": "由您填写：商品评论数。",
        "Yours: average stars of the product, 1 to 5. Leave it blank when there is no review. These are product "
        "reviews, not seller feedback.":
            "由您填写：商品平均星级，1 至 5。没有评论则留空。这是商品评论，不是卖家反馈。",
        "Yours: you wouldn't sell for less. Your minimum price in Manage Pricing, for example.":
            "由您填写：低于它就不卖。例如“管理定价”（Manage Pricing）中的最低价。",
        "Yours: more would drive buyers away. Your maximum price in Manage Pricing, for example.":
            "由您填写：高于它买家会走。例如“管理定价”（Manage Pricing）中的最高价。",
        "US, DE, JP … as on Orders.": "站点：US、DE、JP 等，与 Orders 中一致。",
        "AFN: Amazon ships. MFN: you ship.": "AFN：亚马逊配送；MFN：自发货。",
        "For the order defect rate, Count is the orders with defects.":
            "指标。Order defect rate：订单缺陷率（Count 填缺陷订单数）；Late shipment rate：迟发率；"
            "Pre-fulfillment cancellation rate：配送前取消率；Valid tracking rate：有效追踪率；"
            "On-time delivery rate：准时送达率。",
        "First order date that Amazon prints above the number.": "亚马逊在数字上方显示的第一个下单日期。",
        "Last order date that Amazon prints above the number.": "亚马逊在数字上方显示的最后一个下单日期。",
        "Orders (or shipments) that the number is about.": "该数字所涉及的订单数（或货件数）。",
        "Orders with defects, late shipments, cancellations … For tracking and delivery: those that were in order.":
            "缺陷订单数、迟发数、取消数等。有效追踪和准时送达填达标的数量。",
        "Amazon's own target, such as 1%.": "亚马逊的目标，例如 1%。",
        # The answers beside the input tables.
        "Score": "评分",
        "0 to 100, and what to mend first. The formula writes these columns: don't type here.":
            "0 至 100 分，以及首先改进什么。这些列由公式写入，请勿在此输入。",
        "Ours beside Amazon's": "我们的数字与亚马逊的对照",
        "Leading signs, never part of the rate": "先行指标，从不计入比率",
        # Result sheets.
        "Defects": "缺陷明细",
        "Every defect event with its order, and by which rule it counts or doesn't. The formula in A4 writes this "
        "sheet: don't type here.":
            "每一条缺陷记录及其订单，以及依据哪条规则计入或不计入。此表由 A4 中的公式写入，请勿在此输入。",
        "Your own decisions": "您自己的决定",
        "No takes the event out of the rate, Yes puts it in, whatever the rules say. Blank: the rules decide.":
            "Order ID：订单号；Cause：原因；Counts：是否计入；Why：理由。"
            "“否”把该记录排除在比率之外，“是”把它计入，不管规则如何。留空：由规则决定。",
        "Days": "每日统计",
        "Orders, defective orders and causes of each day, channel and marketplace. The formula in A4 writes this "
        "sheet, and the Dashboard reads it.":
            "每天、每种配送渠道、每个站点的订单、缺陷订单和原因。此表由 A4 中的公式写入，Dashboard 读取它。",
        "Trend": "趋势",
        "The rate of the window that ended on each date. The formula in A4 writes this sheet, and the chart on the "
        "Dashboard shows it.":
            "截至各日期的窗口比率。此表由 A4 中的公式写入，Dashboard 上的图表显示它。",
        "Actions": "改进措施",
        "What to do first: root causes by weight, each with its remedy, the numbers that say so, and its orders. The "
        "formula in A4 writes this sheet.":
            "先做什么：按权重排列的根本原因，各有对策、依据的数字和相关订单。此表由 A4 中的公式写入。",
        "Plan of action": "行动计划",
        "A draft to correct and send: confirm or delete what stands in brackets. The date of Amazon's notice is on "
        "Settings. The formula in A4 writes this sheet.":
            "修改后提交的草稿：请确认或删除括号中的内容。亚马逊通知的日期在 Settings 中。此表由 A4 中的公式写入。",
        "Appeals": "申诉",
        "Which defective orders to appeal or have removed first, and the rate if you win. Amazon decides. The formula "
        "in A4 writes this sheet.":
            "先申诉或申请移除哪些缺陷订单，以及成功后的比率。由亚马逊决定。此表由 A4 中的公式写入。",
        "Replies": "反馈回复",
        "Negative feedback without a reply, oldest first, with the days left to ask for its removal. Read each text "
        "before you send it. The formula in A4 writes this sheet.":
            "尚未回复的负面反馈，最早的在前，并注明申请移除还剩几天。发送前请逐条阅读。此表由 A4 中的公式写入。",
        # Drivers.
        "Drivers": "缺陷来源",
        "Where the defects are, and what they are about, in the window on Settings.":
            "在 Settings 所定的窗口内，缺陷出在哪里，是什么问题。",
        "Most defective orders first. An order with several products counts under its first one.":
            "缺陷订单最多的在前。有多个商品的订单归入第一个商品。",
        "Reasons": "具体问题",
        "What the buyers' texts and the return reasons say, returns included.":
            "根据买家的文字和退货原因，含退货。",
        "Words": "用词",
        "Words that 1 and 2 star feedback uses more than other feedback.": "1 星和 2 星反馈比其他反馈更常用的词。",
        # Forecast.
        "Forecast": "预测",
        "Known defects leave the window on known days; only the orders to come are expected. The account is chosen on "
        "Settings.":
            "已知缺陷移出窗口的日期是确定的，只有今后的订单是预计的。账户在 Settings 中选择。",
        "What you expect": "您的预计",
        "Compare with the window that ended on": "与截至该日的窗口比较",
        "For why the rate moved. Blank: 30 days before the window on Settings ends.":
            "用于说明比率变化的原因。留空：Settings 所定窗口截止前 30 天。",
        "What if: appeals won": "假设：申诉成功",
        "Orders that would no longer be defective.": "不再算缺陷的订单数。",
        "What if: further defects": "假设：新增缺陷",
        "Orders that would become defective.": "变成缺陷的订单数。",
        "What if: more or fewer orders": "假设：订单增减",
        "-20% for a fifth fewer orders, 20% for a fifth more.": "-20%：订单减少五分之一；20%：增加五分之一。",
        "Orders a day from now on": "今后每天的订单数",
        "Blank: your pace of the last 28 days.": "留空：按最近 28 天的水平。",
        "Defective orders a day from now on": "今后每天的缺陷订单数",
        "Blank: none.": "留空：没有。",
        "Where you stand": "目前状况",
        "How sure the rate is": "比率有多可靠",
        "Why it moved": "变化的原因",
        "What if": "假设",
        "The next 75 days": "今后 75 天",
        "Where each account stands": "各账户的状况",
        # Alerts.
        "Alerts": "警报",
        "Change the blue cells. A crossed threshold says Alert, in words and in colour.":
            "请修改蓝色单元格。越过界限时以文字和颜色显示“警报”。",
        "What is watched": "监控内容",
        "Threshold": "界限",
        "Now": "现在",
        "State": "状态",
        "Why it matters": "为什么重要",
        "Alert": "警报",
        "quiet": "正常",
        "Accounts over the target": "超过目标的账户",
        "Amazon judges each marketplace and channel by itself; the total can be fine while one is not.":
            "亚马逊对每个站点、每种配送渠道分别考核；总数正常，其中一个也可能超标。",
        "So few and the next bad week misses the target. For the account on Settings.":
            "剩得这么少，再有一周不顺就会超标。针对 Settings 中选择的账户。",
        "Highest rate of the next 14 days, known defects": "今后 14 天的最高比率（已知缺陷）",
        "Known defects and your usual orders alone bring the rate there: nothing new has to happen.":
            "只凭已知缺陷和平常的订单量，比率就会到这里，不需要出现新的缺陷。",
        "Highest rate of the next 14 days, with defects still to come": "今后 14 天的最高比率（计入后续缺陷）",
        "An estimate from how late your own feedback and claims arrive.":
            "根据您自己的反馈和索赔通常延迟多久出现所作的估计。",
        "Rise of the rate in 8 days": "8 天内比率的上升",
        "A slow creep shows here before the target is near.": "缓慢的上升在接近目标之前就会显示在这里。",
        "Negative feedback without a reply": "尚未回复的负面反馈",
        "Amazon lets you ask for its removal for a limited time only: see Replies.":
            "亚马逊只在有限的时间内允许申请移除：见 Replies。",
        "Things to look at in your data": "数据中需要查看的地方",
        "What can't be read isn't counted: see the data check on Settings.":
            "读不出来的内容不会计入：见 Settings 中的数据检查。",
        # Settings.
        "Settings": "设置",
        "Change the blue cells. Every formula in this workbook uses them.":
            "请修改蓝色单元格。工作簿中的所有公式都使用它们。",
        "Setting": "设置",
        "Value": "值",
        "What it means": "含义",
        "Choices for leaving out": "可排除的订单",
        "Day you look at": "查看日期",
        "Today's date, or the day you look at. Type it; Refresh fills it in. It doesn't move by itself, so last "
        "month's workbook still shows last month.":
            "今天的日期，或您要查看的日期。可以输入，刷新时也会自动填入。它不会自己往后走，所以上个月的工作簿仍显示上个月。",
        "Type a date, such as 2026-11-20.": "请输入日期，例如 2026-11-20。",
        "Days between the window's end and that day": "窗口截止日与该日相隔的天数",
        "Amazon's window ends some days before today, and Amazon doesn't say how many: 15 in its own example report.":
            "亚马逊的窗口在今天之前若干天截止，具体天数没有公布：其示例报告中为 15 天。",
        "Type a whole number of days from 0 to 366.": "请输入 0 至 366 的整数天数。",
        "Days in the window": "窗口天数",
        "Amazon counts 60 days of order dates, both ends included.": "亚马逊按下单日期计算 60 天，含首尾两天。",
        "Type a whole number of days from 1 to 366.": "请输入 1 至 366 的整数天数。",
        "First day on Account Health": "“账户状况”显示的第一天",
        "The two dates that Account Health prints above the rate. Type both to compare with Amazon's page; leave both "
        "blank to work them out.":
            "“账户状况”在比率上方显示的两个日期。要与亚马逊的页面比较，请填入两个日期；都留空则自动计算。",
        "Last day on Account Health": "“账户状况”显示的最后一天",
        "See above.": "见上。",
        "First order date that counts": "计入的第一个下单日期",
        "Worked out: don't type here.": "自动计算，请勿在此输入。",
        "Last order date that counts": "计入的最后一个下单日期",
        "Day that the window belongs to": "窗口对应的查看日期",
        "Worked out: the day on which Amazon shows this window. Don't type here.":
            "自动计算：亚马逊显示此窗口的日期。请勿在此输入。",
        "The rate must stay under this. A rate of exactly the target misses it.":
            "比率必须低于它。正好等于目标也算未达标。",
        "Type a rate from 0% to 100%, such as 1%.": "请输入 0% 至 100% 的比率，例如 1%。",
        "From here the status is At risk. Amazon has no such level; choose your own.":
            "从这里开始状态为“有风险”。亚马逊没有这条线，请自己选择。",
        "Orders to leave out": "排除的订单",
        "Blank: every order received counts, cancelled and pending ones too. Amazon doesn't say how it counts them; "
        "choose here and compare with the number of orders that Account Health shows.":
            "留空：收到的全部订单都计入，包括已取消（cancelled）和待处理（pending）的。亚马逊没有说明如何计算；"
            "请在此选择，并与“账户状况”显示的订单数比较。",
        "Days to send a plan of action": "提交行动计划的天数",
        "By the source article. Amazon states no such deadline for this rate: go by the e-mail that you received.":
            "根据所依据的文章。亚马逊没有为此比率规定这样的期限：请以收到的邮件为准。",
        "Date of Amazon's notice": "亚马逊通知的日期",
        "The date on the e-mail that asks for a plan of action. The deadline on Plan is counted from it.":
            "要求提交行动计划的邮件的日期。Plan 中的期限从它算起。",
        "Account to look at": "查看的账户",
        "Forecast, Drivers and Plan look at this account: a marketplace, a channel, or both, such as \"US MFN\", "
        "\"DE\" or \"AFN\". Blank: all of them together. Amazon judges each one by itself.":
            "Forecast、Drivers 和 Plan 针对此账户：站点、配送渠道或两者，例如“US MFN”、“DE”或“AFN”。留空：全部合计。"
            "亚马逊对每个账户分别考核。",
        "Language of the results": "结果的语言",
        "en for English, zh for Simplified Chinese (简体中文). The words that the formulas return follow it.":
            "en 为英文，zh 为简体中文。公式返回的文字随之改变。",
        "Data check": "数据检查",
        "OK, or one sentence for each thing to look at. Leave the cells below free.":
            "OK，或者每个需要查看的地方一句话。请让下面的单元格空着。",
        # SelfTest.
        **selftest.TEXTS,
    }
)  # fmt: skip

#: Words of the drop-downs. Each is read exactly like its English twin; a list is Chinese only when all its words are.
CHOICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Yes": "是",
        "No": "否",
        # Feedback and claims.
        "Removed": "已移除",
        "Withdrawn": "已撤回",
        "Struck through": "已划除",
        "Open": "处理中",
        "Granted": "已批准",
        "Refunded after claim": "索赔后已退款",
        "Denied": "已驳回",
        "Appeal won": "申诉成功",
        "Order cancelled": "订单已取消",
        # Chargebacks.
        "Service": "服务类",
        "Fraud": "欺诈",
        "Unknown": "未知",
        "Lost": "败诉",
        "Won": "胜诉",
        # The seller's own decisions.
        "Negative feedback": "负面反馈",
        "A-to-z claim": "亚马逊商城交易保障索赔",
        "Chargeback": "信用卡拒付",
        "Defect return": "缺陷退货",
        "Defect cancellation": "缺陷取消",
    }
)

#: Words of drop-downs that stay. A refresh finds a row of Amazon's numbers by its English metric, and writes it so.
KEPT_CHOICES: Final = frozenset(
    {
        "AFN", "MFN", "en", "zh", "Order defect rate", "Negative feedback", "A-to-z claim", "Chargeback",
        "Late shipment rate", "Pre-fulfillment cancellation rate", "Valid tracking rate", "On-time delivery rate",
    }
)  # fmt: skip

#: Texts that stay: codes that are typed and read, words of results that formulas compare with, Amazon's own headers.
KEPT: Final = frozenset(
    {
        "SKU", "OK", "en", "zh", "cancelled", "pending", "cancelled, pending",
        "Healthy", "At risk", "Over target", "No orders", "Amazon",
        "fulfillment-channel", "Rating", "Claim Status", "Type", "A-to-z Claim", "Fulfilled By", "Negative Feedback",
        "A-to-z Guarantee claim", "Chargeback claim", "Late Shipment", "Pre-fulfillment Cancellation", "Metric",
    }
)  # fmt: skip

#: Formats of dates on the axes of charts.
FORMATS: Final[Mapping[str, str]] = MappingProxyType({"d mmm": "m/d"})
