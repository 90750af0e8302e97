"""Run by LibreOffice's Python: opens a workbook in a running office, recalculates it, writes down every cell.

usage: witness.py PIPE WORKBOOK [--sheets NAMES] [--pdf FILE [--rows N]]; prints one JSON object.
Knows nothing of our package, so that what it reports is LibreOffice's word alone.
"""

import argparse
import contextlib
import json
import pathlib
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

#: Calc's error numbers in Excel's words (sc/inc/errorcodes: 502 and 519 are both "#VALUE!" to Excel).
ERRORS = {502: "#VALUE!", 503: "#NUM!", 519: "#VALUE!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}


def property_value(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def connect(pipe, seconds):
    """The office's component context; the office needs a moment to open its pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def letters(column):
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def used_range(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)


def cells(sheet):
    """Address to value, blanks left out: numbers, texts, errors as Excel writes them."""
    found = {}
    for row, values in enumerate(used_range(sheet).getDataArray()):
        for column, value in enumerate(values):
            if value is None:  # a cell with an error has no value
                code = sheet.getCellByPosition(column, row).getError()
                value = ERRORS.get(code, f"Err:{code}")
            if value != "":
                found[f"{letters(column)}{row + 1}"] = value
    return found


def one_page_a_sheet(document, most_rows):
    """Give every visible sheet a page of its own size; the top of a long sheet is enough to look at."""
    styles = document.StyleFamilies.getByName("PageStyles")
    shown = []
    for number in range(document.Sheets.Count):
        sheet = document.Sheets.getByIndex(number)
        if not sheet.IsVisible:
            continue
        area = used_range(sheet).RangeAddress
        last_row, last_column = min(area.EndRow, most_rows - 1), area.EndColumn
        shapes = [sheet.DrawPage.getByIndex(i) for i in range(sheet.DrawPage.Count)]
        # Calc 7.4 lists hidden notes too, 25.2 doesn't; they aren't drawn.
        shapes = [s for s in shapes if s.ShapeType != "com.sun.star.drawing.CaptionShape"]
        right = max((s.Position.X + s.Size.Width for s in shapes), default=0)
        bottom = max((s.Position.Y + s.Size.Height for s in shapes), default=0)
        while right > sheet.getCellByPosition(last_column + 1, 0).Position.X:
            last_column += 1
        while bottom > sheet.getCellByPosition(0, last_row + 1).Position.Y and last_row < 500:
            last_row += 1
        area.EndRow, area.EndColumn = last_row, last_column
        sheet.setPrintAreas((area,))
        sheet.setPrintTitleColumns(False)
        sheet.setPrintTitleRows(False)
        size = sheet.getCellRangeByPosition(0, 0, last_column, last_row).Size
        style = document.createInstance("com.sun.star.style.PageStyle")
        styles.insertByName(f"witness {number}", style)
        style.HeaderIsOn = style.FooterIsOn = False
        style.LeftMargin = style.RightMargin = style.TopMargin = style.BottomMargin = 500
        style.Width, style.Height = size.Width + 1200, size.Height + 1200
        style.ScaleToPagesX = style.ScaleToPagesY = 1
        sheet.PageStyle = f"witness {number}"
        shown.append(sheet.Name)
    return shown


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pipe")
    parser.add_argument("workbook", type=pathlib.Path)
    parser.add_argument("--sheets", default="", help="names, separated by a slash, which no sheet name may contain")
    parser.add_argument("--pdf", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=70)
    given = parser.parse_args()
    desktop = connect(given.pipe, 60).ServiceManager.createInstance("com.sun.star.frame.Desktop")
    try:
        hidden = (property_value("Hidden", True), property_value("MacroExecutionMode", 0))
        document = desktop.loadComponentFromURL(given.workbook.resolve().as_uri(), "_blank", 0, hidden)
        if document is None:
            sys.exit(f"LibreOffice can't open {given.workbook}.")
        started = time.perf_counter()
        document.calculateAll()
        told = {"seconds": time.perf_counter() - started, "sheets": {}}
        for name in filter(None, given.sheets.split("/")):
            told["sheets"][name] = cells(document.Sheets.getByName(name))
        if given.pdf:
            told["pages"] = one_page_a_sheet(document, given.rows)
            document.storeToURL(given.pdf.resolve().as_uri(), (property_value("FilterName", "calc_pdf_Export"),))
        document.close(True)
        json.dump(told, sys.stdout)
    finally:
        with contextlib.suppress(DisposedException):  # gone already, which is what we want
            desktop.terminate()


if __name__ == "__main__":
    main()
