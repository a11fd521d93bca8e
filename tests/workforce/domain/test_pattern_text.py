from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workforce.domain.pattern_text import monday_of, parse_pattern, pattern_text
from shared.kernel.errors import InvalidError
from shared.kernel.working_time import Sessions, WorkingPattern

WEDNESDAY = date(2026, 4, 1)
NONE = Sessions()


def half(minutes: int) -> Sessions:
    return Sessions(Fraction(minutes, 2), Fraction(minutes, 2))


def test_hours_alone_are_halved_between_morning_and_afternoon() -> None:
    pattern = parse_pattern("mon-fri 9:15", WEDNESDAY)
    assert pattern.days == (half(555),) * 5 + (NONE,) * 2
    assert pattern.weekly_minutes == 5 * 555


def test_the_cycle_begins_on_the_monday_on_or_before_the_first_day() -> None:
    assert parse_pattern("mon 7:24", WEDNESDAY).starts == date(2026, 3, 30)
    assert parse_pattern("mon 7:24", date(2026, 3, 30)).starts == date(2026, 3, 30)


def test_from_names_the_monday_of_the_first_week() -> None:
    assert parse_pattern("mon 7:24 | tue 7:24 from 2026-04-06", WEDNESDAY).starts == date(2026, 4, 6)


def test_mornings_and_afternoons_are_said_around_a_stroke() -> None:
    days = parse_pattern("mon 4:00/3:24 tue 3:42/ wed /3:42", WEDNESDAY).days
    assert days[:3] == (
        Sessions(Fraction(240), Fraction(204)),
        Sessions(Fraction(222), Fraction(0)),
        Sessions(Fraction(0), Fraction(222)),
    )


def test_days_are_named_singly_in_ranges_and_in_lists() -> None:
    days = parse_pattern("Mon,Wed 7:24 thu-sat 6:00", WEDNESDAY).days
    assert [day.total for day in days] == [444, 0, 444, 360, 360, 360, 0]


def test_a_nine_day_fortnight_is_two_weeks() -> None:
    pattern = parse_pattern("mon-fri 8:12 | mon-thu 8:15", WEDNESDAY)
    assert len(pattern.days) == 14
    assert pattern.weekly_minutes == 2220


def test_weeks_repeat_and_may_be_off() -> None:
    pattern = parse_pattern("39x mon-fri 7:24 | 13x off", WEDNESDAY)
    assert len(pattern.days) == 52 * 7
    assert pattern.weekly_minutes == Fraction("27.75") * 60


def test_bank_holidays_and_varying_hours_are_said_at_the_end() -> None:
    pattern = parse_pattern("wed-sun 7:24 +holidays +varies", WEDNESDAY)
    assert pattern.works_bank_holidays
    assert pattern.varies
    plain = parse_pattern("wed-sun 7:24", WEDNESDAY)
    assert not plain.works_bank_holidays
    assert not plain.varies


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Each week needs days"),
        ("mon", "Each week needs days"),
        ("7:24", "Each week needs days"),
        ("monday 7:24", "‘monday’ is not a day"),
        ("mon 7.24", "‘7.24’ are not hours"),
        ("mon 7:60", "‘7:60’ are not hours"),
        ("mon /", "‘/’ are not hours"),
        ("mon 0:00", "not between one minute and 24 hours"),
        ("mon 24:01", "not between one minute and 24 hours"),
        ("mon 20:00/5:00", "not between one minute and 24 hours"),
        ("fri-mon 7:24", "runs backwards"),
        ("mon 7:24 mon 3:00", "says mon twice"),
        ("off", "no working hours"),
        ("mon 7:24 |", "Each week needs days"),
        ("mon 7:24 from 2026-04-01", "is not a Monday"),
        ("mon 7:24 from 2026-02-30", "is not a date"),
        ("105x mon 7:24", "between 1 and 728 days"),
        ("mon 7:24 " * 60, "longer than 400"),
        ("mon 7:24 +bank", "Each week needs days"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_part_that_is_wrong(text: str, told: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse_pattern(text, WEDNESDAY)
    assert told in caught.value.message
    assert caught.value.code_ == "bad-pattern"


def test_the_same_week_in_a_run_is_written_once() -> None:
    text = "39x mon-fri 7:24 | 13x off"
    assert pattern_text(parse_pattern(text, WEDNESDAY), WEDNESDAY) == text


def test_a_pattern_without_whole_weeks_has_no_text() -> None:
    with pytest.raises(InvalidError, match="whole weeks"):
        pattern_text(WorkingPattern(WEDNESDAY, (half(444),) * 4), WEDNESDAY)


minutes = st.integers(0, 700)
sessions = st.one_of(
    st.builds(half, st.integers(1, 1440)),
    st.builds(lambda am, pm: Sessions(Fraction(am), Fraction(pm)), minutes, minutes),
)
weeks = st.lists(st.one_of(st.just(NONE), sessions), min_size=7, max_size=7)


@given(
    cycle=st.lists(weeks, min_size=1, max_size=4),
    starts=st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    later=st.integers(0, 3),
    holidays=st.booleans(),
    varies=st.booleans(),
)
def test_every_pattern_is_read_back_from_its_text(
    cycle: list[list[Sessions]], starts: date, later: int, holidays: bool, varies: bool
) -> None:
    days = tuple(day for week in cycle for day in week)
    if not any(day.total for day in days):
        days = (half(444), *days[1:])
    anchor = date.fromordinal(monday_of(starts).toordinal() + 7 * later)
    pattern = WorkingPattern(anchor, days, holidays, varies)
    assert parse_pattern(pattern_text(pattern, starts), starts) == pattern
