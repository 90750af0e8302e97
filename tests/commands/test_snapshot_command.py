"""odr-xl snapshot as a seller runs it: from a workbook, from reports, with a refresh, two at once."""

import csv
import json
import sqlite3
import subprocess
import sys
from datetime import date

import pytest

AS_OF = date(2026, 11, 20)


def start(*words, cwd=None):
    return subprocess.Popen(
        [sys.executable, "-m", "odr_xl", *map(str, words)],
        cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, encoding="utf-8",
    )  # fmt: skip


def run(*words, cwd=None):
    process = start(*words, cwd=cwd)
    out, error = process.communicate(timeout=300)
    return subprocess.CompletedProcess(words, process.returncode, out, error)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A finished demo: its folder with reports and workbook."""
    folder = tmp_path_factory.mktemp("demo")
    assert run("demo", folder, "--as-of", AS_OF).returncode == 0
    return folder


@pytest.fixture(scope="module")
def kept(shop):
    """A history of two days, the later one of them taken three times: its file, and what was said each time."""
    history = shop / "history.sqlite"
    said = {
        "day before": run("snapshot", shop / "reports", "--to", history, "--as-of", "2026-11-19"),
        "workbook": run("snapshot", shop / "ODR.xlsm", "--to", history),
        "reports": run("snapshot", shop / "reports", "--to", history, "--as-of", AS_OF),
        "one site": run("snapshot", shop / "reports", "--to", history, "--as-of", AS_OF, "--marketplace", "US"),
    }
    assert [done.returncode for done in said.values()] == [0] * 4
    return history, said


def rows(path, revision=1, day=AS_OF):
    connection = sqlite3.connect(path)
    names = "marketplace, channel, orders, defective_amazon, printed_orders, printed_defective_amazon"
    chosen = "FROM accounts JOIN snapshots ON id = snapshot WHERE day = ? AND revision = ?"
    found = connection.execute(f"SELECT {names} {chosen} ORDER BY 1, 2", (str(day), revision)).fetchall()
    connection.close()
    return found


def test_a_row_for_each_account_with_our_counts_and_amazons(kept):
    history, said = kept
    assert f"{AS_OF} added, 5 accounts" in said["workbook"].stdout
    # Our counts: the story in samples.shop. Amazon's: samples.performance, which prints one defect and four orders
    # less for US MFN, as the reconciliation shows. "" AFN: eight orders that weren't sold on Amazon.
    assert rows(history) == [
        ("", "AFN", 0, 0, None, None),
        ("DE", "AFN", 0, 0, 0, 0),
        ("DE", "MFN", 222, 2, 222, 2),
        ("US", "AFN", 400, 2, 400, 2),
        ("US", "MFN", 500, 6, 496, 5),
    ]


def test_reports_and_their_workbook_have_the_same_snapshot(kept):
    assert "is there already with the same numbers" in kept[1]["reports"].stdout


def test_other_numbers_are_a_revision_and_an_account_that_is_gone_is_named(kept):
    history, said = kept
    assert "added again as revision 2" in said["one site"].stdout
    assert said["one site"].stderr.startswith("DE MFN had numbers in the revision before")
    assert [row[:3] for row in rows(history, 2)] == [("US", "AFN", 400), ("US", "MFN", 500)]


def test_history_is_shown_a_line_a_day_and_every_revision_when_asked(kept):
    lines = [line.split() for line in run("snapshot", "--show", kept[0]).stdout.splitlines()]
    assert [line[:6] for line in lines[2:]] == [["2026-11-20", "2", "900", "8", "0.89", "%"]]
    lines = run("snapshot", "--show", kept[0], "--revisions", "--account", "US MFN").stdout.splitlines()
    assert [line.split()[:3] for line in lines[2:]] == [["2026-11-20", "1", "500"], ["2026-11-20", "2", "500"]]
    assert lines[2].rstrip().endswith("Over target  5 of 496")


def test_trend_has_the_numbers_of_the_command_odr(shop, kept, tmp_path):
    done = run("snapshot", "--show", kept[0], "--csv", tmp_path / "trend.csv")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "trend.csv").open(encoding="utf-8-sig", newline="") as file:
        first, _ = csv.DictReader(file)
    told = json.loads(run("odr", shop / "reports", "--as-of", "2026-11-19", "--json").stdout)
    assert (first["Window ends"], int(first["Orders"])) == (told["window"]["end"], told["orders"])
    assert (float(first["Rate"]), float(first["Rate, all causes"])) == (told["rate"], told["rate_all"])


def test_refresh_keeps_the_day_when_asked(shop, tmp_path):
    workbook, history = tmp_path / "ODR.xlsm", tmp_path / "history.sqlite"
    workbook.write_bytes((shop / "ODR.xlsm").read_bytes())
    done = run("refresh", workbook, shop / "reports", "--as-of", AS_OF, "--snapshot", history)
    assert done.returncode == 0, done.stderr
    assert f"{AS_OF} added" in done.stdout
    assert len(rows(history)) == 5


def test_refresh_refuses_a_history_that_it_cannot_keep_before_it_changes_the_workbook(shop, tmp_path):
    workbook, history = tmp_path / "ODR.xlsm", tmp_path / "history.sqlite"
    workbook.write_bytes((shop / "ODR.xlsm").read_bytes())
    before = workbook.read_bytes()
    history.write_bytes(b"my notes")
    done = run("refresh", workbook, shop / "reports", "--as-of", date(2026, 11, 21), "--snapshot", history)
    assert (done.returncode, workbook.read_bytes(), history.read_bytes()) == (1, before, b"my notes")
    assert "isn't a history" in done.stderr


def test_two_snapshots_at_once_keep_both_days(shop, tmp_path):
    history = tmp_path / "history.sqlite"
    days = ("2026-11-18", "2026-11-19")
    both = [start("snapshot", shop / "reports", "--to", history, "--as-of", day) for day in days]
    for process in both:
        _, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
    assert [len(rows(history, day=day)) for day in days] == [5, 5]


@pytest.mark.parametrize(
    ("words", "status", "text"),
    [
        (("snapshot",), 2, "Give the reports"),
        (("snapshot", "."), 2, "Give the reports"),
        (("snapshot", ".", "--to", "h.sqlite", "--csv", "t.csv"), 2, "go with --show"),
        (("snapshot", "--show", "h.sqlite", "--to", "other.sqlite"), 2, "--show only shows"),
        (("snapshot", "--show", "h.sqlite"), 1, "h.sqlite isn't there"),
        (("snapshot", "--show", "h.sqlite", "--revisions", "--csv", "t.csv"), 2, "each day once"),
        (("snapshot", "gone.txt", "--to", "nowhere/h.sqlite"), 1, "nowhere isn't a folder"),
    ],
)
def test_wrong_words_end_with_a_sentence_and_write_nothing(words, status, text, tmp_path):
    done = run(*words, cwd=tmp_path)
    assert (done.returncode, text in done.stderr, "Traceback" in done.stderr) == (status, True, False), done.stderr
    assert list(tmp_path.iterdir()) == []
