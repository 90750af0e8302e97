"""Tables of listings: recognised by their header, never mistaken for orders, read in every spelling of a price.

The header rows are spelt as Amazon's list of the report's attributes and public programs that read it spell them; the
products are invented."""

from __future__ import annotations

import contextlib
import math
import random

import pytest
from files import lines, names, write
from hypothesis import given
from hypothesis import strategies as st
from test_headers import REPORTS

from odr_xl.errors import UnknownReport, UsageError
from odr_xl.readers.blocks import Block
from odr_xl.readers.headers import normalise, recognise
from odr_xl.readers.layout import ORDER_ID
from odr_xl.readers.listings import LISTINGS
from odr_xl.readers.prices import parse_amounts
from odr_xl.readers.ranges import read_range
from odr_xl.readers.reports import read_report, read_reports

ACTIVE = names(
    "item-name item-description listing-id seller-sku price quantity open-date image-url item-is-marketplace "
    "product-id-type zshop-shipping-fee item-note item-condition zshop-category1 zshop-browse-path "
    "zshop-storefront-feature asin1 asin2 asin3 will-ship-internationally expedited-shipping zshop-boldface product-id "
    "bid-for-featured-placement add-delete pending-quantity fulfillment-channel merchant-shipping-group"
)
ALL = [*ACTIVE, "status"]
OWN = ["Pictures", "Bullet points", "Reviews", "Rating", "Lowest price", "Highest price"]
TRANSLATED = {
    "de": "Artikelbezeichnung|Artikelbeschreibung|Angebotsnummer|Händler-SKU|Preis|Menge|Erstellungsdatum|"
    "Produkt-ID-Typ|Anmerkung zum Artikel|Artikelzustand|ASIN 1|ASIN 2|Produkt-ID|Versender|Status",
    "fr": "nom-produit|id-offre|sku-vendeur|prix|quantité|date-ouverture|type-id-produit|asin1|id-produit|"
    "canal-traitement|état",
    "it": "Nome dell'articolo|Descrizione dell'articolo|Numero offerta|SKU venditore|Prezzo|Quantità|Data di creazione|"
    "ASIN 1|Canale di gestione|stato",
    "es": "Título del producto|Descripción del producto|Identificador del listing|SKU del vendedor|Precio|Cantidad|"
    "ASIN 1|Canal de gestión logística|estado",
    "pl": "nazwa-produktu|opis-produktu|identyfikator-oferty|sku-sprzedawcy|cena|ilość|asin1|kanał-realizacji",
    "ja": "商品名|出品ID|出品者SKU|価格|数量|出品日|商品IDタイプ|コンディション説明|ASIN 1|商品ID|"
    "フルフィルメント・チャンネル|ステータス",
    "zh": "商品名称|商品描述|卖家 SKU|价格|数量|开售日期|是否为商城中的商品|商品编码类型|商品备注|asin1|商品编码|"
    "配送渠道|状态",
}


def listing(sku: str, **cells: str) -> dict[str, str]:
    """One line of the report (``_`` for ``-`` in the names)."""
    usual = {"seller-sku": sku, "item-name": f"Teapot {sku}", "price": "19.99", "asin1": "B00TEAPOT1", "quantity": "3"}
    return usual | {name.replace("_", "-"): cell for name, cell in cells.items()}


@pytest.mark.parametrize("headers", [ACTIVE, ALL, [*ALL, *OWN], *(t.split("|") for t in TRANSLATED.values())])
def test_amazons_report_is_recognised_in_every_language_and_with_the_sellers_columns(headers):
    found = recognise(headers)
    assert (found.kind, found.variant) == ("listings", "active_listings")
    assert {"sku", "asin", "title", "price"} <= set(found.fields)
    mixed = [*headers, "My own note"]
    random.Random(5).shuffle(mixed)
    assert {f: mixed[i] for f, i in recognise(mixed).fields.items()} == {f: headers[i] for f, i in found.fields.items()}


@pytest.mark.parametrize(
    "headers",
    [
        ["SKU", "Title", "Pictures"],
        ["sku", "product-name", "your price"],
        ["Merchant SKU", "Item name", "Average rating", "Number of reviews"],
        ["卖家SKU", "标题", "图片数", "评分"],
    ],
)
def test_a_sellers_own_table_of_products_is_recognised(headers):
    assert recognise(headers).variant == "listings_table"


def test_every_column_has_its_field():
    found = recognise([*ALL, *OWN]).fields
    assert list(found) == list(LISTINGS.columns)
    assert [([*ALL, *OWN])[i] for i in found.values()] == [
        *("seller-sku", "asin1", "item-name", "item-description", "image-url", "price"),
        *("Pictures", "Bullet points", "Reviews", "Rating", "Lowest price", "Highest price"),
    ]


