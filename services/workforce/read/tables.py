"""The tables of workforce's lists: the people view that every service has, names as they are sealed, and employers."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, MetaData, String, Table, Text

from shared.people.tables import add_people

VERSION = 1
"""The version of these tables: a change of what they hold is a new one, filled by a rebuild."""

metadata = MetaData()
add_people(metadata)

people = Table(
    "people",
    metadata,
    Column("person", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("forgotten", Boolean, nullable=False),
)
"""``name``: sealed with the person's key, to be opened when it is shown; empty once forgotten."""

employers = Table(
    "employers",
    metadata,
    Column("employer", String(80), primary_key=True),
    Column("name", String(200), nullable=False),
)
"""Legal employers by slug."""
