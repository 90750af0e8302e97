"""Whole report files: what gets into the table, on which day, and what is told about the rest. All ids are invented."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from files import ALL_ORDERS, FEEDBACK, ORDER_REPORT, lines, names, order, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odr_xl.errors import InputError, UnknownReport, UsageError
from odr_xl.readers.reading import Reading
from odr_xl.readers.reports import read_bytes, read_report
from odr_xl.readers.sources import Source

ID = "701-0000001-0000001"


def read(text: str | bytes, *, marketplace: str | None = None, zone: str | None = None) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return read_bytes(Source("f.txt", data, True), marketplace=marketplace, zone=zone)


def column(reading: Reading, name: str) -> list[str]:
    values = reading.table[name]
    if values.dtype.kind == "M":
        return ["" if pd.isna(v) else f"{v:%Y-%m-%d}" for v in values]
    return list(values)


def errors(reading: Reading) -> list[str]:
    return [str(p) for p in reading.problems if p.severity == "error"]


# --- what a table looks like -----------------------------------------------------------------------------------------


def test_all_orders_gives_its_tidy_columns() -> None:
    table = read(lines(ALL_ORDERS, [order(1), order(2, order_status="Cancelled", quantity="3")])).table
    assert table.iloc[1].drop("order_date").to_dict() == {
        "order_id": "701-0000002-0000002",
        "order_status": "Cancelled",
        "item_status": "Shipped",
        "channel": "AFN",
        "sales_channel": "Amazon.com",
        "marketplace": "US",
        "sku": "TEA-2",
        "asin": "B00TEAPOT1",
        "product_name": "Blue teapot",
        "ship_service": "Expedited",
        "region": "WA",
        "quantity": 3.0,
        "row": 3,
    }
    assert table["order_date"].dtype == np.dtype("M8[s]")
    assert table["order_id"].dtype == object
    assert table["quantity"].dtype == np.float64
    assert table["row"].dtype == np.int64


def test_file_name_and_extension_are_irrelevant(tmp_path: Path) -> None:
    # A feedback download that was saved as orders.csv is still feedback.
    text = lines(FEEDBACK, [["8/5/26", "1", "broken", "", ID, "PERSONAL@example.org"]])
    reading = read_report(write(tmp_path / "all_orders.csv", text), marketplace="US")
    assert reading.kind == "feedback"
    assert reading.source == "all_orders.csv"


@pytest.mark.parametrize("separator", [",", ";", "|"])
def test_quoted_table_is_read_with_any_separator(separator: str) -> None:
    text = f'Order ID;Date;Chargeback\n"{ID}";"2026-08-01";"yes; ""two""\nlines"\n'
    reading = read(text.replace(";", separator))
    assert column(reading, "order_id") == [ID]
    assert column(reading, "chargeback") == [True]
    assert reading.problems == ()


def test_stray_quotes_in_a_tab_separated_report_are_letters() -> None:
    rows = [
        ["2026-08-05", "1", '"broken', "", ID, ""],
        ["2026-08-06", "2", 'a 12" pipe', '"', "701-0000002-0000002", ""],
    ]
    reading = read(lines(FEEDBACK, rows))
    assert column(reading, "order_id") == [ID, "701-0000002-0000002"]
    assert column(reading, "comments") == ['"broken', 'a 12" pipe']
    assert reading.rows_unusable == 0


def test_quotes_that_excel_puts_around_cells_of_tab_separated_text_come_off() -> None:
    rows = [["2026-08-05", "1", '"cracked, ""badly"""', "", f'"{ID}"', ""]]
    reading = read(lines(FEEDBACK, rows))
    assert column(reading, "comments") == ['cracked, "badly"']
    assert column(reading, "order_id") == [ID]


def test_report_whose_cells_are_all_quoted_is_unquoted() -> None:
    text = lines([f'"{h}"' for h in FEEDBACK], [['"2026-08-05"', '"1"', '"bro\tken"', '""', f'"{ID}"', '""']])
    reading = read(text)
    assert column(reading, "comments") == ["bro\tken"]
    assert column(reading, "order_id") == [ID]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_of_every_system_are_read(ending: str) -> None:
    reading = read(lines(ALL_ORDERS, [order(1), order(2)]).replace("\n", ending))
    assert column(reading, "row") == [2, 3]
    assert column(reading, "region") == ["WA", "WA"]


