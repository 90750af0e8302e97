"""Credit-card chargebacks: like claims, copied from Amazon's page or typed.

The type matters: only service chargebacks count in the Order Defect Rate, fraud ones don't.
"""

from __future__ import annotations

from collections.abc import Mapping

from odr_xl.readers.layout import DATE, MARKS, ORDER_ID, STATUS, Layout
from odr_xl.readers.orders import MARK_HEADERS, ONLY_ORDERS


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a list of chargebacks; "" when it's something else."""
    if "order_id" not in fields or (ONLY_ORDERS | MARK_HEADERS - {"chargeback"}) & headers:
        return ""
    signs = {
        "chargeback date",
        "chargeback status",
        "chargeback type",
        "chargeback reason",
        "拒付日期",
        "拒付类型",
        "拒付状态",
    }
    return "chargebacks" if signs & headers else ""


CHARGEBACKS = Layout(
    kind="chargebacks",
    name="list of chargebacks",
    columns={"order_id": "id", "chargeback_date": "date", "type": "text", "status": "text"},
    headers={
        "order_id": ORDER_ID,
        "chargeback_date": ("Chargeback Date", "chargeback_date", "拒付日期", "チャージバック日", *DATE),
        "type": ("Type", "Chargeback Type", "Chargeback Reason", "Reason", "Art", "Tipo", "拒付类型", "类型", "種類"),
        "status": ("Chargeback Status", "outcome", "decision", "拒付状态", *STATUS, *MARKS["chargeback"]),
    },
    judge=judge,
)
