"""Amazon's seller performance report (V2, JSON) as the table of its numbers.

Amazon publishes a schema, and its reports differ from it: names of blocks have changed, statuses are outside their
list, the seller's channel stands in Amazon's block, a date has no seconds. So blocks are found by the letters of their
names, and only counts, dates and targets are read: the report's rates don't always agree with its own counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from odr_xl.core.signs import MEASURES
from odr_xl.errors import InputError, Problem, UnknownReport
from odr_xl.marketplaces import MARKETPLACES, marketplace_code
from odr_xl.readers.performance import PERFORMANCE, fraction, whole_number
from odr_xl.readers.reading import Reading
from odr_xl.readers.written import FIRST_YEAR, LAST_YEAR

#: Letters of the names in each metric's block: the block, what it divides by, what it counts.
_BLOCKS: Final[Mapping[str, tuple[tuple[str, ...], str, str]]] = MappingProxyType(
    {
        "late_shipment": (("lateshipmentrate",), "ordercount", "lateshipmentcount"),
        "cancellation": (
            ("prefulfillmentcancellationrate", "prefulfillmentcancelrate", "prefulfilmentcancellationrate"),
            "ordercount",
            "cancellationcount",
        ),
        "valid_tracking": (("validtrackingrate",), "shipmentcount", "validtrackingcount"),
        "on_time_delivery": (("ontimedeliveryrate",), "shipmentcountwithvalidtracking", "ontimedeliverycount"),
    }
)
#: The same for the parts of the Order Defect Rate, which have no total of their own.
_PARTS: Final = {"negative_feedback": "negativefeedback", "a_to_z_claim": "claims", "chargeback": "chargebacks"}
_CHANNELS: Final = {"mfn": "MFN", "afn": "AFN"}
#: On which side of its target a metric is well, as the report says it.
_CONDITIONS: Final = {"below": "lessthan", "above": "greaterthan"}
#: A report of all marketplaces has some 100,000 characters.
_LONGEST: Final = 20_000_000


def is_json(text: str) -> bool:
    """Whether a file's text is JSON by its first characters, with which no table begins.

    >>> is_json(' {"accountStatuses": []}'), is_json('[{"a": 1}]'), is_json("[my orders]\\nOrder ID")
    (True, True, False)
    """
    return re.match(r'[\s\ufeff]*(?:\{|\[\s*(?:[{\[\]"]|$))', text[:1000]) is not None


def read_performance(text: str, name: str) -> Reading:
    """Table of the numbers in a seller performance report.

    Parameters
    ----------
    text : str
        The file.
    name : str
        File name for messages.

    Returns
    -------
    Reading
        One row for each account and metric: ``marketplace`` (Amazon's id where we don't know it), ``channel`` (the
        other metrics are about seller-fulfilled orders), ``metric``, ``from_date``, ``to_date``, ``orders``, ``count``,
        ``target`` and ``row``. Numbers that the report lacks are NaN.

    Raises
    ------
    InputError
        The JSON is broken; the text names the line.
    UnknownReport
        It is JSON of something else.

    Notes
    -----
    Report type GET_V2_SELLER_PERFORMANCE_REPORT, Amazon's schema of 2020-11-18. Dates are UTC there; a range that
    begins at another hour than midnight is cut at the marketplace's own midnight.

    Examples
    --------
    >>> block = '{"orderCount": 62, "orderWithDefects": {"count": 1}, "rate": 1.6}'
    >>> text = '{"performanceMetrics": [{"marketplaceId": "A1PA6795UKMFR9", "orderDefectRate": {"mfn": %s}}]}' % block
    >>> read_performance(text, "report.json").table[["marketplace", "channel", "orders", "count"]].values.tolist()
    [['DE', 'MFN', 62.0, 1.0]]
    """
    numbers = _Numbers(name)
    for metrics in _marketplaces(_loaded(text, name), name):
        _add_marketplace(numbers, metrics)
    problems = list(numbers.problems)
    if not numbers.rows:
        reason = "the report has no metric of any marketplace"
        problems.append(Problem(name, "", reason, "That is right for an account without orders.", "note"))
    return Reading("performance", numbers.table(), name, tuple(problems), len(numbers.rows), 0)


def _loaded(text: str, name: str) -> Any:
    if len(text) > _LONGEST:
        raise UnknownReport(f"{name}: the JSON file is too large for a seller performance report. Give that report.")
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise InputError(
            f"{name}, line {error.lineno}: the JSON is broken ({error.msg}). Download the report again."
        ) from None
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        raise InputError(f"{name}: the JSON can't be read. Download the report again.") from None


def _marketplaces(data: Any, name: str) -> Iterator[Mapping[str, Any]]:
    """The metrics of each marketplace, with folded names; a list may hold several reports."""
    found = False
    for report in data if isinstance(data, list) else [data]:
        metrics = _folded(report).get("performancemetrics")
        if isinstance(metrics, Mapping):
            metrics = [metrics]
        if isinstance(metrics, list):
            found = True
            yield from (_folded(entry) for entry in metrics)
    if not found:
        raise UnknownReport(
            f"{name}: this JSON file isn't Amazon's seller performance report, which has performanceMetrics. Request "
            "the report GET_V2_SELLER_PERFORMANCE_REPORT and give its file."
        )


def _folded(value: Any) -> dict[str, Any]:
    """An object by the letters of its names; {} for anything else."""
    if not isinstance(value, Mapping):
        return {}
    return {re.sub(r"[^a-z]", "", str(key).casefold()): entry for key, entry in value.items()}


def _add_marketplace(numbers: _Numbers, metrics: Mapping[str, Any]) -> None:
    site = str(metrics.get("marketplaceid") or "").strip()
    numbers.site = marketplace_code(site) or site
    defects = _folded(metrics.get("orderdefectrate"))
    for name, channel in _CHANNELS.items():  # the block's name decides: its fulfillmentType may say the other channel
        if block := _folded(defects.get(name)):
            numbers.add("order_defect_rate", channel, block, block.get("ordercount"), block.get("orderwithdefects"))
            for metric, letters in _PARTS.items():
                if letters in block:
                    numbers.add(metric, channel, block, None, block[letters], target=False)
    for metric, (names, whole, part) in _BLOCKS.items():
        if block := next((found for found in (_folded(metrics.get(n)) for n in names) if found), {}):
            numbers.add(metric, "MFN", block, block.get(whole), block.get(part))


@dataclass(slots=True)
class _Numbers:
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
        span = _folded(block.get("reportingdaterange"))
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
