"""ODR, the reader and the recalculation beside other ways to the same answer, in one run, as Markdown tables.

Run: python3 benchmarks/side_by_side.py [--largest 1000000]. It needs pip install ".[test,bench]", and LibreOffice for
two of the tables, whose lines are left out without it. Each pair is run in turn several times, so that a busy moment
meets both, and the shortest of each counts. docs/performance.md quotes the tables.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import math
import os
import platform
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from refresh import AS_OF, write_reports
from test_bench_ranges import HEADER, sheet, touch

from odr_xl.excel.functions import DEFECT_BREAKDOWN, FORMULAS, ODR
from odr_xl.excel.refresh import calculate_workbook, refresh_workbook
from odr_xl.excel.sheets.template import build_workbook
from odr_xl.readers.reports import read_report

MARKS = ("Negative Feedback", "A-to-z Guarantee claim", "Chargeback claim")
FIELDS = ("amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel",
          "ship-service-level", "product-name", "sku", "asin", "quantity", "ship-country")  # fmt: skip
Ways = Mapping[str, Callable[[], object]]


def shortest(ways: Ways, rounds: int, clock: Callable[[], float] = time.process_time) -> dict[str, float]:
    """Shortest time of each way; processor time, unless a way uses other processes or several cores."""
    found = dict.fromkeys(ways, math.inf)
    for _ in range(rounds):
        for name, way in ways.items():
            start = clock()
            way()
            found[name] = min(found[name], clock() - start)
    return found


def shown(seconds: float) -> str:
    return f"{seconds * 1e3:,.2f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def table(title: str, sizes: Sequence[int], times: Sequence[Mapping[str, float]], yardstick: str) -> None:
    """Print the times, and behind each how many times those of the yardstick it is."""
    print(f"\n### {title}\n\n| way | " + " | ".join(f"{size:,}" for size in sizes) + " |\n|---|" + "---|" * len(sizes))
    for name in times[0]:
        cells = [f"{shown(t[name])} ({t[name] / t[yardstick]:.2f})" if name in t else "–" for t in times]
        print(f"| {name} | " + " | ".join(cells) + " |")


def plain_pandas(rows: list[list[Any]]) -> float:
    frame = pd.DataFrame(rows[1:], columns=HEADER)
    bad = frame[list(MARKS)].notna().any(axis=1).groupby(frame["amazon-order-id"]).any()
    return float(bad.mean())


def plain_polars(rows: list[list[Any]]) -> float:
    pl = importlib.import_module("polars")
    frame = pl.DataFrame(rows[1:], schema=HEADER, orient="row", infer_schema_length=None)
    bad = pl.any_horizontal(pl.col(MARKS).is_not_null()).any()
    return float(frame.group_by("amazon-order-id").agg(bad.alias("bad"))["bad"].mean())


def formulas(sizes: Sequence[int]) -> None:
    """The first and the third table: the bare pass, ours, and the plain way with pandas and polars."""
    found = []
    for size in sizes:
        rows = sheet(size)
        gc.freeze()  # the collector would visit all rows again and again
        # Three ways must give one answer, or the times mean nothing.
        assert math.isclose(ODR(rows), plain_pandas(rows)) and math.isclose(ODR(rows), plain_polars(rows))
        ways: Ways = {
            "one bare pass": lambda rows=rows: touch(rows),
            "`ODR`": lambda rows=rows: ODR(rows),
            "`DEFECT_BREAKDOWN`": lambda rows=rows: DEFECT_BREAKDOWN(rows),
            "pandas: `DataFrame(rows)`, groupby": lambda rows=rows: plain_pandas(rows),
            "polars: `DataFrame(rows)`, group_by": lambda rows=rows: plain_polars(rows),
        }
        found.append(shortest(ways, 3 if size > 100_000 else 7))
        gc.unfreeze()
    table("A formula over rows of cells (times the bare pass)", sizes, found, "one bare pass")
    ours = [times["`ODR`"] for times in found]
    for (small, a), (large, b) in zip(
        zip(sizes, ours, strict=True), list(zip(sizes, ours, strict=True))[1:], strict=False
    ):
        print(f"\ngrowth exponent of ODR from {small:,} to {large:,}: {math.log(b / a) / math.log(large / small):.2f}")


def memory(size: int = 200_000) -> None:
    tracemalloc.start()
    rows = sheet(size)
    own = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    ODR(rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"\nmemory of ODR over {size:,} rows: the rows' own {own / 2**20:.0f} MB, with them at most "
          f"{peak / 2**20:.0f} MB, {peak / own:.2f} times")  # fmt: skip


def native_formulas(size: int) -> dict[str, str]:
    """What a seller writes without us: rows with any mark, one count a cause, distinct orders."""
    marks = [f"{letter}2:{letter}{size + 1}" for letter in "FGH"]
    ids = f"A2:A{size + 1}"
    return {
        "J1": "=SUMPRODUCT(--((" + ")+(".join(f'{mark}<>""' for mark in marks) + f")>0))/ROWS({ids})",
        **{f"J{row}": f'=COUNTIFS({mark},"X")' for row, mark in enumerate(marks, 2)},
    }


def write_sheet(path: Path, rows: list[list[Any]], cells: Mapping[str, str]) -> None:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet("Orders")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    for place, formula in cells.items():
        page.write_formula(place, formula)
    book.close()


def natives(sizes: Sequence[int], office: Any) -> None:
    """The second table: the same question asked of spreadsheet engines; the time of calculating alone."""
    ironcalc = importlib.import_module("ironcalc")
    found = []
    for size in sizes:
        rows = sheet(size)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "natives.xlsx")
            write_sheet(path, rows, native_formulas(size))
            Path(folder).chmod(0o755)  # LibreOffice may run as another user
            times = shortest({"`ODR` and `DEFECT_BREAKDOWN`": lambda rows=rows: (ODR(rows), DEFECT_BREAKDOWN(rows))}, 7)
            model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
            times |= shortest({"ironcalc: SUMPRODUCT, COUNTIFS": model.evaluate}, 3)
            assert math.isclose(model.get_cell_value(0, 1, 10), ODR(rows))
            model.set_user_input(0, 6, 10, f"=ROWS(UNIQUE(A2:A{size + 1}))")
            times |= shortest({"ironcalc, with UNIQUE for the distinct orders": model.evaluate}, 2)
            assert model.get_cell_value(0, 6, 10) == size
            if office is not None:
                witness = office.ask(path, timeout=600)
                times["LibreOffice: SUMPRODUCT, COUNTIFS"] = witness.seconds
                if size <= 10_000:  # each id is compared with each other; LibreOffice 7.4 has no UNIQUE
                    ids = f"A2:A{size + 1}"
                    write_sheet(path, rows, native_formulas(size) | {"J6": f"=SUMPRODUCT(1/COUNTIF({ids},{ids}))"})
                    times["LibreOffice, with the distinct orders"] = office.ask(path, timeout=600).seconds
        found.append(times)
    names = list(dict.fromkeys(name for times in found for name in times))
    found = [{name: times[name] for name in names if name in times} for times in found]
    table("Native formulas (times ours)", sizes, found, "`ODR` and `DEFECT_BREAKDOWN`")


def readers(sizes: Sequence[int]) -> None:
    """The fourth table: the same columns of the same All Orders report."""
    pl, duckdb, csv = (importlib.import_module(name) for name in ("polars", "duckdb", "pyarrow.csv"))
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = write_reports(Path(folder), size)[0]
            chosen = ", ".join(f'"{name}"' for name in FIELDS)
            query = f"SELECT {chosen} FROM read_csv('{path}', delim='\t', all_varchar=true)"
            options = csv.ParseOptions(delimiter="\t"), csv.ConvertOptions(include_columns=list(FIELDS))
            ways: Ways = {
                "our reader, checked and tidied": lambda path=path: read_report(path),
                "pandas": lambda path=path: pd.read_csv(path, sep="\t", usecols=list(FIELDS), dtype=str),
                "polars": lambda path=path: pl.read_csv(path, separator="\t", columns=list(FIELDS), infer_schema=False),
                "duckdb": lambda query=query: duckdb.sql(query).to_arrow_table(),
                "pyarrow": lambda path=path, o=options: csv.read_csv(path, parse_options=o[0], convert_options=o[1]),
            }
            # Some of them use both cores: the clock on the wall.
            found.append(shortest(ways, 5, time.perf_counter))
    table("Reading an All Orders report (times pandas)", sizes, found, "pandas")


def recalculation(sizes: Sequence[int], office: Any) -> None:
    """The fifth table: our workbook, recalculated and saved by us, opened and recalculated by LibreOffice."""
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # LibreOffice may run as another user
            workbook = Path(folder, "ODR.xlsm")
            build_workbook(workbook)
            reports = write_reports(Path(folder), size)
            start = time.perf_counter()
            refresh_workbook(workbook, reports, as_of=AS_OF, backup=False)
            times = {"refresh: read, merge, calculate, save": time.perf_counter() - start}
            ways: dict[str, Callable[[], object]] = {
                "recalculate and save (`odr-xl calc`)": lambda w=workbook: calculate_workbook(w, backup=False)
            }
            if office is not None:
                ways["LibreOffice with our functions: open, recalculate"] = lambda w=workbook: office.ask(
                    w, timeout=900
                )
            found.append(times | shortest(ways, 3, time.perf_counter))
    table("The whole workbook (times `odr-xl calc`)", sizes, found, "recalculate and save (`odr-xl calc`)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--largest", type=int, default=1_000_000, help="largest number of orders for formulas and readers"
    )
    parser.add_argument("--only", choices=("formulas", "natives", "readers", "workbook"), help="one table alone")
    given = parser.parse_args()
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= given.largest]
    up_to_100k = [size for size in sizes if size <= 100_000]
    cores, pages = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    print(f"{platform.system()}, {cores} cores, {pages / 2**30:.0f} GB, Python {platform.python_version()}, "
          f"pandas {pd.__version__}")  # fmt: skip
    wanted = [given.only] if given.only else ["formulas", "natives", "readers", "workbook"]
    if "formulas" in wanted:
        formulas(sizes)
        memory()
    if "readers" in wanted:
        readers(sizes)
    if {"natives", "workbook"} & set(wanted):
        sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "libreoffice"))
        office = importlib.import_module("office")
        programs = office.find_programs()
        with tempfile.TemporaryDirectory() as cache:
            if programs is None:
                print("\nLibreOffice is not installed here.")
            opened = office.open_office(FORMULAS, programs, Path(cache)) if programs else None
            witness = opened.__enter__() if opened else None
            try:
                if "natives" in wanted:
                    natives(up_to_100k, witness)
                if "workbook" in wanted:
                    recalculation(up_to_100k, witness)
            finally:
                if opened:
                    opened.__exit__(None, None, None)


if __name__ == "__main__":
    main()
