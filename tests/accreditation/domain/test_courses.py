"""Courses: versions, rounds and expiry."""

from __future__ import annotations

from datetime import date

import pytest

from services.accreditation.domain.course import Course
from services.accreditation.domain.courses import LINE_MANAGERS, Round, Version
from shared.kernel.errors import CarersError
from tests.accreditation.builders import CODE, FIRST, act, course, topics, version

DAY = date(2026, 3, 2)


def recorded(first: Version | None = None) -> Course:
    return Course.recorded(CODE, LINE_MANAGERS, first or version(), act(DAY))


@pytest.mark.parametrize(
    ("completed_on", "months", "expires_on"),
    [
        (date(2025, 3, 10), 12, date(2026, 3, 10)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 8, 31), None, None),
    ],
)
def test_a_completion_expires_on_the_same_day_so_many_months_later_or_never(
    completed_on: date, months: int | None, expires_on: date | None
) -> None:
    assert version(validity_months=months).expires_on(completed_on) == expires_on


def test_nobody_is_asked_before_the_first_version_nor_from_the_last_day_on() -> None:
    rules = course(version(starts=date(2026, 1, 1)), ends=date(2026, 6, 1))
    assert rules.round_on(date(2025, 12, 31)) is None
    assert rules.round_on(date(2026, 1, 1)) == Round(1, date(2026, 1, 1))
    assert rules.round_on(date(2026, 5, 31)) == Round(1, date(2026, 1, 1))
    assert rules.round_on(date(2026, 6, 1)) is None


def test_only_a_version_that_says_retake_begins_a_new_round() -> None:
    rules = course(
        version(1),
        version(2, date(2025, 6, 1)),
        version(3, date(2026, 1, 1), retake=True),
        version(4, date(2026, 6, 1)),
    )
    assert rules.round_on(date(2025, 7, 1)) == Round(1, FIRST)
    assert rules.round_on(date(2025, 12, 31)) == Round(1, FIRST)
    assert rules.round_on(date(2026, 1, 1)) == Round(3, date(2026, 1, 1))
    assert rules.round_on(date(2026, 7, 1)) == Round(3, date(2026, 1, 1))


def test_grace_is_that_of_the_version_in_force() -> None:
    rules = course(version(1, grace_days=90), version(2, date(2026, 1, 1), grace_days=10))
    assert rules.grace_days_on(date(2025, 12, 31)) == 90
    assert rules.grace_days_on(date(2026, 1, 1)) == 10
    assert rules.grace_days_on(date(2024, 12, 31)) == 0


def test_a_course_remembers_its_versions_in_order() -> None:
    made = recorded()
    made.revise(version(2, date(2026, 1, 1), retake=True, title="Carer aware, second edition"), act(DAY))
    made.retire(date(2027, 1, 1), act(DAY))
    assert topics(made) == [
        "accreditation.course.recorded",
        "accreditation.course.revised",
        "accreditation.course.retired",
    ]
    assert [each.number for each in made.rules.versions] == [1, 2]
    assert made.rules.versions[1] == version(2, date(2026, 1, 1), retake=True, title="Carer aware, second edition")
    assert made.rules.ends == date(2027, 1, 1)


def test_retiring_a_course_twice_on_the_same_day_is_one_event() -> None:
    made = recorded()
    made.retire(date(2027, 1, 1), act(DAY))
    made.retire(date(2027, 1, 1), act(DAY))
    assert len(made.pending_events) == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "bad-title"),
        ({"title": "x" * 121}, "bad-title"),
        ({"validity_months": 0}, "bad-validity"),
        ({"validity_months": 121}, "bad-validity"),
        ({"grace_days": -1}, "bad-grace"),
        ({"grace_days": 367}, "bad-grace"),
    ],
)
def test_a_version_that_cannot_be_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(CarersError) as refused:
        recorded(version(**change))
    assert refused.value.code_ == code


@pytest.mark.parametrize("code", ["", "Carer", "a b", "-a", "a--b", "x" * 41])
def test_a_code_that_cannot_stand_in_an_address_is_refused(code: str) -> None:
    with pytest.raises(CarersError) as refused:
        Course.recorded(code, LINE_MANAGERS, version(), act(DAY))
    assert refused.value.code_ == "bad-code"


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(CarersError) as refused:
        Course.recorded(CODE, "everybody", version(), act(DAY))
    assert refused.value.code_ == "bad-audience"


def test_a_version_begins_after_the_one_before_it() -> None:
    made = recorded()
    with pytest.raises(CarersError) as refused:
        made.revise(version(2, FIRST), act(DAY))
    assert refused.value.code_ == "version-too-early"


def test_a_course_that_ended_has_no_further_version() -> None:
    made = recorded()
    made.retire(date(2026, 1, 1), act(DAY))
    with pytest.raises(CarersError) as refused:
        made.revise(version(2, date(2026, 2, 1)), act(DAY))
    assert refused.value.code_ == "course-ended"


def test_a_course_does_not_end_before_it_begins() -> None:
    with pytest.raises(CarersError) as refused:
        recorded().retire(date(2024, 12, 31), act(DAY))
    assert refused.value.code_ == "bad-ends"


def test_the_same_course_again_is_known_and_another_under_its_code_is_refused() -> None:
    made = recorded()
    made.check_same(LINE_MANAGERS, version())
    with pytest.raises(CarersError) as refused:
        made.check_same(LINE_MANAGERS, version(grace_days=1))
    assert refused.value.code_ == "course-known"
