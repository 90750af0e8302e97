"""A workbook's VBA project as it is stored: whose code it holds, and whether it says what ours says.

Excel keeps the words of a module and changes their looks: blanks, and the case of names. Two modules are compared
without these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyopenvba.cfb import CFB
from pyopenvba.exceptions import PyOpenVBAError
from pyopenvba.vba import parse_project_stream, parse_vba_project, split_attribute_header

from odr_xl.errors import WorkbookError
from odr_xl.excel.vba.wrappers import MODULE_NAME

#: Modules that this package writes, in any of its versions, are called so or begin with the prefix.
_OURS: Final = frozenset({"xlwings", "dictionary", MODULE_NAME.lower()})
_OUR_PREFIX: Final = "odr"
_OUR_PACKAGE: Final = "odr_xl"

_TEXT = re.compile(r'("(?:[^"\r\n]|"")*")')
_WRAPPER = re.compile(r"^Function (\w+)\((.*)\)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_CALL = re.compile(r'CallUDF\("([\w.]+)", "(\w+)"')
# What the editor may put into a sheet's module by itself.
_NO_CODE = re.compile(r"^[ \t]*(?:'.*|Rem\b.*|Option .*)?\r?$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StoredProject:
    """The modules of a VBA project by name, in its own order.

    Attributes
    ----------
    documents : dict
        Code of `ThisWorkbook` and of the sheets, without the attributes at its head.
    modules : dict
        Source of every other module: standard ones, classes, forms.
    """

    documents: dict[str, str]
    modules: dict[str, str]

    @classmethod
    def read(cls, container: bytes, name: str) -> StoredProject:
        """The project in the bytes of a `vbaProject.bin`.

        Raises
        ------
        WorkbookError
            If they hold no project that can be read; `name` is the workbook's.
        """
        try:
            cfb = CFB.from_bytes(container)
            project = parse_vba_project(cfb)
            stream = parse_project_stream(cfb.get_stream("PROJECT"), code_page=project.code_page)
            sources = {module.name: str(module.source) for module in project.modules}
        except (PyOpenVBAError, LookupError, ValueError) as error:
            raise WorkbookError(
                f"The macros of {name} can't be read. Use a backup of the workbook, or make a new one: odr-xl new."
            ) from error
        names = {document.lower() for document, _ in stream.document_modules}
        return cls(
            {module: split_attribute_header(text)[1] for module, text in sources.items() if module.lower() in names},
            {module: text for module, text in sources.items() if module.lower() not in names},
        )

    @property
    def is_ours(self) -> bool:
        """Whether this package has made it: its wrappers call this package."""
        return any(module.split(".")[0] == _OUR_PACKAGE for module, _ in _CALL.findall(self._wrappers))

    def foreign_code(self) -> list[str]:
        """What somebody else has added, as a sentence can list it: modules, code in a sheet, functions."""
        return [*self._foreign()]

    def _foreign(self) -> Iterator[str]:
        for name in self.modules:
            if name.lower() not in _OURS and not name.lower().startswith(_OUR_PREFIX):
                yield f"the module {name}"
        for name, code in self.documents.items():
            if _NO_CODE.sub("", code).strip():
                yield f"code in {name}"
        for module, function in _CALL.findall(self._wrappers):
            if module.split(".")[0] != _OUR_PACKAGE:
                yield f"the function {function} in {MODULE_NAME}"

    def says_the_same(self, other: StoredProject) -> bool:
        """Whether both have the same sheets and the same code."""
        return {name.lower() for name in self.documents} == {name.lower() for name in other.documents} and {
            name.lower(): essence(text) for name, text in self.modules.items()
        } == {name.lower(): essence(text) for name, text in other.modules.items()}

    def formulas(self) -> dict[str, tuple[str, ...]]:
        """Names of the arguments of every formula, by the formula's name."""
        return {
            name: tuple(re.findall(r"\w+", re.sub(r"\bOptional\b", "", arguments, flags=re.IGNORECASE)))
            for name, arguments in _WRAPPER.findall(self._wrappers)
        }

    @property
    def _wrappers(self) -> str:
        return next((text for name, text in self.modules.items() if name.lower() == MODULE_NAME.lower()), "")


def essence(source: str) -> str:
    """A module's source without blanks and case, which the VBA editor changes; texts in quotes stay as they are.

    >>> essence('Dim I As Long\\r\\n    F = "A b"') == essence('Dim i As Long\\nf="A b"')
    True
    """
    pieces = _TEXT.split(source)
    return "".join(
        piece if position % 2 else "".join(piece.casefold().split()) for position, piece in enumerate(pieces)
    )
