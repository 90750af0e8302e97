"""Every formula through the real DLL, COM and xlwings' server, compared with the same function called here.

The arguments are those of the committed workbook, which holds the sample shop: recorded while the workbook is
recalculated, then handed over as Excel does. Ranges are objects, and a date in a cell is a VT_DATE.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwings
from expected import differences, in_cells
from session import Raised
from variants import EPOCH, Area, Array, CellError, Missing

from odr_xl.excel.connection import current_hash
from odr_xl.excel.functions import FORMULAS, ODR, ODR_CHECK, ODR_STATUS
from odr_xl.headless.recalculate import recalculate
from odr_xl.readers.blocks import Block

WORKBOOK = Path(__file__).resolve().parents[2] / "workbook" / "ODR.xlsm"
NAMES = [formula.__name__ for formula in FORMULAS]
DATES = ("start", "finish", "as_of", "earlier", "later")
ROWS = [
    ["Order ID", "Order Date", "Item Price", "Negative Feedback", "A-to-z Guarantee claim"],
    ["910-0000001-0000001", datetime(2026, 9, 1, 8, 30), Decimal("12.5"), True, False],
    ["910-0000002-0000002", datetime(2026, 9, 2), 3.0, False, None],
    ["910-0000003-0000003", datetime(2026, 9, 3), None, None, None],
    [None, None, None, None, None],
    ["910-0000004-0000004", datetime(2026, 9, 4), 8.0, "", True],
]  # fmt: skip


@pytest.fixture(scope="module")
def calls() -> dict[str, list[tuple[tuple[Any, ...], Any]]]:
    """Arguments and result of every call in the workbook, by the formula's name."""
    found: dict[str, list[tuple[tuple[Any, ...], Any]]] = {name: [] for name in NAMES}

    def recorded(formula):
        def call(*arguments):
            result = formula(*arguments)
            # Without an argument ODR_CHECK describes the Python that answers: another one there, see the test below.
            described = formula is ODR_CHECK and not arguments
            if not described and (arguments, result) not in found[formula.__name__]:
                found[formula.__name__].append((arguments, result))
            return result

        return call

    recalculate(WORKBOOK, {formula.__name__: recorded(formula) for formula in FORMULAS})
    return found


def as_range(argument: Any, name: str) -> Any:
    """An argument that refers to cells, as Excel hands it over; None is one that was left out."""
    if isinstance(argument, Block):
        return Area(argument, argument.sheet, argument.row, argument.column)
    if argument is None:
        return Missing
    if name in DATES and isinstance(argument, float):
        argument = EPOCH + timedelta(days=argument)
    return Area([[argument]], "Settings", 5, 2)


def as_array(argument: Any, _name: str) -> Any:
    """An argument that Excel calculated: an array or a value, without a place."""
    if isinstance(argument, Block):
        return Array(argument)
    return Missing if argument is None else argument


def all_parameters(name: str, arguments: tuple[Any, ...], given: Callable[[Any, str], Any]) -> list[Any]:
    """The wrapper's Array(...): every parameter, those that the cell's formula doesn't have marked as missing."""
    named = list(inspect.signature(FORMULAS[NAMES.index(name)]).parameters)
    handed = [given(argument, named[i]) for i, argument in enumerate(arguments)]
    return handed + [Missing] * (len(named) - len(handed))


@pytest.mark.parametrize("name", NAMES)
def test_formula_with_ranges_gives_the_result_in_the_workbook(excel, calls, name):
    assert calls[name], f"{name} is in no cell of the workbook."
    for arguments, result in calls[name]:
        found = excel.call(name, *all_parameters(name, arguments, as_range))
        assert differences(found, in_cells(result)) == []


@pytest.mark.parametrize("name", NAMES)
def test_formula_with_calculated_arrays_gives_what_it_gives_here(excel, calls, name):
    for arguments, _ in calls[name]:
        # A calculated array has no place on a sheet, so no message names a cell.
        here = [list(a) if isinstance(a, Block) else a for a in arguments]
        found = excel.call(name, *all_parameters(name, arguments, as_array))
        assert differences(found, in_cells(FORMULAS[NAMES.index(name)](*here))) == []


