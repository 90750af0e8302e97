"""A seller's workbook: written, refreshed, recalculated, given new macros; and the project's own, built."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from odr_xl import __version__
from odr_xl.commands.app import (
    AsOf,
    Marketplace,
    app,
    day_of,
    err,
    out,
    progress,
    site_code,
)
from odr_xl.commands.look import show_workbook
from odr_xl.commands.past import check_history, keep
from odr_xl.errors import InputError, UsageError
from odr_xl.labels import language_named

if TYPE_CHECKING:
    pass


@app.command()
def new(
    workbook: Annotated[Path, typer.Argument(help="The file to write: ODR.xlsm, or ODR.xlsx for xlwings Lite.")],
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language of the workbook: en (when left out) or zh.")
    ] = None,
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help="Give a workbook that you have this version's macros, and change nothing else."),
    ] = False,
    interpreter: Annotated[
        str | None,
        typer.Option(
            help="The Python that Excel starts, such as %LOCALAPPDATA%\\odr-xl\\python.exe; this one when left out."
        ),
    ] = None,
) -> None:
    """Write an empty workbook: .xlsm starts this Python, .xlsx (xlwings Lite) needs none; or --upgrade one you have."""
    from odr_xl.excel.lite.workbook import finish_for_lite
    from odr_xl.excel.refresh import calculate_workbook
    from odr_xl.excel.sheets.template import build_workbook

    if upgrade:
        if lang is not None:
            raise UsageError("--lang is for a new workbook. In one that you have, change the language on Settings.")
        _upgrade(workbook, interpreter)
        return
    if workbook.exists():
        raise InputError(f"{workbook} exists already. Choose another name, or move it away first.")
    lite = workbook.suffix.lower() == ".xlsx"
    if not lite and workbook.suffix.lower() != ".xlsm":
        raise UsageError(f"{workbook.name} must end in .xlsm, because it holds macros, or in .xlsx for xlwings Lite.")
    if lite and interpreter is not None:
        raise UsageError("--interpreter is for a workbook with macros (.xlsm): xlwings Lite has its own Python.")
    build_workbook(
        workbook,
        interpreter=sys.executable if interpreter is None else interpreter,
        language=language_named(lang or "en"),
        door="lite" if lite else "classic",
    )
    calculate_workbook(workbook, backup=False)
    if lite:
        finish_for_lite(workbook)
    out.print(f"{workbook} is ready. Open it in Excel, or fill it with: odr-xl refresh {workbook} FILES")


def _upgrade(workbook: Path, interpreter: str | None) -> None:
    from odr_xl.excel.upgrade import upgrade_workbook
    from odr_xl.headless.save import backup_path

    done = upgrade_workbook(workbook, interpreter=interpreter)
    if done.macros:
        out.print(f"{workbook} has the macros of odr-xl {__version__} now.")
    else:
        out.print(f"{workbook} has the macros of odr-xl {__version__} already.")
    if done.interpreter:
        out.print(f"Excel starts {interpreter} from now on.")
    if done.macros or done.interpreter:
        out.print(f"Nothing else in it was changed; the workbook as it was is {backup_path(workbook).name}.")
    else:
        out.print("Nothing was changed.")
    for note in done.notes:
        err.print(note)
    if done.lost_interpreter:
        err.print(
            f"The workbook starts {done.lost_interpreter}, which isn't on this computer. To name this Python, type: "
            f'odr-xl new --upgrade "{workbook}" --interpreter "{sys.executable}"'
        )


@app.command()
def refresh(
    workbook: Annotated[Path, typer.Argument(help="The workbook to refresh.")],
    files: Annotated[list[Path], typer.Argument(help="Reports, folders or zip files.")],
    as_of: AsOf = None,
    marketplace: Marketplace = None,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Use the rest of a report when some of its rows can't be used.")
    ] = False,
    history: Annotated[
        Path | None, typer.Option("--snapshot", help="Keep the day's counts in this history, such as history.sqlite.")
    ] = None,
) -> None:
    """Put Amazon's files into the workbook, recalculate it, save it, and say what changed."""
    from odr_xl.excel.refresh import refresh_workbook
    from odr_xl.screen import show_merged, show_problems

    if history is not None:
        check_history(history)  # before the workbook is changed
    with progress() as tell:
        changes = refresh_workbook(
            workbook,
            files,
            as_of=day_of(as_of),
            marketplace=site_code(marketplace),
            skip_bad_rows=skip_bad_rows,
            progress=tell,
        )
    show_merged(out, changes.merged)
    if changes.recalculation is not None:
        show_problems(err, changes.recalculation.failures)
    source, ledger = show_workbook(workbook, as_of=day_of(as_of))
    if history is not None:
        keep(history, source, ledger, day_of(as_of))


@app.command()
def calc(workbook: Annotated[Path, typer.Argument(help="The workbook to recalculate.")]) -> None:
    """Recalculate a workbook in place, without Excel."""
    from odr_xl.excel.refresh import calculate_workbook
    from odr_xl.screen import show_problems

    calculation = calculate_workbook(workbook)
    show_problems(err, calculation.failures)
    out.print(f"{workbook}: {calculation.cells:,} cells calculated in {calculation.rounds} rounds.")


@app.command()
def build(
    folder: Annotated[Path, typer.Argument(help="Where the workbooks go.")] = Path("workbook"),
) -> None:
    """Rebuild the files in workbook/ from code."""
    from odr_xl.excel.build import build_files

    for path in build_files(folder):
        out.print(str(path))
