"""The counts of a portfolio as one expression: rows of every source → each order once → whole numbers a key and day.

The rules are those of ``core.ledger``, told to an engine: an order is cancelled when each of its rows is, has a cause
when any of its rows or listed defects has it, and takes its date, channel and marketplace from the rows that say one.
Where its rows differ, the earliest date and the smallest value are taken, since on several machines no row is the
first; `core.ledger` takes its first row's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from odr_xl import rules
from odr_xl.core.counts import COUNT_COLUMNS, DEFECTIVE, SEVERAL
from odr_xl.errors import UsageError
from odr_xl.portfolio import cells
from odr_xl.portfolio.columns import ACCOUNT, FOLDER, Columns
from odr_xl.portfolio.day import BAD, DATE, DAY, SITE, add_day, number_of
from odr_xl.portfolio.files import Alike

#: Flags of an order beside its causes, which take the bits below: some row says that it isn't cancelled, that it isn't
#: pending, that it is no Amazon sale; and a row of an order was there at all, not only a listed defect.
NOT_CANCELLED, NOT_PENDING, FOREIGN, IS_ORDER = (1 << (len(rules.CAUSES) + place) for place in range(4))
#: Rows are read from this many days before the first day that counts: an order whose rows differ in their date by
#: less is still seen whole.
MARGIN = timedelta(days=8)
#: Column of the result for listed defects whose order isn't among those read.
UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a portfolio.

    Attributes
    ----------
    table : ibis table
    columns : Columns
        Where its fields are.
    name : str
        What it is called in messages.
    file : str
        Column that names the file a row is from; "" when the table isn't made of files.
    defects : bool
        It lists defects, not orders.
    alike : Alike, optional
        The files that it is made of.
    """

    table: ir.Table
    columns: Columns
    name: str
    file: str = ""
    defects: bool = False
    alike: Alike | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it is made of."""
        return self.alike.paths if self.alike else ()

    def get(self, name: str) -> ir.Value | None:
        """Column of a field; ``None`` when the table has none."""
        column = self.columns.found.get(name)
        if column is None:
            return None
        if column == FOLDER:
            return self.table[self.file].re_extract("([^/\\\\]+)[/\\\\][^/\\\\]+$", 1)
        return self.table[column]


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted.

    Attributes
    ----------
    by : tuple of str
        Columns that make a key, such as ``account`` and ``marketplace``.
    span : tuple of date
        First order date that counts, and the day of looking.
    omit : collection of "cancelled", "pending"
        As in ``core.ledger.build_ledger``.
    marketplace : str
        Code of the marketplace of rows that don't name one; "" for none.
    zone : str or None
        IANA zone that cuts the days, in place of the marketplaces'.
    bit_or : callable
        How this engine joins the flags of an order's rows.
    """

    by: tuple[str, ...]
    span: tuple[date, date]
    omit: Collection[str] = ()
    marketplace: str = ""
    zone: str | None = None
    bit_or: Callable[[ir.IntegerValue], ir.IntegerScalar] = field(default=lambda flags: flags.bit_or())

    def __post_init__(self) -> None:
        if not self.by:
            raise UsageError("Say what to count by, such as --by account.")
        if unknown := sorted(set(self.omit) - set(rules.OMITTABLE)):
            raise UsageError(f'"{unknown[0]}" can\'t be left out. Choose from: {", ".join(rules.OMITTABLE)}.')
        if reserved := sorted({*self.by} & {*COUNT_COLUMNS, UNMATCHED, DAY, "order_date", "order_id"}):
            raise UsageError(f"--by {reserved[0]} can't be: the result has a column of that name. Use another.")


