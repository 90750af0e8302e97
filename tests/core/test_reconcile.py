"""Our counts beside Amazon's: differences that add up, and reasons that the numbers allow. Every order is invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from core_tables import order_id
from hypothesis import given
from hypothesis import strategies as st

from odr_xl import rules
from odr_xl.core.accounts import choose_account
from odr_xl.core.counts import COUNT_COLUMNS, sum_days
from odr_xl.core.differences import Reason
from odr_xl.core.reconcile import COMPARED, AmazonCounts, Comparison, reconcile
from odr_xl.core.window import Window
from odr_xl.errors import UsageError

WINDOW = Window(date(2026, 7, 18), date(2026, 9, 15))  # 60 days
FIRST, LAST = WINDOW.start, WINDOW.end
DAY = timedelta(days=1)


def daily(*rows: tuple[date | None, dict[str, int]], channel: str = "MFN", marketplace: str = "US") -> pd.DataFrame:
    """Daily counts of one account: each row a day and the counts that aren't 0."""
    data: dict[str, Any] = {
        "order_date": np.array([np.datetime64(day or "NaT", "s") for day, _ in rows], dtype="datetime64[s]"),
        "channel": np.array([channel] * len(rows), dtype=object),
        "marketplace": np.array([marketplace] * len(rows), dtype=object),
    }
    data |= {name: np.array([counts.get(name, 0) for _, counts in rows], dtype=np.int64) for name in COUNT_COLUMNS}
    return pd.DataFrame(data)


def steady(
    orders: int = 10, *, without: Iterable[date] = (), first: date = FIRST - 5 * DAY, days: int = 70, **more: int
):
    """The same number of orders each day from five days before the window to five days after it."""
    left = frozenset(without)
    span = [first + i * DAY for i in range(days)]
    return daily(*((day, {"orders": orders} | more) for day in span if day not in left))


TRAIL = ("order_id", "cause", "counts", "rule", "detail", "order_date", "channel", "marketplace")


def events(*rows: dict[str, Any]) -> pd.DataFrame:
    """Events as the ledger lists them; a row says what isn't usual."""
    usual = {"counts": "amazon", "rule": "", "detail": "", "channel": "MFN", "marketplace": "US"}
    told = [usual | {"order_date": date(2026, 8, 1)} | row for row in rows]
    table = pd.DataFrame({name: pd.Series([row[name] for row in told], dtype=object) for name in TRAIL})
    days = [np.datetime64(row["order_date"] or "NaT", "s") for row in told]
    return table.assign(order_date=np.array(days, dtype="datetime64[s]"))


def claim(number: int, detail: str, rule: rules.Rule = rules.CLAIM_COUNTS, **more: Any) -> dict[str, Any]:
    row = {"order_id": order_id(number), "cause": "a_to_z_claim", "counts": rule.counts, "rule": rule.text}
    return row | {"detail": detail} | more


def feedback(number: int, detail: str, rule: rules.Rule = rules.FEEDBACK_NEGATIVE, **more: Any) -> dict[str, Any]:
    row = {"order_id": order_id(number), "cause": "negative_feedback", "counts": rule.counts, "rule": rule.text}
    return row | {"detail": detail} | more


def chargeback(number: int, detail: str, rule: rules.Rule, **more: Any) -> dict[str, Any]:
    row = {"order_id": order_id(number), "cause": "chargeback", "counts": rule.counts, "rule": rule.text}
    return row | {"detail": detail} | more


def listed(number: int, cause: str, **more: Any) -> dict[str, Any]:
    row = {"order_id": order_id(number), "cause": cause, "counts": "amazon", "rule": rules.LISTED.text}
    return row | more


def compared(found: Sequence[Comparison], what: str) -> Comparison:
    return next(row for row in found if row.what == what)


def order_reasons(days: pd.DataFrame, amazons: int, window: Window = WINDOW, **options: Any) -> tuple[Reason, ...]:
    account = {"marketplaces": {"US"}, "channels": {"MFN"}} | options
    return compared(reconcile(days, window, AmazonCounts(orders=amazons), **account), "orders").reasons


