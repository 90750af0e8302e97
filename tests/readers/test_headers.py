"""Reports are recognised by their header names. Header rows here are spelt as the public descriptions of the reports
name the columns; the ids and words around them are invented."""

from __future__ import annotations

import random

import pytest
from files import names

from odr_xl.errors import UnknownReport
from odr_xl.readers.headers import ALIASES, LAYOUTS, normalise, recognise

ALL_ORDERS_OLD = names(
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel "
    "order-channel url ship-service-level product-name sku asin item-status quantity currency item-price item-tax "
    "shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount "
    "ship-city ship-state ship-postal-code ship-country promotion-ids"
)
ALL_ORDERS_NEW = [
    *(h for h in ALL_ORDERS_OLD if h != "url"),
    "number-of-items",
    "tax-collection-model",
    "address-type",
    "cpf",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
]
ORDER_REPORT = names(
    "order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku product-name "
    "quantity-purchased currency item-price item-tax shipping-price shipping-tax ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country ship-phone-number "
    "delivery-start-date delivery-end-date delivery-time-zone delivery-Instructions"
)
UNSHIPPED = names(
    "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email "
    "buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level "
    "recipient-name ship-address-1 ship-city ship-state ship-postal-code ship-country is-prime"
)
FBA_RETURNS = names(
    "return-date order-id sku asin fnsku product-name quantity fulfillment-center-id detailed-disposition reason "
    "status license-plate-number customer-comments"
)
MFN_RETURNS = names(
    "Order ID|Order date|Return request date|Return request status|Amazon RMA ID|Merchant RMA ID|Label type|Label cost|"
    "Currency code|Return carrier|Tracking ID|Label to be paid by|A-to-Z Claim|Is prime|ASIN|Merchant SKU|Item Name|"
    "Return quantity|Return Reason|In policy|Return type|Resolution|Invoice number|Return delivery date|Order Amount|"
    "Order quantity|SafeT Action reason|SafeT claim id|SafeT claim state|SafeT claim creation time|"
    "SafeT claim reimbursement amount|Refunded Amount",
    "|",
)
ACCOUNT_HEALTH = names(
    "Order Id|Order Date|Fulfilled By|Pre-fulfillment Cancellation|Late Shipment|Negative Feedback|"
    "A-to-z Guarantee claim|Chargeback claim",
    "|",
)
LEDGER = names(
    "order_id order_date channel marketplace sku cause counts rule source source_row event_date detail leaves_on"
)
DAYS = names("order_date channel marketplace orders defective negative_feedback a_to_z_claim chargeback")

REPORTS = [
    (ALL_ORDERS_OLD, "orders", "all_orders"),
    ([*ALL_ORDERS_OLD, "is-business-order", "purchase-order-number", "price-designation"], "orders", "all_orders"),
    (ALL_ORDERS_NEW, "orders", "all_orders"),
    (ORDER_REPORT, "orders", "order_report"),
    ([*ORDER_REPORT, "sales-channel"], "orders", "order_report"),
    (UNSHIPPED, "orders", "unshipped"),
    (FBA_RETURNS, "returns", "amazon_fulfilled"),
    (MFN_RETURNS, "returns", "seller_fulfilled"),
    ([*MFN_RETURNS, "Order Item ID"], "returns", "seller_fulfilled"),
    (ACCOUNT_HEALTH, "account_health", "orders_with_defects"),
    (
        ["Order ID", "Date", "Negative Feedback", "A-to-z Guarantee claim", "Chargeback claim"],
        "account_health",
        "orders_with_defects",
    ),
    (["Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email"], "feedback", "seller_feedback"),
    (
        names(
            "Date|Rating|Comments|Arrived On Time|Item as Described|Customer Service|Order Id|Rater Email|"
            "Rater Role|Response",
            "|",
        ),
        "feedback",
        "legacy_grid",
    ),
    (["Date", "Rating", "Comments", "Your Response", "Order ID", "Status"], "feedback", "seller_feedback"),
    (["Order ID", "Claim Date", "Claim Status", "Reason"], "claims", "claims"),
    (["Order ID", "Chargeback Date", "Type", "Status"], "chargebacks", "chargebacks"),
    (
        names(
            "return-date,order-id,sku,asin,quantity,detailed-disposition,reason,customer-comments,A-to-z Claim,"
            "Fulfilled By",
            ",",
        ),
        "returns",
        "returns_table",
    ),
    (LEDGER, "events", "ledger"),
    (["Order ID", "Order Date", "Cause"], "events", "defects"),
    (DAYS, "days", "days"),
    (["Order ID", "Date", "Negative feedback", "A-to-Z claim", "Chargeback"], "orders", "table"),
    (["Order ID", "Date", "Returned (defect)", "Cancelled (defect)"], "orders", "table"),
    (["Order ID", "defect"], "orders", "table"),
    (["Order ID", "Date", "reason"], "orders", "table"),
    (["Order ID", "Order Date", "Return reason"], "orders", "table"),
    (["Order ID", "Date", "Chargeback", "Stars"], "orders", "table"),
    (["Order ID", "Date", "Negative feedback", "A-to-Z claim", "Claim date"], "orders", "table"),
    (["Order ID", "Return date", "Return reason"], "returns", "returns_table"),
]


