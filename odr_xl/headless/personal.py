"""What buyers wrote and who they are, found by the headers above it, to be left out of a copy for others."""

from __future__ import annotations

import re

from lxml import etree

from odr_xl.headless.address import MAX_ROW, Area
from odr_xl.labels import WORDS
from odr_xl.readers.feedback import FEEDBACK, RATER
from odr_xl.readers.headers import normalise
from odr_xl.readers.layout import ORDER_ID
from odr_xl.readers.returns import RETURNS

#: What buyers wrote, and the seller's answers, which often name the buyer.
_WRITTEN = (*FEEDBACK.headers["comments"], *FEEDBACK.headers["response"], *RETURNS.headers["comments"])
#: Columns of our formulas' results that repeat it. A single word of a comment can be a name.
_REPEATED = ("detail", "appeal_record", "todo_comment", "words_word", "words_example")
#: Who the buyer is, as Amazon's order reports name it; the refresh takes none of them, a seller's own column may.
_IDENTITY = (
    *RATER,
    *("buyer-name", "buyer-email", "buyer-phone-number", "buyer-cpf", "buyer-company-name", "buyer-vat-number"),
    *("recipient-name", "customer-name", "customer-email", "gift-message-text", "delivery-instructions"),
    *("ship-address-1", "ship-address-2", "ship-address-3", "ship-city", "ship-postal-code", "ship-phone-number"),
    *("bill-name", "bill-address-1", "bill-address-2", "bill-address-3", "bill-city", "bill-postal-code"),
    *("bill-phone-number", "ship-county", "bill-county"),
)
#: Normalised headers of personal columns.
HEADERS = frozenset(
    normalise(header) for header in (*_WRITTEN, *_IDENTITY, *(word for key in _REPEATED for word in WORDS[key]))
)
_ORDER_ID = frozenset(map(normalise, ORDER_ID))
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Shorter texts aren't looked for elsewhere: "US" or "Yes" in a comment is no reason to blank every "US".
_TELLING = 4


def mask_addresses(text: str) -> str:
    """The text with an ellipsis in the place of each e-mail address.

    >>> mask_addresses("write to j.doe+x@mail.example.com, not @noon")
    'write to …, not @noon'
    """
    return _ADDRESS.sub("…", text) if "@" in text else text


def mask_tree(root: etree._Element) -> None:
    """Put an ellipsis in the place of each e-mail address in a part's texts."""
    for found in root.iter(etree.Element):
        if found.text and "@" in found.text:
            found.text = mask_addresses(found.text)


class PersonalCells:
    """Which cells of one sheet are about buyers.

    Parameters
    ----------
    tables : list of (Area, tuple of str)
        Each table's data cells and the names of its columns.
    said : frozenset of str
        Texts of the workbook's personal columns: a formula may show them anywhere.
    """

    def __init__(self, tables: list[tuple[Area, tuple[str, ...]]], said: frozenset[str] = frozenset()) -> None:
        self._said = said
        self._areas: list[tuple[Area, frozenset[int]]] = []
        for area, columns in tables:
            self._add(area, {area.left + n for n in personal_columns(columns)})

    def _add(self, area: Area, columns: set[int]) -> None:
        if columns and area.bottom >= area.top:
            self._areas.append((area, frozenset(columns)))

    def in_rows(self, top: int, bottom: int) -> bool:
        """Whether any row from `top` to `bottom` may hold one."""
        return any(area.top <= bottom and top <= area.bottom for area, _ in self._areas)

    def learn(self, row: int, texts: dict[int, str], results: list[Area]) -> None:
        """Take a row into account that may be a header row.

        Parameters
        ----------
        row : int
            Its number.
        texts : dict of int to str
            Its texts by column.
        results : list of Area
            What the array formulas of this row fill: the first row of a result is its header row.
        """
        headers = {column: normalise(text) for column, text in texts.items() if text}
        found = {column for column, header in headers.items() if header in HEADERS}
        if not found:
            return
        for area in results:
            self._add(area._replace(top=row + 1), {c for c in found if area.left <= c <= area.right})
        if not _ORDER_ID.isdisjoint(headers.values()):  # a report, or a result pasted as values, outside any table
            self._add(Area(row + 1, 1, MAX_ROW, max(found)), found)

    def columns(self, row: int) -> frozenset[int]:
        """The personal columns of a row."""
        found = [columns for area, columns in self._areas if area.top <= row <= area.bottom]
        return frozenset().union(*found)

    def repeats(self, text: str) -> bool:
        """Whether a formula's result is the text of a personal cell."""
        return text in self._said


def personal_columns(names: tuple[str, ...]) -> list[int]:
    """Positions of the personal ones among a table's columns.

    >>> personal_columns(("Order ID", "Comments", "Rater Email"))
    [1, 2]
    """
    return [number for number, name in enumerate(names) if normalise(name) in HEADERS]


def telling(values: list[object]) -> set[str]:
    """The texts among a personal column's values that are long enough to be looked for elsewhere."""
    return {value for value in values if isinstance(value, str) and len(value) >= _TELLING}
