"""A stand-in for xlwings inside the add-in xlwings Lite: what it tells Excel of a function, and how it calls one.

Written after what Lite's documentation and Microsoft's pages on custom functions say, and what was seen of them; Lite's
own code has another licence and is never imported. The module needs the standard library alone.
"""

from __future__ import annotations

import datetime as dt
import inspect
import sys
import types
import typing
from collections.abc import Callable
from typing import Any

ZERO = dt.datetime(1899, 12, 30)
ERRORS = {
    "#N/A": "NotAvailable",
    "#VALUE!": "Value",
    "#REF!": "Ref",
    "#DIV/0!": "Div0",
    "#NUM!": "Num",
    "#NAME?": "Name",
    "#NULL!": "Null",
}


class Reading:
    """A value on its way to a function, through the stages that a converter adds."""

    def __init__(self) -> None:
        self.stages: list[Callable[[types.SimpleNamespace], None]] = []

    def append_stage(self, stage: Callable[[types.SimpleNamespace], None]) -> Reading:
        self.stages.append(stage)
        return self

    def __call__(self, value: Any) -> Any:
        context = types.SimpleNamespace(range=None, value=value)
        for stage in self.stages:
            stage(context)
        return context.value


class ValueAccessor:
    """The converter that xlwings has for plain values."""

    @staticmethod
    def reader(_options: Any) -> Reading:
        return Reading()


def func(function: Any = None, **options: Any) -> Any:
    """``@func``, also with options."""
    if function is None:
        return lambda found: func(found, **options)
    hints = typing.get_type_hints(function, include_extras=True)
    told = {"description": function.__doc__, "hints": hints, "arguments": {}}
    for name, parameter in inspect.signature(function).parameters.items():
        optional = parameter.default is not inspect.Parameter.empty
        told["arguments"][name] = {"optional": optional, "default": parameter.default if optional else None}
    function.__xlfunc__ = told
    return function


def arg(name: str, convert: Any = None, **options: Any) -> Any:
    """``@arg``."""

    def add(function: Any) -> Any:
        function.__xlfunc__["arguments"][name].update(options, convert=convert)
        return function

    return add


def install() -> None:
    """Make this module what ``import xlwings`` gives."""
    module, conversion = types.ModuleType("xlwings"), types.ModuleType("xlwings.conversion")
    module.func, module.arg, module.conversion = func, arg, conversion  # type: ignore[attr-defined]
    conversion.ValueAccessor = ValueAccessor  # type: ignore[attr-defined]
    sys.modules.update({"xlwings": module, "xlwings.conversion": conversion})


def found_in(module: types.ModuleType) -> dict[str, Any]:
    """The functions of a module that Excel is told of: those that say they are the module's own."""
    return {
        name: value
        for name, value in vars(module).items()
        if hasattr(value, "__xlfunc__") and value.__module__ == module.__name__
    }


def metadata(functions: dict[str, Any]) -> dict[str, Any]:
    """What Excel is told of the functions, in the form of Microsoft's JSON for custom functions."""
    told, choices = [], {}
    for name, function in functions.items():
        parameters = []
        for argument, options in function.__xlfunc__["arguments"].items():
            parameter = {"name": argument, "description": options["doc"], "optional": options["optional"]}
            hint = function.__xlfunc__["hints"].get(argument)
            if hint is None:
                parameter |= {"type": "any", "dimensionality": "matrix"}
            else:
                literal, notes = typing.get_args(hint)
                identity = f"{name}.{argument}".upper()
                parameter |= {"type": "string", "dimensionality": "scalar", "customEnumId": identity}
                choices[identity] = [
                    {"name": word, "stringValue": word, "tooltip": notes["tooltips"][word]}
                    for word in typing.get_args(literal)
                ]
            parameters.append(parameter)
        told.append(
            {"id": name, "name": name, "description": function.__xlfunc__["description"], "parameters": parameters}
        )
    return {"functions": told, "enums": [{"id": name, "type": "string", "values": v} for name, v in choices.items()]}


def call(function: Any, arguments: list[Any]) -> Any:
    """Call a function as Excel does: every argument a range of cells, a missing one null."""
    given = []
    options = list(function.__xlfunc__["arguments"].values())
    for value, option in zip(arguments, options, strict=False):
        given.append(option["default"] if value is None else _read(value, option))
    return function(*given)


def _read(value: Any, option: dict[str, Any]) -> Any:
    rows = value if isinstance(value, list) else [[value]]
    cells = [[_cell(cell, option["err_to_str"]) for cell in row] for row in rows]
    if option.get("ndim") != 2 and len(cells) == 1 and len(cells[0]) == 1:
        cells = cells[0][0]
    converter = option["convert"]
    return converter.reader(option)(cells) if converter else cells


def _cell(cell: Any, errors_as_text: bool) -> Any:
    if cell == "":
        return None
    if isinstance(cell, dict):
        return None if cell["type"] == "Error" and not errors_as_text else cell["basicValue"]
    return cell


def written(answer: Any) -> list[list[Any]]:
    """The JSON that a result becomes: rows of numbers, texts, booleans, and objects for errors and dates."""
    rows = answer if isinstance(answer, list) else [[answer]]
    return [[_json(cell) for cell in row] for row in rows]


def _json(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        serial = (cell - ZERO) / dt.timedelta(days=1)
        return {"type": "FormattedNumber", "basicValue": serial, "numberFormat": "yyyy-mm-dd"}
    if isinstance(cell, str) and cell in ERRORS:
        return {"type": "Error", "errorType": ERRORS[cell]}
    if isinstance(cell, float) and cell != cell:
        return {"type": "Error", "errorType": "Num"}
    if type(cell) not in (str, int, float, bool):
        raise TypeError(f"{cell!r} can't be written as JSON")
    return cell
