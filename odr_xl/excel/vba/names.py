"""Which names a formula and its arguments may have, so that the workbook's VBA compiles.

A Python name becomes a VBA identifier and a name in Excel at once. xlwings checks neither, and a single
bad one is a compile error that disables every formula in the workbook; the build therefore refuses it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Sequence

from odr_xl.errors import UsageError

_MAX_IDENTIFIER = 255  # MS-VBAL 3.3.5: characters in an identifier
_MAX_MODULE = 31  # a module's name is also a stream's name in the container: MS-CFB 2.6.1
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576  # XFD1048576, the last cell of a sheet

# MS-VBAL 3.3.5.2, the closed set of reserved identifiers, in the specification's own groups.
_STATEMENTS = """
    Call Case Close Const Declare DefBool DefByte DefCur DefDate DefDbl DefInt DefLng DefLngLng DefLngPtr DefObj
    DefSng DefStr DefVar Dim Do Else ElseIf End EndIf Enum Erase Event Exit For Friend Function Get Global GoSub
    GoTo If Implements Input Let Lock Loop LSet Next On Open Option Print Private Public Put RaiseEvent ReDim
    Resume Return RSet Seek Select Set Static Stop Sub Type Unlock Wend While With Write Rem"""
_MARKERS = """
    Any As ByRef ByVal Case Each Else In New Shared Until WithEvents Write Optional ParamArray Preserve Spc Tab
    Then To"""
_OPERATORS = "AddressOf And Eqv Imp Is Like New Mod Not Or TypeOf Xor"
_FUNCTIONS = """
    Abs CBool CByte CCur CDate CDbl CDec CInt CLng CLngLng CLngPtr CSng CStr CVar CVErr Date Debug DoEvents Fix
    Int Len LenB Me PSet Scale Sgn String Array Circle Input InputB LBound UBound"""
_TYPES = "Boolean Byte Currency Date Double Integer Long LongLong LongPtr Single String Variant"
_LITERALS = "True False Nothing Empty Null"
_ATTRIBUTES = """
    Attribute LINEINPUT VB_Base VB_Control VB_Creatable VB_Customizable VB_Description VB_Exposed VB_Ext_KEY
    VB_GlobalNameSpace VB_HelpID VB_Invoke_Func VB_Invoke_Property VB_Invoke_PropertyPut VB_Invoke_PropertyPutRef
    VB_MemberFlags VB_Name VB_PredeclaredId VB_ProcData VB_TemplateDerived VB_UserMemId VB_VarDescription
    VB_VarHelpID VB_VarMemberFlags VB_VarProcData VB_VarUserMemId"""
_FUTURE = "CDecl Decimal DefDec"
# Legal by the specification, but each begins a statement of its own or names a type; nothing is lost by
# refusing them. `step` isn't here: it means something only inside a For statement.
_STATEMENT_STARTS = "Class Error Line Mid MidB Name Object Property Width"

RESERVED = frozenset(
    word.lower()
    for group in (
        _STATEMENTS,
        _MARKERS,
        _OPERATORS,
        _FUNCTIONS,
        _TYPES,
        _LITERALS,
        _ATTRIBUTES,
        _FUTURE,
        _STATEMENT_STARTS,
    )
    for word in group.split()
)
# Names that the generated wrapper itself uses: an argument of that name would hide them inside it.
# xlwings fills an argument called `caller` itself and leaves it out of the formula.
_USED_BY_WRAPPER = frozenset(
    {"app", "application", "caller", "err", "failed", "odrerrors", "range", "thisworkbook", "wrappershash", "xlpy"}
)

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_A1 = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_R1C1 = re.compile(r"(?:R[0-9]*)?(?:C[0-9]*)?", re.IGNORECASE)


def check_identifier(name: str, what: str) -> None:
    """Refuse a name that VBA can't have.

    Parameters
    ----------
    name : str
        The name as it stands in Python.
    what : str
        What it names, as the sentence starts: ``function``, ``argument of ODR``.

    Raises
    ------
    UsageError
        The sentence gives the name and the reason.
    """
    if name.startswith("_"):
        raise UsageError(f'The {what} "{name}" starts with an underscore, and a VBA name starts with a letter.')
    if not _IDENTIFIER.fullmatch(name):
        raise UsageError(f'The {what} "{name}" needs another name: VBA takes only A-Z, 0-9 and _, and a letter first.')
    if len(name) > _MAX_IDENTIFIER:
        raise UsageError(f'The {what} "{name[:40]}..." has {len(name)} characters, and VBA takes 255 at most.')
    if name.lower() in RESERVED:
        raise UsageError(f'The {what} "{name}" has the name of a VBA keyword. Give it another name.')


def is_cell_address(name: str) -> bool:
    """Whether Excel reads the name as a cell, row or column: ``ODR60``, ``R1C1``, ``RC``, ``C``.

    >>> [is_cell_address(name) for name in ("ODR60", "XFE1", "ODR")]
    [True, False, False]
    """
    if _R1C1.fullmatch(name):
        return bool(name)
    match = _A1.fullmatch(name)
    if match is None:
        return False
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column <= _LAST_COLUMN and 1 <= int(match[2]) <= _LAST_ROW


def check_module(name: str) -> None:
    """Refuse a module name that VBA or its container can't have; raises `UsageError`."""
    check_identifier(name, "module")
    if len(name) > _MAX_MODULE:
        raise UsageError(f'The module "{name}" has {len(name)} characters, and a VBA project takes 31 at most.')


