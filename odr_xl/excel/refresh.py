"""The monthly refresh: Amazon's files into the workbook's input tables, without Excel or in a running Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from odr_xl.errors import InputError, WorkbookError
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
from odr_xl.readers.sources import find_sources

#: What Excel would call, by name.
FUNCTIONS: Mapping[str, Callable[..., Any]] = {function.__name__: function for function in FORMULAS}

#: Told the name of a step and how much of it is done, from 0 to 1.
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh did.

    Attributes
    ----------
    merged : tuple of Merged
        One for each report, in the order in which they were read.
    recalculation : Recalculation or None
        The headless calculation; ``None`` in a running Excel, which calculates by itself.
    """

    merged: tuple[Merged, ...]
    recalculation: Recalculation | None


def refresh_workbook(
    path: Path,
    files: Iterable[Path],
    *,
    as_of: date | None = None,
    marketplace: str | None = None,
    skip_bad_rows: bool = False,
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
    skip_bad_rows : bool
        Use the rest of a report that has rows which can't be used; they are counted and listed.

    Raises
    ------
    InputError
        When a file is no report, or has a row that can't be used; the workbook is untouched then.
    WorkbookOpen, WorkbookError
        When the workbook is open in Excel, or can't be read.
    """
    tell = progress or (lambda _step, _done: None)
    package = Package.open(path)
    tables = _tables({table.name: partial(_read, package, table.name) for table in package.tables})
    readings = read_all(files, _marketplaces_by_order(tables["orders"]), marketplace=marketplace, progress=tell)
    merged = merge_readings(tables, usable(readings, skip_bad_rows=skip_bad_rows))
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
    return Changes(tuple(merged), calculation)


def calculate_workbook(path: Path, *, backup: bool = True) -> Recalculation:
    """Recalculate a workbook and save it in place, with one backup beside it."""
    package = Package.open(path)
    calculation = recalculate(package, FUNCTIONS)
    package.save(path, backup=backup)
    return calculation


def refresh_running(
    book: Any, files: Sequence[Path], *, as_of: date | None = None, marketplace: str | None = None
) -> Changes:
    """The same refresh in a running Excel: ``book`` is an xlwings Book with the template's tables.

    Every report is read and merged in memory first; only then are the tables written, so that a report that can't
    be read leaves the workbook as it was.
    """
    found = {table.name: table for sheet in book.sheets for table in sheet.tables}
    tables = _tables({name: partial(_cells_of, table) for name, table in found.items()})
    readings = read_all(files, _marketplaces_by_order(tables["orders"]), marketplace=marketplace)
    merged = merge_readings(tables, usable(readings, skip_bad_rows=False))
    for table in tables.values():
        if table.changed:
            target = found[table.name]
            top = target.range[0, 0]
            area = top.resize(len(table.rows) + 1, len(table.headers))
            target.resize(area)
            # Text stays text: a comment that begins with = must not become a formula.
            area[1:, :].value = [[_as_text(cell) for cell in row] for row in table.rows]
    if as_of is not None:
        book.names["AsOf"].refers_to_range.value = as_of
    book.app.calculate()
    return Changes(tuple(merged), None)


def read_all(
    files: Iterable[Path],
    marketplaces: Mapping[str, str],
    *,
    marketplace: str | None = None,
    progress: Progress | None = None,
) -> list[Reading]:
    """Readings of all reports, orders first; reports without a marketplace of their own get that of their orders.

    Parameters
    ----------
    marketplaces : mapping
        Order id to marketplace code, for orders that are known already.
    marketplace : str, optional
        Code, Amazon id or sales channel; decides for every report when given.
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
    known = dict(marketplaces)
    for position, source in enumerate(sources):
        tell(f"reading {source.name}", position / len(sources))
        reading = read_bytes(source, marketplace=code)
        readings.append(reading)
        if reading.kind == "orders" and "marketplace" in reading.table.columns:
            known |= dict(zip(reading.table["order_id"], reading.table["marketplace"], strict=True))
    if code is None:
        for position, reading in enumerate(readings):
            home = _home(reading, known)
            if home:
                readings[position] = read_bytes(sources[position], marketplace=home)
    order = list(TABLES)
    return sorted(readings, key=lambda reading: order.index(reading.kind) if reading.kind in order else len(order))


def usable(readings: Iterable[Reading], *, skip_bad_rows: bool) -> list[Reading]:
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
    if errors and not skip_bad_rows:
        more = f" There are {len(errors) - 1} more of these." if len(errors) > 1 else ""
        raise InputError(f"{errors[0]}{more} Nothing was changed; --skip-bad-rows uses the other rows all the same.")
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


def _tables(found: Mapping[str, Callable[[], tuple[list[str], list[list[Any]]]]]) -> dict[str, TableRows]:
    """The input tables that a workbook has, read into memory; one made by an earlier version has fewer."""
    if TABLES["orders"] not in found:
        raise WorkbookError(f"This workbook has no table {TABLES['orders']}. Make a fresh one with: odr-xl new.")
    return {kind: TableRows(name, *found[name]()) for kind, name in TABLES.items() if name in found}


def _cells_of(table: Any) -> tuple[list[str], list[list[Any]]]:
    """Headers and rows of a table in a running Excel."""
    values = table.range.options(ndim=2, err_to_str=True).value
    return [str(header) for header in values[0]], values[1:]


def _read(package: Package, name: str) -> tuple[list[str], list[list[Any]]]:
    headers, rows = read_table(package, name)
    return headers, rows


def _marketplaces_by_order(orders: TableRows) -> dict[str, str]:
    filled = orders.filled()
    if not filled:
        return {}
    table = read_range([orders.headers, *filled], kind="orders", fields={"order_id", "sales_channel"}).table
    if "marketplace" not in table.columns:
        return {}
    return dict(zip(table["order_id"], table["marketplace"], strict=True))


def _home(reading: Reading, known: Mapping[str, str]) -> str:
    """Marketplace of most of a report's orders; "" for reports that say it in each row."""
    if reading.kind == "orders" or "order_id" not in reading.table.columns:
        return ""
    codes = [code for order_id in reading.table["order_id"] if (code := known.get(order_id, ""))]
    return max(sorted(set(codes)), key=codes.count) if codes else ""


def _as_text(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
