"""Where the defects are: by account, SKU, reason and so on, and the words of the buyers."""

from __future__ import annotations

from odr_xl.core import counts as count
from odr_xl.core.groups import defect_groups
from odr_xl.core.ledger import in_window
from odr_xl.excel import arguments
from odr_xl.excel.cells import Cell, Rows, formula
from odr_xl.excel.days import is_days
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import word


@formula(ARGUMENT_HELP)
def ODR_BY(
    orders: Rows,
    defects: Rows = None,
    column: Cell = None,
    start: Cell = None,
    finish: Cell = None,
    top: Cell = None,
    definition: Cell = None,
    account: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Where the defects are: Amazon's rate for each channel, marketplace, SKU and so on, with its 95% interval.

    Groups with too few orders to judge are marked, not hidden. Lift is the group's rate over that of all the others.
    """
    names = arguments.group_columns(column)
    window = arguments.window_of(start, finish)
    language = arguments.language(lang, orders, defects)
    if is_days(orders):
        days = arguments.read_days(orders, account)
        chosen = days if window.open else days[in_window(days["order_date"], window)]
    else:
        chosen = count.count_by(arguments.read_orders(orders, defects, extra=names, account=account), names, window)
    groups = defect_groups(chosen, names, definition=arguments.definition_of(definition, "amazon"))
    limit = arguments.whole(top, "top", len(groups) or 1)
    result: list[list[Cell]] = [
        [word(c, language) for c in ("group", "orders", "defective", "rate", "low", "high", "share", "lift", "note")]
    ]
    for g in groups[:limit]:
        label = g.name or word("none", language)
        share, lift = ("" if v is None else v for v in (g.share, g.lift))
        note = word("small", language) if g.small else ""
        result.append([label, g.orders, g.defective, g.rate, g.low, g.high, share, lift, note])
    return result
