"""The people view's tables; a service adds them to its own read models."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

people_metadata = MetaData()

employments = Table(
    "employments",
    people_metadata,
    Column("employment", String(36), primary_key=True),
    Column("effective_from", String(10), primary_key=True),
    Column("person", String(36), nullable=False, index=True),
    Column("staff_number", String(40), nullable=False, index=True),
    Column("post", String(80), nullable=False),
    Column("organisation", String(80), nullable=False, index=True),
    Column("employer", String(80), nullable=False),
    Column("manager", String(36), nullable=False, index=True),
    Column("nation", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("fte", String(40), nullable=False),
    Column("full_time_minutes", Integer, nullable=False),
    Column("pattern", Text, nullable=False),
    Column("starts", String(10), nullable=False),
    Column("ends", String(10), nullable=False),
    Column("position", BigInteger, nullable=False),
)
"""One row an employment and day from which its values hold.

``manager``: empty where nobody; ``ends``: the last day, or 9999-12-31.
"""

organisations = Table(
    "organisations",
    people_metadata,
    Column("organisation", String(80), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("group", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
)


def add_people(metadata: MetaData) -> None:
    """Make the people view part of a service's read models."""
    for table in people_metadata.tables.values():
        table.to_metadata(metadata)
