"""The zip that a workbook is: read within bounds, written with every untouched entry's bytes as they were.

`zipfile` reads the directory and the contents; it can't copy an entry without compressing it again,
so the writer is here: a local header, the bytes, and the directory at the end.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from odr_xl.errors import WorkbookError

MAX_ENTRIES = 10_000
MAX_TOTAL = 1_500_000_000  # bytes unpacked: a million orders with 13 columns are about 0.8 GB
MAX_RATIO = 300  # a sheet of a million alike rows packs about 60 to 1; only a bomb packs better than this
RATIO_FREE = 10_000_000  # small entries may pack as well as they like
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DEFLATE_LEVEL = 6
_DEFLATE_LEVEL_BIG = 3  # a sheet of 100,000 orders: half the time for about 15 % more bytes
_BIG = 4_000_000
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the zip, packed.

    Parameters
    ----------
    name : str
        Path inside the zip with forward slashes.
    packed : bytes or memoryview
        The bytes as they stand in the zip.
    method : int
        0 stored, 8 deflated.
    crc, size : int
        CRC-32 and length of the unpacked bytes.
    date : tuple of int
        Year, month, day, hour, minute, second.
    system, attributes, internal : int
        Who made it and its file attributes, kept as found.
    """

    name: str
    packed: bytes | memoryview
    method: int
    crc: int
    size: int
    date: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)
    system: int = 0
    attributes: int = 0
    internal: int = 0

    def unpack(self) -> bytes:
        """The contents.

        Raises
        ------
        WorkbookError
            If the bytes are damaged or longer than the directory says.
        """
        if self.method == zipfile.ZIP_STORED:
            data = bytes(self.packed)
        else:
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                data = stream.decompress(self.packed, self.size + 1)
            except zlib.error as error:
                raise WorkbookError(_damaged(self.name)) from error
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise WorkbookError(_damaged(self.name))
        return data

    def with_data(self, data: bytes) -> Entry:
        """The same entry with other contents, compressed the way it was."""
        packed = data
        if self.method == zipfile.ZIP_DEFLATED:
            level = _DEFLATE_LEVEL_BIG if len(data) > _BIG else _DEFLATE_LEVEL
            stream = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
            packed = stream.compress(data) + stream.flush()
        return Entry(
            self.name, packed, self.method, zlib.crc32(data), len(data),
            self.date, self.system, self.attributes, self.internal,
        )  # fmt: skip


def _damaged(what: str) -> str:
    return f"{what} in the workbook is damaged. Open it in Excel, let Excel repair it, and save it."


def read_archive(data: bytes, name: str) -> list[Entry]:
    """The entries of a workbook's zip, in order, without unpacking any.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        The file's name, for the sentences.

    Raises
    ------
    WorkbookError
        If it isn't a zip, is encrypted or an old .xls, is damaged, or would unpack to more than the bounds above.
    """
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise WorkbookError(f"{name} is protected by a password. Remove it in Excel (File > Info) and save.")
        raise WorkbookError(f"{name} is an old .xls workbook. Save it in Excel as .xlsx or .xlsm.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        raise WorkbookError(f"{name} isn't a workbook, or is damaged. Use a file that Excel opens.") from error
    _check_bounds(infos, len(data), name)
    view = memoryview(data)
    return [_entry(info, view, name) for info in infos if not info.is_dir()]


def _check_bounds(infos: list[zipfile.ZipInfo], length: int, name: str) -> None:
    too_big = f"{name} unpacks to more than a workbook can hold. Use the file that Excel saved."
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_TOTAL:
        raise WorkbookError(too_big)
    # Entries that share bytes make the packed sizes add up to more than the file: the overlapping kind of zip bomb.
    if sum(info.compress_size for info in infos) > length:
        raise WorkbookError(too_big)
    seen: set[str] = set()
    for info in infos:
        path = info.filename
        if info.file_size > RATIO_FREE and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise WorkbookError(too_big)
        steps = path.split("/")
        if path.startswith("/") or "\\" in path or ":" in steps[0] or ".." in steps or path.lower() in seen:
            raise WorkbookError(f'{name} holds the odd entry "{path[:80]}". Use the file that Excel saved.')
        seen.add(path.lower())
        if info.flag_bits & 0x1:
            raise WorkbookError(f"{name} is encrypted as a zip. Use the file that Excel saved.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise WorkbookError(f"{name} is packed in a way Excel doesn't use. Use the file that Excel saved.")


def _entry(info: zipfile.ZipInfo, view: memoryview, name: str) -> Entry:
    head = view[info.header_offset : info.header_offset + 30]
    if len(head) < 30 or bytes(head[:4]) != b"PK\x03\x04":
        raise WorkbookError(f"{name} is damaged. Open it in Excel, let Excel repair it, and save it.")
    name_length, extra_length = struct.unpack_from("<HH", head, 26)
    start = info.header_offset + 30 + name_length + extra_length
    packed = view[start : start + info.compress_size]
    return Entry(
        info.filename, packed, info.compress_type, info.CRC, info.file_size,
        info.date_time, info.create_system, info.external_attr, info.internal_attr,
    )  # fmt: skip


def write_archive(entries: Iterable[Entry]) -> Iterator[bytes | memoryview]:
    """The bytes of a zip with these entries, piece by piece.

    Raises
    ------
    WorkbookError
        If the zip would pass 4 GB, which Excel's own limits never reach.
    """
    directory: list[bytes] = []
    offset = 0
    for entry in entries:
        encoded = entry.name.encode("utf-8")
        flags = 0 if entry.name.isascii() else _UTF8_NAME
        year, month, day, hour, minute, second = entry.date
        date = (max(0, min(127, year - 1980)) << 9) | (month << 5) | day
        time = (hour << 11) | (minute << 5) | (second // 2)
        if max(offset, entry.size, len(entry.packed)) > 0xFFFFFFFE:
            raise WorkbookError("The workbook would pass 4 GB. Remove old rows from its input sheets.")
        common = struct.pack(
            "<HHHHHIIIHH",
            20, flags, entry.method, time, date, entry.crc, len(entry.packed), entry.size, len(encoded), 0,
        )  # fmt: skip
        yield b"PK\x03\x04" + common + encoded
        yield entry.packed
        tail = struct.pack("<HHHII", 0, 0, entry.internal, entry.attributes, offset)
        directory.append(b"PK\x01\x02" + struct.pack("<BB", 20, entry.system) + common + tail + encoded)
        offset += 30 + len(encoded) + len(entry.packed)
    size = sum(map(len, directory))
    yield from directory
    yield b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(directory), len(directory), size, offset, 0)
