"""What one carer has agreed that others may read. Only the carer consents and withdraws."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from services.passport.domain import refusals
from services.passport.domain.consents import LONGEST_PURPOSE, Consent, readable
from services.passport.domain.sections import SECTIONS
from services.passport.domain.terms import PostedProvenance
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.ids import derived_id


class Sharing(Aggregate):
    """The consents that stand, by identifier."""

    TOPIC: ClassVar[str] = "passport.sharing"

    def __init__(self, person: str) -> None:
        self.person = person
        self.consents: dict[str, Consent] = {}
        self.forgotten = False

    @staticmethod
    def id_of(person: str) -> UUID:
        """The identifier of a person's consents."""
        return derived_id("passport-sharing", person)

    @classmethod
    def open(cls, person: str, organisation: str, act: PostedProvenance) -> Self:
        """No consent yet."""
        return cls.begin(
            cls.Opened, id=cls.id_of(person), at=act.at, person=person, organisation=organisation, by=act.by
        )

    def readable_by(self, reader: str, day: date, managers: Collection[str]) -> frozenset[str]:
        """The sections that somebody else may read on a day, on which these people manage the carer."""
        return frozenset() if self.forgotten else readable(self.consents.values(), reader, day, managers)

    def consent(self, consent: Consent, organisation: str, act: PostedProvenance) -> None:
        """Let somebody read. Raises InvalidError or RefusedError for a consent that opens nothing to anybody."""
        self._require_carer(act)
        if consent.reader == self.person:
            raise refusals.share_with_oneself()
        if not consent.sections:
            raise refusals.no_sections()
        if any(section not in SECTIONS for section in consent.sections):
            raise refusals.no_such_section()
        if not consent.purpose:
            raise refusals.purpose_missing()
        if len(consent.purpose) > LONGEST_PURPOSE:
            raise refusals.too_long(LONGEST_PURPOSE)
        if consent.ends is not None and consent.ends < consent.starts:
            raise refusals.ends_before_it_starts()
        if consent.ends is not None and consent.ends < act.today:
            raise refusals.over_already()
        self._record(
            self.Consented,
            organisation,
            act,
            consent=consent.id,
            reader=consent.reader,
            capacity=consent.capacity,
            sections=_in_order(consent.sections),
            purpose=consent.purpose,
            starts=consent.starts.isoformat(),
            ends=consent.ends.isoformat() if consent.ends else None,
        )

    def withdraw(self, consent: str, organisation: str, act: PostedProvenance) -> None:
        """Withdraw a consent, from this moment."""
        self._require_carer(act)
        if consent not in self.consents:
            raise refusals.no_such_consent()
        self._record(self.Withdrawn, organisation, act, consent=consent)

    def close(self, organisation: str, act: PostedProvenance) -> None:
        """Every consent ends at this moment. No event where none stands."""
        self._require_carer(act)
        if self.consents:
            self._record(self.Closed, organisation, act)

    def forget(self, organisation: str, act: PostedProvenance) -> None:
        """Erase: nothing more is accepted. No event where it is done already."""
        if not self.forgotten:
            self._record(self.Forgotten, organisation, act)

    def _require_carer(self, act: PostedProvenance) -> None:
        if self.forgotten:
            raise refusals.erased()
        if act.by != self.person:
            raise refusals.only_the_carer()

    def _record(self, event: type[object], organisation: str, act: PostedProvenance, **fields: object) -> None:
        self.record(event, at=act.at, person=self.person, organisation=organisation, by=act.by, **fields)

    class Event(Aggregate.Event):
        """An event of somebody's consents."""

    class Opened(Event, First):
        """The person can share a passport."""

        TOPIC: ClassVar[str] = "passport.sharing.opened"

    class Consented(Event):
        """Somebody may read sections. ``starts`` and ``ends`` are days, both included; what for is sealed."""

        TOPIC: ClassVar[str] = "passport.sharing.consented"
        SEALED: ClassVar[tuple[str, ...]] = ("purpose",)

        consent: str
        reader: str
        capacity: str
        sections: list[str]
        purpose: str | None
        starts: str
        ends: str | None

        def apply(self, aggregate: Sharing) -> None:
            """The consent stands."""
            aggregate.consents[self.consent] = Consent(
                self.consent,
                self.reader,
                self.capacity,
                tuple(self.sections),
                self.purpose or "",
                date.fromisoformat(self.starts),
                date.fromisoformat(self.ends) if self.ends else None,
            )

    class Withdrawn(Event):
        """A consent was withdrawn."""

        TOPIC: ClassVar[str] = "passport.sharing.withdrawn"

        consent: str

        def apply(self, aggregate: Sharing) -> None:
            """It opens nothing any more."""
            del aggregate.consents[self.consent]

    class Closed(Event):
        """The passport ended or went elsewhere, and every consent with it."""

        TOPIC: ClassVar[str] = "passport.sharing.closed"

        def apply(self, aggregate: Sharing) -> None:
            """None stands."""
            aggregate.consents = {}

    class Forgotten(Event):
        """The person was erased."""

        TOPIC: ClassVar[str] = "passport.sharing.forgotten"

        def apply(self, aggregate: Sharing) -> None:
            """Nothing more is accepted."""
            aggregate.forgotten = True
            aggregate.consents = {}


def _in_order(sections: Sequence[str]) -> list[str]:
    return [section for section in SECTIONS if section in sections]
