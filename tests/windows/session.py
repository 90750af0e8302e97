"""A stand-in for Excel in Python's hands: each call goes through the real DLL, COM and the real xlwings server."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from environment import XLWINGS_DLL, Environment, windows_path
from variants import read_value, write_value

#: The tests' own formulas.
SERVER = Path(__file__).resolve().parent / "server"
#: What Python searches for modules: our package, and the tests' own formulas.
PATHS = (SERVER.parents[2], SERVER)


class Raised(Exception):
    """Python's error as VBA gets it: its text is what ``Err.Description`` says."""


class NotStarted(Exception):
    """Python couldn't be started: what xlwings' DLL says about it."""


class Excel:
    """Excel with a workbook open, whose formulas call Python.

    Parameters
    ----------
    environment : Environment
        The Windows client.
    paths : sequence of Path
        Folders that Python searches for modules: ``PYTHONPATH`` of the sheet xlwings.conf.
    python : Path, optional
        Folder of the interpreter, when it isn't the environment's own place.
    workbook : str
        ``ThisWorkbook.FullName``.
    language : str
        Windows' language, as a locale: it decides the code page that file names must fit into.
    """

    def __init__(
        self,
        environment: Environment,
        paths: Sequence[Path],
        python: Path | None = None,
        workbook: str = r"C:\users\seller\ODR.xlsm",
        language: str = "C.UTF-8",
    ) -> None:
        home = python or environment.python
        command = activation(home / "python.exe", workbook, paths)
        self._process = subprocess.Popen(
            ["wine", str(environment.excel), windows_path(home / XLWINGS_DLL), command, workbook],
            env=environment.variables | {"LC_ALL": language}, cwd=environment.folder, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.seconds = 0.0
        self._answer(60)

    def call(self, function: str, *arguments: Any, module: str = "odr_xl.excel.functions", times: int = 1) -> Any:
        """What a formula gives; ``seconds`` is then the mean time of its CallUDF."""
        values = [text for argument in arguments for text in write_value(argument)]
        return self._ask("call", str(times), module, function, *values)

    def end_process(self, number: int) -> None:
        """End a process as the Task Manager does."""
        self._ask("end", str(number))

    def kill_python(self) -> None:
        """``KillPy`` of xlwings.bas."""
        self._ask("kill")

    def unknown_name(self) -> str:
        """What Python asked of Excel last and the stand-in doesn't have; "" when there was nothing."""
        found: str = self._ask("unknown")
        return found

    def close(self) -> None:
        """Close the workbook; Python ends with it."""
        if self._process.poll() is None and self._process.stdin:
            try:
                self._process.stdin.write(b"quit\n")
                self._process.stdin.close()
                self._process.wait(20)
            except (OSError, subprocess.TimeoutExpired):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.decode("utf-8", "replace").rstrip("\r\n"))
        self._lines.put("")

    def _ask(self, *words: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write("\t".join(words).encode() + b"\n")
        self._process.stdin.flush()
        return self._answer(300)

    def _answer(self, seconds: float) -> Any:
        said: list[str] = []
        while True:
            try:
                line = self._lines.get(timeout=seconds)
            except queue.Empty:
                os.killpg(self._process.pid, signal.SIGKILL)
                raise TimeoutError(f"No answer within {seconds} s. {said[-20:]}") from None
            if not line:
                raise RuntimeError(f"The stand-in for Excel ended with {self._process.wait(10)}. {said[-20:]}")
            if line.startswith("="):
                break
            said.append(line)
        kind, number, *rest = line[1:].split("\t")
        if kind == "ok":
            self.seconds = float(number)
            return read_value(iter(rest))
        if kind == "raised":
            raise Raised(read_value(iter(["S" + rest[0]])))
        if kind == "not started":
            raise NotStarted(read_value(iter(["S" + rest[0]])))
        if kind != "ready":
            raise RuntimeError(line)
        return None


def activation(interpreter: Path, workbook: str, paths: Sequence[Path]) -> str:
    """The command that ``XLPyCommand`` of xlwings.bas builds from the workbook's settings, character for character.

    The fields before the paths are ADD_WORKBOOK_TO_PYTHONPATH, twice the workbook, and three settings for OneDrive.
    """
    fields = ["False", workbook, workbook, "", "", "", *(windows_path(path) for path in paths)]
    searched = ";".join(fields).replace("\\", "\\\\").replace("'", "\\'").replace("&", "^&")
    code = (
        f'import sys, os;import xlwings.utils;xlwings.utils.prepare_sys_path(\\"{searched}\\");'
        "import xlwings; xlwings.serve('$(CLSID)')"
    )
    return f'cmd.exe  /K ""{windows_path(interpreter)}" -B -c "{code}""'
