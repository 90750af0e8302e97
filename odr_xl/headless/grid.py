"""The values of a whole sheet, read fast, in the shape in which Excel hands a range to Python."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

from python_calamine import CalamineError, CalamineWorkbook

from odr_xl.errors import WorkbookError
from odr_xl.headless import markup
from odr_xl.headless.address import MAX_COLUMN, MAX_ROW, Area, column_number, parse_cell
from odr_xl.headless.frame import Frame
from odr_xl.headless.package import Package
from odr_xl.headless.rows import split_rows
from odr_xl.headless.sheet import Sheet
from odr_xl.headless.values import ErrorValue

Rows = list[list[object]]

# calamine holds a full rectangle: one stray cell in XFD1048576 would ask it for 17 thousand million cells.
_DENSE_CELLS = 4_000_000
_DENSE_SHARE = 8  # at most so many places for each cell that's there
_MOST_CELLS = 100_000_000
_AS_IS = frozenset((str, float, bool, datetime))
# The letters of a cell beyond column Z, or nothing for a cell that doesn't start with its address.
_FAR_OR_ODD = re.compile(rb'<c(?: r="([A-Z]{2,3})[0-9]|(?! r="))')
_NAMESPACES = "http://schemas.openxmlformats.org"


class _Dense:
    """Rows of equal length from A1 on."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.height = len(rows)
        self.width = len(rows[0]) if rows else 0

    def area(self, wanted: Area) -> Rows:
        found = [row[wanted.left - 1 : wanted.right] for row in self.rows[wanted.top - 1 : wanted.bottom]]
        missing = wanted.width - max(0, min(self.width, wanted.right) - wanted.left + 1)
        if missing:
            found = [row + [None] * missing for row in found]
        found.extend([None] * wanted.width for _ in range(wanted.height - len(found)))
        return found

    def used(self) -> Area | None:
        # Counting blanks compares by identity, and from each side only the outermost filled cell is looked for.
        filled = [number for number, row in enumerate(self.rows, 1) if row.count(None) < len(row)]
        if not filled:
            return None
        columns = range(self.width)
        left = next(n for n in columns if any(row[n] is not None for row in self.rows))
        right = next(n for n in reversed(columns) if any(row[n] is not None for row in self.rows))
        return Area(filled[0], left + 1, filled[-1], right + 1)


class _Sparse:
    """Filled cells by row and column, for sheets whose cells lie far apart."""

    def __init__(self, cells: dict[int, dict[int, object]]) -> None:
        self.cells = cells
        self.height = max(cells, default=0)
        self.width = max((max(row) for row in cells.values()), default=0)

    def area(self, wanted: Area) -> Rows:
        columns = range(wanted.left, wanted.right + 1)
        found: Rows = []
        for number in range(wanted.top, wanted.bottom + 1):
            row = self.cells.get(number)
            found.append([row.get(column) for column in columns] if row else [None] * wanted.width)
        return found

    def used(self) -> Area | None:
        if not self.cells:
            return None
        left = min(min(row) for row in self.cells.values())
        return Area(min(self.cells), left, self.height, self.width)


def read_area(package: Package, sheet: str, area: Area | str) -> Rows:
    """The values of a range: floats, datetimes where the format shows a date, bools, str, None, `ErrorValue`.

    Parameters
    ----------
    package : Package
        The workbook, with what was committed to it.
    sheet : str
        The sheet's name.
    area : Area or str
        The range. Whole columns (``A:D``) end with the sheet's last row, whole rows with its last column.

    Raises
    ------
    WorkbookError
        If there is no such sheet, it's damaged, or the range is larger than memory should hold.
    """
    wanted = Area.parse(area) if isinstance(area, str) else area
    grid = _grid(package, sheet)
    if wanted.bottom == MAX_ROW:
        wanted = wanted._replace(bottom=max(grid.height, wanted.top))
    if wanted.right == MAX_COLUMN:
        wanted = wanted._replace(right=max(grid.width, wanted.left))
    if wanted.height * wanted.width > _MOST_CELLS:
        raise WorkbookError(f"{sheet}!{wanted.ref} is too large to read. Name a range that ends with the last row.")
    return grid.area(wanted)


def used_area(package: Package, sheet: str) -> Area | None:
    """The smallest area that holds every cell with a value, or None for an empty sheet."""
    return _grid(package, sheet).used()


