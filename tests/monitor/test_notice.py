"""The words of a notice: every kind in both languages, single orders together, nearness once."""

from __future__ import annotations

from datetime import date

import pytest

from odr_xl.core.alerts import ITEMS, KINDS, Finding, Limits
from odr_xl.core.change import RateChange
from odr_xl.core.whatif import standing
from odr_xl.monitor.notice import MOST_ORDERS, notice, paragraphs

DAY = date(2026, 11, 20)
NOW = standing(3, 400)
CHANGE = RateChange(420, 2, 400, 3, new=2, aged=1)


def finding(kind: str, number: float = 2, account: str = "US MFN", order: str = "900-1") -> Finding:
    rated = kind in ("over_target", "warning", "headroom", "forecast", "estimate", "creep")
    cause = "chargeback" if kind == "defect" else "negative_feedback"
    return Finding(
        f"{kind}|{account}|{order}", kind, account if rated else "", True, False, number, 0.01, day=DAY,  # type: ignore[arg-type]
        change=CHANGE if rated else None, standing=NOW if rated else None, orders=(order,), cause=cause,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", [0, 1, 2, 0.012])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_its_number_and_the_next_action_in_both_languages(kind, number, language):
    part = paragraphs([finding(kind, number)], Limits(), language)[0]
    text = "\n".join((part.headline, *part.lines))
    assert "{" not in text and "None" not in text
    assert part.lines[-1].startswith("下一步：" if language == "zh" else "Next: ")
    if kind not in ("stale", "plan", "data"):
        assert "900-1" in text
    if language == "zh":
        assert "orders" not in text.casefold().replace("order-", "")


def test_what_changed_is_said_from_the_counts():
    lines = paragraphs([finding("over_target", 0.0075)], Limits())[0].lines
    # 3 of 400 orders; a week before 2 of 420, which is 0.476 %.
    assert lines[0] == "3 of 400 orders are defective."
    assert lines[1] == (
        "7 days earlier: 0.48%, by what is known today. Since then: 2 defective orders came in; 1 defective order aged "
        "out; fewer orders: each defect weighs more."
    )


def test_single_orders_of_one_kind_are_one_paragraph_with_a_few_of_them_named():
    many = [finding("feedback", order=f"900-{n}") for n in range(8)]
    parts = paragraphs(many, Limits())
    assert len(parts) == 1
    assert len(parts[0].keys) == 8
    listed = next(line for line in parts[0].lines if line.startswith("Orders:"))
    assert listed.count("900-") == MOST_ORDERS
    assert listed.endswith("and 3 more")


def test_account_that_is_near_in_two_ways_has_one_paragraph_for_both():
    parts = paragraphs([finding("headroom", 0), finding("warning", 0.0075)], Limits())
    assert [part.kind for part in parts] == ["warning"]
    assert set(parts[0].keys) == {"headroom|US MFN|900-1", "warning|US MFN|900-1"}
    assert "The target allows 0 more defective orders." in parts[0].lines


def test_every_finding_is_told_by_exactly_one_paragraph():
    found = [finding(kind, account=account) for kind in KINDS for account in ("US MFN", "DE MFN") if kind not in ITEMS]
    told = [key for part in paragraphs(found, Limits()) for key in part.keys]
    assert sorted(told) == sorted({f.key for f in found})


def test_title_is_the_headline_of_a_single_alert_and_the_number_of_several():
    one = paragraphs([finding("stale", 4)], Limits())
    assert notice(one, DAY).title == "Order Defect Rate: The latest order is of 2026-11-20: the data are 4 days old"
    assert notice(one * 2, DAY, "zh").title == "订单缺陷率：2 条警报"
    assert "2026-11-20" in notice(one, DAY).body
