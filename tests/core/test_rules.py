"""Amazon's rules: which feedback, claims, chargebacks and returns make an order defective."""

from __future__ import annotations

import pytest

from odr_xl import rules
from odr_xl.rules import Rule

#: Return reason codes of the FBA returns report, the seller-fulfilled returns report (``CR-``) and of both
#: (``AMZ-PG-``), and whether the code names a fault of the goods or of their delivery to the buyer.
#: The codes are those seen in public reports and tools; Amazon publishes no table.
FBA_DEFECTS = (
    "DEFECTIVE", "QUALITY_UNACCEPTABLE", "MISSING_PARTS", "NOT_AS_DESCRIBED", "SWITCHEROO", "DIFFERENT_PRODUCT",
    "EXTRA_ITEM", "DAMAGED_BY_CARRIER", "DAMAGED_BY_FC", "CARRIER_DAMAGED", "NEVER_ARRIVED", "PRODUCT_NOT_ITALIAN",
    "JEWELRY_LOOSE_STONE", "JEWELLERY_LOOSE_STONE", "JEWELLERY_BATTERY", "JEWELLERY_NO_DOCS", "JEWELLERY_BAD_CLASP",
    "JEWELLERY_NO_CERT", "WARRANTY",
)  # fmt: skip
FBA_OTHER = (
    "PART_NOT_COMPATIBLE", "NOT_COMPATIBLE", "CUSTOMER_DAMAGED", "MISSED_ESTIMATED_DELIVERY", "EXCESSIVE_INSTALLATION",
    "APPAREL_TOO_SMALL", "APPAREL_TOO_LARGE", "APPAREL_STYLE", "CLOTHING_TOO_SMALL", "CLOTHING_TOO_LARGE",
    "CLOTHING_STYLE", "DID_NOT_LIKE_FABRIC", "JEWELLERY_TOO_SMALL", "JEWELLERY_TOO_LARGE", "FOUND_BETTER_PRICE",
    "MISORDERED", "ORDERED_WRONG_ITEM", "UNWANTED_ITEM", "UNAUTHORIZED_PURCHASE", "UNAUTHORISED_PURCHASE",
    "NO_REASON_GIVEN", "UNKNOWN_OTHER_REASON", "OTHER", "UNDELIVERABLE_CARRIER_MISS_SORTED",
    "UNDELIVERABLE_FAILED_DELIVERY_ATTEMPTS", "UNDELIVERABLE_INSUFFICIENT_ADDRESS", "UNDELIVERABLE_MISSING_LABEL",
    "UNDELIVERABLE_REFUSED", "UNDELIVERABLE_UNCLAIMED", "UNDELIVERABLE_UNKNOWN",
)  # fmt: skip
PREFIXED_DEFECTS = (
    "AMZ-PG-BAD-DESC", "AMZ-PG-BAD-ITEM", "AMZ-PG-DAMAGED", "CR-DEFECTIVE", "CR-QUALITY_UNACCEPTABLE",
    "CR-MISSING_PARTS", "CR-NOT_AS_DESCRIBED", "CR-SWITCHEROO", "CR-EXTRA_ITEM", "CR-DAMAGED_BY_CARRIER",
    "CR-DAMAGED_BY_FC",
)  # fmt: skip
PREFIXED_OTHER = (
    "AMZ-PG-MISORDERED", "AMZ-PG-APP-TOO-SMALL", "AMZ-PG-APP-TOO-LARGE", "AMZ-PG-APP-TOO-LATE", "CR-NOT_COMPATIBLE",
    "CR-MISSED_ESTIMATED_DELIVERY", "CR-ARRIVED_LATE", "CR-FOUND_BETTER_PRICE", "CR-ORDERED_WRONG_ITEM",
    "CR-UNWANTED_ITEM", "CR-NO_LONGER_NEEDED", "CR-UNAUTHORIZED_PURCHASE", "CR-NO_REASON_GIVEN",
)  # fmt: skip
ALL_RULES = [rule for rule in vars(rules).values() if isinstance(rule, Rule)]


def test_amazon_counts_feedback_claims_and_chargebacks_and_nothing_else():
    # G200285170 names these three; returns, late shipments and cancellations are metrics of their own.
    assert rules.DEFINITIONS["amazon"] == ("negative_feedback", "a_to_z_claim", "chargeback")
    # The article: orders returned or cancelled because of a defect.
    assert rules.DEFINITIONS["returns"] == ("defect_return", "defect_cancellation")
    assert rules.DEFINITIONS["all"] == rules.DEFINITIONS["amazon"] + rules.DEFINITIONS["returns"]


def test_numbers_are_those_of_amazons_documents():
    assert rules.TARGET == 0.01  # report schema of 2020-11-18: targetValue 0.01, LESS_THAN
    assert rules.WINDOW_DAYS == 60  # G200285170
    assert rules.LAG_DAYS == 15  # the schema's example: ODR ends 2020-11-04, other metrics 2020-11-19
    assert rules.NEGATIVE_STARS == (1, 2)  # help page 761


def test_every_rule_names_its_source_and_no_two_share_a_text():
    # The audit trail is read back by the rule's text, so a text stands for one rule.
    assert all(rule.text and rule.source for rule in ALL_RULES)
    assert len({rule.text for rule in ALL_RULES}) == len(ALL_RULES)


@pytest.mark.parametrize("code", FBA_DEFECTS + PREFIXED_DEFECTS)
def test_defect_reason_counts_in_the_wider_rate_only(code):
    assert rules.return_rule(code) is rules.RETURN_DEFECT
    assert rules.RETURN_DEFECT.counts == "returns"


