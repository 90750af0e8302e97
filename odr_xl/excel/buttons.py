"""What the workbook's Refresh button runs: from Excel's file dialog to the refresh of the running workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlwings as xw

from odr_xl.errors import OdrError
from odr_xl.excel.refresh import refresh_running

CHOSEN_FILES = "ODR_CHOSEN_FILES"  # the function in OdrButtons.bas that holds what the dialog gave


def chosen_files(book: xw.Book) -> list[Path]:
    """The reports that the seller chose in Excel's file dialog; empty when there are none.

    The paths come from the workbook and not over the command line, which would lose quotes and letters of
    other alphabets.
    """
    answer = book.macro(CHOSEN_FILES)()
    return [Path(line) for line in str(answer or "").split("\n") if line.strip()]


def refresh() -> None:
    """Read the chosen reports, add what is new to the tables of the workbook that called, and say what changed.

    An error is shown as its sentence, and the workbook stays as it was.
    """
    book = xw.Book.caller()
    files = chosen_files(book)
    if not files:
        return
    try:
        changes = refresh_running(book, files, as_of=date.today())
    except OdrError as error:
        book.app.alert(str(error), title="ODR", mode="critical")
        return
    lines = [f"{m.source}: {m.added} added, {m.updated} updated, {m.unchanged} unchanged" for m in changes.merged]
    book.app.alert("\n".join(lines), title="ODR", mode="info")
