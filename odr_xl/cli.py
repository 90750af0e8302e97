"""The command ``odr-xl``: an entrance, and so one of the few places that look at the clock."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from odr_xl import __version__, rules
from odr_xl.core.window import Window
from odr_xl.errors import InputError, OdrError, UsageError
from odr_xl.labels import Language, language_named
from odr_xl.marketplaces import MARKETPLACES, marketplace_code

if TYPE_CHECKING:
    from odr_xl.core.ledger import Ledger
    from odr_xl.sources import Source

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Amazon's Order Defect Rate from the files that Seller Central lets you download, in Excel or without it.",
)
# No markup: a file may be called "[bold]orders.txt", and its name is shown as it is.
out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)

#: Exit statuses (also in docs/commands.md).
UNUSABLE, WRONG_USAGE, OVER_TARGET = 1, 2, 3

AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day you look at the rate; today when left out."),
]
Marketplace = Annotated[
    str | None,
    typer.Option("--marketplace", help="Amazon site of the reports, such as US, UK, DE, JP."),
]


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write; made when it doesn't exist.")] = Path("odr-demo"),
    as_of: AsOf = None,
) -> None:
    """Write sample reports and a filled workbook into a folder, and show its dashboard."""
    from odr_xl.excel.refresh import refresh_workbook
    from odr_xl.excel.sheets.template import build_workbook
    from odr_xl.samples.shop import sample_reports

    day = _day(as_of)
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    files = []
    for name, content in sample_reports(day).items():
        files.append(reports / name)
        files[-1].write_bytes(content)
    workbook = folder / "ODR.xlsm"
    build_workbook(workbook, interpreter=sys.executable)
    from odr_xl.screen import show_merged

    with _progress() as tell:
        changes = refresh_workbook(workbook, files, as_of=day, progress=tell, backup=False)
    show_merged(out, changes.merged)
    _show_workbook(workbook, as_of=day)
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
    code = _marketplace(marketplace)
    if (start or end) and as_of:
        raise UsageError("Give either --as-of or --start and --end, not both.")
    source = read_sources(files, marketplace=code)
    if start or end:
        window = Window(start.date() if start else None, end.date() if end else None)
    elif as_of or source.as_of is None:
        window = Window.as_of(_day(as_of))
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
        _check_history(history)  # before the workbook is changed
    with _progress() as tell:
        changes = refresh_workbook(
            workbook,
            files,
            as_of=_day(as_of),
            marketplace=_marketplace(marketplace),
            skip_bad_rows=skip_bad_rows,
            progress=tell,
        )
    show_merged(out, changes.merged)
    if changes.recalculation is not None:
        show_problems(err, changes.recalculation.failures)
    source, ledger = _show_workbook(workbook, as_of=_day(as_of))
    if history is not None:
        _keep(history, source, ledger, _day(as_of))


@app.command()
def calc(workbook: Annotated[Path, typer.Argument(help="The workbook to recalculate.")]) -> None:
    """Recalculate a workbook in place, without Excel."""
    from odr_xl.excel.refresh import calculate_workbook
    from odr_xl.screen import show_problems

    calculation = calculate_workbook(workbook)
    show_problems(err, calculation.failures)
    out.print(f"{workbook}: {calculation.cells:,} cells calculated in {calculation.rounds} rounds.")


@app.command()
def export(
    workbook: Annotated[Path, typer.Argument(help="The workbook to copy; it stays as it is.")],
    to: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="A folder or a file; beside the workbook when left out.")
    ] = None,
    values: Annotated[bool, typer.Option("--values", help="Only the copy with values.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Only the PDF; needs LibreOffice.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
) -> None:
    """Write a copy for others: values without formulas, macros and buyers' words, and a PDF of the result sheets."""
    from odr_xl.excel.share import refuse_existing, share_paths, share_pdf, share_values
    from odr_xl.headless.pdf import find_office
    from odr_xl.screen import show_copy, show_unknown

    office = find_office() is not None
    both = values == pdf
    wanted = {"values": values or both, "pdf": pdf or (both and office)}
    copy, document = share_paths(workbook, to)
    if not force:
        refuse_existing(*(path for name, path in (("values", copy), ("pdf", document)) if wanted[name]))
    if wanted["values"]:
        with _progress() as tell:
            tell("copying the values", 0.2)
            kept = share_values(workbook, copy)
        show_copy(out, copy, kept)
        show_unknown(err, workbook, kept)
    if wanted["pdf"]:
        with _progress() as tell:
            tell("drawing the PDF", 0.2)
            drawn = share_pdf(workbook, document)
        out.print(f"{document}: {', '.join(drawn.sheets)}.")
        if not wanted["values"]:
            show_unknown(err, workbook, drawn)
    elif both:
        out.print("No PDF: it needs LibreOffice, which isn't on this computer.")
    out.print("Order ids, your own notes and your own sheets are still in it: look it through before you send it.")


