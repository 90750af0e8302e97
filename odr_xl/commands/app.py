"""What the commands share: the program, its consoles, options, exit statuses, and the only look at the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from odr_xl import __version__
from odr_xl.errors import UsageError
from odr_xl.marketplaces import MARKETPLACES, marketplace_code

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


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False,
) -> None:
    if version:
        out.print(f"odr-xl {__version__}")
        raise typer.Exit


def day_of(as_of: datetime | None) -> date:
    """The day that was asked for, or today."""
    return as_of.date() if as_of else date.today()


def now() -> datetime:
    """This moment, for what is written down with it."""
    return datetime.now(UTC)


def site_code(name: str | None) -> str | None:
    """Code of the marketplace that was named, such as UK; an unknown name is wrong usage."""
    if not name:
        return None
    code = marketplace_code(name)
    if not code:
        raise UsageError(f'"{name}" isn\'t a marketplace. Choose from: {", ".join(MARKETPLACES)}.')
    return code


@contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
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
