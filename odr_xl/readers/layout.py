"""Layout of one kind of report: its columns, what their cells hold, and the header names that lead to them.

Each report module makes one `Layout`; `headers` recognises reports with them and `tidy` converts by them, so a rule
about a column has one home.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

#: What a column's cells hold, and so how `tidy` converts them.
Holds = Literal[
    "id", "text", "date", "number", "mark", "channel", "marketplace", "cause", "count", "amount", "metric", "whole",
    "share",
]  # fmt: skip

#: Columns found so far (field -> index) and every normalised header -> a variant's name, "" when it isn't this report.
Judge = Callable[[Mapping[str, int], frozenset[str]], str]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of report.

    Attributes
    ----------
    kind : str
        Fixed name of the tidy table.
    name : str
        What a seller calls the report.
    columns : mapping of str to Holds
        Fields of the tidy table in their order, and what each holds.
    headers : mapping of str to tuple of str
        Header names of each field, the most certain first.
    judge : callable
        Says from the headers whether a table is this report, and which variant.
    """

    kind: str
    name: str
    columns: Mapping[str, Holds]
    headers: Mapping[str, tuple[str, ...]]
    judge: Judge


#: The field without which a row says nothing, where it isn't the order id.
KEYS: Final[Mapping[str, str]] = MappingProxyType({"days": "order_date", "listings": "sku", "performance": "metric"})


def key_of(kind: str) -> str:
    """Field that every row of a kind needs.

    >>> key_of("orders"), key_of("days"), key_of("listings")
    ('order_id', 'order_date', 'sku')
    """
    return KEYS.get(kind, "order_id")


#: Header names that several reports share.
ORDER_ID = (
    "amazon-order-id", "order-id", "Order ID", "amazon order number", "order number", "order no", "order nr", "orderid",
    "Amazon-Bestellnummer", "Bestellnummer", "Bestell-ID", "Bestell-Nr.", "Transaktionsnummer", "Auftragsnummer",
    "Numéro de commande Amazon", "Numéro de commande", "Numéro de la commande", "N° de commande", "ID de commande",
    "Identifiant de commande", "Numero ordine Amazon", "Numero ordine", "Numero d'ordine", "Numero dell'ordine",
    "ID ordine", "ID dell'ordine", "Número de pedido de Amazon", "Número de pedido", "Número del pedido",
    "Nº de pedido", "ID de pedido", "ID del pedido", "Número do pedido", "Bestelnummer", "Ordernummer",
    "Numer zamówienia", "注文番号", "Amazon注文番号", "注文ID", "オーダーID", "订单编号", "订单号", "订单ID",
    "亚马逊订单编号", "亚马逊订单号", "訂單編號", "訂單號", "order", "order #",
)  # fmt: skip
ORDER_DATE = (
    "purchase-date", "order-date", "Order Date", "date ordered", "ordered on", "purchased on", "Kaufdatum",
    "Bestelldatum", "Datum der Bestellung", "Date d'achat", "Date de commande", "Date de la commande",
    "Data di acquisto", "Data acquisto", "Data dell'ordine", "Data ordine", "Data d'ordine", "Fecha de compra",
    "Fecha de pedido", "Fecha del pedido", "Data da compra", "購入日", "注文日", "購入日時", "注文日時", "购买日期",
    "下单日期", "订单日期", "购买时间", "下单时间", "訂單日期",
)  # fmt: skip
DATE = ("Date", "Datum", "Data", "Fecha", "日付", "日期")
CHANNEL = (
    "fulfillment-channel", "fulfilment-channel", "Fulfilled By", "fulfillment", "fulfilment", "fulfillment type",
    "channel", "Versandkanal", "Versand durch", "Versendet durch", "Canal d'expédition", "Canal de traitement",
    "Expédié par", "Canale di logistica", "Canale di gestione", "Spedito da", "Gestito da",
    "Canal de gestión logística",
    "Canal de logística", "Gestionado por", "Enviado por", "フルフィルメントチャネル", "フルフィルメント",
    "出荷チャネル",
    "出荷元", "配送渠道", "配送方式", "配送方",
)  # fmt: skip
SALES_CHANNEL = (
    "sales-channel", "Vertriebskanal", "Verkaufskanal", "Canal de vente", "Canale di vendita", "Canal de venta",
    "Canal de ventas", "販売チャネル", "販売経路", "销售渠道",
)  # fmt: skip
MARKETPLACE = ("marketplace", "amazon site", "Marktplatz", "Place de marché", "マーケットプレイス", "站点", "商城")
SKU = ("sku", "seller sku", "Merchant SKU", "msku", "Händler-SKU", "SKU del vendedor", "出品者SKU", "卖家SKU")
QUANTITY = (
    "quantity", "quantity-purchased", "qty", "Menge", "Anzahl", "Quantité", "Quantità", "Cantidad", "Quantidade",
    "数量",
)  # fmt: skip
ASIN = ("asin",)
PRODUCT_NAME = (
    "product-name", "Item Name", "product", "title", "Produktname", "Artikelname", "Artikelbezeichnung",
    "Nom du produit",
    "Nome prodotto", "Nome del prodotto", "Nombre del producto", "商品名", "商品名称",
)  # fmt: skip
REASON = (
    "reason", "Return Reason", "defect reason", "Grund", "Rückgabegrund", "Raison", "Motif", "Motif du retour",
    "Motivo",
    "Motivo del reso", "Motivo de la devolución", "理由", "返品理由", "原因", "退货原因",
)  # fmt: skip
STATUS = ("status", "Statut", "Stato", "Estado", "ステータス", "状态")

