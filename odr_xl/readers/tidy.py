"""From columns of raw cells to a tidy table: the one place where files and Excel ranges are converted.

Whatever can't be used is told by a `Problem` with its place; a row that leaves the table is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from odr_xl.errors import Problem, UsageError
from odr_xl.marketplaces import MARKETPLACES, marketplace_code
from odr_xl.readers.causes import parse_causes
from odr_xl.readers.cells import Mask, Objects, as_text, blank_mask, error_mask, objects, text_column
from odr_xl.readers.channels import parse_channels, parse_marketplaces
from odr_xl.readers.coded import Coded, factorised, plain
from odr_xl.readers.dates import Days, check_zone, date_problem, parse_dates
from odr_xl.readers.headers import LAYOUTS
from odr_xl.readers.ids import OrderIds, clean_ids, id_problem
from odr_xl.readers.layout import Holds, key_of
from odr_xl.readers.marked import spread_marks
from odr_xl.readers.marks import parse_marks
from odr_xl.readers.numbers import parse_numbers
from odr_xl.readers.orders import SELLER_FULFILLED
from odr_xl.readers.performance import parse_metrics, parse_numbers_of
from odr_xl.readers.prices import parse_amounts
from odr_xl.rules import CAUSES

Rows = npt.NDArray[np.int64]
#: Place of a cell for messages, from its row number and field ("" for the whole row).
Place = Callable[[int, str], str]

#: Columns that say where an order was placed; they are often read only for the marketplace's calendar.
_PLACES = frozenset({"marketplace", "sales_channel"})
#: Texts that nothing is decided by.
_REMARKS = frozenset({"product_name", "comments", "response", "detail", "rule", "source"})

_CHANNEL_OF_VARIANT = {"amazon_fulfilled": "AFN", "seller_fulfilled": "MFN", "order_report": "MFN", "unshipped": "MFN"}


def raw_fields(wanted: Collection[str] | None, available: Collection[str], key: str = "order_id") -> set[str]:
    """Fields to hand to `tidy` so that the wanted columns come out right; all of them when None is wanted.

    The key, mostly the order id, tells rows apart, the sales channel decides the marketplace and with it the day of a
    time stamp, and ``defect``, ``reason`` and the status decide marks.

    >>> sorted(raw_fields({"order_date"}, {"order_id", "order_date", "sales_channel", "sku"}))
    ['order_date', 'order_id', 'sales_channel']
    """
    if wanted is None:
        return set(available)
    needed = {key, *wanted}
    if any(field.endswith("_date") or field == "marketplace" for field in wanted):
        needed |= {"sales_channel", "marketplace"}
    if {"defect", "reason"} & set(available):
        needed |= {"defect", "reason", "order_status", *CAUSES}
    return set(available) & needed


def tidy(
    kind: str,
    columns: Mapping[str, Sequence[Any] | Objects | Coded],
    rows: Sequence[int] | Rows,
    *,
    zone: str | None,
    marketplace: str | None,
    place: Place,
    variant: str = "",
    date1904: bool = False,
    ids: OrderIds | None = None,
    fields: Collection[str] | None = None,
) -> tuple[pd.DataFrame, list[Problem], int]:
    """Convert columns of raw cells to the tidy table of their kind.

    Parameters
    ----------
    kind : str
        Kind of table, as `headers.recognise` tells it.
    columns : mapping of str to sequence
        Raw cells of each field; all of the same length. Rows that hold nothing must have been left out.
    rows : sequence of int
        1-based row numbers in the source.
    zone : str or None
        IANA zone for the days of time stamps; None takes the zone of each row's marketplace, else UTC.
    marketplace : str or None
        Marketplace of rows that don't name one; its date order reads dates such as ``5/6/26``.
    place : callable
        ``place(row, field)`` names a cell for messages; ``field`` is "" for the whole row.
    variant : str
        Variant of the report, as `headers.recognise` tells it.
    date1904 : bool
        Excel's numbers count days from 1904.
    ids : OrderIds, optional
        The order ids, when the caller has cleaned them already.
    fields : collection of str, optional
        Columns of the table that the caller wants besides the key; all of them when left out.

    Returns
    -------
    table : pandas.DataFrame
        The tidy table; rows without a usable key aren't in it.
    problems : list of Problem
        In the order of the rows.
    unusable : int
        Rows that aren't in the table; each has a problem.

    Raises
    ------
    UsageError
        Unknown marketplace or zone.
    """
    code = check_marketplace(marketplace)
    check_zone(zone)
    raw = {field: cells if isinstance(cells, Coded) else objects(cells) for field, cells in columns.items()}
    work = _Work(kind, raw, np.asarray(rows, dtype=np.int64), place)
    if variant in SELLER_FULFILLED:
        lines = {field: plain(cells) for field, cells in work.raw.items()}
        _continue_lines(lines)
        work.raw |= lines
    table: dict[str, Any] = {}
    key = key_of(kind)
    if key == "sku":
        cells = plain(work.raw[key])
        skus = text_column(cells)
        blank = np.asarray(skus == "", dtype=bool)
        work.errors(key, "a text")
        no_sku = ("the row has no SKU", "Fill it in or delete the row.")
        work.note(blank & ~error_mask(cells), key, lambda _: no_sku)
        table[key] = skus[work.keep(~blank)]
    elif key == "order_id":
        ids = clean_ids(plain(work.raw["order_id"])) if ids is None or variant in SELLER_FULFILLED else ids
        work.note(ids.damaged, "order_id", id_problem)
        work.note(ids.blank, "order_id", lambda _: ("the row has no order id", "Fill it in or delete the row."))
        table["order_id"] = ids.ids[work.keep(~(ids.damaged | ids.blank))]
    unusable = len(rows) - len(work.rows)
    marketplaces = _marketplaces(work, code)
    if kind == "performance":
        zone = zone or "UTC"  # what Amazon's report says of its own dates
    holds = LAYOUTS[kind].columns
    for field in [*holds, *(f for f in work.raw if f not in holds)]:
        if fields is not None and field not in fields and (field in _PLACES or field not in work.raw):
            continue
        if field == "marketplace":
            if marketplaces is not None and (kind == "orders" or field in work.raw):
                table[field] = marketplaces.cells()
                if kind == "performance":
                    table[field] = _own_sites(work, table[field])
        elif field in work.raw and field not in table:
            column = _column(work, field, holds.get(field, "count"), zone, code, marketplaces, date1904)
            if column is not None:
                table[field] = column
        elif field == "channel" and variant in _CHANNEL_OF_VARIANT:
            table[field] = _constant(_CHANNEL_OF_VARIANT[variant], len(work.rows)).cells()
    if kind == "orders":
        spread_marks(table, work.raw.get("defect"))
    if fields is not None:
        table = {name: values for name, values in table.items() if name == key or name in fields}
    table["row"] = work.rows
    frame = pd.DataFrame({name: _series(values) for name, values in table.items()}, copy=False)
    return frame, work.problems_in_order(), unusable


def check_marketplace(name: str | None) -> str:
    """Code of the marketplace, "" for none.

    Raises
    ------
    UsageError
        No marketplace has that code, id or sales channel.
    """
    code = marketplace_code(name) if name else ""
    if name and not code:
        raise UsageError(f'"{name}" isn\'t a marketplace we know. Choose one of {", ".join(sorted(MARKETPLACES))}.')
    return code


def holding_rows(columns: Sequence[Sequence[Any]]) -> Mask:
    """True for rows in which any column holds something.

    >>> holding_rows([["a", " ", None], ["", "", 5]]).tolist()
    [True, False, True]
    """
    return np.asarray(~np.logical_and.reduce([blank_mask(column) for column in columns]), dtype=bool)


class _Work:
    """The raw columns while they are converted, and what was found wrong with them."""

    def __init__(self, kind: str, raw: dict[str, Objects | Coded], rows: Rows, place: Place) -> None:
        self.kind, self.raw, self.rows, self.place = kind, raw, rows, place
        self._found: list[tuple[int, Problem]] = []

    def note(
        self,
        where: Mask,
        field: str,
        why: Callable[[Any], tuple[str, str]],
        *,
        once: bool = False,
        severity: Literal["error", "note"] = "error",
    ) -> None:
        """Note a problem for every such cell, or one for every distinct value of them."""
        seen: set[str] = set()
        for i in np.flatnonzero(where):
            value = self.raw[field][i]
            text = as_text(value) or (value.strip() if isinstance(value, str) else "")
            if once and text in seen:
                continue
            seen.add(text)
            row = int(self.rows[i])
            self._found.append((row, Problem(self.place(row, field), text[:200], *why(value), severity)))

    def errors(self, field: str, rule: str) -> None:
        """Note Excel errors in a column of texts; in remarks that nothing is decided by, only as a note."""
        cells = self.raw[field]
        codes, distinct = (cells.codes, cells.distinct) if isinstance(cells, Coded) else (None, cells)
        wrong = error_mask(distinct)
        if not wrong.any():
            return
        if codes is not None:
            wrong = Coded(distinct, codes).spread(wrong, False)
        why = f"is an Excel error, not {rule}", "Correct the formula in that cell."
        self.note(wrong, field, lambda _: why, severity="note" if field in _REMARKS else "error")

    def keep(self, kept: Mask) -> Mask:
        """Drop the other rows from the raw columns; returns the mask."""
        if not kept.all():
            self.raw = {field: cells[kept] for field, cells in self.raw.items()}
            self.rows = self.rows[kept]
        return kept

    def problems_in_order(self) -> list[Problem]:
        """All problems by row."""
        return [problem for _, problem in sorted(self._found, key=lambda found: found[0])]


def _column(
    work: _Work, field: str, holds: Holds, zone: str | None, code: str, marketplaces: Coded | None, date1904: bool
) -> Any:
    """One converted column; None when it isn't what its header says."""
    cells = work.raw[field]
    if holds in ("text", "channel", "cause"):
        work.errors(field, "a text")
    if holds == "text":
        return cells.spread(text_column(cells.distinct), "") if isinstance(cells, Coded) else text_column(cells)
    if holds == "date":
        return _dates(work, field, zone, code, marketplaces, date1904)
    if holds == "mark":
        marks, bad = parse_marks(cells)
        work.note(bad, field, lambda _: ("is an Excel error, not a mark", "Correct the formula in that cell."))
        return marks
    if holds == "channel":
        channels, bad = parse_channels(cells)
        work.note(bad, field, lambda _: ("isn't a fulfilment channel", "Use AFN (Amazon) or MFN (seller)."), once=True)
        return channels
    if holds == "cause":
        causes, bad = parse_causes(cells)
        if work.kind == "events":
            work.note(bad, field, lambda _: ("isn't a cause", f"Use one of {', '.join(CAUSES)}."), once=True)
        return causes
    if holds == "metric":
        metrics, bad = parse_metrics(cells)
        unknown, missing = ("isn't a metric that is compared", "Its row is passed over."), "the row names no metric"
        work.note(bad, field, lambda _: unknown, once=True, severity="note")
        work.note(blank_mask(plain(cells)), field, lambda _: (missing, "Fill it in or delete the row."))
        return metrics
    if holds in ("whole", "share"):
        numbers, bad, why = parse_numbers_of(holds, cells)
        work.note(bad, field, lambda _: why)
        return numbers
    numbers, bad = parse_amounts(cells) if holds == "amount" else parse_numbers(cells, stars=field == "rating")
    if holds == "count":
        if bad.any() and field not in LAYOUTS["days"].columns and (bad | np.isnan(numbers)).all():
            return None  # a column of text that a seller added
        bad |= (numbers < 0) | (numbers % 1 > 0)
        work.note(bad, field, lambda _: ("isn't a count", "Run ODR_DAYS again."))
        return np.where(bad | np.isnan(numbers), 0, numbers).astype(np.int64)
    if field == "rating":
        bad |= (numbers < 1) | (numbers > 5)
        work.note(bad, field, lambda _: ("isn't a rating", "Use 1 to 5 stars."))
        return np.where(bad, np.nan, numbers)
    work.note(bad, field, lambda _: ("isn't a number", "Type a number."))
    return numbers


