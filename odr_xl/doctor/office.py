"""The Excel of a Windows computer, from its registry and its program file."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from odr_xl.doctor.facts import Excel

#: The registry, in the form of the standard module ``winreg``; ``None`` where there is none.
Registry = Any

_APP_PATHS: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_STORE_PACKAGES: Final = (
    r"Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
)
_STORE_OFFICE: Final = "microsoft.office.desktop"
_CLICK_TO_RUN: Final = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
#: A company's policy stands above the user's own choice.
_TRUST_CENTER: Final = (
    r"Software\Policies\Microsoft\Office\16.0\Excel\Security",
    r"Software\Microsoft\Office\16.0\Excel\Security",
)
#: Machine field of a program file (PE/COFF): i386, x64, ARM64.
_MACHINES: Final = {0x014C: 32, 0x8664: 64, 0xAA64: 64}


def installed_excel(registry: Registry) -> Excel:
    """What the registry and the program file say about Excel; nothing without a registry."""
    if registry is None:
        return Excel()
    path = _excel_path(registry)
    packages = subkeys(registry, registry.HKEY_CURRENT_USER, _STORE_PACKAGES)
    store = any(name.lower().startswith(_STORE_OFFICE) for name in packages)
    if path is not None:
        store = store or "\\windowsapps\\" in path.lower()
    return Excel(
        path=path,
        # A Store edition that shows in neither place can't be told from no Excel at all.
        store=store if store or path is not None else None,
        bits=_excel_bits(registry, path),
        macros=_macros(registry),
    )


def program_bits(path: Path) -> int | None:
    """Whether a Windows program file is a 32-bit or a 64-bit one; ``None`` when it can't be read as one."""
    try:
        with path.open("rb") as file:
            start = file.read(64)
            if len(start) < 64 or start[:2] != b"MZ":
                return None
            file.seek(struct.unpack_from("<I", start, 60)[0])
            header = file.read(6)
    except OSError:
        return None
    if len(header) < 6 or header[:4] != b"PE\0\0":
        return None
    return _MACHINES.get(struct.unpack_from("<H", header, 4)[0])


def value(registry: Registry, hive: Any, key: str, name: str) -> Any:
    """A value of the registry; ``None`` when there is none."""
    with contextlib.suppress(OSError), registry.OpenKey(hive, key) as opened:
        return registry.QueryValueEx(opened, name)[0]
    return None


def subkeys(registry: Registry, hive: Any, key: str) -> Iterator[str]:
    """Names of the keys below one; none when it isn't there."""
    # EnumKey raises OSError behind the last one.
    with contextlib.suppress(OSError), registry.OpenKey(hive, key) as opened:
        number = 0
        while True:
            yield registry.EnumKey(opened, number)
            number += 1


def _excel_path(registry: Registry) -> str | None:
    for hive in (registry.HKEY_CURRENT_USER, registry.HKEY_LOCAL_MACHINE):
        found = value(registry, hive, _APP_PATHS, "")
        if found:
            return str(found).strip('"')
    # Where Windows itself looks when a program asks for Excel: "C:\...\EXCEL.EXE" /automation
    root = registry.HKEY_CLASSES_ROOT
    clsid = value(registry, root, r"Excel.Application\CLSID", "")
    command = clsid and value(registry, root, rf"CLSID\{clsid}\LocalServer32", "")
    if not command:
        return None
    return str(command).split(" /")[0].strip().strip('"')


def _excel_bits(registry: Registry, path: str | None) -> int | None:
    found = program_bits(Path(path)) if path else None
    if found is None:
        platform = value(registry, registry.HKEY_LOCAL_MACHINE, _CLICK_TO_RUN, "Platform")
        found = {"x86": 32, "x64": 64}.get(str(platform).lower())
    return found


def _macros(registry: Registry) -> int | None:
    for key in _TRUST_CENTER:
        choice = value(registry, registry.HKEY_CURRENT_USER, key, "VBAWarnings")
        if isinstance(choice, int):
            return choice
    return None
