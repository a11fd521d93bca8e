"""Compliance on a date: denominator, numerator, and who stands apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.accreditation.domain.compliance import (
    ABSENT,
    DUE,
    EXEMPT,
    GRACE,
    LONG_ABSENCE,
    OUTSIDE,
    TRAINED,
    Alike,
    Compliance,
    Learner,
    compliance,
    past_grace,
    standing,
    standings,
)
from tests.accreditation.builders import CARER, FIRST, course, done, exempt, learner, version

DAY = date(2026, 3, 2)
TRAINED_IN_TIME = done(date(2026, 1, 1), expires_on=date(2027, 1, 1))


def test_the_numerator_is_of_the_denominator_and_the_others_stand_apart() -> None:
    asked = course(version(grace_days=30))
    new = DAY - timedelta(days=29)
    people = [
        learner(TRAINED_IN_TIME),
        learner(),
        learner(here_from=new),
        learner(TRAINED_IN_TIME, here_from=new),
        learner(TRAINED_IN_TIME, exemptions=[exempt(DAY)]),
        learner(exemptions=[exempt(date(2026, 1, 1), reason=LONG_ABSENCE)]),
        learner(TRAINED_IN_TIME, here_until=DAY - timedelta(days=1)),
    ]
    states = [found.state for _, found in standings(asked, people, DAY)]
    assert states == [TRAINED, DUE, GRACE, GRACE, EXEMPT, ABSENT, OUTSIDE]


def test_people_who_are_alike_are_counted_together_by_the_same_rule() -> None:
    alike = [
        Alike(10, grace=False, let_off=False, away=False, trained=True),
        Alike(5, grace=False, let_off=False, away=False, trained=False),
        Alike(3, grace=True, let_off=False, away=False, trained=True),
        Alike(2, grace=True, let_off=True, away=True, trained=True),
        Alike(1, grace=False, let_off=True, away=False, trained=True),
    ]
    assert compliance(alike) == Compliance(numerator=10, denominator=15, in_grace=3, exempt=1, absent=2)


@pytest.mark.parametrize(("days", "past"), [(29, None), (30, FIRST), (31, FIRST + timedelta(days=1))])
def test_who_is_past_grace_was_in_the_audience_long_enough(days: int, past: date | None) -> None:
    assert past_grace(course(version(grace_days=30)), FIRST + timedelta(days=days)) == past


def test_who_is_trained_in_grace_is_outside_both_and_known_as_trained() -> None:
    found = standing(course(version(grace_days=30)), learner(TRAINED_IN_TIME, here_from=DAY), DAY)
    assert (found.state, found.trained, found.due_on) == (GRACE, True, DAY + timedelta(days=30))


@pytest.mark.parametrize(("days", "state"), [(29, GRACE), (30, DUE), (31, DUE)])
def test_grace_lasts_as_many_days_as_it_says(days: int, state: str) -> None:
    asked = course(version(grace_days=30))
    assert standing(asked, learner(), FIRST + timedelta(days=days)).state == state


def test_without_grace_somebody_is_counted_from_the_first_day() -> None:
    assert standing(course(), learner(), FIRST).state == DUE


def test_grace_begins_with_the_course_for_who_was_there_before() -> None:
    asked = course(version(starts=DAY, grace_days=10))
    found = standing(asked, learner(here_from=date(2020, 1, 1)), DAY)
    assert (found.state, found.since) == (GRACE, DAY)


@pytest.mark.parametrize(("day", "state"), [(date(2026, 12, 31), TRAINED), (date(2027, 1, 1), DUE)])
def test_a_completion_counts_until_the_day_before_it_expires(day: date, state: str) -> None:
    assert standing(course(), learner(TRAINED_IN_TIME), day).state == state


def test_a_completion_does_not_count_before_it_happened() -> None:
    found = done(DAY)
    assert standing(course(), learner(found), DAY - timedelta(days=1)).state == DUE
    assert standing(course(), learner(found), DAY).state == TRAINED


def test_a_completion_may_be_older_than_the_time_in_the_audience() -> None:
    assert standing(course(), learner(done(date(2019, 1, 1)), here_from=DAY), DAY).state == TRAINED


def test_a_completion_of_an_earlier_version_counts_until_the_course_says_retake() -> None:
    plain = course(version(1), version(2, date(2026, 2, 1)))
    again = course(version(1), version(2, date(2026, 2, 1), retake=True))
    old = learner(TRAINED_IN_TIME)
    assert standing(plain, old, DAY).state == TRAINED
    assert standing(again, old, date(2026, 1, 31)).state == TRAINED
    assert standing(again, old, date(2026, 2, 1)).state == DUE
    assert standing(again, learner(TRAINED_IN_TIME, done(DAY, 2)), DAY).state == TRAINED


def test_a_retake_gives_everybody_its_grace() -> None:
    again = course(version(1), version(2, date(2026, 2, 1), retake=True, grace_days=60))
    found = standing(again, learner(TRAINED_IN_TIME), DAY)
    assert (found.state, found.since, found.trained) == (GRACE, date(2026, 2, 1), False)


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 2, 28), DUE), (date(2026, 3, 1), EXEMPT), (date(2026, 3, 31), EXEMPT)]
)
def test_an_exemption_holds_on_its_days_alone(day: date, state: str) -> None:
    let_off = exempt(date(2026, 3, 1), date(2026, 3, 31))
    assert standing(course(), learner(exemptions=[let_off]), day).state == state
    assert standing(course(), learner(exemptions=[let_off]), date(2026, 4, 1)).state == DUE


@pytest.mark.parametrize(("days", "state"), [(0, DUE), (27, DUE), (28, ABSENT), (200, ABSENT)])
def test_absence_counts_once_it_has_lasted_over_28_days(days: int, state: str) -> None:
    away = exempt(DAY, reason=LONG_ABSENCE)
    assert standing(course(), learner(exemptions=[away]), DAY + timedelta(days=days)).state == state


def test_who_is_exempt_and_absent_counts_as_exempt() -> None:
    both = [exempt(date(2025, 6, 1), reason=LONG_ABSENCE), exempt(date(2025, 7, 1))]
    assert standing(course(), learner(exemptions=both), DAY).state == EXEMPT


def test_the_completion_that_counts_longest_tells_when_training_ends() -> None:
    several = learner(
        done(date(2026, 1, 1), expires_on=date(2027, 1, 1)), done(date(2026, 2, 1), expires_on=date(2027, 2, 1))
    )
    assert standing(course(), several, DAY).expires_on == date(2027, 2, 1)
    for_good = learner(done(date(2026, 1, 1), expires_on=date(2027, 1, 1)), done(date(2026, 2, 1)))
    assert standing(course(), for_good, DAY).expires_on is None


def test_somebody_who_was_never_there_is_outside() -> None:
    assert standing(course(), Learner(CARER), DAY).state == OUTSIDE
