"""Cell ranges as Excel hands them over, in the shapes of its two clients, and what becomes of each cell.

Shapes: Excel on Windows gives datetimes and None (xlwings over COM); Excel for the web gives serial numbers and ""
(Office.js). Serial 46235 is 2026-08-01 in Excel's 1900 calendar: 46023 is 2026-01-01, and 212 days lie between them
(31+28+31+30+31+30+31). All order ids are invented.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.errors import InputError, UnknownReport
from odr_xl.labels import word
from odr_xl.readers.blocks import Block
from odr_xl.readers.columns import BLOCK_ROWS
from odr_xl.readers.ranges import read_range

ID1, ID2, ID3 = "111-0000001-0000001", "222-0000002-0000002", "333-0000003-0000003"
HEADER = ["Order ID", "Order Date", "SKU", "Negative Feedback", "A-to-z Guarantee claim", "Chargeback claim"]
CLASSIC = [
    HEADER,
    [ID1, dt.datetime(2026, 8, 1), "A", None, True, None],
    [ID2, dt.datetime(2026, 8, 2), None, "X", None, None],
    [ID3, dt.datetime(2026, 8, 3, 23, 59), "B", None, False, dt.datetime(2026, 9, 1)],
]
LITE = [
    HEADER,
    [ID1, 46235.0, "A", "", True, ""],
    [ID2, 46236.0, "", "X", "", ""],
    [ID3, 46237.999, "B", "", False, 46266.0],
]
SHAPES = pytest.mark.parametrize("rows", [CLASSIC, LITE], ids=["classic", "lite"])
BLANKS = pytest.mark.parametrize("blank", [None, ""], ids=["classic", "lite"])


def days(table: pd.DataFrame, column: str = "order_date") -> list[str]:
    return [str(day)[:10] for day in table[column]]


def sentences(rows: Any, **options: Any) -> list[str]:
    return [str(problem) for problem in read_range(rows, **options).problems]


def check_three_orders(rows: Any, **options: Any) -> None:
    reading = read_range(rows, **options)
    table = reading.table
    assert reading.kind == "orders"
    assert table["order_id"].tolist() == [ID1, ID2, ID3]
    assert days(table) == ["2026-08-01", "2026-08-02", "2026-08-03"]
    assert table["sku"].tolist() == ["A", "", "B"]
    assert table["negative_feedback"].tolist() == [False, True, False]
    assert table["a_to_z_claim"].tolist() == [True, False, False]
    assert table["chargeback"].tolist() == [False, False, True]
    assert (reading.rows_read, reading.rows_unusable, reading.problems) == (3, 0, ())


@SHAPES
def test_both_clients_give_the_same_table(rows: list[list[Any]]) -> None:
    check_three_orders(rows)


@SHAPES
@pytest.mark.parametrize(
    "form",
    [
        lambda rows: rows,
        lambda rows: tuple(tuple(row) for row in rows),
        lambda rows: [tuple(row) for row in rows],
        lambda rows: np.array(rows, dtype=object),
        lambda rows: pd.DataFrame(rows[1:], columns=rows[0]),
        lambda rows: pd.DataFrame(rows[1:], columns=rows[0]).set_index("Order ID"),
        lambda rows: Block(rows, "Orders"),
        lambda rows: [["My orders", None], [None], *rows],
        lambda rows: [["My orders"], ["in August"], [""], ["by me"], [], *rows],
        lambda rows: [*rows, *[[None] * 6] * 5000],
        lambda rows: [*rows, *[[""] * 6] * 5000, [" "] * 6],
        lambda rows: [rows[0], [None] * 6, rows[1], [""] * 6, ["", " ", None, "", "", ""], *rows[2:]],
        lambda rows: [[row[i] for i in (4, 0, 2, 5, 1, 3)] for row in rows],
        lambda rows: [[*row, "more", 1.0] for row in rows],
        lambda rows: [["\ufeff" + rows[0][0], *rows[0][1:]], *rows[1:]],
        lambda rows: [[h.upper().replace(" ", "_") for h in rows[0]], *rows[1:]],
    ],
)
def test_every_form_of_a_range_gives_the_same_table(rows: list[list[Any]], form: Any) -> None:
    check_three_orders(form(rows))


def test_rows_are_numbered_from_the_top_of_the_range_with_titles_and_blank_rows_counted() -> None:
    rows = [["August"], *CLASSIC[:2], [None] * 6, *CLASSIC[2:]]
    assert read_range(rows).table["row"].tolist() == [3, 5, 6]


def test_rows_of_a_block_are_numbered_as_on_the_sheet() -> None:
    assert read_range(Block(CLASSIC, "Orders", row=10, column=2)).table["row"].tolist() == [11, 12, 13]


def test_a_whole_column_range_reads_like_the_cells_that_are_filled() -> None:
    check_three_orders([*CLASSIC, *[[None] * 6] * (1_048_576 - len(CLASSIC))])


def test_short_rows_are_blank_at_their_end() -> None:
    rows = [HEADER[:1] + HEADER[3:], [ID1, "X"], [ID2], [ID3, None, None, "X", "beyond"]]
    table = read_range(rows).table
    assert table["negative_feedback"].tolist() == [True, False, False]
    assert table["chargeback"].tolist() == [False, False, True]


@pytest.mark.parametrize("flat", [[*HEADER], tuple(HEADER), np.array(HEADER)])
def test_one_row_given_flat_is_a_header_without_data(flat: Any) -> None:
    reading = read_range(flat)
    assert (reading.kind, len(reading.table), reading.rows_read) == ("orders", 0, 0)
    assert reading.table.columns.tolist()[:2] == ["order_id", "order_date"]


def test_one_column_given_flat_is_read_as_a_column() -> None:
    table = read_range(["Order ID", ID1, None, ID2, None], kind="orders").table
    assert table["order_id"].tolist() == [ID1, ID2]
    assert table["row"].tolist() == [2, 4]


@pytest.mark.parametrize("cell", ["order id", [["order id"]], ["order id"], (("order id",),)])
def test_one_cell_is_a_header_without_data(cell: Any) -> None:
    assert len(read_range(cell, kind="claims").table) == 0


@pytest.mark.parametrize("rows", [None, "", [], [[]], [[None, None]], ["", ""], (), [[" "]] * 3000])
def test_a_blank_range_is_refused(rows: Any) -> None:
    with pytest.raises(InputError, match=r"The range is blank\. Select the cells of the report with its header row"):
        read_range(rows)


def test_a_blank_range_is_named_by_its_sheet() -> None:
    with pytest.raises(InputError, match="Claims is blank"):
        read_range([[None]], sheet="Claims")


@pytest.mark.parametrize("rows", [5.0, "hello", [["price", "colour"], [1.0, "red"]], [["Total", 5.0]]])
def test_unknown_headers_are_refused_with_what_is_known(rows: Any) -> None:
    with pytest.raises(UnknownReport, match=r"no report we know.*All Orders report.*order-id"):
        read_range(rows)


def test_the_refused_header_is_the_widest_row_and_not_the_title() -> None:
    with pytest.raises(UnknownReport, match="price, colour"):
        read_range([["Stock list"], ["price", "colour"], [1.0, "red"]])


def test_a_given_kind_names_the_column_that_it_needs() -> None:
    with pytest.raises(UnknownReport, match=r"A-to-z claims needs an order-id column.*found: Date, Rating"):
        read_range([["Date", "Rating"], [46235.0, 1.0]], kind="claims")


def test_a_header_below_the_sixth_row_is_not_looked_for() -> None:
    with pytest.raises(UnknownReport):
        read_range([*[["title"]] * 6, *CLASSIC])


@pytest.mark.parametrize(
    ("header", "cells", "kind", "column", "value"),
    [
        (
            ["Date", "Rating", "Comments", "Your Response", "Order ID", "Status"],
            [46235.0, 1.0, "late", None, ID1, None],
            "feedback",
            "rating",
            1.0,
        ),
        (
            ["Order ID", "Claim Date", "Claim Status", "Reason"],
            [ID1, 46235.0, "Denied", ""],
            "claims",
            "status",
            "Denied",
        ),
        (
            ["Order ID", "Chargeback Date", "Type", "Status"],
            [ID1, 46235.0, "Fraud", None],
            "chargebacks",
            "type",
            "Fraud",
        ),
        (
            ["return-date", "order-id", "sku", "asin", "quantity", "detailed-disposition", "reason"],
            [46235.0, ID1, "A", "B0", 2.0, "SELLABLE", "DEFECTIVE"],
            "returns",
            "quantity",
            2.0,
        ),
        (
            ["Order ID", "Order Date", "Fulfilled By", "Negative Feedback", "Late Shipment"],
            [ID1, 46235.0, "Amazon", "X", None],
            "account_health",
            "channel",
            "AFN",
        ),
        (["Order ID", "Cause", "Counts", "Rule"], [ID1, "chargeback", "amazon", "r"], "events", "cause", "chargeback"),
    ],
)
@pytest.mark.parametrize("given", [False, True], ids=["recognised", "given"])
def test_each_kind_is_recognised_and_read(
    header: list[str], cells: list[Any], kind: str, column: str, value: Any, given: bool
) -> None:
    reading = read_range([header, cells], kind=kind if given else None)
    assert reading.kind == kind
    assert reading.table["order_id"].tolist() == [ID1]
    assert reading.table[column].tolist() == [value]


@pytest.mark.parametrize("language", ["name", "en", "zh"])
@BLANKS
def test_daily_counts_are_read_back(language: Any, blank: Any) -> None:
    names = ("order_date", "channel", "marketplace", *COUNT_COLUMNS)
    header = [name if language == "name" else word(name, language) for name in names]
    rows = [
        header,
        [46235.0, "AFN", "US", *map(float, range(len(COUNT_COLUMNS)))],
        [46236.0, blank, blank, *[0.0] * len(COUNT_COLUMNS)],
    ]
    reading = read_range(rows)
    assert reading.kind == "days"
    assert days(reading.table) == ["2026-08-01", "2026-08-02"]
    assert reading.table["channel"].tolist() == ["AFN", ""]
    assert [int(reading.table[name][0]) for name in COUNT_COLUMNS] == list(range(len(COUNT_COLUMNS)))


@pytest.mark.parametrize("language", ["name", "en", "zh"])
def test_the_ledger_is_read_back(language: Any) -> None:
    names = [
        "order_id",
        "order_date",
        "channel",
        "marketplace",
        "sku",
        "cause",
        "counts",
        "rule",
        "source",
        "source_row",
        "event_date",
        "detail",
        "leaves_on",
    ]
    header = [name if language == "name" else word(name, language) for name in names]
    row = [ID1, 46235.0, "AFN", "US", "A", "chargeback", "amazon", "r", "Chargebacks", 7.0, 46236.0, "d", 46310.0]
    reading = read_range([header, row])
    assert reading.kind == "events"
    assert set(names) <= set(reading.table.columns)
    assert days(reading.table, "event_date") == ["2026-08-02"]
    assert reading.table["source_row"].tolist() == [7.0]


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        (True, True),
        (1.0, True),
        ("X", True),
        ("yes", True),
        ("✓", True),
        ("是", True),
        ("broken on arrival", True),
        (dt.datetime(2026, 8, 1), True),
        (46235.0, True),
        (None, False),
        ("", False),
        (" ", False),
        (False, False),
        (0.0, False),
        ("0", False),
        ("no", False),
        ("N", False),
        ("否", False),
        ("nein", False),
        ("FALSE", False),
    ],
)
@pytest.mark.parametrize("others", [None, "", False, "N", "X"])
def test_a_mark_means_the_same_among_any_others(cell: Any, marked: bool, others: Any) -> None:
    rows = [["Order ID", "Chargeback"], *[[f"A{i}", others] for i in range(50)], ["B", cell]]
    marks = read_range(rows).table["chargeback"].tolist()
    assert marks == [others == "X"] * 50 + [marked]


def test_hundreds_of_different_marks_are_all_marks() -> None:
    rows = [["Order ID", "Chargeback"], *[[f"A{i}", f"case {i}" if i % 2 else None] for i in range(900)]]
    assert read_range(rows).table["chargeback"].tolist() == [i % 2 == 1 for i in range(900)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (7.0, "7"),
        (7.5, "7.5"),
        (True, "TRUE"),
        (1.0, "1"),
        (" A ", "A"),
        ("\xa0A", "A"),
        (None, ""),
        ("00123", "00123"),
    ],
)
def test_numbers_in_text_columns_keep_their_own_text(cell: Any, text: str) -> None:
    rows = [["Order ID", "Order Date", "SKU"], [ID1, 46235.0, True], [ID2, 46235.0, 1.0], [ID3, 46235.0, cell]]
    assert read_range(rows).table["sku"].tolist() == ["TRUE", "1", text]


def test_texts_with_line_breaks_are_not_taken_for_repetitions() -> None:
    # "a\na" thrice and "a\na", "a", "a\na\na" are the same once joined by line breaks.
    texts = ["a\na", "a", "a\na\na"]
    rows = [["Order ID", "Order Date", "SKU"], *[[f"A{i}", 46235.0, text] for i, text in enumerate(texts)]]
    assert read_range(rows).table["sku"].tolist() == texts


@pytest.mark.parametrize(
    ("cell", "order_id"),
    [
        (1234.0, "1234"),
        ("1234", "1234"),
        (f" {ID1} ", ID1),
        (f"{ID1}\xa0", ID1),
        (f'="{ID1}"', ID1),
        (99, "99"),
        ("S01-0000001-0000001", "S01-0000001-0000001"),
    ],
)
def test_order_ids_are_cleaned(cell: Any, order_id: str) -> None:
    assert read_range([["Order ID", "Chargeback"], [ID2, "X"], [cell, "X"]]).table["order_id"].tolist() == [
        ID2,
        order_id,
    ]


@pytest.mark.parametrize("cell", [1.1100000010000001e16, "1.11E+16", "1,11e16"])
def test_an_order_id_that_excel_damaged_is_a_problem_with_its_cell(cell: Any) -> None:
    reading = read_range(Block([HEADER[:3], [ID1, 46235.0, "A"], [cell, 46235.0, "A"]], "Orders"))
    assert (len(reading.table), reading.rows_read, reading.rows_unusable) == (1, 2, 1)
    assert [problem.place for problem in reading.problems] == ["Orders!A3"]
    assert "Text" in reading.problems[0].remedy


def test_a_row_without_order_id_is_a_problem_and_a_blank_row_is_none() -> None:
    reading = read_range([HEADER[:3], [ID1, 46235.0, "A"], [None] * 3, [None, 46235.0, "A"], [ID2, 46235.0, "A"]])
    assert (reading.rows_read, reading.rows_unusable) == (3, 1)
    assert [problem.place for problem in reading.problems] == ["row 4, column A"]


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(2026, 8, 1, 23, 30),
        dt.date(2026, 8, 1),
        pd.Timestamp("2026-08-01 05:00"),
        46235.0,
        46235.99,
        46235,
        "2026-08-01",
        "01-Aug-2026",
        "46235",
        np.datetime64("2026-08-01T10:00"),
        "2026-08-01T10:00:00",
        dt.datetime(2026, 8, 1, tzinfo=dt.UTC),
    ],
)
@pytest.mark.parametrize(
    "others", [dt.datetime(2026, 8, 2), 46236.0, "2026-08-02"], ids=["datetimes", "serials", "texts"]
)
def test_a_date_of_any_type_is_read_among_dates_of_another(value: Any, others: Any) -> None:
    rows = [["Order ID", "Order Date"], *[[f"A{i}", others] for i in range(5)], ["B", value]]
    assert days(read_range(rows).table) == ["2026-08-02"] * 5 + ["2026-08-01"]


def test_a_date_with_a_zone_as_pywin32_gives_it_keeps_its_day() -> None:
    class PyTime(dt.datetime):  # pywintypes.datetime is a subclass, and carries UTC
        pass

    rows = [["Order ID", "Order Date"], [ID1, PyTime(2026, 8, 1, 0, 0, tzinfo=dt.UTC)]]
    assert days(read_range(rows).table) == ["2026-08-01"]


def test_a_time_stamp_belongs_to_the_day_of_its_marketplace() -> None:
    # 02:00 UTC on 2 August is 19:00 on 1 August in Los Angeles (UTC-7) and 04:00 on 2 August in Berlin (UTC+2).
    rows = [["amazon-order-id", "purchase-date", "order-status", "sales-channel"]]
    rows += [
        [ID1, "2026-08-02T02:00:00+00:00", "Shipped", "Amazon.com"],
        [ID2, "2026-08-02T02:00:00+00:00", "Shipped", "Amazon.de"],
    ]
    table = read_range(rows).table
    assert days(table) == ["2026-08-01", "2026-08-02"]
    assert table["marketplace"].tolist() == ["US", "DE"]
    assert days(read_range(rows, fields={"order_date"}).table) == ["2026-08-01", "2026-08-02"]


def test_an_impossible_date_is_a_problem_with_its_cell() -> None:
    block = Block([HEADER[:3], [ID1, "31/02/2026", "A"]], "Orders", row=4, column=3)
    assert [str(p) for p in read_range(block, marketplace="UK").problems] == [
        'Orders!D5: "31/02/2026" isn\'t a date. Use YYYY-MM-DD.'
    ]


@pytest.mark.parametrize(
    ("column", "error", "place"),
    [
        ("Order ID", "#REF!", "A3"),
        ("Order Date", "#VALUE!", "B3"),
        ("SKU", "#N/A", "C3"),
        ("Chargeback claim", "#REF!", "F3"),
    ],
)
def test_an_error_in_a_needed_cell_is_a_problem_with_its_place(column: str, error: str, place: str) -> None:
    rows = [list(row) for row in CLASSIC]
    rows[2][HEADER.index(column)] = error
    (problem,) = read_range(Block(rows, "My orders")).problems
    assert (problem.place, problem.value, problem.severity) == (f"'My orders'!{place}", error, "error")
    (problem,) = read_range(rows).problems
    assert problem.place == f"row 3, column {place[0]}"


def test_a_lookup_that_found_nothing_is_no_mark_and_no_problem() -> None:
    reading = read_range([["Order ID", "Chargeback"], [ID1, "#N/A"], [ID2, "X"]])
    assert (reading.table["chargeback"].tolist(), reading.problems) == ([False, True], ())


def test_an_error_in_a_column_that_is_not_needed_is_ignored() -> None:
    rows = [list(row) for row in CLASSIC]
    rows[2][1] = rows[1][2] = "#REF!"
    rows[3][4] = float("inf")
    reading = read_range(rows, fields={"chargeback", "negative_feedback"})
    assert reading.problems == ()
    assert reading.table.columns.tolist() == ["order_id", "negative_feedback", "chargeback", "row"]


def test_an_error_in_a_remark_is_only_a_note() -> None:
    rows = [["Order ID", "Date", "Rating", "Comments"], [ID1, 46235.0, 1.0, "#NAME?"]]
    assert [problem.severity for problem in read_range(rows).problems] == ["note"]


def test_unneeded_cells_are_never_touched() -> None:
    class Untouchable:
        def __bool__(self) -> bool:
            raise AssertionError("looked at")

        __hash__ = None  # type: ignore[assignment]

        def __eq__(self, other: object) -> bool:
            raise AssertionError("compared")

    rows = [
        HEADER,
        [ID1, Untouchable(), Untouchable(), "X", None, None],
        [ID2, Untouchable(), Untouchable(), None, None, "X"],
    ]
    table = read_range(rows, fields={"negative_feedback", "chargeback"}).table
    assert table["negative_feedback"].tolist() == [True, False]


def test_the_first_of_two_columns_with_one_header_is_read_with_a_note() -> None:
    rows = [["Order ID", "Chargeback", "chargeback"], [ID1, "X", None], [ID2, None, "X"]]
    reading = read_range(Block(rows, "Orders"))
    assert reading.table["chargeback"].tolist() == [True, False]
    assert [(p.place, p.severity) for p in reading.problems] == [("Orders!C1", "note")]
    assert str(reading.problems[0]) == (
        'Orders!C1: "chargeback" is the header of two columns. Column B is used; rename or delete the other one.'
    )


def test_personal_columns_never_reach_the_table() -> None:
    rows = [[*HEADER, "buyer-name", "ship-city", "buyer-email"], [*CLASSIC[1], "N. N.", "Ulm", "n@example.org"]]
    table = read_range(rows).table
    assert not {"N. N.", "Ulm", "n@example.org"} & set(table.astype(str).to_numpy().ravel())


def test_text_columns_are_of_type_object_whatever_the_pandas() -> None:
    table = read_range(CLASSIC).table
    assert {str(table[name].dtype) for name in ("order_id", "sku")} == {"object"}
    assert str(table["order_date"].dtype) == "datetime64[s]"


CELLS = {
    "id": st.one_of(
        st.integers(0, 10**7).map(lambda n: f"111-{n:07d}-0000001"), st.sampled_from(["", None, "B7", 12.0])
    ),
    "channel": st.sampled_from(["Amazon.com", "Amazon.de", "Non-Amazon", "", None]),
    "mark": st.sampled_from([None, "", "X", "no", True, False, 1.0, 0.0]),
}


@settings(max_examples=25, deadline=None)  # two thousand rows each, on machines of any speed
@given(
    pattern=st.lists(st.tuples(CELLS["id"], CELLS["channel"], CELLS["mark"]), min_size=1, max_size=8),
    times=st.sampled_from([1, BLOCK_ROWS // 2, BLOCK_ROWS + 1]),
)
def test_a_long_range_reads_as_its_parts_do(pattern: list[tuple[Any, ...]], times: int) -> None:
    header = ["amazon-order-id", "sales-channel", "chargeback"]
    part = read_range([header, *pattern]).table.drop(columns="row")
    whole = read_range([header, *(pattern * times)]).table.drop(columns="row")
    expected = pd.concat([part] * times, ignore_index=True)
    pd.testing.assert_frame_equal(whole, expected)
