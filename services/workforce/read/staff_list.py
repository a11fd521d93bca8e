"""Who works in an organisation, or will?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from services.workforce.read.held import Held, held, held_on
from shared.people.tables import employments


@dataclass(frozen=True)
class StaffPage:
    """A page of employments by staff number, and how many there are on all pages."""

    rows: list[Held]
    total: int


def staff_of(
    connection: Connection, organisation: str, day: date, *, number: str = "", limit: int = 50, offset: int = 0
) -> StaffPage:
    """Employments in the organisation that are current on the day or still to begin.

    ``number``: only staff numbers that begin so; then also employments that are over.
    """
    wanted = select(employments).where(employments.c.organisation == organisation, held_on(day))
    if number:
        wanted = wanted.where(employments.c.staff_number.startswith(number, autoescape=True))
    else:
        wanted = wanted.where(employments.c.ends >= day.isoformat())
    ordered = wanted.order_by(employments.c.staff_number, employments.c.employment).limit(limit).offset(offset)
    return StaffPage([held(row) for row in connection.execute(ordered)], _count(connection, wanted))


def _count(connection: Connection, wanted: Select[Any]) -> int:
    return connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