#: Header names of the columns that mark a defect.
MARKS: Mapping[str, tuple[str, ...]] = {
    "negative_feedback": (
        "negative_feedback", "Negative Feedback", "negative seller feedback", "Negative Bewertung",
        "Negatives Feedback",
        "Negative Verkäuferbewertung", "Évaluation négative", "Commentaire négatif", "Feedback négatif",
        "Feedback negativo", "Valoración negativa", "Comentario negativo", "Opinión negativa", "低い評価",
        "ネガティブフィードバック", "否定的な評価", "负面反馈", "差评",
    ),
    "a_to_z_claim": (
        "a_to_z_claim", "A-to-z Guarantee claim", "A-to-Z claim", "A-to-Z Guarantee", "A-to-Z Guarantee claims",
        "A-to-Z claims", "A-to-Z", "AtoZ claim", "AtoZ", "A-Z claim", "A-bis-Z-Garantieantrag", "A-bis-Z-Antrag",
        "A-bis-Z-Garantie", "A-bis-z", "A-Z-Garantieantrag", "Réclamation Garantie A à Z", "Réclamation A à Z",
        "Garantie A à Z",
        "Reclamo Garanzia dalla A alla Z", "Reclamo dalla A alla Z", "Garanzia dalla A alla Z", "Reclamo A-Z",
        "Reclamación de la Garantía de la A a la Z", "Reclamación de la A a la Z", "Garantía de la A a la Z",
        "Reclamación A-Z", "Amazonマーケットプレイス保証申請", "マーケットプレイス保証申請", "マーケットプレイス保証",
        "A-to-Z保証申請", "亚马逊商城交易保障索赔", "A-to-Z索赔", "A-to-z 索赔", "A-Z索赔",
    ),
    "chargeback": (
        "chargeback", "Chargeback claim", "Chargebacks", "charge back", "credit card chargeback", "service chargeback",
        "Chargeback claims", "Rückbuchung", "Kreditkartenrückbuchung", "Rétrofacturation", "Contestation de paiement",
        "Riaddebito", "Storno di addebito", "Contracargo", "Devolución de cargo", "チャージバック", "信用卡拒付",
        "拒付",
    ),
    "defect_return": (
        "defect_return", "Returned (defect)", "Return (defect)", "defective return", "returned defective",
        "returned because of a defect", "returned because of defect", "returned due to defect",
        "returned due to a defect", "returned for a defect",
        "Rücksendung (Defekt)", "Zurückgesendet (Defekt)", "Retour (défaut)",
        "Retourné (défaut)", "Reso (difetto)", "Restituito (difetto)", "Devolución (defecto)", "Devuelto (defecto)",
        "返品（不良）", "不良返品", "退货（缺陷）", "缺陷退货",
    ),
    "defect_cancellation": (
        "defect_cancellation", "Cancelled (defect)", "Canceled (defect)", "Cancellation (defect)",
        "defective cancellation",
        "cancelled because of a defect", "cancelled because of defect", "cancelled due to defect",
        "cancelled due to a defect", "canceled due to defect", "cancelled for a defect",
        "Stornierung (Defekt)", "Storniert (Defekt)", "Annulation (défaut)",
        "Annulé (défaut)", "Annullato (difetto)", "Cancellazione (difetto)", "Cancelado (defecto)",
        "Cancelación (defecto)",
        "キャンセル（不良）", "不良キャンセル", "取消（缺陷）", "缺陷取消",
    ),
}  # fmt: skip
