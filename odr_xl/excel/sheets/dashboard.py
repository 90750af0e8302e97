"""The Dashboard: the rate, whether it is all right, where the defects are and what they are, on one page."""

from __future__ import annotations

from typing import Any, Final

from odr_xl.excel.sheets import answers
from odr_xl.excel.sheets.blocks import or_no_orders
from odr_xl.excel.sheets.charts import CAUSE_ALT, FORECAST_ALT, TREND_ALT, cause_chart, forecast_chart, trend_chart
from odr_xl.excel.sheets.forecast import FORECAST
from odr_xl.excel.sheets.results import DAYS
from odr_xl.excel.sheets.settings import CHECK_ROW, CHECK_ROWS
from odr_xl.excel.sheets.styles import DATA_BAR, Styles
from odr_xl.labels import word

#: Column widths in pixels. B holds the big number: an array formula can't stand in merged cells, nor overflow.
_WIDTHS: Final = {
    "A": 10, "B": 172, "C": 58, "D": 68, "E": 62, "F": 66, "G": 56, "H": 74, "I": 46, "J": 150, "K": 90, "L": 14,
    "M": 172, "N": 70, "O": 70, "P": 70, "Q": 70, "R": 80,
}  # fmt: skip
#: Row heights in pixels; every other row that is used has `_PLAIN_ROW`.
_HEIGHTS: Final = {1: 8, 2: 38, 3: 20, 4: 8, 5: 22, 6: 48, 7: 26, 8: 24, 9: 12, 10: 26, 11: 44, 16: 12, 17: 26, 18: 44,
                   27: 12, 28: 26, 29: 44, 42: 12, 43: 26, 44: 44, 50: 12, 51: 26, 52: 4, 53: 34, 54: 34,
                   55: 34}  # fmt: skip
_PLAIN_ROW: Final = 20
#: First row of each block's result (its header), and how many rows below are kept free for it.
CHANNELS, CHANNEL_ROWS = 11, 4
CAUSES, CAUSE_ROWS = 18, 8
ACCOUNTS, ACCOUNT_ROWS = 29, 12
LAST_ROW: Final = answers.LAST_ROW
_NOTES: Final = ACCOUNTS - 1  # row of the data check, below the trend

RATE, STATUS, WIDER = "$B$6", "$B$7", "$M$6"
_WINDOW: Final = f"{DAYS},,WindowStart,WindowEnd"


def _is(cell: str, key: str) -> str:
    """Condition that a cell shows the word for ``key``, in either language."""
    return f'OR({cell}="{word(key)}",{cell}="{word(key, "zh")}")'


#: Formulas of this package, by cell. Each reads the small result on Days, never the orders.
FORMULAS: Final = {
    "B6": (f'=ODR({_WINDOW},"amazon")', "tile_percent"),
    "B7": (f"=ODR_STATUS({RATE},Target,WarnLevel,Lang)", "tile_word"),
    "M6": (f'=ODR({_WINDOW},"all")', "tile_percent"),
    f"B{CHANNELS}": (or_no_orders(f'ODR_BY({DAYS},,"channel",WindowStart,WindowEnd,,,,Lang)'), "head"),
    f"B{CAUSES}": (or_no_orders(f'DEFECT_BREAKDOWN({_WINDOW},"all",,Lang)'), "head"),
    f"B{ACCOUNTS}": (or_no_orders(f'ODR_BY({DAYS},,"account",WindowStart,WindowEnd,{ACCOUNT_ROWS},,,Lang)'), "head"),
}

_CHECKED: Final = f"Settings!$A${CHECK_ROW}"
CHECKS: Final = f"{_CHECKED}:$A${CHECK_ROW + CHECK_ROWS - 1}"
_IN_WINDOW: Final = '=IF(ISNUMBER({rate}),SUM({column}{first}:{column}{last}),"")'
_CHANNEL_SPAN: Final = {"rate": RATE, "first": CHANNELS + 1, "last": CHANNELS + CHANNEL_ROWS}


def _over(header: int, rows: int) -> str:
    """Number of groups over the target, by their status in either language."""
    cells = f"$K${header + 1}:$K${header + rows}"
    return "+".join(f'COUNTIF({cells},"{word("over_target", language)}")' for language in ("en", "zh"))


#: Number of accounts over the target, for the sheet Alerts.
ACCOUNTS_OVER: Final = _over(ACCOUNTS, ACCOUNT_ROWS).replace("COUNTIF(", "COUNTIF(Dashboard!")


