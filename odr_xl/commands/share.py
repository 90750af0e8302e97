"""What is given to others: a copy of values, a PDF, one page with charts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from odr_xl.labels import language_named

if TYPE_CHECKING:
    pass


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
        with progress() as tell:
            tell("copying the values", 0.2)
            kept = share_values(workbook, copy)
        show_copy(out, copy, kept)
        show_unknown(err, workbook, kept)
    if wanted["pdf"]:
        with progress() as tell:
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

    language, code = language_named(lang), site_code(marketplace)
    check_target(to)
    source = read_sources(files, marketplace=code)
    window = source.window_on(as_of.date() if as_of else None, today=day_of(None))
    ledger = ledger_of(source.readings, marketplace=code, decisions=source.decisions)
    write_page(to, report_page(report_contents(ledger, window), language))
    show_problems(err, [problem for reading in source.readings for problem in reading.problems])
    out.print(f"{to}: orders from {window.start} to {window.end}. Look it through before you send it.")
