"""Listings: how good a product's page is, from 0 to 100, with the reason for each lost point.

A page that promises too little or too much makes returns and bad feedback. Only what the table says is judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from odr_xl import rules
from odr_xl.core import listing_rules as rule
from odr_xl.core.listing_checks import CHECKS, Row, absent

Standing = Literal["start_here", "defects", "low", "low_only", "fine"]

TEXTS: Final = ("title", "image_url", "description")
NUMBERS: Final = ("price", "pictures", "bullet_points", "reviews", "rating", "lowest_price", "highest_price")


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that a listing lost, and why.

    Attributes
    ----------
    rule : str
        Key of the rule (``listing_rules.RULES``).
    reason : str
        Key of the reason; mostly the rule's own.
    points : int
        Lost points.
    found, limit : object
        What was found, and what it should be; "" where the reason says it all.
    """

    rule: str
    reason: str
    points: int
    found: object = ""
    limit: object = ""


@dataclass(frozen=True, slots=True)
class ListingScore:
    """What is right and wrong with one listing.

    Attributes
    ----------
    won, possible : int
        Points won, and points of all rules that could be judged.
    judged : int
        Number of those rules.
    losses : tuple of Loss
        Heaviest first.
    """

    won: int
    possible: int
    judged: int
    losses: tuple[Loss, ...]

    @property
    def score(self) -> float | None:
        """Points won for every hundred that could be judged; ``None`` when nothing could."""
        return 100 * self.won / self.possible if self.possible else None

    def share(self, loss: Loss) -> float:
        """What a loss takes from the score; all of them and the score add up to 100."""
        return 100 * loss.points / self.possible


def listing_score(row: Row) -> ListingScore:
    """How good one listing is.

    Parameters
    ----------
    row : mapping
        Texts ``title``, ``description``, ``image_url``, ``asin``; numbers ``price``, ``lowest_price``,
        ``highest_price``, ``pictures``, ``bullet_points``, ``reviews``, ``rating`` (stars). A column that is missing,
        ``None`` or NaN isn't judged; a blank text ("") is a page that lacks it.

    Returns
    -------
    ListingScore
        ``score`` from 0 to 100, or ``None`` when nothing could be judged.

    Notes
    -----
    The rules and who made them: ``core.listing_rules``. The points are this project's, so the score orders a seller's
    own listings and means nothing beside other programs' scores. A score of few rules misleads: a page of which only
    the title is known may have 100. Whether the words are true is beyond it, and that is what buyers complain about.

    Examples
    --------
    >>> found = listing_score({"title": "Oak Desk Lamp", "pictures": 2})
    >>> found.score, [(loss.rule, loss.points) for loss in found.losses]  # 2 of 6 pictures: 8 of 12 points lost
    (84.61538461538461, [('pictures', 8)])
    """
    losses, possible, judged = [], 0, 0
    for one in rule.RULES:
        if row.get(one.column) is None or row[one.column] != row[one.column]:
            continue
        if absent(row, one.column):
            # A missing title breaks every rule about titles, so filling one in never lowers the score.
            if one.key == rule.FIRST[one.column]:
                losses.append(Loss(one.key, one.key, rule.COLUMN_POINTS[one.column]))
        else:
            finding = CHECKS[one.key](row, one.points)
            if finding is None:
                continue
            lost, reason, found, limit = finding
            if lost:
                losses.append(Loss(one.key, reason, lost, found, limit))
        possible += one.points
        judged += 1
    won = possible - sum(loss.points for loss in losses)
    return ListingScore(won, possible, judged, tuple(sorted(losses, key=lambda loss: -loss.points)))


def score_listings(table: pd.DataFrame) -> tuple[ListingScore, ...]:
    """How good each listing of a table is; a column without any value isn't held against anybody.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns as in `listing_score`, any of them missing; text "" where blank, numbers NaN.

    Returns
    -------
    tuple of ListingScore
        In the order of the rows.

    Examples
    --------
    >>> table = pd.DataFrame({"title": ["Oak Lamp", "Mug"], "description": ["", ""], "pictures": [6.0, float("nan")]})
    >>> [(found.score, found.judged) for found in score_listings(table)]
    [(100.0, 9), (100.0, 7)]
    """
    columns = {name: table[name].tolist() for name in (*TEXTS, *NUMBERS, "asin") if name in table.columns}
    known = {name: cells for name, cells in columns.items() if name in NUMBERS or any(cells)}
    return tuple(listing_score({name: cells[at] for name, cells in known.items()}) for at in range(len(table)))


def standing(score: float | None, rate: float | None, *, target: float = rules.TARGET) -> Standing:
    """Where a listing stands: by its score and by the defect rate of its orders; the target is missed at the target.

    Parameters
    ----------
    score : float or None
        From 0 to 100.
    rate : float or None
        Fraction; ``None`` without orders.

    >>> standing(40, 0.02), standing(90, 0.02), standing(40, 0.0), standing(40, None), standing(None, None)
    ('start_here', 'defects', 'low', 'low_only', 'fine')
    """
    low = score is not None and score < rule.LOW_SCORE
    if rate is not None and rate >= target:
        return "start_here" if low else "defects"
    if not low:
        return "fine"
    return "low_only" if rate is None else "low"
