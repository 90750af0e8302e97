"""Cells that reach a formula are what xlwings would have made of them, though most of them are left alone."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl.excel.cleaning import SparingClean

UTC = dt.UTC
#: Errors as COM gives them: #N/A and #REF!.
ERRORS = {-2146826246: "#N/A", -2146826265: "#REF!"}


def cleaned(cell):
    """What xlwings does with a cell on Windows: its own code can't be imported where there is no Excel."""
    if cell in ("", None):
        return None
    if isinstance(cell, dt.datetime):
        return cell.replace(tzinfo=None)
    return ERRORS.get(cell, cell) if type(cell) is int else cell


def stage(seen):
    def clean(context):
        seen.extend(cell for row in context.value for cell in row)
        context.value = [[cleaned(cell) for cell in row] for row in context.value]

    return clean


def run(rows):
    seen = []
    context = SimpleNamespace(value=rows, engine=None)
    SparingClean(stage(seen))(context)
    return context.value, seen


cells = st.sampled_from(["x", "", None, 1.5, True, -2146826246, 7, dt.datetime(2026, 11, 20, tzinfo=UTC)])


@settings(deadline=None)
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=9)))
def test_rows_are_cleaned_as_xlwings_cleans_them(rows):
    found, _ = run(tuple(rows))
    expected = [[cleaned(cell) for cell in row] for row in rows]
    assert [[(type(cell), cell) for cell in row] for row in found] == [
        [(type(cell), cell) for cell in row] for row in expected
    ]


@pytest.mark.parametrize("count", [1, 2048, 2049, 5000])
def test_only_the_columns_that_need_it_are_looked_at_cell_by_cell(count):
    rows = [(f"A-{n}", None, dt.datetime(2026, 1, 1, tzinfo=UTC), "") for n in range(count)]
    found, seen = run(rows)
    assert found == [[f"A-{n}", None, dt.datetime(2026, 1, 1), None] for n in range(count)]
    assert seen == [""] * count


def test_rows_of_different_lengths_are_cleaned_too():
    assert run([["a", ""], [""]])[0] == [["a", None], [None]]
