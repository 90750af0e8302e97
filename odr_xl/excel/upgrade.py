"""A seller's workbook given the macros of this version; whatever else is in it keeps its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from odr_xl.errors import UsageError, WorkbookError
from odr_xl.excel.sheets.configuration import MODULES, lost_interpreter, set_interpreter, stored_configuration
from odr_xl.excel.vba.project import WORKBOOK_MODULE, vba_project
from odr_xl.excel.vba.stored import StoredProject
from odr_xl.headless.frame import Frame
from odr_xl.headless.markup import parse
from odr_xl.headless.package import Package, SheetRef

_PROJECT: Final = "vbaProject"
_SIGNATURE: Final = "vbaProjectSignature"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did.

    Attributes
    ----------
    macros, interpreter : bool
        Whether the macros, and the Python that the workbook names, are others now.
    notes : tuple of str
        Sentences about what the seller should look at.
    lost_interpreter : str or None
        The Python that the workbook names, when it isn't on this computer.
    """

    macros: bool
    interpreter: bool
    notes: tuple[str, ...]
    lost_interpreter: str | None


def upgrade_workbook(path: Path, *, interpreter: str | None = None, backup: bool = True) -> Upgrade:
    """Swap the VBA project of a workbook of ours for the one that this version makes, and save it in place.

    Every other part keeps its bytes. A workbook whose macros say the same already isn't written.

    Parameters
    ----------
    path : Path
        The workbook.
    interpreter : str, optional
        A Python that the workbook names from now on; it may begin with an environment variable.
    backup : bool
        Whether the old workbook stays beside it.

    Raises
    ------
    UsageError
        If the file's name doesn't end in ``.xlsm``.
    WorkbookError
        If it can't be read, isn't one of ours, is signed, holds macros of somebody else, or is open in Excel.
    """
    if path.suffix.lower() != ".xlsm":
        raise UsageError(f"{path.name} holds no macros: only the macros of an .xlsm workbook can be upgraded.")
    package = Package.open(path)
    part = package.related(package.workbook_part, _PROJECT)
    stored = stored_configuration(package)
    if part is None or not stored:
        raise _not_ours(path.name)
    old = StoredProject.read(package.parts[part], path.name)
    if not old.is_ours or "odr_xl" not in stored.get(MODULES.upper(), ""):
        raise _not_ours(path.name)
    if any(r.kind.startswith(_SIGNATURE) for r in package.relationships(part)):
        raise WorkbookError(
            f"The macros of {path.name} are signed, and new ones would break the signature. Remove it in Excel "
            "(Alt+F11, Tools > Digital Signature), save, and sign again after the upgrade."
        )
    foreign = old.foreign_code()
    if foreign:
        raise WorkbookError(
            f"{path.name} holds macros that odr-xl didn't write: {', '.join(foreign)}. Export them in Excel (Alt+F11, "
            "File > Export File), remove them, save, upgrade, and import them again."
        )
    container = _new_project(package)
    new = StoredProject.read(container, path.name)
    notes: tuple[str, ...] = ()
    if not old.says_the_same(new):
        package.replace(part, container)
        notes = tuple(_changed_formulas(old.formulas(), new.formulas()))
    macros = bool(package.changed)
    if interpreter is not None:
        set_interpreter(package, interpreter)
    changed = package.changed
    if changed:
        package.save(path, backup=backup)
    return Upgrade(
        macros=macros,
        interpreter=bool(changed - {part}),
        notes=notes,
        lost_interpreter=lost_interpreter(stored_configuration(package)),
    )


def _not_ours(name: str) -> WorkbookError:
    return WorkbookError(f"{name} isn't a workbook that odr-xl made, so it was left alone. Make one with: odr-xl new.")


def _new_project(package: Package) -> bytes:
    """This version's project, with a module for every sheet that the workbook has now."""
    book = parse(package.parts[package.workbook_part], package.workbook_part)
    properties = book.find("{*}workbookPr")
    code = None if properties is None else properties.get("codeName")
    if code != WORKBOOK_MODULE:
        raise WorkbookError(
            f'{package.name} is called "{code or ""}" in the macro editor, and the macros need the name '
            f"{WORKBOOK_MODULE}. Open it in Excel, press Alt+F11, set (Name) to {WORKBOOK_MODULE}, and save."
        )
    named = [(sheet, *_code_name(package, sheet)) for sheet in package.sheets]
    try:
        return vba_project([code for _, code, _ in named], chart_sheets=[code for _, code, chart in named if chart])
    except UsageError as error:
        raise WorkbookError(
            f"A sheet of {package.name} has a name in the macro editor that new macros can't take. {error} Press "
            "Alt+F11 in Excel, change (Name) of that sheet, and save."
        ) from error


def _code_name(package: Package, sheet: SheetRef) -> tuple[str, bool]:
    """What the macros call a sheet, and whether it's a chart without cells."""
    data, place = package.parts[sheet.part], f"Sheet {sheet.name}"
    kinds = {r.target: r.kind for r in package.relationships(package.workbook_part)}
    chart = kinds.get(sheet.part) == "chartsheet"
    # A frame, since a hundred megabytes of rows needn't be parsed for a name at their head.
    root = parse(data, place) if chart else Frame(data, place).root
    properties = root.find("{*}sheetPr")
    code = None if properties is None else properties.get("codeName")
    if not code:
        raise WorkbookError(
            f'The macros of {package.name} have no name for the sheet "{sheet.name}". Open it in Excel, save it, '
            "and run the command again."
        )
    return code, chart


def _changed_formulas(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Sentences about formulas whose cells would break or mean something else."""
    arguments = {name.lower(): (name, names) for name, names in new.items()}
    for name, before in old.items():
        if name.lower() not in arguments:
            yield f"This version has no formula {name}: cells that use it show #NAME?."
            continue
        now = arguments[name.lower()][1]
        if [each.lower() for each in before] != [each.lower() for each in now[: len(before)]]:
            yield (
                f"The arguments of {name} are others: they were {', '.join(before)}, and are {', '.join(now)}. "
                "Look at the cells that use it."
            )
