"""The memory's file: what was told to whom, as JSON, replaced whole, used by one run at a time."""

from __future__ import annotations

import json
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from odr_xl.core.episodes import Episode, Memory
from odr_xl.errors import InputError, WorkbookOpen

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_VERSION: Final = 1
_ENDING: Final = ".alerts.json"


@dataclass(frozen=True, slots=True)
class Stored:
    """A memory, and the salt of its receivers' keys."""

    memory: Memory = field(default_factory=Memory)
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))


def memory_path(sources: list[Path]) -> Path:
    """Where the memory of some sources is: beside a workbook or a report, and beside a folder, never in it.

    >>> memory_path([Path("/shop/ODR.xlsm")]).name
    'ODR.alerts.json'
    """
    first = sources[0].resolve()
    return first.with_name((first.name if first.is_dir() else first.stem or "odr") + _ENDING)


def read_memory(path: Path) -> Stored:
    """The memory in a file; an empty one when there is no file yet.

    Raises
    ------
    InputError
        When the file isn't one of ours, or a later version's.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Stored()
    except UnicodeDecodeError as error:
        raise _unreadable(path) from error
    try:
        plain = json.loads(text)
        version = plain["version"]
        if version != _VERSION:
            raise InputError(
                f"{path.name} was written by another version of odr-xl ({str(version)[:20]}). Update odr-xl, or give "
                "another file with --state."
            )
        episodes = {key: _episode(value) for key, value in plain["episodes"].items()}
        looked = date.fromisoformat(plain["looked"]) if plain["looked"] else None
        return Stored(Memory(MappingProxyType(episodes), looked), bytes.fromhex(plain["salt"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path) from error


def write_memory(path: Path, stored: Stored) -> None:
    """Replace the file in one step; only its owner may read it."""
    plain = {
        "version": _VERSION,
        "salt": stored.salt.hex(),
        "looked": stored.memory.looked.isoformat() if stored.memory.looked else None,
        "episodes": {key: _plain(episode) for key, episode in stored.memory.episodes.items()},
    }
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(plain, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


@contextmanager
def alone(path: Path, *, wait: float = 10, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Keep other runs from a memory meanwhile; the system lets go when this process ends, however it ends.

    Raises
    ------
    WorkbookOpen
        When another run has it for longer than ``wait`` seconds.
    """
    with path.with_name(f".{path.name}.lock").open("a+b") as file:
        until = time.monotonic() + wait
        while not _claimed(file.fileno()):
            if time.monotonic() >= until:
                raise WorkbookOpen(f"Another odr-xl alert is using {path.name}. Wait until it has finished.")
            sleep(0.2)
        yield


def _claimed(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _episode(plain: dict[str, Any]) -> Episode:
    quiet = plain["quiet"]
    return Episode(
        date.fromisoformat(plain["since"]),
        frozenset(plain["told"]),
        frozenset(plain["waiting"]),
        date.fromisoformat(quiet) if quiet else None,
    )


def _plain(episode: Episode) -> dict[str, Any]:
    return {
        "since": episode.since.isoformat(),
        "told": sorted(episode.told),
        "waiting": sorted(episode.waiting),
        "quiet": episode.quiet.isoformat() if episode.quiet else None,
    }


def _unreadable(path: Path) -> InputError:
    return InputError(
        f"{path.name} can't be read: it isn't the memory of odr-xl alert, or it is damaged. Give another file with "
        "--state, or delete it; what is raised now is then sent once more."
    )
