"""What answers a formula: the versions, the interpreter, and whether the workbook's wrappers are this version's."""

from __future__ import annotations

import struct
import sys
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from odr_xl import __version__
from odr_xl.excel.vba.wrappers import PYTHON_MODULE, stated_hash, wrapper_module
from odr_xl.labels import Language, say, word

#: Packages whose versions are told, in this order.
_PACKAGES = ("xlwings", "pandas", "numpy")


@lru_cache(maxsize=1)
def current_hash() -> str:
    """Hash of the wrappers that this version writes into a workbook."""
    # Imported when asked: the formulas themselves import this module.
    return stated_hash(wrapper_module(import_module(PYTHON_MODULE).FORMULAS))


def package_version(name: str) -> str:
    """Version of an installed package; "" when it isn't installed.

    >>> package_version("no-such-package")
    ''
    """
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def bits() -> int:
    """Whether this Python is a 32-bit or a 64-bit program."""
    return 8 * struct.calcsize("P")


def connection(wrappers: str, language: Language = "en") -> list[list[str]]:
    """Rows of a name and a value: the state in words first, then what answers.

    Parameters
    ----------
    wrappers : str
        Hash that the calling workbook's VBA gave; "" when the call came from elsewhere.
    language : "en" or "zh"
    """
    ours = current_hash()
    state = "connection_same" if wrappers in ("", ours) else "connection_other"
    python = say("connection_bits", language, version=python_version(), bits=bits())
    return [
        [word("connection_state", language), word(state, language)],
        ["odr-xl", __version__],
        [word("connection_python", language), python],
        *([name, package_version(name) or word("connection_missing", language)] for name in _PACKAGES),
        [word("connection_interpreter", language), sys.executable],
        [word("connection_wrappers", language), ours],
        [word("connection_workbook", language), wrappers or word("connection_unknown", language)],
    ]
