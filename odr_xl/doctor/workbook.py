"""What a workbook's file says: its settings for xlwings, its macros, where it came from and where it lies."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pyopenvba import ExcelFile

from odr_xl.doctor.facts import Workbook
from odr_xl.doctor.office import Registry, subkeys, value
from odr_xl.errors import InputError, WorkbookError
from odr_xl.excel.sheets.configuration import SHEET as CONFIGURATION
from odr_xl.excel.vba.wrappers import MODULE_NAME, stated_hash, wrappers_hash
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet

_XLWINGS_VERSION: Final = re.compile(r'Const\s+XLWINGS_VERSION\s+As\s+String\s*=\s*"([^"]*)"', re.IGNORECASE)
_ZONE: Final = re.compile(r"^\s*ZoneId\s*=\s*(\d+)", re.IGNORECASE | re.MULTILINE)
_NO_MARK: Final = -1
_PROJECT: Final = "xl/vbaProject.bin"
#: Environment variables in which OneDrive says where its folders are.
_ONEDRIVE: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_SYNCED: Final = r"Software\SyncEngines\Providers\OneDrive"


def examined(path: Path, *, system: str, environment: Mapping[str, str], registry: Registry) -> Workbook:
    """What a workbook's file and its place say.

    Raises
    ------
    InputError
        When it isn't there.
    WorkbookError
        When it is no workbook.
    """
    if not path.is_file():
        raise InputError(
            f"{path} isn't there. Check the name; if it was there, look in your antivirus program's quarantine."
        )
    package = Package.open(path)
    version, wrappers = _macros(path) if _PROJECT in package.parts else ("", "")
    return Workbook(
        name=str(path),
        settings=_settings(package),
        xlwings=version,
        wrappers=wrappers,
        zone=zone(path) if system == "Windows" else None,
        cloud=in_cloud(path, system=system, environment=environment, registry=registry),
    )


def zone(path: Path) -> int | None:
    """Windows' mark of where a file came from: its zone, -1 for no mark, ``None`` when it can't be read."""
    try:
        text = Path(f"{path}:Zone.Identifier").read_text("utf-8", errors="replace")
    except OSError as error:
        # A disk without named streams (FAT) can't hold a mark: Windows calls their names invalid.
        return _NO_MARK if error.errno in (errno.ENOENT, errno.EINVAL) else None
    found = _ZONE.search(text)
    return int(found[1]) if found else None


def in_cloud(path: Path, *, system: str, environment: Mapping[str, str], registry: Registry) -> bool | None:
    """Whether a file lies where OneDrive or SharePoint keep it; ``None`` on a computer without Excel."""
    if system not in ("Windows", "Darwin"):
        return None
    place = path.resolve()
    if any(part.lower().startswith(("onedrive", "sharepoint")) for part in place.parent.parts):
        return True
    roots = [environment[name] for name in _ONEDRIVE if environment.get(name)]
    if registry is not None:
        roots += _mount_points(registry)
    return any(place.is_relative_to(Path(root).resolve()) for root in roots)


def _mount_points(registry: Registry) -> Iterator[str]:
    for name in subkeys(registry, registry.HKEY_CURRENT_USER, _SYNCED):
        folder = value(registry, registry.HKEY_CURRENT_USER, rf"{_SYNCED}\{name}", "MountPoint")
        if folder:
            yield str(folder)


def _settings(package: Package) -> dict[str, str]:
    """Rows of the sheet that xlwings reads; it stops at the first blank in column A."""
    try:
        sheet = Sheet(package, CONFIGURATION)
    except WorkbookError:
        return {}
    settings: dict[str, str] = {}
    row = 1
    while (key := sheet.get((row, 1))) not in (None, ""):
        found = sheet.get((row, 2))
        settings[str(key).upper()] = "" if found is None else str(found)
        row += 1
    return settings


def _macros(path: Path) -> tuple[str | None, str | None]:
    """Version of xlwings and hash of the wrappers; "" for a module that isn't there, ``None`` if none can be read."""
    try:
        with ExcelFile(path) as book:
            names = set(book.module_names()) & {"xlwings", MODULE_NAME}
            texts = {name: book.get_module(name) for name in names}
    except Exception:  # a damaged project raises whatever its bytes lead to
        return None, None
    found = _XLWINGS_VERSION.search(texts.get("xlwings", ""))
    wrappers = texts.get(MODULE_NAME, "")
    # The hash that stands there is sure; Excel may have changed the text around it when it saved the workbook.
    return (found[1] if found else ""), (stated_hash(wrappers) or wrappers_hash(wrappers)) if wrappers else ""