@app.command()
def report(
    files: Annotated[list[Path], typer.Argument(help="Reports, folders, zip files, or one ODR workbook.")],
    to: Annotated[Path, typer.Option("--to", help="The page to write, such as report.html.")],
    lang: Annotated[str, typer.Option("--lang", help="Language of the page: en or zh.")] = "en",
    as_of: AsOf = None,
    marketplace: Marketplace = None,
) -> None:
    """Write one page to share: the rate, its chart, causes, products, accounts and what to do, on two sheets of A4."""
    from odr_xl.report.contents import report_contents
    from odr_xl.report.file import check_target, write_page
    from odr_xl.report.page import report_page
    from odr_xl.screen import show_problems
    from odr_xl.sources import read_sources
    from odr_xl.summary import ledger_of

    language, code = language_named(lang), _marketplace(marketplace)
    check_target(to)
    source = read_sources(files, marketplace=code)
    window = source.window_on(as_of.date() if as_of else None, today=date.today())
    ledger = ledger_of(source.readings, marketplace=code, decisions=source.decisions)
    write_page(to, report_page(report_contents(ledger, window), language))
    show_problems(err, [problem for reading in source.readings for problem in reading.problems])
    out.print(f"{to}: orders from {window.start} to {window.end}. Look it through before you send it.")


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
    code = _marketplace(marketplace)
    _check_history(to)
    source = read_sources(files, marketplace=code)
    ledger = ledger_of(source.readings, marketplace=code, decisions=source.decisions)
    _keep(to, source, ledger, as_of.date() if as_of else None, marketplace=code)


@app.command()
def portfolio(
    sources: Annotated[
        list[str], typer.Argument(help="Parquet or CSV files, folders, patterns; or tables of --backend.")
    ],
    by: Annotated[list[str], typer.Option("--by", help="Column to count by, such as account; give it several times.")],
    defects: Annotated[
        list[str] | None, typer.Option("--defects", help="Defects listed apart: order_id, cause; files or tables.")
    ] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="field=column, such as order_id=Bestellung or account=@folder.")
    ] = None,
    backend: Annotated[
        str, typer.Option("--backend", help="Connection URL, such as pyspark://local[4]; DuckDB here when left out.")
    ] = "",
    as_of: AsOf = None,
    definition: Annotated[str, typer.Option(help="amazon, returns or all.")] = "amazon",
    omit: Annotated[list[str] | None, typer.Option("--omit", help="cancelled or pending orders to leave out.")] = None,
    marketplace: Marketplace = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Time zone that cuts the days, for all marketplaces.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="File to write: .parquet, .csv or .xlsx.")] = None,
    top: Annotated[int | None, typer.Option("--top", min=1, help="How many of the worst to show or write.")] = None,
    days_back: Annotated[int, typer.Option("--days-back", help="Order dates to count, in days before --as-of.")] = 200,
    history: Annotated[
        Path | None, typer.Option("--history", help="File of counts: read, so that only new days are, and written.")
    ] = None,
    recount: Annotated[
        int, typer.Option("--recount", help="With --history: days before it that may still change.")
    ] = 75,
    memory: Annotated[str, typer.Option("--memory", help="DuckDB's limit; beyond it, it uses files.")] = "4GB",
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a row can't be used.")] = False,
) -> None:
    """Count many accounts, here or on an engine that you have, and show where each stands, the worst first."""
    from odr_xl.portfolio.engine import connect, require_packages

    require_packages("ibis", "pyarrow")
    from odr_xl.portfolio.columns import parse_map
    from odr_xl.portfolio.output import check_output, show_faults, show_standings, write_standings
    from odr_xl.portfolio.run import run_portfolio
    from odr_xl.readers.dates import check_zone

    named, code, day = parse_map(mapping or []), _marketplace(marketplace) or "", _day(as_of)
    if zone:
        check_zone(zone)
    if to is not None:
        check_output(to)
    with _progress() as tell:
        tell("counting", 0.1)
        found = run_portfolio(
            connect(backend, memory=memory),
            sources,
            by=by,
            as_of=day,
            defects=defects or [],
            mapping=named,
            definition=definition,
            omit=omit or [],
            marketplace=code,
            zone=zone,
            days_back=days_back,
            history=history,
            recounted=recount,
        )
    show_faults(err, found)
    show_standings(out, found, list(dict.fromkeys(by)), day, top)
    if to is not None:
        written = write_standings(to, found, list(dict.fromkeys(by)), day, top)
        out.print(f"{to}: {written:,} of {len(found.standings):,}, the worst first.")
    if strict and (found.faults or found.unmatched):
        raise typer.Exit(UNUSABLE)


