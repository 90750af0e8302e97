"""How long a refresh takes, and how it grows: 10,000 and 100,000 orders into a fresh workbook, one process each.

Run: python3 benchmarks/refresh.py. It prints seconds, peak memory, and the growth exponent; docs/performance.md quotes
them with the machine named.
"""

import math
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from odr_xl.excel.refresh import refresh_workbook
from odr_xl.excel.sheets.template import build_workbook

AS_OF = date(2026, 11, 20)
HEADER = [
    "amazon-order-id",
    "purchase-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "ship-state",
    "ship-country",
]


def write_reports(folder: Path, orders: int) -> list[Path]:
    """All Orders with one row an order, and feedback on one order in 200."""
    lines = ["\t".join(HEADER)]
    feedback = ["Date\tRating\tComments\tYour Response\tOrder ID\tRater Email"]
    for i in range(orders):
        day = AS_OF - timedelta(days=i % 150)
        order_id = f"9{i % 100:02d}-{i:07d}-{(i * 7919) % 10_000_000:07d}"
        channel = "Amazon" if i % 2 else "Merchant"
        lines.append(
            f"{order_id}\t{day}T12:{i % 60:02d}:00+00:00\tShipped\t{channel}\tAmazon.com\tStandard\tMug {i % 50}\t"
            f"MUG-{i % 50:03d}\tB0{i % 50:08d}\tShipped\t1\tTX\tUS"
        )
        if i % 200 == 0:
            feedback.append(f"{day.month}/{day.day}/{day.year % 100}\t{1 + i % 3}\tbroken\t\t{order_id}\tx@example.com")
    paths = [folder / "orders.txt", folder / "feedback.txt"]
    for path, content in zip(paths, (lines, feedback), strict=True):
        path.write_text("\n".join(content) + "\n", encoding="utf-8")
    return paths


def measure(orders: int) -> None:
    """Print the seconds of one refresh and the peak memory of this process in MB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = write_reports(folder, orders)
        workbook = folder / "ODR.xlsm"
        build_workbook(workbook)
        start = time.perf_counter()
        refresh_workbook(workbook, reports, as_of=AS_OF, backup=False)
        seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def main() -> None:
    """Measure each size in a process of its own, three times, and print the medians."""
    medians = {}
    for orders in (1_000, 10_000, 100_000):
        runs = []
        for _ in range(3):
            done = subprocess.run([sys.executable, __file__, str(orders)], capture_output=True, text=True, check=True)
            runs.append([float(part) for part in done.stdout.split()])
        medians[orders] = sorted(runs)[1]
        print(f"{orders:>8,} orders: {medians[orders][0]:6.2f} s, {medians[orders][1]:6.0f} MB")
    exponent = math.log10(medians[100_000][0] / medians[10_000][0])
    print(f"growth exponent from 10,000 to 100,000 orders: {exponent:.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        main()
