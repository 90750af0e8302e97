"""Who fulfils an order (``AFN`` Amazon, ``MFN`` the seller), and which marketplace it was placed on."""

from __future__ import annotations

from typing import Any

import numpy as np

from odr_xl.marketplaces import marketplace_code
from odr_xl.readers.cells import Mask, Objects, text_column
from odr_xl.readers.coded import Cells, Coded, factorised
from odr_xl.readers.headers import normalise

#: The report says Amazon or Merchant, its help page AFN or MFN, Account Health "Fulfilled by".
AMAZON_WORDS = (
    "AFN", "Amazon", "FBA", "Fulfilled by Amazon", "Fulfillment by Amazon", "Fulfilment by Amazon", "Amazon fulfilled",
    "Fulfilled by Amazon (FBA)", "Amazon_NA", "Amazon_EU", "Amazon_JP", "Amazon_IN", "Amazon_AU",
    "Versand durch Amazon", "Expédié par Amazon", "Logistica di Amazon", "Logística de Amazon", "アマゾン", "亚马逊",
    "亚马逊配送", "亚马逊物流",
)  # fmt: skip
SELLER_WORDS = (
    "MFN", "Merchant", "FBM", "Seller", "Fulfilled by merchant", "Fulfilled by seller", "Seller fulfilled",
    "Merchant fulfilled", "Default", "Self", "SFP", "Seller Fulfilled Prime", "Seller fulfilled (FBM)", "Verkäufer",
    "Händler", "Vendeur", "Venditore", "Vendedor", "出品者", "自己発送", "卖家", "卖家配送", "卖家自配送", "自配送",
    "自发货",
)  # fmt: skip
_AMAZON = frozenset(map(normalise, AMAZON_WORDS))
_SELLER = frozenset(map(normalise, SELLER_WORDS))


def parse_channels(values: Cells) -> tuple[Objects, Mask]:
    """Channels of a column as ``AFN``, ``MFN`` or "", and where the word isn't known.

    >>> channels, bad = parse_channels(["Amazon", "fulfilled by MERCHANT", "", "Pigeon"])
    >>> channels.tolist(), bad.tolist()
    (['AFN', 'MFN', '', ''], [False, False, False, True])
    """
    return _mapped(values, _channel)


def parse_marketplaces(values: Cells) -> tuple[Objects, Mask]:
    """Marketplace codes of a column of sales channels, codes or ids, and where it isn't known.

    >>> parse_marketplaces(["Amazon.de", "Non-Amazon US", " gb "])[0].tolist()
    ['DE', '', 'UK']
    """
    return _mapped(values, marketplace_code)


def _channel(text: str) -> str:
    word = normalise(text)
    return "AFN" if word in _AMAZON else "MFN" if word in _SELLER else ""


def _mapped(values: Cells, meaning: Any) -> tuple[Objects, Mask]:
    codes, distinct = factorised(values)
    texts = text_column(distinct)
    found = np.empty(len(texts), dtype=object)
    found[:] = [meaning(text) if text else "" for text in texts]
    column = Coded(distinct, codes)
    return column.spread(found, ""), column.spread(((found == "") & (texts != "")).astype(bool), False)
