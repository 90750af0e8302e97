"""The formulas as plain calls on rows of cells: what a seller sees for what stands in the sheet."""

from __future__ import annotations

import inspect
import platform
import re
import struct
import sys
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import Any

import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl import __version__
from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.excel.connection import current_hash
from odr_xl.excel.functions import (
    ARGUMENT_HELP,
    DEFECT_BREAKDOWN,
    DEFECT_LEDGER,
    FORMULAS,
    ODR,
    ODR_BY,
    ODR_CHECK,
    ODR_DAYS,
    ODR_STATUS,
    ODR_TREND,
)
from odr_xl.readers.blocks import Block

Table = list[list[Any]]
DAY = datetime(2026, 3, 2)


def number(n: int) -> str:
    return f"900-{n:07d}-0000001"


def orders(count: int, day: datetime = DAY) -> Table:
    """All Orders report: ``count`` orders of one day."""
    header = ["amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel", "sku"]
    return [header, *([number(n), day, "Shipped", "Merchant", "Amazon.com", "INK-1"] for n in range(count))]


def feedback(*cases: tuple[int, float, str]) -> Table:
    header = ["Date", "Rating", "Comments", "Your Response", "Order ID", "Status"]
    return [header, *([DAY, stars, "words", "", number(n), status] for n, stars, status in cases)]


def claims(*cases: tuple[int, str]) -> Table:
    return [["Order ID", "Claim Date", "Claim Status", "Reason"], *([number(n), DAY, s, ""] for n, s in cases)]


def chargebacks(*cases: tuple[int, str]) -> Table:
    return [["Order ID", "Chargeback Date", "Type", "Status"], *([number(n), DAY, kind, ""] for n, kind in cases)]


def returns(*cases: tuple[int, str, str]) -> Table:
    header = ["return-date", "order-id", "sku", "reason", "A-to-z Claim"]
    return [header, *([DAY, number(n), "INK-1", reason, claimed] for n, reason, claimed in cases)]


def column(rows: Table, name: str) -> list[Any]:
    return [row[rows[0].index(name)] for row in rows[1:]]


#: The article's shop: 100 orders, 7 returned and 3 cancelled because of a defect.
ARTICLE: Table = [
    ["Order ID", "Order Date", "Returned (defect)", "Cancelled (defect)"],
    *([number(n), DAY, "x" if n < 7 else "", "x" if 7 <= n < 10 else ""] for n in range(100)),
]
#: 100 orders; 1 has a feedback and a claim, 1 a chargeback, 1 a defect return; the rest doesn't count.
LEDGER = DEFECT_LEDGER(
    orders(100),
    feedback((0, 1, ""), (1, 3, ""), (2, 2, "Removed")),
    claims((0, "Granted"), (3, "Denied")),
    chargebacks((4, "Service"), (5, "Fraud")),
    returns((6, "CR-SWITCHEROO", ""), (7, "ORDERED_WRONG_ITEM", "")),
)


# The rate


@pytest.mark.parametrize(
    ("definition", "expected"),
    [(None, 0.10), ("all", 0.10), ("returns", 0.10), ("amazon", 0.0), ("", 0.10), (" Amazon ", 0.0)],
)
def test_10_of_100_orders_returned_or_cancelled_for_a_defect_are_10_percent(definition, expected):
    # The worked example of the article (SellerApp); Amazon's own rate knows neither cause.
    assert ODR(ARTICLE, None, None, None, definition) == expected


def test_every_way_to_the_rate_gives_the_same_number():
    # By hand: orders 0, 4 and 6 of 100, and for Amazon orders 0 and 4.
    days = ODR_DAYS(orders(100), LEDGER)
    for definition, expected in (("all", 0.03), ("amazon", 0.02), ("returns", 0.01)):
        assert ODR(orders(100), LEDGER, None, None, definition) == expected
        assert ODR(days, None, None, None, definition) == expected
        assert DEFECT_BREAKDOWN(orders(100), LEDGER, None, None, definition)[-2][2] == expected
        assert DEFECT_BREAKDOWN(days, None, None, None, definition)[-2][2] == expected
    assert ODR_TREND(days, DAY, 1)[1][3:5] == [0.02, 0.03]


def test_raw_report_can_stand_in_place_of_the_ledger():
    assert ODR(orders(50), feedback((0, 1, ""), (1, 5, ""))) == 0.02
    assert ODR(orders(50), chargebacks((0, "Service"), (1, "Fraud"))) == 0.02


