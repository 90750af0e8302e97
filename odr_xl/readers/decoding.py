"""Decoding: bytes of a report to text, in whatever encoding Amazon or Excel wrote it.

Amazon sends UTF-8 in some marketplaces, Windows-1252 in most others and Shift-JIS in Japan; Excel saves "Unicode text"
as UTF-16. Files that aren't text at all are refused with what to do.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from odr_xl.errors import InputError, Problem
from odr_xl.marketplaces import MARKETPLACES

#: Largest report read, in bytes: some five million order lines.
MAX_BYTES = 2 * 1024**3

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORKBOOK = "Save the sheet as CSV UTF-8, or give the report as Amazon sent it (.txt, .tsv, .csv)."
#: First bytes of files that are mistaken for reports.
_MAGIC = (
    (b"PK\x03\x04", "is a workbook or a zip, not a text file", _WORKBOOK),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook, not a text file", _WORKBOOK),
    (b"%PDF", "is a PDF, not a report", "Download the report as a text file."),
    (b"\x1f\x8b", "is compressed with gzip", "Unpack it first."),
    (b"\x89PNG", "is a picture, not a report", "Download the report as a text file."),
    (b"\xff\xd8\xff", "is a picture, not a report", "Download the report as a text file."),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive", "Unpack it first."),
    (b"Rar!", "is a rar archive", "Unpack it first."),
)


#: How Python keeps a byte that isn't UTF-8, and the Windows-1252 letter that it stands for.
_STRAY = re.compile("[\udc80-\udcff]")
_STRAY_LETTERS = {0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file.

    Attributes
    ----------
    text : str
        The whole text, without BOM.
    encoding : str
        How it was read.
    problems : tuple of Problem
        Notes on bytes that fit no encoding.
    """

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, name: str, *, marketplace: str = "") -> Decoded:
    """Text of a report's bytes.

    Tried in this order: the byte-order mark, UTF-16 without one, UTF-8, Shift-JIS for Japan or when the text then has
    kana, Windows-1252. A file that mixes UTF-8 with single Windows-1252 bytes is read as both, with a note.

    Parameters
    ----------
    data : bytes
        The file's content.
    name : str
        File name for messages.
    marketplace : str
        Code of the marketplace, "" when not known.

    Raises
    ------
    InputError
        An empty file, or one that isn't text.
    """
    if not data.strip():
        raise InputError(
            f"{name}: the file is empty. Download the report again; if it stays empty, there were no rows."
        )
    for magic, reason, remedy in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name}: the file {reason}. {remedy}")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict_or_noted(data[len(bom) :], encoding, name)
    if b"\0" in data:
        return _wide(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if (japanese := _japanese(data, marketplace)) is not None:
        return Decoded(japanese, "cp932")
    return _western(data, name)


def _strict_or_noted(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _western(data, name)
        note = Problem(name, "", f"a character near byte {error.start} is cut off", "Download the file again.", "note")
        return Decoded(data.decode(encoding, errors="replace"), encoding, (note,))


def _wide(data: bytes, name: str) -> Decoded:
    """UTF-16 without a byte-order mark: every other byte of the header is 0."""
    head = data[: 2 * (min(len(data), 400) // 2)]
    for encoding, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if zeros.count(0) > len(zeros) * 0.4 and letters.count(0) == 0:
            return _strict_or_noted(data, encoding, name)
    raise InputError(f"{name}: the file isn't text. Give the report as Amazon sent it (.txt, .tsv, .csv).")


def _japanese(data: bytes, marketplace: str) -> str | None:
    """Text in Shift-JIS; None when it isn't."""
    known = MARKETPLACES[marketplace].encoding if marketplace else ""
    if known and known != "cp932":
        return None
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        # Only the last character of a truncated file may be cut off.
        if error.end < len(data):
            return None
        text = data[: error.start].decode("cp932")
    if known:
        return text
    # Accented Latin letters often form valid Shift-JIS too, but then as rare kanji and never as kana.
    foreign = [c for c in text[:200_000] if ord(c) > 0x2E80]
    kana = sum("\u3041" <= c <= "\u30fe" for c in foreign)
    return text if foreign and kana * 10 >= len(foreign) else None


def _western(data: bytes, name: str) -> Decoded:
    """Windows-1252, or UTF-8 with some Windows-1252 bytes in it."""
    mixed = data.decode("utf-8", errors="surrogateescape")
    strays = list(_STRAY.finditer(mixed))
    # Every character of several bytes makes the text shorter; accidental ones are rarer than the bytes that don't fit.
    if len(data) - len(mixed) >= len(strays):
        line = mixed.count("\n", 0, strays[0].start()) + 1 if strays else 1
        return Decoded(mixed.translate(_STRAY_LETTERS), "utf-8 and cp1252", (_letters_note(f"{name}, line {line}"),))
    text = data.decode("cp1252", errors="replace")
    return Decoded(text, "cp1252", (_letters_note(name),) if "\ufffd" in text else ())


def _letters_note(place: str) -> Problem:
    return Problem(
        place,
        "",
        "the file mixes encodings, so accented letters in its texts may be wrong",
        "Numbers, dates and order ids aren't affected.",
        "note",
    )
