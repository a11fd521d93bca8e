"""What a week of leave is."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from services.leave.domain.week import week_of
from shared.kernel.errors import RefusedError
from shared.kernel.working_time import WorkingPattern
from tests.leave.builders import A_MONDAY, FIVE_DAYS, FULL_DAY, OFF, OTHER_EMPLOYMENT, cycle, post

TODAY = date(2026, 3, 2)
NINE_DAY_FORTNIGHT = [(222, 222)] * 5 + [OFF] * 2 + [(222, 222)] * 4 + [OFF] * 3
TERM_TIME = ([(222, 222)] * 5 + [OFF] * 2) * 39 + [OFF] * 91


@pytest.mark.parametrize(
    ("pattern", "minutes"),
    [
        (FIVE_DAYS, 37 * 60),
        (cycle(*[(444, 0)] * 3, *[OFF] * 4), Fraction(222, 10) * 60),
        (cycle(*[(278, 277)] * 4, *[OFF] * 3), 37 * 60),
        (cycle(*NINE_DAY_FORTNIGHT), Fraction(9, 2) * FULL_DAY),
        (cycle(*TERM_TIME), Fraction(2775, 100) * 60),
    ],
    ids=["37 hours", "3 days of 7.4 hours", "4 days of 9.25 hours", "nine-day fortnight", "term-time"],
)
def test_the_week_is_what_is_normally_worked_in_a_week(pattern: WorkingPattern, minutes: Fraction) -> None:
    assert week_of([post(pattern)], TODAY).minutes == minutes


def test_after_a_change_of_fixed_hours_the_week_is_the_new_one_at_once() -> None:
    changed = cycle(*[(444, 0)] * 3, *[OFF] * 4)
    assert week_of([post(changed, pattern_since=TODAY)], TODAY).minutes == Fraction(222, 10) * 60


def test_the_week_is_over_all_posts_with_the_employer() -> None:
    week = week_of([post(), post(cycle((60, 0), *[OFF] * 6), employment=OTHER_EMPLOYMENT)], TODAY)
    assert week.minutes == 37 * 60 + 60
    assert week.of_posts[OTHER_EMPLOYMENT] == 60


@pytest.mark.parametrize(
    ("pattern", "since"),
    [
        (cycle(*[(222, 222)] * 5, OFF, OFF, varies=True), A_MONDAY),
        (cycle(*[(444, 0)] * 4, *[OFF] * 4), A_MONDAY),
        (cycle(*NINE_DAY_FORTNIGHT), TODAY - timedelta(days=363)),
    ],
    ids=["marked as varying", "a cycle that 364 days do not hold whole", "weeks differ for less than a year"],
)
def test_hours_that_vary_are_never_computed_as_if_they_did_not(pattern: WorkingPattern, since: date) -> None:
    with pytest.raises(RefusedError, match="You have the same right to leave: ask HR") as refusal:
        week_of([post(), post(pattern, employment=OTHER_EMPLOYMENT, pattern_since=since)], TODAY)
    assert refusal.value.code_ == "hours-vary"
    assert refusal.value.data["employment"] == OTHER_EMPLOYMENT


def test_unequal_weeks_in_force_for_364_days_are_averaged_exactly() -> None:
    standing = post(cycle(*NINE_DAY_FORTNIGHT), pattern_since=TODAY - timedelta(days=364))
    before = (TODAY - timedelta(days=back) for back in range(1, 365))
    by_law = sum(standing.pattern.planned(day).total for day in before) / Fraction(52)
    assert week_of([standing], TODAY).minutes == by_law


def test_fixed_hours_need_no_length_of_service() -> None:
    assert week_of([post(starts=TODAY, pattern_since=TODAY)], TODAY).minutes == 37 * 60
