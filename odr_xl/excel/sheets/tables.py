"""The input tables: which columns the workbook has for each report, and where in Seller Central a seller finds it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from odr_xl.readers.performance import METRICS

Format = Literal["text", "date", "whole", "percent", "plain"]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of an input table.

    Attributes
    ----------
    header : str
        As Amazon writes it, where the column is Amazon's.
    width : float
        In characters of the default font.
    format : "text", "date", "whole", "percent" or "plain"
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
                ColumnSpec("A-to-z Guarantee claim", 19, choices=_MARK, note=_MARK_NOTE),
                ColumnSpec("Chargeback claim", 13, choices=_MARK, note=_MARK_NOTE),
                ColumnSpec("Late Shipment", 13, choices=_MARK, note="Shown by Amazon, and never an order defect."),
                ColumnSpec("Pre-fulfillment Cancellation", 16, choices=_MARK, note="Shown by Amazon, and never an "
                           "order defect."),
            ),
        ),
        "tblListings": TableSpec(
            "Listings",
            "listings",
            "Listings",
            "Seller Central: Reports > Inventory > Active Listings Report (Inventory > Inventory Reports). Choose the "
            "file with Refresh…, then fill in the last six columns from the product page. What is blank in a whole "
            "column isn't judged.",
            (
                ColumnSpec("seller-sku", 20, "text", note="Your SKU, as on Orders. It joins the page to its orders. "
                           "One row a SKU."),
                ColumnSpec("asin1", 13, "text", note="Amazon's product number. A book's begins with a digit, and its "
                           "title may be longer."),
                ColumnSpec("item-name", 50, note="The title of the page. Amazon allows 75 characters since 27 July "
                           "2026 (books, music and video: 200)."),
                ColumnSpec("item-description", 40, note="Amazon leaves this column blank in its report. Copy the text "
                           "from the page if you want it checked; a refresh keeps it."),
                ColumnSpec("image-url", 20, note="Link to the main picture. Amazon leaves it blank mostly; a refresh "
                           "keeps what you type."),
                ColumnSpec("price", 10),
                ColumnSpec("Pictures", 10, "whole", note="Yours: how many pictures the page has. Amazon recommends "
                           "six."),
                ColumnSpec("Bullet points", 10, "whole", note="Yours: how many bullet points the page has. Five are "
                           "shown."),
                ColumnSpec("Reviews", 10, "whole", note="Yours: how many customer reviews the product has."),
                ColumnSpec("Rating", 9, note="Yours: average stars of the product, 1 to 5. Leave it blank when there "
                           "is no review. These are product reviews, not seller feedback."),
                ColumnSpec("Lowest price", 10, note="Yours: you wouldn't sell for less. Your minimum price in Manage "
                           "Pricing, for example."),
                ColumnSpec("Highest price", 10, note="Yours: more would drive buyers away. Your maximum price in "
                           "Manage Pricing, for example."),
            ),
        ),
        "tblAmazon": TableSpec(
            "Reconcile",
            "performance",
            "Amazon's own numbers",
            "Performance > Account Health: type what it prints, one row a number, or choose the seller performance "
            "report (JSON or XML) with Refresh…",
            (
                ColumnSpec("Marketplace", 12, note="US, DE, JP … as on Orders."),
                ColumnSpec("Fulfilled By", 11, choices=_CHANNELS, note="AFN: Amazon ships. MFN: you ship."),
                ColumnSpec("Metric", 30, choices=tuple(words[0] for words in METRICS.values()),
                           note="For the order defect rate, Count is the orders with defects."),
                ColumnSpec("From", 12, "date", note="First order date that Amazon prints above the number."),
                ColumnSpec("To", 12, "date", note="Last order date that Amazon prints above the number."),
                ColumnSpec("Orders", 10, "whole", note="Orders (or shipments) that the number is about."),
                ColumnSpec("Count", 10, "whole", note="Orders with defects, late shipments, cancellations … For "
                           "tracking and delivery: those that were in order."),
                ColumnSpec("Target", 10, "percent", note="Amazon's own target, such as 1%."),
            ),
        ),
    }
)  # fmt: skip