def test_last_line_needs_no_line_break() -> None:
    reading = read(lines(ALL_ORDERS, [order(1)]).rstrip("\n"))
    assert reading.rows_read == 1
    assert reading.problems == ()


def test_blank_lines_are_not_rows_and_rows_keep_their_line_numbers() -> None:
    _, first, second, _ = lines(ALL_ORDERS, [order(1), order(2)]).split("\n")
    blank = "\t" * (len(ALL_ORDERS) - 1)
    reading = read("\n".join(["\t".join(ALL_ORDERS), first, "", blank, " ", second, ""]))
    assert column(reading, "row") == [2, 6]
    assert (reading.rows_read, reading.rows_unusable) == (2, 0)


def test_title_above_the_header_is_passed_over() -> None:
    reading = read(f"Orders with defects\n\nOrder ID,Order Date,Late Shipment,Negative Feedback\n{ID},2026-08-01,X,\n")
    assert reading.kind == "account_health"
    assert column(reading, "row") == [4]


def test_single_space_is_blank() -> None:
    headers = ["Order ID", "Return request date", "A-to-Z Claim", "Return Reason", "Merchant SKU", "Return quantity"]
    reading = read(lines(headers, [[ID, "03-Aug-2026", " ", " ", " ", " "]]))
    assert reading.table[["a_to_z_claim", "reason", "sku"]].values.tolist() == [[False, "", ""]]
    assert np.isnan(reading.table["quantity"][0])
    assert reading.problems == ()


# --- privacy ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        lines(ALL_ORDERS, [order(1)]),
        lines(FEEDBACK, [["2026-08-05", "1", "broken", "sorry", ID, "PERSONAL@example.org"]]),
        lines(
            ORDER_REPORT,
            [
                [
                    ID,
                    "1",
                    "2026-08-01",
                    "",
                    "PERSONAL",
                    "PERSONAL",
                    "PERSONAL",
                    "S",
                    "Pot",
                    "1",
                    "Std",
                    "PERSONAL",
                    "PERSONAL",
                    "PERSONAL",
                    "WA",
                    "PERSONAL",
                    "US",
                ]
            ],
        ),
    ],
)
def test_personal_cells_never_reach_the_table(text: str) -> None:
    reading = read(text)
    assert reading.rows_read == len(reading.table) == 1
    assert "PERSONAL" not in reading.table.to_csv()
    assert "PERSONAL" not in "".join(map(str, reading.problems))


def test_tab_inside_a_text_never_moves_an_email_into_the_table() -> None:
    rows = [
        ["2026-08-05", "1", "bro", "ken", "", ID, "PERSONAL@example.org"],
        ["2026-08-05", "1", "first half"],
        ["second half", "", ID, "PERSONAL@example.org"],
    ]
    reading = read(lines(FEEDBACK, rows))
    assert len(reading.table) == 0
    assert (reading.rows_read, reading.rows_unusable) == (3, 3)
    assert "PERSONAL" not in "".join(map(str, reading.problems))


def test_order_report_with_a_shifted_line_never_shows_its_buyer() -> None:
    cells = [
        ID,
        "1",
        "2026-08-01",
        "",
        "PERSONAL",
        "PERSONAL",
        "PERSONAL",
        "S",
        "Pot",
        "1",
        "Std",
        "PERSONAL",
        "PERSONAL",
        "PERSONAL",
        "WA",
        "PERSONAL",
        "US",
    ]
    reading = read(lines(ORDER_REPORT, [[*cells[:2], "extra", *cells[2:]], cells[4:]]))
    assert len(reading.table) == 0
    assert reading.rows_unusable == 2
    assert "PERSONAL" not in "".join(map(str, reading.problems))


# --- marketplaces and days -------------------------------------------------------------------------------------------


def test_each_row_falls_on_the_day_of_its_own_marketplace() -> None:
    stamp = "2026-08-01T03:00:00+00:00"  # 31 July 20:00 in Los Angeles, 1 August 05:00 in Berlin, 12:00 in Tokyo
    sites = ["Amazon.com", "Amazon.de", "Amazon.co.jp", "Non-Amazon US", ""]
    reading = read(lines(ALL_ORDERS, [order(i, purchase_date=stamp, sales_channel=s) for i, s in enumerate(sites)]))
    assert column(reading, "order_date") == ["2026-07-31", "2026-08-01", "2026-08-01", "2026-08-01", "2026-08-01"]
    assert column(reading, "marketplace") == ["US", "DE", "JP", "", ""]
    assert column(reading, "sales_channel") == sites


