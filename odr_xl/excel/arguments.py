"""What the formulas' arguments mean: ranges read into tables and ledgers, single cells into numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core.accounts import ACCOUNT_KEYS, choose_account
from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS, check_definition, count_marked, count_orders, sum_days
from odr_xl.core.ledger import ORDER_TEXT, Ledger, build_ledger
from odr_xl.core.window import Window
from odr_xl.errors import InputError, Problem, UsageError
from odr_xl.excel.cells import Cell, Rows, moment
from odr_xl.excel.days import is_days, quick_days
from odr_xl.excel.trail import quick_trail
from odr_xl.labels import Language, language_named, language_of, word
from odr_xl.readers.ranges import read_range
from odr_xl.readers.reading import Reading
from odr_xl.readers.tallies import quick_tally

#: How each kind of table becomes events.
EVENTS: Mapping[str, Callable[[pd.DataFrame, str], pd.DataFrame]] = MappingProxyType(
    {
        "feedback": event.feedback_events,
        "claims": event.claim_events,
        "chargebacks": event.chargeback_events,
        "returns": event.return_events,
        "account_health": event.account_health_events,
        "events": event.listed_events,
    }
)
#: Name of a source in the audit trail when the range doesn't say its sheet.
SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "feedback": "Feedback",
        "claims": "Claims",
        "chargebacks": "Chargebacks",
        "returns": "Returns",
        "account_health": "AccountHealth",
        "events": "Defects",
        "orders": "Orders",
    }
)


@dataclass(frozen=True, slots=True)
class LedgerInput:
    """A ledger and the readings that it was built from."""

    ledger: Ledger
    readings: tuple[Reading, ...]


def read_days(rows: Rows, account: Cell = None) -> pd.DataFrame:
    """Daily counts from the result of ``ODR_DAYS``, of one account when it is named."""
    if not is_days(rows):
        raise InputError("This formula needs the result of ODR_DAYS as its first range, such as Days!A4#.")
    table = quick_days(rows)
    if table is None:
        reading = read_range(rows, kind="days")
        refuse(reading)
        table = reading.table
    missing = [name for name in (*DAY_KEYS, *COUNT_COLUMNS) if name not in table.columns]
    if missing:
        raise InputError(f'The daily counts have no column "{word(missing[0])}". Give the whole result of ODR_DAYS.')
    return choose_account(table, named(account))


def read_orders(
    orders: Rows,
    defects: Rows = None,
    *,
    omit: Collection[str] = (),
    dated: bool | None = None,
    extra: Collection[str] = (),
    account: Cell = None,
) -> Ledger:
    """Ledger of a range of orders and, optionally, a range of defects.

    Parameters
    ----------
    dated : bool, optional
        ``True`` when the order dates are needed, ``False`` when only the counts are: fewer columns are read then.
        ``None`` reads every column that a daily count needs.
    extra : collection of str
        Further columns that the caller groups by.
    account : cell
        Only the orders of this account; all when blank.

    Raises
    ------
    InputError
        When a cell that is needed can't be read; the text names the first one and counts the others.
    """
    chosen = named(account)
    extra = {*extra, *(ACCOUNT_KEYS if chosen else ())}
    needed = {"order_id", "sales_channel", *rules.CAUSES, *extra}
    if omit or dated is None:
        needed.add("order_status")
    if dated or dated is None:
        needed.add("order_date")
    if dated is None or extra:
        needed |= {*ORDER_TEXT, "order_date"}
    reading = read_order_range(orders, fields=needed)
    refuse(reading)
    if dated and "order_date" not in reading.table.columns:
        raise InputError("The orders have no column of order dates, so no window can be cut. Add one: purchase-date.")
    found = event.no_events()
    if defects is not None:
        listed = read_range(defects)
        refuse(listed)
        found = events_of(listed)
    ledger = build_ledger(reading.table, found, omit=omit, trail=False)
    if not chosen:
        return ledger
    return replace(
        ledger, orders=choose_account(ledger.orders, chosen), left_out=choose_account(ledger.left_out, chosen)
    )


def totals(
    orders: Rows, defects: Rows = None, start: Cell = None, finish: Cell = None, account: Cell = None
) -> dict[str, int]:
    """Counts of the window, from orders and defects or from the result of ``ODR_DAYS``."""
    span = window_of(start, finish)
    if is_days(orders):
        if not is_blank(defects):
            raise UsageError("The result of ODR_DAYS already contains its defects: leave the second range out.")
        return sum_days(read_days(orders, account), span)
    if span.open and is_blank(defects) and not named(account):
        tally = quick_tally(orders, rules.CAUSES, rules.LEFT_OUT_CHANNEL, rules.LEFT_OUT_ID)
        if tally is not None:
            return count_marked(tally.orders, tally.marks)
    return count_orders(read_orders(orders, defects, dated=not span.open, account=account), span)


def window_of(start: Cell, finish: Cell) -> Window:
    """Window between two cells; a blank one leaves its side open."""
    return Window(moment(start, "start"), moment(finish, "finish"))


def definition_of(value: Cell, default: str = "all") -> str:
    """Definition in a cell; ``default`` when it is blank."""
    return check_definition(named(value).lower() or default)


def text(value: Cell) -> str:
    """Text of a cell without outer blanks; "" for a blank one."""
    return "" if value is None else str(value).strip()


def named(value: Cell) -> str:
    """A name in a cell, such as an account's; "" for a blank one, which another formula may pass on as 0."""
    return "" if not isinstance(value, str) and value == 0 else text(value)


