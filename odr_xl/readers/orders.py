"""Orders: All Orders, the order report of seller-fulfilled orders, unshipped orders, and tables made by hand.

A hand-made table needs an order id and a date or columns that mark defects. ``defect`` marks a defect without saying
which (or says it in words), ``reason`` gives the reason; `tidy` turns both into the five causes.
"""

from __future__ import annotations

from collections.abc import Mapping

from odr_xl.readers.layout import (
    ASIN,
    CHANNEL,
    DATE,
    MARKETPLACE,
    MARKS,
    ORDER_DATE,
    ORDER_ID,
    PRODUCT_NAME,
    QUANTITY,
    REASON,
    SALES_CHANNEL,
    SKU,
    STATUS,
    Layout,
)

#: Headers that only a report or table of orders has.
ONLY_ORDERS = frozenset({"order status", "purchase date", "item status", "quantity purchased", "ship service level"})

#: Headers of marks that only a table of orders has side by side with a report's other columns.
MARK_HEADERS = frozenset({"negative feedback", "chargeback", "defect", "returned defect", "cancelled defect"})

#: Variants whose lines lack a fulfilment channel because every order in them is seller-fulfilled, and whose
#: continuation lines leave blank what the order's first line says. Source: Amazon help page 651.
SELLER_FULFILLED = frozenset({"order_report", "unshipped"})


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a report of orders; "" when it's something else."""
    if "order_id" not in fields:
        return ""
    if {"quantity to ship", "days past promise"} & headers:
        return "unshipped"
    if {"order item id", "payments date"} <= headers and "order_date" in fields:
        return "order_report"
    if {"order status", "purchase date"} <= headers:
        return "all_orders"
    # A table made by hand: a date, a mark, or what happened to the order and why.
    told = {"order_status", "reason"} <= set(fields) or "defect reason" in headers
    return "table" if told or "order_date" in fields or {*MARKS, "defect"} & set(fields) else ""


ORDERS = Layout(
    kind="orders",
    name="All Orders report",
    columns={
        "order_id": "id",
        "order_date": "date",
        "order_status": "text",
        "item_status": "text",
        "channel": "channel",
        "sales_channel": "text",
        "marketplace": "marketplace",
        "sku": "text",
        "asin": "text",
        "product_name": "text",
        "ship_service": "text",
        "region": "text",
        "quantity": "number",
        "negative_feedback": "mark",
        "a_to_z_claim": "mark",
        "chargeback": "mark",
        "defect_return": "mark",
        "defect_cancellation": "mark",
        "defect": "cause",
        "reason": "text",
    },
    headers={
        "order_id": ORDER_ID,
        "order_date": ORDER_DATE + DATE,
        "order_status": (
            "order-status", "Bestellstatus", "Statut de la commande", "Stato dell'ordine", "Stato ordine",
            "Estado del pedido", "Estado de pedido", "注文ステータス", "注文状況", "订单状态", "訂單狀態", *STATUS,
        ),
        "item_status": (
            "item-status", "Artikelstatus", "Statut de l'article", "Stato dell'articolo", "Estado del artículo",
            "商品ステータス", "商品状态",
        ),
        "channel": CHANNEL,
        "sales_channel": SALES_CHANNEL,
        "marketplace": MARKETPLACE,
        "sku": SKU,
        "asin": ASIN,
        "product_name": PRODUCT_NAME,
        "ship_service": (
            "ship-service-level", "ship service", "shipping service", "Versandart", "Mode d'expédition",
            "Niveau de service d'expédition", "Servizio di spedizione", "Servicio de envío", "配送サービスレベル",
            "配送サービス", "配送服务级别", "配送服务",
        ),
        "region": (
            "ship-state", "region", "ship-country", "Bundesland", "Région", "Regione", "Región", "都道府県", "省份",
        ),
        "quantity": QUANTITY,
        **MARKS,
        "defect": (
            "defect", "defects", "defective", "has defect", "is defect", "is defective",
            "defective order", "defect flag", "order defect", "defect type", "defect cause",
            "cause", "Defekt", "Mangel", "Défaut", "Difetto", "Defecto", "不良", "欠陥", "缺陷", "缺陷类型", "缺陷原因",
        ),
        "reason": REASON,
    },
    judge=judge,
)  # fmt: skip
