"""What the probe shows: what it heard of, and its own tallies."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, String, Table, Text

from shared.people.tables import add_people

metadata = MetaData()

heard = Table(
    "heard",
    metadata,
    Column("person", String(36), primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("places", Text, nullable=False),
)

tallies = Table(
    "tallies",
    metadata,
    Column("person", String(36), primary_key=True),
    Column("organisation", String(80), nullable=False, index=True),
    Column("total", BigInteger, nullable=False),
    Column("label", String(80), nullable=False),
)

add_people(metadata)
