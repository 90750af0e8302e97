"""Returns: Amazon's reports of Amazon-fulfilled and of seller-fulfilled returns, and the workbook's table.

Only the seller-fulfilled report says which orders have an A-to-z claim (``Y`` or ``N``), and it doesn't say how the
claim ended.
"""

from __future__ import annotations

from collections.abc import Mapping

from odr_xl.readers.layout import ASIN, CHANNEL, ORDER_ID, QUANTITY, REASON, SKU, Layout
from odr_xl.readers.orders import MARK_HEADERS, ONLY_ORDERS


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a returns report; "" when it's something else."""
    if "order_id" not in fields or (ONLY_ORDERS | MARK_HEADERS) & headers:
        return ""
    if "return request date" in headers:
        return "seller_fulfilled"
    if {"fulfillment center id", "fnsku", "license plate number"} & headers and "return_date" in fields:
        return "amazon_fulfilled"
    # Orders may have a return reason too; a list of returns has no order date without the day of the return.
    reason_only = "return reason" in headers and "order date" not in headers
    return "returns_table" if {"return_date", "disposition"} & set(fields) or reason_only else ""


RETURNS = Layout(
    kind="returns",
    name="customer returns report",
    columns={
        "order_id": "id",
        "return_date": "date",
        "sku": "text",
        "asin": "text",
        "quantity": "number",
        "disposition": "text",
        "reason": "text",
        "comments": "text",
        "a_to_z_claim": "mark",
        "channel": "channel",
    },
    headers={
        "order_id": ORDER_ID,
        "return_date": (
            "return-date", "Return request date", "returned on", "date returned", "Rückgabedatum", "Rücksendedatum",
            "Date de retour", "Date du retour", "Data del reso", "Data di reso", "Fecha de devolución", "返品日",
            "退货日期",
        ),
        "sku": SKU,
        "asin": ASIN,
        "quantity": ("quantity", "Return quantity", *QUANTITY, "返品数", "退货数量"),
        "disposition": ("detailed-disposition", "disposition", "item condition", "商品の状態", "商品状态"),
        "reason": REASON,
        "comments": ("customer-comments", "comments", "購入者のコメント", "买家评论", "买家备注"),
        "a_to_z_claim": ("A-to-Z Claim", "a_to_z_claim", "A-to-Z"),
        "channel": CHANNEL,
    },
    judge=judge,
)  # fmt: skip
