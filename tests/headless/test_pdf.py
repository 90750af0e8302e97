"""The PDF's program: found, given a profile of its own, ended in time. Scripts stand in for LibreOffice."""

import os
import sys
import time
from pathlib import Path

import pytest

from odr_xl.errors import ProgramMissing, WorkbookError
from odr_xl.headless import pdf
from odr_xl.headless.pdf import find_office, write_pdf

pytestmark = pytest.mark.skipif(os.name == "nt", reason="A script with a #! line is a program on Linux and Mac only.")


def program(path: Path, body: str) -> Path:
    """An executable that gets LibreOffice's arguments as `words`."""
    path.write_text(f"#!{sys.executable}\nimport json, os, pathlib, sys, time\nwords = sys.argv[1:]\n{body}\n", "utf-8")
    path.chmod(0o755)
    return path


DRAWS = """
folder = pathlib.Path(words[words.index("--outdir") + 1])
told = [words, os.environ.get("PYTHONPATH"), pathlib.Path(words[-1]).read_text()]
(folder / "Mine.pdf").write_text("%PDF-1.6 " + json.dumps(told))
"""


def test_the_program_gets_the_workbook_and_a_profile_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "ours")
    target = tmp_path / "Mine.pdf"
    write_pdf(b"the workbook", target, office=program(tmp_path / "office", DRAWS))
    told = target.read_text()
    assert told.startswith("%PDF")
    assert "the workbook" in told
    assert '"ours"' not in told  # LibreOffice's own Python must not find ours
    profile = told.partition("-env:UserInstallation=file://")[2].partition('"')[0]
    assert profile.endswith("/profile")
    assert not Path(profile).parent.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Mine.pdf", "office"]


def test_a_program_that_draws_nothing_is_told_with_what_it_said(tmp_path):
    office = program(tmp_path / "office", 'sys.exit("no display")')
    with pytest.raises(WorkbookError, match=r"wrote no PDF of Mine.*no display"):
        write_pdf(b"", tmp_path / "Mine.pdf", office=office)
    assert not (tmp_path / "Mine.pdf").exists()


def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path):
    office = program(
        tmp_path / "office",
        f"number = os.fork()\nif number: pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(number))\n"
        "time.sleep(60)",
    )
    start = time.monotonic()
    with pytest.raises(WorkbookError, match="within 2 seconds"):
        write_pdf(b"", tmp_path / "Mine.pdf", office=office, timeout=2)
    assert time.monotonic() - start < 20
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child)


def _runs(number):
    """Whether a process runs; one that ended and that nobody asked for counts as ended."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_the_program_is_found_on_the_path_before_the_usual_places(tmp_path, monkeypatch):
    usual = program(tmp_path / "usual", "")
    monkeypatch.setattr(pdf, "_usual_places", lambda: iter([tmp_path / "nothing", usual]))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office() == usual
    assert program(tmp_path / "soffice", "") == find_office()


def test_without_the_program_a_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "_usual_places", lambda: iter([]))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing, match=r"needs LibreOffice.*libreoffice\.org"):
        write_pdf(b"", tmp_path / "Mine.pdf")


def test_the_usual_places_of_windows_come_from_its_own_variables(monkeypatch):
    monkeypatch.setenv("ProgramFiles", "/Programs")
    assert Path("/Programs/LibreOffice/program/soffice.com") in list(pdf._usual_places())
