"""Reports: a file that a seller can download, or made by hand, as a tidy table.

The report is recognised by its header, never by its file name. Every line is either in the table or counted as unusable
with a problem that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from odr_xl.errors import InputError, Problem
from odr_xl.readers.decoding import decode
from odr_xl.readers.grid import parse_grid
from odr_xl.readers.headers import LAYOUTS
from odr_xl.readers.performance_report import is_json, read_performance
from odr_xl.readers.performance_xml import is_xml, read_performance_xml
from odr_xl.readers.reading import Reading
from odr_xl.readers.sources import PathLike, Source, find_sources, read_source
from odr_xl.readers.tidy import check_marketplace, tidy


def read_report(path: PathLike, *, marketplace: str | None = None, zone: str | None = None) -> Reading:
    """Read one report file.

    Parameters
    ----------
    path : str or path
        A text file: tabs as Amazon sends it, a CSV, or the JSON or XML of the seller performance report.
    marketplace : str, optional
        Code, Amazon id or sales channel of the marketplace that the file is from; a row's own sales channel wins. It
        tells how ``5/6/26`` is meant and where a day ends.
    zone : str, optional
        IANA zone that cuts the days of time stamps, in place of the marketplace's.

    Returns
    -------
    Reading
        A file with a header and no rows gives an empty table and a note.

    Raises
    ------
    InputError
        The file can't be read or isn't text.
    UnknownReport
        Its header belongs to no report.
    UsageError
        Unknown marketplace or zone.
    """
    return read_bytes(read_source(path), marketplace=marketplace, zone=zone)


def read_reports(
    paths: PathLike | Iterable[PathLike],
    *,
    marketplace: str | None = None,
    zone: str | None = None,
    on_skip: Callable[[str, InputError], None] | None = None,
) -> list[Reading]:
    """Read every report that the paths lead to: files, folders, zips and patterns such as ``reports/*.txt``.

    Parameters
    ----------
    paths : path or iterable of paths
        Each file is read once, even when several paths lead to it.
    marketplace, zone : str, optional
        As in `read_report`, for all of them.
    on_skip : callable, optional
        Called with the name and the error of a file that was found in a folder, a zip or by a pattern and can't be
        read; without it, such a file raises like any other.

    Raises
    ------
    InputError
        A path leads to nothing, a file can't be read, or none of the files found is a report.
    """
    readings, skipped = [], 0
    for source in find_sources(paths):
        try:
            readings.append(read_bytes(source, marketplace=marketplace, zone=zone))
        except InputError as error:
            if on_skip is None or source.asked_for:
                raise
            skipped += 1
            on_skip(source.name, error)
    if not readings:
        raise InputError(
            f"No report found; {skipped} file(s) are something else. Give Amazon's reports as .txt or .csv."
        )
    return readings


def read_bytes(source: Source, *, marketplace: str | None = None, zone: str | None = None) -> Reading:
    """Read a report from the bytes of a file; parameters and errors as in `read_report`."""
    code = check_marketplace(marketplace)
    decoded = decode(source.data, source.name, marketplace=code)
    if is_json(decoded.text) or is_xml(decoded.text):
        if is_json(decoded.text):
            reading = read_performance(decoded.text, source.name)
        else:
            reading = read_performance_xml(decoded.text, source.name, marketplace=code)
        return replace(reading, problems=(*decoded.problems, *reading.problems))
    grid = parse_grid(decoded.text, source.name)
    found = grid.recognition
    table, problems, unusable = tidy(
        found.kind,
        grid.columns,
        grid.rows,
        zone=zone,
        marketplace=code,
        place=lambda row, _: f"{source.name}, line {row}",
        variant=found.variant,
    )
    notes = list(decoded.problems)
    if not grid.rows_read:
        reason = f"the {LAYOUTS[found.kind].name} has a header and no rows"
        notes.append(Problem(source.name, "", reason, "That is right if nothing happened in its period.", "note"))
    return Reading(
        kind=found.kind,
        table=table,
        source=source.name,
        problems=(*notes, *grid.problems, *problems),
        rows_read=grid.rows_read,
        rows_unusable=grid.unusable + unusable,
    )
