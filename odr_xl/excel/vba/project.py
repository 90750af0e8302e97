"""The workbook's VBA project (`xl/vbaProject.bin`) from its text, without Excel.

pyOpenVBA writes the project. Four of its details are legal for Excel by its author's account but not by
Microsoft's specifications; they are set here as the specifications want them, since nobody can ask a
seller's Excel why it dropped a module:

* `dir` ends four bytes late (MS-OVBA 2.3.4.2: the terminator is 0x0010 and one 32-bit zero).
* `_VBA_PROJECT` keeps the version of the Excel that made pyOpenVBA's template, over a cache of zeros. A writer
  MUST write version 0xFFFF and no cache (MS-OVBA 2.3.4.1), as in the workbook that xlwings itself ships.
* The cookies of `dir` are numbers of the template. They MUST be 0xFFFF (MS-OVBA 2.3.4.2.3).
* New entries of the container's directory are red below red, which MUST NOT be. The simplest lawful tree is
  all black (MS-CFB 2.6.4).
"""

from __future__ import annotations

import re
import struct
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from importlib import import_module, resources
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress, normalize_class_source

from odr_xl.errors import UsageError, WorkbookError
from odr_xl.excel.vba.names import check_functions, check_module
from odr_xl.excel.vba.wrappers import MODULE_NAME, PYTHON_MODULE, wrapper_module

PROJECT_NAME = "VBAProject"  # what Excel calls every new one
WORKBOOK_MODULE = "ThisWorkbook"

_NO_CACHE = bytes.fromhex("cc61ffff000100")  # MS-OVBA 2.3.4.1
_NO_COOKIE = 0xFFFF
# VB_Base of a sheet's module: Excel's class ids of a worksheet and of a chart.
_SHEET, _CHART_SHEET = "{00020820-0000-0000-C000-000000000046}", "{00020821-0000-0000-C000-000000000046}"
_BLACK = 1
_END_OF_CHAIN = 0xFFFF_FFFE
_SECTOR, _ENTRY = 512, 128

# What a module adds to the names that every other module of the project sees.
_PUBLIC_NAME = re.compile(
    r"^[ \t]*(?:Public[ \t]+)?(?:Const|(?:Declare[ \t]+(?:PtrSafe[ \t]+)?)?(?:Function|Sub))[ \t]+([A-Za-z]\w*)",
    re.IGNORECASE | re.MULTILINE,
)


class Module(NamedTuple):
    """A module of our own: its name, its source with CRLF line ends, and whether it is a class."""

    name: str
    source: str
    is_class: bool = False


def xlwings_modules() -> tuple[Module, Module]:
    """The two modules that xlwings needs in a workbook, with their licences, as the installed xlwings has them.

    `xlwings` (BSD 3-clause) starts Python and loads the DLL of exactly this version; `Dictionary` (MIT) stands in
    for a Windows library on a Mac.
    """
    package = resources.files("xlwings")
    main = package.joinpath("xlwings.bas").read_bytes().decode("ascii")
    dictionary = package.joinpath("addin", "Dictionary.cls").read_bytes().decode("ascii")
    # An exported class lacks the three attributes that the project's own copy of it has.
    stored = normalize_class_source(_crlf(dictionary)).replace(
        "Attribute VB_Exposed = True\r\n",
        "Attribute VB_Exposed = True\r\nAttribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n",
        1,
    )
    return Module("xlwings", _crlf(main)), Module("Dictionary", stored, is_class=True)


def modules(functions: Sequence[Callable[..., object]], module: str = PYTHON_MODULE) -> tuple[Module, ...]:
    """Every module of the project that isn't a sheet's or the workbook's own, in the project's order."""
    ours = tuple(
        Module(name, _crlf(resources.files(__package__).joinpath(f"{name}.bas").read_text("ascii")))
        for name in ("OdrErrors", "OdrButtons")
    )
    return (*xlwings_modules(), Module(MODULE_NAME, wrapper_module(functions, module)), *ours)


