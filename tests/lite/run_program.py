"""Run the ``main.py`` of a workbook as xlwings Lite does, call every formula on the sample shop, print one JSON line.

Used by `test_program.py` in a process of its own and by `pyodide/run.mjs` inside Pyodide.
"""

from __future__ import annotations

import json
import sys
import time
import types
from pathlib import Path
from typing import Any


def load(program: str) -> types.ModuleType:
    """The module ``main`` with the program's text run in it."""
    module = types.ModuleType("main")
    sys.modules["main"] = module
    exec(compile(program, "main.py", "exec"), module.__dict__)
    return module


def run(program: str, tables: dict[str, Any], stand_in: bool) -> dict[str, Any]:
    """Results of every call, what Excel is told of the functions, and where the package came from.

    Parameters
    ----------
    program : str
        Text of ``main.py``.
    tables : dict
        The sample shop's ranges, in the form of Excel's own API.
    stand_in : bool
        Whether `lite_addin` stands in for xlwings; otherwise the xlwings that is there is used, whose decorators do
        nothing outside Excel, and each formula is given the cells as Excel's own API has them.
    """
    import lite_addin
    import shop

    if stand_in:
        lite_addin.install()
    start = time.perf_counter()
    module = load(program)
    seconds = time.perf_counter() - start
    functions = lite_addin.found_in(module) if stand_in else module.formulas(module.PACKAGE)
    answers: list[Any] = []

    def ask(name: str, arguments: list[Any]) -> Any:
        return lite_addin.call(functions[name], arguments) if stand_in else functions[name](*arguments)

    def caller(name: str) -> Any:
        names = list(functions[name].__signature__.parameters)

        def call(**given: Any) -> Any:
            answers.append(ask(name, [given.get(argument) for argument in names]))
            return answers[-1]

        return call

    start = time.perf_counter()
    results = shop.run({name: caller(name) for name in functions}, tables, shop.office)
    package = sys.modules["odr_xl"]
    return {
        "results": results,
        "json": [lite_addin.written(answer) for answer in answers],
        "raw": [lite_addin.written(ask(name, arguments)) for name, arguments, _ in shop.RAW],
        "metadata": lite_addin.metadata(functions) if stand_in else None,
        "names": sorted(functions),
        "in main": sorted(name for name in functions if getattr(module, name, None) is not None),
        "package": str(package.__file__),
        "modules": sorted(name for name in sys.modules if name.partition(".")[0] == "odr_xl"),
        "seconds": {"main.py": seconds, "formulas": time.perf_counter() - start},
        "versions": {name: sys.modules[name].__version__ for name in ("numpy", "pandas")} | {"python": sys.version},
    }


if __name__ == "__main__":
    text, cells = (Path(name).read_text("utf-8") for name in sys.argv[1:3])
    print(json.dumps(run(text, json.loads(cells), stand_in=True), allow_nan=False))
