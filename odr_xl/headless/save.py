"""A workbook file replaced whole: whenever the power goes, the old one or the new one is there.

The new bytes go to a file beside the workbook, are flushed to the disk, and take the workbook's name in one step.
The workbook that was there stays beside it as one backup: `ODR.xlsm` as `ODR.backup.xlsm`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from odr_xl.errors import WorkbookError, WorkbookOpen

if sys.platform != "win32":
    import fcntl

_TEMPORARY = ".odr-xl.tmp"


def backup_path(path: Path) -> Path:
    """Where the backup of a workbook is: ``ODR.backup.xlsm`` beside ``ODR.xlsm``."""
    return path.with_name(f"{path.stem}.backup{path.suffix}")


def refuse_if_open(path: Path) -> None:
    """Do nothing if the workbook can be replaced.

    Raises
    ------
    WorkbookOpen
        If Excel or LibreOffice has it open, or it's write-protected; the text says what to do.
    """
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise WorkbookOpen(
                f"{path.name} is open in another program. Close it there and run the command again "
                f"(if it's open nowhere, delete {lock.name} beside it)."
            )
    if not path.exists():
        return
    try:
        os.close(os.open(path, os.O_RDWR))  # Windows refuses this while Excel has the file open
    except PermissionError as error:
        raise _open_elsewhere(path) from error


def _open_elsewhere(path: Path) -> WorkbookOpen:
    return WorkbookOpen(
        f"{path.name} can't be written: it's open in Excel or write-protected. "
        "Close it in Excel, or remove the protection, and run the command again."
    )


def write_whole(path: Path, pieces: Iterable[bytes | memoryview], *, backup: bool = True) -> None:
    """Put a file's bytes in place in one step, keeping the previous file as the backup.

    Parameters
    ----------
    path : Path
        The file to write; links are followed, its permissions are kept.
    pieces : iterable of bytes
        The new contents.
    backup : bool
        Whether the file that is there now is copied to `backup_path` first.

    Raises
    ------
    WorkbookOpen
        If the file is open in another program or write-protected.
    WorkbookError
        If the folder can't be written or the disk is full; the file is as it was.
    """
    path = path.resolve()
    refuse_if_open(path)
    _remove_leftovers(path)
    try:
        if backup and path.exists():
            with path.open("rb") as previous:
                _write_and_rename(backup_path(path), iter(lambda: previous.read(1 << 20), b""), path)
        _write_and_rename(path, pieces, path)
    except PermissionError as error:
        raise _open_elsewhere(path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise WorkbookError(
            f"{path.name} couldn't be saved ({reason}); the workbook is as it was. "
            "Make room on the disk or save it elsewhere, and run the command again."
        ) from error
    _flush_folder(path.parent)


def _write_and_rename(target: Path, pieces: Iterable[bytes | memoryview], model: Path) -> None:
    """Write `target` through a temporary file that has the owner and the permissions of `model`."""
    try:
        handle, name = tempfile.mkstemp(prefix=_leftover_prefix(model), suffix=_TEMPORARY, dir=target.parent)
    except PermissionError as error:
        raise WorkbookError(
            f"The folder of {target.name} can't be written. Move the workbook to a folder of your own."
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            with contextlib.suppress(OSError):  # some network folders have no locks
                _claim(file.fileno())
            _copy_permissions(model, file.fileno(), name)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            if sys.platform != "win32":
                Path(name).replace(target)  # while it's still claimed, so that no other run takes it for a leftover
        if sys.platform == "win32":
            Path(name).replace(target)  # Windows renames closed files only
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _leftover_prefix(path: Path) -> str:
    return f".{path.name}."


def _remove_leftovers(path: Path) -> None:
    """Remove the temporary files of runs that were killed; those of a run that's alive stay."""
    prefix = _leftover_prefix(path)
    for leftover in path.parent.iterdir():
        if not (leftover.name.startswith(prefix) and leftover.name.endswith(_TEMPORARY)):
            continue
        with contextlib.suppress(OSError):  # one that is in use on Windows can't be removed: the next save does it
            handle = os.open(leftover, os.O_RDWR)
            try:
                _claim(handle)
                if sys.platform != "win32":
                    leftover.unlink()
            finally:
                os.close(handle)
            if sys.platform == "win32":
                leftover.unlink()


def _claim(handle: int) -> None:
    """Lock a temporary file for as long as it's open; the system releases it when the process dies."""
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _copy_permissions(model: Path, handle: int, name: str) -> None:
    if not model.exists():
        if sys.platform != "win32":
            mask = os.umask(0)
            os.umask(mask)
            os.fchmod(handle, 0o666 & ~mask)
        return
    if sys.platform == "win32":
        shutil.copymode(model, name)
        return
    status = model.stat()
    with contextlib.suppress(PermissionError):  # only root may give a file away; the seller then owns the new one
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut; Windows does that on its own."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        return  # some network folders can't: the file itself is flushed already
    finally:
        os.close(handle)
