"""How long a full sheet takes: 1,048,575 orders, beside the barest loop over the same rows in the same run.

Run with ``python -m pytest benchmarks/test_bench_ranges.py -s``; ``ODR_BENCH_ROWS`` makes the sheet smaller. The ratio
is printed and not asserted: on a busy computer the two sides get different shares of it.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from odr_xl.excel.functions import DEFECT_BREAKDOWN, ODR
from odr_xl.readers.ranges import read_range

ROWS = int(os.environ.get("ODR_BENCH_ROWS", "1048575"))
HEADER = [
    "amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel",
    "Negative Feedback", "A-to-z Guarantee claim", "Chargeback claim",
]  # fmt: skip
#: What ODR needs without dates.
FIELDS = frozenset({"order_id", "sales_channel", "negative_feedback", "a_to_z_claim", "chargeback"})


def sheet(count: int) -> list[list[Any]]:
    """Rows as COM gives them: each text cell a string of its own, marks in a few rows of a thousand."""
    start = dt.datetime(2026, 1, 1)
    rows: list[list[Any]] = [HEADER]
    for i in range(count):
        rows.append(
            [
                f"{100 + i % 900}-{i:07d}-{i * 7919 % 10**7:07d}",
                start + dt.timedelta(seconds=29 * i),
                "".join(("Ship", "ped")),
                "".join(("A", "FN")),
                "".join(("Amazon", ".com" if i % 50 else ".ca")),
                "X" if i % 331 == 0 else None,
                "X" if i % 499 == 0 else None,
                "X" if i % 887 == 0 else None,
            ]
        )
    return rows


@pytest.fixture(scope="module")
def rows() -> list[list[Any]]:
    made = sheet(ROWS)
    # The collector would visit all rows again and again while the tests allocate; Excel's server has the same choice.
    gc.freeze()
    return made


def touch(rows: list[list[Any]]) -> None:
    """The least that any reader in Python does: reach each needed cell once."""
    for row in rows:
        row[0], row[4], row[5], row[6], row[7]


def seconds(run: Callable[[], object]) -> float:
    """Processor time, which other programs disturb less than the clock on the wall."""
    start = time.process_time()
    run()
    return time.process_time() - start


def test_bench_bare_loop(benchmark: Any, rows: list[list[Any]]) -> None:
    benchmark.pedantic(touch, args=(rows,), rounds=5)


def test_bench_read_range_for_odr(benchmark: Any, rows: list[list[Any]]) -> None:
    reading = benchmark.pedantic(read_range, args=(rows,), kwargs={"fields": FIELDS}, rounds=5)
    assert len(reading.table) == ROWS
    # One row in 331, 499 and 887 is marked, row 0 by all three.
    assert [int(reading.table[name].sum()) for name in ("negative_feedback", "a_to_z_claim", "chargeback")] == [
        -(-ROWS // step) for step in (331, 499, 887)
    ]


def test_bench_read_range_with_dates(benchmark: Any, rows: list[list[Any]]) -> None:
    reading = benchmark.pedantic(read_range, args=(rows,), kwargs={"fields": FIELDS | {"order_date"}}, rounds=3)
    assert reading.problems == ()


def test_bench_read_range_every_column(benchmark: Any, rows: list[list[Any]]) -> None:
    reading = benchmark.pedantic(read_range, args=(rows,), rounds=3)
    assert reading.rows_read == ROWS


def test_bench_odr(benchmark: Any, rows: list[list[Any]]) -> None:
    rate = benchmark.pedantic(ODR, args=(rows,), rounds=3, iterations=1)
    assert 0 < rate < 0.01


def test_bench_defect_breakdown(benchmark: Any, rows: list[list[Any]]) -> None:
    result = benchmark.pedantic(DEFECT_BREAKDOWN, args=(rows,), rounds=3, iterations=1)
    assert len(result) == 9


def test_bench_ratio_to_the_bare_loop(rows: list[list[Any]]) -> None:
    loops, reads = [], []
    for _ in range(7):  # in turn, so that a busy moment meets both
        loops.append(seconds(lambda: touch(rows)))
        reads.append(seconds(lambda: read_range(rows, fields=FIELDS)))
    print(
        f"\n{ROWS:,} rows: bare loop {min(loops) * 1e3:.0f} ms, read_range {min(reads) * 1e3:.0f} ms,"
        f" ratio {min(reads) / min(loops):.2f}"
    )
    assert len(reads) == 7


def test_bench_memory_beside_the_rows_own() -> None:
    count = min(ROWS, 200_000)
    tracemalloc.start()
    try:
        rows = sheet(count)
        own = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        reading = read_range(rows, fields=FIELDS)
        rate = ODR(rows)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    sizes = f"their own {own / 2**20:.0f} MB, with them while read {peak / 2**20:.0f} MB, ratio {peak / own:.2f}"
    print(f"\n{count:,} rows: {sizes}")
    assert len(reading.table) == count
    assert 0 < rate < 0.01
    # Sizes don't depend on how busy the computer is, so this one is a test: the goal is twice.
    assert peak < 2 * own
