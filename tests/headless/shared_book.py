"""A workbook full of what must not reach others, made with XlsxWriter and the standard library."""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter
from books import parts_of

#: Each stands somewhere in the workbook and nowhere in its copy.
SECRETS = (
    "Ms Quill wrote this", "Our reply to Ms Quill", "quill@mail.example", "Quillfeather", "raw@mail.example",
    "secret-key", "Author Amberley", "Company Amberley", "C:\\Users\\amberley", "Reader Amberley", "amberley-printer",
    "team@mail.example", "notes@mail.example", "Thread Amberley", "mailto:", "file:///", "Hidden!", "amberley.xlsx",
)  # fmt: skip
COMMENT = "Ms Quill wrote this"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_THREAD = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def shared_book(path: Path, *, macros: bool = True) -> Path:
    """Feedback in a table, a result and a pasted report that repeat it, and all that acts, connects or names people."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": "Rates", "author": "Author Amberley", "company": "Company Amberley"})
    book.set_custom_property("Owner", "Author Amberley")
    result, feedback, pasted, hidden = (book.add_worksheet(n) for n in ("Result", "Feedback", "Pasted", "Hidden"))
    _feedback(feedback)
    _result(book, result)
    pasted.write_row("B3", ["order-id", "buyer-email", "buyer-name", "sku"])
    pasted.write_row("B4", ["911-0000001-0000001", "raw@mail.example", "Quillfeather", "MUG"])
    pasted.write("B6", "Ask team@mail.example about it")
    pasted.set_header("&Lnotes@mail.example")
    hidden.write_column("A1", ["Line", 7, "secret-key"])
    hidden.hide()
    for name, formula in {
        "Rate": "=Result!$B$2", "Key": "=Hidden!$A$1", "Both": "=SUM(Result!$B$2,1)", "Other": "='[1]Data'!$A$1",
    }.items():  # fmt: skip
        book.define_name(name, formula)
    result.print_area("A1:F20")
    hidden.print_area("A1:B2")
    if macros:
        project = path.with_name("project.bin")
        project.write_bytes(b"\xd0\xcf\x11\xe0" + b"Author Amberley" * 20)
        book.add_vba_project(str(project))
        result.insert_button("H2", {"macro": "Refresh", "caption": "Refresh Amberley"})
    book.close()
    _as_excel_saves(path)
    return path


def _feedback(sheet):
    columns = [{"header": h} for h in ("Order ID", "Stars", "Comments", "Your Response", "Rater Email")]
    sheet.add_table("A1:E3", {"name": "tblFeedback", "columns": columns})
    sheet.write_row("A2", ["911-0000001-0000001", 1, COMMENT, "Our reply to Ms Quill", "quill@mail.example"])
    sheet.write_row("A3", ["911-0000002-0000002", 5, "Fine", "", ""])
    sheet.write_comment("A1", "The order", {"author": "Author Amberley"})
    sheet.write_comment("B1", "Reader Amberley:\nStars from 1 to 5", {"author": "Reader Amberley"})
    sheet.write_comment("C1", "Thread Amberley", {"author": "tc={1}"})


def _result(book, sheet):
    percent = book.add_format({"num_format": "0.00%"})
    sheet.write_formula("B2", "=ODR(tblFeedback[#All])", percent, 0.5)
    sheet.write_formula("B3", '=IF(B2<0.01,"OK","At risk")', None, "At risk")
    sheet.write_formula("B4", "=1/0", None, "#DIV/0!")
    sheet.write_formula("B5", "=B2>0", None, True)
    sheet.write_formula("B6", '=""', None, "")
    sheet.write_formula("C2", "=INDEX(tblFeedback[Comments],1)", None, COMMENT)
    sheet.write_formula("C3", "=NEVER()", None, "")
    sheet.write_dynamic_array_formula("A10:C11", "=DEFECT_LEDGER(tblFeedback[#All])", None, "Order ID")
    for cell, text in {"B10": "Cause", "C10": "Detail", "A11": "911-0000001-0000001", "B11": "Negative feedback",
                       "C11": "1★ Ms Quill wrote this"}.items():  # fmt: skip
        sheet.write_formula(cell, "=0", None, text)
    sheet.conditional_format("B2", {"type": "formula", "criteria": "=ODR(tblFeedback[#All])>0.01", "format": percent})
    sheet.conditional_format("B3", {"type": "formula", "criteria": '=$B$3="At risk"', "format": percent})
    sheet.data_validation("D2", {"validate": "list", "source": "=Hidden!$A$1:$A$2"})
    sheet.data_validation("D3", {"validate": "list", "source": ["a", "b"]})
    sheet.write_url("E2", "mailto:team@mail.example", string="write")
    sheet.write_url("E3", "https://sellercentral.amazon.com/", string="page")
    sheet.write_url("E4", "internal:Hidden!A1", string="key")
    sheet.write_url("E5", r"external:C:\Users\amberley\amberley.xlsx", string="file")
    kept, frozen = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    kept.add_series({"name": "Rates", "values": "=Result!$B$2:$B$3", "values_data": [0.5, 0]})
    frozen.add_series({"name": "=Hidden!$A$1", "values": "=Hidden!$A$2:$A$2", "values_data": [7]})
    sheet.insert_chart("A20", kept)
    sheet.insert_chart("H20", frozen)


def _as_excel_saves(path):
    """Add what Excel writes and XlsxWriter doesn't: the folder, who has it open, a printer, a thread, a chain."""
    parts = parts_of(path)
    _put(parts, "xl/workbook.xml", "<workbookPr", '<fileSharing userName="Author Amberley"/><workbookPr')
    _put(
        parts,
        "xl/workbook.xml",
        "<bookViews>",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        'markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com'
        '/office/spreadsheetml/2010/11/ac" url="C:\\Users\\amberley\\"/></mc:Choice></mc:AlternateContent><bookViews>',
    )
    _put(
        parts,
        "[Content_Types].xml",
        "</Types>",
        '<Override PartName="/xl/calcChain.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>',
    )
    _put(
        parts,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rId90" Type="{_REL}/calcChain" Target="calcChain.xml"/></Relationships>',
    )
    _put(parts, "xl/worksheets/_rels/sheet2.xml.rels", "</Relationships>",
         f'<Relationship Id="rId90" Type="{_REL}/printerSettings" Target="../printerSettings/printerSettings1.bin"/>'
         f'<Relationship Id="rId91" Type="{_THREAD}" Target="../threadedComments/threadedComment1.xml"/>'
         "</Relationships>")  # fmt: skip
    _put(parts, "xl/worksheets/sheet2.xml", "<legacyDrawing", '<pageSetup paperSize="9" r:id="rId90"/><legacyDrawing')
    parts["xl/calcChain.xml"] = b"<calcChain/>"
    parts["xl/printerSettings/printerSettings1.bin"] = b"amberley-printer"
    parts["xl/threadedComments/threadedComment1.xml"] = b"<ThreadedComments>Thread Amberley</ThreadedComments>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _put(parts, name, old, new):
    text = parts[name].decode("utf-8")
    assert old in text, (name, old)
    parts[name] = text.replace(old, new, 1).encode("utf-8")