@pytest.mark.parametrize(("headers", "kind", "variant"), REPORTS)
def test_each_report_is_recognised_by_its_header(headers: list[str], kind: str, variant: str) -> None:
    found = recognise(headers)
    assert (found.kind, found.variant) == (kind, variant)


@pytest.mark.parametrize(("headers", "kind", "variant"), REPORTS)
def test_order_of_columns_and_extra_columns_are_irrelevant(headers: list[str], kind: str, variant: str) -> None:
    mixed = [*headers, "My own note", "Zebra"]
    random.Random(7).shuffle(mixed)
    found = recognise(mixed)
    assert (found.kind, found.variant) == (kind, variant)
    straight = recognise(headers).fields
    assert {f: mixed[i] for f, i in found.fields.items()} == {f: headers[i] for f, i in straight.items()}


@pytest.mark.parametrize("headers", [row[0] for row in REPORTS], ids=lambda h: f"{len(h)}")
def test_personal_columns_are_never_fields(headers: list[str]) -> None:
    personal = ("email", "buyer", "recipient", "rater", "phone", "address", "city", "postal", "license plate", "cpf")
    found = [normalise(headers[i]) for i in recognise(headers).fields.values()]
    assert [n for n in found if any(p in n for p in personal)] == []


#: Translated feedback headers: date, rating, comments, response, order id, rater's e-mail. Sources: public connectors'
#: lists of the translations; Japanese and Chinese aren't published and are this project's guess.
FEEDBACK = {
    "de": "Datum|Bewertung|Kommentar|Ihre Antwort|Transaktionsnummer|E-Mail des Bewertenden",
    "de, other": "Datum|Bewertung|Kommentare|Antwort|Bestellnummer|E-Mail des Bewerters",
    "es": "Date|Rating|Comentarios|Response|Número de pedido|E-mail del cliente",
    "mx": "Fecha|Rating|Comentarios|Tu respuesta|Número de pedido|Correo electrónico del evaluador",
    "it": "Date|Rating|Comments|Response|Numero ordine|E-mail autore della valutazione",
    "fr": "Date|Évaluation|Commentaire|Response|Order ID|E-mail de l'évaluateur",
    "nl": "Datum|Beoordeling|Opmerkingen|Antwoord|Bestelnummer|E-mail van beoordelaar",
    "pl": "Data|Ocena|Komentarze|Odpowiedź|Numer zamówienia|E-mail oceniającego",
    "ja": "日付|評価|コメント|返信|注文番号|評価者のEメール",
    "zh": "日期|评级|评论|您的回复|订单编号|评价者电子邮件",
    "half unknown": "Päivä|Arvio|Comments|Your Response|Order ID|Arvioijan sähköposti",
}


@pytest.mark.parametrize("language", FEEDBACK)
def test_translated_feedback_keeps_its_order_of_columns(language: str) -> None:
    found = recognise(FEEDBACK[language].split("|"))
    assert found.kind == "feedback"
    assert dict(found.fields) == {"feedback_date": 0, "rating": 1, "comments": 2, "response": 3, "order_id": 4}


@pytest.mark.parametrize(
    "headers",
    [
        "Päivä|Arvio|Kommentti|Vastaus|Tilausnumero|Arvioijan sähköposti",  # nothing known
        "Rating|Date|Kommentti|Order ID|Vastaus|Sähköposti",  # known ones in other places: read by name
    ],
)
def test_feedback_is_read_by_position_only_when_names_stand_where_they_belong(headers: str) -> None:
    row = names(headers, "|")
    if "Order ID" in row:
        assert recognise(row).fields["order_id"] == row.index("Order ID")
    else:
        with pytest.raises(UnknownReport, match="Tilausnumero"):
            recognise(row)


