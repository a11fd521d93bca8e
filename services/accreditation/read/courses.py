"""Which courses has an organisation?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, Row, Select, select

from services.accreditation.domain.courses import CourseRules, Version
from services.accreditation.read.tables import NO_END, courses, versions


def courses_of(connection: Connection, organisation: str) -> list[CourseRules]:
    """The organisation's courses with their versions, by code."""
    return _rules(connection, select(courses).where(courses.c.organisation == organisation))


def courses_named(connection: Connection, wanted: Iterable[str]) -> dict[str, CourseRules]:
    """These courses (UUIDs as text)."""
    names = sorted(set(wanted))
    return {each.course: each for each in _rules(connection, select(courses).where(courses.c.course.in_(names)))}


def course_with(connection: Connection, organisation: str, code: str) -> CourseRules | None:
    """The organisation's course of this code."""
    statement = select(courses).where(courses.c.organisation == organisation, courses.c.code == code)
    return next(iter(_rules(connection, statement)), None)


def course_marks(connection: Connection) -> dict[str, int]:
    """By organisation that has a course, the position of the last change of any."""
    marks: dict[str, int] = {}
    for row in connection.execute(select(courses.c.organisation, courses.c.position)):
        marks[row.organisation] = max(row.position, marks.get(row.organisation, 0))
    return marks


def _rules(connection: Connection, statement: Select[object]) -> list[CourseRules]:
    found = connection.execute(statement.order_by(courses.c.code)).all()
    of_courses: dict[str, list[Version]] = {row.course: [] for row in found}
    asked = select(versions).where(versions.c.course.in_(list(of_courses))).order_by(versions.c.number)
    for row in connection.execute(asked):
        of_courses[row.course].append(_version(row))
    return [
        CourseRules(
            course=row.course,
            organisation=row.organisation,
            code=row.code,
            audience=row.audience,
            versions=tuple(of_courses[row.course]),
            ends=None if row.ends == NO_END else date.fromisoformat(row.ends),
        )
        for row in found
    ]


def _version(row: Row[object]) -> Version:
    return Version(
        number=row.number,
        title=row.title,
        validity_months=row.validity_months or None,
        grace_days=row.grace_days,
        retake=bool(row.retake),
        starts=date.fromisoformat(row.starts),
    )