@app.command()
def doctor(
    workbook: Annotated[Path | None, typer.Argument(help="The workbook whose formulas don't work.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Say what works on this computer and what doesn't, with one action each; exit with 1 when one is needed."""
    from odr_xl.doctor.findings import diagnose
    from odr_xl.doctor.machine import gather
    from odr_xl.screen import show_findings

    facts = gather(workbook)
    findings = diagnose(facts)
    if as_json:
        told = {"version": __version__, "system": facts.system, "findings": [asdict(each) for each in findings]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        show_findings(out, findings)
    if any(each.status == "look" for each in findings):
        raise typer.Exit(UNUSABLE)


@app.command()
def alert(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Reports, folders, or one ODR workbook.")],
    rules_file: Annotated[
        Path | None, typer.Option("--rules", metavar="FILE.toml", help="Thresholds, over those of the workbook.")
    ] = None,
    state: Annotated[
        Path | None, typer.Option("--state", help="What was told already; beside the source when left out.")
    ] = None,
    notify: Annotated[
        list[str] | None,
        typer.Option("--notify", metavar="URL", help="env:NAME, keyring:NAME or an address of apprise; repeatable."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language of the alerts: en or zh; the workbook's when left out.")
    ] = None,
    as_of: AsOf = None,
    marketplace: Marketplace = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    patience: Annotated[
        float, typer.Option(min=1, max=600, help="Seconds to try a receiver that doesn't answer.")
    ] = 60,
    test: Annotated[
        bool, typer.Option("--test", help="Send a test message to the receivers, and nothing else.")
    ] = False,
    install_task: Annotated[
        bool, typer.Option("--install-task", help="Run this command daily: Task Scheduler, launchd or cron.")
    ] = False,
    at: Annotated[
        datetime | None, typer.Option("--at", formats=["%H:%M"], help="When daily; 08:00 if left out.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --install-task: print the entry, and change nothing.")
    ] = False,
) -> None:
    """Say what crossed a threshold, once, here or to receivers; exit with 3 when an account is over the target."""
    from functools import partial

    from odr_xl.monitor.memory import memory_path
    from odr_xl.monitor.receivers import send
    from odr_xl.monitor.watch import as_json as told_json
    from odr_xl.monitor.watch import look_at, read_settings, send_test, tell
    from odr_xl.screen import show_told

    if (dry_run or at) and not install_task:
        raise UsageError("--dry-run and --at go with --install-task. Leave them out, or add it.")
    language = language_named(lang) if lang else None
    code = _marketplace(marketplace)
    settings = read_settings(sources, rules_file)
    addresses = [*(notify or settings.receivers)]
    if install_task:
        options = {"--rules": rules_file, "--state": state, "--lang": language, "--marketplace": code}
        if not addresses and not dry_run:
            raise UsageError("Nobody would be told. Name a receiver: --notify keyring:mail")
        _install_task(sources, options, notify or [], at, dry_run=dry_run)
        if not addresses:
            err.print("Nobody would be told by it: add --notify keyring:mail, or another receiver.")
        return
    post = partial(send, patience=patience)
    if test:
        failed = send_test(addresses, language or settings.language or "en", post=post)
        _show_failed(failed)
        if failed:
            raise typer.Exit(UNUSABLE)
        out.print("The test was sent.")
        return
    looked = look_at(sources, settings, _day(as_of), marketplace=code, language=language)
    told = tell(looked, state or (memory_path(sources) if addresses else None), addresses, post=post)
    if as_json:
        sys.stdout.write(json.dumps(told_json(looked, told), ensure_ascii=False, indent=2) + "\n")
    else:
        show_told(out, told, looked.language)
    _show_failed(told.failed)
    if looked.over:
        raise typer.Exit(OVER_TARGET)
    if told.failed:
        raise typer.Exit(UNUSABLE)


@app.command()
def build(
    folder: Annotated[Path, typer.Argument(help="Where the workbooks go.")] = Path("workbook"),
) -> None:
    """Rebuild the files in workbook/ from code."""
    from odr_xl.excel.build import build_files

    for path in build_files(folder):
        out.print(str(path))


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False,
) -> None:
    if version:
        out.print(f"odr-xl {__version__}")
        raise typer.Exit


def main() -> NoReturn:
    """Run the command; errors that a seller can mend become one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console in an old code page can't show every character
            stream.reconfigure(errors="replace")
    try:
        app()
    except UsageError as error:
        err.print(f"odr-xl: {error}")
        sys.exit(WRONG_USAGE)
    except OdrError as error:
        err.print(f"odr-xl: {error}")
        sys.exit(UNUSABLE)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        err.print(f"odr-xl: {place}{error.strerror or error}. Check the name and the permissions.")
        sys.exit(UNUSABLE)
    sys.exit(0)


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


def _install_task(
    sources: Sequence[Path], options: Mapping[str, object], notify: Sequence[str], at: datetime | None, *, dry_run: bool
) -> None:
    import platform

    from odr_xl.monitor.receivers import check_reference
    from odr_xl.monitor.schedule import install, schedule_entry, task_name

    places = [path.resolve() for path in sources]
    for path in places:
        if not path.exists():
            raise InputError(f"{path} isn't there, so nothing was scheduled. Check the name.")
    command = [sys.executable, "-m", "odr_xl", "alert", *map(str, places)]
    for option, value in options.items():
        if value is not None:
            command += [option, str(value.resolve() if isinstance(value, Path) else value)]
    for address in notify:
        check_reference(address, "--notify with --install-task")
        command += ["--notify", address]
    when = (at or datetime(2026, 1, 1, 8)).time()
    entry = schedule_entry(platform.system(), command, task_name(places[0]), when, date.today(), Path.home())
    if dry_run:
        sys.stdout.write(entry.text)
        return
    install(entry)
    out.print(f"{entry.scheduler} runs it daily at {when:%H:%M} as {entry.name}. To take it away: {entry.remove}")


def _show_failed(failed: Mapping[str, str]) -> None:
    for name, reason in failed.items():
        err.print(f"odr-xl: {name} wasn't told: {reason}. It is tried again with the next run.")


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else date.today()


def _marketplace(name: str | None) -> str | None:
    if not name:
        return None
    code = marketplace_code(name)
    if not code:
        raise UsageError(f'"{name}" isn\'t a marketplace. Choose from: {", ".join(MARKETPLACES)}.')
    return code


def _show_workbook(workbook: Path, *, as_of: date) -> tuple[Source, Ledger]:
    from odr_xl.screen import show_summary
    from odr_xl.sources import read_sources
    from odr_xl.summary import ledger_of, summarise

    source = read_sources([workbook])
    window = source.window if source.as_of else Window.as_of(as_of, lag=rules.LAG_DAYS)
    ledger = ledger_of(source.readings)
    show_summary(out, summarise(ledger, window))
    return source, ledger


def _check_history(path: Path) -> None:
    """Open the history once, so that what is wrong with it is said before anything else is done."""
    from odr_xl.history.store import open_history

    with open_history(path):
        pass


def _keep(history: Path, source: Source, ledger: Ledger, asked: date | None, *, marketplace: str | None = None) -> None:
    """Append a snapshot, and say what became of it."""
    import pandas as pd

    from odr_xl.core.counts import count_days
    from odr_xl.core.snapshot import take_snapshot
    from odr_xl.history.store import open_history, record

    window = source.window_on(asked, today=date.today())
    day = asked or source.as_of or date.today()
    printed = [reading.table for reading in source.readings if reading.kind == "performance"]
    told = pd.concat(printed, ignore_index=True) if printed else None
    if told is not None and marketplace:
        told = told[told["marketplace"] == marketplace]
    found = take_snapshot(count_days(ledger), window, day, told)
    with open_history(history) as connection:
        kept = record(connection, found, taken=datetime.now(UTC))
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


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """A bar on standard error that appears when the work takes longer than a second."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    )
    task = bar.add_task("starting", total=1.0)

    started = bar.get_time()

    def tell(step: str, done: float) -> None:
        bar.update(task, description=step, completed=done)
        if bar.get_time() - started > 1:
            bar.start()

    try:
        yield tell
    finally:
        bar.stop()
