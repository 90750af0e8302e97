"""A workbook's own part for a copy of values: its sheets and the names that still mean something, nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from odr_xl.headless.plain_markup import Missing

#: The rest names people and folders (absPath, fileSharing), acts (functionGroups) or leads out (externalReferences).
_KEPT = frozenset(("workbookPr", "bookViews", "sheets", "definedNames", "calcPr"))
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"[^"]*\"""")


def clean_book(root: etree._Element, gone: Collection[str], functions: Collection[str]) -> Missing:
    """Take out the sheets that go and the names that lead nowhere any more.

    Parameters
    ----------
    root : element
        The workbook part.
    gone : collection of str
        Names of the sheets that go, as the part writes them.
    functions : collection of str
        Functions that nobody who gets the copy has.

    Returns
    -------
    Missing
        Tells the formulas of rules and charts that lead to what is gone.
    """
    for child in list(root):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in _KEPT:
            root.remove(child)
    for properties in root.iterfind("{*}workbookPr"):
        properties.attrib.pop("codeName", "")
    for calculation in root.iterfind("{*}calcPr"):
        calculation.attrib.pop("fullCalcOnLoad", "")
    places = _drop_sheets(root, gone)
    _turn_to(root, places)
    missing = Missing(gone, functions)
    lost = _drop_names(root, places, missing)
    return Missing(gone, [*functions, *lost])


def _drop_sheets(root: etree._Element, gone: Collection[str]) -> dict[int, int]:
    """Old to new position of the sheets that stay."""
    places: dict[int, int] = {}
    for number, sheet in enumerate(list(root.iterfind("{*}sheets/{*}sheet"))):
        if sheet.get("name") in gone:
            sheet.getparent().remove(sheet)  # type: ignore[union-attr]  # it was found inside one
        else:
            places[number] = len(places)
    return places


def _turn_to(root: etree._Element, places: dict[int, int]) -> None:
    """Open the copy on the sheet that the workbook opens on, or on its first one."""
    views = list(root.iterfind("{*}bookViews/{*}workbookView"))
    for other in views[1:]:  # further windows: each sheet would need a view for each
        other.getparent().remove(other)  # type: ignore[union-attr]
    for view in views[:1]:
        view.attrib.pop("firstSheet", "")
        view.set("activeTab", str(places.get(int(view.get("activeTab", "0")), 0)))


def active_sheet(root: etree._Element) -> int:
    """Position of the sheet that the workbook opens on."""
    view = root.find("{*}bookViews/{*}workbookView")
    return 0 if view is None else int(view.get("activeTab", "0"))


def _drop_names(root: etree._Element, places: dict[int, int], missing: Missing) -> list[str]:
    """Take out names of sheets that are gone, of formulas, of macros; the names taken out."""
    lost = []
    for defined in list(root.iterfind("{*}definedNames/{*}definedName")):
        local = defined.get("localSheetId")
        text = defined.text or ""
        acts = any(defined.get(word) in ("1", "true") for word in ("function", "xlm", "vbProcedure"))
        calculates = "(" in _QUOTED.sub("", text) and not defined.get("name", "").startswith("_xlnm.")
        stays = local is None or int(local) in places
        if acts or calculates or missing(text) or not stays:
            defined.getparent().remove(defined)  # type: ignore[union-attr]
            lost.append(defined.get("name", ""))
        elif local is not None:
            defined.set("localSheetId", str(places[int(local)]))
        for note in ("comment", "description", "help", "statusBar", "customMenu"):
            defined.attrib.pop(note, "")
    for holder in list(root.iterfind("{*}definedNames")):
        if len(holder) == 0:
            root.remove(holder)
    return [name for name in lost if not name.startswith("_xlnm.")]
