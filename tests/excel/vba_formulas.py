"""Functions with the signatures of the real formulas, for tests of the VBA that don't need their results."""


def ODR(orders, defects=None, start=None, finish=None, definition=None):
    """The share of orders with at least one defect."""


def DEFECT_LEDGER(orders, feedback=None, claims=None, chargebacks=None, returns=None, account_health=None):
    """Every event that counts as a defect, one a row."""


def ODR_TREND(days, finish=None, points=None, step_days=None, window=None):
    """The rate over time; the "target" is in the last column."""


def ODR_STATUS(rate, target=None, warn=None):
    """A word for the rate: healthy, at risk or over the target."""


FORMULAS = (ODR, DEFECT_LEDGER, ODR_TREND, ODR_STATUS)
