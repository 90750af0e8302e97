"""The documentation's examples run, and its pages say what the code says."""

import doctest
import importlib
import importlib.util
import inspect
import pkgutil
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import odr_xl
from odr_xl.cli import app
from odr_xl.excel.functions import ARGUMENT_HELP, FORMULAS
from odr_xl.excel.sheets.tables import TABLES
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
MODULES = sorted(name for _, name, _ in pkgutil.walk_packages(odr_xl.__path__, "odr_xl.") if name != "odr_xl.__main__")


def test_the_examples_of_the_formula_page_run():
    result = doctest.testfile(str(ROOT / "docs" / "formulas.md"), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_docstring_run(name, require):
    if name.startswith("odr_xl.portfolio"):
        require("portfolio", find_spec("ibis"), 'Type: python3 -m pip install ".[portfolio]"')
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
    assert all(0 < len(ARGUMENT_HELP[name]) <= 255 for name in inspect.signature(function).parameters)


def test_the_two_readme_commands_are_the_ones_ci_runs():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"```sh\n(.*?)\n```", readme, re.S)
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert [f"'{command}'" in ci for command in shown] == [True, True]


def test_readme_says_that_excel_itself_has_not_been_used():
    assert "Nothing here has yet been opened in Microsoft Excel itself" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("function", FORMULAS, ids=lambda f: f.__name__)
def test_the_checklist_for_excel_finds_every_formula_where_the_workbook_has_it(function):
    page = (ROOT / "docs" / "excel-checklist.md").read_text("utf-8")
    sheets = re.search(rf"^\| `{function.__name__}` \| (.+?) \|", page, re.M)[1].split(", ")
    package = Package.open(ROOT / "workbook" / "ODR.xlsm")
    call = re.compile(rf"\b{function.__name__}\(")
    for sheet in sheets:
        assert any(call.search(formula.text) for formula in Sheet(package, sheet).formulas().values()), sheet


def test_the_readmes_say_that_nobody_has_filled_in_the_checklist_until_somebody_has():
    page = (ROOT / "docs" / "excel-checklist.md").read_text("utf-8")
    records = re.search(r"^\| date \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", page, re.M)[1].splitlines()
    empty = not re.search(r"\w", "".join(records))
    said = [
        sentence in (ROOT / name).read_text("utf-8")
        for name, sentence in (
            ("README.md", "nobody has filled it in yet"),
            ("README.zh-CN.md", "还没有人填写"),
            ("docs/excel-checklist.md", "Nobody has done it yet"),
        )
    ]
    assert said == [empty] * 3


def _guide():
    """The program that writes the generated parts of the guide; it isn't part of the package."""
    spec = importlib.util.spec_from_file_location("guide", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sections(page):
    """A page's text by its headings of the second level."""
    return dict(re.findall(r"^## (.+?)(?: \{.*\})?\n(.*?)(?=^## |\Z)", page, re.M | re.S))


def test_the_reference_of_the_formulas_is_that_of_their_docstrings():
    assert (ROOT / "docs" / "functions.md").read_text("utf-8") == _guide().functions_page()


def test_the_input_sheets_page_has_the_columns_of_the_workbook():
    page = (ROOT / "docs" / "inputs.md").read_text("utf-8")
    assert _guide().inputs_page(page) == page
    assert re.findall(r"<!-- columns of (\w+) -->", page) == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_the_chinese_input_sheets_page_explains_every_column(table):
    sections = _sections((ROOT / "docs" / "zh" / "inputs.md").read_text("utf-8"))
    assert tuple(re.findall(r"^\| `(.+?)` \| \S", sections[TABLES[table].sheet], re.M)) == TABLES[table].headers


def test_the_examples_of_the_chinese_formula_page_run():
    result = doctest.testfile(str(ROOT / "docs" / "zh" / "formulas.md"), module_relative=False)
    assert result.attempted > len(FORMULAS)
    assert result.failed == 0


@pytest.mark.parametrize("function", FORMULAS, ids=lambda f: f.__name__)
def test_every_formula_has_its_arguments_and_an_example_in_chinese(function):
    section = _sections((ROOT / "docs" / "zh" / "formulas.md").read_text("utf-8"))[function.__name__]
    names = re.search(rf"`={function.__name__}\((.*?)\)`：", section)[1]
    assert re.findall(r"\w+", names) == list(inspect.signature(function).parameters)
    assert f"{function.__name__}(" in section.partition(">>> ")[2]


def test_both_readmes_show_the_same_two_commands():
    english, chinese = (
        re.findall(r"```sh\n(.*?)\n```", (ROOT / name).read_text("utf-8"), re.S)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert chinese == english


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("README.zh-CN.md", "这里的一切都还没有在 Microsoft Excel 里打开过"),
        ("docs/zh/index.md", "这里的一切都还没有在 Microsoft Excel 里打开过"),
        ("docs/zh/start.md", "还没有在 Microsoft Excel 里试过"),
        ("docs/start.md", "None of this has yet been tried in Microsoft Excel"),
        ("docs/lite.md", "None of this has yet been tried in Excel itself"),
        ("docs/zh/lite.md", "这里的一切都还没有在 Excel 里试过"),
        ("docs/comparison.md", "It has not yet been opened in Microsoft Excel"),
    ],
)
def test_the_guide_says_that_excel_itself_has_not_been_used(page, sentence):
    assert sentence in (ROOT / page).read_text("utf-8")


def test_every_page_of_the_guide_is_in_its_menu():
    menu = re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M)
    assert sorted(menu) == sorted(page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md"))


def test_every_picture_of_the_guide_is_used_and_under_200_kilobytes():
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md"))
    folder = ROOT / "docs" / "images"
    pictures = list(folder.rglob("*.png"))
    assert pictures
    for picture in pictures:
        assert f"images/{picture.relative_to(folder).as_posix()})" in pages
        assert picture.stat().st_size < 200_000, picture.name


def test_the_guide_names_only_commands_that_exist():
    pages = "".join(page.read_text("utf-8") for page in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("README*.md")])
    named = set(re.findall(r"(?:`odr-xl|-m odr_xl) ([a-z]+)", pages))
    assert {"demo", "new", "refresh", "calc", "odr"} <= named
    assert named <= {command.callback.__name__ for command in app.registered_commands}
