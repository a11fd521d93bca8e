"""What is known of a person's employments?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from services.workforce.read.held import Held, held, held_on
from shared.people.tables import employments


def record_of(connection: Connection, person: str, day: date) -> list[Held]:
    """A person's employments with what holds on the day, the newest first."""
    return records_of(connection, [person], day)


def records_of(connection: Connection, persons: Sequence[str], day: date) -> list[Held]:
    """Some people's employments with what holds on the day, the newest first."""
    asked = select(employments).where(employments.c.person.in_(persons), held_on(day))
    return [
        held(row) for row in connection.execute(asked.order_by(employments.c.starts.desc(), employments.c.employment))
    ]


def states_of(connection: Connection, employment: str) -> list[Held]:
    """Every state of an employment, the newest first."""
    asked = select(employments).where(employments.c.employment == employment)
    return [held(row) for row in connection.execute(asked.order_by(employments.c.effective_from.desc()))]