def _dates(work: _Work, field: str, zone: str | None, code: str, marketplaces: Coded | None, date1904: bool) -> Days:
    """Days of a date column, each in its row's own marketplace."""
    cells = plain(work.raw[field])
    where = marketplaces if marketplaces is not None else _constant(code, len(cells))
    days = np.full(len(cells), np.datetime64("NaT", "s"), dtype="M8[s]")
    unread = np.zeros(len(cells), dtype=bool)
    codes, distinct = factorised(where)
    for i, name in enumerate(distinct):
        site = MARKETPLACES.get(name) or MARKETPLACES.get(code)
        order = site.date_order if site else None
        at: Any = slice(None) if len(distinct) == 1 else np.flatnonzero(codes == i)
        days[at], bad = parse_dates(
            cells[at], zone=zone or (site.zone if site else None), day_first=order, date1904=date1904
        )
        if bad.any():
            wrong = np.zeros(len(cells), dtype=bool)
            wrong[at] = bad
            unread |= wrong
            work.note(wrong, field, partial(date_problem, day_first=order))
    if work.kind == "orders":
        blank = np.isnat(days) & ~unread
        work.note(
            blank, field, lambda _: ("the order has no date, so it is in no window", "Fill in the date as YYYY-MM-DD.")
        )
    return days


