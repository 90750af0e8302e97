"""The state: which report was asked for and where its file is, so that the next run takes it up. It holds no key."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from odr_xl.errors import InputError

#: Hidden, so that a refresh of the folder passes it over.
STATE_NAME: Final = ".odr-fetch.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One request that Amazon has accepted.

    Attributes
    ----------
    report : str
        Amazon's id of the report.
    document : str
        Amazon's id of its document; "" while it is made.
    sha256 : str
        Of the file as it was written; "" before.
    """

    report: str
    document: str = ""
    sha256: str = ""


State = dict[str, Entry]


def read_state(folder: Path) -> State:
    """Entries by the name of their file; none when the folder has no state yet.

    Raises
    ------
    InputError
        When the file isn't one of ours, or a later version's.
    """
    path = folder / STATE_NAME
    try:
        plain = json.loads(path.read_text("utf-8"))
        if plain["version"] != _VERSION:
            raise InputError(
                f"{path} was written by another version of odr-xl ({str(plain['version'])[:20]}). Update odr-xl, or "
                "delete it: then every report is asked for anew."
            )
        state = {name: Entry(**value) for name, value in plain["reports"].items()}
        if not all(isinstance(part, str) for entry in state.values() for part in asdict(entry).values()):
            raise ValueError
        return state
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{path} can't be read. Delete it: then every report is asked for anew.") from None


def write_state(folder: Path, state: State) -> None:
    """Replace the state in one step."""
    plain = {"version": _VERSION, "reports": {name: asdict(entry) for name, entry in state.items()}}
    write_whole(folder / STATE_NAME, json.dumps(plain, indent=1).encode("utf-8"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: it is the old one or the new one, whatever happens; only its owner may read it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def is_there(path: Path, entry: Entry) -> bool:
    """Whether a document's file is there and is as it was written."""
    try:
        return bool(entry.sha256) and digest(path.read_bytes()) == entry.sha256
    except FileNotFoundError:
        return False
