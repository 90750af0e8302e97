"""The monthly refresh: Amazon's files into a workbook's input tables, without Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from odr_xl.errors import InputError, Problem, UnknownReport, WorkbookError
from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.merge import TABLES, Merged, TableRows, merge
from odr_xl.headless.package import Package
from odr_xl.headless.recalculate import Recalculation, recalculate
from odr_xl.headless.sheet import Sheet
from odr_xl.headless.table import read_table, write_table
from odr_xl.marketplaces import MARKETPLACES, marketplace_code
from odr_xl.readers.ranges import read_range
from odr_xl.readers.reading import Reading
from odr_xl.readers.reports import read_bytes
from odr_xl.readers.sources import Source, find_sources

#: What Excel would call, by name.
FUNCTIONS: Mapping[str, Callable[..., Any]] = {function.__name__: function for function in FORMULAS}

#: Told the name of a step and how much of it is done, from 0 to 1.
Progress = Callable[[str, float], None]
#: Whether rows that can't be used are left out, or who is asked about their problems.
SkipBadRows = bool | Callable[[Sequence[Problem]], bool]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh did.

    Attributes
    ----------
    merged : tuple of Merged
        One for each report, in the order in which they were read.
    recalculation : Recalculation or None
        The headless calculation; ``None`` in a running Excel, which calculates by itself.
    skipped : tuple of str
        Files in a folder or a zip that are no reports and were left out.
    """

    merged: tuple[Merged, ...]
    recalculation: Recalculation | None
    skipped: tuple[str, ...] = ()


def refresh_workbook(
    path: Path,
    files: Iterable[Path],
    *,
    as_of: date | None = None,
    marketplace: str | None = None,
    skip_bad_rows: SkipBadRows = False,
    skip_strangers: bool = False,
    progress: Progress | None = None,
    backup: bool = True,
) -> Changes:
    """Merge reports into a workbook's input tables, recalculate it, and save it in place.

    Parameters
    ----------
    path : Path
        The workbook; one backup of it is kept beside it.
    files : iterable of Path
        Reports, folders, zip files.
    as_of : date, optional
        Goes into the workbook's Settings; its own date stays when left out.
    marketplace : str, optional
        Code, for reports that don't say theirs (feedback dates are written in the marketplace's own order). When
        left out it is found from the orders that a report names.
    skip_bad_rows : bool or callable
        Use the rest of a report that has rows which can't be used; they are counted and listed. A callable is asked
        with their problems when there are any.
    skip_strangers : bool
        Leave out a file that was found in a folder or a zip and is no report, and name it in the result.

    Raises
    ------
    InputError
        When a file is no report, or has a row that can't be used; the workbook is untouched then.
    WorkbookOpen, WorkbookError
        When the workbook is open in Excel, or can't be read.
    """
    tell = progress or (lambda _step, _done: None)
    package = Package.open(path)
    tables = input_tables({table.name: partial(_read, package, table.name) for table in package.tables})
    merged, skipped = merge_files(
        tables,
        files,
        marketplace=marketplace,
        skip_bad_rows=skip_bad_rows,
        progress=tell,
        skip_strangers=skip_strangers,
    )
    for table in tables.values():
        if table.changed:
            tell(f"writing {table.name}", 0.0)
            write_table(package, table.name, table.rows)
    if as_of is not None:
        set_named_cell(package, "AsOf", as_of)
    tell("calculating", 0.0)
    calculation = recalculate(package, FUNCTIONS)
    tell("saving", 0.0)
    package.save(path, backup=backup)
    return Changes(tuple(merged), calculation, skipped)


def calculate_workbook(path: Path, *, backup: bool = True) -> Recalculation:
    """Recalculate a workbook and save it in place, with one backup beside it."""
    package = Package.open(path)
    calculation = recalculate(package, FUNCTIONS)
    package.save(path, backup=backup)
    return calculation


def merge_files(
    tables: Mapping[str, TableRows],
    files: Iterable[Path],
    *,
    marketplace: str | None,
    skip_bad_rows: SkipBadRows,
    progress: Progress | None,
    skip_strangers: bool = False,
) -> tuple[list[Merged], tuple[str, ...]]:
    """Read reports and merge them into a workbook's tables, in memory: the same for a file and for a running Excel.

    Parameters
    ----------
    skip_strangers : bool
        Leave out a file that was found in a folder or a zip and is no report; the second value names those.
    """
    strangers: list[str] = []
    readings = read_all(
        files,
        _marketplaces_by_order(tables["orders"]),
        marketplace=marketplace,
        progress=progress,
        on_skip=strangers.append if skip_strangers else None,
    )
    return merge_readings(tables, usable(readings, skip_bad_rows=skip_bad_rows)), tuple(strangers)


