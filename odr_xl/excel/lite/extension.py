"""The web extension in a workbook: the parts in which an Office add-in keeps its settings, here those of xlwings Lite.

xlwings Lite keeps its files as such settings. The form is Microsoft's [MS-OWEXML]; which settings there are, and how
their values are written, was read off workbooks that Excel had saved with Lite: a value is JSON with each "/" as "\\/".
Nobody could open a workbook made this way in Excel here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless.markup import parse, to_bytes
from odr_xl.headless.package import Package

PART: Final = "xl/webextensions/webextension1.xml"
TASKPANES: Final = "xl/webextensions/taskpanes.xml"
_HOLDER: Final = "xl/webextensions/_rels/taskpanes.xml.rels"
_PACKAGE_HOLDER: Final = "_rels/.rels"
#: xlwings Lite in Microsoft's store, and the version of its manifest that such workbooks name.
ADD_IN: Final = "WA200008175"
_ADD_IN_VERSION: Final = "1.0.0.0"
#: This extension among those of the workbook; any will do, and always the same makes every build the same.
_INSTANCE: Final = "{5B0E6C0B-6F0D-4E8B-9C57-0D52A8C1F3E4}"

_WE: Final = "http://schemas.microsoft.com/office/webextensions/webextension/2010/11"
_WETP: Final = "http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS: Final = "http://schemas.microsoft.com/office/2011/relationships"
_TYPE: Final = "application/vnd.ms-office.webextension+xml"
_TASKPANES_TYPE: Final = "application/vnd.ms-office.webextensiontaskpanes+xml"
#: Extensions of the part ([MS-OWEXML] 2.2.11, 2.2.13): that formulas of the add-in are in the workbook, and which.
_CONTAINS_FUNCTIONS: Final = "{D87F86FE-615C-45B5-9D79-34F1136793EB}"
_FUNCTION_LIST: Final = "{7C84B067-C214-45C3-A712-C9D94CD141B2}"


def encoded(value: object) -> str:
    """A setting's value as its attribute holds it, before XML's own escapes.

    >>> encoded('a/b "c" é')
    '"a\\\\/b \\\\"c\\\\" é"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")


def add_extension(package: Package, settings: Mapping[str, object], functions: Iterable[str]) -> None:
    """Put xlwings Lite's settings into a workbook that has no web extension yet.

    Parameters
    ----------
    package : Package
    settings : mapping
        Name to value, anything that JSON can hold.
    functions : iterable of str
        Names of the add-in's functions as formulas store them.
    """
    package.add(TASKPANES, _taskpanes(), _TASKPANES_TYPE)
    package.add(_HOLDER, _relationships({"rId1": ("webextension", "webextension1.xml")}), None)
    package.add(PART, _extension(settings, functions), _TYPE)
    holder = parse(package.parts[_PACKAGE_HOLDER], _PACKAGE_HOLDER)
    taken = {relationship.get("Id") for relationship in holder}
    free = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}") not in taken)
    _add_relationship(holder, free, "webextensiontaskpanes", TASKPANES)
    package.replace(_PACKAGE_HOLDER, to_bytes(holder))


def read_settings(package: Package) -> dict[str, object]:
    """The add-in's settings in a workbook.

    Raises
    ------
    WorkbookError
        When the workbook has no web extension.
    """
    if PART not in package.parts:
        raise WorkbookError(f"{package.name} is no workbook for xlwings Lite. Use one whose name says lite.")
    root = parse(package.parts[PART], PART)
    return {found.get("name", ""): json.loads(found.get("value", "null")) for found in root.iter(f"{{{_WE}}}property")}


def _extension(settings: Mapping[str, object], functions: Iterable[str]) -> bytes:
    root = etree.Element(f"{{{_WE}}}webextension", nsmap={"we": _WE}, id=_INSTANCE)
    _reference(root, ADD_IN.lower(), "en-US")
    _reference(etree.SubElement(root, f"{{{_WE}}}alternateReferences"), ADD_IN, ADD_IN)
    properties = etree.SubElement(root, f"{{{_WE}}}properties")
    for name, value in settings.items():
        etree.SubElement(properties, f"{{{_WE}}}property", name=name, value=encoded(value))
    etree.SubElement(root, f"{{{_WE}}}bindings")
    etree.SubElement(root, f"{{{_WE}}}snapshot", nsmap={"r": _R})
    extensions = etree.SubElement(root, f"{{{_WE}}}extLst")
    etree.SubElement(_extra(extensions, _CONTAINS_FUNCTIONS), f"{{{_WE}}}containsCustomFunctions")
    listed = etree.SubElement(_extra(extensions, _FUNCTION_LIST), f"{{{_WE}}}customFunctionIdList")
    for name in functions:
        etree.SubElement(listed, f"{{{_WE}}}customFunctionIds").text = name
    return to_bytes(root)


def _reference(parent: etree._Element, identity: str, store: str) -> None:
    etree.SubElement(parent, f"{{{_WE}}}reference", id=identity, version=_ADD_IN_VERSION, store=store, storeType="OMEX")


def _extra(parent: etree._Element, uri: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_A}}}ext", nsmap={"a": _A}, uri=uri)


def _taskpanes() -> bytes:
    root = etree.Element(f"{{{_WETP}}}taskpanes", nsmap={"wetp": _WETP})
    # Closed: a seller who hasn't the add-in isn't asked for it each time the workbook opens.
    pane = etree.SubElement(root, f"{{{_WETP}}}taskpane", dockstate="right", visibility="0", width="438", row="2")
    etree.SubElement(pane, f"{{{_WETP}}}webextensionref", {f"{{{_R}}}id": "rId1"}, nsmap={"r": _R})
    return to_bytes(root)


def _relationships(found: Mapping[str, tuple[str, str]]) -> bytes:
    root = parse(f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode(), _HOLDER)
    for identity, (kind, target) in found.items():
        _add_relationship(root, identity, kind, target)
    return to_bytes(root)


def _add_relationship(root: etree._Element, identity: str, kind: str, target: str) -> None:
    etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=identity, Type=f"{_KINDS}/{kind}", Target=target)
