"""The sample shop's tables, as the committed workbook holds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shop

from odr_xl.headless.package import Package
from odr_xl.headless.table import read_table

WORKBOOK = Path(__file__).parents[2] / "workbook" / "ODR.xlsm"


@pytest.fixture(scope="session")
def tables() -> dict[str, shop.Rows]:
    package = Package.open(WORKBOOK)
    found: dict[str, Any] = {}
    for name, table in shop.TABLES.items():
        headers, rows = read_table(package, table)
        found[name] = [headers, *rows]
    return found
