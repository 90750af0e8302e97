"""The formulas need pandas, numpy and, where there is one, xlwings: no thread, no process, no command line."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import light
import pytest
import shop

from odr_xl.excel.functions import FORMULAS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def run_light(tables, folder):
    (folder / "tables.pickle").write_bytes(pickle.dumps(tables))
    return subprocess.run(
        [sys.executable, HERE / "light.py", folder / "tables.pickle"],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(HERE)))},
    )  # fmt: skip


@pytest.fixture(scope="module")
def told(tables, tmp_path_factory):
    done = run_light(tables, tmp_path_factory.mktemp("light"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_formula_answers_without_threads_processes_and_the_command_lines_packages(told, tables):
    here = shop.run({function.__name__: function for function in FORMULAS}, tables, shop.classic)
    assert told["results"] == json.loads(json.dumps(here))


def test_import_of_the_formulas_takes_under_two_seconds_beyond_pandas(told, record_property):
    # 0.2 s on the computer where it was written; in Pyodide about ten times that.
    record_property("seconds", told["seconds"])
    print(f"import beyond pandas, numpy and xlwings: {told['seconds']:.2f} s, {len(told['imported'])} modules")
    assert told["seconds"] < 2


def test_the_guard_sees_what_it_guards_against(tables, tmp_path, monkeypatch):
    package = tmp_path / "odr_xl" / "excel"
    package.mkdir(parents=True)
    for folder in (package.parent, package):
        (folder / "__init__.py").write_text("", "utf-8")
    for module in ("threading", "lxml.etree"):
        (package / "functions.py").write_text(f"import {module}\nFORMULAS = ()\n", "utf-8")
        monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
        done = run_light(tables, tmp_path)
        assert done.returncode == 1
        assert module.partition(".")[0] in done.stderr.splitlines()[-1]


def test_unwanted_packages_are_the_dependencies_that_no_formula_needs():
    text = (HERE.parents[1] / "pyproject.toml").read_text("utf-8")
    listed = text.partition("dependencies = [")[2].partition("]")[0]
    names = {
        line.strip().strip('"').partition(">")[0].partition("=")[0].replace("-", "_") for line in listed.splitlines()
    }
    assert names - {"", "numpy", "pandas", "tzdata", "xlwings"} <= set(light.UNWANTED)
