"""The formulas that say what to do: the actions, and the draft of a plan of action."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl import rules
from odr_xl.core import remedies
from odr_xl.core.topics import TOPICS
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER, ODR_DAYS
from odr_xl.excel.formulas.plan import ODR_ACTIONS, ODR_PLAN
from odr_xl.excel.formulas.rate import DEFECT_BREAKDOWN
from odr_xl.labels import WORDS, word
from odr_xl.labels.plan import WORDS as PLAN_WORDS

Table = list[list[Any]]
DAY = datetime(2026, 5, 4)
#: The last day of looking at which DAY is inside the window: 60 days of window, 15 of lag.
LOOK = DAY + timedelta(days=15)

ACTIONS_HEADER = [
    "Rank", "Root cause", "Defective orders", "Share of defective orders", "Do this", "Why", "Order IDs",
]  # fmt: skip
EVENTS_HEADER = ["Order ID", "Order date", "Channel", "Marketplace", "SKU", "Cause", "Counts", "Rule", "Detail"]


def number(n: int) -> str:
    return f"900-{n:07d}-0000001"


def numbers(*orders: int) -> str:
    return ", ".join(map(number, orders))


def defect(n: int, cause: str, detail: str = "", **other: Any) -> list[Any]:
    """One row of a ledger; ``other`` replaces day, channel, marketplace, sku or counts."""
    counts = "Amazon" if cause in rules.AMAZON_CAUSES else "Wider"
    cells = {"day": DAY, "channel": "MFN", "marketplace": "US", "sku": "", "counts": counts} | other
    return [
        number(n), cells["day"], cells["channel"], cells["marketplace"], cells["sku"], word(cause), cells["counts"], "",
        detail,
    ]  # fmt: skip


def ledger(*rows: list[Any]) -> Table:
    return [EVENTS_HEADER, *rows]


def orders(count: int, day: datetime = DAY, channel: str = "MFN") -> Table:
    """All Orders report of one marketplace and channel."""
    header = ["amazon-order-id", "purchase-date", "fulfillment-channel", "sales-channel"]
    return [header, *([number(n), day, channel, "Amazon.com"] for n in range(count))]


def column(rows: Table, name: str) -> list[Any]:
    return [row[rows[0].index(name)] for row in rows[1:]]


def part(rows: Table, name: str) -> list[str]:
    """Texts of one part of a plan."""
    return [row[1] for row in rows[1:] if row[0] == name]


def plan_of(defects: Table, count: int = 100, **options: Any) -> Any:
    return ODR_PLAN(defects, ODR_DAYS(orders(count), defects), **({"as_of": LOOK} | options))


#: Four orders: three about a fault (of one SKU), one late; and two returned ones.
SHOP = ledger(
    defect(1, "negative_feedback", "1★ leaks", sku="KETTLE"),
    defect(2, "negative_feedback", "2★ faulty", sku="KETTLE"),
    defect(3, "a_to_z_claim", "Granted · faulty", sku="POT"),
    defect(4, "chargeback", "came with delay", sku="POT"),
    defect(5, "defect_return", "SWITCHEROO", sku="POT"),
    defect(6, "defect_return", "DAMAGED", sku="POT"),
)


# Actions


def test_actions_by_hand():
    rows = ODR_ACTIONS(SHOP)
    assert rows[0] == ACTIONS_HEADER
    # By hand: 3 of 4 orders about a fault are 75 %, two of these three have the SKU KETTLE; 2 returned orders.
    assert rows[1] == [
        1, "Faulty", 3, 0.75, word("plan_do_quality"),
        "3 of 4 defective orders: 2 negative feedback, 1 A-to-z claim; 2 of 3 are SKU KETTLE", numbers(1, 2, 3),
    ]  # fmt: skip
    assert [row[:4] for row in rows[2:]] == [
        [2, "Late", 1, 0.25],
        ["", "Negative feedback", "", ""],
        ["", "A-to-z claim", "", ""],
        ["", "Chargeback", "", ""],
        [3, "Wrong item (early warning)", 1, ""],
        [4, "Damaged (early warning)", 1, ""],
    ]
    assert rows[2][4] == f"Fast, free delivery: {word('plan_do_delivery')}"
    assert rows[3][4:] == [
        f"Answer buyers and feedback: {word('plan_do_feedback')}", "Negative feedback: 2 of 4 defective orders",
        numbers(1, 2),
    ]  # fmt: skip
    assert rows[6][5:] == [
        "1 of 2 orders returned or cancelled for a defect: 1 return; never in Amazon's rate", number(5),
    ]  # fmt: skip


def test_share_column_adds_up_to_one_however_many_actions_there_are():
    # A refund calls for two remedies: the numbers stand in the first of its rows only.
    rows = ODR_ACTIONS(ledger(defect(1, "chargeback", "refund"), defect(2, "chargeback", "faulty")))
    assert column(rows, "Rank") == [1, 2, 2, ""]
    assert column(rows, "Share of defective orders") == [0.5, 0.5, "", ""]
    assert column(rows, "Defective orders") == [1, 1, "", ""]


def test_reason_that_is_not_stated_shows_the_kind_of_defect():
    rows = ODR_ACTIONS(ledger(defect(1, "a_to_z_claim", "Granted")))
    assert rows[1][1] == "Not stated (A-to-z claim)"
    assert [row[4] for row in rows[2:]] == [
        word(f"plan_do_{remedy}") for remedy in ("claim_answer", "claim_refund", "claim_delivery")
    ]


def test_action_that_a_sku_calls_for_says_how_many_orders_have_it():
    rows = ODR_ACTIONS(ledger(*(defect(n, "chargeback", "wrong item", sku="POT" if n else "LID") for n in range(3))))
    assert rows[2][5:] == ["SKU POT: 2 of 3 orders of this root cause", numbers(1, 2)]
    assert rows[2][4].startswith("Watch the listing: ")


def test_action_that_the_peak_calls_for_says_how_many_orders_lie_there():
    days = [datetime(2026, 11, 27), datetime(2026, 12, 1), datetime(2026, 10, 2)]
    rows = ODR_ACTIONS(ledger(*(defect(n, "chargeback", "came with delay", day=day) for n, day in enumerate(days))))
    # Oldest first: order 2 was ordered in October, orders 0 and 1 in the peak months.
    assert rows[2][5:] == ["Ordered in November or December: 2 of 3 orders of this root cause", numbers(0, 1)]
    assert rows[2][4].startswith("Holiday fulfilment: ")


def test_action_on_amazons_own_delivery_stands_beside_the_sellers():
    rows = ODR_ACTIONS(
        ledger(
            defect(1, "negative_feedback", "never arrived", channel="AFN"),
            defect(2, "negative_feedback", "never arrived"),
            defect(3, "negative_feedback", "never arrived"),
        )
    )
    assert rows[1][5:] == [
        "3 of 3 defective orders: 3 negative feedback; Not delivered by Amazon: 2 of 3 orders of this root cause",
        numbers(2, 3),
    ]
    assert rows[2][5:] == ["Delivered by Amazon: 1 of 3 orders of this root cause", number(1)]


def test_order_ids_that_do_not_fit_are_counted():
    rows = ODR_ACTIONS(ledger(*(defect(n, "chargeback", "faulty") for n in range(30))))
    # By hand: 11 ids of 19 characters with a comma and a blank between are 229; " and 19 more" makes 241, a 12th 262.
    assert rows[1][6] == numbers(*range(11)) + " and 19 more"
    exact = ODR_ACTIONS(ledger(*(defect(n, "chargeback", "faulty") for n in range(11))))
    assert exact[1][6] == numbers(*range(11))


def test_place_for_the_count_is_made_by_leaving_an_order_id_out():
    def row(n: int) -> list[Any]:
        return [f"{n:024d}", DAY, "MFN", "US", "", "Chargeback", "Amazon", "", "faulty"]

    rows = ODR_ACTIONS([EVENTS_HEADER, *(row(n) for n in range(10, 30))])
    # 9 ids of 24 characters are 9*24 + 8*2 = 232; " and 11 more" makes 244. A tenth id would be 258 without the count.
    assert rows[1][6].endswith(f"{18:024d} and 11 more")
    shorter = ODR_ACTIONS([EVENTS_HEADER, *([f"{n:019d}", *row(n)[1:]] for n in range(10, 3000))])
    # 11 ids of 19 characters are 229, and " and 2,979 more" makes 244.
    assert shorter[1][6].endswith(f"{20:019d} and 2,979 more")
    longer = ODR_ACTIONS([EVENTS_HEADER, *([f"{n:020d}", *row(n)[1:]] for n in range(10, 3000))])
    # 11 ids of 20 characters are 240: with the count too long, so one goes.
    assert longer[1][6].endswith(f"{19:020d} and 2,980 more")


def test_dates_choose_the_orders_by_their_order_date():
    defects = ledger(defect(1, "chargeback", "faulty"), defect(2, "chargeback", "faulty", day=DAY + timedelta(days=3)))
    assert column(ODR_ACTIONS(defects, DAY + timedelta(days=1)), "Order IDs")[0] == number(2)
    assert column(ODR_ACTIONS(defects, None, DAY), "Order IDs")[0] == number(1)


def test_account_chooses_the_orders():
    defects = ledger(defect(1, "chargeback", "faulty", channel="AFN"), defect(2, "chargeback", "faulty"))
    assert column(ODR_ACTIONS(defects, account="US AFN"), "Order IDs")[0] == number(1)
    assert ODR_ACTIONS(defects, account="DE")[1][1] == "No defect in these dates: nothing to do."


@pytest.mark.parametrize(
    "defects",
    [ledger(), ledger(defect(1, "chargeback", counts="No")), DEFECT_LEDGER(orders(3)), DEFECT_BREAKDOWN(orders(3))],
)
def test_no_defect_says_that_nothing_is_to_do(defects):
    assert ODR_ACTIONS(defects) == [ACTIONS_HEADER, ["", "No defect in these dates: nothing to do.", 0, *[""] * 4]]


def test_raw_report_has_actions_too():
    feedback = [["Date", "Rating", "Comments", "Your Response", "Order ID"], [DAY, 1, "Broken lid", "", number(1)]]
    rows = ODR_ACTIONS(feedback)
    assert (rows[1][1], rows[1][5]) == ("Damaged", "1 of 1 defective orders: 1 negative feedback")


def test_breakdown_has_causes_and_no_order_ids():
    table = DEFECT_BREAKDOWN(orders(100), SHOP)
    rows = ODR_ACTIONS(table)
    # By hand: 4 marks in Amazon's rate, 2 of them feedback; 2 returned orders.
    assert [row[:4] for row in rows[1:] if row[2] != ""] == [
        [1, "Negative feedback", 2, 0.5], [2, "A-to-z claim", 1, 0.25], [3, "Chargeback", 1, 0.25],
        [4, "Defect return (early warning)", 2, ""],
    ]  # fmt: skip
    assert set(column(rows, "Order IDs")) == {""}
    assert rows[1][5] == "2 of the 4 defects in the breakdown; it names no orders"
    assert rows[-1][5] == "2 of the 2 returns and cancellations in the breakdown; never in Amazon's rate"


def test_chinese_breakdown_is_known_and_answered_in_chinese():
    table = DEFECT_BREAKDOWN(orders(100), SHOP, lang="zh")
    rows = ODR_ACTIONS(table)
    assert [row[:3] for row in rows[:2]] == [["排名", "根本原因", "缺陷订单数"], [1, "负面反馈", 2]]
    english = ODR_ACTIONS(table, lang="en")
    assert english == ODR_ACTIONS(DEFECT_BREAKDOWN(orders(100), SHOP))


def test_language_follows_the_ledger():
    reports = (
        orders(5),
        None,
        [["Order ID", "Claim Date", "Claim Status", "Reason"], [number(1), DAY, "Open", "faulty"]],
    )
    assert ODR_ACTIONS(DEFECT_LEDGER(*reports, lang="zh"))[1][1] == "质量问题"
    assert ODR_ACTIONS(DEFECT_LEDGER(*reports, lang="zh"), lang="en") == ODR_ACTIONS(DEFECT_LEDGER(*reports))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((None,), "The range is blank"),
        ((SHOP, "31/02/2026"), 'start: "31/02/2026" isn\'t a date'),
        ((SHOP, None, None, "Mars MFN"), '"Mars" is neither a marketplace nor a channel'),
        ((SHOP, DAY, DAY - timedelta(days=1)), "Swap the two dates"),
        ((DEFECT_BREAKDOWN(orders(9)), DAY), "give dates and account to DEFECT_BREAKDOWN instead"),
        (([["Cause", "Orders", "Rate"], ["Chargeback", "many", 0.1]],), 'Orders: "many" isn\'t a number'),
        (([["Cause", "Orders", "Rate"], ["Chargeback", -1, 0.1]],), "Chargeback: -1 orders can't be"),
        (
            ([["Order ID", "Chargeback Date", "Type", "Status"], [number(1), DAY, "Service", ""]], DAY),
            "The defects have no order dates, so no dates can be chosen. Give the result of DEFECT_LEDGER.",
        ),
        (
            ([["Order ID", "Chargeback Date", "Type", "Status"], [number(1), DAY, "Service", ""]], None, None, "DE"),
            "The defects don't say their marketplace, so \"DE\" can't be told",
        ),
        ((SHOP, None, None, None, "Klingon"), "isn't a language of this workbook"),
    ],
)
def test_input_that_can_not_be_used_says_why(arguments, sentence):
    assert ODR_ACTIONS(*arguments) == "#VALUE!"
    with pytest.raises(Exception, match=re.escape(sentence)):
        ODR_ACTIONS.__dict__["plain"](*arguments)


# The plan


def test_plan_by_hand():
    rows = plan_of(SHOP, notice=datetime(2026, 5, 10), account="US MFN")
    assert rows[0] == ["Part", "Text", "Order IDs"]
    # By hand: May 10 and 17 days are May 27, 8 days after May 19; 60 days that end on May 4 start on March 6.
    assert rows[1] == [
        "Deadline",
        "Send it by 2026-05-27 (17 days after the notice of 2026-05-10; check the date in Amazon's e-mail). "
        "8 days left on 2026-05-19.",
        "",
    ]
    assert rows[2] == [
        "Summary",
        "US MFN: 4 of 100 orders of 2026-03-06 to 2026-05-04 are defective, 4.00%; the target is under 1.00%.",
        "",
    ]
    assert rows[3:5] == [
        ["1 Root cause",
         "Faulty: 3 of 4 defective orders (75%): 2 negative feedback, 1 A-to-z claim. SKU: KETTLE (2), POT (1). "
         f"Reason: {word('plan_reason_faulty')}", numbers(1, 2, 3)],
        ["1 Root cause",
         f"Late: 1 of 4 defective orders (25%): 1 chargeback. SKU: POT (1). Reason: {word('plan_reason_late')}",
         number(4)],
    ]  # fmt: skip
    names = ["Faulty", "Late", "Negative feedback", "A-to-z claim", "Chargeback"]
    chosen = ["quality", "delivery", "feedback", "claim_refund", "chargeback_proof"]
    for title, key in (("2 What was done", "done"), ("3 Prevention", "will")):
        assert part(rows, title) == [
            f"{name}: [Confirm or delete] {word(f'plan_{key}_{remedy}')}"
            for name, remedy in zip(names, chosen, strict=True)
        ]
    assert rows[-1] == ["Before you send it", word("plan_last"), ""]
    assert len(rows) == 1 + 2 + 2 + 5 + 5 + 1


@pytest.mark.parametrize(
    ("looked", "words"),
    [
        (26, "1 day left on 2026-05-26."), (27, "2026-05-27 is the last day."), (28, "Overdue by 1 day on 2026-05-28."),
        (30, "Overdue by 3 days on 2026-05-30."),
    ],
)  # fmt: skip
def test_days_left_are_counted_from_the_day_of_looking(looked, words):
    rows = plan_of(SHOP, as_of=datetime(2026, 5, looked), notice="2026-05-10")
    assert part(rows, "Deadline")[0].endswith(words)


def test_number_of_days_for_the_plan_can_be_changed():
    # The rejections that sellers show say 14 days or 72 hours; the seller types what the e-mail says.
    text = part(plan_of(SHOP, notice=datetime(2026, 5, 10), plan_days=1), "Deadline")[0]
    assert text.startswith("Send it by 2026-05-11 (1 day after the notice of 2026-05-10;")


def test_plan_without_a_notice_asks_for_its_date():
    assert part(plan_of(SHOP), "Deadline") == [word("plan_no_notice")]


def test_rate_under_the_target_says_first_that_no_plan_is_asked_for():
    one = ledger(defect(1, "chargeback", "faulty"))
    # 1 of 100 reaches the target, 1 of 101 doesn't.
    assert plan_of(one, 100)[1][0] == "Deadline"
    rows = plan_of(one, 101)
    assert rows[1] == ["Status", word("plan_not_asked"), ""]
    assert rows[2][0] == "Deadline"
    assert part(rows, "1 Root cause")


def test_rate_just_under_the_target_is_not_shown_as_the_target():
    # 249 of 25,000 orders are 0.996 %, which rounds to 1.00 %.
    counted = ODR_DAYS(orders(1), ledger(defect(0, "chargeback", "faulty")))
    counted[1][3], counted[1][5] = 25_000, 249
    header = counted[0]
    assert (header[3], header[5]) == ("Orders", "Defective Amazon")
    rows = ODR_PLAN(ledger(defect(0, "chargeback", "faulty")), counted, LOOK)
    assert "249 of 25,000 orders" in part(rows, "Summary")[0]
    assert ", 0.9960%; the target is under 1.00%." in part(rows, "Summary")[0]
    assert rows[1][0] == "Status"


def test_plan_with_no_defective_order_says_so():
    rows = plan_of(ledger())
    assert part(rows, "1 Root cause") == ["The list of defects names no order of these dates."]
    assert [row[0] for row in rows[1:]] == ["Status", "Deadline", "Summary", "1 Root cause", "Before you send it"]


def test_events_outside_the_window_or_outside_amazons_rate_stay_out():
    defects = ledger(
        defect(1, "chargeback", "faulty"),
        defect(2, "chargeback", "faulty", day=DAY + timedelta(days=1)),
        defect(3, "defect_return", "DEFECTIVE"),
        defect(4, "a_to_z_claim", "Denied", counts="No"),
    )
    rows = plan_of(defects)
    assert [row[2] for row in rows if row[2] not in ("", "Order IDs")] == [number(1)]


def test_window_and_lag_choose_the_orders():
    defects = ledger(*(defect(n, "chargeback", "faulty", day=DAY - timedelta(days=n)) for n in range(4)))
    shop = [orders(1)[0], *([number(n), DAY - timedelta(days=n), "MFN", "Amazon.com"] for n in range(4))]
    days = ODR_DAYS(shop, defects)
    rows = ODR_PLAN(defects, days, LOOK, window=2, lag=16)
    # Looking on May 19 with a lag of 16 days, the window of 2 days is May 2 and 3: orders 1 and 2.
    assert "2026-05-02 to 2026-05-03" in part(rows, "Summary")[0]
    assert column(rows, "Order IDs")[2:4] == [numbers(2, 1), ""]


def test_day_of_looking_is_the_latest_order_date_when_left_out():
    days = ODR_DAYS([*orders(5), [number(9), LOOK, "MFN", "Amazon.com"]])
    rows = ODR_PLAN(SHOP, days)
    assert "2026-03-06 to 2026-05-04" in part(rows, "Summary")[0]


def test_ids_that_do_not_fit_into_one_cell_go_on_in_further_rows():
    defects = ledger(*(defect(n, "chargeback", "faulty") for n in range(25)))
    rows = [row for row in plan_of(defects) if row[0] == "1 Root cause"]
    # 12 ids of 19 characters are 12*19 + 11*2 = 250, just the limit.
    assert [row[2] for row in rows] == [numbers(*range(12)), numbers(*range(12, 24)), number(24)]
    assert [row[1] for row in rows[1:]] == ["Faulty, continued"] * 2


@pytest.mark.parametrize(("length", "expected"), [(19, [12, 1]), (20, [11, 2])])
def test_portion_of_ids_is_never_longer_than_a_cell(length, expected):
    # 12 ids of 19 characters are 12*19 + 11*2 = 250; with one of 20 characters among them they are 251.
    first = ["x" * length, DAY, "MFN", "US", "", "Chargeback", "Amazon", "", "faulty"]
    rest = [[f"y{n:018d}", *first[1:]] for n in range(12)]
    rows = plan_with_dates([EVENTS_HEADER, first, *rest])
    assert [len(row[2].split(", ")) for row in rows if row[0] == "1 Root cause"] == expected


def test_long_sku_is_shortened_and_an_unknown_one_is_not_mentioned():
    long = part(plan_of(ledger(defect(1, "chargeback", "faulty", sku="K" * 60))), "1 Root cause")[0]
    # Amazon allows 40 characters for a SKU.
    assert f" SKU: {'K' * 39}… (1). Reason: {word('plan_reason_faulty')}" in long
    assert "SKU" not in part(plan_of(ledger(defect(1, "chargeback", "faulty"))), "1 Root cause")[0]


def test_skus_that_do_not_fit_are_counted():
    short = ledger(*(defect(n, "chargeback", "faulty", sku=f"S{n}") for n in range(5)))
    assert "SKU: S0 (1), S1 (1), S2 (1) and 2 more." in part(plan_of(short), "1 Root cause")[0]
    long = ledger(*(defect(n, "chargeback", sku=f"{n}" * 40) for n in range(4)))
    text = part(plan_of(long), "1 Root cause")[0]
    # By hand: 117 characters without SKUs, 7 for " SKU: .", 44 for each SKU, 2 between two, 11 for " and 2 more": two
    # make 225, three would make 271.
    assert len(text) == 225
    assert text.count("(1)") == 2
    assert " and 2 more. Reason: [" in text


def test_several_accounts_are_pointed_out():
    defects = ledger(defect(1, "chargeback", "faulty"), defect(100, "chargeback", "faulty", channel="AFN"))
    both = [*orders(50), *([number(n), DAY, "AFN", "Amazon.com"] for n in range(100, 150))]
    rows = ODR_PLAN(defects, ODR_DAYS(both), LOOK)
    assert part(rows, "Summary")[0].startswith("All accounts together: ")
    assert part(rows, "Check this")[0] == (
        "These are several accounts: US AFN, US MFN. Amazon judges each by itself: name one of them "
        "(account, or Settings in the workbook)."
    )
    alone = ODR_PLAN(defects, ODR_DAYS(both, defects), LOOK, account="US MFN")
    assert part(alone, "Check this") == []
    assert "1 of 50 orders" in part(alone, "Summary")[0]


def test_account_is_named_when_there_is_only_one():
    for account in (None, "us fbm", "MFN"):
        assert part(plan_of(SHOP, account=account), "Summary")[0].startswith("US MFN: 4 of 100 orders")
    bare = ODR_DAYS([["Order ID", "Order date"], [number(1), DAY]])
    assert part(ODR_PLAN(SHOP, bare, LOOK), "Summary")[0].startswith("All orders: 0 of 1 orders")


def test_defects_that_the_daily_counts_do_not_have_are_pointed_out():
    rows = ODR_PLAN(SHOP, ODR_DAYS(orders(100)), LOOK)
    assert part(rows, "Check this") == [
        "The daily counts have 0 defective orders in these dates, the list of defects names 4. Give ODR_DAYS the same "
        "defects."
    ]


def test_nothing_is_said_to_be_done_without_a_bracket_to_confirm():
    for title in ("2 What was done", "3 Prevention"):
        assert all(": [Confirm or delete] " in text for text in part(plan_of(SHOP), title))
    chinese = plan_of(SHOP, lang="zh")
    for title in ("2 已采取的纠正措施", "3 预防措施"):
        assert part(chinese, title)
        assert all("：【确认或删除】" in text for text in part(chinese, title))


@pytest.mark.parametrize("key", [key for key in PLAN_WORDS if key.startswith(("plan_done_", "plan_will_"))])
def test_every_sentence_about_what_the_seller_does_has_a_blank_to_fill_in(key):
    english, chinese = PLAN_WORDS[key]
    assert len(re.findall(r"\[[^]]+\]", english)) == len(re.findall("【[^】]+】", chinese)) >= 1
    assert "[date]" in english
    assert "【日期】" in chinese
    assert key.startswith("plan_done_") or "[name]" in english or "[amount]" in english


def test_no_orders_in_the_window_is_not_available():
    assert plan_of(SHOP, as_of=datetime(2030, 1, 1)) == "#N/A"
    assert plan_of(SHOP, as_of=datetime(2020, 1, 1)) == "#N/A"
    assert plan_of(SHOP, account="DE") == "#N/A"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"plan_days": 0}, "plan_days is a whole number from 1, not 0."),
        ({"plan_days": 1.5}, "plan_days is a whole number, not 1.5"),
        ({"plan_days": "soon"}, 'plan_days: "soon" isn\'t a number'),
        ({"plan_days": 1e9}, "plan_days is too large"),
        ({"notice": "tomorrow"}, 'notice: "tomorrow" isn\'t a date'),
        ({"as_of": "never"}, 'as_of: "never" isn\'t a date'),
        ({"window": 0}, "at least one day"),
        ({"window": 1e9}, "The window begins before the year 1"),
        ({"lag": 1e12}, "The window begins before the year 1"),
        ({"lag": -1}, "The lag is a number of days from 0"),
        ({"account": "Mars"}, "neither a marketplace nor a channel"),
    ],
)
def test_option_that_can_not_be_used_says_why(options, sentence):
    days = ODR_DAYS(orders(100), SHOP)
    assert ODR_PLAN(SHOP, days, **options) == "#VALUE!"
    with pytest.raises(Exception, match=re.escape(sentence)):
        ODR_PLAN.__dict__["plain"](SHOP, days, **options)


def test_ranges_that_can_not_be_used_say_why():
    plain = ODR_PLAN.__dict__["plain"]
    report = [["Order ID", "Chargeback Date", "Type", "Status"], [number(1), DAY, "Service", ""]]
    days = ODR_DAYS(orders(9))
    with pytest.raises(Exception, match="needs the result of ODR_DAYS"):
        plain(SHOP, orders(9))
    with pytest.raises(Exception, match="The range is blank"):
        plain([[None]], days)
    with pytest.raises(Exception, match="The defects have no order dates"):
        plain(report, days)
    assert ODR_PLAN(report, days) == ODR_PLAN(DEFECT_BREAKDOWN(orders(9)), days) == "#VALUE!"


# The words

#: Settings is the name of a sheet in every language.
ALLOWED = {"SKU", "US", "MFN", "AFN", "KETTLE", "POT", "Settings"}


def test_chinese_results_contain_no_english_words():
    shop = [
        defect(n, cause, f"Open · {text}" if cause == "a_to_z_claim" else text, sku="POT", channel=channel, day=day)
        for n, (cause, text, channel, day) in enumerate(
            (cause, text, channel, day)
            for cause in rules.CAUSES
            for text in ("never answered", "never arrived", "missing", "wrong item", "broken", "faulty",
                         "not as described", "delay", "refund", "hm", "")
            for channel, day in (("MFN", DAY), ("AFN", DAY))
        )
    ]  # fmt: skip
    tables = [
        ODR_ACTIONS(ledger(*shop), lang="zh"),
        plan_of(ledger(*shop), lang="zh", notice=DAY, account="US"),
        plan_of(ledger(*shop), lang="zh"),
        plan_of(ledger(), lang="zh"),
        ODR_PLAN(SHOP, ODR_DAYS(orders(9)), LOOK, lang="zh"),
        ODR_ACTIONS(ledger(), lang="zh"),
        ODR_ACTIONS(DEFECT_BREAKDOWN(orders(200), ledger(*shop)), lang="zh"),
    ]
    texts = [cell for rows in tables for row in rows for cell in row if isinstance(cell, str)]
    assert not {found for text in texts for found in re.findall("[A-Za-z]+", text)} - ALLOWED
    assert not [text for text in texts if "{" in text or "}" in text]
    assert not [text for text in texts if re.search(r"[一-鿿] *[,;:?!]|[,;:?!] *[一-鿿]", text)]  # half-width marks


def test_english_results_contain_no_chinese():
    texts = [
        cell for rows in (ODR_ACTIONS(SHOP), plan_of(SHOP)) for row in rows for cell in row if isinstance(cell, str)
    ]
    assert not [text for text in texts if re.search("[一-鿿，。；：【】（）]", text)]


def test_both_languages_have_the_same_values_in_braces():
    for key, (english, chinese) in PLAN_WORDS.items():
        values = [sorted(re.findall(r"\{(\w+)\}", text)) for text in (english, chinese)]
        assert values[0] == values[1], key


@pytest.mark.parametrize("language", ["en", "zh"])
def test_longest_promise_fits_into_a_cell(language):
    names = [word(f"topic_{topic}", language) for topic in TOPICS]
    names += [
        WORDS["plan_with_cause"][language == "zh"].format(topic=name, cause=word(cause, language))
        for name in names
        for cause in rules.AMAZON_CAUSES
    ]
    longest = max(names, key=len)
    for remedy in remedies.REMEDIES:
        for key in ("done", "will"):
            text = WORDS["plan_confirm"][language == "zh"].format(
                name=longest, text=word(f"plan_{key}_{remedy}", language)
            )
            assert len(text) <= 250, (remedy, key)
        assert len(word(f"plan_do_{remedy}", language)) <= 210, remedy  # and the strategy before it


@pytest.mark.parametrize("formula", [ODR_ACTIONS, ODR_PLAN])
def test_help_fits_excels_function_wizard(formula):
    first = formula.__doc__.splitlines()[0]
    assert first.isascii()
    assert len(first) <= 255


# Laws

DEFECTS = st.lists(
    st.builds(
        defect,
        st.integers(0, 8),
        st.sampled_from(rules.CAUSES),
        st.sampled_from(["faulty", "never arrived", "wrong item", "refund", "", "hm"]),
        sku=st.sampled_from(["", "POT", "K" * 300, "LID", "a, b"]),
        channel=st.sampled_from(["AFN", "MFN", ""]),
        day=st.sampled_from([DAY - timedelta(days=1), DAY, None]),
        counts=st.sampled_from(["Amazon", "No"]),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=20)
@given(defects=DEFECTS, language=st.sampled_from(["en", "zh"]))
def test_every_text_fits_into_a_cell_and_every_row_is_as_long_as_the_header(defects, language):
    listed = ledger(*defects)
    for rows in (ODR_ACTIONS(listed, lang=language), plan_with_dates(listed, language)):
        if isinstance(rows, str):
            continue
        assert {len(row) for row in rows} == {len(rows[0])}
        assert all(len(cell) <= 250 for row in rows for cell in row if isinstance(cell, str))


def plan_with_dates(defects: Table, language: str = "en") -> Any:
    """A plan over daily counts of enough orders of the window, whatever the defects say."""
    return ODR_PLAN(defects, COUNTED, LOOK, lang=language)


COUNTED = ODR_DAYS(orders(9))


@settings(deadline=None, max_examples=20)
@given(defects=DEFECTS)
def test_part_one_names_every_defective_order_of_the_window_once(defects):
    rows = plan_with_dates(ledger(*defects))
    inside = {row[0] for row in defects if row[6] == "Amazon" and row[5] in AMAZON and row[1] is not None}
    if isinstance(rows, str):  # no order date at all
        assert rows == "#VALUE!"
        assert not inside
        return
    named = [n for row in rows if row[0] == "1 Root cause" for n in row[2].split(", ") if n]
    assert Counter(named) == Counter(inside)
    assert all(row[2] == "" for row in rows[1:] if row[0] != "1 Root cause")


AMAZON = {word(cause) for cause in rules.AMAZON_CAUSES}


@settings(deadline=None, max_examples=20)
@given(defects=DEFECTS)
def test_shares_of_amazons_root_causes_add_up_to_one(defects):
    rows = ODR_ACTIONS(ledger(*defects))
    shares = [share for share in column(rows, "Share of defective orders") if share != ""]
    assert sum(shares) == pytest.approx(1.0 if shares else 0.0, abs=1e-12)
    assert bool(shares) == any(row[6] == "Amazon" and row[5] in AMAZON for row in defects)


@settings(deadline=None, max_examples=20)
@given(defects=DEFECTS, shuffle=st.randoms(use_true_random=False))
def test_order_of_the_events_changes_nothing(defects, shuffle):
    mixed = list(defects)
    shuffle.shuffle(mixed)
    assert ODR_ACTIONS(ledger(*mixed)) == ODR_ACTIONS(ledger(*defects))


@settings(deadline=None, max_examples=20)
@given(shift=st.integers(-3000, 3000), notice=st.integers(-40, 10), plan_days=st.integers(1, 40))
def test_shift_of_all_dates_shifts_the_dates_in_the_plan_and_nothing_else(shift, notice, plan_days):
    def plan(moved: timedelta) -> Table:
        # No late and no lost order: the peak months lie where they lie.
        defects = ledger(*([row[0], row[1] + moved, *row[2:]] for row in SHOP[1:] if row[-1] != "came with delay"))
        days = ODR_DAYS(orders(50, DAY + moved), defects)
        return ODR_PLAN(defects, days, LOOK + moved, LOOK + timedelta(days=notice) + moved, plan_days)

    def moved_back(text: str) -> str:
        return re.sub(r"\d{4}-\d\d-\d\d", lambda m: str(date.fromisoformat(m.group()) - timedelta(days=shift)), text)

    shifted = [[moved_back(cell) for cell in row[:2]] + row[2:] for row in plan(timedelta(days=shift))]
    assert shifted == plan(timedelta())
