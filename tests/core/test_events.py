"""Events: each row of a report with what was decided about it; nothing is dropped."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from core_tables import table

from odr_xl import rules
from odr_xl.core import events as event
from odr_xl.core.events import EVENT_COLUMNS
from odr_xl.labels import word


def decisions(events: pd.DataFrame) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in events[["order_id", "cause", "counts"]].to_numpy(dtype=object).tolist()]


def test_feedback_row_becomes_one_event_with_its_stars_words_and_row():
    found = event.feedback_events(
        table(
            [
                {"order_id": "A", "rating": 1, "feedback_date": date(2026, 3, 2), "comments": "leaked", "status": ""},
                {"order_id": "B", "rating": 3, "feedback_date": None, "comments": "", "status": ""},
                {"order_id": "C", "rating": 2, "feedback_date": None, "comments": "late", "status": "Removed"},
                {"order_id": "D", "rating": None, "feedback_date": None, "comments": "?", "status": ""},
            ]
        )
    )
    assert list(found.columns) == list(EVENT_COLUMNS)
    cause = "negative_feedback"
    assert decisions(found) == [("A", cause, "amazon"), ("B", cause, ""), ("C", cause, ""), ("D", cause, "")]
    assert list(found["rule"]) == [
        rules.FEEDBACK_NEGATIVE.text, rules.FEEDBACK_NEUTRAL.text, rules.FEEDBACK_REMOVED.text,
        rules.FEEDBACK_UNRATED.text,
    ]  # fmt: skip
    assert list(found["flagged"]) == [False, False, False, True]
    assert list(found["detail"]) == ["1★ leaked", "3★", "2★ late", "?"]
    assert list(found["source"]) == ["Feedback"] * 4
    assert list(found["source_row"]) == [2, 3, 4, 5]
    assert found["event_date"].to_numpy()[0] == np.datetime64("2026-03-02")
    assert np.isnat(found["event_date"].to_numpy()[1:]).all()


def test_claim_and_chargeback_rows_keep_status_type_and_reason_as_detail():
    claims = event.claim_events(table([{"order_id": "A", "status": "Closed/Denied", "reason": "not received"}]))
    assert decisions(claims) == [("A", "a_to_z_claim", "")]
    assert list(claims["detail"]) == ["Closed/Denied · not received"]
    chargebacks = event.chargeback_events(table([{"order_id": "A", "type": "Service", "status": ""}]), "Bank list")
    assert decisions(chargebacks) == [("A", "chargeback", "amazon")]
    assert (list(chargebacks["detail"]), list(chargebacks["source"])) == (["Service"], ["Bank list"])


def test_claims_and_chargebacks_with_only_an_order_id_count():
    # A claim without a status is open; a chargeback without a type is counted and flagged.
    only_id = table([{"order_id": "A"}])
    assert list(event.claim_events(only_id)["rule"]) == [rules.CLAIM_COUNTS.text]
    assert list(event.chargeback_events(only_id)["rule"]) == [rules.CHARGEBACK_UNKNOWN.text]


def test_return_counts_under_returns_only_for_a_defect_reason():
    found = event.return_events(
        table(
            [
                {"order_id": "A", "reason": "CR-SWITCHEROO"},
                {"order_id": "B", "reason": "AMZ-PG-MISORDERED"},
                {"order_id": "C", "reason": "zipper hums"},
            ]
        )
    )
    cause = "defect_return"
    assert decisions(found) == [("A", cause, "returns"), ("B", cause, ""), ("C", cause, "")]
    assert list(found["flagged"]) == [False, False, True]


def test_a_to_z_mark_of_the_returns_report_is_a_claim_that_waits_for_its_outcome():
    # The report says Y without saying granted, denied or withdrawn, so the claim isn't counted but shown.
    found = event.return_events(
        table(
            [
                {"order_id": "A", "reason": "DEFECTIVE", "a_to_z_claim": True},
                {"order_id": "B", "reason": "DEFECTIVE", "a_to_z_claim": False},
            ]
        )
    )
    assert decisions(found) == [
        ("A", "defect_return", "returns"), ("B", "defect_return", "returns"), ("A", "a_to_z_claim", ""),
    ]  # fmt: skip
    assert list(found["rule"])[-1] == rules.CLAIM_CANDIDATE.text
    assert list(found["flagged"]) == [False, False, True]
    assert list(found["source_row"]) == [2, 3, 2]


def test_late_shipment_and_cancellation_marks_are_never_defects():
    # Both have metrics of their own (late shipment rate, cancellation rate); G200285170 names neither.
    rows = [{"order_id": "A", "late_shipment": True, "cancellation": True}]
    assert event.account_health_events(table(rows)).empty
    assert event.order_mark_events(table(rows)).empty


def test_account_health_row_with_two_marks_gives_two_events():
    found = event.account_health_events(
        table([{"order_id": "A", "negative_feedback": True, "a_to_z_claim": True, "chargeback": False}])
    )
    assert decisions(found) == [("A", "negative_feedback", "amazon"), ("A", "a_to_z_claim", "amazon")]


def test_marks_in_the_orders_count_under_their_own_definition():
    found = event.order_mark_events(
        table([{"order_id": "A", "chargeback": True, "defect_return": True, "defect_cancellation": True}])
    )
    assert decisions(found) == [
        ("A", "chargeback", "amazon"), ("A", "defect_return", "returns"), ("A", "defect_cancellation", "returns"),
    ]  # fmt: skip


def test_listed_defect_without_a_decision_counts_under_its_causes_own_definition():
    found = event.listed_events(
        table([{"order_id": "A", "cause": "A-to-z claim"}, {"order_id": "B", "cause": "defect_return"}])
    )
    assert decisions(found) == [("A", "a_to_z_claim", "amazon"), ("B", "defect_return", "returns")]


def test_listed_decision_says_whether_and_the_cause_says_where():
    # A return can't enter Amazon's rate, whatever the list's own column says.
    found = event.listed_events(
        table(
            [
                {"order_id": "A", "cause": "defect_return", "counts": "Amazon"},
                {"order_id": "B", "cause": "chargeback", "counts": "Wider"},
                {"order_id": "C", "cause": "chargeback", "counts": "No"},
            ]
        )
    )
    assert [counts for _, _, counts in decisions(found)] == ["returns", "amazon", ""]


def test_listed_decision_in_other_words_is_counted_and_flagged_and_a_blank_one_is_not_counted():
    # A "yes" that was silently not counted would show 0 %.
    rows = [{"order_id": "A", "cause": "chargeback", "counts": words} for words in ("yes", "sure", "", "no")]
    found = event.listed_events(table(rows))
    assert list(found["counts"]) == ["amazon", "amazon", "", ""]
    assert list(found["flagged"]) == [True, True, False, False]
    assert found["rule"].iloc[0] == rules.COUNTS_UNKNOWN.text


@pytest.mark.parametrize("cause", ["late shipment", "", "xyzzy"])
def test_listed_cause_that_is_no_defect_is_not_counted_but_flagged(cause):
    found = event.listed_events(table([{"order_id": "A", "cause": cause, "counts": "Amazon"}]))
    assert decisions(found) == [("A", "", "")]
    assert list(found["flagged"]) == [True]
    assert list(found["rule"]) == [rules.CAUSE_UNKNOWN.text]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("cause", rules.CAUSES)
def test_cause_is_recognised_in_both_languages(cause, language):
    assert list(event.listed_events(table([{"order_id": "A", "cause": word(cause, language)}]))["cause"]) == [cause]


def test_events_written_out_and_read_back_are_the_same():
    first = event.join_events(
        [
            event.claim_events(table([{"order_id": "A", "status": "xyzzy", "claim_date": date(2026, 3, 2)}])),
            event.return_events(table([{"order_id": "B", "reason": "zipper hums", "sku": "INK-1"}])),
        ]
    )
    shown = first.assign(
        cause=[word(cause) for cause in first["cause"]],
        counts=[word(f"counts_{counts or 'no'}") for counts in first["counts"]],
    ).drop(columns="flagged")
    again = event.listed_events(shown)
    pd.testing.assert_frame_equal(again, first)


def test_joining_nothing_gives_a_table_with_every_column_and_no_row():
    for joined in (event.join_events([]), event.join_events([event.no_events(), event.no_events()])):
        assert list(joined.columns) == list(EVENT_COLUMNS)
        assert joined.empty
