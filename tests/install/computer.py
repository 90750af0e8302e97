"""A Windows computer under Wine, with stand-ins for Python, winget and Excel that write down how they were started."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: A folder name with what a careless batch file trips over. No percent sign: Wine 8.0's cmd loses it.
ODD = "R&D (张伟) ^wow! it's"


def windows(path: Path) -> str:
    """A path as Windows sees it: the whole computer is Wine's drive Z."""
    return "Z:" + str(path).replace("/", "\\")


class Wine:
    """A Wine prefix of its own and the compiled stand-in."""

    def __init__(self, folder: Path) -> None:
        self.environment = {
            **{key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "TMPDIR"}},
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
            "LC_ALL": "C.UTF-8",
        }
        self.standin = folder / "run.exe"
        source = Path(__file__).with_name("standin.c")
        compiler = ["x86_64-w64-mingw32-gcc", "-O1", "-municode", "-static", "-o", self.standin, source]
        subprocess.run(compiler, check=True, timeout=120)
        self.start("wineboot", "-i", timeout=300)
        # The association that "start" looks up; Excel itself would be here.
        excel = folder / "excel.exe"
        shutil.copy(self.standin, excel)
        for key, value in ((".xlsm", "Book"), (r"Book\shell\open\command", f'"{windows(excel)}" "%1"')):
            self.start("wine", "reg", "add", rf"HKCR\{key}", "/ve", "/d", value, "/f")

    def start(self, *command: str, timeout: int = 60) -> subprocess.CompletedProcess[bytes]:
        """Run a program of Wine's; its answer's text is in the console's own characters."""
        return subprocess.run(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )

    def stop(self) -> None:
        """End every process of this prefix."""
        self.start("wineserver", "-k")


@dataclass
class Answer:
    """What a script did."""

    code: int
    text: str
    #: One row a started stand-in: its path below the computer's folder, then its arguments.
    calls: list[list[str]]

    def of(self, name: str, *words: str) -> list[list[str]]:
        """The calls of a program whose arguments hold all the words."""
        return [call for call in self.calls if call[0].endswith(name) and set(words) <= set(call[1:])]


@dataclass
class Computer:
    """One seller's computer: a home, folders on the path, and the unpacked zip."""

    wine: Wine
    folder: Path
    path: list[Path] = field(default_factory=list)
    fails: str = ""
    command_line: str = ""

    def __post_init__(self) -> None:
        self.local.mkdir(parents=True)
        self.documents.mkdir()
        (self.zip / "install").mkdir(parents=True)
        (self.zip / "pyproject.toml").touch()
        for name in ("Install-ODR.cmd", "Uninstall-ODR.cmd", "constraints.txt"):
            shutil.copy(ROOT / "install" / name, self.zip / "install")

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def local(self) -> Path:
        return self.home / "AppData" / "Local"

    @property
    def program(self) -> Path:
        return self.local / "odr-xl"

    @property
    def documents(self) -> Path:
        return self.home / "Documents"

    @property
    def workbook(self) -> Path:
        return self.documents / "ODR.xlsm"

    @property
    def zip(self) -> Path:
        return self.folder / "odr-xl-main"

    @property
    def log(self) -> Path:
        return self.folder / "calls.log"

    def calls(self) -> list[list[str]]:
        """What was started since the last script began."""
        rows = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        return [row.replace(windows(self.folder), "…").split("\t") for row in rows]

    def opened(self) -> list[str]:
        """Files that Excel's stand-in was started with; the script doesn't wait for it, so this does."""
        for _ in range(100):
            files = [
                file for program, *arguments in self.calls() if program.endswith("excel.exe") for file in arguments
            ]
            if files:
                return files
            time.sleep(0.1)
        return []

    def add(self, program: str, folder: Path, *, answer: int | str = 0, on_path: bool = True) -> Path:
        """Put a stand-in there; a Python answers the question whether it can be used with ``answer``, reg prints it."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.wine.standin, folder / program)
        (folder / "answer.txt").write_text(str(answer))
        if on_path:
            self.path.append(folder)
        return folder / program

    def run(self, script: str, *words: str) -> Answer:
        """Start a script of the zip as a double click does, with words after its name."""
        self.log.unlink(missing_ok=True)
        called = " ".join([f'"{windows(self.zip / "install" / script)}"', *words])
        order = self.folder / "order.txt"
        settings = {
            "PATH": ";".join([*map(windows, self.path), r"C:\windows\system32", r"C:\windows"]),
            "LOCALAPPDATA": windows(self.local),
            "USERPROFILE": windows(self.home),
            "STANDIN_LOG": windows(self.log),
            "STANDIN_FAILS": self.fails,
            # Wine's cmd has no such variable of its own.
            "CMDCMDLINE": self.command_line,
        }
        lines = [rf'C:\windows\system32\cmd.exe /c "{called}"', *(f"{key}={value}" for key, value in settings.items())]
        order.write_text("\n".join(lines) + "\n", "utf-8")
        done = self.wine.start("wine", str(self.wine.standin), windows(order), timeout=120)
        calls = self.calls()
        text = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
        return Answer(done.returncode, text.replace("\r", ""), calls)
