"""Standings: where each account stands, and all of them together. Amazon judges each account by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.accounts import ACCOUNT_KEYS
from odr_xl.core.counts import DEFECTIVE, check_definition
from odr_xl.core.ledger import in_window
from odr_xl.core.rate import Status, rate_status
from odr_xl.core.recovery import Recovery, recovery_date
from odr_xl.core.whatif import Standing, standing
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """Where one account stands.

    Attributes
    ----------
    name : str
        Marketplace and channel, such as ``US MFN``; "" for all accounts together.
    now : Standing
        Counts, rate, headroom and orders needed of the window.
    status : str
        By the warning level that was asked for.
    recovery : Recovery
        When the rate is under the target, with no further defect.
    """

    name: str
    now: Standing
    status: Status
    recovery: Recovery


def account_standings(
    days: pd.DataFrame,
    as_of: date,
    *,
    target: float = rules.TARGET,
    warning: float = rules.WARNING,
    window: int = rules.WINDOW_DAYS,
    lag: int = rules.LAG_DAYS,
    definition: str = "amazon",
    top: int | None = None,
) -> tuple[AccountStanding, ...]:
    """All accounts together, then each account with orders in the window, the highest rate first.

    Parameters
    ----------
    days : pandas.DataFrame
        Daily counts (``core.counts.count_days``).
    as_of : datetime.date
        The day of looking; the window ends ``lag`` days before it.
    target, warning : float
        Fractions.
    top : int, optional
        How many accounts to list; all of them when left out. The total is always there.

    Raises
    ------
    NoOrders
        When the window holds no order at all.

    Notes
    -----
    The counts of the accounts add up to the total's; their rates and headrooms don't, and Amazon looks at theirs.
    """
    span = Window.as_of(as_of, days=window, lag=lag)
    inside = in_window(days["order_date"], span)
    bad = days[DEFECTIVE[check_definition(definition)]].to_numpy()
    orders = days["orders"].to_numpy()
    keys = (days[name].to_numpy(dtype=object).tolist() for name in ACCOUNT_KEYS)
    codes, accounts = pd.factorize(np.array([" ".join(filter(None, pair)) for pair in zip(*keys, strict=True)], object))

    def one(name: str, own: np.ndarray) -> AccountStanding:
        now = standing(int(bad[inside & own].sum()), int(orders[inside & own].sum()), target=target)
        recovery = recovery_date(days[own], as_of, target=target, window=window, lag=lag, definition=definition)
        return AccountStanding(name, now, rate_status(now.rate, target=target, warning=min(warning, target)), recovery)

    if not orders[inside].sum():
        raise NoOrders("There is no order in the window, so no account stands anywhere. Check the dates.")
    total = one("", np.ones(len(days), dtype=bool))
    held = np.bincount(codes[inside], weights=orders[inside], minlength=len(accounts)) > 0
    found = [one(str(accounts[code]), codes == code) for code in np.flatnonzero(held)]
    found.sort(key=lambda account: (-account.now.rate, -account.now.orders, account.name))
    return (total, *found[: len(found) if top is None else top])
