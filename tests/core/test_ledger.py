"""The ledger: one row an order, whatever the number of its rows, and a reason for every event."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from core_tables import numbered_orders, order_id, table

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core.counts import count_orders
from odr_xl.core.ledger import Ledger, build_ledger
from odr_xl.core.window import Window
from odr_xl.errors import UsageError

DAY = date(2026, 3, 2)


def statuses(*per_row: str) -> Ledger:
    return build_ledger(table({"order_id": "A", "order_date": DAY, "order_status": status} for status in per_row))


def test_order_on_three_rows_is_one_order():
    ledger = build_ledger(table({"order_id": "A", "sku": sku} for sku in ("INK-1", "PEN-2", "PAD-3")))
    assert list(ledger.orders["order_id"]) == ["A"]
    assert list(ledger.orders["sku"]) == ["INK-1"]


def test_identical_rows_are_legitimate_and_change_nothing():
    # Amazon repeats a row for two units shipped alike.
    row = {"order_id": "A", "order_date": DAY, "sku": "INK-1", "order_status": "Shipped"}
    once, twice = build_ledger(table([row])), build_ledger(table([row, row]))
    assert twice.orders.to_dict("records") == once.orders.to_dict("records")


def test_order_takes_each_fact_from_its_first_row_that_has_it():
    ledger = build_ledger(
        table(
            [
                {"order_id": "A", "order_date": None, "channel": "", "marketplace": "US"},
                {"order_id": "B", "order_date": None, "channel": "AFN", "marketplace": ""},
                {"order_id": "A", "order_date": DAY, "channel": "MFN", "marketplace": "DE"},
                {"order_id": "A", "order_date": date(2026, 3, 9), "channel": "AFN", "marketplace": ""},
            ]
        )
    )
    facts = ledger.orders.set_index("order_id")
    assert tuple(facts.loc["A", ["channel", "marketplace"]]) == ("MFN", "US")
    assert tuple(facts.loc["B", ["channel", "marketplace"]]) == ("AFN", "")
    assert facts["order_date"].to_numpy()[0] == np.datetime64(DAY)
    assert np.isnat(facts["order_date"].to_numpy()[1])


@pytest.mark.parametrize("channel", ["Non-Amazon", "Non-Amazon US", "non-amazon", "Non-Amazon CA Prod"])
def test_non_amazon_orders_are_left_out_and_counted_as_left_out(channel):
    # Multi-channel fulfilment: the order was placed elsewhere, so it isn't in Amazon's rate.
    ledger = build_ledger(
        table([{"order_id": "A", "sales_channel": channel}, {"order_id": "B", "sales_channel": "Amazon.com"}])
    )
    assert list(ledger.orders["order_id"]) == ["B"]
    assert list(ledger.left_out["order_id"]) == ["A"]
    counts = count_orders(ledger, Window())
    assert (counts["orders"], counts["left_out"]) == (1, 1)


def test_s01_orders_are_left_out_and_counted_as_left_out():
    ledger = build_ledger(table([{"order_id": "S01-0000001-0000001"}, {"order_id": "101-S01-1"}]))
    assert list(ledger.left_out["order_id"]) == ["S01-0000001-0000001"]
    assert list(ledger.orders["order_id"]) == ["101-S01-1"]


@pytest.mark.parametrize(
    ("status", "cancelled", "pending"),
    [
        ("Cancelled", True, False),
        ("Canceled", True, False),
        ("CANCELLED", True, False),
        ("Cancelled - Refunded", True, False),
        ("Storniert", True, False),
        ("Pending", False, True),
        ("Pending - Waiting for Pick Up", False, True),  # Easy Ship, India
        ("Shipped", False, False),
        ("Shipped - Returned to Seller", False, False),
        ("Shipped - Delivered to Buyer", False, False),
        ("Not cancelled", False, False),
        ("", False, False),
    ],
)
def test_status_is_read_by_its_beginning(status, cancelled, pending):
    order = statuses(status).orders.iloc[0]
    assert (bool(order["cancelled"]), bool(order["pending"])) == (cancelled, pending)


def test_order_with_one_cancelled_item_is_not_cancelled():
    assert not statuses("Cancelled", "Shipped").orders["cancelled"].any()
    assert not statuses("Shipped", "Cancelled").orders["cancelled"].any()
    assert statuses("Cancelled", "Canceled").orders["cancelled"].all()


def test_cancelled_and_pending_orders_stay_in_the_denominator_unless_left_out_on_purpose():
    rows = table(
        {"order_id": name, "order_status": status}
        for name, status in (("A", "Cancelled"), ("B", "Pending"), ("C", "Shipped"))
    )
    # Orders received: the article's denominator; Amazon doesn't state its own.
    for omit, kept in (((), "ABC"), (("cancelled",), "BC"), (("pending",), "AC"), (("pending", "cancelled"), "C")):
        ledger = build_ledger(rows, omit=omit)
        assert "".join(ledger.orders["order_id"]) == kept
        assert count_orders(ledger, Window())["left_out"] == 3 - len(kept)


def test_leaving_out_something_else_is_refused_with_the_choices():
    with pytest.raises(UsageError, match=r'"refunded" can\'t be left out\. Choose from: cancelled, pending'):
        build_ledger(numbered_orders(1), omit=("refunded",))


def test_event_whose_order_is_missing_is_reported_and_neither_added_nor_dropped():
    claims = event.claim_events(table([{"order_id": "elsewhere", "status": "Granted"}]))
    ledger = build_ledger(numbered_orders(2), claims)
    assert len(ledger.orders) == 2
    assert not ledger.orders["a_to_z_claim"].any()
    (found,) = ledger.events.to_dict("records")
    assert (found["order_id"], found["cause"], found["counts"]) == ("elsewhere", "a_to_z_claim", "")
    assert found["rule"] == "order isn't in Orders: not counted until it is"
    assert found["flagged"]
    assert np.isnat(ledger.events["leaves_on"].to_numpy()[0])


def test_event_of_an_order_left_out_says_why():
    claims = event.claim_events(table([{"order_id": "S01-1", "status": "Open"}, {"order_id": "B", "status": "Open"}]))
    orders = table([{"order_id": "S01-1", "order_status": ""}, {"order_id": "B", "order_status": "Cancelled"}])
    ledger = build_ledger(orders, claims, omit=("cancelled",))
    assert list(ledger.events["counts"]) == ["", ""]
    assert list(ledger.events["rule"]) == [rules.LEFT_OUT.text, rules.OMITTED.text]


def test_event_takes_date_channel_marketplace_and_sku_from_its_order():
    orders = table([{"order_id": "A", "order_date": DAY, "channel": "AFN", "marketplace": "DE", "sku": "INK-1"}])
    events = event.join_events(
        [
            event.chargeback_events(table([{"order_id": "A", "type": "Service"}])),
            event.return_events(table([{"order_id": "A", "reason": "DEFECTIVE", "sku": "PEN-2"}])),
        ]
    )
    trail = build_ledger(orders, events).events
    assert list(trail["channel"]) == ["AFN", "AFN"]
    assert list(trail["marketplace"]) == ["DE", "DE"]
    assert list(trail["sku"]) == ["INK-1", "PEN-2"]  # the report's own SKU is the returned item's
    assert (trail["order_date"].to_numpy() == np.datetime64(DAY)).all()


def test_event_leaves_60_and_15_days_after_its_orders_date():
    # 2021-10-29 + 75 days, by hand; see test_window.
    claims = event.claim_events(table([{"order_id": "A"}]))
    ledger = build_ledger(table([{"order_id": "A", "order_date": date(2021, 10, 29)}]), claims)
    assert ledger.events["leaves_on"].to_numpy()[0] == np.datetime64("2022-01-12")
    shorter = build_ledger(
        table([{"order_id": "A", "order_date": date(2021, 10, 29)}]), claims, window_days=30, lag_days=0
    )
    assert shorter.events["leaves_on"].to_numpy()[0] == np.datetime64("2021-11-28")


def test_mark_on_any_row_marks_the_order_and_stands_in_the_trail_with_its_row():
    ledger = build_ledger(table([{"order_id": "A"}, {"order_id": "B"}, {"order_id": "A", "chargeback": True}]))
    assert list(ledger.orders["chargeback"]) == [True, False]
    (found,) = ledger.events.to_dict("records")
    assert (found["source"], found["source_row"], found["order_id"]) == ("Orders", 4, "A")


def test_same_defect_in_two_reports_is_two_events_on_one_defective_order():
    feedback = event.feedback_events(table([{"order_id": order_id(0), "rating": 1}]))
    listed = event.account_health_events(table([{"order_id": order_id(0), "negative_feedback": True}]))
    ledger = build_ledger(numbered_orders(3), event.join_events([feedback, listed]))
    counts = count_orders(ledger, Window())
    assert len(ledger.events) == 2
    assert (counts["negative_feedback"], counts["defective"], counts["several"]) == (1, 1, 0)


def test_event_that_does_not_count_leaves_its_order_whole():
    claims = event.claim_events(table([{"order_id": order_id(0), "status": "Denied"}]))
    ledger = build_ledger(numbered_orders(1), claims)
    assert not ledger.orders[list(rules.CAUSES)].to_numpy().any()
    assert list(ledger.events["rule"]) == [rules.CLAIM_CLEARED.text]


def test_orders_and_events_given_are_not_changed():
    orders = numbered_orders(2, chargeback=[0])
    claims = event.claim_events(table([{"order_id": order_id(1)}]))
    before = orders.copy(deep=True), claims.copy(deep=True)
    build_ledger(orders, claims)
    assert orders.equals(before[0])
    assert claims.equals(before[1])


def test_no_order_and_no_event_give_an_empty_ledger_with_its_columns():
    ledger = build_ledger(table([]))
    assert (len(ledger.orders), len(ledger.left_out), len(ledger.events)) == (0, 0, 0)
    assert set(rules.CAUSES) <= set(ledger.orders.columns)
    assert {"order_date", "leaves_on", "channel", "marketplace", "sku"} <= set(ledger.events.columns)


def test_ledger_without_its_trail_has_the_same_orders():
    # The counts need no list of events, which is the slower half of a ledger of many marks.
    orders = numbered_orders(6, chargeback=[0], defect_return=[0, 1])
    claims = event.claim_events(table({"order_id": order_id(n)} for n in (2, 99)))
    full, short = build_ledger(orders, claims), build_ledger(orders, claims, trail=False)
    assert short.orders.equals(full.orders)
    assert count_orders(short, Window()) == count_orders(full, Window())
    assert (len(full.events), len(short.events)) == (5, 0)


def test_a_returns_mark_asks_for_nothing_once_the_claim_itself_is_known():
    """The mark says Y without an outcome; the row on Claims decides, and the seller has nothing left to do."""
    orders = table([{"order_id": "A"}, {"order_id": "B"}])
    marks = event.return_events(
        table([{"order_id": name, "reason": "DEFECTIVE", "a_to_z_claim": True} for name in ("A", "B")])
    )
    claims = event.claim_events(table([{"order_id": "A", "status": "Denied"}]))
    trail = build_ledger(orders, event.join_events([marks, claims])).events
    marked = trail[(trail["cause"] == "a_to_z_claim") & (trail["source"] == "Returns")].set_index("order_id")
    assert list(marked.loc[["A", "B"], "rule"]) == [rules.CLAIM_DECIDED.text, rules.CLAIM_CANDIDATE.text]
    assert list(marked.loc[["A", "B"], "flagged"]) == [False, True]
