"""The passports of those whom somebody manages, and those shared with somebody by name: that they are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from services.passport.domain.consents import MANAGER, NAMED
from services.passport.domain.terms import OPEN, TRANSFERRED
from services.passport.read.listed import Listed, listed
from services.passport.read.reviews import review_reasons
from services.passport.read.tables import consents, passports
from shared.people.questions import reports_of

MOST = 200
"""Passports in one list."""


@dataclass(frozen=True)
class TeamPassport:
    """A passport in somebody's list. ``shared``: whether the reader may read any of it today."""

    listed: Listed
    staff_number: str
    post: str
    shared: bool
    reviews: tuple[str, ...]
    waits_for_signature: bool
    waits_to_be_taken_over: bool


def team_passports(connection: Connection, manager: str, day: date) -> list[TeamPassport]:
    """Those of today's reports that were agreed once, or of which anything is shared; by staff number."""
    reports = [held for held in reports_of(connection, manager, day) if held.person != manager]
    found = _passports(connection, sorted({held.person for held in reports}))
    shared = _shared_with(connection, manager, day, MANAGER)
    named = _shared_with(connection, manager, day, NAMED)
    team: dict[str, TeamPassport] = {}
    for held in reports:
        one = found.get(held.person)
        if one is None or one.organisation != held.organisation or held.person in team:
            continue
        opened = held.person in shared or held.person in named
        if opened or one.agreed_on:
            team[held.person] = _in_team(connection, one, held.staff_number, held.post, opened, manager, day)
    return list(team.values())


def named_readers_passports(connection: Connection, reader: str, day: date) -> list[str]:
    """Whose passports were shared with this person by name, today."""
    persons = _shared_with(connection, reader, day, NAMED)
    return sorted(_passports(connection, sorted(persons)))


def _in_team(
    connection: Connection, one: Listed, staff_number: str, post: str, shared: bool, manager: str, day: date
) -> TeamPassport:
    return TeamPassport(
        one,
        staff_number,
        post,
        shared,
        review_reasons(connection, one, day),
        waits_for_signature=shared and one.signed_by_carer and one.signed_by_manager != manager,
        waits_to_be_taken_over=shared and one.state == TRANSFERRED,
    )


def _passports(connection: Connection, persons: Sequence[str]) -> dict[str, Listed]:
    statement = select(passports).where(passports.c.person.in_(persons), passports.c.state.in_(OPEN)).limit(MOST)
    return {row.person: listed(row) for row in connection.execute(statement)}


def _shared_with(connection: Connection, reader: str, day: date, capacity: str) -> frozenset[str]:
    text = day.isoformat()
    statement = (
        select(consents.c.person)
        .where(consents.c.reader == reader, consents.c.capacity == capacity)
        .where(consents.c.starts <= text, consents.c.ends >= text)
        .distinct()
    )
    return frozenset(connection.execute(statement).scalars())
