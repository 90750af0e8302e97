"""A workbook with its values only, to give to others: no formulas, macros, buttons, hidden sheets, and no buyers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless.frame import Frame
from odr_xl.headless.grid import read_area
from odr_xl.headless.inventory import SheetRef
from odr_xl.headless.markup import parse as parse_part
from odr_xl.headless.markup import to_bytes as xml_bytes
from odr_xl.headless.package import Package
from odr_xl.headless.personal import PersonalCells, personal_columns, telling
from odr_xl.headless.plain_book import active_sheet, clean_book
from odr_xl.headless.plain_cells import PlainCells, make_plain
from odr_xl.headless.plain_markup import (
    APP_PROPERTIES,
    Missing,
    clean_chart,
    clean_comments,
    clean_core,
    clean_drawing,
    clean_sheet,
    clean_strings,
    clean_table,
    clean_vml,
)
from odr_xl.headless.plain_parts import drop_relationships, remove_unreachable, set_plain_types, strip_references


@dataclass
class Plain:
    """What was taken out of a workbook.

    Attributes
    ----------
    sheets : list of str
        Sheets of the copy.
    hidden : list of str
        Sheets that were hidden and are gone.
    formulas, unknown, personal : int
        As in `PlainCells`, over all sheets.
    """

    sheets: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    formulas: int = 0
    unknown: int = 0
    personal: int = 0


def keep_values(package: Package, *, without: Collection[str] = (), functions: Collection[str] = ()) -> Plain:
    """Turn an opened workbook into one of values. Save it under another name: nothing brings the rest back.

    Hidden sheets go as well: who looks through a copy before sending it doesn't see them.

    Parameters
    ----------
    package : Package
        The workbook.
    without : collection of str
        Further sheets to leave out.
    functions : collection of str
        Functions that nobody who gets the copy has: rules that call them go.

    Raises
    ------
    WorkbookError
        If no sheet would be left, or a part is damaged.
    """
    strings, sheets = package.shared_strings, package.sheets
    cells = _personal_cells(package)
    staying = [s for s in sheets if s.state == "visible" and s.name not in without]
    if not staying:
        raise WorkbookError(f"{package.name} has no visible sheet to copy. Show one in Excel and save.")
    going = [s for s in sheets if s not in staying]
    lost = drop_relationships(package)
    book = parse_part(package.parts[package.workbook_part], package.workbook_part)
    missing = clean_book(book, [s.name for s in going], functions)
    strip_references(book, lost.get(package.workbook_part, frozenset()))
    package.replace(package.workbook_part, xml_bytes(book))
    for sheet in going:
        package.remove(sheet.part)
    remove_unreachable(package)
    told = Plain([s.name for s in staying], [s.name for s in going if s.state != "visible"])
    used: set[int] = set()
    for number, sheet in enumerate(staying):
        gone = lost.get(sheet.part, frozenset()) | _clean_notes(package, sheet)
        plain = _clean_sheet(package, sheet, gone, missing, cells[sheet.name], strings, number == active_sheet(book))
        told.formulas += plain.formulas
        told.unknown += plain.unknown
        told.personal += plain.personal
        used |= plain.strings
    _clean_parts(package, missing, lost, used)
    remove_unreachable(package)
    set_plain_types(package)
    return told


def _personal_cells(package: Package) -> dict[str, PersonalCells]:
    """By sheet, which cells are about buyers."""
    said: set[str] = set()
    for table in package.tables:
        for number in personal_columns(table.columns):
            column = table.area.left + number
            rows = read_area(package, table.sheet, table.data._replace(left=column, right=column))
            said |= telling([row[0] for row in rows])
    tables = {
        sheet.name: [(t.data, t.columns) for t in package.tables if t.sheet == sheet.name] for sheet in package.sheets
    }
    return {name: PersonalCells(found, frozenset(said)) for name, found in tables.items()}


def _clean_notes(package: Package, sheet: SheetRef) -> frozenset[str]:
    """A sheet's notes and old drawings; the ids of those that are gone."""
    gone: frozenset[str] = frozenset()
    for relationship in package.relationships(sheet.part):
        if relationship.kind == "comments" and relationship.target in package.parts:
            root = parse_part(package.parts[relationship.target], relationship.target)
            gone |= clean_comments(root)
            package.replace(relationship.target, xml_bytes(root))
    lost = set()
    for relationship in package.relationships(sheet.part):
        if relationship.kind == "vmlDrawing" and relationship.target in package.parts:
            data = clean_vml(package.parts[relationship.target], gone)
            if data is None:
                package.remove(relationship.target)
                lost.add(relationship.id)
            else:
                package.replace(relationship.target, data)
    return frozenset(lost)


def _clean_sheet(
    package: Package,
    sheet: SheetRef,
    lost: frozenset[str],
    missing: Missing,
    personal: PersonalCells,
    strings: list[str],
    active: bool,
) -> PlainCells:
    root = None
    if b"<sheetData" not in package.parts[sheet.part]:
        root = parse_part(package.parts[sheet.part], sheet.part)
    if root is not None and etree.QName(root).localname == "chartsheet":
        strip_references(root, lost)
        clean_sheet(root, missing, active=active)
        package.replace(sheet.part, xml_bytes(root))
        return PlainCells()
    frame = Frame(package.parts[sheet.part], f"Sheet {sheet.name}")
    strip_references(frame.root, lost)
    clean_sheet(frame.root, missing, active=active)
    told = make_plain(frame, personal, strings)
    package.replace(sheet.part, frame.to_bytes())
    return told


def _clean_parts(package: Package, missing: Missing, lost: dict[str, frozenset[str]], used: set[int]) -> None:
    """The parts that the sheets lead to, and the properties."""
    for part, kind in _kinds(package).items():
        data = package.parts[part]
        if kind == "core-properties":
            package.replace(part, clean_core(data, part))
        elif kind == "extended-properties":
            package.replace(part, APP_PROPERTIES)
        elif kind in ("table", "drawing", "chartUserShapes", "chart", "sharedStrings"):
            root = parse_part(data, part)
            strip_references(root, lost.get(part, frozenset()))
            if kind == "table":
                names = tuple(c.get("name", "") for c in root.iterfind("{*}tableColumns/{*}tableColumn"))
                clean_table(root, frozenset(personal_columns(names)))
            elif kind == "chart":
                clean_chart(root, missing)
            elif kind == "sharedStrings":
                clean_strings(root, used)
            else:
                clean_drawing(root)
            package.replace(part, xml_bytes(root))


def _kinds(package: Package) -> dict[str, str]:
    """By part, the kind of relationship that leads to it."""
    return {r.target: r.kind for part in ["", *package.parts] for r in package.relationships(part) if not r.external}