def test_zone_of_the_caller_wins_over_the_marketplaces() -> None:
    text = lines(ALL_ORDERS, [order(1, purchase_date="2026-08-01T03:00:00+00:00")])
    assert column(read(text, zone="UTC"), "order_date") == ["2026-08-01"]
    assert column(read(text, zone="Europe/Berlin", marketplace="US"), "order_date") == ["2026-08-01"]


def test_marketplace_of_the_caller_serves_rows_that_name_none() -> None:
    text = lines(
        ALL_ORDERS,
        [order(1, sales_channel="", purchase_date="2026-08-01T03:00:00+00:00"), order(2, sales_channel="Amazon.ca")],
    )
    reading = read(text, marketplace="Amazon.co.uk")
    assert column(reading, "marketplace") == ["UK", "CA"]
    assert column(reading, "order_date") == ["2026-08-01", "2026-08-01"]


def test_table_without_sales_channels_has_the_callers_marketplace_or_none() -> None:
    text = f"Order ID,Date,Chargeback\n{ID},2026-08-01,\n"
    assert column(read(text, marketplace="DE"), "marketplace") == ["DE"]
    assert "marketplace" not in read(text).table


#: How the fifth of June is written in the feedback report of each marketplace.
@pytest.mark.parametrize(
    ("marketplace", "written"),
    [
        ("US", "6/5/26"),
        ("CA", "5/6/26"),
        ("UK", "5/6/26"),
        ("DE", "5.6.26"),
        ("JP", "26/6/5"),
        ("SE", "2026-06-05"),
        ("IN", "05/06/26"),
    ],
)
def test_feedback_is_read_in_the_marketplaces_own_date_order(marketplace: str, written: str) -> None:
    reading = read(lines(FEEDBACK, [[written, "1", "", "", ID, ""]]), marketplace=marketplace)
    assert column(reading, "feedback_date") == ["2026-06-05"]
    assert reading.problems == ()


def test_feedback_without_a_marketplace_asks_for_it_when_a_date_could_be_two_days() -> None:
    reading = read(lines(FEEDBACK, [["5/6/26", "1", "", "", ID, ""]]))
    assert column(reading, "feedback_date") == [""]
    assert errors(reading) == [
        'f.txt, line 2: "5/6/26" could be two different days. '
        "Say which marketplace the file is from, or use YYYY-MM-DD."
    ]
    assert reading.rows_unusable == 0  # the order id still joins it to its order


def test_unknown_marketplace_and_zone_are_usage_errors() -> None:
    text = lines(ALL_ORDERS, [order(1)])
    with pytest.raises(UsageError, match="Atlantis"):
        read(text, marketplace="Atlantis")
    with pytest.raises(UsageError, match="Mars"):
        read(text, zone="Mars")


@pytest.mark.parametrize(
    ("encoding", "marketplace"),
    [("utf-8-sig", "JP"), ("utf-16", None), ("utf-16-le", None), ("cp932", "JP"), ("cp932", None)],
)
def test_japanese_feedback_is_read_in_every_encoding(encoding: str, marketplace: str | None) -> None:
    text = lines(
        names("日付|評価|コメント|返信|注文番号|評価者のEメール", "|"),
        [["2026/8/1", "１", "こわれていました", "", ID, "x@example.org"]],
    )
    reading = read(text.encode(encoding), marketplace=marketplace)
    assert reading.table[["order_id", "rating", "comments"]].values.tolist() == [[ID, 1.0, "こわれていました"]]


# --- the kinds -------------------------------------------------------------------------------------------------------


