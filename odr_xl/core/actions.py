"""Actions: the root causes behind the defects, most orders first, each with the remedies that its numbers call for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

from odr_xl import rules
from odr_xl.core import remedies
from odr_xl.core.topics import TOPICS, topic_of

#: What chose an action: the topic, the kind of defect, one SKU, the peak months, or who delivered.
Reason = Literal["topic", "cause", "sku", "peak", "channel"]
#: The rate that an order is part of: Amazon's own, or the wider one alone.
Rate = Literal["amazon", "returns"]
_TOPIC_RANKS: Final = {topic: rank for rank, topic in enumerate(TOPICS)}
_CAUSE_RANKS: Final = {cause: rank for rank, cause in enumerate(rules.CAUSES)}


@dataclass(frozen=True, slots=True)
class Action:
    """One remedy, and the orders that call for it.

    Attributes
    ----------
    remedy : str
        Key of ``remedies.REMEDIES``.
    reason : "topic", "cause", "sku", "peak" or "channel"
        What chose it.
    subject : str
        The cause, SKU or channel that the reason is about; "" otherwise.
    count : int
        Orders that it is about.
    orders : tuple of str
        Their ids, oldest first; empty where only counts are known.
    """

    remedy: str
    reason: Reason
    subject: str
    count: int
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RootCause:
    """One root cause with its orders.

    Attributes
    ----------
    topic : str
        Of ``topics.TOPICS``; "" where only causes are known.
    cause : str
        The kind of defect, where the topic isn't stated; else "".
    rate : "amazon" or "returns"
        The rate that its orders are part of.
    count, total : int
        Its defective orders, and all of that rate; each order stands in one root cause, so the counts add up.
    causes, skus : tuple of (str, int)
        Orders with each kind of defect and each SKU; an order may have several. Known SKUs only, most orders first.
    actions : tuple of Action
        At least one.
    orders : tuple of str
        Order ids, oldest first; empty where only counts are known.
    """

    topic: str
    cause: str
    rate: Rate
    count: int
    total: int
    causes: tuple[tuple[str, int], ...]
    skus: tuple[tuple[str, int], ...]
    actions: tuple[Action, ...]
    orders: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Part of the defective orders of its rate, a fraction."""
        return self.count / self.total


@dataclass(frozen=True, slots=True)
class Actions:
    """What to do about the defects.

    Attributes
    ----------
    amazon : tuple of RootCause
        Root causes in Amazon's rate, most orders first.
    kinds : tuple of Action
        Remedies of each kind of defect, over all of these root causes.
    early : tuple of RootCause
        The early warning: orders that were only returned or cancelled for a defect, and never count in Amazon's rate.
    """

    amazon: tuple[RootCause, ...]
    kinds: tuple[Action, ...]
    early: tuple[RootCause, ...]


@dataclass(frozen=True, slots=True)
class _Order:
    """What the counted events say about one order."""

    order_id: str
    day: date | None
    by_amazon: bool
    skus: frozenset[str]
    rate: Rate
    causes: tuple[str, ...]  # those of its rate
    topic: str


def actions(events: pd.DataFrame) -> Actions:
    """Root causes of the defective orders and what to do about them, from what their events say.

    Parameters
    ----------
    events : pandas.DataFrame
        Events with ``order_id, order_date, channel, sku, cause, counts, detail``, such as a ledger's; those that don't
        count are left aside.

    Returns
    -------
    Actions
        Empty when no order is defective.

    Notes
    -----
    An order stands once, under the most telling topic (order of ``topics.TOPICS``) of all its counted events: the
    return reason of an order tells what its claim was about. The topic is read from words, so it misleads when they
    do; the counts don't depend on it.

    Examples
    --------
    >>> rows = {"order_id": ["A", "A", "B"], "order_date": pd.to_datetime(["2026-09-01"] * 3), "channel": "MFN",
    ...         "sku": "MUG", "cause": ["a_to_z_claim", "defect_return", "chargeback"],
    ...         "counts": ["amazon", "returns", "amazon"], "detail": ["Granted", "CR-DAMAGED", "Service"]}
    >>> [(root.topic, root.cause, root.count, root.share) for root in actions(pd.DataFrame(rows)).amazon]
    [('damaged', '', 1, 0.5), ('not_stated', 'chargeback', 1, 0.5)]
    """
    orders = sorted(_defective_orders(events), key=lambda order: (order.day or date.max, order.order_id))
    amazon = [order for order in orders if order.rate == "amazon"]
    early = [order for order in orders if order.rate == "returns"]
    return Actions(_root_causes(amazon), tuple(_kind_actions(amazon)), _root_causes(early))


def counted_actions(counts: Mapping[str, int]) -> Actions:
    """What to do where only the orders of each cause are known, as in a breakdown.

    An order with two causes stands under both here, so the counts are defects rather than orders.

    >>> [(root.cause, root.count, root.share) for root in counted_actions({"chargeback": 1, "a_to_z_claim": 3}).amazon]
    [('a_to_z_claim', 3, 0.75), ('chargeback', 1, 0.25)]
    """
    return Actions(_counted_roots(counts, "amazon"), (), _counted_roots(counts, "returns"))


