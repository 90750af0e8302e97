"""The rows of the sheet SelfTest: a formula, what it must give by hand, and where that value comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from odr_xl.excel.sheets.small_shop import Value


@dataclass(frozen=True, slots=True)
class Check:
    """One row.

    Attributes
    ----------
    what : str
        What is tested, in a seller's words.
    formula : str
        Without its ``=``; ``{orders}`` stands for a small table on the sheet.
    expected : str, float or date
    origin : str
        Where the expected value comes from.
    kind : "percent", "whole", "date" or "text"
        How both values are shown.
    """

    what: str
    formula: str
    expected: Value
    origin: str
    kind: Literal["percent", "whole", "date", "text"]


def _day(year: int, month: int, day: int) -> str:
    return f"DATE({year},{month},{day})"


_ARTICLE, _ONE_OF_100, _ONE_OF_101, _NONE_OF_100, _NONE_OF_101, _ONE_OF_40 = (
    f"{_day(2020, month, 1)},{_day(2020, month, 1)}" for month in range(1, 7)
)
_FIVE_OF_369: Final = f"{_day(2020, 12, 20)},{_day(2020, 12, 20)}"
_OCTOBER: Final = f"{_day(2021, 10, 1)},{_day(2021, 10, 28)}"
_DECEMBER: Final = f"{_day(2021, 12, 1)},{_day(2021, 12, 31)}"
_NOTICE: Final = _day(2022, 1, 7)

# An error's name stands in brackets: a plain "#N/A" in the file's values would be an error of the sheet itself.
#: In the order of the sheet: what counts, what it is judged by, what comes next, where it comes from, what to do.
CHECKS: Final = (
    # what counts
    Check("10 of 100 orders returned for a defect are 10%", f"ODR({{counts}},,{_ARTICLE})", 0.1,
          "the article: 10 of 100", "percent"),
    Check("An order with two causes counts once", "ODR({orders})", 2 / 12,
          "hand calculation: 2 of 12 orders, with 3 marks", "percent"),
    Check("A return is no defect in Amazon's rate", 'ODR({orders},,,,"amazon")', 1 / 12,
          "Amazon, G200285170: feedback, claims and chargebacks only; 1 of 12", "percent"),
    Check("Both ends of a window count", f"ODR({{orders}},,{_day(2021, 11, 5)},{_day(2021, 11, 12)})", 1 / 2,
          "hand calculation: the orders of both dates, 1 of 2", "percent"),
    Check("The order date decides: feedback of December belongs to its order of October",
          f"ODR({{orders}},{{feedback}},{_OCTOBER})", 1.0,
          "hand calculation: the only order until October 28", "percent"),
    Check("The order date decides: that feedback is not in December's rate",
          f"ODR({{orders}},{{feedback}},{_DECEMBER})", 0.0, "hand calculation: 0 of 5 orders", "percent"),
    Check("One account alone", 'ODR({days},,,,"amazon","US MFN")', 1 / 5,
          "hand calculation: 1 of 5 orders", "percent"),
    Check("No orders in the window are #N/A, never 0%",
          f'IF(ISNA(ODR({{orders}},,{_day(2030, 1, 1)})),"(#N/A)","(≠ #N/A)")', "(#N/A)",
          "a rate of no orders doesn't exist", "text"),
    Check("A date that can't be read is an error, never a rate",
          f'IF(IFERROR(ERROR.TYPE(ODR({{unreadable}},,{_day(2026, 1, 1)})),0)=3,"(#VALUE!)","(≠ #VALUE!)")',
          "(#VALUE!)", "February has no 31st day", "text"),
    Check("The data check says what is wrong with it", "RIGHT(ODR_CHECK({unreadable}),42)",
          '"31/02/2026" isn\'t a date. Use YYYY-MM-DD.', "February has no 31st day", "text"),
    Check("The data check finds nothing else", 'ODR_CHECK({orders},,{feedback},{claims})&""', "OK",
          "the tables on this sheet have no error", "text"),
    Check("Causes: orders with several of them", "INDEX(DEFECT_BREAKDOWN({orders}),7,2)", 1,
          "hand calculation: feedback and a chargeback on the second order", "whole"),
    Check("Causes: each defective order once", "INDEX(DEFECT_BREAKDOWN({orders}),8,2)", 2,
          "hand calculation: the second and the fourth order", "whole"),
    Check("Counts a day: two orders of November 19", "INDEX(ODR_DAYS({orders}),6,4)", 2,
          "hand calculation: the fifth and the sixth order", "whole"),
    Check("A denied claim doesn't count", "INDEX(DEFECT_LEDGER({orders},{feedback},{claims}),10,7)", "No",
          "Amazon, G202041210: denied claims don't count", "text"),
    Check("An order of 2021-10-29 leaves the window after 75 days", "INDEX({trail},4,13)", date(2022, 1, 12),
          "hand calculation: 60 days of window, 15 until it ends", "date"),
    # what it is judged by
    Check("1 of 100 misses the target", f"ODR_STATUS(ODR({{counts}},,{_ONE_OF_100}))", "Over target",
          "Amazon, G200285170: strictly under 1%", "text"),
    Check("1 of 101 meets the target, barely", f"ODR_STATUS(ODR({{counts}},,{_ONE_OF_101}))", "At risk",
          "hand calculation: 0.99% is under 1% and over 0.75%", "text"),
    Check("No orders have no status", f'ODR_STATUS(IFERROR(ODR({{orders}},,{_day(2030, 1, 1)}),""))', "No orders",
          "a rate of no orders doesn't exist", "text"),
    Check("Results in Chinese", 'ODR_STATUS(1/100,,,"zh")', "超过目标", "the Chinese word for Over target", "text"),
    Check("100 orders without a defect leave room for none", f"ODR_HEADROOM({{counts}},,{_NONE_OF_100})", 0,
          "hand calculation: 1 of 100 is not under 1%", "whole"),
    Check("101 orders without a defect leave room for one", f"ODR_HEADROOM({{counts}},,{_NONE_OF_101})", 1,
          "hand calculation: 1 of 101 is under 1%, 2 are not", "whole"),
    Check("5 of 369: good orders until the target is met", f"ODR_ORDERS_NEEDED({{counts}},,{_FIVE_OF_369})", 132,
          "hand calculation: 5 of 501 is under 1%; 501 - 369", "whole"),
    Check("1 of 40 may be as much as 12.88%", f"ROUND(INDEX(ODR_INTERVAL({{counts}},,{_ONE_OF_40}),2,3),4)", 0.1288,
          "hand calculation: Wilson's interval of 1927 for 1 of 40 at 95%", "percent"),
    Check("Each account by itself: US MFN", f"INDEX(ODR_ACCOUNTS({{days}},{_NOTICE}),3,4)", 1 / 4,
          "hand calculation: 1 of the 4 orders from October 25 to December 23", "percent"),
    # what comes next
    Check("Rate of the last window with the order of October 29",
          f"INDEX(ODR_TREND({{days}},{_day(2021, 12, 28)},2,1,60),2,4)", 1 / 10,
          "hand calculation: 1 of the 10 orders from October 29 to December 27", "percent"),
    Check("Rate one day later, without it", f"INDEX(ODR_TREND({{days}},{_day(2021, 12, 28)},2,1,60),3,4)", 0.0,
          "hand calculation: 0 of 9 orders", "percent"),
    Check("The same day, seen ahead", f"INDEX(ODR_FORECAST({{days}},{_day(2021, 12, 31)},12,0),13,4)", 1,
          "hand calculation: on January 11 the order is still in the window", "whole"),
    Check("The rate is under the target again on", f"INDEX(ODR_RECOVERY({{days}},{_day(2021, 12, 31)},,,0),1,1)",
          date(2022, 1, 12), "hand calculation: 2021-10-29 and 75 days", "date"),
    Check("Two appeals won and a fifth fewer orders: good orders still needed",
          f"INDEX(ODR_WHATIF({{counts}},{_day(2021, 1, 4)},2,0,-0.2,1),3,6)", 6,
          "hand calculation: 3 of 295; 3 of 301 is under 1%", "whole"),
    Check("Why the rate moved: the change",
          f"INDEX(ODR_CHANGE({{counts}},{_day(2020, 10, 20)},{_day(2020, 11, 20)}),7,4)",
          0.002, "hand calculation: 3 of 250 less 3 of 300", "percent"),
    Check("Why the rate moved: its three parts add up to it",
          "SUM(INDEX({change},3,4),INDEX({change},4,4),INDEX({change},5,4))",
          0.002, "hand calculation: 3 of 250 less 3 of 300", "percent"),
    # where it comes from
    Check("Rate of one product", 'INDEX(ODR_BY({orders},,"sku"),2,4)', 1 / 7,
          "hand calculation: 1 of 7 orders of kettles", "percent"),
    Check("The word of negative feedback", "INDEX(FEEDBACK_WORDS({feedback}),2,1)", "broken",
          "it stands in both negative comments and in no other", "text"),
    Check("Root cause of most defective orders", "INDEX(ODR_ACTIONS({trail}),2,4)", 2 / 4,
          "hand calculation: 2 of 4 defective orders arrived broken", "percent"),
    # what to do
    Check("Rate of the account if the first appeal is won",
          f"INDEX(ODR_APPEALS({{trail}},{{all_days}},,{_day(2021, 12, 31)}),2,9)", 3 / 5,
          "hand calculation: 4 of 5 orders, less 1", "percent"),
    Check("Days left to ask for removal of feedback", f"INDEX(FEEDBACK_TODO({{feedback}},{_NOTICE}),2,6)", 72,
          "hand calculation: 90 days, 18 of them over", "whole"),
    Check("Deadline of a plan of action", f"MID(INDEX(ODR_PLAN({{trail}},{{all_days}},{_NOTICE},{_NOTICE}),2,2),12,10)",
          "2022-01-24", "the article: 17 days after the notice, 2022-01-07", "text"),
    Check("Score of a page with 3 of 6 pictures", "INDEX(LISTING_SCORE({listings}),2,3)", 70,
          "hand calculation: 8 points for a picture, 2 for each; 14 of 20", "whole"),
    Check("Our count beside Amazon's",
          f"INDEX(ODR_RECONCILE({{all_days}},{_day(2021, 10, 1)},{_day(2021, 12, 31)},13,3),2,5)", -1,
          "hand calculation: 12 - 13", "whole"),
    Check("A leading sign: 6 of 200 late", "INDEX(ODR_SIGNS({report}),2,7)", 6 / 200,
          "hand calculation: 6 of 200", "percent"),
)  # fmt: skip
