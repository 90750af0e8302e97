"""Ranges that reach a formula through xlwings keep their place on the sheet."""

from types import SimpleNamespace

import pytest
import xlwings
from xlwings.conversion import read

from odr_xl.excel.cells import PlacedRows
from odr_xl.readers.blocks import Block


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    """xlwings looks its engine up by name; none is registered where there is no Excel."""
    monkeypatch.setattr(xlwings, "engines", {"excel": SimpleNamespace(name="excel", impl=StandInEngine)})


class StandInEngine:
    @staticmethod
    def clean_value_data(data, *_args):
        return [list(row) for row in data]


OPTIONS = {"convert": PlacedRows, "ndim": 2, "err_to_str": True}


class StandInRange(xlwings.Range):
    """A range with values and a place, and nothing of Excel behind it."""

    def __init__(self, values, sheet, row, column):
        self._values = values
        self._impl = SimpleNamespace(
            raw_value=values,
            row=row,
            column=column,
            sheet=SimpleNamespace(name=sheet),
            shape=(len(values), len(values[0])),
            max_cells_per_read=None,
        )

    @property
    def sheet(self):
        return self._impl.sheet

    @property
    def raw_value(self):
        return self._values


def test_a_range_becomes_rows_that_know_their_cell():
    values = (("Order ID", "Chargeback"), ("A-1", None))
    found = read(StandInRange(values, "Orders", 4, 2), None, dict(OPTIONS), engine_name="excel")
    assert isinstance(found, Block)
    assert (found.sheet, found.row, found.column) == ("Orders", 4, 2)
    assert [list(row) for row in found] == [["Order ID", "Chargeback"], ["A-1", None]]


def test_an_array_without_a_range_stays_rows():
    """``=ODR(VSTACK(...))`` hands over an array, which stands nowhere."""
    found = read(None, (("Order ID",), ("A-1",)), dict(OPTIONS), engine_name="excel")
    assert [list(row) for row in found] == [["Order ID"], ["A-1"]]
    assert not isinstance(found, Block)