def read_all(
    files: Iterable[Path],
    marketplaces: Mapping[str, str],
    *,
    marketplace: str | None = None,
    progress: Progress | None = None,
    on_skip: Callable[[str], None] | None = None,
) -> list[Reading]:
    """Readings of all reports, orders first; reports without a marketplace of their own get that of their orders.

    Parameters
    ----------
    marketplaces : mapping
        Order id to marketplace code, for orders that are known already.
    marketplace : str, optional
        Code, Amazon id or sales channel; decides for every report when given.
    on_skip : callable, optional
        Told the name of a file that was found in a folder or a zip and is no report; without it, such a file raises
        like any other.
    """
    code = None
    if marketplace:
        code = marketplace_code(marketplace)
        if not code:
            raise InputError(f'"{marketplace}" isn\'t a marketplace. Choose from: {", ".join(MARKETPLACES)}.')
    sources = list(find_sources(files))
    if not sources:
        raise InputError("There is no report among the files given. Name the files that Amazon let you download.")
    tell = progress or (lambda _step, _done: None)
    readings: list[Reading] = []
    used: list[Source] = []
    known = dict(marketplaces)
    for position, source in enumerate(sources):
        tell(f"reading {source.name}", position / len(sources))
        try:
            reading = read_bytes(source, marketplace=code)
        except UnknownReport:
            if on_skip is None or source.asked_for:
                raise
            on_skip(source.name)
            continue
        readings.append(reading)
        used.append(source)
        if reading.kind == "orders" and "marketplace" in reading.table.columns:
            known |= dict(zip(reading.table["order_id"], reading.table["marketplace"], strict=True))
    if not readings:
        raise InputError(
            f"None of the {len(sources)} files is a report. Choose the files that Amazon let you download."
        )
    if code is None:
        for position, reading in enumerate(readings):
            home = _home(reading, known)
            if home:
                readings[position] = read_bytes(used[position], marketplace=home)
    order = list(TABLES)
    return sorted(readings, key=lambda reading: order.index(reading.kind) if reading.kind in order else len(order))


def usable(readings: Iterable[Reading], *, skip_bad_rows: SkipBadRows) -> list[Reading]:
    """Readings that may go into a workbook.

    A row that can't be used stops the refresh, so that a broken download never looks like a whole month; with
    ``skip_bad_rows`` it is left out. An order without a date would be in no window, so it is such a row.

    Raises
    ------
    InputError
        With the first problem and the number of the others.
    """
    found = list(readings)
    errors = [problem for reading in found for problem in reading.problems if problem.severity == "error"]
    if errors and not (skip_bad_rows(errors) if callable(skip_bad_rows) else skip_bad_rows):
        more = f" There are {len(errors) - 1} more of these." if len(errors) > 1 else ""
        # Who was asked has just said no, and has no command line.
        way = "" if callable(skip_bad_rows) else "; --skip-bad-rows uses the other rows all the same"
        raise InputError(f"{errors[0]}{more} Nothing was changed{way}.")
    return [_dated(reading) if reading.kind == "orders" else reading for reading in found]


def _dated(reading: Reading) -> Reading:
    if "order_date" not in reading.table.columns:
        return reading
    dated = reading.table["order_date"].notna()
    unusable = reading.rows_unusable + int((~dated).sum())
    return replace(reading, table=reading.table[dated], rows_unusable=unusable)


def merge_readings(tables: Mapping[str, TableRows], readings: Iterable[Reading]) -> list[Merged]:
    """Merge every reading into its table, in memory."""
    merged = []
    for reading in readings:
        if reading.kind not in tables:
            raise InputError(
                f"{reading.source} holds {reading.kind}, which no table of this workbook takes. Leave it out, or make "
                "a fresh workbook with: odr-xl new."
            )
        merged.append(merge(tables[reading.kind], reading))
    return merged


def set_named_cell(package: Package, name: str, value: object) -> None:
    """Write a value into the cell that a defined name stands for."""
    found = [d for d in package.defined_names if d.name.lower() == name.lower()]
    if not found:
        raise WorkbookError(f"The workbook has no cell named {name}. Make a fresh one with: odr-xl new.")
    sheet_name, _, ref = found[0].text.rpartition("!")
    sheet = Sheet(package, sheet_name.strip("'").replace("''", "'"))
    sheet.set_value(ref.replace("$", ""), value)
    sheet.commit()


def input_tables(found: Mapping[str, Callable[[], tuple[list[str], list[list[Any]]]]]) -> dict[str, TableRows]:
    """The input tables that a workbook has, read into memory; one made by an earlier version has fewer."""
    if TABLES["orders"] not in found:
        raise WorkbookError(f"This workbook has no table {TABLES['orders']}. Make a fresh one with: odr-xl new.")
    return {kind: TableRows(name, *found[name]()) for kind, name in TABLES.items() if name in found}


def _read(package: Package, name: str) -> tuple[list[str], list[list[Any]]]:
    headers, rows = read_table(package, name)
    return headers, rows


def _marketplaces_by_order(orders: TableRows) -> dict[str, str]:
    filled = orders.filled()
    if not filled:
        return {}
    table = read_range([orders.headers, *filled], kind="orders", fields={"order_id", "marketplace"}).table
    if "marketplace" not in table.columns:
        return {}
    return dict(zip(table["order_id"], table["marketplace"], strict=True))


def _home(reading: Reading, known: Mapping[str, str]) -> str:
    """Marketplace of most of a report's orders; "" for reports that say it in each row."""
    if reading.kind == "orders" or "order_id" not in reading.table.columns:
        return ""
    codes = [code for order_id in reading.table["order_id"] if (code := known.get(order_id, ""))]
    return max(sorted(set(codes)), key=codes.count) if codes else ""
