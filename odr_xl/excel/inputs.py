"""The input sheets: which tables the workbook has, and where in Seller Central a seller finds what goes into them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from odr_xl.excel.styles import FONT, Styles, band

Format = Literal["text", "date", "whole", "plain"]

#: Rows of an input sheet, counted from 1: title, where to get it, header, first row of data.
TITLE_ROW, HINT_ROW, HEADER_ROW, DATA_ROW = 1, 2, 4, 5


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of an input table.

    Attributes
    ----------
    header : str
        As Amazon writes it, where the column is Amazon's.
    width : float
        In characters of the default font.
    format : "text", "date", "whole" or "plain"
        Ids are text: Excel would cut leading zeros and turn some of them into numbers.
    choices : tuple of str
        Words that the drop-down offers; other words can be typed as well, since Amazon changes its own.
    note : str
        The comment on the header; "" for none.
    """

    header: str
    width: float
    format: Format = "plain"
    choices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One input table: its sheet, the kind of report that feeds it, and what the sheet's first two rows say."""

    sheet: str
    kind: str
    title: str
    hint: str
    columns: tuple[ColumnSpec, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, in the table's order."""
        return tuple(column.header for column in self.columns)


_ORDER_ID: Final = "Amazon's order id, such as 113-1234567-1234567. It joins this row to the order on Orders."
_OUR_DATE: Final = "YYYY-MM-DD or an Excel date."
_CHANNELS: Final = ("AFN", "MFN")
_MARK: Final = ("Yes",)
_MARK_NOTE: Final = "Yes, or anything but a blank, when the page shows this mark for the order."

#: Every input table by its name in Excel. The order is that of the sheets.
TABLES: Final[MappingProxyType[str, TableSpec]] = MappingProxyType(
    {
        "tblOrders": TableSpec(
            "Orders",
            "orders",
            "Orders",
            "Seller Central: Reports > Fulfillment > All Orders. Click Refresh… on the Dashboard and choose the file, "
            "or paste its rows below. One row an item; the formulas count each order id once.",
            (
                ColumnSpec("amazon-order-id", 23, "text", note="Amazon's order id. An order with two items has two "
                           "rows and counts once."),
                ColumnSpec("purchase-date", 13, "date", note="The day of the order in the marketplace's own time. It "
                           "decides in which window the order is."),
                ColumnSpec("order-status", 25, note="Shipped, Pending, Cancelled … All of them count as orders "
                           "received; Settings can leave cancelled or pending ones out."),
                ColumnSpec("fulfillment-channel", 13, choices=_CHANNELS, note="AFN or Amazon: Amazon ships. "
                           "MFN or Merchant: you ship. Amazon judges the two apart."),
                ColumnSpec("sales-channel", 16, note="Amazon.com, Amazon.de … Orders of Non-Amazon channels are left "
                           "out of every rate."),
                ColumnSpec("ship-service-level", 14),
                ColumnSpec("product-name", 40),
                ColumnSpec("sku", 20, "text"),
                ColumnSpec("asin", 13, "text"),
                ColumnSpec("item-status", 13),
                ColumnSpec("quantity", 9, "whole"),
                ColumnSpec("ship-state", 16),
            ),
        ),
        "tblFeedback": TableSpec(
            "Feedback",
            "feedback",
            "Seller feedback",
            "Seller Central: Performance > Feedback > Feedback Manager > Download. Only 1 and 2 stars count. Amazon "
            "keeps a removed feedback in its file sometimes: mark it in the last column.",
            (
                ColumnSpec("Date", 13, "date", note="The day the buyer left the feedback. The window goes by the date "
                           "of the order instead."),
                ColumnSpec("Rating", 9, "whole", choices=("1", "2", "3", "4", "5"), note="Stars. 1 and 2 are "
                           "negative, 3 is neutral."),
                ColumnSpec("Comments", 50),
                ColumnSpec("Your Response", 40),
                ColumnSpec("Order ID", 23, "text", note=_ORDER_ID),
                ColumnSpec("Status", 16, choices=("Removed", "Withdrawn", "Struck through"), note="Yours to fill in: "
                           "a feedback that Amazon removed, the buyer withdrew, or Amazon struck through no longer "
                           "counts. Refresh never overwrites this column."),
            ),
        ),
        "tblClaims": TableSpec(
            "Claims",
            "claims",
            "A-to-z Guarantee claims",
            "Seller Central: Performance > A-to-z Guarantee claims. Amazon offers no download, so type one row a "
            "claim. Every claim counts unless it was denied, withdrawn, won on appeal, or its order was cancelled.",
            (
                ColumnSpec("Order ID", 23, "text", note=_ORDER_ID),
                ColumnSpec("Claim Date", 13, "date", note=f"The day the claim was opened. {_OUR_DATE}"),
                ColumnSpec("Claim Status", 24, choices=("Open", "Granted", "Refunded after claim", "Denied",
                           "Withdrawn", "Appeal won", "Order cancelled"), note="Open, Granted and Refunded after "
                           "claim count. Denied, Withdrawn, Appeal won and Order cancelled don't."),
                ColumnSpec("Reason", 40, note="In Amazon's words or your own."),
            ),
        ),
        "tblChargebacks": TableSpec(
            "Chargebacks",
            "chargebacks",
            "Chargebacks",
            "Seller Central: Performance > Chargeback claims. Amazon offers no download, so type one row a "
            "chargeback. Service chargebacks count; fraud chargebacks don't.",
            (
                ColumnSpec("Order ID", 23, "text", note=_ORDER_ID),
                ColumnSpec("Chargeback Date", 16, "date", note=f"The day the chargeback was filed. {_OUR_DATE}"),
                ColumnSpec("Type", 14, choices=("Service", "Fraud", "Unknown"), note="Service: not received, not as "
                           "described, no refund … It counts. Fraud doesn't. Unknown counts until you know better."),
                ColumnSpec("Status", 14, choices=("Open", "Lost", "Won"), note="A chargeback that you won doesn't "
                           "count."),
            ),
        ),
        "tblReturns": TableSpec(
            "Returns",
            "returns",
            "Returns",
            "Seller Central: Reports > Fulfillment > FBA customer returns, and Reports > Return Reports for orders "
            "you ship. Returns are never part of Amazon's rate: they are the early warning.",
            (
                ColumnSpec("return-date", 13, "date", note=_OUR_DATE),
                ColumnSpec("order-id", 23, "text", note=_ORDER_ID),
                ColumnSpec("sku", 20, "text"),
                ColumnSpec("asin", 13, "text"),
                ColumnSpec("quantity", 9, "whole"),
                ColumnSpec("detailed-disposition", 22, note="State of the item when it came back. FBA only."),
                ColumnSpec("reason", 28, note="Amazon's code or your own words. Faulty, damaged, missing, wrong or "
                           "not as described is a defect; a change of mind isn't."),
                ColumnSpec("customer-comments", 40),
                ColumnSpec("A-to-z Claim", 11, choices=("Yes", "No"), note="From the report for orders you ship. It "
                           "doesn't say how the claim ended: enter the claim on Claims."),
                ColumnSpec("Fulfilled By", 12, choices=_CHANNELS, note="AFN: the FBA report. MFN: the report "
                           "for orders you ship."),
            ),
        ),
        "tblAccountHealth": TableSpec(
            "AccountHealth",
            "account_health",
            "Amazon's own list of orders with defects",
            "Seller Central: Performance > Account Health > Order Defect Rate > Download Report. Choose Fulfilled by "
            "first: each channel is a file of its own. What is on this list counts.",
            (
                ColumnSpec("Order ID", 23, "text", note=_ORDER_ID),
                ColumnSpec("Order Date", 13, "date", note=_OUR_DATE),
                ColumnSpec("Fulfilled By", 12, choices=_CHANNELS),
                ColumnSpec("Negative Feedback", 13, choices=_MARK, note=_MARK_NOTE),
                ColumnSpec("A-to-z Guarantee claim", 14, choices=_MARK, note=_MARK_NOTE),
                ColumnSpec("Chargeback claim", 13, choices=_MARK, note=_MARK_NOTE),
                ColumnSpec("Late Shipment", 13, choices=_MARK, note="Shown by Amazon, and never an order defect."),
                ColumnSpec("Pre-fulfillment Cancellation", 16, choices=_MARK, note="Shown by Amazon, and never an "
                           "order defect."),
            ),
        ),
    }
)  # fmt: skip

#: A drop-down offers these words and warns about others, but lets them stand.
_WARNING: Final = "This isn't one of the usual words. Keep it only if Seller Central shows it so."


def write_input(sheet: Any, name: str, styles: Styles) -> None:
    """Write one empty input sheet: title, where to get the data, and the table with one blank row."""
    table = TABLES[name]
    last = len(table.columns) - 1
    sheet.set_row(TITLE_ROW - 1, 26)
    sheet.set_row(HEADER_ROW - 1, 30)
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, column.width, styles[f"column_{column.format}"])
    # Their own style, or the first column's would make a number or a date of whatever is typed here.
    sheet.write_string(TITLE_ROW - 1, 0, table.title, styles["sheet_title"])
    sheet.write_string(HINT_ROW - 1, 0, table.hint, styles["hint"])
    sheet.add_table(
        *(HEADER_ROW - 1, 0, DATA_ROW - 1, last),
        {
            "name": name,
            "style": "Table Style Light 1",
            "columns": [
                {"header": c.header, "format": styles[f"column_{c.format}"], "header_format": styles[band(c.format)]}
                for c in table.columns
            ],
        },
    )
    for position, column in enumerate(table.columns):
        sheet.write_blank(DATA_ROW - 1, position, None, styles[f"column_{column.format}"])
        if column.note:
            sheet.write_comment(HEADER_ROW - 1, position, column.note, _COMMENT | {"height": _note_height(column)})
        if column.choices:
            sheet.data_validation(
                *(DATA_ROW - 1, position, DATA_ROW - 1, position),
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_type": "warning",
                    "error_title": column.header[:32],
                    "error_message": _WARNING,
                },
            )
    sheet.freeze_panes(DATA_ROW - 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)


_COMMENT: Final = {"font_name": FONT, "font_size": 9, "width": 230, "color": "#FFFFFF"}


def _note_height(column: ColumnSpec) -> int:
    """Pixels that a note needs at 230 pixels wide: about 36 characters a line."""
    return 16 + 15 * (1 + len(column.note) // 36)
