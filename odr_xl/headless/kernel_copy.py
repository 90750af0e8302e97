"""The temporary copy that the engine for native formulas reads: formulas, and only the values they need.

Loading 100,000 rows into the engine takes seconds. Columns that no native formula refers to are therefore left out,
and so are our own formulas, whose results the engine is told.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

from lxml import etree

from odr_xl.headless.address import Area, cell_ref, column_letters
from odr_xl.headless.calls import function_name, replace_spans, tokens
from odr_xl.headless.grid import read_area, used_area
from odr_xl.headless.needed import NeededColumns
from odr_xl.headless.package import Package, SheetRef, parse_part, xml_bytes
from odr_xl.headless.references import Cell
from odr_xl.headless.sheet import Formula
from odr_xl.headless.values import ErrorValue, content, escape_text

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EMPTY_SHEET = f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'.encode()
_HARMLESS = re.compile("[ -%'-;=?-^`-~]*")  # text that XML can hold as it is
_CLOCK = re.compile("TODAY|NOW", re.IGNORECASE)


def kernel_copy(
    package: Package,
    formulas: Mapping[Cell, Formula],
    own: Collection[Cell],
    needed: NeededColumns,
    scratch: Sequence[str],
) -> bytes:
    """The copy, as xlsx.

    Parameters
    ----------
    package : Package
        The workbook.
    formulas : mapping of Cell to Formula
        All its formulas.
    own : collection of Cell
        Those cells whose formulas are ours; they are left blank.
    needed : NeededColumns
        The columns whose constants the native formulas refer to.
    scratch : sequence of str
        Names of empty sheets to add at the end.
    """
    by_sheet: dict[str, dict[Cell, Formula]] = {}
    for cell, formula in formulas.items():
        by_sheet.setdefault(cell.sheet, {})[cell] = formula
    new: dict[str, bytes] = {}
    # A sheet that is a chart has no cells, but keeps its place: names belong to sheets by number.
    charts = {sheet.part for sheet in package.sheets} - {sheet.part for sheet in worksheets(package)}
    for sheet in package.sheets:
        if sheet.part in charts:
            new[sheet.part] = _EMPTY_SHEET
        else:
            new[sheet.part] = _sheet_xml(package, sheet.name, by_sheet.get(sheet.name, {}), own, needed)
    added = _with_sheets(package, scratch, charts, new)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in package.parts:
            if _read_by_engine(name):
                archive.writestr(name, new.get(name) or package.parts[name])
        for name in added:
            archive.writestr(name, new[name])
    return buffer.getvalue()


def worksheets(package: Package) -> list[SheetRef]:
    """The sheets that have cells: chart sheets are left out."""
    links = package.relationships(package.workbook_part)
    parts = {link.target for link in links if link.kind == "worksheet"}
    return [sheet for sheet in package.sheets if sheet.part in parts]


def _read_by_engine(part: str) -> bool:
    """Pictures, charts and macros hold nothing that a formula could ask for."""
    return not part.startswith(("xl/media/", "xl/charts/", "xl/drawings/", "xl/vbaProject", "customXml/"))


def _sheet_xml(
    package: Package,
    sheet: str,
    formulas: Mapping[Cell, Formula],
    own: Collection[Cell],
    needed: NeededColumns,
) -> bytes:
    cells: dict[int, dict[int, str]] = {}
    _add_constants(package, sheet, formulas, needed, cells)
    for cell, formula in formulas.items():
        row = cells.setdefault(cell.row, {})
        if cell in own:
            row.pop(cell.column, None)
        else:
            row[cell.column] = _formula_xml(cell, formula)
    rows = "".join(
        f'<row r="{number}">' + "".join(row[column] for column in sorted(row)) + "</row>"
        for number, row in sorted(cells.items())
        if row
    )
    tables = [link.id for link in package.relationships(package.sheet(sheet).part) if link.kind == "table"]
    parts = "".join(f'<tablePart r:id="{escape(name)}"/>' for name in tables)
    table_parts = f'<tableParts count="{len(tables)}">{parts}</tableParts>' if tables else ""
    return (
        f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONSHIPS}"><sheetData>{rows}</sheetData>{table_parts}</worksheet>'
    ).encode()


def _add_constants(
    package: Package,
    sheet: str,
    formulas: Mapping[Cell, Formula],
    needed: NeededColumns,
    cells: dict[int, dict[int, str]],
) -> None:
    if not needed.any(sheet):
        return  # finding the used area alone takes a second on a large sheet
    used = used_area(package, sheet)
    if used is None:
        return
    # What an array formula covers is its result and no constant.
    spreads = [Area.parse(formula.ref) for formula in formulas.values() if formula.kind == "array"]
    constant = _Constants(package.date1904)
    for first, last in _runs(needed.within(sheet, used)):
        letters = [column_letters(column) for column in range(first, last + 1)]
        hidden = [area for area in spreads if area.left <= last and area.right >= first]
        block = read_area(package, sheet, Area(used.top, first, used.bottom, last))
        for number, values in enumerate(block, used.top):
            row = {
                column: constant.xml(f"{letter}{number}", value)
                for column, (letter, value) in enumerate(zip(letters, values, strict=True), first)
                if value is not None and not (hidden and any(area.holds(number, column) for area in hidden))
            }
            if row:
                cells.setdefault(number, {}).update(row)


def _runs(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring columns as first and last: 1, 2, 5 is (1, 2), (5, 5)."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


class _Constants:
    """Writes constants; a report's 100,000 dates are few different ones, so each is turned into a serial once."""

    def __init__(self, date1904: bool) -> None:
        self._date1904 = date1904
        self._dates: dict[object, str] = {}

    def xml(self, ref: str, value: object) -> str:
        """The cell `ref` with `value`."""
        if isinstance(value, str) and not isinstance(value, ErrorValue):
            # A text that only looks like an error stays a text.
            text = value if _HARMLESS.fullmatch(value) else escape(escape_text(value))
            return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        if type(value) is float:
            return f'<c r="{ref}"><v>{value!r}</v></c>'
        if isinstance(value, date):
            number = self._dates.get(value)
            if number is None:
                number = self._dates[value] = content(value, self._date1904).text
            return f'<c r="{ref}"><v>{number}</v></c>'
        kind, text = content(value, self._date1904)
        return f'<c r="{ref}" t="{kind or "n"}"><v>{text}</v></c>'


