"""Workbooks opened as parts: bounds, what they hold, and that untouched parts keep every byte."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from books import edit_part, parts_of, rich_workbook

from odr_xl.errors import WorkbookError
from odr_xl.headless.markup import parse
from odr_xl.headless.package import DefinedName, Package, SheetRef
from odr_xl.headless.sheet import Sheet


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rich_workbook(tmp_path / "ODR.xlsm", vba=True)


def test_sheets_come_in_tab_order_with_their_state(path: Path) -> None:
    assert Package.open(path).sheets == [
        SheetRef("Orders", "xl/worksheets/sheet1.xml", "visible"),
        SheetRef("Dashboard", "xl/worksheets/sheet2.xml", "visible"),
        SheetRef("xlwings.conf", "xl/worksheets/sheet3.xml", "hidden"),
    ]


def test_a_table_knows_its_sheet_columns_and_data_rows(path: Path) -> None:
    table = Package.open(path).table("TBLORDERS")
    assert (table.name, table.sheet, table.ref, table.data.ref) == ("tblOrders", "Orders", "B3:G6", "B4:G6")
    assert table.columns == ("amazon-order-id", "purchase-date", "sku", "quantity", "late", "Weight")


def test_defined_names_know_the_sheet_they_belong_to(path: Path) -> None:
    names = Package.open(path).defined_names
    assert DefinedName("AllOrders", "tblOrders[#All]", None) in names
    assert DefinedName("Here", "Dashboard!$B$2", "Dashboard") in names


def test_a_missing_sheet_or_table_is_answered_with_those_that_exist(path: Path) -> None:
    package = Package.open(path)
    with pytest.raises(WorkbookError, match=r'has no sheet "Order"\. It has: Orders, Dashboard, xlwings\.conf\.'):
        package.sheet("Order")
    with pytest.raises(WorkbookError, match=r'no table "tblX". Its tables: tblOrders\.'):
        package.table("tblX")


def test_a_dashboard_leads_to_its_chart(path: Path) -> None:
    package = Package.open(path)
    drawing = package.related("xl/worksheets/sheet2.xml", "drawing")
    assert drawing == "xl/drawings/drawing1.xml"
    assert package.related(drawing, "chart") == "xl/charts/chart1.xml"


def test_date_styles_are_those_with_a_date_format(path: Path) -> None:
    package = Package.open(path)
    dated = parse(package.parts["xl/worksheets/sheet1.xml"], "sheet").find(".//{*}c[@r='C4']")
    assert dated is not None
    assert package.date_styles == {int(dated.get("s", "0"))}


def test_saving_without_a_change_gives_the_same_zip_entries_byte_for_byte(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "copy.xlsm"
    Package.open(path).save(other)
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(other) as after:
        assert after.testzip() is None
        for old, new in zip(before.infolist(), after.infolist(), strict=True):
            for field in ("filename", "date_time", "compress_type", "CRC", "compress_size", "external_attr"):
                assert getattr(old, field) == getattr(new, field)
    assert parts_of(path) == parts_of(other)


def test_one_changed_sheet_leaves_every_other_part_alone_and_in_place(path: Path) -> None:
    before = parts_of(path)
    package = Package.open(path)
    sheet = Sheet(package, "Dashboard")
    sheet.set_value("B2", 0.0125)
    assert sheet.commit()
    assert package.changed == {"xl/worksheets/sheet2.xml"}
    package.save()
    after = parts_of(path)
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet2.xml"}


def test_replacing_a_part_by_itself_changes_nothing(path: Path) -> None:
    package = Package.open(path)
    package.replace("xl/styles.xml", package.parts["xl/styles.xml"])
    assert package.changed == frozenset()


def test_a_removed_part_leaves_no_reference_behind(path: Path, tmp_path: Path) -> None:
    package = Package.open(path)
    package.remove("xl/drawings/drawing1.xml")
    package.save(tmp_path / "without.xlsm")
    left = parts_of(tmp_path / "without.xlsm")
    assert "xl/drawings/drawing1.xml" not in left
    assert b"drawing1.xml" not in left["[Content_Types].xml"] + left["xl/worksheets/_rels/sheet2.xml.rels"]


def test_an_entry_with_a_data_descriptor_is_read_and_copied(path: Path, tmp_path: Path) -> None:
    """Programs that stream their zip write the sizes after the data (flag bit 3); ours writes them before."""
    streamed = tmp_path / "streamed.xlsm"

    class Stream:
        def __init__(self) -> None:
            self.file = streamed.open("wb")

        def write(self, data: bytes) -> int:
            return self.file.write(data)

        def flush(self) -> None:
            self.file.flush()

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, data in parts_of(path).items():
            archive.writestr(name, data)
    stream.file.close()
    with zipfile.ZipFile(streamed) as archive:
        assert all(info.flag_bits & 8 for info in archive.infolist())
    before = parts_of(streamed)
    Package.open(streamed).save()
    assert parts_of(streamed) == before


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD_FILES = {
    "text": (b"amazon-order-id\tpurchase-date\n", "isn't a workbook"),
    "empty": (b"", "isn't a workbook"),
    "xls": (OLE + b"\0" * 600, "is an old .xls workbook. Save it in Excel as .xlsx"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "protected by a password. Remove it"),
    "cut off": (b"PK\x03\x04" + b"\0" * 100, "isn't a workbook, or is damaged"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_is_no_workbook_gets_a_sentence_with_a_remedy(kind: str, tmp_path: Path) -> None:
    data, sentence = BAD_FILES[kind]
    path = tmp_path / "Bad.xlsx"
    path.write_bytes(data)
    with pytest.raises(WorkbookError, match=r"^Bad\.xlsx ") as caught:
        Package.open(path)
    assert sentence in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"Nothing\.xlsx isn't there"):
        Package.open(tmp_path / "Nothing.xlsx")


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("orders.txt", "amazon-order-id")
    with pytest.raises(WorkbookError, match="isn't an Excel workbook"):
        Package.open(path)


@pytest.mark.parametrize("name", ["/xl/evil.xml", "xl/../../evil.xml", "XL/WORKBOOK.XML", "C:/evil.xml"])
def test_odd_entry_names_are_refused(name: str, path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(WorkbookError, match="holds the odd entry"):
        Package.open(path)


def test_a_zip_bomb_is_refused_before_it_unpacks(path: Path) -> None:
    """40 MB of zeros pack about 1000 to 1, the most that deflate can; a real sheet packs 5 to 60 to 1."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(40_000_000))
    with pytest.raises(WorkbookError, match="unpacks to more than a workbook can hold"):
        Package.open(path)