def _marketplaces(work: _Work, code: str) -> Coded | None:
    """Marketplace of each row: its own column, its sales channel, else the caller's; None when nothing tells."""
    named, channel = work.raw.get("marketplace"), work.raw.get("sales_channel")
    if named is None and channel is None:
        return _constant(code, len(work.rows)) if code else None
    found = np.zeros(len(work.rows), dtype=np.intp)
    blank = np.ones(len(work.rows), dtype=bool)
    names = np.array(["", code, *(name for name in MARKETPLACES if name != code)], dtype=object)
    place = {name: i for i, name in reversed(list(enumerate(names)))}
    for cells in (named, channel):
        if cells is not None:
            codes, distinct = factorised(cells)
            column = Coded(distinct, codes)
            known = np.array([place[name] for name in parse_marketplaces(distinct)[0]], dtype=np.intp)
            new = column.spread(known, 0)
            found = new if not found.any() else np.where(found == 0, new, found)
            blank &= column.spread(blank_mask(distinct), True)
    # A channel such as Non-Amazon US is no marketplace: only rows that say nothing take the caller's.
    if code:
        found[blank] = place[code]
    return _used(names, found)


def _own_sites(work: _Work, codes: Objects) -> Objects:
    """Marketplaces of Amazon's own numbers; one that we don't know is shown as it is."""
    texts = text_column(plain(work.raw["marketplace"]))
    unknown = np.asarray((codes == "") & (texts != ""), dtype=bool)
    why = "isn't a marketplace we know", "It is compared with no orders of ours."
    work.note(unknown, "marketplace", lambda _: why, once=True, severity="note")
    return np.where(unknown, texts, codes)


