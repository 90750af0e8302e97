"""The rooms: who may import whom, and what may be looked at where."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "odr_xl"
MODULES = sorted(PACKAGE.rglob("*.py"))

#: What each room may import of the package (docs/house.md).
SHARED = {"rules", "errors", "labels", "marketplaces", "__init__", "__version__"}
ALLOWED = {
    "core": SHARED | {"core"},
    # A range of daily counts is recognised by the names of its count columns.
    "readers": SHARED | {"readers", "core"},
    "headless": SHARED | {"readers", "headless"},
    "excel": SHARED | {"readers", "core", "headless", "excel", "samples"},
    "samples": SHARED | {"samples"},
    "portfolio": SHARED | {"readers", "core", "portfolio"},
    "doctor": SHARED | {"headless", "excel", "doctor"},
    # It watches what the other commands show, from the same sources.
    "monitor": SHARED | {"core", "headless", "excel", "sources", "summary", "monitor"},
    "history": SHARED | {"core", "headless", "history"},
    "report": SHARED | {"core", "headless", "excel", "report", "summary"},
}


def imports(path):
    """Dotted names that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ([f"{node.module}.{a.name}" for a in node.names] if node.module == "odr_xl" else [node.module])


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_dependencies_point_one_way(path):
    room = path.relative_to(PACKAGE).parts[0]
    used = {name.split(".")[1] for name in imports(path) if name and name.startswith("odr_xl.")}
    if room in ALLOWED:
        assert used <= ALLOWED[room]
    elif path.stem in SHARED:
        assert used <= SHARED


def test_only_two_modules_import_xlwings():
    users = {str(path.relative_to(PACKAGE)) for path in MODULES if "xlwings" in set(imports(path))}
    assert users == {"excel/cells.py", "excel/buttons.py"}


def test_no_module_reaches_a_network_but_the_one_that_sends_alerts():
    """The README promises that no formula connects to one, and no command but an alert to a receiver."""
    network = {"socket", "ssl", "http", "ftplib", "smtplib", "asyncio", "requests", "urllib3", "httpx", "aiohttp"}
    names = {name for path in MODULES for name in imports(path) if name}
    assert not {name for name in names if name.split(".")[0] in network or name.startswith("urllib.request")}
    senders = {str(path.relative_to(PACKAGE)) for path in MODULES if {"apprise", "keyring"} & set(imports(path))}
    assert senders == {"monitor/receivers.py"}


def test_only_the_entrances_and_the_calculation_of_today_look_at_the_clock():
    users = {
        str(p.relative_to(PACKAGE)) for p in MODULES if any(c in p.read_text("utf-8") for c in (".today(", ".now("))
    }
    assert users == {"commands/app.py", "excel/buttons.py", "headless/recalculate.py"}


def test_nothing_imports_the_paid_parts_of_xlwings():
    names = [name for path in MODULES for name in imports(path) if name]
    assert not [name for name in names if name.startswith(("xlwings.pro", "xlwings.server"))]


def test_the_core_knows_neither_files_nor_the_clock_nor_the_network():
    forbidden = {"os", "pathlib", "io", "time", "socket", "urllib", "http", "requests", "xlwings", "openpyxl", "lxml"}
    used = {name.split(".")[0] for path in (PACKAGE / "core").glob("*.py") for name in imports(path) if name}
    assert not used & forbidden
    text = "".join(path.read_text("utf-8") for path in (PACKAGE / "core").glob("*.py"))
    assert ".today(" not in text
    assert ".now(" not in text


def test_no_two_files_of_the_tests_have_one_name():
    """Pytest imports them by their names alone: of two it would find only one, or stop."""
    names = [
        path.name for path in Path(__file__).parent.rglob("*.py") if path.name not in ("conftest.py", "__init__.py")
    ]
    assert sorted(name for name in names if names.count(name) > 1) == []
