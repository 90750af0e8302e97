"""The installer's files as text: what can be said about them on any computer."""

import importlib.metadata
import itertools
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "install").glob("*.cmd"))
CONSTRAINTS = (ROOT / "install" / "constraints.txt").read_text("ascii")
#: The environment of a 64-bit Windows, for the conditions of requirements.
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "extra": ""}


def commands(script):
    """The lines that do something, without their indentation."""
    return [line.strip() for line in script.read_text("ascii").splitlines() if not re.match(r"\s*(rem\b|$)", line)]


def test_there_is_one_file_to_install_and_one_to_remove():
    assert [script.name for script in SCRIPTS] == ["Install-ODR.cmd", "Uninstall-ODR.cmd"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
class TestEachScript:
    def test_it_is_ascii_with_windows_line_ends(self, script):
        """Windows' cmd loses labels in files with other line ends, and reads other characters by code page."""
        content = script.read_bytes()
        assert content.isascii()
        assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
        assert content.endswith(b"\r\n")

    def test_git_leaves_its_line_ends_alone(self, script):
        assert "install/*.cmd -text" in (ROOT / ".gitattributes").read_text("ascii").splitlines()

    def test_every_label_that_is_jumped_to_exists_once(self, script):
        lines = commands(script)
        labels = [line[1:] for line in lines if line.startswith(":")]
        targets = {name for line in lines for name in re.findall(r"(?:\bgoto |\bcall :)(\w+)", line)}
        assert targets - {"eof"} <= set(labels)
        assert len(labels) == len(set(labels))

    def test_no_label_is_left_over(self, script):
        """One that nobody jumps to must be reached from the line above it."""
        lines = commands(script)
        targets = {name for line in lines for name in re.findall(r"(?:\bgoto |\bcall :)(\w+)", line)}
        for before, line in itertools.pairwise(lines):
            if line.startswith(":") and line[1:] not in targets:
                assert not before.startswith(("goto ", "exit "))

    def test_it_names_no_web_address(self, script):
        assert not re.search(r"://|\bwww\.", script.read_text("ascii"), re.I)

    def test_it_asks_for_no_administrator_and_fetches_nothing_itself(self, script):
        rights = "runas|administrator|elevat|setx|reg add|scope machine"
        words = f"{rights}|powershell|mshta|[cw]script|curl|wget|bitsadmin|certutil"
        assert not [line for line in commands(script) if re.search(words, line, re.I)]

    def test_the_result_of_every_program_is_looked_at(self, script):
        lines = commands(script)
        checked = 0
        for line, after in itertools.pairwise(lines):
            bare = re.sub(r'^(if (/i )?(not )?(exist )?"[^"]*" )', "", line)
            if re.match(r'"%\w+%"|\w+\.exe|pushd|start|mkdir|rmdir|move|del', bare):
                checked += 1
                assert re.match(r"if (not )?(%ERRORLEVEL%==|exist )", after), line
        assert checked >= 4

    def test_an_old_exit_code_is_not_taken_for_that_of_a_command_that_leaves_it(self, script):
        lines = commands(script)
        for before, line in itertools.pairwise(lines):
            if line.startswith(("pushd ", "start ")):
                assert before == "ver >nul", line

    def test_every_failure_says_what_to_do_and_ends_with_a_number(self, script):
        text = "\n".join(commands(script))
        failures = re.findall(r"^:(\w+)\n(?:popd\n)?echo (.+)\n(goto failed|call :wait\nexit /b 2)$", text, re.M)
        trouble = re.compile(r"^(no_|not_|wrong|in_use)|failed|incomplete")
        named = {name for name in re.findall(r"\bgoto (\w+)", text) if trouble.search(name)}
        assert {name for name, _, _ in failures} >= named - {"failed", "not_installed", "not_empty"}
        assert all(": " in sentence and sentence.endswith(".") for _, sentence, _ in failures)
        assert ":failed\ncall :wait\nexit /b 1" in text

    def test_odd_characters_in_paths_survive(self, script):
        """No delayed expansion (it eats !), no path as an argument of call (it expands % twice), quotes around all."""
        lines = commands(script)
        assert "setlocal EnableExtensions DisableDelayedExpansion" in lines
        assert not [line for line in lines if "call " in line and "%" in line.partition("call ")[2]]
        paths = "LOCALAPPDATA|USERPROFILE|BASE|ENVPY|DOCUMENTS|BOOK|HERE|PARENT|PY|TRY|PATH|FOLDERS"
        for line in lines:
            for use in re.finditer(rf"%(?:{paths})(?::[^%]*)?%|%~dp0|%%~f?D", line):
                assert line[: use.start()].count('"') % 2 == 1, line


def test_pip_is_never_given_a_name_that_strangers_could_take():
    """odr-xl isn't on PyPI: its name is only looked up in the folder wheels."""
    lines = [line for line in commands(ROOT / "install" / "Install-ODR.cmd") if " pip install " in line]
    assert len(lines) == 2
    assert [line for line in lines if line.endswith(" odr-xl") and " --no-index --find-links wheels " not in line] == []
    assert all("--constraint constraints.txt" in line for line in lines)


@pytest.mark.parametrize(
    ("version", "platform", "prefix", "code"),
    [
        ((3, 10), "win-amd64", r"C:\Python310", 3),
        ((3, 11), "win-amd64", r"C:\Python311", 0),
        ((3, 14), "win-amd64", r"C:\Users\me\AppData\Local\Programs\Python\Python314", 0),
        ((3, 15), "win-amd64", r"C:\Python315", 3),  # ironcalc has no wheel for it
        ((3, 13), "win32", r"C:\Python313-32", 3),
        ((3, 13), "win-arm64", r"C:\Python313-arm64", 3),
        ((3, 13), "win-amd64", r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13", 3),
    ],
)
def test_the_question_whether_a_python_can_be_used(version, platform, prefix, code):
    """The line that the script gives to Python, asked under a disguise."""
    text = (ROOT / "install" / "Install-ODR.cmd").read_text("ascii")
    (question,) = re.findall(r'set "CHECK=(.*)"', text)
    assert not set('"%!') & set(question)
    disguise = (
        f"import sys, sysconfig; sys.version_info = {(*version, 1)}; sys.base_prefix = {prefix!r};"
        f"sysconfig.get_platform = lambda: {platform!r}; {question}"
    )
    assert subprocess.run([sys.executable, "-I", "-c", disguise], timeout=60).returncode == code


def pinned():
    lines = [line for line in CONSTRAINTS.splitlines() if not line.startswith("#")]
    return dict(line.split("==") for line in lines)


def needed_on_windows():
    """Every requirement of odr-xl on Windows, and of what it needs.

    A package of another version than the pinned one isn't asked: its requirements may be others.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = pinned()
    open_, seen = [Requirement(text) for text in project["dependencies"]], set()
    while open_:
        requirement = open_.pop()
        if requirement.marker and not requirement.marker.evaluate(WINDOWS):
            continue
        yield requirement
        name = canonicalize_name(requirement.name)
        if name in seen:
            continue
        seen.add(name)
        try:
            if importlib.metadata.version(name) != versions.get(name):
                continue
        except importlib.metadata.PackageNotFoundError:
            # Packages for Windows alone; they need no others.
            assert name in {"pywin32", "colorama"}
            continue
        open_ += [Requirement(text) for text in importlib.metadata.requires(name) or []]


def test_every_package_that_is_installed_has_its_version_pinned():
    versions = pinned()
    needed = list(needed_on_windows())
    assert {"pywin32", "pandas", "ironcalc"} <= {canonicalize_name(requirement.name) for requirement in needed}
    for requirement in needed:
        version = versions[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement


def test_the_guide_says_what_has_not_been_tried():
    assert "has not run on a real Windows" in (ROOT / "docs" / "install.md").read_text("utf-8")
    assert "还没有在真正的 Windows 上运行过" in (ROOT / "docs" / "zh" / "install.md").read_text("utf-8")
