"""Parts as XML trees, read safely: nothing is fetched, nothing is expanded, a document type is refused."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

from lxml import etree

from odr_xl.errors import WorkbookError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"  # Excel's "Strict Open XML" variant
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def utf8(data: bytes, place: str) -> bytes:
    """A part's XML as UTF-8 bytes without a mark at the start; OPC allows UTF-8 and UTF-16 only.

    Raises
    ------
    WorkbookError
        If it's neither, or brings a document type, which no spreadsheet program writes and attacks need.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _unreadable(place) from error
        data = text.encode("utf-8")
    elif data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    if b"<!DOCTYPE" in data:
        raise WorkbookError(f"{place} holds a document type, as no workbook does. Use the file that Excel saved.")
    return data


def parse(data: bytes, place: str) -> etree._Element:
    """The root element of a part.

    Parameters
    ----------
    data : bytes
        The part.
    place : str
        What to call it in the sentence.

    Raises
    ------
    WorkbookError
        If it isn't well-formed XML or isn't safe.
    """
    # huge_tree lifts libxml2's limits on text and depth: the archive's own bounds on size hold instead.
    # The encoding is fixed, so that no declared one (UTF-7) can hide a document type from utf8().
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=True, remove_comments=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(utf8(data, place), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable(place) from error
    return root


def element(tag: str, namespaces: Mapping[str | None, str]) -> etree._Element:
    """An element that declares these namespaces; the prefix None is the default one."""
    return etree.Element(tag, nsmap=namespaces)  # type: ignore[arg-type]  # the stubs forget the default namespace


def to_bytes(root: etree._Element) -> bytes:
    """A part's bytes with the declaration that Excel writes."""
    return DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def _unreadable(place: str) -> WorkbookError:
    return WorkbookError(f"{place} in the workbook is damaged. Open it in Excel, let Excel repair it, and save it.")
