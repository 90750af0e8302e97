"""The delays: how many defects are known so many days after the order."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.delays import Delays, Maturity, defect_delays, mature_rate, maturity
from odr_xl.errors import UsageError

LAST = date(2026, 9, 30)
DAY = timedelta(days=1)


def delays(pairs: list[tuple[int, int]]) -> Delays:
    """Delays from pairs of a delay and the age of its order."""
    return Delays(LAST, *(np.array([pair[n] for pair in pairs], dtype=np.int64) for n in (0, 1)))


def trail(*rows: tuple[str, date | None, date | None, str]) -> pd.DataFrame:
    """Audit trail: order id, order date, event date, the definition that counts the event."""
    dates = [np.array([row[n] or "NaT" for row in rows], dtype="datetime64[s]") for n in (1, 2)]
    texts = [np.array([row[n] for row in rows], dtype=object) for n in (0, 3)]
    return pd.DataFrame({"order_id": texts[0], "order_date": dates[0], "event_date": dates[1], "counts": texts[1]})


def found(events: pd.DataFrame, definition: str = "amazon", as_of: date = LAST) -> list[tuple[int, int]]:
    seen = defect_delays(events, as_of=as_of, last_order=LAST, definition=definition)
    return sorted(zip(seen.delay_days.tolist(), seen.age_days.tolist(), strict=True))


# Which delays


def test_delay_runs_from_the_order_to_its_event_and_the_age_to_the_last_order_date():
    assert found(trail(("A", LAST - 30 * DAY, LAST - 18 * DAY, "amazon"))) == [(12, 30)]


def test_earliest_dated_event_of_an_order_decides():
    bought = LAST - 30 * DAY
    rows = [("A", bought, bought + n * DAY, "amazon") for n in (9, 4, 6)]
    assert found(trail(*rows, ("A", bought, None, "amazon"), ("B", bought, bought, "amazon"))) == [(0, 30), (4, 30)]


def test_event_without_both_dates_or_before_its_order_is_left_out():
    bought = LAST - 30 * DAY
    rows = [
        ("A", None, bought, "amazon"),
        ("B", bought, None, "amazon"),
        ("C", bought, bought - DAY, "amazon"),
    ]
    assert found(trail(*rows)) == []
    assert found(trail()) == []


def test_events_of_the_definition_decide():
    bought = LAST - 30 * DAY
    rows = [("A", bought, bought + n * DAY, counts) for n, counts in ((9, "amazon"), (4, "returns"), (2, ""))]
    assert found(trail(*rows), "amazon") == [(9, 30)]
    assert found(trail(*rows), "returns") == [(4, 30)]
    assert found(trail(*rows), "all") == [(4, 30)]
    with pytest.raises(UsageError, match="Choose from: amazon, returns, all"):
        found(trail(*rows), "claims")


def test_event_after_both_the_day_of_looking_and_the_last_order_is_left_out():
    event = ("A", LAST - 30 * DAY, LAST + 5 * DAY, "amazon")
    assert found(trail(event), as_of=LAST + 4 * DAY) == []
    assert found(trail(event), as_of=LAST + 5 * DAY) == [(35, 35)]


def test_reports_downloaded_long_before_the_day_of_looking_are_no_silence_since_then():
    # Looked at 60 days after the last order date; the last event came two days after it.
    event = ("A", LAST - 30 * DAY, LAST + 2 * DAY, "amazon")
    seen = defect_delays(trail(event), as_of=LAST + 60 * DAY, last_order=LAST)
    assert (seen.seen_until, seen.age_days.tolist()) == (LAST + 2 * DAY, [32])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-3, 60), st.integers(0, 8)), max_size=30), st.randoms())
def test_order_of_events_is_irrelevant_and_shifted_dates_give_the_same_delays(cases, random):
    # An order has one date: its number decides how long ago it was.
    rows = [(f"{n}", LAST - n * DAY, LAST + (after - n) * DAY, "amazon") for n, after, _ in cases]
    mixed = rows[:]
    random.shuffle(mixed)
    assert found(trail(*mixed)) == found(trail(*rows))
    moved = [(i, bought + 100 * DAY, happened + 100 * DAY, counts) for i, bought, happened, counts in rows]
    seen = defect_delays(trail(*moved), as_of=LAST + 100 * DAY, last_order=LAST + 100 * DAY)
    assert sorted(zip(seen.delay_days.tolist(), seen.age_days.tolist(), strict=True)) == found(trail(*rows))


# The share that is known after so many days


#: Defects by age of the order (4 the oldest) and delay 0, 1, 2 …: a claims triangle.
TRIANGLE = {4: (4, 6, 3, 2, 1), 3: (5, 7, 2, 2), 2: (3, 8, 4), 1: (6, 5), 0: (4,)}


def triangle() -> Delays:
    return delays([(j, age) for age, row in TRIANGLE.items() for j, number in enumerate(row) for _ in range(number)])


def test_shares_are_those_of_lifelines_and_of_the_chain_ladder():
    # lifelines 0.30.3: KaplanMeierFitter().fit(5 - delay, entry=4 - age + 0.5), read backwards.
    # chainladder 0.10.1: 1 / Development(average="volume").fit(triangle).cdf_. Both give these digits.
    expected = [0.262456797235023, 0.641561059907834, 0.816532258064516, 0.9375, 1.0]
    assert maturity(triangle()).shares.tolist() == pytest.approx(expected, rel=1e-12)


def test_rate_is_that_of_the_cape_cod_method():
    # chainladder 0.10.1: CapeCod().fit(the triangle above, sample_weight=100 a row).apriori_ = 0.1694892.
    defective = np.array([sum(row) for row in TRIANGLE.values()])
    known = maturity(triangle()).at(np.array(list(TRIANGLE)))
    assert mature_rate(np.full(5, 100), defective, known) == pytest.approx(0.1694892, abs=5e-8)


def test_delays_of_young_orders_do_not_make_the_short_ones_too_many():
    # By hand: every day for 40 days one order gets a defect after 5 days and one after 20. Of the 40 (ages 0 to 39)
    # 35 show the short delay, 20 the long one: plainly counted 35 of 55 are short. Only ages from 20 on can tell:
    # 20 of each, so half of the defects are known from day 5 to day 19.
    pairs = [(5, age) for age in range(5, 40)] + [(20, age) for age in range(20, 40)]
    assert maturity(delays(pairs)).shares.tolist() == [0.0] * 5 + [0.5] * 15 + [1.0]


def test_old_orders_alone_give_the_plain_share():
    # By hand: nothing is cut off, so 3 of 10 are known after 1 day and 7 of 10 after 4.
    pairs = [(1, 90)] * 3 + [(4, 91)] * 4 + [(6, 95)] * 3
    assert maturity(delays(pairs)).shares.tolist() == pytest.approx([0, 0.3, 0.3, 0.3, 0.7, 0.7, 1])


def test_nine_delays_are_too_few_and_ten_are_enough():
    assert maturity(delays([(3, 90)] * 9)) is None
    assert maturity(delays([(3, 90)] * 10)).shares.tolist() == [0, 0, 0, 1]


def test_single_late_claim_that_few_old_orders_could_show_is_left_out():
    # By hand: the delay of 80 is compared with the orders of age 80 or more: itself and 3, or itself and 4.
    old = [(2, 85)] * 4
    young = [(2, 40)] * 10
    assert maturity(delays([(80, 90), *old[:3], *young])).shares.tolist() == [0, 0, 1]
    assert maturity(delays([(80, 90), *old, *young])).at(np.array([1, 2, 79, 80])).tolist() == [0, 0.8, 0.8, 1]


def test_old_orders_that_know_no_short_delay_make_no_estimate_of_the_young():
    # By hand: all 5 orders older than 30 days had the delay 30, so F is 0 below; the 9 short delays carry nothing.
    assert maturity(delays([(30, 40)] * 5 + [(2, 10)] * 9)) is None


def test_share_is_0_before_the_order_and_1_after_the_longest_delay():
    shares = Maturity(np.array([0.25, 0.5, 1.0]))
    assert shares.at(np.array([-5, -1, 0, 1, 2, 3, 900])).tolist() == [0, 0, 0.25, 0.5, 1, 1, 1]


def naive_maturity(pairs: list[tuple[int, int]]) -> list[float] | None:
    """The product of the docstring, written as loops."""
    compared = {j: sum(d <= j <= age for d, age in pairs) for j in range(100)}
    number = {j: sum(d == j for d, _ in pairs) for j in range(100)}
    ends = [j for j in range(100) if number[j] and compared[j] >= 5]
    if len(pairs) < 10 or not ends:
        return None
    shares = []
    for k in range(max(ends) + 1):
        share = 1.0
        for j in range(k + 1, max(ends) + 1):
            if number[j]:
                share *= 1 - number[j] / compared[j]
        shares.append(share)
    carrying = sum(d < len(shares) and shares[d] > 0 for d, _ in pairs)
    return shares if carrying >= 10 else None


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 30)).map(lambda p: (p[0], p[0] + p[1])), max_size=60))
def test_shares_agree_with_loops_and_never_fall(pairs):
    mine, naive = maturity(delays(pairs)), naive_maturity(pairs)
    assert (mine is None) == (naive is None)
    if mine is not None:
        assert mine.shares.tolist() == pytest.approx(naive)
        assert (np.diff(mine.shares) >= 0).all()
        assert mine.shares[-1] == 1


# The mature rate


def test_mature_rate_counts_an_order_by_the_share_that_it_can_show():
    # By hand: 100 old orders with 2 defects and 100 that show half of theirs, 1 so far: 3 / (100 + 50).
    assert mature_rate(np.array([100, 100]), np.array([2, 1]), np.array([1.0, 0.5])) == pytest.approx(0.02)


def test_mature_rate_is_never_over_1():
    assert mature_rate(np.array([1]), np.array([1]), np.array([0.1])) == 1.0


def test_orders_too_young_to_show_a_defect_have_no_mature_rate():
    assert mature_rate(np.array([5]), np.array([1]), np.array([0.0])) is None
    assert mature_rate(np.array([0]), np.array([0]), np.array([1.0])) is None
