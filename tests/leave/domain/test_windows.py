"""The rolling window, against a count by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.leave.domain.windows import Entry, Rule, left_in, next_time_back, tightest, windows_over
from shared.kernel.periods import add_months, rolling_window

WEEK = Fraction(2220)
RULE = Rule(WEEK, 12, date(2024, 4, 6))
START = date(2025, 3, 10)

DATES = st.integers(0, 1500).map(lambda days: START + timedelta(days=days))
ENTRIES = st.lists(
    st.builds(Entry, DATES, st.integers(1, 900).map(Fraction), st.sampled_from([WEEK, Fraction(1332), Fraction(1110)])),
    max_size=12,
)


def used(*days: date, minutes: int = 444, week: Fraction = WEEK) -> list[Entry]:
    return [Entry(day, Fraction(minutes), week) for day in days]


FIVE_DAYS = used(*(date(2025, 3, day) for day in range(10, 15)))


def test_a_week_used_leaves_nothing_in_its_twelve_months() -> None:
    assert tightest(date(2026, 3, 9), FIVE_DAYS, RULE).minutes == 0


def test_a_year_later_the_first_day_is_back() -> None:
    assert tightest(date(2026, 3, 10), FIVE_DAYS, RULE).minutes == 444
    assert next_time_back(date(2026, 3, 9), FIVE_DAYS, RULE) == date(2026, 3, 10)


def test_a_leap_day_comes_back_on_the_first_of_march() -> None:
    leap = used(date(2028, 2, 29), minutes=2220)
    assert tightest(date(2029, 2, 28), leap, RULE).minutes == 0
    assert tightest(date(2029, 3, 1), leap, RULE).minutes == WEEK


def test_an_earlier_day_is_tested_in_the_window_of_a_later_booking_too() -> None:
    booked = used(*(date(2026, 3, day) for day in range(10, 15)))
    left = tightest(date(2025, 12, 1), booked, RULE)
    assert left.minutes == 0
    assert left.span.last == date(2026, 3, 14)


def test_leave_before_the_law_never_counts() -> None:
    before = used(date(2024, 4, 5), minutes=2220)
    assert tightest(date(2024, 6, 3), before, RULE).minutes == WEEK


def test_after_a_change_of_hours_the_greater_limb_is_left() -> None:
    half_used = used(START, minutes=1110)
    shorter = Rule(Fraction(1332), 12, date(2024, 4, 6))
    left = left_in(rolling_window(START), half_used, shorter)
    assert left.by_minutes == 222
    assert left.by_share == 666
    assert left.minutes == 666
    longer = Rule(Fraction(4440), 12, date(2024, 4, 6))
    left = left_in(rolling_window(START), half_used, longer)
    assert (left.by_minutes, left.by_share, left.minutes) == (3330, 2220, 3330)


def test_nothing_left_is_never_below_nothing() -> None:
    left = left_in(rolling_window(START), used(START, minutes=3000), RULE)
    assert left.minutes == 0
    assert left.over


def test_windows_over_the_week_are_told_by_their_last_day() -> None:
    over = windows_over([*FIVE_DAYS, *used(date(2025, 3, 17), minutes=1)], RULE)
    assert [left.span.last for left in over] == [date(2025, 3, 17)]


def by_hand(entries: list[Entry], last: date, week: Fraction) -> Fraction:
    """What the twelve months up to a day have left, written without the code under test."""
    inside = [entry for entry in entries if add_months(last, -12) < entry.date <= last]
    minutes = week - sum(entry.minutes for entry in inside)
    share = week * (1 - sum(entry.minutes / entry.week for entry in inside))
    return max(minutes, share, Fraction(0))


@given(ENTRIES, DATES)
def test_the_tightest_window_is_the_least_of_every_stretch_of_twelve_months_that_holds_the_day(
    entries: list[Entry], day: date
) -> None:
    stretches = (day + timedelta(days=offset) for offset in range(370))
    least = min(by_hand(entries, last, WEEK) for last in stretches if add_months(last, -12) < day)
    assert tightest(day, entries, RULE).minutes == least


@given(ENTRIES, ENTRIES, DATES)
def test_more_leave_never_leaves_more(entries: list[Entry], more: list[Entry], day: date) -> None:
    assert tightest(day, [*entries, *more], RULE).minutes <= tightest(day, entries, RULE).minutes
