"""Sources: files, folders, zips and patterns as named bytes.

Nothing is unpacked to disk, so a zip can't write outside its place, and what it may unfold to in memory is bounded.
"""

from __future__ import annotations

import glob
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from odr_xl.errors import InputError
from odr_xl.readers.decoding import MAX_BYTES

#: Extensions of reports in folders and zips.
EXTENSIONS = frozenset({".txt", ".tsv", ".csv", ".json", ".xml"})
#: What one zip may hold: reports, and bytes after unpacking.
MAX_MEMBERS = 1000
MAX_UNPACKED = 1024**3

PathLike = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes and its name for messages.

    Attributes
    ----------
    name : str
        File name; for a file in a zip ``archive.zip: name``.
    data : bytes
        Its content.
    asked_for : bool
        Named by the caller, not found in a folder, a zip or by a pattern.
    """

    name: str
    data: bytes
    asked_for: bool


def read_source(path: PathLike) -> Source:
    """One file.

    Raises
    ------
    InputError
        No such file, a folder, no permission, or too large.
    """
    file = Path(path).expanduser()
    try:
        if file.is_dir():
            raise InputError(f"{file.name}: this is a folder. Give a report file, or use a command that takes folders.")
        if file.stat().st_size > MAX_BYTES:
            raise InputError(
                f"{file.name}: the file is larger than {MAX_BYTES // 1024**3} GB. Download shorter periods."
            )
        return Source(file.name, file.read_bytes(), True)
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file. Check the name and the folder.") from None
    except PermissionError:
        raise InputError(
            f"{file.name}: the file can't be opened. Close it in other programs, or allow reading."
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"{file.name}: the file can't be read ({error}). Copy it again and retry.") from None


def find_sources(paths: PathLike | Iterable[PathLike]) -> Iterator[Source]:
    """All files that the paths lead to, each once, in the order given and by name inside folders.

    Raises
    ------
    InputError
        A path leads to nothing, or a zip can't be read.
    """
    seen: set[Path] = set()
    for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
        for file, asked_for in _files(Path(path).expanduser()):
            if (real := file.resolve()) in seen:
                continue
            seen.add(real)
            if file.suffix.lower() == ".zip" and file.is_file():
                yield from _zip_members(file)
            else:
                source = read_source(file)
                yield Source(source.name, source.data, asked_for)


def _files(path: Path) -> list[tuple[Path, bool]]:
    try:
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix.lower() in EXTENSIONS | {".zip"} and p.is_file())
            found = [p for p in found if not _hidden(p.name)]
            if not found:
                raise InputError(
                    f"{path.name}: the folder holds no report (.txt, .tsv, .csv or .zip). Choose another folder."
                )
            return [(p, False) for p in found]
        path.resolve()
        if not path.exists() and glob.has_magic(str(path)):
            matches = sorted(Path(p) for p in glob.glob(str(path), recursive=True))  # noqa: PTH207  absolute patterns too
            if not matches:
                raise InputError(f"{path}: no file fits this pattern. Check the folder and the pattern.")
            return [(p, False) for p in matches if p.is_file() and not _hidden(p.name)]
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: the path can't be read ({error}). Check the name.") from None
    return [(path, True)]


def _hidden(name: str) -> bool:
    """Hidden files, and the locks that Excel leaves beside open workbooks."""
    return name.startswith((".", "~$"))


def _zip_members(path: Path) -> Iterator[Source]:
    found, left = 0, MAX_UNPACKED
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                # Only the last part of the name is used, for messages; nothing is written.
                name = PurePosixPath(info.filename.replace("\\", "/")).name
                hidden = _hidden(name) or info.filename.startswith("__MACOSX/")
                if info.is_dir() or hidden or PurePosixPath(name).suffix.lower() not in EXTENSIONS:
                    continue
                found += 1
                if found > MAX_MEMBERS:
                    raise InputError(
                        f"{path.name}: the zip holds more than {MAX_MEMBERS} reports. Unpack it and choose."
                    )
                if info.flag_bits & 1:
                    raise InputError(f"{path.name}: the zip has a password. Unpack it first.")
                with archive.open(info) as member:
                    # The size in the directory may lie, so the reading itself is bounded.
                    data = member.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise InputError(
                        f"{path.name}: the zip unpacks to more than {MAX_UNPACKED // 1024**3} GB. Unpack it and choose."
                    )
                yield Source(f"{path.name}: {name}", data, False)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise InputError(f"{path.name}: the zip can't be read ({error}). Download it again.") from None
    if not found:
        raise InputError(f"{path.name}: the zip holds no report (.txt, .tsv or .csv). Choose another file.")
