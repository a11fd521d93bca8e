"""What is left, and when time comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.leave.domain.assessment import Held, assess
from services.leave.domain.balance import balance_on
from services.leave.domain.windows import Entry
from shared.kernel.errors import RefusedError
from tests.leave.builders import FIVE_DAYS, FULL_DAY, FULL_WEEK, OFF, OTHER_EMPLOYMENT, cycle, post, request

MONDAY = date(2026, 3, 2)


def used(*days: date, minutes: int = FULL_DAY) -> list[Entry]:
    return [Entry(day, Fraction(minutes), Fraction(FULL_WEEK)) for day in days]


WEEK_OF_2025 = used(*(date(2025, 3, day) for day in range(10, 15)))


def test_of_nothing_used_a_week_is_left_and_could_begin_today() -> None:
    balance = balance_on(MONDAY, [], [post()])
    assert (balance.week, balance.left, balance.used, balance.booked) == (FULL_WEEK, FULL_WEEK, 0, 0)
    assert (balance.all_back_on, balance.full_week_from, balance.back) == (None, MONDAY, ())


def test_a_week_used_comes_back_day_by_day_and_a_full_week_can_begin_with_the_first() -> None:
    balance = balance_on(MONDAY, WEEK_OF_2025, [post()])
    assert (balance.left, balance.used) == (0, FULL_WEEK)
    assert balance.back == tuple((date(2026, 3, day), Fraction(FULL_DAY)) for day in range(10, 15))
    assert balance.all_back_on == date(2026, 3, 14)
    assert balance.full_week_from == date(2026, 3, 10)


def test_without_looking_for_a_full_week_all_else_is_the_same() -> None:
    whole = balance_on(MONDAY, WEEK_OF_2025, [post()])
    assert balance_on(MONDAY, WEEK_OF_2025, [post()], full_week=False) == replace(whole, full_week_from=None)


def test_a_booking_ahead_is_counted_apart_and_takes_from_what_is_left_today() -> None:
    balance = balance_on(MONDAY, used(date(2026, 3, 9), date(2026, 3, 10)), [post()])
    assert (balance.used, balance.booked, balance.left) == (0, 2 * FULL_DAY, 3 * FULL_DAY)


def test_two_halves_of_a_day_come_back_together() -> None:
    balance = balance_on(MONDAY, used(date(2025, 6, 2), date(2025, 6, 2), minutes=222), [post()])
    assert balance.back == ((date(2026, 6, 2), Fraction(FULL_DAY)),)


def test_what_has_come_back_already_is_not_told() -> None:
    assert balance_on(date(2026, 3, 12), WEEK_OF_2025, [post()]).back[0][0] == date(2026, 3, 13)


def test_posts_that_the_law_does_not_cover_are_left_out() -> None:
    abroad = post(cycle((60, 0), *[OFF] * 6), employment=OTHER_EMPLOYMENT, nation="overseas")
    assert balance_on(MONDAY, [], [abroad, post()]).week == FULL_WEEK


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"nation": "overseas"}, "not-applicable"), ({"status": "worker"}, "not-an-employee")],
)
def test_where_no_post_is_covered_it_says_why(changes: dict[str, str], code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        balance_on(MONDAY, [], [post(**changes)])
    assert refusal.value.code_ == code


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-400, 200), st.sampled_from([111, 222, 444])), max_size=8),
    st.integers(0, 4),
)
def test_what_is_left_is_what_a_request_may_have(entries: list[tuple[int, int]], weekday: int) -> None:
    """The balance and the decision are one rule: a day fits exactly where its minutes are left."""
    held = [
        Held(OTHER_EMPLOYMENT, "whole", Entry(MONDAY + timedelta(days=offset), Fraction(minutes), Fraction(FULL_WEEK)))
        for offset, minutes in entries
    ]
    day = MONDAY + timedelta(days=weekday)
    balance = balance_on(day, [each.entry for each in held], [post()])
    (answer,) = assess(request(MONDAY - timedelta(days=7), day), held).dates
    assert answer.is_leave == (balance.left >= FULL_DAY)
    assert answer.is_leave or answer.fits_minutes == balance.left


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-400, 100), st.sampled_from([111, 222, 444])), max_size=8))
def test_a_full_week_can_be_asked_for_from_the_day_told_and_from_no_working_day_before(
    entries: list[tuple[int, int]],
) -> None:
    leave: list[Entry] = []
    for offset, minutes in entries:
        leave += used(MONDAY + timedelta(days=offset), minutes=minutes)
    told = balance_on(MONDAY, leave, [post()]).full_week_from
    assert told is not None
    held = [Held(OTHER_EMPLOYMENT, "whole", entry) for entry in leave]

    def fits(start: date) -> bool:
        days = [start + timedelta(days=offset) for offset in range(7)]
        asked = request(MONDAY - timedelta(days=30), *(day for day in days if FIVE_DAYS.planned(day).total))
        return all(answer.is_leave for answer in assess(asked, held).dates)

    assert fits(told)
    before = (MONDAY + timedelta(days=offset) for offset in range((told - MONDAY).days))
    assert not any(fits(day) for day in before if FIVE_DAYS.planned(day).total)