def keys(reasons: Iterable[Reason]) -> list[str]:
    return [reason.key for reason in reasons]


# The numbers


def test_rows_stand_in_the_order_orders_defects_causes_rate():
    found = reconcile(steady(), WINDOW, AmazonCounts())
    assert [row.what for row in found] == [*COMPARED, "rate"]
    assert [row.what for row in found] == [
        *("orders", "defective_amazon", "negative_feedback", "a_to_z_claim", "chargeback", "rate"),
    ]


def test_article_of_1_percent_and_amazons_half_percent_differ_by_half_a_percent():
    # By hand: 60 days of 10 orders are 600, 6 of them defective: 1.0 %. Amazon's 3 of 600 are 0.5 %.
    days = steady(10)
    days.loc[days["order_date"] == pd.Timestamp(2026, 8, 1), "defective_amazon"] = 6
    found = reconcile(days, WINDOW, AmazonCounts(orders=600, defective_amazon=3))
    assert [(row.ours, row.amazons, row.difference) for row in (*found[:2], found[-1])] == [
        (600, 600, 0),
        (6, 3, 3),
        (0.01, 0.005, 0.005),
    ]


def test_number_that_amazon_does_not_give_has_no_difference_and_no_reason():
    found = reconcile(steady(), WINDOW, AmazonCounts(orders=600))
    assert [(row.amazons, row.difference, row.reasons) for row in found[1:]] == [(None, None, ())] * 5


def test_no_order_on_either_side_gives_no_rate():
    found = reconcile(steady(), Window(date(2020, 1, 1), date(2020, 1, 2)), AmazonCounts(orders=0, defective_amazon=0))
    assert [keys(row.reasons) for row in found[:2]] == [["same"], ["same"]]
    assert (found[-1].ours, found[-1].amazons, found[-1].difference, found[-1].reasons) == (None, None, None, ())


def test_amazons_orders_of_0_are_no_data_and_no_riddle():
    found = reconcile(steady(defective_amazon=1), WINDOW, AmazonCounts(orders=0, defective_amazon=0))
    assert keys(found[0].reasons) == ["no_data"]
    assert found[1].reasons == () and found[-1].amazons is None


def test_negative_number_of_amazons_is_refused():
    with pytest.raises(UsageError, match="from 0, not -1"):
        AmazonCounts(orders=-1)


COUNTS = st.fixed_dictionaries(
    {
        name: st.integers(0, 9)
        for name in ("orders", "cancelled", "pending", "left_out", "defective_amazon", "chargeback")
    }
)
DAYS = st.one_of(st.none(), st.dates(FIRST - 3 * DAY, LAST + 3 * DAY))
TABLES = st.lists(
    st.tuples(DAYS, COUNTS, st.sampled_from(["MFN", "AFN", ""]), st.sampled_from(["US", "DE", ""])), max_size=40
).map(lambda rows: pd.concat([daily(), *(daily((d, c), channel=ch, marketplace=m) for d, c, ch, m in rows)]))
POSITIVE = {"cancelled", "pending", "cancelled_pending", "zone_out", "no_dates", "rest", "unexplained"}
NEGATIVE = {"left_out", "undated", "unplaced", "zone_in", "gap", "incomplete"}
EITHER = {"moved", "sixty", "length"}


