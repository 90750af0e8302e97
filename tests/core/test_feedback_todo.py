"""Feedback to do: which feedback still waits for an answer, and how many days are left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from core_tables import table
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core import grounds
from odr_xl.core.feedback_todo import Todo, feedback_todo

DAY = date(2026, 5, 4)


def row(name: str = "A", **changed: Any) -> dict[str, Any]:
    return {
        "order_id": name,
        "rating": 1,
        "feedback_date": DAY,
        "comments": "Leaks",
        "response": "",
        "status": "",
    } | changed


def todos(*rows: dict[str, Any], **options: Any) -> tuple[Todo, ...]:
    return feedback_todo(table(rows, ("order_id", "rating")), **options)


def names(*rows: dict[str, Any], **options: Any) -> list[str]:
    return [todo.order_id for todo in todos(*rows, **options)]


def test_one_and_two_stars_are_to_do_and_three_are_not():
    # Help page 761: 1 and 2 stars are negative, 3 neutral.
    assert names(*(row(str(stars), rating=stars) for stars in (1, 2, 3, 4, 5))) == ["1", "2"]


@pytest.mark.parametrize("rating", [None, 1.5])
def test_feedback_without_a_whole_rating_is_not_to_do(rating):
    assert names(row(rating=rating)) == []


def test_reply_takes_a_feedback_off_the_list_and_blanks_are_no_reply():
    assert names(row("A", response="We are sorry."), row("B", response="  "), row("C")) == ["B", "C"]


@pytest.mark.parametrize("status", ["Removed", "struck through", "已移除", "x"])
def test_removed_feedback_is_not_to_do(status):
    assert names(row(status=status)) == []


def test_removal_that_is_only_requested_leaves_the_feedback_to_do():
    assert names(row(status="removal requested")) == ["A"]


def test_oldest_comes_first_and_undated_ones_last():
    later = DAY + timedelta(days=1)
    rows = row("none", feedback_date=None), row("new", feedback_date=later), row("old")
    assert names(*rows) == ["old", "new", "none"]


def test_order_of_two_downloads_is_shown_once_and_answered_when_one_of_them_has_the_reply():
    assert names(row("A"), row("A"), row("B")) == ["A", "B"]
    assert names(row("A"), row("A", response="Sorry!"), row("B")) == ["B"]
    # The row with a date tells more.
    (todo,) = todos(row("A", feedback_date=None), row("A"))
    assert todo.day == DAY


def test_days_are_counted_to_the_day_of_looking():
    (todo,) = todos(row(), as_of=DAY + timedelta(days=14))
    # 90 days to ask (sellers' guides), 14 gone.
    assert (todo.age, todo.days_left) == (14, 76)


@pytest.mark.parametrize(("days", "left"), [(89, 1), (90, 0), (500, 0)])
def test_days_left_end_at_0(days, left):
    (todo,) = todos(row(), as_of=DAY + timedelta(days=days))
    assert todo.days_left == left


def test_day_of_looking_is_the_latest_feedback_of_any_kind_when_left_out():
    (todo,) = todos(row(), row("good", rating=5, feedback_date=DAY + timedelta(days=7)))
    assert todo.age == 7


def test_feedback_after_the_day_of_looking_is_0_days_old():
    (todo,) = todos(row(), as_of=DAY - timedelta(days=3))
    assert (todo.age, todo.days_left) == (0, 90)


def test_feedback_without_a_date_has_no_age():
    (todo,) = todos(row(feedback_date=None), as_of=DAY)
    assert (todo.day, todo.age, todo.days_left) == (None, None, None)


def test_channel_of_the_order_decides_about_the_delivery():
    rows = [row(name, comments="Came late") for name in ("A", "M", "?")]
    found = todos(*rows, channels={"A": "AFN", "M": "MFN"})
    assert [todo.ground for todo in found] == [grounds.DELIVERY, grounds.SHIPPING, grounds.EITHER]
    assert {todo.topic for todo in found} == {"late"}


def test_report_with_two_columns_is_enough():
    (todo,) = todos({"order_id": "A", "rating": 2})
    assert todo == Todo("A", "", None, 2, None, None, grounds.NONE, "not_stated")


def test_nothing_to_do_is_an_empty_list():
    assert todos() == ()
    assert todos(row(rating=5)) == ()


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from("ABCDE"),
        rating=st.sampled_from((1, 2, 3, 5, None)),
        feedback_date=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 6, 1))),
        response=st.sampled_from(("", "Sorry")),
        status=st.sampled_from(("", "removed")),
    ),
    max_size=8,
)


@given(ROWS)
def test_list_is_the_one_that_plain_words_give(rows):
    answered = {r["order_id"] for r in rows if r["response"]}
    open_rows = [r for r in rows if r["rating"] in (1, 2) and not r["status"] and r["order_id"] not in answered]
    found = todos(*rows)
    assert {todo.order_id for todo in found} == {r["order_id"] for r in open_rows}
    assert len({todo.order_id for todo in found}) == len(found)
    dated = [todo.day for todo in found if todo.day]
    assert dated == sorted(dated)
    assert [todo.day is None for todo in found] == sorted(todo.day is None for todo in found)
    for todo in found:
        own = [r["feedback_date"] for r in open_rows if r["order_id"] == todo.order_id]
        assert todo.day == min(filter(None, own), default=None)


@given(ROWS, st.integers(-300, 300))
def test_shifting_all_dates_shifts_the_days_and_nothing_else(rows, shift):
    move = timedelta(days=shift)
    moved = [r | {"feedback_date": r["feedback_date"] and r["feedback_date"] + move} for r in rows]
    for options, later in (({}, {}), ({"as_of": DAY}, {"as_of": DAY + move})):
        before, after = todos(*rows, **options), todos(*moved, **later)
        assert [t.day and t.day + move for t in before] == [t.day for t in after]
        kept = [(t.order_id, t.age, t.days_left, t.ground, t.stars) for t in before]
        assert kept == [(t.order_id, t.age, t.days_left, t.ground, t.stars) for t in after]
