"""The history file: what it keeps, that it only grows, and that neither a second writer nor a kill harms it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from writer import DAY, main, snapshot, write

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.core.snapshot import Printed
from odr_xl.errors import InputError
from odr_xl.history import store
from odr_xl.history.schema import ACCOUNT_COLUMNS, APPLICATION, STEPS, VERSION
from odr_xl.history.store import open_history, read_history, record

WRITER = Path(__file__).with_name("writer.py")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "history.sqlite"


def kept(path, *, revisions=True):
    with open_history(path, create=False) as connection:
        return read_history(connection, revisions=revisions)


def start(path, job, number):
    """A writer in a process of its own, with this package."""
    environment = os.environ | {"PYTHONPATH": str(Path(store.__file__).parents[2])}
    return subprocess.Popen(
        [sys.executable, WRITER, path, job, str(number)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def fork(path, statement):
    """End of a writer that kills itself at a statement; a copy of this process, because a new one takes a second."""
    child = os.fork()
    if not child:
        try:
            main(path, "die", statement)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def healthy(path):
    """Whether SQLite finds no damage, and every snapshot has all its accounts."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert {count for (count,) in connection.execute("SELECT count(*) FROM accounts GROUP BY snapshot")} <= {2}
        whole = connection.execute("SELECT count(*) FROM snapshots").fetchone()
        assert connection.execute("SELECT count(DISTINCT snapshot) FROM accounts").fetchone() == whole
    connection.close()


# What it keeps


def test_snapshot_comes_back_as_it_was(path):
    found = snapshot(500, printed=Printed(date(2026, 9, 7), date(2026, 11, 5), 496, 5, 3, 2, None))
    recorded = write(path, found)
    assert (recorded.revision, recorded.added, recorded.gone) == (1, True, ())
    (own,) = kept(path)
    assert own.snapshot == found
    assert (own.revision, own.taken) == (1, "2026-11-20T09:30:00+00:00")


def test_same_numbers_of_a_day_change_nothing(path):
    write(path, snapshot(500))
    before = path.read_bytes()
    with open_history(path) as connection:
        later = record(connection, snapshot(500), taken=datetime(2026, 11, 20, 18, tzinfo=UTC))
    assert (later.revision, later.added) == (1, False)
    assert path.read_bytes() == before
    assert len(kept(path)) == 1


def test_other_numbers_of_a_day_are_a_new_revision_and_the_old_one_stays(path):
    orders = [500, 501, 501, 500]
    revisions = [write(path, snapshot(number)).revision for number in orders]
    assert revisions == [1, 2, 2, 3]  # back to 500 is a change, too
    assert [own.snapshot.total()["orders"] for own in kept(path)] == [1000, 1002, 1000]
    assert [(own.revision, own.snapshot) for own in kept(path, revisions=False)] == [(3, snapshot(500))]


@pytest.mark.parametrize(
    "changed",
    [
        snapshot(500, printed=Printed(orders=496)),
        snapshot(500, marketplaces=("DE", "US", "FR")),
        snapshot(500, marketplaces=("US",)),
    ],
    ids=["what Amazon printed", "one more account", "one account less"],
)
def test_any_other_number_makes_a_revision(path, changed):
    write(path, snapshot(500))
    assert write(path, changed).revision == 2


def test_accounts_that_are_gone_are_named(path):
    write(path, snapshot(500))
    assert write(path, snapshot(500, marketplaces=("US",))).gone == ("DE MFN",)


def test_days_come_in_their_own_order_whatever_the_order_of_writing(path):
    days = [DAY, DAY - timedelta(days=3), DAY + timedelta(days=2)]
    for day in days:
        write(path, snapshot(5, day))
    assert [own.snapshot.day for own in kept(path)] == sorted(days)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts SET orders = 1",
        "UPDATE snapshots SET day = '2020-01-01'",
        "DELETE FROM accounts",
        "DELETE FROM snapshots",
    ],
)
def test_no_program_changes_what_was_kept(path, statement):
    write(path, snapshot(5))
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute(statement)
    connection.close()


def test_file_is_in_wal_mode_and_says_whose_it_is(path):
    write(path, snapshot(5))
    connection = sqlite3.connect(path)
    told = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "application_id", "user_version")
    ]
    connection.close()
    assert told == ["wal", APPLICATION, VERSION]


def test_columns_are_those_of_the_counts():
    """A count column that is added needs a step of the schema of its own."""
    connection = sqlite3.connect(":memory:")
    for step in STEPS:
        for statement in step:
            connection.execute(statement)
    names = [row[1] for row in connection.execute("PRAGMA table_info(accounts)")]
    connection.close()
    assert names == ["snapshot", *ACCOUNT_COLUMNS]
    assert set(COUNT_COLUMNS) < set(names)


# Versions


