"""The command line, run as a seller runs it: in a process of its own, from the demo to the refresh."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pyopenvba import ExcelFile

from odr_xl import __version__
from odr_xl.excel.connection import current_hash
from odr_xl.samples.shop import sample_reports

AS_OF = date(2026, 11, 20)


def run(*words, cwd=None):
    """Run the command; returns the finished process with text output."""
    return subprocess.run(
        [sys.executable, "-m", "odr_xl", *map(str, words)],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=300, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A finished demo: (folder, process)."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, run("demo", folder, "--as-of", AS_OF)


@pytest.fixture
def workbook(shop, tmp_path):
    return Path(shutil.copy(shop[0] / "ODR.xlsm", tmp_path / "ODR.xlsm"))


def test_demo_writes_reports_and_a_workbook_and_prints_the_dashboard(shop):
    folder, done = shop
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (folder / "reports").iterdir()} == set(sample_reports(AS_OF))
    assert zipfile.is_zipfile(folder / "ODR.xlsm")
    # 2026-11-20 minus 15 days of lag is 11-05; 60 days inclusive start on 09-07.
    assert "2026-09-07 to 2026-11-05" in done.stdout
    for wanted in ("Over target", "MFN", "AFN", "US", "DE", "Negative feedback", "A-to-z claim", "Chargeback"):
        assert wanted in done.stdout


def test_odr_gives_the_same_numbers_from_the_reports_and_from_the_workbook(shop):
    """Two ways to one number: the files themselves, and the tables that the refresh filled from them."""
    folder, _ = shop
    from_files = json.loads(run("odr", folder / "reports", "--as-of", AS_OF, "--json").stdout)
    from_book = json.loads(run("odr", folder / "ODR.xlsm", "--as-of", AS_OF, "--json").stdout)
    names = ("orders", "defective", "rate", "rate_all", "status", "causes", "channels", "marketplaces", "left_out")
    assert {n: from_files[n] for n in names} == {n: from_book[n] for n in names}
    assert from_files["orders"] > 500


def test_json_prints_one_object_and_nothing_else(shop):
    done = run("odr", shop[0] / "reports", "--as-of", AS_OF, "--json", "--marketplace", "US")
    assert done.returncode == 0
    assert [group["name"] for group in json.loads(done.stdout)["marketplaces"]] == ["US"]


def test_odr_says_how_far_each_account_is_from_the_target(shop):
    done = run("odr", shop[0] / "reports", "--as-of", AS_OF, "--json")
    standings = {s["account"]: s for s in json.loads(done.stdout)["standings"]}
    # 6 of 500 (the story in samples.shop): 6 / 601 is the first rate under 1 %, so 101 further orders; 2 of 400 may
    # become 3 (0.75 %) and not 4 (1 %).
    assert (standings["US MFN"]["orders_needed"], standings["US MFN"]["headroom"]) == (101, 0)
    assert (standings["US AFN"]["orders_needed"], standings["US AFN"]["headroom"]) == (0, 1)
    assert standings["US AFN"]["under_target_on"] == AS_OF.isoformat() < standings["US MFN"]["under_target_on"]
    assert "Orders needed" in run("odr", shop[0] / "reports", "--as-of", AS_OF).stdout


def test_fail_over_ends_with_3_only_over_the_target(shop):
    folder = shop[0] / "reports"
    assert run("odr", folder, "--as-of", AS_OF, "--marketplace", "US", "--fail-over").returncode in (0, 3)
    over = run("odr", folder, "--as-of", AS_OF, "--definition", "all", "--fail-over")
    assert over.returncode == 3
    assert run("odr", folder, "--as-of", AS_OF, "--definition", "all").returncode == 0


def test_no_orders_in_the_window_shows_na_and_never_zero(shop):
    done = run("odr", shop[0] / "reports", "--start", "2020-01-01", "--end", "2020-01-31")
    assert done.returncode == 0
    assert "#N/A" in done.stdout
    assert "No orders" in done.stdout
    assert "0.00 %" not in done.stdout


def test_refreshing_twice_adds_nothing_and_leaves_the_file_as_it_was(shop, workbook):
    before = workbook.read_bytes()
    done = run("refresh", workbook, shop[0] / "reports", "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if re.match(r"\S+\.(txt|csv|json) ", line)]
    assert len(rows) == len(sample_reports(AS_OF))
    assert {row[2] for row in rows} == {"0"}  # the column Added
    assert workbook.read_bytes() == before


def test_a_refresh_that_changes_something_keeps_one_backup_of_the_old_file(workbook):
    before = workbook.read_bytes()
    report = workbook.parent / "chargebacks.csv"
    report.write_text("Order ID,Chargeback Date,Type,Status\n902-0000001-0000001,2026-11-01,Service,Open\n", "utf-8")
    done = run("refresh", workbook, report, "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert (workbook.parent / "ODR.backup.xlsm").read_bytes() == before
    assert workbook.read_bytes() != before
    assert sorted(path.name for path in workbook.parent.glob("ODR*")) == ["ODR.backup.xlsm", "ODR.xlsm"]


def test_new_writes_an_empty_workbook_that_knows_this_python(tmp_path):
    target = tmp_path / "Mine.xlsm"
    done = run("new", target)
    assert done.returncode == 0, done.stderr
    python = Path(sys.executable)
    assert str(python.parent.resolve() / python.name) in zipfile.ZipFile(target).read("xl/sharedStrings.xml").decode(
        "utf-8"
    )
    again = run("new", target)
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_new_workbook_speaks_the_language_that_was_asked_for(tmp_path):
    target = tmp_path / "Mine.xlsm"
    assert run("new", target, "--lang", "zh").returncode == 0
    assert "没有订单" in zipfile.ZipFile(target).read("xl/worksheets/sheet1.xml").decode(
        "utf-8"
    )  # the Dashboard's status
    wrong = run("new", tmp_path / "Other.xlsm", "--lang", "fr")
    assert (wrong.returncode, list(tmp_path.glob("Other*"))) == (2, [])
    assert "Choose en or zh" in wrong.stderr


def test_an_empty_workbook_shows_na_and_not_a_rate(tmp_path):
    target = tmp_path / "Mine.xlsm"
    run("new", target)
    done = run("odr", target, "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert "#N/A" in done.stdout


def test_calc_recalculates_in_place(workbook):
    done = run("calc", workbook)
    assert done.returncode == 0, done.stderr
    assert "cells calculated" in done.stdout


ORDERS = "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel\tsku\n"
GOOD_ROW = "911-0000001-0000001\t2026-10-01T10:00:00+00:00\tShipped\tAmazon\tAmazon.com\tMUG\n"


def orders_file(*rows):
    return (ORDERS + "".join(rows)).encode()


BAD_FILES = {
    "truncated": orders_file(GOOD_ROW, "911-0000002-00"),
    "ten million characters": orders_file(GOOD_ROW, GOOD_ROW.replace("MUG", "x" * 10_000_000)),
    "year 0": orders_file(GOOD_ROW, GOOD_ROW.replace("2026", "0000")),
    "year 9999": orders_file(GOOD_ROW, GOOD_ROW.replace("2026", "9999")),
    "id damaged by Excel": orders_file(GOOD_ROW, GOOD_ROW.replace("911-0000001-0000001", "9.11E+16")),
    "header of two reports": (ORDERS.strip() + "\tRating\n").encode().replace(b"amazon-order-id", b"colour"),
    "empty": b"",
    "unknown report": b"colour\tsize\nred\t3\n",
    "binary": bytes(range(256)) * 40,
    "pdf": b"%PDF-1.7\n1 0 obj\n",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gives_one_sentence_and_leaves_the_workbook_as_it_was(name, workbook):
    before = workbook.read_bytes()
    report = workbook.parent / "report.txt"
    report.write_bytes(BAD_FILES[name])
    done = run("refresh", workbook, report, "--as-of", AS_OF)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "report.txt" in done.stderr
    assert workbook.read_bytes() == before
    assert not (workbook.parent / "ODR.backup.xlsm").exists()


def test_bad_rows_can_be_skipped_and_are_counted_and_listed(workbook):
    report = workbook.parent / "report.txt"
    report.write_bytes(orders_file(GOOD_ROW, GOOD_ROW.replace("2026", "9999"), "911-0000002-00\n"))
    done = run("refresh", workbook, report, "--as-of", AS_OF, "--skip-bad-rows")
    assert done.returncode == 0, done.stderr
    (row,) = [line.split() for line in done.stdout.splitlines() if line.startswith("report.txt")]
    assert row == ["report.txt", "Orders", "1", "0", "0", "2"]  # added, updated, unchanged, not usable
    assert "line 3" in done.stdout
    assert "line 4" in done.stdout


def test_a_report_under_another_reports_name_is_read_as_what_it_is(workbook):
    report = workbook.parent / "feedback.txt"
    report.write_bytes(orders_file(GOOD_ROW))
    done = run("refresh", workbook, report, "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    (row,) = [line.split() for line in done.stdout.splitlines() if line.startswith("feedback.txt")]
    assert row[:3] == ["feedback.txt", "Orders", "1"]


def test_a_file_name_is_shown_as_it_is(workbook):
    """Brackets mean styles to the library that draws the tables."""
    report = workbook.parent / "[bold]orders.txt"
    report.write_bytes(orders_file(GOOD_ROW))
    done = run("refresh", workbook, report, "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert "[bold]orders.txt" in done.stdout


def test_a_report_with_a_header_and_no_rows_changes_nothing_and_says_so(workbook):
    before = workbook.read_bytes()
    report = workbook.parent / "report.txt"
    report.write_bytes(orders_file())
    done = run("refresh", workbook, report, "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert "a header and no rows" in done.stdout
    assert workbook.read_bytes() == before


def test_a_formula_in_a_buyers_comment_arrives_as_text(workbook):
    """The sample feedback has a comment that begins with =cmd: it must be no formula anywhere in the file."""
    with zipfile.ZipFile(workbook) as parts:
        sheets = [parts.read(name).decode("utf-8") for name in parts.namelist() if "worksheets/sheet" in name]
    assert any("=cmd|" in sheet for sheet in sheets)
    assert not any("<f>cmd|" in sheet or "<f>=cmd|" in sheet for sheet in sheets)


def test_no_personal_data_of_the_reports_reaches_the_workbook(shop):
    reports = b"".join(path.read_bytes() for path in (shop[0] / "reports").iterdir())
    assert b"@example.com" in reports
    with zipfile.ZipFile(shop[0] / "ODR.xlsm") as parts:
        assert not [name for name in parts.namelist() if b"@example.com" in parts.read(name)]


@pytest.mark.parametrize(
    ("words", "status", "text"),
    [
        (("odr", "nowhere.txt"), 1, "nowhere.txt"),
        (("odr", ".", "--definition", "some"), 2, "amazon, returns, all"),
        (("odr", ".", "--marketplace", "Mars"), 2, "Mars"),
        (("refresh", "nowhere.xlsm", "."), 1, "nowhere.xlsm"),
        (("new", "book.xls"), 2, ".xlsm"),
        (("new", "book.xlsx", "--interpreter", "python"), 2, "--interpreter is for a workbook with macros"),
        (("new", "--upgrade", "nowhere.xlsm"), 1, "nowhere.xlsm isn't there"),
        (("new", "--upgrade", "book.xlsx"), 2, "book.xlsx holds no macros"),
        (("new", "--upgrade", "book.xlsm", "--lang", "zh"), 2, "--lang is for a new workbook"),
        (("new", "book.xlsm", "--interpreter", " "), 2, "interpreter is blank"),
        (("odr",), 2, "Missing argument"),
    ],
)
def test_wrong_words_end_with_a_sentence_and_the_right_status(words, status, text, tmp_path):
    done = run(*words, cwd=tmp_path)
    assert (done.returncode, text in done.stderr, "Traceback" in done.stderr) == (status, True, False), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_is_open_in_excel_is_refused(shop, workbook):
    """Excel keeps a file ~$NAME beside an open workbook."""
    (workbook.parent / f"~${workbook.name}").write_bytes(b"\x05owner")
    before = workbook.read_bytes()
    done = run("refresh", workbook, shop[0] / "reports", "--as-of", AS_OF)
    assert done.returncode == 1
    assert "lose" in done.stderr  # Close it …
    assert workbook.read_bytes() == before


def test_doctor_tells_the_nine_as_lines_and_as_json_and_ends_with_1_only_when_something_must_be_done(workbook):
    done = run("doctor", workbook, "--json")
    told = json.loads(done.stdout)
    assert len(told["findings"]) == 9
    assert {each["status"] for each in told["findings"]} <= {"ok", "look", "unknown"}
    assert done.returncode == any(each["status"] == "look" for each in told["findings"])
    assert all(each["action"] for each in told["findings"] if each["status"] != "ok")
    lines = run("doctor", workbook).stdout.splitlines()
    words = {"ok": "ok", "look": "look", "unknown": "can't tell"}
    assert [line for line in lines if not line.startswith(" ")] == [
        f"{words[each['status']]:<12}{each['check']}: {each['found']}." for each in told["findings"]
    ]


def test_doctor_ends_with_1_for_a_workbook_with_macros_of_another_version_and_for_none(workbook):
    with ExcelFile(workbook) as opened:
        text = opened.get_module("xlwings_udfs")
        opened.set_module("xlwings_udfs", text.replace(current_hash(), "0123456789ab"))
        opened.save()
    done = run("doctor", workbook)
    assert done.returncode == 1
    assert "look        Formulas' macros: the workbook's macros (0123456789ab) aren't those of this" in done.stdout
    gone = run("doctor", workbook.with_name("gone.xlsm"))
    assert (gone.returncode, gone.stdout) == (1, "")
    assert "isn't there" in gone.stderr


def test_upgrade_of_a_workbook_of_this_version_says_so_and_leaves_it_alone(workbook):
    before = workbook.read_bytes()
    done = run("new", "--upgrade", workbook)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"has the macros of odr-xl {__version__} already" in done.stdout
    assert "Nothing was changed." in done.stdout
    assert workbook.read_bytes() == before
    assert [path.name for path in workbook.parent.iterdir()] == ["ODR.xlsm"]


def test_upgrade_of_an_older_workbook_says_what_it_did_and_where_the_old_one_is(workbook):
    # What an earlier version made, for this purpose: any project of ours that says something else.
    from odr_xl.excel.functions import FORMULAS
    from odr_xl.excel.sheets.template import CODE_NAMES
    from odr_xl.excel.vba.project import vba_project
    from odr_xl.headless.package import Package

    package = Package.open(workbook)
    package.replace("xl/vbaProject.bin", vba_project(tuple(CODE_NAMES.values()), FORMULAS[:-1]))
    package.save(backup=False)
    before = workbook.read_bytes()
    done = run("new", "--upgrade", workbook)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"has the macros of odr-xl {__version__} now" in done.stdout
    assert "the workbook as it was is ODR.backup.xlsm" in done.stdout
    assert (workbook.parent / "ODR.backup.xlsm").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="the path is one of a Mac or of Linux")
def test_a_python_that_is_gone_is_told_and_can_be_replaced(workbook):
    run("new", "--upgrade", workbook, "--interpreter", "/nowhere/bin/python3")
    done = run("new", "--upgrade", workbook)
    assert done.returncode == 0
    assert "starts /nowhere/bin/python3, which isn't on this computer" in done.stderr
    assert f'--interpreter "{sys.executable}"' in done.stderr
    mended = run("new", "--upgrade", workbook, "--interpreter", sys.executable)
    assert (mended.returncode, mended.stderr) == (0, "")
    assert f"Excel starts {sys.executable} from now on." in mended.stdout


def test_new_writes_the_interpreter_that_was_asked_for(tmp_path):
    target, path = tmp_path / "Mine.xlsm", r"%LOCALAPPDATA%\odr-xl\python.exe"
    assert run("new", target, "--interpreter", path).returncode == 0
    strings = zipfile.ZipFile(target).read("xl/sharedStrings.xml").decode("utf-8")
    assert f"<t>Interpreter_Win</t></si><si><t>{path}</t>" in strings
    assert str(Path(sys.executable)) not in strings
