"""Files of a portfolio: which ones there are, and which of them are alike and can be read together."""

from __future__ import annotations

import csv
import glob
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from odr_xl.errors import InputError
from odr_xl.portfolio.engine import first_line

PARQUET = (".parquet", ".pq")
TEXT = (".csv", ".tsv", ".txt")
#: The first line of a text file is looked for in so many bytes.
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Alike:
    """Files with the same columns, which an engine reads as one table.

    Attributes
    ----------
    paths : tuple of str
    headers : tuple of str
        Names of the columns.
    delimiter : str
        Between the columns of a text; "" for Parquet.
    folders : tuple of str
        Names in the path's ``name=value`` folders, which are columns too.
    """

    paths: tuple[str, ...]
    headers: tuple[str, ...]
    delimiter: str
    folders: tuple[str, ...] = ()


def find_files(sources: Iterable[str]) -> list[str]:
    """Every Parquet, CSV and tab-separated file that the sources lead to: files, folders with all inside, patterns.

    Raises
    ------
    InputError
        A source leads to nothing.
    """
    found: dict[str, None] = {}
    for source in sources:
        path = Path(source).expanduser()
        if path.is_dir():
            listed = sorted(
                each for each in path.rglob("*") if each.suffix.lower() in PARQUET + TEXT and each.is_file()
            )
            # Engines write files beside their results whose names begin so.
            files = [str(each) for each in listed if not each.name.startswith(("_", "."))]
        elif path.is_file():
            files = [str(path)]
        else:
            named = glob.glob(str(path), recursive=True)  # noqa: PTH207 - a pattern may begin at any folder
            files = sorted(name for name in named if Path(name).is_file())
        if not files:
            raise InputError(
                f"{source}: there is no Parquet or CSV file. Give a file, a folder or a pattern like *.parquet."
            )
        found |= dict.fromkeys(files)
    return list(found)


def sort_files(paths: Iterable[str]) -> list[Alike]:
    """The files in groups that are alike, in the order in which the groups first appear.

    Raises
    ------
    InputError
        A file can't be opened, or isn't what its name says.
    """
    groups: dict[tuple[object, ...], list[str]] = {}
    for path in paths:
        text = Path(path).suffix.lower() not in PARQUET
        headers, kinds, delimiter = _text_header(path) if text else _parquet_header(path)
        groups.setdefault((headers, kinds, delimiter, _folders(path)), []).append(path)
    return [
        Alike(tuple(paths), headers, delimiter, folders)  # type: ignore[arg-type]
        for (headers, _, delimiter, folders), paths in groups.items()
    ]


def faulty_file(paths: Iterable[str], error: BaseException) -> str:
    """The file that an engine's message names; "" when it names none."""
    message = str(error)
    named: Mapping[str, str] = {path: str(Path(path).resolve()) for path in paths}
    return next((path for path, full in named.items() if path in message or full in message), "")


def _folders(path: str) -> tuple[str, ...]:
    return tuple(part.partition("=")[0] for part in Path(path).parts[:-1] if "=" in part)


def _parquet_header(path: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
    except Exception as error:  # pyarrow has several, and OSError
        raise InputError(f"{path}: it can't be read as Parquet ({first_line(error)}). Replace the file.") from error
    return tuple(schema.names), tuple(map(str, schema.types)), ""


def _text_header(path: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    with Path(path).open("rb") as file:
        head = file.read(_HEAD)
    try:
        line = head.partition(b"\n")[0].decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: its header isn't UTF-8 text. Save the file as UTF-8.") from error
    if not line.strip() or "\0" in line:
        raise InputError(f"{path}: it has no header row. Give a CSV or tab-separated file with column names.")
    delimiter = max("\t,;|", key=line.count)
    return tuple(next(csv.reader(io.StringIO(line), delimiter=delimiter))), (), delimiter
