"""The refresh in a running Excel: all tables or none, with Excel's status bar saying what is being done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from odr_xl.errors import OdrError, WorkbookError
from odr_xl.excel.live_table import LiveTable
from odr_xl.excel.merge import TABLES
from odr_xl.excel.refresh import Changes, SkipBadRows, input_tables, merge_files, refresh_workbook

_BY_HAND = "Excel calculates by hand now: choose Formulas > Calculation Options > Automatic."


def refresh_running(
    book: Any,
    files: Sequence[Path],
    *,
    as_of: date | None = None,
    marketplace: str | None = None,
    skip_bad_rows: SkipBadRows = False,
) -> Changes:
    """Merge reports into the input tables of a workbook that is open in Excel on Windows.

    Every report is read and merged in memory first, as `odr_xl.excel.refresh.refresh_workbook` does. Then the tables
    are written; when one of them can't be, those before it are put back as they were.

    Parameters
    ----------
    book : xlwings.Book
        A workbook with the template's tables.
    files : sequence of Path
        Reports, folders, zip files. What a folder or a zip holds besides reports is left out and named.
    as_of : date, optional
        Goes into the Settings cell, unless a formula stands there.
    marketplace : str, optional
        Code, for reports that don't say theirs.
    skip_bad_rows : bool or callable
        As for `refresh_workbook`.

    Raises
    ------
    InputError
        When a file is no report, or has a row that can't be used; the workbook is untouched then.
    WorkbookError
        When Excel refuses to write; the message says whether everything is as it was.
    """
    app = book.app
    with status_bar(app):
        live = {table.name: LiveTable(table) for sheet in book.sheets for table in sheet.tables}
        tables = input_tables({name: live[name].read for name in TABLES.values() if name in live})
        merged, skipped = merge_files(
            tables,
            files,
            marketplace=marketplace,
            skip_bad_rows=skip_bad_rows,
            progress=lambda step, _done: say(app, step),
            skip_strangers=True,
        )
        changed = [table for table in tables.values() if table.changed]
        day = _day_cell(book) if as_of is not None else None
        for table in changed:
            live[table.name].prepare(table.rows)
        with quiet(app):
            _write_all(app, [live[table.name] for table in changed], day, as_of)
            say(app, "calculating")
            try:
                app.calculate()
            except Exception as error:
                raise WorkbookError(
                    f"The reports are in the tables, but Excel didn't calculate ({_said(error)}). Press Recalculate "
                    "on the Dashboard."
                ) from error
    return Changes(tuple(merged), None, skipped)


def refresh_reopened(
    book: Any, files: Sequence[Path], *, as_of: date | None = None, skip_bad_rows: SkipBadRows = False
) -> Changes:
    """The refresh where Excel can't call Python from cells (a Mac): save, close, refresh the file, open it again.

    The formulas stay, and their values come from the headless calculation. Excel would turn them into errors, were
    it to calculate after a table has changed. The workbook is opened again whatever happens.

    Raises
    ------
    WorkbookError
        When the workbook has never been saved, isn't on this computer, or can't be saved or opened again.
    """
    app = book.app
    with status_bar(app):
        say(app, "saving")
        try:
            path = Path(book.fullname)
            if path.is_file():
                book.save()
        except Exception as error:
            raise WorkbookError(f"The workbook couldn't be saved ({_said(error)}). Nothing was changed.") from error
        if not path.is_file():
            raise WorkbookError(
                f"{book.name} isn't a file on this computer. Save it into a folder of yours and press Refresh again."
            )
        book.close()
        problem: BaseException | None = None
        try:
            return refresh_workbook(
                path,
                files,
                as_of=as_of,
                skip_bad_rows=skip_bad_rows,
                skip_strangers=True,
                progress=lambda step, _done: say(app, step),
            )
        except BaseException as error:
            problem = error
            raise
        finally:
            say(app, f"opening {path.name}")
            stuck = _opened(app, path)
            if stuck:
                raise WorkbookError(f"{problem} {stuck}" if problem else stuck) from problem


@contextmanager
def status_bar(app: Any) -> Iterator[None]:
    """Give Excel its own status bar back at the end, whatever happens (``False`` does, says xlwings)."""
    try:
        yield
    finally:
        # What went wrong before matters more than a text that stays there.
        with suppress(Exception):
            app.status_bar = False


def say(app: Any, step: str) -> None:
    """Show in the status bar what is being done; a bar that Excel doesn't give is no reason to stop."""
    with suppress(Exception):
        app.status_bar = f"ODR: {step}…"


