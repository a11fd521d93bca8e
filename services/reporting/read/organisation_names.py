"""What are organisations called? Known where workforce's events reach this deployment; the centre does without."""

from __future__ import annotations

from sqlalchemy import Connection, select

from services.reporting.read.tables import organisations


def organisation_names(connection: Connection) -> dict[str, str]:
    """Organisation → its name."""
    rows = connection.execute(select(organisations.c.organisation, organisations.c.name))
    return {row.organisation: row.name for row in rows}
