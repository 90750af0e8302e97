"""Amazon's numbers beside ours and the early signs, as a seller sees them in cells. Every order is invented."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS, sum_days
from odr_xl.core.window import Window
from odr_xl.excel import arguments
from odr_xl.excel.formulas.amazon import ODR_RECONCILE, ODR_SIGNS
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER, ODR_DAYS
from odr_xl.labels import word
from odr_xl.readers.performance import METRICS, metric_named
from odr_xl.readers.ranges import read_range
from odr_xl.readers.reports import read_bytes
from odr_xl.readers.sources import Source
from odr_xl.rules import AMAZON_CAUSES
from odr_xl.samples import sample_reports

Table = list[list[Any]]
START, FINISH = datetime(2026, 7, 18), datetime(2026, 9, 15)  # 60 days
DAY = datetime(2026, 8, 10)
AMAZON = ["Marketplace", "Fulfilled By", "Metric", "From", "To", "Orders", "Count", "Target"]
HEADER = ["Account", "What", "Ours", "Amazon's", "Difference", "Likely reason"]
SIGNS = ["Account", "Metric", "From", "To", "Count", "Of", "Rate", "Target", "Status"]


def number(n: int) -> str:
    return f"900-{n:07d}-0000001"


def orders(
    count: int, status: str = "Shipped", *, first: int = 0, day: Any = DAY, channel: str = "Merchant",
    site: str = "Amazon.com",
) -> Table:  # fmt: skip
    """Rows of the All Orders report without its header."""
    return [[number(first + n), day, status, channel, site] for n in range(count)]


def shop(*parts: Table) -> Table:
    header = ["amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel"]
    return [header, *(row for part in parts for row in part)]


def claims(*cases: tuple[int, str]) -> Table:
    return [["Order ID", "Claim Date", "Claim Status", "Reason"], *([number(n), DAY, s, ""] for n, s in cases)]


def feedback(*cases: tuple[int, float]) -> Table:
    header = ["Date", "Rating", "Comments", "Your Response", "Order ID", "Status"]
    return [header, *([DAY, stars, "", "", number(n), ""] for n, stars in cases)]


def amazons(*rows: tuple[Any, ...]) -> Table:
    """Amazon's numbers: marketplace, channel, metric, orders, count, and what differs from the usual dates."""
    table = [AMAZON]
    for site, channel, metric, whole, part, *more in rows:
        start, finish, target = [*more, *(START, FINISH, None)[len(more) :]]
        table.append([site, channel, metric, start, finish, whole, part, target])
    return table


def said(rows: Table, what: str = "Orders") -> list[str]:
    return [row[5] for row in rows[1:] if row[1] == what]


SHOP = shop(orders(100), orders(4, "Cancelled", first=200), orders(50, first=300, channel="Amazon"))
LEDGER = DEFECT_LEDGER(SHOP, feedback((1, 1), (2, 2)), claims((3, "Open"), (4, "Granted")))
DAYS = ODR_DAYS(SHOP, LEDGER)


# Typed numbers


def test_typed_numbers_give_one_block_with_our_causes():
    # By hand: 104 seller-fulfilled orders, 4 of them cancelled; 4 defective: 2 feedbacks, 2 claims.
    assert ODR_RECONCILE(DAYS, START, FINISH, 100, 3, None, LEDGER, "us mfn") == [
        HEADER,
        ["US MFN", "Orders", 104, 100, 4,
         "4 cancelled orders are in our count: leave them out on Settings and compare."],
        ["US MFN", "Orders with defects", 4, 3, 1, f"Open claims count here and may still be denied: {number(3)}"],
        ["US MFN", "Negative feedback", 2, "", "", ""],
        ["US MFN", "A-to-z claim", 2, "", "", ""],
        ["US MFN", "Chargeback", 0, "", "", ""],
        ["US MFN", "Rate", 4 / 104, 0.03, 4 / 104 - 0.03, ""],
    ]  # fmt: skip


