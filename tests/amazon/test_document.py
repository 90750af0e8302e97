"""Documents: packing and encodings."""

from __future__ import annotations

import gzip

import pytest

from odr_xl.amazon import document
from odr_xl.amazon.document import Damaged, as_utf8, unpack

DATA = b"order-id\tquantity\n" + b"900-0000001-0000001\t1\n" * 500


@pytest.mark.parametrize(
    "packed",
    [
        DATA,
        gzip.compress(DATA),
        gzip.compress(gzip.compress(DATA)),
        gzip.compress(DATA[:99]) + gzip.compress(DATA[99:]),
    ],
)
def test_a_document_is_unpacked_however_it_came(packed):
    assert unpack(packed) == DATA


@pytest.mark.parametrize("cut", [5, 12, 40, -1, -8])
def test_a_cut_document_is_damaged(cut):
    with pytest.raises(Damaged):
        unpack(gzip.compress(DATA)[:cut])


def test_a_document_may_not_unfold_without_end(monkeypatch):
    monkeypatch.setattr(document, "LARGEST", len(DATA))
    assert unpack(gzip.compress(DATA)) == DATA
    for bomb in (gzip.compress(DATA + b"1"), gzip.compress(DATA) + gzip.compress(b"1")):
        with pytest.raises(Damaged, match="unpacks to more"):
            unpack(bomb)


@pytest.mark.parametrize(
    ("text", "encoding", "content_type"),
    [
        ("5 € – spät", "cp1252", "text/plain;charset=Cp1252"),
        ("5 € – spät", "cp1252", "text/plain; charset=ISO-8859-1"),  # meant wider, as browsers do
        ("配達が遅い", "cp932", "text/plain; charset=Windows-31J"),
        ("5 € – spät", "utf-8", "text/plain; charset=Cp1252"),  # the header is wrong
        ("plain", "ascii", 'text/plain; charset="cp1252"'),
    ],
)
def test_a_named_encoding_becomes_utf8(text, encoding, content_type):
    assert as_utf8(text.encode(encoding), content_type).decode("utf-8") == text


@pytest.mark.parametrize("content_type", ["", "text/plain", "text/plain; charset=moon", "text/plain; charset=utf-8"])
def test_bytes_of_no_known_encoding_are_left_to_the_reader(content_type):
    data = "spät".encode("cp1252")
    assert as_utf8(data, content_type) == data


def test_utf16_with_its_mark_is_left_as_it_is():
    data = "spät".encode("utf-16")
    assert as_utf8(data, "text/plain; charset=cp1252") == data
