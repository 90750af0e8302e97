"""Grid: the text of a report as a recognised header and columns of raw cells, with every broken line accounted for.

Amazon's reports are separated by tabs and unquoted, so a stray ``"`` is a letter like any other. Tables saved as CSV
are quoted. Only the columns that a tidy table needs are kept: names, e-mails and addresses end here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
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
from odr_xl.readers.lines import MAX_LINE, Cells, plain_lines, quoted_lines, unix_lines

#: Lines searched for the header: some downloads start with a title.
HEADER_LINES = 10

#: Lines whose cells are put into columns together: enough to be quick, few enough to stay small.
TOGETHER = 16_384
#: Distinct cells of a column that are remembered to keep each once.
MOST_KNOWN = 100_000
#: Variants that Amazon writes itself.
AMAZONS_OWN = frozenset(
    (
        "all_orders", "order_report", "unshipped", "amazon_fulfilled", "seller_fulfilled", "orders_with_defects",
        "seller_feedback", "seller_feedback_translated", "legacy_grid", "active_listings",
    )
)  # fmt: skip

_ASIN = re.compile(r"[A-Z0-9]{10}")
_SHIFTED = "Take the line break or the tab out of the text, or download the report again."

Column = Objects | Coded


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
    text = unix_lines(text)
    header_line, start, headers, separator, quoted, recognition = _find_header(text, name)
    width = len(headers)
    fields = recognition.fields
    pick = itemgetter(*fields.values()) if len(fields) > 1 else _single(next(iter(fields.values())))
    # A table made by hand may hold ids of any shape; in Amazon's own reports another shape means shifted columns.
    amazons = recognition.variant in AMAZONS_OWN
    listings = recognition.kind == "listings"
    id_at, shape = (fields.get("asin"), _ASIN) if listings else (fields.get("order_id"), AMAZON_ID)
    holds = LAYOUTS[recognition.kind].columns
    kept = {field: _Column(holds.get(field, "count")) for field in fields}
    picked: list[Cells] = []
    numbers: list[int] = []
    problems: list[Problem] = []
    short: list[tuple[int, int]] = []
    read = 0
    lines = (
        quoted_lines(text, start, header_line, separator, width)
        if quoted
        else plain_lines(text, start, header_line, separator)
    )
    for number, cells in lines:
        read += 1
        if cells is None:
            problems.append(_broken(name, number, "the line is too long or its quotes don't match", _SHIFTED))
            continue
        if len(cells) != width:
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                problems.append(_moved(name, number, len(cells), width))
                continue
            if len(cells) < width:
                short.append((number, len(cells)))
                cells = [*cells, *[""] * (width - len(cells))]
                found = tidy_text(cells[id_at]) if id_at is not None else ""
                # A line break in a description moves the SKU, so half a line of listings would be a new product.
                if amazons and (listings or found) and not shape.fullmatch(found):
                    count = short.pop()[1]
                    reason = f"the line has {count} of {width} columns and no whole order id"
                    problems.append(
                        _moved(name, number, count, width)
                        if listings
                        else _broken(name, number, reason, "Download the report again.")
                    )
                    continue
        picked.append(pick(cells))
        numbers.append(number)
        if len(picked) == TOGETHER:
            _keep(picked, kept)
    _keep(picked, kept)
    problems += _short_lines(name, short, width, cut_off=not text.endswith("\n"), last=text.count("\n") + 1)
    wrapped = not quoted and ('\t"' in text or '\n"' in text)
    columns = {field: column.whole(wrapped) for field, column in kept.items()}
    return Grid(recognition, columns, np.array(numbers, dtype=np.int64), problems, read, read - len(numbers))


class _Column:
    """A column's cells while the lines are split: repeated ones are kept once, the lines themselves not at all."""

    def __init__(self, holds: Holds) -> None:
        self.repeats = holds not in ("id", "date")
        self._known: dict[str, str] = {}
        self._parts: list[Objects] = [objects([])]

    def take(self, cells: Cells) -> None:
        if self.repeats and len(self._known) < MOST_KNOWN:
            known = self._known.setdefault
            cells = [known(cell, cell) for cell in cells]
        self._parts.append(objects(cells))

    def whole(self, wrapped: bool) -> Column:
        """The column; one with few distinct cells as these."""
        column: Objects = np.concatenate(self._parts)
        if not self.repeats:
            return column
        codes, distinct = factorised(column)
        if len(distinct) * 2 < len(column):
            return Coded(_unwrapped(distinct) if wrapped else distinct, codes)
        return _unwrapped(column) if wrapped else column


def _keep(picked: list[Cells], kept: dict[str, _Column]) -> None:
    """Move the picked cells to their columns."""
    for column, cells in zip(kept.values(), zip(*picked, strict=True), strict=False):
        column.take(cells)
    picked.clear()


def _unwrapped(cells: Objects) -> Objects:
    """Cells without the quotes that Excel puts around some when it saves text with tabs."""
    return objects([c[1:-1].replace('""', '"') if len(c) > 1 and c[0] == c[-1] == '"' else c for c in cells])


def _single(index: int) -> Callable[[Cells], Cells]:
    return lambda cells: (cells[index],)


def _broken(name: str, number: int, reason: str, remedy: str) -> Problem:
    return Problem(f"{name}, line {number}", "", reason, remedy)


def _moved(name: str, number: int, count: int, width: int) -> Problem:
    reason = f"the line has {count} columns, the header has {width}, so its cells may be in wrong columns"
    return _broken(name, number, reason, _SHIFTED)


def _short_lines(name: str, short: list[tuple[int, int]], width: int, *, cut_off: bool, last: int) -> list[Problem]:
    """One problem for a file that ends in the middle of a line, one note for all other short lines."""
    found = []
    if cut_off and short and short[-1][0] == last:
        number, count = short.pop()
        reason = f"the file ends in the middle of a line, after {count} of {width} columns, so rows may be missing"
        found.append(_broken(name, number, reason, "Download the report again."))
    if short:
        number, count = short[0]
        reason = f"the line has {count} of {width} columns; the rest is taken as blank"
        if len(short) > 1:
            more = len(short) - 1
            reason = f"the line has {count} of {width} columns, and {more} more lines too; the rest is taken as blank"
        found.append(Problem(f"{name}, line {number}", "", reason, "Check that no text has a line break.", "note"))
    return found


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
