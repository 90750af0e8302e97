"""Amazon's own numbers: beside our count, and the neighbour metrics that go wrong earlier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from odr_xl import rules
from odr_xl.core.accounts import account_parts
from odr_xl.core.differences import Reason
from odr_xl.core.reconcile import AmazonCounts, Comparison, reconcile
from odr_xl.core.signs import MEASURES, meets, own_signs, share
from odr_xl.core.trend import last_day
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError
from odr_xl.excel import arguments
from odr_xl.excel.cells import LONGEST_TEXT, Cell, Rows, formula, moment
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import Language, say, word
from odr_xl.readers.ranges import read_range

_RECONCILE_HEADER: Final = (
    "recon_account", "recon_what", "recon_ours", "recon_amazons", "recon_difference", "recon_reason",
)  # fmt: skip
_SIGNS_HEADER: Final = (
    "recon_account", "sign_metric", "sign_from", "sign_to", "sign_count", "sign_of", "rate", "target", "sign_status",
)  # fmt: skip
#: Words for what is compared, where it isn't a word of its own.
_WHAT: Final = {"defective_amazon": "recon_defective_amazon"}


@formula(ARGUMENT_HELP)
def ODR_RECONCILE(
    days: Rows,
    start: Cell = None,
    finish: Cell = None,
    amazon_orders: Cell = None,
    amazon_defects: Cell = None,
    report: Rows = None,
    defects: Rows = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Your own counts beside the ones that Amazon prints, each difference with its likely reason and its orders.

    Type Amazon's two numbers for one account, or give the table of its own numbers for all of them. A reason is what
    the numbers allow, not proof.
    """
    language = arguments.language(lang, days, defects, report)
    counted = arguments.read_days(days)
    trail = None if arguments.is_blank(defects) else arguments.read_trail(defects)
    marketplaces, channels = account_parts(arguments.named(account))
    window = arguments.window_of(start, finish)
    typed = _typed(amazon_orders, amazon_defects)
    result: list[list[Cell]] = [[word(name, language) for name in _RECONCILE_HEADER]]
    blocks: list[list[list[Cell]]] = []
    for printed in _printed(report, marketplaces, channels, window):
        found = reconcile(
            counted,
            printed.window,
            printed.counts,
            marketplaces=printed.marketplaces,
            channels=printed.channels,
            trail=trail,
            amazons_window=printed.dated,
        )
        # An account without orders on either side, such as Amazon's shipping of a seller who doesn't use it.
        if found[0].ours or printed.counts.orders or printed.counts.defective_amazon:
            given = [row for row in found if row.amazons is not None or row.what not in rules.AMAZON_CAUSES]
            blocks.append(list(_block(printed.name or word("recon_all", language), given, language)))
    if typed.orders is not None or typed.defective_amazon is not None or not blocks:
        found = reconcile(counted, window, typed, marketplaces=marketplaces, channels=channels, trail=trail)
        name = " ".join((*sorted(marketplaces), *sorted(channels))) or word("recon_all", language)
        blocks.insert(0, list(_block(name, found, language)))
    for block in blocks:
        result.extend(block)
    return result


@formula(ARGUMENT_HELP)
def ODR_SIGNS(
    report: Rows = None, account_health: Rows = None, days: Rows = None, as_of: Cell = None, lang: Cell = None
) -> Rows:
    """Early signs that are never part of the rate: late shipments, cancellations, tracking, delivery on time.

    From Amazon's own numbers with their targets; where these lack a metric, counted here from the marks of the Account
    Health download, as an estimate.
    """
    language = arguments.language(lang, report, account_health, days)
    result: list[list[Cell]] = [[word(name, language) for name in _SIGNS_HEADER]]
    given = [row for row in _amazon_rows(report) if row.metric in MEASURES]
    result.extend(_sign_row(row, language) for row in _latest(given))
    marks = None
    if not arguments.is_blank(account_health):
        reading = read_range(account_health, kind="account_health")
        arguments.refuse(reading)
        marks = reading.table
    counted = None if arguments.is_blank(days) else arguments.read_days(days)
    day = moment(as_of, "as_of") or _last_known(counted, marks)
    if day is not None:
        for sign in own_signs(marks, counted, day, without={row.metric for row in given}):
            numbers = ["" if value is None else value for value in (sign.count, sign.orders, sign.rate)]
            status = say(f"sign_{sign.basis}", language, last=sign.last_mark)
            dates = arguments.day_cell(sign.start), arguments.day_cell(sign.end)
            result.append([sign.account, word(f"metric_{sign.metric}", language), *dates, *numbers, "", status])
    if len(result) == 1:
        result.append([*[""] * (len(_SIGNS_HEADER) - 1), word("sign_nothing", language)])
    return result


def _typed(orders: Cell, defects: Cell) -> AmazonCounts:
    """Amazon's two numbers as a seller typed them; blank ones are missing, not 0."""
    names = {"amazon_orders": orders, "amazon_defects": defects}
    found = [None if v is None or not str(v).strip() else arguments.whole(v, name, 0) for name, v in names.items()]
    if found[0] is not None and found[1] is not None and found[1] > found[0]:
        raise UsageError(f"{found[1]} orders with defects can't be among {found[0]} orders. Swap the two numbers.")
    return AmazonCounts(orders=found[0], defective_amazon=found[1])


@dataclass(frozen=True, slots=True)
class _Printed:
    """Amazon's numbers of one account, and the order dates that they are about."""

    marketplaces: frozenset[str]
    channels: frozenset[str]
    window: Window
    dated: bool
    counts: AmazonCounts

    @property
    def name(self) -> str:
        return " ".join((*self.marketplaces, *self.channels))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of Amazon's numbers."""

    marketplace: str
    channel: str
    metric: str
    start: date | None
    end: date | None
    orders: float | None
    count: float | None
    target: float | None

    @property
    def period(self) -> tuple[date, date]:
        """For finding the latest; a row without dates is the oldest."""
        return self.end or date.min, self.start or date.min


