"""The quick count of a range's orders gives what the long way gives, or nothing."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl import rules
from odr_xl.core.counts import count_orders
from odr_xl.core.window import Window
from odr_xl.errors import OdrError
from odr_xl.excel import arguments
from odr_xl.excel.formulas.rate import DEFECT_BREAKDOWN, ODR
from odr_xl.readers.tallies import quick_tally

HEADER = ["order-id", "sales-channel", "Negative Feedback", "sku", "A-to-z Guarantee claim", "Chargeback claim"]


def tally(rows: Any) -> Any:
    return quick_tally(rows, rules.CAUSES, rules.LEFT_OUT_CHANNEL, rules.LEFT_OUT_ID)


def long_way(rows: Any) -> dict[str, int]:
    return count_orders(arguments.read_orders(rows, dated=False), Window())


def outcome(count: Any, rows: Any) -> object:
    try:
        return count(rows)
    except OdrError as error:
        return str(error)


shops = st.sampled_from(["111", "701", "D01"])
odd_ids = ["S01-0000001-0000001", " 111-0000001-0000001", "MY-7", "", None, 4.0, "#N/A", "111-0000001-00000É1"]
# A few shops and numbers, so that orders stand in several rows.
ids = st.builds("{}-000000{}-{}000000".format, shops, st.integers(0, 2), st.integers(0, 2)) | st.sampled_from(odd_ids)
marks = st.sampled_from([None, None, None, "", "X", "no", 0, 0.0, 1, True, False, "#N/A", "#REF!", " ", math.nan, "–"])
channels = st.sampled_from(["Amazon.com", "Amazon.com", "Amazon.ca", "Non-Amazon US", None, "", "#N/A", 5.0, True])
plain_ids = st.builds("111-000000{}-000000{}".format, st.integers(0, 9), st.integers(0, 9))
plain_marks = st.sampled_from([None, "", "X", "no", 0, 1.0, True, False, "#N/A", math.nan])


def ranges(order_ids: Any, sales_channels: Any, cells: Any) -> Any:
    row = st.tuples(order_ids, sales_channels, cells, st.just("SKU"), cells, cells)
    lines = st.builds(lambda cut, line: list(line)[:cut], st.integers(1, 6) | st.just(6), row) | row
    return st.builds(
        lambda title, lines, tail: [*title, HEADER, *lines, *tail],
        st.sampled_from([[], [["My orders"]], [[None] * 6]]),
        st.lists(lines, max_size=12),
        st.sampled_from([[], [[None] * 6], [[""] * 6]]),
    )


@settings(deadline=None, max_examples=60)
@given(ranges(ids, channels, marks))
def test_any_range_counts_as_the_long_way_counts_it(rows):
    assert outcome(arguments.totals, rows) == outcome(long_way, rows)


@settings(deadline=None, max_examples=60)
@given(ranges(plain_ids, st.just("Amazon.com"), plain_marks))
def test_a_plain_range_is_counted_quickly_and_as_the_long_way_counts_it(rows):
    if len(rows) > 4:
        assert tally(rows) is not None
    assert outcome(arguments.totals, rows) == outcome(long_way, rows)


@settings(deadline=None, max_examples=60)
@given(ranges(plain_ids, st.just("Amazon.com"), plain_marks), st.data())
def test_an_edited_range_never_shows_the_answer_from_before(rows, data):
    rows = [list(row) for row in rows]
    ODR(rows)
    for _ in range(3):
        at = data.draw(st.integers(0, len(rows) - 1))
        if len(rows[at]) == 6 and rows[at] != HEADER:
            column = data.draw(st.sampled_from([0, 2, 4, 5]))
            rows[at][column] = data.draw(plain_ids if column == 0 else plain_marks)
        assert outcome(arguments.totals, rows) == outcome(long_way, rows)


def test_an_order_in_two_blocks_of_rows_counts_once():
    # 5,000 rows are more than two blocks; the first order is also the last, and only there has its mark.
    rows = [HEADER, *([f"111-{n:07d}-0000001", "Amazon.com", None, "SKU", None, None] for n in range(4999))]
    rows.append(["111-0000000-0000001", "Amazon.com", "X", "SKU", None, "X"])
    found = tally(rows)
    assert (found.orders, found.marks["negative_feedback"].tolist(), found.marks["a_to_z_claim"].tolist()) == (
        4999, [True], [False],
    )  # fmt: skip
    assert ODR(rows) == 1 / 4999
    # Cause, then several causes, distinct defective orders, all orders.
    assert [line[1] for line in DEFECT_BREAKDOWN(rows)[1:]] == [1, 0, 1, 0, 0, 1, 1, 4999]


@pytest.mark.parametrize(
    "rows",
    [
        None,
        [],
        [HEADER],
        "text",
        [["order-id", "defect"], ["111-0000001-0000001", "X"]],
        [["order-id", "order status", "reason"], ["111-0000001-0000001", "Cancelled", "defective"]],
        [["order-id", "chargeback"], ["111-0000001-0000001", "#REF!"]],
        [["order-id", "chargeback"], ["S01-0000001-0000001", None]],
        [["order-id", "chargeback"], ["111-0000001-000000", None]],
    ],
    ids=["blank", "no rows", "no data", "text", "unnamed defects", "reasons", "an error", "not Amazon's", "a short id"],
)
def test_what_is_not_plain_goes_the_long_way(rows):
    assert tally(rows) is None
