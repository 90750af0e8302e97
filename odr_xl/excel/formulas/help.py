"""Help of the arguments: what stands after an argument's name in Excel's function wizard, 255 characters at most."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: What an argument is, as Excel's help shows it after the argument's name.
ARGUMENT_HELP: Final[Mapping[str, str]] = MappingProxyType(
    {
        "orders": "is the range that holds your orders, with its header row: Amazon's All Orders report, your own "
        "table, or the result of ODR_DAYS",
        "defects": "is the range that holds the defects: the result of DEFECT_LEDGER, a report, or your own list with "
        "order id and cause; leave it out when the orders mark their defects themselves",
        "start": "is the first order date that counts; leave it out for no limit",
        "finish": "is the last order date that counts; leave it out for no limit",
        "definition": 'is "amazon" (negative feedback, A-to-z claims, chargebacks), "returns" (returned or cancelled '
        'for a defect) or "all"; left out, it is all, and amazon where the target is judged',
        "feedback": "is the range with Amazon's seller feedback report, with its header row",
        "claims": "is the range with your A-to-z claims: order id, date, status, reason",
        "chargebacks": "is the range with your chargebacks: order id, date, type, status",
        "returns": "is the range with Amazon's returns report, seller-fulfilled or FBA",
        "account_health": "is the range with the Order Defect Rate download of the Account Health page",
        "omit": 'is "cancelled", "pending" or "cancelled, pending": orders to leave out; none when left out',
        "days": "is the result of ODR_DAYS, such as Days!A4#",
        "points": "is how many dates to show; 60 when left out",
        "step_days": "is the number of days between two dates; 1 when left out",
        "window": "is the number of days in the window; 60 when left out",
        "column": 'is what to group by: "account", "channel", "marketplace", "sku", "asin", "ship_service", "region", '
        'or the defects\' "cause", "topic" or "reason"; "sku, region" lists the groups of both, "sku + region" '
        'combines them; "account" when left out',
        "top": "is how many rows to show; all groups, or 20 words, when left out",
        "rate": "is a rate as a fraction, such as the result of ODR",
        "target": "is the rate that must not be reached; 1% when left out",
        "warn": "is the rate from which the warning starts; 0.75% when left out",
        "confidence": "is how sure the interval should be, such as 0.95; 95% when left out",
        "account": 'is the account to look at, such as "US MFN", "MFN" or "DE"; all of them together when left out',
        "earlier": "is the last order date of the earlier window; 30 days before the later one when left out",
        "later": "is the last order date of the later window; the latest order date when left out",
        "as_of": "is the day you look at; the latest order date when left out",
        "days_ahead": "is how many days to look ahead",
        "daily_orders": "is how many orders a day you expect; the pace of the last 28 days when left out",
        "daily_defects": "is how many further defective orders a day you expect; none when left out",
        "lag": "is the number of days between the window's end and the day you look at; 15 when left out",
        "won": "is how many defective orders you would get rid of by appeals; none when left out",
        "added": "is how many further defective orders there would be; none when left out",
        "order_change": "is how much more or less you would sell, such as -20% or 0.1; no change when left out",
        "best": "is how many orders to show; all when left out",
        "notice": "is the date of Amazon's notice, from which the deadline is counted; no deadline when left out",
        "plan_days": "is the number of days that you have for a plan of action; 17 when left out",
        "listings": "is the range with your listings, with its header row: sku, title, pictures, description, "
        "price ...",
        "groups": "is the result of ODR_BY by SKU, so that each listing is shown with its defects",
        "amazon_orders": "is the number of orders that Amazon prints for these dates",
        "amazon_defects": "is the number of orders with defects that Amazon prints for these dates",
        "report": "is the range with Amazon's own numbers, with its header row: marketplace, fulfilled by, metric, "
        "from, to, orders, count",
        "decisions": "is the range with your own decisions, with its header row: order id, cause, counts (Yes or No)",
        "lang": 'is "en" or "zh"; the language of the range that you give when left out',
    }
)