def test_account_health_download_is_orders_with_marks_and_late_shipment_is_no_defect():
    # Late shipment and pre-fulfilment cancellation have metrics of their own.
    rows = [
        ["Order ID", "Order Date", "Fulfilled By", "Negative Feedback", "A-to-z Guarantee claim", "Chargeback claim",
         "Late Shipment", "Pre-fulfillment Cancellation"],
        [number(0), DAY, "Seller", "X", "X", "", "X", ""],
        [number(1), DAY, "Seller", "", "", "", "X", "X"],
    ]  # fmt: skip
    assert ODR(rows) == 0.5


@pytest.mark.parametrize("kind", [datetime, date, str, float])
def test_window_is_given_as_dates_texts_or_serial_numbers(kind):
    # 46083 is 2026-03-02 in Excel: 45658 is 2025-01-01, and 425 days lie between them.
    def cell(day: datetime) -> Any:
        serial = float(46083 + (day - DAY).days)
        return {datetime: day, date: day.date(), str: day.strftime("%Y-%m-%d"), float: serial}[kind]

    rows = [["Order ID", "Order Date", "Chargeback"], [number(0), DAY, "x"], [number(1), DAY + timedelta(days=1), ""]]
    assert ODR(rows, None, cell(DAY), cell(DAY)) == 1.0
    assert ODR(rows, None, cell(DAY), cell(DAY + timedelta(days=1))) == 0.5
    assert ODR(rows, None, cell(DAY + timedelta(days=1)), None) == 0.0
    assert ODR(rows, None, cell(DAY + timedelta(days=2)), None) == "#N/A"


@pytest.mark.parametrize(("back", "expected"), [(74, 1.0), (15, 1.0), (75, "#N/A"), (14, "#N/A")])
def test_window_seen_on_11_january_2022_ends_15_days_before_and_holds_60_days(back, expected):
    # 2021-10-29 and 2021-12-27 are 75 - 1 and 15 days before 2022-01-11.
    rows = [["Order ID", "Order Date", "Chargeback"], [number(0), datetime(2022, 1, 11) - timedelta(days=back), "x"]]
    assert ODR(rows, None, datetime(2021, 10, 29), datetime(2021, 12, 27)) == expected


def test_no_orders_are_na_and_never_0_percent():
    header_only = [["Order ID", "Order Date"]]
    assert ODR(header_only) == "#N/A"
    assert DEFECT_BREAKDOWN(header_only) == "#N/A"
    assert ODR_BY(header_only) == "#N/A"
    assert ODR_TREND(ODR_DAYS(header_only)) == "#N/A"
    assert ODR(orders(3), None, DAY + timedelta(days=1)) == "#N/A"


@pytest.mark.parametrize(
    "call",
    [
        lambda: ODR(orders(3), None, "31/02/2026"),
        lambda: ODR(orders(3), None, DAY, DAY - timedelta(days=1)),
        lambda: ODR(orders(3), None, None, None, "strict"),
        lambda: ODR([["Buyer", "Colour"], ["x", "y"]]),
        lambda: ODR("#REF!"),
        lambda: ODR([["Order ID", "Chargeback"], ["#REF!", ""]]),
        lambda: ODR([["Order ID", "Order Date"], [number(0), "31/02/2026"]], None, DAY),
        lambda: ODR(feedback((0, 1, ""))),
        lambda: ODR(orders(3), orders(3)),
        lambda: ODR(ODR_DAYS(orders(3)), LEDGER),
        lambda: ODR_TREND(orders(3)),
        lambda: ODR_TREND(ODR_DAYS(orders(3)), DAY, 0),
        lambda: ODR_TREND(ODR_DAYS(orders(3)), DAY, 1.5),
        lambda: ODR_TREND(ODR_DAYS(orders(3)), DAY, 60, 100_000),
        lambda: ODR_BY(orders(3), None, "colour"),
        lambda: ODR_DAYS(orders(3), None, "refunded"),
        lambda: ODR_STATUS("much"),
        lambda: ODR_STATUS(1.61),
    ],
)
def test_input_that_cannot_be_read_is_value_and_never_a_number(call):
    assert call() == "#VALUE!"


