"""The rooms: who may import whom, and what may be looked at where."""

import ast
import subprocess
import sys
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
    # It only brings files; the readers read them.
    "amazon": SHARED | {"amazon"},
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


def test_no_module_reaches_a_network_but_the_ones_that_send_alerts_and_fetch_reports():
    """The README promises that no formula connects to one, and no command but an alert with a receiver, and fetch."""
    network = {"socket", "ssl", "http", "ftplib", "smtplib", "asyncio", "requests", "urllib3", "httpx", "aiohttp"}
    # What the modules that may do so use for it: nothing else may import them.
    doors = {
        "monitor/receivers.py": {"apprise", "keyring"},
        "amazon/keys.py": {"keyring"},
        "amazon/service.py": {"sp_api", "httpx"},
    }
    found = {}
    for path in MODULES:
        names = {name for name in imports(path) if name}
        assert not {name for name in names if name.startswith("urllib.request")}
        used = {name.split(".")[0] for name in names} & (network | {"apprise", "keyring", "sp_api"})
        if used:
            found[path.relative_to(PACKAGE).as_posix()] = used
    assert found == doors


def test_no_formula_and_no_other_command_reaches_the_room_that_fetches():
    """Only the command and what it shows know the room; the libraries are loaded when it is used."""
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if any(name and name.startswith("odr_xl.amazon") for name in imports(path))
    }
    assert {user for user in users if not user.startswith("amazon/")} == {"commands/download.py", "screen.py"}
    code = "import sys, odr_xl.cli, odr_xl.screen, odr_xl.amazon.fetch; print({'sp_api', 'httpx'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"


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
