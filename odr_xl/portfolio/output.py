"""Output: the standings in a terminal, as a file of data, or as a workbook of the accounts that need somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd
import xlsxwriter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from odr_xl import rules
from odr_xl.core.window import Window
from odr_xl.errors import UsageError
from odr_xl.labels import word
from odr_xl.portfolio.run import Portfolio
from odr_xl.portfolio.standings import EARLIER

#: What a file of results may be.
FORMATS: Final = (".parquet", ".csv", ".xlsx")
#: Accounts in a workbook when nothing else is said; further ones are for a program to read.
TOP_IN_WORKBOOK: Final = 1000
TOP_ON_SCREEN: Final = 20
_STYLES = {"healthy": "bold blue", "at_risk": "bold yellow", "over_target": "bold red", "no_orders": "bold"}
_COLUMNS: Final = ("Orders", "Defective", "ODR", "95 % interval", "Before", "Status", "Room", "Under it on")
_WIDE: Final = 110
#: Headings in the workbook, with the width and the kind of their cells.
_HEADINGS: Final = {
    "orders": ("Orders", 10, "whole"),
    "defective": ("Defective", 10, "whole"),
    "rate": ("ODR", 9, "rate"),
    "low": ("95 % from", 10, "rate"),
    "high": ("95 % to", 10, "rate"),
    "status": ("Status", 12, "status"),
    "headroom": ("Further defects allowed", 12, "whole"),
    "orders_needed": ("Orders needed", 12, "whole"),
    "under_target_on": ("Under target on", 12, "date"),
    "earlier_rate": ("ODR 30 days before", 11, "rate"),
    **{cause: (word(cause), 12, "whole") for cause in rules.CAUSES},
    "left_out": ("Left out", 9, "whole"),
    "last_order_date": ("Last order", 12, "date"),
}


def check_output(path: Path) -> Path:
    """The path itself, when its name ends in one of `FORMATS`; raises `UsageError` with the choices."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"{path.name} must end in {', '.join(FORMATS)}. Choose one of these for --to.")
    return path


def write_standings(path: Path, found: Portfolio, by: Sequence[str], as_of: date, top: int | None = None) -> int:
    """Write the standings, and return how many accounts are in the file: all, or the worst ``top``."""
    suffix = check_output(path).suffix.lower()
    table = found.standings
    if suffix == ".xlsx":
        table = table.head(TOP_IN_WORKBOOK if top is None else top)
        _write_workbook(path, table, found, by, as_of)
        return len(table)
    table = table if top is None else table.head(top)
    if suffix == ".parquet":
        table.to_parquet(path, index=False)
    else:
        table.to_csv(path, index=False, date_format="%Y-%m-%d")
    return len(table)


def show_standings(console: Console, found: Portfolio, by: Sequence[str], as_of: date, top: int | None = None) -> None:
    """The window, how many accounts stand where, and the worst of them."""
    window = Window.as_of(as_of)
    table = found.standings
    statuses = table["status"].value_counts()
    console.print(Text.assemble(("Order Defect Rate", "bold"), f"  orders from {window.start} to {window.end}"))
    parts = [
        f"{statuses[name]:,} {word(name)}"
        for name in ("over_target", "at_risk", "healthy", "no_orders")
        if name in statuses
    ]
    console.print(
        f"Before: the rate {EARLIER} days ago. Room: further defects allowed. Under it on: first day under "
        f"{_percent(rules.TARGET)} if no further defect comes."
    )
    console.print(f"{len(table):,} by {' and '.join(by)}: {', '.join(parts) or 'none'}.")
    shown = table.head(TOP_ON_SCREEN if top is None else top)
    # A narrow terminal has no room for the interval.
    columns = [name for name in _COLUMNS if name != "95 % interval" or console.width >= _WIDE]
    screen = Table(box=None, padding=(0, 2, 0, 0))
    for name in by:
        screen.add_column(name, overflow="fold")
    for name in columns:
        screen.add_column(name, justify="left" if name == "Status" else "right", no_wrap=True)
    for row in shown.to_dict("records"):
        cells = dict(zip(_COLUMNS, _shown(row), strict=True))
        names = [str(row[name]) or word("none") for name in by]
        screen.add_row(*names, *(cells[name] for name in columns))
    if len(shown):
        console.print(screen)
    if len(table) > len(shown):
        console.print(f"… and {len(table) - len(shown):,} more. --top shows more, --to writes all into a file.")


def show_faults(console: Console, found: Portfolio, most: int = 20) -> None:
    """Rows that couldn't be used, file by file, and defects without an order."""
    for faults in found.faults[:most]:
        console.print(Text(f"• {faults}"))
    if len(found.faults) > most:
        console.print(f"… and {len(found.faults) - most:,} more files with such rows.")
    if found.unmatched:
        console.print(
            f"{found.unmatched:,} orders have a listed defect and aren't among the orders from {found.first} on: "
            "not counted."
        )


def _shown(row: dict[Any, Any]) -> list[str | Text]:
    status = str(row["status"])
    shown = Text(word(status), style=_STYLES[status])
    if status == "no_orders":
        return ["0", "0", "#N/A", "", "", shown, "", ""]
    under, earlier = row["under_target_on"], row["earlier_rate"]
    return [
        f"{row['orders']:,}",
        f"{row['defective']:,}",
        _percent(row["rate"]),
        f"{100 * row['low']:.2f} – {_percent(row['high'])}",
        "" if pd.isna(earlier) else _percent(earlier),
        shown,
        f"{row['headroom']:,}",
        "#N/A" if pd.isna(under) else f"{under:%Y-%m-%d}",
    ]


def _percent(rate: float) -> str:
    return f"{100 * rate:.2f} %"


def _write_workbook(path: Path, table: pd.DataFrame, found: Portfolio, by: Sequence[str], as_of: date) -> None:
    # Names of accounts are texts, even one that looks like a formula or a link.
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        "whole": book.add_format({"num_format": "#,##0"}),
        "rate": book.add_format({"num_format": "0.00%"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "status": None,
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
    }
    sheet = book.add_worksheet("Accounts")
    sheet.freeze_panes(1, len(by))
    sheet.set_row(0, 45)
    for column, name in enumerate(by):
        sheet.write_string(0, column, name, formats["head"])
        sheet.set_column(column, column, 18)
        for row, value in enumerate(table[name], 1):
            sheet.write_string(row, column, str(value))
    for column, (name, (heading, width, kind)) in enumerate(_HEADINGS.items(), len(by)):
        sheet.write_string(0, column, heading, formats["head"])
        sheet.set_column(column, column, width)
        for row, value in enumerate(table[name].tolist(), 1):
            if kind == "status":
                sheet.write_string(row, column, word(value))
            elif not pd.isna(value):
                write = sheet.write_datetime if kind == "date" else sheet.write_number
                write(row, column, value, formats[kind])
    last = len(by) + len(_HEADINGS) - 1
    sheet.autofilter(0, 0, max(1, len(table)), last)
    notes = book.add_worksheet("Notes")
    notes.set_column(0, 0, 110)
    window = Window.as_of(as_of)
    told = [
        f"Orders from {window.start} to {window.end}, looked at on {as_of}; the worst first, "
        f"{len(table):,} of {len(found.standings):,}.",
        f"Target: under {_percent(rules.TARGET)}. {found.rows:,} rows were read, orders from {found.first} on.",
        *(str(faults) for faults in found.faults),
    ]
    for row, sentence in enumerate(told):
        notes.write_string(row, 0, sentence)
    book.close()
