"""The ledger, the days and the check as cells: both languages, their way back into the formulas, window and lag."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl import rules
from odr_xl.excel import arguments, checks, formulas
from odr_xl.excel.days import quick_days
from odr_xl.excel.formulas.drivers import ODR_BY
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER, ODR_CHECK, ODR_DAYS
from odr_xl.excel.formulas.rate import DEFECT_BREAKDOWN, ODR
from odr_xl.labels import rule_text
from odr_xl.readers.blocks import Block

Table = list[list[Any]]
DAY = datetime(2026, 3, 2)


def number(n: int) -> str:
    return f"900-{n:07d}-0000001"


def orders(count: int, **marks: int) -> Table:
    """All Orders report; each keyword names a column of marks and the order that has one."""
    header = ["amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel", "sku", *marks]
    return [
        header,
        *(
            [number(n), DAY + timedelta(days=n % 5), "Shipped", ("Merchant", "Amazon")[n % 2], "Amazon.com",
             f"INK-{n % 3}", *("x" if n == marked else "" for marked in marks.values())]
            for n in range(count)
        ),
    ]  # fmt: skip


FEEDBACK = ["Date", "Rating", "Comments", "Your Response", "Order ID", "Status"]
CLAIMS = ["Order ID", "Claim Date", "Claim Status", "Reason"]
CHARGEBACKS = ["Order ID", "Chargeback Date", "Type", "Status"]
RETURNS = ["return-date", "order-id", "sku", "reason", "A-to-z Claim"]
HEALTH = ["Order ID", "Order Date", "Negative Feedback", "A-to-z Guarantee claim", "Chargeback claim", "Late Shipment"]

#: A shop in which every rule that a table can lead to decides something.
SHOP: list[Table] = [
    [*orders(40, defect_return=30, chargeback=31), ["S01-0000001-0000001", DAY, "Shipped", "Amazon", "", "", "", ""]],
    [FEEDBACK, [DAY, 1, "bad", "", number(0), ""], [DAY, 4, "", "", number(1), ""],
     [DAY, 2, "", "", number(2), "Removed"], [DAY, "", "", "", number(3), ""], [DAY, 1, "", "", number(77), ""]],
    [CLAIMS, [number(0), DAY, "Granted", ""], [number(4), DAY, "Denied", ""], [number(5), DAY, "xyzzy", ""],
     [number(12), DAY, "Open", ""], ["S01-0000001-0000001", DAY, "Open", ""]],
    [CHARGEBACKS, [number(6), DAY, "Service", ""], [number(7), DAY, "Fraud", ""], [number(8), DAY, "", ""],
     [number(9), DAY, "Service", "won"]],
    [RETURNS, [DAY, number(10), "INK-1", "CR-DEFECTIVE", ""], [DAY, number(11), "INK-1", "CR-MISORDERED", ""],
     [DAY, number(13), "INK-1", "zipper hums", ""], [DAY, number(14), "INK-1", "CR-DEFECTIVE", "Y"],
     [DAY, number(12), "INK-1", "CR-DEFECTIVE", "Y"]],
    [HEALTH, [number(15), DAY, "X", "", "X", "X"]],
]  # fmt: skip
ENGLISH, CHINESE = DEFECT_LEDGER(*SHOP, lang="en"), DEFECT_LEDGER(*SHOP, lang="zh")
#: A seller's own list, with words of their own in two columns.
OWN_LIST: Table = [
    ["Order ID", "Cause", "Counts"],
    [number(16), "aliens", "Amazon"],
    [number(17), "Chargeback", "sure"],
]

#: Names that may stand in a Chinese sentence: of sheets, of columns, of formulas, of formats.
NAMES = re.compile(
    r"\b(?:900-\d{7}-\d{7}|S01-[\d-]+|Orders|Feedback|Claims|Chargebacks|Returns|AccountHealth|Defects|order-id|order-date|"
    r"purchase-date|ODR_DAYS|ODR|SKU|AFN|MFN|Excel|Power Query|Rating|CSV|YYYY-MM-DD|N/A)\b|“[^”]*”"
)


def english_words(text: str) -> list[str]:
    # A single letter is a column's.
    return re.findall(r"[A-Za-z]{2,}", NAMES.sub(" ", text))


def column(rows: Table, name: str) -> list[Any]:
    return [row[rows[0].index(name)] for row in rows[1:]]


# The ledger in two languages


def test_shop_has_an_event_of_every_rule_that_a_ledger_can_show():
    # A rule with no event in these ranges: the article's cancellation has no report, the others need a list.
    never = {"CANCELLED_DEFECT", "OMITTED", "COUNTS_UNKNOWN", "CAUSE_UNKNOWN", "DECIDED_OUT", "DECIDED_IN"}
    named = {rule.text: name for name, rule in vars(rules).items() if isinstance(rule, rules.Rule)}
    assert {named[text] for text in column(ENGLISH, "Rule")} == set(named.values()) - never


def test_chinese_ledger_has_the_same_rows_in_chinese_words():
    assert len(CHINESE) == len(ENGLISH)
    assert CHINESE[0] == [
        "订单号", "下单日期", "配送渠道", "站点", "SKU", "原因", "计入", "规则", "来源", "来源行", "事件日期", "详情",
        "移出日期",
    ]  # fmt: skip
    words = {"Amazon": "亚马逊", "Wider": "更广", "No": "否"}
    assert column(CHINESE, "计入") == [words[text] for text in column(ENGLISH, "Counts")]
    assert column(CHINESE, "规则") == [rule_text(text, "zh") for text in column(ENGLISH, "Rule")]
    same = ("Order ID", "订单号"), ("Order date", "下单日期"), ("Leaves on", "移出日期"), ("Source row", "来源行")
    for english, chinese in same:
        assert column(CHINESE, chinese) == column(ENGLISH, english)
    for name in ("原因", "计入", "规则"):
        assert [english_words(text) for text in column(CHINESE, name)] == [[]] * (len(CHINESE) - 1)


def test_chinese_ledger_is_read_back_as_the_english_one():
    own, other = (arguments.read_trail(Block(rows, "Defects", 4, 1)) for rows in (ENGLISH, CHINESE))
    pd.testing.assert_frame_equal(own, other)
    assert own["flagged"].sum() > 0


@pytest.mark.parametrize("definition", ["all", "amazon", "returns"])
def test_formulas_give_the_same_numbers_from_the_chinese_ledger(definition):
    # By hand, of 40 orders: 0, 5, 6, 8, 12, 15, 31 in Amazon's rate; 10, 12, 14, 30 in the wider one.
    expected = {"amazon": 7 / 40, "returns": 4 / 40, "all": 10 / 40}[definition]
    for ledger in (ENGLISH, CHINESE):
        days = ODR_DAYS(SHOP[0], ledger, lang="zh")
        assert ODR(SHOP[0], ledger, None, None, definition) == expected
        assert ODR(days, None, None, None, definition) == expected
        assert ODR_DAYS(SHOP[0], ledger, lang="en") == ODR_DAYS(SHOP[0], ENGLISH, lang="en")
        assert DEFECT_BREAKDOWN(SHOP[0], ledger, definition=definition, lang="en") == DEFECT_BREAKDOWN(
            SHOP[0], ENGLISH, definition=definition, lang="en"
        )
        for group in ("channel", "sku"):
            assert ODR_BY(SHOP[0], ledger, group, definition=definition, lang="en") == ODR_BY(
                SHOP[0], ENGLISH, group, definition=definition, lang="en"
            )


def test_flagged_events_are_shown_by_the_check_from_either_ledger_in_either_language():
    for language in ("en", "zh"):
        own, other = (ODR_CHECK(SHOP[0], ledger, lang=language) for ledger in (ENGLISH, CHINESE))
        assert own == other
        # By hand: unrated 3, claim 5, chargeback 8, return 13, A-to-z mark 14, and feedback of an order 77 elsewhere.
        assert sorted(re.search(r"900-\d{7}", text)[0] for (text,) in own) == [
            f"900-{n:07d}" for n in (3, 5, 8, 13, 14, 77)
        ]


def test_check_in_chinese_says_of_flagged_events_what_the_english_one_says():
    english = [text for (text,) in ODR_CHECK(SHOP[0], None, *SHOP[1:], lang="en")]
    chinese = [text for (text,) in ODR_CHECK(SHOP[0], None, *SHOP[1:], lang="zh")]
    assert f"Claims row 4: order {number(5)} (A-to-z claim): claim status not known: counted, check it." in english
    assert f"Claims 第 4 行：订单 {number(5)}（亚马逊商城交易保障索赔）：无法识别索赔状态：先计入，请核对。" in chinese
    assert len(english) == len(chinese) == 6
    assert [english_words(text) for text in chinese] == [[]] * 6


def test_list_of_the_sellers_own_words_is_told_in_chinese():
    assert [text for (text,) in ODR_CHECK(orders(40), OWN_LIST, lang="zh")] == [
        "第 2 行 B 列：“aliens”不是缺陷原因。"
        "请使用以下之一：负面反馈、亚马逊商城交易保障索赔、信用卡拒付、缺陷退货、缺陷取消。",
        f"Defects 第 2 行：订单 {number(16)}（没有原因）：原因不是任何一种缺陷：未计入，请核对。",
        f"Defects 第 3 行：订单 {number(17)}（信用卡拒付）：“计入”列不是“亚马逊”“更广”或“否”：先计入，请核对。",
    ]


def test_causes_that_the_check_names_in_chinese_are_understood_in_chinese():
    for cause in ("负面反馈", "亚马逊商城交易保障索赔", "信用卡拒付", "缺陷退货", "缺陷取消"):
        assert ODR(orders(10), [["订单号", "缺陷原因"], [number(1), cause]]) == 0.1


def test_chinese_word_for_cause_heads_claims_and_returns_too_and_they_stay_what_they_are():
    claims = [["订单号", "索赔日期", "索赔状态", "原因"], [number(1), DAY, "已批准", "未收到"]]
    returns = [["退货日期", "订单号", "退货数量", "原因"], [DAY, number(2), 1, "CR-DEFECTIVE"]]
    ledger = DEFECT_LEDGER(orders(10), None, claims, None, returns)
    assert column(ledger, "原因") == ["亚马逊商城交易保障索赔", "缺陷退货"]
    assert ODR(orders(10), claims, None, None, "amazon") == 0.1
    assert ODR(orders(10), returns, None, None, "returns") == 0.1
    assert ODR(orders(10), ledger) == 0.2


EVENT = st.one_of(
    st.tuples(st.just(1), st.integers(0, 7), st.sampled_from((1, 2, 3, "")), st.sampled_from(("", "Removed"))),
    st.tuples(st.just(2), st.integers(0, 7), st.sampled_from(("Open", "Denied", "xyzzy")), st.just("")),
    st.tuples(st.just(3), st.integers(0, 7), st.sampled_from(("Service", "Fraud", "")), st.sampled_from(("", "won"))),
    st.tuples(st.just(4), st.integers(0, 7), st.sampled_from(("CR-DEFECTIVE", "OTHER", "hum")), st.sampled_from("YN")),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(EVENT, max_size=8))
def test_any_ledger_comes_back_the_same_in_either_language(found):
    tables: list[Table] = [orders(5), [FEEDBACK], [CLAIMS], [CHARGEBACKS], [RETURNS]]
    for kind, n, what, mark in found:
        row = {1: [DAY, what, "", "", number(n), mark], 2: [number(n), DAY, what, ""],
               3: [number(n), DAY, what, mark], 4: [DAY, number(n), "INK-1", what, mark]}[kind]  # fmt: skip
        tables[kind].append(row)
    own, other = (DEFECT_LEDGER(*tables, lang=language) for language in ("en", "zh"))
    assert ODR_DAYS(tables[0], own, lang="en") == ODR_DAYS(tables[0], other, lang="en")
    pd.testing.assert_frame_equal(arguments.read_trail(own), arguments.read_trail(other))
    assert ODR_CHECK(tables[0], own, lang="zh") == ODR_CHECK(tables[0], other, lang="zh")


# The days in two languages


def test_chinese_days_are_the_same_table_and_take_the_quick_way():
    own, other = (ODR_DAYS(SHOP[0], ENGLISH, lang=language) for language in ("en", "zh"))
    assert own[1:] == other[1:]
    assert not set(own[0]) & set(other[0])
    quick = quick_days(other)
    assert quick is not None
    pd.testing.assert_frame_equal(quick, quick_days(own))


def _formulas_of_days() -> list[Any]:
    """Every formula whose first range may be the result of ODR_DAYS."""
    found = {}
    for info in pkgutil.iter_modules(formulas.__path__):
        for name, function in vars(importlib.import_module(f"odr_xl.excel.formulas.{info.name}")).items():
            if hasattr(function, "plain") and next(iter(inspect.signature(function).parameters)) in ("days", "orders"):
                found[name] = function
    return [found[name] for name in sorted(found)]


@pytest.mark.parametrize("formula", _formulas_of_days(), ids=lambda f: f.__name__)
def test_formula_gives_the_same_from_chinese_days(formula):
    own, other = (ODR_DAYS(SHOP[0], ENGLISH, lang=language) for language in ("en", "zh"))
    names = list(inspect.signature(formula).parameters.values())
    needed = {p.name: DAY + timedelta(days=2) for p in names[1:] if p.default is p.empty}
    for language in ("en", "zh") if "lang" in {p.name for p in names} else ("",):
        options = {"lang": language} if language else {}
        assert formula(own, **needed, **options) == formula(other, **needed, **options)


def test_words_follow_the_table_that_is_given_unless_told_otherwise():
    days = ODR_DAYS(SHOP[0], CHINESE)
    assert days[0][0] == "下单日期"
    assert DEFECT_BREAKDOWN(days)[0][0] == "原因"
    assert DEFECT_BREAKDOWN(days, lang="English")[0][0] == "Cause"
    assert ODR_DAYS(SHOP[0], ENGLISH)[0][0] == "Order date"
    assert DEFECT_LEDGER(*SHOP, lang="fr") == "#VALUE!"
    assert ODR_DAYS(SHOP[0], lang=5.0) == "#VALUE!"
    assert ODR_CHECK(SHOP[0], lang="日本語") == "#VALUE!"


def test_ledger_is_chinese_when_any_report_has_chinese_headers():
    # Amazon writes the All Orders report in English for most sellers, the feedback in the seller's language.
    feedback = [["日期", "评级", "评论", "您的回复", "订单编号", "购买者电子邮件"], [DAY, 1, "", "", number(0), ""]]
    ledger = DEFECT_LEDGER(orders(5), feedback)
    assert ledger[0][0] == "订单号"
    assert column(ledger, "规则") == ["1 星或 2 星：计入"]
    assert [text for (text,) in ODR_CHECK(orders(5), None, [feedback[0], [DAY, 9, "", "", number(0), ""]])][:1] == [
        "第 2 行 B 列：“9”不是评级。请使用 1 至 5 星。"
    ]


# Window and lag


@pytest.mark.parametrize(
    ("window", "lag", "leaves"),
    [
        # 2026-03-02 is day 1 of the window; it leaves window + lag days later, by hand from the calendar.
        (None, None, datetime(2026, 5, 16)),
        (60, 15, datetime(2026, 5, 16)),
        (30, 5, datetime(2026, 4, 6)),
        ("30", None, datetime(2026, 4, 16)),
        (60, 0, datetime(2026, 5, 1)),
        (1, 0, datetime(2026, 3, 3)),
    ],
)
def test_window_and_lag_decide_the_day_on_which_an_event_leaves(window, lag, leaves):
    ledger = DEFECT_LEDGER(orders(1), [FEEDBACK, [DAY, 1, "", "", number(0), ""]], window=window, lag=lag)
    assert column(ledger, "Leaves on") == [leaves]


@pytest.mark.parametrize(
    ("window", "lag"),
    [(0, None), (-5, None), (None, -1), (1.5, None), ("x", None), (None, "#REF!"), (1e9, 0), (60, 1e9)],
)
def test_window_or_lag_that_is_no_number_of_days_is_value(window, lag):
    ledger = DEFECT_LEDGER(orders(1), [FEEDBACK, [DAY, 1, "", "", number(0), ""]], window=window, lag=lag)
    assert ledger == "#VALUE!"


# The check in Chinese


#: Broken ranges, each with the start of the sentence that it leads to.
BROKEN: list[tuple[Table, str]] = [
    ([["Order ID", "Order Date"], [number(0), "31/02/2026"]], "Orders!B2：“31/02/2026”不是日期。"),
    ([["Order ID", "Order Date"], [number(0), "1803-01-01"]], "Orders!B2：“1803-01-01”不是 1995 年至 2100 年之间的"),
    ([["Order ID", "Order Date"], [number(0), -5.0]], "Orders!B2：“-5”不是 1995 年至 2100 年之间的日期。"),
    ([["Order ID", "Order Date"], [number(0), "5/6/26"]], "Orders!B2：“5/6/26”可能是两个不同的日期。"),
    (
        [["Order ID", "Order Date", "sales-channel"], [number(0), "15/06/2026", "Amazon.com"]],
        "Orders!B2：“15/06/2026”不符合该站点的日期顺序（月/日/年）。",
    ),
    ([["Order ID", "Order Date"], [number(0), "#REF!"]], "Orders!B2：“#REF!”是 Excel 错误值，不是日期。"),
    ([["Order ID", "Order Date"], [number(0), ""]], "Orders!B2：这个订单没有日期，因此不在任何统计窗口内。"),
    ([["Order ID", "Order Date"], ["", DAY]], "Orders!A2：这一行没有订单号。"),
    ([["Order ID", "Order Date"], [1.11e16, DAY]], "Orders!A2：“11100000000000000”这个订单号已被 Excel 变成数字"),
    ([["Order ID", "Order Date"], ["#N/A", DAY]], "Orders!A2：“#N/A”是 Excel 错误值，不是订单号。"),
    ([["Order ID", "Order Date"], [True, DAY]], "Orders!A2：“TRUE”不是订单号。"),
    ([["Order ID", "Chargeback"], [number(0), "#REF!"]], "Orders!B2：“#REF!”是 Excel 错误值，不是标记。"),
    ([["Order ID", "Order Date", "sku"], [number(0), DAY, "#N/A"]], "Orders!C2：“#N/A”是 Excel 错误值，不是文本。"),
    ([["Order ID", "Order Date", "channel"], [number(0), DAY, "Pigeon"]], "Orders!C2：“Pigeon”不是配送渠道。"),
    ([["Order ID", "Order Date", "quantity"], [number(0), DAY, "many"]], "Orders!C2：“many”不是数字。"),
    ([["Order ID", "Order Date", "Order Date"], [number(0), DAY, DAY]], "Orders!C1：“Order Date”是两列共用的列标题。"),
    ([["Order ID", "Order Date"]], "订单区域：这里没有订单，所以所有比率都是 #N/A。"),
    ([["Order ID", "Order Date"], ["A-1", DAY], ["A-2", ""]], "Orders!B3：这个订单没有日期"),
    ([["Order ID", "Chargeback"], ["A-1", "x"], ["A-2", "x"]], "订单区域：这里的每个订单都有缺陷"),
    ([[None, ""]], "订单区域：Orders 为空。"),
    ([["", ""]] * 6 + [["Order ID", "Order Date"]], "订单区域：前 6 行为空。"),
    ([["甲", "乙"], ["1", "2"]], "订单区域：这个标题行不属于任何已知报告：甲, 乙。已知的有：“所有订单”报告、"),
    (
        [[f"列{n}" for n in range(11)]],
        "订单区域：这个标题行不属于任何已知报告：列0, 列1, 列2, 列3, 列4, 列5, 列6, 列7 以及另外 3 列。",
    ),
    ([[number(0), "5"], [number(1), "6"]], "订单区域：第一行是数据，不是列标题。"),
    ([FEEDBACK, [DAY, 1, "", "", number(0), ""]], "订单区域：第一个区域是反馈，不是订单。请先选择订单，再选择反馈。"),
    (ODR_DAYS(orders(3)), "订单区域：第一个区域是每日计数，不是订单。"),
    (CHINESE, "订单区域：第一个区域是缺陷记录，不是订单。"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "start"), BROKEN, ids=[start for _, start in BROKEN])
def test_problem_of_the_orders_is_told_in_chinese(rows, start):
    sentences = [text for (text,) in ODR_CHECK(Block(rows, "Orders", 1, 1), lang="zh")]
    assert sentences[0].startswith(start)
    assert [english_words(text) for text in sentences] == [[]] * len(sentences)
    assert max(map(len, sentences)) <= 250
    # The English check says as many things about the range.
    assert len(checks.problems(Block(rows, "Orders", 1, 1), {})) == len(
        checks.problems(Block(rows, "Orders", 1, 1), {}, "zh")
    )


@pytest.mark.parametrize(
    ("kind", "rows", "start"),
    [
        ("feedback", [FEEDBACK, [DAY, 7, "", "", number(0), ""]], "第 2 行 B 列：“7”不是评级。请使用 1 至 5 星。"),
        ("feedback", [["甲"], ["1"]], "反馈区域：卖家反馈报告的标题行需要有 order-id 列；找到的是：甲。"),
        ("claims", [[""]], "索赔区域：区域为空。请选择报告的单元格，并包含标题行。"),
        ("chargebacks", [["甲"] * 12], "拒付区域：信用卡拒付列表的标题行需要有 order-id 列；找到的是："),
        ("returns", [[number(0)]], "退货区域：第一行是数据，不是列标题。"),
        ("account_health", [["甲"]], "账户状况区域：“账户状况”缺陷订单列表的标题行需要有 order-id 列"),
        (
            "defects",
            orders(3),
            "缺陷区域：订单区域不包含缺陷。请选择以下之一：反馈、索赔、拒付、退货、账户状况、缺陷记录",
        ),
        ("feedback", orders(3), "反馈区域：反馈中没有评级列。请添加一列：Rating（评级）。"),
        ("defects", "#REF!", "缺陷区域：这个标题行不属于任何已知报告：#REF!。"),
    ],
)
def test_problem_of_another_range_is_told_in_chinese(kind, rows, start):
    sentences = [text for (text,) in ODR_CHECK(orders(3), **{kind: rows}, lang="zh")]
    assert sentences[0].startswith(start)
    assert [english_words(text.replace("#REF!", "")) for text in sentences] == [[]] * len(sentences)


def test_place_without_a_sheet_is_told_in_chinese():
    (first,), *_ = ODR_CHECK([["Order ID", "Order Date"], [number(0), "31/02/2026"]], lang="zh")
    assert first == "第 2 行 B 列：“31/02/2026”不是日期。请使用 YYYY-MM-DD 格式。"


def test_check_is_ok_in_every_language():
    assert ODR_CHECK(orders(3), lang="zh") == ODR_CHECK(orders(3), lang="en") == [["OK"]]


@pytest.mark.parametrize(("language", "last"), [("en", "… and 50 more."), ("zh", "……另有 50 条。")])
def test_check_shows_200_sentences_and_how_many_more_there_are(language, last):
    rows = [["Order ID", "Order Date"], *([number(n), "31/02/2026"] for n in range(250))]
    found = ODR_CHECK(rows, lang=language)
    assert len(found) == 201
    assert found[-1] == [last]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentence_that_is_too_long_for_a_cell_goes_on_in_the_next(language):
    # Excel refuses an array with a text of more than 255 characters, and the error would hide all other sentences.
    header = [f"{'列' * 38}{n}" for n in range(9)]
    (whole,) = checks.problems([header], {}, language)
    texts = [text for (text,) in ODR_CHECK([header], lang=language)]
    assert len(whole) > 250
    assert max(map(len, texts)) <= 250
    assert all(text.startswith("… ") for text in texts[1:])
    assert "".join([texts[0], *(text[2:] for text in texts[1:])]).replace(" ", "") == whole.replace(" ", "")


@given(st.text(max_size=900))
def test_any_sentence_is_cut_into_texts_that_fit_without_losing_a_letter(sentence):
    texts = checks.cell_texts(sentence)
    assert max(map(len, texts)) <= 250
    joined = "".join([texts[0], *(text[2:] for text in texts[1:])])
    assert "".join(joined.split()) == "".join(sentence.split())


def test_check_reads_listings_and_amazons_numbers_too():
    orders = [["Order ID", "Order date"], ["900-0000001-0000001", "2026-09-01"]]
    listings = [["seller-sku", "item-name", "price"], ["MUG-1", "Mug", "dear"]]
    report = [
        ["Marketplace", "Fulfilled By", "Metric", "Orders", "Count"],
        ["US", "MFN", "Order defect rate", "many", 1],
    ]
    blank = [listings[0], [None, None, None]]
    assert ODR_CHECK(orders, listings=blank, report=[report[0], [None] * 5]) == [["OK"]]
    sentences = [row[0] for row in ODR_CHECK(orders, listings=listings, report=report)]
    assert len(sentences) == 2
    assert '"dear"' in sentences[0] and '"many"' in sentences[1]
