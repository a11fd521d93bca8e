"""Who somebody is at work, without a name: staff number and post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from shared.people.tables import employments


def labels_of(connection: Connection, wanted: Iterable[str], day: date) -> dict[str, str]:
    """Staff number and post of each of these employments, as last known up to a day."""
    statement = (
        select(employments.c.employment, employments.c.staff_number, employments.c.post)
        .where(employments.c.employment.in_(sorted(set(wanted))), employments.c.effective_from <= day.isoformat())
        .order_by(employments.c.effective_from)
    )
    return {row.employment: f"{row.staff_number}, {row.post}" for row in connection.execute(statement)}


def label_of(connection: Connection, employment: str, day: date) -> str:
    """Staff number and post of an employment; empty where nothing is known of it."""
    return labels_of(connection, [employment], day).get(employment, "")


def labels_of_people(connection: Connection, persons: Iterable[str], organisation: str, day: date) -> dict[str, str]:
    """Staff number and post of each of these people in an organisation, as last known up to a day, as one label."""
    found = posts_of_people(connection, persons, organisation, day)
    return {person: f"{number}, {post}" for person, (number, post) in found.items()}


def posts_of_people(
    connection: Connection, persons: Iterable[str], organisation: str, day: date
) -> dict[str, tuple[str, str]]:
    """Staff number and post of each of these people in an organisation, as last known up to a day."""
    statement = (
        select(employments.c.person, employments.c.staff_number, employments.c.post)
        .where(
            employments.c.person.in_(sorted(set(persons))),
            employments.c.organisation == organisation,
            employments.c.effective_from <= day.isoformat(),
        )
        .order_by(employments.c.effective_from)
    )
    return {row.person: (row.staff_number, row.post) for row in connection.execute(statement)}


def person_with(connection: Connection, organisation: str, staff_number: str, day: date) -> str | None:
    """The person who works in an organisation under a staff number on a day."""
    text = day.isoformat()
    statement = select(employments.c.person).where(
        employments.c.organisation == organisation,
        employments.c.staff_number == staff_number,
        employments.c.starts <= text,
        employments.c.ends >= text,
    )
    return connection.execute(statement.limit(1)).scalar_one_or_none()
