"""Whom assignment may concern: found by comparing lists in the database, so that people as they should be cost little.

What is found may be too much and is never too little: what each of them is to be asked, the domain decides.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, true

from services.accreditation.domain.courses import CourseRules
from services.accreditation.read.courses import courses_of
from services.accreditation.read.figures import audience
from services.accreditation.read.tables import assignments, erased, stays

PORTION: Final = 5_000
"""People compared in one question: it answers within some milliseconds, and a worker has other things to do too."""


def assignment_candidates(
    connection: Connection, organisation: str, day: date, after: str = ""
) -> tuple[list[str], str]:
    """Whom assignment may concern on a day, of the next portion of an organisation's people after one of them.

    And the last person of the portion; empty where that was everybody.
    """
    last = _end_of_portion(connection, organisation, after)
    found: set[str] = set()
    for course in courses_of(connection, organisation):
        found |= _differing(connection, course, day, after, last)
    return sorted(found), last


def _end_of_portion(connection: Connection, organisation: str, after: str) -> str:
    statement = (
        select(stays.c.person)
        .where(stays.c.organisation == organisation, stays.c.person > after)
        .order_by(stays.c.person)
        .limit(1)
        .offset(PORTION)
    )
    return connection.execute(statement).scalar_one_or_none() or ""


def _differing(connection: Connection, course: CourseRules, day: date, after: str, last: str) -> set[str]:
    """Who is asked and should not be, or the other way round, or with other dates."""
    asked = course.round_on(day)
    there = audience(course, day)
    held = and_(assignments.c.course == course.course, assignments.c.open.is_(True))
    among = _between(assignments.c.person, after, last)
    open_here = select(assignments.c.person).where(held, among, _not_erased(assignments.c.person))
    if asked is None:
        return set(connection.execute(open_here).scalars())
    begun = asked.since.isoformat()
    same = and_(
        held,
        assignments.c.person == there.c.person,
        assignments.c.least_version == asked.least_version,
        assignments.c.since >= begun,
        assignments.c.since >= there.c.entered,
        or_(assignments.c.since == begun, assignments.c.since == there.c.entered),
    )
    wanting = select(there.c.person).where(
        _between(there.c.person, after, last),
        _not_erased(there.c.person),
        ~exists().where(same),
    )
    outside = open_here.where(~exists().where(there.c.person == assignments.c.person))
    found = {*connection.execute(wanting).scalars(), *connection.execute(outside).scalars()}
    if _other_grace(connection, course, day, and_(held, among)):
        found |= set(connection.execute(open_here).scalars())
    return found


def _other_grace(connection: Connection, course: CourseRules, day: date, held: ColumnElement[bool]) -> bool:
    """Whether anybody was told other days of grace than the course gives now."""
    statement = select(assignments.c.since, assignments.c.due_on).where(held).distinct()
    grace = timedelta(days=course.grace_days_on(day))
    return any(
        date.fromisoformat(due_on) != date.fromisoformat(since) + grace
        for since, due_on in connection.execute(statement)
    )


def _between(person: ColumnElement[str], after: str, last: str) -> ColumnElement[bool]:
    return and_(person > after, person <= last if last else true())


def _not_erased(person: ColumnElement[str]) -> ColumnElement[bool]:
    return person.not_in(select(erased.c.person))
