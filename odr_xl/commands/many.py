"""Many accounts at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from odr_xl.commands.app import (
    UNUSABLE,
    AsOf,
    Marketplace,
    app,
    day_of,
    err,
    out,
    progress,
    site_code,
)

if TYPE_CHECKING:
    pass


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

    named, code, day = parse_map(mapping or []), site_code(marketplace) or "", day_of(as_of)
    if zone:
        check_zone(zone)
    if to is not None:
        check_output(to)
    with progress() as tell:
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
