"""The values that a workbook file stores, read straight from its XML: no spreadsheet program in between."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Value = float | str


@dataclass
class StoredSheet:
    """Values by cell address, blanks left out; the cells that a formula fills; the size of each array formula."""

    values: dict[str, Value] = field(default_factory=dict)
    formulas: set[str] = field(default_factory=set)
    arrays: dict[str, str] = field(default_factory=dict)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to part name, in the order of the tabs."""
    book = etree.fromstring(archive.read("xl/workbook.xml"))
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations}
    return {
        sheet.get("name"): posixpath.normpath(posixpath.join("xl", targets[sheet.get(_RELATION)])).removeprefix("/")
        for sheet in book.iter(f"{MAIN}sheet")
    }


def read_stored(path: Path) -> dict[str, StoredSheet]:
    """Every sheet's stored values: numbers (dates as serials, TRUE as 1.0), texts, and errors as their text."""
    with zipfile.ZipFile(path) as archive:
        texts = _shared_texts(archive)
        return {
            name: _read_sheet(etree.fromstring(archive.read(part)), texts)
            for name, part in sheet_parts(archive).items()
            if part.startswith("xl/worksheets/")
        }


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    return [_text(item) for item in root.iter(f"{MAIN}si")]


def _text(element: etree._Element) -> str:
    """Text of an item without its phonetic guides."""
    return "".join(t.text or "" for t in element.iter(f"{MAIN}t") if t.getparent().tag != f"{MAIN}rPh")


def _read_sheet(root: etree._Element, texts: list[str]) -> StoredSheet:
    sheet = StoredSheet()
    for cell in root.iter(f"{MAIN}c"):
        ref = cell.get("r")
        formula = cell.find(f"{MAIN}f")
        if formula is not None:
            sheet.formulas.add(ref)
            if formula.get("t") == "array":
                sheet.arrays[ref] = formula.get("ref")
        value = _value(cell, texts)
        if value != "":
            sheet.values[ref] = value
    return sheet


def _value(cell: etree._Element, texts: list[str]) -> Value:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{MAIN}is")
        return "" if inline is None else _text(inline)
    shown = cell.findtext(f"{MAIN}v") or ""
    if kind == "s":
        return texts[int(shown)]
    if kind in ("n", "b") and shown:
        return float(shown)
    return shown
