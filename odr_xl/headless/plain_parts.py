"""A workbook's parts without what acts or connects: macros, buttons, queries, pivot caches, links to files.

What stays is listed, what isn't listed goes: a kind of part invented tomorrow can't slip into a copy for others.
Kinds of relationships: ECMA-376 part 1, clauses 12 to 15; [MS-OFFMACRO2] for macros; [MS-XLSX] 2.1 for slicers.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from odr_xl.headless.markup import parse as parse_part
from odr_xl.headless.markup import to_bytes as xml_bytes
from odr_xl.headless.package import Package

_KEPT = frozenset(
    (
        *("officeDocument", "core-properties", "extended-properties"),
        *("worksheet", "chartsheet", "theme", "styles", "sharedStrings"),
        *("drawing", "vmlDrawing", "comments", "table", "hyperlink", "image"),
        *("chart", "chartEx", "chartStyle", "chartColorStyle", "chartUserShapes", "themeOverride"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
    )
)
_REFERENCE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_TYPES = "[Content_Types].xml"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
#: Elements that mean nothing once they are empty.
_HOLLOW = frozenset(("ext", "extLst", "AlternateContent", "Choice", "Fallback", "hyperlinks", "slicerList"))


def drop_relationships(package: Package) -> dict[str, frozenset[str]]:
    """Take out every relationship of a kind that doesn't stay; the parts themselves are untouched.

    Returns
    -------
    dict of str to frozenset of str
        For each part that lost any: their ids, which its XML still uses (see `strip_references`).
    """
    lost = {}
    for holder in [name for name in package.parts if name.endswith(".rels")]:
        root = parse_part(package.parts[holder], holder)
        going = [r for r in root.iterfind("{*}Relationship") if not _stays(r)]
        for relationship in going:
            root.remove(relationship)
        if going:
            package.replace(holder, xml_bytes(root))
            folder, base = posixpath.split(holder)
            source = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
            lost[source] = frozenset(r.get("Id", "") for r in going)
    return lost


def _stays(relationship: etree._Element) -> bool:
    if relationship.get("Type", "").rsplit("/", 1)[-1] not in _KEPT:
        return False
    # A link to a file names folders of this computer, and a mail link names a person.
    outside = relationship.get("TargetMode") == "External"
    return not outside or relationship.get("Target", "").lower().startswith(("http://", "https://"))


def strip_references(root: etree._Element, lost: frozenset[str]) -> None:
    """Take out of a part's tree what refers to relationships that are gone."""
    for found in list(root.iter(etree.Element)):
        for attribute, value in list(found.attrib.items()):
            name = etree.QName(attribute)
            if name.namespace not in _REFERENCE or value not in lost:
                continue
            # A page setup without its printer and a picture without its link are whole; the others are nothing but it.
            if name.localname != "id" or etree.QName(found).localname == "pageSetup":
                del found.attrib[attribute]
            else:
                drop_element(found)


def drop_element(gone: etree._Element) -> None:
    """Take an element out, and those around it that would be left empty."""
    parent = gone.getparent()
    if parent is None:
        return
    parent.remove(gone)
    if not any(isinstance(child.tag, str) for child in parent) and etree.QName(parent).localname in _HOLLOW:
        drop_element(parent)


def remove_unreachable(package: Package) -> None:
    """Take out the parts that nothing leads to any more, and their content types."""
    reached, waiting = {_TYPES}, [""]
    while waiting:
        part = waiting.pop()
        folder, base = posixpath.split(part)
        reached.add(posixpath.join(folder, "_rels", base + ".rels"))
        targets = {r.target for r in package.relationships(part) if not r.external and r.target in package.parts}
        waiting += targets - reached
        reached |= targets
    for name in [name for name in package.parts if name not in reached]:
        package.remove(name)


def set_plain_types(package: Package) -> None:
    """Say that the workbook has no macros, and name no type that no part has."""
    root = parse_part(package.parts[_TYPES], _TYPES)
    endings = {name.rpartition(".")[2].lower() for name in package.parts}
    for entry in list(root.iter(etree.Element)):
        if entry.get("PartName", "").lstrip("/").lower() == package.workbook_part.lower():
            entry.set("ContentType", _PLAIN)
        elif entry.get("Extension") is not None and entry.get("Extension", "").lower() not in endings:
            root.remove(entry)
    package.replace(_TYPES, xml_bytes(root))