def count_expression(parts: Sequence[Part], question: Question) -> ir.Table:
    """Counts for each key and day: the columns of ``by``, `DAY`, ``COUNT_COLUMNS`` and `UNMATCHED`.

    Orders dated before the first day of the span aren't in it; orders without a date are, with a null day. Their rows
    may be defects of an order before the span, so they stand in no window.
    """
    rows = ibis.union(*(_rows(part, question) for part in parts)) if len(parts) > 1 else _rows(parts[0], question)
    keys = _attributes(question)
    # Ids are unique within an account; the account is part of the order, everything else one of its attributes.
    orders = rows.group_by([ACCOUNT, "order_id"]).aggregate(
        **{DAY: rows[DAY].min(), "flags": question.bit_or(rows["flags"])}, **{key: rows[key].min() for key in keys}
    )
    # Rows without an id are one group, and dropped as one.
    orders = orders.filter(orders["order_id"].notnull())
    orders = orders.filter(orders[DAY].isnull() | (orders[DAY] >= number_of(question.span[0])))
    foreign = orders["order_id"].startswith(rules.LEFT_OUT_ID)
    orders = orders.mutate(flags=ibis.ifelse(foreign, orders["flags"] | FOREIGN, orders["flags"]))
    named = [*([ACCOUNT] if ACCOUNT in question.by else []), *keys]
    # Few combinations of flags occur: counting them first leaves little to be told apart.
    alike = orders.group_by([*named, DAY, "flags"]).aggregate(number=orders.count())
    alike = alike.mutate(**{key: _named(key, alike[key]) for key in keys})
    counted = alike.group_by([*question.by, DAY]).aggregate(**_counts(alike, question.omit))
    return counted.select(*question.by, DAY, *COUNT_COLUMNS, UNMATCHED)


def fault_expression(part: Part, question: Question) -> ir.Table:
    """Rows that can't be used as meant, for each source file.

    The columns are ``file, rows, no_id, bad_date, bad_channel, bad_cause``.
    """
    columns = {"file": part.table[part.file] if part.file else ibis.literal("")}
    columns["no_id"] = cells.order_id(_needed(part, "order_id")).isnull()
    if (channel := part.get("channel")) is not None:
        columns["bad_channel"] = (cells.channel(channel) < 0).fill_null(False)
    if part.defects and (cause := part.get("cause")) is not None:
        columns["bad_cause"] = ~cells.counted_cause(cause, None)[0].isin(list(rules.CAUSES))
    dates = None if part.defects else part.get("order_date")
    if dates is not None:
        columns[DATE] = dates
    listed = part.table.select(**columns)
    if dates is not None:
        # Whether a text is a day doesn't depend on the clocks.
        listed = add_day(listed, zone="UTC", span=question.span).rename(bad_date=BAD)
    return listed.group_by("file").aggregate(
        rows=listed.count(),
        **{
            name: listed[name].sum().cast("int64") if name in listed.columns else ibis.literal(0, "int64")
            for name in ("no_id", "bad_date", "bad_channel", "bad_cause")
        },
    )


def _attributes(question: Question) -> list[str]:
    return [key for key in question.by if key != ACCOUNT]


def _needed(part: Part, name: str) -> ir.Value:
    column = part.get(name)
    assert column is not None  # `find_columns` refuses a source without it
    return column


def _site(part: Part, question: Question) -> ir.IntegerValue | None:
    return cells.site(part.get("marketplace"), part.get("sales_channel"), question.marketplace)


def _rows(part: Part, question: Question) -> ir.Table:
    """The rows of one table, in the form that all of them have."""
    table = part.table
    account, site = part.get(ACCOUNT), _site(part, question)
    dates = None if part.defects else part.get("order_date")
    columns: dict[str, Any] = {
        ACCOUNT: ibis.literal("") if account is None else cells.text(account),
        "order_id": cells.order_id(_needed(part, "order_id")),
        "flags": (_defect_flags(part) if part.defects else _order_flags(part)).cast("int32"),
    }
    for key in _attributes(question):
        columns[key] = _attribute(part, key, site)
    if dates is not None:
        table = _recent(table, dates, question.span[0])
        columns[DATE] = dates
        columns |= {} if site is None else {SITE: site}
    rows = table.select(**columns)
    rows = (
        rows.mutate(**{DAY: ibis.null("int64")})
        if dates is None
        else add_day(rows, zone=question.zone, span=question.span)
    )
    rows = rows.select(ACCOUNT, "order_id", DAY, "flags", *_attributes(question))
    # A listed defect that doesn't count says nothing, not even that its order is missing.
    return rows.filter(rows["flags"] != 0) if part.defects else rows


