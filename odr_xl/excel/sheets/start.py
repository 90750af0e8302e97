"""The Start sheet: what to do each month, whether everything is there, and where to go."""

from __future__ import annotations

from typing import Any, Final

from odr_xl.excel.sheets.alerts import STATES
from odr_xl.excel.sheets.blocks import finish_page, write_title
from odr_xl.excel.sheets.dashboard import RATE, STATUS, place_buttons
from odr_xl.excel.sheets.selftest import SELFTEST_CELL
from odr_xl.excel.sheets.selftest import SHEET as SELFTEST
from odr_xl.excel.sheets.styles import Styles
from odr_xl.excel.sheets.tables import TABLES

SHEET: Final = "Start"
#: Text, sheet to go to, and what the link says.
STEPS: Final = (
    ("1. Download your reports from Seller Central into one folder: All Orders, feedback, returns, Account Health.",
     "Orders", "Where each one is"),
    ("2. Type new A-to-z claims and chargebacks, and how the open ones ended: Amazon offers no download of them.",
     "Claims", "Claims"),
    ("3. Click Refresh… and choose the files, or Folder… for all of a folder. What is there "
     "already isn't added twice.", "Dashboard", "Dashboard"),
    ("4. Look at the rate, at each account, and at what is said under What now.", "Actions", "What to do"),
    ("5. Answer feedback, appeal what can be appealed, and compare with the number that Amazon prints.",
     "Appeals", "Appeals"),
)  # fmt: skip
#: Column of the date that says how fresh a table is, and what it means when the table is blank.
_FRESH: Final = {
    "tblOrders": ("amazon-order-id", "purchase-date", "missing: nothing can be counted without orders"),
    "tblFeedback": ("Order ID", "Date", "none yet: right if nobody left any"),
    "tblClaims": ("Order ID", "Claim Date", "none yet: right if there are none"),
    "tblChargebacks": ("Order ID", "Chargeback Date", "none yet: right if there are none"),
    "tblReturns": ("order-id", "return-date", "none yet: the early warning sees no returns"),
    "tblAccountHealth": ("Order ID", "Order Date", "none yet: not needed, but it fills gaps"),
    "tblListings": ("seller-sku", "", "none yet: no page is checked"),
    "tblAmazon": ("Metric", "To", "none yet: nothing to compare with"),
}  # fmt: skip
_STEP_ROW, _TABLE_ROW = 7, 15
_OLD_DAYS: Final = 10


def write_start(sheet: Any, styles: Styles) -> None:
    """Write the sheet; everything on it is worked out by Excel itself, but the line that asks Python."""
    for column, width in enumerate((96, 20, 20, 50)):
        sheet.set_column(column, column, width, styles["plain"])
    write_title(sheet, "Start", "Your Order Defect Rate from the files that Amazon lets you download.", styles)
    place_buttons(sheet, "BCD")
    sheet.write_string(3, 0, "Amazon's order defect rate", styles["label"])
    sheet.write_formula(3, 1, f'=IF(ISNUMBER(Dashboard!{RATE}),Dashboard!{RATE},"")', styles["figure"], "")
    sheet.write_formula(3, 2, f"=Dashboard!{STATUS}", styles["label"], "")
    sheet.write_formula(3, 3, f'=COUNTIF({STATES},"Alert")&" of "&ROWS({STATES})&" alerts"', styles["hint"], "")
    sheet.write_string(_STEP_ROW - 2, 0, "Each month", styles["section"])
    for row, (text, target, link) in enumerate(STEPS, start=_STEP_ROW - 1):
        sheet.set_row_pixels(row, 24)
        sheet.write_string(row, 0, text, styles["text"])
        sheet.write_url(row, 1, f"internal:'{target}'!A1", styles["link"], link)
    sheet.write_string(_TABLE_ROW - 3, 0, "Is everything there?", styles["section"])
    headers = (("Table", "band"), ("Rows", "band_right"), ("Latest date", "band"), ("State", "band_text"))
    for column, (header, style) in enumerate(headers):
        sheet.write_string(_TABLE_ROW - 2, column, header, styles[style])
    for row, (name, (key, day, blank)) in enumerate(_FRESH.items(), start=_TABLE_ROW):
        spec = TABLES[name]
        sheet.write_url(row - 1, 0, f"internal:'{spec.sheet}'!A5", styles["link"], spec.title)
        sheet.write_formula(row - 1, 1, f"=COUNTA({name}[{key}])", styles["column_whole"], "")
        latest = f'=IF(COUNT({name}[{day}])=0,"",MAX({name}[{day}]))' if day else '=""'
        sheet.write_formula(row - 1, 2, latest, styles["column_date"], "")
        state = (
            f'=IF(B{row}=0,"{blank}",IF(OR(AsOf="",C{row}=""),"there",'
            f'IF(AsOf-C{row}>{_OLD_DAYS},"there; nothing newer than "&(AsOf-C{row})&" days","there")))'
        )
        sheet.write_formula(row - 1, 3, state, styles["block_text"], "")
    row = _TABLE_ROW + len(_FRESH) + 1
    sheet.write_string(row - 1, 0, "Python, after Recalculate", styles["label"])
    asked = '=IFERROR(INDEX(ODR_CHECK(),1,2),"not connected")'
    sheet.write_dynamic_array_formula(row - 1, 1, row - 1, 1, asked, styles["text"], "")
    sheet.write_string(row - 1, 2, "Without Python the cells keep the values of the last refresh.", styles["hint"])
    sheet.write_url(row, 0, f"internal:'{SELFTEST}'!A1", styles["link"], "SelfTest")
    sheet.write_formula(row, 1, f"={SELFTEST_CELL}", styles["text"], "")
    sheet.freeze_panes(2, 0)
    finish_page(sheet)
