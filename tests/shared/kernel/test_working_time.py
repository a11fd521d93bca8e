"""Minutes, sessions and working patterns."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.calendars import AFTERNOON, Calendar
from shared.kernel.errors import InvalidError
from shared.kernel.working_time import (
    Sessions,
    WorkingPattern,
    fraction_text,
    minutes_json,
    parse_fraction,
    parse_minutes,
)

MONDAY = date(2026, 3, 9)
CALENDAR = Calendar(
    "england", "1", "a test's own list", {MONDAY: "A bank holiday"}, {MONDAY + timedelta(days=1): AFTERNOON}
)
OFF = (0, 0)


def pattern(*days: tuple[int, int], **how: Any) -> WorkingPattern:
    return WorkingPattern(MONDAY, tuple(Sessions(Fraction(am), Fraction(pm)) for am, pm in days), **how)


FULL_TIME = pattern(*[(222, 222)] * 5, OFF, OFF)


@given(st.fractions())
def test_a_fraction_reads_back_from_its_text(value: Fraction) -> None:
    if abs(value.numerator) < 10**18 and value.denominator < 10**18:
        assert parse_fraction(fraction_text(value)) == value


@given(st.fractions(min_value=0, max_value=1440, max_denominator=720))
def test_minutes_read_back_from_json_and_are_integers_where_whole(value: Fraction) -> None:
    text = minutes_json(value)
    assert parse_minutes(text) == value
    assert isinstance(text, int) == (value.denominator == 1)


@pytest.mark.parametrize("text", ["", "1/0", "a", "1/2/3", "1.5", " 1", "1/", "--1", "1/-2", "٣", "9" * 40])
def test_other_text_is_not_a_fraction(text: str) -> None:
    with pytest.raises(InvalidError):
        parse_fraction(text)


@pytest.mark.parametrize("value", [1.5, True, None, [1], float("nan")])
def test_only_whole_numbers_and_fractions_are_minutes(value: Any) -> None:
    with pytest.raises(InvalidError):
        parse_minutes(value)


@pytest.mark.parametrize(("am", "pm"), [(-1, 0), (0, -1), (1000, 500)])
def test_a_day_has_between_none_and_all_of_its_minutes(am: int, pm: int) -> None:
    with pytest.raises(InvalidError):
        Sessions(Fraction(am), Fraction(pm))


def test_a_cycle_repeats_from_its_first_day_and_backwards_before_it() -> None:
    assert FULL_TIME.planned(MONDAY).total == 444
    assert FULL_TIME.planned(MONDAY + timedelta(days=5)).total == 0
    assert FULL_TIME.planned(MONDAY + timedelta(days=700)).total == 444
    assert FULL_TIME.planned(MONDAY - timedelta(days=1)).total == 0
    assert FULL_TIME.planned(MONDAY - timedelta(days=3)).total == 444


@given(st.lists(st.integers(0, 700), min_size=1, max_size=40), st.integers(-2000, 2000))
def test_the_cycle_is_the_same_one_length_later(minutes: list[int], offset: int) -> None:
    cycle = pattern(*[(each, 0) for each in minutes])
    day = MONDAY + timedelta(days=offset)
    assert cycle.planned(day) == cycle.planned(day + timedelta(days=len(minutes)))


def test_a_bank_holiday_is_not_worked_unless_the_pattern_says_so() -> None:
    assert FULL_TIME.scheduled(MONDAY, CALENDAR).total == 0
    always = pattern(*[(222, 222)] * 7, works_bank_holidays=True)
    assert always.scheduled(MONDAY, CALENDAR).total == 444


def test_a_closed_afternoon_leaves_the_morning() -> None:
    tuesday = FULL_TIME.scheduled(MONDAY + timedelta(days=1), CALENDAR)
    assert tuesday == Sessions(Fraction(222), Fraction(0))
    assert not tuesday.both


@pytest.mark.parametrize(
    ("days", "week"),
    [
        ([(222, 222)] * 5 + [OFF] * 2, 37 * 60),
        ([(444, 0)] * 3 + [OFF] * 4, Fraction(222, 10) * 60),
        ([(278, 277)] * 4 + [OFF] * 3, 37 * 60),
        ([(222, 222)] * 5 + [OFF] * 2 + [(222, 222)] * 4 + [OFF] * 3, Fraction(9, 2) * 444),
    ],
    ids=["five days", "three days of 7.4 hours", "four days of 9.25 hours", "nine-day fortnight"],
)
def test_the_week_is_the_average_of_the_cycle(days: list[tuple[int, int]], week: Fraction) -> None:
    assert pattern(*days).weekly_minutes == week


def test_hours_are_fixed_where_every_week_has_the_same_minutes() -> None:
    assert FULL_TIME.same_every_week
    assert pattern(*[(444, 0)] * 5, OFF, OFF, *[(555, 0)] * 4, OFF, OFF, OFF).same_every_week


@pytest.mark.parametrize(
    "cycle",
    [
        pattern(*[(444, 0)] * 5, OFF, OFF, *[(444, 0)] * 4, OFF, OFF, OFF),
        pattern(*[(444, 0)] * 4, *[OFF] * 4),
        pattern(*[(222, 222)] * 5, OFF, OFF, varies=True),
    ],
    ids=["nine-day fortnight", "four on, four off", "marked as varying"],
)
def test_hours_are_not_fixed_otherwise(cycle: WorkingPattern) -> None:
    assert not cycle.same_every_week


def test_a_pattern_reads_back_from_its_json() -> None:
    odd = WorkingPattern(MONDAY, (Sessions(Fraction(555, 2), Fraction(0)), Sessions()), works_bank_holidays=True)
    assert WorkingPattern.from_json(odd.to_json()) == odd
    assert odd.to_json()["days"] == [["555/2", 0], [0, 0]]


GOOD: dict[str, Any] = {"starts": "2026-03-09", "days": [[1, 2]], "works_bank_holidays": False, "varies": False}


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": "soon"},
        {"starts": None},
        {"days": []},
        {"days": [[1]]},
        {"days": [[1, 2, 3]]},
        {"days": [[0.5, 0]]},
        {"days": [[-1, 0]]},
        {"days": [[0, 0]] * 729},
        {"days": None},
    ],
)
def test_a_pattern_with_a_wrong_part_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidError):
        WorkingPattern.from_json({**GOOD, **wrong})


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_a_pattern_without_one_of_its_parts_is_refused(missing: str) -> None:
    with pytest.raises(InvalidError):
        WorkingPattern.from_json({name: value for name, value in GOOD.items() if name != missing})