def _recent(table: ir.Table, dates: ir.Value, first: date) -> ir.Table:
    """Without the rows that are too old, where the file itself says so: whole row groups need not be read then."""
    start, kind = first - MARGIN, dates.type()
    if kind.is_date():
        limit: Any = ibis.date(start.isoformat())
    elif kind.is_timestamp() and kind.timezone is None:
        limit = ibis.timestamp(f"{start.isoformat()}T00:00:00")
    else:
        return table
    return table.filter(dates.isnull() | (dates >= limit))


def _attribute(part: Part, key: str, site: ir.IntegerValue | None) -> ir.Value:
    if key == "marketplace":
        return ibis.null("int32") if site is None or part.defects else site
    column = None if part.defects else part.get(key)
    if key == "channel":
        if column is None:
            return ibis.null("int32")
        place = cells.channel(column)
        return ibis.ifelse(place > 0, place, ibis.null("int32"))
    return ibis.null("string") if column is None else cells.text(column).nullif("")


def _named(key: str, column: ir.Value) -> ir.StringValue:
    if key == "marketplace":
        return cells.SITES.meaning(column)
    if key == "channel":
        return cells.CHANNELS.meaning(column)
    named: ir.StringValue = column.fill_null("")
    return named


def _order_flags(part: Part) -> ir.IntegerValue:
    flags = _marks(part) + IS_ORDER
    status, sales = part.get("order_status"), part.get("sales_channel")
    if status is None:
        flags = flags + (NOT_CANCELLED | NOT_PENDING)
    else:
        flags = flags + cells.standing(status, NOT_CANCELLED, NOT_PENDING)
    if sales is not None:
        flags = flags + ibis.ifelse(cells.not_amazon(sales), FOREIGN, 0)
    return flags


def _defect_flags(part: Part) -> ir.IntegerValue:
    cause = part.get("cause")
    if cause is None:
        return _marks(part)
    name, counts = cells.counted_cause(cause, part.get("counts"))
    flags = ibis.cases(*((name == known, cells.bit(known)) for known in rules.CAUSES), else_=0)
    return ibis.ifelse(counts, flags, 0)


def _marks(part: Part) -> ir.IntegerValue:
    marks = [(cause, part.get(cause)) for cause in rules.CAUSES]
    each = [ibis.ifelse(cells.marked(column), cells.bit(cause), 0) for cause, column in marks if column is not None]
    return reduce(lambda some, one: some + one, each, ibis.literal(0, "int32"))


def _counts(alike: ir.Table, omit: Collection[str]) -> dict[str, ir.IntegerScalar]:
    """Every count of a group of orders, from how many have which flags."""
    flags, number = alike["flags"], alike["number"]

    def has(mask: int) -> ir.BooleanValue:
        return (flags & mask) != 0

    cancelled, pending = ~has(NOT_CANCELLED), ~has(NOT_PENDING)
    out = has(FOREIGN)
    for name, left in (("cancelled", cancelled), ("pending", pending)):
        if name in omit:
            out |= left
    order = has(IS_ORDER)
    kept = order & ~out

    def several(causes: Sequence[str]) -> ir.BooleanValue:
        hits = [ibis.ifelse(has(cells.bit(cause)), 1, 0) for cause in causes]
        return reduce(lambda some, one: some + one, hits) >= 2

    conditions = {"orders": kept, "left_out": order & out, UNMATCHED: ~order}
    conditions |= {cause: kept & has(cells.bit(cause)) for cause in rules.CAUSES}
    conditions |= {"cancelled": kept & cancelled, "pending": kept & pending}
    for definition, causes in rules.DEFINITIONS.items():
        conditions[DEFECTIVE[definition]] = kept & has(sum(map(cells.bit, causes)))
        conditions[SEVERAL[definition]] = kept & several(causes)
    return {name: ibis.ifelse(condition, number, 0).sum().cast("int64") for name, condition in conditions.items()}
