"""Headers: which report a table is, told from the names of its columns and never from a file name or a position.

The one exception is the seller feedback download: Amazon translates its six headers in ways that aren't all known, and
keeps their order (see `feedback`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from odr_xl.errors import UnknownReport
from odr_xl.readers.account_health import ACCOUNT_HEALTH
from odr_xl.readers.chargebacks import CHARGEBACKS
from odr_xl.readers.claims import CLAIMS
from odr_xl.readers.days import DAYS
from odr_xl.readers.events import EVENTS
from odr_xl.readers.feedback import FEEDBACK, RATER, fields_by_position
from odr_xl.readers.ids import AMAZON_ID
from odr_xl.readers.layout import ORDER_ID, Layout, key_of
from odr_xl.readers.listings import LISTINGS, OTHER_TABLES
from odr_xl.readers.orders import ONLY_ORDERS, ORDERS
from odr_xl.readers.performance import PERFORMANCE
from odr_xl.readers.returns import RETURNS


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a header row turned out to be.

    Attributes
    ----------
    kind : str
        Kind of tidy table.
    variant : str
        Which of the reports of that kind, such as ``all_orders`` or ``order_report``.
    fields : mapping of str to int
        Zero-based column of each field that was found.
    """

    kind: str
    variant: str
    fields: Mapping[str, int]


@lru_cache(maxsize=4096)
def _normalise(header: str) -> str:
    text = unicodedata.normalize("NFKD", header).casefold()
    # Accents go, but the voicing marks of Japanese stay.
    text = "".join(c for c in text if not 0x300 <= ord(c) <= 0x36F)
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text)).split())


def normalise(header: object) -> str:
    """A header without what differs between copies of it: case, accents, BOM, hyphens, underscores, quotes, spaces.

    >>> normalise("\\ufeffAmazon-Order_ID\\xa0"), normalise("Número de pedido"), normalise(None)
    ('amazon order id', 'numero de pedido', '')
    """
    return "" if header is None else _normalise(header if isinstance(header, str) else str(header))


def _aliases(layout: Layout) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field, names in layout.headers.items():
        for name in names:
            found.setdefault(normalise(name), field)
    return MappingProxyType(found)


#: Layouts by kind, in the order in which they are tried: the narrower first.
LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        layout.kind: layout
        for layout in (
            LISTINGS, PERFORMANCE, DAYS, EVENTS, CHARGEBACKS, CLAIMS, ACCOUNT_HEALTH, RETURNS, FEEDBACK, ORDERS,
        )
    }
)  # fmt: skip

#: Normalised header -> field, per kind.
ALIASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {kind: _aliases(layout) for kind, layout in LAYOUTS.items()}
)

_RATER = frozenset(normalise(name) for name in RATER)
_ORDER_ID = frozenset(normalise(name) for name in ORDER_ID)
_OTHER_TABLES = frozenset(normalise(name) for name in OTHER_TABLES)
_PREFERENCE: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        kind: {normalise(name): i for names in layout.headers.values() for i, name in reversed(list(enumerate(names)))}
        for kind, layout in LAYOUTS.items()
    }
)


def recognise(headers: Sequence[object], *, kind: str | None = None) -> Recognition:
    """Tell which report a header row belongs to, and where its columns are.

    Parameters
    ----------
    headers : sequence of object
        The cells of the header row.
    kind : str, optional
        Take it as this kind, when the caller knows; only the columns are looked for then.

    Raises
    ------
    UnknownReport
        The headers fit no report, or lack the order id; the text names what was seen and what is known.

    Examples
    --------
    >>> recognise(["Order ID", "Date", "Chargeback"]).kind
    'orders'
    >>> recognise(["Datum", "Bewertung", "Kommentar", "Antwort", "Bestellnummer", "E-Mail"]).fields["order_id"]
    4
    """
    names = [normalise(h) for h in headers]
    seen = frozenset(names)
    if kind is not None:
        layout = LAYOUTS[kind]
        fields = _fields(kind, names)
        if kind == "feedback" and not layout.judge(fields, seen):  # the workbook's own sixth column is the status
            fields = _positional(names) or fields
        # Rows with an order id are never listings, even when they have a SKU.
        if key_of(kind) not in fields or (kind == "listings" and _ORDER_ID & seen):
            raise UnknownReport(_unknown(headers, layout))
        return Recognition(kind, layout.judge(fields, seen) or kind, MappingProxyType(dict(fields)))
    for layout in LAYOUTS.values():
        if layout.kind == "listings" and _OTHER_TABLES & seen:
            continue
        fields = _fields(layout.kind, names)
        variant = layout.judge(fields, seen)
        if layout.kind == "feedback" and not variant and not ONLY_ORDERS & seen and (placed := _positional(names)):
            fields, variant = placed, "seller_feedback_translated"
        if variant:
            return Recognition(layout.kind, variant, MappingProxyType(dict(fields)))
    raise UnknownReport(_unknown(headers, None))


def _fields(kind: str, names: Sequence[str]) -> dict[str, int]:
    """Column of each field; when two headers name one field, the name listed first wins."""
    aliases, preference = ALIASES[kind], _PREFERENCE[kind]
    best: dict[str, tuple[int, int]] = {}
    for column, name in enumerate(names):
        field = aliases.get(name)
        if field is not None:
            candidate = (preference[name], column)
            best[field] = min(best.get(field, candidate), candidate)
    return {field: best[field][1] for field in LAYOUTS[kind].columns if field in best}


def _positional(names: Sequence[str]) -> dict[str, int]:
    aliases = ALIASES["feedback"]
    found = [frozenset({aliases[name]} if name in aliases else ()) for name in names]
    return fields_by_position(found, len(names) == 6 and names[5] in _RATER)


def _unknown(headers: Sequence[object], wanted: Layout | None) -> str:
    shown = [str(h).strip().strip("\ufeff")[:40] for h in headers if h is not None and str(h).strip()]
    seen = ", ".join(shown[:8]) + (f" and {len(shown) - 8} more" if len(shown) > 8 else "") if shown else "no headers"
    # The cells of a data row may be names and addresses: they don't belong in a message.
    if any(AMAZON_ID.fullmatch(text) or "@" in text for text in shown):
        return "The first row holds data, not column names. Give the report or range with its header row."
    if wanted is not None:
        column = {"order_date": "order-date", "sku": "SKU", "metric": "Metric"}.get(key_of(wanted.kind), "order-id")
        return (
            f"The {wanted.name} needs {'a' if column == 'Metric' else 'an'} {column} column in its header row; "
            f"found: {seen}. "
            "Select the range with its header row."
        )
    known = ", ".join(layout.name for layout in reversed(list(LAYOUTS.values())))
    return (
        f"This header row belongs to no report we know: {seen}. "
        f"Known are: {known}, or any table with an order-id column and a date or columns that mark defects."
    )
