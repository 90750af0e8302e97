"""Cells: what a column's cell means, as an expression that every engine computes alike.

The words and rules are the readers' and ``rules``'; only the way of asking is another. Usual cells take a short way
through each expression, since an engine looks at every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from odr_xl import rules
from odr_xl.marketplaces import MARKETPLACES
from odr_xl.readers.channels import AMAZON_WORDS, SELLER_WORDS
from odr_xl.readers.headers import normalise
from odr_xl.readers.marks import NO_WORDS

_SPACES = "[\\s_-]+"


class Words:
    """Words and what they stand for, looked up in one text: ``|a|b|c|``.

    Where a word stands in that text tells its meaning. An engine does this once for each different word of a column
    that it keeps as a dictionary, which a chain of comparisons doesn't allow.

    Parameters
    ----------
    meanings : mapping of str to tuple of str
        Words for each meaning, in lower case and without spaces around them.
    """

    def __init__(self, meanings: Mapping[str, Iterable[str]]) -> None:
        self._text = "||"  # so that a blank cell stands at 0
        self._ends: dict[str, int] = {}
        for meaning, words in meanings.items():
            self._text += "".join(f"{word}|" for word in dict.fromkeys(words))
            self._ends[meaning] = len(self._text) - 1

    def find(self, cell: ir.StringValue) -> ir.IntegerValue:
        """Place of the cell's word: 0 where it is blank, below where it isn't known."""
        return ibis.literal(self._text).find("|" + cell + "|").cast("int32")

    def meaning(self, place: ir.IntegerValue) -> ir.StringValue:
        """What stands at a place; "" where nothing does."""
        reached = [(place < end, name) for name, end in self._ends.items()]
        return ibis.cases((place <= 0, ""), *reached, else_="").fill_null("")

    def end(self, meaning: str) -> int:
        """The place behind the last word of a meaning."""
        return self._ends[meaning]


def _spellings(words: Iterable[str]) -> list[str]:
    return sorted({normalise(word) for word in words} | {word.lower().replace("_", " ") for word in words})


CHANNELS = Words({"AFN": _spellings(AMAZON_WORDS), "MFN": _spellings(SELLER_WORDS)})
SITES = Words(
    {
        code: (code.lower(), market.sales_channel, market.marketplace_id.lower(), *(("gb",) if code == "UK" else ()))
        for code, market in MARKETPLACES.items()
    }
)
#: Statuses as most rows have them; others are compared beginning by beginning.
STATUSES = Words(
    {
        "": ("shipped", "unshipped", "shipping", "partiallyshipped", "invoiceunconfirmed"),
        "cancelled": ("cancelled", "canceled"),
        "pending": ("pending",),
    }
)


def text(column: ir.Value) -> ir.StringValue:
    """The cell as text, "" when blank."""
    cell = column if column.type().is_string() else column.cast("string")
    stripped: ir.StringValue = cell.strip().fill_null("")
    return stripped


def order_id(column: ir.Value) -> ir.StringValue:
    """The cleaned order id; null where there is none, or Excel has turned it into a number."""
    if not column.type().is_string():
        return ibis.ifelse(column.isnull(), ibis.null("string"), column.cast("string"))
    usual = column.like("___-_______-_______")
    stripped = column.strip()
    damaged = stripped.re_search("^[0-9]([.,][0-9]+)?[eE][+]?[0-9]+$")
    return ibis.cases(
        (usual & (column < "["), column),  # capitals and digits sort before it, small letters after it
        (usual, column.upper()),
        ((stripped == "") | damaged, ibis.null("string")),
        else_=stripped,
    )


def channel(column: ir.Value) -> ir.IntegerValue:
    """Place of the channel in `CHANNELS`."""
    return CHANNELS.find(_lower(column).re_replace(_SPACES, " "))


def site(named: ir.Value | None, sales_channel: ir.Value | None, default: str) -> ir.IntegerValue | None:
    """Place of the row's marketplace in `SITES`: its own column, its sales channel, else the caller's.

    Null where the row names none that is known; ``None`` when there is no column and no default.
    """
    cells = [_lower(column) for column in (named, sales_channel) if column is not None]
    own = ibis.literal(SITES.end(default) - 1, "int32") if default else ibis.null("int32")
    if not cells:
        return own if default else None
    places = [SITES.find(cell) for cell in cells]
    found = [ibis.ifelse(place > 0, place, ibis.null("int32")) for place in places]
    if default:
        # A channel such as Non-Amazon US is no marketplace: only rows that say nothing take the caller's.
        silent = [(place == 0).fill_null(True) for place in places]
        found.append(ibis.ifelse(silent[0] if len(silent) == 1 else silent[0] & silent[1], own, ibis.null("int32")))
    return found[0] if len(found) == 1 else ibis.coalesce(*found)


def marked(column: ir.Value) -> ir.BooleanValue:
    """Whether the cell marks a defect; null is no."""
    kind = column.type()
    if kind.is_boolean():
        return column
    if kind.is_numeric():
        return column != 0
    words = text(column).lower()
    no = sorted({"", "#n/a", "0", *NO_WORDS})
    errors = ["#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!"]
    return ~(words.isin([*no, *errors]) | words.re_search("^[-+]?0+([.,]0*)?%?$"))


def standing(column: ir.Value, not_cancelled: int, not_pending: int) -> ir.IntegerValue:
    """Flags of an order's row by its status: that it isn't cancelled, and that it isn't pending."""
    words = _lower(column)
    place, both = STATUSES.find(words), not_cancelled | not_pending
    other = ibis.ifelse(_begins(words, rules.CANCELLED), 0, not_cancelled) + ibis.ifelse(
        _begins(words, rules.PENDING), 0, not_pending
    )
    return ibis.cases(
        (place < 0, other),
        (place < STATUSES.end(""), ibis.literal(both, "int32")),
        (place < STATUSES.end("cancelled"), ibis.literal(not_pending, "int32")),
        (place < STATUSES.end("pending"), ibis.literal(not_cancelled, "int32")),
        else_=ibis.literal(both, "int32"),
    )


def not_amazon(column: ir.Value) -> ir.BooleanValue:
    """Whether a sales channel isn't Amazon's."""
    return _lower(column).startswith(rules.LEFT_OUT_CHANNEL).fill_null(False)


def counted_cause(cause: ir.Value, counts: ir.Value | None) -> tuple[ir.StringValue, ir.BooleanValue]:
    """Cause of a listed defect, and whether the list counts it: blank and words for no say that it doesn't."""
    name = text(cause).lower().re_replace(_SPACES, "_")
    if counts is None:
        return name, ibis.literal(True)
    return name, ~text(counts).lower().isin(sorted({"", *NO_WORDS}))


def bit(cause: str) -> int:
    """The cause's place among an order's flags."""
    return 1 << rules.CAUSES.index(cause)


def _lower(column: ir.Value) -> ir.StringValue:
    # Blanks stay null: an expression that puts something in their place is no longer computed a word at a time.
    cell = column if column.type().is_string() else column.cast("string")
    lower: ir.StringValue = cell.strip().lower()
    return lower


def _begins(words: ir.StringValue, beginnings: tuple[str, ...]) -> ir.BooleanValue:
    return reduce(lambda some, one: some | one, (words.startswith(beginning) for beginning in beginnings))
