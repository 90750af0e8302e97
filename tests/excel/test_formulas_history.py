"""The formulas of the rate's history: its trend, and why it moved."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS
from odr_xl.excel.formulas.history import ODR_CHANGE, ODR_TREND
from odr_xl.excel.formulas.ledger import ODR_DAYS
from odr_xl.excel.formulas.rate import ODR
from odr_xl.labels import WORDS, word

Table = list[list[Any]]
FIRST = datetime(2026, 5, 1)
LETTERS = re.compile("[A-Za-z]+")
COUNTED = ("defective", "defective_amazon", "chargeback")


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def daily(*rows: tuple[int | None, int, int], channel: str = "MFN", language: str = "en") -> Table:
    """Daily counts as ODR_DAYS writes them: day from `FIRST` (None: no date), orders, orders with a chargeback."""
    table: Table = [[word(name, language) for name in (*DAY_KEYS, *COUNT_COLUMNS)]]
    for number, orders, bad in rows:
        counts = [orders if name == "orders" else bad if name in COUNTED else 0 for name in COUNT_COLUMNS]
        table.append(["" if number is None else day(number), channel, "US", *counts])
    return table


# The change


def test_rate_that_rises_without_a_new_defect_is_explained_by_the_orders():
    # By hand: 4 of 500 is 0.8 %, 4 of 380 is 1.0526 %, 0.2526 % more.
    table = ODR_CHANGE(daily((0, 120, 0), (10, 380, 4)), day(59), day(60))
    assert [row[:3] for row in table] == [
        ["Part", "Orders", "Defective orders"],
        ["Earlier window", 500, 4],
        ["New defects", "", 0],
        ["Aged-out defects", "", 0],
        ["Order volume", -120, ""],
        ["Later window", 380, 4],
        ["Change", -120, 0],
    ]
    assert [row[3] for row in table] == [
        "Effect on the rate", 0.008, 0.0, 0.0, pytest.approx(0.0025263157894737), 4 / 380,
        pytest.approx(0.0025263157894737),
    ]  # fmt: skip
    assert [row[4] for row in table] == [
        "In words",
        "2026-05-01 to 2026-06-29",
        "none came in",
        "none aged out",
        "fewer orders: each defect weighs more",
        "2026-05-02 to 2026-06-30",
        "No new defect: the rate rose because 120 fewer orders are in the window (500 before, 380 now).",
    ]


#: What leaves (day 0), stays (day 30) and comes in (day 60), as orders and defective orders; then the sentences.
STORIES = [
    ((120, 0), (380, 4), (0, 0),
     "No new defect: the rate rose because 120 fewer orders are in the window (500 before, 380 now).",
     "没有新增缺陷订单：比率上升，是因为窗口内的订单减少了 120 个（之前 500 个，现在 380 个）。"),
    ((1, 0), (1000, 4), (0, 0),
     "No new defect: the rate rose because 1 fewer order is in the window (1,001 before, 1,000 now).",
     "没有新增缺陷订单：比率上升，是因为窗口内的订单减少了 1 个（之前 1,001 个，现在 1,000 个）。"),
    ((200, 1), (300, 4), (0, 0),
     "No new defect, and 1 aged out: the rate still rose, because 200 fewer orders are in the window "
     "(500 before, 300 now).",
     "没有新增缺陷订单，移出 1 个：比率仍然上升，是因为窗口内的订单减少了 200 个（之前 500 个，现在 300 个）。"),
    ((200, 2), (300, 4), (100, 2),
     "2 new defects, and 2 aged out: the rate rose because 100 fewer orders are in the window (500 before, 400 now).",
     "新增 2 个缺陷订单，移出 2 个：比率上升，是因为窗口内的订单减少了 100 个（之前 500 个，现在 400 个）。"),
    ((120, 0), (380, 4), (120, 1),
     "The rate rose because 1 new defect came in.",
     "比率上升，是因为新增了 1 个缺陷订单。"),
    ((120, 1), (380, 4), (120, 3),
     "The rate rose because more defects came in (3) than aged out of the window (1).",
     "比率上升，是因为新增的缺陷订单（3 个）多于移出窗口的（1 个）。"),
    ((120, 0), (380, 4), (150, 2),
     "The rate rose because 2 new defects came in, though 30 more orders are in the window (500 before, 530 now).",
     "虽然窗口内的订单增加了 30 个（之前 500 个，现在 530 个），比率仍然上升，是因为新增了 2 个缺陷订单。"),
    ((120, 0), (380, 4), (20, 1),
     "The rate rose because 1 new defect came in and 100 fewer orders are in the window (500 before, 400 now).",
     "比率上升，是因为新增了 1 个缺陷订单，而且窗口内的订单减少了 100 个（之前 500 个，现在 400 个）。"),
    ((120, 0), (380, 4), (121, 0),
     "No new defect: the rate fell because 1 more order is in the window (500 before, 501 now).",
     "没有新增缺陷订单：比率下降，是因为窗口内的订单增加了 1 个（之前 500 个，现在 501 个）。"),
    ((0, 0), (300, 4), (200, 1),
     "1 new defect: the rate still fell, because 200 more orders are in the window (300 before, 500 now).",
     "新增 1 个缺陷订单：比率仍然下降，是因为窗口内的订单增加了 200 个（之前 300 个，现在 500 个）。"),
    ((120, 1), (380, 4), (120, 0),
     "The rate fell because 1 defect aged out of the window.",
     "比率下降，是因为有 1 个缺陷订单移出了窗口。"),
    ((120, 3), (380, 4), (120, 1),
     "The rate fell because more defects aged out of the window (3) than came in (1).",
     "比率下降，是因为移出窗口的缺陷订单（3 个）多于新增的（1 个）。"),
    ((120, 2), (380, 3), (100, 0),
     "The rate fell because 2 defects aged out of the window, though 20 fewer orders are in the window "
     "(500 before, 480 now).",
     "虽然窗口内的订单减少了 20 个（之前 500 个，现在 480 个），比率仍然下降，是因为有 2 个缺陷订单移出了窗口。"),
    ((20, 1), (380, 4), (120, 0),
     "The rate fell because 1 defect aged out of the window and 100 more orders are in the window "
     "(400 before, 500 now).",
     "比率下降，是因为有 1 个缺陷订单移出了窗口，而且窗口内的订单增加了 100 个（之前 400 个，现在 500 个）。"),
    ((120, 0), (380, 0), (0, 0),
     "No defect in either window: the rate stays 0%.",
     "两个窗口都没有缺陷订单：比率保持 0%。"),
    ((120, 0), (380, 4), (120, 0),
     "No change: no new defect, none aged out, and as many orders as before.",
     "没有变化：没有新增缺陷订单，没有移出，订单数也不变。"),
    ((120, 2), (380, 4), (120, 2),
     "No change: as many defects came in as aged out (2), and there are as many orders as before.",
     "没有变化：新增和移出的缺陷订单一样多（2 个），订单数也不变。"),
    ((0, 0), (400, 4), (100, 1),
     "1 new defect: the rate is the same, because 100 more orders are in the window (400 before, 500 now).",
     "新增 1 个缺陷订单：比率不变，是因为窗口内的订单增加了 100 个（之前 400 个，现在 500 个）。"),
]  # fmt: skip


@pytest.mark.parametrize(("gone", "kept", "come", "english", "chinese"), STORIES)
def test_change_is_told_in_one_sentence(gone, kept, come, english, chinese):
    rows = [(0, *gone), (30, *kept), (60, *come)]
    for language, sentence in (("en", english), ("zh", chinese)):
        table = ODR_CHANGE(daily(*rows, language=language), day(59), day(60))
        assert table[-1][-1] == sentence
        assert table == ODR_CHANGE(daily(*rows), day(59), day(60), None, None, None, language)
        # The words agree with the numbers beside them.
        way = (table[-1][3] > 0) - (table[-1][3] < 0)
        sure = {1: ("rose", "上升"), -1: ("fell", "下降"), 0: ("",)}[way]
        assert any(part in sentence for part in sure)


def test_every_sentence_of_a_change_is_in_these_stories():
    keys = {key for key in WORDS if re.match("measure_(rose|fell|stayed)_", key)}
    assert len(keys) == 14
    said = [english for *_, english, _ in STORIES]
    for key in keys:
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(WORDS[key][0]))
        assert any(re.fullmatch(pattern, sentence) for sentence in said), key


@pytest.mark.parametrize("story", STORIES)
def test_chinese_change_has_no_english_word(story):
    table = ODR_CHANGE(daily(*((n, *c) for n, c in zip((0, 30, 60), story[:3], strict=True)), language="zh"),
                       day(59), day(60))  # fmt: skip
    assert table[0] == ["构成", "订单数", "缺陷订单", "对比率的影响", "文字说明"]
    assert not [cell for row in table for cell in row if isinstance(cell, str) and LETTERS.search(cell)]


def test_few_words_stand_beside_each_part():
    def words(*rows: tuple[int, int, int]) -> list[str]:
        return [row[4] for row in ODR_CHANGE(daily(*rows), day(59), day(60))[2:5]]

    assert words((0, 9, 1), (30, 99, 1), (60, 8, 2)) == [
        "2 defective orders came in",
        "1 defective order aged out",
        "fewer orders: each defect weighs more",
    ]
    assert words((0, 9, 2), (30, 99, 1), (60, 10, 1)) == [
        "1 defective order came in",
        "2 defective orders aged out",
        "more orders: each defect weighs less",
    ]
    assert words((30, 99, 0), (60, 10, 0)) == ["none came in", "none aged out", "no defect, so no effect"]
    assert words((30, 99, 0)) == ["none came in", "none aged out", "as many orders as before"]


ROWS = st.lists(
    st.tuples(st.integers(0, 80), st.integers(0, 40), st.integers(0, 40)).map(
        lambda row: (row[0], row[1], min(row[1:]))
    ),
    min_size=1,
    max_size=10,
)


@settings(deadline=None, max_examples=40)
@given(ROWS, st.integers(0, 60), st.integers(0, 60), st.integers(1, 60))
def test_columns_of_a_change_add_up_and_its_ends_are_the_rates_of_odr(rows, earlier, gap, window):
    table, ends = daily(*rows), (day(earlier), day(earlier + gap))
    rates = [ODR(table, None, end - timedelta(days=window - 1), end) for end in ends]
    found = ODR_CHANGE(table, *ends, window)
    if "#N/A" in rates:
        assert found == "#N/A"
        return
    _, before, new, aged, volume, after, change = found
    assert [before[3], after[3]] == rates
    assert before[1] + volume[1] == after[1] == before[1] + change[1]
    assert before[2] + new[2] + aged[2] == after[2] == before[2] + change[2]
    assert {sum(parts) for parts in permutations((new[3], aged[3], volume[3]))} == {change[3]}
    assert change[3] == pytest.approx(rates[1] - rates[0], abs=1e-12)
    assert all(len(cell) <= 250 for row in found for cell in row if isinstance(cell, str))


def test_later_window_ends_on_the_latest_order_date_unless_told_otherwise():
    rows = daily((0, 100, 1), (70, 50, 1), (90, 0, 0), (None, 40, 9))
    assert ODR_CHANGE(rows, day(0)) == ODR_CHANGE(rows, day(0), day(70))
    # 2026-07-10 is the 70th day after 2026-05-01.
    assert ODR_CHANGE(rows, day(0))[5][:3] == ["Later window", 50, 1]
    assert ODR_CHANGE(rows, day(0))[5][4] == "2026-05-12 to 2026-07-10"


@pytest.mark.parametrize("kind", [datetime, date, str, float])
def test_dates_of_a_change_are_given_as_dates_texts_or_serial_numbers(kind):
    # 46143 is 2026-05-01 in Excel: 45658 is 2025-01-01, and 485 days lie between them.
    forms = {datetime: FIRST, date: FIRST.date(), str: "2026-05-01", float: 46143.0}
    rows = daily((0, 100, 1), (1, 100, 0))
    assert ODR_CHANGE(rows, forms[kind], day(1)) == ODR_CHANGE(rows, day(0), day(1))


def test_change_counts_every_defect_unless_told_otherwise():
    header = ["Order ID", "Order date", "Chargeback", "Defect return"]
    orders = [
        header,
        *([f"A-{n}", day(n // 10), "x" if n == 0 else "", "x" if n in (1, 11) else ""] for n in range(20)),
    ]
    days = ODR_DAYS(orders)
    assert [row[2] for row in ODR_CHANGE(days, day(0), day(1))[1:]] == [2, 1, 0, "", 3, 1]
    assert [row[2] for row in ODR_CHANGE(days, day(0), day(1), None, "amazon")[1:]] == [1, 0, 0, "", 1, 0]
    assert [row[2] for row in ODR_CHANGE(days, day(0), day(1), None, "returns")[1:]] == [1, 1, 0, "", 2, 1]


def test_change_of_an_account_is_its_own():
    days = [*daily((0, 100, 1), (60, 50, 0)), *daily((0, 900, 2), (60, 10, 3), channel="AFN")[1:]]
    ends = (day(0), day(60), 30)
    both = [row[1:3] for row in ODR_CHANGE(days, *ends)[1:]]
    parts = [[row[1:3] for row in ODR_CHANGE(days, *ends, None, account)[1:]] for account in ("MFN", "US AFN")]
    assert parts[0][0] == [100, 1]
    for total, own, other in zip(both, *parts, strict=True):
        assert total == [a if a == "" else a + b for a, b in zip(own, other, strict=True)]


@pytest.mark.parametrize(
    "call",
    [
        lambda days: ODR_CHANGE(days, "soon"),
        lambda days: ODR_CHANGE(days, day(1), day(0)),
        lambda days: ODR_CHANGE(days, day(0), "soon"),
        lambda days: ODR_CHANGE(days, day(0), day(1), 0),
        lambda days: ODR_CHANGE(days, day(0), day(1), 1.5),
        lambda days: ODR_CHANGE(days, day(0), day(1), 10**12),
        lambda days: ODR_CHANGE(days, day(0), day(1), None, "strict"),
        lambda days: ODR_CHANGE(days, day(0), day(1), None, None, "US MFM"),
        lambda days: ODR_CHANGE(days, day(0), day(1), None, None, None, "fr"),
        lambda _: ODR_CHANGE([["Order ID"], ["A-1"]], day(0)),
        lambda _: ODR_CHANGE(None, day(0)),
    ],
)
def test_change_that_cannot_be_is_value_and_never_a_table(call):
    assert call(daily((0, 100, 1), (1, 100, 0))) == "#VALUE!"


def test_change_is_against_30_days_before_when_no_date_is_given():
    rows = daily((0, 100, 1), (30, 100, 3), (60, 100, 0))
    assert ODR_CHANGE(rows) == ODR_CHANGE(rows, "") == ODR_CHANGE(rows, day(30), day(60))
    assert ODR_CHANGE(rows, None, day(40))[1:] == ODR_CHANGE(rows, day(10), day(40))[1:]
    assert ODR_CHANGE(rows) != ODR_CHANGE(rows, day(29))


def test_change_is_na_where_a_window_has_no_order():
    rows = daily((0, 100, 1), (1, 100, 0), (None, 5, 5))
    assert ODR_CHANGE(rows, day(-1), day(1)) == "#N/A"
    assert ODR_CHANGE(rows, day(1), day(61)) == "#N/A"
    assert ODR_CHANGE(rows, day(0), day(1), None, None, "AFN") == "#N/A"
    assert ODR_CHANGE(daily(), day(0)) == "#N/A"


# The trend


@settings(deadline=None, max_examples=25)
@given(ROWS, st.randoms(use_true_random=False), st.integers(-5, 90), st.integers(1, 3), st.integers(1, 70))
def test_point_of_the_trend_is_odr_of_its_window_whatever_the_order_of_the_rows(rows, mix, end, step, window):
    header, *days = daily(*rows, (None, 7, 7))
    mix.shuffle(days)
    points = ODR_TREND([header, *days], day(end), 4, step, window)
    assert [point[0] for point in points[1:]] == [day(end - step * back) for back in (3, 2, 1, 0)]
    for last, *_, rate, _, _ in points[1:]:
        assert rate == ODR([header, *days], None, last - timedelta(days=window - 1), last)


def test_trend_of_an_account_is_its_own():
    days = [*daily((0, 100, 1), (1, 50, 0)), *daily((0, 900, 2), channel="AFN")[1:]]
    assert ODR_TREND(days, day(1), 1, None, None, "MFN")[1][1:4] == [150, 1, 1 / 150]
    assert ODR_TREND(days, day(1), 1, None, None, "AFN")[1][1:4] == [900, 2, 2 / 900]
    assert ODR_TREND(days, day(1), 1)[1][1:4] == [1050, 3, 3 / 1050]
    assert ODR_TREND(days, day(1), 1, None, None, "Mars") == "#VALUE!"


def test_trend_of_a_chinese_table_has_chinese_headers():
    assert ODR_TREND(daily((0, 9, 1), language="zh"), day(0), 1)[0] == [
        "窗口截止日", "订单数", "亚马逊缺陷订单", "比率", "比率（全部原因）", "目标",
    ]  # fmt: skip
