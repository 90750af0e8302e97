"""Where the page goes: an earlier report is replaced, no other file is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from odr_xl.errors import InputError, UsageError
from odr_xl.headless.save import write_whole

_NAMES: Final = (".html", ".htm")
#: What the head of each of our pages holds, whichever version wrote it (``page.GENERATOR``).
_OURS: Final = b'content="odr-xl report '
#: Bytes in which it stands.
_HEAD: Final = 2_000


def check_target(path: Path) -> None:
    """Refuse a name that is no page's, and a file that isn't a report of ours.

    Raises
    ------
    UsageError
        When the name doesn't end in .html or .htm.
    InputError
        When the file can't be replaced, or the folder isn't there.
    """
    if path.suffix.lower() not in _NAMES:
        raise UsageError(f"{path.name} must end in .html, because it is a page for a browser.")
    if not path.parent.is_dir():
        raise InputError(f"{path.parent} isn't a folder. Make it first, or choose another place.")
    if path.is_dir():
        raise InputError(f"{path} is a folder. Give the name of a file, such as {path / 'report.html'}.")
    if path.exists():
        with path.open("rb") as file:
            if _OURS not in file.read(_HEAD):
                raise InputError(f"{path} exists and isn't a report of odr-xl. Choose another name, or move it away.")


def write_page(path: Path, text: str) -> None:
    """Write the page in one step."""
    check_target(path)
    write_whole(path, [text.encode("utf-8")], backup=False)
