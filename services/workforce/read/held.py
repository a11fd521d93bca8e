"""Which state of each employment holds on a day?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import msgspec
from sqlalchemy import ColumnElement, Row, func, select

from services.workforce.domain.pattern_text import pattern_text
from services.workforce.domain.person import phase
from shared.kernel.working_time import WorkingPattern
from shared.people.effects import NO_END
from shared.people.tables import employments


@dataclass(frozen=True)
class Held:
    """An employment with the terms that hold from ``effective_from`` on. Days are dates, persons UUIDs as text."""

    person: str
    employment: str
    effective_from: date
    staff_number: str
    post: str
    organisation: str
    employer: str
    manager: str
    nation: str
    status: str
    fte: Fraction
    full_time_minutes: int
    pattern: WorkingPattern
    starts: date
    ends: date | None

    @property
    def pattern_text(self) -> str:
        """The pattern as people type it."""
        return pattern_text(self.pattern, self.starts)

    def phase(self, day: date) -> str:
        """Whether the employment is to come, current or over on the day: ``starts``, ``current``, ``ended``."""
        return phase(self.starts, self.ends, day)


def held_on(day: date) -> ColumnElement[bool]:
    """The condition for the one state of each employment that holds on the day; the first where none holds yet."""
    other = employments.alias("other")
    same = other.c.employment == employments.c.employment
    newest = select(func.max(other.c.effective_from)).where(same, other.c.effective_from <= day.isoformat())
    first = select(func.min(other.c.effective_from)).where(same)
    return employments.c.effective_from == func.coalesce(newest.scalar_subquery(), first.scalar_subquery())


def held(row: Row[object]) -> Held:
    """A row of the people view's employments."""
    return Held(
        person=row.person,
        employment=row.employment,
        effective_from=date.fromisoformat(row.effective_from),
        staff_number=row.staff_number,
        post=row.post,
        organisation=row.organisation,
        employer=row.employer,
        manager=row.manager,
        nation=row.nation,
        status=row.status,
        fte=Fraction(row.fte),
        full_time_minutes=row.full_time_minutes,
        pattern=WorkingPattern.from_json(msgspec.json.decode(row.pattern)),
        starts=date.fromisoformat(row.starts),
        ends=None if row.ends == NO_END else date.fromisoformat(row.ends),
    )
