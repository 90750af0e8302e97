"""Generated shops: the package and the slow second opinion in ``oracle`` agree on every number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import oracle
import pandas as pd
import pytest
from core_tables import table
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Row, Shop

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core.breakdown import defect_breakdown
from odr_xl.core.counts import COUNT_COLUMNS, count_by, count_days, count_orders, sum_days
from odr_xl.core.groups import defect_groups
from odr_xl.core.ledger import Ledger, build_ledger
from odr_xl.core.rate import order_defect_rate
from odr_xl.core.trend import trend
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders

END = date(2026, 3, 31)
#: Days at and beside both ends of the 60-day window that ends on `END`, and some between; blank too.
DAYS = (*(END - timedelta(days=back) for back in (-1, 0, 1, 30, 58, 59, 60, 61)), None)
IDS = tuple(f"900-000000{n}-0000001" for n in range(7))
ALL_IDS = (*IDS, "S01-0000001-0000001", "S01-0000002-0000001")
UNKNOWN = ("911-0000001-0000001", "911-0000002-0000001")
SHOPS_END = Window.ending(END)
#: For laws that need two or three ledgers a shop.
FEWER = settings(max_examples=12)


def rows(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.fixed_dictionaries(columns), max_size=6)


def rare() -> st.SearchStrategy[bool]:
    return st.sampled_from((False, False, False, True))


MARKS = {cause: rare() for cause in rules.CAUSES}
CASES = st.sampled_from((*ALL_IDS, *UNKNOWN))
ITEMS = st.fixed_dictionaries(
    {
        "order_id": st.sampled_from(ALL_IDS),
        "order_date": st.sampled_from(DAYS),
        "order_status": st.sampled_from(tuple(oracle.STATUS)),
        "channel": st.sampled_from(("AFN", "MFN", "")),
        "sales_channel": st.sampled_from(("Amazon.com", "Amazon.de", "", "Non-Amazon", "Non-Amazon US")),
        "marketplace": st.sampled_from(("US", "DE", "")),
    }
    | MARKS
)


@st.composite
def shops(draw: st.DrawFn, steady: bool = False) -> Shop:
    """Shop with orders of several rows, some identical; ``steady``: all rows of an order agree but for its marks."""
    items: list[Row] = draw(st.lists(ITEMS, max_size=12))
    items += [dict(items[n]) for n in draw(st.lists(st.integers(0, len(items) - 1), max_size=3))] if items else []
    if steady:
        first = {row["order_id"]: row for row in reversed(items)}
        items = [{**first[row["order_id"]], **{cause: row[cause] for cause in rules.CAUSES}} for row in items]
    return Shop(
        orders=items,
        feedback=draw(
            rows(
                order_id=CASES,
                rating=st.sampled_from((1, 2, 3, 4, 5, None)),
                status=st.sampled_from(tuple(oracle.FEEDBACK_STANDS)),
            )
        ),
        claims=draw(rows(order_id=CASES, status=st.sampled_from(tuple(oracle.CLAIM)))),
        chargebacks=draw(
            rows(
                order_id=CASES,
                type=st.sampled_from(tuple(oracle.CHARGEBACK)),
                status=st.sampled_from(("", "Open", "Won", "Lost")),
            )
        ),
        returns=draw(rows(order_id=CASES, reason=st.sampled_from(tuple(oracle.RETURN)), a_to_z_claim=rare())),
        account_health=draw(
            rows(order_id=CASES, late_shipment=rare(), cancellation=rare(), **{c: rare() for c in rules.AMAZON_CAUSES})
        ),
    )


def events_of(shop: Shop) -> pd.DataFrame:
    readers = {
        "feedback": event.feedback_events,
        "claims": event.claim_events,
        "chargebacks": event.chargeback_events,
        "returns": event.return_events,
        "account_health": event.account_health_events,
    }
    listed = {name: getattr(shop, name) for name in readers}
    return event.join_events(readers[name](table(rows)) for name, rows in listed.items() if rows)


def ledger_of(shop: Shop, omit: tuple[str, ...] = ()) -> Ledger:
    columns = ("order_id", "order_date", "order_status", "channel", "sales_channel", "marketplace")
    return build_ledger(table(shop.orders, columns), events_of(shop), omit=omit)


def shown(events: pd.DataFrame) -> list[oracle.Event]:
    columns = ["source", "source_row", "order_id", "cause", "counts", "flagged"]
    return sorted(oracle.Event(*row) for row in events[columns].astype(object).itertuples(index=False, name=None))


WINDOWS = (
    SHOPS_END, Window(), Window(start=END), Window(end=END - timedelta(days=30)), Window(END, END),
    Window(END + timedelta(days=9), END + timedelta(days=10)),
)  # fmt: skip
OMITS = st.sampled_from(((), ("cancelled",), ("pending",), ("cancelled", "pending")))


@given(shops(), OMITS)
def test_every_order_has_the_causes_that_the_oracle_finds(shop, omit):
    found = oracle.orders_of(shop, omit)
    ledger = ledger_of(shop, omit)
    assert list(ledger.orders["order_id"]) == [number for number, order in found.items() if not order.left_out]
    assert list(ledger.left_out["order_id"]) == [number for number, order in found.items() if order.left_out]
    for row in pd.concat([ledger.orders, ledger.left_out]).to_dict("records"):
        order = found[row["order_id"]]
        assert {cause for cause in rules.CAUSES if row[cause]} == order.causes
        assert (row["cancelled"], row["pending"]) == (order.cancelled, order.pending)
        assert (row["channel"], row["marketplace"]) == (order.channel, order.marketplace)
        assert (None if pd.isna(row["order_date"]) else row["order_date"].date()) == order.day


@given(shops(), OMITS)
def test_every_event_is_in_the_audit_trail_with_the_oracles_decision(shop, omit):
    assert shown(ledger_of(shop, omit).events) == oracle.audit(shop, omit)


@given(shops(), OMITS)
def test_counts_of_every_window_are_the_oracles(shop, omit):
    found = list(oracle.orders_of(shop, omit).values())
    ledger = ledger_of(shop, omit)
    days = count_days(ledger)
    for window in WINDOWS:
        expected = oracle.counts(oracle.within(found, window.start, window.end))
        assert count_orders(ledger, window) == expected
        assert sum_days(days, window) == expected


@given(shops(), OMITS)
def test_daily_counts_are_the_oracles_day_by_day(shop, omit):
    counted = count_days(ledger_of(shop, omit))
    ours = {
        (None if pd.isna(row["order_date"]) else row["order_date"].date(), row["channel"], row["marketplace"]): {
            name: row[name] for name in COUNT_COLUMNS
        }
        for row in counted.to_dict("records")
    }
    assert len(ours) == len(counted)
    assert ours == oracle.days(oracle.orders_of(shop, omit).values())


@given(shops(), st.sampled_from(("amazon", "returns", "all")))
def test_rate_and_breakdown_are_the_oracles(shop, definition):
    found = list(oracle.orders_of(shop).values())
    counts = count_orders(ledger_of(shop), SHOPS_END)
    chosen = oracle.within(found, SHOPS_END.start, SHOPS_END.end)
    expected = oracle.rate(chosen, definition)
    if expected is None:
        with pytest.raises(NoOrders):
            order_defect_rate(counts, definition)
        with pytest.raises(NoOrders):
            defect_breakdown(counts, definition)
        return
    assert order_defect_rate(counts, definition) == expected
    lines = [(line.key, line.orders, line.rate, line.share) for line in defect_breakdown(counts, definition)]
    assert lines == oracle.breakdown(chosen, definition)


@given(shops(), st.integers(1, 12), st.integers(1, 9), st.integers(1, 70))
def test_trend_is_the_oracles_window_by_window(shop, points, step, window):
    found = oracle.orders_of(shop).values()
    ours = trend(count_days(ledger_of(shop)), END, points=points, step=step, window=window)
    assert [(p.end, p.orders, p.defective_amazon, p.defective) for p in ours] == oracle.trend(
        found, END, points, step, window
    )


@given(shops(), st.sampled_from(("channel", "marketplace")))
def test_groups_hold_every_order_once(shop, column):
    found = [order for order in oracle.orders_of(shop).values() if not order.left_out]
    counted = count_by(ledger_of(shop), (column,))
    if not found:
        with pytest.raises(NoOrders):
            defect_groups(counted, (column,))
        return
    expected = {
        name: oracle.counts(order for order in found if getattr(order, column) == name)
        for name in {getattr(order, column) for order in found}
    }
    ours = {group.name: (group.orders, group.defective) for group in defect_groups(counted, (column,))}
    assert ours == {name: (c["orders"], c["defective_amazon"]) for name, c in expected.items()}


@FEWER
@given(shops(steady=True), st.randoms(use_true_random=False))
def test_row_order_is_irrelevant(shop, random):
    mixed = {name: random.sample(values, len(values)) for name, values in vars(shop).items()}
    first, second = ledger_of(shop), ledger_of(Shop(**mixed))
    pd.testing.assert_frame_equal(count_days(first), count_days(second))
    ours = [event[2:] for event in map(_plain, shown(first.events))]
    assert sorted(ours) == sorted(event[2:] for event in map(_plain, shown(second.events)))


@FEWER
@given(shops(), st.sets(st.sampled_from(ALL_IDS)))
def test_counts_add_up_over_any_split_of_the_orders(shop, one_side):
    here = replace(shop, orders=[row for row in shop.orders if row["order_id"] in one_side])
    there = replace(shop, orders=[row for row in shop.orders if row["order_id"] not in one_side])
    whole, *parts = (ledger_of(each) for each in (shop, here, there))
    for window in (SHOPS_END, Window()):
        first, second = (count_orders(part, window) for part in parts)
        assert count_orders(whole, window) == {name: first[name] + second[name] for name in first}


@given(shops())
def test_seller_fulfilled_and_amazon_fulfilled_orders_together_are_the_total(shop):
    known = replace(shop, orders=[{**row, "channel": row["channel"] or "MFN"} for row in shop.orders])
    ledger = ledger_of(known)
    counted = count_by(ledger, ("channel",), SHOPS_END)
    by_channel = {row["channel"]: row for row in counted.to_dict("records")}
    assert set(by_channel) <= {"AFN", "MFN"}
    for name, total in count_orders(ledger, SHOPS_END).items():
        assert sum(row[name] for row in by_channel.values()) == total


@FEWER
@given(shops(), st.integers(-400, 400))
def test_shifting_every_date_shifts_the_trends_dates_and_nothing_else(shop, shift):
    later = timedelta(days=shift)
    moved = replace(
        shop,
        orders=[{**row, "order_date": row["order_date"] and row["order_date"] + later} for row in shop.orders],
    )
    first = trend(count_days(ledger_of(shop)), END, points=5, step=7)
    second = trend(count_days(ledger_of(moved)), END + later, points=5, step=7)
    assert [replace(point, end=point.end + later) for point in first] == list(second)


@given(shops(), st.integers(1, 70), st.integers(0, 70))
def test_trend_point_is_the_rate_of_the_same_window(shop, days, back):
    end = END - timedelta(days=back)
    ledger = ledger_of(shop)
    (point,) = trend(count_days(ledger), end, points=1, window=days)
    counts = count_orders(ledger, Window.ending(end, days=days))
    for rate, definition in ((point.rate_amazon, "amazon"), (point.rate, "all")):
        if counts["orders"]:
            assert rate == order_defect_rate(counts, definition)
        else:
            assert rate is None


@FEWER
@given(shops(), st.integers(1, 3), st.sampled_from(("amazon", "returns", "all")))
def test_good_orders_never_raise_the_rate(shop, added, definition):
    before = count_orders(ledger_of(shop), SHOPS_END)
    good = [
        {"order_id": f"922-000000{n}-0000001", "order_date": END, "order_status": "Shipped", "channel": "MFN",
         "sales_channel": "Amazon.com", "marketplace": "US"}
        for n in range(added)
    ]  # fmt: skip
    after = count_orders(ledger_of(replace(shop, orders=shop.orders + good)), SHOPS_END)
    assert after["orders"] == before["orders"] + added
    if before["orders"]:
        assert order_defect_rate(after, definition) <= order_defect_rate(before, definition)


def _plain(found: oracle.Event) -> tuple[object, ...]:
    return (found.source, found.row, found.source, found.order_id, found.cause, found.decision, found.ask)
