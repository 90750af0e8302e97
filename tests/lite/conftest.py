"""The sample shop's tables, as the committed workbook holds them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shop
from lite_places import LITE, WORKBOOK

from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.lite.extension import read_settings
from odr_xl.headless.package import Package
from odr_xl.headless.table import read_table


@pytest.fixture(scope="session")
def tables() -> dict[str, shop.Rows]:
    package = Package.open(WORKBOOK)
    found: dict[str, Any] = {}
    for name, table in shop.TABLES.items():
        headers, rows = read_table(package, table)
        found[name] = [headers, *rows]
    return found


@pytest.fixture(scope="session")
def lite_workbook() -> Package:
    return Package.open(LITE)


@pytest.fixture(scope="session")
def main_program(lite_workbook: Package) -> str:
    """The text of ``main.py`` in the committed workbook for xlwings Lite."""
    return str(read_settings(lite_workbook)["main.py"])


@pytest.fixture(scope="session")
def classic_results(tables: dict[str, shop.Rows]) -> dict[str, Any]:
    """What the formulas of this computer's package answer to classic cells: what every other way is compared with."""
    results = shop.run({function.__name__: function for function in FORMULAS}, tables, shop.classic)
    return json.loads(json.dumps(results))