def test_order_report_fills_in_continuation_lines() -> None:
    def line(order_id: str, date: str, sku: str, state: str) -> dict[str, str]:
        return {
            "order-id": order_id,
            "order-item-id": "9",
            "purchase-date": date,
            "sku": sku,
            "ship-state": state,
            "quantity-purchased": "1",
            "product-name": "Pot",
        }

    rows = [
        line(ID, "2026-08-01T10:50:49-07:00", "A", "WA"),
        line("", "", "B", ""),
        line(ID, "", "C", ""),
        line("701-0000002-0000002", "2026-08-02T23:30:00-07:00", "D", ""),
        line("", "", "E", ""),
    ]
    reading = read(lines(ORDER_REPORT, rows), marketplace="US")
    assert column(reading, "order_id") == [ID] * 3 + ["701-0000002-0000002"] * 2
    assert column(reading, "order_date") == ["2026-08-01"] * 3 + ["2026-08-02"] * 2
    assert column(reading, "region") == ["WA", "WA", "WA", "", ""]
    assert column(reading, "channel") == ["MFN"] * 5
    assert reading.problems == ()


def test_returns_of_both_channels_know_their_channel() -> None:
    headers = names(
        "return-date order-id sku asin fnsku quantity fulfillment-center-id detailed-disposition reason "
        "customer-comments"
    )
    fba = read(
        lines(
            headers,
            [["2026-08-03T15:31:40+00:00", ID, "S", "A", "F", "1", "AB1", "DEFECTIVE", "SWITCHEROO", "wrong pot"]],
        )
    )
    assert fba.table.drop(columns=["return_date"]).iloc[0].to_dict() == {
        "order_id": ID,
        "sku": "S",
        "asin": "A",
        "quantity": 1.0,
        "disposition": "DEFECTIVE",
        "reason": "SWITCHEROO",
        "comments": "wrong pot",
        "channel": "AFN",
        "row": 2,
    }
    assert column(fba, "return_date") == ["2026-08-03"]
    mfn = read(
        lines(["Order ID", "Return request date", "A-to-Z Claim"], [[ID, "03-Aug-2026", "Y"], [ID, "4-Aug-2026", "N"]])
    )
    assert column(mfn, "channel") == ["MFN", "MFN"]
    assert column(mfn, "a_to_z_claim") == [True, False]
    assert column(mfn, "return_date") == ["2026-08-03", "2026-08-04"]


def test_account_health_marks_are_read_in_every_spelling() -> None:
    headers = (
        "Order Id,Order Date,Fulfilled By,Pre-fulfillment Cancellation,Late Shipment,Negative Feedback,"
        "A-to-z Guarantee claim,Chargeback claim"
    )
    reading = read(f"{headers}\n{ID},2026-08-01,Seller,,X,Has defect,2026-08-09,no\n")
    assert reading.kind == "account_health"
    assert reading.table.drop(columns=["order_date"]).iloc[0].to_dict() == {
        "order_id": ID,
        "channel": "MFN",
        "negative_feedback": True,
        "a_to_z_claim": True,
        "chargeback": False,
        "late_shipment": True,
        "cancellation": False,
        "row": 2,
    }


def test_legacy_feedback_grid_finds_its_response_and_order() -> None:
    headers = names(
        "Date|Rating|Comments|Arrived On Time|Item as Described|Customer Service|Order Id|Rater Email|Rater Role|"
        "Response",
        "|",
    )
    reading = read(
        lines(headers, [["8/1/26", "2", "late", "No", "Yes", "-", ID, "x@example.org", "Buyer", "sorry"]]),
        marketplace="US",
    )
    assert reading.table.drop(columns="feedback_date").iloc[0].to_dict() == {
        "order_id": ID,
        "rating": 2.0,
        "comments": "late",
        "response": "sorry",
        "row": 2,
    }


@pytest.mark.parametrize("rating", ["0", "6", "bad", "-1"])
def test_rating_outside_one_to_five_is_told(rating: str) -> None:
    reading = read(lines(FEEDBACK, [["2026-08-01", rating, "", "", ID, ""]]))
    assert np.isnan(reading.table["rating"][0])
    assert errors(reading) == [f'f.txt, line 2: "{rating}" isn\'t a rating. Use 1 to 5 stars.']


def test_claims_and_chargebacks_typed_by_hand_are_read() -> None:
    claims = read(f"Order ID,Claim Date,Claim Status,Reason\n{ID},2026-08-09,Closed/Denied,not received\n")
    assert claims.kind == "claims"
    assert claims.table[["status", "reason"]].values.tolist() == [["Closed/Denied", "not received"]]
    charged = read(f"Order ID,Chargeback Date,Type,Status\n{ID},2026-08-09,Service,lost\n")
    assert charged.kind == "chargebacks"
    assert charged.table[["type", "status"]].values.tolist() == [["Service", "lost"]]
    assert column(charged, "chargeback_date") == ["2026-08-09"]


