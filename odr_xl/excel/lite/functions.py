"""The formulas as xlwings Lite registers them; the ``main.py`` inside the workbook imports this module.

Lite shows help while a seller types, so each formula has its one sentence, each argument its explanation, and an
argument with a fixed choice of words a list to choose from. Classic xlwings can't have such lists (the annotation
breaks its converters), so they are here and not in `odr_xl.excel.functions`.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from odr_xl.excel import functions
from odr_xl.excel.cells import in_excel
from odr_xl.excel.formulas.help import ARGUMENT_HELP

#: Arguments with a fixed choice, as Lite takes them: the words, and what Excel says beside each in the list.
#: ``omit`` and ``account`` aren't here: the workbook gives them cells that may be blank, and Excel turns those to text.
CHOICES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "definition": Annotated[
            Literal["amazon", "returns", "all"],
            {
                "tooltips": {
                    "amazon": "negative feedback, A-to-z claims and chargebacks, as Amazon counts",
                    "returns": "orders returned or cancelled for a defect",
                    "all": "every cause",
                }
            },
        ],
        "lang": Annotated[Literal["en", "zh"], {"tooltips": {"en": "English", "zh": "简体中文"}}],
    }
)


def formulas(module: str) -> dict[str, Callable[..., Any]]:
    """Every formula by its name, registered with xlwings.

    Parameters
    ----------
    module : str
        Name of the module that asks; the formulas say that they are its own, or Lite could pass over them.
    """
    _give_xlwings_its_null()
    return {function.__name__: _in_lite(function, module) for function in functions.FORMULAS}


def _in_lite(function: Callable[..., Any], module: str) -> Callable[..., Any]:
    def in_lite(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    signature = inspect.signature(function)
    in_lite.__name__ = in_lite.__qualname__ = function.__name__
    in_lite.__module__ = module
    in_lite.__doc__ = (function.__doc__ or "").partition("\n")[0]
    in_lite.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[
            parameter.replace(annotation=inspect.Parameter.empty) for parameter in signature.parameters.values()
        ],
        return_annotation=inspect.Signature.empty,
    )
    in_lite.__annotations__ = {name: CHOICES[name] for name in signature.parameters if name in CHOICES}
    return in_excel(in_lite, ARGUMENT_HELP)


def _give_xlwings_its_null() -> None:
    """Spare xlwings a failing import a cell.

    It asks for ``pyodide.ffi.JsNull`` for every cell, which Pyodide has from 0.28 on; in 0.27.7 ten thousand rows of
    six cells took 1.9 s that way and 0.1 s with a class of that name.
    """
    try:
        bridge: Any = importlib.import_module("pyodide.ffi")
    except ImportError:
        return
    if not hasattr(bridge, "JsNull"):
        bridge.JsNull = type("JsNull", (), {})
