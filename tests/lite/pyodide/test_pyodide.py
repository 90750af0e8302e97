"""The workbook's program in the real runtime: Pyodide under Node with its numpy and pandas, and xlwings from PyPI."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import shop

from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.lite.wheel import WHEEL_NAME

HERE = Path(__file__).parent
VARIABLE = "ODR_XL_PYODIDE"
REMEDY = (
    f"Install Node 18 or newer with npm, run: python tests/lite/pyodide/fetch.py FOLDER, and set {VARIABLE} to FOLDER."
)


@pytest.fixture(scope="module")
def told(require, main_program, tables, tmp_path_factory):
    folder = Path(os.environ.get(VARIABLE, ""))
    node = shutil.which("node")
    require("pyodide", node and os.environ.get(VARIABLE) and (folder / "ready.json").is_file(), REMEDY)
    work = tmp_path_factory.mktemp("pyodide")
    (work / "main.py").write_text(main_program, "utf-8")
    cells = {name: shop.in_form(rows, shop.office) for name, rows in tables.items()}
    (work / "tables.json").write_text(json.dumps(cells), "utf-8")
    for name in ("shop.py", "lite_addin.py", "run_program.py"):
        shutil.copy(HERE.parent / name, work)
    done = subprocess.run(
        [node, HERE / "run.mjs", folder.resolve(), work],
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_it_ran_in_the_browsers_python_with_the_package_of_the_workbook(told):
    assert told["platform"] == "emscripten"
    assert Path(told["package"]).parts[-3:] == (WHEEL_NAME, "odr_xl", "__init__.py")
    versions = told["versions"]
    assert (versions["numpy"], versions["pandas"], versions["python"][:4]) == ("2.0.2", "2.2.3", "3.12")
    assert told["xlwings"] == "0.37.8"
    assert told["names"] == told["in main"] == sorted(function.__name__ for function in FORMULAS)


def test_every_formula_answers_in_the_browser_like_the_core_here(told, classic_results):
    assert told["results"].keys() == classic_results.keys()
    for name, rows in classic_results.items():
        assert told["results"][name] == rows, name


def test_errors_and_missing_arguments_are_what_they_are_elsewhere(told):
    assert told["raw"] == [[[expected]] for _, _, expected in shop.RAW]


def test_it_takes_a_quarter_of_the_memory_that_there_is_at_most(told):
    print(f"Pyodide: {told['megabytes']} MB, seconds: {told['seconds']}")
    assert told["megabytes"] < 512  # of 2,048
