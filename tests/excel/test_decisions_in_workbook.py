"""A decision typed beside the audit trail changes the rate, in the workbook and in the terminal alike."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

from odr_xl.excel.build import AS_OF
from odr_xl.excel.refresh import calculate_workbook, refresh_workbook
from odr_xl.excel.sheets.template import build_workbook
from odr_xl.headless.package import Package
from odr_xl.headless.table import read_table, write_table
from odr_xl.samples.shop import sample_reports


def test_a_no_takes_one_order_out_of_the_rate_everywhere(tmp_path: Path) -> None:
    reports = []
    for name, content in sample_reports(AS_OF).items():
        reports.append(tmp_path / name)
        reports[-1].write_bytes(content)
    path = tmp_path / "ODR.xlsm"
    build_workbook(path)
    refresh_workbook(path, reports, as_of=AS_OF, backup=False)
    before = load_workbook(path, data_only=True)
    order_id = before["Appeals"]["B5"].value  # the first order to appeal: one negative feedback
    package = Package.open(path)
    headers, _ = read_table(package, "tblDecisions")
    assert headers == ["Order ID", "Cause", "Counts", "Why"]
    write_table(package, "tblDecisions", [[order_id, "Negative feedback", "No", "Amazon struck it through"]])
    package.save(path, backup=False)
    calculate_workbook(path, backup=False)
    after = load_workbook(path, data_only=True)
    # The story: 10 of 1,122 orders are defective; one less is 9.
    assert (before["Dashboard"]["B6"].value, after["Dashboard"]["B6"].value) == (10 / 1122, 9 / 1122)
    rules = {(row[0], row[5]): row[7] for row in after["Defects"].iter_rows(min_row=5, values_only=True)}
    assert rules[order_id, "Negative feedback"] == "you decided: doesn't count"
    done = subprocess.run(
        [sys.executable, "-m", "odr_xl", "odr", str(path), "--json"], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["defective"] == 9
    # A refresh with the same reports keeps the decision.
    refresh_workbook(path, reports, as_of=AS_OF, backup=False)
    assert load_workbook(path, data_only=True)["Dashboard"]["B6"].value == 9 / 1122
