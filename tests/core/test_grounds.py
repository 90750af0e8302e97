"""Grounds: what Amazon's page on feedback says, told from a buyer's words; and how claims and chargebacks may go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl import rules
from odr_xl.core import grounds
from odr_xl.core.grounds import GROUNDS, STRENGTHS, chargeback_ground, claim_ground, event_ground, feedback_ground
from odr_xl.labels import WORDS, rule_text

#: Comments of one case of help page 20231 each, all invented.
PRODUCT_ONLY = (
    "Leaks from day one",
    "The blade lacks the quality of the older one. Very disappointed.",
    "Doesn't work, don't buy",
    "Qualität mangelhaft, funktioniert nicht",
    "Ne fonctionne pas",
    "No funciona, muy decepcionado",
    "Non funziona",
    "质量太差，不能用",
)
DELAY_ONLY = (
    "Came two weeks late",
    "My order never arrived",
    "Zu spät geliefert, sehr ärgerlich",
    "Livré en retard",
    "El paquete no llegó",
    "Pacco mai arrivato",
    "物流太慢，晚到三天",
)
#: Page 20231: "if the comment contains both a product review and feedback about your service, we will not remove".
MIXED = (
    "Leaks, and the seller never answered",
    "Shipping was very slow and the kettle leaks",
    "Came late and the quality is poor",
    "Never arrived, no answer from the seller",
    "Late and dusty",
    "Leaks, the seller is useless",
    "It arrived defective",
    "Came late in a poor material",
    "Leaks. I wanted something else for my mother",
    "Zu spät und defekt",
    "物流太慢，质量也差",
)


@pytest.mark.parametrize("comment", PRODUCT_ONLY)
@pytest.mark.parametrize("channel", ["AFN", "MFN", ""])
def test_comment_on_the_product_alone_is_a_product_review_whoever_shipped(comment, channel):
    assert feedback_ground(comment, channel) is grounds.PRODUCT


@pytest.mark.parametrize("comment", DELAY_ONLY)
def test_comment_on_delay_alone_depends_on_who_shipped(comment):
    # Page 20231: fulfilled by Amazon, or shipped on time with Buy Shipping, which no report tells.
    assert feedback_ground(comment, "AFN") is grounds.DELIVERY
    assert feedback_ground(comment, "MFN") is grounds.SHIPPING
    assert feedback_ground(comment, "") is grounds.EITHER


@pytest.mark.parametrize("comment", MIXED)
@pytest.mark.parametrize("channel", ["AFN", "MFN", ""])
def test_mixed_comment_has_no_ground(comment, channel):
    assert feedback_ground(comment, channel) is grounds.NONE


def test_damage_on_the_way_is_amazons_only_when_amazon_shipped():
    # Page 20231: Buy Shipping covers "a delayed or undelivered order" and nothing else.
    assert feedback_ground("Parcel arrived damaged", "AFN") is grounds.DELIVERY
    assert feedback_ground("Parcel arrived damaged", "MFN") is grounds.NONE
    assert feedback_ground("Parcel arrived damaged", "") is grounds.NONE


@pytest.mark.parametrize("comment", ["Broken after two days", "Much too slow", "", "Bad", "Never again!", "???"])
def test_comment_that_names_neither_product_nor_delivery_has_no_ground(comment):
    assert {feedback_ground(comment, channel) for channel in ("AFN", "MFN", "")} == {grounds.NONE}


@pytest.mark.parametrize(
    "comment",
    [
        "What the f*ck is this", "Bullshit seller", "FUCKING LATE", "Scheiß Laden", "So ein Arschloch", "Quelle merde",
        "Una mierda", "Che cazzo", "傻逼卖家", "他妈的",
    ],
)  # fmt: skip
def test_obscene_words_are_a_ground_in_any_comment(comment):
    assert feedback_ground(comment, "MFN") is grounds.PROFANE


@pytest.mark.parametrize(
    "comment",
    ["Shiitake knife, useless seller", "Sent from Scunthorpe, no answer", "A fickle seller", "Class assessment: rude",
     "给他妈的礼物，客服不回", "送他妈的，卖家不回", "Bastille poster, seller rude"],
)  # fmt: skip
def test_harmless_words_that_look_obscene_are_none(comment):
    assert feedback_ground(comment, "MFN") is grounds.NONE


@pytest.mark.parametrize(
    "comment",
    [
        "Write to jo.doe+x@mail.example.co.uk", "Seller's number is +49 170 1234567", "call me at 555 123 4567",
        "(555) 123-4567 is his number", "Ring 555-123-4567", "555.123.4567", "Tel. 030 1234567", "06 12 34 56 78",
        "Handy: 0171/2345678", "电话：13800001234", "手机号13800001234", "電話は03-1234-5678", "Téléphone 0612345678",
        "Order 900-0000001-0000001 was late, call me at 555-123-4567",
    ],
)  # fmt: skip
def test_mail_address_or_telephone_number_is_a_ground(comment):
    assert feedback_ground(comment, "MFN") is grounds.PERSONAL


@pytest.mark.parametrize(
    "comment",
    [
        "Order 900-0000001-0000001 never answered", "900-0000001-0000001", "call about order 900-0000001-0000001",
        "Ordered 2026-03-02, seller rude", "WH-1000XM4", "Part number 123-456-7890", "model 555-123-4567",
        "Tracking 9400 1000 0000 0000 0000 00", "1Z999AA10123456784", "paid $1,299.00", "ISBN 978-3-16-148410-0",
        "serial no. 123456789012", "phone case 12 13 14 15", "called 3 times in 10 days", "单号 13800001234",
        "Bestellnummer 030 1234567", "18650 3400 cells", "B07XJ8C8F5", "2026.03.02 - 2026.04.01", "rated 1 of 5 @home",
        "01.02.2026 12:30",
    ],
)  # fmt: skip
def test_order_ids_models_parcels_dates_and_prices_are_no_telephone_numbers(comment):
    assert feedback_ground(comment, "MFN") is not grounds.PERSONAL


def test_comment_that_the_ledger_cut_is_not_judged_as_an_entire_one():
    # DEFECT_LEDGER shows 250 characters of a text; whatever comes after "…" may be about something else.
    long = "Leaks. " * 40
    assert feedback_ground(long[:249] + "…") is grounds.UNREAD
    assert feedback_ground(long) is grounds.PRODUCT
    assert feedback_ground("Leaks…") is grounds.PRODUCT
    assert feedback_ground("Shit. " + long[:240] + "…") is grounds.PROFANE


@pytest.mark.parametrize(
    ("detail", "channel", "expected"),
    [
        ("", "", grounds.CLAIM_OPEN),  # a claim without a status is open (rules.claim_rule)
        ("Open", "MFN", grounds.CLAIM_OPEN),
        ("Under Review · Item not as described", "MFN", grounds.CLAIM_OPEN),
        ("item never arrived", "MFN", grounds.CLAIM_OPEN),
        ("待处理", "MFN", grounds.CLAIM_OPEN),
        ("Granted/Seller Funded", "MFN", grounds.CLAIM_DECIDED),
        ("Granted · quality", "AFN", grounds.CLAIM_DECIDED),
        ("已批准", "MFN", grounds.CLAIM_DECIDED),
        ("Granted · item never arrived", "MFN", grounds.CLAIM_SHIPPING),
        ("Granted · item never arrived", "", grounds.CLAIM_SHIPPING),
        ("Granted · item never arrived", "AFN", grounds.CLAIM_AMAZON),
        ("Granted/Amazon Funded", "MFN", grounds.CLAIM_FUNDED),
        ("Closed/Refunded · item never arrived", "MFN", grounds.CLAIM_REFUNDED),
        ("已退款", "MFN", grounds.CLAIM_REFUNDED),
        ("Appeal under review", "MFN", grounds.CLAIM_APPEALED),
        ("申诉中", "MFN", grounds.CLAIM_APPEALED),
        ("Granted, appeal denied", "MFN", grounds.CLAIM_LOST),
        ("申诉失败", "MFN", grounds.CLAIM_LOST),
        ("xyzzy · item never arrived", "MFN", grounds.CLAIM_UNCLEAR),
        ("xyzzy", "MFN", grounds.CLAIM_UNCLEAR),
    ],
)
def test_claim_goes_by_its_status_and_reason(detail, channel, expected):
    assert claim_ground(detail, channel) is expected


def test_every_claim_status_that_counts_has_a_ground_that_knows_it():
    for status in (*rules.CLAIM_COUNTED_WORDS, *rules.CLAIM_LOST_WORDS):
        assert rules.claim_rule(status).counts == "amazon"
        assert claim_ground(status) is not grounds.CLAIM_UNCLEAR


@pytest.mark.parametrize(
    ("detail", "expected"),
    [("", "unclear"), ("Open", "unclear"), ("unknown · lost", "unclear"), ("Service", "service"),
     ("Item not received · Open", "service"), ("服务 · 处理中", "service")],
)  # fmt: skip
def test_chargeback_of_an_unknown_type_may_be_fraud(detail, expected):
    assert chargeback_ground(detail).key == f"chargeback_{expected}"


@pytest.mark.parametrize("cause", rules.AMAZON_CAUSES)
@pytest.mark.parametrize("rule", [rules.LISTED, rules.MARKED])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_mark_without_words_asks_for_the_record_itself(cause, rule, language):
    assert event_ground(cause, "", "MFN", rule_text(rule.text, language)) is grounds.LISTED


def test_event_of_a_record_goes_to_the_judge_of_its_cause():
    assert event_ground("negative_feedback", "2★ Leaks from day one", "MFN") is grounds.PRODUCT
    assert event_ground("negative_feedback", "2★ ... leaks", "MFN") is grounds.PRODUCT
    assert event_ground("negative_feedback", "1★", "MFN") is grounds.NONE  # a rating without words
    assert event_ground("negative_feedback", "", "MFN") is grounds.UNREAD  # a list that has no comments
    assert event_ground("a_to_z_claim", "", "MFN", rules.CLAIM_COUNTS.text) is grounds.CLAIM_OPEN
    assert event_ground("chargeback", "", "MFN", rules.CHARGEBACK_UNKNOWN.text) is grounds.CHARGEBACK_UNCLEAR


def test_limits_are_those_of_their_sources():
    # 90 days: sellers' guides. 30 days: G202041210. 7 days: G202145040.
    assert {g.ask_days for g in GROUNDS if g.removal} == {90}
    assert {g.ask_days for g in GROUNDS if g.key.startswith("claim") and g.ask_days} == {30}
    assert grounds.CHARGEBACK_SERVICE.ask_days == 7
    # The days run from Amazon's message where the cause is Amazon's or a bank's decision.
    assert {g.key.split("_")[0] for g in GROUNDS if g.at_least} == {"claim", "chargeback"}


def test_every_ground_has_its_words_a_source_and_a_known_strength():
    assert len({g.key for g in GROUNDS}) == len(GROUNDS) == 20
    for ground in GROUNDS:
        assert f"ground_{ground.key}" in WORDS
        assert (f"request_{ground.key}" in WORDS) == ground.removal
        assert ground.source
        assert ground.strength in STRENGTHS


@given(st.text(max_size=80), st.sampled_from(("AFN", "MFN", "")))
def test_any_text_has_a_ground_and_blanks_around_it_change_nothing(comment, channel):
    found = feedback_ground(comment, channel)
    assert found in GROUNDS
    assert feedback_ground(f"  {comment} ", channel) is found
    assert claim_ground(comment, channel) in GROUNDS


@given(st.sampled_from(PRODUCT_ONLY), st.sampled_from(DELAY_ONLY), st.sampled_from(("AFN", "MFN", "")), st.booleans())
def test_product_and_delivery_in_one_comment_never_have_a_ground(product, delay, channel, swapped):
    parts = (delay, product) if swapped else (product, delay)
    assert feedback_ground(". ".join(parts), channel) is grounds.NONE
