"""Rows as bytes: a block of 100,000 rows put in the place of another without a tree of a million cells.

Rows that aren't in the block keep their bytes; rows that also have cells left or right of it are taken apart with lxml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless import markup
from odr_xl.headless.address import Area, cell_ref, column_number, parse_cell
from odr_xl.headless.frame import Frame, inner

_ROW = b'<row r="'
_CELL = b'<c r="'
_END = b"</row>"
_HERE = etree.tostring(etree.ProcessingInstruction("here"))
_DIGITS = b"0123456789"
# Attributes that say nothing a seller set: the number, and two hints that Excel writes into every row.
_PLAIN = (b'r="', b'spans="', b"x14ac:dyDescent=")


def split_rows(frame: Frame) -> Iterator[tuple[int, bytes]]:
    """Each row's number and its bytes, in order.

    Raises
    ------
    WorkbookError
        If the rows aren't in order or aren't XML.
    """
    rows = frame.rows
    last = start = 0
    while (end := rows.find(_END, start)) >= 0:
        end += len(_END)
        row = rows[start:end]
        start = end
        if row.startswith(_ROW) and row.find(b"<row", 4) < 0:
            digits = row[8 : row.index(b'"', 8)]
            number = int(digits) if digits.isdigit() else 0
            if number <= last:
                raise _disorder(frame)
            last = number
            yield number, row
        else:
            for number, odd in _odd_rows(frame, row, last):
                if number <= last:
                    raise _disorder(frame)
                last = number
                yield number, odd
    if rows[start:].strip():
        yield from _odd_rows(frame, rows[start:], last)


def _disorder(frame: Frame) -> WorkbookError:
    return WorkbookError(f"{frame.place} has its rows out of order. Open the workbook in Excel and save it.")


def _odd_rows(frame: Frame, data: bytes, last: int) -> list[tuple[int, bytes]]:
    """Rows that are empty, unnumbered, or written with their attributes in another order."""
    found = []
    for row in frame.tree(data).iterchildren("{*}row"):
        last = int(row.get("r") or last + 1)
        row.set("r", str(last))
        column = 0
        for cell in row:
            column = parse_cell(cell.get("r", ""))[1] if cell.get("r") else column + 1
            cell.set("r", cell_ref(last, column))
        holder = markup.element("holder", frame.root.nsmap)
        row.tail = None
        holder.append(row)
        found.append((last, inner(holder)))
    return found


def replace_block(
    frame: Frame, area: Area, cells: Sequence[str], *, last_row: int, show: bool = False, sheet: str = ""
) -> None:
    """Put a block's cells in the frame's rows.

    Parameters
    ----------
    frame : Frame
        The sheet; its `rows` are replaced.
    area : Area
        Where the new block stands; one of `cells` a row.
    cells : sequence of str
        XML of each row's cells.
    last_row : int
        Last row of the block that stood there: its cells down to here are dropped.
    show : bool
        Whether rows that a filter hid are shown again.
    sheet : str
        The sheet's name for the sentence.

    Raises
    ------
    WorkbookError
        If the block would cover a cell with contents below `last_row`.
    """
    addressed = every_cell_is_addressed(frame.rows)
    out: list[bytes] = []
    coming = area.top  # next row of the block that isn't written yet
    finish = area.top + len(cells)  # first row below the block
    for number, row in split_rows(frame):
        if number < area.top:
            out.append(row)
            continue
        while coming < min(number, finish):
            out.append(_plain_row(coming, cells[coming - area.top]))
            coming += 1
        if number >= finish and number > last_row:
            out.append(row)
            continue
        own = cells[number - area.top] if number < finish else ""
        coming = max(coming, number + 1)
        if addressed and _is_plain(row, area):
            if number > last_row and (b"<v" in row or b"<is" in row or b"<f" in row):
                _refuse(frame.tree(row)[0], area, sheet)
            out.append(_plain_row(number, own))
        else:
            out.append(_mixed_row(frame, row, area, own, covers=number > last_row, show=show, sheet=sheet))
    out.extend(_plain_row(number, cells[number - area.top]) for number in range(coming, finish))
    frame.rows = b"".join(out)


def _plain_row(number: int, cells: str) -> bytes:
    return f'<row r="{number}">{cells}</row>'.encode() if cells else b""


def every_cell_is_addressed(rows: bytes) -> bool:
    """Whether each cell starts with its address, as every usual program writes it."""
    return rows.count(b"<c ") == rows.count(_CELL) and b"<c>" not in rows and b"<c/>" not in rows


def _is_plain(row: bytes, area: Area) -> bool:
    """Whether nothing in the row but the block's own cells is worth keeping; each cell starts with its address."""
    opening = row.index(b">")
    if opening != row.index(b'"', 8) + 1 and not all(word.startswith(_PLAIN) for word in row[:opening].split()[1:]):
        return False
    if row.startswith(_END, opening + 1):
        return True
    if not row.startswith(_CELL, opening + 1):
        return False
    first, last = opening + 1 + len(_CELL), row.rindex(_CELL) + len(_CELL)
    left = row[first : row.index(b'"', first)].rstrip(_DIGITS).decode()
    right = row[last : row.index(b'"', last)].rstrip(_DIGITS).decode()
    return area.left <= column_number(left) and column_number(right) <= area.right


def _mixed_row(frame: Frame, row: bytes, area: Area, own: str, *, covers: bool, show: bool, sheet: str) -> bytes:
    """The row with the block's cells exchanged, its other cells and its height kept."""
    if row.count(b"<c ") + row.count(b"<c>") >= row.count(b' r="'):  # a cell without its address
        ((_, row),) = _odd_rows(frame, row, 0)
    tree = frame.tree(row)
    element = tree[0]
    if covers:
        _refuse(element, area, sheet)
    for attribute in ("spans", "hidden") if show else ("spans",):
        if attribute in element.attrib:
            del element.attrib[attribute]
    here = len(element)
    for index, cell in reversed(list(enumerate(element))):
        column = parse_cell(cell.get("r", ""))[1]
        if column >= area.left:
            here = index
            if column <= area.right:
                element.remove(cell)
    element.insert(here, etree.ProcessingInstruction("here"))
    whole = inner(tree).replace(_HERE, own.encode())
    nothing_left = not own and len(element) == 1 and set(element.attrib) <= {"r"}
    return b"" if nothing_left else whole


def _refuse(row: etree._Element, area: Area, sheet: str) -> None:
    for cell in row:
        place = cell.get("r", "")
        column = parse_cell(place)[1] if place else area.left
        if area.left <= column <= area.right and len(cell):
            raise WorkbookError(
                f"{sheet}!{place}: there's something below the table where its new rows would go. "
                "Move it to the right of the table or to another sheet, and run the command again."
            )
