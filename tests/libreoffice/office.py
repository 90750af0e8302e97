"""A LibreOffice of our own for one test run: a throw-away profile with our add-in, started and ended here.

Nothing of the user's own LibreOffice is touched, and only the process that was started here is ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin import CalcName, Formulas, calc_names, write_extension
from qualify import qualify

ROOT = Path(__file__).resolve().parents[2]
REMEDY = "Install LibreOffice Calc with its Python bridge: apt install libreoffice-calc python3-uno poppler-utils."
_NOBODY = 65534
#: What our formulas need inside LibreOffice; the newest that its Python can have.
_PACKAGES = ("pandas>=2.2", "numpy>=2.0", "tzdata")


@dataclass(frozen=True)
class Programs:
    """What is needed on this computer: the office, its extension manager, and the Python that can talk to it."""

    soffice: str
    unopkg: str
    python: str
    version: str  # "3.11"; the Python inside LibreOffice is the same one


def find_programs() -> Programs | None:
    """The programs of this computer's LibreOffice, or None when one is missing."""
    soffice, unopkg = shutil.which("soffice"), shutil.which("unopkg")
    if not soffice or not unopkg:
        return None
    # Debian's office uses the system's Python; the one on the path is often another.
    for python in (str(Path(soffice).resolve().with_name("python")), "/usr/bin/python3", shutil.which("python3")):
        if python and Path(python).exists():
            asked = [python, "-c", "import sys, uno; print('%d.%d' % sys.version_info[:2])"]
            answer = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
            if answer.returncode == 0:
                return Programs(soffice, unopkg, python, answer.stdout.strip())
    return None


def packages_for(version: str, cache: Path) -> Path:
    """Folder with pandas and numpy for a Python version: ours when it is the same version, else one filled by pip."""
    if version == "{}.{}".format(*sys.version_info[:2]):
        return Path(sysconfig.get_path("purelib"))
    folder = cache / f"python{version}"
    if not folder.exists():
        filling = folder.with_name(f"{folder.name}.{os.getpid()}")
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(filling)),
                *("--python-version", version, "--implementation", "cp", "--only-binary=:all:", *_PACKAGES),
            ],
            check=True,
            timeout=600,
        )
        filling.rename(folder)
    return folder


@dataclass(frozen=True)
class Witness:
    """What LibreOffice says about a workbook: values by sheet and cell, sheets in its PDF, seconds of calculation."""

    sheets: dict[str, dict[str, float | str]]
    pages: list[str]
    seconds: float


@dataclass(frozen=True)
class Office:
    """A profile with our add-in in it; every question starts LibreOffice afresh."""

    programs: Programs
    home: Path
    names: dict[str, CalcName]
    environment: dict[str, str]

    def ask(
        self, workbook: Path, sheets: Sequence[str] = (), *, pdf: Path | None = None, rows: int = 70, timeout: int = 300
    ) -> Witness:
        """Recalculate a copy of a workbook and report the cells of some sheets; write a PDF when asked to."""
        copy = self.home / f"{uuid.uuid4().hex}{workbook.suffix}"
        qualify(workbook, copy, self.names)
        pipe = f"odr{uuid.uuid4().hex[:12]}"
        command = [self.programs.python, str(Path(__file__).with_name("witness.py")), pipe, str(copy)]
        command += ["--sheets", "/".join(sheets)]
        if pdf is not None:
            command += ["--pdf", str(pdf), "--rows", str(rows)]
        with self._running(pipe):
            told = subprocess.run(
                command, capture_output=True, text=True, timeout=timeout, env=self.environment, check=False
            )
        failures = Path(self.environment["ODR_XL_FAILURES"])
        if failures.exists():
            text = failures.read_text(encoding="utf-8")
            failures.unlink()
            raise RuntimeError(f"A formula failed inside LibreOffice:\n{text}")
        if told.returncode:
            raise RuntimeError(f"LibreOffice could not be asked about {workbook.name}:\n{told.stderr}")
        answer = json.loads(told.stdout)
        return Witness(answer["sheets"], answer.get("pages", []), answer["seconds"])

    @contextlib.contextmanager
    def _running(self, pipe: str) -> Iterator[None]:
        command = [self.programs.soffice, "--headless", "--invisible", "--norestore", "--nologo", "--nodefault"]
        command += [
            "--nofirststartwizard",
            _profile(self.home),
            f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
        ]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=self.environment, start_new_session=True)
        try:
            yield
        finally:
            try:
                process.wait(20)  # the witness has asked it to end
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)


@contextlib.contextmanager
def open_office(
    formulas: Formulas, programs: Programs, cache: Path, extra_path: Sequence[Path] = ()
) -> Iterator[Office]:
    """An office that knows some formulas; its profile is removed at the end.

    Parameters
    ----------
    formulas : sequence of functions
        Each must be importable by LibreOffice's Python from our repository or from ``extra_path``.
    cache : Path
        Where packages for another Python version are kept between runs.
    """
    with tempfile.TemporaryDirectory(prefix="odr-office-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        extension = home / "odr.oxt"
        write_extension(extension, formulas)
        path = [*extra_path, ROOT, packages_for(programs.version, cache)]
        # LibreOffice's own Python looks for a python3 on the path to find its library: an active environment's one
        # would lead it to another version's, and soffice would end without a word.
        environment = {n: v for n, v in os.environ.items() if not n.startswith("PYTHON") and n != "VIRTUAL_ENV"}
        folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
        environment["PATH"] = os.pathsep.join(f for f in folders if not Path(f).is_relative_to(sys.prefix))
        environment |= {
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "ODR_XL_FAILURES": str(home / "failures.txt"),
            "ODR_XL_PATH": os.pathsep.join(map(str, path)),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",  # number and date words in English, whatever the computer speaks
        }
        _install(programs, home, extension, environment)
        yield Office(programs, home, calc_names(formulas), environment)


def _profile(home: Path) -> str:
    return f"-env:UserInstallation={(home / 'profile').as_uri()}"


def _install(programs: Programs, home: Path, extension: Path, environment: dict[str, str]) -> None:
    command = [programs.unopkg, "add", "--suppress-license", str(extension), _profile(home)]
    root = os.name == "posix" and os.geteuid() == 0
    if root:
        # unopkg refuses to run as root, so the profile belongs to nobody until the add-in is in it.
        _give(home, _NOBODY)
        drop = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "--inh-caps=-all"]
        command = [*drop, *command]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)
    if root:
        _give(home, 0)
    if answer.returncode:
        raise RuntimeError(f"LibreOffice refused our add-in:\n{answer.stdout}{answer.stderr}")


def _give(folder: Path, owner: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner, owner, follow_symlinks=False)