#: All Orders columns as translations of them are written; each must find the same fields.
TRANSLATED_ORDERS = {
    "de": "Amazon-Bestellnummer|Kaufdatum|Bestellstatus|Versandkanal|Vertriebskanal|Menge",
    "fr": "Numéro de commande|Date d'achat|Statut de la commande|Canal d'expédition|Canal de vente|Quantité",
    "it": "Numero ordine|Data di acquisto|Stato dell'ordine|Canale di logistica|Canale di vendita|Quantità",
    "es": "Número de pedido|Fecha de compra|Estado del pedido|Canal de gestión logística|Canal de venta|Cantidad",
    "ja": "注文番号|購入日|注文ステータス|フルフィルメントチャネル|販売チャネル|数量",
    "zh": "订单编号|购买日期|订单状态|配送渠道|销售渠道|数量",
}


@pytest.mark.parametrize("language", TRANSLATED_ORDERS)
def test_orders_are_recognised_in_six_other_languages(language: str) -> None:
    found = recognise(TRANSLATED_ORDERS[language].split("|"))
    assert found.kind == "orders"
    assert dict(found.fields) == {
        "order_id": 0,
        "order_date": 1,
        "order_status": 2,
        "channel": 3,
        "sales_channel": 4,
        "quantity": 5,
    }


@pytest.mark.parametrize(
    "header",
    [
        "amazon-order-id",
        "Amazon_Order_ID",
        "\ufeffAMAZON ORDER ID",
        " amazon\xa0order\xa0id ",
        '"amazon-order-id"',
        "Ａｍａｚｏｎ－order－id",
    ],
)
def test_spelling_of_a_header_is_irrelevant(header: str) -> None:
    assert normalise(header) == "amazon order id"


def test_the_more_certain_header_wins_when_two_name_one_field() -> None:
    # "Date" may be any date; "purchase-date" is the order's.
    assert recognise(["Date", "purchase-date", "order-id"]).fields["order_date"] == 1


def test_order_channel_is_not_the_fulfilment_channel() -> None:
    fields = recognise(["amazon-order-id", "purchase-date", "order-status", "order-channel"]).fields
    assert "channel" not in fields


def test_unknown_header_names_what_was_seen_and_what_is_known() -> None:
    with pytest.raises(UnknownReport) as error:
        recognise(["campaign", "clicks", "cost"])
    text = str(error.value)
    assert "campaign, clicks, cost" in text
    assert all(layout.name in text for layout in LAYOUTS.values())


def test_unknown_header_lists_at_most_eight_names() -> None:
    with pytest.raises(UnknownReport, match="h7 and 12 more"):
        recognise([f"h{i}" for i in range(20)])


def test_a_data_row_in_place_of_a_header_is_not_quoted_in_the_message() -> None:
    row = ["701-1234567-7654321", "2026-08-01", "Jane Roe", "jane.roe@example.org"]
    with pytest.raises(UnknownReport) as error:
        recognise(row)
    assert "Jane" not in str(error.value)
    assert "header row" in str(error.value)


@pytest.mark.parametrize(
    ("kind", "headers", "fields"),
    [
        ("orders", ["Order ID", "Cause"], {"order_id": 0, "defect": 1}),
        ("claims", ["Order ID", "Date", "Status"], {"order_id": 0, "claim_date": 1, "status": 2}),
        ("feedback", ["Order ID", "Stars"], {"order_id": 0, "rating": 1}),
        ("events", ["Order ID", "Cause"], {"order_id": 0, "cause": 1}),
    ],
)
def test_a_caller_who_knows_the_kind_gets_its_columns(kind: str, headers: list[str], fields: dict[str, int]) -> None:
    assert dict(recognise(headers, kind=kind).fields) == fields


def test_a_known_kind_still_needs_an_order_id() -> None:
    with pytest.raises(UnknownReport, match="order-id column"):
        recognise(["Date", "Status"], kind="claims")


def test_every_alias_leads_to_a_column_of_its_kind() -> None:
    for kind, aliases in ALIASES.items():
        assert set(aliases.values()) <= set(LAYOUTS[kind].columns), kind
