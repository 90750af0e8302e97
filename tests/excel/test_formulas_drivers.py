"""Where the defects are and what the buyers write, as cells."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl.core.rate import wilson_interval
from odr_xl.errors import InputError, NoOrders, UsageError
from odr_xl.excel.formulas.drivers import FEEDBACK_WORDS, ODR_BY
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER, ODR_DAYS
from odr_xl.labels import WORDS, drivers

Table = list[list[Any]]
DAY = datetime(2026, 3, 2)
#: The nine columns that the Dashboard's layout reads by position.
NINE = ["Group", "Orders", "Defective", "Rate", "Low", "High", "Share of defective orders", "Lift", "Note"]


def number(n: int) -> str:
    return f"900-{n:07d}-0000001"


def shop(*parts: tuple[int, int, str, str, str], day: datetime = DAY) -> Table:
    """Orders that mark their own defects: how many, how many of them charged back, SKU, region, channel."""
    rows: Table = [["amazon-order-id", "purchase-date", "fulfillment-channel", "sales-channel", "sku", "ship-state",
                    "Chargeback"]]  # fmt: skip
    for orders, bad, sku, region, channel in parts:
        rows += [
            [number(len(rows) + n), day, channel, "Amazon.com", sku, region, "x" if n < bad else ""]
            for n in range(orders)
        ]
    return rows


def plain_orders(count: int, day: datetime = DAY) -> Table:
    header = ["amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel", "sku"]
    return [header, *([number(n), day, "Shipped", "Merchant", "Amazon.com", "INK-1"] for n in range(count))]


def feedback(*cases: tuple[float | str, str], status: str = "") -> Table:
    header = ["Date", "Rating", "Comments", "Your Response", "Order ID", "Status"]
    return [header, *([DAY, stars, words, "", number(n), status] for n, (stars, words) in enumerate(cases))]


def claims(*cases: tuple[int, str, str]) -> Table:
    return [["Order ID", "Claim Date", "Claim Status", "Reason"], *([number(n), DAY, *words] for n, *words in cases)]


def returns(*cases: tuple[int, str, str]) -> Table:
    return [["return-date", "order-id", "reason", "customer-comments"], *([DAY, number(n), *w] for n, *w in cases)]


#: Kettles are ten times as often defective as mugs, above all to Alaska.
KETTLES = shop((400, 2, "KETTLE", "CA", "MFN"), (40, 9, "KETTLE", "AK", "MFN"), (560, 2, "MUG", "CA", "AFN"))


def column(rows: Table, name: str) -> list[Any]:
    return [row[rows[0].index(name)] for row in rows[1:]]


def shown(rows: Table) -> list[list[Any]]:
    """Group, orders, defective, note."""
    return [[row[0], row[1], row[2], row[8]] for row in rows[1:]]


# The columns of the result


@pytest.mark.parametrize("by", [None, "", "channel", "marketplace", "account", "Account", "marketplace + channel"])
def test_accounts_have_nine_columns_beside_which_the_dashboard_has_its_own(by):
    rows = ODR_BY(KETTLES, None, by)
    assert rows[0] == NINE
    assert {len(row) for row in rows} == {9}


@pytest.mark.parametrize("by", ["sku", "asin", "region", "ship_service", "channel, marketplace", "sku + channel"])
def test_products_and_the_like_have_two_more_columns(by):
    rows = ODR_BY(KETTLES, None, by)
    assert rows[0] == [*NINE, "Rate without it", "Running share"]
    assert {len(row) for row in rows} == {11}


def test_products_by_hand():
    # 440 kettles with 11 defects, 560 mugs with 2: 2.5 % and 0.357 %, lift 7 and 1/7. Without kettles the rate is the
    # mugs'. The chance of 11 of 13 among 440 of 1,000 is under 10 % / 2: scipy 1.17.1, hypergeom.sf(10, 1000, 13, 440)
    # = 0.0032.
    kettle, mug = ODR_BY(KETTLES, None, "sku")[1:]
    assert kettle == [
        "KETTLE", 440, 11, 11 / 440, *wilson_interval(11, 440), 11 / 13, (11 / 440) / (2 / 560), "stands out",
        2 / 560, 11 / 13,
    ]  # fmt: skip
    assert mug == [
        "MUG", 560, 2, 2 / 560, *wilson_interval(2, 560), 2 / 13, (2 / 560) / (11 / 440), "", 11 / 440, 1.0,
    ]  # fmt: skip


def test_note_says_which_groups_stand_out_and_which_only_look_bad():
    # scipy 1.17.1, hypergeom.sf: 9 of 13 defects on 40 of 1,000 orders 7e-11; 6 of 8 on 500 of 1,000 0.14; 1 of 5 on
    # 20 of 1,000 0.096. The limit is 10 % / 2.
    few = ODR_BY(shop((40, 9, "KETTLE", "", ""), (960, 4, "MUG", "", "")), None, "sku")
    assert shown(few) == [["KETTLE", 40, 9, "stands out, though few orders"], ["MUG", 960, 4, ""]]
    chance = ODR_BY(shop((500, 6, "KETTLE", "", ""), (500, 2, "MUG", "", "")), None, "sku")
    assert column(chance, "Note") == ["could be chance", ""]
    small = ODR_BY(shop((20, 1, "KETTLE", "", ""), (980, 4, "MUG", "", "")), None, "sku")
    assert column(small, "Note") == ["", "too few orders to judge"]


def test_few_rows_shown_do_not_change_what_the_others_say():
    every = ODR_BY(KETTLES, None, "sku, region")
    assert len(every) == 1 + 4
    for top in (1, 2, 4, 99):
        assert ODR_BY(KETTLES, None, "sku, region", None, None, top) == every[: top + 1]


# Several columns


def test_comma_lists_the_groups_of_each_column_in_one_order():
    rows = ODR_BY(KETTLES, None, "sku, region")
    assert shown(rows) == [
        ["SKU: KETTLE", 440, 11, "stands out"],
        ["Region: AK", 40, 9, "stands out, though few orders"],
        ["Region: CA", 960, 4, ""],
        ["SKU: MUG", 560, 2, ""],
    ]
    # The running share of each column ends at 1.
    assert column(rows, "Running share") == [11 / 13, 9 / 13, 1.0, 1.0]


def test_column_named_twice_is_listed_once():
    assert ODR_BY(KETTLES, None, "sku, SKU") == ODR_BY(KETTLES, None, "sku + sku") == ODR_BY(KETTLES, None, "sku")


def test_plus_combines_columns():
    assert shown(ODR_BY(KETTLES, None, "sku+region")) == [
        ["KETTLE AK", 40, 9, "stands out, though few orders"], ["MUG CA", 560, 2, ""], ["KETTLE CA", 400, 2, ""],
    ]  # fmt: skip
    titled = ODR_BY(KETTLES, None, "SKU + Region，account")
    assert column(titled, "Group")[:2] == ["Account: US MFN", "SKU + Region: KETTLE AK"]


def test_columns_have_chinese_names_too():
    assert ODR_BY(KETTLES, None, "地区、SKU＋配送渠道") == ODR_BY(KETTLES, None, "region, sku + channel")


def test_order_with_two_products_counts_under_its_first_one():
    rows = [["Order ID", "sku", "Chargeback"], ["A-1", "mug", ""], ["A-1", "lamp", "x"], ["A-2", "lamp", ""]]
    assert shown(ODR_BY(rows, None, "sku"))[0][:3] == ["mug", 1, 1]


@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        ("colour", '"colour" isn\'t a column to group by. Choose from: channel, marketplace, sku, asin, ship_service, '
                   "region, cause, topic, reason, account."),
        ("sku, colour", '"colour" isn\'t a column'),
        ("sku,,region", '"" isn\'t a column'),
        (17.0, '"17.0" isn\'t a column'),
        ("topic + sku", '"topic" groups the defects, not the orders, so a plus can\'t combine it. List it after a '
                        "comma."),
    ],
)  # fmt: skip
def test_column_that_cannot_be_grouped_by_is_refused_with_the_choices(by, sentence):
    with pytest.raises(UsageError, match=re.escape(sentence)):
        ODR_BY.plain(KETTLES, None, by)
    assert ODR_BY(KETTLES, None, by) == "#VALUE!"


# Days


def test_days_give_the_same_groups_as_the_orders_that_they_count():
    days = ODR_DAYS(KETTLES)
    for by in ("channel", "marketplace", "account", "channel, marketplace"):
        assert ODR_BY(days, None, by) == ODR_BY(KETTLES, None, by)


def test_days_do_not_know_the_product():
    with pytest.raises(UsageError, match=r"knows channel and marketplace, but no sku\. Give the orders themselves"):
        ODR_BY.plain(ODR_DAYS(KETTLES), None, "channel, sku")


def test_defects_beside_days_are_refused_because_the_days_contain_them():
    with pytest.raises(UsageError, match="already contains its defects"):
        ODR_BY.plain(ODR_DAYS(KETTLES), claims((1, "Open", "")), "channel")
    assert ODR_BY(ODR_DAYS(KETTLES), [[None, ""]], "channel") == ODR_BY(KETTLES, None, "channel")


def test_window_and_account_cut_the_orders():
    rows = [*shop((10, 2, "A", "", "MFN")), *shop((5, 1, "B", "", "AFN"), day=DAY + timedelta(days=9))[1:]]
    for n, row in enumerate(rows[1:]):
        row[0] = number(n)
    assert column(ODR_BY(rows, None, "sku", DAY, DAY), "Orders") == [10]
    assert column(ODR_BY(rows, None, "sku", DAY + timedelta(days=1)), "Group") == ["B"]
    assert column(ODR_BY(rows, None, "sku", None, None, None, None, "US AFN"), "Group") == ["B"]
    assert column(ODR_BY(ODR_DAYS(rows), None, "channel", None, DAY), "Group") == ["MFN"]
    assert ODR_BY(rows, None, "sku", DAY + timedelta(days=60)) == "#N/A"
    assert ODR_BY(rows, None, "sku", None, None, None, None, "DE") == "#N/A"


def test_window_needs_order_dates():
    undated = [["Order ID", "sku", "Chargeback"], ["A-1", "mug", "x"]]
    assert shown(ODR_BY(undated, None, "sku"))[0][:3] == ["mug", 1, 1]
    for by, defects in (("sku", None), ("topic", claims((1, "Open", "")))):
        with pytest.raises(InputError, match="no column of order dates"):
            ODR_BY.plain(undated, defects, by, DAY)


def test_orders_without_a_date_are_in_no_window_and_in_the_whole():
    undated = [["Order ID", "Channel", "Chargeback"], *([number(n), "MFN", ""] for n in range(4))]
    ledger = DEFECT_LEDGER(undated, None, claims((1, "Open", "late.")))
    days = ODR_DAYS(undated, ledger)
    for orders in (undated, days):
        assert [row[:3] for row in ODR_BY(orders, ledger, "topic")[1:]] == [["Late", 4, 1]]
    assert [row[:3] for row in ODR_BY(days, None, "channel")[1:]] == [["MFN", 4, 1]]
    for by, defects in (("channel", None), ("topic", ledger)):
        assert ODR_BY(days, defects, by, DAY - timedelta(days=9)) == "#N/A"


# Causes, topics, reasons

#: By hand: order 0 came broken and late, 1 came broken, 2 never came, 3 was returned; 4 was withdrawn.
STARS = feedback((1, "came broken"), (2, "broken"))
CLAIMED = claims((0, "Granted", "arrived late."), (2, "Open", "never arrived"), (4, "Withdrawn", "broken"))
RETURNED = returns((3, "CR-SWITCHEROO", ""), (1, "CR-NO_LONGER_NEEDED", ""))
LEDGER = DEFECT_LEDGER(plain_orders(500), STARS, CLAIMED, None, RETURNED)


@pytest.mark.parametrize(
    ("by", "definition", "expected"),
    [
        ("topic", None, [["Damaged", 500, 2, ""], ["Late", 500, 1, ""], ["Not received", 500, 1, ""]]),
        ("cause", None, [["A-to-z claim", 500, 2, ""], ["Negative feedback", 500, 2, ""]]),
        ("cause", "returns", [["Defect return", 500, 1, ""]]),
        ("reason", "all", [["Damaged", 500, 2, ""], ["Returned: wrong item", 500, 1, ""], ["Late", 500, 1, ""],
                           ["Not received", 500, 1, ""]]),
        ("topic", "all", [["Damaged", 500, 2, ""], ["Late", 500, 1, ""], ["Not received", 500, 1, ""],
                          ["Wrong item", 500, 1, ""]]),
    ],
)  # fmt: skip
def test_events_are_grouped_by_what_they_are_about(by, definition, expected):
    rows = ODR_BY(plain_orders(500), LEDGER, by, None, None, None, definition)
    assert shown(rows) == expected
    assert ODR_BY(ODR_DAYS(plain_orders(500), LEDGER), LEDGER, by, None, None, None, definition) == rows


def test_topic_by_hand():
    # 2 of 500 orders, of 3 defective ones in Amazon's sense; without broken parcels order 0 was still late.
    first = ODR_BY(plain_orders(500), LEDGER, "topic")[1]
    assert first == ["Damaged", 500, 2, 0.004, *wilson_interval(2, 500), 2 / 3, "", "", 2 / 500, 2 / 3]


def test_raw_report_beside_the_orders_is_judged_by_them():
    # Order 700 isn't among the orders; a claim that is withdrawn doesn't count.
    raw = [*CLAIMED, [number(700), DAY, "Open", "broken"]]
    assert shown(ODR_BY(plain_orders(500), raw, "topic")) == [["Late", 500, 1, ""], ["Not received", 500, 1, ""]]


def test_mark_in_the_orders_that_no_report_explains_is_not_stated():
    orders = shop((500, 2, "A", "", "MFN"))
    explained = [["Order ID", "Type", "Status", "Chargeback Date"], [orders[1][0], "Item not received", "", DAY]]
    assert shown(ODR_BY(orders, explained, "topic")) == [["Not received", 500, 1, ""], ["Not stated", 500, 1, ""]]


def test_window_and_account_cut_the_events():
    orders = [*plain_orders(2), [number(2), DAY + timedelta(days=9), "Shipped", "Amazon", "Amazon.de", "INK-1"]]
    ledger = DEFECT_LEDGER(orders, STARS, CLAIMED)
    for source in (orders, ODR_DAYS(orders, ledger)):
        early = ODR_BY(source, ledger, "topic", DAY, DAY)
        assert [row[:3] for row in early[1:]] == [["Damaged", 2, 2], ["Late", 2, 1]]
        german = ODR_BY(source, ledger, "topic", None, None, None, None, "DE AFN")
        assert [row[:3] for row in german[1:]] == [["Not received", 1, 1]]
        assert ODR_BY(source, ledger, "topic", DAY + timedelta(days=1), DAY + timedelta(days=2)) == "#N/A"


def test_products_and_topics_stand_in_one_list():
    orders = plain_orders(500)
    orders[1][5] = "PEN-2"
    rows = ODR_BY(orders, LEDGER, "sku, topic")
    assert [row[:3] for row in rows[1:]] == [
        ["Topic: Damaged", 500, 2], ["SKU: INK-1", 499, 2], ["Topic: Late", 500, 1], ["Topic: Not received", 500, 1],
        ["SKU: PEN-2", 1, 1],
    ]  # fmt: skip


def test_events_need_a_range_of_defects():
    for blank in (None, "", [[None]]):
        with pytest.raises(UsageError, match='"topic" groups the defects: give them as the second range'):
            ODR_BY.plain(plain_orders(3), blank, "sku, topic")


@pytest.mark.parametrize(
    "defects",
    [
        CLAIMED,
        [["Order ID", "Cause"], [number(0), "Chargeback"]],
        # It has order dates, but whether these orders are among those of the days it can't say.
        [["Order ID", "Order Date", "Chargeback claim", "Late Shipment"], [number(0), DAY, "X", ""]],
    ],
)
def test_defects_without_order_dates_cannot_stand_beside_days(defects):
    with pytest.raises(InputError, match="must know the dates of their orders: give the result of DEFECT_LEDGER"):
        ODR_BY.plain(ODR_DAYS(plain_orders(3)), defects, "topic")


def test_no_event_is_a_header_alone_and_no_order_is_na():
    assert len(ODR_BY(plain_orders(3), LEDGER[:1], "topic")) == 1
    with pytest.raises(NoOrders, match="nothing to group"):
        ODR_BY.plain(plain_orders(0), LEDGER, "topic")
    assert ODR_BY(plain_orders(0), None, "sku") == "#N/A"


def test_bad_cell_in_the_defects_is_an_error_and_never_left_out():
    assert ODR_BY(plain_orders(3), [["Order ID", "Claim Status"], ["#REF!", "Open"]], "topic") == "#VALUE!"


@pytest.mark.parametrize(("top", "name"), [(0, "top is how many rows"), (-1, "from 1, not -1"), (1.5, "whole number")])
def test_number_of_rows_is_a_whole_number_from_1(top, name):
    for call in (lambda: ODR_BY.plain(KETTLES, None, "sku", None, None, top), lambda: FEEDBACK_WORDS.plain(STARS, top)):
        with pytest.raises(UsageError, match=name):
            call()


# Cells


def test_long_name_is_cut_to_what_excel_takes():
    rows = [["Order ID", "region", "Chargeback"], ["A-1", "x" * 400, "x"]]
    (name,) = column(ODR_BY(rows, None, "region"), "Group")
    assert (len(name), name[-1]) == (250, "…")


def test_a_group_without_a_name_is_shown_as_none_in_each_language():
    rows = [["Order ID", "sku", "Chargeback"], ["A-1", "", ""]]
    assert column(ODR_BY(rows, None, "sku"), "Group") == ["(none)"]
    assert ODR_BY(rows, None, "sku, channel", None, None, None, None, None, "zh")[1][0] == "SKU：（无）"


@settings(deadline=None, max_examples=15)
@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.integers(0, 9), st.sampled_from(("A", "B", "")), st.sampled_from(("CA", "AK")),
                  st.sampled_from(("MFN", "AFN"))),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_seller_fulfilled_and_amazon_fulfilled_orders_are_all_orders(parts):
    orders = shop(*((count, min(count, bad), *rest) for count, bad, *rest in parts))
    total = len(orders) - 1, sum(row[-1] == "x" for row in orders)
    for by in ("channel", "account", "sku", "sku + region"):
        rows = ODR_BY(orders, None, by)
        assert (sum(column(rows, "Orders")), sum(column(rows, "Defective"))) == total
        for row in rows[1:]:
            assert row[3] == row[2] / row[1]


# Words of the buyers


def test_words_by_hand():
    # scattertext 0.2.2 gives 1.4127 and 1.1124 for these comments (see tests/core/test_comment_words.py).
    negative = ["broken leaking box", "broken lid", "leaking broken", "late box"]
    other = ["late box", "late parcel box", "nice lid", "late slow"]
    rows = FEEDBACK_WORDS(feedback(*((1, text) for text in negative), *((3, text) for text in other)))
    assert rows[0] == ["Word", "Negative", "Other", "Score", "Example"]
    assert [[*row[:3], round(row[3], 4), row[4]] for row in rows[1:]] == [
        ["broken", 3, 0, 1.4127, "broken leaking box"], ["leaking", 2, 0, 1.1124, "broken leaking box"],
    ]  # fmt: skip
    assert FEEDBACK_WORDS(feedback(*((2, t) for t in negative), *((5, t) for t in other)), 1) == rows[:2]


def test_removed_feedback_is_left_out_on_both_sides():
    kept = feedback((1, "broken"), (3, "nice lid"))
    removed = [*feedback((1, "rude rude"), status="Removed"), *feedback((3, "broken"), status="Withdrawn")[1:]]
    for n, row in enumerate(removed[1:]):
        row[4] = number(10 + n)
    assert FEEDBACK_WORDS(kept + removed[1:]) == FEEDBACK_WORDS(kept)
    assert [row[:3] for row in FEEDBACK_WORDS(kept)[1:]] == [["broken", 1, 0]]


def test_feedback_without_stars_is_on_no_side():
    rows = FEEDBACK_WORDS(feedback((1, "broken"), (3, "nice"), ("", "broken broken")))
    assert [row[:3] for row in rows[1:]] == [["broken", 1, 0]]


def test_same_feedback_pasted_twice_counts_once():
    rows = feedback((1, "broken"), (3, "nice"))
    assert FEEDBACK_WORDS(rows + rows[1:]) == FEEDBACK_WORDS(rows)
    # Another text on the same order is another feedback.
    changed = [*rows, [DAY, 1, "broken lid", "", number(0), ""]]
    assert [row[:2] for row in FEEDBACK_WORDS(changed)[1:]] == [["broken", 2], ["lid", 1]]


def test_without_other_feedback_the_score_is_blank():
    assert FEEDBACK_WORDS(feedback((1, "broken lid"), (2, "broken"), (3, "")))[1:] == [
        ["broken", 2, 0, "", "broken lid"], ["lid", 1, 0, "", "broken lid"],
    ]  # fmt: skip


def test_example_is_one_line_of_at_most_120_characters():
    long = "crushed\n  box " + "and so on " * 30
    (row,) = (r for r in FEEDBACK_WORDS(feedback((1, long), (3, "nice")))[1:] if r[0] == "crushed")
    assert row[4].startswith("crushed box and so on")
    assert (len(row[4]), row[4][-1]) == (120, "…")


def test_comment_that_looks_like_a_formula_stays_text():
    text = '=HYPERLINK("http://example.com","refund")'
    assert {row[4] for row in FEEDBACK_WORDS(feedback((1, text)))[1:]} == {text}


@pytest.mark.parametrize(
    "rows", [feedback(), feedback((3, "broken")), feedback((1, ""), (2, "  ")), feedback((1, "1!"))]
)
def test_no_negative_comment_is_one_row_that_says_so(rows):
    assert FEEDBACK_WORDS(rows)[1:] == [["There is no negative feedback with a comment in words.", "", "", "", ""]]


def test_no_difference_is_one_row_that_says_so():
    rows = FEEDBACK_WORDS(feedback((1, "late"), (3, "late")))
    assert rows[1:] == [["Negative feedback uses no word more than other feedback does.", "", "", "", ""]]


def test_twenty_words_are_shown_unless_asked_otherwise():
    words = " ".join(f"{a}{b}{b}" for a in "bcdfg" for b in "aeiou")
    assert len(FEEDBACK_WORDS(feedback((1, words)))) == 1 + 20
    assert len(FEEDBACK_WORDS(feedback((1, words)), 25)) == 1 + 25


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Order ID", "Comments"], ["A-1", "broken"]], "no column of rating"),
        ([["Order ID", "Rating"], ["A-1", 1]], "no column of comments"),
        ([["Order ID", "Rating", "Comments"], ["A-1", "many", "broken"]], '"many"'),
        ([[None, None]], "blank"),
    ],
)
def test_feedback_that_cannot_be_read_is_refused(rows, sentence):
    with pytest.raises(InputError, match=sentence):
        FEEDBACK_WORDS.plain(rows)
    assert FEEDBACK_WORDS(rows) == "#VALUE!"


# Words of ours


@pytest.mark.parametrize("key", drivers.WORDS)
def test_every_word_is_in_both_languages(key):
    english, chinese = drivers.WORDS[key]
    assert english.isascii()
    assert re.findall("{[a-z]+}", chinese) == re.findall("{[a-z]+}", english)
    own = re.sub("{[a-z]+}", "", chinese)
    assert re.search("[\u4e00-\u9fff：]", own)
    assert not re.search("[A-Za-z]", own)
    assert WORDS[key] == (english, chinese)  # no other module has a word of this name


def test_chinese_results_have_no_english_words():
    results = [
        ODR_BY(KETTLES, None, "sku, region + channel, account", None, None, None, None, None, "zh"),
        ODR_BY(plain_orders(300), LEDGER, "cause, topic, reason", None, None, None, "all", None, "zh"),
        FEEDBACK_WORDS(STARS[:1], None, "zh"),
        FEEDBACK_WORDS(feedback((1, "坏了")), None, "zh"),
    ]
    data = {"SKU", "KETTLE", "MUG", "CA", "AK", "US", "MFN", "AFN", "ODR"}
    texts = [cell for rows in results for row in rows for cell in row if isinstance(cell, str)]
    assert not {w for text in texts for w in re.findall("[A-Za-z]+", text)} - data
    assert "SKU：KETTLE" in texts
    assert "问题类型：商品破损" in texts


def test_language_is_that_of_the_range():
    days = ODR_DAYS(KETTLES, None, None, "zh")
    assert ODR_BY(days, None, "channel")[0][0] == "分组"
    assert ODR_BY(days, None, "channel", None, None, None, None, None, "en")[0] == NINE


def test_a_result_in_chinese_is_read_as_well_as_one_in_english():
    chinese = DEFECT_LEDGER(plain_orders(500), STARS, CLAIMED, None, RETURNED, lang="zh")
    english = ODR_BY(plain_orders(500), LEDGER, "reason", None, None, None, "all")
    assert ODR_BY(plain_orders(500), chinese, "reason", None, None, None, "all", None, "en") == english
