"""How do these people stand to the courses of their organisation, and what did they complete?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from services.accreditation.domain.compliance import OUTSIDE, Standing, standings
from services.accreditation.domain.courses import CourseRules, Version
from services.accreditation.read.courses import courses_named, courses_of
from services.accreditation.read.learners import AT_ONCE, Staff, day_or_none, learners
from services.accreditation.read.tables import completions, exemptions


@dataclass(frozen=True)
class Asked:
    """A course and how somebody stands to it. ``version``: the one in force."""

    course: CourseRules
    version: Version
    standing: Standing


@dataclass(frozen=True)
class CompletionShown:
    """A completion as shown. ``evidence``: sealed; ``expires_on``: the first day on which it counts no longer."""

    completion: str
    organisation: str
    code: str
    title: str
    version: int
    completed_on: date
    expires_on: date | None
    source: str
    evidence: str


@dataclass(frozen=True)
class ExemptionShown:
    """An exemption as shown. ``note``: sealed."""

    organisation: str
    code: str
    title: str
    starts: date
    until: date | None
    reason: str
    note: str


def asked_of(connection: Connection, organisation: str, persons: Sequence[str], day: date) -> dict[str, list[Asked]]:
    """By person (at most ``AT_ONCE``), the organisation's courses that they are asked to take on a day."""
    found: dict[str, list[Asked]] = {person: [] for person in persons}
    staff = Staff(connection, organisation, persons[:AT_ONCE])
    for course in courses_of(connection, organisation):
        version = course.version_on(day)
        if version is None:
            continue
        for learner, state in standings(course, learners(staff, course), day):
            if state.state != OUTSIDE:
                found[learner.person].append(Asked(course, version, state))
    return found


def completions_of(connection: Connection, person: str) -> list[CompletionShown]:
    """What a person completed, the newest first."""
    statement = (
        select(completions)
        .where(completions.c.person == person)
        .order_by(completions.c.completed_on.desc(), completions.c.completion)
    )
    rows = connection.execute(statement).all()
    courses = courses_named(connection, [row.course for row in rows])
    return [
        CompletionShown(
            completion=row.completion,
            organisation=courses[row.course].organisation,
            code=courses[row.course].code,
            title=_title(courses[row.course], row.version),
            version=row.version,
            completed_on=date.fromisoformat(row.completed_on),
            expires_on=day_or_none(row.expires_on),
            source=row.source,
            evidence=row.evidence,
        )
        for row in rows
        if row.course in courses
    ]


def exemptions_of(connection: Connection, person: str) -> list[ExemptionShown]:
    """A person's exemptions, the newest first, without those that were taken back."""
    statement = (
        select(exemptions)
        .where(exemptions.c.person == person, exemptions.c.until >= exemptions.c.starts)
        .order_by(exemptions.c.starts.desc(), exemptions.c.course)
    )
    rows = connection.execute(statement).all()
    courses = courses_named(connection, [row.course for row in rows])
    return [
        ExemptionShown(
            organisation=courses[row.course].organisation,
            code=courses[row.course].code,
            title=_title(courses[row.course], None),
            starts=date.fromisoformat(row.starts),
            until=day_or_none(row.until),
            reason=row.reason,
            note=row.note,
        )
        for row in rows
        if row.course in courses
    ]


def _title(course: CourseRules, number: int | None) -> str:
    version = course.version(number) if number else None
    return (version or course.versions[-1]).title