def vba_project(
    sheet_code_names: Sequence[str],
    functions: Sequence[Callable[..., object]] | None = None,
    *,
    module: str = PYTHON_MODULE,
    chart_sheets: Collection[str] = (),
) -> bytes:
    """The bytes of `vbaProject.bin`: the same for the same input, on every system.

    Parameters
    ----------
    sheet_code_names : sequence of str
        The code name of every sheet in the workbook's order, hidden ones too. The workbook must carry the same
        ones (XlsxWriter: `set_vba_name`), and `ThisWorkbook` for itself.
    functions : sequence of callable, optional
        The formulas; `odr_xl.excel.functions.FORMULAS` when left out.
    module : str
        The module that xlwings imports the functions from.
    chart_sheets : collection of str
        Those of the code names that belong to a chart without cells.

    Returns
    -------
    bytes
        An OLE container (MS-CFB) with an unsigned, unprotected project.

    Raises
    ------
    UsageError
        A name that VBA or Excel can't have, or two things of one name.
    """
    formulas: Sequence[Callable[..., object]] = (
        import_module(PYTHON_MODULE).FORMULAS if functions is None else functions
    )
    ours = modules(formulas, module)
    names = [WORKBOOK_MODULE, *sheet_code_names, *(each.name for each in ours)]
    _check_module_names(names)
    others = [name for each in ours if each.name != MODULE_NAME for name in _PUBLIC_NAME.findall(each.source)]
    check_functions(formulas, taken=[PROJECT_NAME, *names, *others])
    return _as_specified(_written(sheet_code_names, ours, chart_sheets))


def _check_module_names(names: Sequence[str]) -> None:
    seen = {PROJECT_NAME.lower()}
    for name in names:
        check_module(name)
        if name.lower() in seen:
            raise UsageError(f'Two modules of the VBA project would be called "{name}". Rename the sheet\'s code name.')
        seen.add(name.lower())


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _written(sheet_code_names: Sequence[str], ours: Sequence[Module], chart_sheets: Collection[str]) -> bytes:
    """The project as pyOpenVBA writes it: into a workbook, since it makes one only there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shell.xlsm"
        with xlsxwriter.Workbook(path) as shell:
            shell.set_vba_name(WORKBOOK_MODULE)
            for number, name in enumerate(sheet_code_names, start=1):
                shell.add_worksheet(str(number)).set_vba_name(name)
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for each in ours:
                kind = VBAModuleKind.other if each.is_class else VBAModuleKind.standard
                project.add_module(each.name, each.source, kind=kind)
            # Written anew, so that neither ThisWorkbook nor a Sheet1 keeps compiled code of the template.
            for name in (WORKBOOK_MODULE, *sheet_code_names):
                source = book.get_module(name)
                book.set_module(name, source.replace(_SHEET, _CHART_SHEET) if name in chart_sheets else source)
            project.project_cookie = _NO_COOKIE
            for stored in project.modules:
                stored.cookie = _NO_COOKIE
            book.save()
        with zipfile.ZipFile(path) as package:
            return package.read("xl/vbaProject.bin")


def _as_specified(container: bytes) -> bytes:
    """The container with the details that the module's docstring names."""
    cfb: Any = CFB.from_bytes(container)
    directory = decompress(cfb.get_stream_in_storage("VBA", "dir"))
    end = _end_of_directory(directory)
    cfb.write_stream_in_storage("VBA", "dir", compress(directory[:end]))
    cfb.write_stream_in_storage("VBA", "_VBA_PROJECT", _NO_CACHE)
    return _all_black(cfb.to_bytes())


def _end_of_directory(directory: bytes) -> int:
    """Where `dir` ends by MS-OVBA 2.3.4.2: after the record 0x0010 that follows the last module."""
    position = 0
    while position + 6 <= len(directory):
        record, size = struct.unpack_from("<HI", directory, position)
        # PROJECTVERSION's size field says 4 and is followed by 6 bytes (MS-OVBA 2.3.4.2.1.11).
        position += 6 + (6 if record == 0x0009 else size)
        if record == 0x0010:
            return position
    raise WorkbookError("pyOpenVBA wrote a project without an end. Install the version that this package names.")


def _directory_sectors(container: bytes) -> Iterator[int]:
    """Offsets of the directory's sectors; its chain starts in the header and runs through the FAT (MS-CFB 2.2)."""
    tables = struct.unpack_from("<109I", container, 76)
    (sector,) = struct.unpack_from("<I", container, 48)
    while sector != _END_OF_CHAIN:
        yield (sector + 1) * _SECTOR
        table, place = divmod(sector, _SECTOR // 4)
        (sector,) = struct.unpack_from("<I", container, (tables[table] + 1) * _SECTOR + place * 4)


def _all_black(container: bytes) -> bytes:
    """Every entry of the directory black: the simplest tree that MS-CFB 2.6.4 allows."""
    blackened = bytearray(container)
    for start in _directory_sectors(container):
        for entry in range(start, start + _SECTOR, _ENTRY):
            if blackened[entry + 66]:  # the entry's kind; 0 is an unused one
                blackened[entry + 67] = _BLACK
    return bytes(blackened)
