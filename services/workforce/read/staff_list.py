"""Who works in an organisation, or will?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, String, func, or_, select

from services.workforce.read.held import Held, held, held_on
from shared.people.tables import employments


@dataclass(frozen=True)
class StaffPage:
    """A page of employments by staff number, and how many there are on all pages."""

    rows: list[Held]
    total: int


def staff_of(
    connection: Connection,
    organisation: str,
    day: date,
    *,
    number: str = "",
    without_manager: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> StaffPage:
    """Employments in the organisation that are current on the day or still to begin.

    ``number``: only staff numbers that begin so; then also employments that are over. ``without_manager``: only
    current ones that nobody manages.
    """
    if without_manager:
        wanted = _in(organisation, day).where(*_unmanaged(day))
    elif number:
        wanted = _in(organisation, day).where(_begins(number))
    else:
        wanted = _in(organisation, day).where(employments.c.ends >= day.isoformat())
    ordered = wanted.order_by(employments.c.staff_number, employments.c.employment).limit(limit).offset(offset)
    return StaffPage([held(row) for row in connection.execute(ordered)], _count(connection, wanted))


def staff_found(
    connection: Connection, organisation: str, day: date, number: str, persons: Sequence[str], *, limit: int
) -> list[Held]:
    """Employments whose staff number begins so, or of these persons; also those that are over; by staff number."""
    parts = [persons[start : start + 500] for start in range(0, min(len(persons), limit), 500)]
    either = [_begins(number)]
    either += [employments.c.person.in_(part) for part in parts]
    wanted = _in(organisation, day).where(or_(*either))
    ordered = wanted.order_by(employments.c.staff_number, employments.c.employment).limit(limit)
    return [held(row) for row in connection.execute(ordered)]


def count_without_manager(connection: Connection, organisation: str, day: date) -> int:
    """How many current employments in the organisation nobody manages."""
    return _count(connection, _in(organisation, day).where(*_unmanaged(day)))


def _in(organisation: str, day: date) -> Select[object]:
    return select(employments).where(employments.c.organisation == organisation, held_on(day))


def _begins(number: str) -> ColumnElement[bool]:
    """Whether a staff number begins so, with the zeros at its start or without them."""
    column = employments.c.staff_number
    short = func.ltrim(column, "0", type_=String)
    return or_(column.startswith(number, autoescape=True), short.startswith(number, autoescape=True))


def _unmanaged(day: date) -> tuple[ColumnElement[bool], ...]:
    on = day.isoformat()
    return employments.c.manager == "", employments.c.starts <= on, employments.c.ends >= on


def _count(connection: Connection, wanted: Select[object]) -> int:
    return connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
