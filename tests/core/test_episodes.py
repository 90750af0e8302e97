"""Each episode is told once to each receiver, whatever trembles and whoever is down."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odr_xl.core.alerts import Finding
from odr_xl.core.episodes import SCREEN, Memory, confirm, due, ended, look

DAY = date(2026, 11, 20)


def finding(state: str, *, key: str = "over_target|US MFN", muted: bool = False, old: bool = False) -> Finding:
    """A condition that is raised, clear, or in between."""
    kind = key.split("|")[0]
    return Finding(key, kind, "US MFN", state == "raised", state == "clear", 0.01, 0.01, muted=muted, old=old)  # type: ignore[arg-type]


def days(
    *states: str, memory: Memory | None = None, receivers: tuple[str, ...] = ("mail",), start: int = 0
) -> list[int]:
    """Numbers of the days on which the mail is told something; every notice arrives."""
    memory, told = memory or Memory(), []
    for number, state in enumerate(states, start):
        memory = look(memory, [finding(state)] if state else [], receivers, DAY + timedelta(days=number))
        if keys := due(memory, "mail"):
            told.append(number)
            memory = confirm(memory, "mail", keys)
    return told


def test_condition_that_lasts_is_told_once():
    assert days("raised", "raised", "raised") == [0]


def test_condition_that_trembles_around_its_threshold_is_told_once():
    assert days("raised", "between", "raised", "between", "raised") == [0]


def test_condition_that_was_well_away_is_told_again():
    assert days("raised", "clear", "raised") == [0, 2]


def test_condition_that_was_under_its_threshold_for_a_week_is_told_again():
    # Quiet from day 1 on: on day 8 it has been for seven days.
    assert days("raised", *["between"] * 8, "raised") == [0, 9]
    assert days("raised", *["between"] * 7, "raised") == [0]


def test_account_that_vanishes_for_a_day_is_not_told_again():
    assert days("raised", "", "raised") == [0]


def test_receiver_that_is_down_is_told_when_it_is_back_and_the_other_one_not_twice():
    first = look(Memory(), [finding("raised")], ["mail", "chat"], DAY)
    first = confirm(first, "chat", due(first, "chat"))
    second = look(first, [finding("raised")], ["mail", "chat"], DAY + timedelta(days=1))
    assert due(second, "mail") == ("over_target|US MFN",)
    assert due(second, "chat") == ()


def test_what_no_longer_holds_is_not_told_late():
    first = look(Memory(), [finding("raised")], ["mail"], DAY)
    second = look(first, [finding("between")], ["mail"], DAY + timedelta(days=1))
    assert due(second, "mail") == ()


def test_what_a_graver_finding_covers_is_neither_told_then_nor_when_that_one_ends():
    covered = look(Memory(), [finding("raised", key="warning|US MFN", muted=True)], ["mail"], DAY)
    assert due(covered, "mail") == ()
    later = look(covered, [finding("raised", key="warning|US MFN")], ["mail"], DAY + timedelta(days=1))
    assert due(later, "mail") == ()


def test_old_order_is_no_news_on_the_first_look_and_is_news_on_a_later_one():
    item = finding("raised", key="defect|chargeback|A-1", old=True)
    assert due(look(Memory(), [item], ["mail"], DAY), "mail") == ()
    before = look(Memory(), [], ["mail"], DAY)
    assert due(look(before, [item], ["mail"], DAY + timedelta(days=1)), "mail") == ("defect|chargeback|A-1",)


def test_order_that_was_missing_from_the_reports_for_a_month_is_not_told_again():
    item = finding("raised", key="defect|chargeback|A-1")
    memory = look(Memory(), [item], ["mail"], DAY)
    memory = confirm(memory, "mail", due(memory, "mail"))
    for after in range(1, 31):
        memory = look(memory, [], ["mail"], DAY + timedelta(days=after))
    assert due(look(memory, [item], ["mail"], DAY + timedelta(days=31)), "mail") == ()


def test_new_receiver_is_not_told_what_others_were_told():
    memory = look(Memory(), [finding("raised")], ["mail"], DAY)
    memory = confirm(memory, "mail", due(memory, "mail"))
    assert due(look(memory, [finding("raised")], ["mail", "chat"], DAY), "chat") == ()


def test_corrected_address_is_told_what_the_wrong_one_never_got():
    memory = look(Memory(), [finding("raised")], ["mial"], DAY)
    assert due(look(memory, [finding("raised")], ["mail"], DAY), "mail") == ("over_target|US MFN",)


def test_look_at_the_screen_does_not_count_as_telling_a_receiver():
    memory = look(Memory(), [finding("raised")], [SCREEN], DAY)
    memory = confirm(memory, SCREEN, due(memory, SCREEN))
    assert due(look(memory, [finding("raised")], ["mail"], DAY), "mail") == ("over_target|US MFN",)


def test_episodes_that_are_over_are_named():
    before = look(Memory(), [finding("raised")], ["mail"], DAY)
    after = look(before, [finding("clear")], ["mail"], DAY + timedelta(days=1))
    assert ended(before, after) == ("over_target|US MFN",)


STATES = st.sampled_from(["raised", "between", "clear"])


@given(st.lists(st.tuples(STATES, st.booleans()), max_size=40))
def test_every_episode_is_told_at_most_once_and_at_least_once_when_the_receiver_is_up_during_it(course):
    memory, told, owed, started = Memory(), 0, False, 0
    for number, (state, up) in enumerate(course):
        before = memory
        memory = look(memory, [finding(state)], ["mail"], DAY + timedelta(days=number))
        if memory.episodes and not before.episodes:
            started, owed = started + 1, True
        keys = due(memory, "mail")
        if state == "raised" and up:
            assert bool(keys) <= owed
            told += len(keys)
            memory = confirm(memory, "mail", keys)
            owed = owed and not keys
        else:
            assert state == "raised" or not keys
        assert told <= started
    # An undisturbed end: raised while the receiver is up leaves nothing owed.
    last = look(memory, [finding("raised")], ["mail"], DAY + timedelta(days=len(course)))
    last = confirm(last, "mail", due(last, "mail"))
    assert due(look(last, [finding("raised")], ["mail"], DAY + timedelta(days=len(course) + 1)), "mail") == ()
