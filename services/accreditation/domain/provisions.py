"""What an employer puts in place for carers: the kinds, and a provision's time in place.

Kinds after the Civil Service Carers' Strategy's actions and the areas of Carer Confident.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final, Self
from uuid import UUID

from services.accreditation.domain import refusals
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.ids import derived_id
from shared.kernel.provenance import Provenance

CHAMPION: Final = "carers-champion"

KINDS: Final = {
    "carers-policy": "Carers policy",
    "carers-charter": "Carers’ Charter signed",
    CHAMPION: "Carers’ Champion",
    "carers-network": "Carers’ network",
    "passport-offered": "Carer’s Passport offered",
    "special-leave-guidance": "Special leave guidance",
    "manager-toolkit": "Line manager toolkit",
    "awareness-campaign": "Awareness campaign",
    "young-adult-carers": "Support for young adult carers",
    "emotional-support": "Emotional support",
}
"""What can be put in place: the value and its words."""

VACANT_DAYS: Final = 90
"""Days for which a champion's place may be vacant and still counts as in place, the first vacant day included."""

LONGEST_OWNER: Final = 120
LONGEST_EVIDENCE: Final = 500


@dataclass(frozen=True)
class Term:
    """One time of a provision, from its first day. Later days are None while unknown.

    ``ends``: the first day on which it was no longer in place. ``vacant_since``: a champion's first vacant day.
    """

    starts: date
    ends: date | None = None
    vacant_since: date | None = None

    @property
    def out_on(self) -> date | None:
        """The first day on which it counts no longer, by its end or a vacancy that is too long."""
        vacant = self.vacant_since + timedelta(days=VACANT_DAYS) if self.vacant_since else None
        return min((day for day in (self.ends, vacant) if day), default=None)

    def in_place(self, day: date) -> bool:
        """Whether it counts as in place on a day."""
        return self.starts <= day and (self.out_on is None or day < self.out_on)


def in_place(terms: Iterable[Term], day: date) -> bool:
    """Whether any of the provision's times has the day."""
    return any(term.in_place(day) for term in terms)


class Provision(Aggregate):
    """One kind of provision of one organisation, over all its times. No person is concerned in its events."""

    TOPIC: ClassVar[str] = "accreditation.provision"

    class Event(Aggregate.Event):
        """What happened to a provision."""

        TOPIC: ClassVar[str] = "accreditation.provision.event"
        kind: str

    class Opened(Event, First):
        """Something is about to be recorded of it."""

        TOPIC: ClassVar[str] = "accreditation.provision.opened"

    class Recorded(Event):
        """It is in place from ``starts`` on. ``review_on``: when it is to be looked at again.

        ``vacant_since``: a vacancy that is known, which what is said here does not end.
        """

        TOPIC: ClassVar[str] = "accreditation.provision.recorded"
        starts: str
        owner: str
        evidence: str
        review_on: str | None
        vacant_since: str | None

        def apply(self, aggregate: Provision) -> None:
            """Keep the time and what is said of it."""
            starts = date.fromisoformat(self.starts)
            vacant_since = date.fromisoformat(self.vacant_since) if self.vacant_since else None
            aggregate.terms[starts] = Term(starts, vacant_since=vacant_since)
            aggregate.told[starts] = (self.owner, self.evidence, self.review_on)

    class Vacated(Event):
        """Nobody is the champion from ``vacant_since`` on."""

        TOPIC: ClassVar[str] = "accreditation.provision.vacated"
        starts: str
        vacant_since: str

        def apply(self, aggregate: Provision) -> None:
            """Keep the first vacant day."""
            starts = date.fromisoformat(self.starts)
            aggregate.terms[starts] = Term(starts, vacant_since=date.fromisoformat(self.vacant_since))

    class Withdrawn(Event):
        """It is in place no longer from ``ends`` on."""

        TOPIC: ClassVar[str] = "accreditation.provision.withdrawn"
        starts: str
        ends: str

        def apply(self, aggregate: Provision) -> None:
            """Keep the end."""
            held = aggregate.terms[date.fromisoformat(self.starts)]
            aggregate.terms[held.starts] = Term(held.starts, date.fromisoformat(self.ends), held.vacant_since)

    def __init__(self, *, organisation: str, kind: str) -> None:
        self.organisation = organisation
        self.kind = kind
        self.terms: dict[date, Term] = {}
        self.told: dict[date, tuple[str, str, str | None]] = {}

    @staticmethod
    def id_of(organisation: str, kind: str) -> UUID:
        """The identifier of an organisation's provision."""
        return derived_id("provision", organisation, kind)

    @classmethod
    def open(cls, kind: str, act: Provenance) -> Self:
        """A provision of the organisation that acts, with nothing recorded. Raises InvalidError for an unknown kind."""
        if kind not in KINDS:
            raise refusals.unknown_kind(kind, tuple(KINDS))
        return cls.begin(
            cls.Opened,
            id=cls.id_of(act.organisation, kind),
            at=act.at,
            person="",
            organisation=act.organisation,
            by=act.by,
            kind=kind,
        )

    def put_in_place(self, starts: date, owner: str, evidence: str, review_on: date | None, act: Provenance) -> None:
        """It is in place from a day on. With the first day of a time that is there, what is said of it changes.

        No event where all of it is known. Raises RefusedError where another time has the day, or for a day to come.
        """
        if starts > act.today:
            raise refusals.not_yet(act.today)
        if starts in self.terms and self.terms[starts].ends is not None:
            raise refusals.withdrawn_already(starts)
        for term in self.terms.values():
            if term.starts != starts and _has_days_from(term, starts):
                raise refusals.in_place_already(term.starts)
        review = review_on.isoformat() if review_on else None
        if self.told.get(starts) != (owner, evidence, review):
            held = self.terms.get(starts)
            vacant_since = held.vacant_since.isoformat() if held and held.vacant_since else None
            self._record(
                self.Recorded,
                act,
                starts=starts.isoformat(),
                owner=owner,
                evidence=evidence,
                review_on=review,
                vacant_since=vacant_since,
            )

    def vacate(self, since: date, act: Provenance) -> None:
        """The champion's place is vacant from a day on; no event where that is known."""
        if self.kind != CHAMPION:
            raise refusals.only_a_champion_is_vacant()
        term = self._current(since, act)
        if term.vacant_since != since:
            self._record(self.Vacated, act, starts=term.starts.isoformat(), vacant_since=since.isoformat())

    def withdraw(self, ends: date, act: Provenance) -> None:
        """It is in place no longer from a day on."""
        term = self._current(ends, act)
        self._record(self.Withdrawn, act, starts=term.starts.isoformat(), ends=ends.isoformat())

    def _current(self, day: date, act: Provenance) -> Term:
        """The newest time, still without an end. Raises RefusedError where there is none or the day is none of its."""
        newest = max(self.terms.values(), key=lambda term: term.starts, default=None)
        if newest is None or newest.ends is not None:
            raise refusals.not_in_place()
        if day < newest.starts:
            raise refusals.before_in_place(newest.starts)
        if day > act.today:
            raise refusals.not_yet(act.today)
        return newest

    def _record(self, event: type[Event], act: Provenance, **fields: object) -> None:
        self.record(event, at=act.at, person="", organisation=self.organisation, by=act.by, kind=self.kind, **fields)


def _has_days_from(term: Term, starts: date) -> bool:
    """Whether a time has days in common with one that would begin on a day and stay open."""
    over = min((day for day in (term.ends, term.vacant_since) if day), default=None)
    return over is None or over > starts
