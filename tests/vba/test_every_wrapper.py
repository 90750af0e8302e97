"""Each formula of the workbook from its VBA to the call of Python and back: the text that the build writes is run."""

import importlib

import pytest
from interpreter import MISSING, Excel
from pyopenvba.exceptions import VBARuntimeError

from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.vba.wrappers import stated_hash, wrapper_module

NAMES = [function.__name__ for function in FORMULAS]
# The numbers are those of Excel's XlCVError enumeration.
ERRORS = {"#N/A": 2042, "#VALUE!": 2015, "#NUM!": 2036, "#DIV/0!": 2007, "#REF!": 2023, "#NAME?": 2029, "#NULL!": 2000}


def parameters(name):
    """Names and number of required ones, from the Python function's code object, not from what the build reads."""
    function = next(function for function in FORMULAS if function.__name__ == name)
    plain = function.plain
    names = plain.__code__.co_varnames[: plain.__code__.co_argcount]
    required = len(names) - len(plain.__defaults__ or ())
    return (names[:-1] if names[-1] == function.filled else names), required


def given_by_the_wrapper(name):
    """What a wrapper adds itself behind a seller's arguments: the hash of its own module, to ODR_CHECK alone."""
    return [stated_hash(wrapper_module(FORMULAS))] if name == "ODR_CHECK" else []


def every_other(name):
    """Arguments with every second optional one left out, as `=ODR(A1:F9,,B1)` leaves one out."""
    names, required = parameters(name)
    return [names[i] if i < required or (i - required) % 2 else None for i in range(len(names))]


def gaps():
    """A VBA function a formula that calls it with every second optional argument left out."""
    lines = []
    for name in NAMES:
        given = ", ".join("" if each is None else f'"{each}"' for each in every_other(name))
        lines += [f"Public Function Gaps_{name}()", f"    Gaps_{name} = {name}({given.rstrip(', ')})", "End Function"]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def excel():
    return Excel(FORMULAS, calls=gaps())


def texts(cells):
    return [[str(value) for value in row] for row in cells]


def test_all_formulas_are_here():
    assert len(NAMES) == len(set(NAMES)) >= 24


@pytest.mark.parametrize("name", NAMES)
def test_all_arguments_reach_the_python_function_in_its_own_order(excel, name):
    names, _ = parameters(name)
    assert excel.call(name, *names) == 0.0125
    assert excel.received == [*names, *given_by_the_wrapper(name)]
    assert excel.told("module") == "odr_xl.excel.functions"
    assert excel.told("name") == name
    assert getattr(importlib.import_module("odr_xl.excel.functions"), name).__name__ == name


@pytest.mark.parametrize("name", NAMES)
def test_workbook_and_calling_cell_go_along(excel, name):
    excel.call(name, *parameters(name)[0])
    assert (excel.told("book"), excel.told("caller")) == (True, True)


@pytest.mark.parametrize("name", NAMES)
def test_arguments_at_the_end_that_are_left_out_arrive_as_missing(excel, name):
    names, required = parameters(name)
    excel.call(name, *names[:required])
    assert excel.received == [*names[:required], *[MISSING] * (len(names) - required), *given_by_the_wrapper(name)]


@pytest.mark.parametrize("name", NAMES)
def test_arguments_left_out_between_others_arrive_as_missing_in_their_place(excel, name):
    excel.call(f"Gaps_{name}")
    handed = [MISSING if each is None else each for each in every_other(name)]
    assert excel.received == handed + given_by_the_wrapper(name)


@pytest.mark.parametrize("name", [name for name in NAMES if parameters(name)[1]])
def test_a_required_argument_cannot_be_left_out(excel, name):
    with pytest.raises(VBARuntimeError, match="error 449: "):
        excel.call(name)


@pytest.mark.parametrize("name", NAMES)
def test_an_exception_in_python_is_a_value_error_in_the_cell_and_its_message_is_kept(excel, name):
    result = excel.call(name, *parameters(name)[0], answer="raise", text="ValueError: no such day")
    assert (type(result).__name__, str(result)) == ("VBAErrorValue", "Error 2015")
    assert excel.last_error == f"{name}: ValueError: no such day"


@pytest.mark.parametrize("name", NAMES)
def test_an_exception_reaches_the_macro_that_called_from_no_cell(excel, name):
    with pytest.raises(VBARuntimeError, match="no such day"):
        excel.call(name, *parameters(name)[0], answer="raise", text="no such day", from_cell=False)


@pytest.mark.parametrize("name", NAMES)
def test_each_error_text_becomes_excels_error(excel, name):
    names, _ = parameters(name)
    results = {text: excel.call(name, *names, answer="text", text=text) for text in ERRORS}
    assert {type(result).__name__ for result in results.values()} == {"VBAErrorValue"}
    assert {text: str(result) for text, result in results.items()} == {t: f"Error {n}" for t, n in ERRORS.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_is_no_error_stays_a_text(excel, name):
    names, _ = parameters(name)
    for text in ("OK", "", "#1 in Mugs", "#n/a"):
        assert excel.call(name, *names, answer="text", text=text) == text


@pytest.mark.parametrize("name", NAMES)
def test_errors_in_a_row_become_errors_in_their_places(excel, name):
    names, _ = parameters(name)
    for text, number in ERRORS.items():
        row = excel.call(name, *names, answer="row", text=text)
        assert [str(value) for value in row] == ["Error 2042", "0.5", f"Error {number}", "None"]


@pytest.mark.parametrize("name", NAMES)
def test_errors_in_a_table_become_errors_in_their_places(excel, name):
    names, _ = parameters(name)
    for text, number in ERRORS.items():
        table = excel.call(name, *names, answer="table", text=text)
        assert texts(table) == [["rate", f"Error {number}", "True"], ["#N/A ", "0.5", f"Error {number}"]]


def test_a_wrapper_with_two_arguments_exchanged_would_be_noticed():
    text = wrapper_module(FORMULAS).replace("Array(orders, defects, start,", "Array(defects, orders, start,")
    excel = Excel(FORMULAS, wrappers=text)
    names, _ = parameters("ODR")
    excel.call("ODR", *names)
    assert excel.received[:2] == ["defects", "orders"]