def test_error_in_a_column_that_is_not_needed_is_no_error():
    rows = [["Order ID", "Chargeback", "sku"], [number(0), "x", "#REF!"]]
    assert ODR(rows) == 1.0


def test_order_on_three_rows_is_one_order_and_orders_from_elsewhere_are_left_out():
    rows = orders(2)
    rows += [list(rows[1]), list(rows[1])]
    rows += [[number(8), DAY, "Shipped", "Amazon", "Non-Amazon US", "INK-1"]]
    rows += [["S01-0000001-0000001", DAY, "Shipped", "Amazon", "", "INK-1"]]
    days = ODR_DAYS(rows, claims((0, "Open"), (8, "Open")))
    assert (sum(column(days, "Orders")), sum(column(days, "Left out")), sum(column(days, "Defective"))) == (2, 2, 1)
    assert ODR(rows, claims((0, "Open"), (8, "Open"))) == 0.5


def test_status_column_of_the_feedback_sheet_takes_removed_feedback_out():
    # The sheet has six columns like Amazon's download, but its sixth is the seller's mark, not the rater's e-mail.
    ledger = DEFECT_LEDGER(orders(2), feedback((0, 1, "Removed"), (1, 1, "Removal requested")))
    assert column(ledger, "Counts") == ["No", "Amazon"]


# The breakdown


def test_breakdown_has_a_line_for_each_cause_and_three_totals():
    # By hand from the ledger above; 4 causes on 3 orders, one of which has two.
    assert DEFECT_BREAKDOWN(orders(100), LEDGER) == [
        ["Cause", "Orders", "Rate", "Share of defective orders", "In Amazon's ODR"],
        ["Negative feedback", 1, 0.01, 1 / 3, "yes"],
        ["A-to-z claim", 1, 0.01, 1 / 3, "yes"],
        ["Chargeback", 1, 0.01, 1 / 3, "yes"],
        ["Defect return", 1, 0.01, 1 / 3, "no"],
        ["Defect cancellation", 0, 0.0, 0.0, "no"],
        ["Orders with several causes", 1, 0.01, 1 / 3, ""],
        ["Distinct defective orders", 3, 0.03, 1.0, ""],
        ["All orders", 100, 1.0, "", ""],
    ]


# The audit trail


def test_ledger_shows_every_event_with_its_rule_and_the_day_it_leaves():
    assert LEDGER[0] == [
        "Order ID", "Order date", "Channel", "Marketplace", "SKU", "Cause", "Counts", "Rule", "Source", "Source row",
        "Event date", "Detail", "Leaves on",
    ]  # fmt: skip
    assert len(LEDGER) == 1 + 9
    assert column(LEDGER, "Counts") == ["Amazon", "Amazon", "No", "No", "No", "Amazon", "No", "Wider", "No"]
    # 2026-03-02 + 60 + 15 days, by hand.
    assert set(column(LEDGER, "Leaves on")) == {datetime(2026, 5, 16)}
    assert set(column(LEDGER, "Channel")) == {"MFN"}
    assert set(column(LEDGER, "Marketplace")) == {"US"}


def test_defect_of_an_order_that_is_not_there_is_shown_and_not_counted():
    ledger = DEFECT_LEDGER(orders(2), None, claims((7, "Granted")))
    (event,) = ledger[1:]
    assert event[:2] == [number(7), ""]
    assert event[6:8] == ["No", "order isn't in Orders: not counted until it is"]
    assert ODR(orders(2), ledger) == 0.0
    assert ODR(orders(8), claims((7, "Granted"))) == 1 / 8


def test_ledger_without_an_event_is_a_header_that_other_formulas_take():
    ledger = DEFECT_LEDGER(orders(2))
    assert len(ledger) == 1
    assert ODR(orders(2), ledger) == 0.0


# Days and trend


def test_days_can_be_counted_without_cancelled_and_pending_orders():
    rows = orders(4)
    rows[1][2], rows[2][2] = "Cancelled", "Pending - Waiting for Pick Up"
    for omit, kept in ((None, 4), ("cancelled", 3), ("Pending", 3), ("cancelled, pending", 2)):
        days = ODR_DAYS(rows, None, omit)
        assert column(days, "Orders") == [kept]
        assert column(days, "Left out") == [4 - kept]


def test_days_have_the_documented_columns():
    assert len(ODR_DAYS(orders(1))[0]) == 3 + len(COUNT_COLUMNS)


