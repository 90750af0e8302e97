"""Run by `test_light.py` in a process of its own: the formulas where there is little more than pandas.

Prints one JSON line: seconds to import the formulas beyond pandas, numpy and xlwings, and what was imported.
"""

from __future__ import annotations

import builtins
import json
import pickle
import sys
import time
from typing import Any

#: Never needed for a formula, so never to be imported on the way to one.
UNWANTED = (
    "typer",
    "click",
    "rich",
    "ironcalc",
    "lxml",
    "xlsxwriter",
    "pyopenvba",
    "openpyxl",
    "python_calamine",
    "apprise",
)
#: What Pyodide can't do. pandas and xlwings import these for other purposes; our own modules mustn't.
IMPOSSIBLE = ("threading", "multiprocessing", "subprocess", "concurrent", "socket", "asyncio", "tempfile", "shutil")


class Refused:
    """Refuses the unwanted packages to everybody."""

    @staticmethod
    def find_spec(name: str, _path: Any = None, _target: Any = None) -> None:
        if name.partition(".")[0].lower() in UNWANTED:
            raise ImportError(f"{name} was imported")


def no_way(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError("a thread or a process was started")


def main(tables_path: str) -> None:
    sys.meta_path.insert(0, Refused())
    import numpy  # noqa: F401
    import pandas  # noqa: F401
    import xlwings  # noqa: F401

    plain_import = builtins.__import__

    def checked_import(name: str, namespace: Any = None, *rest: Any) -> Any:
        who = (namespace or {}).get("__name__", "")
        if who.startswith("odr_xl") and name.partition(".")[0] in IMPOSSIBLE:
            raise ImportError(f"{who} imports {name}")
        return plain_import(name, namespace, *rest)

    builtins.__import__ = checked_import
    before = set(sys.modules)
    start = time.perf_counter()
    from odr_xl.excel.functions import FORMULAS

    seconds = time.perf_counter() - start
    import multiprocessing
    import subprocess
    import threading

    threading.Thread.start = no_way  # type: ignore[method-assign]
    multiprocessing.Process.start = no_way  # type: ignore[method-assign]
    subprocess.Popen.__init__ = no_way  # type: ignore[assignment]
    import shop

    with open(tables_path, "rb") as file:  # noqa: PTH123
        tables = pickle.load(file)
    results = shop.run({function.__name__: function for function in FORMULAS}, tables, shop.lite)
    print(json.dumps({"seconds": seconds, "imported": sorted(set(sys.modules) - before), "results": results}))


if __name__ == "__main__":
    main(sys.argv[1])
