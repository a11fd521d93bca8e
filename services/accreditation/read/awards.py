"""Which awards cover an organisation, which end soon, and what did it find in its self-assessments?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from services.accreditation.domain.assessment import AreaScores
from services.accreditation.domain.award import Cover
from services.accreditation.domain.schemes import Scheme
from services.accreditation.read.learners import day_or_none
from services.accreditation.read.tables import areas, awards, covered
from shared.kernel.periods import DAY


@dataclass(frozen=True)
class AwardShown:
    """An award. ``organisation``: who holds it; ``organisations``: whom it covers; ``until``: its last day as awarded.

    ``lapsed_on``: the first day without it, where that is told.
    """

    award: str
    organisation: str
    scheme: str
    level: str
    starts: date
    until: date
    lapsed_on: date | None
    reference: str
    organisations: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """Its last day, an earlier end included."""
        return min(self.until, self.lapsed_on - DAY) if self.lapsed_on else self.until

    def in_force(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.starts <= day <= self.last_day

    @property
    def cover(self) -> Cover:
        """As the rule of levels needs it."""
        return Cover(self.scheme, self.level, self.starts, self.last_day, frozenset(self.organisations))


def awards_of(connection: Connection, organisation: str) -> list[AwardShown]:
    """Awards that cover the organisation or that it holds, the newest first."""
    mine = select(covered.c.award).where(covered.c.organisation == organisation)
    statement = (
        select(awards)
        .where(awards.c.award.in_(mine) | (awards.c.organisation == organisation))
        .order_by(awards.c.starts.desc(), awards.c.award)
    )
    rows = connection.execute(statement).all()
    covers: dict[str, list[str]] = {row.award: [] for row in rows}
    asked = select(covered).where(covered.c.award.in_(list(covers))).order_by(covered.c.organisation)
    for row in connection.execute(asked):
        covers[row.award].append(row.organisation)
    return [
        AwardShown(
            award=row.award,
            organisation=row.organisation,
            scheme=row.scheme,
            level=row.level,
            starts=date.fromisoformat(row.starts),
            until=date.fromisoformat(row.until),
            lapsed_on=day_or_none(row.lapsed_on),
            reference=row.reference,
            organisations=tuple(covers[row.award]),
        )
        for row in rows
    ]


def expiring(shown: list[AwardShown], schemes: Mapping[str, Scheme], day: date) -> list[AwardShown]:
    """Those that end soon: in (day, day + the scheme's months of warning]."""
    return [
        award
        for award in shown
        if award.in_force(day) and award.scheme in schemes and schemes[award.scheme].expiring(award.last_day, day)
    ]


def assessed_areas(connection: Connection, organisation: str, scheme: str) -> dict[str, AreaScores]:
    """By area, the last word of the organisation's self-assessment under a scheme."""
    statement = select(areas).where(areas.c.organisation == organisation, areas.c.scheme == scheme)
    return {
        row.area: AreaScores(json.loads(row.scores), row.evidence, date.fromisoformat(row.evidence_on))
        for row in connection.execute(statement)
    }