@given(TABLES, st.integers(0, 200), st.sampled_from(["", "US MFN", "DE", "AFN"]), st.booleans())
def test_ours_is_the_sum_of_the_days_and_no_reason_contradicts_its_difference(days, amazons, account, own_dates):
    parts = {"": ((), ()), "US MFN": (("US",), ("MFN",)), "DE": (("DE",), ()), "AFN": ((), ("AFN",))}[account]
    given_by = AmazonCounts(orders=amazons, defective_amazon=0)
    found = reconcile(days, WINDOW, given_by, marketplaces=parts[0], channels=parts[1], amazons_window=not own_dates)
    ours = sum_days(choose_account(days, account), WINDOW)
    assert {row.what: row.ours for row in found[:-1]} == {name: ours[name] for name in COMPARED}
    orders = found[0]
    difference = ours["orders"] - amazons
    assert orders.difference == difference and isinstance(orders.difference, int)
    assert orders.reasons  # there is always something to say
    if difference == 0:
        assert keys(orders.reasons) == ["same"]
    elif amazons == 0:
        assert keys(orders.reasons) == ["no_data"]
    else:
        assert set(keys(orders.reasons)) <= (POSITIVE if difference > 0 else NEGATIVE) | EITHER
    for reason in orders.reasons:
        _check(reason, days, account, ours, abs(difference))


def _check(reason: Reason, days: pd.DataFrame, account: str, ours: dict[str, int], gap: int) -> None:
    """A reason's numbers counted again, row by row."""
    rows = [dict(zip(days.columns, row, strict=True)) for row in days.itertuples(index=False)]
    wanted = set(account.split())

    def inside(row: dict[str, Any], start: date, end: date) -> bool:
        return row["order_date"] == row["order_date"] and start <= row["order_date"].date() <= end

    def own(row: dict[str, Any]) -> bool:
        return wanted <= {row["marketplace"], row["channel"]}

    def near(row: dict[str, Any]) -> bool:
        fits = (not ({"US", "DE"} & wanted)) or row["marketplace"] in wanted | {""}
        return fits and ((not ({"MFN", "AFN"} & wanted)) or row["channel"] in wanted | {""}) and not own(row)

    if reason.key in ("cancelled", "pending"):
        assert reason.count == ours[reason.key] > 0
    if reason.key == "cancelled_pending":
        assert reason.count == ours["cancelled"] + ours["pending"] > max(ours["cancelled"], ours["pending"])
    if reason.key == "left_out":
        assert reason.count == sum(r["left_out"] for r in rows if (own(r) or near(r)) and inside(r, FIRST, LAST))
    if reason.key == "unplaced":
        assert reason.count == sum(r["orders"] for r in rows if near(r) and inside(r, FIRST, LAST)) > 0
    if reason.key == "undated":
        assert reason.count == sum(r["orders"] for r in rows if own(r) and r["order_date"] != r["order_date"]) > 0
    if reason.key == "moved":
        start, end = reason.start, reason.end
        assert (start, end) in ((FIRST + DAY, LAST + DAY), (FIRST - DAY, LAST - DAY))
        moved = sum(r["orders"] for r in rows if own(r) and inside(r, start, end))
        assert abs(ours["orders"] - moved) == gap
    if reason.key.startswith("zone"):
        assert max(reason.count, reason.other) >= gap
        for day, count in ((reason.start, reason.count), (reason.end, reason.other)):
            assert count == sum(r["orders"] for r in rows if own(r) and inside(r, day, day))
    if reason.key == "gap":
        assert FIRST <= reason.start <= reason.end <= LAST
        assert not sum(r["orders"] for r in rows if own(r) and inside(r, reason.start, reason.end))


# Reasons for orders


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"cancelled": 4, "pending": 9}, [("cancelled", 4)]),  # exactly
        ({"cancelled": 9, "pending": 4}, [("pending", 4)]),
        ({"cancelled": 4, "pending": 3}, [("cancelled", 4)]),
        ({"cancelled": 3, "pending": 1}, [("cancelled_pending", 4)]),
    ],
)
def test_reason_that_fits_exactly_stands_alone(counts, expected):
    days = daily((date(2026, 8, 1), {"orders": 100} | counts))
    assert [(reason.key, reason.count) for reason in order_reasons(days, 96)] == expected


def test_78_cancelled_orders_can_explain_60_missing_ones():
    days = daily((date(2026, 8, 1), {"orders": 500, "cancelled": 78}))
    assert [(reason.key, reason.count) for reason in order_reasons(days, 440)] == [("cancelled", 78)]


