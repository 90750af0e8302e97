"""What a seller asks first: the rate, from reports or a workbook; and the same on invented data."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from odr_xl import rules
from odr_xl.commands.app import (
    OVER_TARGET,
    AsOf,
    Marketplace,
    app,
    day_of,
    err,
    out,
    progress,
    site_code,
)
from odr_xl.core.window import Window
from odr_xl.errors import UsageError

if TYPE_CHECKING:
    from odr_xl.core.ledger import Ledger
    from odr_xl.sources import Source


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write; made when it doesn't exist.")] = Path("odr-demo"),
    as_of: AsOf = None,
) -> None:
    """Write sample reports and a filled workbook into a folder, and show its dashboard."""
    from odr_xl.excel.refresh import refresh_workbook
    from odr_xl.excel.sheets.template import build_workbook
    from odr_xl.samples.shop import sample_reports

    day = day_of(as_of)
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    files = []
    for name, content in sample_reports(day).items():
        files.append(reports / name)
        files[-1].write_bytes(content)
    workbook = folder / "ODR.xlsm"
    build_workbook(workbook, interpreter=sys.executable)
    from odr_xl.screen import show_merged

    with progress() as tell:
        changes = refresh_workbook(workbook, files, as_of=day, progress=tell, backup=False)
    show_merged(out, changes.merged)
    show_workbook(workbook, as_of=day)
    out.print(f"\nSample reports: {reports}\nWorkbook:       {workbook}")


@app.command()
def odr(
    files: Annotated[list[Path], typer.Argument(help="Reports, folders, zip files, or one ODR workbook.")],
    as_of: AsOf = None,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First order date.")] = None,
    end: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last order date.")] = None,
    definition: Annotated[str, typer.Option(help="amazon, returns or all.")] = "amazon",
    marketplace: Marketplace = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    fail_over: Annotated[bool, typer.Option("--fail-over", help="Exit with 3 when the target is missed.")] = False,
) -> None:
    """Show the rate, its causes and its groups, from report files or from a workbook."""
    from odr_xl.core.counts import check_definition
    from odr_xl.screen import show_problems, show_summary
    from odr_xl.sources import read_sources
    from odr_xl.summary import ledger_of, summarise

    check_definition(definition)
    code = site_code(marketplace)
    if (start or end) and as_of:
        raise UsageError("Give either --as-of or --start and --end, not both.")
    source = read_sources(files, marketplace=code)
    if start or end:
        window = Window(start.date() if start else None, end.date() if end else None)
    elif as_of or source.as_of is None:
        window = Window.as_of(day_of(as_of))
    else:
        window = source.window
    problems = [problem for reading in source.readings for problem in reading.problems]
    summary = summarise(
        ledger_of(source.readings, marketplace=code, decisions=source.decisions),
        window,
        definition=definition,
        problems=problems,
    )
    if as_json:
        sys.stdout.write(json.dumps(summary.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        show_problems(err, problems)
        show_summary(out, summary)
    if fail_over and summary.status == "over_target":
        raise typer.Exit(OVER_TARGET)


def show_workbook(workbook: Path, *, as_of: date) -> tuple[Source, Ledger]:
    """Show what a workbook holds, and return it."""
    from odr_xl.screen import show_summary
    from odr_xl.sources import read_sources
    from odr_xl.summary import ledger_of, summarise

    source = read_sources([workbook])
    window = source.window if source.as_of else Window.as_of(as_of, lag=rules.LAG_DAYS)
    ledger = ledger_of(source.readings)
    show_summary(out, summarise(ledger, window))
    return source, ledger
