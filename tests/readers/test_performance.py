"""Amazon's own numbers, from its report and from a table. Every report here is invented, in the shapes that are met."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from files import write
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.errors import InputError, UnknownReport
from odr_xl.marketplaces import MARKETPLACES
from odr_xl.readers.headers import recognise
from odr_xl.readers.performance import METRICS, fraction, metric_named, whole_number
from odr_xl.readers.performance_report import is_json, read_performance
from odr_xl.readers.ranges import read_range
from odr_xl.readers.reading import Reading
from odr_xl.readers.reports import read_report, read_reports

US, DE, JP = (MARKETPLACES[code].marketplace_id for code in ("US", "DE", "JP"))
HEADER = ["Marketplace", "Fulfilled By", "Metric", "From", "To", "Orders", "Count", "Target"]


def span(start: str = "2026-07-18T00:00Z", end: str = "2026-09-15T23:59Z") -> dict[str, Any]:
    return {"reportingDateRange": {"reportingDateFrom": start, "reportingDateTo": end}}


def defects(orders: Any = 480, defective: Any = 4, **more: Any) -> dict[str, Any]:
    """A block of the Order Defect Rate, as Amazon writes one."""
    block = span() | {
        "orderCount": orders,
        "orderWithDefects": {"count": defective, "status": "GOOD"},
        "claims": {"count": 2, "status": "NONE"},
        "chargebacks": {"count": 0, "status": "NONE"},
        "negativeFeedback": {"count": 3, "status": "NONE"},
        "fulfillmentType": "mfn",
        "status": "GOOD",
        "rate": 0.0083,
        "targetValue": 0.01,
        "targetCondition": "LESS_THAN",
    }
    return block | more


def report(**metrics: Any) -> dict[str, Any]:
    """A report of one marketplace."""
    entry = {"marketplaceId": US} | metrics
    return {"accountStatuses": [{"marketplaceId": US, "status": "NORMAL"}], "performanceMetrics": [entry]}


def read(data: Any) -> Reading:
    return read_performance(data if isinstance(data, str) else json.dumps(data), "report.json")


def rows(reading: Reading, *columns: str) -> list[tuple[Any, ...]]:
    """Chosen columns as plain values; a missing number or date is None."""
    found = []
    for row in reading.table[list(columns)].itertuples(index=False):
        values = [None if v is pd.NaT or v != v else v for v in row]
        found.append(tuple(f"{v:%Y-%m-%d}" if isinstance(v, pd.Timestamp) else v for v in values))
    return found


def notes(reading: Reading) -> list[str]:
    return [str(problem) for problem in reading.problems]


# The report


def test_each_account_and_metric_is_one_row():
    late = span("2026-09-01T00:00Z", "2026-09-30T23:59Z") | {"orderCount": 250, "lateShipmentCount": 6}
    cancel = span("2026-09-23T00:00Z", "2026-09-29T23:59Z") | {"orderCount": 48, "cancellationCount": 1}
    tracking = span() | {"shipmentCount": 240, "validTrackingCount": 233, "rate": 0.97}
    on_time = span() | {"shipmentCountWithValidTracking": 233, "onTimeDeliveryCount": 220}
    goal = {"targetValue": 0.04, "targetCondition": "LESS_THAN"}
    found = read(
        report(
            orderDefectRate={"mfn": defects(480, 4), "afn": defects(310, 1, fulfillmentType="afn")},
            lateShipmentRate=late | goal,
            preFulfillmentCancellationRate=cancel,
            validTrackingRate=tracking | {"targetValue": 0.95, "targetCondition": "GREATER_THAN"},
            onTimeDeliveryRate=on_time,
        )
    )
    assert (found.kind, found.rows_read, found.rows_unusable, found.problems) == ("performance", 12, 0, ())
    assert rows(found, "marketplace", "channel", "metric", "orders", "count", "target") == [
        ("US", "MFN", "order_defect_rate", 480, 4, 0.01),
        ("US", "MFN", "negative_feedback", None, 3, None),
        ("US", "MFN", "a_to_z_claim", None, 2, None),
        ("US", "MFN", "chargeback", None, 0, None),
        ("US", "AFN", "order_defect_rate", 310, 1, 0.01),
        ("US", "AFN", "negative_feedback", None, 3, None),
        ("US", "AFN", "a_to_z_claim", None, 2, None),
        ("US", "AFN", "chargeback", None, 0, None),
        ("US", "MFN", "late_shipment", 250, 6, 0.04),
        ("US", "MFN", "cancellation", 48, 1, None),
        ("US", "MFN", "valid_tracking", 240, 233, 0.95),
        ("US", "MFN", "on_time_delivery", 233, 220, None),
    ]
    assert rows(found, "from_date", "to_date")[8] == ("2026-09-01", "2026-09-30")
    assert found.table["row"].tolist() == list(range(1, 13))
    assert found.table[["orders", "count", "target"]].dtypes.tolist() == [np.dtype("float64")] * 3
    assert found.table["from_date"].dtype == np.dtype("M8[s]")


def test_rate_is_never_read_whatever_it_says():
    said = [read(report(orderDefectRate={"mfn": defects(rate=rate)})) for rate in (0.0083, 0.83, 83, "x", None)]
    assert all(reading.table.equals(said[0].table) and reading.problems == () for reading in said)


def test_parts_may_add_up_to_more_than_the_orders_with_defects():
    # 2 claims and 3 feedbacks on 4 orders: one order has both.
    found = read(report(orderDefectRate={"mfn": defects(480, 4)}))
    assert found.table["count"].tolist() == [4, 3, 2, 0]


@pytest.mark.parametrize("status", ["AT RISK", "NORMAL", "SUSPENDED", "", None, 7])
def test_status_of_any_wording_changes_nothing(status):
    block = defects(status=status, orderWithDefects={"count": 4, "status": status})
    data = report(orderDefectRate={"mfn": block}) | {"accountStatuses": [{"marketplaceId": US, "status": status}]}
    assert rows(read(data), "orders", "count")[0] == (480, 4)


@pytest.mark.parametrize(
    "name",
    [
        "preFulfillmentCancellationRate", "prefulfillmentCancelRate", "PreFulfillmentCancelRate",
        "preFulfilmentCancellationRate", "pre_fulfillment_cancellation_rate",
    ],
)  # fmt: skip
def test_cancellations_are_found_under_every_name_of_their_block(name):
    found = read(report(**{name: span() | {"orderCount": 48, "cancellationCount": 2}}))
    assert rows(found, "metric", "orders", "count") == [("cancellation", 48, 2)]


@pytest.mark.parametrize("name", ["warningState", "warningStates"])
def test_blocks_that_are_not_compared_are_passed_over(name):
    extra = {
        name: [{"warningType": "x", "status": "BAD"}],
        "lateShipmentRateList": [{"orderCount": 5}],
        "accountHealthRating": {"ahrStatus": "GREAT", "ahrScore": 300},
        "invoiceDefectRate": span() | {"orderCount": 5},
        "customerProductReviewsPolicyViolations": {"defectsCount": 1},
    }
    found = read(report(orderDefectRate={"mfn": defects()}, **extra))
    assert (len(found.table), found.problems) == (4, ())


@pytest.mark.parametrize("absent", [{}, {"afn": None}, {"afn": {}}])
def test_channel_that_is_absent_has_no_row(absent):
    found = read(report(orderDefectRate={"mfn": defects()} | absent))
    assert set(found.table["channel"]) == {"MFN"}
    assert found.problems == ()


def test_block_of_afn_is_afn_even_when_its_fulfillment_type_says_mfn():
    found = read(report(orderDefectRate={"afn": defects(310, 1, fulfillmentType="mfn")}))
    assert rows(found, "channel", "orders")[0] == ("AFN", 310)


def test_0_orders_stay_0_orders_and_get_no_rate():
    found = read(report(orderDefectRate={"mfn": defects(0, 0, rate=0)}))
    assert rows(found, "orders", "count")[0] == (0, 0)


def test_missing_counts_are_missing_and_not_0():
    block = defects()
    del block["orderWithDefects"], block["claims"]
    found = read(report(orderDefectRate={"mfn": block}, lateShipmentRate=span() | {"orderCount": 30, "rate": 0.0333}))
    assert rows(found, "metric", "orders", "count") == [
        ("order_defect_rate", 480, None),
        ("negative_feedback", None, 3),
        ("chargeback", None, 0),
        ("late_shipment", 30, None),
    ]


@pytest.mark.parametrize("value", [-1, 2.5, "many", True, [3], {"total": 3}, 10**400])
def test_count_that_is_none_is_told_and_missing(value):
    found = read(report(lateShipmentRate=span() | {"orderCount": 30, "lateShipmentCount": value}))
    assert rows(found, "orders", "count") == [(30, None)]
    if not isinstance(value, dict):  # an object without a count says nothing
        assert "report.json, US MFN, late_shipment" in notes(found)[0] and "isn't a count" in notes(found)[0]


def test_counts_written_as_texts_or_floats_are_read():
    found = read(report(orderDefectRate={"mfn": defects("1,480", 4.0, claims=2)}))
    assert rows(found, "orders", "count")[:3] == [(1480, 4), (None, 3), (None, 2)]


def test_part_larger_than_its_whole_is_told():
    # Amazon's own example has more shipments with tracking than shipments.
    found = read(report(validTrackingRate=span() | {"shipmentCount": 90, "validTrackingCount": 97}))
    assert "more than the 90 that it is a part of" in notes(found)[0]
    assert [p.severity for p in found.problems] == ["note"]


@pytest.mark.parametrize(
    ("marketplace", "start", "end", "expected"),
    [
        (US, "2026-07-18T00:00Z", "2026-09-15T23:59Z", ("2026-07-18", "2026-09-15")),
        (JP, "2026-07-18T00:00:00Z", "2026-09-15T23:59:59Z", ("2026-07-18", "2026-09-15")),
        (DE, "2026-07-18", "2026-09-15", ("2026-07-18", "2026-09-15")),
        (DE, "2026-07-18T00:00:00+00:00", "2026-09-15T23:59:59.999+00:00", ("2026-07-18", "2026-09-15")),
        # Cut at the marketplace's midnight: Los Angeles is UTC-7 in summer, Tokyo UTC+9, so by hand 60 days each.
        (US, "2026-07-18T07:00:00Z", "2026-09-16T06:59:59Z", ("2026-07-18", "2026-09-15")),
        (JP, "2026-07-17T15:00Z", "2026-09-15T14:59Z", ("2026-07-18", "2026-09-15")),
        # Written with its own offset, a day is the one that is written.
        (US, "2026-07-18T00:00-07:00", "2026-09-15T23:59-07:00", ("2026-07-18", "2026-09-15")),
        ("A3UNKNOWN", "2026-07-18T07:00:00Z", "2026-09-16T06:59:59Z", ("2026-07-18", "2026-09-16")),
    ],
)
def test_dates_are_amazons_days(marketplace, start, end, expected):
    found = read(report(marketplaceId=marketplace, orderDefectRate={"mfn": defects(**span(start, end))}))
    assert rows(found, "from_date", "to_date")[0] == expected


@pytest.mark.parametrize("value", ["soon", "2026-13-01", "0001-01-01T07:00Z", "9999-12-31", 20260718])
def test_date_that_is_none_is_told_and_missing(value):
    found = read(report(lateShipmentRate=span(start=value) | {"orderCount": 3}))
    assert rows(found, "from_date", "to_date") == [(None, "2026-09-15")]
    assert f'"{value}" isn\'t a date' in notes(found)[0]


def test_block_without_dates_has_none():
    block = defects()
    del block["reportingDateRange"]
    assert rows(read(report(orderDefectRate={"mfn": block})), "from_date", "to_date")[0] == (None, None)


@pytest.mark.parametrize(
    ("value", "condition", "expected"),
    [
        (0.02, "LESS_THAN", 0.02),  # seen in 2026; Amazon's page says 4 %
        (0.04, None, 0.04),
        (4, "LESS_THAN", 0.04),
        (2.5, "less than", 0.025),
        ("4%", "LESS_THAN", 0.04),
        (None, "LESS_THAN", None),
        (0.04, "GREATER_THAN", None),
        (0.04, "EQUALS", None),
        ("low", "LESS_THAN", None),
    ],
)
def test_target_comes_from_the_report_and_only_with_its_own_condition(value, condition, expected):
    block = span() | {"orderCount": 30, "lateShipmentCount": 1, "targetValue": value, "targetCondition": condition}
    found = read(report(lateShipmentRate=block))
    assert rows(found, "target") == [(expected,)]
    assert bool(found.problems) is (expected is None and value is not None)


def test_unknown_marketplace_is_shown_as_it_is():
    found = read(report(marketplaceId="A3UNKNOWN", orderDefectRate={"mfn": defects()}))
    assert set(found.table["marketplace"]) == {"A3UNKNOWN"}


def test_marketplace_by_marketplace_and_report_by_report():
    two = {"performanceMetrics": [{"marketplaceId": m, "orderDefectRate": {"mfn": defects()}} for m in (US, DE)]}
    one = {"performanceMetrics": {"marketplaceId": JP, "orderDefectRate": {"afn": defects()}}}
    assert list(dict.fromkeys(read([two, one]).table["marketplace"])) == ["US", "DE", "JP"]


@pytest.mark.parametrize("data", [{"performanceMetrics": []}, report(), report(orderDefectRate=[]), report(x=None)])
def test_report_without_metrics_is_an_empty_table_with_a_note(data):
    found = read(data)
    assert (len(found.table), found.rows_read) == (0, 0)
    assert list(found.table) == [
        *("marketplace", "channel", "metric", "from_date", "to_date", "orders", "count", "target", "row")
    ]
    assert "no metric of any marketplace" in notes(found)[0]


@pytest.mark.parametrize("data", [{}, [], {"a": 1}, {"reportSpecification": {}, "salesByDate": []}, [1, "x", None]])
def test_other_json_is_an_unknown_report(data):
    with pytest.raises(UnknownReport, match=r"report\.json: this JSON file isn't Amazon's seller performance report"):
        read(data)


def test_broken_json_names_its_line():
    text = json.dumps(report(orderDefectRate={"mfn": defects()}), indent=1)
    broken = text.replace('"claims"', "claims", 1)
    line = broken.split("claims")[0].count("\n") + 1
    with pytest.raises(InputError, match=rf"report\.json, line {line}: the JSON is broken .*Download the report again"):
        read(broken)
    with pytest.raises(InputError, match="the JSON is broken"):
        read(text[: len(text) // 2])


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": ' + "9" * 5000 + "}"])
def test_json_that_is_too_deep_or_too_long_is_an_input_error(text):
    with pytest.raises(InputError, match=r"report\.json"):
        read(text)


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(
                    [
                        *(
                            "performanceMetrics",
                            "marketplaceId",
                            "orderDefectRate",
                            "mfn",
                            "afn",
                            "orderCount",
                            "count",
                        ),
                        *("orderWithDefects", "claims", "lateShipmentRate", "lateShipmentCount", "targetValue"),
                        *("targetCondition", "reportingDateRange", "reportingDateFrom"),
                    ]
                ),
                inner,
                max_size=6,
            ),
        ),
        max_leaves=25,
    )
)
def test_any_json_is_a_table_or_a_clear_error(data):
    for wrapped in (data, {"performanceMetrics": [data]}, report(orderDefectRate={"mfn": data}, lateShipmentRate=data)):
        try:
            found = read(json.dumps(wrapped))
        except UnknownReport:
            continue
        assert len(found.table) == found.rows_read
        assert not (found.table[["orders", "count"]] < 0).to_numpy().any()


# Files


def test_file_is_recognised_by_its_content_and_not_by_its_name(tmp_path: Path):
    text = "\ufeff" + json.dumps(report(orderDefectRate={"mfn": defects()}))
    for name, encoding in (("performance.json", "utf-8"), ("orders.txt", "utf-8"), ("numbers.csv", "utf-16")):
        found = read_report(write(tmp_path / name, text, encoding))
        assert (found.kind, found.source, len(found.table)) == ("performance", name, 4)


def test_folders_and_zips_give_their_json_reports(tmp_path: Path):
    text = json.dumps(report(orderDefectRate={"mfn": defects()}))
    write(tmp_path / "b.json", text)
    write(tmp_path / "a.txt", "Order ID\tChargeback Date\tType\n701-0000001-0000001\t2026-08-01\tService\n")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("deep/inside.json", text)
    assert [(r.source, r.kind) for r in read_reports(tmp_path)] == [
        ("a.txt", "chargebacks"),
        ("b.json", "performance"),
        ("c.zip: inside.json", "performance"),
    ]


def test_json_of_something_else_in_a_folder_is_told(tmp_path: Path):
    write(tmp_path / "package.json", '{"name": "shop"}')
    with pytest.raises(UnknownReport, match=r"package\.json: this JSON file"):
        read_reports(tmp_path)


@pytest.mark.parametrize("text", ["[all orders]\nOrder ID,Date\n", "Order ID\tDate\n", "", "[", "  {"])
def test_a_table_is_not_taken_for_json(text):
    assert is_json(text) is (text.strip() in ("[", "{"))


# The table


def test_table_typed_by_a_seller_is_recognised_and_tidy():
    typed = [
        HEADER,
        ["Amazon.com", "FBA", "Orders with defects", "2026-07-18", 46280, "1,234", 5, "< 1%"],
        [None, "自发货", "迟发率", None, None, 30.0, 1, 4],
    ]
    found = read_range(typed)
    assert (found.kind, found.problems) == ("performance", ())
    columns = ("marketplace", "channel", "metric", "from_date", "to_date", "orders", "count", "target")
    assert rows(found, *columns) == [
        ("US", "AFN", "order_defect_rate", "2026-07-18", "2026-09-15", 1234, 5, 0.01),  # Excel's day 46280
        ("", "MFN", "late_shipment", None, None, 30, 1, 0.04),
    ]


def test_headers_in_chinese_are_known():
    found = recognise(["站点", "配送渠道", "指标", "开始日期", "结束日期", "订单数", "数量", "目标"])
    assert (found.kind, len(found.fields)) == ("performance", 8)


def test_report_and_table_give_the_same_table():
    late = span("2026-09-01T00:00Z", "2026-09-30T23:59Z") | {
        "orderCount": 250,
        "lateShipmentCount": 6,
        "targetValue": 0.04,
    }
    one = read(report(orderDefectRate={"mfn": defects()}, lateShipmentRate=late)).table.drop(columns="row")
    cells = [[None if v is pd.NaT or v != v else v for v in row] for row in one.itertuples(index=False)]
    pd.testing.assert_frame_equal(read_range([HEADER, *cells]).table.drop(columns="row"), one)


def test_amazons_own_date_texts_keep_their_utc_days():
    found = read_range([HEADER, ["US", "MFN", "ODR", "2026-07-18T00:00Z", "2026-09-15T23:59Z", 1, 1, ""]])
    assert rows(found, "from_date", "to_date") == [("2026-07-18", "2026-09-15")]


def test_unknown_marketplace_and_metric_stay_with_a_note():
    found = read_range([HEADER, ["A3UNKNOWN", "MFN", "Invoice defect rate", "", "", 5, 1, ""]])
    assert rows(found, "marketplace", "metric") == [("A3UNKNOWN", "Invoice defect rate")]
    assert [(p.value, p.severity) for p in found.problems] == [("A3UNKNOWN", "note"), ("Invoice defect rate", "note")]


def test_bad_cells_are_told_with_their_place():
    found = read_range([HEADER, ["US", "MFN", "", "", "", "few", 1.5, "soon"]])
    assert notes(found) == [
        "row 2, column C: the row names no metric. Fill it in or delete the row.",
        'row 2, column F: "few" isn\'t a count. Type the number that Amazon shows.',
        'row 2, column G: "1.5" isn\'t a count. Type the number that Amazon shows.',
        'row 2, column H: "soon" isn\'t a target. Type it as Amazon shows it, such as 4%.',
    ]


def test_empty_table_of_the_workbook_is_an_empty_table():
    found = read_range([HEADER, [None] * 8], kind="performance")
    assert (len(found.table), found.problems) == (0, ())


def test_table_without_metrics_is_refused_with_what_it_needs():
    with pytest.raises(UnknownReport, match="seller performance report needs a Metric column"):
        read_range([["Marketplace", "Orders"], ["US", 5]], kind="performance")


@pytest.mark.parametrize(("key", "words"), METRICS.items())
def test_every_word_of_a_metric_leads_to_it(key, words):
    for word in (key, key.upper(), f"{key}_rate", *words):
        assert metric_named(word) == key
        assert metric_named(f" {word.lower()} ") == key


def test_no_word_belongs_to_two_metrics():
    names = [word.casefold() for words in METRICS.values() for word in words]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (1234, 1234), (1234.0, 1234), ("1,234", 1234), ("1.234", 1234), ("1 234", 1234), ("1\u00a0234,", None),
        ("1,234,567", 1234567), ("1,234.567", None), ("12,34", None), ("１２", 12), ("12.0", 12), ("0", 0), (0.5, None),
        (-1, None), ("-1", None), (True, None), (float("inf"), None), (float("nan"), "blank"), ("", "blank"),
        (None, "blank"), ("about 5", None),
    ],
)  # fmt: skip
def test_counts_are_read_as_people_write_them(cell, expected):
    found = whole_number(cell)
    assert (found is not None and found != found) if expected == "blank" else found == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (0.01, 0.01), ("0.01", 0.01), ("1%", 0.01), ("１％", 0.01), (1, 0.01), ("1", 0.01), ("2,5 %", 0.025),
        ("under 4%", 0.04), ("<4%", 0.04),
        ("低于4%", 0.04), ("高于 95%", 0.95), (95, 0.95), (2.5, 0.025), (0, 0), (1e-5, 1e-5), (101, None),
        (-0.01, None), ("0.5%", 0.005), (True, None), ("soon", None), ("", "blank"), (None, "blank"),
        (float("nan"), "blank"),
    ],
)  # fmt: skip
def test_targets_are_fractions_or_percent(cell, expected):
    found = fraction(cell)
    assert (found is not None and found != found) if expected == "blank" else found == expected