def make_first_version(path):
    """A file as version 1 of the schema wrote it, with one snapshot."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in STEPS[0]:
        connection.execute(statement)
    connection.execute("INSERT INTO snapshots VALUES (1, '2026-11-20', 1, '2026-11-20T09:30:00+00:00', ?, ?)",
                       tuple(str(day) for day in (snapshot(5).window.start, snapshot(5).window.end)))  # fmt: skip
    for marketplace in ("DE", "US"):
        counts = [snapshot(5).accounts[0].counts[name] for name in COUNT_COLUMNS]
        places = ", ".join("?" * (len(counts) + 3))
        connection.execute(f"INSERT INTO accounts VALUES ({places})", (1, marketplace, "MFN", *counts))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def test_older_file_is_brought_to_this_version_and_keeps_its_snapshots(path):
    make_first_version(path)
    (own,) = kept(path)
    assert own.snapshot == snapshot(5)
    assert write(path, snapshot(5)).added is False
    assert write(path, snapshot(5, printed=Printed(orders=4))).revision == 2
    healthy(path)


def test_migration_that_fails_leaves_the_old_version(path, monkeypatch):
    make_first_version(path)
    before = path.read_bytes()
    monkeypatch.setattr(store, "STEPS", (STEPS[0], (*STEPS[1], "CREATE TABLE snapshots (again)")))
    with pytest.raises(InputError):
        write(path, snapshot(5))
    assert path.read_bytes() == before
    monkeypatch.undo()
    assert len(kept(path)) == 1


def test_newer_file_is_refused_with_one_sentence_and_left_alone(path):
    write(path, snapshot(5))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    for attempt in (lambda: kept(path), lambda: write(path, snapshot(6))):
        with pytest.raises(InputError, match=r"newer odr-xl \(its schema is 3, this one knows 2\)\. Upgrade odr-xl\."):
            attempt()
    assert path.read_bytes() == before


# What isn't a history


def test_other_files_are_refused_and_left_alone(path):
    for content in (b"my notes", b"SQLite format 3\0 and rubbish" * 99, b"PK\3\4" + bytes(5000)):
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"history\.sqlite"):
            write(path, snapshot(5))
        assert path.read_bytes() == content


def test_database_of_another_program_is_refused(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="another program"):
        write(path, snapshot(5))
    assert path.read_bytes() == before


def test_missing_file_is_not_made_by_showing_it(path):
    with pytest.raises(InputError, match="isn't there"):
        kept(path)
    assert not path.exists()
    with pytest.raises(InputError, match="isn't a folder"):
        write(path.parent / "nowhere" / "history.sqlite", snapshot(5))
    with pytest.raises(InputError, match="is a folder"):
        write(path.parent, snapshot(5))


def test_history_that_stays_locked_gives_a_sentence(path, monkeypatch):
    write(path, snapshot(5))
    monkeypatch.setattr(store, "PATIENCE", 0.2)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(InputError, match="in use by another program"):
            write(path, snapshot(6))
        assert len(kept(path)) == 1  # reading goes on meanwhile
    finally:
        other.close()
    assert write(path, snapshot(6)).revision == 2


# Several writers, and a kill


def test_writers_at_once_lose_nothing_and_make_no_revision_twice(path):
    writers = [start(path, "same", 15) for _ in range(4)]
    for writer in writers:
        _, error = writer.communicate(timeout=120)
        assert writer.returncode == 0, error
    found = kept(path)
    assert [own.revision for own in found] == list(range(1, 61))
    wanted = sorted(2 * (1000 * writer.pid + each) for writer in writers for each in range(15))
    assert sorted(own.snapshot.total()["orders"] for own in found) == wanted
    healthy(path)


def test_writers_of_the_same_numbers_at_once_keep_each_day_once(path):
    writers = [start(path, "days", 20) for _ in range(3)]
    for writer in writers:
        _, error = writer.communicate(timeout=120)
        assert writer.returncode == 0, error
    assert [(own.snapshot.day, own.revision) for own in kept(path)] == [(DAY + timedelta(days=n), 1) for n in range(20)]
    healthy(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("state", ["no file", "an older file", "a history"])
def test_kill_at_any_statement_leaves_all_of_a_snapshot_or_nothing(path, state):
    """The writer kills itself before each of its statements in turn."""
    model = path.with_name("model.sqlite")
    if state == "an older file":
        make_first_version(model)
    elif state == "a history":
        write(model, snapshot(5))
    before = 0 if state == "no file" else 1
    seen = set()
    for statement in range(1, 99):
        for leftover in path.parent.glob("history.sqlite*"):
            leftover.unlink()
        if before:
            shutil.copy(model, path)
        ended = fork(path, statement)
        if ended == 0:
            assert len(kept(path)) == before + 1
            break
        assert ended == -signal.SIGKILL
        with open_history(path) as connection:
            found = read_history(connection, revisions=True)
        seen.add(len(found))
        assert len(found) in (before, before + 1)  # killed before or in the last step
        assert all(len(own.snapshot.accounts) == 2 for own in found)
        healthy(path)
        write(path, snapshot(8))
    else:
        pytest.fail("the writer never came to its end")
    assert statement > 8
    assert before in seen


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_kill_in_the_middle_of_many_snapshots_keeps_those_that_were_told(path):
    for delay in (0.02, 0.08, 0.2):
        known = len(kept(path)) if path.exists() else 0
        writer = start(path, "days", 100_000)
        until = time.monotonic() + 60
        while not (path.exists() and len(_safe(path)) > known) and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        writer.communicate(timeout=60)
        found = kept(path)
        assert len(found) > known
        # Days are written one after another, so none is missing in between.
        assert [own.snapshot.day for own in found] == [DAY + timedelta(days=n) for n in range(len(found))]
        healthy(path)


def _safe(path):
    """Snapshots so far; none while the tables are still being made."""
    try:
        return kept(path, revisions=False)
    except InputError:
        return ()
