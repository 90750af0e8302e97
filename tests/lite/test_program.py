"""The program inside the workbook: extracted, run without this package, and every formula called as Excel would."""

from __future__ import annotations

import inspect
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import shop

from odr_xl.errors import WorkbookError
from odr_xl.excel.functions import ARGUMENT_HELP, FORMULAS
from odr_xl.excel.lite.program import REQUIREMENTS, packed_wheel
from odr_xl.excel.lite.wheel import WHEEL_NAME, needed_modules

HERE = Path(__file__).parent
FUNCTIONS = {function.__name__: function for function in FORMULAS}


@pytest.fixture(scope="module")
def told(main_program, tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("program")
    (folder / "main.py").write_text(main_program, "utf-8")
    cells = {name: shop.in_form(rows, shop.office) for name, rows in tables.items()}
    (folder / "tables.json").write_text(json.dumps(cells), "utf-8")
    done = subprocess.run(
        [sys.executable, HERE / "run_program.py", folder / "main.py", folder / "tables.json"],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(HERE), "TMPDIR": str(folder), "TEMP": str(folder)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_formula_of_the_embedded_package_answers_like_the_core(told, classic_results):
    assert Path(told["package"]).parts[-3:] == (WHEEL_NAME, "odr_xl", "__init__.py")
    assert told["results"].keys() == classic_results.keys()
    for name, rows in classic_results.items():
        assert told["results"][name] == rows, name


def test_every_formula_belongs_to_main_py(told):
    assert told["names"] == told["in main"] == sorted(FUNCTIONS)


def test_results_become_json_of_numbers_texts_and_dates(told):
    cells = [cell for rows in told["json"] for row in rows for cell in row]
    kinds = {cell["type"] if isinstance(cell, dict) else type(cell).__name__ for cell in cells}
    assert kinds == {"float", "int", "str", "FormattedNumber"}
    dates = [cell["basicValue"] for cell in cells if isinstance(cell, dict)]
    # From the shop's first order, 200 days before 2026-11-20 (46346), to the last day of a forecast of 90.
    assert 46346 - 200 <= min(dates) <= max(dates) <= 46346 + 90
    assert max(len(cell) for cell in cells if isinstance(cell, str)) <= 255
    assert all(len(set(map(len, rows))) == 1 for rows in told["json"])


def test_errors_and_missing_arguments_arrive_and_leave_as_excel_has_them(told):
    assert told["raw"] == [[[expected]] for _, _, expected in shop.RAW]


def test_excel_is_told_what_each_formula_and_argument_is(told):
    functions = {found["name"]: found for found in told["metadata"]["functions"]}
    assert functions.keys() == FUNCTIONS.keys()
    for name, found in functions.items():
        assert found["description"] == FUNCTIONS[name].__doc__.splitlines()[0]
        signature = inspect.signature(FUNCTIONS[name]).parameters
        assert [p["name"] for p in found["parameters"]] == list(signature)
        for parameter in found["parameters"]:
            assert parameter["description"] == ARGUMENT_HELP[parameter["name"]]
            assert parameter["optional"] == (signature[parameter["name"]].default is None)


def test_arguments_with_a_fixed_choice_are_drop_downs_of_words_that_the_formula_takes(told):
    choices = {found["id"]: [value["stringValue"] for value in found["values"]] for found in told["metadata"]["enums"]}
    for name, function in FUNCTIONS.items():
        for argument in inspect.signature(function).parameters:
            words = {"definition": ["amazon", "returns", "all"], "lang": ["en", "zh"]}.get(argument)
            assert choices.get(f"{name}.{argument.upper()}") == words
    assert {len(value["tooltip"]) > 5 for found in told["metadata"]["enums"] for value in found["values"]
            if value["name"] not in ("en", "zh")} == {True}  # fmt: skip


def test_classic_functions_have_no_annotation_that_breaks_xlwings_on_windows():
    assert {name for name, function in FUNCTIONS.items() if function.__annotations__} == set()


def test_wheel_holds_the_modules_that_the_formulas_import_and_no_others(told, main_program):
    with zipfile.ZipFile(io.BytesIO(packed_wheel(main_program))) as wheel:
        assert wheel.testzip() is None
        modules = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                   for name in wheel.namelist() if name.endswith(".py")}  # fmt: skip
        recorded = [line.partition(",")[0] for line in wheel.read(wheel.namelist()[-1]).decode().splitlines()]
        assert recorded == wheel.namelist()
    assert modules == set(needed_modules()) == set(told["modules"])
    assert not [name for name in modules if name.split(".")[1:2] in (["cli"], ["headless"], ["samples"])]


def test_requirements_are_what_the_wheel_asks_for_with_the_xlwings_of_the_project():
    text = (HERE.parents[1] / "pyproject.toml").read_text("utf-8")
    assert [line for line in REQUIREMENTS if "==" in line] == [
        line.strip().partition('"')[2].partition('"')[0] for line in text.splitlines() if '"xlwings==' in line
    ]
    assert {"numpy", "pandas", "tzdata"} < set(REQUIREMENTS)


def test_readable_part_of_main_py_is_short(main_program):
    code = [line for line in main_program.partition('PACKAGE = """')[0].splitlines() if line.strip()]
    assert len(code) <= 20
    assert max(map(len, main_program.splitlines())) <= 120


def test_program_without_a_package_is_refused():
    with pytest.raises(WorkbookError, match="holds no package"):
        packed_wheel("import this\n")
