"""What the lists hold of somebody's passport, without a word of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, func, select

from services.passport.read.tables import passports, proposals


@dataclass(frozen=True)
class Listed:
    """A row of ``passports``: dates are ISO text, empty where there is none."""

    person: str
    organisation: str
    state: str
    agreed_on: str
    settled_on: str
    settled_with: str
    review_due: str
    review_asked: bool
    signed_by_carer: bool
    signed_by_manager: str


def listed_of(connection: Connection, person: str) -> Listed | None:
    """A person's passport as it is listed, or None."""
    row = connection.execute(select(passports).where(passports.c.person == person)).one_or_none()
    return listed(row) if row else None


def listed(row: Row[object]) -> Listed:
    """The row as a value."""
    return Listed(**{name: row._mapping[name] for name in Listed.__dataclass_fields__})


def count_proposals(connection: Connection, person: str) -> int:
    """How many proposals wait for a person's answer."""
    statement = select(func.count()).select_from(proposals).where(proposals.c.person == person)
    return connection.execute(statement).scalar_one()
