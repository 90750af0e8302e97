"""Reasons: what the defects are about, by cause, topic or reason. Each defective order once a reason."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

import pandas as pd

from odr_xl import rules
from odr_xl.core.counts import check_definition
from odr_xl.core.groups import Group
from odr_xl.core.rate import wilson_interval
from odr_xl.core.topics import topic_of
from odr_xl.errors import InputError, NoOrders, UsageError

#: What events, not orders, can be grouped by.
EVENT_KEYS: Final = ("cause", "topic", "reason")
#: Names that say that a text is missing.
_UNSTATED: Final = frozenset(("topic_not_stated", "reason_not_given"))
#: Groups of return reasons that say nothing of their own: the text itself has to.
_WITHOUT_CODE: Final = frozenset(("own words", "unknown"))


def reason_of(cause: str, detail: str) -> str:
    """Why an order is defective: for a return the group of its reason code, for anything else its topic.

    Parameters
    ----------
    cause, detail : str
        Of one event, as the ledger shows them.

    Returns
    -------
    str
        ``reason_`` and a group of ``rules.reason_group``, or ``topic_`` and one of ``core.topics.TOPICS``; a return
        reason in the buyer's own words has a topic too.

    Examples
    --------
    >>> reason_of("defect_return", "CR-SWITCHEROO · red, not blue"), reason_of("negative_feedback", "1★ came broken")
    ('reason_wrong_item', 'topic_damaged')
    >>> reason_of("defect_return", "arrived broken")
    'topic_damaged'
    """
    if cause == "defect_return":
        group, _ = rules.reason_group(detail.split(" · ")[0])
        if group not in _WITHOUT_CODE:
            return f"reason_{group.replace(' ', '_')}"
    return f"topic_{topic_of(cause, detail)}"


def event_groups(
    events: pd.DataFrame, orders: int, column: str, *, definition: str = "amazon", target: float = rules.TARGET
) -> tuple[Group, ...]:
    """What the defective orders are about: distinct orders a cause, topic or reason, most first.

    Parameters
    ----------
    events : pandas.DataFrame
        Events of the window, one row each: ``order_id, cause, counts, detail``.
    orders : int
        All orders of the window.
    column : str
        One of `EVENT_KEYS`.
    definition : str
        Which causes count; an event whose ``counts`` is "" never does.
    target : float
        Fraction; decides whether the orders are too few to judge.

    Returns
    -------
    tuple of Group
        ``orders`` are all orders, for each group; ``defective`` the distinct orders that have an event of the group.
        ``without`` is the rate if these events had not happened: an order that has another one stays defective.
        ``running`` counts an order that is in several groups once. No ``lift`` and no ``chance``: an order may be in
        several groups, so there is no rest to compare with. Empty when no event counts.

    Raises
    ------
    UsageError
        When ``column`` is no event column.
    NoOrders
        When ``orders`` is 0.
    InputError
        When more orders have an event than there are orders.

    Notes
    -----
    The shares may add up to more than 1, because an order may have several reasons. An event without a text says
    nothing when another event of the same order and cause has one: Amazon's list and the feedback report both name
    the order, and only the report quotes the buyer.

    Examples
    --------
    >>> names = ("order_id", "cause", "counts", "detail")
    >>> rows = [("A", "chargeback", "amazon", ""), ("A", "a_to_z_claim", "amazon", "Open"), ("B", "chargeback", "", "")]
    >>> groups = event_groups(pd.DataFrame(rows, columns=names), 50, "cause")
    >>> [(group.name, group.defective, group.rate) for group in groups]
    [('a_to_z_claim', 1, 0.02), ('chargeback', 1, 0.02)]
    """
    causes = rules.DEFINITIONS[check_definition(definition)]
    if column not in _NAMES:
        raise UsageError(f'"{column}" doesn\'t group defects. Choose from: {", ".join(EVENT_KEYS)}.')
    if orders < 1:
        raise NoOrders("There is no order in the window, so there is nothing to group.")
    told: dict[tuple[str, str], set[str]] = {}
    for order_id, cause, counts, detail in zip(
        events["order_id"], events["cause"], events["counts"], events["detail"], strict=True
    ):
        if counts and cause in causes:
            told.setdefault((order_id, cause), set()).add(_NAMES[column](cause, detail))
    of_order: dict[str, set[str]] = {}
    for (order_id, _), names in told.items():
        of_order.setdefault(order_id, set()).update(names - _UNSTATED or names)
    if len(of_order) > orders:
        raise InputError(
            f"{len(of_order)} orders have a defect, but there are {orders} orders. Give the orders of these defects."
        )
    members: dict[str, set[str]] = {}
    for order_id, names in of_order.items():
        for name in names:
            members.setdefault(name, set()).add(order_id)
    small = wilson_interval(0, orders)[1] >= target
    seen: set[str] = set()
    groups = []
    for name, own in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
        seen |= own
        only = sum(len(of_order[order_id]) == 1 for order_id in own)
        low, high = wilson_interval(len(own), orders)
        groups.append(
            Group(
                name=name,
                orders=orders,
                defective=len(own),
                rate=len(own) / orders,
                low=low,
                high=high,
                share=len(own) / len(of_order),
                lift=None,
                small=small,
                column=column,
                without=(len(of_order) - only) / orders,
                running=len(seen) / len(of_order),
            )
        )
    return tuple(groups)


def _cause(cause: str, detail: str) -> str:
    return cause


def _topic(cause: str, detail: str) -> str:
    return f"topic_{topic_of(cause, detail)}"


_NAMES: Final = MappingProxyType[str, Callable[[str, str], str]](
    {"cause": _cause, "topic": _topic, "reason": reason_of}
)
