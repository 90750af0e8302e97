"""What the tests of this room share."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from odr_xl.samples.shop import sample_reports

sys.path.insert(0, str(Path(__file__).parent))

AS_OF = date(2026, 11, 20)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop's reports as of 2026-11-20: US MFN is over the target (6 of 500)."""
    folder = tmp_path_factory.mktemp("shop") / "reports"
    folder.mkdir()
    for name, content in sample_reports(AS_OF).items():
        (folder / name).write_bytes(content)
    return folder