def language(lang: Cell, *tables: Rows) -> Language:
    """Language of a formula's words: the one that is asked for, or that of the tables it was given."""
    if named(lang):
        return language_named(named(lang))
    for rows in tables:
        if isinstance(rows, (list, tuple)) and rows and isinstance(rows[0], (list, tuple)):
            found = language_of(rows[0])
            if found != "en":
                return found
    return "en"


#: Columns that `read_trail` always returns, besides those of a table of events.
TRAIL_COLUMNS = (*event.EVENT_COLUMNS, "order_date", "channel", "marketplace", "leaves_on")


def read_trail(rows: Rows, account: Cell = None) -> pd.DataFrame:
    """Events with their orders, from the result of ``DEFECT_LEDGER`` or another range of defects.

    Returns
    -------
    pandas.DataFrame
        `TRAIL_COLUMNS`; ``cause`` and ``counts`` are keys of ``rules``. A raw report says nothing of the order, so its
        ``order_date`` and ``leaves_on`` are NaT.
    """
    table: Mapping[str, Any] | pd.DataFrame | None = quick_trail(rows)
    if table is not None:
        found = event.listed_events(table)
    else:
        reading = read_range(rows)
        refuse(reading)
        found = events_of(reading).reset_index(drop=True)
        table = reading.table if reading.kind == "events" else {}
    blank = np.full(len(found), "NaT", dtype="datetime64[s]"), np.full(len(found), "", dtype=object)
    order_date, leaves_on = (
        np.asarray(table.get(name, blank[0]), "datetime64[s]") for name in ("order_date", "leaves_on")
    )
    for column in ("channel", "marketplace"):
        found.insert(len(found.columns), column, np.asarray(table.get(column, blank[1]), dtype=object))
    found.insert(len(event.EVENT_COLUMNS), "order_date", order_date)
    found.insert(len(found.columns), "leaves_on", leaves_on)
    return choose_account(found, named(account))


def read_order_range(orders: Rows, fields: Collection[str] | None = None) -> Reading:
    """Reading of a range that must be orders (or the Account Health download, whose rows are orders too)."""
    reading = read_range(orders, fields=fields)
    if reading.kind not in ("orders", "account_health"):
        raise InputError(
            f"The first range holds {reading.kind}, not orders. Give the orders first, then the {reading.kind}."
        )
    return reading


def read_ledger(
    orders: Rows,
    *,
    decisions: Rows = None,
    window_days: int = rules.WINDOW_DAYS,
    lag_days: int = rules.LAG_DAYS,
    **ranges: Rows,
) -> LedgerInput:
    """Ledger of orders and of up to five ranges of reports, each given under its kind; the seller's decisions last."""
    first = read_order_range(orders)
    refuse(first)
    readings = [first]
    for kind, rows in ranges.items():
        if not is_blank(rows):
            reading = read_range(rows, kind=kind)
            refuse(reading)
            readings.append(reading)
    found = event.join_events(events_of(reading) for reading in readings[1:])
    if not is_blank(decisions):
        own = read_range(decisions, kind="events")
        refuse(own)
        found = event.decided_events(found, own.table)
    return LedgerInput(build_ledger(first.table, found, window_days=window_days, lag_days=lag_days), tuple(readings))


def events_of(reading: Reading) -> pd.DataFrame:
    """Events of a reading, whatever its kind."""
    if reading.kind not in EVENTS:
        kinds = ", ".join(EVENTS)
        raise InputError(f"A range of {reading.kind} holds no defects. Give one of: {kinds}.")
    return EVENTS[reading.kind](reading.table, reading.source or SOURCES[reading.kind])


def refuse(reading: Reading) -> None:
    """Raise `InputError` when a reading has a cell that can't be used: a rate over the rest would mislead."""
    errors: list[Problem] = [problem for problem in reading.problems if problem.severity == "error"]
    if errors:
        more = f" ({len(errors) - 1} more; ODR_CHECK lists them.)" if len(errors) > 1 else ""
        raise InputError(f"{errors[0]}{more}")


def is_blank(rows: Rows) -> bool:
    """Whether an optional range was left out or is empty."""
    if rows is None or rows == "":
        return True
    if isinstance(rows, (list, tuple)):
        return all(is_blank(cell) for cell in rows[:3]) and all(is_blank(cell) for cell in rows)
    return False


def whole(value: Cell, name: str, default: int) -> int:
    """Whole number in a single cell, ``default`` when it is blank."""
    number = fraction(value, name, float(default))
    if number != int(number):
        raise UsageError(f"{name} is a whole number, not {number:g}.")
    return int(number)


def fraction(value: Cell, name: str, default: float) -> float:
    """Number in a single cell, ``default`` when it is blank."""
    if value is None or value == "":
        return default
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(f'{name}: "{value}" isn\'t a number. Type a number or leave it out.') from error
    if not math.isfinite(number):
        raise InputError(f'{name}: "{value}" isn\'t a number. Type a number or leave it out.')
    return number


def day_cell(day: date) -> datetime:
    """A date as Excel gets it through COM: midnight."""
    return datetime.combine(day, time())
