"""The command export, run as a seller runs it: which files it writes, what it says, and what it refuses."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from odr_xl.headless.pdf import _usual_places

ROOT = Path(__file__).parents[2]
#: Stands in for LibreOffice, which tests/libreoffice asks itself.
OFFICE = """#!{python}
import pathlib, sys
source = pathlib.Path(sys.argv[-1])
source.with_suffix(".pdf").write_text("%PDF-1.6")
"""


@pytest.fixture
def workbook(tmp_path):
    """The committed workbook with its invented shop, in a folder of its own."""
    (tmp_path / "mine").mkdir()
    return Path(shutil.copy(ROOT / "workbook" / "ODR.xlsm", tmp_path / "mine" / "ODR.xlsm"))


@pytest.fixture
def office(tmp_path):
    """A folder with a program called soffice."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "soffice"
    program.write_text(OFFICE.format(python=sys.executable), "utf-8")
    program.chmod(0o755)
    return program.parent


def export(*words, path):
    """Run the command with `path` as the only folder in which programs are found."""
    return subprocess.run(
        [sys.executable, "-m", "odr_xl", "export", *map(str, words)],
        env=os.environ | {"PATH": str(path), "COLUMNS": "200"}, capture_output=True, text=True, encoding="utf-8",
        timeout=300, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


@pytest.fixture
def nowhere(tmp_path):
    """A folder without programs, on a computer without LibreOffice in one of its usual places."""
    if any(place.is_file() for place in _usual_places()):
        pytest.skip("LibreOffice is installed in a place where the command finds it without a path.")
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


pytestmark = pytest.mark.skipif(os.name == "nt", reason="A script with a #! line is a program on Linux and Mac only.")


def test_without_options_both_files_are_written_beside_the_workbook(workbook, office):
    before = workbook.read_bytes()
    done = export(workbook, path=office)
    assert done.returncode == 0, done.stderr
    assert names(workbook.parent) == ["ODR values.xlsx", "ODR.pdf", "ODR.xlsm"]
    assert workbook.read_bytes() == before
    assert "ODR values.xlsx: " in done.stdout
    assert "ODR.pdf: Dashboard, Listings, Reconcile, Defects" in done.stdout
    assert "xlwings.conf, _IntelliSense_" in done.stdout
    with zipfile.ZipFile(workbook.parent / "ODR values.xlsx") as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower()]
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def test_without_libreoffice_the_copy_is_written_and_the_pdf_is_said_to_be_missing(workbook, nowhere):
    done = export(workbook, path=nowhere)
    assert done.returncode == 0, done.stderr
    assert names(workbook.parent) == ["ODR values.xlsx", "ODR.xlsm"]
    assert "No PDF: it needs LibreOffice" in done.stdout


@pytest.mark.parametrize(("words", "written"), [(["--pdf"], []), (["--pdf", "--values"], ["ODR values.xlsx"])])
def test_a_pdf_that_was_asked_for_and_can_not_be_drawn_is_status_1(workbook, nowhere, words, written):
    done = export(workbook, *words, path=nowhere)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "odr-xl: A PDF needs LibreOffice, and it isn't on this computer. Install it from libreoffice.org."
    )
    assert names(workbook.parent) == [*written, "ODR.xlsm"]


@pytest.mark.parametrize(("word", "written"), [("--values", "ODR values.xlsx"), ("--pdf", "ODR.pdf")])
def test_one_of_the_two_can_be_asked_for(workbook, office, word, written):
    assert export(workbook, word, path=office).returncode == 0
    assert names(workbook.parent) == sorted([written, "ODR.xlsm"])


@pytest.mark.parametrize("existing", ["ODR values.xlsx", "ODR.pdf"])
def test_a_file_that_exists_is_replaced_only_by_force(workbook, office, existing):
    (workbook.parent / existing).write_bytes(b"mine")
    done = export(workbook, path=office)
    assert done.returncode == 1
    assert f"{existing} exists already" in done.stderr
    assert "--force" in done.stderr
    assert names(workbook.parent) == sorted([existing, "ODR.xlsm"])
    assert (workbook.parent / existing).read_bytes() == b"mine"
    assert export(workbook, "--force", path=office).returncode == 0
    assert (workbook.parent / existing).read_bytes() != b"mine"


def test_a_name_for_the_copy_names_the_pdf_too(workbook, office, tmp_path):
    done = export(workbook, tmp_path / "November.xlsx", path=office)
    assert done.returncode == 0, done.stderr
    assert {"November.pdf", "November.xlsx"} <= set(names(tmp_path))


def test_a_folder_can_be_named(workbook, office, tmp_path):
    assert export(workbook, tmp_path, "--values", path=office).returncode == 0
    assert "ODR values.xlsx" in names(tmp_path)


@pytest.mark.parametrize("out", ["ODR.xlsm", "copy.xlsm", "nowhere"])
def test_another_ending_is_wrong_usage_and_writes_nothing(workbook, office, out):
    done = export(workbook, workbook.parent / out, "--force", path=office)
    assert (done.returncode, "must be a folder that exists, or end in .xlsx or .pdf" in done.stderr) == (2, True)
    assert names(workbook.parent) == ["ODR.xlsm"]


def test_a_workbook_is_never_replaced_by_its_own_copy(workbook, office):
    plain = workbook.with_suffix(".xlsx")
    assert export(workbook, plain, "--values", path=office).returncode == 0
    before = plain.read_bytes()
    done = export(plain, plain, "--force", path=office)
    assert (done.returncode, "its own copy" in done.stderr) == (2, True)
    assert plain.read_bytes() == before


def test_a_workbook_that_was_never_calculated_is_copied_with_a_warning(office, tmp_path):
    from odr_xl.excel.sheets.template import build_workbook

    build_workbook(tmp_path / "New.xlsm")
    done = export(tmp_path / "New.xlsm", "--values", path=office)
    assert done.returncode == 0, done.stderr
    assert "have no stored value" in done.stderr
    assert f"odr-xl calc {tmp_path / 'New.xlsm'}" in done.stderr


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99])
def test_what_is_no_workbook_is_a_sentence_and_writes_nothing(tmp_path, office, content):
    (tmp_path / "mine").mkdir()
    book = tmp_path / "mine" / "book.xlsm"
    if content is not None:
        book.write_bytes(content)
    done = export(book, path=office)
    assert (done.returncode, "book.xlsm" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert names(book.parent) == (["book.xlsm"] if content is not None else [])
