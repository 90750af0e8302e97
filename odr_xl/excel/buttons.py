"""What the workbook's Refresh buttons run: from Excel's file dialog to the report of what changed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlwings as xw

from odr_xl.errors import OdrError, Problem
from odr_xl.excel.merge import Merged
from odr_xl.excel.refresh import Changes
from odr_xl.excel.running import refresh_reopened, refresh_running

CHOSEN_FILES = "ODR_CHOSEN_FILES"  # the function in OdrButtons.bas that holds what the dialog gave
#: Characters that a message box shows for certain; Windows' own ends at 1,024.
LONGEST_MESSAGE = 1000
#: Sentences about single rows that a message has room for.
_SENTENCES = 3


def chosen_files(book: xw.Book) -> list[Path]:
    """The reports, or the folder, that the seller chose in Excel's file dialog; empty when there are none.

    The paths come from the workbook and not over the command line, which would lose quotes and letters of
    other alphabets.
    """
    answer = book.macro(CHOSEN_FILES)()
    return [Path(line) for line in str(answer or "").split("\n") if line.strip()]


def refresh() -> None:
    """Read the chosen reports, add what is new to the tables of the workbook that called, and say what changed.

    Rows that can't be used are shown first, with the question whether the others shall be. An error is shown as its
    sentence, and the workbook stays as it was.
    """
    book = xw.Book.caller()
    app = book.app
    files = chosen_files(book)
    if not files or (on_mac() and not _may_close(app)):
        return
    work = refresh_reopened if on_mac() else refresh_running
    try:
        changes = work(book, files, as_of=date.today(), skip_bad_rows=lambda problems: _use_the_others(app, problems))
    except OdrError as error:
        app.alert(shortened(str(error)), title="ODR", mode="critical")
        return
    app.alert(report(changes), title="ODR", mode="info")


def on_mac() -> bool:
    """Whether this is a Mac, where Excel's cells can't call Python."""
    return sys.platform == "darwin"


def report(changes: Changes) -> str:
    """What a refresh did, one sentence a file, then the first rows that couldn't be used.

    >>> part = Merged("orders.txt", "orders", "tblOrders", added=2, updated=1, unchanged=3, unusable=0)
    >>> report(Changes((part,), None))
    'orders.txt: 2 added, 1 updated, 3 duplicates, 0 not usable.'
    """
    lines = [_line(part) for part in changes.merged]
    lines += [f"{name}: left out, it is no report of Amazon's." for name in changes.skipped]
    errors = [problem for part in changes.merged for problem in part.problems if problem.severity == "error"]
    return shortened("\n".join([*lines, *_sentences(errors)]))


def shortened(text: str) -> str:
    """A text as a message box shows it, with a mark where it was cut."""
    return text if len(text) <= LONGEST_MESSAGE else text[: LONGEST_MESSAGE - 1] + "…"


def _line(part: Merged) -> str:
    # A row that is in the table already, just so, is a duplicate to a seller.
    counts = f"{part.added} added, {part.updated} updated, {part.unchanged} duplicates, {part.unusable} not usable"
    return f"{part.source}: {counts}."


def _sentences(problems: Sequence[Problem]) -> list[str]:
    more = len(problems) - _SENTENCES
    return [*(str(p) for p in problems[:_SENTENCES]), *([f"There are {more} more of these."] if more > 0 else [])]


def _use_the_others(app: Any, problems: Sequence[Problem]) -> bool:
    told = "\n".join(_sentences(problems))
    question = "\n\nUse all other rows?"
    prompt = shortened(told)[: LONGEST_MESSAGE - len(question)] + question
    return bool(app.alert(prompt, title="ODR", buttons="yes_no", mode="critical") == "yes")


def _may_close(app: Any) -> bool:
    answer = app.alert(
        "On a Mac the workbook is saved, closed, refreshed and opened again, which takes a minute. A copy of it as it "
        "is now stays beside it.",
        title="ODR",
        buttons="ok_cancel",
        mode="info",
    )
    return bool(answer == "ok")
