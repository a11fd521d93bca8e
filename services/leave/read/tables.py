"""The tables of leave's lists. Identifiers, dates, instants and minutes are text."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, String, Table, Text

from shared.people.tables import add_people
from shared.store.news import add_news

VERSION = 4
"""The version of these tables: a change of what they hold is a new one, filled by a rebuild."""

metadata = MetaData()
add_people(metadata)
add_news(metadata)

notices = Table(
    "notices",
    metadata,
    Column("notice", String(36), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("person", String(36), nullable=False),
    Column("employer", String(80), nullable=False),
    Column("organisation", String(80), nullable=False),
    Column("employment", String(36), nullable=False),
    Column("state", String(10), nullable=False),
    Column("given_at", String(32), nullable=False),
    Column("given_on", String(10), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("waived", Boolean, nullable=False),
    Column("standing_waiver", Boolean, nullable=False),
    Column("deadline", String(10), nullable=False),
    Column("confirmed_by", String(10), nullable=False),
    Column("confirmed_on", String(10), nullable=False),
    Column("law", String(40), nullable=False),
    Column("calendar", String(120), nullable=False),
    Column("week_minutes", String(40), nullable=False),
    Column("latest_notice", Text, nullable=False),
    Column("gave_back", Text, nullable=False),
    Column("postponed_on", String(10), nullable=False),
    Column("decided_on", String(10), nullable=False),
    Column("decided_by", String(10), nullable=False),
    Column("consulted_on", String(10), nullable=False),
    Column("agreed", Boolean, nullable=False),
    Column("lawful", Boolean, nullable=False),
    Column("in_time_from", String(10), nullable=False),
    Column("moved_to", String(36), nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_notices_person", "person", "position"),
    Index("ix_notices_employment", "employment", "state"),
    Index("ix_notices_organisation", "organisation", "state"),
    Index("ix_notices_state", "state", "deadline"),
)
"""One row a notice. ``state``: late, given, confirmed, lapsed, not-waived or withdrawn; ``latest_notice``: JSON, by
reading; ``gave_back``: JSON, the dates of other leave cancelled in one with it.

Of one that was postponed: ``postponed_on``, ``decided_by`` (manager or hr), ``consulted_on``, ``agreed`` by the carer,
``lawful``. Of one that was not waived: ``decided_on``, ``decided_by``, ``in_time_from``, ``moved_to``. ``reason``: of
either, sealed as in the log. Dates that are not there are empty.
"""

days = Table(
    "days",
    metadata,
    Column("notice", String(36), primary_key=True),
    Column("date", String(10), primary_key=True),
    Column("person", String(36), nullable=False),
    Column("employer", String(80), nullable=False),
    Column("part", String(5), nullable=False),
    Column("state", String(10), nullable=False),
    Column("minutes", String(40), nullable=False),
    Column("counted_minutes", String(40), nullable=False),
    Column("scheduled_minutes", String(40), nullable=False),
    Column("week_minutes", String(40), nullable=False),
    Column("begins_at", String(32), nullable=False),
    Column("ends_at", String(32), nullable=False),
    Column("window_first", String(10), nullable=False),
    Column("window_last", String(10), nullable=False),
    Column("left_by_minutes", String(40), nullable=False),
    Column("left_by_share", String(40), nullable=False),
    Column("corrected", Boolean, nullable=False),
    Column("is_new", Boolean, nullable=False),
    Column("cause", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_days_person", "person", "employer", "date"),
    Index("ix_days_state", "state", "ends_at"),
)
"""One row a notice and date. ``state``: booked, taken, withdrawn, lapsed, not-waived or postponed; minutes are ``n/d``
or whole numbers.

``is_new``: it has the place of a day that was postponed. ``cause``: why it was withdrawn, else empty. ``reason``: of
a correction, sealed as in the log; opened with the person's key when shown.
"""
