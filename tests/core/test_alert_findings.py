"""What is worth an alert: every threshold at its edge, each account by itself, few and right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from core_tables import order_id, table

from odr_xl.core.alerts import Finding, Limits, Watched, findings, over_target
from odr_xl.core.counts import count_days
from odr_xl.core.events import claim_events, feedback_events, join_events
from odr_xl.core.ledger import build_ledger
from odr_xl.errors import NoOrders

AS_OF = date(2026, 11, 20)
LAST = AS_OF - timedelta(days=15)  # last order date of the window: rules.LAG_DAYS


def orders(
    ages: Iterable[int], *, first: int = 0, marketplace: str = "US", channel: str = "MFN"
) -> list[dict[str, Any]]:
    """One order an age, in days before `AS_OF`."""
    account = {"marketplace": marketplace, "channel": channel}
    return [
        {"order_id": order_id(first + n), "order_date": AS_OF - timedelta(days=age)} | account
        for n, age in enumerate(ages)
    ]


def claims(numbers: Iterable[int], day: date | None = None, status: str = "Granted") -> pd.DataFrame:
    rows = [{"order_id": order_id(n), "claim_date": day, "status": status} for n in numbers]
    return claim_events(table(rows, ("order_id", "claim_date", "status")))


def watched(rows: list[dict[str, Any]], *events: pd.DataFrame, **more: Any) -> Watched:
    ledger = build_ledger(table(rows), join_events(events))
    return Watched(AS_OF, count_days(ledger), ledger.events, **more)


def raised(found: Iterable[Finding], *, muted: bool = False) -> dict[str, Finding]:
    return {finding.key: finding for finding in found if finding.raised and finding.muted == muted}


def rates(defective: int, total: int, **limits: Any) -> dict[str, Finding]:
    """What is raised for an account whose window holds so many orders; its data are of today."""
    rows = orders([40] * total + [0])
    return raised(findings(watched(rows, claims(range(defective))), replace(Limits(defects=False), **limits)))


# The target, the warning level, the headroom


def test_rate_of_exactly_the_target_is_over_it_and_nothing_else_is_told_of_that_account():
    # 1 of 100 is 1 %, which Amazon's "less than 1 %" doesn't allow.
    assert list(rates(1, 100)) == ["over_target|US MFN"]
    assert "over_target|US MFN" not in rates(1, 101)


def test_what_the_target_covers_is_still_found():
    found = raised(findings(watched(orders([40] * 100 + [0]), claims([0]))), muted=True)
    assert {"warning|US MFN", "headroom|US MFN"} <= set(found)


@pytest.mark.parametrize(("total", "told"), [(400, True), (401, False)])
def test_rate_at_the_warning_level_is_told(total, told):
    # 3 of 400 is 0.75 % exactly.
    assert ("warning|US MFN" in rates(3, total, headroom=None)) == told


@pytest.mark.parametrize(("most", "told"), [(1, True), (0, False)])
def test_headroom_of_as_many_orders_as_the_threshold_is_told(most, told):
    # 2 of 400: a third is 0.75 %, a fourth is 1 %, so one more is allowed.
    assert ("headroom|US MFN" in rates(2, 400, headroom=most)) == told


def test_small_account_without_a_defect_has_no_headroom_alert():
    # 0 of 40 allows none more, but nothing has happened there.
    assert not rates(0, 40)


def test_each_account_is_looked_at_by_itself():
    rows = orders([40] * 200 + [0]) + orders([40] * 800, first=500, channel="AFN")
    found = watched(rows, claims(range(3)))
    # 3 of 200 is 1.5 %; all together 3 of 1,000 would be fine.
    assert over_target(found, 0.01) == ("US MFN",)
    told = raised(findings(found))
    assert told["over_target|US MFN"].number == 3 / 200
    assert "over_target|US AFN" not in told


def test_tolerated_accounts_are_not_told():
    assert "over_target|US MFN" not in rates(1, 100, accounts=1)


def test_orders_are_those_to_appeal_and_the_recovery_is_the_day_they_leave():
    found = rates(2, 100)["over_target|US MFN"]
    assert set(found.orders) == {order_id(0), order_id(1)}
    # Ordered 40 days ago, they leave 75 days after that: 60 of window, 15 of lag.
    assert found.day == AS_OF + timedelta(days=35)


# The days to come


def test_defect_that_has_not_entered_the_window_yet_is_told_with_the_day_it_does():
    rows = orders(range(75))
    # Order 10 is of 10 days ago: it enters when the window's end, 15 days back, gets there: in 5 days. 1 of 60.
    found = raised(findings(watched(rows, claims([10])), Limits(defects=False)))
    assert list(found) == ["forecast|US MFN"]
    told = found["forecast|US MFN"]
    assert (told.day, told.number, told.orders) == (AS_OF + timedelta(days=5), 1 / 60, (order_id(10),))


@pytest.mark.parametrize(("ahead", "told"), [(5, True), (4, False)])
def test_forecast_looks_so_many_days_ahead(ahead, told):
    found = findings(watched(orders(range(75)), claims([10])), Limits(ahead=ahead))
    assert ("forecast|US MFN" in raised(found)) == told


# The creep


def creep(defects: int) -> dict[str, Finding]:
    # 500 orders 40 days ago, and the defective ones 16 days ago: they have entered the window within the last week.
    rows = orders([40] * 500 + [16] * defects + [0])
    numbers = range(500, 500 + defects)
    return raised(findings(watched(rows, claims(numbers)), Limits(defects=False, headroom=None, creep=0.0035)))


def test_rise_within_a_week_is_told_with_the_orders_that_made_it():
    # 2 of 502 is 0.398 %, a week before 0 of 500.
    told = creep(2)["creep|US MFN"]
    assert told.number == 2 / 502
    assert set(told.orders) == {order_id(500), order_id(501)}
    assert (told.change.new, told.change.aged) == (2, 0)


def test_one_defective_order_alone_is_no_creep():
    rows = orders([40] * 90 + [16] + [0])
    found = findings(watched(rows, claims([90])), Limits(target=0.05, warning=None, forecast=None, headroom=None))
    assert "creep|US MFN" not in raised(found)


# Single orders


def test_claim_is_told_and_one_of_last_month_is_no_news_on_the_first_look():
    rows = orders([40] * 300 + [0])
    events = [claims([1], AS_OF - timedelta(days=2)), claims([2], AS_OF - timedelta(days=30)), claims([3])]
    found = raised(findings(watched(rows, *events)))
    old = {key.rpartition("|")[2]: finding.old for key, finding in found.items() if finding.kind == "defect"}
    # Without a date nobody knows, so it isn't called new either.
    assert old == {order_id(1): False, order_id(2): True, order_id(3): True}


def test_denied_claim_and_claim_of_an_order_that_has_left_the_window_are_not_told():
    rows = orders([40] * 300 + [75, 0])
    found = findings(watched(rows, claims([1], AS_OF, "Denied"), claims([300], AS_OF)))
    assert not [finding for finding in found if finding.kind == "defect"]


def feedback(*ages: int | None, **more: Any) -> pd.DataFrame:
    day = {None: None} | {age: AS_OF - timedelta(days=age) for age in ages if age is not None}
    rows = [{"order_id": order_id(n), "rating": 1.0, "feedback_date": day[a]} | more for n, a in enumerate(ages)]
    return table(rows, ("order_id", "rating", "feedback_date"))


def waiting(given: pd.DataFrame, **limits: Any) -> list[str]:
    shop = watched(orders([40] * 900 + [0]), feedback_events(given), feedback=given)
    return [f.orders[0] for f in findings(shop, replace(Limits(), **limits)) if f.kind == "feedback"]


def test_negative_feedback_is_told_after_so_many_days_without_a_reply():
    assert waiting(feedback(3, 2)) == [order_id(0)]
    assert waiting(feedback(3, response="Sorry")) == []


def test_feedback_whose_removal_can_no_longer_be_asked_for_is_not_told():
    # grounds.FEEDBACK_ASK_DAYS is 90.
    assert waiting(feedback(89, 90)) == [order_id(0)]


def test_so_many_feedbacks_as_tolerated_are_not_told():
    assert waiting(feedback(5, 6), feedback=2) == []
    assert len(waiting(feedback(5, 6), feedback=1)) == 2


# Data, deadline


@pytest.mark.parametrize(("age", "told"), [(3, False), (4, True)])
def test_data_older_than_so_many_days_are_told(age, told):
    found = raised(findings(watched(orders(range(age, 60)))))
    assert ("stale" in found) == told


def test_pause_that_is_usual_for_the_shop_is_not_old_data():
    # One order in 6 days: 6 days without one are nothing new, 7 are.
    assert "stale" not in raised(findings(watched(orders(range(6, 70, 6)))))
    assert "stale" in raised(findings(watched(orders(range(7, 70, 6)))))


def test_orders_that_are_all_too_old_give_the_alert_about_old_data_and_no_error():
    assert list(raised(findings(watched(orders([200, 201, 202]))))) == ["stale"]


def test_nothing_can_be_watched_without_a_dated_order():
    with pytest.raises(NoOrders, match="No order has a date"):
        findings(watched([{"order_id": order_id(1), "order_date": None}]))


@pytest.mark.parametrize(("days_ago", "left"), [(11, None), (12, 5), (17, 0), (18, None)])
def test_deadline_of_a_plan_of_action_is_told_in_its_last_days(days_ago, left):
    # Due 17 days after the notice (rules.PLAN_DAYS), told from 5 days before.
    shop = watched(orders([40, 0]), notice=AS_OF - timedelta(days=days_ago))
    found = [f.number for f in raised(findings(shop)).values() if f.kind == "plan"]
    assert found == ([] if left is None else [left])


def test_rows_that_cannot_be_used_are_told():
    assert "data" in raised(findings(watched(orders([40, 0]), unusable=1)))


def test_rule_that_is_off_finds_nothing():
    off = Limits(
        accounts=None, warning=None, headroom=None, forecast=None, estimate=None, creep=None, defects=False,
        feedback_days=None, stale_days=None, plan_days_left=None, data=None,
    )  # fmt: skip
    given = feedback(5)
    shop = watched(
        orders([40] * 50), claims([1], AS_OF), feedback_events(given), feedback=given, unusable=3, notice=AS_OF
    )
    assert findings(shop, off) == ()
    assert over_target(shop, 0.01) == ("US MFN",)  # the exit status doesn't depend on the rules
