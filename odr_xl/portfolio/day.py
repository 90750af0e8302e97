"""The day of an order: whatever a date column holds, as a whole number of days since 1970 in the marketplace's zone.

Whole numbers, and not the engines' own dates and zones, because those differ: each has other functions, other tables
of time zones and other ideas of a text that isn't a date. The offsets from UTC are Python's, written into the
expression, so every engine cuts the days alike.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from odr_xl.marketplaces import MARKETPLACES
from odr_xl.portfolio.cells import SITES
from odr_xl.readers.written import FIRST_YEAR, LAST_YEAR

#: Texts that are read: a day, or a time stamp with or without its offset from UTC.
ISO = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?$"
#: Columns that `add_day` takes, and those that it gives.
DATE, SITE, DAY, BAD = "odr_date", "odr_site", "day", "odr_bad_date"
_EPOCH = date(1970, 1, 1)
_FIRST, _LAST = (date(FIRST_YEAR, 1, 1) - _EPOCH).days, (date(LAST_YEAR, 12, 31) - _EPOCH).days
_SERIAL = (_EPOCH - date(1899, 12, 30)).days  # Excel's day numbers begin there
#: Further days on both sides for which the clocks are known: a day that isn't wanted must still be seen not to be.
_AROUND = timedelta(days=400)


def number_of(day: date) -> int:
    """Days since 1970.

    >>> number_of(date(2026, 11, 20))
    20777
    """
    return (day - _EPOCH).days


def add_day(table: ir.Table, *, zone: str | None, span: tuple[date, date]) -> ir.Table:
    """The table with the day of each row, `DAY`, and whether something stands there that is no day, `BAD`.

    Parameters
    ----------
    table : ibis table
        With `DATE` (dates, time stamps, texts or Excel's numbers), and with `SITE` where the marketplace whose midnight
        cuts the day of a time stamp with an offset is known: its place in ``cells.SITES``.
    zone : str or None
        IANA zone in place of the marketplaces'; UTC where neither is known.
    span : tuple of date
        Days for which time stamps must be right: the clocks of the year before and after are known too.

    Notes
    -----
    It goes step by step, each a column of its own: written in one piece, a text's year would be worked out a hundred
    times.
    """
    kind = table[DATE].type()
    if kind.is_date():
        table = table.mutate(odr_day=_days(table[DATE]))
    elif kind.is_timestamp() and kind.timezone is None:
        table = table.mutate(odr_day=_days(table[DATE].date()))
    elif kind.is_timestamp():
        table = table.mutate(odr_seconds=table[DATE].epoch_seconds())
        table = table.mutate(odr_day=_local(table, zone, span))
    elif kind.is_numeric():
        table = table.mutate(odr_day=table[DATE].floor().cast("int64") - _SERIAL)
    else:
        table = _read_texts(table, zone, span)
    day = table["odr_day"]
    fine = day.between(_FIRST, _LAST)
    blank = table[DATE].isnull() if not kind.is_string() else (table[DATE].isnull() | (table[DATE].strip() == ""))
    return table.mutate(**{DAY: ibis.ifelse(fine, day, ibis.null("int64")), BAD: ~blank & ~fine.fill_null(False)})


def offset(seconds: ir.IntegerValue, zone: str, span: tuple[date, date]) -> ir.IntegerValue:
    """Seconds by which a zone's clocks are ahead of UTC at a moment, given in seconds since 1970."""
    changes = clock_changes(zone, span[0] - _AROUND, span[1] + _AROUND)
    result: ir.IntegerValue = ibis.literal(changes[0][1], "int64")
    if len(changes) == 1:
        return result
    later = [(seconds >= moment, ibis.literal(ahead, "int64")) for moment, ahead in reversed(changes[1:])]
    return ibis.cases(*later, else_=result)


def clock_changes(zone: str, start: date, end: date) -> list[tuple[int, int]]:
    """Moments (seconds since 1970) at which a zone's clocks change, each with the offset from then on.

    >>> clock_changes("Europe/Berlin", date(2026, 1, 1), date(2026, 12, 31))
    [(1767225600, 3600), (1774746000, 7200), (1792890000, 3600)]
    """
    where = ZoneInfo(zone)

    def ahead(moment: int) -> int:
        shift = datetime.fromtimestamp(moment, UTC).astimezone(where).utcoffset()
        return int(shift.total_seconds()) if shift is not None else 0

    moment, last = number_of(start) * 86400, number_of(end) * 86400
    found = [(moment, ahead(moment))]
    while moment < last:
        following = moment + 86400
        if ahead(following) != found[-1][1]:
            # Clocks change on a quarter of an hour.
            change = next(at for at in range(moment + 900, following + 1, 900) if ahead(at) != found[-1][1])
            found.append((change, ahead(change)))
        moment = following
    return found


def _days(column: ir.DateValue) -> ir.IntegerValue:
    days: ir.IntegerValue = column.delta(ibis.date(1970, 1, 1), unit="day").cast("int64")
    return days


def _local(table: ir.Table, zone: str | None, span: tuple[date, date]) -> ir.IntegerValue:
    """Day of a moment, by the clocks of the row's marketplace."""
    seconds = table["odr_seconds"]
    if zone or SITE not in table.columns:
        ahead = offset(seconds, zone or "UTC", span)
    else:
        site = table[SITE]
        ahead = ibis.cases(
            *((site < SITES.end(code), offset(seconds, market.zone, span)) for code, market in MARKETPLACES.items()),
            else_=ibis.literal(0, "int64"),
        )
    return ((seconds + ahead) // 86400).cast("int64")


def _read_texts(table: ir.Table, zone: str | None, span: tuple[date, date]) -> ir.Table:
    """The table with ``odr_day``, null where the text isn't ISO's.

    Only digits are ever turned into numbers: engines differ in what they do with a text that isn't one.
    """

    def number(source: ir.StringValue, at: int) -> ir.IntegerValue:
        return source.substr(at, 2).cast("int64")

    table = table.mutate(odr_text=table[DATE].cast("string").strip())
    table = table.mutate(odr_iso=table["odr_text"].re_search(ISO).fill_null(False))
    timed = table["odr_iso"] & (table["odr_text"].length() >= 16)
    table = table.mutate(
        odr_date_text=ibis.ifelse(table["odr_iso"], table["odr_text"], "1970-01-01"),
        odr_moment=ibis.ifelse(timed, table["odr_text"], "1970-01-01T00:00"),
    )
    text, moment = table["odr_date_text"], table["odr_moment"]
    seconds = ibis.ifelse(moment.substr(16, 1) == ":", moment, "1970-01-01T00:00:00")
    away = moment.re_search("[+-][0-9]{2}:?[0-9]{2}$") & (moment.length() > 16)
    table = table.mutate(
        odr_year=number(text, 0) * 100 + number(text, 2),
        odr_month=number(text, 5),
        odr_dom=number(text, 8),
        odr_hour=number(moment, 11),
        odr_minute=number(moment, 14),
        odr_second=number(seconds, 17),
        odr_zoned=away | moment.re_search("[Zz]$"),
        odr_tail=ibis.ifelse(away, moment.re_replace(":", "").right(5), "+0000"),
    )
    year, month, tail = table["odr_year"], table["odr_month"], table["odr_tail"]
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    table = table.mutate(
        odr_longest=ibis.cases((month.isin([4, 6, 9, 11]), 30), (month == 2, ibis.ifelse(leap, 29, 28)), else_=31),
        # The year begins in March here, so that the leap day is its last.
        odr_y=ibis.ifelse(month <= 2, year - 1, year),
        odr_m=ibis.ifelse(month <= 2, month + 9, month - 3),
        odr_away=ibis.ifelse(tail.substr(0, 1) == "-", -1, 1) * (number(tail, 1) * 3600 + number(tail, 3) * 60),
    )
    y, m = table["odr_y"], table["odr_m"]
    fine = table["odr_iso"] & table["odr_month"].between(1, 12) & (table["odr_dom"] >= 1)
    fine &= (table["odr_dom"] <= table["odr_longest"]) & (table["odr_hour"] < 24) & (table["odr_minute"] < 60)
    # Day number of the Gregorian calendar; 719469 of them lie before 1970.
    days = 365 * y + y // 4 - y // 100 + y // 400 + (153 * m + 2) // 5 + table["odr_dom"] - 719469
    table = table.mutate(odr_fine=fine, odr_written=days.cast("int64"))
    clock = table["odr_hour"] * 3600 + table["odr_minute"] * 60 + table["odr_second"] - table["odr_away"]
    table = table.mutate(odr_seconds=table["odr_written"] * 86400 + clock)
    day = ibis.ifelse(table["odr_zoned"], _local(table, zone, span), table["odr_written"])
    return table.mutate(odr_day=ibis.ifelse(table["odr_fine"], day, ibis.null("int64")))
