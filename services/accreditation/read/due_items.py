"""What is due by the clock: training to ask for or to ask no longer, completions that expired, awards that lapsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from services.accreditation.domain.audience import in_since, out_since
from services.accreditation.domain.commands import AssignTraining, ExpireTraining, LapseAward, ReleaseTraining
from services.accreditation.domain.compliance import OUTSIDE, Learner, standing
from services.accreditation.domain.courses import CourseRules
from services.accreditation.read.courses import courses_named, courses_of
from services.accreditation.read.learners import AT_ONCE, Staff, learners
from services.accreditation.read.tables import NO_END, assignments, awards, completions, erased
from shared.runtime.due import DueItem

PAGE: Final = AT_ONCE
"""People looked at together."""


def awards_to_lapse(connection: Connection, day: date) -> list[DueItem]:
    """Awards whose last day is over, and that is not told."""
    statement = (
        select(awards)
        .where(awards.c.lapsed_on == NO_END, awards.c.until < day.isoformat())
        .order_by(awards.c.until, awards.c.award)
        .limit(PAGE)
    )
    return [
        DueItem(row.organisation, f"due:lapse:{row.award}:{row.until}", LapseAward(row.organisation, row.award))
        for row in connection.execute(statement)
    ]


def completions_to_expire(connection: Connection, day: date) -> list[DueItem]:
    """Completions whose validity is over, and that is not told. Not of those who were erased."""
    statement = (
        select(completions)
        .where(
            completions.c.expired.is_(False),
            completions.c.expires_on <= day.isoformat(),
            completions.c.person.not_in(select(erased.c.person)),
        )
        .order_by(completions.c.expires_on, completions.c.completion)
        .limit(PAGE)
    )
    rows = connection.execute(statement).all()
    courses = courses_named(connection, [row.course for row in rows])
    return [
        DueItem(
            courses[row.course].organisation,
            f"due:expire:{row.completion}@{row.position}:{row.expires_on}",
            ExpireTraining(courses[row.course].organisation, courses[row.course].code, row.person, row.completion),
        )
        for row in rows
        if row.course in courses
    ]


def assignments_due(connection: Connection, organisation: str, persons: Sequence[str], day: date) -> list[DueItem]:
    """Where what these people are asked differs from what the people view and the courses say on a day.

    ``persons``: at most ``PAGE``.
    """
    gone = set(connection.execute(select(erased.c.person).where(erased.c.person.in_(persons))).scalars())
    staff = Staff(connection, organisation, persons)
    items: list[DueItem] = []
    for course in courses_of(connection, organisation):
        statement = select(assignments).where(assignments.c.course == course.course, assignments.c.person.in_(persons))
        held = {row.person: row for row in connection.execute(statement)}
        known = {learner.person: learner for learner in learners(staff, course)}
        for person in persons:
            if person not in gone:
                learner = known.get(person, Learner(person))
                items += _difference(course, learner, held.get(person), day)
    return items


def _difference(course: CourseRules, learner: Learner, held: Any, day: date) -> Iterator[DueItem]:
    """The command that brings one assignment to what it should be, if any.

    Its key names what was seen: the same look at the same lists sends the same command once.
    """
    should = standing(course, learner, day)
    seen = f"{learner.person}/{course.course}@{held.position if held else 0}"
    if should.state == OUTSIDE:
        if held and held.open:
            left = _left_on(course, learner, date.fromisoformat(held.since), day)
            command = ReleaseTraining(course.organisation, course.code, learner.person, left)
            yield DueItem(course.organisation, f"due:release:{seen}:{left}", command)
        return
    assert should.since is not None
    assert should.due_on is not None
    asked = (should.since.isoformat(), should.due_on.isoformat(), should.least_version)
    if not (held and held.open and (held.since, held.due_on, held.least_version) == asked):
        yield DueItem(
            course.organisation,
            f"due:assign:{seen}:{should.since}",
            AssignTraining(
                course.organisation, course.code, learner.person, should.since, should.due_on, should.least_version
            ),
        )


def _left_on(course: CourseRules, learner: Learner, since: date, day: date) -> date:
    """The first day on which they were asked no longer: they left the audience, or the course ended before that."""
    there = in_since(learner.spans, day) is not None
    left = day if there else out_since(learner.spans, since, day)
    return min(left, course.ends) if course.ends else left
