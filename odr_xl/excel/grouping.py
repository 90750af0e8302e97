"""What ODR_BY can group by, and how a seller writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from odr_xl.core.accounts import ACCOUNT_KEYS
from odr_xl.core.reasons import EVENT_KEYS
from odr_xl.errors import UsageError
from odr_xl.excel.arguments import named
from odr_xl.excel.cells import Cell
from odr_xl.labels import WORDS
from odr_xl.labels.drivers import GROUP_TITLES
from odr_xl.readers.headers import normalise

#: What can be grouped by. Amazon judges each marketplace and channel apart: that is an account here. The last three
#: group the defects themselves.
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: (name,) for name in ("channel", "marketplace", "sku", "asin", "ship_service", "region", *EVENT_KEYS)}
    | {"account": ACCOUNT_KEYS}
)


def group_columns(value: Cell) -> tuple[tuple[str, ...], ...]:
    """Columns to group by, in any spelling or in Chinese: lists of groups, each by one or several columns.

    A comma lists one column's groups after another's, a plus combines columns. The account when left out.

    Raises
    ------
    UsageError
        When a column can't be grouped by, or a column of the defects can't be combined.

    Examples
    --------
    >>> group_columns("SKU, ship-service + region"), group_columns("")
    ((('sku',), ('ship_service', 'region')), (('marketplace', 'channel'),))
    """
    known = {
        normalise(form): columns for name, columns in GROUPS.items() for form in (name, *WORDS[GROUP_TITLES[name]])
    }
    found: list[tuple[str, ...]] = []
    for part in re.split("[,;，；、]", named(value) or "account"):
        columns: list[str] = []
        for one in re.split("[+＋]", part):
            if normalise(one) not in known:
                raise UsageError(f'"{one.strip()}" isn\'t a column to group by. Choose from: {", ".join(GROUPS)}.')
            columns += known[normalise(one)]
        told = [name for name in columns if name in EVENT_KEYS]
        if told and len(columns) > 1:
            raise UsageError(
                f'"{told[0]}" groups the defects, not the orders, so a plus can\'t combine it. List it after a comma.'
            )
        found.append(tuple(dict.fromkeys(columns)))
    return tuple(dict.fromkeys(found))
