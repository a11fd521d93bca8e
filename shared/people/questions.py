"""Questions asked of the people view. Days are dates; persons, employments and managers are UUIDs as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import msgspec
from sqlalchemy import BindParameter, Connection, Row, Select, String, bindparam, func, select

from shared.people.effects import NO_END
from shared.people.tables import employments, organisations


@dataclass(frozen=True)
class Employment:
    """One employment as it is on a day. ``fte`` in (0, 1]; ``full_time_minutes`` a week; ``pattern`` as published."""

    employment: str
    person: str
    staff_number: str
    post: str
    organisation: str
    employer: str
    manager: str | None
    nation: str
    status: str
    fte: Fraction
    full_time_minutes: int
    pattern: dict[str, object]
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Organisation:
    """An organisation by its slug. ``group``: the department it belongs to; ``kind``: department or centre."""

    organisation: str
    name: str
    group: str
    kind: str


def employment(connection: Connection, employment_id: str, day: date) -> Employment | None:
    """This employment as it is on a day; None where it is not current then."""
    row = connection.execute(_ONE, {"employment": employment_id, "day": day.isoformat()}).one_or_none()
    return _employment(row) if row else None


def employments_on(connection: Connection, person: str, day: date) -> list[Employment]:
    """A person's current employments on a day, earliest start first."""
    rows = connection.execute(_ALL_OF_ONE, {"person": person, "day": day.isoformat()})
    return [_employment(row) for row in rows]


def reports_of(connection: Connection, manager: str, day: date) -> list[Employment]:
    """The employments whose manager this person is on a day, by staff number."""
    return _many(connection, _current(day).where(employments.c.manager == manager).order_by(employments.c.staff_number))


def manages(connection: Connection, person: str, day: date) -> bool:
    """Whether this person is the manager of anybody else on a day."""
    theirs = _current(day).where(employments.c.manager == person, employments.c.person != person)
    return connection.execute(theirs.limit(1)).first() is not None


def current_in(organisation: str, day: date) -> Select[object]:
    """The current employments in an organisation on a day, for questions that go on from them."""
    return _current(day).where(employments.c.organisation == organisation)


def headcount(connection: Connection, organisation: str, day: date) -> int:
    """People in current employment in an organisation on a day, each once."""
    current = current_in(organisation, day).subquery()
    return connection.execute(select(func.count(current.c.person.distinct()))).scalar_one()


def all_organisations(connection: Connection) -> list[Organisation]:
    """Every organisation, by name."""
    return [
        Organisation(row.organisation, row.name, row.group, row.kind)
        for row in connection.execute(select(organisations).order_by(organisations.c.name))
    ]


def organisation_named(connection: Connection, organisation: str) -> Organisation | None:
    """The organisation with this slug."""
    row = connection.execute(select(organisations).where(organisations.c.organisation == organisation)).one_or_none()
    return Organisation(row.organisation, row.name, row.group, row.kind) if row else None


def _current(day: date | BindParameter[str]) -> Select[object]:
    on = day.isoformat() if isinstance(day, date) else day
    later = employments.alias("later")
    newest = (
        select(func.max(later.c.effective_from))
        .where(later.c.employment == employments.c.employment, later.c.effective_from <= on)
        .scalar_subquery()
    )
    return select(employments).where(
        employments.c.effective_from == newest, employments.c.starts <= on, employments.c.ends >= on
    )


_DAY: BindParameter[str] = bindparam("day", type_=String)
_ONE = _current(_DAY).where(employments.c.employment == bindparam("employment"))
_ALL_OF_ONE = _current(_DAY).where(employments.c.person == bindparam("person")).order_by(employments.c.starts)
"""Asked by nearly every command and page, so they are made once."""


def _many(connection: Connection, statement: Select[object]) -> list[Employment]:
    rows: Sequence[Row[object]] = connection.execute(statement).all()
    return [_employment(row) for row in rows]


def _employment(row: Row[object]) -> Employment:
    return Employment(
        employment=row.employment,
        person=row.person,
        staff_number=row.staff_number,
        post=row.post,
        organisation=row.organisation,
        employer=row.employer,
        manager=row.manager or None,
        nation=row.nation,
        status=row.status,
        fte=Fraction(row.fte),
        full_time_minutes=row.full_time_minutes,
        pattern=msgspec.json.decode(row.pattern),
        starts=date.fromisoformat(row.starts),
        ends=None if row.ends == NO_END else date.fromisoformat(row.ends),
    )
