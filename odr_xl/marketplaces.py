"""Amazon's marketplaces: code, id, sales channel, time zone, and how a date is written there.

Sources: marketplace ids and the date order of the feedback report from the public SP-API model files and
connectors; the time zone is the one of the marketplace's main office. Amazon doesn't state in which zone the
Order Defect Rate page cuts its days, so every reader lets the caller choose another zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

DateOrder = Literal["DMY", "MDY", "YMD"]


@dataclass(frozen=True, slots=True)
class Marketplace:
    """One Amazon site.

    Attributes
    ----------
    code : str
        Two letters, as sellers say it (``UK``, not ``GB``).
    marketplace_id : str
        Amazon's id, as in the performance report; "" where we know none.
    sales_channel : str
        The site's name in the ``sales-channel`` column, in lower case.
    zone : str
        IANA time zone whose midnight ends the marketplace's day.
    date_order : "DMY", "MDY" or "YMD"
        Order of day, month and year in the feedback report.
    encoding : str
        What to try when a file is not UTF-8.
    """

    code: str
    marketplace_id: str
    sales_channel: str
    zone: str
    date_order: DateOrder
    encoding: str = "cp1252"


_ROWS = (
    Marketplace("US", "ATVPDKIKX0DER", "amazon.com", "America/Los_Angeles", "MDY"),
    Marketplace("CA", "A2EUQ1WTGCTBG2", "amazon.ca", "America/Los_Angeles", "DMY"),
    Marketplace("MX", "A1AM78C64UM0Y8", "amazon.com.mx", "America/Mexico_City", "DMY"),
    Marketplace("BR", "A2Q3Y263D00KWC", "amazon.com.br", "America/Sao_Paulo", "DMY"),
    Marketplace("UK", "A1F83G8C2ARO7P", "amazon.co.uk", "Europe/London", "DMY"),
    Marketplace("DE", "A1PA6795UKMFR9", "amazon.de", "Europe/Berlin", "DMY"),
    Marketplace("FR", "A13V1IB3VIYZZH", "amazon.fr", "Europe/Paris", "DMY"),
    Marketplace("IT", "APJ6JRA9NG5V4", "amazon.it", "Europe/Rome", "DMY"),
    Marketplace("ES", "A1RKKUPIHCS9HS", "amazon.es", "Europe/Madrid", "DMY"),
    Marketplace("NL", "A1805IZSGTT6HS", "amazon.nl", "Europe/Amsterdam", "DMY"),
    Marketplace("BE", "AMEN7PMS3EDWL", "amazon.com.be", "Europe/Brussels", "DMY"),
    Marketplace("PL", "A1C3SOZRARQ6R3", "amazon.pl", "Europe/Warsaw", "DMY"),
    Marketplace("SE", "A2NODRKZP88ZB9", "amazon.se", "Europe/Stockholm", "YMD"),
    Marketplace("IE", "A28R8C7NBKEWEA", "amazon.ie", "Europe/Dublin", "DMY"),
    Marketplace("TR", "A33AVAJ2PDY3EV", "amazon.com.tr", "Europe/Istanbul", "DMY"),
    Marketplace("AE", "A2VIGQ35RCS4UG", "amazon.ae", "Asia/Dubai", "DMY"),
    Marketplace("SA", "A17E79C6D8DWNP", "amazon.sa", "Asia/Riyadh", "DMY"),
    Marketplace("EG", "ARBP9OOSHTCHU", "amazon.eg", "Africa/Cairo", "DMY"),
    Marketplace("IN", "A21TJRUUN4KGV", "amazon.in", "Asia/Kolkata", "DMY"),
    Marketplace("JP", "A1VC38T7YXB528", "amazon.co.jp", "Asia/Tokyo", "YMD", "cp932"),
    Marketplace("AU", "A39IBJ37TRP1C6", "amazon.com.au", "Australia/Sydney", "DMY"),
    Marketplace("SG", "A19VAU5U5O7RUS", "amazon.sg", "Asia/Singapore", "DMY"),
    Marketplace("ZA", "AE08WJ6YKNBMC", "amazon.co.za", "Africa/Johannesburg", "DMY"),
)

#: By code.
MARKETPLACES = MappingProxyType({m.code: m for m in _ROWS})

#: Code by sales channel in lower case, as the orders report writes it.
BY_SALES_CHANNEL = MappingProxyType({m.sales_channel: m.code for m in _ROWS})


def marketplace_code(name: str) -> str:
    """Code of a marketplace given as code, Amazon id or sales channel; "" when we don't know it.

    >>> marketplace_code("Amazon.co.uk"), marketplace_code("gb"), marketplace_code("A1PA6795UKMFR9")
    ('UK', 'UK', 'DE')
    """
    text = name.strip()
    if text.upper() == "GB":
        return "UK"
    if text.upper() in MARKETPLACES:
        return text.upper()
    if text.lower() in BY_SALES_CHANNEL:
        return BY_SALES_CHANNEL[text.lower()]
    return next((m.code for m in _ROWS if m.marketplace_id == text), "")
