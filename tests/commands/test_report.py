"""odr-xl report as a seller runs it: the numbers of odr-xl odr on a page, and files that it leaves alone."""

import json
import subprocess
import sys
from datetime import date

import pytest
from lxml import html

from odr_xl.samples.shop import sample_reports

AS_OF = date(2026, 11, 20)


def run(*words, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "odr_xl", *map(str, words)],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=300, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A finished demo: its folder with reports and workbook."""
    folder = tmp_path_factory.mktemp("demo")
    assert run("demo", folder, "--as-of", AS_OF).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("source", "language", "options"),
    [
        ("reports", "en", ("--as-of", AS_OF)),
        ("reports", "zh", ("--as-of", AS_OF, "--marketplace", "DE")),
        ("ODR.xlsm", "zh", ()),  # the workbook's own date
        ("ODR.xlsm", "en", ("--as-of", date(2026, 10, 1))),
    ],
)
def test_numbers_of_the_page_are_those_of_the_command_odr(source, language, options, shop, tmp_path):
    told = json.loads(run("odr", shop / source, *options, "--json").stdout)
    done = run("report", shop / source, "--to", tmp_path / "report.html", "--lang", language, *options)
    assert done.returncode == 0, done.stderr
    assert f"orders from {told['window']['start']} to {told['window']['end']}" in done.stdout
    tree = html.document_fromstring((tmp_path / "report.html").read_text("utf-8"))
    assert tree.xpath('//header//data[@data-name="rate"]/@value') == [repr(told["rate"])]
    assert tree.xpath('//data[@data-name="rate_all"]/@value') == [repr(told["rate_all"])]
    assert tree.find_class("figure")[0].xpath("span/@class") == [f"status {told['status']}"]
    rows = {row.get("data-account"): row for row in tree.xpath("//tbody/tr")}
    standings = {own["account"]: own for own in told["standings"]}
    assert set(rows) == (set(standings) if len(standings) > 2 else set(standings) - {""})
    for account, row in rows.items():
        for name in ("orders", "defective", "rate", "headroom", "orders_needed", "under_target_on"):
            (value,) = row.xpath(f'.//data[@data-name="{name}"]/@value')
            assert value == (standings[account][name] if name == "under_target_on" else repr(standings[account][name]))
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_next_report_replaces_the_last_one_and_no_other_file(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, content in sample_reports(AS_OF).items():
        (reports / name).write_bytes(content)
    page = tmp_path / "report.html"
    assert run("report", reports, "--to", page, "--as-of", AS_OF).returncode == 0
    first = page.read_bytes()
    assert run("report", reports, "--to", page, "--as-of", AS_OF, "--lang", "zh").returncode == 0
    assert page.read_bytes() != first
    page.write_text("<p>my own page</p>", "utf-8")
    done = run("report", reports, "--to", page, "--as-of", AS_OF)
    assert (done.returncode, page.read_text("utf-8")) == (1, "<p>my own page</p>")
    assert "isn't a report of odr-xl" in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "text"),
    [
        (("report", "."), 2, "--to"),
        (("report", ".", "--to", "ODR.xlsm"), 2, "must end in .html"),
        (("report", ".", "--to", "nowhere/report.html"), 1, "nowhere isn't a folder"),
        (("report", "gone.txt", "--to", "report.html"), 1, "gone.txt"),
        (("report", ".", "--to", "report.html", "--lang", "fr"), 2, "Choose en or zh"),
        (("report", ".", "--to", "report.html", "--marketplace", "Mars"), 2, "Mars"),
    ],
)
def test_wrong_words_end_with_a_sentence_and_write_nothing(words, status, text, tmp_path):
    done = run(*words, cwd=tmp_path)
    assert (done.returncode, text in done.stderr, "Traceback" in done.stderr) == (status, True, False), done.stderr
    assert list(tmp_path.iterdir()) == []
