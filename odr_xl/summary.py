"""The dashboard's numbers as one value, for the terminal and for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import pandas as pd

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core.breakdown import BreakdownRow, defect_breakdown
from odr_xl.core.counts import count_by, count_days, count_orders
from odr_xl.core.groups import Group, defect_groups
from odr_xl.core.ledger import Ledger, build_ledger
from odr_xl.core.rate import order_defect_rate, rate_status
from odr_xl.core.standings import AccountStanding, account_standings
from odr_xl.core.window import Window
from odr_xl.errors import InputError, NoOrders, Problem
from odr_xl.excel.arguments import EVENTS, events_of
from odr_xl.readers.reading import Reading


@dataclass(frozen=True, slots=True)
class Summary:
    """One window of one shop.

    Attributes
    ----------
    window : Window
        Order dates covered.
    definition : str
        Definition of ``rate`` and of the groups; ``rate_all`` counts every cause.
    orders, defective, left_out, unmatched, flagged : int
        Distinct orders; events without an order; events to look at.
    rate, rate_all : float or None
        Fractions; ``None`` without an order.
    status : str
        ``healthy``, ``at_risk``, ``over_target`` or ``no_orders``.
    causes : tuple of BreakdownRow
        Of the definition "all"; empty without an order.
    channels, marketplaces, accounts : tuple of Group
        ``accounts`` are the rates that Amazon judges: one for each marketplace and channel.
    standings : tuple of AccountStanding
        All accounts together and each account: headroom, orders needed, day under the target; empty when the window
        has an open side.
    problems : tuple of Problem
        What the readers found.
    """

    window: Window
    definition: str
    orders: int
    defective: int
    left_out: int
    unmatched: int
    flagged: int
    rate: float | None
    rate_all: float | None
    status: str
    causes: tuple[BreakdownRow, ...]
    channels: tuple[Group, ...]
    marketplaces: tuple[Group, ...]
    accounts: tuple[Group, ...]
    standings: tuple[AccountStanding, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``; dates as ISO text, problems as sentences."""
        plain = asdict(self)
        plain["window"] = {key: day.isoformat() if day else None for key, day in plain["window"].items()}
        plain["target"] = rules.TARGET
        plain["standings"] = [
            {
                "account": standing.name,
                "orders": standing.now.orders,
                "defective": standing.now.defective,
                "rate": standing.now.rate,
                "status": standing.status,
                "headroom": standing.now.headroom,
                "orders_needed": standing.now.orders_needed,
                "under_target_on": standing.recovery.day.isoformat() if standing.recovery.day else None,
            }
            for standing in self.standings
        ]
        plain["problems"] = [str(problem) for problem in self.problems]
        return plain


def ledger_of(
    readings: Iterable[Reading], *, marketplace: str | None = None, decisions: Reading | None = None
) -> Ledger:
    """Ledger of a set of readings.

    Parameters
    ----------
    marketplace : str, optional
        Code; only its orders are kept.
    decisions : Reading, optional
        The seller's own decisions about events.

    Raises
    ------
    InputError
        When no reading holds orders: without them there is nothing to divide by.
    """
    all_readings = list(readings)
    orders = [reading.table for reading in all_readings if reading.kind == "orders"]
    if not orders:
        seen = ", ".join(f"{reading.source} ({reading.kind})" for reading in all_readings) or "nothing"
        raise InputError(f"There are no orders to divide by: found {seen}. Add Amazon's All Orders report.")
    table = pd.concat(orders, ignore_index=True) if len(orders) > 1 else orders[0]
    for name in ("channel", "marketplace", "sales_channel", "sku", "order_status"):
        if name in table.columns:
            table[name] = table[name].where(table[name].notna(), "")
    for cause in rules.CAUSES:
        if cause in table.columns:
            table[cause] = table[cause].eq(True)
    # Listings and Amazon's own numbers hold no defects.
    found = [events_of(reading) for reading in all_readings if reading.kind in EVENTS]
    events = event.join_events(found)
    if decisions is not None:
        events = event.decided_events(events, decisions.table)
    ledger = build_ledger(table, events)
    if not marketplace:
        return ledger
    if "marketplace" not in table.columns:
        raise InputError("The orders don't say their marketplace (sales-channel), so they can't be split by it.")
    parts = (ledger.orders, ledger.left_out, ledger.events)
    return Ledger(*(part[part["marketplace"] == marketplace] for part in parts))


def summarise(
    ledger: Ledger, window: Window, *, definition: str = "amazon", problems: Iterable[Problem] = ()
) -> Summary:
    """Summary of a ledger in a window."""
    counts = count_orders(ledger, window)
    try:
        rate: float | None = order_defect_rate(counts, definition)
        rate_all: float | None = order_defect_rate(counts, "all")
        causes = defect_breakdown(counts, "all")
        channels, marketplaces, accounts = (
            defect_groups(count_by(ledger, keys, window), keys, definition=definition)
            for keys in (("channel",), ("marketplace",), ("marketplace", "channel"))
        )
    except NoOrders:
        rate = rate_all = None
        causes, channels, marketplaces, accounts = (), (), (), ()
    events = ledger.events
    standings: tuple[AccountStanding, ...] = ()
    if rate is not None and window.start is not None and window.end is not None:
        standings = account_standings(
            count_days(ledger),
            window.end + timedelta(days=rules.LAG_DAYS),
            window=(window.end - window.start).days + 1,
            definition=definition,
        )
    return Summary(
        window=window,
        definition=definition,
        orders=counts["orders"],
        defective=counts["defective" if definition == "all" else f"defective_{definition}"],
        left_out=counts["left_out"],
        unmatched=int((events["rule"] == rules.UNMATCHED.text).sum()),
        flagged=int(events["flagged"].sum()),
        rate=rate,
        rate_all=rate_all,
        status=rate_status(rate),
        causes=causes,
        channels=channels,
        marketplaces=marketplaces,
        accounts=accounts,
        standings=standings,
        problems=tuple(problems),
    )
