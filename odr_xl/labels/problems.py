"""What is wrong with the input, in Chinese: a catalogue from the readers' English to Chinese.

The readers say in English what they found, with the numbers already in the sentence. So a sentence is looked up by its
English template: ``"isn't a date between {first} and {last}"`` finds its numbers again, wherever they stand in the
Chinese text. Only the check's own sentences have keys; they are in `WORDS` like every other word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import Final

from odr_xl.labels import words

#: Sentences of ODR_CHECK itself, and what it calls the ranges.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "check_range": ("{range}: {sentence}", "{range}：{sentence}"),
        "check_range_orders": ("orders", "订单区域"),
        "check_range_defects": ("defects", "缺陷区域"),
        "check_range_feedback": ("feedback", "反馈区域"),
        "check_range_claims": ("claims", "索赔区域"),
        "check_range_chargebacks": ("chargebacks", "拒付区域"),
        "check_range_returns": ("returns", "退货区域"),
        "check_range_account_health": ("account_health", "账户状况区域"),
        "check_no_order": (
            "there is no order here, so every rate is #N/A. Paste the All Orders report.",
            "这里没有订单，所以所有比率都是 #N/A。请粘贴“所有订单”报告。",
        ),
        "check_undated": (
            "{count} orders have no date, so they are in no window. Fill in purchase-date.",
            "有 {count} 个订单没有日期，因此不在任何统计窗口内。请填写 purchase-date（购买日期）列。",
        ),
        "check_all_defective": (
            "every order here is defective. This looks like Amazon's list of defects: give it as account_health, "
            "and the All Orders report as orders.",
            "这里的每个订单都有缺陷，看起来是亚马逊的缺陷订单列表。请把它选作账户状况区域，把“所有订单”报告选作订单区域。",
        ),
        "check_event": (
            "{source} row {row}: order {order_id} ({cause}): {rule}.",
            "{source} 第 {row} 行：订单 {order_id}（{cause}）：{rule}。",
        ),
        "check_no_cause": ("no cause", "没有原因"),
        "check_more": ("… and {count} more.", "……另有 {count} 条。"),
    }
)

#: English template of every reason, remedy and error that ODR_CHECK can show, to the Chinese one.
PHRASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Order ids
        "is an order id that Excel has turned into a number; its last digits are lost": (
            "这个订单号已被 Excel 变成数字，末尾几位已经丢失"
        ),
        "isn't an order id": "不是订单号",
        "the row has no order id": "这一行没有订单号",
        "Import the file again with Data > From Text/CSV (or Power Query), the order-id column set to Text before "
        "loading.": "请用“数据 > 从文本/CSV”（或 Power Query）重新导入文件，加载前把 order-id（订单号）列设为文本。",
        "Type the order id, such as 123-1234567-1234567.": "请输入订单号，例如 123-1234567-1234567。",
        "Correct the formula in that cell, or type the order id.": "请更正该单元格的公式，或直接输入订单号。",
        "Fill it in or delete the row.": "请补上，或删除这一行。",
        "the row has no SKU": "这一行没有 SKU",
        # Dates
        "isn't a date": "不是日期",
        "isn't a date between {first} and {last}": "不是 {first} 年至 {last} 年之间的日期",
        "isn't a date in this marketplace's order ({order})": "不符合该站点的日期顺序（{order}）",
        "could be two different days": "可能是两个不同的日期",
        "the order has no date, so it is in no window": "这个订单没有日期，因此不在任何统计窗口内",
        "Use YYYY-MM-DD.": "请使用 YYYY-MM-DD 格式。",
        "Say which marketplace the file is from, or use YYYY-MM-DD.": (
            "请注明文件来自哪个站点，或使用 YYYY-MM-DD 格式。"
        ),
        "Check the marketplace, or use YYYY-MM-DD.": "请核对站点，或使用 YYYY-MM-DD 格式。",
        "Correct the formula in that cell, or type the date as YYYY-MM-DD.": (
            "请更正该单元格的公式，或按 YYYY-MM-DD 格式输入日期。"
        ),
        "Fill in the date as YYYY-MM-DD.": "请按 YYYY-MM-DD 格式补上日期。",
        # Other cells
        "is an Excel error, not {holds}": "是 Excel 错误值，不是{holds}",
        "Correct the formula in that cell.": "请更正该单元格的公式。",
        "isn't a fulfilment channel": "不是配送渠道",
        "Use AFN (Amazon) or MFN (seller).": "请使用 AFN（亚马逊配送）或 MFN（自发货）。",
        "isn't a cause": "不是缺陷原因",
        "Use one of {causes}.": "请使用以下之一：{causes}。",
        "isn't a count": "不是有效的数量",
        "Run ODR_DAYS again.": "请重新运行 ODR_DAYS。",
        "isn't a rating": "不是评级",
        "Use 1 to 5 stars.": "请使用 1 至 5 星。",
        "isn't a number": "不是数字",
        "Type a number.": "请输入数字。",
        "is the header of two columns": "是两列共用的列标题",
        "Column {chosen} is used; rename or delete the other one.": "已使用 {chosen} 列；请重命名或删除另一列。",
        # Amazon's own numbers
        "isn't a target": "不是目标值",
        "isn't this metric's condition": "不是该指标的条件",
        "isn't a metric that is compared": "不是可以对照的指标",
        "isn't a marketplace we know": "不是已知的站点",
        "is more than the {orders} that it is a part of": "大于它所属的总数 {orders}",
        "the row names no metric": "这一行没有写明指标",
        "the report has no metric of any marketplace": "报告中没有任何站点的指标",
        "the report has no metric that is read": "报告中没有可以读取的指标",
        "the report doesn't say its marketplace": "报告没有写明站点",
        "Name the marketplace when you refresh.": "请在刷新时写明站点。",
        "Type it as Amazon shows it, such as 4%.": "请按亚马逊显示的形式输入，例如 4%。",
        "Type the number that Amazon shows.": "请输入亚马逊显示的数字。",
        "Its row is passed over.": "这一行已跳过。",
        "Its target is left out.": "该目标值未采用。",
        "It is left out.": "该值未采用。",
        "It is compared with no orders of ours.": "不会与任何订单对照。",
        "Compare it with Account Health.": "请与“账户状况”页面核对。",
        "That is right for an account without orders.": "如果账户没有订单，这是正常的。",
        # Ranges
        "The range is blank. Select the cells of the report with its header row.": (
            "区域为空。请选择报告的单元格，并包含标题行。"
        ),
        "{sheet} is blank. Select the cells of the report with its header row.": (
            "{sheet} 为空。请选择报告的单元格，并包含标题行。"
        ),
        "The first {count} rows are blank. Select the range from its header row on.": (
            "前 {count} 行为空。请从标题行开始选择区域。"
        ),
        "The first row holds data, not column names. Give the report or range with its header row.": (
            "第一行是数据，不是列标题。请提供包含标题行的报告或区域。"
        ),
        "The {report} needs {article} {column} column in its header row; found: no headers. Select the range with "
        "its header row.": "{report}的标题行需要有 {column} 列；没有找到列标题。请选择包含标题行的区域。",
        "The {report} needs {article} {column} column in its header row; found: {seen} and {count} more. Select the "
        "range with its header row.": (
            "{report}的标题行需要有 {column} 列；找到的是：{seen} 以及另外 {count} 列。请选择包含标题行的区域。"
        ),
        "The {report} needs {article} {column} column in its header row; found: {seen}. Select the range with its "
        "header row.": "{report}的标题行需要有 {column} 列；找到的是：{seen}。请选择包含标题行的区域。",
        "This header row belongs to no report we know: {seen} and {count} more. Known are: {reports}, or any table "
        "with an order-id column and a date or columns that mark defects.": (
            "这个标题行不属于任何已知报告：{seen} 以及另外 {count} 列。已知的有：{reports}，"
            "或任何有 order-id（订单号）列以及日期列或缺陷标记列的表格。"
        ),
        "This header row belongs to no report we know: {seen}. Known are: {reports}, or any table with an order-id "
        "column and a date or columns that mark defects.": (
            "这个标题行不属于任何已知报告：{seen}。已知的有：{reports}，"
            "或任何有 order-id（订单号）列以及日期列或缺陷标记列的表格。"
        ),
        '"{value}" isn\'t a marketplace we know. Choose one of {codes}.': (
            "“{value}”不是已知的站点。请从以下选择：{codes}。"
        ),
        '"{value}" isn\'t a time zone. Use a name such as America/Los_Angeles, Europe/Berlin or UTC.': (
            "“{value}”不是时区。请使用 America/Los_Angeles、Europe/Berlin 或 UTC 这样的名称。"
        ),
        '"{value}" isn\'t an order of day, month and year. Choose one of {codes}.': (
            "“{value}”不是年月日的顺序。请从以下选择：{codes}。"
        ),
        # Arguments of the formulas
        "This formula needs the result of ODR_DAYS as its first range, such as Days!A4#.": (
            "这个公式的第一个区域必须是 ODR_DAYS 的结果，例如 Days!A4#。"
        ),
        'The daily counts have no column "{column}". Give the whole result of ODR_DAYS.': (
            "每日计数中没有“{column}”列。请选择 ODR_DAYS 的全部结果。"
        ),
        "The orders have no column of order dates, so no window can be cut. Add one: purchase-date.": (
            "订单没有下单日期列，因此无法划定统计窗口。请添加 purchase-date（购买日期）列。"
        ),
        "The result of ODR_DAYS already contains its defects: leave the second range out.": (
            "ODR_DAYS 的结果已包含缺陷：请不要填写第二个区域。"
        ),
        "The first range holds {kind}, not orders. Give the orders first, then the {kind}.": (
            "第一个区域是{kind}，不是订单。请先选择订单，再选择{kind}。"
        ),
        "A range of {kind} holds no defects. Give one of: {kinds}.": (
            "{kind}区域不包含缺陷。请选择以下之一：{kinds}。"
        ),
        "{argument} is a whole number, not {value}.": "{argument} 必须是整数，不能是 {value}。",
        '{argument}: "{value}" isn\'t a number. Type a number or leave it out.': (
            "{argument}：“{value}”不是数字。请输入数字，或不填。"
        ),
        '"{value}" isn\'t a column to group by. Choose from: {codes}.': "不能按“{value}”分组。请从以下选择：{codes}。",
        "The feedback has no column of ratings. Add one: Rating.": "反馈中没有评级列。请添加一列：Rating（评级）。",
        '"{value}" groups the defects, not the orders, so a plus can\'t combine it. List it after a comma.': (
            "“{value}”是按缺陷分组，不是按订单分组，不能用加号组合。请用逗号隔开。"
        ),
        # Files
        "the JSON file is too large for a seller performance report. Give that report.": (
            "JSON 文件太大，不是卖家绩效报告。请提供卖家绩效报告。"
        ),
        "the JSON is broken ({error}). Download the report again.": "JSON 格式有误（{error}）。请重新下载报告。",
        "the JSON can't be read. Download the report again.": "无法读取 JSON。请重新下载报告。",
        "this JSON file isn't Amazon's seller performance report, which has performanceMetrics. Request the report "
        "GET_V2_SELLER_PERFORMANCE_REPORT and give its file.": (
            "这个 JSON 文件不是亚马逊的卖家绩效报告（其中应有 performanceMetrics）。"
            "请申请报告 GET_V2_SELLER_PERFORMANCE_REPORT 并提供其文件。"
        ),
        "the XML file is too large for a seller performance report. Give that report.": (
            "XML 文件太大，不是卖家绩效报告。请提供卖家绩效报告。"
        ),
        "the XML declares a document type, as no report does. Download the report again.": (
            "XML 中声明了文档类型，亚马逊的报告不会这样。请重新下载报告。"
        ),
        "the XML is broken. Download the report again.": "XML 格式有误。请重新下载报告。",
        "this XML file isn't Amazon's seller performance report. Give GET_V1_SELLER_PERFORMANCE_REPORT, or better "
        "GET_V2_SELLER_PERFORMANCE_REPORT, and other reports as text (.txt, .tsv, .csv).": (
            "这个 XML 文件不是亚马逊的卖家绩效报告。请提供 GET_V1_SELLER_PERFORMANCE_REPORT，"
            "最好是 GET_V2_SELLER_PERFORMANCE_REPORT；其他报告请用文本文件（.txt、.tsv、.csv）。"
        ),
        "the line is too long or its quotes don't match": "这一行太长，或引号不成对",
        "the line has {count} columns, the header has {width}, so its cells may be in wrong columns": (
            "这一行有 {count} 列，标题行有 {width} 列，因此单元格可能错列"
        ),
        "the line has {count} of {width} columns and no whole order id": (
            "这一行只有 {width} 列中的 {count} 列，而且没有完整的订单号"
        ),
        "the file ends in the middle of a line, after {count} of {width} columns, so rows may be missing": (
            "文件在一行的中间结束，只有 {width} 列中的 {count} 列，因此可能缺少数据行"
        ),
        "the line has {count} of {width} columns; the rest is taken as blank": (
            "这一行只有 {width} 列中的 {count} 列；其余按空白处理"
        ),
        "the line has {count} of {width} columns, and {more} more lines too; the rest is taken as blank": (
            "这一行只有 {width} 列中的 {count} 列，另有 {more} 行也是如此；其余按空白处理"
        ),
        "the file mixes encodings, so accented letters in its texts may be wrong": (
            "文件混用了多种编码，因此文本中带重音的字母可能有误"
        ),
        "a character near byte {byte} is cut off": "第 {byte} 个字节附近的字符不完整",
        "the {report} has a header and no rows": "{report}只有标题行，没有数据行",
        "Take the line break or the tab out of the text, or download the report again.": (
            "请删除文本中的换行符或制表符，或重新下载报告。"
        ),
        "Download the report again.": "请重新下载报告。",
        "Download the file again.": "请重新下载文件。",
        "Check that no text has a line break.": "请确认文本中没有换行符。",
        "Numbers, dates and order ids aren't affected.": "数字、日期和订单号不受影响。",
        "That is right if nothing happened in its period.": "如果报告期间没有发生任何情况，这是正常的。",
        "the file has no header row": "文件没有标题行",
        "the file {reason}. {remedy}": "文件{reason}。{remedy}",
        "is a workbook or a zip, not a text file": "是工作簿或 zip 压缩包，不是文本文件",
        "is an old Excel workbook, not a text file": "是旧版 Excel 工作簿，不是文本文件",
        "is a PDF, not a report": "是 PDF，不是报告",
        "is a picture, not a report": "是图片，不是报告",
        "is compressed with gzip": "是 gzip 压缩文件",
        "is a 7z archive": "是 7z 压缩包",
        "is a rar archive": "是 rar 压缩包",
        "Save the sheet as CSV UTF-8, or give the report as Amazon sent it (.txt, .tsv, .csv).": (
            "请把工作表另存为 CSV UTF-8，或直接提供亚马逊给出的原始报告（.txt、.tsv、.csv）。"
        ),
        "Download the report as a text file.": "请下载文本格式的报告。",
        "Unpack it first.": "请先解压。",
        "the file is empty. Download the report again; if it stays empty, there were no rows.": (
            "文件为空。请重新下载报告；如果仍为空，说明没有数据。"
        ),
        "the file isn't text. Give the report as Amazon sent it (.txt, .tsv, .csv).": (
            "文件不是文本。请提供亚马逊给出的原始报告（.txt、.tsv、.csv）。"
        ),
        "this is a folder. Give a report file, or use a command that takes folders.": (
            "这是文件夹。请提供报告文件，或使用可以接受文件夹的命令。"
        ),
        "the file is larger than {size} GB. Download shorter periods.": "文件大于 {size} GB。请下载更短的时间段。",
        "there is no such file. Check the name and the folder.": "没有这个文件。请核对文件名和文件夹。",
        "the file can't be opened. Close it in other programs, or allow reading.": (
            "无法打开文件。请在其他程序中关闭它，或允许读取。"
        ),
        "the file can't be read ({error}). Copy it again and retry.": "无法读取文件（{error}）。请重新复制后再试。",
        "the folder holds no report (.txt, .tsv, .csv or .zip). Choose another folder.": (
            "文件夹中没有报告（.txt、.tsv、.csv 或 .zip）。请选择其他文件夹。"
        ),
        "no file fits this pattern. Check the folder and the pattern.": "没有符合该模式的文件。请核对文件夹和模式。",
        "the path can't be read ({error}). Check the name.": "无法读取路径（{error}）。请核对名称。",
        "the zip holds more than {count} reports. Unpack it and choose.": (
            "zip 压缩包中的报告超过 {count} 个。请解压后选择。"
        ),
        "the zip has a password. Unpack it first.": "zip 压缩包有密码。请先解压。",
        "the zip unpacks to more than {size} GB. Unpack it and choose.": (
            "zip 压缩包解压后大于 {size} GB。请解压后选择。"
        ),
        "the zip can't be read ({error}). Download it again.": "无法读取 zip 压缩包（{error}）。请重新下载。",
        "the zip holds no report (.txt, .tsv or .csv). Choose another file.": (
            "zip 压缩包中没有报告（.txt、.tsv 或 .csv）。请选择其他文件。"
        ),
        "No report found; {count} file(s) are something else. Give Amazon's reports as .txt or .csv.": (
            "没有找到报告；有 {count} 个文件不是报告。请提供 .txt 或 .csv 格式的亚马逊报告。"
        ),
    }
)

#: What may stand in the place of a `_NAMES` placeholder: reports, kinds of tables, causes, what a cell should hold.
TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "All Orders report": "“所有订单”报告",
        "seller feedback download": "卖家反馈报告",
        "customer returns report": "买家退货报告",
        "Account Health orders with defects": "“账户状况”缺陷订单列表",
        "list of A-to-z claims": "亚马逊商城交易保障索赔列表",
        "list of chargebacks": "信用卡拒付列表",
        "Defects sheet": "缺陷表",
        "ODR_DAYS table": "ODR_DAYS 的结果",
        "Active Listings report": "在售商品报告",
        "seller performance report": "卖家绩效报告",
        "orders": "订单",
        "feedback": "反馈",
        "claims": "索赔",
        "chargebacks": "拒付",
        "returns": "退货",
        "account_health": "账户状况",
        "events": "缺陷记录",
        "days": "每日计数",
        "listings": "商品信息",
        "performance": "账户绩效",
        "day/month/year": "日/月/年",
        "month/day/year": "月/日/年",
        "year/month/day": "年/月/日",
        "a text": "文本",
        "a mark": "标记",
        "a date": "日期",
        "an order id": "订单号",
        **{
            cause: words.WORDS[cause][1]
            for cause in ("negative_feedback", "a_to_z_claim", "chargeback", "defect_return", "defect_cancellation")
        },
    }
)

#: Placeholders that hold phrases of the catalogue, and those that hold `TERMS`; the others keep what they hold, but for
#: the article, which Chinese has none of.
_PARTS = frozenset(("reason", "remedy"))
_NAMES = frozenset(("report", "reports", "kind", "kinds", "holds", "order", "causes"))

_PLACES = (
    (re.compile(r"row (\d+), column ([A-Z]+)"), r"第 \1 行 \2 列"),
    (re.compile(r"row (\d+)"), r"第 \1 行"),
    (re.compile(r"(.+), (?:row|line) (\d+)", re.DOTALL), r"\1 第 \2 行"),
)


def place_in_chinese(place: str) -> str:
    """A problem's place in Chinese; a cell's address stays as it is.

    >>> [place_in_chinese(place) for place in ("Orders!C17", "row 2, column B", "orders.txt, line 17")]
    ['Orders!C17', '第 2 行 B 列', 'orders.txt 第 17 行']
    """
    for pattern, chinese in _PLACES:
        if found := pattern.fullmatch(place):
            return found.expand(chinese)
    return place


@lru_cache(maxsize=4096)
def phrase_in_chinese(text: str) -> str | None:
    """Chinese of a reason, a remedy or an error; ``None`` when the catalogue hasn't it.

    >>> phrase_in_chinese("isn't a date between 1995 and 2100"), phrase_in_chinese("is a unicorn")
    ('不是 1995 年至 2100 年之间的日期', None)
    """
    if text in PHRASES:
        return PHRASES[text]
    for pattern, chinese in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        values = {name: _value(name, value) for name, value in found.groupdict().items()}
        if None not in values.values():
            return chinese.format(**values)
    return None


def error_in_chinese(text: str) -> str:
    """Chinese of an error's text, whatever names of files stand before it; the text itself when it isn't known.

    >>> error_in_chinese("may.zip: orders.txt: the file is empty. Download the report again; if it stays empty, "
    ...                  "there were no rows.")
    'may.zip: orders.txt：文件为空。请重新下载报告；如果仍为空，说明没有数据。'
    """
    for start in (0, *(found.end() for found in re.finditer(": ", text))):
        chinese = phrase_in_chinese(text[start:])
        if chinese is not None:
            return f"{place_in_chinese(text[: start - 2])}：{chinese}" if start else chinese
    return text


def _value(name: str, value: str) -> str | None:
    if name in _PARTS:
        return phrase_in_chinese(value)
    if name in _NAMES:
        return "、".join(TERMS.get(part, part) for part in value.split(", "))
    return value


def _pattern(template: str) -> re.Pattern[str]:
    """A template as a regular expression; a placeholder that comes again must hold the same."""
    parts, seen = [], set()
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _fixed(template: str) -> int:
    return sum(len(literal) for literal, *_ in Formatter().parse(template))


#: Templates with placeholders; one that says more of the sentence is tried before one that says less.
_PATTERNS = [
    (_pattern(template), PHRASES[template]) for template in sorted(PHRASES, key=_fixed, reverse=True) if "{" in template
]
