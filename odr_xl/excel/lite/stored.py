"""Formulas as a workbook for xlwings Lite stores them: ``=ODR(A1:F9)`` is ``_xldudf_ODR(A1:F9)`` in the file.

Excel writes the functions of an add-in behind that word, and shows it to a seller only while the add-in isn't running.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from odr_xl.excel.functions import FORMULAS
from odr_xl.headless.calls import function_name, replace_spans, tokens
from odr_xl.headless.markup import MAIN, parse, to_bytes
from odr_xl.headless.package import Package

PREFIX: Final = "_xldudf_"
_OURS: Final = frozenset(function.__name__ for function in FORMULAS)
#: Every formula's name as it is stored, by name.
STORED_NAMES: Final = tuple(f"{PREFIX}{name}" for name in sorted(_OURS))


def stored_formula(formula: str) -> str:
    """A formula with the names of our functions as the file holds them.

    >>> stored_formula('IFERROR(ODR(A1:B9,,,,"ODR(1)"),ROWS(A1))')
    'IFERROR(_xldudf_ODR(A1:B9,,,,"ODR(1)"),ROWS(A1))'
    """
    ours = [word for word in tokens(formula) if word.kind == "function" and function_name(word.text) in _OURS]
    return replace_spans(formula, ((word.start, word.end, f"{PREFIX}{function_name(word.text)}") for word in ours))


def store_formulas(package: Package) -> int:
    """Write every formula of a workbook in that form, and return how many were changed."""
    changed = 0
    for sheet in package.sheets:
        root = parse(package.parts[sheet.part], sheet.part)
        before = changed
        for formula in root.iter(f"{{{MAIN}}}f"):
            changed += _store(formula)
        if changed > before:
            package.replace(sheet.part, to_bytes(root))
    return changed


def _store(formula: etree._Element) -> bool:
    text = formula.text or ""
    stored = stored_formula(text)
    formula.text = stored or None
    return stored != text
