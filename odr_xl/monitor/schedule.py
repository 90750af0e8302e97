"""The schedule: the entry that runs the alerts daily, for Windows' Task Scheduler, for launchd, and for cron."""

from __future__ import annotations

import hashlib
import os
import plistlib
import re
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from odr_xl.errors import OdrError, ProgramMissing, UsageError

_FOLDER: Final = "odr-xl"
_MOST_SECONDS: Final = 60
_TASK: Final = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Looks at the Order Defect Rate once a day: odr-xl alert</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{start}</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a scheduler.

    Attributes
    ----------
    scheduler : str
        As a seller knows it.
    name : str
        Of the entry there.
    text : str
        What is written: the task's XML, the property list, or the line.
    path : Path or None
        Where a file of it stays; ``None`` where the scheduler keeps it.
    remove : str
        The command that takes it away again.
    """

    scheduler: str
    name: str
    text: str
    path: Path | None
    remove: str


def task_name(source: Path) -> str:
    """A name for the task of a source: the same one each time, so that installing twice replaces it.

    >>> task_name(Path("/shop/My Shop.xlsm"))
    'alert-My-Shop-0de801'
    """
    plain = re.sub(r"[^0-9A-Za-z]+", "-", source.stem).strip("-") or "shop"
    return f"alert-{plain[:40]}-{hashlib.sha256(str(source).encode()).hexdigest()[:6]}"


def schedule_entry(system: str, command: Sequence[str], name: str, at: time, today: date, home: Path) -> Entry:
    """The entry that runs a command each day.

    Parameters
    ----------
    system : str
        As ``platform.system()`` says it: Windows, Darwin, or another, which is taken to have cron.
    command : sequence of str
        Program and arguments.
    at : datetime.time
    today : datetime.date
        First day, where the scheduler asks for one.
    home : Path
        The seller's home folder.

    Raises
    ------
    UsageError
        When an argument holds a line break, which no scheduler takes.
    """
    if any(character in part for part in command for character in "\r\n\0"):
        raise UsageError("A name with a line break can't stand in a scheduled task. Rename the file.")
    if system == "Windows":
        text = _TASK.format(
            start=f"{today.isoformat()}T{at:%H:%M}:00",
            program=escape(command[0]),
            arguments=escape(subprocess.list2cmdline(command[1:])),
        )
        full = f"{_FOLDER}\\{name}"
        return Entry("Task Scheduler", full, text, None, f'schtasks /Delete /TN "{full}" /F')
    if system == "Darwin":
        label = f"{_FOLDER}.{name}"
        path = home / "Library" / "LaunchAgents" / f"{label}.plist"
        log = str(home / "Library" / "Logs" / f"{label}.log")
        plan = {
            "Label": label,
            "ProgramArguments": list(command),
            "StartCalendarInterval": {"Hour": at.hour, "Minute": at.minute},
            "StandardOutPath": log,
            "StandardErrorPath": log,
            "ProcessType": "Background",
        }
        text = plistlib.dumps(plan, sort_keys=False).decode()
        remove = f"launchctl bootout gui/$(id -u)/{label}; rm {shlex.quote(str(path))}"
        return Entry("launchd", label, text, path, remove)
    # cron ends a command at a bare per cent sign.
    line = f"{at.minute} {at.hour} * * * {shlex.join(command)}".replace("%", r"\%")
    label = f"{_FOLDER} {name}"
    remove = f"crontab -l | grep -v -F {shlex.quote('# ' + label)} | crontab -"
    return Entry("cron", label, f"{line} # {label}\n", None, remove)


def install(entry: Entry) -> None:
    """Put the entry into its scheduler, in place of an earlier one of the same name.

    Raises
    ------
    ProgramMissing
        When the scheduler's program isn't there.
    OdrError
        When it refuses the entry; its own words follow.
    """
    if entry.scheduler == "Task Scheduler":
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_text(entry.text, encoding="utf-16")
            _run(["schtasks", "/Create", "/TN", entry.name, "/XML", str(file), "/F"])
    elif entry.path is not None:
        entry.path.parent.mkdir(parents=True, exist_ok=True)
        entry.path.write_text(entry.text, encoding="utf-8")
        domain = f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui"
        _run(["launchctl", "bootout", f"{domain}/{entry.name}"], check=False)
        _run(["launchctl", "bootstrap", domain, str(entry.path)])
    else:
        mark = f"# {entry.name}"
        # Without a table yet, cron answers with an error; any other error must not cost the lines that are there.
        before = _run(["crontab", "-l"], unless="no crontab").splitlines(keepends=True)
        kept = "".join(line for line in before if not line.rstrip().endswith(mark))
        _run(["crontab", "-"], given=kept + ("" if kept.endswith("\n") or not kept else "\n") + entry.text)


def _run(command: Sequence[str], *, given: str | None = None, check: bool = True, unless: str = "") -> str:
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=_MOST_SECONDS, check=False
        )  # fmt: skip
    except FileNotFoundError as error:
        raise ProgramMissing(
            f"{command[0]} isn't on this computer, so nothing was scheduled. Install it, or add --dry-run and put the "
            "entry where your scheduler keeps its own."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise OdrError(f"{command[0]} didn't answer within {_MOST_SECONDS} seconds. Try once more.") from error
    told = " ".join((done.stderr or done.stdout).split())
    if check and done.returncode and not (unless and unless in told):
        raise OdrError(f"{command[0]} refused the task: {told or done.returncode}. Nothing was scheduled.")
    return done.stdout if done.returncode == 0 else ""