def _amazon_rows(report: Rows) -> list[_Row]:
    """Rows of the table of Amazon's own numbers; none for a blank range."""
    if arguments.is_blank(report):
        return []
    reading = read_range(report, kind="performance")
    arguments.refuse(reading)
    table, length = reading.table, len(reading.table)
    texts = [table[name].tolist() if name in table else [""] * length for name in ("marketplace", "channel", "metric")]
    dates = [
        table[name].to_numpy().astype("datetime64[D]").astype(object).tolist() if name in table else [None] * length
        for name in ("from_date", "to_date")
    ]
    numbers = [
        [None if v != v else v for v in table[name].tolist()] if name in table else [None] * length
        for name in ("orders", "count", "target")
    ]
    return [_Row(*cells) for cells in zip(*texts, *dates, *numbers, strict=True)]


def _printed(
    report: Rows, marketplaces: frozenset[str], channels: frozenset[str], window: Window
) -> Iterator[_Printed]:
    """The latest numbers of each account in Amazon's table, in its order."""
    accounts: dict[tuple[str, str], list[_Row]] = {}
    for row in _amazon_rows(report):
        wanted = (not marketplaces or row.marketplace in marketplaces) and (not channels or row.channel in channels)
        if wanted and row.metric in ("order_defect_rate", *rules.AMAZON_CAUSES):
            accounts.setdefault((row.marketplace, row.channel), []).append(row)
    for (marketplace, channel), rows in accounts.items():
        latest = max(row.period for row in rows)
        found: dict[str, float | None] = {}
        for row in rows:
            if row.period == latest:
                if row.metric == "order_defect_rate":
                    found |= {"orders": row.orders, "defective_amazon": row.count}
                else:
                    found[row.metric] = row.count
        counts = {name: None if value is None else int(value) for name, value in found.items()}
        dates = next(row for row in rows if row.period == latest)
        yield _Printed(
            frozenset(filter(None, (marketplace,))),
            frozenset(filter(None, (channel,))),
            Window(dates.start or window.start, dates.end or window.end),
            dates.start is not None and dates.end is not None,
            AmazonCounts(**counts),
        )


def _block(name: str, found: Iterable[Comparison], language: Language) -> Iterator[list[Cell]]:
    """Rows of one account: a number each, and further rows for further reasons."""
    for row in found:
        what = word(_WHAT.get(row.what, row.what), language)
        reasons = [_sentence(reason, language) for reason in row.reasons] or [""]
        numbers = ["" if value is None else value for value in (row.ours, row.amazons, row.difference)]
        yield [name, what, *numbers, reasons[0]]
        for reason in reasons[1:]:
            yield [name, what, "", "", "", reason]


def _sentence(reason: Reason, language: Language) -> str:
    """A reason in words, with as many order ids as fit into a cell."""
    values: dict[str, Any] = {
        "count": reason.count,
        "other": reason.other,
        "start": reason.start,
        "end": reason.end,
        "name": reason.name,
    }
    comma = word("recon_ids_comma", language)
    for shown in range(len(reason.ids), 0, -1):
        ids, rest = comma.join(reason.ids[:shown]), len(reason.ids) - shown
        listed = say("recon_ids", language, ids=ids, count=rest) if rest else ids
        text = say(f"recon_{reason.key}", language, **values, ids=listed)
        if len(text) <= LONGEST_TEXT:
            return text
    text = say(f"recon_{reason.key}", language, **values, ids=comma.join(reason.ids))
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _latest(rows: Iterable[_Row]) -> list[_Row]:
    """The rows of each account and metric that end last, accounts in the table's order."""
    found: dict[tuple[str, str], dict[str, list[_Row]]] = {}
    for row in rows:
        found.setdefault((row.marketplace, row.channel), {}).setdefault(row.metric, []).append(row)
    result: list[_Row] = []
    for metrics in found.values():
        for metric in MEASURES:
            own = metrics.get(metric, [])
            last = max((row.period[0] for row in own), default=date.min)
            latest = {row.period: row for row in own if row.period[0] == last}  # a row typed again replaces the first
            result.extend(latest[period] for period in sorted(latest))
    return result


def _sign_row(row: _Row, language: Language) -> list[Cell]:
    """One of Amazon's numbers, with its own target."""
    rate = share(row.count, row.orders)
    good = meets(row.metric, rate, row.target)
    status = "" if good is None else word("sign_good" if good else "sign_bad", language)
    if row.orders == 0:
        status = word("no_orders", language)
    elif rate is None and row.count is not None and row.orders is not None:
        status = word("sign_no_fit", language)
    account = " ".join(filter(None, (row.marketplace, row.channel))) or word("recon_all", language)
    numbers = [None if v is None else int(v) for v in (row.count, row.orders)]
    dates = ["" if day is None else arguments.day_cell(day) for day in (row.start, row.end)]
    cells = ["" if value is None else value for value in (*numbers, rate, row.target)]
    return [account, word(f"metric_{row.metric}", language), *dates, *cells, status]


def _last_known(days: pd.DataFrame | None, marks: pd.DataFrame | None) -> date | None:
    """The latest order date, of the daily counts or else of the marks."""
    try:
        if days is not None:
            return last_day(days)
    except NoOrders:
        return None
    if marks is None or "order_date" not in marks.columns:
        return None
    dates = marks["order_date"].to_numpy(dtype="datetime64[D]")
    known = dates[~np.isnat(dates)]
    latest: date | None = known.max().astype(object) if len(known) else None
    return latest
