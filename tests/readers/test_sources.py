"""Files, folders, zips and patterns."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from files import ALL_ORDERS, FEEDBACK, lines, order, write

from odr_xl.errors import InputError
from odr_xl.readers import sources
from odr_xl.readers.reports import read_report, read_reports

ORDERS = lines(ALL_ORDERS, [order(1), order(2)])
RATINGS = lines(FEEDBACK, [["2026-08-05", "1", "broken", "", "701-0000001-0000001", "PERSONAL@example.org"]])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "b-orders.txt", ORDERS)
    write(tmp_path / "a-feedback.csv", RATINGS)
    write(tmp_path / "picture.png", "not a report")
    write(tmp_path / ".hidden.txt", "not a report")
    write(tmp_path / "~$open.txt", "not a report")
    return tmp_path


def make_zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_folder_gives_its_reports_by_name(folder: Path) -> None:
    assert [(r.source, r.kind) for r in read_reports(folder)] == [
        ("a-feedback.csv", "feedback"),
        ("b-orders.txt", "orders"),
    ]


def test_pattern_gives_the_files_that_fit(folder: Path) -> None:
    assert [r.source for r in read_reports([str(folder / "b-*.txt")])] == ["b-orders.txt"]


def test_name_with_brackets_is_a_name_before_it_is_a_pattern(tmp_path: Path) -> None:
    file = write(tmp_path / "orders[1].txt", ORDERS)
    assert [r.source for r in read_reports(file)] == ["orders[1].txt"]


def test_file_that_several_paths_lead_to_is_read_once(folder: Path) -> None:
    readings = read_reports([folder / "b-orders.txt", folder, str(folder / "*.txt")])
    assert [r.source for r in readings] == ["b-orders.txt", "a-feedback.csv"]


def test_zip_gives_its_reports_and_writes_nothing(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    archive = make_zip(
        inner / "august.zip",
        {"reports/orders.txt": ORDERS, "../../escape.txt": RATINGS, "__MACOSX/._orders.txt": "x", "read.me": "x"},
    )
    readings = read_reports(archive)
    assert [(r.source, r.kind) for r in readings] == [
        ("august.zip: orders.txt", "orders"),
        ("august.zip: escape.txt", "feedback"),
    ]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["august.zip", "inner"]


def test_zip_that_unfolds_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_UNPACKED", 10_000)
    archive = make_zip(tmp_path / "bomb.zip", {"a.txt": "0" * 6_000, "b.txt": "0" * 6_000})
    with pytest.raises(InputError, match="unpacks to more"):
        list(sources.find_sources(archive))


def test_zip_with_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_MEMBERS", 3)
    archive = make_zip(tmp_path / "many.zip", {f"{i}.txt": ORDERS for i in range(4)})
    with pytest.raises(InputError, match="more than 3 reports"):
        list(sources.find_sources(archive))


@pytest.mark.parametrize(
    ("content", "words"), [(b"no zip at all", "can't be read"), (b"PK\x05\x06" + b"\0" * 18, "holds no report")]
)
def test_broken_or_empty_zip_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_reports(tmp_path / "x.zip")


def test_zip_damaged_in_the_middle_is_told(tmp_path: Path) -> None:
    archive = make_zip(tmp_path / "x.zip", {"orders.txt": ORDERS * 50})
    data = bytearray(archive.read_bytes())
    data[60:90] = b"\xff" * 30
    archive.write_bytes(bytes(data))
    with pytest.raises(InputError, match=r"x\.zip: the zip can't be read"):
        read_reports(archive)


def test_zip_with_a_password_is_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("orders.txt", ORDERS)
    data = bytearray(buffer.getvalue())
    data[6] |= 1  # the flag in the local header, then in the central directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(data))
    with pytest.raises(InputError, match="password"):
        read_reports(tmp_path / "locked.zip")


def test_other_files_found_in_a_folder_are_told_to_the_caller(folder: Path) -> None:
    write(folder / "notes.txt", "buy milk\n")
    write(folder / "empty.txt", "")
    skipped: dict[str, str] = {}
    readings = read_reports(folder, on_skip=lambda name, error: skipped.update({name: str(error)}))
    assert len(readings) == 2
    assert sorted(skipped) == ["empty.txt", "notes.txt"]
    assert "buy milk" in skipped["notes.txt"]
    with pytest.raises(InputError, match="empty"):
        read_reports(folder)


def test_file_named_by_the_caller_is_never_skipped(folder: Path) -> None:
    notes = write(folder / "notes.txt", "buy milk\n")
    with pytest.raises(InputError, match="buy milk"):
        read_reports([notes, folder], on_skip=lambda name, error: None)


def test_folder_without_any_report_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no report"):
        read_reports(tmp_path)
    write(tmp_path / "notes.txt", "buy milk\n")
    with pytest.raises(InputError, match="No report found"):
        read_reports(tmp_path, on_skip=lambda name, error: None)


@pytest.mark.parametrize("name", ["missing.txt", "missing-*.txt", "nul\0name.txt", "a" * 5000])
def test_path_to_nothing_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        read_reports(str(tmp_path / name))


def test_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        read_report(tmp_path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.txt: there is no such file"):
        read_report(tmp_path / "missing.txt")


def test_file_over_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="larger than"):
        read_report(write(tmp_path / "orders.txt", ORDERS))
