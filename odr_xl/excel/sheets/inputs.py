"""The input sheets: a title, where to get the data, and the table that a report goes into."""

from __future__ import annotations

from typing import Any, Final

from odr_xl.excel.sheets.blocks import write_title
from odr_xl.excel.sheets.styles import COMMENT, Styles, band
from odr_xl.excel.sheets.tables import TABLES, ColumnSpec

#: Rows of an input sheet, counted from 1, below its title: header, first row of data.
HEADER_ROW, DATA_ROW = 4, 5

#: A drop-down offers these words and warns about others, but lets them stand.
_WARNING: Final = "This isn't one of the usual words. Keep it only if Seller Central shows it so."


def write_input(sheet: Any, name: str, styles: Styles) -> None:
    """Write one empty input sheet: title, where to get the data, and the table with one blank row."""
    table = TABLES[name]
    last = len(table.columns) - 1
    sheet.set_row(HEADER_ROW - 1, 30)
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, column.width, styles[f"column_{column.format}"])
    # Their own style, or the first column's would make a number or a date of whatever is typed here.
    write_title(sheet, table.title, table.hint, styles, [column.width for column in table.columns])
    sheet.add_table(
        *(HEADER_ROW - 1, 0, DATA_ROW - 1, last),
        {
            "name": name,
            "style": "Table Style Light 1",
            "columns": [
                {"header": c.header, "format": styles[f"column_{c.format}"], "header_format": styles[band(c.format)]}
                for c in table.columns
            ],
        },
    )
    for position, column in enumerate(table.columns):
        sheet.write_blank(DATA_ROW - 1, position, None, styles[f"column_{column.format}"])
        if column.note:
            sheet.write_comment(HEADER_ROW - 1, position, column.note, COMMENT | {"height": _note_height(column)})
        if column.choices:
            sheet.data_validation(
                *(DATA_ROW - 1, position, DATA_ROW - 1, position),
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_type": "warning",
                    "error_title": column.header[:32],
                    "error_message": _WARNING,
                },
            )
    sheet.freeze_panes(DATA_ROW - 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)


def _note_height(column: ColumnSpec) -> int:
    """Pixels that a note needs at 230 pixels wide: about 36 characters a line."""
    return 16 + 15 * (1 + len(column.note) // 36)