def test_same_numbers_are_the_same():
    found = ODR_RECONCILE(DAYS, START, FINISH, 154, 4)
    assert [row[0] for row in found[1:]] == ["All accounts"] * 6
    assert [(row[4], row[5]) for row in found[1:3]] == [(0, "the same"), (0, "the same")]
    assert found[-1][2:] == [4 / 154, 4 / 154, 0.0, "the same"]


def test_without_amazons_numbers_there_are_ours():
    for nothing in ((), (None, None), ("", " ")):
        found = ODR_RECONCILE(DAYS, START, FINISH, *nothing)
        assert [row[2] for row in found[1:]] == [154, 4, 2, 2, 0, 4 / 154]
        assert [row[3:] for row in found[1:]] == [["", "", ""]] * 6


def test_0_is_a_number_and_a_blank_is_not():
    assert ODR_RECONCILE(DAYS, START, FINISH, None, 0)[2][2:5] == [4, 0, 4]
    assert ODR_RECONCILE(DAYS, START, FINISH, "154")[1][2:5] == [154, 154, 0]


def test_no_order_in_the_dates_leaves_the_rate_blank():
    found = ODR_RECONCILE(DAYS, date(2020, 1, 1), date(2020, 2, 29), 7, 1)
    assert [row[2] for row in found[1:]] == [0, 0, 0, 0, 0, ""]
    assert found[1][5] == "There is no order from 2020-01-01 to 2020-02-29. Add the All Orders report for these days."
    assert found[-1][2:] == ["", 1 / 7, "", ""]


def test_further_reasons_stand_in_rows_without_numbers():
    many = shop(orders(90), orders(30, "Cancelled", first=200), orders(40, "Pending", first=300))
    found = ODR_RECONCILE(ODR_DAYS(many), START, FINISH, 150)
    assert [row[1:5] for row in found[1:3]] == [["Orders", 160, 150, 10], ["Orders", "", "", ""]]
    assert [row[5].split(" orders")[0] for row in found[1:3]] == ["30 cancelled", "40 pending"]


@pytest.mark.parametrize(
    "arguments_given",
    [
        (DAYS, START, FINISH, 5, 9),  # more defects than orders
        (DAYS, START, FINISH, -5),
        (DAYS, START, FINISH, 1.5),
        (DAYS, START, FINISH, "many"),
        (DAYS, FINISH, START, 5),
        (DAYS, "soon", FINISH, 5),
        (DAYS, START, FINISH, 5, 1, None, None, "Mars"),
        (DAYS, START, FINISH, 5, 1, None, None, None, "fr"),
        (SHOP, START, FINISH, 5),
        (None,),
        (DAYS, START, FINISH, None, None, [["Marketplace", "Orders"], ["US", 5]]),
        (DAYS, START, FINISH, None, None, amazons(("US", "MFN", "ODR", "many", 1))),
        (DAYS, START, FINISH, None, None, amazons(("US", "MFN", "ODR", 5, 1, FINISH, START))),
    ],
)
def test_input_that_cannot_be_used_is_a_cell_error(arguments_given):
    assert ODR_RECONCILE(*arguments_given) == "#VALUE!"


# Amazon's table


def test_each_account_of_the_table_is_a_block_over_its_own_dates():
    table = amazons(
        ("US", "MFN", "Order defect rate", 104, 4),
        ("US", "MFN", "Negative feedback", None, 2),
        ("US", "AFN", "Order defect rate", 0, 0, datetime(2026, 8, 11), FINISH),
        ("ATVPDKIKX0DER", "FBA", "订单缺陷率", 51, 0, START, datetime(2026, 9, 20)),
        ("US", "MFN", "Late shipment rate", 30, 3),
    )
    found = ODR_RECONCILE(DAYS, date(2020, 1, 1), date(2020, 1, 2), None, None, table, LEDGER)
    assert [row[:5] for row in found[1:]] == [
        ["US MFN", "Orders", 104, 104, 0],
        ["US MFN", "Orders with defects", 4, 4, 0],
        ["US MFN", "Negative feedback", 2, 2, 0],
        ["US MFN", "Rate", 4 / 104, 4 / 104, 0.0],
        ["US AFN", "Orders", 50, 51, -1],  # the period that ends last
        ["US AFN", "Orders with defects", 0, 0, 0],
        ["US AFN", "Rate", 0.0, 0.0, 0.0],
    ]


