"""Thresholds from the sheets Alerts and Settings, and from a TOML file over them."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from odr_xl import rules
from odr_xl.core.alerts import Limits
from odr_xl.errors import InputError, OdrError, WorkbookError
from odr_xl.excel.refresh import set_named_cell
from odr_xl.excel.sheets.alerts import FIRST
from odr_xl.excel.sheets.template import build_workbook
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet
from odr_xl.monitor.settings import Settings, file_settings, workbook_settings


@pytest.fixture(scope="module", params=["en", "zh"])
def book(request, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("book") / "ODR.xlsm"
    build_workbook(path, language=request.param)
    return path


def changed(book: Path, folder: Path, cells: dict[str, object], names: dict[str, object]) -> Path:
    package = Package.open(book)
    sheet = Sheet(package, "Alerts")
    for ref, value in cells.items():
        sheet.set_value(ref, value)
    sheet.commit()
    for name, value in names.items():
        set_named_cell(package, name, value)
    return package.save(folder / "ODR.xlsm")


def test_new_workbook_has_the_thresholds_of_the_defaults(book):
    # The sheet watches the rise in 8 days, its trend having every second day.
    assert workbook_settings(book).limits == Limits(creep_days=8)


def test_language_is_the_workbooks(book):
    assert workbook_settings(book).language in ("en", "zh")


def test_thresholds_that_the_seller_typed_are_read_in_either_language(book, tmp_path):
    cells = {f"B{FIRST + row}": value for row, value in enumerate([1, 3, 0.009, None, 0.001, 2, 4])}
    names = {"Target": 0.008, "WarnLevel": 0.005, "PlanDays": 10, "NoticeDate": 46346, "WindowDays": 30, "LagDays": 0}
    found = workbook_settings(changed(book, tmp_path, cells, names))
    assert found.limits == Limits(
        target=0.008, warning=0.005, accounts=1, headroom=3, forecast=0.009, estimate=None, creep=0.001, creep_days=8,
        feedback=2, data=4,
    )  # fmt: skip
    # Excel's day 46346 is 2026-11-20: 46023 is 2026-01-01, and 323 days later.
    assert (found.notice, found.plan_days, found.window, found.lag) == (date(2026, 11, 20), 10, 30, 0)


def test_word_for_a_threshold_is_refused_with_its_cell(book, tmp_path):
    path = changed(book, tmp_path, {f"B{FIRST + 1}": "few"}, {})
    with pytest.raises(WorkbookError, match=rf'Alerts!B{FIRST + 1}: "few" isn\'t a threshold'):
        workbook_settings(path)


def told(tmp_path: Path, text: str, start: Settings = Settings()) -> Settings:  # noqa: B008 - it is frozen
    path = tmp_path / "alerts.toml"
    path.write_text(text, "utf-8")
    return file_settings(path, start)


def test_file_goes_over_what_was_there_before(tmp_path):
    found = told(
        tmp_path,
        'target = 0.008\nheadroom = 2\ncreep = false\ndefects = false\nstale_days = 7\nlanguage = "zh"\n'
        'notice_date = 2026-11-18\nplan_days = 7\nnotify = ["keyring:mail", "env:ODR_CHAT"]\n',
        Settings(Limits(warning=0.004), window=30),
    )
    # The forecasts follow the target that the file sets.
    assert found.limits == Limits(
        target=0.008, warning=0.004, forecast=0.008, estimate=0.008, headroom=2, creep=None, defects=False, stale_days=7
    )
    assert (found.language, found.notice, found.plan_days, found.window) == ("zh", date(2026, 11, 18), 7, 30)
    assert found.receivers == ("keyring:mail", "env:ODR_CHAT")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("target = 1", "between 0 and 1, such as 0.01 for 1%"),
        ("target = false", "between 0 and 1"),
        ("headroom = 1.5", r"isn't a whole number from 0"),
        ("ahead = 0", "from 1 to 400"),
        ("ahead = false", "from 1 to 400"),
        ("defects = 1", "neither true nor false"),
        ('notice_date = "soon"', "isn't a date"),
        ('language = "fr"', "Choose en or zh"),
        ("headrom = 1", r'"headrom" isn\'t a setting. Choose from: target, accounts'),
        ("target 0.01", "isn't a TOML file"),
        ("notify = 3", "list of references"),
    ],
)
def test_line_that_cannot_be_meant_is_one_sentence(tmp_path, text, sentence):
    with pytest.raises(OdrError, match=sentence):
        told(tmp_path, text)


def test_address_in_the_file_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(OdrError) as error:
        told(tmp_path, 'notify = ["mailto://shop:pl4nted-s3cret@mail.example"]')
    assert "pl4nted-s3cret" not in str(error.value)


def test_file_of_another_encoding_is_refused(tmp_path):
    path = tmp_path / "alerts.toml"
    path.write_bytes("# 警报".encode("gbk"))
    with pytest.raises(InputError, match="isn't a TOML file"):
        file_settings(path, Settings())


PAGES = [Path(__file__).parents[2] / "docs" / name for name in ("alerts.md", "zh/alerts.md")]


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh"])
def test_page_about_alerts_lists_every_threshold_with_its_default(page):
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", page.read_text("utf-8"), re.M)
    own = {"true": True, "the target": rules.TARGET, "与目标相同": rules.TARGET}
    assert {name: own.get(value) or float(value) for name, value in rows} == asdict(Limits())


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh"])
def test_file_that_the_page_shows_can_be_read(page, tmp_path):
    text = re.search(r"```toml\n(.*?)```", page.read_text("utf-8"), re.S)[1]
    assert told(tmp_path, text).receivers == ("keyring:mail", "env:ODR_CHAT")
