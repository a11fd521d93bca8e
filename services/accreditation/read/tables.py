"""The tables of accreditation's lists. Identifiers and dates are text; ``NO_END`` stands for a day that never comes."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

from shared.people.tables import add_people
from shared.store.news import add_news

VERSION = 3
"""The version of these tables: a change of what they hold is a new one, filled by a rebuild."""

NO_END: Final = "9999-12-31"

metadata = MetaData()
add_people(metadata)
add_news(metadata)

stays = Table(
    "stays",
    metadata,
    Column("organisation", String(80), primary_key=True),
    Column("person", String(36), primary_key=True),
    Column("first", String(10), primary_key=True),
    Column("last", String(10), primary_key=True),
    Index("ix_stays_person", "person"),
)
"""One row an unbroken time of a person in an organisation, whatever the posts; both days included.

All columns are the key, so that its index answers for a whole organisation by itself.
"""

managing = Table(
    "managing",
    metadata,
    Column("person", String(36), primary_key=True),
    Column("first", String(10), primary_key=True),
    Column("last", String(10), primary_key=True),
)
"""One row an unbroken time in which a person managed anybody else, wherever; both days included."""

courses = Table(
    "courses",
    metadata,
    Column("course", String(36), primary_key=True),
    Column("organisation", String(80), nullable=False, index=True),
    Column("code", String(40), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("ends", String(10), nullable=False),
    Column("position", BigInteger, nullable=False),
)
"""One row a course. ``ends``: the first day on which nobody is asked; ``position``: of its newest event."""

versions = Table(
    "versions",
    metadata,
    Column("course", String(36), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("validity_months", Integer, nullable=False),
    Column("grace_days", Integer, nullable=False),
    Column("retake", Boolean, nullable=False),
    Column("starts", String(10), nullable=False),
)
"""One row a version of a course. ``validity_months``: 0 for ever."""

assignments = Table(
    "assignments",
    metadata,
    Column("course", String(36), primary_key=True),
    Column("person", String(36), primary_key=True),
    Column("open", Boolean, nullable=False),
    Column("since", String(10), nullable=False),
    Column("due_on", String(10), nullable=False),
    Column("least_version", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("ix_assignments_open", "course", "open", "person"),
)
"""One row a course and person: the last word on whether they are asked. ``position``: of the event that said it."""

completions = Table(
    "completions",
    metadata,
    Column("completion", String(36), primary_key=True),
    Column("course", String(36), nullable=False),
    Column("person", String(36), nullable=False),
    Column("version", Integer, nullable=False),
    Column("completed_on", String(10), nullable=False),
    Column("expires_on", String(10), nullable=False),
    Column("source", String(20), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("expired", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("ix_completions_counting", "course", "person", "version", "completed_on", "expires_on"),
    Index("ix_completions_person", "person"),
    Index("ix_completions_expired", "expired", "expires_on"),
)
"""One row a completion. ``evidence``: sealed as in the log, or empty; ``expired``: whether that was told."""

exemptions = Table(
    "exemptions",
    metadata,
    Column("course", String(36), primary_key=True),
    Column("person", String(36), primary_key=True),
    Column("starts", String(10), primary_key=True),
    Column("until", String(10), nullable=False),
    Column("reason", String(24), nullable=False),
    Column("note", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("ix_exemptions_person", "person"),
)
"""One row an exemption, by its first day. ``note``: sealed as in the log, or empty."""

provisions = Table(
    "provisions",
    metadata,
    Column("organisation", String(80), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("starts", String(10), primary_key=True),
    Column("ends", String(10), nullable=False),
    Column("vacant_since", String(10), nullable=False),
    Column("owner", String(120), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("review_on", String(10), nullable=False),
    Column("position", BigInteger, nullable=False),
)
"""One row a time of a provision. ``ends``: the first day without it. A day that there is not is NO_END."""

areas = Table(
    "areas",
    metadata,
    Column("organisation", String(80), primary_key=True),
    Column("scheme", String(40), primary_key=True),
    Column("area", String(40), primary_key=True),
    Column("scores", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("evidence_on", String(10), nullable=False),
    Column("assessed_on", String(10), nullable=False),
    Column("position", BigInteger, nullable=False),
)
"""One row an area of a self-assessment: the last word on it. ``scores``: JSON, by criterion."""

awards = Table(
    "awards",
    metadata,
    Column("award", String(36), primary_key=True),
    Column("organisation", String(80), nullable=False),
    Column("scheme", String(40), nullable=False),
    Column("level", String(40), nullable=False),
    Column("starts", String(10), nullable=False),
    Column("until", String(10), nullable=False),
    Column("reference", String(200), nullable=False),
    Column("lapsed_on", String(10), nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("ix_awards_lapsed", "lapsed_on", "until"),
)
"""One row an award. ``organisation``: the one that holds it; ``lapsed_on``: NO_END while that is not told."""

covered = Table(
    "covered",
    metadata,
    Column("award", String(36), primary_key=True),
    Column("organisation", String(80), primary_key=True),
    Index("ix_covered_organisation", "organisation"),
)
"""Which organisations an award covers."""

erased = Table("erased", metadata, Column("person", String(36), primary_key=True))
"""Who was erased: nothing is asked of them and nothing is written."""

moves = Table(
    "moves",
    metadata,
    Column("organisation", String(80), primary_key=True),
    Column("position", BigInteger, nullable=False),
)
"""Which organisations' people moved, and at which of workforce's positions last: assignment follows there."""