def _defective_orders(events: pd.DataFrame) -> Iterator[_Order]:
    names = ("channel", "sku", "cause", "counts", "detail")
    days = events["order_date"].to_numpy(dtype="datetime64[D]").tolist()
    columns = [events[name].to_numpy(dtype=object).tolist() for name in names]
    told: dict[str, list[tuple[date | None, str, str, str, str]]] = {}
    for order_id, day, channel, sku, cause, counts, detail in zip(events["order_id"], days, *columns, strict=True):
        if counts:
            told.setdefault(order_id, []).append((day, channel, sku, cause, detail))
    for order_id, rows in told.items():
        marked = {row[3] for row in rows}
        rate: Rate = "returns" if marked.isdisjoint(rules.AMAZON_CAUSES) else "amazon"
        yield _Order(
            order_id,
            min((row[0] for row in rows if row[0]), default=None),
            {row[1] for row in rows} - {""} == {"AFN"},
            frozenset(row[2] for row in rows if row[2]),
            rate,
            tuple(cause for cause in rules.DEFINITIONS[rate] if cause in marked),
            min((topic_of(row[3], row[4]) for row in rows), key=_TOPIC_RANKS.__getitem__),
        )


def _root_causes(orders: Sequence[_Order]) -> tuple[RootCause, ...]:
    groups: dict[tuple[str, str], list[_Order]] = {}
    for order in orders:
        groups.setdefault((order.topic, order.causes[0] if order.topic == "not_stated" else ""), []).append(order)
    return tuple(sorted((_root_cause(*key, own, len(orders)) for key, own in groups.items()), key=_weight))


def _root_cause(topic: str, cause: str, orders: Sequence[_Order], total: int) -> RootCause:
    causes = Counter(cause for order in orders for cause in order.causes)
    skus = Counter(sku for order in orders for sku in order.skus)
    ranked = sorted(skus.items(), key=lambda item: (-item[1], item[0]))
    return RootCause(
        topic,
        cause,
        orders[0].rate,
        len(orders),
        total,
        tuple((name, causes[name]) for name in rules.CAUSES if causes[name]),
        tuple(ranked),
        tuple(_topic_actions(topic, cause, orders, ranked)),
        _ids(orders),
    )


def _weight(root: RootCause) -> tuple[int, int, int]:
    return -root.count, _TOPIC_RANKS[root.topic], _CAUSE_RANKS.get(root.cause, 0)


def _topic_actions(
    topic: str, cause: str, orders: Sequence[_Order], skus: Sequence[tuple[str, int]]
) -> Iterator[Action]:
    """Remedies against what went wrong, each with the orders that call for it."""
    delivery = topic in remedies.DELIVERY_TOPICS
    delivered = [order for order in orders if delivery and order.by_amazon]
    others = [order for order in orders if not (delivery and order.by_amazon)]
    for remedy in remedies.topic_remedies(topic, cause) if others else ():
        yield Action(remedy, "channel" if delivered else "topic", "", len(others), _ids(others))
    if delivered:
        yield Action("strike", "channel", "AFN", len(delivered), _ids(delivered))
    peak = [order for order in orders if delivery and order.day and order.day.month in remedies.PEAK_MONTHS]
    if len(peak) >= remedies.STANDS_OUT * len(orders):
        yield Action("holidays", "peak", "", len(peak), _ids(peak))
    if topic in remedies.LISTING_TOPICS and skus:
        sku, count = skus[0]
        if count > 1 and count > remedies.STANDS_OUT * len(orders):  # one order alone is no concentration
            yield Action("watch", "sku", sku, count, _ids(order for order in orders if sku in order.skus))


def _kind_actions(orders: Sequence[_Order]) -> Iterator[Action]:
    for cause in rules.AMAZON_CAUSES:
        for remedy in remedies.CAUSE_REMEDIES[cause]:
            concerned = _ids(
                order
                for order in orders
                if cause in order.causes and remedy in remedies.cause_remedies(cause, order.topic)
            )
            if concerned:
                yield Action(remedy, "cause", cause, len(concerned), concerned)


def _counted_roots(counts: Mapping[str, int], rate: Rate) -> tuple[RootCause, ...]:
    own = {cause: counts[cause] for cause in rules.DEFINITIONS[rate] if counts.get(cause)}
    total = sum(own.values())
    return tuple(
        RootCause(
            "",
            cause,
            rate,
            count,
            total,
            ((cause, count),),
            (),
            tuple(Action(remedy, "cause", cause, count) for remedy in remedies.CAUSE_REMEDIES[cause]),
        )
        for cause, count in sorted(own.items(), key=lambda item: -item[1])
    )


def _ids(orders: Iterable[_Order]) -> tuple[str, ...]:
    return tuple(order.order_id for order in orders)