def test_causes_of_an_older_period_are_left_out():
    table = amazons(
        ("US", "MFN", "ODR", 104, 4),
        ("US", "MFN", "Chargeback", "", 9, datetime(2026, 7, 17), datetime(2026, 9, 14)),
    )
    found = ODR_RECONCILE(DAYS, None, None, None, None, table)
    assert [row[1] for row in found[1:]] == ["Orders", "Orders with defects", "Rate"]


def test_account_chooses_among_the_table():
    table = amazons(("US", "MFN", "ODR", 104, 4), ("US", "AFN", "ODR", 50, 0), ("DE", "MFN", "ODR", 9, 0))
    for account, expected in (("AFN", ["US AFN"]), ("US", ["US MFN", "US AFN"]), ("de mfn", ["DE MFN"])):
        found = ODR_RECONCILE(DAYS, None, None, None, None, table, None, account)
        assert list(dict.fromkeys(row[0] for row in found[1:])) == expected


def test_account_without_orders_on_either_side_is_no_block():
    table = amazons(("DE", "AFN", "ODR", 0, 0), ("US", "MFN", "ODR", 104, 4))
    assert {row[0] for row in ODR_RECONCILE(DAYS, None, None, None, None, table)[1:]} == {"US MFN"}


def test_0_orders_of_amazons_are_no_data():
    found = ODR_RECONCILE(DAYS, None, None, None, None, amazons(("US", "MFN", "ODR", 0, 0)))
    assert found[1][2:] == [
        *(104, 0, 104),
        "Amazon shows no orders for this account and these dates. That is no data, not 0%.",
    ]
    assert found[-1][2:] == [4 / 104, "", "", ""]


def test_typed_numbers_stand_before_the_table():
    found = ODR_RECONCILE(DAYS, START, FINISH, 154, None, amazons(("US", "MFN", "ODR", 104, 4)))
    assert list(dict.fromkeys(row[0] for row in found[1:])) == ["All accounts", "US MFN"]


def test_empty_table_is_as_if_there_was_none():
    assert ODR_RECONCILE(DAYS, START, FINISH, None, None, [AMAZON, [None] * 8]) == ODR_RECONCILE(DAYS, START, FINISH)


def test_table_without_dates_is_about_the_dates_that_are_given():
    table = amazons(("US", "MFN", "ODR", 104, 4, None, ""))
    assert ODR_RECONCILE(DAYS, START, FINISH, None, None, table)[1][2:5] == [104, 104, 0]
    assert ODR_RECONCILE(DAYS, date(2026, 8, 11), None, None, None, table)[1][2:5] == [0, 104, -104]


def test_unknown_marketplace_is_named_as_it_is():
    found = ODR_RECONCILE(DAYS, None, None, None, None, amazons(("A3UNKNOWN", "MFN", "ODR", 9, 1)))
    assert found[1] == [
        *("A3UNKNOWN MFN", "Orders", 0, 9, -9),
        "We don't know the marketplace A3UNKNOWN, so none of your orders belongs to it.",
    ]
    assert found[2][2:] == [0, 1, -1, ""]


def test_amazons_window_of_other_length_is_not_blamed():
    thirty = amazons(("US", "MFN", "ODR", 90, 4, datetime(2026, 8, 1), datetime(2026, 8, 30)))
    assert said(ODR_RECONCILE(DAYS, None, None, None, None, thirty)) == [
        "4 cancelled orders are in our count: leave them out on Settings and compare.",
        "At least 10 have another reason: check that Amazon's page shows these dates and this account.",
    ]
    more = amazons(("US", "MFN", "ODR", 160, 4, datetime(2026, 8, 1), datetime(2026, 8, 30)))
    assert not [text for text in said(ODR_RECONCILE(DAYS, None, None, None, None, more)) if "60" in text]
    # The same dates, typed by the seller: an own window of 30 days can be why there are fewer orders.
    typed = ODR_RECONCILE(DAYS, datetime(2026, 8, 1), datetime(2026, 8, 30), 160)
    assert "Your dates cover 30 days; Amazon's window has 60." in said(typed)


