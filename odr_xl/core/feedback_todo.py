"""Feedback to do: the negative feedback that nobody has answered, oldest first, and what may take it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.grounds import FEEDBACK_ASK_DAYS, Ground, feedback_ground
from odr_xl.core.topics import topic_of


@dataclass(frozen=True, slots=True)
class Todo:
    """One negative feedback without a reply.

    Attributes
    ----------
    order_id, comment : str
    day : date or None
        When it was left.
    stars : int
        1 or 2.
    age, days_left : int or None
        Days since then, and days left to ask for its removal (0 when they are over); ``None`` without a date.
    ground : Ground
        On which Amazon may remove it.
    topic : str
        What it is about, one of ``topics.TOPICS``.
    """

    order_id: str
    comment: str
    day: date | None
    stars: int
    age: int | None
    days_left: int | None
    ground: Ground
    topic: str


def feedback_todo(
    feedback: pd.DataFrame, *, as_of: date | None = None, channels: Mapping[str, str] = MappingProxyType({})
) -> tuple[Todo, ...]:
    """Negative feedback that is neither answered nor removed, oldest first; feedback without a date comes last.

    Parameters
    ----------
    feedback : pandas.DataFrame
        ``order_id``, ``rating`` in stars; optional ``feedback_date, comments, response, status``. A buyer leaves one
        feedback an order, so an order that stands twice (overlapping downloads) is shown once, and is answered when
        any of its rows has a reply.
    as_of : date, optional
        The day of looking; the latest feedback date when left out. Feedback after it is 0 days old.
    channels : mapping of str to str
        Order id to "AFN" or "MFN", as far as known: it decides whether a comment on delivery has a ground.

    Notes
    -----
    One feedback an order, 1 and 2 stars negative: Amazon help page 761. The days left are counted with
    ``grounds.FEEDBACK_ASK_DAYS``, which Amazon's help doesn't state.

    Examples
    --------
    >>> table = pd.DataFrame({"order_id": ["A-1", "A-2"], "rating": [1.0, 3.0], "comments": ["Leaks", "Fine"]})
    >>> [(todo.order_id, todo.topic, todo.ground.key) for todo in feedback_todo(table)]
    [('A-1', 'faulty', 'product')]
    """
    ids = feedback["order_id"].tolist()
    dates = _dates(feedback)
    replies = _texts(feedback, "response")
    rated = zip(feedback["rating"].tolist(), _texts(feedback, "status"), strict=True)
    negative = [rules.feedback_rule(float(rating), status) is rules.FEEDBACK_NEGATIVE for rating, status in rated]
    answered = {order_id for order_id, reply in zip(ids, replies, strict=True) if reply.strip()}
    if as_of is None:
        as_of = max((day for day in dates if day is not None), default=None)

    comments, stars = _texts(feedback, "comments"), feedback["rating"].tolist()
    rows = [row for row, bad in enumerate(negative) if bad and ids[row] not in answered]
    rows.sort(key=lambda row: (dates[row] is None, dates[row] or date.min))
    found: dict[str, Todo] = {}
    for row in rows:
        order_id, day, comment = ids[row], dates[row], comments[row].strip()
        if order_id in found:
            continue
        age = None if day is None or as_of is None else max(0, (as_of - day).days)
        found[order_id] = Todo(
            order_id=order_id,
            comment=comment,
            day=day,
            stars=int(stars[row]),
            age=age,
            days_left=None if age is None else max(0, FEEDBACK_ASK_DAYS - age),
            ground=feedback_ground(comment, channels.get(order_id, "")),
            topic=topic_of("negative_feedback", comment),
        )
    return tuple(found.values())


def _texts(table: pd.DataFrame, column: str) -> list[str]:
    return table[column].tolist() if column in table.columns else [""] * len(table)


def _dates(table: pd.DataFrame) -> list[date | None]:
    if "feedback_date" not in table.columns:
        return [None] * len(table)
    days = table["feedback_date"].to_numpy(dtype="datetime64[s]")
    return [None if missing else pd.Timestamp(day).date() for day, missing in zip(days, np.isnat(days), strict=True)]
