"""How long a portfolio takes on DuckDB, and how it grows: generated orders, one process each, under a memory limit.

Run: python3 benchmarks/portfolio.py [ORDERS …] (1,000,000 and 10,000,000 when left out). It prints wall and processor
seconds, peak memory, orders a second and the growth exponent; docs/scale.md quotes them with the machine named.

The orders are skewed as portfolios are: one account of a thousand has a third of them. One order in ten has a second
row. Ids have Amazon's shape and begin with 9, which Amazon doesn't use as far as we know.
"""

import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

AS_OF = date(2026, 11, 20)
MEMORY = "4GB"
FILES = 8


def write_orders(folder: Path, orders: int) -> None:
    """The orders in `FILES` Parquet files; the second rows lie in other files than the first."""
    import duckdb

    con = duckdb.connect(config={"memory_limit": MEMORY, "preserve_insertion_order": False})
    for part in range(FILES):
        con.execute(
            f"""COPY (
            SELECT 'A' || lpad((CASE WHEN h % 3 = 0 THEN 0 ELSE 1 + (h // 3) % 999 END)::VARCHAR, 4, '0') AS account,
              '9' || lpad((i % 100)::VARCHAR, 2, '0') || '-' || lpad((i // 100 % 10000000)::VARCHAR, 7, '0') || '-'
                || lpad((i * 7919 % 10000000)::VARCHAR, 7, '0') AS order_id,
              DATE '{AS_OF}' - (h // 7 % 120)::INTEGER AS order_date,
              CASE WHEN h % 2 = 0 THEN 'AFN' ELSE 'MFN' END AS channel,
              ['US', 'DE', 'UK', 'JP'][1 + h % 4] AS marketplace,
              CASE h % 50 WHEN 0 THEN 'Cancelled' WHEN 1 THEN 'Pending' ELSE 'Shipped' END AS order_status,
              h % 400 = 2 AS negative_feedback, h % 700 = 3 AS a_to_z_claim, h % 1500 = 4 AS chargeback,
              h % 150 = 5 AS defect_return, h % 900 = 6 AS defect_cancellation
            FROM (SELECT i, (hash(i) >> 3)::BIGINT AS h FROM range({orders}) r(i)
              WHERE i % {FILES} = {part} OR (i % 10 = 0 AND (i + 1) % {FILES} = {part}))
            ) TO '{folder / f"part{part}.parquet"}' (FORMAT parquet)"""
        )


def measure(folder: Path, by: str) -> None:
    """Count once and print: rows read, orders counted, accounts, wall seconds, processor seconds, peak memory in MB."""
    from odr_xl.portfolio.engine import connect
    from odr_xl.portfolio.run import run_portfolio

    start, busy = time.perf_counter(), time.process_time()
    engine = connect(memory=MEMORY, scratch=str(folder / "scratch"))
    found = run_portfolio(engine, [str(folder / "*.parquet")], by=by.split(","), as_of=AS_OF)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(found.rows, int(found.days["orders"].sum()), len(found.standings), seconds, busy, peak)


def main(sizes: list[int]) -> None:
    """Measure each size, three times up to ten million orders, and print the fastest."""
    busiest = {}
    print(f"{os.cpu_count()} processors, DuckDB's limit {MEMORY}")
    for orders in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("ODR_XL_SCRATCH")) as name:
            folder = Path(name)
            write_orders(folder, orders)
            for by in ("account", "account,marketplace,channel"):
                runs = []
                for _ in range(3 if orders <= 10_000_000 else 1):
                    asked = [sys.executable, __file__, "--measure", name, by]
                    done = subprocess.run(asked, capture_output=True, text=True, check=True)
                    runs.append([float(part) for part in done.stdout.split()])
                rows, counted, keys, seconds, busy, peak = min(runs, key=lambda run: run[4])
                assert counted == orders, "every order counts once"
                busiest[orders, by] = busy
                print(
                    f"{orders:>11,} orders, {rows:>11,.0f} rows, by {by} ({keys:,.0f}): {seconds:7.1f} s, "
                    f"processor {busy:7.1f} s, {peak:6,.0f} MB, {orders / seconds / 1e6:5.2f} million orders/s, "
                    f"{orders / busy * 2 / 1e6:5.2f} a core pair",
                    flush=True,
                )
    for small, large in pairwise(sizes):
        exponent = math.log(busiest[large, "account"] / busiest[small, "account"]) / math.log(large / small)
        print(f"growth exponent of processor time from {small:,} to {large:,} orders: {exponent:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), sys.argv[3])
    else:
        main([int(size) for size in sys.argv[1:]] or [1_000_000, 10_000_000])
