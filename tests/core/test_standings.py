"""Where each account stands: every number is that of the account alone, and the counts add up."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.accounts import choose_account
from odr_xl.core.counts import COUNT_COLUMNS, sum_days
from odr_xl.core.headroom import headroom, orders_needed
from odr_xl.core.recovery import recovery_date
from odr_xl.core.standings import account_standings
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders

AS_OF = date(2026, 11, 20)
LAST = AS_OF - timedelta(days=15)  # the window's last day: 15 days of lag (rules.LAG_DAYS)


def counted(rows: list[tuple[int, str, str, int, int]]) -> pd.DataFrame:
    """Daily counts: days before the window's end, marketplace, channel, orders, defective orders."""
    table = pd.DataFrame(0, index=range(len(rows)), columns=list(COUNT_COLUMNS), dtype=np.int64)
    table["order_date"] = np.array([np.datetime64(LAST - timedelta(days=r[0]), "s") for r in rows], "datetime64[s]")
    table["marketplace"] = pd.Series([r[1] for r in rows], dtype=object)
    table["channel"] = pd.Series([r[2] for r in rows], dtype=object)
    table["orders"] = [r[3] for r in rows]
    for name in ("defective", "defective_amazon", "chargeback"):
        table[name] = [r[4] for r in rows]
    return table


def test_one_account_can_miss_the_target_while_all_together_do_not():
    # By hand: 3 of 200 is 1.5 %, 0 of 400 is 0, together 3 of 600 is 0.5 %.
    found = account_standings(counted([(5, "US", "MFN", 200, 3), (5, "US", "AFN", 400, 0)]), AS_OF)
    assert [(a.name, a.now.orders, a.now.defective, a.status) for a in found] == [
        ("", 600, 3, "healthy"),
        ("US MFN", 200, 3, "over_target"),
        ("US AFN", 400, 0, "healthy"),
    ]
    # 3 / 301 is the first rate under 1 %; 2 further of 600 make 5 of 600, 0.83 %, and a third one 1 %.
    assert (found[1].now.orders_needed, found[0].now.headroom) == (101, 2)


def test_account_without_an_order_in_the_window_is_not_listed():
    found = account_standings(counted([(5, "US", "MFN", 10, 0), (60, "DE", "MFN", 10, 1)]), AS_OF)
    assert [a.name for a in found] == ["", "US MFN"]


def test_orders_without_marketplace_and_channel_are_an_account_too():
    found = account_standings(counted([(5, "", "", 10, 1), (5, "US", "", 10, 0)]), AS_OF)
    assert [(a.name, a.now.orders) for a in found[1:]] == [("", 10), ("US", 10)]


def test_no_order_at_all_is_no_standing():
    with pytest.raises(NoOrders, match="no account stands"):
        account_standings(counted([(60, "US", "MFN", 10, 0)]), AS_OF)


def test_top_leaves_the_total_as_it_is():
    rows = [(5, "US", "MFN", 10, 1), (5, "DE", "MFN", 10, 0), (5, "UK", "AFN", 10, 0)]
    found = account_standings(counted(rows), AS_OF, top=1)
    assert [(a.name, a.now.orders) for a in found] == [("", 30), ("US MFN", 10)]


ROWS = st.lists(
    st.tuples(
        st.integers(0, 90), st.sampled_from(("US", "DE", "")), st.sampled_from(("MFN", "AFN", "")), st.integers(1, 300),
        st.integers(0, 3),
    ).map(lambda r: (*r[:4], min(r[3], r[4]))),
    min_size=1,
    max_size=12,
)  # fmt: skip


@given(ROWS)
def test_counts_of_the_accounts_add_up_and_each_is_that_of_the_account_alone(rows):
    days = counted(rows)
    window = Window.as_of(AS_OF)
    if not sum_days(days, window)["orders"]:
        return
    total, *accounts = account_standings(days, AS_OF)
    assert (total.now.orders, total.now.defective) == (
        sum(a.now.orders for a in accounts),
        sum(a.now.defective for a in accounts),
    )
    for account in accounts:
        own = days[
            [
                " ".join(filter(None, pair)) == account.name
                for pair in zip(days["marketplace"], days["channel"], strict=True)
            ]
        ]
        counts = sum_days(own, window)
        assert (account.now.orders, account.now.defective) == (counts["orders"], counts["defective_amazon"])
        assert account.now.headroom == headroom(counts["defective_amazon"], counts["orders"])
        assert account.now.orders_needed == orders_needed(counts["defective_amazon"], counts["orders"])
        if " " in account.name:
            own = choose_account(days, account.name)
        assert account.recovery == recovery_date(own, AS_OF)
    rates = [a.now.rate for a in accounts]
    assert rates == sorted(rates, reverse=True)
