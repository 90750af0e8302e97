"""The connection between Excel and Python: starting, staying, ending, and where both may be on the disk."""

from __future__ import annotations

import shutil
import time
from datetime import datetime

import pytest
from environment import CHINESE, windows_path
from session import PATHS, SERVER, Excel, NotStarted, Raised
from variants import Area, Array, Missing

from odr_xl.excel.functions import ODR

ROWS = [["Order ID", "Order Date", "Negative Feedback"]] + [
    [f"910-{n:07d}-{n:07d}", datetime(2026, 9, 1 + n % 28), "X" if n % 40 == 0 else None] for n in range(400)
]
ARGUMENTS = (Area(ROWS, "Orders", 4), *[Missing] * 5)
#: 10 of 400 orders, by hand.
RATE = 0.025


def odr(excel: Excel) -> object:
    return excel.call("ODR", *ARGUMENTS)


def test_this_computer_agrees_with_the_hand_made_rate():
    assert ODR(ROWS) == RATE


def test_twenty_calls_in_a_row_are_answered_by_one_python(excel):
    processes = set()
    for _ in range(20):
        assert odr(excel) == RATE
        processes.add(excel.call("process_number", module="probe"))
    assert len(processes) == 1


def test_first_formula_starts_python_and_the_next_ones_do_not_wait(client):
    opened = Excel(client, PATHS)
    try:
        start = time.monotonic()
        assert odr(opened) == RATE
        first = time.monotonic() - start
        start = time.monotonic()
        assert odr(opened) == RATE
        # The first call starts Python and imports pandas: seconds. The next one calculates 400 orders.
        assert time.monotonic() - start < first / 4
    finally:
        opened.close()


def test_thousand_calls_do_not_make_pythons_memory_grow(excel):
    # Each call hands over 1,200 cells, about 100 kB as objects of Python: 100 MB if they all stayed.
    array = (Array(ROWS), *ARGUMENTS[1:])
    excel.call("ODR", *array, times=100)
    excel.call("ODR", *ARGUMENTS, times=20)
    before = excel.call("memory", module="probe")
    assert excel.call("ODR", *array, times=900) == RATE
    # A range costs Wine a tenth of a second; each brings some ten objects that must be given back.
    assert excel.call("ODR", *ARGUMENTS, times=100) == RATE
    grown = excel.call("memory", module="probe") - before
    assert before > 20e6, "The figure isn't a working set of a Python with pandas."
    assert grown < 10e6, f"1,000 calls made the working set grow by {grown / 1e6:.1f} MB."


def test_leak_of_a_formula_would_be_seen(client):
    opened = Excel(client, PATHS)
    try:
        before = opened.call("memory", module="probe")
        assert opened.call("keeps", Array(ROWS), module="probe", times=200) == 200
        assert opened.call("memory", module="probe") - before > 10e6
    finally:
        opened.close()


def ended(excel: Excel, process: float) -> bool:
    """Whether a process ends within 15 seconds, as another Python sees it."""
    deadline = time.monotonic() + 15
    while running := excel.call("is_running", process, module="probe"):
        if time.monotonic() > deadline:
            break
        time.sleep(0.2)
    return not running


def test_killpy_ends_python(client, excel):
    opened = Excel(client, PATHS)
    try:
        process = opened.call("process_number", module="probe")
        assert excel.call("is_running", process, module="probe")
        opened.kill_python()
        assert ended(excel, process)
    finally:
        opened.close()


def test_python_ended_in_the_task_manager_gives_an_error_at_once_and_none_in_a_new_excel(client):
    opened = Excel(client, PATHS)
    try:
        opened.end_process(int(opened.call("process_number", module="probe")))
        start = time.monotonic()
        with pytest.raises((NotStarted, Raised)):
            odr(opened)
        assert time.monotonic() - start < 10
    finally:
        opened.close()
    reopened = Excel(client, PATHS)
    try:
        assert odr(reopened) == RATE
    finally:
        reopened.close()


@pytest.fixture
def place(request, client, tmp_path):
    """A folder of the given name with everything in it: Python, our package, the workbook's path."""
    folder = tmp_path / request.param
    folder.mkdir()
    (folder / "python").symlink_to(client.python)
    shutil.copytree(PATHS[0] / "odr_xl", folder / "code" / "odr_xl", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def open_in(client, place, language: str) -> Excel:
    paths = (place / "code", SERVER)
    return Excel(client, paths, place / "python", windows_path(place / "ODR.xlsm"), language)


@pytest.mark.parametrize(
    ("place", "language"),
    [("My shop & I", "C.UTF-8"), ("Bob's (new) shop", "C.UTF-8"), ("我的 店铺", CHINESE)],
    indirect=["place"],
)
def test_folder_may_have_spaces_signs_and_chinese_on_a_chinese_windows(client, place, language):
    opened = open_in(client, place, language)
    try:
        python, package, code_page = opened.call("home", module="probe")[0]
        assert python == windows_path(place / "python" / "python.exe")
        # xlwings turns the paths that it searches into small letters.
        assert package == windows_path(place / "code" / "odr_xl" / "excel" / "functions.py").lower()
        assert code_page == ("936" if language == CHINESE else "1252")
        assert odr(opened) == RATE
    finally:
        opened.close()


@pytest.mark.parametrize("place", ["我的 店铺"], indirect=True)
def test_chinese_folder_on_a_western_windows_is_refused_with_a_sentence(client, place):
    # VBA hands texts to a DLL in the code page, which has no Chinese there. No fault of ours, so it is only stated.
    opened = open_in(client, place, "C.UTF-8")
    try:
        with pytest.raises(NotStarted, match="The DLL can't be loaded"):
            odr(opened)
    finally:
        opened.close()


def test_package_that_is_not_installed_is_said_by_name(client):
    opened = Excel(client, (SERVER,))
    try:
        with pytest.raises(Raised, match="ModuleNotFoundError: No module named 'odr_xl'"):
            odr(opened)
    finally:
        opened.close()


def test_python_ends_when_excel_is_closed(client, excel):
    opened = Excel(client, PATHS)
    process = opened.call("process_number", module="probe")
    assert excel.call("is_running", process, module="probe")
    opened.close()
    assert ended(excel, process)
