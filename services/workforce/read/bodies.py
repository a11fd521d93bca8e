"""Which organisations and legal employers are there?"""

from __future__ import annotations

from sqlalchemy import Connection, select

from services.workforce.read.tables import employers
from shared.people.tables import employments, organisations


def employer_names(connection: Connection) -> dict[str, str]:
    """Every legal employer's name by slug, in the order of names."""
    asked = select(employers.c.employer, employers.c.name).order_by(employers.c.name)
    return {row.employer: row.name for row in connection.execute(asked)}


def employers_in(connection: Connection, organisation: str) -> dict[str, str]:
    """Names by slug of the legal employers with whom an organisation's people are; all where it has nobody yet."""
    used = set(
        connection.execute(
            select(employments.c.employer).where(employments.c.organisation == organisation).distinct()
        ).scalars()
    )
    names = employer_names(connection)
    return {employer: name for employer, name in names.items() if employer in used} or names


def organisation_names(connection: Connection) -> dict[str, str]:
    """Every organisation's name by slug, in the order of names."""
    asked = select(organisations.c.organisation, organisations.c.name).order_by(organisations.c.name)
    return {row.organisation: row.name for row in connection.execute(asked)}