#: Excel's own formulas, by cell or merged cells.
NATIVE: Final = {
    "F6:H6": (_IN_WINDOW.format(column="C", **_CHANNEL_SPAN), "tile_whole"),
    "F7:H7": ('=IF(Omit="","every order received","without "&Omit&" orders")', "tile_note"),
    "I6:J6": (_IN_WINDOW.format(column="D", **_CHANNEL_SPAN), "tile_whole"),
    "K6": ("=Target", "tile_target"),
    "N6:O6": ("=WindowStart", "tile_date"),
    "Q6:R6": ("=WindowEnd", "inner_date"),
    "N7:R7": ('=IF(WindowEnd="","No date on Settings, so every order date counts","both included")', "tile_note"),
    "Q8:R8": ('=IF(AsOf="","",AsOf)', "inner_day"),
    # The total can be fine while one account is not, and Amazon judges each account.
    "B8:E8": (
        f'=IF({_is(STATUS, "no_orders")},"Click Refresh… and choose your reports",IF({_is(STATUS, "over_target")},"",'
        f"IF({_over(ACCOUNTS, ACCOUNT_ROWS)}>0,"
        f'"but an account is over the target: see below","")))',
        "tile_alert",
    ),
    f"M{_NOTES}:P{_NOTES}": (
        f'=IF({_CHECKED}="","",IF({_CHECKED}="OK","Data check: OK",'
        f'IF(COUNTA({CHECKS})=1,"Data check: 1 thing to look at",'
        f'"Data check: "&COUNTA({CHECKS})&" things to look at")))',
        "section",
    ),
}

TEXTS: Final = {
    "B2": ("Order defect rate", "title"),
    "B3": ("Orders with negative feedback, an A-to-z claim or a chargeback, as a share of all orders.", "hint"),
    "B5": ("Amazon's order defect rate", "tile_label"),
    "F5:H5": ("Orders in the window", "tile_label"),
    "F8:H8": ("", "tile_link"),
    "I5:J5": ("Defective orders", "tile_label"),
    "I7:J7": ("each counted once", "tile_note"),
    "K5": ("Target", "tile_label"),
    "K7": ("stay under", "tile_note"),
    "K8": ("", "tile_note"),
    "M5": ("Early warning: every cause", "tile_label"),
    "M7": ("with orders returned or", "tile_note"),
    "M8": ("cancelled for a defect", "tile_note"),
    "N5:R5": ("Window (order dates)", "tile_label"),
    "P6": ("to", "inner_note"),
    "N8:P8": ("as it stood on", "tile_note"),
    "B10": ("By channel", "section"),
    "C10": ("AFN: Amazon ships. MFN: you ship. Low to high: 95% interval.", "hint"),
    "B17": ("Causes", "section"),
    "C17": ("An order with two causes stands under both.", "hint"),
    "B28": ("By account", "section"),
    "C28": ("Each marketplace and channel by itself: the rates that Amazon judges.", "hint"),
    f"M{_NOTES + 1}:R{_NOTES + 3}": (
        "How this differs from Amazon's page: Account Health shows one channel of one marketplace at a time, ends its "
        "window on a day that Amazon doesn't announce, and shows removed feedback and decided claims up to a week "
        "later. To compare, type the two dates that it prints on Settings.",
        "hint_wrapped",
    ),
}

_GROUPS: Final = ("text", "whole", "whole", "percent", "interval", "interval", "share", "lift", "note")
_HEADS: Final = {"text": "head", "note": "head_note"}
_CAUSES: Final = ("text", "whole", "percent", "share", "right")


def write_dashboard(workbook: Any, sheet: Any, styles: Styles) -> None:
    """Write the Dashboard; its values come with the first calculation."""
    for column, width in _WIDTHS.items():
        sheet.set_column_pixels(f"{column}:{column}", width, styles["plain"])
    for row in range(1, LAST_ROW + 1):
        sheet.set_row_pixels(row - 1, _HEIGHTS.get(row, _PLAIN_ROW))
    _write_blocks(sheet, styles)
    for cells, (text, style) in (TEXTS | answers.TEXTS).items():
        _merge(sheet, cells, styles[style])
        sheet.write_string(cells.partition(":")[0], text, styles[style])
    for row in range(5, 9):
        for column in "CDE":
            if row != 8:  # its cells are merged with B8
                sheet.write_blank(f"{column}{row}", None, styles["panel"])
    for cells, (formula, style) in (NATIVE | answers.NATIVE).items():
        _merge(sheet, cells, styles[style])
        sheet.write_formula(cells.partition(":")[0], formula, styles[style], "")
    for place, (formula, style) in FORMULAS.items():
        sheet.write_dynamic_array_formula(f"{place}:{place}", formula, styles[style], "")
    _merge(sheet, "I8:J8", styles["tile_link"])
    sheet.write_url("I8", "internal:'Defects'!A4", styles["tile_link"], "see each of them")
    sheet.write_url("F8", "internal:'Orders'!A5", styles["tile_link"], "see the orders")
    for place, (target, text) in answers.LINKS.items():
        sheet.write_url(place, f"internal:{target}", styles["link"], text)
    sheet.write_url(f"Q{_NOTES}", f"internal:'Settings'!A{CHECK_ROW - 2}", styles["link"], "See the list")
    _colour(sheet, styles)
    _place(workbook, sheet)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.4)
    sheet.print_area(f"A1:R{LAST_ROW}")


def _merge(sheet: Any, cells: str, style: Any) -> None:
    if ":" in cells:
        sheet.merge_range(cells, "", style)


