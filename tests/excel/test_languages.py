"""A workbook in Chinese: the same numbers as the English one, and no English among what the formulas return."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from odr_xl.excel.build import AS_OF
from odr_xl.excel.refresh import refresh_workbook
from odr_xl.excel.sheets.template import SHEETS, build_workbook
from odr_xl.labels import Language
from odr_xl.samples.shop import sample_reports

#: English that is no word of ours: names of sheets and accounts, ids, codes, and what the reports themselves say.
ALLOWED = re.compile(
    r"\b(ODR|SKU|ASIN|A-to-z|AFN|MFN|US|DE|UK|Orders|Feedback|Claims|Chargebacks|Returns|AccountHealth|Settings|notice|"
    r"account|free shipping|Seller Central|Non-Amazon|Buy Shipping|S01|OK)\b"
)


def calculated(folder: Path, language: Language) -> dict[str, dict[str, Any]]:
    reports = []
    for name, content in sample_reports(AS_OF).items():
        reports.append(folder / name)
        reports[-1].write_bytes(content)
    path = folder / "ODR.xlsm"
    build_workbook(path, language=language)
    refresh_workbook(path, reports, as_of=AS_OF, backup=False)
    book = load_workbook(path, data_only=True)
    return {
        name: {cell.coordinate: cell.value for row in book[name].iter_rows() for cell in row if cell.value is not None}
        for name in SHEETS
    }


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        language: calculated(tmp_path_factory.mktemp(language), language)  # type: ignore[arg-type]
        for language in ("en", "zh")
    }


@pytest.mark.parametrize("sheet", [name for name in SHEETS if name not in ("Settings", "xlwings.conf")])
def test_numbers_and_dates_are_the_same_in_both_languages(books, sheet):
    english, chinese = books["en"][sheet], books["zh"][sheet]
    assert english.keys() == chinese.keys()
    different = [
        (place, value, chinese[place])
        for place, value in english.items()
        if not isinstance(value, str) and value != chinese[place]
    ]
    assert different == []


#: First and last column of what our formulas write, and the row of their header; what sellers typed isn't in them.
RESULTS = {
    "Days": ("A", "C", 4), "Trend": ("A", "F", 4), "Defects": ("F", "H", 4), "Actions": ("A", "F", 4),
    "Plan": ("A", "B", 4), "Appeals": ("G", "G", 4), "Replies": ("G", "I", 4), "Reconcile": ("J", "Y", 4),
    "Listings": ("Q", "R", 4), "Forecast": ("K", "S", 36),
}  # fmt: skip


@pytest.mark.parametrize("sheet", RESULTS)
def test_chinese_results_hold_no_english(books, sheet):
    first, last, header = RESULTS[sheet]
    english = []
    words = 0
    for place, value in books["zh"][sheet].items():
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
        if not (len(column) == 1 and first <= column <= last and int(row) >= header and isinstance(value, str)):
            continue
        words += 1
        left = ALLOWED.sub("", re.sub(r"\b(?:[A-Z0-9]+-)+[A-Z0-9]+\b|[A-ZÜ]{2,}(?:-\d+)?", "", value))
        if re.search(r"[A-Za-z]{3,}", left):
            english.append((place, value))
    assert words > 3
    assert english == []


def test_chinese_formulas_show_chinese_status_and_causes(books):
    shown = books["zh"]["Dashboard"]
    # The words of labels.words, as Amazon's Chinese pages write them.
    assert (shown["B7"], shown["B19"], shown["B20"], shown["B21"]) == (
        "有风险", "负面反馈", "亚马逊商城交易保障索赔", "信用卡拒付",
    )  # fmt: skip
    assert shown["B8"] == "但有账户超过目标：见下方"  # the condition sees the Chinese status too
