"""A-to-z Guarantee claims: no report of Amazon's lists them, so sellers copy the page or type them."""

from __future__ import annotations

from collections.abc import Mapping

from odr_xl.readers.layout import DATE, MARKS, ORDER_ID, REASON, STATUS, Layout
from odr_xl.readers.orders import MARK_HEADERS, ONLY_ORDERS


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a list of claims; "" when it's something else."""
    if "order_id" not in fields or (ONLY_ORDERS | MARK_HEADERS) & headers:
        return ""
    signs = {
        "claim date",
        "claim status",
        "claim decision reason",
        "claim reason",
        "date claimed",
        "索赔日期",
        "索赔状态",
    }
    return "claims" if signs & headers else ""


CLAIMS = Layout(
    kind="claims",
    name="list of A-to-z claims",
    columns={"order_id": "id", "claim_date": "date", "status": "text", "reason": "text"},
    headers={
        "order_id": ORDER_ID,
        "claim_date": ("Claim Date", "claim_date", "date claimed", "claim opened", "索赔日期", "申請日", *DATE),
        "status": ("Claim Status", "decision", "outcome", "索赔状态", "申請状況", *MARKS["a_to_z_claim"], *STATUS),
        "reason": ("Claim Reason", "claim decision reason", "索赔原因", *REASON),
    },
    judge=judge,
)
