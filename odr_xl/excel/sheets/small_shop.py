"""The invented shop on the sheet SelfTest: small tables, so that a person can count what the formulas count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS
from odr_xl.labels import word

Value = str | float | date
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table whose values are typed.

    Attributes
    ----------
    name : str
        How formulas of the checks refer to it.
    title : str
    headers : tuple of str
        As Amazon's reports or our formulas write them.
    rows : tuple of tuples
    """

    name: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FormulaTable:
    """A table that one of our formulas writes.

    Attributes
    ----------
    name, title : str
    formula : str
        Without its ``=``; ``{orders}`` stands for another table.
    height : int
        Rows of the result with its header.
    kinds : tuple of str
        What each column holds: "text", "date", "percent" or "rank", a number to the left.
    """

    name: str
    title: str
    formula: str
    height: int
    kinds: tuple[str, ...]


def order_id(number: int) -> str:
    """Id of an invented order: Amazon's begin with other numbers.

    >>> order_id(7)
    '900-0000007-0000001'
    """
    return f"900-{number:07d}-0000001"


_MFN, _AFN, _DE = ("Merchant", "Amazon.com"), ("Amazon", "Amazon.com"), ("Merchant", "Amazon.de")


def _counts(day: date, orders: int, *, charged: int = 0, returned: int = 0) -> Row:
    """A row of daily counts: so many orders, of which some have a chargeback and others were returned."""
    filled: dict[str, Value] = {
        "order_date": day, "channel": "MFN", "marketplace": "US", "orders": orders, "defective": charged + returned,
        "defective_amazon": charged, "defective_returns": returned, "chargeback": charged, "defect_return": returned,
    }  # fmt: skip
    return tuple(filled.get(column, 0) for column in (*DAY_KEYS, *COUNT_COLUMNS))


TYPED_TABLES: Final = (
    TypedTable(
        "orders",
        "Twelve orders: the second has two causes, the fourth was returned",
        ("amazon-order-id", "purchase-date", "fulfillment-channel", "sales-channel", "sku", "Negative feedback",
         "Chargeback", "Defect return"),
        (
            (order_id(1), date(2021, 10, 1), *_MFN, "KETTLE", "", "", ""),
            (order_id(2), date(2021, 10, 29), *_MFN, "KETTLE", "x", "x", ""),
            (order_id(3), date(2021, 11, 5), *_AFN, "MUG", "", "", ""),
            (order_id(4), date(2021, 11, 12), *_AFN, "MUG", "", "", "x"),
            (order_id(5), date(2021, 11, 19), *_MFN, "KETTLE", "", "", ""),
            (order_id(6), date(2021, 11, 19), *_MFN, "KETTLE", "", "", ""),
            (order_id(7), date(2021, 11, 26), *_MFN, "KETTLE", "", "", ""),
            (order_id(8), date(2021, 12, 3), *_AFN, "MUG", "", "", ""),
            (order_id(9), date(2021, 12, 10), *_AFN, "MUG", "", "", ""),
            (order_id(10), date(2021, 12, 17), *_DE, "KETTLE", "", "", ""),
            (order_id(11), date(2021, 12, 24), *_DE, "KETTLE", "", "", ""),
            (order_id(12), date(2021, 12, 31), *_DE, "MUG", "", "", ""),
        ),
    ),
    TypedTable(
        "feedback",
        "Feedback on three orders",
        ("Date", "Rating", "Comments", "Your Response", "Order ID"),
        (
            (date(2021, 12, 20), 1, "Broken lid", "", order_id(1)),
            (date(2021, 12, 21), 3, "Late", "", order_id(3)),
            (date(2021, 12, 22), 2, "Broken spout", "We are sorry", order_id(5)),
        ),
    ),
    TypedTable(
        "claims",
        "A-to-z claims",
        ("Order ID", "Claim Date", "Claim Status"),
        (
            (order_id(1), date(2021, 12, 23), "Open"),
            (order_id(7), date(2021, 12, 24), "Granted"),
            (order_id(8), date(2021, 12, 27), "Denied"),
        ),
    ),
    TypedTable(
        "unreadable", "An order whose date can't be read", ("Order ID", "Order date"), ((order_id(13), "31/02/2026"),)
    ),
    TypedTable("listings", "A page with three pictures", ("SKU", "Pictures"), (("KETTLE", 3),)),
    TypedTable(
        "report",
        "Amazon's own numbers",
        ("Marketplace", "Fulfilled By", "Metric", "From", "To", "Orders", "Count", "Target"),
        (("US", "MFN", "Late shipment rate", date(2021, 12, 2), date(2021, 12, 31), 200, 6, 0.04),),
    ),
    TypedTable(
        "counts",
        "Larger numbers of orders, as counts a day",
        tuple(word(column) for column in (*DAY_KEYS, *COUNT_COLUMNS)),
        (
            _counts(date(2020, 1, 1), 100, returned=10),
            _counts(date(2020, 2, 1), 100, charged=1),
            _counts(date(2020, 3, 1), 101, charged=1),
            _counts(date(2020, 4, 1), 100),
            _counts(date(2020, 5, 1), 101),
            _counts(date(2020, 6, 1), 40, charged=1),
            # Two windows: until 2020-10-20 the first two rows, until 2020-11-20 the last two.
            _counts(date(2020, 9, 1), 100, charged=2),
            _counts(date(2020, 10, 15), 200, charged=1),
            _counts(date(2020, 11, 10), 50, charged=2),
            _counts(date(2020, 12, 20), 369, charged=5),
        ),
    ),
)  # fmt: skip

_DAYS: Final = ("date", "text", "text", *("rank",) * (len(DAY_KEYS) + len(COUNT_COLUMNS) - 3))

FORMULA_TABLES: Final = (
    FormulaTable("days", "Counts a day of the twelve orders", "ODR_DAYS({orders})", 12, _DAYS),
    FormulaTable(
        "trail",
        "Every defect of the twelve orders",
        "DEFECT_LEDGER({orders},{feedback},{claims})",
        10,
        ("text", "date", *("text",) * 7, "rank", "date", "text", "date"),
    ),
    FormulaTable("all_days", "Counts a day with feedback and claims", "ODR_DAYS({orders},{trail})", 12, _DAYS),
    FormulaTable(
        "change",
        "Why the rate moved, and by how much",
        "ODR_CHANGE({counts},DATE(2020,10,20),DATE(2020,11,20))",
        7,
        ("text", "rank", "rank", "percent", "text"),
    ),
)
