"""Generated portfolios: rows as they stand in files, and what the core makes of the same rows, account by account."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.counts import COUNT_COLUMNS, count_by
from odr_xl.core.events import join_events, listed_events
from odr_xl.core.ledger import build_ledger
from odr_xl.core.window import Window

AS_OF = date(2026, 11, 20)
WINDOW = Window.as_of(AS_OF)
Row = dict[str, Any]

#: Days at and beside both ends of the window, the oldest that is counted, and a blank.
DAYS = (WINDOW.start, WINDOW.end, *(WINDOW.start + timedelta(days=n) for n in (-1, 1, 30)),
        *(WINDOW.end + timedelta(days=n) for n in (-1, 1, 15)), AS_OF - timedelta(days=200), None)  # fmt: skip
ACCOUNTS = ("north", "north", "north", "south", "west")
STATUS = (
    *("Shipped",) * 6,
    "Cancelled",
    "canceled - by buyer",
    "Pending",
    "Pending - Waiting for Pick Up",
    "Storniert",
    "",
)
SITES = (
    ("US", "Amazon.com"),
    ("DE", "Amazon.de"),
    ("JP", "Amazon.co.jp"),
    ("UK", "Amazon.co.uk"),
    ("", "Non-Amazon US"),
)


def portfolio_rows(seed: int, orders: int = 400) -> list[Row]:
    """Orders of several rows, repeated rows, and late rows that bring a defect and may leave everything else blank.

    Rows of one order agree where they say anything: which of two different dates counts is another question.
    """
    pick = random.Random(seed)
    rows: list[Row] = []
    for number in range(orders):
        # Ids begin with 9xx, which Amazon doesn't use; two accounts may have the same id.
        prefix = "S01" if number % 41 == 0 else f"9{number % 100:02d}"
        site, channel = pick.choice(SITES)
        first: Row = {
            "account": None if number % 37 == 0 else pick.choice(ACCOUNTS),
            "order_id": f"{prefix}-{number // 2 if number % 29 == 0 else number:07d}-0000001",
            "order_date": pick.choice(DAYS),
            "order_status": pick.choice(STATUS),
            "channel": pick.choice(("AFN", "MFN", "Amazon", "Merchant", "", None)),
            "marketplace": pick.choice((site, None)),
            "sales_channel": channel,
        } | {cause: pick.random() < 0.04 for cause in rules.CAUSES}
        rows.append(first)
        for _ in range(pick.choice((0, 0, 0, 1, 2))):
            rows.append(first | {"order_status": pick.choice(STATUS)})
        if pick.random() < 0.1:
            rows.append(dict(first))
        if pick.random() < 0.15:
            late = dict.fromkeys(first) | {"account": first["account"], "order_id": first["order_id"]}
            rows.append(late | {pick.choice(rules.CAUSES): True})
    pick.shuffle(rows)
    return _agreeing(rows)


def _agreeing(rows: list[Row]) -> list[Row]:
    """Two orders may have come to the same account and id: their rows then say what the first says."""
    seen: dict[tuple[Any, Any], Row] = {}
    for row in rows:
        known = seen.setdefault((row["account"], row["order_id"]), {})
        for name in ("order_date", "channel", "marketplace", "sales_channel"):
            if row[name]:
                row[name] = known.setdefault(name, row[name])
    return rows


def frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a table to be written: dates are dates, blanks are null."""
    table = pd.DataFrame(list(rows))
    for cause in rules.CAUSES:
        if cause in table:
            table[cause] = table[cause].astype("boolean")
    return table


def write_files(folder: Path, table: pd.DataFrame, parts: int, suffix: str = ".parquet") -> Path:
    """The rows dealt out to several files, so that the rows of an order lie in different ones."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    # One schema for all: a file whose channel is blank throughout would have another type.
    whole = pa.Table.from_pandas(table, preserve_index=False)
    for part in range(parts):
        some = whole.take(list(range(part, len(table), parts)))
        if suffix == ".parquet":
            pq.write_table(some, folder / f"part{part}.parquet")
        else:
            some.to_pandas().to_csv(folder / f"part{part}{suffix}", index=False, sep="\t" if suffix == ".txt" else ",")
    return folder


def core_days(
    rows: Iterable[Row], by: tuple[str, ...], *, defects: Iterable[Row] = (), omit: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Daily counts of the same rows by the core: each account is a ledger of its own."""
    from odr_xl.readers.channels import parse_channels, parse_marketplaces

    parts = []
    listed = list(defects)
    accounts: dict[str, list[Row]] = {}
    for row in rows:
        accounts.setdefault(row.get("account") or "", []).append(row)
    for account, own in accounts.items():
        data: dict[str, Any] = {"order_id": pd.Series([row["order_id"] for row in own], dtype=object)}
        days = [
            np.datetime64("NaT", "s") if row["order_date"] is None else np.datetime64(row["order_date"]) for row in own
        ]
        data["order_date"] = pd.Series(np.array(days, dtype="datetime64[s]"))
        for name in ("order_status", "channel", "marketplace", "sales_channel"):
            data[name] = pd.Series([row[name] or "" for row in own], dtype=object)
        data["channel"] = pd.Series(parse_channels(data["channel"].to_numpy())[0], dtype=object)
        sites, channels = (parse_marketplaces(data[name].to_numpy())[0] for name in ("marketplace", "sales_channel"))
        data["marketplace"] = pd.Series(np.where(sites == "", channels, sites), dtype=object)
        data |= {cause: pd.Series([bool(row[cause]) for row in own], dtype=bool) for cause in rules.CAUSES}
        data["row"] = pd.Series(range(2, len(own) + 2), dtype=np.int64)
        named = [row for row in listed if (row.get("account") or "") == account]
        events = join_events([listed_events(pd.DataFrame(named))]) if named else None
        ledger = build_ledger(pd.DataFrame(data), events, omit=omit)
        counted = count_by(ledger, (*(key for key in by if key != "account"), "order_date"))
        counted["account"] = account
        parts.append(counted)
    days = pd.concat(parts, ignore_index=True).groupby([*by, "order_date"], dropna=False)[list(COUNT_COLUMNS)].sum()
    return tidy(days.reset_index(), by)


def tidy(days: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """The same columns, types and order of rows, whoever counted."""
    table = days[[*by, "order_date", *COUNT_COLUMNS]].astype(
        dict.fromkeys(by, object) | dict.fromkeys(COUNT_COLUMNS, np.int64)
    )
    table["order_date"] = table["order_date"].astype("datetime64[s]")
    return table.sort_values([*by, "order_date"], ignore_index=True)