@pytest.mark.parametrize(("headers", "kind", "variant"), REPORTS)
def test_no_other_report_is_taken_for_listings_even_with_their_columns(headers, kind, variant):
    have = {normalise(h) for h in headers}
    extra = [h for h in ("seller-sku", "Title", "Price", "asin1", "Pictures") if normalise(h) not in have]
    # A title in place of a day's channel would change nothing either.
    assert recognise([*headers, *extra]).kind == kind


@pytest.mark.parametrize("order_id", ORDER_ID)
def test_no_table_with_an_order_id_is_listings(order_id):
    try:
        found = recognise([order_id, *ALL]).kind
    except UnknownReport:
        found = ""
    assert found != "listings"
    with pytest.raises(UnknownReport):
        recognise([order_id, *ALL], kind="listings")


@pytest.mark.parametrize(
    "headers",
    [
        ["sku", "product-name"],  # any list of products
        ["sku", "price", "quantity"],
        ["sku", "product-name", "return-date", "price"],
        ["sku", "product-name", "price", "Return reason"],
        ["sku", "fnsku", "asin", "product-name", "your-price"],  # the warehouse's stock
        ["sku", "product-name", "price", "purchase-date"],
        ["product-name", "price", "rating"],
    ],
)
def test_a_table_that_only_looks_like_listings_is_refused(headers):
    with pytest.raises(UnknownReport, match="Active Listings report"):
        recognise(headers)


@given(st.sets(st.sampled_from([*ALL, *OWN, *TRANSLATED["de"].split("|"), *TRANSLATED["zh"].split("|")]), min_size=1))
def test_no_part_of_a_header_of_listings_is_another_report(headers):
    with contextlib.suppress(UnknownReport):
        assert recognise(sorted(headers)).kind == "listings"


def test_a_file_gives_a_tidy_table(tmp_path):
    path = write(tmp_path / "active.txt", lines([*ALL, *OWN], [
        listing("T-1", price="1,299.00", Pictures="6", Rating="4.5", Reviews="1,204", **{"Lowest price": "$999"}),
        listing("0042", item_description='10" wide, says "hello"', price=""),
    ]))  # fmt: skip
    reading = read_report(path)
    assert (reading.kind, reading.rows_read, reading.rows_unusable, reading.problems) == ("listings", 2, 0, ())
    table = reading.table
    assert list(table.columns) == [*LISTINGS.columns, "row"]
    assert table["sku"].tolist() == ["T-1", "0042"]  # leading zeros stay
    assert table["description"].tolist() == ["", '10" wide, says "hello"']
    assert table["price"].iloc[0] == 1299.0
    assert math.isnan(table["price"].iloc[1])
    assert table.loc[0, ["pictures", "reviews", "rating", "lowest_price"]].tolist() == [6.0, 1204.0, 4.5, 999.0]
    assert table["highest_price"].isna().all()
    assert table["row"].tolist() == [2, 3]


@pytest.mark.parametrize(("language", "encoding"), [("de", "cp1252"), ("ja", "shift_jis"), ("zh", "utf-8-sig")])
def test_translated_files_are_read_in_their_encodings(tmp_path, language, encoding):
    headers = TRANSLATED[language].split("|")
    fields = recognise(headers).fields
    cells = {"sku": "KANNE-1", "title": {"de": "Große Kanne", "ja": "大きな急須", "zh": "大茶壶"}[language],
             "price": "1.039,95" if language == "de" else "2,980", "asin": "B00TEAPOT1"}  # fmt: skip
    row = ["" for _ in headers]
    for field, cell in cells.items():
        row[fields[field]] = cell
    reading = read_report(
        write(tmp_path / "l.txt", lines(headers, [row]), encoding), marketplace={"ja": "JP"}.get(language)
    )
    assert reading.problems == ()
    assert reading.table["title"].tolist() == [cells["title"]]
    assert reading.table["price"].tolist() == [1039.95 if language == "de" else 2980.0]


def test_listings_are_read_beside_orders_from_a_folder(tmp_path):
    write(tmp_path / "a.txt", lines(ALL, [listing("T-1")]))
    write(tmp_path / "b.csv", "Order ID,Order date,sku,Title,Price\n111-0000001-0000001,2026-08-01,T-1,Teapot,19.99\n")
    assert [reading.kind for reading in read_reports(tmp_path)] == ["listings", "orders"]


def test_a_header_without_rows_gives_an_empty_table_and_a_note(tmp_path):
    reading = read_report(write(tmp_path / "a.txt", lines(ALL, [])))
    assert len(reading.table) == 0
    assert [str(problem) for problem in reading.problems] == [
        "a.txt: the Active Listings report has a header and no rows. That is right if nothing happened in its period."
    ]


def test_a_line_break_in_a_description_makes_no_product_of_half_a_line(tmp_path):
    text = lines(ALL, [listing("T-1", item_description="first line\nsecond"), listing("T-2")])
    reading = read_report(write(tmp_path / "a.txt", text))
    assert reading.table["sku"].tolist() == ["T-2"]
    assert (reading.rows_read, reading.rows_unusable) == (3, 2)
    # 29 columns: the break leaves 2 before it and 28 behind it.
    assert [problem.reason.split(",")[0] for problem in reading.problems] == [
        "the line has 2 columns",
        "the line has 28 columns",
    ]


