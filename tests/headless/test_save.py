"""A saved workbook is whole at every moment, and one that is open elsewhere isn't touched."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from books import rich_workbook

from odr_xl.errors import WorkbookError, WorkbookOpen
from odr_xl.headless import save as save_module
from odr_xl.headless.package import Package
from odr_xl.headless.save import backup_path, refuse_if_open, write_whole
from odr_xl.headless.sheet import Sheet

ROOT = Path(__file__).parents[2]
SAVER = """
import sys
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet
package = Package.open(sys.argv[1])
sheet = Sheet(package, "Dashboard")
print("ready", flush=True)
value = 1
while True:
    sheet.set_value("B2", value)
    sheet.commit()
    package.save()
    value += 1
"""


def edited(path: Path, value: float) -> Package:
    package = Package.open(path)
    sheet = Sheet(package, "Dashboard")
    sheet.set_value("B2", value)
    sheet.commit()
    return package


def shown(path: Path) -> float:
    """What another program reads in Dashboard!B2."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    value = book["Dashboard"]["B2"].value
    book.close()
    return float(value)


def files(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rich_workbook(tmp_path / "ODR.xlsm")


def test_the_previous_workbook_stays_beside_it_as_one_backup(path: Path) -> None:
    first = path.read_bytes()
    edited(path, 0.02).save()
    second = path.read_bytes()
    assert backup_path(path).read_bytes() == first
    edited(path, 0.03).save()
    assert backup_path(path).read_bytes() == second
    assert (shown(path), shown(backup_path(path))) == (0.03, 0.02)
    assert files(path.parent) == ["ODR.backup.xlsm", "ODR.xlsm"]


def test_no_backup_is_made_when_none_is_wanted(path: Path) -> None:
    edited(path, 0.02).save(backup=False)
    assert files(path.parent) == ["ODR.xlsm"]


def test_the_same_package_can_be_saved_again_and_again(path: Path) -> None:
    package = Package.open(path)
    sheet = Sheet(package, "Dashboard")
    for value in (0.1, 0.2, 0.3):
        sheet.set_value("B2", value)
        sheet.commit()
        package.save()
        assert shown(path) == value


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_permissions_stay(path: Path) -> None:
    path.chmod(0o640)
    edited(path, 0.02).save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(backup_path(path).stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs a right to make links")
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.xlsm"
    link.symlink_to(path)
    edited(link, 0.02).save()
    assert link.is_symlink()
    assert shown(path) == 0.02


@pytest.mark.parametrize("lock", ["~$ODR.xlsm", ".~lock.ODR.xlsm#"])
def test_a_workbook_open_in_excel_or_libreoffice_is_refused(lock: str, path: Path) -> None:
    before = path.read_bytes()
    path.with_name(lock).write_text("someone")
    with pytest.raises(WorkbookOpen, match=r"^ODR\.xlsm is open in another program\. Close it there and run") as caught:
        edited(path, 0.02).save()
    assert lock in str(caught.value)
    assert path.read_bytes() == before
    assert files(path.parent) == sorted([lock, "ODR.xlsm"])


@pytest.mark.parametrize("call", ["open", "replace"])
def test_a_refusal_of_the_system_says_close_it_in_excel(call: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to open or to replace a file that Excel holds, with PermissionError."""
    before = path.read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    package = edited(path, 0.02)
    if call == "open":
        monkeypatch.setattr(save_module.os, "open", refuse)
    else:
        monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WorkbookOpen, match="Close it in Excel"):
        package.save()
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert files(path.parent) == ["ODR.xlsm"]


def test_a_full_disk_leaves_the_workbook_as_it_was(path: Path) -> None:
    before = path.read_bytes()

    def pieces():  # type: ignore[no-untyped-def]
        yield b"PK"
        raise OSError(28, "No space left on device")

    with pytest.raises(WorkbookError, match=r"be saved \(No space left on device\); the workbook is as it was"):
        write_whole(path, pieces(), backup=False)
    assert path.read_bytes() == before
    assert files(path.parent) == ["ODR.xlsm"]


def test_a_workbook_that_changed_since_it_was_opened_is_not_overwritten(path: Path) -> None:
    package = edited(path, 0.02)
    edited(path, 0.5).save()
    with pytest.raises(WorkbookError, match="was changed by another program meanwhile"):
        package.save()
    assert shown(path) == 0.5


def test_a_new_file_needs_nothing_there(path: Path, tmp_path: Path) -> None:
    new = edited(path, 0.02).save(tmp_path / "New.xlsm")
    assert shown(new) == 0.02
    refuse_if_open(tmp_path / "Never.xlsm")
    assert not (tmp_path / "New.backup.xlsm").exists()


def test_leftovers_of_a_killed_run_go_at_the_next_save_and_nothing_else(path: Path) -> None:
    leftover = path.with_name(".ODR.xlsm.abc123.odr-xl.tmp")
    for name in (leftover.name, ".Other.xlsm.abc123.odr-xl.tmp", "ODR.xlsm.tmp"):
        path.with_name(name).write_bytes(b"half")
    edited(path, 0.02).save()
    assert files(path.parent) == [".Other.xlsm.abc123.odr-xl.tmp", "ODR.backup.xlsm", "ODR.xlsm", "ODR.xlsm.tmp"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
def test_a_run_killed_at_any_moment_leaves_the_old_or_the_new_workbook(tmp_path: Path) -> None:
    """40 kills at random moments of a run that saves a 2 MB workbook over and over.

    After each the file must be a whole workbook, every part's checksum right, that holds one of the values
    written; Dashboard!B2 only ever grows.
    """
    folder = tmp_path / "killed"
    folder.mkdir()
    path = folder / "ODR.xlsm"
    rich_workbook(path)
    package = Package.open(path)
    # Random bytes don't pack: they make the file 2 MB large wherever they are kept.
    package.replace("docProps/app.xml", b"<a>" + random.Random(5).randbytes(1_000_000).hex().encode() + b"</a>")
    package.save(backup=False)
    moments = random.Random(11)
    last = 0.0
    kills_while_writing = 0
    for _ in range(40):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(path)], stdout=subprocess.PIPE, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(moments.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        leftovers = [name for name in files(folder) if name.endswith(".odr-xl.tmp")]
        kills_while_writing += bool(leftovers)
        whole = Package.open(path)
        assert all(len(whole.parts[name]) >= 0 for name in whole.parts)  # unpacks each, checks its CRC
        value = shown(path)
        assert value == 0.01 or value >= 1
        last = max(last, value)
    assert last > 1  # some run saved more than once
    assert kills_while_writing >= 5  # the kills did hit the middle of a save
    edited(path, 0.5).save()
    assert files(folder) == ["ODR.backup.xlsm", "ODR.xlsm"]
    assert shown(path) == 0.5
