"""Amazon's seller performance report (V2, JSON) as the table of its numbers.

Amazon publishes a schema, and its reports differ from it: names of blocks have changed, statuses are outside their
list, the seller's channel stands in Amazon's block, a date has no seconds. So blocks are found by the letters of their
names, and only counts, dates and targets are read: the report's rates don't always agree with its own counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from odr_xl.errors import InputError, Problem, UnknownReport
from odr_xl.marketplaces import marketplace_code
from odr_xl.readers.performance_rows import PerformanceRows, folded
from odr_xl.readers.reading import Reading

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
    numbers = PerformanceRows(name)
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
        metrics = folded(report).get("performancemetrics")
        if isinstance(metrics, Mapping):
            metrics = [metrics]
        if isinstance(metrics, list):
            found = True
            yield from (folded(entry) for entry in metrics)
    if not found:
        raise UnknownReport(
            f"{name}: this JSON file isn't Amazon's seller performance report, which has performanceMetrics. Request "
            "the report GET_V2_SELLER_PERFORMANCE_REPORT and give its file."
        )


def _add_marketplace(numbers: PerformanceRows, metrics: Mapping[str, Any]) -> None:
    site = str(metrics.get("marketplaceid") or "").strip()
    numbers.site = marketplace_code(site) or site
    defects = folded(metrics.get("orderdefectrate"))
    for name, channel in _CHANNELS.items():  # the block's name decides: its fulfillmentType may say the other channel
        if block := folded(defects.get(name)):
            numbers.add("order_defect_rate", channel, block, block.get("ordercount"), block.get("orderwithdefects"))
            for metric, letters in _PARTS.items():
                if letters in block:
                    numbers.add(metric, channel, block, None, block[letters], target=False)
    for metric, (names, whole, part) in _BLOCKS.items():
        if block := next((found for found in (folded(metrics.get(n)) for n in names) if found), {}):
            numbers.add(metric, "MFN", block, block.get(whole), block.get(part))