def test_a_line_whose_blank_end_was_cut_off_is_kept(tmp_path):
    cells = [listing("T-1").get(h, "") for h in ALL]
    reading = read_report(write(tmp_path / "a.txt", lines(ALL, [cells[:20], [listing("T-2").get(h, "") for h in ALL]])))
    assert reading.table["sku"].tolist() == ["T-1", "T-2"]
    assert [problem.severity for problem in reading.problems] == ["note"]


def test_a_price_that_cant_be_read_is_one_problem_with_its_cell():
    rows = Block([["seller-sku", "Title", "Price", "Pictures"], ["T-1", "Teapot", "about 40", 3]], "Listings", 4, 1)
    reading = read_range(rows)
    assert [str(problem) for problem in reading.problems] == ['Listings!C5: "about 40" isn\'t a number. Type a number.']
    assert reading.table["sku"].tolist() == ["T-1"]
    assert math.isnan(reading.table["price"].iloc[0])


def test_rows_without_a_sku_leave_the_table_with_a_problem_and_blank_rows_without():
    rows = [["SKU", "Title", "Price"], ["T-1", "Teapot", 1], ["", "Mug", 2], [None, None, None], ["#REF!", "Cup", 3]]
    reading = read_range(rows)
    assert reading.table["sku"].tolist() == ["T-1"]
    assert (reading.rows_read, reading.rows_unusable) == (3, 2)
    assert [str(problem) for problem in reading.problems] == [
        "row 3, column A: the row has no SKU. Fill it in or delete the row.",
        'row 5, column A: "#REF!" is an Excel error, not a text. Correct the formula in that cell.',
    ]


def test_skus_that_excel_made_numbers_read_like_text():
    reading = read_range([["SKU", "Title", "Price"], [1042.0, "Mug", 5.0]])
    assert reading.table["sku"].tolist() == ["1042"]


def test_only_the_wanted_columns_and_the_sku_are_looked_at():
    rows = [["SKU", "Title", "Price"], ["T-1", "Teapot", "about 40"]]
    reading = read_range(rows, fields={"title"})
    assert list(reading.table.columns) == ["sku", "title", "row"]
    assert reading.problems == ()


def test_a_known_kind_needs_a_sku_and_no_more():
    assert read_range([["SKU", "Price"], ["T-1", 5]], kind="listings").table["price"].tolist() == [5.0]
    with pytest.raises(UnknownReport, match="Active Listings report needs an SKU column"):
        read_range([["Title", "Price"], ["T-1", 5]], kind="listings")


def test_an_unknown_marketplace_is_refused():
    with pytest.raises(UsageError, match="isn't a marketplace"):
        read_range([["SKU", "Title", "Price"], ["T-1", "Teapot", 5]], marketplace="Atlantis")


# Expected amounts: the spelling's own meaning, by the marks that its country uses.
AMOUNTS = [
    ("39.99", 39.99), ("39,99", 39.99), ("$39.99", 39.99), ("US$ 39.99", 39.99), ("39,99 €", 39.99),
    ("19,99\xa0€", 19.99), ("1,299 JPY", 1299.0), ("￥1,299", 1299.0), ("1.234,50", 1234.5), ("1,234.50", 1234.5),
    ("1'299.00", 1299.0), ("1 299,00", 1299.0), ("1\u202f299,00 €", 1299.0), ("1,23,456.00", 123456.0),
    ("1.234.567", 1234567.0), ("R$ 10,00", 10.0), ("199 kr", 199.0), ("１２．５", 12.5), ("0.999", 0.999), ("7", 7.0),
    (7, 7.0), (39.99, 39.99),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "amount"), AMOUNTS)
def test_an_amount_is_read_in_each_spelling(cell, amount):
    amounts, bad = parse_amounts([cell])
    assert (amounts.tolist(), bad.tolist()) == ([amount], [False])


@pytest.mark.parametrize(
    "cell", ["about 40", "$", "1,2,3", "12.34.56", "5-6", "1e5", "-1", -1.0, True, "#N/A", float("inf"), "9" * 40]
)
def test_what_is_no_amount_is_bad(cell):
    amounts, bad = parse_amounts([cell, None, ""])
    assert bad.tolist() == [True, False, False]
    assert all(map(math.isnan, amounts.tolist()))


@given(st.decimals(0, 10**7, places=2), st.sampled_from([(",", "."), (".", ","), ("", "."), ("", ","), (" ", ",")]))
def test_a_written_amount_reads_back(value, marks):
    thousands, decimal = marks
    written = f"{value:,.2f}".replace(",", "x").replace(".", decimal).replace("x", thousands)
    assert parse_amounts([written])[0].tolist() == [float(value)]