def _formula_xml(cell: Cell, formula: Formula) -> str:
    text = escape(formula.text)
    ref = cell_ref(cell.row, cell.column)
    # The engine wants a value, whatever it is, and calculates it anew.
    if formula.kind != "array":
        return f'<c r="{ref}"><f>{text}</f><v>0</v></c>'
    mark = ' cm="1"' if formula.dynamic else ""
    # A dynamic array finds its size itself; told an old, larger one it would keep stale cells.
    area = ref if formula.dynamic else formula.ref
    return f'<c r="{ref}"{mark}><f t="array" ref="{area}">{text}</f><v>0</v></c>'


def with_moment(text: str, moment: date) -> str:
    """The formula with TODAY() and NOW() replaced by `moment`: a clock that runs on would never let formulas rest."""
    if not _CLOCK.search(text):
        return text
    words = tokens(text)
    day = f"DATE({moment.year},{moment.month},{moment.day})"
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second if isinstance(moment, datetime) else 0
    meaning = {"TODAY": day, "NOW": f"({day}+{seconds}/86400)" if seconds else day}
    swaps = [
        (word.start, words[position + 2].end, meaning[function_name(word.text)])
        for position, word in enumerate(words)
        if word.kind == "function"
        and function_name(word.text) in meaning
        and [near.text for near in words[position + 1 : position + 3]] == ["(", ")"]
    ]
    return replace_spans(text, swaps)


def _with_sheets(package: Package, names: Sequence[str], charts: Collection[str], new: dict[str, bytes]) -> list[str]:
    """Enter empty sheets into the workbook's lists; the names of their parts."""
    workbook_part = package.workbook_part
    folder, _, file = workbook_part.rpartition("/")
    links_part = f"{folder}/_rels/{file}.rels"
    workbook = parse_part(package.parts[workbook_part], workbook_part)
    links = parse_part(package.parts[links_part], links_part)
    types = parse_part(package.parts["[Content_Types].xml"], "[Content_Types].xml")
    sheets = workbook.find("{*}sheets")
    if sheets is None:
        sheets = etree.SubElement(workbook, f"{{{_MAIN}}}sheets")
    for link in links:
        if link.get("Type", "").endswith("/chartsheet"):
            link.set("Type", f"{_RELATIONSHIPS}/worksheet")
    for override in types:
        if override.get("PartName", "").lstrip("/") in charts:
            override.set("ContentType", _SHEET_TYPE)
    added = []
    identity = max([0, *(int(sheet.get("sheetId", "0")) for sheet in sheets)])
    for number, name in enumerate(names, 1):
        part = f"{folder}/worksheets/odr_xl_scratch{number}.xml"
        identifier = f"odrXlScratch{number}"
        namespace = etree.QName(workbook).namespace
        sheet = etree.SubElement(sheets, f"{{{namespace}}}sheet", name=name, sheetId=str(identity + number))
        sheet.set(f"{{{_RELATIONSHIPS}}}id", identifier)
        etree.SubElement(
            links, f"{{{etree.QName(links).namespace}}}Relationship", Id=identifier, Target=f"/{part}",
            Type=f"{_RELATIONSHIPS}/worksheet",
        )  # fmt: skip
        etree.SubElement(
            types, f"{{{etree.QName(types).namespace}}}Override", PartName=f"/{part}", ContentType=_SHEET_TYPE
        )
        new[part] = _EMPTY_SHEET
        added.append(part)
    for name, root in ((workbook_part, workbook), (links_part, links), ("[Content_Types].xml", types)):
        new[name] = xml_bytes(root)
    return added
