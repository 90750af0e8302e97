"""A workbook as PDF, drawn by this computer's LibreOffice in a profile of its own; the user's own isn't touched."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from odr_xl.errors import ProgramMissing, WorkbookError
from odr_xl.headless.save import write_whole

_MAC = "Applications/LibreOffice.app/Contents/MacOS/soffice"
#: Seconds; a dozen sheets take six, the first start of LibreOffice on a slow disk a minute.
TIMEOUT = 300


def find_office() -> Path | None:
    """This computer's LibreOffice, from the path or from where its installers put it."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        if folder := os.environ.get(variable):
            yield Path(folder, "LibreOffice", "program", "soffice.com")  # .com waits until the work is done
            yield Path(folder, "LibreOffice", "program", "soffice.exe")
    yield Path("/", _MAC)
    yield Path.home() / _MAC
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)  # libreoffice.org's own packages


def write_pdf(workbook: bytes, target: Path, *, office: Path | None = None, timeout: float = TIMEOUT) -> None:
    """Draw a workbook's visible sheets into a PDF file.

    Parameters
    ----------
    workbook : bytes
        An .xlsx file.
    target : Path
        The PDF; written in one step.
    office : Path, optional
        The program; found when left out.
    timeout : float
        Seconds after which the program is ended.

    Raises
    ------
    ProgramMissing
        If LibreOffice isn't on this computer.
    WorkbookError
        If it takes too long or draws nothing, or the file can't be written.
    """
    office = office or find_office()
    if office is None:
        raise ProgramMissing("A PDF needs LibreOffice, and it isn't on this computer. Install it from libreoffice.org.")
    # On Windows LibreOffice may hold a file of its profile for a moment after its end.
    with tempfile.TemporaryDirectory(prefix="odr-xl-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"{target.stem}.xlsx"
        source.write_bytes(workbook)
        command = [
            *(str(office), f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"),
            *("--convert-to", "pdf", "--outdir", str(folder), str(source)),
        ]
        said = _run(command, timeout)
        drawn = folder / f"{target.stem}.pdf"
        data = drawn.read_bytes() if drawn.exists() else b""
    if not data.startswith(b"%PDF"):
        reason = f" It said: {said[:200]}" if said else ""
        raise WorkbookError(f"LibreOffice ({office}) wrote no PDF of {target.stem}. Does it start by itself?{reason}")
    write_whole(target, [data], backup=False)


def _run(command: list[str], timeout: float) -> str:
    """What the program says on standard error; it and what it started are ended after `timeout`."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,  # the program starts another one, which is to end with it
    )
    try:
        return process.communicate(timeout=timeout)[1].decode("utf-8", "replace").strip()
    except subprocess.TimeoutExpired as error:
        raise WorkbookError(
            f"LibreOffice didn't finish the PDF within {timeout:.0f} seconds and was ended. "
            "Make the workbook smaller, or print it from a program that shows it."
        ) from error
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _environment() -> dict[str, str]:
    """The surroundings without an active Python environment: LibreOffice's own Python would look for itself there."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith("PYTHON") and n != "VIRTUAL_ENV"}
    if sys.prefix != sys.base_prefix and "PATH" in environment:
        folders = environment["PATH"].split(os.pathsep)
        environment["PATH"] = os.pathsep.join(f for f in folders if not Path(f).is_relative_to(sys.prefix))
    return environment