def check_function(function: Callable[..., object]) -> None:
    """Refuse a function whose name or arguments can't become a formula; raises `UsageError`.

    An argument may have a default, which makes it optional in Excel; ``*args``, ``**kwargs`` and
    keyword-only arguments are refused, since a formula has nothing like the last two and xlwings allows
    no optional argument beside the first.
    """
    name = function.__name__
    check_identifier(name, "function")
    if is_cell_address(name):
        raise UsageError(f'The function "{name}" has the name of a cell, so Excel would never call it.')
    seen: set[str] = set()
    for parameter in inspect.signature(function).parameters.values():
        what = f"argument of {name},"
        check_identifier(parameter.name, what)
        key = parameter.name.lower()
        if parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            raise UsageError(f'The {what} "{parameter.name}" must be a plain one: no *args, **kwargs or keyword-only.')
        if key == name.lower():
            raise UsageError(f'The {what} "{parameter.name}" has its function\'s own name, which VBA refuses.')
        if key in _USED_BY_WRAPPER:
            raise UsageError(f'The {what} "{parameter.name}" would hide a name that its VBA wrapper needs.')
        if key in seen:
            raise UsageError(f'The {what} "{parameter.name}" is there twice: VBA knows no upper and lower case.')
        seen.add(key)


def check_functions(functions: Sequence[Callable[..., object]], *, taken: Collection[str] = ()) -> None:
    """Refuse functions that can't all be formulas of one workbook.

    Parameters
    ----------
    functions : sequence of callable
        Everything that becomes a formula; at least one.
    taken : collection of str
        Names that mean something else in the project: its own name, its modules, their procedures. A module
        and a formula of one name make Excel show ``#NAME?`` for the formula.

    Raises
    ------
    UsageError
        The first name that can't stay, and why.
    """
    if not functions:
        raise UsageError("There is no function to put into the workbook. Give at least one.")
    others = {name.lower(): name for name in taken}
    seen: set[str] = set()
    for function in functions:
        check_function(function)
        key = function.__name__.lower()
        if key in others:
            raise UsageError(
                f'The function "{function.__name__}" has the name of "{others[key]}", '
                "which is a module or macro of the workbook or its VBA project. Rename one of them."
            )
        if key in seen:
            raise UsageError(f'The function "{function.__name__}" is there twice. Excel knows no upper and lower case.')
        seen.add(key)