def test_cancelled_orders_that_explain_a_part_are_said_with_the_rest():
    days = daily((date(2026, 8, 1), {"orders": 500, "cancelled": 8}))
    assert [(reason.key, reason.count) for reason in order_reasons(days, 440)] == [("cancelled", 8), ("rest", 52)]


def test_nothing_at_hand_is_said_as_such():
    days = daily((date(2026, 8, 1), {"orders": 500}))
    assert keys(order_reasons(days, 440)) == ["unexplained"]


def test_35_orders_more_with_amazon_ask_for_the_missing_report():
    days = daily(*((FIRST + i * DAY, {"orders": 1}) for i in range(60)))
    assert [(reason.key, reason.count) for reason in order_reasons(days, 95)] == [("incomplete", 35)]


def test_window_one_day_later_is_named_when_it_has_exactly_amazons_number():
    days = steady(10)
    days.loc[days["order_date"] == pd.Timestamp(LAST + DAY), "orders"] = 17  # 600 - 10 + 17 = 607
    found = order_reasons(days, 607)
    assert [(r.key, r.start, r.end) for r in found] == [("moved", FIRST + DAY, LAST + DAY)]


def test_window_one_day_earlier_is_named_too():
    days = steady(10)
    days.loc[days["order_date"] == pd.Timestamp(FIRST - DAY), "orders"] = 3  # 600 + 3 - 10 = 593
    found = order_reasons(days, 593)
    assert [(r.key, r.start, r.end) for r in found] == [("moved", FIRST - DAY, LAST - DAY)]


def test_window_one_day_later_is_not_named_where_the_orders_do_not_reach_it():
    days = steady(10, days=65)  # ends on the window's last day, so the day after it holds 0 of unknown many orders
    assert "moved" not in keys(order_reasons(days, 590))


def test_sixty_days_are_named_when_the_sellers_own_dates_are_longer():
    longer = Window(FIRST - 3 * DAY, LAST)
    assert [(r.key, r.start, r.end) for r in order_reasons(steady(10), 600, longer)] == [("sixty", FIRST, LAST)]
    # 630 of 63 days against 605 of Amazon's: no window fits exactly, but a longer one goes with more orders.
    assert [(r.key, r.count) for r in order_reasons(steady(10), 605, longer)] == [("length", 63)]
    assert keys(order_reasons(steady(10), 650, longer)) == ["incomplete"]  # more days can't be why we have fewer


def test_dates_that_amazon_printed_are_never_the_reason():
    longer = Window(FIRST - 3 * DAY, LAST)
    assert keys(order_reasons(steady(10), 600, longer, amazons_window=True)) == ["unexplained"]


def test_missing_dates_are_said_when_we_count_more():
    assert keys(order_reasons(steady(10), 600, Window(None, LAST))) == ["no_dates"]
    assert keys(order_reasons(steady(10), 900, Window(None, LAST))) == ["incomplete"]


def test_stretch_without_orders_is_named():
    missing = [date(2026, 8, 20) + i * DAY for i in range(3)]
    found = order_reasons(steady(10, without=missing), 600)
    assert [(r.key, r.start, r.end) for r in found] == [("gap", date(2026, 8, 20), date(2026, 8, 22))]


def test_orders_that_begin_after_the_window_are_a_stretch_without_orders():
    days = steady(10, first=FIRST + 20 * DAY, days=45)
    found = order_reasons(days, 600)
    assert [(r.key, r.start, r.end) for r in found] == [("gap", FIRST, FIRST + 19 * DAY)]
    assert order_reasons(daily(), 600) == (Reason("gap", start=FIRST, end=LAST),)


def test_free_weekends_are_a_habit_and_no_gap():
    weekends = [FIRST + i * DAY for i in range(60) if (FIRST + i * DAY).weekday() >= 5]
    assert "gap" not in keys(order_reasons(steady(10, without=weekends), 600))


