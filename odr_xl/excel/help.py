"""Help of the formulas inside the workbook: what an argument is, and the group that the formulas are listed under.

Excel's function wizard (the fx button) shows both. A macro could set them with `Application.MacroOptions` when the
workbook opens; written into the file they are there before any macro has run. The description of a formula itself, and
the number of its group, stand in the VBA module (`odr_xl.excel.vba.wrappers`).

Nobody could try this in Microsoft Excel here. The form follows Microsoft's [MS-OFFMACRO2] 2.2.3.2 and 2.2.5.2 to
2.2.5.5, and agrees with a workbook that Excel saved (github.com/sohagdev/chat-gpt-add-in, xl/workbook.xml).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from lxml import etree

from odr_xl.errors import UsageError
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.vba.wrappers import BUILT_IN_GROUPS, FUNCTION_GROUP
from odr_xl.headless.markup import MAIN, parse, to_bytes
from odr_xl.headless.package import Package

#: The extension of workbook.xml that holds the arguments' descriptions ([MS-OFFMACRO2] 2.2.2.1.1).
EXTENSION: Final = "{8193D73E-4604-4355-AFF4-8A2333D13BE4}"
#: As Excel saves it; the specification names an older one (.../office/excel/2008/2/main) that no saved file here has.
X14: Final = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"

_MAX_TEXT = 255  # characters of a description ([MS-OFFMACRO2] 2.2.5.5)
_MAX_ARGUMENTS = 60  # descriptions of one function ([MS-OFFMACRO2] 2.2.5.4)
#: What may stand before the function groups in a workbook (ECMA-376 18.2.27): Excel repairs a file in another order.
_BEFORE_GROUPS: Final = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets")


def argument_help(function: Callable[..., object]) -> tuple[tuple[str, str], ...]:
    """Each argument of a formula with what it is, in the formula's order.

    Raises
    ------
    UsageError
        When an argument has no help, or one longer than the 255 characters that Excel keeps.

    >>> def ODR_STATUS(rate, warn=None): "A word for the rate."
    >>> argument_help(ODR_STATUS)[0]
    ('rate', 'is a rate as a fraction, such as the result of ODR')
    """
    told = []
    for name in inspect.signature(function).parameters:
        text = ARGUMENT_HELP.get(name, "")
        if not text:
            raise UsageError(f"The argument {name} of {function.__name__} has no help. Write it in ARGUMENT_HELP.")
        if len(text) > _MAX_TEXT:
            raise UsageError(
                f"The help of the argument {name} has {len(text)} characters, and Excel keeps 255. Shorten it."
            )
        told.append((name, text))
    if len(told) > _MAX_ARGUMENTS:
        raise UsageError(f"{function.__name__} has {len(told)} arguments, and Excel describes 60. Take some away.")
    return tuple(told)


def workbook_part_with_help(part: bytes, functions: Sequence[Callable[..., object]] = FORMULAS) -> bytes:
    """The part ``xl/workbook.xml`` with the formulas' group and the descriptions of their arguments.

    Parameters
    ----------
    part : bytes
        As XlsxWriter writes it: without function groups.
    functions : sequence of callable
        The formulas; each must be a function of the workbook's VBA project, under its own name.

    Raises
    ------
    UsageError
        When an argument has no help that Excel can keep; see `argument_help`.
    """
    root = parse(part, "xl/workbook.xml")
    before = [child for child in root if etree.QName(child).localname in _BEFORE_GROUPS]
    # The group is the first after Excel's own; the VBA module calls it by that number.
    groups = etree.Element(f"{{{MAIN}}}functionGroups", builtInGroupCount=str(BUILT_IN_GROUPS))
    etree.SubElement(groups, f"{{{MAIN}}}functionGroup", name=FUNCTION_GROUP)
    root.insert(root.index(before[-1]) + 1, groups)
    extensions = root.find(f"{{{MAIN}}}extLst")
    if extensions is None:
        extensions = etree.SubElement(root, f"{{{MAIN}}}extLst")  # always the last child
    # The prefix is declared on the extension itself, as Excel does; older programs skip the whole element.
    extension = etree.SubElement(extensions, f"{{{MAIN}}}ext", nsmap={"x14": X14}, uri=EXTENSION)
    # No <definedName function="1" vbProcedure="1"> stands beside these: a VBA function of the same name is enough
    # ([MS-OFFMACRO2] 2.2.5.3), Excel itself saves none, and another name of that kind would show in the Name Manager.
    names = etree.SubElement(extension, f"{{{X14}}}definedNames")
    # By name, as in the file that Excel saved; the specification asks for no order.
    for function in sorted(functions, key=lambda each: each.__name__):
        told = argument_help(function)
        if not told:
            continue  # the list of descriptions may not be empty
        name = etree.SubElement(names, f"{{{X14}}}definedName", name=function.__name__)
        descriptions = etree.SubElement(name, f"{{{X14}}}argumentDescriptions", count=str(len(told)))
        for index, (_, text) in enumerate(told):
            description = etree.SubElement(descriptions, f"{{{X14}}}argumentDescription", index=str(index))
            description.text = text
    return to_bytes(root)


def write_help(path: Path) -> None:
    """Put the help into a workbook that XlsxWriter, which can't write it, has just completed.

    Every other part keeps its bytes, and the zip its order and times, so that two builds are the same file.
    """
    package = Package.open(path)
    package.replace(package.workbook_part, workbook_part_with_help(package.parts[package.workbook_part]))
    package.save(backup=False)
