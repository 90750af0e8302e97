"""The engine for native formulas. Expected values: what Excel's help says of each function, computed by hand."""

import io

import ironcalc
import pytest
import xlsxwriter

from odr_xl.errors import WorkbookError
from odr_xl.headless.address import Area
from odr_xl.headless.kernel import Kernel, lacking_functions
from odr_xl.headless.references import Cell


@pytest.fixture
def kernel() -> Kernel:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Data")
    sheet.write_column("A1", [1, 2, 3])
    book.add_worksheet("Scratch")
    book.close()
    return Kernel(buffer.getvalue(), ["Data", "Scratch"])


def test_a_formula_that_spills_shrinks_with_its_source(kernel: Kernel) -> None:
    corner = Cell("Scratch", 1, 1)
    kernel.put_formula(corner, "_xlfn._xlws.FILTER(Data!A1:A3,Data!A1:A3>1)")
    kernel.put_formula(Cell("Scratch", 1, 5), "ROWS(A1#)")
    kernel.evaluate()
    assert kernel.values("Scratch", Area(1, 1, 3, 1)) == [[2.0], [3.0], [None]]
    kernel.put(Cell("Data", 2, 1), 0.0)
    kernel.evaluate()
    assert kernel.values("Scratch", Area(1, 1, 3, 1)) == [[3.0], [None], [None]]
    assert kernel.value(Cell("Scratch", 1, 5)) == 1.0


@pytest.mark.parametrize("value", ["0012", "=1+1", "", True, 2.5, "#N/A", "#DIV/0!", None])
def test_a_stored_value_keeps_its_type(kernel: Kernel, value: object) -> None:
    cell = Cell("Scratch", 1, 1)
    kernel.put(cell, value)
    kernel.evaluate()
    assert kernel.value(cell) == value
    assert type(kernel.value(cell)) is type(value)


def test_a_stored_error_is_an_error_for_other_formulas(kernel: Kernel) -> None:
    kernel.put(Cell("Scratch", 1, 1), "#N/A")
    kernel.put_formula(Cell("Scratch", 1, 2), 'IFERROR(A1,"caught")')
    kernel.evaluate()
    assert kernel.value(Cell("Scratch", 1, 2)) == "caught"


def test_an_array_formula_stays_within_its_size(kernel: Kernel) -> None:
    kernel.put_array(Cell("Scratch", 1, 1), "Data!A1:A3", 1, 2)
    kernel.evaluate()
    assert kernel.values("Scratch", Area(1, 1, 3, 1)) == [[1.0], [2.0], [None]]


def test_functions_that_the_engine_lacks_are_told_apart() -> None:
    # AGGREGATE and GETPIVOTDATA are Excel's, MY_MACRO nobody's; ANCHORARRAY is how files write A4#.
    asked = ["SUM", "XLOOKUP", "LET", "STDEV.S", "AGGREGATE", "GETPIVOTDATA", "MY_MACRO", "ANCHORARRAY"]
    assert lacking_functions(asked) == {"AGGREGATE", "GETPIVOTDATA", "MY_MACRO"}
    assert lacking_functions([]) == set()


def test_a_file_that_is_no_workbook_is_refused_with_a_sentence() -> None:
    with pytest.raises(WorkbookError, match="can't be calculated without Excel"):
        Kernel(b"no zip", [])


def test_a_fault_inside_the_engine_is_a_sentence_too(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    class Faulty:
        def evaluate(self) -> None:
            ironcalc.test_panic()

    monkeypatch.setattr(kernel, "_model", Faulty())
    with pytest.raises(WorkbookError, match="can't be calculated without Excel"):
        kernel.evaluate()
