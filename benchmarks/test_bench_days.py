"""How long the formulas that read the daily counts take: 1,000 rows, beside the barest loop over the same rows.

Run with ``python -m pytest benchmarks/test_bench_days.py -s``; ``ODR_BENCH_DAYS`` changes the number of rows. Times are
printed and not asserted: they depend on the computer and on what else it does.
"""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS
from odr_xl.excel.formulas.accounts import ODR_ACCOUNTS
from odr_xl.excel.formulas.drivers import ODR_BY
from odr_xl.excel.formulas.feedback import ODR_APPEALS
from odr_xl.excel.formulas.future import ODR_FORECAST, ODR_RECOVERY
from odr_xl.excel.formulas.history import ODR_CHANGE, ODR_TREND
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER
from odr_xl.excel.formulas.plan import ODR_ACTIONS, ODR_PLAN
from odr_xl.excel.formulas.rate import (
    DEFECT_BREAKDOWN,
    ODR,
    ODR_HEADROOM,
    ODR_INTERVAL,
    ODR_ORDERS_NEEDED,
    ODR_WHATIF,
)
from odr_xl.labels import word

Rows = list[list[Any]]

ROWS = int(os.environ.get("ODR_BENCH_DAYS", "1000"))
REPEATS = 60
FIRST = datetime(2024, 1, 1)
LAST = FIRST + timedelta(days=ROWS - 1)
WINDOW = (LAST - timedelta(days=59), LAST)


def trail() -> Rows:
    """An audit trail of 60 negative feedbacks in the last two windows, as DEFECT_LEDGER gives it."""
    chance = random.Random(8)
    ages = [chance.randrange(120) for _ in range(60)]
    orders = [["Order ID", "Order date", "fulfillment-channel", "sales-channel", "sku"]]
    orders += [[f"900-{n:07d}-0000001", LAST - timedelta(days=age), "Merchant", "Amazon.com", f"SKU-{n % 7}"]
               for n, age in enumerate(ages)]  # fmt: skip
    feedback = [["Date", "Rating", "Comments", "Your Response", "Order ID"]]
    feedback += [[LAST - timedelta(days=age - 9), 1, chance.choice(("Late", "Broken", "Wrong item")), "", row[0]]
                 for age, row in zip(ages, orders[1:], strict=True)]  # fmt: skip
    made: Rows = DEFECT_LEDGER(orders, feedback)
    return made


TRAIL = trail()
#: Each formula that needs nothing but the daily counts and the audit trail: one line adds another.
CALLS: Mapping[str, Callable[[Rows], Any]] = {
    "ODR": lambda days: ODR(days, None, *WINDOW),
    "DEFECT_BREAKDOWN": lambda days: DEFECT_BREAKDOWN(days, None, *WINDOW),
    "ODR_TREND": lambda days: ODR_TREND(days),
    "ODR_INTERVAL": lambda days: ODR_INTERVAL(days, None, *WINDOW),
    "ODR_HEADROOM": lambda days: ODR_HEADROOM(days, None, *WINDOW),
    "ODR_ORDERS_NEEDED": lambda days: ODR_ORDERS_NEEDED(days, None, *WINDOW),
    "ODR_CHANGE": lambda days: ODR_CHANGE(days, LAST - timedelta(days=7)),
    "ODR_WHATIF": lambda days: ODR_WHATIF(days, None, 1, 0, -0.2),
    "ODR_BY account": lambda days: ODR_BY(days, None, "account", *WINDOW),
    "ODR_ACCOUNTS of 2": lambda days: ODR_ACCOUNTS(days),
    "ODR_RECOVERY": lambda days: ODR_RECOVERY(days),
    "ODR_FORECAST": lambda days: ODR_FORECAST(days),
    "ODR_FORECAST with defects": lambda days: ODR_FORECAST(days, defects=TRAIL),
    "ODR_APPEALS": lambda days: ODR_APPEALS(TRAIL, days, *WINDOW),
    "ODR_ACTIONS": lambda days: ODR_ACTIONS(TRAIL, *WINDOW),
    "ODR_PLAN": lambda days: ODR_PLAN(TRAIL, days),
}


@pytest.fixture(scope="module")
def days() -> Rows:
    """Rows as Excel gives them: each number a float, one row a day."""
    chance = random.Random(7)
    made: Rows = [[word(name) for name in (*DAY_KEYS, *COUNT_COLUMNS)]]
    for number in range(ROWS):
        bad = float(chance.random() < 0.3)
        counts = {"orders": float(chance.randrange(40, 70)), "defective": bad, "defective_amazon": bad}
        cells = [counts.get(name, 0.0) for name in COUNT_COLUMNS]
        made.append([FIRST + timedelta(days=number), "MFN", chance.choice(("US", "DE")), *cells])
    gc.freeze()
    return made


def bare(days: Rows) -> float:
    """The least that any reader in Python does: find one column in the header and add it up."""
    at = {name: place for place, name in enumerate(days[0])}[word("orders")]
    total = 0.0
    for row in days[1:]:
        total += row[at]
    return total


def best(call: Callable[[Rows], Any], days: Rows) -> float:
    """Shortest of several runs, in milliseconds of processor time, which other programs disturb less."""
    call(days)
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        call(days)
        times.append(time.process_time() - start)
    return 1000 * min(times)


def test_bench_formulas_on_the_daily_counts(days: Rows) -> None:
    found = {name: call(days) for name, call in CALLS.items()}
    # A formula that only refuses its input would look quick.
    assert not [name for name, result in found.items() if isinstance(result, str)]
    pass_ms = best(bare, days)
    print(f"\n{ROWS:,} rows; one pass over a column of them: {pass_ms:.3f} ms")
    for name, call in CALLS.items():
        took = best(call, days)
        print(f"{name:<20} {took:6.2f} ms {took / pass_ms:7.0f} times the pass")
