"""Amazon's older seller performance report. Every report here is invented, in the shape that public programs read."""

from __future__ import annotations

import time
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.errors import InputError, OdrError, UnknownReport
from odr_xl.excel.formulas.amazon import ODR_RECONCILE
from odr_xl.excel.formulas.ledger import ODR_DAYS
from odr_xl.excel.merge import TableRows, merge
from odr_xl.readers.performance_xml import is_xml, read_performance_xml
from odr_xl.readers.reports import read_report, read_reports

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def counted(name: str, count: object, rate: str = "0.5%") -> str:
    return f"<{name}><rate>{rate}</rate><count>{count}</count></{name}>"


def frame(start: str, end: str) -> str:
    return f"<timeFrame><start>{start}</start><end>{end}</end></timeFrame>"


def defects(start: str, end: str, orders: object, *counts: object) -> str:
    names = ("orderWithDefects", "negativeFeedbacks", "a_z_claims", "chargebacks")
    parts = "".join(counted(name, count) for name, count in zip(names, counts, strict=True))
    return f"<orderDefectMetrics>{frame(start, end)}<orderCount>{orders}</orderCount>{parts}</orderDefectMetrics>"


SIXTY = defects("2026-07-18T00:00:00Z", "2026-09-15T23:59:59Z", 480, 4, 3, 2, 0)
NINETY = defects("2026-06-18T00:00:00Z", "2026-09-15T23:59:59Z", 700, 5, 4, 2, 0)
EXPERIENCE = (
    f"<customerExperienceMetrics>{frame('2026-08-17T00:00:00Z', '2026-09-15T23:59:59Z')}<orderCount>240</orderCount>"
    f"{counted('lateShipment', 3)}{counted('preFulfillmentCancellation', 1)}{counted('refunds', 9)}"
    "</customerExperienceMetrics>"
)
CHECKLIST = "<performanceChecklist><orderDefectRate><status>Good</status></orderDefectRate></performanceChecklist>"


def report(*parts: str, site: str = "") -> str:
    inside = f"{site}{CHECKLIST}<orderDefects>{''.join(parts)}</orderDefects>"
    one = f"<sellerPerformanceReport>{inside}</sellerPerformanceReport>"
    return f"{DECLARATION}<sellerPerformanceReports>{one}</sellerPerformanceReports>"


def rows(text: str, **options: str) -> list[list[object]]:
    table = read_performance_xml(text, "report.xml", **options).table
    return table[["metric", "orders", "count"]].astype(object).where(table.notna(), None).values.tolist()


def test_the_report_gives_each_cause_with_its_count():
    # By hand: the counts of SIXTY. The causes have no total of their own.
    assert rows(report(SIXTY)) == [
        ["order_defect_rate", 480.0, 4.0],
        ["negative_feedback", None, 3.0],
        ["a_to_z_claim", None, 2.0],
        ["chargeback", None, 0.0],
    ]


def test_late_shipments_and_cancellations_are_read_and_refunds_are_not():
    assert rows(report(EXPERIENCE)) == [["late_shipment", 240.0, 3.0], ["cancellation", 240.0, 1.0]]


def test_each_period_has_its_own_row_with_its_own_dates():
    table = read_performance_xml(report(SIXTY, NINETY), "r.xml", marketplace="DE").table
    rates = table[table["metric"] == "order_defect_rate"]
    assert rates["from_date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-07-18", "2026-06-18"]
    assert rates["to_date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-09-15", "2026-09-15"]
    assert rates["orders"].tolist() == [480, 700]


def test_the_channel_is_left_blank_because_the_report_does_not_say_it():
    assert set(read_performance_xml(report(SIXTY), "r.xml").table["channel"]) == {""}


@pytest.mark.parametrize(
    ("site", "given_code", "found"),
    [("", "", ""), ("", "JP", "JP"), ("<marketplaceId>A1PA6795UKMFR9</marketplaceId>", "JP", "DE")],
)
def test_the_marketplace_is_the_files_own_or_the_one_that_the_seller_gives(site, given_code, found):
    reading = read_performance_xml(report(SIXTY, site=site), "r.xml", marketplace=given_code)
    assert set(reading.table["marketplace"]) == {found}
    assert any("Name the marketplace" in problem.remedy for problem in reading.problems) == (found == "")


