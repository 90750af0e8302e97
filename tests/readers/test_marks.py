"""Marks, numbers, channels and causes: what single words in cells mean."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from odr_xl.readers.causes import parse_causes
from odr_xl.readers.channels import parse_channels, parse_marketplaces
from odr_xl.readers.marks import parse_marks
from odr_xl.readers.numbers import parse_numbers


@pytest.mark.parametrize(
    "value",
    [
        "TRUE",
        "True",
        True,
        1,
        1.0,
        2,
        "1",
        "1.0",
        "X",
        "x",
        "Y",
        "yes",
        " Yes ",
        "✓",
        "✔",
        "是",
        "ja",
        "oui",
        "sí",
        "はい",
        "ＹＥＳ",
        "Has defect",
        "2026-08-01",
        dt.date(2026, 8, 1),
        dt.datetime(2026, 8, 1),
        46235.0,
        "wrong item",
        np.bool_(True),
    ],
)
def test_mark_says_yes(value: object) -> None:
    marks, bad = parse_marks([value])
    assert marks[0]
    assert not bad[0]


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "\xa0",
        None,
        float("nan"),
        0,
        0.0,
        "0",
        "0.0",
        "0,00",
        False,
        "FALSE",
        "False",
        "falsch",
        "FAUX",
        "no",
        "No",
        "N",
        "否",
        "无",
        "nein",
        "non",
        "none",
        "n/a",
        "N/A",
        "-",
        "–",
        "—",
        "#N/A",
        "いいえ",
        "ｎｏ",
        np.bool_(False),
    ],
)
def test_mark_says_no(value: object) -> None:
    marks, _ = parse_marks([value])
    assert not marks[0]


def test_a_lookup_that_found_nothing_is_no_mark_and_any_other_error_is_bad() -> None:
    marks, bad = parse_marks(["#N/A", "#REF!", " #VALUE! ", "#1 complaint"])
    assert marks.tolist() == [False, False, False, True]
    assert bad.tolist() == [False, True, True, False]


def test_mixed_column_keeps_each_cells_own_meaning() -> None:
    marks, bad = parse_marks([True, 1, "1", 0, False, "0", None, "X", 0.0] * 1000)
    assert marks.tolist() == [True, True, True, False, False, False, False, True, False] * 1000
    assert not bad.any()


@pytest.mark.parametrize(
    ("value", "stars", "expected"),
    [
        ("1", True, 1),
        ("1.0", True, 1),
        ("１", True, 1),
        (" 2 ", True, 2),
        ("2 stars", True, 2),
        ("★★☆☆☆", True, 2),
        ("3/5", True, 3),
        ("4 out of 5", True, 4),
        ("1,5", False, 1.5),
        (7, False, 7),
        ("-3", False, -3),
        (2.0, False, 2),
    ],
)
def test_number_is_read(value: object, stars: bool, expected: float) -> None:
    numbers, bad = parse_numbers([value], stars=stars)
    assert numbers[0] == expected
    assert not bad[0]


@pytest.mark.parametrize("value", ["many", "1e9", "2 stars", "1.2.3", "9" * 400, True, "#N/A", float("inf")])
def test_what_is_no_number_is_bad(value: object) -> None:
    numbers, bad = parse_numbers([value])
    assert bad[0]
    assert np.isnan(numbers[0])


@pytest.mark.parametrize("value", ["", " ", None, float("nan")])
def test_blank_number_is_not_bad(value: object) -> None:
    numbers, bad = parse_numbers([value])
    assert np.isnan(numbers[0])
    assert not bad[0]


@pytest.mark.parametrize(
    ("word", "channel"),
    [
        ("AFN", "AFN"),
        ("afn", "AFN"),
        ("Amazon", "AFN"),
        ("FBA", "AFN"),
        ("Fulfilled by Amazon", "AFN"),
        ("Amazon_NA", "AFN"),
        ("MFN", "MFN"),
        ("Merchant", "MFN"),
        ("MERCHANT ", "MFN"),
        ("FBM", "MFN"),
        ("Seller", "MFN"),
        ("卖家自配送", "MFN"),
        ("", ""),
    ],
)
def test_channel_has_two_names_and_many_spellings(word: str, channel: str) -> None:
    channels, bad = parse_channels([word])
    assert channels[0] == channel
    assert not bad[0]


def test_unknown_channel_is_bad_and_blank() -> None:
    channels, bad = parse_channels(["Pigeon", None])
    assert channels.tolist() == ["", ""]
    assert bad.tolist() == [True, False]


def test_marketplace_comes_from_the_sales_channel() -> None:
    names = [
        "Amazon.com",
        "amazon.CO.UK",
        "Amazon.com.mx",
        "Non-Amazon US",
        "Non-Amazon",
        "A1PA6795UKMFR9",
        "JP",
        "",
        None,
    ]
    assert parse_marketplaces(names)[0].tolist() == ["US", "UK", "MX", "", "", "DE", "JP", "", ""]


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("negative_feedback", "negative_feedback"),
        ("Negative Feedback", "negative_feedback"),
        ("1 star feedback", "negative_feedback"),
        ("A-to-z Guarantee claim", "a_to_z_claim"),
        ("AtoZ", "a_to_z_claim"),
        ("A-Z claim", "a_to_z_claim"),
        ("Chargeback", "chargeback"),
        ("Credit card chargeback", "chargeback"),
        ("Returned", "defect_return"),
        ("Rücksendung", "defect_return"),
        ("退货", "defect_return"),
        ("cancelled", "defect_cancellation"),
        ("Storno", "defect_cancellation"),
        ("差评", "negative_feedback"),
    ],
)
def test_cause_is_found_in_words(words: str, cause: str) -> None:
    causes, bad = parse_causes([words])
    assert causes[0] == cause
    assert not bad[0]


def test_late_shipment_is_no_cause_and_no_error() -> None:
    causes, bad = parse_causes(["Late Shipment", "Pre-fulfillment Cancellation", "aliens"])
    assert causes.tolist() == ["Late Shipment", "Pre-fulfillment Cancellation", "aliens"]
    assert bad.tolist() == [False, False, True]
