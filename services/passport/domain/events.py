"""What happens to a person's passports, as it is stored for ever."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Protocol

from services.passport.domain.paper import Paper
from services.passport.domain.sections import from_text
from services.passport.domain.signatures import Signature
from services.passport.domain.terms import AGREED, DRAFTED, ENDED, HELD, REVIEWED, TRANSFERRED, Proposal
from shared.kernel.aggregates import Aggregate, First


class Record(Protocol):
    """What the events change: the number and the paper of the last passport, and whether the person was erased."""

    number: int
    paper: Paper
    forgotten: bool


class Event(Aggregate.Event):
    """An event of a person's passports. ``organisation``: where the passport was."""


class Opened(Event, First):
    """The person has a record of passports."""

    TOPIC: ClassVar[str] = "passport.record.opened"


class Drafted(Event):
    """A passport was begun: the person's first, second and so on."""

    TOPIC: ClassVar[str] = "passport.passport.drafted"

    number: int
    drafted_on: str

    def apply(self, aggregate: Record) -> None:
        """Nothing is written, and nothing of the one before is left."""
        aggregate.number = self.number
        aggregate.paper = Paper(DRAFTED, self.organisation, drafted_on=date.fromisoformat(self.drafted_on))


class Written(Event):
    """The carer wrote a section, or emptied it. ``value``: canonical JSON, sealed."""

    TOPIC: ClassVar[str] = "passport.section.written"
    SEALED: ClassVar[tuple[str, ...]] = ("value",)

    section: str
    value: str | None

    def apply(self, aggregate: Record) -> None:
        """Another version, which nobody has signed."""
        aggregate.paper.write_section(self.section, from_text(self.value))
        aggregate.paper.organisation = self.organisation


class ConversationHeld(Event):
    """Carer and manager talked on a day."""

    TOPIC: ClassVar[str] = "passport.conversation.held"

    held_on: str

    def apply(self, aggregate: Record) -> None:
        """It can be signed."""
        aggregate.paper.state = HELD
        aggregate.paper.held_on = date.fromisoformat(self.held_on)
        aggregate.paper.organisation = self.organisation


class ChangeProposed(Event):
    """A manager proposed other words for a section. Both the words and the reason are sealed for the carer."""

    TOPIC: ClassVar[str] = "passport.change.proposed"
    SEALED: ClassVar[tuple[str, ...]] = ("value", "reason")

    proposal: str
    section: str
    value: str | None
    reason: str | None
    proposed_on: str

    def apply(self, aggregate: Record) -> None:
        """It waits for the carer."""
        aggregate.paper.proposals[self.proposal] = Proposal(
            self.proposal,
            self.section,
            from_text(self.value),
            self.reason,
            self.by,
            date.fromisoformat(self.proposed_on),
            aggregate.paper.content.get(self.section),
        )


class ProposalAnswered(Event):
    """The carer accepted a proposal or declined it."""

    TOPIC: ClassVar[str] = "passport.change.answered"

    proposal: str
    accepted: bool

    def apply(self, aggregate: Record) -> None:
        """It waits no longer."""
        del aggregate.paper.proposals[self.proposal]


class Signed(Event):
    """One side signed a version. The digest is sealed, because that of a short text could be guessed."""

    TOPIC: ClassVar[str] = "passport.version.signed"
    SEALED: ClassVar[tuple[str, ...]] = ("digest",)

    side: str
    version: int
    digest: str | None
    signed_on: str

    def apply(self, aggregate: Record) -> None:
        """The signature stands until something is written."""
        signature = Signature(self.by, self.version, date.fromisoformat(self.signed_on))
        aggregate.paper.signatures = {**aggregate.paper.signatures, self.side: signature}


class Agreed(Event):
    """Both signed the first version in force. ``manager``: who signed for that side."""

    TOPIC: ClassVar[str] = "passport.passport.agreed"

    agreed_on: str
    days_from_draft: int
    review_due: str
    manager: str

    def apply(self, aggregate: Record) -> None:
        """What is written is agreed."""
        aggregate.paper.put_in_force(AGREED, self.review_due)
        aggregate.paper.agreed_on = date.fromisoformat(self.agreed_on)


class Reviewed(Event):
    """Both signed again. ``outcome``: unchanged or amended."""

    TOPIC: ClassVar[str] = "passport.passport.reviewed"

    reviewed_on: str
    outcome: str
    review_due: str
    manager: str

    def apply(self, aggregate: Record) -> None:
        """What is written is agreed anew."""
        aggregate.paper.put_in_force(REVIEWED, self.review_due)
        aggregate.paper.reviewed_on = date.fromisoformat(self.reviewed_on)


class ChangesDropped(Event):
    """The carer went back to what was agreed."""

    TOPIC: ClassVar[str] = "passport.changes.dropped"

    def apply(self, aggregate: Record) -> None:
        """Another version, the same as the agreed one."""
        aggregate.paper.write(dict(aggregate.paper.agreed or {}))


class ReviewAsked(Event):
    """The carer asked to look at it again."""

    TOPIC: ClassVar[str] = "passport.review.asked"

    def apply(self, aggregate: Record) -> None:
        """A review is due."""
        aggregate.paper.review_asked = True


class Transferred(Event):
    """The carer took it along; where it was, the copy is closed."""

    TOPIC: ClassVar[str] = "passport.passport.transferred"

    to_organisation: str
    transferred_on: str

    def apply(self, aggregate: Record) -> None:
        """It waits for the new manager."""
        aggregate.paper.move(TRANSFERRED, self.to_organisation)


class Received(Event):
    """The new manager took it over. ``outcome``: accepted, or amendment-proposed."""

    TOPIC: ClassVar[str] = "passport.passport.received"

    from_organisation: str
    outcome: str
    manager: str
    received_on: str

    def apply(self, aggregate: Record) -> None:
        """It is in force again."""
        aggregate.paper.state = AGREED


class Ended(Event):
    """It is needed no longer. The reason is sealed."""

    TOPIC: ClassVar[str] = "passport.passport.ended"
    SEALED: ClassVar[tuple[str, ...]] = ("reason",)

    ended_on: str
    reason: str | None

    def apply(self, aggregate: Record) -> None:
        """Nothing of it is open to anybody but the carer."""
        aggregate.paper.state = ENDED
        aggregate.paper.ended_on = date.fromisoformat(self.ended_on)


class Forgotten(Event):
    """The person was erased."""

    TOPIC: ClassVar[str] = "passport.record.forgotten"

    def apply(self, aggregate: Record) -> None:
        """Nothing more is accepted."""
        aggregate.forgotten = True