def test_names_in_another_case_or_namespace_are_the_same_names():
    text = report(SIXTY).replace("sellerPerformanceReports>", "p:sellerPerformanceReports>")
    text = text.replace("<p:sellerPerformanceReports>", '<p:sellerPerformanceReports xmlns:p="urn:x">', 1)
    assert rows(text.replace("orderCount", "OrderCount")) == rows(report(SIXTY))


def test_a_count_that_is_none_is_noted_and_missing():
    reading = read_performance_xml(report(SIXTY.replace("<count>4<", "<count>four<")), "r.xml")
    assert reading.table["count"].isna().tolist() == [True, False, False, False]
    assert any(problem.value == "four" for problem in reading.problems)


def test_a_report_in_a_folder_or_a_zip_is_recognised_by_what_it_holds(tmp_path: Path):
    (tmp_path / "42.xml").write_text(report(SIXTY), "utf-8")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("43.xml", report(NINETY))
    readings = read_reports(tmp_path, marketplace="DE")
    assert [(r.kind, r.rows_read, r.table["marketplace"].iloc[0]) for r in readings] == [("performance", 4, "DE")] * 2


def test_a_refresh_adds_its_rows_once(tmp_path: Path):
    (tmp_path / "42.txt").write_text(report(SIXTY), "utf-8")
    reading = read_report(tmp_path / "42.txt", marketplace="DE")
    headers = ["Marketplace", "Fulfilled By", "Metric", "From", "To", "Orders", "Count", "Target"]
    table = TableRows("tblAmazon", headers, [])
    assert merge(table, reading).added == 4
    assert (merge(table, reading).added, len(table.rows)) == (0, 4)


def test_its_numbers_can_be_reconciled_without_a_channel():
    table = [
        ["Marketplace", "Fulfilled By", "Metric", "From", "To", "Orders", "Count", "Target"],
        ["DE", "", "Order defect rate", "2026-07-18", "2026-09-15", 480, 4, ""],
    ]
    shop = [["amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel"]]
    for number in range(470):
        channel = "Amazon" if number % 2 else "Merchant"
        shop.append([f"900-{number:07d}-0000001", datetime(2026, 8, 10), "Shipped", channel, "Amazon.de"])
    account, _, ours, amazons, difference = ODR_RECONCILE(ODR_DAYS(shop), None, None, None, None, table)[1][:5]
    # By hand: both channels together, 470 orders here and 480 there.
    assert (account, ours, amazons, difference) == ("DE", 470, 480, -10)


def test_entities_are_refused_before_they_are_expanded(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("1234")
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    laughs = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    for declared, entity in ((outside, "&x;"), (laughs + "]>", "&a11;")):
        text = report(SIXTY).replace(DECLARATION, DECLARATION + declared).replace("<count>4<", f"<count>{entity}<")
        started = time.monotonic()
        with pytest.raises(InputError, match="document type") as caught:
            read_performance_xml(text, "r.xml")
        assert time.monotonic() - started < 2
        assert "1234" not in str(caught.value)


@pytest.mark.parametrize("text", ["<?xml version='1.0'?><a/>", "<?xml version='1.0'?><orders><id>1</id></orders>"])
def test_other_xml_is_refused_with_what_to_give(text, tmp_path: Path):
    (tmp_path / "other.xml").write_text(text)
    with pytest.raises(UnknownReport, match="GET_V2_SELLER_PERFORMANCE_REPORT"):
        read_report(tmp_path / "other.xml")


def test_broken_xml_names_its_line():
    with pytest.raises(InputError, match=r"r\.xml, line \d+: the XML is broken"):
        read_performance_xml(report(SIXTY)[:-40], "r.xml")


def test_a_page_and_a_table_are_not_taken_for_xml():
    assert [is_xml(text) for text in ("<!DOCTYPE html>", "Order ID\t<?xml", report())] == [False, False, True]


@given(st.text(max_size=80), st.integers(0, 600))
def test_no_text_makes_it_fail_in_another_way(junk, place):
    text = report(SIXTY)
    try:
        read_performance_xml(text[:place] + junk + text[place:], "r.xml")
    except OdrError as error:
        assert str(error).startswith("r.xml")
