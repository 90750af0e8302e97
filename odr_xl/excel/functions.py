"""The formulas. Excel imports this module; each function is a plain callable on lists of rows too.

A formula reads its ranges, asks the core, and returns cells. Input that can't be read gives "#VALUE!" and a window
without orders "#N/A"; the workbook's VBA turns these two strings into real Excel errors. ``ODR_CHECK`` says why.
"""

from __future__ import annotations

from collections.abc import Callable

from odr_xl.excel.formulas.accounts import ODR_ACCOUNTS
from odr_xl.excel.formulas.amazon import ODR_RECONCILE, ODR_SIGNS
from odr_xl.excel.formulas.drivers import FEEDBACK_WORDS, ODR_BY
from odr_xl.excel.formulas.feedback import FEEDBACK_TODO, ODR_APPEALS
from odr_xl.excel.formulas.future import ODR_FORECAST, ODR_RECOVERY
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.excel.formulas.history import ODR_CHANGE, ODR_TREND
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER, ODR_CHECK, ODR_DAYS
from odr_xl.excel.formulas.listings import LISTING_SCORE
from odr_xl.excel.formulas.plan import ODR_ACTIONS, ODR_PLAN
from odr_xl.excel.formulas.rate import (
    DEFECT_BREAKDOWN,
    ODR,
    ODR_HEADROOM,
    ODR_INTERVAL,
    ODR_ORDERS_NEEDED,
    ODR_STATUS,
    ODR_WHATIF,
)

#: Every formula, in the order of the documentation: what a seller asks first stands first.
FORMULAS: tuple[Callable[..., object], ...] = (
    ODR,
    DEFECT_BREAKDOWN,
    ODR_ACCOUNTS,
    ODR_STATUS,
    ODR_INTERVAL,
    ODR_HEADROOM,
    ODR_ORDERS_NEEDED,
    ODR_CHANGE,
    ODR_TREND,
    ODR_FORECAST,
    ODR_RECOVERY,
    ODR_WHATIF,
    ODR_BY,
    FEEDBACK_WORDS,
    ODR_APPEALS,
    FEEDBACK_TODO,
    ODR_ACTIONS,
    ODR_PLAN,
    LISTING_SCORE,
    ODR_RECONCILE,
    ODR_SIGNS,
    DEFECT_LEDGER,
    ODR_DAYS,
    ODR_CHECK,
)

__all__ = ["ARGUMENT_HELP", "FORMULAS", *(function.__name__ for function in FORMULAS)]
