"""Who somebody is at work, without a name: staff number and post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from shared.people.questions import employment
from shared.people.tables import employments


def labels_of(connection: Connection, persons: Iterable[str], day: date) -> dict[str, str]:
    """Staff number and post of each of these persons, as last known up to a day."""
    statement = (
        select(employments.c.person, employments.c.staff_number, employments.c.post)
        .where(employments.c.person.in_(sorted(set(persons))), employments.c.effective_from <= day.isoformat())
        .order_by(employments.c.effective_from)
    )
    return {row.person: f"{row.staff_number}, {row.post}" for row in connection.execute(statement)}


def label_of(connection: Connection, person: str, day: date) -> str:
    """Staff number and post of a person; empty where nothing is known of them."""
    return labels_of(connection, [person], day).get(person, "")


def person_with(connection: Connection, organisation: str, staff_number: str, day: date) -> str | None:
    """The person who works in an organisation under a staff number on a day, by what holds on that day."""
    known = select(employments.c.employment).where(employments.c.staff_number == staff_number).distinct()
    for each in connection.execute(known).scalars().all():
        held = employment(connection, each, day)
        if held is not None and (held.organisation, held.staff_number) == (organisation, staff_number):
            return held.person
    return None
