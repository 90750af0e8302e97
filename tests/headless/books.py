"""Workbooks made for these tests with XlsxWriter, which shares no code with the package."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import xlsxwriter

HEADERS = ["amazon-order-id", "purchase-date", "sku", "quantity", "late"]
START = [
    ["114-1000001-0000001", datetime(2026, 7, 1), "MUG-RED", 1.0, True],
    ["114-1000002-0000002", datetime(2026, 7, 2), "MUG-BLUE", 2.0, None],
    ["114-1000003-0000003", datetime(2026, 7, 3), "a & b <c>", 3.0, False],
]


def rich_workbook(path: Path, *, vba: bool = False) -> Path:
    """A seller's workbook: a table from B3 with notes beside and below it, rules, a chart, a spill, a second sheet.

    ``Orders!B3:G6`` is tblOrders: five report columns and a calculated one, Weight = quantity * 0.5.
    """
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    red = book.add_format({"bg_color": "#FFC7CE"})
    bold = book.add_format({"bold": True})
    orders = book.add_worksheet("Orders")
    orders.write("B1", "My orders", bold)
    columns: list[dict[str, object]] = [{"header": h} for h in HEADERS]
    columns[1]["format"] = day
    columns.append({"header": "Weight", "formula": "=tblOrders[[#This Row],[quantity]]*0.5"})
    orders.add_table("B3:G6", {"name": "tblOrders", "columns": columns})
    for number, row in enumerate(START, 3):
        for column, value in enumerate(row, 1):
            if isinstance(value, datetime):
                orders.write_datetime(number, column, value, day)
            elif value is not None:
                orders.write(number, column, value)
        orders.write_formula(number, 6, "=tblOrders[[#This Row],[quantity]]*0.5", None, row[3] * 0.5)
    orders.write("A5", "note left")
    orders.write("I5", "note right")
    orders.set_row(4, 30)
    orders.write("B40", "far below")
    orders.data_validation("E4:E6", {"validate": "integer", "criteria": ">", "value": 0})
    orders.data_validation("K1", {"validate": "list", "source": ["a", "b"]})
    orders.conditional_format("F4:F6", {"type": "cell", "criteria": "==", "value": "TRUE", "format": red})
    orders.conditional_format("E4:E6", {"type": "data_bar", "data_bar_2010": True})
    dashboard = book.add_worksheet("Dashboard")
    dashboard.write_formula("B2", "=ODR(tblOrders[#All])", book.add_format({"num_format": "0.00%"}), 0.01)
    dashboard.write_dynamic_array_formula("A9:B11", "=DEFECT_BREAKDOWN(tblOrders[#All])", None, "cause")
    dashboard.write_string("D2", "=not a formula")
    dashboard.write_formula("C2", '=IF(B2<0.01,"OK","At risk")', None, "At risk")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Dashboard!$B$9:$B$11"})
    dashboard.insert_chart("F2", chart)
    hidden = book.add_worksheet("xlwings.conf")
    hidden.hide()
    book.define_name("AllOrders", "=tblOrders[#All]")
    book.define_name("Dashboard!Here", "=Dashboard!$B$2")
    if vba:
        project = path.with_name("project.bin")
        project.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 20)
        book.add_vba_project(str(project))
    book.close()
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """Contents of each part, read with the standard library."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edit_part(path: Path, name: str, old: str, new: str) -> None:
    """Rewrite one part's text with the standard library, to stand in for other programs' ways of writing."""
    contents = parts_of(path)
    text = contents[name].decode("utf-8")
    assert old in text
    contents[name] = text.replace(old, new).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in contents.items():
            archive.writestr(part, data)
