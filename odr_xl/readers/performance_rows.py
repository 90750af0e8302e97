"""The rows of Amazon's own numbers while a report is read, and what was found wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from odr_xl.core.signs import MEASURES
from odr_xl.errors import Problem
from odr_xl.marketplaces import MARKETPLACES
from odr_xl.readers.performance import PERFORMANCE, fraction, whole_number
from odr_xl.readers.written import FIRST_YEAR, LAST_YEAR

#: On which side of its target a metric is well, as the report says it.
_CONDITIONS: Final = {"below": "lessthan", "above": "greaterthan"}


def folded(value: Any) -> dict[str, Any]:
    """An object by the letters of its names; {} for anything else."""
    if not isinstance(value, Mapping):
        return {}
    return {re.sub(r"[^a-z]", "", str(key).casefold()): entry for key, entry in value.items()}


@dataclass(slots=True)
class PerformanceRows:
    """The rows while they are read, and what was found wrong with them."""

    name: str
    site: str = ""
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(
        self, metric: str, channel: str, block: Mapping[str, Any], whole: Any, part: Any, *, target: bool = True
    ) -> None:
        """One row; ``part`` is a count, or an object that holds it."""
        place = f"{self.name}, {' '.join(filter(None, (self.site, channel)))}, {metric}"
        orders = self._count(place, whole)
        count = self._count(place, part.get("count") if isinstance(part, Mapping) else part)
        if count > orders:
            reason = f"is more than the {orders:g} that it is a part of"
            self.problems.append(Problem(place, f"{count:g}", reason, "Compare it with Account Health.", "note"))
        start, end = self._dates(place, block)
        goal = self._target(place, metric, block) if target else float("nan")
        self.rows.append((self.site, channel, metric, start, end, orders, count, goal))

    def _count(self, place: str, value: Any) -> float:
        number = whole_number(value)
        if number is None:
            self._bad(place, value, "isn't a count", "Download the report again.")
        return float("nan") if number is None else number

    def _target(self, place: str, metric: str, block: Mapping[str, Any]) -> float:
        number = fraction(block.get("targetvalue"))
        side = MEASURES[metric].side if metric in MEASURES else "below"
        condition = re.sub(r"[^a-z]", "", str(block.get("targetcondition") or "").casefold())
        if condition not in ("", _CONDITIONS[side]):
            self._bad(place, block["targetcondition"], "isn't this metric's condition", "Its target is left out.")
            return float("nan")
        if number is None:
            self._bad(place, block["targetvalue"], "isn't a target", "It is left out.")
        return float("nan") if number is None else number

    def _dates(self, place: str, block: Mapping[str, Any]) -> tuple[date | None, date | None]:
        span = folded(block.get("reportingdaterange"))
        moments: list[datetime | None] = []
        for name in ("reportingdatefrom", "reportingdateto"):
            moment = _moment(span.get(name))
            if moment is None and span.get(name):
                self._bad(place, span[name], "isn't a date", "Download the report again.")
            moments.append(moment)
        start = moments[0]
        zone = MARKETPLACES[self.site].zone if self.site in MARKETPLACES else "UTC"
        if start is None or start.time() == time():
            zone = ""  # days as they are written
        return _day(moments[0], zone), _day(moments[1], zone)

    def _bad(self, place: str, value: Any, reason: str, remedy: str) -> None:
        self.problems.append(Problem(place, str(value)[:200], reason, remedy, "note"))

    def table(self) -> pd.DataFrame:
        """The tidy table."""
        columns: Sequence[Sequence[Any]] = list(zip(*self.rows, strict=True)) or [()] * len(PERFORMANCE.columns)
        data: dict[str, Any] = {}
        for (name, holds), values in zip(PERFORMANCE.columns.items(), columns, strict=True):
            if holds == "date":
                days = np.array(["NaT" if day is None else day.isoformat() for day in values], dtype="datetime64[s]")
                data[name] = pd.Series(days)
            else:
                data[name] = pd.Series(list(values), dtype=float if holds in ("whole", "share") else object)
        return pd.DataFrame(data | {"row": np.arange(1, len(self.rows) + 1, dtype=np.int64)})


def _moment(value: Any) -> datetime | None:
    """Moment in ISO form, with or without seconds; ``None`` for anything else."""
    try:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _day(moment: datetime | None, zone: str) -> date | None:
    if moment is None:
        return None
    return (moment.astimezone(ZoneInfo(zone)) if zone and moment.tzinfo else moment).date()
