"""Grid: the text of a report as a recognised header and columns of raw cells, with every broken line accounted for.

Amazon's reports are separated by tabs and unquoted, so a stray ``"`` is a letter like any other. Tables saved as CSV
are quoted. Only the columns that a tidy table needs are kept: names, e-mails and addresses end here.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from odr_xl.errors import Problem, UnknownReport
from odr_xl.readers.cells import Objects, objects, tidy_text
from odr_xl.readers.coded import Coded, factorised
from odr_xl.readers.headers import LAYOUTS, Recognition, recognise
from odr_xl.readers.ids import AMAZON_ID
from odr_xl.readers.layout import Holds

#: Longest line read, in characters; Excel's cells hold 32,767.
MAX_LINE = 131_072
#: Lines searched for the header: some downloads start with a title.
HEADER_LINES = 10

_RESTARTS = 20
_SHIFTED = "Take the line break or the tab out of the text, or download the report again."

Cells = Sequence[str]
Column = Objects | Coded
Numbered = tuple[int, Cells | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of raw cells.

    Attributes
    ----------
    recognition : Recognition
        Which report it is.
    columns : dict of str to object array or Coded
        Raw cells of each field.
    rows : int64 array
        Line of each row in the file.
    problems : list of Problem
        Broken lines.
    rows_read : int
        Data lines that hold anything.
    unusable : int
        Lines that aren't in the columns.
    """

    recognition: Recognition
    columns: dict[str, Column]
    rows: npt.NDArray[np.int64]
    problems: list[Problem]
    rows_read: int
    unusable: int


def parse_grid(text: str, name: str) -> Grid:
    """Split the text of a report.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        File name for messages.

    Raises
    ------
    UnknownReport
        No header row of a known report among the first lines.
    """
    text = _unix_lines(text)
    header_line, start, headers, separator, quoted, recognition = _find_header(text, name)
    width = len(headers)
    fields = recognition.fields
    pick = itemgetter(*fields.values()) if len(fields) > 1 else _single(next(iter(fields.values())))
    id_at = fields.get("order_id")
    # A table made by hand may hold ids of any shape; in Amazon's own reports another shape means shifted columns.
    amazons = recognition.variant not in ("table", "defects", "days", "claims", "chargebacks", "returns_table")
    picked: list[Cells] = []
    numbers: list[int] = []
    problems: list[Problem] = []
    short: list[tuple[int, int]] = []
    read = 0
    lines = (
        _quoted_lines(text, start, header_line, separator, width)
        if quoted
        else _plain_lines(text, start, header_line, separator)
    )
    for number, cells in lines:
        read += 1
        if cells is None:
            problems.append(_broken(name, number, "the line is too long or its quotes don't match", _SHIFTED))
            continue
        if len(cells) != width:
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                reason = (
                    f"the line has {len(cells)} columns, the header has {width}, so its cells may be in wrong columns"
                )
                problems.append(_broken(name, number, reason, _SHIFTED))
                continue
            if len(cells) < width:
                short.append((number, len(cells)))
                cells = [*cells, *[""] * (width - len(cells))]
                found = tidy_text(cells[id_at]) if id_at is not None else ""
                if amazons and found and not AMAZON_ID.fullmatch(found):
                    reason = f"the line has {short[-1][1]} of {width} columns and no whole order id"
                    problems.append(_broken(name, number, reason, "Download the report again."))
                    short.pop()
                    continue
        picked.append(pick(cells))
        numbers.append(number)
    problems += _short_lines(name, short, width, cut_off=not text.endswith("\n"), last=text.count("\n") + 1)
    holds = LAYOUTS[recognition.kind].columns
    cells_of: Iterable[Cells] = zip(*picked, strict=True) if picked else [()] * len(fields)
    columns = {f: _column(cells, holds.get(f, "count")) for f, cells in zip(fields, cells_of, strict=True)}
    return Grid(recognition, columns, np.array(numbers, dtype=np.int64), problems, read, read - len(picked))


def _column(cells: Cells, holds: Holds) -> Column:
    """A column's cells; repeated words, numbers and marks as their few distinct ones."""
    column = objects(cells)
    if holds not in ("id", "date"):
        codes, distinct = factorised(column)
        if len(distinct) * 2 < len(column):
            return Coded(distinct, codes)
    return column


