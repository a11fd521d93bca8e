"""A self-assessment under a scheme: scores and evidence, area by area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Self
from uuid import UUID

from services.accreditation.domain import refusals
from services.accreditation.domain.schemes import Scheme
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.ids import derived_id
from shared.kernel.periods import add_months
from shared.kernel.provenance import Provenance

SCORES: Final = {0: "Not begun", 1: "Begun", 2: "In place", 3: "In place and reviewed"}
"""How far a criterion is met: the score and its words [our own scale, since the schemes publish none]."""

FRESH_MONTHS: Final = 12
"""Evidence counts while it is under this many months old (indicator 21)."""

LONGEST_EVIDENCE: Final = 1000


@dataclass(frozen=True)
class AreaScores:
    """What was found in an area. ``evidence_on``: the day that the evidence is from."""

    scores: Mapping[str, int]
    evidence: str
    evidence_on: date

    @property
    def reached(self) -> int:
        """The sum of its scores."""
        return sum(self.scores.values())


def fresh(evidence_on: date, day: date) -> bool:
    """Whether evidence of a day is under twelve months old on another."""
    return evidence_on <= day < add_months(evidence_on, FRESH_MONTHS)


class Assessment(Aggregate):
    """An organisation's self-assessment under one scheme. No person is concerned in its events."""

    TOPIC: ClassVar[str] = "accreditation.assessment"

    class Event(Aggregate.Event):
        """What happened to a self-assessment."""

        TOPIC: ClassVar[str] = "accreditation.assessment.event"
        scheme: str

    class Opened(Event, First):
        """A self-assessment is begun."""

        TOPIC: ClassVar[str] = "accreditation.assessment.opened"

    class AreaAssessed(Event):
        """An area was looked at; what was found before is replaced. ``areas``: how many the scheme has."""

        TOPIC: ClassVar[str] = "accreditation.assessment.area-assessed"
        area: str
        areas: int
        scores: dict[str, int]
        evidence: str
        evidence_on: str

        def apply(self, aggregate: Assessment) -> None:
            """Keep what was found."""
            aggregate.areas[self.area] = AreaScores(
                dict(self.scores), self.evidence, date.fromisoformat(self.evidence_on)
            )

    def __init__(self, *, organisation: str, scheme: str) -> None:
        self.organisation = organisation
        self.scheme = scheme
        self.areas: dict[str, AreaScores] = {}

    @staticmethod
    def id_of(organisation: str, scheme: str) -> UUID:
        """The identifier of an organisation's self-assessment under a scheme."""
        return derived_id("assessment", organisation, scheme)

    @classmethod
    def open(cls, scheme: str, act: Provenance) -> Self:
        """A self-assessment of the organisation that acts, with nothing found yet."""
        return cls.begin(
            cls.Opened,
            id=cls.id_of(act.organisation, scheme),
            at=act.at,
            person="",
            organisation=act.organisation,
            by=act.by,
            scheme=scheme,
        )

    def assess(
        self,
        scheme: Scheme,
        area_name: str,
        scores: Mapping[str, int],
        evidence: str,
        evidence_on: date,
        act: Provenance,
    ) -> None:
        """Record what was found in an area; no event where it is known.

        Raises RefusedError for an area that the scheme has not or evidence of a day to come, and InvalidError where
        a criterion has no score, or one that is none.
        """
        area = scheme.area(area_name)
        if area is None:
            raise refusals.no_such_area()
        criteria = [each.criterion for each in area.criteria]
        if set(scores) != set(criteria) or not set(scores.values()) <= set(SCORES):
            raise refusals.scores_incomplete()
        if evidence_on > act.today:
            raise refusals.not_yet(act.today)
        found = AreaScores({name: scores[name] for name in criteria}, evidence, evidence_on)
        if self.areas.get(area_name) != found:
            self.record(
                self.AreaAssessed,
                at=act.at,
                person="",
                organisation=self.organisation,
                by=act.by,
                scheme=self.scheme,
                area=area_name,
                areas=len(scheme.areas),
                scores=dict(found.scores),
                evidence=evidence,
                evidence_on=evidence_on.isoformat(),
            )
