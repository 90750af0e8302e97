"""The trend that a history shows: the rates as they were seen on their days, in ODR_TREND's columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from odr_xl import rules
from odr_xl.core.trend import TrendPoint
from odr_xl.errors import InputError, UsageError
from odr_xl.headless.save import write_whole
from odr_xl.history.store import Kept
from odr_xl.labels import WORDS, Language, word

#: Columns of ODR_TREND, so that both can be charted alike.
COLUMNS: Final = ("date", "orders", "defective_amazon", "rate", "rate_all", "target")
_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class SeenPoint:
    """One snapshot of one account, or of all together.

    Attributes
    ----------
    day : datetime.date
        The day of looking.
    revision : int
        Of that day.
    taken : str
        When it was written, UTC.
    point : TrendPoint
        Our counts and rates of the window.
    printed : tuple of (int, int) or None
        Defective orders and orders that Amazon printed; of all accounts together only where it printed both of each
        account with orders, for one period.
    """

    day: date
    revision: int
    taken: str
    point: TrendPoint
    printed: tuple[int, int] | None


def seen_points(kept: Iterable[Kept], account: str = "") -> Iterator[SeenPoint]:
    """The points of one account, or of all together; snapshots without it have none."""
    for own in kept:
        snapshot = own.snapshot
        chosen = snapshot.chosen(account)
        if not chosen or snapshot.window.end is None:
            continue
        counts = snapshot.total(account)
        point = TrendPoint(snapshot.window.end, counts["orders"], counts["defective_amazon"], counts["defective"])
        told = [each.printed for each in chosen if each.counts["orders"] or each.printed]
        periods = {(one.start, one.end) if one else None for one in told}
        numbers = [(one.defective_amazon, one.orders) for one in told if one]
        printed = None
        if len(periods) == 1 and len(numbers) == len(told):
            defective = [number for number, _ in numbers if number is not None]
            orders = [number for _, number in numbers if number is not None]
            if len(defective) == len(orders) == len(told):
                printed = sum(defective), sum(orders)
        yield SeenPoint(snapshot.day, own.revision, own.taken, point, printed)


def trend_rows(points: Iterable[SeenPoint], language: Language = "en") -> list[list[object]]:
    """The header and the rows of ODR_TREND; a date whose window holds no order shows #N/A."""
    rows: list[list[object]] = [[word(name, language) for name in COLUMNS]]
    for seen in points:
        point = seen.point
        rates = ["#N/A" if rate is None else rate for rate in (point.rate_amazon, point.rate)]
        rows.append([point.end.isoformat(), point.orders, point.defective_amazon, *rates, rules.TARGET])
    return rows


def write_trend(path: Path, rows: list[list[object]]) -> None:
    """Write the rows as a CSV file that Excel reads as UTF-8; an earlier one is replaced, no other file is.

    Raises
    ------
    UsageError
        When the name doesn't end in .csv.
    InputError
        When the file is another one, or the folder isn't there.
    """
    if path.suffix.lower() != ".csv":
        raise UsageError(f"{path.name} must end in .csv.")
    if not path.parent.is_dir():
        raise InputError(f"{path.parent} isn't a folder. Make it first, or choose another place.")
    if path.exists():
        heads = [",".join(WORDS[name][language] for name in COLUMNS) for language in (0, 1)]
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            if file.readline().rstrip("\n").replace('"', "") not in [head.replace('"', "") for head in heads]:
                raise InputError(f"{path} exists and isn't a trend of odr-xl. Choose another name, or move it away.")
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    write_whole(path, [(_MARK + text.getvalue()).encode("utf-8")], backup=False)
