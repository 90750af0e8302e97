"""A report's document: from the bytes that Amazon stores to a text file that the readers know."""

from __future__ import annotations

import base64
import codecs
import hashlib
import re
import zlib
from typing import Final

#: Largest document, packed or unpacked, in bytes.
LARGEST: Final = 1024**3
_GZIP: Final = b"\x1f\x8b"
_BOMS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Amazon's and the web's names for encodings that Python calls otherwise, or that are meant wider than they are.
_MEANT: Final = {"windows-31j": "cp932", "shift_jis": "cp932", "iso-8859-1": "cp1252", "latin1": "cp1252"}


class Damaged(Exception):
    """A document that isn't what Amazon stores; the text says how it can be seen."""


def check_digest(data: bytes, given: str) -> None:
    """Compare with a Content-MD5 header.

    Amazon's API has no digest of its own: this one is checked where the server sends it.

    Raises
    ------
    Damaged
    """
    if given and base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode() != given.strip():
        raise Damaged("its digest isn't the one that the server sent")


def unpack(data: bytes) -> bytes:
    """A document without gzip, whatever Amazon says about its packing; gzip's own checksum is verified.

    Raises
    ------
    Damaged
        The packed bytes are cut, changed, or unfold to more than `LARGEST`.
    """
    for _ in range(2):  # packed by Amazon, and once more for the way
        if not data.startswith(_GZIP):
            break
        data = _unzipped(data)
    return data


def _unzipped(data: bytes) -> bytes:
    parts, left = [], LARGEST
    try:
        while data.startswith(_GZIP):  # a file may hold several, one after the other
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
            part = unpacker.decompress(data, left + 1)
            if len(part) > left:
                raise Damaged(f"it unpacks to more than {LARGEST // 1024**2} MB")
            if not unpacker.eof:
                raise Damaged("it is cut off")
            parts.append(part)
            left -= len(part)
            data = unpacker.unused_data
    except zlib.error:
        raise Damaged("its checksum is wrong") from None
    return b"".join(parts)


def as_utf8(data: bytes, content_type: str) -> bytes:
    """A document in UTF-8 where the server says in which encoding it is; else as it is, for the reader to find out.

    >>> as_utf8("für".encode("cp1252"), "text/plain; charset=Cp1252").decode()
    'für'
    >>> as_utf8("für".encode(), "text/plain; charset=Cp1252").decode()
    'für'
    """
    found = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    if not found or data.startswith(_BOMS) or _is_utf8(data):  # what is UTF-8 is never another by chance
        return data
    name = found[1].lower()
    try:
        return data.decode(_MEANT.get(name, name)).encode("utf-8")
    except (LookupError, UnicodeDecodeError):
        return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
