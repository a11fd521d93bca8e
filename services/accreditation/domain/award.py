"""Awards under a scheme: which organisations they cover, from when to when, and how they lapse.

Organisations are known by names that never change, so that an organisation that is called otherwise keeps its cover.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Self
from uuid import UUID

from services.accreditation.domain import refusals
from services.accreditation.domain.schemes import Level, Scheme
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.ids import derived_id
from shared.kernel.periods import DAY
from shared.kernel.provenance import CLOCK, Provenance

ENDED: Final = "ended"
LONGEST_REFERENCE: Final = 200
MOST_ORGANISATIONS: Final = 200


@dataclass(frozen=True)
class Cover:
    """An award as it covers organisations. ``until``: its last day, an earlier end included."""

    scheme: str
    level: str
    starts: date
    until: date
    organisations: frozenset[str]

    def covers(self, organisation: str, day: date) -> bool:
        """Whether the organisation is covered on a day."""
        return organisation in self.organisations and self.starts <= day <= self.until


def highest_level(scheme: Scheme, awards: Iterable[Cover], organisation: str, day: date) -> Level | None:
    """The highest level under a scheme that covers the organisation on a day; None where there is none."""
    held = [
        level
        for award in awards
        if award.scheme == scheme.scheme
        and award.covers(organisation, day)
        and (level := scheme.level(award.level)) is not None
    ]
    return max(held, key=lambda level: level.rank, default=None)


class Award(Aggregate):
    """One award. The organisation of its events is the one that holds it."""

    TOPIC: ClassVar[str] = "accreditation.award"

    class Event(Aggregate.Event):
        """What happened to an award."""

        TOPIC: ClassVar[str] = "accreditation.award.event"
        award: str

    class Awarded(Event, First):
        """It is held. ``until``: the last day; ``organisations``: those it covers, by slug, sorted."""

        TOPIC: ClassVar[str] = "accreditation.award.awarded"
        scheme: str
        level: str
        starts: str
        until: str
        organisations: list[str]
        reference: str

    class Lapsed(Event):
        """It is over from ``lapsed_on`` on. ``why``: clock or ended."""

        TOPIC: ClassVar[str] = "accreditation.award.lapsed"
        scheme: str
        level: str
        lapsed_on: str
        why: str

        def apply(self, aggregate: Award) -> None:
            """Keep the first day without it."""
            aggregate.lapsed_on = date.fromisoformat(self.lapsed_on)

    def __init__(
        self,
        *,
        organisation: str,
        award: str,
        scheme: str,
        level: str,
        starts: str,
        until: str,
        organisations: list[str],
        reference: str,
    ) -> None:
        self.organisation = organisation
        self.award = award
        self.scheme = scheme
        self.level = level
        self.starts = date.fromisoformat(starts)
        self.until = date.fromisoformat(until)
        self.organisations = frozenset(organisations)
        self.reference = reference
        self.lapsed_on: date | None = None

    @staticmethod
    def id_of(organisation: str, scheme: str, level: str, starts: date) -> UUID:
        """The identifier of the award that an organisation holds from a day on."""
        return derived_id("award", organisation, scheme, level, starts.isoformat())

    @classmethod
    def awarded(
        cls,
        scheme: Scheme,
        level: str,
        starts: date,
        until: date | None,
        organisations: Sequence[str],
        reference: str,
        act: Provenance,
    ) -> Self:
        """A new award of the organisation that acts. Without a last day it is the scheme's.

        Raises RefusedError for an unknown level, days that cannot be, or no organisation.
        """
        if scheme.level(level) is None:
            raise refusals.no_such_level()
        if starts > act.today:
            raise refusals.not_yet(act.today)
        last = until or scheme.last_day(starts)
        if last < starts:
            raise refusals.until_before_start(starts)
        covered = sorted(set(organisations))
        if not 1 <= len(covered) <= MOST_ORGANISATIONS:
            raise refusals.covers_nobody()
        id = cls.id_of(act.organisation, scheme.scheme, level, starts)
        return cls.begin(
            cls.Awarded,
            id=id,
            at=act.at,
            person="",
            organisation=act.organisation,
            by=act.by,
            award=str(id),
            scheme=scheme.scheme,
            level=level,
            starts=starts.isoformat(),
            until=last.isoformat(),
            organisations=covered,
            reference=reference,
        )

    def check_same(self, until: date | None, organisations: Sequence[str], scheme: Scheme) -> None:
        """Raise RefusedError where it is known with another last day or other organisations."""
        last = until or scheme.last_day(self.starts)
        if last != self.until or frozenset(organisations) != self.organisations:
            raise refusals.award_known(self.starts)

    def lapse(self, act: Provenance) -> None:
        """Its last day is over. No event where that is not so, or it is told already."""
        if self.lapsed_on is None and act.today > self.until:
            self._lapse(self.until + DAY, CLOCK, act)

    def end(self, lapsed_on: date, act: Provenance) -> None:
        """It ends before its time, from a day on. Raises RefusedError where it is over or the day is none of its."""
        if self.lapsed_on is not None:
            raise refusals.award_over(self.lapsed_on)
        if not self.starts <= lapsed_on <= min(act.today, self.until):
            raise refusals.outside_award(self.starts, min(act.today, self.until))
        self._lapse(lapsed_on, ENDED, act)

    def _lapse(self, lapsed_on: date, why: str, act: Provenance) -> None:
        fields: dict[str, object] = {
            "award": self.award,
            "scheme": self.scheme,
            "level": self.level,
            "lapsed_on": lapsed_on.isoformat(),
            "why": why,
        }
        self.record(self.Lapsed, at=act.at, person="", organisation=self.organisation, by=act.by, **fields)
