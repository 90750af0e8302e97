"""A workbook's formulas as they have to be calculated, and what they need."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from odr_xl.errors import WorkbookError
from odr_xl.headless.arguments import OwnCell, Template, template, templates
from odr_xl.headless.calls import find_calls, function_name, tokens
from odr_xl.headless.dependencies import slots_of
from odr_xl.headless.kernel import lacking_functions
from odr_xl.headless.kernel_copy import with_moment, worksheets
from odr_xl.headless.needed import NeededColumns
from odr_xl.headless.package import Package
from odr_xl.headless.references import Cell, Mentions, References
from odr_xl.headless.sheet import Formula, Sheet

_EXTERNAL = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Formulas:
    """A workbook's formulas: all of them, those with our calls, what the others mention, who uses which function."""

    all: dict[Cell, Formula]
    own: dict[Cell, OwnCell]
    mentions: dict[Cell, Mentions]
    users: dict[str, Cell]


def read_formulas(package: Package, names: Collection[str], references: References, moment: date) -> Formulas:
    """Every formula that can be calculated here: those with another workbook's cells keep their values.

    Each is looked at once: a table can hold 100,000.
    """
    found = Formulas({}, {}, {}, {})
    for sheet in worksheets(package):
        if b"<f" not in package.parts[sheet.part]:
            continue  # most large sheets hold none
        for (row, column), formula in Sheet(package, sheet.name).formulas().items():
            if not formula.text or _is_external(formula.text):
                continue
            cell = Cell(sheet.name, row, column)
            text = with_moment(references.spelled_out(formula.text, cell), moment)
            found.all[cell] = formula if text == formula.text else replace(formula, text=text)
            if find_calls(text, names):
                found.own[cell] = OwnCell(cell, formula, template(text, cell, names, references))
            else:
                found.mentions[cell] = references.mentions(text, cell)
            for word in tokens(text):
                if word.kind == "function" and not word.text.lower().startswith("_xlpm."):
                    found.users.setdefault(function_name(word.text), cell)
    return found


def _is_external(text: str) -> bool:
    return _EXTERNAL.search(text) is not None and any(
        word.kind in ("cell", "name") and word.text.lstrip("'").startswith("[") and not word.text.startswith("[0]")
        for word in tokens(text)
    )


def refuse_unknown(users: Mapping[str, Cell], own: Mapping[Cell, OwnCell], package: Package) -> None:
    """Raise a WorkbookError that names the cells whose functions only Excel knows."""
    ours = {slot.name for cell in own.values() for slot in slots_of(cell)}
    named = {name.name.upper() for name in package.defined_names}  # a name can be a LAMBDA
    lacking = lacking_functions(users.keys() - ours - named)
    if lacking:
        places = ", ".join(f"{users[name]} ({name})" for name in sorted(lacking))
        raise WorkbookError(
            f"These cells use functions that can only be calculated in Excel: {places}. Use other functions there."
        )


def needed_columns(
    package: Package,
    formulas: Mapping[Cell, Formula],
    own: Mapping[Cell, OwnCell],
    mentions: Mapping[Cell, Mentions],
    questions: list[Template],
) -> NeededColumns:
    """What the engine has to be given: what native formulas, calculated arguments and charts\' names refer to."""
    needed = NeededColumns([sheet.name for sheet in package.sheets])
    for found in mentions.values():
        needed.add(found)
    for own_cell in own.values():
        needed.add(own_cell.template.mentions)
        for slot in slots_of(own_cell):
            for argument in templates(slot):
                needed.add(argument.mentions)
    for question in questions:
        needed.add(question.mentions)
    for cell, formula in formulas.items():
        # The engine must see whatever could be in a dynamic array's way.
        if formula.dynamic and not (cell in own and own[cell].alone):
            needed.add_sheet(cell.sheet)
    return needed
