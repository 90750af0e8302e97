"""The formulas as a wheel: a zip that Python imports from, with the modules that the formulas need and no others."""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import odr_xl

#: What the wheel is for; everything that it imports comes along.
ENTRANCE: Final = "odr_xl.excel.lite.functions"
#: File name by the rules for wheels.
WHEEL_NAME: Final = f"odr_xl-{odr_xl.__version__}-py3-none-any.whl"

_ROOT: Final = Path(odr_xl.__file__).parents[1]
_INFO: Final = f"odr_xl-{odr_xl.__version__}.dist-info"
_METADATA: Final = f"""\
Metadata-Version: 2.4
Name: odr-xl
Version: {odr_xl.__version__}
Summary: Excel formulas that compute an Amazon seller's Order Defect Rate: the part that answers formulas.
License-Expression: MIT
Requires-Python: >=3.11
Requires-Dist: numpy>=2.0
Requires-Dist: pandas>=2.2
Requires-Dist: tzdata>=2024.1
"""
_WHEEL: Final = "Wheel-Version: 1.0\nGenerator: odr_xl\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def needed_modules(entrance: str = ENTRANCE) -> dict[str, Path]:
    """Every module of this package that a module imports, directly or not, by name, with its file.

    >>> "odr_xl.core.rate" in needed_modules(), "odr_xl.cli" in needed_modules()
    (True, False)
    """
    found: dict[str, Path] = {}
    waiting = [entrance]
    while waiting:
        name = waiting.pop()
        path = _file_of(name)
        if name in found or path is None:
            continue
        found[name] = path
        waiting += [name.rpartition(".")[0], *_imported(path)]
    return dict(sorted(found.items()))


def build_wheel() -> bytes:
    """The wheel's bytes; the same for the same sources, on computers with the same version of zlib."""
    files = {path.relative_to(_ROOT).as_posix(): path.read_text("utf-8").encode() for path in needed_modules().values()}
    files |= {f"{_INFO}/METADATA": _METADATA.encode(), f"{_INFO}/WHEEL": _WHEEL.encode()}
    record = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in files.items()]
    files[f"{_INFO}/RECORD"] = "\n".join((*record, f"{_INFO}/RECORD,,", "")).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as wheel:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)  # dated 1980, so that every build is the same
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


def _file_of(name: str) -> Path | None:
    if not name:
        return None
    path = _ROOT.joinpath(*name.split("."))
    return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)


def _imported(path: Path) -> Iterator[str]:
    """Names that may be modules of this package: ``from odr_xl.core import events`` is one, or a function in one."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("odr_xl"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("odr_xl"):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
