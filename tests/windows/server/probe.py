"""Formulas for the tests' own use, registered as the real ones are; they run in the Python that Excel started."""

from __future__ import annotations

import ctypes
import os
import sys
import time

import pywintypes
import win32api
import win32con
import win32process
import xlwings

from odr_xl.excel import functions
from odr_xl.excel.cells import PlacedRows

KEPT: list[object] = []


@xlwings.func
def process_number():
    """The number that the Task Manager shows."""
    return os.getpid()


@xlwings.func
def memory():
    """This process's working set in bytes."""
    return float(win32process.GetProcessMemoryInfo(win32api.GetCurrentProcess())["WorkingSetSize"])


@xlwings.func
def home():
    """Where Python and our package are, and the code page's name."""
    return [sys.executable, functions.__file__, str(ctypes.windll.kernel32.GetACP())]


@xlwings.func
@xlwings.arg("rows", convert=PlacedRows, ndim=2, err_to_str=True)
def kinds(rows):
    """Place of a range, and the types of its cells."""
    place = f"{rows.sheet}!{rows.row}:{rows.column}" if hasattr(rows, "sheet") else "no place"
    return [[place, *(f"{type(cell).__name__}:{cell}" for cell in row)] for row in rows]


@xlwings.func
def fails(text):
    """Raises what no formula is meant to raise."""
    raise ZeroDivisionError(f"nothing to divide {text} by")


@xlwings.func
@xlwings.arg("rows", convert=PlacedRows, ndim=2, err_to_str=True)
def keeps(rows):
    """A formula with a leak: it never gives its rows back."""
    KEPT.append(rows)
    return float(len(KEPT))


@xlwings.func
@xlwings.arg("orders", convert=PlacedRows, ndim=2, err_to_str=True)
def own_seconds(orders, function):
    """What a formula takes in this process when its rows are here already: the best of three."""
    plain, times = getattr(functions, function), []
    for _ in range(3):
        start = time.perf_counter()
        plain(orders)
        times.append(time.perf_counter() - start)
    return min(times)


@xlwings.func
@xlwings.arg("rows", convert=PlacedRows, ndim=2, err_to_str=True)
def count(rows):
    """The number of rows: a formula that calculates nothing."""
    return float(len(rows))


@xlwings.func
def is_running(number):
    """Whether a process is still there."""
    try:
        process = win32api.OpenProcess(win32con.PROCESS_QUERY_INFORMATION, False, int(number))
    except pywintypes.error:
        return False
    return win32process.GetExitCodeProcess(process) == win32con.STILL_ACTIVE
