"""One person's passport, from one draft to its end and on to the next: decide, then apply.

Only the carer writes and ends; a manager proposes, and signs their own side. A signature is of one version: whatever
is written afterwards voids it. Source: GOV.UK, Carer's Passport and Conversation Map.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from services.passport.domain import refusals, rules
from services.passport.domain.paper import Paper
from services.passport.domain.posts import Post, managers_in, organisations_of
from services.passport.domain.sections import Value, from_text, plain, to_text
from services.passport.domain.signatures import CARER, MANAGER, Signature, both_stand
from services.passport.domain.terms import (
    ACCEPTED,
    AGREED,
    AMENDED,
    AMENDMENT_PROPOSED,
    DRAFTED,
    ENDED,
    HELD,
    REVIEWED,
    TRANSFERRED,
    UNCHANGED,
    PostedProvenance,
    Proposal,
    review_due,
)
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.ids import derived_id


class Passport(Aggregate):
    """What is written, what was agreed, signatures and proposals of one person's passports, one after the other."""

    TOPIC: ClassVar[str] = "passport.record"

    def __init__(self, person: str) -> None:
        self.person = person
        self.number = 0
        self.paper = Paper()
        self.forgotten = False

    @staticmethod
    def id_of(person: str) -> UUID:
        """The identifier of a person's record of passports."""
        return derived_id("passport", person)

    @classmethod
    def open(cls, person: str, act: PostedProvenance) -> Self:
        """A new record, before its first passport. Raises RefusedError for somebody without a post."""
        organisations = organisations_of(act.posts)
        if not organisations:
            raise refusals.not_employed()
        return cls.begin(
            cls.Opened, id=cls.id_of(person), at=act.at, person=person, organisation=organisations[0], by=act.by
        )

    @property
    def is_open(self) -> bool:
        """Whether there is a passport that has not ended."""
        return self.paper.is_open and not self.forgotten

    def managers(self, posts: Sequence[Post]) -> tuple[str, ...]:
        """Who manages the carer where the passport is."""
        return managers_in(posts, self.paper.organisation, self.person)

    def place(self, act: PostedProvenance) -> str:
        """Where the passport is: what is agreed moves by consent alone, a draft is where its writer works."""
        organisations = organisations_of(act.posts)
        if not organisations or (self.paper.organisation and self.paper.agreed is not None):
            return self.paper.organisation
        return self.paper.organisation if self.paper.organisation in organisations else organisations[0]

    def draft(self, act: PostedProvenance) -> None:
        """Begin a passport. Raises RefusedError where there is one, or no post."""
        self._require_kept()
        self._require_side(CARER, act)
        if self.is_open:
            raise refusals.already_begun()
        if not act.posts:
            raise refusals.not_employed()
        self._record(self.Drafted, act, number=self.number + 1, drafted_on=act.today.isoformat())

    def write(self, section: str, value: Value, act: PostedProvenance) -> None:
        """Write or empty a section; signatures of another version are void. No event where nothing changes."""
        self._require_open(CARER, act)
        rules.require_settled(self.paper)
        self._write(section, plain(section, value), act)

    def hold_conversation(self, held_on: date, act: PostedProvenance) -> None:
        """Carer and manager have talked. Raises InvalidError for a day that cannot be it."""
        self._require_open(CARER, act)
        rules.require_conversation_day(self.paper, held_on, act.today)
        if held_on != self.paper.held_on:
            self._record(self.ConversationHeld, act, held_on=held_on.isoformat())

    def propose(
        self, proposal: str, section: str, value: Value, reason: str, readable: Collection[str], act: PostedProvenance
    ) -> None:
        """A manager proposes other words for a section that they can read; with that they take over a transfer."""
        self._require_open(MANAGER, act)
        proposed = plain(section, value)
        rules.require_proposable(section, reason, readable)
        if proposed == self.paper.content.get(section):
            raise refusals.nothing_proposed()
        if self.paper.state == TRANSFERRED:
            self._receive(AMENDMENT_PROPOSED, act)
        self._record(
            self.ChangeProposed,
            act,
            proposal=proposal,
            section=section,
            value=to_text(proposed),
            reason=reason.strip(),
            proposed_on=act.today.isoformat(),
        )

    def answer(self, proposal_id: str, accepted: bool, act: PostedProvenance) -> None:
        """The carer accepts a proposal, which writes it, or declines it."""
        self._require_open(CARER, act)
        proposal = self.paper.proposals.get(proposal_id)
        if proposal is None:
            raise refusals.no_such_proposal()
        if accepted:
            if self.paper.content.get(proposal.section) != proposal.before:
                raise refusals.overtaken()
            self._write(proposal.section, proposal.value, act)
        self._record(self.ProposalAnswered, act, proposal=proposal_id, accepted=accepted)

    def sign(self, side: str, digest: str, readable: Collection[str], act: PostedProvenance) -> None:
        """Sign what is written now. Where both sides have, it is agreed; or reviewed, where it had been agreed.

        ``digest``: of what the signer was shown; ``readable``: the sections that a manager can read.
        """
        self._require_open(side, act)
        if side != CARER:
            rules.require_readable(self.paper, readable)
        rules.require_signable(self.paper, digest)
        signed = self.paper.signatures.get(side)
        if signed is not None and signed.by == act.by:
            raise refusals.signed_already()
        version, day = self.paper.version, act.today.isoformat()
        self._record(self.Signed, act, side=side, version=version, digest=digest, signed_on=day)
        if both_stand(self.paper.signatures, version, self.managers(act.posts)):
            self._settle(act)

    def drop_changes(self, act: PostedProvenance) -> None:
        """Go back to what was agreed last."""
        self._require_open(CARER, act)
        if not self.paper.has_changes:
            raise refusals.nothing_changed()
        self._record(self.ChangesDropped, act)

    def ask_for_review(self, act: PostedProvenance) -> None:
        """The carer's circumstances have changed. No event where that is known."""
        self._require_open(CARER, act)
        rules.require_settled(self.paper)
        rules.require_agreed(self.paper)
        if not self.paper.review_asked:
            self._record(self.ReviewAsked, act)

    def transfer(self, organisation: str, act: PostedProvenance) -> str:
        """Take it along to another organisation; answers who manages the carer there. Also on from there, if need be.

        Raises RefusedError where the carer does not work there, where nobody manages them there, or where nothing is
        agreed.
        """
        self._require_open(CARER, act)
        rules.require_agreed(self.paper)
        manager = rules.new_manager(self.paper, organisation, self.person, act.posts)
        self._record(self.Transferred, act, to_organisation=organisation, transferred_on=act.today.isoformat())
        return manager

    def accept_transfer(self, act: PostedProvenance) -> None:
        """The new manager takes over what was agreed."""
        self._require_open(MANAGER, act)
        if self.paper.state != TRANSFERRED:
            raise refusals.not_waiting()
        self._receive(ACCEPTED, act)

    def end(self, reason: str, act: PostedProvenance) -> None:
        """It is needed no longer, and nothing reminds of it."""
        self._require_open(CARER, act)
        rules.require_end_reason(reason)
        self._record(self.Ended, act, ended_on=act.today.isoformat(), reason=reason)

    def forget(self, act: PostedProvenance) -> None:
        """Erase: nothing more is accepted. No event where it is done already."""
        if not self.forgotten:
            self._record(self.Forgotten, act)

    def _write(self, section: str, value: object, act: PostedProvenance) -> None:
        if value != self.paper.content.get(section):
            self._record(self.Written, act, section=section, value=to_text(value))

    def _settle(self, act: PostedProvenance) -> None:
        """Both sides have signed the version."""
        paper, day = self.paper, act.today.isoformat()
        due, manager = review_due(act.today).isoformat(), paper.signatures[MANAGER].by
        if paper.agreed is None:
            waited = (act.today - (paper.drafted_on or act.today)).days
            self._record(self.Agreed, act, agreed_on=day, days_from_draft=waited, review_due=due, manager=manager)
        else:
            outcome = AMENDED if paper.has_changes else UNCHANGED
            self._record(self.Reviewed, act, reviewed_on=day, outcome=outcome, review_due=due, manager=manager)

    def _receive(self, outcome: str, act: PostedProvenance) -> None:
        facts = {"from_organisation": self.paper.came_from, "outcome": outcome, "manager": act.by}
        self._record(self.Received, act, received_on=act.today.isoformat(), **facts)

    def _require_kept(self) -> None:
        if self.forgotten:
            raise refusals.erased()

    def _require_open(self, side: str, act: PostedProvenance) -> None:
        self._require_kept()
        if not self.is_open:
            raise refusals.ended() if self.paper.state == ENDED else refusals.no_passport()
        self._require_side(side, act)

    def _require_side(self, side: str, act: PostedProvenance) -> None:
        """Nobody acts for the other side."""
        if side == CARER and act.by != self.person:
            raise refusals.only_the_carer()
        if side != CARER and act.by not in self.managers(act.posts):
            raise refusals.only_the_manager()

    def _record(self, event: type[object], act: PostedProvenance, **fields: object) -> None:
        self.record(event, at=act.at, person=self.person, organisation=self.place(act), by=act.by, **fields)

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

        def apply(self, aggregate: Passport) -> None:
            """Nothing is written, and nothing of the one before is left."""
            aggregate.number = self.number
            aggregate.paper = Paper(DRAFTED, self.organisation, drafted_on=date.fromisoformat(self.drafted_on))

    class Written(Event):
        """The carer wrote a section, or emptied it. ``value``: canonical JSON, sealed."""

        TOPIC: ClassVar[str] = "passport.section.written"
        SEALED: ClassVar[tuple[str, ...]] = ("value",)

        section: str
        value: str | None

        def apply(self, aggregate: Passport) -> None:
            """Another version, which nobody has signed."""
            aggregate.paper.write_section(self.section, from_text(self.value))
            aggregate.paper.organisation = self.organisation

    class ConversationHeld(Event):
        """Carer and manager talked on a day."""

        TOPIC: ClassVar[str] = "passport.conversation.held"

        held_on: str

        def apply(self, aggregate: Passport) -> None:
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

        def apply(self, aggregate: Passport) -> None:
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

        def apply(self, aggregate: Passport) -> None:
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

        def apply(self, aggregate: Passport) -> None:
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

        def apply(self, aggregate: Passport) -> None:
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

        def apply(self, aggregate: Passport) -> None:
            """What is written is agreed anew."""
            aggregate.paper.put_in_force(REVIEWED, self.review_due)
            aggregate.paper.reviewed_on = date.fromisoformat(self.reviewed_on)

    class ChangesDropped(Event):
        """The carer went back to what was agreed."""

        TOPIC: ClassVar[str] = "passport.changes.dropped"

        def apply(self, aggregate: Passport) -> None:
            """Another version, the same as the agreed one."""
            aggregate.paper.write(dict(aggregate.paper.agreed or {}))

    class ReviewAsked(Event):
        """The carer asked to look at it again."""

        TOPIC: ClassVar[str] = "passport.review.asked"

        def apply(self, aggregate: Passport) -> None:
            """A review is due."""
            aggregate.paper.review_asked = True

    class Transferred(Event):
        """The carer took it along; where it was, the copy is closed."""

        TOPIC: ClassVar[str] = "passport.passport.transferred"

        to_organisation: str
        transferred_on: str

        def apply(self, aggregate: Passport) -> None:
            """It waits for the new manager."""
            aggregate.paper.move(TRANSFERRED, self.to_organisation)

    class Received(Event):
        """The new manager took it over. ``outcome``: accepted, or amendment-proposed."""

        TOPIC: ClassVar[str] = "passport.passport.received"

        from_organisation: str
        outcome: str
        manager: str
        received_on: str

        def apply(self, aggregate: Passport) -> None:
            """It is in force again."""
            aggregate.paper.state = AGREED

    class Ended(Event):
        """It is needed no longer. The reason is sealed."""

        TOPIC: ClassVar[str] = "passport.passport.ended"
        SEALED: ClassVar[tuple[str, ...]] = ("reason",)

        ended_on: str
        reason: str | None

        def apply(self, aggregate: Passport) -> None:
            """Nothing of it is open to anybody but the carer."""
            aggregate.paper.state = ENDED
            aggregate.paper.ended_on = date.fromisoformat(self.ended_on)

    class Forgotten(Event):
        """The person was erased."""

        TOPIC: ClassVar[str] = "passport.record.forgotten"

        def apply(self, aggregate: Passport) -> None:
            """Nothing more is accepted."""
            aggregate.forgotten = True
