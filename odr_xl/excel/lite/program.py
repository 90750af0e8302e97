"""The program inside the workbook: what xlwings Lite shows as ``main.py`` and installs from ``requirements.txt``."""

from __future__ import annotations

import ast
import base64
import textwrap
from typing import Final

from odr_xl import __version__
from odr_xl.errors import WorkbookError
from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.lite.wheel import ENTRANCE, WHEEL_NAME

#: Packages that Lite installs from its own store or PyPI; numpy and pandas have the versions of its Python. xlwings is
#: pinned, because what a formula is given is its business. tzdata: a browser has no time zone files.
REQUIREMENTS: Final = ("numpy", "pandas", "tzdata", "xlwings==0.37.8")

# Readable lines first. A file that Lite has no other way to find has to be text in main.py: it keeps its settings, not
# files, in the workbook, and what it calls a further file there isn't documented.
_PROGRAM: Final = '''\
"""Order defect rate, odr_xl {version}: {first}, {second} and {others} more formulas. Nothing to change here.

The package stands below as text. A newer workbook brings a newer one; your own code can go into other files.
"""

import base64
import sys
import tempfile
from pathlib import Path


def formulas(package: str) -> dict:
    wheel = Path(tempfile.gettempdir()) / "{wheel}"
    wheel.write_bytes(base64.b64decode(package))
    if str(wheel) not in sys.path:
        sys.path.insert(0, str(wheel))
    from {entrance} import formulas

    return formulas(__name__)


{package_name} = """
{package}
"""
globals().update(formulas({package_name}))
'''
_PACKAGE: Final = "PACKAGE"
_LINE: Final = 120


def main_program(wheel: bytes) -> str:
    """The text of ``main.py`` with a wheel in it."""
    packed = base64.b64encode(wheel).decode()
    return _PROGRAM.format(
        version=__version__,
        first=FORMULAS[0].__name__,
        second=FORMULAS[1].__name__,
        others=len(FORMULAS) - 2,
        wheel=WHEEL_NAME,
        entrance=ENTRANCE,
        package_name=_PACKAGE,
        package="\n".join(textwrap.wrap(packed, _LINE)),
    )


def requirements() -> str:
    """The text of ``requirements.txt``."""
    return "".join(f"{line}\n" for line in REQUIREMENTS)


def packed_wheel(program: str) -> bytes:
    """The wheel in the text of a ``main.py``.

    Raises
    ------
    WorkbookError
        When there is none.
    """
    for node in ast.parse(program).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [_PACKAGE]:
            return base64.b64decode(ast.literal_eval(node.value))
    raise WorkbookError("The workbook's main.py holds no package of odr_xl. Take a fresh workbook for xlwings Lite.")
