"""A workbook's parts by name: unpacked when they're first asked for, replaced without touching the others."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping

from odr_xl.errors import WorkbookError
from odr_xl.headless.archive import MAX_TOTAL, Entry


class Parts(Mapping[str, bytes]):
    """Part names and contents.

    Parameters
    ----------
    entries : list of Entry
        The zip's entries in order.
    """

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = {entry.name: entry for entry in entries}
        self.replaced: dict[str, bytes] = {}
        self._unpacked: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name in self.replaced:
            return self.replaced[name]
        if name not in self._unpacked:
            self._unpacked[name] = self.entries[name].unpack()
        return self._unpacked[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, name: object) -> bool:
        return name in self.entries

    def put(self, name: str, data: bytes) -> None:
        """Replace a part's contents; the file's own contents put back undo that."""
        entry = self.entries[name]
        if name not in self.replaced and self[name] == data:
            return
        if name in self._unpacked and self._unpacked[name] == data:
            self.replaced.pop(name, None)  # changed back
            return
        if sum(e.size for e in self.entries.values()) - entry.size + len(data) > MAX_TOTAL:
            raise WorkbookError("The workbook would pass what Excel can hold. Remove old rows from its input sheets.")
        self.replaced[name] = data

    def add(self, name: str, data: bytes) -> None:
        """Put a new part at the end."""
        if any(name.lower() == known.lower() for known in self.entries):
            raise WorkbookError(f"The workbook has a part {name} already. Use a workbook without it.")
        if sum(entry.size for entry in self.entries.values()) + len(data) > MAX_TOTAL:
            raise WorkbookError("The workbook would pass what Excel can hold. Remove old rows from its input sheets.")
        self.entries[name] = Entry(name, b"", zipfile.ZIP_DEFLATED, zlib.crc32(b""), 0)
        self.replaced[name] = data

    def drop(self, name: str) -> None:
        """Take a part out."""
        self.entries.pop(name)
        self.replaced.pop(name, None)
        self._unpacked.pop(name, None)