def test_order_ids_fit_into_a_cell_and_the_rest_is_counted():
    many = shop(orders(60))
    ledger = DEFECT_LEDGER(many, None, claims(*((n, "Open") for n in range(60))))
    found = ODR_RECONCILE(ODR_DAYS(many, ledger), START, FINISH, 60, 10, None, ledger)
    text = said(found, "Orders with defects")[0]
    # By hand: "Open claims …: " has 47 characters, an id with its comma 21, " and 51 more" 12: nine ids fit into 250.
    assert len(text) <= 250
    assert text.count("900-") == 9 and text.endswith(f"{number(8)} and 51 more")


def test_order_id_longer_than_a_cell_is_cut():
    long = [["Order ID", "Order date", "Fulfilled By", "Marketplace"], ["X" * 300, DAY, "MFN", "US"]]
    ledger = [["Order ID", "Order date", "Channel", "Marketplace", "Cause", "Counts", "Rule", "Detail"],
              ["X" * 300, DAY, "MFN", "US", "A-to-z claim", "Amazon", "claim not denied: counts", "Open"]]  # fmt: skip
    text = said(ODR_RECONCILE(ODR_DAYS(long, ledger), START, FINISH, 1, 0, None, ledger), "Orders with defects")[0]
    assert len(text) == 250 and text.endswith("…")


def test_chinese_ledger_gives_chinese_reasons_for_the_same_numbers():
    ledger = DEFECT_LEDGER(SHOP, feedback((1, 1), (2, 2)), claims((3, "Open"), (4, "Granted")), lang="zh")
    days = ODR_DAYS(SHOP, ledger)
    chinese, english = (ODR_RECONCILE(d, START, FINISH, 100, 3, None, t) for d, t in ((days, ledger), (DAYS, LEDGER)))
    assert [row[2:5] for row in chinese[1:]] == [row[2:5] for row in english[1:]]
    assert chinese[0] == ["账户", "项目", "我们的统计", "亚马逊的数据", "差异", "可能原因"]
    assert said(chinese, "缺陷订单") == [f"未结索赔先计入，仍可能被驳回：{number(3)}"]


# Words that Chinese sellers write in Latin letters, names of formulas, and ids.
LATIN = re.compile(
    r"(?<![A-Za-z])(?:US|DE|MFN|AFN|A-to-z|purchase-date|DEFECT_LEDGER|ODR_DAYS|A3UNKNOWN|\d)+(?![A-Za-z])"
)


def english_words(rows: Table) -> list[str]:
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    return [w for text in texts for w in re.findall(r"[A-Za-z]{2,}", LATIN.sub("", text))]


def test_chinese_results_hold_no_english():
    table = amazons(
        ("US", "MFN", "ODR", 90, 9), ("US", "AFN", "ODR", 99, 3), ("A3UNKNOWN", "MFN", "ODR", 5, 1),
        ("US", "MFN", "late_shipment", 30, 3, START, FINISH, 0.04),
        ("US", "MFN", "valid_tracking", 30, 29, START, FINISH, 0.9), ("US", "MFN", "cancellation", 0, 0),
        ("US", "MFN", "on_time_delivery", 3, 5),
    )  # fmt: skip
    for trail in (LEDGER, None):
        assert english_words(ODR_RECONCILE(DAYS, START, FINISH, 10, 9, table, trail, None, "zh")) == []
    assert english_words(ODR_SIGNS(table, None, None, None, "zh")) == []
    assert english_words(ODR_SIGNS(None, HEALTH, DAYS, None, "中文")) == []
    assert english_words(ODR_SIGNS(lang="zh")) == []