@pytest.mark.parametrize("code", FBA_OTHER + PREFIXED_OTHER)
def test_known_reason_that_is_no_defect_counts_nowhere_and_is_not_flagged(code):
    assert rules.return_rule(code) is rules.RETURN_OTHER
    assert (rules.RETURN_OTHER.counts, rules.RETURN_OTHER.flagged) == ("", False)


@pytest.mark.parametrize("code", FBA_DEFECTS + FBA_OTHER)
def test_prefix_case_and_blanks_around_a_code_change_nothing(code):
    expected = rules.reason_group(code)
    for prefix in ("CR-", "AMZ-PG-", "cr-"):
        assert rules.reason_group(f" {prefix}{code.lower()} ") == expected


def test_switcheroo_is_a_wrong_item_sent_and_not_the_buyers_mistake():
    # Amazon's return flow labels RO_CR-SWITCHEROO "Wrong item sent"; the buyer's mistake is ORDERED_WRONG_ITEM.
    assert rules.reason_group("SWITCHEROO") == ("wrong item", True)
    assert rules.reason_group("ORDERED_WRONG_ITEM") == ("buyer", False)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Item defective or doesn't work", True),
        ("arrived broken", True),
        ("Buyer received the wrong item", True),
        ("chocolate damaged by heat", True),  # "late" stands inside "chocolate"
        ("发错颜色", True),
        ("No longer needed", False),
        ("ordered wrong item by mistake", False),
        ("arrived late", False),
        ("buyer's remorse", False),
        ("不想要了", False),
        ("", False),  # a blank reason is Amazon's "not given"
        ("zipper hums", None),
    ],
)
def test_reason_in_a_sellers_own_words(words, expected):
    assert rules.reason_group(words)[1] is expected


def test_unknown_reason_is_not_counted_but_flagged():
    assert rules.return_rule("zipper hums") is rules.RETURN_UNKNOWN
    assert (rules.RETURN_UNKNOWN.counts, rules.RETURN_UNKNOWN.flagged) == ("", True)


@pytest.mark.parametrize(("stars", "counts"), [(1, "amazon"), (2, "amazon"), (3, ""), (4, ""), (5, "")])
def test_one_and_two_stars_are_negative_and_three_is_neutral(stars, counts):
    # Help page 761.
    assert rules.feedback_rule(float(stars), "").counts == counts


@pytest.mark.parametrize(
    "status", ["Removed", "removed by Amazon", "Withdrawn", "buyer withdrew it", "Struck through", "Strike-through",
               "deleted", "已删除", "entfernt"]
)  # fmt: skip
def test_feedback_that_is_gone_does_not_count(status):
    # Help pages 20231 and 201101660: removed, withdrawn and struck-through feedback leaves the rate.
    assert rules.feedback_rule(1.0, status) is rules.FEEDBACK_REMOVED


@pytest.mark.parametrize("status", ["", "Removal requested", "removal denied", "asked buyer", "replied"])
def test_feedback_counts_until_it_is_really_gone(status):
    assert rules.feedback_rule(1.0, status) is rules.FEEDBACK_NEGATIVE


@pytest.mark.parametrize("stars", [0.0, 6.0, 1.5, float("nan")])
def test_feedback_without_a_rating_from_1_to_5_is_flagged(stars):
    assert rules.feedback_rule(stars, "") is rules.FEEDBACK_UNRATED
    assert (rules.FEEDBACK_UNRATED.counts, rules.FEEDBACK_UNRATED.flagged) == ("", True)


@pytest.mark.parametrize(
    "status", ["Denied", "Closed/Denied", "Claim denied", "Withdrawn", "withdrawn by buyer", "Appeal won",
               "Granted, appeal won", "Appeal granted", "Order cancelled", "closed: order canceled", "已撤回"]
)  # fmt: skip
def test_claim_that_is_denied_withdrawn_won_on_appeal_or_on_a_cancelled_order_does_not_count(status):
    # G202041210: a claim "that is not denied" counts; a withdrawn one has no impact, a won appeal removes it.
    assert rules.claim_rule(status) is rules.CLAIM_CLEARED


@pytest.mark.parametrize(
    "status", ["", "Open", "Under review", "Action required", "Closed/Refunded", "Refunded after open", "Granted",
               "Granted/Amazon Funded", "Closed/Seller Funded", "Appeal denied", "Closed, appeal rejected",
               "Appeal unsuccessful", "Appeal pending", "审核中"]
)  # fmt: skip
def test_claim_that_is_open_refunded_granted_or_lost_on_appeal_counts(status):
    # G202041210: a refund after the claim was opened doesn't take it out of the rate.
    assert rules.claim_rule(status) is rules.CLAIM_COUNTS


def test_claim_of_unknown_status_counts_and_is_flagged():
    rule = rules.claim_rule("xyzzy")
    assert (rule.counts, rule.flagged) == ("amazon", True)


@pytest.mark.parametrize(
    ("kind", "status", "counts", "flagged"),
    [
        ("Service", "", "amazon", False),
        ("Item not received", "Open", "amazon", False),
        ("Not as described", "", "amazon", False),
        ("Fraud", "", "", False),
        ("Unauthorized transaction", "", "", False),
        ("service, suspected fraud", "", "", False),
        ("欺诈", "", "", False),
        ("Service", "Won", "", False),
        ("Service", "Decided in seller's favor", "", False),
        ("Service", "Lost", "amazon", False),
        ("", "", "amazon", True),
        ("xyzzy", "Open", "amazon", True),
    ],
)
def test_service_chargeback_counts_fraud_does_not_and_unknown_counts_with_a_flag(kind, status, counts, flagged):
    # Help page 48781: service chargebacks are the seller's, fraud chargebacks Amazon's.
    rule = rules.chargeback_rule(kind, status)
    assert (rule.counts, rule.flagged) == (counts, flagged)
