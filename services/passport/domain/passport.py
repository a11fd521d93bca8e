"""One person's passport, from one draft to its end and on to the next: decide, then apply.

Only the carer writes and ends; a manager proposes, and signs their own side. A signature is of one version: whatever
is written afterwards voids it. Source: GOV.UK, Carer's Passport and Conversation Map.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from services.passport.domain import events, refusals, rules
from services.passport.domain.paper import Paper
from services.passport.domain.posts import Post, managers_in, organisations_of
from services.passport.domain.sections import Value, plain, to_text
from services.passport.domain.signatures import CARER, MANAGER, both_stand
from services.passport.domain.terms import (
    ACCEPTED,
    AMENDED,
    AMENDMENT_PROPOSED,
    ENDED,
    TRANSFERRED,
    UNCHANGED,
    PostedProvenance,
    review_due,
)
from shared.kernel.aggregates import Aggregate
from shared.kernel.ids import derived_id


class Passport(Aggregate):
    """What is written, what was agreed, signatures and proposals of one person's passports, one after the other."""

    TOPIC: ClassVar[str] = "passport.record"

    Event = events.Event
    Opened = events.Opened
    Drafted = events.Drafted
    Written = events.Written
    ConversationHeld = events.ConversationHeld
    ChangeProposed = events.ChangeProposed
    ProposalAnswered = events.ProposalAnswered
    Signed = events.Signed
    Agreed = events.Agreed
    Reviewed = events.Reviewed
    ChangesDropped = events.ChangesDropped
    ReviewAsked = events.ReviewAsked
    Transferred = events.Transferred
    Received = events.Received
    Ended = events.Ended
    Forgotten = events.Forgotten

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