def _write_blocks(sheet: Any, styles: Styles) -> None:
    """Styles of the cells into which the results spill, and the status beside each group."""
    blocks = (
        (CHANNELS, CHANNEL_ROWS, _GROUPS),
        (CAUSES, CAUSE_ROWS, _CAUSES),
        (ACCOUNTS, ACCOUNT_ROWS, _GROUPS),
    )
    for header, rows, kinds in blocks:
        for position, kind in enumerate(kinds, start=1):
            sheet.write_blank(header - 1, position, None, styles[_HEADS.get(kind, "head_right")])
            for row in range(header + 1, header + rows + 1):
                sheet.write_blank(row - 1, position, None, styles[kind])
        if kinds is _GROUPS:
            sheet.write_string(f"K{header}", "Status", styles["head"])
            for row in range(header + 1, header + rows + 1):
                formula = f'=IF(E{row}="","",ODR_STATUS(E{row},Target,WarnLevel,Lang))'
                sheet.write_dynamic_array_formula(f"K{row}:K{row}", formula, styles["text"], "")


def _colour(sheet: Any, styles: Styles) -> None:
    """Colours by the words of the status, so that word and colour can't disagree; lines only under filled rows."""
    for key in ("healthy", "at_risk", "over_target"):
        criteria = f"={_is(STATUS, key)}"
        sheet.conditional_format("A5:A8", {"type": "formula", "criteria": criteria, "format": styles[f"edge_{key}"]})
        sheet.conditional_format("B5:E8", {"type": "formula", "criteria": criteria, "format": styles[f"if_{key}"]})
    for header in (CHANNELS, CAUSES, ACCOUNTS):
        sheet.conditional_format(f"B{header}", {"type": "errors", "format": styles["if_error"]})
    for header, rows in ((CHANNELS, CHANNEL_ROWS), (ACCOUNTS, ACCOUNT_ROWS)):
        first, last = header + 1, header + rows
        for key in ("at_risk", "over_target"):
            rule = {"type": "formula", "criteria": f"={_is(f'$K{first}', key)}", "format": styles[f"word_{key}"]}
            sheet.conditional_format(f"K{first}:K{last}", rule)
            sheet.conditional_format(f"E{first}:E{last}", rule)
        filled = {"type": "formula", "criteria": f'=$B{first}<>""', "format": styles["if_filled"]}
        sheet.conditional_format(f"B{first}:K{last}", filled)
    first, last = answers.PRODUCTS + 1, answers.PRODUCTS + answers.PRODUCT_ROWS
    filled = {"type": "formula", "criteria": f'=$B{first}<>""', "format": styles["if_filled"]}
    sheet.conditional_format(f"B{first}:K{last}", filled)
    sheet.conditional_format(f"D{first}:D{last}", dict(DATA_BAR))
    first, last = CAUSES + 1, CAUSES + CAUSE_ROWS
    total = last - 1  # the distinct defective orders, above all orders
    bold = {"type": "formula", "criteria": f'=$B{total}<>""', "format": styles["if_total"]}
    sheet.conditional_format(f"B{total}:F{total}", bold)
    filled = {"type": "formula", "criteria": f'=$B{first}<>""', "format": styles["if_filled"]}
    sheet.conditional_format(f"B{first}:F{last}", filled)


def _place(workbook: Any, sheet: Any) -> None:
    """Buttons and charts."""
    place_buttons(sheet, "MNP")
    coming = forecast_chart(workbook, FORECAST.row + 1, FORECAST.last)
    charts = (
        ("M", "MNOPQR", answers.PRODUCTS - 1, LAST_ROW, coming, FORECAST_ALT),
        ("M", "MNOPQR", CHANNELS - 1, _NOTES - 2, trend_chart(workbook), TREND_ALT),
        ("G", "GHIJK", CAUSES, CAUSES + CAUSE_ROWS, cause_chart(workbook, CAUSES + 1), CAUSE_ALT),
    )
    for place, columns, first, last, chart, description in charts:
        margin = 0 if place == "M" else 12
        chart.set_size({"width": sum(_WIDTHS[c] for c in columns) - margin, "height": _height(first, last)})
        sheet.insert_chart(
            f"{place}{first}", chart, {"x_offset": margin, "object_position": 2, "description": description}
        )


#: Caption and macro of each button, in their order.
BUTTONS: Final = (("Refresh…", "RefreshODR"), ("Folder…", "RefreshFolderODR"), ("Recalculate", "RecalculateODR"))


def place_buttons(sheet: Any, columns: str) -> None:
    """Buttons in the second row, one at each of the columns."""
    for column, (caption, macro) in zip(columns, BUTTONS, strict=True):
        sheet.insert_button(
            f"{column}2",
            {"macro": macro, "caption": caption, "width": 128, "height": 30, "x_offset": 6, "y_offset": 4},
        )


def _height(first: int, last: int) -> int:
    """Pixels from the top of a row to the bottom of another."""
    return sum(_HEIGHTS.get(row, _PLAIN_ROW) for row in range(first, last + 1))
