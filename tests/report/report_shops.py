"""Invented shops for the report: one that writes where a page is weak, and one that fills the page."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from odr_xl.core.window import Window
from odr_xl.report.contents import Contents, report_contents
from odr_xl.sources import read_sources
from odr_xl.summary import ledger_of

AS_OF = date(2026, 11, 20)
#: Runs where markup is taken from a name: in a text, in an attribute, in a style, in a comment.
ATTACKS = (
    "<script>window.stolen=1</script>",
    '"><img src=x onerror="window.stolen=1">',
    "</style><script>window.stolen=1</script>",
    "--><svg onload=window.stolen=1>",
    "&lt;script&gt; &amp;amp;",
    "javascript:window.stolen=1",
)
#: What no page for others may hold: words that stand in the reports below.
PERSONAL = (
    "Wilhelmina Quux", "w.quux@example.com", "17 Secret Lane", "the lid smells of elderberries", "Dear Wilhelmina",
    "returned by my aunt Ottilie", "rater77@example.com", "+1 555 0100",
)  # fmt: skip

_SITES = ("com", "de", "co.uk", "fr", "it", "es", "co.jp")


def write_orders(path: Path, rows: list[tuple[str, date, str, str, str]]) -> None:
    """An All Orders report with columns about the buyer; rows are id, day, channel, site, SKU."""
    header = "amazon-order-id purchase-date order-status fulfillment-channel sales-channel sku buyer-name buyer-email"
    header += " recipient-name ship-address-1 ship-phone-number"
    lines = ["\t".join(header.split())]
    buyer = ("Wilhelmina Quux", "w.quux@example.com", "Wilhelmina Quux", "17 Secret Lane", "+1 555 0100")
    for order, day, channel, site, sku in rows:
        lines.append("\t".join((order, f"{day}T10:00:00+00:00", "Shipped", channel, f"Amazon.{site}", sku, *buyer)))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def order_id(number: int) -> str:
    return f"970-{number:07d}-{number:07d}"


def hostile_reports(folder: Path) -> Path:
    """Reports of a shop whose SKUs, comments and reasons are written to break a page, 600 orders."""
    skus = [*ATTACKS, "mail-w.quux@example.com", "turned \u202egnp.exe", "bell\x07 and \x1bescape", "长" * 60]
    rows = [
        (order_id(n), AS_OF - timedelta(days=16 + n % 60), "Merchant", "com", skus[n % len(skus)].replace("\t", " "))
        for n in range(600)
    ]
    write_orders(folder / "orders.txt", rows)
    feedback = ["Date\tRating\tComments\tYour Response\tOrder ID\tRater Email"]
    for n in range(len(skus)):
        comment = f"{ATTACKS[n % len(ATTACKS)]} the lid smells of elderberries"
        feedback.append(f"11/1/26\t1\t{comment}\tDear Wilhelmina\t{order_id(n)}\trater77@example.com")
    (folder / "feedback.txt").write_text("\n".join(feedback) + "\n", "utf-8")
    returns = ["return-date\torder-id\tsku\tasin\tfnsku\tquantity\treason\tstatus\tcustomer-comments"]
    for n in range(20, 24):
        returns.append(
            f"2026-11-02T10:00:00+00:00\t{order_id(n)}\tMUG\tB0X\tX0X\t1\tDEFECTIVE\tx\t{ATTACKS[0]} "
            "returned by my aunt Ottilie"
        )
    (folder / "returns.txt").write_text("\n".join(returns) + "\n", "utf-8")
    return folder


def full_reports(folder: Path) -> Path:
    """Reports of a shop with 14 accounts, 20 long SKUs, all kinds of defects, and more than the page can list."""
    skus = [f"VERY-LONG-SKU-OF-A-PRODUCT-FAMILY-{n:02d}-BLUE-XXL" for n in range(20)]
    rows = []
    for n in range(2800):
        channel = ("Merchant", "Amazon")[n // 7 % 2]
        rows.append((order_id(n), AS_OF - timedelta(days=1 + n % 200), channel, _SITES[n % 7], skus[n * 3 % 20]))
    rows += [("S01-0000000-0000001", AS_OF - timedelta(days=20), "Amazon", "com", "MUG")]
    write_orders(folder / "orders.txt", rows)
    bad = [n for n in range(2800) if 15 < 1 + n % 200 <= 74 and n % 6 == 0]
    claims = ["Order ID,Claim Date,Claim Status,Reason"]
    chargebacks = ["Order ID,Chargeback Date,Type,Status"]
    returns = ["return-date\torder-id\tsku\tasin\tfnsku\tquantity\treason\tstatus\tcustomer-comments"]
    reasons = ("item not received", "Item not as described", "arrived damaged", "wrong item sent", "never answered me")
    for place, n in enumerate(bad):
        if place % 3 == 0:
            claims.append(f"{order_id(n)},2026-11-01,Granted,{reasons[place // 3 % 5]}")
        elif place % 3 == 1:
            chargebacks.append(f"{order_id(n)},2026-11-02,Service,Open")
        else:
            returns.append(f"2026-11-03T10:00:00+00:00\t{order_id(n)}\tX\tB0X\tX0X\t1\tDEFECTIVE\tx\t")
    claims.append(f"{order_id(9999)},2026-11-01,Granted,unknown order")
    (folder / "claims.csv").write_text("\n".join(claims) + "\n", "utf-8")
    (folder / "chargebacks.csv").write_text("\n".join(chargebacks) + "\n", "utf-8")
    (folder / "returns.txt").write_text("\n".join(returns) + "\n", "utf-8")
    return folder


def contents_of(folder: Path, day: date = AS_OF) -> Contents:
    return report_contents(ledger_of(read_sources([folder]).readings), Window.as_of(day))
