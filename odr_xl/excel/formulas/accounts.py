"""Where each account stands."""

from __future__ import annotations

from odr_xl import rules
from odr_xl.core.recovery import DAYS_AHEAD
from odr_xl.core.standings import account_standings
from odr_xl.core.trend import last_day
from odr_xl.excel import arguments
from odr_xl.excel.cells import Cell, Rows, formula, moment
from odr_xl.excel.formulas.future import recovery_words
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import word

_HEADER = (
    "account_name", "orders", "measure_defective", "rate", "measure_status", "measure_headroom", "measure_needed",
    "account_recovery", "measure_words",
)  # fmt: skip


@formula(ARGUMENT_HELP)
def ODR_ACCOUNTS(
    days: Rows,
    as_of: Cell = None,
    target: Cell = None,
    warn: Cell = None,
    window: Cell = None,
    lag: Cell = None,
    top: Cell = None,
    lang: Cell = None,
) -> Rows:
    """Accounts: rate, status, headroom and the day under the target, for each marketplace and channel and all together.

    Amazon judges each account by itself, so one can be over the target while the total isn't.
    """
    language = arguments.language(lang, days)
    counted = arguments.read_days(days)
    goal = arguments.fraction(target, "target", rules.TARGET)
    found = account_standings(
        counted,
        moment(as_of, "as_of") or last_day(counted),
        target=goal,
        warning=arguments.fraction(warn, "warn", min(rules.WARNING, goal)),
        window=arguments.whole(window, "window", rules.WINDOW_DAYS),
        lag=arguments.whole(lag, "lag", rules.LAG_DAYS),
        top=arguments.whole(top, "top", len(counted)),
    )
    result: list[list[Cell]] = [[word(key, language) for key in _HEADER]]
    for position, account in enumerate(found):
        name = word("account_all", language) if position == 0 else account.name or word("account_none", language)
        now, day = account.now, account.recovery.day
        result.append(
            [
                *(name, now.orders, now.defective, now.rate, word(account.status, language)),
                *(now.headroom, now.orders_needed, "" if day is None else arguments.day_cell(day)),
                recovery_words(account.recovery, DAYS_AHEAD, 0.0, language),
            ]
        )
    return result
