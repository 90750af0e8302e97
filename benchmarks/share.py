"""How long a copy of values takes: workbooks of 1,000, 10,000 and 100,000 orders, each copied in a process of its own.

Run: python3 benchmarks/share.py. It prints processor seconds and peak memory; docs/performance.md quotes them.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from refresh import AS_OF, write_reports

from odr_xl.excel.refresh import refresh_workbook
from odr_xl.excel.share import share_values
from odr_xl.excel.sheets.template import build_workbook


def prepare(workbook: Path, orders: int) -> None:
    """Make the workbook; in a process of its own too, since a process inherits the peak of the one that starts it."""
    build_workbook(workbook)
    refresh_workbook(workbook, write_reports(workbook.parent, orders), as_of=AS_OF, backup=False)


def measure(workbook: Path) -> None:
    """Print the processor seconds of one copy and the peak memory of this process in MB."""
    start = time.process_time()
    share_values(workbook, workbook.with_suffix(".xlsx"))
    print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def main() -> None:
    """Measure each size three times, and print the medians."""
    for orders in (1_000, 10_000, 100_000):
        with tempfile.TemporaryDirectory() as name:
            workbook = str(Path(name, "ODR.xlsm"))
            subprocess.run([sys.executable, __file__, workbook, str(orders)], check=True)
            runs = []
            for _ in range(3):
                done = subprocess.run([sys.executable, __file__, workbook], capture_output=True, text=True, check=True)
                runs.append([float(part) for part in done.stdout.split()])
        seconds, memory = sorted(runs)[1]
        print(f"{orders:>8,} orders: {seconds:6.2f} s, {memory:6.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        prepare(Path(sys.argv[1]), int(sys.argv[2]))
    elif len(sys.argv) == 2:
        measure(Path(sys.argv[1]))
    else:
        main()
