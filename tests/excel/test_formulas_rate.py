"""The formulas of the rate, its interval and its distance to the target, and their argument ``account``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS
from odr_xl.errors import NoOrders
from odr_xl.excel.formulas.ledger import ODR_DAYS
from odr_xl.excel.formulas.rate import (
    DEFECT_BREAKDOWN,
    ODR,
    ODR_HEADROOM,
    ODR_INTERVAL,
    ODR_ORDERS_NEEDED,
    ODR_STATUS,
    ODR_WHATIF,
)
from odr_xl.labels import word

Table = list[list[Any]]
DAY = datetime(2026, 3, 2)
LETTERS = re.compile("[A-Za-z]+")


def shop(orders: int, charged: int = 0, returned: int = 0) -> Table:
    """Orders of one day; the first have a chargeback, the last were returned for a defect."""
    rows = [[f"A-{n}", DAY, "x" if n < charged else "", "x" if n >= orders - returned else None] for n in range(orders)]
    return [["Order ID", "Order date", "Chargeback", "Defect return"], *rows]


def daily(*rows: tuple[Any, ...], language: str = "en") -> Table:
    """Daily counts as ODR_DAYS writes them: date, channel, marketplace, orders, orders with a chargeback."""
    header = [word(name, language) for name in (*DAY_KEYS, *COUNT_COLUMNS)]
    return [
        header,
        *(
            [*keys, *[orders if name == "orders" else bad if name in CHARGED else 0 for name in COUNT_COLUMNS]]
            for *keys, orders, bad in rows
        ),
    ]


CHARGED = ("defective", "defective_amazon", "chargeback")
#: One day before the window of 2026-03-02 + 15 ends, its last day, and one day after it.
DAYS = daily(
    (DAY - timedelta(days=60), "MFN", "US", 1000, 50),
    (DAY - timedelta(days=59), "MFN", "US", 200, 3),
    (DAY, "AFN", "US", 150, 1),
    (DAY, "MFN", "DE", 19, 1),
    (DAY + timedelta(days=1), "MFN", "US", 500, 0),
)
SEEN = DAY + timedelta(days=15)


# The interval


@pytest.mark.parametrize(
    ("orders", "defective", "low", "high", "words"),
    [
        # Percent from scipy 1.17.1: 100 * binomtest(defective, orders).proportion_ci(method="wilson").
        (40, 1, 0.44, 12.88, "Between 0.44% and 12.88%: 40 orders can't tell."),
        (1000, 5, 0.21, 1.17, "Between 0.21% and 1.17%: 1,000 orders can't tell."),
        (369, 0, 0.0, 1.03, "Between 0.00% and 1.03%: 369 orders can't tell."),
        (1, 0, 0.0, 79.35, "Between 0.00% and 79.35%: 1 order can't tell."),
        (400, 0, 0.0, 0.95, "Under the target of 1%, and you can be 95% sure of it: between 0.00% and 0.95%."),
        (1000, 40, 2.95, 5.40, "Over the target of 1%, and you can be 95% sure of it: between 2.95% and 5.40%."),
        (1000, 16, 0.99, 2.58, "Between 0.99% and 2.58%: 1,000 orders can't tell."),
        (1000, 17, 1.06, 2.71, "Over the target of 1%, and you can be 95% sure of it: between 1.06% and 2.71%."),
        (7, 7, 64.57, 100.0, "Over the target of 1%, and you can be 95% sure of it: between 64.57% and 100.00%."),
    ],
)
def test_interval_says_whether_the_orders_are_enough_to_tell(orders, defective, low, high, words):
    header, row = ODR_INTERVAL(shop(orders, defective))
    assert header == ["Rate", "Low", "High", "In words"]
    assert row[0] == defective / orders
    assert [round(100 * end, 2) for end in row[1:3]] == [low, high]
    assert row[3] == words


def test_confidence_is_the_sellers_to_choose_and_is_said():
    # scipy 1.17.1: binomtest(0, 1000).proportion_ci(0.999, method="wilson") ends at 1.0712 %, with 0.99 at 0.6591 %.
    assert ODR_INTERVAL(shop(1000), None, None, None, 0.999)[1][3] == (
        "Between 0.00% and 1.07%: 1,000 orders can't tell."
    )
    assert ODR_INTERVAL(shop(1000), None, None, None, "0.99")[1][3] == (
        "Under the target of 1%, and you can be 99% sure of it: between 0.00% and 0.66%."
    )


def test_end_next_to_the_target_is_shown_on_its_own_side_of_it():
    # Wilson's upper end for no defect in n orders is z² / (n + z²): 3.84146 / (381 + 3.84146) = 0.99819 %.
    assert ODR_INTERVAL(shop(381))[1][3].endswith("between 0.00% and 0.998%.")
    # 3.84146 / (380 + 3.84146) = 1.00079 %, which reaches the target as it is shown.
    assert ODR_INTERVAL(shop(380))[1][3] == "Between 0.00% and 1.00%: 380 orders can't tell."


def test_interval_counts_every_defect_that_is_marked_unless_told_otherwise():
    rows = shop(10, charged=1, returned=2)
    assert ODR_INTERVAL(rows)[1][0] == 0.3
    assert ODR_INTERVAL(rows, None, None, None, None, "amazon")[1][0] == 0.1
    assert ODR_INTERVAL(ODR_DAYS(rows), None, None, None, None, "returns")[1][0] == 0.2


def test_interval_speaks_chinese_when_asked_and_on_a_chinese_table():
    chinese = [["比率", "下限", "上限", "文字说明"], "介于 0.44% 和 12.88% 之间：40 个订单还不足以判断。"]
    for rows, lang in ((shop(40, 1), "zh"), (daily((DAY, "MFN", "US", 40, 1), language="zh"), None)):
        header, row = ODR_INTERVAL(rows, None, None, None, None, None, None, lang)
        assert [header, row[3]] == chinese
    for orders, bad in ((1, 0), (400, 0), (1000, 40)):
        header, row = ODR_INTERVAL(shop(orders, bad), None, None, None, None, None, None, "zh")
        assert not LETTERS.search(row[3])


# Headroom and orders needed


@pytest.mark.parametrize(
    ("orders", "defective", "room", "needed"),
    # By hand: 1 of 100 reaches 1 %, 1 of 101 doesn't; 10 of 1000 would; 5 are under 1 % from 501 orders on.
    [(100, 0, 0, 0), (101, 0, 1, 0), (1000, 5, 4, 0), (100, 1, 0, 1), (369, 5, 0, 132)],
)
def test_distance_to_the_target_is_the_same_from_orders_and_from_days(orders, defective, room, needed):
    for rows in (shop(orders, defective), ODR_DAYS(shop(orders, defective))):
        assert ODR_HEADROOM(rows) == room
        assert ODR_ORDERS_NEEDED(rows) == needed


def test_distance_is_that_of_amazons_rate_unless_told_otherwise():
    rows = shop(1000, charged=2, returned=3)
    assert (ODR_HEADROOM(rows), ODR_HEADROOM(rows, None, None, None, None, "all")) == (7, 4)
    rows = shop(100, charged=1, returned=1)
    assert (ODR_ORDERS_NEEDED(rows), ODR_ORDERS_NEEDED(rows, None, None, None, None, "all")) == (1, 101)


def test_distance_follows_the_sellers_own_target_and_dates():
    assert ODR_HEADROOM(shop(1000), None, None, None, 0.005) == 4  # 5 of 1000 would reach 0.5 %
    assert ODR_ORDERS_NEEDED(shop(100, 1), None, None, None, 0.005) == 101
    assert ODR_HEADROOM(DAYS, None, DAY, DAY) == 0  # 2 of 169
    assert ODR_ORDERS_NEEDED(DAYS, None, DAY, DAY) == 32  # 201 for 2
    assert ODR_HEADROOM(DAYS, None, DAY + timedelta(days=1)) == 4  # 5 of 500 would reach it


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 250), st.integers(0, 5))
def test_status_stays_within_the_headroom_and_is_over_one_further(orders, bad):
    bad = min(bad, orders)
    room, needed = ODR_HEADROOM(shop(orders, bad)), ODR_ORDERS_NEEDED(shop(orders, bad))
    over = ODR_STATUS(ODR(shop(orders, bad))) == "Over target"
    assert over == (needed > 0)
    if not over:
        assert ODR_STATUS(ODR(shop(orders, bad + room))) != "Over target"
        assert ODR_STATUS(ODR(shop(orders, bad + room + 1))) == "Over target"
    else:
        assert room == 0
        assert ODR_STATUS(ODR(shop(orders + needed, bad))) != "Over target"
        assert ODR_STATUS(ODR(shop(orders + needed - 1, bad))) == "Over target"


# What if


def test_what_if_shows_the_window_that_amazon_shows_now_and_then():
    # By hand: 2026-01-02 to 2026-03-02 holds 200 + 150 + 19 orders, 5 of them defective; 501 are needed for 5.
    # Two won leave 3; a fifth fewer orders are 369 - 74 = 295, and 3 need 301. A sixth defective order needs 601.
    header, now, then = ODR_WHATIF(DAYS, SEEN, 2, 0, -0.2)
    assert header == ["Case", "Orders", "Defective orders", "Rate", "Headroom", "Orders needed", "Status"]
    assert now == ["Now", 369, 5, 5 / 369, 0, 132, "Over target"]
    assert then == ["What if", 295, 3, 3 / 295, 0, 6, "Over target"]
    assert ODR_WHATIF(DAYS, SEEN, 5)[2] == ["What if", 369, 0, 0.0, 3, 0, "Healthy"]
    assert ODR_WHATIF(DAYS, SEEN, None, "1")[2] == ["What if", 369, 6, 6 / 369, 0, 232, "Over target"]


def test_what_if_without_arguments_looks_on_the_latest_order_date_and_changes_nothing():
    # The latest order is of 2026-03-03, so the window ends 15 days before, on 2026-02-16: 1,200 orders, 53 defective.
    _, now, then = ODR_WHATIF(DAYS)
    assert now[1:3] == [1200, 53]
    assert now[1:] == then[1:]


def test_what_if_takes_window_lag_and_target():
    assert ODR_WHATIF(DAYS, DAY, None, None, None, 1, 0)[1][1:3] == [169, 2]
    assert ODR_WHATIF(DAYS, SEEN, None, None, None, None, None, 0.02)[1][4:] == [2, 0, "At risk"]  # 7 of 369 is 1.90 %


def test_what_if_counts_amazons_defects_unless_told_otherwise():
    days = ODR_DAYS(shop(200, charged=1, returned=3))
    assert ODR_WHATIF(days, SEEN)[1][2] == 1
    assert ODR_WHATIF(days, SEEN, *[None] * 6, "all")[1][2] == 4


def test_what_if_speaks_chinese_on_a_chinese_table():
    table = ODR_WHATIF(daily((DAY, "MFN", "US", 40, 1), language="zh"), SEEN)
    assert table[0] == ["情景", "订单数", "缺陷订单", "比率", "还可承受的缺陷订单", "还需订单数", "状态"]
    assert [row[0] for row in table[1:]] == ["现在", "假设"]
    assert not [cell for row in table for cell in row if isinstance(cell, str) and LETTERS.search(cell)]
    assert ODR_WHATIF(daily((DAY, "MFN", "US", 40, 1), language="zh"), SEEN, *[None] * 8, "en")[1][0] == "Now"


@pytest.mark.parametrize(
    "options",
    [
        {"won": 6},
        {"won": -1},
        {"won": 0.5},
        {"won": "some"},
        {"added": 365},
        {"added": -1},
        {"order_change": -1},
        {"order_change": -20},
        {"order_change": "twice"},
        {"as_of": "soon"},
        {"window": 0},
        {"window": 10**12},
        {"lag": -1},
        {"lag": 10**12},
        {"target": 1},
        {"target": 0},
        {"definition": "strict"},
        {"account": "US MFM"},
        {"lang": "fr"},
    ],
    ids=str,
)
def test_what_if_that_cannot_be_is_value_and_never_a_table(options):
    assert ODR_WHATIF(DAYS, **({"as_of": SEEN} | options)) == "#VALUE!"


def test_orders_cannot_be_asked_what_if():
    assert ODR_WHATIF(shop(3)) == "#VALUE!"


# No orders, and what cannot be read


@pytest.mark.parametrize("formula", [ODR_INTERVAL, ODR_HEADROOM, ODR_ORDERS_NEEDED])
def test_window_without_orders_is_na(formula):
    assert formula(shop(3), None, DAY + timedelta(days=1)) == "#N/A"
    assert formula(shop(0)) == "#N/A"
    assert formula(ODR_DAYS(shop(3)), None, None, DAY - timedelta(days=1)) == "#N/A"


def test_what_if_of_a_window_without_orders_is_na_and_names_its_dates():
    with pytest.raises(NoOrders) as raised:
        ODR_WHATIF.plain(DAYS, SEEN + timedelta(days=400))
    # 2027-04-21 less 15 days, and 59 more for the first day.
    assert str(raised.value) == (
        "No order is from 2027-02-06 to 2027-04-06, the window of that day. Choose another as_of."
    )
    assert ODR_WHATIF(DAYS, DAY - timedelta(days=400)) == "#N/A"
    assert ODR_WHATIF(DAYS, DAY + timedelta(days=400)) == "#N/A"
    assert ODR_WHATIF(daily()) == "#N/A"
    assert ODR_WHATIF(daily((DAY, "MFN", "US", 1, 0)), SEEN, None, None, -0.9) == "#N/A"


@pytest.mark.parametrize(
    "call",
    [
        lambda: ODR_INTERVAL(shop(3), None, None, None, 95),
        lambda: ODR_INTERVAL(shop(3), None, None, None, "sure"),
        lambda: ODR_INTERVAL(shop(3), None, None, None, None, "strict"),
        lambda: ODR_INTERVAL("#REF!"),
        lambda: ODR_HEADROOM(shop(3), None, None, None, 1),
        lambda: ODR_HEADROOM(shop(3), None, None, None, "1 percent"),
        lambda: ODR_ORDERS_NEEDED(shop(3), None, None, None, -0.01),
        lambda: ODR_ORDERS_NEEDED(shop(3, 1), None, None, None, 1e-300),
        lambda: ODR_ORDERS_NEEDED(daily((DAY, "MFN", "US", 2, 3))),
    ],
)
def test_input_that_cannot_be_read_is_value_and_never_a_number(call):
    assert call() == "#VALUE!"


# Accounts


@pytest.mark.parametrize(
    ("account", "orders", "bad"),
    [(None, 1869, 55), ("US MFN", 1700, 53), ("DE", 19, 1), ("AFN", 150, 1), ("mfn", 1719, 54), ("FBM, us", 1700, 53)],
)
def test_account_counts_only_its_own_orders(account, orders, bad):
    assert ODR(DAYS, None, None, None, None, account) == bad / orders
    assert DEFECT_BREAKDOWN(DAYS, None, None, None, None, account)[-1][1] == orders
    assert ODR_INTERVAL(DAYS, None, None, None, None, None, account)[1][0] == bad / orders
    assert ODR_ORDERS_NEEDED(DAYS, None, None, None, None, None, account) == max(0, 100 * bad + 1 - orders)


def test_headroom_of_an_account_is_not_that_of_all():
    assert ODR_HEADROOM(DAYS, None, DAY, None, None, None, "US") == 5  # 6 of 650, and 7 would be 1.08 %
    assert ODR_HEADROOM(DAYS, None, DAY, None, None, None, "DE") == 0


def test_what_if_of_an_account_sees_its_own_window():
    assert ODR_WHATIF(DAYS, SEEN, *[None] * 7, "US MFN")[1][1:3] == [200, 3]
    # The latest order of DE is of 2026-03-02, and nothing is in the window that ends 15 days before.
    assert ODR_WHATIF(DAYS, None, *[None] * 7, "DE") == "#N/A"


@pytest.mark.parametrize("account", ["US MFM", "Mars", "US-MFN"])
def test_unknown_account_is_value(account):
    assert ODR(DAYS, None, None, None, None, account) == "#VALUE!"
    assert ODR_INTERVAL(DAYS, None, None, None, None, None, account) == "#VALUE!"
    assert ODR_HEADROOM(DAYS, None, None, None, None, None, account) == "#VALUE!"


def test_account_without_an_order_is_na():
    assert ODR(DAYS, None, None, None, None, "JP") == "#N/A"
    assert ODR_HEADROOM(DAYS, None, None, None, None, None, "DE AFN") == "#N/A"


@settings(deadline=None, max_examples=20)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 70), st.sampled_from(("MFN", "AFN")), st.sampled_from(("US", "DE")), st.integers(0, 9)
        ),
        min_size=1,
        max_size=8,
    ),
    st.data(),
)
def test_seller_fulfilled_and_fba_add_up_to_all_in_every_count(places, data):
    rows = [
        [DAY + timedelta(days=day), channel, market, orders, data.draw(st.integers(0, orders))]
        for day, channel, market, orders in places
    ]
    days = daily(*rows)

    def counts(account: str | None) -> dict[str, int]:
        table = DEFECT_BREAKDOWN(days, None, DAY, DAY + timedelta(days=40), None, account)
        return {} if table == "#N/A" else {row[0]: row[1] for row in table[1:]}

    parts = [counts("MFN"), counts("AFN")]
    for name, total in counts(None).items():
        assert sum(part.get(name, 0) for part in parts) == total


def test_orders_report_is_split_into_its_accounts():
    header = ["amazon-order-id", "purchase-date", "fulfillment-channel", "sales-channel"]
    kinds = [("Merchant", "Amazon.com"), ("Merchant", "Amazon.de"), ("Amazon", "Amazon.com")]
    rows = [header, *([f"A-{n}", DAY, *kinds[n % 3]] for n in range(9))]
    charged = [["Order ID", "Chargeback Date", "Type"], ["A-0", DAY, "Service"], ["A-1", DAY, "Service"]]
    assert ODR(rows, charged) == 2 / 9
    assert ODR(rows, charged, None, None, None, "US MFN") == 1 / 3
    assert ODR(rows, charged, None, None, None, "AFN") == 0.0
    assert ODR(rows, charged, None, None, None, "DE") == 1 / 3
    assert ODR_INTERVAL(rows, charged, None, None, None, None, "US")[1][0] == 1 / 6
    assert ODR_ORDERS_NEEDED(rows, charged, None, None, None, None, "DE") == 98