def test_one_quiet_day_of_a_small_shop_is_no_gap():
    # By hand: one order a day makes an empty day likely (37 %), so it explains nothing.
    assert keys(order_reasons(steady(1, without=[date(2026, 8, 20)]), 64)) == ["incomplete"]


def test_time_zone_is_offered_only_while_the_days_at_the_ends_hold_enough_orders():
    days = steady(10)
    days.loc[days["order_date"] == pd.Timestamp(FIRST), "orders"] = 13  # 603 in the window
    assert [(r.key, r.count, r.other, r.start, r.end) for r in order_reasons(days, 590)] == [
        ("zone_out", 13, 10, FIRST, LAST)
    ]
    assert keys(order_reasons(days, 589)) == ["unexplained"]
    assert [(r.key, r.start, r.end) for r in order_reasons(days, 612)] == [("zone_in", FIRST - DAY, LAST + DAY)]


def test_orders_left_out_undated_or_without_account_explain_fewer_orders_here():
    plain = {"orders": 100}
    days = pd.concat(
        [
            daily((date(2026, 8, 1), plain), (None, {"orders": 7})),
            daily((date(2026, 8, 2), {"left_out": 9}), marketplace=""),  # a Non-Amazon channel has no marketplace
            daily((date(2026, 8, 3), {"orders": 11}), channel=""),
            daily((date(2026, 8, 3), {"orders": 500}), marketplace="DE"),
        ]
    )
    assert [(r.key, r.count) for r in order_reasons(days, 107)] == [("undated", 7)]
    assert [(r.key, r.count) for r in order_reasons(days, 109)] == [("left_out", 9)]
    assert [(r.key, r.count) for r in order_reasons(days, 111)] == [("unplaced", 11)]


def test_undated_orders_are_in_a_window_without_ends_and_explain_nothing_there():
    days = daily((date(2026, 8, 1), {"orders": 100}), (None, {"orders": 7}))
    found = reconcile(days, Window(), AmazonCounts(orders=114))
    assert found[0].ours == 107
    assert keys(found[0].reasons) == ["incomplete"]


def test_unknown_marketplace_says_so_instead_of_a_riddle():
    found = reconcile(
        steady(), WINDOW, AmazonCounts(orders=40, defective_amazon=1), marketplaces={"A3UNKNOWN"}, channels={"MFN"}
    )
    assert [(r.key, r.name) for r in found[0].reasons] == [("unknown_site", "A3UNKNOWN")]
    assert found[1].difference == -1 and found[1].reasons == ()


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 30))
def test_amazon_that_counts_no_cancelled_order_is_found_out(cancelled, more, before):
    days = daily((date(2026, 8, 1), {"orders": cancelled + more, "cancelled": cancelled}))
    days = pd.concat([days, daily((FIRST - DAY, {"orders": before, "cancelled": before}))])
    reasons = order_reasons(days, more)
    if more:  # otherwise Amazon would show no order at all
        assert ("cancelled", cancelled) in [(r.key, r.count) for r in reasons]


# Reasons for defects


def defect_reasons(
    trail: pd.DataFrame | None, ours: int, amazons: int, what: str = "defective_amazon", **more: Any
) -> list[tuple[str, tuple[str, ...]]]:
    days = daily((date(2026, 8, 1), {"orders": 100, what: ours}))
    found = reconcile(
        days,
        WINDOW,
        AmazonCounts(**({"orders": 100, what: amazons} | more)),
        marketplaces={"US"},
        channels={"MFN"},
        trail=trail,
    )
    return [(reason.key, reason.ids) for reason in compared(found, what).reasons]


def ids(*numbers: int) -> tuple[str, ...]:
    return tuple(order_id(n) for n in numbers)


def test_open_claims_are_named_when_they_are_as_many_as_the_difference():
    trail = events(
        claim(1, "Under Review · late"),
        claim(2, "Granted"),
        claim(3, ""),
        claim(4, "Closed/Denied", rules.CLAIM_CLEARED),
    )
    assert defect_reasons(trail, 3, 1) == [("open", ids(1, 3))]


