"""A seller's own decision about an event stands in place of the rule."""

from core_tables import order_id, table

from odr_xl import rules
from odr_xl.core.events import decided_events, feedback_events, join_events, return_events
from odr_xl.core.ledger import build_ledger

ORDERS = table([{"order_id": order_id(n)} for n in range(4)])
EVENTS = join_events(
    [
        feedback_events(table([{"order_id": order_id(0), "rating": 1.0}, {"order_id": order_id(1), "rating": 3.0}])),
        return_events(
            table([{"order_id": order_id(0), "reason": "DEFECTIVE"}, {"order_id": order_id(2), "reason": "zipper"}])
        ),
    ]
)


def decide(*rows: tuple[int, str, str]) -> list[tuple[str, str]]:
    decisions = table([{"order_id": order_id(n), "cause": cause, "counts": said} for n, cause, said in rows])
    events = decided_events(EVENTS, decisions)
    return list(zip(events["counts"], events["rule"], strict=True))


def test_no_takes_one_cause_out_and_leaves_the_others():
    assert decide((0, "negative_feedback", "No")) == [
        ("", rules.DECIDED_OUT.text),
        ("", rules.FEEDBACK_NEUTRAL.text),
        ("returns", rules.RETURN_DEFECT.text),
        ("", rules.RETURN_UNKNOWN.text),
    ]


def test_yes_counts_an_event_under_its_own_definition():
    assert decide((1, "Negative feedback", "Yes"), (2, "缺陷退货", "是"))[1::2] == [
        ("amazon", rules.DECIDED_IN.text),
        ("returns", rules.DECIDED_IN.text),
    ]


def test_decision_without_a_cause_is_about_the_whole_order_and_a_narrower_one_wins():
    assert [counts for counts, _ in decide((0, "", "No"))] == ["", "", "", ""]
    assert [counts for counts, _ in decide((0, "", "否"), (0, "defect_return", "Yes"))] == ["", "", "returns", ""]


def test_blank_decision_leaves_the_rule_and_the_last_one_stands():
    assert decide((0, "negative_feedback", "")) == decide()
    assert decide((0, "negative_feedback", "No"), (0, "negative_feedback", "Yes"))[0] == (
        "amazon",
        rules.DECIDED_IN.text,
    )


def test_decided_event_needs_no_look_any_more_and_the_ledger_counts_it_so():
    decisions = table([{"order_id": order_id(2), "cause": "defect_return", "counts": "Yes"}])
    ledger = build_ledger(ORDERS, decided_events(EVENTS, decisions))
    assert ledger.orders["defect_return"].tolist() == [True, False, True, False]
    assert not ledger.events["flagged"].any()
    assert build_ledger(ORDERS, EVENTS).events["flagged"].sum() == 1
