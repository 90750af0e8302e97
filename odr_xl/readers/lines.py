"""Lines: the text of a report as numbered lines of cells, unquoted or quoted, none of them lost."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

#: Longest line read, in characters; Excel's cells hold 32,767.
MAX_LINE = 131_072

_RESTARTS = 20

Cells = Sequence[str]
Numbered = tuple[int, Cells | None]


def unix_lines(text: str) -> str:
    """Text with the line breaks of Unix, whichever system wrote it."""
    if "\r" not in text:
        return text
    if "\n" not in text:
        return text.replace("\r", "\n")
    return text.replace("\r\n", "\n").replace("\r", " ")


def plain_lines(text: str, start: int, number: int, separator: str) -> Iterator[Numbered]:
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


def quoted_lines(text: str, start: int, number: int, separator: str, width: int) -> Iterator[Numbered]:
    """Line number and cells of quoted lines; None for a line that can't be split. Blank lines are left out.

    A quote that is never closed would swallow the rest of the file: the line is then split by itself, and reading goes
    on with the next.
    """
    lines = text[start:].split("\n")
    if lines and not lines[-1]:
        lines.pop()
    at, restarts = 0, 0
    while at < len(lines):
        # Text full of broken quotes isn't quoted at all.
        if restarts > _RESTARTS:
            yield from _alone(lines[at], number + at + 1, separator)
            at += 1
            continue
        reader = csv.reader(_lines_from(lines, at), delimiter=separator, strict=True)
        before = 0
        try:
            for cells in reader:
                if reader.line_num - before > 1 and len(cells) != width:
                    raise csv.Error("a quote that isn't closed has swallowed other lines")
                if any(cell and not cell.isspace() for cell in cells):
                    yield number + at + before + 1, cells
                before = reader.line_num
            return
        except csv.Error:
            restarts += 1
            at += before
            yield from _alone(lines[at], number + at + 1, separator)
            at += 1


def _lines_from(lines: list[str], at: int) -> Iterator[str]:
    for i in range(at, len(lines)):
        yield lines[i] + "\n"


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
