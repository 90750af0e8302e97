"""Accounts: the marketplace and channel that an order belongs to. Amazon judges each account by itself."""

from __future__ import annotations

import pandas as pd

from odr_xl.errors import UsageError
from odr_xl.marketplaces import marketplace_code

#: Columns that make an account.
ACCOUNT_KEYS = ("marketplace", "channel")


def account_parts(account: str) -> tuple[frozenset[str], frozenset[str]]:
    """Marketplaces and channels that an account's name stands for; two empty sets for all of them.

    Raises
    ------
    UsageError
        When a word is neither a marketplace nor a channel.

    Examples
    --------
    >>> [sorted(part) for part in account_parts("de US fbm")], [sorted(part) for part in account_parts("")]
    ([['DE', 'US'], ['MFN']], [[], []])
    """
    marketplaces, channels = set(), set()
    for part in account.replace(",", " ").split():
        if part.upper() in ("AFN", "FBA"):
            channels.add("AFN")
        elif part.upper() in ("MFN", "FBM"):
            channels.add("MFN")
        elif code := marketplace_code(part):
            marketplaces.add(code)
        else:
            raise UsageError(
                f'"{part}" is neither a marketplace nor a channel. Write an account as "US MFN", "DE" or "AFN".'
            )
    return frozenset(marketplaces), frozenset(channels)


def choose_account(table: pd.DataFrame, account: str) -> pd.DataFrame:
    """Rows of one account: daily counts, orders or events with the columns ``marketplace`` and ``channel``.

    Raises
    ------
    UsageError
        When the name isn't one, or the table doesn't say the marketplace or channel that it asks for.
    """
    marketplaces, channels = account_parts(account)
    for column, wanted in (("marketplace", marketplaces), ("channel", channels)):
        if wanted:
            if column not in table.columns:
                raise UsageError(f'There is no {column} here, so "{account}" can\'t be told from the others.')
            table = table[table[column].isin(list(wanted)).to_numpy()]
    return table


def account_names(table: pd.DataFrame) -> tuple[str, ...]:
    """Names of the accounts that have orders in a table of counts, in alphabetical order.

    >>> rows = {"marketplace": ["US", "DE", "US"], "channel": ["MFN", "MFN", "AFN"], "orders": [3, 1, 0]}
    >>> account_names(pd.DataFrame(rows))
    ('DE MFN', 'US MFN')
    """
    filled = table["orders"].to_numpy() > 0
    parts = (table[name].to_numpy(dtype=object)[filled].tolist() for name in ACCOUNT_KEYS)
    return tuple(sorted({" ".join(filter(None, pair)) for pair in set(zip(*parts, strict=True))} - {""}))
