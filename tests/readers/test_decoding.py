"""Bytes to text. The letters of each sample are chosen so that only the right encoding gives them back."""

from __future__ import annotations

import io
import zipfile

import pytest

from odr_xl.errors import InputError
from odr_xl.readers.decoding import decode

WESTERN = "Date\tComments\n1.8.26\tSchöne Teekanne, très bien, señal € “gut”\n"
JAPANESE = "日付\tコメント\n26/8/1\tこわれていました。カタカナ\n"
CHINESE = "日期\t评论\n2026-08-01\t茶壶坏了\n"


@pytest.mark.parametrize(
    ("text", "encoding", "marketplace"),
    [
        (WESTERN, "utf-8", ""),
        (WESTERN, "utf-8-sig", ""),
        (WESTERN, "utf-16", ""),
        (WESTERN, "utf-16-le", ""),
        (WESTERN, "utf-16-be", ""),
        (WESTERN, "utf-32", ""),
        (WESTERN, "cp1252", ""),
        (WESTERN, "cp1252", "DE"),
        (WESTERN, "utf-8", "JP"),
        (JAPANESE, "utf-8", ""),
        (JAPANESE, "cp932", "JP"),
        (JAPANESE, "cp932", ""),
        (JAPANESE, "utf-16", "JP"),
        (CHINESE, "utf-8-sig", ""),
        (CHINESE, "utf-16", ""),
    ],
)
def test_text_comes_back_whole(text: str, encoding: str, marketplace: str) -> None:
    decoded = decode(text.encode(encoding), "f.txt", marketplace=marketplace)
    assert decoded.text == text
    assert decoded.problems == ()


def test_utf16_without_mark_in_both_byte_orders() -> None:
    for order in ("utf-16-le", "utf-16-be"):
        assert decode(("a\tb\n" * 300).encode(order), "f.txt").text == "a\tb\n" * 300


def test_accented_latin_letters_are_not_taken_for_japanese() -> None:
    # 0xE9 0x74 ("ét") is a valid Shift-JIS pair.
    text = "Comments\nété étrange, prêt à l'été\n"
    assert decode(text.encode("cp1252"), "f.txt").text == text


def test_mixed_encodings_are_read_as_both_with_a_note() -> None:
    data = "Comments\nSchöne Kanne\n".encode() + "très bien\n".encode("cp1252")
    decoded = decode(data, "f.txt")
    assert decoded.text == "Comments\nSchöne Kanne\ntrès bien\n"
    (note,) = decoded.problems
    assert note.severity == "note"
    assert note.place == "f.txt, line 3"
    assert "mixes encodings" in str(note)


def test_byte_that_fits_no_encoding_is_noted_and_not_fatal() -> None:
    decoded = decode(b"Comments\n\x81\x8d good \xe9\n", "f.txt", marketplace="US")
    assert "good é" in decoded.text
    assert [p.severity for p in decoded.problems] == ["note"]


def test_character_cut_off_at_the_end_is_noted() -> None:
    decoded = decode("Comments\nabc".encode("utf-16")[:-1], "f.txt")
    assert decoded.text.startswith("Comments\nab")
    assert [p.severity for p in decoded.problems] == ["note"]


def test_japanese_character_cut_off_at_the_end_keeps_the_rest() -> None:
    data = JAPANESE.encode("cp932") + "壊".encode("cp932")[:1]
    assert decode(data, "f.txt", marketplace="JP").text == JAPANESE


def workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (workbook(), "workbook or a zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08\0\0", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(256)) * 8, "isn't text"),
        (b"order-id\tdate\n\0\0\0", "isn't text"),
        (b"\0" * 1000, "isn't text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence_with_a_remedy(data: bytes, words: str) -> None:
    with pytest.raises(InputError) as error:
        decode(data, "f.txt")
    text = str(error.value)
    assert text.startswith("f.txt: ")
    assert words in text
    assert text.endswith(".")
