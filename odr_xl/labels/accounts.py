"""Accounts in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Key ``account_…`` to the English and the Chinese text.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "account_name": ("Account", "账户"),
        "account_all": ("All together", "全部合计"),
        "account_none": ("(not stated)", "（未注明）"),
        "account_recovery": ("Under the target", "低于目标的日期"),
    }
)
