"""Columns: which column of a source holds what, by the ledger's names, Amazon's headers, or the caller's word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from odr_xl import rules
from odr_xl.errors import InputError, UsageError
from odr_xl.readers.headers import ALIASES, normalise, recognise

#: Whose orders they are. Orders of two accounts are never one order, whatever their ids.
ACCOUNT = "account"
#: In place of a column's name: the folder that a file lies in, as where each account's reports have one.
FOLDER = "@folder"
#: Fields that are looked for without being asked for, besides the causes.
FIELDS = ("order_id", "order_date", "order_status", "channel", "sales_channel", "marketplace", ACCOUNT)
#: Fields of a list of defects.
DEFECT_FIELDS = ("order_id", "cause", "counts", ACCOUNT)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a source are.

    Attributes
    ----------
    found : mapping of str to str
        Field to the name of its column in the source.
    """

    found: Mapping[str, str]

    @property
    def causes(self) -> tuple[str, ...]:
        """Causes that the source has a column of marks for."""
        return tuple(cause for cause in rules.CAUSES if cause in self.found)

    def __contains__(self, field: str) -> bool:
        return field in self.found


def parse_map(pairs: Iterable[str]) -> dict[str, str]:
    """Mapping from ``field=column`` texts.

    >>> parse_map(["order_id=Bestell-Nr", "account=@folder"])
    {'order_id': 'Bestell-Nr', 'account': '@folder'}

    Raises
    ------
    UsageError
        A text without an equals sign, or a field given twice.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not (field and equals and column):
            raise UsageError(f'--map "{pair}" names no column. Write --map order_id=amazon-order-id.')
        if field in found:
            raise UsageError(f'--map gives "{field}" twice. Give it once.')
        found[field] = column
    return found


def find_columns(
    headers: Sequence[str], wanted: Iterable[str], mapping: Mapping[str, str], *, name: str, defects: bool = False
) -> Columns:
    """Columns of a source by its headers.

    Parameters
    ----------
    headers : sequence of str
        Names of the source's columns.
    wanted : iterable of str
        Further fields that the caller needs, such as a column to group by.
    mapping : mapping of str to str
        Field to column, as the caller says; it wins. A name that this source doesn't have is passed over, since
        another part of the portfolio may have it.
    name : str
        What the source is called in messages.
    defects : bool
        It lists defects, not orders: a cause a row, or marks.

    Raises
    ------
    InputError
        Without a column of order ids; the text lists what was seen.
    """
    fields = (*(DEFECT_FIELDS if defects else FIELDS), *rules.CAUSES, *wanted)
    exact = {header: header for header in headers}
    plain = {normalise(header): header for header in reversed(list(headers))}
    found: dict[str, str] = {}
    taken = _by_amazons_names(headers)
    for field in dict.fromkeys(fields):
        named = mapping.get(field)
        if named == FOLDER:
            found[field] = exact.get(field, FOLDER)
        elif named is not None and (named in exact or normalise(named) in plain):
            found[field] = exact.get(named, plain.get(normalise(named), ""))
        elif field in exact or normalise(field) in plain:
            found[field] = exact.get(field, plain.get(normalise(field), ""))
        elif field in taken and field != "cause":
            found[field] = taken[field]
    if "order_id" not in found:
        seen = ", ".join(list(headers)[:8]) + (f" and {len(headers) - 8} more" if len(headers) > 8 else "")
        remedy = "Name it with --map order_id=COLUMN."
        raise InputError(f"{name}: there is no column of order ids; found: {seen or 'no columns'}. {remedy}")
    return Columns(found)


def _by_amazons_names(headers: Sequence[str]) -> dict[str, str]:
    """Field to header, where a header is one of those that the readers know in any language."""
    known = ALIASES["orders"]
    if not any(known.get(normalise(header)) == "order_id" for header in headers):
        named = {header: known.get(normalise(header)) for header in reversed(list(headers))}
        return {field: header for header, field in named.items() if field}
    found = recognise(list(headers), kind="orders").fields
    return {field: headers[place] for field, place in found.items()}
