"""The formulas. Excel imports this module; each function is a plain callable on lists of rows too.

A formula reads its ranges, asks the core, and returns cells. Input that can't be read gives "#VALUE!" and a window
without orders "#N/A"; the workbook's VBA turns these two strings into real Excel errors. ``ODR_CHECK`` says why.
"""

from __future__ import annotations

from collections.abc import Callable

from odr_xl.excel.formulas.drivers import ODR_BY
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.excel.formulas.history import ODR_TREND
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER, ODR_CHECK, ODR_DAYS
from odr_xl.excel.formulas.rate import DEFECT_BREAKDOWN, ODR, ODR_STATUS

#: Every formula, in the order of the documentation.
FORMULAS: tuple[Callable[..., object], ...] = (
    ODR,
    DEFECT_BREAKDOWN,
    DEFECT_LEDGER,
    ODR_DAYS,
    ODR_TREND,
    ODR_BY,
    ODR_STATUS,
    ODR_CHECK,
)

__all__ = ["ARGUMENT_HELP", "FORMULAS", *(function.__name__ for function in FORMULAS)]