def test_ledger_and_days_come_back_as_they_were() -> None:
    ledger = read(
        "order_id,order_date,channel,marketplace,sku,cause,counts,rule,source,source_row,event_date,detail,leaves_on\n"
        f"{ID},2026-08-01,AFN,US,TEA-1,chargeback,amazon,service: counts,Chargebacks,2,2026-08-09,,2026-10-15\n"
    )
    assert ledger.kind == "events"
    assert ledger.table[["cause", "counts", "source_row"]].values.tolist() == [["chargeback", "amazon", 2.0]]
    assert column(ledger, "leaves_on") == ["2026-10-15"]
    days = read(
        "order_date,channel,marketplace,orders,defective,negative_feedback,pending,remark\n"
        "2026-08-01,AFN,US,40,2,1,3,x\n"
    )
    assert days.kind == "days"
    assert days.table.drop(columns="order_date").iloc[0].to_dict() == {
        "channel": "AFN",
        "marketplace": "US",
        "orders": 40,
        "defective": 2,
        "negative_feedback": 1,
        "pending": 3,
        "row": 2,
    }
    assert days.table["orders"].dtype == np.int64


def test_days_with_a_count_that_is_none_is_told() -> None:
    reading = read("order_date,orders,defective\n2026-08-01,forty,2\n2026-08-02,40,-1\n")
    assert [e.split(": ", 1)[1] for e in errors(reading)] == [
        '"forty" isn\'t a count. Run ODR_DAYS again.',
        '"-1" isn\'t a count. Run ODR_DAYS again.',
    ]


def test_events_with_an_unknown_cause_are_told() -> None:
    reading = read(f"Order ID,Order Date,Cause\n{ID},2026-08-01,A-to-z claim\n{ID},2026-08-01,aliens\n")
    assert column(reading, "cause") == ["a_to_z_claim", "aliens"]
    assert len(errors(reading)) == 1
    assert '"aliens" isn\'t a cause' in errors(reading)[0]


# --- hand-made marks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "cells", "causes"),
    [
        ("Negative feedback,A-to-Z claim,Chargeback", "X,,no", {"negative_feedback"}),
        ("Returned (defect),Cancelled (defect)", "1,0", {"defect_return"}),
        ("Returned (defect),Cancelled (defect)", ",TRUE", {"defect_cancellation"}),
        ("defect", "yes", {"defect_return"}),
        ("defect", "no", set()),
        ("defect", "A-to-Z claim", {"a_to_z_claim"}),
        ("defect", "Late shipment", set()),
        ("defect,reason", "yes,1 star feedback", {"negative_feedback"}),
        ("defect,reason", "no,1 star feedback", set()),
        ("defect,order status", "X,Cancelled", {"defect_cancellation"}),
        ("defect,Chargeback", "X,X", {"chargeback"}),
        ("reason", "wrong item", {"defect_return"}),
        ("reason", "chargeback", {"chargeback"}),
        ("reason", "NO_LONGER_NEEDED", set()),
        ("reason", "", set()),
        ("缺陷", "是", {"defect_return"}),
        ("Negative Bewertung,A-bis-Z-Antrag", "ja,nein", {"negative_feedback"}),
    ],
)
def test_marks_of_a_hand_made_table_become_causes(headers: str, cells: str, causes: set[str]) -> None:
    table = read(f"Order ID,Date,{headers}\n{ID},2026-08-01,{cells}\n").table
    marked = {c for c in table.columns if table[c].dtype == bool and table[c][0]}
    assert marked == causes
    assert "defect" not in table


def test_mark_that_shows_a_broken_formula_is_told() -> None:
    reading = read(f"Order ID,Date,Chargeback\n{ID},2026-08-01,#REF!\n{ID},2026-08-01,#N/A\n")
    assert column(reading, "chargeback") == [False, False]
    assert len(errors(reading)) == 1
    assert errors(reading)[0].startswith('f.txt, line 2: "#REF!" is an Excel error')


# --- bad input -------------------------------------------------------------------------------------------------------


