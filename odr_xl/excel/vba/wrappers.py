"""The VBA module `xlwings_udfs`: one VBA function for every Python function, which hands the call to Python.

xlwings writes this module itself when a seller presses "Import Functions" in Excel on Windows. It is written
here, in the same form, so that the workbook is complete when it is built, on any system. Two things differ:
errors come back as Excel's own errors, and the functions' help is in the module. The module also carries a hash of
itself, so that Python can tell whether a workbook's wrappers are those of its own version.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable, Sequence
from typing import Final

from odr_xl.errors import UsageError
from odr_xl.excel.vba.names import check_functions

MODULE_NAME = "xlwings_udfs"
PYTHON_MODULE = "odr_xl.excel.functions"
#: Constant of the module with its hash; a formula that wants it is given it by its wrapper.
HASH_NAME = "WrappersHash"

#: What the function wizard lists the formulas under.
FUNCTION_GROUP: Final = "Amazon ODR"
#: Groups of Excel 2013 to 365 themselves, as workbooks saved by it say; the workbook says the same.
BUILT_IN_GROUPS: Final = 19
# The workbook's own groups have the numbers after those ([MS-XLSB] 2.5.52); so Excel saves " \n20" for the first of
# them (github.com/EszopiCoder/excel-rx-fx-library, VBComponents/modDM.bas, whose group is "RxCalc").
_GROUP_NUMBER = BUILT_IN_GROUPS + 1

_MAX_HELP = 255  # characters of a description that Excel keeps
_MAX_LINE = 1023  # characters of a line that the VBA editor takes
_HEADER = (
    f'Attribute VB_Name = "{MODULE_NAME}"',
    "'Written when the workbook was built, in the form of xlwings' own generator.",
    '\'Do not press "Import Functions": it would replace this module, and errors would become text.',
    '#Const App = "Microsoft Excel" \'Adjust when using outside of Excel',
)
_HASH = re.compile(rf'(?im)^[ \t]*Private[ \t]+Const[ \t]+{HASH_NAME}[ \t]+As[ \t]+String[ \t]*=[ \t]*"(\w*)"[ \t\r]*$')
_HASH_LENGTH = 12


def function_help(function: Callable[..., object]) -> str:
    """The first line of a function's docstring, as Excel shows it in the function wizard.

    Raises
    ------
    UsageError
        No docstring, more than 255 characters, or a character outside ASCII, which the VBA project's
        code page may not have.
    """
    name = function.__name__
    lines = (inspect.getdoc(function) or "").splitlines()
    text = lines[0].strip() if lines else ""
    if not text:
        raise UsageError(f"The function {name} has no docstring, and Excel shows its first line as the help.")
    if len(text) > _MAX_HELP:
        raise UsageError(f"The help of {name} has {len(text)} characters, and Excel keeps 255. Shorten the first line.")
    if not text.isascii():
        strange = next(character for character in text if not character.isascii())
        raise UsageError(f'The help of {name} contains "{strange}", which VBA may not have. Use plain letters.')
    return text


def _argument(parameter: inspect.Parameter) -> str:
    return parameter.name if parameter.default is inspect.Parameter.empty else f"Optional {parameter.name}"


def _wrapper(function: Callable[..., object], module: str) -> list[str]:
    name = function.__name__
    parameters = inspect.signature(function).parameters
    # Doubled quotes are VBA's own escape inside a text.
    help_text = function_help(function).replace('"', '""')
    given = [*parameters, *([HASH_NAME] if getattr(function, "filled", "") else [])]
    call = f'XLPy.CallUDF("{module}", "{name}", Array({", ".join(given)})'
    return [
        f"Function {name}({', '.join(_argument(parameter) for parameter in parameters.values())})",
        # In the form of the two lines that Excel saves after MacroOptions with a description and a category's name.
        f'Attribute {name}.VB_Description = "{help_text}"',
        f'Attribute {name}.VB_ProcData.VB_Invoke_Func = " \\n{_GROUP_NUMBER}"',
        '    #If App = "Microsoft Excel" Then',
        # Outside a cell the error goes to the macro that called.
        "        If TypeOf Application.Caller Is Range Then On Error GoTo failed",
        f"        {name} = OdrErrors.ToCells({call}, ThisWorkbook, Application.Caller))",
        "        Exit Function",
        "    #Else",
        f"        {name} = OdrErrors.ToCells({call}))",
        "        Exit Function",
        "    #End If",
        "failed:",
        f'    {name} = OdrErrors.Failed("{name}", Err.Description)',
        "End Function",
        "",
    ]


def wrapper_module(functions: Sequence[Callable[..., object]], module: str = PYTHON_MODULE) -> str:
    """The text of the VBA module `xlwings_udfs`.

    Parameters
    ----------
    functions : sequence of callable
        Each becomes a formula of its own name; its parameters become the arguments, and one with a default is
        optional. The first line of the docstring is the help.
    module : str
        The module that xlwings imports the functions from; there each must be decorated with ``xlwings.func``.

    Returns
    -------
    str
        VBA source with CRLF line ends, ASCII only.

    Raises
    ------
    UsageError
        A name or help text that VBA can't have; see `odr_xl.excel.vba.names`.
    """
    check_functions(functions)
    if not all(part.isidentifier() and part.isascii() for part in module.split(".")):
        raise UsageError(f'"{module}" isn\'t the name of a Python module.')
    lines = [*_HEADER, f'Private Const {HASH_NAME} As String = ""']
    for function in functions:
        lines += _wrapper(function, module)
    too_long = next((line for line in lines if len(line) > _MAX_LINE), None)
    if too_long is not None:
        raise UsageError(f'A line of VBA has 1023 characters at most; this one is longer: "{too_long[:80]}..."')
    text = "\r\n".join(lines) + "\r\n"
    return text.replace(f'{HASH_NAME} As String = ""', f'{HASH_NAME} As String = "{wrappers_hash(text)}"', 1)


def wrappers_hash(text: str) -> str:
    """Hash of a wrapper module: of its functions, their arguments and their calls.

    The VBA editor changes the case of names and the blanks between words as it likes, and Excel rewrites the lines
    with the help: none of them counts, nor does the hash that stands in the module.

    >>> wrappers_hash("Function ODR(orders)") == wrappers_hash("function  odr( Orders )\\r\\n' a remark\\r\\n")
    True
    """
    lines = (line.strip() for line in _HASH.sub("", text).splitlines())
    kept = (line for line in lines if line and not line.startswith(("'", "Attribute ")))
    told = "\n".join(re.sub(r"[ \t]+", "", line).lower() for line in kept)
    return hashlib.sha256(told.encode()).hexdigest()[:_HASH_LENGTH]


def stated_hash(text: str) -> str:
    """The hash that stands in a wrapper module; "" when none does, as in one that xlwings itself wrote."""
    found = _HASH.search(text)
    return found[1] if found else ""
