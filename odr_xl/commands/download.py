"""Amazon's reports, downloaded with the seller's own keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from odr_xl.commands.app import UNUSABLE, AsOf, app, err, now, out, progress, site_code
from odr_xl.marketplaces import MARKETPLACES


@app.command()
def fetch(
    marketplace: Annotated[str, typer.Option("--marketplace", help="Amazon site, such as US, UK, DE, JP.")],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to write; made when it doesn't exist.")],
    days: Annotated[int, typer.Option(min=1, max=365, help="How many days, the last one included.")] = 90,
    as_of: AsOf = None,
    patience: Annotated[float, typer.Option(min=0, max=1440, help="Minutes to wait for Amazon's reports.")] = 30,
    again: Annotated[
        bool, typer.Option("--again", help="Ask for every report anew, also for one that is there.")
    ] = False,
) -> None:
    """Download the reports from Amazon with your own keys, for a refresh; what is there already isn't fetched again."""
    import time

    from odr_xl.amazon.fetch import fetch as fetch_reports
    from odr_xl.amazon.keys import read_keys
    from odr_xl.amazon.service import Service, check_installed
    from odr_xl.amazon.wanted import requests_for
    from odr_xl.screen import show_fetched

    check_installed()
    code = site_code(marketplace) or ""
    moment = now()
    day = as_of.date() if as_of else moment.astimezone(ZoneInfo(MARKETPLACES[code].zone)).date()
    requests = requests_for(code, day, days, moment)
    keys = read_keys(code)
    with progress() as tell:
        reached = 0.0

        def told(step: str, done: float) -> None:
            nonlocal reached
            reached = done
            tell(step, done)

        def pause(seconds: float) -> None:
            tell(f"waiting {seconds:.0f} seconds for Amazon", reached)
            time.sleep(seconds)

        service = Service(keys, code, pause=pause)
        try:
            found = fetch_reports(
                service, requests, to, patience=60 * patience, again=again, pause=pause, progress=told
            )
        finally:
            service.close()
    show_fetched(out, err, found)
    if any(each.status in ("fetched", "kept") for each in found):
        out.print(f'Put them into a workbook: odr-xl refresh ODR.xlsm "{to}" --marketplace {code}')
    if any(each.status in ("failed", "waiting") for each in found):
        raise typer.Exit(UNUSABLE)