def test_header_alone_is_an_empty_table_with_a_note() -> None:
    for text in (lines(ALL_ORDERS, []), lines(FEEDBACK, []), "\t".join(FEEDBACK), "Order ID,Date\n"):
        reading = read(text)
        assert (len(reading.table), reading.rows_read, reading.rows_unusable) == (0, 0, 0)
        (note,) = reading.problems
        assert note.severity == "note"
        assert "no rows" in str(note)
        assert reading.table["order_id"].dtype == object


def test_unknown_report_names_the_file_and_its_headers() -> None:
    with pytest.raises(UnknownReport, match=r"^f\.txt: .*campaign, clicks") as error:
        read("campaign,clicks\nx,1\n")
    assert "All Orders report" in str(error.value)


@pytest.mark.parametrize("text", ["hello", "\ufeff\n\n", "a,b\n" * 3, '"', "\t\t\t\n", ",,,,"])
def test_text_that_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read(text)


def test_order_id_that_excel_damaged_is_refused_with_the_remedy() -> None:
    text = f"Order ID,Date,Chargeback\n7.01E+16,2026-08-01,X\n{ID},2026-08-01,X\n70100000010000000,2026-08-01,X\n"
    reading = read(text)
    assert column(reading, "order_id") == [ID]
    assert (reading.rows_read, reading.rows_unusable) == (3, 2)
    assert [e.split(":")[0] for e in errors(reading)] == ["f.txt, line 2", "f.txt, line 4"]
    assert all("From Text/CSV" in e and "set to Text" in e for e in errors(reading))


def test_row_without_an_order_id_is_counted_and_told() -> None:
    reading = read(lines(ALL_ORDERS, [order(1), order(2) | {"amazon-order-id": " "}, order(3)]))
    assert column(reading, "row") == [2, 4]
    assert (reading.rows_read, reading.rows_unusable) == (3, 1)
    assert errors(reading) == ["f.txt, line 3: the row has no order id. Fill it in or delete the row."]


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("31/02/2026", "isn't a date"),
        ("0000-01-01T00:00:00+00:00", "between 1995 and 2100"),
        ("9999-12-31T23:59:59Z", "between 1995 and 2100"),
        ("", "has no date"),
    ],
)
def test_order_with_a_bad_date_stays_without_a_day_and_is_told(date: str, words: str) -> None:
    reading = read(lines(ALL_ORDERS, [order(1, purchase_date=date)]))
    assert column(reading, "order_date") == [""]
    assert (reading.rows_read, reading.rows_unusable) == (1, 0)
    (told,) = errors(reading)
    assert told.startswith("f.txt, line 2: ")
    assert words in told


def test_unknown_channel_is_told_once_a_word() -> None:
    rows = [order(i, fulfillment_channel=c) for i, c in enumerate(["Pigeon", "Pigeon", "amazon", "Owl"])]
    reading = read(lines(ALL_ORDERS, rows))
    assert column(reading, "channel") == ["", "", "AFN", ""]
    assert [e.split('"')[1] for e in errors(reading)] == ["Pigeon", "Owl"]


def test_truncated_file_names_its_last_line() -> None:
    whole = lines(ALL_ORDERS, [order(1), order(2), order(3)])
    after_id = read(whole[: whole.index("TEA-3")])
    assert column(after_id, "order_id")[-1] == "701-0000003-0000003"
    (told,) = errors(after_id)
    assert told.startswith("f.txt, line 4: the file ends in the middle of a line")
    inside_id = read(whole[: whole.index("701-0000003") + 9])
    assert (inside_id.rows_read, inside_id.rows_unusable) == (3, 1)
    assert "no whole order id" in errors(inside_id)[0]


def test_every_cut_of_a_file_leaves_no_row_uncounted() -> None:
    whole = lines(
        FEEDBACK, [["2026-08-05", "1", "a", "b", f"701-000000{i}-0000001", "x@example.org"] for i in range(3)]
    )
    header = len(whole.split("\n")[0])
    for cut in range(header, len(whole)):
        reading = read(whole[:cut])
        started = sum(bool(line.strip()) for line in whole[:cut].split("\n")[1:])
        assert reading.rows_read == started
        assert len(reading.table) + reading.rows_unusable == started


