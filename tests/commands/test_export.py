"""The command export, run as a seller runs it."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_OFFICE = {"PATH": "/nowhere"}


@pytest.fixture
def workbook(tmp_path):
    """The committed workbook with its invented shop, in a folder of its own."""
    return Path(shutil.copy(ROOT / "workbook" / "ODR.xlsm", tmp_path / "ODR.xlsm"))
