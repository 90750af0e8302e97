"""What works on this computer and what doesn't."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from odr_xl import __version__
from odr_xl.commands.app import (
    UNUSABLE,
    app,
    out,
)

if TYPE_CHECKING:
    pass


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
