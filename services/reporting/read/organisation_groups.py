"""To which department does an organisation belong? Known where workforce's events reach this deployment."""

from __future__ import annotations

from sqlalchemy import Connection, select

from services.reporting.read.tables import organisations


def organisation_groups(connection: Connection) -> dict[str, str]:
    """Organisation's name → its group's; without those that belong to none."""
    rows = connection.execute(select(organisations.c.name, organisations.c.group))
    return {row.name: row.group for row in rows if row.group}


def groups_by_organisation(connection: Connection) -> dict[str, str]:
    """Organisation → its group's name; without those that belong to none."""
    rows = connection.execute(select(organisations.c.organisation, organisations.c.group))
    return {row.organisation: row.group for row in rows if row.group}