def _grid(package: Package, sheet: str) -> _Dense | _Sparse:
    """All values of a sheet; kept until its part changes."""
    ref = package.sheet(sheet)
    data = package.parts[ref.part]
    kept = package.cache.get(ref.part)
    if kept is not None and kept[0] is data and isinstance(kept[1], _Dense | _Sparse):
        return kept[1]
    frame = Frame(data, f"Sheet {ref.name}")
    grid = _Dense(_with_calamine(package, frame)) if _is_dense(frame) else _Sparse(_with_tree(package, ref.name))
    package.cache[ref.part] = (data, grid)
    return grid


def _is_dense(frame: Frame) -> bool:
    """Whether the sheet's rectangle isn't much larger than its cells, and each cell says where it is."""
    rows = frame.rows
    far = {letters.decode() for letters in _FAR_OR_ODD.findall(rows)}
    if "" in far or b"r='" in rows:
        return False
    if not far:
        width = 26
        last = rows.rfind(b'<row r="')
        height = int(rows[last + 8 : rows.index(b'"', last + 8)]) if last >= 0 else 1
    else:
        width = max(column_number(letters) for letters in far)
        height = max(number for number, _ in split_rows(frame))
    area = width * height
    return area <= _DENSE_CELLS or area <= _DENSE_SHARE * rows.count(b"<c ")


def _with_calamine(package: Package, frame: Frame) -> Rows:
    if not frame.rows:
        return []
    try:
        workbook = CalamineWorkbook.from_filelike(_one_sheet(package, frame))
        raw = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise WorkbookError(f"{frame.place} is damaged. Open it in Excel, let Excel repair it, and save it.") from error
    grid: Rows = [
        [None if value == "" else value if type(value) in _AS_IS else _as_excel(value) for value in row] for row in raw
    ]
    _put_errors(frame, grid)
    return grid


def _as_excel(value: object) -> object:
    """A date as a datetime; a time of day or a length of time as the number Excel keeps."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86400
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return float(value) if isinstance(value, int) else value


def _one_sheet(package: Package, frame: Frame) -> io.BytesIO:
    """A workbook of this sheet alone, unpacked, with the strings and formats its cells point to."""
    kinds = {"xl/worksheets/sheet1.xml": ("worksheet", frame.to_bytes())}
    for kind, part in (("styles", "xl/styles.xml"), ("sharedStrings", "xl/sharedStrings.xml")):
        own = package.related(package.workbook_part, kind)
        if own is not None and (kind == "styles" or b't="s"' in frame.rows):
            kinds[part] = (kind, markup.utf8(package.parts[own], own))
    office = f"{_NAMESPACES}/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/{kind}" Target="{escape(part[3:])}"/>'
        for n, (part, (kind, _)) in enumerate(kinds.items(), 1)
    )
    head = f'<Relationships xmlns="{_NAMESPACES}/package/2006/relationships">'
    date1904 = "1" if package.date1904 else "0"
    texts = {
        "_rels/.rels": f'{head}<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/_rels/workbook.xml.rels": f"{head}{links}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{markup.MAIN}" xmlns:r="{office}"><workbookPr date1904="{date1904}"/>'
        '<sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
        for name, (_, data) in kinds.items():
            archive.writestr(name, data)
    buffer.seek(0)
    return buffer


def _put_errors(frame: Frame, grid: Rows) -> None:
    """Put error values where they are: calamine gives a blank for them."""
    rows = frame.rows
    if b't="e"' not in rows and b"t='e'" not in rows:
        return
    for _, data in split_rows(frame):
        if b't="e"' not in data and b"t='e'" not in data:
            continue
        for cell in frame.tree(data)[0].iterchildren("{*}c"):
            if cell.get("t") == "e":
                row, column = parse_cell(cell.get("r", ""))
                while len(grid) < row:
                    grid.append([None] * (len(grid[0]) if grid else column))
                if len(grid[row - 1]) < column:
                    for line in grid:
                        line.extend([None] * (column - len(line)))
                grid[row - 1][column - 1] = ErrorValue(cell.findtext("{*}v") or "#VALUE!")


def _with_tree(package: Package, name: str) -> dict[int, dict[int, object]]:
    """The slow way, which takes room for filled cells only."""
    sheet = Sheet(package, name)
    filled: dict[int, dict[int, object]] = {}
    for row, column in sheet.places():
        value = sheet.get((row, column), dates=True)
        if value is not None and value != "":
            filled.setdefault(row, {})[column] = value
    return filled