def test_trend_has_exactly_as_many_rows_as_asked_and_na_where_no_order_is():
    rows = ODR_TREND(ODR_DAYS(orders(100), LEDGER), datetime(2026, 5, 1), 3, 1, 60)
    # 2026-04-30 is the 60th day from 2026-03-02; one day later the window is empty.
    assert rows[1:] == [
        [datetime(2026, 4, 29), 100, 2, 0.02, 0.03, 0.01],
        [datetime(2026, 4, 30), 100, 2, 0.02, 0.03, 0.01],
        [datetime(2026, 5, 1), 0, 0, "#N/A", "#N/A", 0.01],
    ]
    assert len(ODR_TREND(ODR_DAYS(orders(1)))) == 1 + 60


def test_trend_ends_on_the_last_day_with_an_order_unless_told_otherwise():
    assert ODR_TREND(ODR_DAYS(orders(1)), None, 2)[-1][0] == DAY


# Groups


def test_groups_are_the_same_from_orders_and_from_days_and_can_be_cut():
    rows = orders(10)
    for row in rows[1:4]:
        row[3] = "Amazon"
    defects = chargebacks((0, "Service"))
    groups = ODR_BY(rows, defects, "channel")
    assert [row[:4] for row in groups[1:]] == [["AFN", 3, 1, 1 / 3], ["MFN", 7, 0, 0.0]]
    assert {row[-1] for row in groups[1:]} == {"too few orders to judge"}
    assert ODR_BY(ODR_DAYS(rows, defects), None, "channel") == groups
    assert ODR_BY(rows, defects, "channel", None, None, 1) == groups[:2]


def test_group_without_a_name_is_shown_as_none():
    assert ODR_BY([["Order ID", "Chargeback"], [number(0), ""]], None, "sku")[1][0] == "(none)"


# Status and check


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (1 / 100, "Over target"),  # Amazon's target is LESS_THAN 0.01
        (1 / 101, "At risk"),
        (0.00996, "At risk"),  # shown as 1.00 %, compared unrounded
        (0.0075, "At risk"),
        (0.0, "Healthy"),
        (None, "No orders"),
        ("", "No orders"),
        ("#N/A", "No orders"),
    ],
)
def test_status_in_words(rate, expected):
    assert ODR_STATUS(rate) == expected


def test_status_follows_the_sellers_own_target():
    assert ODR_STATUS(0.006, 0.005) == "Over target"
    assert ODR_STATUS(0.02, 0.04, 0.03) == "Healthy"


def test_check_is_ok_when_nothing_is_wrong():
    assert ODR_CHECK(orders(3), LEDGER[:1], feedback((0, 5, "")), claims((1, "Denied"))) == [["OK"]]


def test_check_names_the_cell_the_value_and_the_remedy():
    rows = Block([["Order ID", "Order Date"], [number(0), "31/02/2026"]], sheet="Orders", row=4, column=2)
    (sentence,), *_ = ODR_CHECK(rows)
    assert sentence.startswith('Orders!C5: "31/02/2026" ')
    assert "YYYY-MM-DD" in sentence


def test_check_lists_what_the_seller_should_look_at():
    found = ODR_CHECK(orders(3), None, None, claims((0, "xyzzy"), (7, "Open")), chargebacks((1, "")))
    assert [sentence for (sentence,) in found] == [
        f"Claims row 2: order {number(0)} (A-to-z claim): claim status not known: counted, check it.",
        f"Claims row 3: order {number(7)} (A-to-z claim): order isn't in Orders: not counted until it is.",
        f"Chargebacks row 2: order {number(1)} (Chargeback): chargeback type not known: counted, check it.",
    ]


def test_check_says_when_the_orders_look_like_a_list_of_defects():
    (sentence,) = (s for (s,) in ODR_CHECK([["Order ID", "Chargeback"], [number(0), "x"], [number(1), "x"]]))
    assert "every order here is defective" in sentence


def test_check_without_a_range_says_what_answers():
    told = dict(ODR_CHECK())
    assert told == {
        "Python": "connected",
        "odr-xl": __version__,
        "Python version": f"{platform.python_version()}, {8 * struct.calcsize('P')}-bit",
        **{name: version(name) for name in ("xlwings", "pandas", "numpy")},
        "Interpreter": sys.executable,
        "Macros of this version": current_hash(),
        "Macros of this workbook": "not known: this wasn't asked through a workbook's macros",
    }
    assert re.fullmatch("[0-9a-f]{12}", current_hash())


