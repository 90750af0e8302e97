"""Amazon's older seller performance report (V1, XML) as the table of its numbers.

No schema and no file of it is public; its shape is known from Amazon's list of its fields and from programs that read
it. So elements are found by the letters of their names, and only counts and dates are read. It has one block for each
period, doesn't say whose shipping it is about, and as a rule not which marketplace.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from odr_xl.errors import InputError, Problem, UnknownReport
from odr_xl.marketplaces import marketplace_code
from odr_xl.readers.performance_rows import PerformanceRows, folded
from odr_xl.readers.reading import Reading

#: What each block counts, by the letters of the elements' names. Tracking and delivery on time are left out: nobody
#: says whether their counts are the parcels in order or the others.
_BLOCKS: Final[Mapping[str, Mapping[str, str]]] = {
    "orderdefectmetrics": {
        "order_defect_rate": "orderwithdefects",
        "negative_feedback": "negativefeedbacks",
        "a_to_z_claim": "azclaims",
        "chargeback": "chargebacks",
    },
    "customerexperiencemetrics": {
        "late_shipment": "lateshipment",
        "cancellation": "prefulfillmentcancellation",
    },
}
#: Parts of the Order Defect Rate, which have no total of their own.
_PARTS: Final = ("negative_feedback", "a_to_z_claim", "chargeback")
_LONGEST: Final = 20_000_000
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")


def is_xml(text: str) -> bool:
    """Whether a file's text is XML by its first characters, with which no table begins.

    >>> is_xml("<?xml version='1.0'?><a/>"), is_xml("<sellerPerformanceReports>"), is_xml("<html>"), is_xml("a<b")
    (True, True, False, False)
    """
    return re.match(r"[\s\ufeff]*<(?:\?xml\b|(?:\w+:)?sellerPerformance)", text[:1000]) is not None


def read_performance_xml(text: str, name: str, *, marketplace: str = "") -> Reading:
    """Table of the numbers in a seller performance report of the older kind.

    Parameters
    ----------
    text : str
        The file.
    name : str
        File name for messages.
    marketplace : str
        Code of the marketplace that the report is about; it goes over nothing that the file says itself.

    Returns
    -------
    Reading
        As that of `read_performance`, with a row for each metric and period. ``channel`` is blank: the report doesn't
        say it. Targets are no part of the report.

    Raises
    ------
    InputError
        The XML is broken, or declares entities, as no report does.
    UnknownReport
        It is XML of something else.

    Notes
    -----
    Report type GET_V1_SELLER_PERFORMANCE_REPORT.

    Examples
    --------
    >>> counted = "<orderCount>62</orderCount><orderWithDefects><count>1</count></orderWithDefects>"
    >>> block = f"<orderDefectMetrics>{counted}</orderDefectMetrics>"
    >>> text = f"<sellerPerformanceReports>{block}</sellerPerformanceReports>"
    >>> read_performance_xml(text, "report.xml").table[["metric", "orders", "count"]].values.tolist()
    [['order_defect_rate', 62.0, 1.0]]
    """
    root = _parsed(text, name)
    if not _letters(root).startswith("sellerperformance"):
        raise UnknownReport(
            f"{name}: this XML file isn't Amazon's seller performance report. Give GET_V1_SELLER_PERFORMANCE_REPORT, "
            "or better GET_V2_SELLER_PERFORMANCE_REPORT, and other reports as text (.txt, .tsv, .csv)."
        )
    numbers = PerformanceRows(name)
    # One report for each marketplace; the outer element may be missing.
    reports = [each for each in root.iter(etree.Element) if _letters(each) == "sellerperformancereport"] or [root]
    for report in reports:
        numbers.site = _site(report) or marketplace
        for element in report.iter(etree.Element):
            if (letters := _letters(element)) in _BLOCKS:
                _add_block(numbers, _BLOCKS[letters], folded(_plain(element)))
    problems = list(numbers.problems)
    if not numbers.rows:
        reason = "the report has no metric that is read"
        problems.append(Problem(name, "", reason, "That is right for an account without orders.", "note"))
    elif not all(row[0] for row in numbers.rows):
        reason = "the report doesn't say its marketplace"
        problems.append(Problem(name, "", reason, "Name the marketplace when you refresh.", "note"))
    return Reading("performance", numbers.table(), name, tuple(problems), len(numbers.rows), 0)


def _parsed(text: str, name: str) -> etree._Element:
    if len(text) > _LONGEST:
        raise UnknownReport(f"{name}: the XML file is too large for a seller performance report. Give that report.")
    # The text is decoded already, so what the declaration says about bytes no longer holds.
    plain = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1).strip()
    if re.search(r"<!(?:DOCTYPE|ENTITY)", plain, re.IGNORECASE):
        raise InputError(f"{name}: the XML declares a document type, as no report does. Download the report again.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name}, line {error.lineno}: the XML is broken. Download the report again.") from None


def _letters(element: etree._Element) -> str:
    """The letters of an element's name, without its namespace."""
    return re.sub(r"[^a-z]", "", etree.QName(element).localname.casefold())


def _site(report: etree._Element) -> str:
    """The marketplace, if the report names one; Amazon's id where we don't know it."""
    for element in report.iter(etree.Element):
        if _letters(element) in ("marketplaceid", "marketplace"):
            site = (element.text or "").strip()
            return marketplace_code(site) or site
    return ""


def _plain(element: etree._Element) -> Any:
    """An element as text, or as the mapping of its elements."""
    parts = [part for part in element if isinstance(part.tag, str)]
    if not parts:
        return (element.text or "").strip()
    return {etree.QName(part).localname: _plain(part) for part in parts}


def _add_block(numbers: PerformanceRows, metrics: Mapping[str, str], block: Mapping[str, Any]) -> None:
    frame = folded(block.get("timeframe"))
    span = {"reportingdaterange": {"reportingDateFrom": frame.get("start"), "reportingDateTo": frame.get("end")}}
    for metric, letters in metrics.items():
        if letters in block:
            whole = None if metric in _PARTS else block.get("ordercount")
            part = block[letters]
            count = folded(part).get("count") if isinstance(part, Mapping) else part
            numbers.add(metric, "", span, whole, count, target=False)
