"""The documentation's examples run, and its pages say what the code says."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import odr_xl
from odr_xl.excel.functions import ARGUMENT_HELP, FORMULAS

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
MODULES = sorted(name for _, name, _ in pkgutil.walk_packages(odr_xl.__path__, "odr_xl.") if name != "odr_xl.__main__")


def test_the_examples_of_the_formula_page_run():
    result = doctest.testfile(str(ROOT / "docs" / "formulas.md"), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_docstring_run(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


@pytest.mark.parametrize("function", FORMULAS, ids=lambda f: f.__name__)
def test_every_formula_has_a_place_in_the_docs_and_in_the_readme(function):
    assert f"## {function.__name__}\n" in (ROOT / "docs" / "formulas.md").read_text("utf-8")
    assert f"`{function.__name__}(" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("function", FORMULAS, ids=lambda f: f.__name__)
def test_help_texts_fit_into_excels_255_characters(function):
    first_line = function.__doc__.split("\n", 1)[0]
    assert 10 < len(first_line) <= 255
    names = function.plain.__code__.co_varnames[: function.plain.__code__.co_argcount]
    assert all(0 < len(ARGUMENT_HELP[name]) <= 255 for name in names)


def test_the_two_readme_commands_are_the_ones_ci_runs():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"```sh\n(.*?)\n```", readme, re.S)
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert [f"'{command}'" in ci for command in shown] == [True, True]


def test_readme_says_that_excel_itself_has_not_been_used():
    assert "Nothing here has yet been opened in Microsoft Excel itself" in (ROOT / "README.md").read_text("utf-8")
