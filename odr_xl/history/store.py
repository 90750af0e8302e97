"""The history file: SQLite, one snapshot a day and revision, append-only."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Final

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.core.snapshot import AccountCounts, Printed, Snapshot
from odr_xl.core.window import Window
from odr_xl.errors import InputError
from odr_xl.history.schema import ACCOUNT_COLUMNS, APPLICATION, STEPS, VERSION

_MAGIC: Final = b"SQLite format 3\0"
#: Seconds that a writer waits for another one; a snapshot takes a few milliseconds.
PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Kept:
    """One snapshot in a history.

    Attributes
    ----------
    snapshot : Snapshot
        Its numbers.
    revision : int
        From 1; a day whose numbers changed has several.
    taken : str
        When it was written, UTC.
    """

    snapshot: Snapshot
    revision: int
    taken: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a snapshot.

    Attributes
    ----------
    revision : int
        The day's revision that has these numbers.
    added : bool
        False when the day had them already.
    gone : tuple of str
        Accounts with orders in the day's revision before that this one doesn't have.
    """

    revision: int
    added: bool
    gone: tuple[str, ...] = ()


@contextmanager
def open_history(path: Path, *, create: bool = True) -> Iterator[sqlite3.Connection]:
    """The history, made or brought to this version of its schema when it is older.

    Parameters
    ----------
    create : bool
        Make the file when there is none.

    Raises
    ------
    InputError
        When the file isn't a history, is one of a newer version, is in use for too long, or can't be written.
    """
    _check_place(path, create)
    try:
        # The driver begins no transaction by itself: each is begun for writing at once, so two can't both think
        # that they are first.
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise InputError(
            f"{path}: the history can't be opened ({error}). Check the name and the permissions."
        ) from None
    try:
        # A snapshot that was told to be kept survives a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        _upgrade(connection, path)
        _write_ahead(connection)
        yield connection
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise InputError(f"{path.name} is in use by another program. Close it there and try again.") from None
        raise InputError(
            f"{path.name}: the history can't be used ({error}). Check the disk and the permissions."
        ) from None
    except sqlite3.DatabaseError as error:
        raise InputError(
            f"{path.name} is damaged or isn't a history of odr-xl ({error}). Choose another name, or use a copy of it."
        ) from None
    finally:
        connection.close()


def record(connection: sqlite3.Connection, snapshot: Snapshot, *, taken: datetime) -> Recorded:
    """Append a snapshot, unless the day's latest revision has the same numbers; the earlier revisions stay.

    Parameters
    ----------
    taken : datetime.datetime
        The time, aware of its zone.
    """
    with _writing(connection):
        before = _read(connection, "day = ? ORDER BY revision DESC LIMIT 1", (snapshot.day.isoformat(),))
        latest = before[0] if before else None
        if latest is not None and latest.snapshot == snapshot:
            return Recorded(latest.revision, added=False)
        revision = latest.revision + 1 if latest else 1
        window = snapshot.window
        row = connection.execute(
            "INSERT INTO snapshots (day, revision, taken, window_start, window_end) VALUES (?, ?, ?, ?, ?)",
            (
                snapshot.day.isoformat(),
                revision,
                taken.isoformat(timespec="seconds"),
                str(window.start),
                str(window.end),
            ),
        ).lastrowid
        places = ", ".join("?" * (len(ACCOUNT_COLUMNS) + 1))
        connection.executemany(
            f"INSERT INTO accounts (snapshot, {', '.join(ACCOUNT_COLUMNS)}) VALUES ({places})",
            [(row, *_cells(account)) for account in snapshot.accounts],
        )
        names = {account.name for account in snapshot.accounts}
        earlier = latest.snapshot.accounts if latest else ()
        gone = tuple(own.name for own in earlier if own.counts["orders"] and own.name not in names)
        return Recorded(revision, added=True, gone=gone)


def read_history(connection: sqlite3.Connection, *, revisions: bool = False) -> tuple[Kept, ...]:
    """The latest revision of each day, oldest day first; every revision when asked."""
    latest = "revision = (SELECT max(revision) FROM snapshots AS other WHERE other.day = snapshots.day)"
    connection.execute("BEGIN")  # both tables as they are at one moment, while another program writes
    try:
        return _read(connection, f"{'1' if revisions else latest} ORDER BY day, revision", ())
    finally:
        connection.execute("COMMIT")


def _check_place(path: Path, create: bool) -> None:
    if path.is_file():
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
        # An empty file is what SQLite itself begins with.
        if start and start != _MAGIC:
            raise InputError(f"{path.name} isn't a history of odr-xl. Choose another name.")
    elif path.exists():
        raise InputError(f"{path} is a folder. Give the name of a file, such as {path / 'history.sqlite'}.")
    elif not create:
        raise InputError(f"{path} isn't there. Make a history with: odr-xl snapshot ODR.xlsm --to {path}")
    elif not path.parent.is_dir():
        raise InputError(f"{path.parent} isn't a folder. Make it first, or choose another place.")


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables to this version; several writers may try at once, and the first one does it."""
    if _version(connection, path) == VERSION:
        return
    with _writing(connection):
        for step in STEPS[_version(connection, path) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Version of the file's schema; 0 for an empty file."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION and (application or version or tables):
        raise InputError(f"{path.name} is a database of another program. Choose another name.")
    if version > VERSION:
        raise InputError(
            f"{path.name} was written by a newer odr-xl (its schema is {version}, this one knows {VERSION}). "
            "Upgrade odr-xl."
        )
    return int(version)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let others read while one writes; the file remembers it. SQLite doesn't wait for other users here, so we do."""
    until = time.monotonic() + PATIENCE
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return  # some network folders can't, and stay with the journal that every SQLite file begins with
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise


def _cells(account: AccountCounts) -> tuple[object, ...]:
    told = astuple(account.printed) if account.printed else (None,) * len(fields(Printed))
    dates = (day.isoformat() if day else None for day in told[:2])
    return (account.marketplace, account.channel, *(account.counts[name] for name in COUNT_COLUMNS), *dates, *told[2:])


def _read(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> tuple[Kept, ...]:
    accounts: dict[int, list[AccountCounts]] = {}
    chosen = f"SELECT id FROM snapshots WHERE {where}"
    columns = ", ".join(ACCOUNT_COLUMNS)
    rows = connection.execute(
        f"SELECT snapshot, {columns} FROM accounts WHERE snapshot IN ({chosen}) ORDER BY marketplace, channel", values
    )
    for number, marketplace, channel, *cells in rows:
        counts = dict(zip(COUNT_COLUMNS, cells, strict=False))
        start, end, *told = cells[len(COUNT_COLUMNS) :]
        printed = Printed(_day(start) if start else None, _day(end) if end else None, *told)
        known = printed if printed != Printed() else None
        accounts.setdefault(number, []).append(AccountCounts(marketplace, channel, counts, known))
    found = connection.execute(
        f"SELECT id, day, revision, taken, window_start, window_end FROM snapshots WHERE {where}", values
    )
    return tuple(
        Kept(Snapshot(_day(day), Window(_day(start), _day(end)), tuple(accounts.get(number, ()))), revision, taken)
        for number, day, revision, taken, start, end in found
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
