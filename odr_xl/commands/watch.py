"""Alerts, here or to receivers, now or daily."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from odr_xl.commands.app import (
    OVER_TARGET,
    UNUSABLE,
    AsOf,
    Marketplace,
    app,
    day_of,
    err,
    out,
    site_code,
)
from odr_xl.errors import InputError, UsageError
from odr_xl.labels import language_named

if TYPE_CHECKING:
    pass


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
    code = site_code(marketplace)
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
    looked = look_at(sources, settings, day_of(as_of), marketplace=code, language=language)
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
    entry = schedule_entry(platform.system(), command, task_name(places[0]), when, day_of(None), Path.home())
    if dry_run:
        sys.stdout.write(entry.text)
        return
    install(entry)
    out.print(f"{entry.scheduler} runs it daily at {when:%H:%M} as {entry.name}. To take it away: {entry.remove}")


def _show_failed(failed: Mapping[str, str]) -> None:
    for name, reason in failed.items():
        err.print(f"odr-xl: {name} wasn't told: {reason}. It is tried again with the next run.")