CASES = st.lists(
    st.tuples(
        st.dates(date(2026, 7, 10), date(2026, 9, 20)),
        st.sampled_from(["MFN", "AFN"]),
        st.sampled_from(["US", "DE"]),
        st.integers(0, 9),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=12,
)


def day_rows(cases: list[tuple[date, str, str, int, int]]) -> Table:
    names = (*DAY_KEYS, *COUNT_COLUMNS)
    rows = []
    for day, channel, site, count, bad in cases:
        counts = {"orders": count + bad, "defective_amazon": bad, "chargeback": bad, "cancelled": count // 2}
        cells = {"order_date": datetime(day.year, day.month, day.day), "channel": channel, "marketplace": site} | counts
        rows.append([cells.get(name, 0) for name in names])
    return [[word(name) for name in names], *rows]


@given(CASES, st.integers(0, 60), st.integers(0, 20), st.sampled_from(["", "US", "MFN", "DE AFN"]))
def test_ours_is_what_the_days_say_and_differences_are_whole(cases, more, bad, account):
    rows = day_rows(cases)
    found = ODR_RECONCILE(rows, START, FINISH, more + bad, bad, None, None, account)
    sums = sum_days(arguments.read_days(rows, account), Window(START.date(), FINISH.date()))
    numbered = [row for row in found[1:] if row[2] != "" or row[1] == "Rate"]
    names = ("orders", "defective_amazon", "negative_feedback", "a_to_z_claim", "chargeback")
    assert [row[2] for row in numbered[:5]] == [sums[name] for name in names]
    for row, theirs in zip(numbered, (more + bad, bad), strict=False):
        assert row[4] == row[2] - theirs and type(row[4]) is int
        assert (row[5] == "the same") is (row[4] == 0)
    assert numbered[5][2] == (sums["defective_amazon"] / sums["orders"] if sums["orders"] else "")
    assert all(len(row) == 6 and len(row[5]) <= 250 for row in found)


@given(CASES)
def test_blocks_of_the_accounts_add_up_to_all_accounts_together(cases):
    rows = day_rows(cases)
    accounts = [(site, channel) for site in ("US", "DE") for channel in ("MFN", "AFN")]
    table = amazons(*((site, channel, "ODR", 1, 0) for site, channel in accounts))
    blocks = ODR_RECONCILE(rows, None, None, None, None, table)
    together = ODR_RECONCILE(rows, START, FINISH)
    for what in ("Orders", "Orders with defects"):
        parts = [row[2] for row in blocks[1:] if row[1] == what and row[2] != ""]
        assert sum(parts) == next(row[2] for row in together if row[1] == what)


# Early signs

HEALTH: Table = [
    ["Order ID", "Order Date", "Fulfilled By", "Negative Feedback", "Late Shipment", "Pre-fulfillment Cancellation"],
    [number(1), datetime(2026, 8, 9), "Seller", "X", "", ""],
    [number(2), DAY, "Seller", "", "X", ""],
    [number(3), DAY, "Seller", "", "", "Yes"],
]


def test_amazons_metrics_are_judged_by_their_own_targets():
    table = amazons(
        ("US", "MFN", "late_shipment", 50, 2, START, FINISH, 0.04),  # 4 % isn't under 4 %
        ("US", "MFN", "late_shipment", 50, 9, START, datetime(2026, 9, 14), 0.04),  # an older period
        ("US", "MFN", "Valid tracking rate", 200, 190, START, FINISH, 0.95),  # 95 % isn't over 95 %
        ("US", "MFN", "On-time delivery rate", 190, 172, START, FINISH, 0.9),
        ("US", "MFN", "Cancellation rate", 40, 0, START, FINISH, ""),
        ("US", "MFN", "ODR", 104, 4, START, FINISH, 0.01),
    )
    assert ODR_SIGNS(table) == [
        SIGNS,
        ["US MFN", "Late shipment rate", START, FINISH, 2, 50, 0.04, 0.04, "Misses the target"],
        ["US MFN", "Pre-fulfillment cancellation rate", START, FINISH, 0, 40, 0.0, "", ""],
        ["US MFN", "Valid tracking rate", START, FINISH, 190, 200, 0.95, 0.95, "Misses the target"],
        ["US MFN", "On-time delivery rate", START, FINISH, 172, 190, 172 / 190, 0.9, "On target"],
    ]


def test_0_or_missing_orders_give_no_rate_and_no_verdict():
    table = amazons(
        ("US", "MFN", "late_shipment", 0, 0, START, FINISH, 0.04),
        ("DE", "MFN", "late_shipment", "", 3, START, FINISH, 0.04),
        ("UK", "MFN", "late_shipment", 30, "", None, None, 0.04),
        ("FR", "MFN", "valid_tracking", 30, 31, START, FINISH, 0.95),
    )
    assert [row[4:] for row in ODR_SIGNS(table)[1:]] == [
        [0, 0, "", 0.04, "No orders"],
        [3, "", "", 0.04, ""],
        ["", 30, "", 0.04, ""],
        [31, 30, "", 0.95, "Count and total don't fit: compare with Account Health"],
    ]


def test_two_periods_that_end_on_the_same_day_are_both_shown():
    ten = FINISH - timedelta(days=9)
    table = amazons(
        ("US", "MFN", "LSR", 50, 1, ten, FINISH, 0.04),
        ("US", "MFN", "LSR", 90, 1, FINISH - timedelta(days=29), FINISH, 0.04),
    )
    assert [(row[2], row[5]) for row in ODR_SIGNS(table)[1:]] == [(FINISH - timedelta(days=29), 90), (ten, 50)]


def test_without_amazons_numbers_the_marks_are_counted_as_an_estimate():
    # By hand: all 104 seller-fulfilled orders are of 10 August, which is the latest order date too.
    status = "our count: an estimate from Amazon's list, whose last order is of 2026-08-10"
    assert ODR_SIGNS(None, HEALTH, DAYS) == [
        SIGNS,
        ["US MFN", "Late shipment rate", datetime(2026, 7, 12), DAY, 1, 104, 1 / 104, "", status],
        ["US MFN", "Pre-fulfillment cancellation rate", datetime(2026, 8, 4), DAY, 1, 104, 1 / 104, "", status],
    ]


def test_amazons_number_takes_the_place_of_the_estimate():
    table = amazons(("US", "MFN", "late_shipment", 50, 1, START, FINISH, 0.04))
    found = ODR_SIGNS(table, HEALTH, DAYS)
    assert [(row[1], row[5]) for row in found[1:]] == [
        ("Late shipment rate", 50),
        ("Pre-fulfillment cancellation rate", 104),
    ]


def test_without_marks_cancelled_orders_are_an_upper_bound():
    assert ODR_SIGNS(None, None, DAYS)[1:] == [
        ["US MFN", "Pre-fulfillment cancellation rate", datetime(2026, 8, 4), DAY, 4, 104, 4 / 104, "",
         "our count: an upper bound, cancellations by buyers are in it"],
    ]  # fmt: skip


def test_day_of_looking_moves_the_periods():
    found = ODR_SIGNS(None, HEALTH, DAYS, date(2026, 10, 1))
    # The list ends on 10 August, before the 30 days: no count is possible, and none of the last 7 days has an order.
    assert [row[2:7] for row in found[1:]] == [
        [datetime(2026, 9, 2), datetime(2026, 10, 1), "", 0, ""],
        [datetime(2026, 9, 25), datetime(2026, 10, 1), 0, 0, ""],
    ]
    assert found[1][8] == "our count isn't possible: the last order on Amazon's list is of 2026-08-10"


def test_marks_alone_end_on_their_own_latest_day():
    found = ODR_SIGNS(None, HEALTH)
    assert [(row[0], row[3], row[4], row[5], row[6]) for row in found[1:]] == [("MFN", DAY, 1, "", "")] * 2


def test_marks_without_dates_say_so():
    found = ODR_SIGNS(None, [[*row[:1], *row[2:]] for row in HEALTH], DAYS)
    assert found[1][4:] == ["", 104, "", "", "our count isn't possible: the marks have no order dates"]


@pytest.mark.parametrize("nothing", [(), (None, None, None), ("", [[None]]), ([AMAZON, [None] * 8],)])
def test_without_any_numbers_the_result_says_what_is_missing(nothing):
    found = ODR_SIGNS(*nothing)
    assert len(found) == 2 and found[1][:-1] == [""] * 8
    assert found[1][-1].startswith("No numbers yet: give Amazon's own numbers")


@pytest.mark.parametrize(
    "arguments_given",
    [
        (amazons(("US", "MFN", "LSR", 3, "x")),),
        (None, [["a"], ["b"]]),
        (None, None, SHOP),
        (None, None, DAYS, "soon"),
        (None, None, DAYS, None, "fr"),
        ([["Order ID"], ["A"]],),
    ],
)
def test_signs_of_input_that_cannot_be_used_are_a_cell_error(arguments_given):
    assert ODR_SIGNS(*arguments_given) == "#VALUE!"


# The sample shop


@pytest.fixture(scope="module")
def sample() -> dict[str, Table]:
    """The sample shop's ranges, as the workbook holds them."""
    tables: dict[str, Table] = {}
    for name, content in sample_reports(date(2026, 9, 30)).items():
        reading = read_bytes(Source(name, content, True), marketplace="DE" if "-de" in name else "US")
        frame = reading.table.drop(columns="row").astype(object)
        cells = frame.where(frame.notna(), None).to_numpy().tolist()
        tables.setdefault(reading.kind, [[str(c) for c in frame.columns]]).extend(cells)
    tables["ledger"] = DEFECT_LEDGER(tables["orders"], tables["feedback"], tables["claims"], tables["chargebacks"])
    tables["days"] = ODR_DAYS(tables["orders"], tables["ledger"])
    return tables


def test_sample_shop_differs_by_4_orders_and_the_claim_under_review(sample):
    found = ODR_RECONCILE(sample["days"], None, None, None, None, sample["performance"], sample["ledger"])
    numbers = {(row[0], row[1]): row[2:5] for row in found[1:] if row[4] != ""}
    # The story: 6 of 500, 2 of 400 and 2 of 222; without Account Health's list the seller knows 5 of the 6.
    assert numbers["US MFN", "Orders"] == [500, 496, 4]
    assert numbers["US AFN", "Orders"] == [400, 400, 0] and numbers["DE MFN", "Orders"] == [222, 222, 0]
    assert numbers["US AFN", "Orders with defects"] == [2, 2, 0]
    assert numbers["US MFN", "A-to-z claim"] == [3, 2, 1] and numbers["US MFN", "Chargeback"] == [0, 1, -1]
    reason = next(row[5] for row in found if row[:2] == ["US MFN", "A-to-z claim"])
    assert re.fullmatch(r"Open claims count here and may still be denied: 901-\d{7}-\d{7}", reason)


def test_sample_shop_has_one_early_sign(sample):
    found = ODR_SIGNS(sample["performance"], sample["account_health"], sample["days"])
    assert [(row[0], row[1]) for row in found[1:] if row[8] != "On target"] == [("DE MFN", "Valid tracking rate")]
    assert len(found) == 9  # two marketplaces, four metrics


@pytest.mark.parametrize("key", METRICS)
def test_workbook_offers_the_word_that_the_formulas_show(key):
    assert METRICS[key][0] == word(key if key in AMAZON_CAUSES else f"metric_{key}")


@pytest.mark.parametrize("key", METRICS)
def test_both_words_of_a_metric_are_read_again(key):
    name = key if key in AMAZON_CAUSES else f"metric_{key}"
    assert {metric_named(word(name, language)) for language in ("en", "zh")} == {key}


def test_result_of_the_sample_can_be_read_again_as_amazons_table(sample):
    assert read_range(sample["performance"]).kind == "performance"
