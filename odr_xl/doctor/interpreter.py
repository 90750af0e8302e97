"""The Python that a workbook starts: where it is named, and what it has. Nothing of it is run.

A workbook may name any program as its Python, so a diagnosis looks at files only.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from odr_xl.doctor.facts import Interpreter
from odr_xl.doctor.office import program_bits
from odr_xl.excel.connection import bits

_SHEET: Final = "named on the sheet xlwings.conf"
_PATH: Final = "named nowhere; the first on the path"
#: Files whose loss breaks the formulas.
_PACKAGES: Final = ("odr-xl", "xlwings")
_DLL: Final = re.compile(r"xlwings(?:32|64)-.+\.dll", re.IGNORECASE)


def workbook_interpreter(
    settings: Mapping[str, str], folder: Path | None, *, system: str, home: Path, environment: Mapping[str, str]
) -> Interpreter:
    """The Python that xlwings would start for a workbook, by xlwings' own order of settings.

    Parameters
    ----------
    settings : mapping
        Of the workbook's sheet ``xlwings.conf``, keys in capitals.
    folder : Path or None
        The workbook's.
    system : str
        ``Windows``, ``Darwin`` or another.
    home : Path
        The user's.
    environment : mapping
        Environment variables; a setting may contain them as ``%NAME%``.
    """
    named, by = _named(settings, folder, system=system, home=home)
    path = _expanded(named, environment)
    if path in ("", "python", "pythonw"):
        found = (
            shutil.which(path or "pythonw", path=environment.get("PATH")) if system in ("Windows", "Darwin") else None
        )
        return inspected(found, _PATH, system=system, environment=environment) if found else Interpreter()
    return inspected(path, by, system=system, environment=environment)


def inspected(path: str, named_by: str, *, system: str, environment: Mapping[str, str]) -> Interpreter:
    """What the files around a Python say about it; unknown facts for one of another system."""
    windows_path = bool(PureWindowsPath(path).drive)
    if windows_path and system != "Windows":
        return Interpreter(path, named_by)
    program = Path(path)
    if not program.exists():
        return Interpreter(path, named_by, exists=False)
    ours = program.parent.resolve() == Path(sys.executable).parent.resolve()
    folders = sys.path if ours else _site_folders(program, environment)
    found = {name: _distribution(name, folders) for name in _PACKAGES}
    known = bool(folders)
    versions = {name: (each.version if each else "") if known else None for name, each in found.items()}
    return Interpreter(
        path=path,
        named_by=named_by,
        exists=True,
        ours=ours,
        store="windowsapps" in path.lower() or "pythonsoftwarefoundation" in path.lower(),
        bits=bits() if ours else program_bits(program),
        odr_xl=versions["odr-xl"],
        xlwings=versions["xlwings"],
        dlls=_dlls(program),
        missing=tuple(name for each in found.values() if each for name in _missing(each)) if known else None,
    )


def _named(settings: Mapping[str, str], folder: Path | None, *, system: str, home: Path) -> tuple[str, str]:
    """The setting and where it stands. A setting that is there and empty hides the ones behind it, as in xlwings."""
    files = [folder / "xlwings.conf"] if folder else []
    if system == "Windows":
        files.append(home / ".xlwings" / "xlwings.conf")
    elif system == "Darwin":
        files.append(home / "Library" / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf")
    layers = [(settings, _SHEET), *((_file_settings(file), f"named in {file}") for file in files)]
    own = {"Windows": ("INTERPRETER_WIN",), "Darwin": ("INTERPRETER_MAC",)}
    # Elsewhere there is no Excel, and a workbook made there names its Python as a Mac's.
    keys = (*own.get(system, ("INTERPRETER_MAC", "INTERPRETER_WIN")), "INTERPRETER")
    for key in keys:
        layer = next(((values[key], by) for values, by in layers if key in values), ("", ""))
        if layer[0]:
            return layer
    return "", ""


def _file_settings(file: Path) -> dict[str, str]:
    try:
        with file.open(encoding="utf-8", errors="replace", newline="") as lines:
            return {row[0].upper(): row[1] for row in csv.reader(lines) if len(row) > 1}
    except (OSError, csv.Error):
        return {}


def _expanded(text: str, environment: Mapping[str, str]) -> str:
    return re.sub(r"%(\w+)%", lambda found: environment.get(found[1], found[0]), text)


def _site_folders(program: Path, environment: Mapping[str, str]) -> list[str]:
    """Where a Python's packages lie: beside it, one folder up (an environment), or in the user's own folder."""
    roots = (program.parent, program.parent.parent)
    folders = [root / "Lib" / "site-packages" for root in roots]
    folders += sorted(roots[1].glob("lib/python3*/site-packages"))
    if environment.get("APPDATA"):
        folders += sorted(Path(environment["APPDATA"], "Python").glob("Python3*/site-packages"))
    return [str(folder) for folder in folders if folder.is_dir()]


def _distribution(name: str, folders: Sequence[str]) -> Distribution | None:
    return next(iter(distributions(name=name, path=list(folders))), None) if folders else None


def _missing(distribution: Distribution) -> Iterator[str]:
    """Names of files that the installation recorded and that are gone. Compiled ones come and go."""
    for row in csv.reader((distribution.read_text("RECORD") or "").splitlines()):
        if row and not row[0].endswith(".pyc") and not Path(str(distribution.locate_file(row[0]))).exists():
            yield PurePosixPath(row[0]).name


def _dlls(program: Path) -> frozenset[str]:
    # The two folders in which the workbook's VBA looks.
    names = (file.name for folder in (program.parent, program.parent.parent) for file in folder.glob("xlwings*"))
    return frozenset(name for name in names if _DLL.fullmatch(name))