def _used(names: Objects, codes: npt.NDArray[np.intp]) -> Coded:
    """The names that any row has."""
    counts = np.bincount(codes, minlength=len(names))
    new = np.cumsum(counts > 0) - 1
    return Coded(names[counts > 0], new[codes])


def _continue_lines(raw: dict[str, Objects]) -> None:
    """Fill in what continuation lines of an order leave blank from the order's line before them."""
    ids = raw["order_id"]
    blank = blank_mask(ids)
    first = np.maximum.accumulate(np.where(blank, -1, np.arange(len(ids))))
    follows = blank & (first >= 0)
    ids = ids.copy()
    ids[follows] = ids[first[follows]]
    raw["order_id"] = ids
    for field in ("order_date", "sales_channel", "ship_service", "region"):
        if field in raw:
            cells = pd.Series(raw[field].copy(), dtype=object)
            cells[blank_mask(raw[field])] = None
            raw[field] = np.asarray(cells.groupby(ids, sort=False).ffill(), dtype=object)


def _constant(value: str, length: int) -> Coded:
    return Coded(objects([value]), np.zeros(length, dtype=np.intp))


def _series(values: Any) -> pd.Series[Any]:
    # pandas 3 would make str columns of object arrays unless told otherwise.
    return pd.Series(values, dtype=object if values.dtype == object else None, copy=False)
