"""The tables of the passport's lists. Identifiers and dates are text, a date that is not there is empty.

No content is here, sealed or not: it is read from the log, after the reading was noted.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, MetaData, String, Table, Text

from shared.people.tables import add_people
from shared.store.news import add_news

VERSION = 2
"""The version of these tables: a change of what they hold is a new one, filled by a rebuild."""

metadata = MetaData()
add_people(metadata)
add_news(metadata)

passports = Table(
    "passports",
    metadata,
    Column("person", String(36), primary_key=True),
    Column("organisation", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("agreed_on", String(10), nullable=False),
    Column("settled_on", String(10), nullable=False),
    Column("settled_with", String(36), nullable=False),
    Column("review_due", String(10), nullable=False),
    Column("review_asked", Boolean, nullable=False),
    Column("signed_by_carer", Boolean, nullable=False),
    Column("signed_by_manager", String(36), nullable=False),
)
"""One row a person: their passport, the last one where several came one after the other.

``settled_on`` and ``settled_with``: when it was last agreed, reviewed or taken over, and with which manager;
``signed_by_manager``: who signed the present version for that side, empty where nobody.
"""

consents = Table(
    "consents",
    metadata,
    Column("consent", String(36), primary_key=True),
    Column("person", String(36), nullable=False, index=True),
    Column("reader", String(36), nullable=False),
    Column("capacity", String(10), nullable=False),
    Column("sections", Text, nullable=False),
    Column("starts", String(10), nullable=False),
    Column("ends", String(10), nullable=False),
    Index("ix_consents_reader", "reader", "person"),
)
"""One row a consent that stands. ``sections``: names with commas; ``ends``: the last day, or 9999-12-31."""

proposals = Table(
    "proposals",
    metadata,
    Column("proposal", String(36), primary_key=True),
    Column("person", String(36), nullable=False, index=True),
    Column("by", String(36), nullable=False),
)
"""One row a proposal that waits for the carer's answer."""
