"""The daily entry for each scheduler. Windows' Task Scheduler and launchd themselves weren't there to take it."""

from __future__ import annotations

import plistlib
import shlex
import shutil
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest
from lxml import etree

from odr_xl.errors import OdrError, ProgramMissing, UsageError
from odr_xl.monitor.schedule import Entry, install, schedule_entry, task_name

COMMAND = ["/py thon/bin/python3", "-m", "odr_xl", "alert", "/shop & co/100% ODR 店's.xlsm", "--notify", "keyring:mail"]
NAMESPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def entry(system: str, command: list[str] = COMMAND) -> Entry:
    return schedule_entry(system, command, "alert-x", time(7, 5), date(2026, 11, 20), Path("/home/shop"))


def test_windows_task_runs_daily_and_after_a_missed_start_without_a_password():
    made = entry("Windows")
    task = etree.fromstring(made.text.encode("utf-16"))
    found = {element.tag.removeprefix(NAMESPACE): element.text for element in task.iter() if not len(element)}
    assert found["StartBoundary"] == "2026-11-20T07:05:00"
    assert (found["DaysInterval"], found["StartWhenAvailable"]) == ("1", "true")
    assert found["LogonType"] == "InteractiveToken"
    assert found["Command"] == COMMAND[0]
    assert found["Arguments"] == subprocess.list2cmdline(COMMAND[1:])
    # The order that the schema prescribes.
    assert [child.tag.removeprefix(NAMESPACE) for child in task] == [
        "RegistrationInfo", "Triggers", "Principals", "Settings", "Actions",
    ]  # fmt: skip
    assert made.remove == 'schtasks /Delete /TN "odr-xl\\alert-x" /F'


def test_launchd_gets_the_command_as_it_is():
    made = entry("Darwin")
    plan = plistlib.loads(made.text.encode())
    assert plan["ProgramArguments"] == COMMAND
    assert plan["StartCalendarInterval"] == {"Hour": 7, "Minute": 5}
    assert made.path == Path("/home/shop/Library/LaunchAgents/odr-xl.alert-x.plist")


def test_line_of_cron_gives_the_shell_the_same_command():
    line = entry("Linux").text
    assert line.startswith("5 7 * * * ")
    assert line.endswith("# odr-xl alert-x\n")
    # cron itself turns \% into %, and the shell reads the rest.
    rest = line.removeprefix("5 7 * * * ").replace(r"\%", "%")
    assert "%" not in line.replace(r"\%", "")
    assert shlex.split(rest, comments=True) == COMMAND


@pytest.mark.parametrize("system", ["Windows", "Darwin", "Linux"])
def test_name_with_a_line_break_is_refused(system):
    with pytest.raises(UsageError, match="line break"):
        entry(system, ["python", "a\nb"])


def test_names_of_two_workbooks_differ_and_hold_nothing_that_a_scheduler_would_read():
    names = {task_name(Path(f"/{folder}/My %Shop% & 店.xlsm")) for folder in "ab"}
    assert len(names) == 2
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") for name in names)


@pytest.fixture
def crontab(tmp_path, monkeypatch):
    """A crontab command that keeps its table in a file, as cron's own does."""
    if sys.platform == "win32":
        pytest.skip("cron is not for Windows: run this on Linux or a Mac.")
    table = tmp_path / "table"
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        f'cd "{tmp_path}"\n'
        'if [ "$1" = -l ]; then\n'
        '  [ -f broken ] && { echo "permission denied" >&2; exit 1; }\n'
        '  [ -f table ] || { echo "no crontab for shop" >&2; exit 1; }\n'
        "  cat table\n"
        "else\n"
        "  cat > coming && mv coming table\n"
        "fi\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return table


def test_entry_is_added_once_and_the_other_lines_stay(crontab):
    install(entry("Linux"))
    crontab.write_text("0 1 * * * backup\n" + crontab.read_text() + "# a note without an end of line")
    install(entry("Linux"))
    lines = crontab.read_text().splitlines()
    assert lines[:2] == ["0 1 * * * backup", "# a note without an end of line"]
    assert lines[2:] == [entry("Linux").text.rstrip("\n")]


def test_table_that_cannot_be_read_is_not_replaced(crontab):
    crontab.write_text("0 1 * * * backup\n")
    crontab.with_name("broken").touch()
    with pytest.raises(OdrError, match="permission denied"):
        install(entry("Linux"))
    assert crontab.read_text() == "0 1 * * * backup\n"


def test_removal_takes_our_line_alone(crontab):
    crontab.write_text("0 1 * * * backup\n")
    install(entry("Linux"))
    subprocess.run(["sh", "-c", entry("Linux").remove], check=True, timeout=10)
    assert crontab.read_text() == "0 1 * * * backup\n"


def test_missing_scheduler_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("schtasks") is None
    with pytest.raises(ProgramMissing, match="schtasks isn't on this computer"):
        install(entry("Windows"))
