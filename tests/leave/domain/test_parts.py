"""Whole and half days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from services.leave.domain.law import LAWS
from services.leave.domain.parts import begins_at, clash, minutes_of, parts_offered
from shared.kernel.working_time import Sessions

BOTH = Sessions(Fraction(240), Fraction(204))
MORNING_ONLY = Sessions(Fraction(555), Fraction(0))
AFTERNOON_ONLY = Sessions(Fraction(0), Fraction(300))


@pytest.mark.parametrize("part", ["am", "pm", "half"])
def test_half_is_exactly_half_of_the_date_whichever_part_it_is(part: str) -> None:
    assert minutes_of(part, BOTH) == 222
    assert minutes_of(part, MORNING_ONLY) == Fraction(4625, 1000) * 60


def test_whole_is_all_of_it() -> None:
    assert minutes_of("whole", BOTH) == 444


def test_a_date_of_two_sessions_offers_morning_and_afternoon() -> None:
    assert parts_offered(BOTH) == ("whole", "am", "pm")


@pytest.mark.parametrize("sessions", [MORNING_ONLY, AFTERNOON_ONLY])
def test_a_date_of_one_session_offers_a_half_without_saying_which(sessions: Sessions) -> None:
    assert parts_offered(sessions) == ("whole", "half")


def test_a_date_that_is_not_worked_offers_nothing() -> None:
    assert parts_offered(Sessions()) == ()


@pytest.mark.parametrize(
    ("part", "sessions", "hour"),
    [
        ("whole", BOTH, 9),
        ("am", BOTH, 9),
        ("pm", BOTH, 13),
        ("half", AFTERNOON_ONLY, 13),
        ("whole", AFTERNOON_ONLY, 13),
    ],
)
def test_a_part_begins_with_its_first_session_in_london(part: str, sessions: Sessions, hour: int) -> None:
    assert begins_at(date(2026, 3, 13), part, sessions, LAWS[0]) == datetime(2026, 3, 13, hour, tzinfo=UTC)
    assert begins_at(date(2026, 7, 10), part, sessions, LAWS[0]) == datetime(2026, 7, 10, hour - 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("part", "others", "clashes"),
    [
        ("whole", set(), False),
        ("whole", {"am"}, True),
        ("am", {"whole"}, True),
        ("am", {"am"}, True),
        ("am", {"pm"}, False),
        ("pm", {"am"}, False),
        ("half", {"half"}, False),
        ("half", {"am"}, False),
        ("am", {"am", "pm"}, True),
    ],
)
def test_parts_of_one_date_stand_beside_each_other_while_they_make_no_more_than_a_day(
    part: str, others: set[str], clashes: bool
) -> None:
    assert clash(part, frozenset(others)) is clashes
