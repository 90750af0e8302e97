"""Between Python values and cells: how a formula is registered, and how its result is laid out."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import pandas as pd

from odr_xl.errors import InputError, OdrError
from odr_xl.excel.cleaning import SparingClean
from odr_xl.excel.typed import plain_cell, plain_rows
from odr_xl.labels import WORDS, Language, word
from odr_xl.readers.blocks import Block
from odr_xl.readers.dates import parse_dates

try:
    import xlwings
    from xlwings.conversion import ValueAccessor
except ImportError:  # inside LibreOffice or a browser the functions are called without xlwings
    xlwings, ValueAccessor = None, object
try:
    from xlwings.conversion.standard import CleanDataFromReadStage
except ImportError:  # an xlwings that is made otherwise: it cleans each cell itself
    CleanDataFromReadStage = None

#: One cell's value, and a range's values (list of rows). Excel decides the types, so they can't be narrower.
Cell: TypeAlias = Any
Rows: TypeAlias = Any

#: Excel refuses an array whose texts are longer than 255 characters.
LONGEST_TEXT = 250
#: Name of the function group in Excel's function wizard.
CATEGORY = "Amazon ODR"
#: Parameters that are ranges; the others are single cells.
RANGES = frozenset(
    ("orders", "defects", "feedback", "claims", "chargebacks", "returns", "account_health", "days", "listings",
     "decisions", "groups", "report")
)  # fmt: skip


def formula(
    argument_help: Mapping[str, str], *, filled: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function a formula: registered with xlwings where there is one, its errors turned into cell errors.

    Ranges always arrive as rows (``ndim=2``), and cells with an error as their text (``err_to_str``), so that an
    upstream #REF! is never mistaken for a blank. Cells that are objects (`odr_xl.excel.typed`) become plain ones.

    Parameters
    ----------
    argument_help : mapping
        Each argument's name to what it is.
    filled : str
        The last parameter, when the workbook's VBA fills it in: it is no argument of the formula, and has a default
        for callers that aren't a workbook's VBA.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        names = function.__code__.co_varnames[: function.__code__.co_argcount]
        readers = [plain_rows if name in RANGES else plain_cell for name in names]
        by_name = dict(zip(names, readers, strict=True))

        @functools.wraps(function)
        def in_cells(*args: Any, **kwargs: Any) -> Any:
            cells = [read(value) for read, value in zip(readers, args, strict=False)]
            named = {name: by_name.get(name, plain_cell)(value) for name, value in kwargs.items()}
            try:
                # Too many arguments are the function's own to refuse.
                return function(*cells, *args[len(readers) :], **named)
            except OdrError as error:
                return error.excel

        # xlwings turns annotations into converters, and has none for these; its own decorators say what is needed.
        in_cells.__annotations__ = {}
        in_cells.__dict__["plain"] = function
        in_cells.__dict__["filled"] = filled
        signature = inspect.signature(function)
        shown = [parameter for name, parameter in signature.parameters.items() if name != filled]
        # What Excel, its function wizard and the documentation see.
        in_cells.__dict__["__signature__"] = signature.replace(parameters=shown)
        return in_excel(in_cells, argument_help)

    return register


def in_excel(function: Callable[..., Any], argument_help: Mapping[str, str]) -> Callable[..., Any]:
    """A function registered with xlwings where there is one: what its ranges are, and the help of its arguments."""
    if xlwings is None:
        return function
    registered: Callable[..., Any] = xlwings.func(function, category=CATEGORY)
    for name in inspect.signature(function).parameters:
        options = {"convert": PlacedRows, "ndim": 2} if name in RANGES else {}
        registered = xlwings.arg(name, doc=argument_help[name], err_to_str=True, **options)(registered)
    return registered


class PlacedRows(ValueAccessor):  # type: ignore[misc]
    """Converter of xlwings for ranges: the rows with their place on the sheet, so that messages name cells."""

    @staticmethod
    def reader(options: Mapping[str, Any]) -> Any:
        """Pipeline that reads the values as xlwings does, then adds the place; an array without a range has none."""
        pipeline = ValueAccessor.reader(options)
        if CleanDataFromReadStage is not None:
            sparing = SparingClean(CleanDataFromReadStage(options))
            pipeline = pipeline.insert_stage(sparing, replace=CleanDataFromReadStage)
        return pipeline.append_stage(_add_place)


def _add_place(context: Any) -> None:
    area = context.range
    if area is not None:
        context.value = Block(context.value, area.sheet.name, area.row, area.column)


def table_cells(table: pd.DataFrame, columns: Sequence[str], language: Language = "en") -> list[list[Cell]]:
    """Header and rows of a table as cells: dates as ``datetime``, missing values as "", long texts cut."""
    shown = [_column(table[name]) for name in columns]
    header: list[Cell] = [word(name, language) if name in WORDS else name for name in columns]
    return [header, *(list(row) for row in zip(*shown, strict=True))]


def moment(value: Cell, name: str) -> date | None:
    """Date in a single cell: a date, a serial number or a text; ``None`` when it is blank.

    Raises
    ------
    InputError
        When it is no date.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    days, bad = parse_dates([value], zone=None, day_first=None)
    if bad[0] or pd.isna(days[0]):
        raise InputError(f'{name}: "{value}" isn\'t a date. Type it as YYYY-MM-DD or as an Excel date.')
    found: date = pd.Timestamp(days[0]).date()
    return found


def _column(values: pd.Series[Any]) -> list[Cell]:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return ["" if pd.isna(v) else v.to_pydatetime() for v in values]
    if pd.api.types.is_integer_dtype(values.dtype):
        return [int(v) for v in values]
    return [v if not isinstance(v, str) or len(v) <= LONGEST_TEXT else v[: LONGEST_TEXT - 1] + "…" for v in values]