def test_check_tells_a_workbook_whose_macros_are_of_another_version():
    # As the wrapper calls it: ten arguments left out, then the workbook's own hash.
    blank = [None] * 10
    assert ODR_CHECK(*blank, current_hash())[0] == ["Python", "connected"]
    state, *_, last = ODR_CHECK(*blank, "0123456789ab")
    assert "macros belong to another version" in state[1]
    assert last == ["Macros of this workbook", "0123456789ab"]


def test_check_without_a_range_answers_in_chinese_when_asked():
    english, chinese = ODR_CHECK(), ODR_CHECK(lang="zh")
    assert chinese[0] == ["Python 连接", "已连接"]
    assert len(chinese) == len(english)
    assert [row[1] for row in chinese[3:8]] == [row[1] for row in english[3:8]]


def test_check_of_a_blank_range_is_a_check_of_that_range_and_not_of_the_connection():
    (sentence,) = (text for (text,) in ODR_CHECK([[None]]))
    assert sentence.startswith("orders: ")
    assert ODR_CHECK(None, [["Order ID"]]) == ODR_CHECK("", [["Order ID"]])


# What Excel needs


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda f: f.__name__)
def test_formula_has_help_that_fits_excel(formula):
    # Excel shows at most 255 characters of help for a function and for an argument.
    first = inspect.getdoc(formula).splitlines()[0]
    assert 20 < len(first) <= 255
    for name in inspect.signature(formula).parameters:
        assert ARGUMENT_HELP[name].startswith("is ")
        assert len(ARGUMENT_HELP[name]) <= 255
        assert name.upper() != formula.__name__


#: Formulas that can't do with their first argument alone, or need none (their signatures in docs/formulas.md).
NEEDED = {"ODR_APPEALS": 2, "ODR_CHECK": 0, "ODR_PLAN": 2, "ODR_SIGNS": 0}


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda f: f.__name__)
def test_every_argument_but_the_needed_ones_may_be_left_out(formula):
    defaults = [parameter.default for parameter in inspect.signature(formula).parameters.values()]
    needed = NEEDED.get(formula.__name__, 1)
    assert set(defaults[:needed]) <= {inspect.Parameter.empty}
    assert set(defaults[needed:]) == {None}


# Against the oracle


@settings(deadline=None, max_examples=25)
@given(
    st.integers(1, 6),
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from((1, 2, 3, 5)),
                       st.sampled_from(tuple(oracle.FEEDBACK_STANDS))), max_size=4),
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from(tuple(oracle.CLAIM))), max_size=4),
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from(tuple(oracle.CHARGEBACK))), max_size=4),
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from(tuple(oracle.RETURN)), st.sampled_from(("Y", "N"))),
             max_size=4),
)  # fmt: skip
def test_cells_of_any_shop_give_the_oracles_rate(count, stars, claimed, charged, returned):
    shop = oracle.Shop(
        orders=[
            {"order_id": number(n), "order_date": DAY.date(), "order_status": "Shipped", "channel": "MFN",
             "sales_channel": "Amazon.com", "marketplace": "US"}
            for n in range(count)
        ],
        feedback=[{"order_id": number(n), "rating": rating, "status": status} for n, rating, status in stars],
        claims=[{"order_id": number(n), "status": status} for n, status in claimed],
        chargebacks=[{"order_id": number(n), "type": kind, "status": ""} for n, kind in charged],
        returns=[{"order_id": number(n), "reason": reason, "a_to_z_claim": yes == "Y"} for n, reason, yes in returned],
    )  # fmt: skip
    ledger = DEFECT_LEDGER(orders(count), feedback(*stars), claims(*claimed), chargebacks(*charged), returns(*returned))
    found = oracle.orders_of(shop).values()
    for definition in ("all", "amazon", "returns"):
        assert ODR(orders(count), ledger, None, None, definition) == oracle.rate(found, definition)
    words = {"Amazon": "amazon", "Wider": "returns", "No": ""}
    ours = sorted(zip(column(ledger, "Source"), column(ledger, "Source row"),
                      [words[w] for w in column(ledger, "Counts")], strict=True))  # fmt: skip
    assert ours == sorted((event.source, event.row, event.decision) for event in oracle.audit(shop))