@contextmanager
def quiet(app: Any) -> Iterator[None]:
    """No calculation and no drawing inside; both as before afterwards.

    Raises
    ------
    WorkbookError
        When Excel doesn't go back to its calculation mode; after an error, as an addition to its text.
    """
    mode, drawing = app.calculation, app.screen_updating
    problem: BaseException | None = None
    try:
        app.calculation, app.screen_updating = "manual", False
        yield
    except BaseException as error:
        problem = error
        raise
    finally:
        stuck = _restored(app, mode, drawing)
        if stuck and isinstance(problem, OdrError):
            raise type(problem)(f"{problem} {stuck}") from problem
        if stuck and problem is None:
            raise WorkbookError(f"The reports are in the tables. {stuck}")


def _restored(app: Any, mode: str, drawing: bool) -> str:
    """A sentence about what couldn't be set back; "" when all could."""
    said = ""
    try:
        app.screen_updating = drawing
    except Exception as error:
        said = f"Excel doesn't draw its sheets ({_said(error)}): close and open it."
    try:
        app.calculation = mode
    except Exception:
        said = f"{said} {_BY_HAND}".strip()
    return said


def _write_all(app: Any, tables: Sequence[LiveTable], day: Any, as_of: date | None) -> None:
    """Write all tables and the day, or put back those that were written."""
    begun: list[LiveTable] = []
    place = "the tables"
    try:
        for table in tables:
            place = f"the table {table.name}"
            say(app, f"writing {table.name}")
            begun.append(table)
            table.write()
        if day is not None and as_of is not None:  # last, and one cell: there is nothing of it to put back
            place = "the date on Settings"
            day.value = datetime.combine(as_of, time())
    except BaseException as error:
        stuck = [f"the table {table.name}" for table in reversed(begun) if not _put_back(table)]
        if stuck:
            raise WorkbookError(
                f"Excel refused to write {place} ({_said(error)}), and {', '.join(stuck)} couldn't be put back. Close "
                "the workbook without saving it, and open it again."
            ) from error
        if not isinstance(error, Exception):
            raise
        raise WorkbookError(
            f"Excel refused to write {place} ({_said(error)}). All tables are as they were. Leave the cell that you "
            "are typing in, take the protection off the sheet, and press Refresh again."
        ) from error


def _put_back(table: LiveTable) -> bool:
    try:
        table.put_back()
    except Exception:
        return False
    return True


def _day_cell(book: Any) -> Any:
    """The Settings cell that holds the day; ``None`` when a formula of the seller's own stands there."""
    if "AsOf" not in book.names:
        raise WorkbookError("The workbook has no cell named AsOf. Make a fresh one with: odr-xl new.")
    cell = book.names["AsOf"].refers_to_range
    return None if str(cell.formula or "").startswith("=") else cell


def _opened(app: Any, path: Path) -> str:
    """Open the workbook; a sentence when that failed, else ""."""
    try:
        app.books.open(str(path))
    except Exception as error:
        return f"{path.name} is whole, but Excel didn't open it again ({_said(error)}). Open it yourself."
    return ""


def _said(error: BaseException) -> str:
    """What Excel said: a COM error carries its sentence as the third part of ``excepinfo``."""
    info = getattr(error, "excepinfo", None)
    text = info[2] if isinstance(info, tuple) and len(info) > 2 and info[2] else str(error)
    return (str(text).strip() or type(error).__name__).rstrip(".")
