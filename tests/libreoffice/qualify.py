"""A copy of a workbook that LibreOffice can recalculate with our add-in, and that knows no result beforehand.

In a workbook of Excel's format Calc 7.4 recognises an add-in function only by its full name, a whole table only in the
long form ``tbl[[#All]]``, and no spill reference at all; and it wants the commas of ranges that are left out. The copy
says the same in Calc's words. Every stored result is taken out of it, so that a number in the recalculated copy can
only come from a calculation.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from addin import CalcName
from lxml import etree
from stored import MAIN, sheet_parts

_FORMULA_TAGS = ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula")
_FORMULA_PARTS = ("xl/worksheets/", "xl/tables/", "xl/workbook.xml", "xl/charts/")


def qualify(source: Path, target: Path, names: Mapping[str, CalcName]) -> None:
    """Write the copy; ``names`` is what Calc calls each formula (`addin.calc_names`)."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        roots = {
            info.filename: etree.fromstring(archive.read(info))
            for info in archive.infolist()
            if info.filename.startswith(_FORMULA_PARTS) and info.filename.endswith(".xml")
        }
        tables = [root.get("displayName") for root in roots.values() if root.tag == f"{MAIN}table"]
        parts = {part: name for name, part in sheet_parts(archive).items()}
        spills = {(name, ref): size for part, name in parts.items() for ref, size in _arrays(roots.get(part)).items()}
        for info in archive.infolist():
            root = roots.get(info.filename)
            if root is None:
                copy.writestr(info, archive.read(info))
                continue
            rewrite = _rewriter(names, tables, spills, parts.get(info.filename, ""))
            for element in root.iter(*(f"{{*}}{tag}" for tag in _FORMULA_TAGS)):
                if element.text:
                    element.text = rewrite(element.text)
                if element.get("t") == "array" and any(name.full in element.text for name in names.values()):
                    element.text = _with_own_texts(element.text)
            if info.filename in parts:
                _forget_results(root)
            copy.writestr(info, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _arrays(root: etree._Element | None) -> dict[str, str]:
    if root is None:
        return {}
    formulas = (f for f in root.iter(f"{MAIN}f") if f.get("t") == "array")
    return {f.getparent().get("r"): f.get("ref") for f in formulas}


def _rewriter(
    names: Mapping[str, CalcName], tables: list[str], spills: Mapping[tuple[str, str], str], own_sheet: str
) -> Callable[[str], str]:
    """Function that rewrites one formula; texts, quoted sheet names and column names stay as they are."""
    longest_first = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    table_names = "|".join(sorted(map(re.escape, tables), key=len, reverse=True)) or "(?!)"
    pattern = re.compile(
        rf"""
        (?P<spill>_xlfn\.ANCHORARRAY\( (?P<sheet>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)? (?P<cell>\$?[A-Z]+\$?\d+) \))
        | "(?:[^"]|"")*" | '(?:[^']|'')*'
        | (?<![\[,\s])\[\#(?P<item>All|Data|Headers|Totals)\]
        | \[[^\[\]]*\]
        | (?<![\w.])(?:_xldudf_|_xludf\.|_xlfn\.)?(?P<name>{longest_first})(?=\()
        | (?<![\w.!])(?P<table>{table_names})(?![\w.\[(!])
        | (?P<single>_xlfn\.SINGLE)(?=\()
        """,
        re.VERBOSE | re.IGNORECASE,
    )
    upper = {name.upper(): name_in_calc.full for name, name_in_calc in names.items()}
    wanted = {name.full: name.parameters for name in names.values()}

    def replace(match: re.Match[str]) -> str:
        if match["spill"]:
            sheet = (match["sheet"] or "")[:-1].strip("'").replace("''", "'") or own_sheet
            size = spills.get((sheet, match["cell"].replace("$", "")))
            return match[0] if size is None else f"{match['sheet'] or ''}{size}"
        if match["item"]:
            return f"[[#{match['item']}]]"
        if match["name"]:
            return upper[match["name"].upper()]
        if match["table"]:
            return f"{match['table']}[[#Data]]"  # to Calc a bare table name includes its header row
        return "" if match["single"] else match[0]

    return lambda formula: _fill_up(pattern.sub(replace, formula), wanted)


def _with_own_texts(formula: str) -> str:
    """The same array with texts that Calc made itself.

    A text in an add-in's array never equals another one to Calc's = and COUNTIF, whatever it says; a joined one does.
    """
    return f'IF(ISTEXT({formula}),{formula}&"",{formula})'


def _fill_up(formula: str, parameters: Mapping[str, int]) -> str:
    """Write the commas of the arguments that each call of our functions leaves out at its end."""
    calls = re.compile("|".join(map(re.escape, sorted(parameters, key=len, reverse=True))) + r"(?=\()")
    for call in reversed(list(calls.finditer(formula))):
        depth, commas, end = 0, 0, 0
        for token in re.compile(r"\"[^\"]*\"|'[^']*'|[\[({})\],]").finditer(formula, call.end()):
            depth += (token[0] in "[({") - (token[0] in "])}")
            commas += token[0] == "," and depth == 1
            if depth == 0:
                end = token.start()
                break
        formula = formula[:end] + "," * (parameters[call[0]] - 1 - commas) + formula[end:]
    return formula


def _forget_results(root: etree._Element) -> None:
    areas = [_area(size) for size in _arrays(root).values()]
    by_row: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in areas:
        for row in range(top, bottom + 1):
            by_row.setdefault(row, []).append((left, right))
    for cell in root.iter(f"{MAIN}c"):
        row, column = _position(cell.get("r"))
        spilled = any(left <= column <= right for left, right in by_row.get(row, ()))
        if cell.find(f"{MAIN}f") is None and not spilled:
            continue
        for child in [c for c in cell if c.tag in (f"{MAIN}v", f"{MAIN}is")]:
            cell.remove(child)
        cell.attrib.pop("t", None)


def _area(size: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, _, last = size.partition(":")
    return _position(first), _position(last or first)


def _position(ref: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", ref).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column
