"""The read models: facts that are never changed except to close them, and the returns of either half."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

from shared.people.tables import organisations as people_organisations

metadata = MetaData()

organisations = people_organisations.to_metadata(metadata)
"""The department half's organisations, as workforce names them."""


def _fact_columns() -> list[Column[object]]:
    return [
        Column("epoch", String(36), primary_key=True),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("known_from", String(40), nullable=False),
        Column("known_to", String(40), nullable=True),
        Column("person", String(36), nullable=False),
        Column("organisation", String(80), nullable=False),
    ]


employment_facts = Table(
    "employment_facts",
    metadata,
    *_fact_columns(),
    Column("employment", String(36), nullable=False),
    Column("effective_from", String(10), nullable=False),
    Column("starts", String(10), nullable=False),
    Column("ends", String(10), nullable=False),
    Column("fte", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Index("ix_employment_facts_employment", "employment"),
    Index("ix_employment_facts_organisation", "organisation"),
)
"""One row a statement of workforce's, identified by its place there. Absent dates are empty: ``effective_from`` and
``starts`` where only the end was said, ``ends`` where there is none. ``known_from``, ``known_to``: when it was
recorded, and when the statement that took its place was."""

day_facts = Table(
    "day_facts",
    metadata,
    *_fact_columns(),
    Column("notice", String(36), nullable=False),
    Column("date", String(10), nullable=False),
    Column("minutes", String(40), nullable=False),
    Column("paid_minutes", String(40), nullable=False),
    Column("full_time_minutes", String(40), nullable=False),
    Index("ix_day_facts_notice", "notice", "date"),
    Index("ix_day_facts_organisation", "organisation", "date"),
)
"""One row a day taken or corrected, identified by its place in leave's log; minutes as ``"n/d"``."""

notice_facts = Table(
    "notice_facts",
    metadata,
    *_fact_columns(),
    Column("notice", String(36), nullable=False),
    Column("said", String(12), nullable=False),
    Column("given_on", String(10), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("waived", Boolean, nullable=False),
    Column("confirmed_on", String(10), nullable=False),
    Column("confirmed_by", String(8), nullable=False),
    Index("ix_notice_facts_notice", "notice"),
    Index("ix_notice_facts_organisation", "organisation", "given_on"),
)
"""One row a statement of leave's about a notice: requested, confirmed, not-waived or postponed. ``confirmed_…``
are empty but of a confirmation."""

passport_facts = Table(
    "passport_facts",
    metadata,
    *_fact_columns(),
    Column("said", String(12), nullable=False),
    Column("day", String(10), nullable=False),
    Column("mark", BigInteger, nullable=False),
    Column("from_draft", Integer, nullable=True),
    Index("ix_passport_facts_person", "person"),
)
"""One row a passport agreed, reviewed or ended. ``mark``: the identity of its event; ``from_draft``: of an
agreement, the days since the draft. The organisation is the event's;
figures ask where the person was employed that day."""

training_facts = Table(
    "training_facts",
    metadata,
    *_fact_columns(),
    Column("course", String(36), nullable=False),
    Column("said", String(12), nullable=False),
    Column("key", String(36), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("first", String(10), nullable=False),
    Column("second", String(10), nullable=False),
    Index("ix_training_facts_person", "person", "course", "organisation"),
    Index("ix_training_facts_organisation", "organisation"),
)
"""One row a statement of accreditation's about a person and a course; what the columns hold is told in
``domain/training.py``. Absent dates are empty."""

provision_facts = Table(
    "provision_facts",
    metadata,
    *_fact_columns(),
    Column("kind", String(80), nullable=False),
    Column("said", String(12), nullable=False),
    Column("starts", String(10), nullable=False),
    Column("out_on", String(10), nullable=False),
    Index("ix_provision_facts_organisation", "organisation", "kind", "starts"),
)
"""One row a provision recorded or withdrawn. ``out_on``: the first day on which it counts no longer, or empty."""

award_facts = Table(
    "award_facts",
    metadata,
    *_fact_columns(),
    Column("award", String(36), nullable=False),
    Column("said", String(12), nullable=False),
    Column("scheme", String(80), nullable=False),
    Column("level", String(80), nullable=False),
    Column("starts", String(10), nullable=False),
    Column("out_on", String(10), nullable=False),
    Column("covered", Text, nullable=False),
    Index("ix_award_facts_award", "award"),
)
"""One row an award or its lapse. ``organisation`` holds it; ``covered``: the organisations it
belongs to, with spaces between."""

changes = Table(
    "changes",
    metadata,
    Column("organisation", String(80), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("mark", BigInteger, nullable=False),
)
"""By organisation, the months that facts were about. ``kind``: what facts; those of passports are under no
organisation, because only employments tell which ones they touch. ``mark``: the sum of the
identities of those facts' events, so that the same events give the same mark in whatever order they came."""


def _revision_columns() -> list[Column[object]]:
    return [
        Column("definition", Integer, nullable=False),
        Column("as_known", String(40), nullable=False),
        Column("complete", Boolean, nullable=False),
        Column("figures", Text, nullable=False),
        Column("positions", Text, nullable=False),
    ]


returns = Table(
    "returns",
    metadata,
    Column("organisation", String(80), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    *_revision_columns(),
    Column("mark", BigInteger, nullable=False),
)
"""The department half: every revision of every return, from the own log."""

holds = Table(
    "holds",
    metadata,
    Column("organisation", String(80), primary_key=True),
    Column("since", String(10), nullable=False),
    Column("reason", String(20), nullable=False),
)
"""The department half: one row an organisation whose returns are on hold now, from the own log."""

centre_returns = Table(
    "centre_returns",
    metadata,
    Column("source", String(120), primary_key=True),
    Column("epoch", String(36), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("organisation", String(80), nullable=False),
    Column("month", String(7), nullable=False),
    Column("revision", Integer, nullable=False),
    *_revision_columns(),
    Column("board", Text, nullable=False),
    Index("ix_centre_returns_month", "month", "organisation", "revision", "as_known", "complete"),
    Index("ix_centre_returns_organisation", "organisation", "month"),
)
"""The centre half: every revision that departments published, identified by its place in the source's log. ``board``:
of its figures what the board adds up. The indexes answer by themselves which revisions and which months there are."""
