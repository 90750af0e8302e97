"""LISTING_SCORE: the pages' scores beside the defects of their orders, worst first, in both languages."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odr_xl.core.listing_rules import RULES
from odr_xl.core.listings import listing_score
from odr_xl.errors import InputError
from odr_xl.excel.formulas.drivers import ODR_BY
from odr_xl.excel.formulas.listings import LISTING_SCORE
from odr_xl.labels import word
from odr_xl.labels.listings import WORDS
from odr_xl.readers.blocks import Block
from odr_xl.samples import sample_reports

HEADER = ["SKU", "Title", "Score", "To mend first", "All reasons", "Rules judged", "Orders", "Defective orders",
          "Defect rate", "Note"]  # fmt: skip
LISTINGS = [
    ["seller-sku", "item-name", "price", "Lowest price", "Highest price", "Pictures", "Bullet points", "Rating"],
    ["KETTLE", "STEEL KETTLE 1.7 L - BEST SELLER!", "$39.99", "35", "45", 2, 3, 3.1],
    ["LAMP", "Oak Desk Lamp", "54,50", 59, 75, 6, 5, 4.5],
    ["TOWEL", "Cotton Towels, Set of 4", 24.0, 20, 29, 6, 5, 4.6],
    ["MUG", "Stoneware Mug", 11.9, None, None, 1, 0, 2.0],
]
GROUPS = [
    ["Group", "Orders", "Defective", "Rate", "Note"],
    ["KETTLE", 500.0, 12.0, 0.024, ""],
    ["TOWEL", 400.0, 4.0, 0.01, ""],
    ["LAMP", 900.0, 1.0, 1 / 900, ""],
]


def test_scores_reasons_and_defects_of_each_listing_worst_first():
    rows = LISTING_SCORE(LISTINGS, GROUPS)
    assert rows[0] == HEADER
    # By hand. KETTLE: 80 points can be judged (32 title, 20 pictures, 10 bullets, 10 price, 8 stars); it loses
    # 3 + 4 + 4 (title), 8 (4 of 6 pictures), 4 (2 of 5 bullets), 8 (stars) = 31: 49/80.
    # TOWEL: nothing. MUG: without a price range 70 points, loses 10 + 10 + 8 = 28: 42/70. LAMP: price, 70/80.
    assert [(row[0], row[2], row[5], *row[6:9]) for row in rows[1:]] == [
        ("KETTLE", 61.25, 12, 500, 12, 0.024),
        ("TOWEL", 100.0, 12, 400, 4, 0.01),
        ("MUG", 60.0, 11, "", "", ""),
        ("LAMP", 87.5, 12, 900, 1, 1 / 900),
    ]
    assert [row[3] for row in rows[1:]] == [
        *("2 of 6 pictures", "nothing to mend", "1 of 6 pictures", "price 54.50 below your lowest price 59"),
    ]
    assert rows[1][4] == (
        "2 of 6 pictures (−10.0); 3.1 stars on average, 4 wanted (−10.0); promotion in the title: best seller (−5.0); "
        "characters in the title that Amazon refuses: ! (−5.0); 3 of 5 bullet points (−5.0); "
        "title all in capitals (−3.8)"
    )
    # 400 and 500 orders are enough to judge: without a defect their interval ends below 1 % (Wilson).
    assert [row[9] for row in rows[1:]] == [
        "low score and defects over the target: start here",
        "defects over the target although the page is in order: look at product, parcel and service",
        "low score",
        "",
    ]


def test_without_groups_only_the_pages_are_judged():
    for nothing in (None, "", [["#N/A"]], "#N/A", [[None, ""]], [["", ""], ["", ""]]):
        rows = LISTING_SCORE(LISTINGS, nothing)
        assert [row[0] for row in rows[1:]] == ["MUG", "KETTLE", "LAMP", "TOWEL"]
        assert {tuple(row[6:9]) for row in rows[1:]} == {("", "", "")}


def test_the_result_of_odr_by_fits_in_either_language():
    orders = [["Order ID", "Order date", "sku", "Chargeback"]]
    orders += [[f"A-{i}", "2026-09-01", "KETTLE" if i < 40 else "LAMP", "x" if i == 0 else None] for i in range(100)]
    for language in ("en", "zh"):
        rows = LISTING_SCORE(LISTINGS, ODR_BY(orders, None, "sku", None, None, None, None, None, language), "en")
        found = {row[0]: row[6:9] for row in rows[1:]}
        assert found["KETTLE"] == [40, 1, 0.025]
        assert found["LAMP"] == [60, 0, 0.0]
        assert found["MUG"] == ["", "", ""]
        # One defect in 40 orders can be chance.
        assert rows[1][9] == "low score and defects over the target: start here; too few orders to judge"


@pytest.mark.parametrize("colon", [": ", "："])
def test_groups_of_several_columns_are_read_by_their_sku(colon):
    groups = [["Group", "Orders", "Defective"], [f"SKU{colon}KETTLE", 500, 12], [f"Channel{colon}AFN", 900, 20]]
    rows = LISTING_SCORE(LISTINGS, groups)
    assert {row[0]: row[7] for row in rows[1:]} == {"KETTLE": 12, "MUG": "", "LAMP": "", "TOWEL": ""}


def test_a_sku_with_a_colon_of_its_own_is_a_sku():
    listings = [["SKU", "Title", "Pictures"], ["SKU: 7", "Cup", 6], ["A", "Bowl", 6]]
    rows = LISTING_SCORE(listings, [["Group", "Orders", "Defective"], ["SKU: 7", 50, 1], [" A ", 60, 0]])
    assert {row[0]: row[6] for row in rows[1:]} == {"SKU: 7": 50, "A": 60}


def test_skus_match_as_text_whatever_excel_made_of_them():
    listings = [["SKU", "Title", "Pictures"], [1042.0, "Mug", 6], ["0042", "Cup", 6], ["abc", "Jar", 6]]
    groups = [["Group", "Orders", "Defective"], ["1042", 50, 0], ["0042", 60, 0], ["ABC", 70, 0], ["42", 80, 0]]
    rows = LISTING_SCORE(listings, groups)
    assert {row[0]: row[6] for row in rows[1:]} == {"1042": 50, "0042": 60, "abc": ""}


def test_defects_of_a_product_that_isnt_listed_are_shown_too():
    groups = [["Group", "Orders", "Defective"], ["GONE", 40, 2], ["QUIET", 40, 0], ["(none)", 9, 1]]
    rows = LISTING_SCORE(LISTINGS, groups)
    assert rows[5:] == [
        ["GONE", "", "", "", "", "", 40, 2, 0.05, "has defective orders and isn't among the listings"],
    ]


def test_a_sku_in_two_rows_is_shown_twice_and_noted():
    rows = LISTING_SCORE([*LISTINGS, LISTINGS[3]], GROUPS)
    towels = [row for row in rows if row[0] == "TOWEL"]
    assert [row[7] for row in towels] == [4, 4]
    assert all(row[9].endswith("; this SKU stands in 2 rows") for row in towels)


def test_a_price_that_cant_be_read_leaves_the_other_listings_their_scores():
    listings = Block([LISTINGS[0], ["JAR", "Glass Jar", "ca. 9", 8, 12, 6, 5, 4.4], LISTINGS[3]], "Listings", 4, 1)
    rows = LISTING_SCORE(listings)
    assert [(row[0], row[2], row[5]) for row in rows[1:3]] == [("JAR", 100.0, 11), ("TOWEL", 100.0, 12)]
    assert rows[3] == [
        *("", "", "", 'Listings!C5: "ca. 9" isn\'t a number. Type a number.', "", "", "", "", ""),
        "can't be read, so it isn't judged",
    ]


def test_a_listing_of_which_nothing_can_be_judged_has_no_score_and_stands_last():
    rows = LISTING_SCORE([["SKU", "Price"], ["A", 5], ["B", 6]])
    assert [row[2:6] for row in rows[1:]] == [
        ["", "nothing can be judged: fill in the title, the pictures, the price or the reviews", "", 0]
    ] * 2


def test_limits_that_contradict_each_other_are_noted():
    rows = LISTING_SCORE([LISTINGS[0], ["JAR", "Glass Jar", 9, 12, 8, 6, 5, 4.4]])
    assert rows[1][2:] == [
        *(100.0, "nothing to mend", "", 11, "", "", ""),
        "your lowest price is above your highest: the price isn't judged",
    ]


def test_long_texts_are_cut_to_what_excel_takes():
    listings = [
        ["SKU", "Title", "item-description", "Pictures", "Reviews", "Rating"],
        ["S" * 300, "X! " * 150, "<p>", 0, 0, 1],
    ]
    row = LISTING_SCORE(listings)[1]
    assert max(len(cell) for cell in row if isinstance(cell, str)) <= 250
    assert len(row[1]) == 60
    assert row[1].endswith("…")


def test_a_header_without_rows_gives_the_header():
    assert LISTING_SCORE(LISTINGS[:1]) == [HEADER]


@pytest.mark.parametrize(
    ("listings", "groups", "sentence"),
    [
        ([["Order ID", "Date", "sku", "Title"], ["1", "2026-09-01", "A", "B"]], None, "holds orders, not listings"),
        ([["Title", "Price"], ["A", 1]], None, "needs an SKU column"),
        ([[None]], None, "is blank"),
        (LISTINGS, [["SKU", "Sales"], ["KETTLE", 5]], "isn't a result of ODR_BY"),
        (LISTINGS, [["#VALUE!"]], "isn't a result of ODR_BY"),
        (LISTINGS, [["Group", "Orders", "Defective"], ["KETTLE", "many", 1]], '"many" isn\'t a number of orders'),
        (LISTINGS, [["Group", "Orders", "Defective"], ["KETTLE", 5, 0.5]], '"0.5" isn\'t a number of orders'),
        (LISTINGS, [["Group", "Orders", "Defective"], ["KETTLE", float("inf"), 1]], "isn't a number of orders"),
        (LISTINGS, [["Group", "Orders", "Defective"], ["KETTLE", 5, 9]], "9 defective of 5 orders can't be"),
    ],
)  # fmt: skip
def test_other_ranges_are_refused_with_what_to_do(listings, groups, sentence):
    with pytest.raises(InputError, match=re.escape(sentence)):
        LISTING_SCORE.plain(listings, groups)
    assert LISTING_SCORE(listings, groups) == "#VALUE!"


def test_a_chinese_report_is_answered_in_chinese():
    listings = [["卖家 SKU", "商品名称", "价格", "图片数"], ["A", "不锈钢水壶", 10, 6]]
    assert LISTING_SCORE(listings)[0][:3] == ["SKU", "标题", "评分"]
    assert LISTING_SCORE(listings, None, "en")[0] == HEADER


#: Every reason, note and sentence in one table; its data has no Latin letter but the SKUs'.
EVERYTHING = [
    ["SKU", "商品名称", "商品描述", "主图", "价格", "最低价", "最高价", "图片数", "要点数", "评论数", "评分"],
    ["1", "包邮！水壶! 水壶 水壶 水壶" + "壶" * 90, "<1>" + "壶" * 2100, "1", 5, 10, 20, 2, 1, 0, 2],
    ["2", "", "", "", 30, 10, 20, 0, 5, 0, None],
    ["3", "杯", "好", "1", 15, 20, 10, 6, 5, 5, 5],
    ["3", "杯", "好", "1", "约", 1, 20, 6, 5, 5, 5],
    ["", "杯", "好", "1", 15, 1, 20, 6, 5, 5, 5],
]


def test_chinese_words_hold_no_english():
    groups = [["分组", "订单数", "缺陷订单"], ["1", 50, 5], ["2", 900, 1], ["3", 60, 3], ["9", 5, 1]]
    rows = LISTING_SCORE(EVERYTHING, groups)
    shown = " ".join(str(cell) for row in rows for cell in row)
    assert set(re.findall(r"[A-Za-z]{2,}", shown)) <= {"SKU", "HTML"}
    assert rows[0][9] == "说明"
    assert word("listing_note_start_here", "zh") in shown
    assert "约" in shown


@pytest.mark.parametrize("key", WORDS)
def test_each_text_says_the_same_in_both_languages(key):
    english, chinese = WORDS[key]
    places = [sorted(re.findall(r"{(\w+)}", text)) for text in (english, chinese)]
    assert places[0] == places[1]
    assert set(re.findall(r"[A-Za-z]{2,}", re.sub(r"{\w+}", "", chinese))) <= {"SKU", "HTML"}
    assert not re.search("[\u4e00-\u9fff]", english)


def test_every_rule_has_its_words():
    reasons = {rule.key for rule in RULES} - {"price"} | {"price_low", "price_high"}
    others = {key for key in WORDS if key.startswith(("listing_column_", "listing_note_"))}
    assert set(WORDS) == {f"listing_{reason}" for reason in reasons} | others | {"listing_nothing", "listing_unjudged"}


@given(st.permutations(LISTINGS[1:]), st.permutations(GROUPS[1:]))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
def test_the_order_of_rows_is_irrelevant(listings, groups):
    assert LISTING_SCORE([LISTINGS[0], *listings], [GROUPS[0], *groups]) == LISTING_SCORE(LISTINGS, GROUPS)


def test_the_formula_and_the_core_give_the_same_score():
    row = {"title": "STEEL KETTLE 1.7 L - BEST SELLER!", "price": 39.99, "lowest_price": 35.0, "highest_price": 45.0,
           "pictures": 2.0, "bullet_points": 3.0, "rating": 3.1}  # fmt: skip
    assert LISTING_SCORE(LISTINGS)[2][2] == listing_score(row).score == 61.25


def test_the_sample_shop_has_to_start_with_its_kettle():
    reports = sample_reports(date(2026, 9, 30))
    listings, orders = (
        [line.split("\t") for line in reports[name].decode().splitlines()]
        for name in ("listings-us.txt", "all-orders-us.txt")
    )
    defects = [line.split(",") for line in reports["account-health-us.csv"].decode().splitlines()]
    # The window of the story: 60 days that end 15 days before the download.
    groups = ODR_BY(orders, defects, "sku", date(2026, 7, 18), date(2026, 9, 15))
    first, *others = LISTING_SCORE(listings, groups)[1:]
    assert first[0] == "KETTLE-STEEL-17"
    assert first[8] >= 0.01
    # By hand: 84 of 100 points can be judged (no description, no picture link), lost 3 + 4 + 4 + 8 + 4 + 8 = 31.
    assert first[2] == pytest.approx(100 * 53 / 84)
    assert first[9].startswith("low score and defects over the target: start here")
    assert len(others) == 6
