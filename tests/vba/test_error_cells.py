"""The module OdrErrors, run: error texts of Python become Excel's errors, and nothing else changes."""

import pytest
from interpreter import Excel

from odr_xl.excel.functions import FORMULAS

# The numbers are those of Excel's XlCVError enumeration.
ERRORS = {"#N/A": 2042, "#VALUE!": 2015, "#NUM!": 2036, "#DIV/0!": 2007, "#REF!": 2023, "#NAME?": 2029, "#NULL!": 2000}
CASES = """
Function Row()
    Dim values(0 To 2) As Variant
    values(0) = "#N/A": values(1) = 1.5: values(2) = "#1"
    Row = ToCells(values)
End Function
Function Table()
    Dim values(0 To 1, 1 To 2) As Variant
    values(0, 1) = "rate": values(0, 2) = "#DIV/0!": values(1, 1) = Empty: values(1, 2) = "#NULL!"
    Table = ToCells(values)
End Function
"""


@pytest.fixture
def excel():
    return Excel(FORMULAS, calls=CASES).application


@pytest.mark.parametrize(("text", "number"), ERRORS.items())
def test_an_error_text_becomes_the_error_itself(excel, text, number):
    result = excel.run("ToCells", text)
    assert type(result).__name__ == "VBAErrorValue"
    assert str(result) == f"Error {number}"


@pytest.mark.parametrize("value", [0.0125, "OK", "", "#N/A ", "# of orders", "#n/a", True])
def test_a_value_that_is_no_error_stays_as_it_is(excel, value):
    assert excel.run("ToCells", value) == value


def test_errors_in_a_row_and_in_a_table_become_errors(excel):
    assert [str(value) for value in excel.run("Row")] == ["Error 2042", "1.5", "#1"]
    table = [[str(value) for value in each] for each in excel.run("Table")]
    assert table == [["rate", "Error 2007"], ["None", "Error 2000"]]


def test_no_message_is_kept_before_anything_has_failed(excel):
    assert excel.run("LastError") == ""
