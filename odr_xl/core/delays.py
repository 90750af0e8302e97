"""The delays: how long after the order its defect becomes known, and so how many defects are still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl.core.counts import check_definition

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Delays that an estimate must rest on: with fewer its error is as large as what it would add.
LEAST_DELAYS: Final = 10
#: Orders that the longest delay must be compared with: beside one or two, a single late claim would decide all.
LEAST_COMPARED: Final = 5


@dataclass(frozen=True, slots=True)
class Delays:
    """How late each defective order became one, and how old it is.

    Attributes
    ----------
    seen_until : datetime.date
        Last day that the data tell of.
    delay_days : numpy.ndarray
        int64, one number an order: days from the order to its first defect.
    age_days : numpy.ndarray
        int64, as long: days from the order to ``seen_until``, never less than the delay.
    """

    seen_until: date
    delay_days: Ints
    age_days: Ints


@dataclass(frozen=True, slots=True)
class Maturity:
    """Share of its defects that an order date shows after so many days.

    Attributes
    ----------
    shares : numpy.ndarray
        float64 from 0 to 1, never falling; position k is the share known k days after the order, the last one is 1.
    """

    shares: Floats

    def at(self, ages: Ints) -> Floats:
        """Share at each age in days: 0 before the order, 1 after the longest delay."""
        known: Floats = np.where(ages < 0, 0.0, self.shares[np.clip(ages, 0, len(self.shares) - 1)])
        return known


def defect_delays(events: pd.DataFrame, *, as_of: date, last_order: date, definition: str = "amazon") -> Delays:
    """Delays of the defective orders in the audit trail.

    Parameters
    ----------
    events : pandas.DataFrame
        ``order_id``, ``order_date`` and ``event_date`` (datetime64, NaT unknown), ``counts`` ("amazon", "returns", "").
    as_of, last_order : datetime.date
        The day of looking and the last order date: events after the later of the two are left out.
    definition : "amazon", "returns" or "all"
        Which events count.

    Returns
    -------
    Delays
        An order's earliest event with a date decides. An event that is dated before its order is a typing error and
        is left out. ``seen_until`` is the last order date or the last of these events, whichever is later: reports
        that were downloaded long before ``as_of`` must not pass for silence since then.
    """
    chosen = check_definition(definition)
    counts = events["counts"].to_numpy(dtype=object)
    ordered, happened = (events[name].to_numpy(dtype="datetime64[D]") for name in ("order_date", "event_date"))
    usable = (counts != "") if chosen == "all" else (counts == chosen)
    usable &= ~np.isnat(ordered) & ~np.isnat(happened) & (happened >= ordered)
    usable &= happened <= np.datetime64(max(as_of, last_order), "D")
    ordered, happened = ordered[usable], happened[usable]
    until = np.datetime64(last_order, "D")
    if len(happened):
        until = max(until, happened.max())
    seen: date = until.item()
    codes, orders = pd.factorize(events["order_id"].to_numpy(dtype=object)[usable])
    delays = np.full(len(orders), np.iinfo(np.int64).max)
    np.minimum.at(delays, codes, (happened - ordered).astype(np.int64))
    ages = np.zeros(len(orders), dtype=np.int64)
    ages[codes] = (until - ordered).astype(np.int64)
    return Delays(seen, delays, ages)


def maturity(delays: Delays) -> Maturity | None:
    """Share of the defects that are known k days after the order, corrected for orders that are still young.

    Returns
    -------
    Maturity, or None
        ``None`` when fewer than `LEAST_DELAYS` delays can carry the estimate.

    Notes
    -----
    A young order can only show a short delay, so the plain share of short delays is too large. Each delay j is
    therefore compared only with orders that are old enough to have shown it: with n_j orders of delay j, and N_j
    orders of delay <= j and age >= j, F(k) is the product over j > k of (1 - n_j / N_j). This is the product-limit
    estimate for truncated data run backwards (D. Lynden-Bell, Mon. Not. R. Astron. Soc. 155 (1971) 95,
    doi:10.1093/mnras/155.1.95), and in insurance the chain ladder's development pattern (T. Mack, ASTIN Bulletin 23
    (1993) 213, doi:10.2143/AST.23.2.2005092).

    Nothing can be said about delays longer than the history: F is 1 from the longest delay on whose N_j is at least
    `LEAST_COMPARED`, and longer ones are left out. The number misleads when the delays change, as when a marketplace
    or a carrier is added, and when only late defects are dated.

    Examples
    --------
    Twenty old orders, half of them with delay 1 and half with delay 3; ten young ones could only show delay 1:

    >>> old, young = np.array([1] * 10 + [3] * 10), np.array([1] * 10)
    >>> seen = Delays(date(2026, 9, 30), np.concatenate([old, young]), np.array([30] * 20 + [2] * 10))
    >>> maturity(seen).shares.tolist()
    [0.0, 0.5, 0.5, 1.0]
    """
    if len(delays.delay_days) < LEAST_DELAYS:
        return None
    longest = int(delays.delay_days.max())
    # In a browser numpy counts with 32 bits and takes no longer numbers; no delay of days is near that.
    late = np.bincount(delays.delay_days.astype(np.intp), minlength=longest + 1)
    young = np.bincount(np.minimum(delays.age_days, longest).astype(np.intp), minlength=longest + 1)
    # An order younger than j has a delay under j too, so this is the number with delay <= j and age >= j.
    compared = np.cumsum(late) - np.concatenate([[0], np.cumsum(young)[:-1]])
    enough = np.flatnonzero((late > 0) & (compared >= LEAST_COMPARED))
    if not len(enough):
        return None
    last = int(enough[-1])
    shares = np.ones(last + 1)
    kept = 1 - late[1 : last + 1] / np.maximum(compared[1 : last + 1], 1)
    shares[:-1] = np.cumprod(kept[::-1])[::-1]
    # Where all that are old enough have the same delay, F is 0 below it: the shorter delays of others carry nothing.
    carrying = late[: last + 1][shares > 0].sum()
    return Maturity(shares) if carrying >= LEAST_DELAYS else None


def mature_rate(orders: Ints, defective: Ints, known: Floats) -> float | None:
    """Rate that orders reach once all their defects are known.

    Parameters
    ----------
    orders, defective : numpy.ndarray
        Counts of each order date, as known today.
    known : numpy.ndarray
        Share of its defects that each order date shows today (`Maturity.at`).

    Returns
    -------
    float or None
        Fraction from 0 to 1; ``None`` when no order is old enough to show a defect.

    Notes
    -----
    sum(defective) / sum(orders x known): the Cape Cod method of claims reserving (J. N. Stanard, Proc. Casualty
    Actuarial Soc. 72 (1985) 124). Young orders weigh little, so one early claim doesn't multiply. It takes the rate
    for the same on all order dates: after a cure it is too high.

    Examples
    --------
    >>> round(mature_rate(np.array([100, 100]), np.array([2, 1]), np.array([1.0, 0.5])), 6)
    0.02
    """
    exposed = float((orders * known).sum())
    return min(1.0, float(defective.sum()) / exposed) if exposed > 0 else None
