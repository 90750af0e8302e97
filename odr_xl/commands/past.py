"""The history of what was seen on each day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from odr_xl.commands.app import (
    AsOf,
    Marketplace,
    app,
    day_of,
    err,
    now,
    out,
    site_code,
)
from odr_xl.errors import InputError, UsageError
from odr_xl.labels import Language, language_named

if TYPE_CHECKING:
    from odr_xl.core.ledger import Ledger
    from odr_xl.sources import Source


@app.command()
def snapshot(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Reports, folders, zip files, or one ODR workbook.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="The history to add to, such as history.sqlite.")] = None,
    show: Annotated[Path | None, typer.Option("--show", help="The history to show.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="With --show: write the trend into this file.")] = None,
    account: Annotated[str, typer.Option("--account", help='With --show: one account, such as "US MFN".')] = "",
    revisions: Annotated[
        bool, typer.Option("--revisions", help="With --show: every revision of a day, not only its latest.")
    ] = False,
    lang: Annotated[str, typer.Option("--lang", help="With --csv: language of the header, en or zh.")] = "en",
    as_of: AsOf = None,
    marketplace: Marketplace = None,
) -> None:
    """Keep today's counts, and what Amazon printed, in a history that only grows; or show that history."""
    from odr_xl.sources import read_sources
    from odr_xl.summary import ledger_of

    if show is not None:
        if files or to or as_of or marketplace:
            raise UsageError("--show only shows a history. Give no reports, --to, --as-of or --marketplace with it.")
        if csv and revisions:
            raise UsageError("A trend has each day once. Leave out --revisions or --csv.")
        _show_history(show, account=account, revisions=revisions, csv=csv, language=language_named(lang))
        return
    if not files or to is None:
        raise UsageError("Give the reports or the workbook, and the history to add to: odr-xl snapshot ODR.xlsm --to F")
    if csv or account or revisions:
        raise UsageError("--csv, --account and --revisions go with --show.")
    code = site_code(marketplace)
    check_history(to)
    source = read_sources(files, marketplace=code)
    ledger = ledger_of(source.readings, marketplace=code, decisions=source.decisions)
    keep(to, source, ledger, as_of.date() if as_of else None, marketplace=code)


def check_history(path: Path) -> None:
    """Open the history once, so that what is wrong with it is said before anything else is done."""
    from odr_xl.history.store import open_history

    with open_history(path):
        pass


def keep(history: Path, source: Source, ledger: Ledger, asked: date | None, *, marketplace: str | None = None) -> None:
    """Append a snapshot, and say what became of it."""
    import pandas as pd

    from odr_xl.core.counts import count_days
    from odr_xl.core.snapshot import take_snapshot
    from odr_xl.history.store import open_history, record

    window = source.window_on(asked, today=day_of(None))
    day = asked or source.as_of or day_of(None)
    printed = [reading.table for reading in source.readings if reading.kind == "performance"]
    told = pd.concat(printed, ignore_index=True) if printed else None
    if told is not None and marketplace:
        told = told[told["marketplace"] == marketplace]
    found = take_snapshot(count_days(ledger), window, day, told)
    with open_history(history) as connection:
        kept = record(connection, found, taken=now())
    accounts = f"{len(found.accounts)} account{'s' if len(found.accounts) != 1 else ''}"
    if not kept.added:
        out.print(f"{history}: {day} is there already with the same numbers.")
    elif kept.revision == 1:
        out.print(f"{history}: {day} added, {accounts}.")
    else:
        out.print(f"{history}: {day} added again as revision {kept.revision}, {accounts}; the earlier one stays.")
    if kept.gone:
        err.print(
            f"{', '.join(kept.gone)} had numbers in the revision before and has none now. "
            "Give all reports of a shop at once, and keep one history for each shop."
        )


def _show_history(path: Path, *, account: str, revisions: bool, csv: Path | None, language: Language) -> None:
    from odr_xl.history.store import open_history, read_history
    from odr_xl.history.trend import seen_points, trend_rows, write_trend
    from odr_xl.screen import show_history

    with open_history(path, create=False) as connection:
        points = list(seen_points(read_history(connection, revisions=revisions), account))
    if not points:
        raise InputError(f"{path} holds no snapshot{f' of {account}' if account else ''} yet.")
    show_history(out, points)
    if csv is not None:
        write_trend(csv, trend_rows(points, language))
        out.print(f"{csv}: {len(points):,} days in the columns of ODR_TREND.")
