"""What a workbook holds, by name: sheets, tables, defined names, and what its parts refer to."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from odr_xl.headless.address import Area
from odr_xl.headless.values import unescape_text


@dataclass(frozen=True, slots=True)
class SheetRef:
    """A sheet: its name, its part (``xl/worksheets/sheet1.xml``), and visible, hidden or veryHidden."""

    name: str
    part: str
    state: str


@dataclass(frozen=True, slots=True)
class TableRef:
    """A table.

    Parameters
    ----------
    name : str
        The name that formulas use.
    sheet : str
        Name of its sheet.
    part : str
        Its part (``xl/tables/table1.xml``).
    ref : str
        Header, data and totals rows: ``A1:M101``.
    columns : tuple of str
        Column names in order.
    header_rows, totals_rows : int
        0 or 1.
    """

    name: str
    sheet: str
    part: str
    ref: str
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0

    @property
    def area(self) -> Area:
        """All of it: header, data and totals rows."""
        return Area.parse(self.ref)

    @property
    def data(self) -> Area:
        """Its data rows; Excel's tables have at least one."""
        area = self.area
        return area._replace(top=area.top + self.header_rows, bottom=area.bottom - self.totals_rows)


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name: its formula without ``=``, and the sheet it belongs to (None: the workbook)."""

    name: str
    text: str
    sheet: str | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to.

    Parameters
    ----------
    id : str
        The id that the part's XML uses.
    kind : str
        Last word of its type: ``worksheet``, ``drawing``, ``chart``, ``table``, …
    target : str
        The part's name, or the address itself when `external`.
    external : bool
        Whether it lies outside the workbook; such targets are never opened.
    """

    id: str
    kind: str
    target: str
    external: bool


def table_ref(root: etree._Element, sheet: str, part: str) -> TableRef:
    """The table that a table part's root element describes."""
    columns = tuple(unescape_text(c.get("name", "")) for c in root.iterfind("{*}tableColumns/{*}tableColumn"))
    return TableRef(
        name=root.get("displayName") or root.get("name") or "",
        sheet=sheet,
        part=part,
        ref=root.get("ref", "A1"),
        columns=columns,
        header_rows=int(root.get("headerRowCount", "1")),
        totals_rows=int(root.get("totalsRowCount", "0")),
    )
