"""What COM adds to a formula: =ODR(orders) through the real DLL and xlwings' server, under Wine.

Run: python3 benchmarks/windows.py, after python3 tests/windows/environment.py. Each line has the time of the whole
call, the time of the same function in the same process once the rows are there, and their ratio. The marshalling is
Wine's, not Microsoft's: nothing here says how long Excel needs. docs/performance.md quotes it.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "windows"))
from environment import REMEDY, find_environment
from session import PATHS, Excel
from variants import Area, Array, Missing

HEADER = [
    "amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel", "sku",
    "Negative Feedback", "A-to-z Guarantee claim",
]  # fmt: skip
FIRST = datetime(2026, 1, 1)
OTHERS = [Missing] * 5


def orders(count: int) -> list[list[object]]:
    """A header and rows of 8 cells: a date, five texts, two marks of which most are blank."""
    return [HEADER] + [
        [f"910-{i:07d}-{i * 7919 % 10_000_000:07d}", FIRST + timedelta(minutes=i), "Shipped", "Merchant", "Amazon.com",
         f"MUG-{i % 50:03d}", "X" if i % 200 == 0 else None, None]
        for i in range(count)
    ]  # fmt: skip


def main() -> None:
    """Print a table, each figure the median of three calls."""
    environment = find_environment()
    if environment is None:
        raise SystemExit(REMEDY)
    with environment.alone():
        excel = Excel(environment, PATHS)
        try:
            excel.call("ODR", Array(orders(10)), *OTHERS)
            print("rows      given as   whole call   bare count   core alone   ratio   rows/s")
            for count in (1_000, 10_000, 100_000):
                rows = orders(count)
                for name, given in (("range", Area(rows, "Orders", 4)), ("array", Array(rows))):
                    whole, bare, core = [], [], []
                    for _ in range(3):
                        excel.call("ODR", given, *OTHERS)
                        whole.append(excel.seconds)
                        excel.call("count", given, module="probe")
                        bare.append(excel.seconds)
                        core.append(excel.call("own_seconds", given, "ODR", module="probe"))
                    total, marshalling, own = median(whole), median(bare), median(core)
                    print(
                        f"{count:>7,}   {name:8} {total:9.3f} s  {marshalling:9.3f} s  {own:9.3f} s  {total / own:6.1f}"
                        f"  {count / total:8,.0f}"
                    )
        finally:
            excel.close()


if __name__ == "__main__":
    main()
