"""Accounts: the rows of one marketplace and channel."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.accounts import account_names, account_parts, choose_account
from odr_xl.errors import UsageError

PLACES = [("US", "MFN"), ("US", "AFN"), ("DE", "MFN"), ("DE", "AFN"), ("UK", ""), ("", "MFN"), ("", "")]
COUNTS = pd.DataFrame(
    {"marketplace": [m for m, _ in PLACES], "channel": [c for _, c in PLACES], "orders": [1, 2, 4, 8, 16, 32, 64]}
)


def orders_of(account: str) -> int:
    return int(choose_account(COUNTS, account)["orders"].sum())


@pytest.mark.parametrize(
    ("account", "orders"),
    [
        # Each row has its own power of two, so a sum tells which rows are in it.
        ("", 127),
        ("  ", 127),
        ("US MFN", 1),
        ("mfn us", 1),
        ("US, AFN", 2),
        ("DE", 4 + 8),
        ("Amazon.de", 4 + 8),
        ("DE US", 1 + 2 + 4 + 8),
        ("AFN", 2 + 8),
        ("FBA", 2 + 8),
        ("FBM", 1 + 4 + 32),
        ("gb", 16),
        ("AFN MFN", 1 + 2 + 4 + 8 + 32),
        ("JP", 0),
    ],
)
def test_account_is_the_rows_of_its_marketplaces_and_channels(account, orders):
    assert orders_of(account) == orders


@pytest.mark.parametrize(("account", "part"), [("USA MFN", "USA"), ("US MFM", "MFM"), ("US-MFN", "US-MFN")])
def test_unknown_word_in_an_account_is_refused_with_examples(account, part):
    with pytest.raises(UsageError) as raised:
        account_parts(account)
    assert str(raised.value) == (
        f'"{part}" is neither a marketplace nor a channel. Write an account as "US MFN", "DE" or "AFN".'
    )


@pytest.mark.parametrize(("account", "column"), [("US", "marketplace"), ("MFN", "channel"), ("US MFN", "marketplace")])
def test_table_that_does_not_say_its_accounts_is_refused(account, column):
    table = COUNTS[["orders"]]
    with pytest.raises(UsageError, match=f'There is no {column} here, so "{account}" can\'t be told from the others'):
        choose_account(table, account)
    assert choose_account(table, "") is table


@given(st.lists(st.tuples(st.sampled_from(("US", "DE")), st.sampled_from(("MFN", "AFN")), st.integers(0, 9))))
def test_accounts_are_disjoint_and_add_up_to_the_whole(rows):
    table = pd.DataFrame(rows, columns=["marketplace", "channel", "orders"])
    accounts = [f"{place} {channel}" for place in ("US", "DE") for channel in ("MFN", "AFN")]
    parts = [choose_account(table, account) for account in accounts]
    assert sorted(index for part in parts for index in part.index) == list(range(len(rows)))
    assert sum(int(part["orders"].sum()) for part in parts) == sum(orders for *_, orders in rows)


@given(st.lists(st.tuples(*map(st.sampled_from, (("US", "DE", ""), ("MFN", "AFN", ""))), st.integers(0, 2))))
def test_names_are_those_of_the_accounts_with_orders_and_choose_them_again(rows):
    table = pd.DataFrame(rows, columns=["marketplace", "channel", "orders"])
    names = account_names(table)
    expected = {f"{place} {channel}".strip() for place, channel, orders in rows if orders} - {""}
    assert list(names) == sorted(expected)
    for name in names:
        assert int(choose_account(table, name)["orders"].sum()) > 0