def test_open_claim_on_amazons_list_is_open_all_the_same():
    trail = events(claim(1, "Open"), listed(1, "a_to_z_claim"), listed(2, "chargeback"))
    assert defect_reasons(trail, 2, 1) == [("open", ids(1))]


def test_order_with_another_defect_stays_defective_when_its_claim_is_denied():
    trail = events(claim(1, "Open"), feedback(1, "1★ bad"), claim(2, "Open"))
    assert defect_reasons(trail, 2, 1) == [("open", ids(2))]
    assert defect_reasons(trail, 2, 0, "a_to_z_claim") == [("open", ids(1, 2))]


def test_order_listed_for_another_defect_stays_defective_when_its_claim_is_denied():
    trail = events(claim(1, "Open"), listed(1, "negative_feedback"), claim(2, "Open"), listed(2, "a_to_z_claim"))
    assert defect_reasons(trail, 2, 1) == [("open", ids(2))]


def test_orders_that_amazons_own_list_lacks_are_named_first():
    trail = events(
        feedback(1, "1★"),
        listed(1, "negative_feedback"),
        claim(2, "Granted"),
        chargeback(3, "", rules.CHARGEBACK_UNKNOWN),
    )
    assert defect_reasons(trail, 3, 1) == [("not_listed", ids(2, 3))]
    assert defect_reasons(trail, 3, 2) == [("unsure", ids(3))]  # exactly one fits better than one of two


def test_list_of_amazons_without_this_cause_still_says_that_the_cause_is_not_on_it():
    trail = events(listed(1, "negative_feedback"), claim(2, "Granted"))
    assert defect_reasons(trail, 1, 0, "a_to_z_claim") == [("not_listed", ids(2))]


def test_unknown_types_are_named():
    trail = events(chargeback(1, "", rules.CHARGEBACK_UNKNOWN), claim(2, "Strange", rules.CLAIM_UNKNOWN))
    assert defect_reasons(trail, 2, 0) == [("unsure", ids(1, 2))]


def test_feedback_is_doubted_only_where_nothing_better_explains():
    trail = events(feedback(1, "1★ bad"), feedback(2, "2★"), claim(3, "Granted"))
    assert defect_reasons(trail, 3, 2) == [("feedback", ids(1, 2))]
    with_open = events(feedback(1, "1★ bad"), claim(2, "Open"))
    assert defect_reasons(with_open, 2, 1) == [("open", ids(2))]


def test_difference_that_nothing_explains_says_so():
    assert defect_reasons(events(claim(1, "Granted")), 1, 0) == [("unexplained", ())]
    assert defect_reasons(events(feedback(1, "1★")), 3, 0) == [("feedback", ids(1)), ("unexplained", ())]


def test_without_a_trail_the_trail_is_asked_for():
    assert defect_reasons(None, 3, 1) == [("no_trail", ())]
    assert defect_reasons(None, 1, 3) == [("missing", ())]


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (feedback(1, "1★ bad", rules.FEEDBACK_REMOVED), "removed"),
        (feedback(1, "bad", rules.FEEDBACK_UNRATED), "unrated"),
        (claim(1, "Appeal won · late", rules.CLAIM_CLEARED), "won"),
        (claim(1, "申诉成功", rules.CLAIM_CLEARED), "won"),
        (claim(1, "CR-DEFECTIVE", rules.CLAIM_CANDIDATE), "candidate"),
        (chargeback(1, "Service · Won", rules.CHARGEBACK_WON), "chargeback_won"),
        (claim(1, "Granted", rules.OMITTED), "omitted"),
        (feedback(1, "2★", rules.UNMATCHED, order_date=None, channel="", marketplace=""), "unmatched"),
        (feedback(1, "bad", rules.UNMATCHED, order_date=None, channel="", marketplace=""), "unmatched"),
        (claim(1, "Open", rules.UNMATCHED, order_date=None, channel="", marketplace=""), "unmatched"),
        (chargeback(1, "Service · Open", rules.UNMATCHED, order_date=None, channel="", marketplace=""), "unmatched"),
    ],
)
def test_event_that_amazon_may_still_count_is_named(event, key):
    assert defect_reasons(events(event), 0, 1) == [(key, ids(1))]


