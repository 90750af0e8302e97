"""Order ids are cleaned, and refused when Excel has damaged them."""

from __future__ import annotations

import pytest

from odr_xl.readers.ids import AMAZON_ID, amazon_shape, clean_ids, id_problem


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("701-0000001-0000009", "701-0000001-0000009"),
        (" 701-0000001-0000009\xa0", "701-0000001-0000009"),
        ("\ufeff701-0000001-0000009", "701-0000001-0000009"),
        ('="701-0000001-0000009"', "701-0000001-0000009"),
        ('"701-0000001-0000009"', "701-0000001-0000009"),
        ("'701-0000001-0000009", "701-0000001-0000009"),
        ("701‑0000001‑0000009", "701-0000001-0000009"),  # non-breaking hyphens
        ("701–0000001–0000009", "701-0000001-0000009"),  # dashes from a word processor
        ("７０１-0000001-0000009", "701-0000001-0000009"),
        ("s01-0000001-0000009", "S01-0000001-0000009"),
        ("70100000010000009", "701-0000001-0000009"),  # 17 digits that stayed text
        ("INV/2026/7", "INV/2026/7"),
        ("my order", "my order"),
        (1001.0, "1001"),
        (1001, "1001"),
        ("0042", "0042"),
        ("", ""),
        (" ", ""),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_id_is_cleaned(value: object, expected: str) -> None:
    found = clean_ids([value])
    assert found.ids[0] == expected
    assert not found.damaged[0]
    assert bool(found.blank[0]) == (expected == "")


@pytest.mark.parametrize(
    "value",
    [
        7.01e16,
        70100000010000009.0,
        70100000010000009,
        "7.01E+16",
        "7,01E+16",
        "7.01e16",
        "70100000010000000",
        10.5,
        True,
        "#N/A",
        "#REF!",
        float("inf"),
    ],
)
def test_damaged_id_is_refused_and_never_padded(value: object) -> None:
    found = clean_ids([value])
    assert found.damaged[0]
    assert found.ids[0] == ""
    assert not found.blank[0]


def test_remedy_for_a_number_is_to_import_the_column_as_text() -> None:
    reason, remedy = id_problem(7.01e16)
    assert "number" in reason
    assert "From Text/CSV" in remedy
    assert "Text" in remedy


def test_remedy_for_an_excel_error_is_its_formula() -> None:
    assert "formula" in id_problem("#N/A")[1]


def test_shape_agrees_with_the_regular_expression() -> None:
    cells = [
        "701-0000001-0000009",
        "S01-0000001-0000009",
        "s01-0000001-0000009",
        "701-0000001-000000",
        "701 0000001 0000009",
        "7A1-0000001-0000009",
        "701-0000001-00000090",
        "７01-0000001-0000009",
        "",
        None,
        5,
        "701-00000010000009-",
    ]
    expected = [isinstance(c, str) and bool(AMAZON_ID.fullmatch(c)) and c.isascii() for c in cells]
    assert amazon_shape(cells).tolist() == expected
    assert amazon_shape(cells * 1000).tolist() == expected * 1000