def _single(index: int) -> Callable[[Cells], Cells]:
    return lambda cells: (cells[index],)


def _broken(name: str, number: int, reason: str, remedy: str) -> Problem:
    return Problem(f"{name}, line {number}", "", reason, remedy)


def _short_lines(name: str, short: list[tuple[int, int]], width: int, *, cut_off: bool, last: int) -> list[Problem]:
    """One problem for a file that ends in the middle of a line, one note for all other short lines."""
    found = []
    if cut_off and short and short[-1][0] == last:
        number, count = short.pop()
        reason = f"the file ends in the middle of a line, after {count} of {width} columns, so rows may be missing"
        found.append(_broken(name, number, reason, "Download the report again."))
    if short:
        number, count = short[0]
        others = f", and {len(short) - 1} more lines too" if len(short) > 1 else ""
        reason = f"the line has {count} of {width} columns{others}; the rest is taken as blank"
        found.append(Problem(f"{name}, line {number}", "", reason, "Check that no text has a line break.", "note"))
    return found


def _unix_lines(text: str) -> str:
    if "\r" not in text:
        return text
    if "\n" not in text:
        return text.replace("\r", "\n")
    return text.replace("\r\n", "\n").replace("\r", " ")


def _find_header(text: str, name: str) -> tuple[int, int, list[str], str, bool, Recognition]:
    """Line number of the header, where the text after it starts, its cells, separator, quoting, and what it is."""
    first_error: UnknownReport | None = None
    start, number, tried = 0, 0, 0
    while start < len(text) and tried < HEADER_LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start : min(end, start + MAX_LINE)]
        start, number = end + 1, number + 1
        if not line.strip():
            continue
        tried += 1
        for separator in "\t" if "\t" in line else [s for s in ",;|" if s in line] or [","]:
            plain = [cell.strip() for cell in line.split(separator)]
            quoted = separator != "\t" or all(len(c) > 1 and c[0] == c[-1] == '"' for c in plain)
            headers = next(csv.reader([line], delimiter=separator)) if quoted else plain
            try:
                return number, start, headers, separator, quoted, recognise(headers)
            except UnknownReport as error:
                first_error = first_error or error
    raise UnknownReport(f"{name}: {first_error or 'the file has no header row'}")


def _plain_lines(text: str, start: int, number: int, separator: str) -> Iterator[Numbered]:
    """Line number and cells of unquoted lines; None for a line that is too long. Blank lines are left out."""
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        if end - start > MAX_LINE:
            yield number, None
        else:
            line = text[start:end]
            if line.strip():
                yield number, line.split(separator)
        start = end + 1


def _quoted_lines(text: str, start: int, number: int, separator: str, width: int) -> Iterator[Numbered]:
    """Line number and cells of quoted lines; None for a line that can't be split. Blank lines are left out.

    A quote that is never closed would swallow the rest of the file: the line is then split by itself, and reading goes
    on with the next.
    """
    lines = text[start:].split("\n")
    if lines and not lines[-1]:
        lines.pop()
    at, restarts = 0, 0
    while at < len(lines):
        reader = csv.reader((line + "\n" for line in lines[at:]), delimiter=separator, strict=True)
        base, before = at, 0
        try:
            for cells in reader:
                if reader.line_num - before > 1 and len(cells) != width:
                    raise csv.Error("swallowed")
                if any(cell and not cell.isspace() for cell in cells):
                    yield number + base + before + 1, cells
                before = reader.line_num
                if restarts > _RESTARTS:
                    break
            at = base + before
            if restarts <= _RESTARTS:
                return
        except csv.Error:
            restarts += 1
            at = base + before
            yield from _alone(lines[at], number + at + 1, separator)
            at += 1
    return


def _alone(line: str, number: int, separator: str) -> Iterator[Numbered]:
    """One quoted line split by itself."""
    if not line.strip():
        return
    if len(line) > MAX_LINE:
        yield number, None
        return
    try:
        yield number, next(csv.reader([line], delimiter=separator))
    except csv.Error:
        yield number, None