@pytest.mark.parametrize(
    "event",
    [
        claim(1, "Closed/Denied", rules.CLAIM_CLEARED),
        claim(1, "Withdrawn", rules.CLAIM_CLEARED),
        feedback(1, "3★ fine", rules.FEEDBACK_NEUTRAL),
        feedback(1, "3★ fine", rules.UNMATCHED, order_date=None, channel="", marketplace=""),
        claim(1, "Denied", rules.UNMATCHED, order_date=None, channel="", marketplace=""),
        chargeback(1, "Fraud", rules.UNMATCHED, order_date=None, channel="", marketplace=""),
        chargeback(1, "Fraud", rules.CHARGEBACK_FRAUD),
        claim(1, "Appeal won", rules.CLAIM_CLEARED, order_date=FIRST - DAY),  # outside the window
        claim(1, "Appeal won", rules.CLAIM_CLEARED, channel="AFN"),  # another account
        claim(1, "Open", rules.UNMATCHED, order_date=None, channel="AFN", marketplace=""),
        {"order_id": order_id(1), "cause": "defect_return", "counts": "", "rule": rules.UNMATCHED.text},
    ],
)
def test_event_that_amazon_does_not_count_either_explains_nothing(event):
    assert defect_reasons(events(event), 0, 1) == [("missing", ())]


def test_event_of_an_order_that_counts_anyway_explains_nothing():
    trail = events(feedback(1, "1★", rules.FEEDBACK_REMOVED), claim(1, "Granted"))
    assert defect_reasons(trail, 1, 2) == [("missing", ())]


def test_more_events_than_needed_are_offered_with_the_download():
    trail = events(*(feedback(n, "1★", rules.FEEDBACK_REMOVED) for n in (1, 2)))
    assert defect_reasons(trail, 0, 1) == [("removed", ids(1, 2)), ("missing", ())]


def test_other_dates_are_a_reason_for_defects_only_when_they_fit_the_orders_too():
    days = steady(10)
    days.loc[days["order_date"] == pd.Timestamp(LAST + DAY), ["orders", "defective_amazon"]] = [17, 2]
    both = reconcile(days, WINDOW, AmazonCounts(orders=607, defective_amazon=2))
    assert [(r.key, r.start) for r in compared(both, "defective_amazon").reasons] == [("moved", FIRST + DAY)]
    orders_differ = reconcile(days, WINDOW, AmazonCounts(orders=600, defective_amazon=2))
    assert keys(compared(orders_differ, "defective_amazon").reasons) == ["missing"]


EVENTS = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(["open", "granted", "star", "removed", "won", "listed"])), max_size=10
)


@given(EVENTS, st.integers(0, 8), st.integers(0, 8))
def test_named_orders_are_enough_on_the_right_side_and_each_once(told, ours, amazons):
    made = {
        "open": lambda n: claim(n, "Open"),
        "granted": lambda n: claim(n, "Granted"),
        "star": lambda n: feedback(n, "1★"),
        "removed": lambda n: feedback(n, "1★", rules.FEEDBACK_REMOVED),
        "won": lambda n: claim(n, "Appeal won", rules.CLAIM_CLEARED),
        "listed": lambda n: listed(n, "chargeback"),
    }
    trail = events(*(made[kind](n) for n, kind in told))
    counting = {order_id(n) for n, kind in told if kind in ("open", "granted", "star", "listed")}
    for key, named in defect_reasons(trail, ours, amazons):
        assert len(set(named)) == len(named)
        if ours == amazons:
            assert key == "same"
        elif ours > amazons:
            assert key in {"open", "feedback", "not_listed", "unexplained"} and set(named) <= counting
        else:
            assert key in {"removed", "won", "missing"} and not set(named) & counting
