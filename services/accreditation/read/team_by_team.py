"""Who must still take a course, team by team: by the manager, and in each team by staff number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from services.accreditation.domain.courses import CourseRules
from services.accreditation.read.figures import due_on, to_train_on
from shared.people.questions import current_in
from shared.people.tables import employments


@dataclass(frozen=True)
class InTeam:
    """Somebody who must still take it. ``manager``: empty where nobody is; ``due_on``: their first day after grace."""

    person: str
    manager: str
    due_on: date


def to_train_by_team(connection: Connection, course: CourseRules, day: date, *, most: int, skip: int) -> list[InTeam]:
    """People who are counted and not trained on a day, those without a manager last.

    Managers are in the order of their own staff numbers. Somebody with several posts is listed once.
    """
    asked = to_train_on(course, day)
    if asked is None:
        return []
    held = current_in(course.organisation, day).subquery()
    place = (
        select(held.c.person, func.min(held.c.staff_number).label("number"), func.max(held.c.manager).label("manager"))
        .group_by(held.c.person)
        .subquery()
    )
    numbers = select(func.min(employments.c.staff_number)).where(employments.c.person == place.c.manager)
    statement = (
        select(asked.c.person, asked.c.entered, place.c.manager)
        .join(place, place.c.person == asked.c.person, isouter=True)
        .order_by(
            func.coalesce(place.c.manager, "") == "",
            func.coalesce(numbers.scalar_subquery(), ""),
            place.c.manager,
            place.c.number,
            asked.c.person,
        )
        .limit(most)
        .offset(skip)
    )
    return [
        InTeam(row.person, row.manager or "", due_on(course, day, row.entered)) for row in connection.execute(statement)
    ]
