"""Forecast and recovery as cells: what a seller sees for the daily counts on the sheet."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from odr_xl.core.counts import COUNT_COLUMNS, DAY_KEYS
from odr_xl.errors import InputError, NoOrders, UsageError
from odr_xl.excel.formulas.future import ODR_FORECAST, ODR_RECOVERY
from odr_xl.excel.formulas.ledger import DEFECT_LEDGER, ODR_DAYS
from odr_xl.excel.formulas.rate import ODR
from odr_xl.labels import word

Table = list[list[Any]]
DAY = timedelta(days=1)
FIRST = datetime(2026, 3, 2)
#: Last day of the shop below, and the day that is looked at.
LAST = FIRST + 99 * DAY
COUNTED = {"defective", "defective_amazon", "chargeback"}


def days(
    number: int = 100,
    orders: int = 2,
    bad: tuple[int, ...] = (),
    *,
    first: datetime = FIRST,
    channel: str = "MFN",
    language: Any = "en",
) -> Table:
    """Result of ODR_DAYS: ``number`` days of ``orders`` orders, one chargeback on each of the days in ``bad``."""
    table: Table = [[word(name, language) for name in (*DAY_KEYS, *COUNT_COLUMNS)]]
    for n in range(number):
        counts = {"orders": orders} | dict.fromkeys(COUNTED, int(n in bad))
        table.append([first + n * DAY, channel, "US", *(counts.get(name, 0) for name in COUNT_COLUMNS)])
    return table


# The forecast


def test_forecast_has_a_header_and_76_rows_from_the_last_order_date():
    table = ODR_FORECAST(days())
    assert table[0] == [
        "Day", "Window ends", "Orders", "Defective orders", "Rate", "Low", "High",
        "Rate with defects still to come (estimate)", "Target",
    ]  # fmt: skip
    assert len(table) == 77
    assert table[1] == [LAST, LAST - 15 * DAY, 120.0, 0.0, 0.0, 0.0, 0.0, "", 0.01]
    assert table[76][:2] == [LAST + 75 * DAY, LAST + 60 * DAY]


def test_forecast_is_headed_in_chinese_where_the_days_are():
    # Nothing in Latin letters stands in a Chinese header.
    header = ODR_FORECAST(days(language="zh"))[0]
    assert header == ODR_FORECAST(days(), None, 0, None, None, None, None, None, None, None, "zh")[0]
    assert header[:4] == ["日期", "窗口截止日", "订单数", "有缺陷的订单"]
    assert not re.search("[A-Za-z]", "".join(header))


def test_first_row_is_the_rate_of_the_same_window_by_odr():
    table = days(bad=(30, 60, 90))
    first = ODR_FORECAST(table, LAST + 3 * DAY)[1]
    assert first[4] == ODR(table, None, LAST + (3 - 15 - 59) * DAY, LAST + (3 - 15) * DAY, "amazon")
    assert first[4:7] == [first[4]] * 3


@pytest.mark.parametrize("as_of", [LAST, LAST.date(), "2026-06-09", 46182.0])
def test_day_is_given_as_a_date_a_text_or_a_serial_number(as_of):
    # 46182 is 2026-06-09 in Excel: 45658 is 2025-01-01, and 524 days lie between them.
    assert (LAST.date(), ODR_FORECAST(days(), as_of)) == (date(2026, 6, 9), ODR_FORECAST(days()))


def test_seller_decides_window_lag_orders_and_defects_a_day():
    # By hand: a window of 10 days that ends today; tomorrow nine known days of 2 and one expected of 5 with 0.5.
    row = ODR_FORECAST(days(), None, 1, 5, 0.5, 10, 0)[2]
    assert row[:5] == [LAST + DAY, LAST + DAY, 23.0, 0.5, 0.5 / 23]


def test_numbers_may_be_texts_and_blanks_are_left_out():
    assert ODR_FORECAST(days(), None, "1", "5", "0.5", "10", "0") == ODR_FORECAST(days(), None, 1, 5, 0.5, 10, 0)
    assert ODR_FORECAST(days(), "", "", "", "", "", "", "", "", "", "") == ODR_FORECAST(days())
    assert ODR_FORECAST(days(), None, None, " ") == ODR_FORECAST(days())


def test_no_orders_expected_is_not_the_same_as_a_blank():
    assert [row[2] for row in ODR_FORECAST(days(), None, 75, 0)[-3:]] == [4.0, 2.0, 0.0]
    assert ODR_FORECAST(days())[76][2] == 120.0


def test_row_without_an_order_in_its_window_is_na_where_a_chart_reads_it():
    no_defects = DEFECT_LEDGER([["Order ID", "Order date"], ["900-0000001-0000001", FIRST]])
    row = ODR_FORECAST(days(), None, 75, 0, None, None, None, no_defects)[76]
    assert row[2:] == [0.0, 0.0, "#N/A", "#N/A", "#N/A", "#N/A", 0.01]


def test_definition_decides_and_is_amazons_when_left_out():
    table = days(bad=(50,))
    table[51][table[0].index("Defective returns")] = 2
    table[51][table[0].index("Defective")] = 3
    found = [
        ODR_FORECAST(table, None, 0, None, None, None, None, None, name)[1][3]
        for name in ("", "amazon", "returns", "all")
    ]
    assert found == [1.0, 1.0, 2.0, 3.0]


def test_account_is_forecast_by_itself():
    both = [*days(100, 2, (60,)), *days(90, 1, channel="AFN")[1:]]
    assert ODR_FORECAST(both, LAST, 5, None, None, None, None, None, None, "US AFN") == ODR_FORECAST(
        days(90, 1, channel="AFN"), LAST, 5
    )
    assert ODR_FORECAST(both, LAST, 5)[1][2] == 120 + 60 - 0
    # No order is of this account, so nothing can be said.
    assert ODR_FORECAST(both, LAST, 5, None, None, None, None, None, None, "DE") == "#N/A"


def shop(delays: dict[int, tuple[int, ...]], number: int = 90, daily: int = 4) -> tuple[Table, Table]:
    """Days and ledger of a shop with ``daily`` orders a day, and chargebacks so many days after the order."""
    ids = {(n, k): f"900-{n:07d}-{k:07d}" for n in range(number) for k in range(daily)}
    header = ["amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel", "sku"]
    orders = [
        header,
        *([ids[n, k], FIRST + n * DAY, "Shipped", "Merchant", "Amazon.com", "INK-1"] for n, k in ids),
    ]
    events = [
        [ids[n, k], FIRST + (n + after) * DAY, "Service", ""]
        for n, late in delays.items()
        for k, after in enumerate(late)
        if n + after < number
    ]
    trail = DEFECT_LEDGER(orders, None, None, [["Order ID", "Chargeback Date", "Type", "Status"], *events])
    return ODR_DAYS(orders, trail), trail


def test_shop_where_nothing_changes_keeps_its_estimated_rate():
    # By hand: every day one of 4 orders gets a chargeback after 5 days and one after 20. In a window of 20 days with a
    # lag of 15 the dates are 15 to 34 days old: five show one defect, fifteen two: 35 of 80.
    table, trail = shop(dict.fromkeys(range(90), (5, 20)))
    found = ODR_FORECAST(table, None, 60, None, None, 20, 15, trail)
    assert found[0][7] == "Rate with defects still to come (estimate)"
    assert [row[7] for row in found[1:]] == pytest.approx([35 / 80] * 61)
    assert found[61][4] == 0
    # Further defects are the seller's own guess: they are no part of the estimate.
    assert [row[7] for row in ODR_FORECAST(table, None, 60, None, 1, 20, 15, trail)[1:]] == [
        row[7] for row in found[1:]
    ]
    # And nothing else depends on the ledger.
    assert [row[:7] for row in ODR_FORECAST(table, None, 60, None, None, 20, 15)] == [row[:7] for row in found]


def test_estimate_reads_a_chinese_ledger():
    table, trail = shop(dict.fromkeys(range(90), (5, 20)))
    orders_zh = ODR_FORECAST(
        table, None, 3, None, None, 20, 15, [[word_in_chinese(cell) for cell in row] for row in trail]
    )
    assert orders_zh[0][0] == "日期"
    assert orders_zh[4][7] == pytest.approx(35 / 80)


def word_in_chinese(cell: Any) -> Any:
    keys = (
        "order_id",
        "order_date",
        "channel",
        "marketplace",
        "sku",
        "cause",
        "counts",
        "rule",
        "source",
        "source_row",
    )
    words = {
        word(key): word(key, "zh")
        for key in (*keys, "event_date", "detail", "leaves_on", "chargeback", "counts_amazon")
    }
    return words.get(cell, cell) if isinstance(cell, str) else cell


def test_fewer_than_ten_dated_defects_make_no_estimate():
    for number, estimated in ((9, False), (10, True)):
        table, trail = shop(dict.fromkeys(range(number), (5,)))
        column = {row[7] for row in ODR_FORECAST(table, None, 3, None, None, None, None, trail)[1:]}
        assert (column == {"#N/A"}) is not estimated


def test_defects_of_other_accounts_tell_nothing_of_the_delays():
    table, trail = shop(dict.fromkeys(range(20), (5,)))
    both = [*table, *days(90, 2, channel="AFN")[1:]]
    estimates = [
        ODR_FORECAST(both, LAST, 0, None, None, None, None, trail, None, account)[1][7] for account in ("MFN", "AFN")
    ]
    assert estimates == [pytest.approx(0.0), "#N/A"]


def test_report_without_order_dates_makes_no_estimate():
    table, _ = shop(dict.fromkeys(range(20), (5,)))
    raw = [["Order ID", "Chargeback Date", "Type"], *([f"900-{n:07d}-0000000", FIRST, "Service"] for n in range(20))]
    assert ODR_FORECAST(table, None, 0, None, None, None, None, raw)[1][7] == "#N/A"


# The recovery


def recovery(*args: Any, **named: Any) -> tuple[Any, str]:
    ((day, words),) = ODR_RECOVERY(*args, **named)
    return day, words


#: One order a day, one chargeback on 2021-10-29.
OCTOBER = days(92, 1, (28,), first=datetime(2021, 10, 1))


def test_defective_order_of_29_october_2021_is_gone_on_12_january_2022():
    # By hand: 60 days of window and 15 of lag after the order date; 12 days after the last order date.
    assert recovery(OCTOBER) == (datetime(2022, 1, 12), "in 12 days, if no further defect comes")
    assert recovery(OCTOBER, "2022-01-11") == (datetime(2022, 1, 12), "in 1 day, if no further defect comes")
    assert recovery(OCTOBER, "2022-01-12") == (datetime(2022, 1, 12), "already under the target")


def test_recovery_in_chinese_has_no_english_words():
    texts = [
        recovery(OCTOBER, lang="zh"),
        recovery(OCTOBER, "2022-01-11", lang="zh"),
        recovery(OCTOBER, "2022-01-12", lang="zh"),
        recovery(OCTOBER, days_ahead=3, lang="zh"),
        recovery(OCTOBER, daily_defects=0.5, daily_orders=1, lang="zh"),
        recovery(OCTOBER, daily_defects=0.5, daily_orders=100, lang="zh"),
        recovery(days(90, 1, (88,)), lang="zh"),
        recovery(days(90, 1, tuple(range(90))), daily_orders=0, lang="zh"),
    ]
    assert [text for _, text in texts if re.search("[A-Za-z]", text)] == []
    assert len({text for _, text in texts}) == len(texts)
    assert recovery(days(92, 1, (28,), first=datetime(2021, 10, 1), language="zh"))[1] == "12天后，前提是不再出现新缺陷"


def test_days_in_chinese_are_answered_in_chinese_and_may_be_asked_for_in_english():
    chinese = days(92, 1, (28,), first=datetime(2021, 10, 1), language="zh")
    assert recovery(chinese, lang="en") == recovery(OCTOBER)


def test_no_recovery_has_no_date_and_says_how_far_was_looked():
    assert recovery(OCTOBER, days_ahead=3) == ("", "not within 3 days")
    assert recovery(OCTOBER, days_ahead=1) == ("", "not within 1 day")
    assert recovery(days(90, 1, (50,)), daily_defects=1) == ("", "not within 120 days")


def test_shop_that_stops_selling_is_told_when_there_is_no_rate_any_more():
    # By hand: the orders of the last day, 2026-05-30, leave 75 days later, on 2026-08-13.
    assert recovery(days(90, 1, tuple(range(90))), daily_orders=0) == (
        "",
        "not within 120 days: from 2026-08-13 on the window holds no order, so there is no rate",
    )


def test_further_defects_that_are_expected_are_said():
    # By hand: one defect in the 60 orders of today's window. On the 16th day the first expected day takes the place of
    # one order: 1.5 defects in 59 + 100 orders, 0.94 %. Later 1 + n / 2 in 60 + 99 n, which stays under 1 %.
    found = recovery(days(90, 1, (74,)), daily_orders=100, daily_defects=0.5)
    assert found == (FIRST + (89 + 16) * DAY, "in 16 days, with 0.5 further defective orders a day")


def test_known_defect_that_enters_later_is_announced():
    # By hand: the defect of yesterday's order, 2026-05-29, is in the window from 15 days after it on.
    found = recovery(days(90, 1, (88,)))
    assert found == (
        datetime(2026, 5, 30),
        "already under the target; it reaches the target again on 2026-06-13",
    )


def test_target_and_definition_and_account_decide():
    assert recovery(OCTOBER, target=0.02)[1] == "already under the target"
    assert recovery(OCTOBER, definition="returns")[1] == "already under the target"
    both = [*OCTOBER, *days(92, 9, first=datetime(2021, 10, 1), channel="AFN")[1:]]
    assert recovery(both)[1] == "already under the target"
    assert recovery(both, account="MFN") == recovery(OCTOBER)


def test_recovery_is_the_first_row_of_the_forecast_under_the_target():
    table = days(100, 3, (40, 60, 70, 95))
    day, _ = recovery(table, LAST)
    assert day == next(row[0] for row in ODR_FORECAST(table, LAST, 120)[1:] if row[4] < 0.01)


# Input that can't be used


def test_no_orders_are_na():
    empty = days(0)
    assert ODR_FORECAST(empty) == ODR_RECOVERY(empty) == "#N/A"
    undated = [*days(0), ["", "MFN", "US", *[1] * len(COUNT_COLUMNS)]]
    assert ODR_FORECAST(undated) == ODR_RECOVERY(undated) == "#N/A"
    assert ODR_RECOVERY(days(), FIRST - 500 * DAY) == ODR_RECOVERY(days(), LAST + 500 * DAY) == "#N/A"


@pytest.mark.parametrize("function", [ODR_FORECAST, ODR_RECOVERY])
@pytest.mark.parametrize(
    ("named", "error", "sentence"),
    [
        ({"days": [["Order ID", "Chargeback"], ["A-1", "x"]]}, InputError, "needs the result of ODR_DAYS"),
        ({"days": None}, InputError, "needs the result of ODR_DAYS"),
        ({"days": "#REF!"}, InputError, "needs the result of ODR_DAYS"),
        ({"as_of": "31/02/2026"}, InputError, 'as_of: "31/02/2026" isn\'t a date'),
        ({"as_of": datetime(9999, 12, 1)}, UsageError, "leaves the calendar. Check as_of, window and lag"),
        ({"days_ahead": 401}, UsageError, "days_ahead is a whole number of days from 0 to 400"),
        ({"days_ahead": 1.5}, UsageError, "days_ahead is a whole number, not 1.5"),
        ({"days_ahead": "many"}, InputError, 'days_ahead: "many" isn\'t a number'),
        ({"daily_orders": "few"}, InputError, 'daily_orders: "few" isn\'t a number'),
        ({"daily_orders": -1}, UsageError, "daily_orders is a number of orders a day from 0"),
        ({"daily_orders": 1e300}, UsageError, "daily_orders is a number of orders a day from 0"),
        ({"daily_defects": -0.1}, UsageError, "daily_defects is a number of orders a day from 0"),
        ({"daily_defects": "#DIV/0!"}, InputError, 'daily_defects: "#DIV/0!" isn\'t a number'),
        ({"window": 0}, UsageError, "window is a whole number of days from 1"),
        ({"lag": -1}, UsageError, "lag is a whole number of days from 0"),
        ({"definition": "claims"}, UsageError, "Choose from: amazon, returns, all"),
        ({"account": "moon"}, UsageError, '"moon" is neither a marketplace nor a channel'),
        ({"lang": "fr"}, UsageError, "Choose en or zh"),
    ],
)
def test_input_that_cannot_be_used_is_an_error_in_the_cell_with_a_sentence(function, named, error, sentence):
    given = {"days": days()} | named
    assert function(**given) == "#VALUE!"
    with pytest.raises(error, match=re.escape(sentence)):
        function.plain(**given)


@pytest.mark.parametrize("target", [0, 1, 2, -0.01, "much"])
def test_target_that_is_no_fraction_is_an_error_in_the_cell(target):
    assert ODR_RECOVERY(OCTOBER, None, target) == "#VALUE!"


def test_window_without_orders_is_a_sentence_too():
    with pytest.raises(NoOrders, match="On 2028-01-01 the window holds no order"):
        ODR_RECOVERY.plain(OCTOBER, "2028-01-01")


def test_texts_fit_into_a_cell_of_an_array():
    texts = [cell for row in [*ODR_FORECAST(days()), *ODR_RECOVERY(days(90, 1, (88,)))] for cell in row]
    assert max(len(cell) for cell in texts if isinstance(cell, str)) <= 250