def test_lines_that_are_short_inside_a_file_are_noted_once() -> None:
    text = lines(
        ["Order ID", "Date", "Chargeback", "defect"],
        [[ID, "2026-08-01"], [ID, "2026-08-02"], [ID, "2026-08-03", "X", "X"]],
    )
    reading = read(text)
    assert len(reading.table) == 3
    (note,) = reading.problems
    assert note.severity == "note"
    assert "2 of 4 columns, and 1 more lines too" in str(note)


def test_line_with_blank_cells_too_many_is_used() -> None:
    reading = read(lines(ALL_ORDERS, [order(1)]).rstrip("\n") + "\t\t \n")
    assert len(reading.table) == 1
    assert reading.problems == ()


def test_cell_of_ten_million_characters_is_told_and_the_rest_is_read() -> None:
    rows = [order(1), order(2, product_name="x" * 10_000_000), order(3)]
    reading = read(lines(ALL_ORDERS, rows))
    assert column(reading, "row") == [2, 4]
    assert (reading.rows_read, reading.rows_unusable) == (3, 1)
    assert errors(reading)[0].startswith("f.txt, line 3: the line is too long")
    assert len(errors(reading)[0]) < 300


def test_header_of_ten_million_characters_is_refused() -> None:
    with pytest.raises(UnknownReport) as error:
        read("x" * 10_000_000 + "\n1\n")
    assert len(str(error.value)) < 1000


def test_quote_that_is_never_closed_costs_one_line_and_not_the_file() -> None:
    rows = [f"701-000000{i}-0000001,2026-08-0{i},X" for i in range(1, 8)]
    rows[2] = '701-0000003-0000001,2026-08-03,"oops'
    rows[4] = '"701-0000005-0000001","2026-08-05","a ""good""\nquote"'
    reading = read("Order ID,Date,Chargeback\n" + "\n".join(rows) + "\n")
    assert [i[:11] for i in column(reading, "order_id")] == [f"701-000000{i}" for i in range(1, 8)]
    assert column(reading, "row") == [2, 3, 4, 5, 6, 8, 9]
    assert reading.rows_read == 7


def test_ten_million_characters_in_quotes_are_told_and_the_rest_is_read() -> None:
    text = f'Order ID,Date,Chargeback\n{ID},2026-08-01,"{"x" * 10_000_000}"\n701-0000002-0000002,2026-08-01,X\n'
    reading = read(text)
    assert column(reading, "order_id") == ["701-0000002-0000002"]
    assert (reading.rows_read, reading.rows_unusable) == (2, 1)


def test_many_broken_quotes_neither_hang_nor_lose_rows() -> None:
    text = "Order ID,Date,Chargeback\n" + "".join(f'701-{i:07d}-0000001,2026-08-01,"x\n' for i in range(30_000))
    reading = read(text)
    assert reading.rows_read == 30_000
    assert len(reading.table) + reading.rows_unusable == 30_000


def test_text_after_a_closing_quote_costs_nothing() -> None:
    reading = read(f'Order ID,Date,Chargeback\n{ID},2026-08-01,"a"b\n701-0000002-0000002,2026-08-01,X\n')
    assert column(reading, "chargeback") == [True, True]
    assert reading.rows_unusable == 0


def test_excels_separator_line_is_passed_over() -> None:
    reading = read(f"sep=;\nOrder ID;Date;Chargeback\n{ID};1.8.26;X\n")
    assert column(reading, "order_date") == ["2026-08-01"]
    assert column(reading, "row") == [3]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from([ALL_ORDERS, FEEDBACK, ORDER_REPORT]), st.sampled_from(["\t", ","]))
def test_any_bytes_after_a_header_are_read_or_refused_and_every_row_is_counted(
    tail: bytes, headers: list[str], separator: str
) -> None:
    data = separator.join(headers).encode() + b"\n" + tail
    try:
        reading = read(data, marketplace="US")
    except InputError as error:
        assert str(error).startswith("f.txt: ")
        return
    assert len(reading.table) + reading.rows_unusable == reading.rows_read
    assert len([p for p in reading.problems if p.severity == "error"]) >= reading.rows_unusable


def test_rows_of_a_large_report_are_all_there() -> None:
    count = 30_000
    reading = read(lines(ALL_ORDERS, [order(i) for i in range(count)]))
    assert reading.rows_read == len(reading.table) == reading.table["order_id"].nunique() == count
    assert reading.table["row"].tolist() == list(range(2, count + 2))
