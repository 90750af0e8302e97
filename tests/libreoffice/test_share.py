"""What a seller gives to others, in LibreOffice: the copy's values as they were, a PDF with the result sheets."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import plain_formulas
import pytest
from compare import differences
from office import REMEDY, ROOT, find_programs, open_office
from stored import read_stored

from odr_xl.excel.share import share_pdf, share_values

WORKBOOK = ROOT / "workbook" / "ODR.xlsm"
PRINTED = [
    "Dashboard", "Listings", "Reconcile", "Defects", "Trend", "Drivers", "Forecast", "Actions", "Plan", "Appeals",
    "Replies", "Alerts",
]  # fmt: skip


def test_libreoffice_shows_every_value_of_the_copy_as_the_workbook_stores_it(require, pytestconfig, tmp_path):
    programs = find_programs()
    require("libreoffice", programs, REMEDY)
    copy = tmp_path / "copy.xlsx"
    told = share_values(WORKBOOK, copy)
    before, after = read_stored(WORKBOOK), read_stored(copy)
    cache = pytestconfig.cache.mkdir("libreoffice")
    with open_office(plain_formulas.FORMULAS, programs, cache, [Path(__file__).parent]) as office:
        shown = office.ask(copy, told.sheets).sheets
    assert list(shown) == told.sheets
    blanked = 0
    for sheet in told.sheets:
        assert differences(after[sheet].values, shown[sheet]) == [], sheet
        kept = {ref: value for ref, value in before[sheet].values.items() if ref in after[sheet].values}
        assert differences(kept, after[sheet].values) == [], sheet
        blanked += len(before[sheet].values) - len(kept)
    assert blanked == told.personal > 0


@pytest.fixture
def document(require, tmp_path):
    """Pages of the PDF of the committed workbook, as texts."""
    require("libreoffice", shutil.which("soffice"), REMEDY)
    require("libreoffice", shutil.which("pdftotext"), REMEDY)
    told = share_pdf(WORKBOOK, tmp_path / "ODR.pdf")
    assert told.sheets == PRINTED
    told = subprocess.run(["pdftotext", "-layout", str(tmp_path / "ODR.pdf"), "-"], capture_output=True, check=True)
    return told.stdout.decode("utf-8").split("\f")[:-1]


def test_the_pdf_has_the_result_sheets_and_nothing_of_the_input_sheets(document):
    assert len(document) >= len(PRINTED)
    assert "Order defect rate" in document[0]
    text = "\n".join(document)
    for heading in ("Leading signs", "Your own decisions", "The rate in the next 75 days", "Plan of action", "Alerts"):
        assert heading in text, heading
    feedback = read_stored(WORKBOOK)["Feedback"].values
    comments = [value for ref, value in feedback.items() if ref[0] == "C" and int(ref[1:]) > 4]
    assert len(comments) > 10
    assert [comment for comment in comments if comment in text] == []
    for title in ("Seller Central: Performance > Feedback", "Day you look at"):  # Feedback's and Settings' own words
        assert title not in text
    assert "#REF!" not in text
    assert "#NAME?" not in text
