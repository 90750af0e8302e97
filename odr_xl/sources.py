"""Where a command's numbers come from: report files, or the input tables of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from odr_xl.core.window import Window
from odr_xl.errors import UsageError, WorkbookError
from odr_xl.excel.merge import TABLES
from odr_xl.excel.refresh import read_all
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet
from odr_xl.headless.table import read_table
from odr_xl.readers.ranges import read_range
from odr_xl.readers.reading import Reading

WORKBOOKS = (".xlsx", ".xlsm")
#: The table beside the audit trail in which a seller overrules a rule.
DECISIONS_TABLE = "tblDecisions"


@dataclass(frozen=True, slots=True)
class Source:
    """Readings, and what a workbook's Settings say about dates.

    Attributes
    ----------
    readings : tuple of Reading
    as_of : datetime.date or None
        The workbook's own date of looking; ``None`` for report files.
    window : Window
        The workbook's own window; open on both sides for report files.
    decisions : Reading or None
        The seller's own decisions about events, from a workbook.
    """

    readings: tuple[Reading, ...]
    as_of: date | None
    window: Window
    decisions: Reading | None = None

    def window_on(self, asked: date | None, *, today: date) -> Window:
        """Window to look at: that of the day asked for, else the workbook's own, else today's."""
        own = None not in (self.as_of, self.window.start, self.window.end)
        return self.window if own and asked is None else Window.as_of(asked or today)


def read_sources(paths: Sequence[Path], *, marketplace: str | None = None) -> Source:
    """Read one workbook, or any number of reports, folders and zip files."""
    workbooks = [path for path in paths if path.suffix.lower() in WORKBOOKS]
    if workbooks and len(paths) > 1:
        raise UsageError(f"Give either one workbook ({workbooks[0].name}) or report files, not both.")
    if workbooks:
        return read_workbook(workbooks[0])
    return Source(tuple(read_all(paths, {}, marketplace=marketplace)), None, Window())


def read_workbook(path: Path) -> Source:
    """Read the input tables and the dates of a workbook that ``odr-xl`` made.

    Raises
    ------
    WorkbookError
        When it has not even a table of orders.
    """
    package = Package.open(path)
    known = {table.name.lower() for table in package.tables}
    if TABLES["orders"].lower() not in known:
        raise WorkbookError(f"{path.name} has no table {TABLES['orders']}. Make a workbook with: odr-xl new ODR.xlsm")
    readings = []
    for kind, name in TABLES.items():
        if name.lower() not in known:
            continue
        headers, rows = read_table(package, name)
        readings.append(read_range([headers, *rows], kind=kind, sheet=package.table(name).sheet))
    named = {name: named_date(package, name) for name in ("AsOf", "WindowStart", "WindowEnd")}
    decisions = None
    if DECISIONS_TABLE.lower() in known:
        headers, rows = read_table(package, DECISIONS_TABLE)
        decisions = read_range([headers, *rows], kind="events", sheet=package.table(DECISIONS_TABLE).sheet)
    return Source(tuple(readings), named["AsOf"], Window(named["WindowStart"], named["WindowEnd"]), decisions)


def named_date(package: Package, name: str) -> date | None:
    """Date in the cell that a defined name stands for; ``None`` when there is no such name or no date."""
    value = named_value(package, name)
    return value.date() if isinstance(value, datetime) else None


def named_value(package: Package, name: str) -> float | bool | str | datetime | None:
    """Value of the cell that a defined name stands for; ``None`` when there is no such name or the cell is blank."""
    for defined in package.defined_names:
        if defined.name.lower() == name.lower() and "!" in defined.text:
            sheet, _, ref = defined.text.rpartition("!")
            return Sheet(package, sheet.strip("'").replace("''", "'")).get(ref.replace("$", ""), dates=True)
    return None