@pytest.mark.parametrize(
    ("given", "state"), [("ours", "connected"), ("0123456789ab", "connected; the workbook's macros")]
)
def test_the_check_without_ranges_describes_windows_python_and_compares_the_hash_of_the_macros(excel, given, state):
    handed = current_hash() if given == "ours" else given
    told = excel.call("ODR_CHECK", *[Missing] * len(inspect.signature(ODR_CHECK).parameters), handed)
    assert told[0][0] == "Python" and told[0][1].startswith(state)
    values = dict(told[1:])
    assert values["xlwings"] == xlwings.__version__
    assert values["numpy"] == "2.0.2"  # the version of the environment, not of this computer
    assert values["Interpreter"].lower().endswith((r"\python.exe", r"\pythonw.exe"))


def test_cells_of_every_kind_arrive_as_the_readers_expect_them(excel):
    rows = [
        ["text", 1.5, True, False, None, ""],
        [datetime(2026, 9, 30, 13, 45, 30), Decimal("12.34"), "漢字 ü", "a\tb\nc\\d", CellError("#N/A"), 1e-300],
    ]
    cells = [
        ["str:text", "float:1.5", "bool:True", "bool:False", "NoneType:None", "NoneType:None"],
        ["datetime:2026-09-30 13:45:30", "Decimal:12.34", "str:漢字 ü", "str:a\tb\nc\\d", "str:#N/A", "float:1e-300"],
    ]
    for value, place in ((Area(rows, "My orders", 7, 3), "My orders!7:3"), (Array(rows), "no place")):
        assert excel.call("kinds", value, module="probe") == [[place, *row] for row in cells]


def test_booleans_dates_money_and_blanks_are_counted(excel):
    # By hand: four orders, numbers 1 and 4 defective; from the 2nd on three orders, one of them defective.
    orders = Area(ROWS, "Orders", 4)
    assert excel.call("ODR", orders, *[Missing] * 5) == 0.5
    assert excel.call("ODR", orders, Missing, datetime(2026, 9, 2), *[Missing] * 3) == pytest.approx(1 / 3)
    assert ODR(ROWS) == 0.5


@pytest.mark.parametrize("missing", [Missing, None, ""])
def test_cell_that_is_left_out_blank_or_empty_text_changes_nothing(excel, missing):
    assert excel.call("ODR", Area(ROWS, "Orders"), Missing, missing, missing, missing, missing) == 0.5


@pytest.mark.parametrize("argument", [0.004, Area([[0.004]], "Dashboard"), Array([[0.004]])])
def test_single_cell_arrives_as_a_value_a_range_or_an_array(excel, argument):
    assert excel.call("ODR_STATUS", argument, Missing, Missing, Missing) == ODR_STATUS(0.004) == "Healthy"


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"])
def test_error_in_a_range_is_named_with_its_cell(excel, text):
    broken = [list(row) for row in ROWS]
    broken[2][1] = CellError(text)
    here = Block(
        [[cell.text if isinstance(cell, CellError) else cell for cell in row] for row in broken], "My orders", 4
    )
    said = excel.call("ODR_CHECK", Area(broken, "My orders", 4), *[Missing] * 9)
    assert differences(said, in_cells(ODR_CHECK(here))) == []
    assert said[0][0].startswith(f"'My orders'!B6: \"{text}\" is an Excel error")


def test_input_that_can_not_be_read_is_an_error_text_for_vba(excel):
    # VBA turns these two texts into Excel's own errors.
    assert excel.call("ODR", Area([["no"], ["orders"]], "Orders"), *[Missing] * 5) == "#VALUE!"
    assert excel.call("ODR", Area(ROWS, "Orders"), Missing, datetime(2027, 1, 1), *[Missing] * 3) == "#N/A"
    assert excel.call("ODR", Area(ROWS, "Orders"), Missing, "tomorrow", *[Missing] * 3) == "#VALUE!"


def test_definition_that_does_not_exist_is_an_error_too(excel):
    assert excel.call("ODR", Area(ROWS, "Orders"), *[Missing] * 3, "amazone", Missing) == "#VALUE!"


def test_error_that_no_formula_is_meant_to_raise_begins_with_its_sentence(excel):
    with pytest.raises(Raised) as raised:
        excel.call("fails", "3", module="probe")
    assert str(raised.value).splitlines()[0] == "ZeroDivisionError: nothing to divide 3 by"
    assert excel.call("ODR", Area(ROWS, "Orders"), *[Missing] * 5) == 0.5


def test_formula_that_does_not_exist_raises(excel):
    with pytest.raises(Raised, match="AttributeError"):
        excel.call("ODR_NOTHING", Missing)


def test_python_asks_nothing_of_excel_that_the_stand_in_lacks(excel):
    excel.call("ODR", Area(ROWS, "Orders"), *[Missing] * 5)
    assert excel.unknown_name() == ""
