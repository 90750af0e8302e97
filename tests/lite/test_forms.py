"""Every formula gives one answer, whichever way the cells arrive: classic Excel, xlwings Lite, or Excel's own API."""

from __future__ import annotations

import datetime as dt
import inspect

import pytest
import shop

from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.typed import plain_cell, plain_rows
from odr_xl.readers.blocks import Block

FUNCTIONS = {function.__name__: function for function in FORMULAS}


@pytest.fixture(scope="module")
def classic(tables):
    return shop.run(FUNCTIONS, tables, shop.classic)


def test_the_calls_use_every_formula_and_every_argument():
    used = {}
    for _, name, arguments in shop.CALLS:
        used.setdefault(name, set()).update(arguments)
    assert used == {name: set(inspect.signature(function).parameters) for name, function in FUNCTIONS.items()}


def test_no_call_on_the_sample_shop_is_an_error_or_without_rows(classic):
    # Errors among the cells of a result are as meant as in the workbook: none.
    cells = {
        name: [c for row in rows for c in row] if isinstance(rows, list) else [rows] for name, rows in classic.items()
    }
    assert {
        name for name, found in cells.items() if any(isinstance(c, str) and c.startswith("#") for c in found)
    } == set()
    assert {name for name, rows in classic.items() if isinstance(rows, list) and len(rows) < 2} == {
        "check",
        "recovery",
    }  # one cell each


def test_rate_of_the_sample_shop_is_the_one_of_its_story(classic):
    # odr_xl.samples.shop: 6 of 500 seller-fulfilled orders on Amazon.com, 20 defective ones of 1,122 by any cause.
    assert classic["rate"] == 6 / 500
    assert classic["rate of days"] == 20 / 1122


@pytest.mark.parametrize("form", [shop.lite, shop.office], ids=lambda form: form.__name__)
def test_every_formula_gives_the_same_in_another_form(tables, classic, form):
    found = shop.run(FUNCTIONS, tables, form)
    assert found.keys() == classic.keys()
    for name, rows in classic.items():
        assert found[name] == rows, name


@pytest.mark.parametrize("form", [shop.classic, shop.lite, shop.office], ids=lambda form: form.__name__)
def test_an_error_in_a_cell_is_an_error_of_the_formula_and_no_blank(form):
    rows = shop.in_form([["Order ID", "Chargeback"], ["#REF!", ""], ["900-0000001-0000001", "x"]], form)
    assert FUNCTIONS["ODR"](rows) == "#VALUE!"
    checked = FUNCTIONS["ODR_CHECK"](rows)
    assert any("#REF!" in cell for (cell,) in checked)
    assert FUNCTIONS["ODR_STATUS"](form("#N/A")) == "No orders"


@pytest.mark.parametrize("form", [shop.classic, shop.lite, shop.office], ids=lambda form: form.__name__)
def test_times_of_day_and_blank_rows_change_nothing(form):
    late = dt.datetime(2026, 3, 2, 23, 59)
    rows = [["Order ID", "Order Date", "Chargeback"], ["900-0000001-0000001", late, "x"], ["", "", ""],
            ["900-0000002-0000001", dt.datetime(2026, 3, 3), ""], ["", "", ""]]  # fmt: skip
    given = shop.in_form(rows, form)
    assert FUNCTIONS["ODR"](given) == 0.5
    assert FUNCTIONS["ODR"](given, None, form(dt.datetime(2026, 3, 2)), form(dt.datetime(2026, 3, 2))) == 1.0


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"type": "Error", "basicType": "Error", "basicValue": "#SPILL!", "errorType": "Spill"}, "#SPILL!"),
        ({"type": "Error", "errorType": "Div0"}, "#DIV/0!"),
        ({"type": "Entity", "text": "a product"}, "#VALUE!"),
        ({"type": "Double", "basicValue": 1.5}, 1.5),
        ({"type": "Boolean", "basicValue": False}, False),
        ({"type": "Empty", "basicValue": ""}, ""),
        ([[7]], 7),
        ([7], 7),
        ([[1, 2]], [1, 2]),
        (None, None),
    ],
)
def test_single_cell_is_the_value_that_it_shows(value, shown):
    assert plain_cell(value) == shown


def test_ranges_without_objects_are_not_copied():
    rows = [["a", 1], ["b", None]]
    assert plain_rows(rows) is rows
    block = Block(rows, "Orders")
    assert plain_rows(block) is block
    assert plain_rows([{"type": "Double", "basicValue": 1}, 2]) == [1, 2]
    assert plain_rows({"type": "Error", "basicValue": "#REF!"}) == "#REF!"
    assert plain_rows(None) is None
