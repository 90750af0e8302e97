"""The rate, its target and its interval."""

from __future__ import annotations

from math import isclose
from statistics import NormalDist

import pytest
from core_tables import numbered_orders, table
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.counts import count_orders
from odr_xl.core.ledger import build_ledger
from odr_xl.core.rate import order_defect_rate, rate_status, wilson_interval
from odr_xl.core.window import Window
from odr_xl.errors import NoOrders, UsageError


def rate(orders: object, definition: str = "all") -> float:
    return order_defect_rate(count_orders(build_ledger(orders), Window()), definition)


@pytest.mark.parametrize(("definition", "expected"), [("all", 0.10), ("returns", 0.10), ("amazon", 0.0)])
def test_10_of_100_orders_returned_or_cancelled_for_a_defect_are_10_percent(definition, expected):
    # The worked example of the article (SellerApp): 100 orders, 10 returned or cancelled because of a defect.
    # Amazon's own rate knows neither cause, so it is 0 on the same orders.
    orders = numbered_orders(100, defect_return=range(7), defect_cancellation=range(7, 10))
    assert rate(orders, definition) == expected


def test_one_defect_in_100_orders_misses_the_target_and_in_101_meets_it():
    # Amazon's report: targetValue 0.01, LESS_THAN; so exactly 1 % is a miss.
    assert rate_status(rate(numbered_orders(100, chargeback=[0]))) == "over_target"
    assert rate_status(rate(numbered_orders(101, chargeback=[0]))) == "at_risk"


@pytest.mark.parametrize(
    ("defective", "orders", "status"),
    [
        (249, 25_000, "at_risk"),  # 0.996 %: shown as 1.00 %, and still under
        (9_999, 1_000_000, "at_risk"),  # 0.9999 %
        (1, 100, "over_target"),  # 1.00 % isn't under
        (10_001, 1_000_000, "over_target"),  # 1.0001 %: shown as 1.00 %
        (1, 133, "at_risk"),  # 0.7519 %, just over the warning level of 0.75 %
        (3, 400, "at_risk"),  # 0.75 % exactly: the warning level is reached
        (1, 134, "healthy"),  # 0.7463 %
        (0, 100, "healthy"),
        (100, 100, "over_target"),
    ],
)
def test_rate_is_compared_unrounded(defective, orders, status):
    assert rate_status(defective / orders) == status


def test_amazons_example_of_1078_in_539000_orders_is_0_2_percent():
    # Its own "rate" says 0.009, which these two counts contradict: the counts decide.
    assert order_defect_rate({"orders": 539_000, "defective_amazon": 1078}, "amazon") == 0.002


def test_live_report_of_1_in_62_orders_is_1_61_percent():
    # A live performance report of September 2026: 62 orders, one chargeback, rate 0.0161.
    assert round(rate(numbered_orders(62, chargeback=[5]), "amazon"), 4) == 0.0161


@pytest.mark.parametrize("definition", ["all", "amazon", "returns"])
def test_no_orders_is_an_error_for_excels_na_and_never_0_percent(definition):
    with pytest.raises(NoOrders) as error:
        rate(table([]), definition)
    assert error.value.excel == "#N/A"


def test_orders_left_out_alone_are_no_orders():
    with pytest.raises(NoOrders):
        rate(table([{"order_id": "S01-1", "chargeback": True}]))


def test_no_rate_is_no_orders_and_never_healthy():
    assert rate_status(None) == "no_orders"


def test_target_and_warning_are_the_sellers_to_change():
    assert rate_status(0.03, target=0.04, warning=0.02) == "at_risk"
    assert rate_status(0.04, target=0.04, warning=0.04) == "over_target"
    with pytest.raises(UsageError, match="Make it smaller"):
        rate_status(0.0, target=0.001)


@pytest.mark.parametrize("percent", [1.61, -0.01, float("nan")])
def test_percentage_in_place_of_a_fraction_is_refused(percent):
    with pytest.raises(UsageError, match="Divide a percentage by 100"):
        rate_status(percent)


def test_unknown_definition_is_refused():
    with pytest.raises(UsageError, match="Choose from: amazon, returns, all"):
        order_defect_rate({"orders": 1, "defective": 0}, "Amazon")


@pytest.mark.parametrize(
    ("defective", "orders", "low", "high"),
    [
        # scipy 1.17.1: 100 * binomtest(defective, orders).proportion_ci(method="wilson").
        (1, 40, 0.44, 12.88),
        (5, 1000, 0.21, 1.17),
        (0, 369, 0.0, 1.03),
    ],
)
def test_wilson_interval_in_percent(defective, orders, low, high):
    assert [round(100 * end, 2) for end in wilson_interval(defective, orders)] == [low, high]


@given(st.integers(1, 5000), st.floats(0, 1), st.sampled_from((0.8, 0.9, 0.95, 0.99)))
def test_wilson_ends_are_the_rates_that_lie_just_z_standard_errors_away(orders, part, confidence):
    # Wilson 1927: the ends solve (share - p)² = z² p (1 - p) / orders, the score test turned round.
    defective = int(part * orders)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = defective / orders
    low, high = wilson_interval(defective, orders, confidence=confidence)
    assert 0 <= low <= share <= high <= 1
    for end, at_limit in ((low, defective == 0), (high, defective == orders)):
        if not at_limit:
            assert isclose((share - end) ** 2, z * z * end * (1 - end) / orders, rel_tol=1e-6, abs_tol=1e-15)


def test_wilson_interval_touches_0_without_a_defect_and_1_without_a_good_order():
    assert wilson_interval(0, 25)[0] == 0.0
    assert wilson_interval(25, 25)[1] == 1.0


@given(st.integers(1, 2000), st.floats(0, 1))
def test_wilson_interval_of_the_good_orders_is_the_mirror_image(orders, part):
    defective = int(part * orders)
    low, high = wilson_interval(defective, orders)
    mirrored = wilson_interval(orders - defective, orders)
    assert isclose(low, 1 - mirrored[1], abs_tol=1e-12)
    assert isclose(high, 1 - mirrored[0], abs_tol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "confidence", "error", "remedy"),
    [
        ((0, 0), 0.95, NoOrders, "no order"),
        ((2, 1), 0.95, UsageError, "Check the two counts"),
        ((-1, 1), 0.95, UsageError, "Check the two counts"),
        ((0, 1), 95, UsageError, "such as 0.95"),
        ((0, 1), 1.0, UsageError, "such as 0.95"),
    ],
)
def test_impossible_interval_is_refused_with_a_remedy(arguments, confidence, error, remedy):
    with pytest.raises(error, match=remedy):
        wilson_interval(*arguments, confidence=confidence)


@given(st.integers(1, 10_000), st.integers(0, 10_000), st.integers(1, 1000))
def test_more_good_orders_never_raise_the_rate(orders, defective, good):
    defective = min(defective, orders)
    before = order_defect_rate({"orders": orders, "defective": defective})
    after = order_defect_rate({"orders": orders + good, "defective": defective})
    assert 0 <= after <= before <= 1