def test_a_part_that_lies_about_its_size_is_refused_when_it_is_read(path: Path) -> None:
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/workbook.xml").file_size
    start = data.rindex(b"xl/workbook.xml") - 46  # its entry in the directory: the size stands 24 bytes in
    struct.pack_into("<I", data, start + 24, size - 100)
    with pytest.raises(WorkbookError, match=r"xl/workbook\.xml in the workbook is damaged"):
        Package.from_bytes(bytes(data)).sheets  # noqa: B018


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'.encode(encoding)
    with pytest.raises(WorkbookError, match="holds a document type"):
        parse(bomb, "xl/workbook.xml")


def test_a_declared_encoding_cant_hide_a_document_type() -> None:
    hidden = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a []><a/>'
    with pytest.raises(WorkbookError, match="damaged"):
        parse(hidden, "xl/workbook.xml")


def test_a_part_in_utf_16_is_read(path: Path) -> None:
    package = Package.open(path)
    text = package.parts["xl/workbook.xml"].decode("utf-8").replace('encoding="UTF-8"', 'encoding="UTF-16"')
    package.replace("xl/workbook.xml", text.encode("utf-16"))
    assert [sheet.name for sheet in package.sheets] == ["Orders", "Dashboard", "xlwings.conf"]


def test_targets_from_the_root_and_in_other_case_are_found(path: Path) -> None:
    holder = "xl/_rels/workbook.xml.rels"
    edit_part(path, holder, 'Target="worksheets/sheet1.xml"', 'Target="/xl/Worksheets/Sheet1.xml"')
    assert Package.open(path).sheet("orders").part == "xl/worksheets/sheet1.xml"


def test_shared_strings_leave_phonetic_guides_out(path: Path) -> None:
    edit_part(
        path, "xl/sharedStrings.xml", "<si><t>My orders</t></si>",
        '<si><r><t>My </t></r><r><t>orders</t></r><rPh sb="0" eb="1"><t>MAI</t></rPh></si>',
    )  # fmt: skip
    assert Package.open(path).shared_strings[0] == "My orders"
