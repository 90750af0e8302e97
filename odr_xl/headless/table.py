"""A table's data rows, read and replaced; its header, its other columns and the sheet around it stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless import formats
from odr_xl.headless.address import MAX_ROW, Area
from odr_xl.headless.grid import read_area
from odr_xl.headless.package import Package, TableRef, parse_part, xml_bytes
from odr_xl.headless.shared import shift
from odr_xl.headless.sheet import Sheet

Rows = list[list[object]]


def read_table(package: Package, name: str) -> tuple[list[str], Rows]:
    """A table's column names and all its data rows, blank ones too.

    Values come as Excel's COM gives them: floats, datetimes in cells that show dates, bools, str, None for blanks,
    `ErrorValue` (a str such as ``#N/A``) for errors.

    Raises
    ------
    WorkbookError
        If there is no such table or its sheet is damaged.
    """
    table = package.table(name)
    return list(table.columns), read_area(package, table.sheet, table.data)


def write_table(package: Package, name: str, rows: Sequence[Sequence[object]]) -> None:
    """Replace a table's data rows and fit its size, its filter, its rules and its formats to them.

    Each row takes the style of its column in the first data row. In a calculated column the formula stays and the
    value given is its result. No rows leave one blank row, as a table must have. A filter's criteria go and hidden
    rows show, since they spoke about other rows. The package is changed only if everything succeeds.

    Parameters
    ----------
    package : Package
        The workbook.
    name : str
        The table's name.
    rows : sequence of rows
        Values of all columns in the table's order; text stays text, whatever it starts with.

    Raises
    ------
    WorkbookError
        If there is no such table, a row is too long, or the new rows don't fit: something stands below the table,
        a totals row, or the end of the sheet.
    """
    table = package.table(name)
    _check(table, rows)
    old = table.data
    new = old._replace(bottom=old.top + max(1, len(rows)) - 1)
    resized = new.bottom != old.bottom
    sheet = Sheet(package, table.sheet)
    _check_below(package, sheet, table, new)
    root = parse_part(package.parts[table.part], table.part)
    had_formulas = b"<f" in sheet.frame.rows
    first = sheet.first_cells(old.top)
    styles = [_style(first.get(c), sheet.frame.column_style(c)) for c in range(old.left, old.right + 1)]
    styles, styles_root = _with_date_styles(package, styles, rows)
    formulas = _formulas(root, sheet, first, old)
    sheet.write_rows(
        new.top, new.left, rows or [[None] * new.width], styles,
        last_row=old.bottom, formulas=formulas, show=_clear_filter(root),
    )  # fmt: skip
    if resized:
        _resize(root, table.area._replace(bottom=new.bottom + table.totals_rows))
        _fit_ranges(sheet.frame.root, old, new)
    if styles_root is not None:
        package.replace(package.related(package.workbook_part, "styles") or "", xml_bytes(styles_root))
    sheet.commit()
    package.replace(table.part, xml_bytes(root))
    chain = package.related(package.workbook_part, "calcChain")
    if chain is not None and (had_formulas or formulas):
        package.remove(chain)  # it lists every formula cell; Excel writes it anew, but repairs a file where it's wrong


def _check(table: TableRef, rows: Sequence[Sequence[object]]) -> None:
    width = len(table.columns)
    if table.area.width != width or table.data.height < 1:
        raise WorkbookError(f"{table.sheet}: the table {table.name} is damaged. Repair the workbook in Excel.")
    for number, row in enumerate(rows, 1):
        if len(row) > width:
            raise WorkbookError(
                f"{table.name}: row {number} has {len(row)} values, the table has {width} columns. "
                "Give one value a column."
            )
    if table.data.top + len(rows) - 1 > MAX_ROW:
        raise WorkbookError(
            f"{table.name}: {len(rows):,} rows don't fit on the sheet, which has {MAX_ROW:,}. Remove the oldest rows."
        )
    if table.totals_rows and max(1, len(rows)) != table.data.height:
        raise WorkbookError(
            f"{table.sheet}: the table {table.name} has a totals row. Turn it off in Excel "
            "(Table Design > Total Row) and run the command again."
        )


def _check_below(package: Package, sheet: Sheet, table: TableRef, new: Area) -> None:
    """Merged cells, array results and other tables in the way; `Sheet.write_rows` looks for filled cells."""
    grown = new._replace(top=table.area.bottom + 1)
    if grown.bottom < grown.top:
        return
    others = [t.area for t in package.tables if t.sheet == table.sheet and t.part != table.part]
    merged = [Area.parse(m.get("ref", "A1")) for m in sheet.frame.root.iterfind("{*}mergeCells/{*}mergeCell")]
    arrays: list[Area] = []
    if b't="array"' in sheet.frame.rows:
        arrays = [Area.parse(f.ref) for f in sheet.formulas().values() if f.kind == "array"]
    for area in (*others, *merged, *arrays):
        if area.meets(grown):
            raise WorkbookError(
                f"{sheet.name}!{area.ref}: there's something below the table {table.name} where its new rows would go. "
                "Move it to the right of the table or to another sheet, and run the command again."
            )


def _style(cell: etree._Element | None, column: int | None) -> int | None:
    """The style of a cell, or of its column while it isn't there."""
    if cell is None:
        return column
    style = cell.get("s")
    return None if style is None else int(style)


def _with_date_styles(
    package: Package, styles: list[int | None], rows: Sequence[Sequence[object]]
) -> tuple[list[int | None], etree._Element | None]:
    """The styles, with a date format where a column would show its dates as numbers; and the styles part if changed."""
    wanting = []
    for index, style in enumerate(styles):
        if style is None or style not in package.date_styles:
            kinds = {type(row[index]) for row in rows if index < len(row)}
            if any(issubclass(kind, date) for kind in kinds):
                wanting.append(index)
    part = package.related(package.workbook_part, "styles")
    if not wanting or part is None:
        return styles, None
    root = parse_part(package.parts[part], part)
    made: dict[int | None, int] = {}
    for index in wanting:
        base = styles[index]
        if base not in made:
            made[base] = formats.add_date_style(root, base or 0)
        styles[index] = made[base]
    return styles, root


def _formulas(
    root: etree._Element, sheet: Sheet, first: dict[int, etree._Element], data: Area
) -> dict[int, Callable[[int], str]]:
    """The formula of each calculated column (0 the first) by the sheet's row.

    The first data row's own formula goes first, since its relative references say which row they mean; a column is
    calculated too if only that row shows it, as in tables that other programs wrote.
    """
    found: dict[int, Callable[[int], str]] = {}
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    for index, column in enumerate(columns):
        cell = first.get(data.left + index)
        own = None if cell is None else cell.find("{*}f")
        text = "" if own is None else (own.text or "")
        if own is not None and own.get("t") == "shared" and not text:
            text = sheet.formulas()[data.top, data.left + index].text
        if not text:
            text = column.findtext("{*}calculatedColumnFormula") or ""
        if text:
            found[index] = _filled_down(text, data.top)
    return found


def _filled_down(text: str, top: int) -> Callable[[int], str]:
    if shift(text, 1, 0) == text:  # structured references only: the same text in every row
        return lambda row: text
    return lambda row: shift(text, row - top, 0)


def _clear_filter(root: etree._Element) -> bool:
    """Take a filter's criteria and the remembered sort order out; True if rows may be hidden by them."""
    automatic = root.find("{*}autoFilter")
    criteria = [] if automatic is None else automatic.findall("{*}filterColumn")
    hiding = [c for c in criteria if len(c)]  # a filterColumn without criteria only hides a button
    for holder in (root, automatic):
        for state in [] if holder is None else holder.findall("{*}sortState"):
            holder.remove(state)  # type: ignore[union-attr]
    for element in hiding:
        automatic.remove(element)  # type: ignore[union-attr]
    return bool(hiding)


def _resize(root: etree._Element, area: Area) -> None:
    root.set("ref", area.ref)
    automatic = root.find("{*}autoFilter")
    if automatic is not None:
        totals = int(root.get("totalsRowCount", "0"))
        automatic.set("ref", area._replace(bottom=area.bottom - totals).ref)


def _fit_ranges(frame: etree._Element, old: Area, new: Area) -> None:
    """Let what covered a column's data rows to the last one cover them again: validations, formats, ignored errors."""
    for element, ranges in _ranges(frame):
        fitted = " ".join(_fit(piece, old, new) for piece in ranges.split())
        if fitted != ranges:
            if "sqref" in element.attrib:
                element.set("sqref", fitted)
            else:
                element.text = fitted


def _ranges(frame: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    kinds = ("dataValidation", "conditionalFormatting", "ignoredError", "protectedRange")
    for element in frame.iter(*("{*}" + kind for kind in kinds)):
        if element.get("sqref"):
            yield element, element.get("sqref", "")
    for element in frame.iter("{http://schemas.microsoft.com/office/excel/2006/main}sqref"):  # the same in extensions
        yield element, element.text or ""


def _fit(ref: str, old: Area, new: Area) -> str:
    try:
        area = Area.parse(ref)
    except ValueError:
        return ref
    if area.right < old.left or area.left > old.right or area.top > old.top:
        return ref
    if area.bottom == old.bottom or old.bottom < area.bottom < new.bottom:
        return area._replace(bottom=new.bottom).ref
    return ref
