"""ODR_APPEALS and FEEDBACK_TODO as a seller sees them in cells."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from odr_xl.core.grounds import GROUNDS
from odr_xl.core.topics import TOPICS
from odr_xl.errors import InputError, UsageError
from odr_xl.excel.formulas.feedback import FEEDBACK_TODO, ODR_APPEALS
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER, ODR_DAYS
from odr_xl.labels.feedback import WORDS

Table = list[list[Any]]
DAY = datetime(2026, 3, 2)
HEADER = [
    "Rank", "Order ID", "Order date", "Account", "Cause", "What the record says", "Ground", "Rate now (account)",
    "Rate if won (account)", "Rate with the best k", "Days left to ask", "Leaves on",
]  # fmt: skip
TODO_HEADER = [
    "Date", "Order ID", "Stars", "Comment", "Days old", "Days left to ask for removal", "Ground for removal",
    "Suggested reply", "Suggested request",
]  # fmt: skip


def number(n: int) -> str:
    return f"900-{n:07d}-0000001"


def orders(count: int, channel: str = "Merchant", first: int = 0, site: str = "Amazon.com") -> Table:
    header = ["amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel"]
    return [header, *([number(n), DAY, "Shipped", channel, site] for n in range(first, first + count))]


def feedback(*cases: tuple[int, float, str], day: Any = DAY, reply: str = "") -> Table:
    header = ["Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email"]
    return [header, *([day, stars, words, reply, number(n), ""] for n, stars, words in cases)]


def claims(*cases: tuple[int, str, str]) -> Table:
    return [["Order ID", "Claim Date", "Claim Status", "Reason"], *([number(n), DAY, s, r] for n, s, r in cases)]


def chargebacks(*cases: tuple[int, str]) -> Table:
    return [["Order ID", "Chargeback Date", "Type", "Status"], *([number(n), DAY, kind, ""] for n, kind in cases)]


def ranges(shop: Table, *reports: Table, lang: str = "en") -> tuple[Table, Table]:
    ledger = DEFECT_LEDGER(shop, *reports, lang=lang)
    return ledger, ODR_DAYS(shop, ledger, None, lang)


#: 150 US MFN orders with three defects, 200 US AFN orders with one.
SHOP = [*orders(150), *orders(200, "Amazon", 150)[1:]]
LEDGER, DAYS = ranges(
    SHOP, feedback((0, 1, "Leaks from day one"), (150, 2, "Came late")),
    claims((0, "Open", ""), (1, "Granted", "late")), chargebacks((2, "")),
)  # fmt: skip


def column(rows: Table, name: str) -> list[Any]:
    return [row[rows[0].index(name)] for row in rows[1:]]


# ODR_APPEALS


def test_orders_to_appeal_by_hand():
    # US MFN: 3 of 150 (2 %), 2 of 150 after one. US AFN: 1 of 200 and 0 of 200. Together 4 of 350.
    # finish 2 March + 15 days of lag = 17 March, 15 days after everything: 90 - 15 and 30 - 15 days left.
    # The order leaves 75 days after 2 March: 16 May.
    leaves = datetime(2026, 5, 16)
    assert ODR_APPEALS(LEDGER, DAYS, None, DAY) == [
        HEADER,
        [1, number(150), DAY, "US AFN", "Negative feedback", "2★ Came late",
         "about the delivery only, and Amazon shipped the order: may be struck through",
         1 / 200, 0.0, 3 / 350, 75, leaves],
        [2, number(1), DAY, "US MFN", "A-to-z claim", "Granted · late",
         "claim about the delivery: appeal if you shipped on time with Buy Shipping (at least these days left, as they "
         "run from Amazon's message)", 3 / 150, 2 / 150, 2 / 350, 15, leaves],
        [3, number(2), DAY, "US MFN", "Chargeback", "",
         "chargeback type not known: find out whether it is fraud, then it doesn't count",
         3 / 150, 2 / 150, 1 / 350, "", leaves],
        [4, number(0), DAY, "US MFN", "Negative feedback; A-to-z claim", "1★ Leaks from day one / Open",
         "about the product only: Amazon may remove it as a product review; claim is open: answer Amazon in time (48 "
         "hours after it asks), or it is granted", 3 / 150, 2 / 150, 0.0, 75, leaves],
        ["Winning the first 2 orders of US MFN brings it under 1.00%.", *[""] * 11],
    ]  # fmt: skip


def test_chinese_ranges_give_the_same_numbers_in_chinese():
    rows = ODR_APPEALS(
        *ranges(
            SHOP, feedback((0, 1, "Leaks from day one"), (150, 2, "Came late")),
            claims((0, "Open", ""), (1, "Granted", "late")), chargebacks((2, "")), lang="zh",
        ), None, DAY,
    )  # fmt: skip
    english = ODR_APPEALS(LEDGER, DAYS, None, DAY)
    words = (4, 6)
    for row, other in zip(rows[1:5], english[1:5], strict=True):
        assert [c for i, c in enumerate(row) if i not in words] == [c for i, c in enumerate(other) if i not in words]
    assert rows[0][:3] == ["顺序", "订单号", "下单日期"]
    assert rows[4][4] == "负面反馈；亚马逊商城交易保障索赔"
    assert rows[5][0] == "US MFN的前2个订单均成功后，比率即低于1.00%。"
    assert rows == ODR_APPEALS(LEDGER, DAYS, None, DAY, None, None, None, "zh")


def test_account_and_best_choose_rows_and_the_account_its_own_rate():
    rows = ODR_APPEALS(LEDGER, DAYS, None, None, 1, None, "US MFN")
    # 3 of 150 in this account, so the best one leaves 2 of 150; its own rows alone are looked at.
    assert rows[1][:2] == [1, number(1)]
    assert rows[1][9] == 2 / 150
    assert [row[0] for row in rows[2:]] == ["Winning the first 2 orders of US MFN brings it under 1.00%."]


def test_one_order_to_win_is_said_in_the_singular():
    # 1 of 100 reaches 1 %, 0 of 100 doesn't.
    assert ODR_APPEALS(*ranges(orders(100), None, None, chargebacks((0, ""))))[-1][0] == (
        "Winning the first order of US MFN brings it under 1.00%."
    )


def test_target_that_can_not_be_met_is_said():
    rows = ODR_APPEALS([LEDGER[0], *(row for row in LEDGER[1:] if row[0] != number(0))], DAYS, None, None, None, 0.005)
    # Two of the three US MFN orders are listed: 1 of 150 (0.67 %) stays, and 0.5 % is the target.
    assert [row[0] for row in rows[4:]] == [
        "Winning the first order of US AFN brings it under 0.50%.",
        "Winning every order listed for US MFN isn't enough to get under 0.50%.",
        "The daily counts have 4 defective orders, the list of defects has 3. Make both from the same orders.",
    ]


def test_target_is_shown_with_all_its_decimals():
    sentence = ODR_APPEALS(LEDGER, DAYS, None, None, None, 0.00125)[-1][0]
    assert sentence.endswith("under 0.125%.")


def test_orders_without_an_account_are_called_your_shop():
    plain = [["Order ID", "Order Date"], *([number(n), DAY] for n in range(50))]
    rows = ODR_APPEALS(*ranges(plain, None, None, chargebacks((0, ""))))
    assert rows[1][3] == ""
    assert rows[-1][0] == "Winning the first order of your shop brings it under 1.00%."


def test_no_defect_is_one_row_of_words():
    shop = orders(9)
    assert ODR_APPEALS(*ranges(shop)) == [HEADER, ["No order to appeal", *[""] * 11]]
    assert ODR_APPEALS(*ranges(shop), lang="zh")[1][0] == "没有可申诉的订单"


def test_counts_with_defects_that_the_list_lacks_are_said():
    rows = ODR_APPEALS(LEDGER[:1], DAYS)
    assert [row[0] for row in rows[1:]] == [
        "No order to appeal",
        "Winning every order listed for US MFN isn't enough to get under 1.00%.",
        "The daily counts have 4 defective orders, the list of defects has 0. Make both from the same orders.",
    ]


def test_list_with_defects_that_the_counts_lack_is_said():
    rows = ODR_APPEALS(LEDGER, ODR_DAYS(SHOP))
    assert rows[-1][0] == (
        "The daily counts have 0 defective orders, the list of defects has 4. Make both from the same orders."
    )


def test_raw_report_of_defects_is_ranked_without_an_account():
    shop = orders(150)
    days = ODR_DAYS(shop, feedback((0, 1, "Leaks")))
    rows = ODR_APPEALS(feedback((0, 1, "Leaks")), days)
    # The report doesn't know the order: no date, no account, no rate of an account; 0 of 150 together.
    assert rows[1][2:4] == ["", ""]
    assert rows[1][7:] == ["", "", 0.0, 90, ""]


def test_window_without_an_order_is_na():
    assert ODR_APPEALS(LEDGER, DAYS, DAY + timedelta(days=1)) == "#N/A"
    assert ODR_APPEALS(LEDGER, DAYS, None, None, None, None, "DE") == "#N/A"


def test_last_date_of_excel_is_a_finish_like_no_limit():
    rows = ODR_APPEALS(LEDGER, DAYS, None, datetime(9999, 12, 31))
    assert sorted(column(rows[:5], "Order ID")) == sorted(column(ODR_APPEALS(LEDGER, DAYS)[:5], "Order ID"))
    assert column(rows[:5], "Days left to ask") == ["", 0, 0, 0]


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ((LEDGER, LEDGER), InputError, "needs the result of ODR_DAYS as its second range"),
        ((LEDGER, None), InputError, "needs the result of ODR_DAYS as its second range"),
        (([[None]], DAYS), InputError, "is blank"),
        ((DAYS, DAYS), InputError, "holds no defects"),
        ((LEDGER, DAYS, None, None, 0), UsageError, "best is a whole number from 1, not 0"),
        ((LEDGER, DAYS, None, None, 1.5), UsageError, "best is a whole number"),
        ((LEDGER, DAYS, None, None, "x"), InputError, 'best: "x" isn\'t a number'),
        ((LEDGER, DAYS, None, None, None, 0), UsageError, "The target is a fraction above 0"),
        ((LEDGER, DAYS, None, None, None, 1.2), UsageError, "The target is a fraction above 0"),
        ((LEDGER, DAYS, None, "soon"), InputError, 'finish: "soon" isn\'t a date'),
        ((LEDGER, DAYS, DAY, DAY - timedelta(days=1)), UsageError, "Swap the two dates"),
        ((LEDGER, DAYS, None, None, None, None, "Mars"), UsageError, "neither a marketplace nor a channel"),
        ((LEDGER, DAYS, None, None, None, None, None, "fr"), UsageError, "Choose en or zh"),
    ],
)
def test_wrong_argument_says_what_to_do_and_shows_an_error_in_the_cell(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        ODR_APPEALS.plain(*arguments)
    assert ODR_APPEALS(*arguments) == "#VALUE!"


def test_long_texts_are_cut_to_what_excel_takes_in_an_array():
    ledger, days = ranges(orders(9), feedback((0, 1, "late " * 90)), claims((0, "Closed/Refunded", "x" * 300)),
                          chargebacks((0, "Service")))  # fmt: skip
    rows = ODR_APPEALS(ledger, days, None, date(2027, 1, 1))
    assert {len(row) for row in rows} == {12}
    assert max(len(cell) for row in rows for cell in row if isinstance(cell, str)) == 250


# FEEDBACK_TODO


def test_feedback_to_do_by_hand():
    report = feedback((0, 1, "Came late"), (1, 2, "Leaks"), (2, 3, "Okay"))
    report.append([DAY - timedelta(days=5), 1, "Never answered", "", number(3), ""])
    report.append([DAY, 1, "Bad", "We are sorry.", number(4), ""])
    rows = FEEDBACK_TODO(report, datetime(2026, 3, 12), LEDGER)
    assert rows[0] == TODO_HEADER
    # 12 March is 15 days after 25 February and 10 after 2 March; 90 days less those are left.
    assert [row[:6] for row in rows[1:]] == [
        [datetime(2026, 2, 25), number(3), 1, "Never answered", 15, 75],
        [DAY, number(0), 1, "Came late", 10, 80],
        [DAY, number(1), 2, "Leaks", 10, 80],
    ]
    assert column(rows, "Ground for removal") == [
        "none: answer it and put it right",
        "about a late or missing delivery only: may be struck through if you shipped on time with Buy Shipping",
        "about the product only: Amazon may remove it as a product review",
    ]
    assert [request.split(" In our")[0] for request in column(rows, "Suggested request")] == [
        "",
        f"Please review the feedback on order {number(0)}.",
        f"Please review the feedback on order {number(1)}.",
    ]
    assert [reply.split(". ")[0] for reply in column(rows, "Suggested reply")] == [
        "Thank you for telling us",
        "We are sorry that you had to wait for your order",
        "We are sorry that the item isn't as good as it should be",
    ]


@pytest.mark.parametrize(
    ("defects", "ground"),
    [
        (None, "about the delivery only: may be struck through if Amazon shipped the order, or if you shipped on time "
               "with Buy Shipping"),
        ("", "about the delivery only: may be struck through if Amazon shipped the order, or if you shipped on time "
             "with Buy Shipping"),
        (LEDGER, "about the delivery only, and Amazon shipped the order: may be struck through"),
    ],
)  # fmt: skip
def test_ledger_says_who_shipped(defects, ground):
    assert FEEDBACK_TODO(feedback((150, 1, "Came late")), None, defects)[1][6] == ground


def test_chinese_ledger_says_it_too_and_makes_the_answer_chinese():
    ledger = DEFECT_LEDGER(SHOP, feedback((150, 1, "Came late")), lang="zh")
    row = FEEDBACK_TODO(feedback((150, 1, "Came late")), None, ledger)[1]
    assert row[6] == "整条评论只谈配送，且由亚马逊配送：可能被划除"
    assert row[8].startswith(f"请审核订单 {number(150)} 的买家反馈。")


def test_request_is_gone_when_the_days_to_ask_are_over():
    row = FEEDBACK_TODO(feedback((0, 1, "Leaks")), DAY + timedelta(days=90))[1]
    assert row[4:6] == [90, 0]
    assert row[6] == "about the product only: Amazon may remove it as a product review (too late to ask)"
    assert row[8] == ""
    row = FEEDBACK_TODO(feedback((0, 1, "Bad")), DAY + timedelta(days=90))[1]
    assert row[6] == "none: answer it and put it right"


def test_undated_feedback_comes_last_with_blank_days_and_its_request():
    report = feedback((0, 1, "Leaks"), day="")
    report += feedback((1, 1, "Leaks"))[1:]
    rows = FEEDBACK_TODO(report)
    assert column(rows, "Order ID") == [number(1), number(0)]
    assert [rows[2][i] for i in (0, 4, 5)] == ["", "", ""]
    assert rows[2][8].startswith("Please review")


@pytest.mark.parametrize("report", [feedback(), feedback((0, 5, "Great")), feedback((0, 1, "Bad"), reply="Sorry")])
def test_nothing_to_do_is_one_row_of_words(report):
    assert FEEDBACK_TODO(report) == [TODO_HEADER, ["Nothing to do", *[""] * 8]]
    assert FEEDBACK_TODO(report, lang="zh")[1] == ["没有待处理的反馈", *[""] * 8]


def test_seller_mark_of_removed_feedback_takes_it_off():
    report = [["Date", "Rating", "Comments", "Your Response", "Order ID", "Status"],
              [DAY, 1, "Bad", "", number(0), "Removed"]]  # fmt: skip
    assert FEEDBACK_TODO(report)[1][0] == "Nothing to do"


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (([[None]],), InputError, "is blank"),
        ((feedback((0, 9, "Bad")),), InputError, "isn't a rating"),
        ((feedback((0, 1, "Bad"), day="31/02/2026"),), InputError, "isn't a date"),
        ((feedback((0, 1, "Bad")), "soon"), InputError, 'as_of: "soon" isn\'t a date'),
        ((feedback((0, 1, "Bad")), None, DAYS), InputError, "holds no defects"),
        ((feedback((0, 1, "Bad")), None, None, "fr"), UsageError, "Choose en or zh"),
    ],
)
def test_wrong_feedback_argument_says_what_to_do(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        FEEDBACK_TODO.plain(*arguments)
    assert FEEDBACK_TODO(*arguments) == "#VALUE!"


def test_long_comment_and_long_order_id_are_cut_to_what_excel_takes():
    report = [["Order ID", "Rating", "Comments"], ["N" * 300, 1, "Leaks. " * 50]]
    row = FEEDBACK_TODO(report)[1]
    assert len(row[3]) == len(row[8]) == 250


# The texts


def test_every_topic_has_a_reply_of_its_own_or_the_general_one():
    replies = {key.removeprefix("reply_") for key in WORDS if key.startswith("reply_")}
    assert replies == {*TOPICS, "general"} - {"buyer", "other", "not_stated"}
    for topic_comment in ("I changed my mind", "Hm", ""):
        assert FEEDBACK_TODO(feedback((0, 1, topic_comment)))[1][7] == WORDS["reply_general"][0]


@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
@pytest.mark.parametrize("key", [key for key in WORDS if key.startswith("reply_")])
def test_reply_is_polite_and_promises_neither_money_nor_what_is_not_known(key, language):
    reply = WORDS[key][language]
    assert len(reply) <= 250
    assert re.search("sorry|抱歉", reply)
    # The buyer writes through the order page: no address, number or link; no money; no plea to change the feedback.
    english = r"@|http|\d|refund|money|replace|discount|remove|rating|star|we have |already"
    assert not re.search(english + "|退款|赔|补偿|折扣|已经|修改|删除|差评|星", reply, re.IGNORECASE)
    assert re.search("through your orders on Amazon|通过亚马逊“我的订单”", reply)


@pytest.mark.parametrize("key", [key for key in WORDS if key.startswith("request_")])
def test_request_names_the_order_once_and_fits_a_cell_in_both_languages(key):
    for text in WORDS[key]:
        assert text.count("{order_id}") == 1
        assert len(text.format(order_id=number(0))) <= 250


@pytest.mark.parametrize("key", sorted(WORDS))
def test_chinese_text_has_no_english_word_and_the_same_values(key):
    english, chinese = WORDS[key]
    assert re.findall(r"\{\w+\}", english) == re.findall(r"\{\w+\}", chinese) or sorted(
        re.findall(r"\{\w+\}", english)
    ) == sorted(re.findall(r"\{\w+\}", chinese))
    rest = re.sub(r"\{\w+\}|FEEDBACK_TODO", "", chinese)
    assert not re.search(r"[A-Za-z]{2,}", rest)
    assert re.search(r"[\u4e00-\u9fff；]", chinese)


def test_keys_are_this_subjects_own():
    prefixes = ("appeal_", "todo_", "ground_", "request_", "reply_")
    assert all(key.startswith(prefixes) for key in WORDS)
    assert {key.removeprefix("ground_") for key in WORDS if key.startswith("ground_")} == {g.key for g in GROUNDS}
