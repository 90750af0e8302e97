"""An invented shop: eleven reports in the shape of Amazon's, with a story that the workbook can show.

The story, in the window of 60 days that ends 15 days before ``as_of``: seller-fulfilled orders on Amazon.com are
over the target (6 of 500, 1.20 %), Amazon-fulfilled ones are healthy (2 of 400, 0.50 %), Amazon.de is at risk (2 of
222, 0.90 %). A bad batch of one kettle made the rate rise about 40 days ago; older defects have been leaving the
window since. Everything that must *not* count is there too: a 3-star feedback, denied and withdrawn claims, a fraud
chargeback, late shipments, buyer's remorse, channels that aren't Amazon, and a defect whose order nobody sold. The
kettle's page is the worst of the American ones, too.

Order ids start with 9xx, which Amazon doesn't use as far as we know; people, places and products are made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odr_xl.marketplaces import MARKETPLACES
from odr_xl.samples import layouts
from odr_xl.samples.listings import LISTINGS, listing_rows
from odr_xl.samples.performance import performance_report
from odr_xl.samples.story import (
    CASES,
    DE_MFN,
    PRODUCTS,
    REGIONS,
    US_AFN,
    US_MCF,
    US_MFN,
    US_OWN,
    WINDOW,
    Case,
    Order,
    Site,
)

_SEED = 20_261
_DAYS = 200


def sample_reports(as_of: date) -> dict[str, bytes]:
    """The shop's reports as a seller would have downloaded them on a day.

    The same day always gives the same bytes, and every day gives the same counts: only the dates move.

    Parameters
    ----------
    as_of : datetime.date
        The day of the download; orders go back 200 days from it.

    Returns
    -------
    dict of str to bytes
        File name to content, under 1.2 MB together.

    Examples
    --------
    >>> from datetime import date
    >>> sorted(sample_reports(date(2026, 9, 30)))[:2]
    ['account-health-us.csv', 'all-orders-de.txt']
    """
    rng = random.Random(_SEED)
    orders = {site: list(_orders(site, as_of, rng)) for site in (US_MFN, US_AFN, US_MCF, US_OWN, DE_MFN)}
    american = sorted(
        (o for site in (US_MFN, US_AFN, US_MCF, US_OWN) for o in orders[site]), key=lambda o: (o.moment, o.order_id)
    )
    german = sorted(orders[DE_MFN], key=lambda o: (o.moment, o.order_id))
    told = [o for o in (*american, *german) if o.case is not None]
    feedback_us = [*layouts.feedback_rows(told, "US", as_of), layouts.stray_feedback(as_of)]
    return {
        "all-orders-us.txt": layouts.tabbed(
            layouts.ORDERS_NEW, layouts.order_rows(american, layouts.ORDERS_NEW)
        ).encode("utf-8"),
        "all-orders-de.txt": layouts.tabbed(
            layouts.ORDERS_OLD, layouts.order_rows(german, layouts.ORDERS_OLD), "\r\n"
        ).encode("cp1252"),
        "feedback-us.txt": layouts.tabbed(layouts.FEEDBACK_EN, feedback_us).encode("utf-8"),
        "feedback-de.txt": layouts.tabbed(layouts.FEEDBACK_DE, layouts.feedback_rows(told, "DE", as_of)).encode(
            "utf-8"
        ),
        "fba-returns.txt": layouts.tabbed(layouts.RETURNS_FBA, layouts.fba_return_rows(told, rng)).encode("utf-8"),
        "mfn-returns.txt": layouts.tabbed(layouts.RETURNS_MFN, layouts.mfn_return_rows(told), "\r\n").encode("utf-8"),
        "account-health-us.csv": layouts.commas(layouts.ACCOUNT_HEALTH, layouts.account_health_rows(told)),
        "claims.csv": layouts.commas(layouts.CLAIMS, layouts.claim_rows(told)),
        "chargebacks.csv": layouts.commas(layouts.CHARGEBACKS, layouts.chargeback_rows(told)),
        "listings-us.txt": layouts.tabbed(LISTINGS, listing_rows(as_of)).encode("utf-8"),
        "performance.json": performance_report(as_of, (*american, *german)),
    }


def _orders(site: Site, as_of: date, rng: random.Random) -> Iterator[Order]:
    """Orders of one channel: the cases, then ordinary orders until the channel's two totals are reached."""
    cases = [case for case in CASES if case.site is site]
    youngest, oldest = WINDOW
    inside = sum(youngest <= case.age <= oldest for case in cases)
    within, without = range(youngest, oldest + 1), [*range(youngest), *range(oldest + 1, _DAYS)]
    outside = len(cases) - inside
    ages = [*rng.choices(within, k=site.in_window - inside), *rng.choices(without, k=site.elsewhere - outside)]
    for case in cases:
        yield _order(site, as_of, case.age, rng, case)
    for age in ages:
        yield _order(site, as_of, age, rng, None)


def _order(site: Site, as_of: date, age: int, rng: random.Random, case: Case | None) -> Order:
    products = PRODUCTS[site.code]
    day = as_of - timedelta(days=age)
    # Any hour of the local day: in UTC, as the report has it, many orders fall on the next or the previous day.
    clock = time(rng.randrange(24), rng.randrange(60), rng.randrange(60))
    moment = datetime.combine(day, clock, ZoneInfo(MARKETPLACES[site.code].zone)).astimezone(UTC)
    order_id = f"{site.id_prefix}-{rng.randrange(10**7):07d}-{rng.randrange(10**7):07d}"
    region, dice = rng.choice(REGIONS[site.code]), rng.random()
    first = rng.choices(products, weights=range(len(products), 0, -1))[0]
    second = rng.choice(products)
    quantity = rng.choices((1, 2, 3), weights=(90, 8, 2))[0]
    if case is not None:
        product = next(p for p in products if p.sku == case.sku)
        status = "Cancelled" if case.marks == "cancelled" else "Shipped"
        return Order(order_id, site, day, moment, status, ((product, 1),), region, case)
    status = "Shipped"
    if age <= 2 and dice < 0.5:
        status = "Pending"
    elif dice < 0.03:
        status = "Cancelled"
    elif dice < 0.04 and site.channel == "Merchant":
        status = "Shipped - Returned to Seller"
    lines = [(first, quantity)]
    if 0.90 <= dice < 0.97:
        lines.append((second, 1))
    elif dice >= 0.97:
        lines.append((first, quantity))  # Amazon does write the very same row twice
    return Order(order_id, site, day, moment, status, tuple(lines), region, None)
