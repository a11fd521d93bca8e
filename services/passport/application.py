"""The passport's commands: load what is written and who may read it, one decision of the domain, save."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from services.passport.domain import refusals
from services.passport.domain.commands import (
    AcceptTransfer,
    AnswerProposal,
    AskForReview,
    BeginPassport,
    DropChanges,
    EndPassport,
    Forget,
    ProposeChange,
    RecordConversation,
    SharePassport,
    SignPassport,
    StopSharing,
    TransferPassport,
    WriteSection,
)
from services.passport.domain.consents import MANAGER, NAMED, Consent
from services.passport.domain.history import HISTORY
from services.passport.domain.passport import Passport
from services.passport.domain.posts import Post, managers_in
from services.passport.domain.sections import SECTIONS
from services.passport.domain.sharing import Sharing
from services.passport.domain.terms import PostedProvenance
from shared.kernel.aggregates import Aggregate
from shared.kernel.clock import Clock
from shared.kernel.ids import new_id
from shared.store.application import CommandApplication, handles
from shared.store.commands import Decision
from shared.store.stores import Stores


class People(Protocol):
    """What the passport asks of the people view."""

    def posts_on(self, person: str, day: date) -> Sequence[Post]:
        """A person's posts on a day, earliest start first."""
        ...


class Passports(CommandApplication):
    """Passports are written, talked about, signed, shared, reviewed, taken along and ended."""

    name = "passport"
    history = HISTORY

    def __init__(self, stores: Stores, clock: Clock, people: People) -> None:
        self._people = people
        super().__init__(stores, clock)

    @handles(BeginPassport)
    def begin_passport(self, command: BeginPassport) -> Decision:
        """Begin a passport; the person's key and record are made with the first."""
        act = self._act(command.person, command.by)
        passport, sharing = self.passport_of(command.person), self.sharing_of(command.person)
        opened: tuple[Aggregate, ...] = ()
        if passport is None or sharing is None:
            passport = Passport.open(command.person, act)
            self.keys.create(command.person)
            sharing = Sharing.open(command.person, passport.place(act), act)
            opened = (sharing,)
        passport.draft(act)
        return _decided(passport, *opened)

    @handles(WriteSection)
    def write_section(self, command: WriteSection) -> Decision:
        """Write or empty a section."""
        passport = self._known(command.person)
        passport.write(command.section, command.value, self._act(command.person, command.by))
        return _decided(passport)

    @handles(RecordConversation)
    def record_conversation(self, command: RecordConversation) -> Decision:
        """Carer and manager have talked."""
        passport = self._known(command.person)
        passport.hold_conversation(command.held_on, self._act(command.person, command.by))
        return _decided(passport)

    @handles(ProposeChange)
    def propose_change(self, command: ProposeChange) -> Decision:
        """A manager proposes other words."""
        passport, act = self._known(command.person), self._act(command.person, command.by)
        proposal, readable = str(new_id()), self._readable(passport, command.by, act)
        passport.propose(proposal, command.section, command.value, command.reason, readable, act)
        return _decided(passport, proposal=proposal)

    @handles(AnswerProposal)
    def answer_proposal(self, command: AnswerProposal) -> Decision:
        """The carer accepts a proposal or declines it."""
        passport = self._known(command.person)
        passport.answer(command.proposal, command.accepted, self._act(command.person, command.by))
        return _decided(passport, proposal=command.proposal)

    @handles(SignPassport)
    def sign_passport(self, command: SignPassport) -> Decision:
        """One side signs; where both have, the passport is agreed or reviewed."""
        passport, act = self._known(command.person), self._act(command.person, command.by)
        passport.sign(command.side, command.digest, self._readable(passport, command.by, act), act)
        return _decided(passport, settled=not passport.paper.signatures)

    @handles(DropChanges)
    def drop_changes(self, command: DropChanges) -> Decision:
        """Back to what was agreed."""
        passport = self._known(command.person)
        passport.drop_changes(self._act(command.person, command.by))
        return _decided(passport)

    @handles(AskForReview)
    def ask_for_review(self, command: AskForReview) -> Decision:
        """A review is due because circumstances have changed."""
        passport = self._known(command.person)
        passport.ask_for_review(self._act(command.person, command.by))
        return _decided(passport)

    @handles(SharePassport)
    def share_passport(self, command: SharePassport) -> Decision:
        """Let somebody of the organisation read sections; one's manager, while they are it."""
        passport, act = self._open(command.person), self._act(command.person, command.by)
        sharing, place = self._known_sharing(command.person), passport.place(act)
        capacity = MANAGER if command.reader in managers_in(act.posts, place, command.person) else NAMED
        if capacity == NAMED and not any(post.organisation == place for post in self.posts(command.reader)):
            raise refusals.nobody_there()
        consent = Consent(
            str(new_id()),
            command.reader,
            capacity,
            command.sections,
            command.purpose.strip(),
            command.starts,
            command.ends,
        )
        sharing.consent(consent, place, act)
        return Decision((sharing,), {"consent": consent.id, "capacity": capacity})

    @handles(StopSharing)
    def stop_sharing(self, command: StopSharing) -> Decision:
        """Withdraw a consent."""
        passport, act = self._open(command.person), self._act(command.person, command.by)
        sharing = self._known_sharing(command.person)
        sharing.withdraw(command.consent, passport.place(act), act)
        return Decision((sharing,), {"consent": command.consent})

    @handles(TransferPassport)
    def transfer_passport(self, command: TransferPassport) -> Decision:
        """Take it along: every consent ends, and the manager there may read all of it in order to take it over."""
        passport, act = self._known(command.person), self._act(command.person, command.by)
        sharing, left = self._known_sharing(command.person), passport.place(act)
        manager = passport.transfer(command.organisation, act)
        sharing.close(left, act)
        consent = Consent(str(new_id()), manager, MANAGER, SECTIONS, TAKE_OVER, act.today, None)
        sharing.consent(consent, command.organisation, act)
        return _decided(passport, sharing, organisation=command.organisation)

    @handles(AcceptTransfer)
    def accept_transfer(self, command: AcceptTransfer) -> Decision:
        """The new manager takes over what was agreed."""
        passport, act = self._known(command.person), self._act(command.person, command.by)
        if not self._readable(passport, command.by, act):
            raise refusals.no_passport()
        passport.accept_transfer(act)
        return _decided(passport)

    @handles(EndPassport)
    def end_passport(self, command: EndPassport) -> Decision:
        """It is needed no longer; every consent ends with it."""
        passport, act = self._known(command.person), self._act(command.person, command.by)
        sharing = self._known_sharing(command.person)
        passport.end(command.reason, act)
        sharing.close(passport.place(act), act)
        return _decided(passport, sharing)

    @handles(Forget)
    def forget(self, command: Forget) -> Decision:
        """Destroy the person's key and close their record."""
        self.erase(command.person)
        act = PostedProvenance(command.by, self.now())
        passport, sharing = self.passport_of(command.person), self.sharing_of(command.person)
        if passport is None or sharing is None:
            return Decision((), {"passports": 0})
        sharing.forget(command.organisation, act)
        passport.forget(act)
        return Decision((passport, sharing), {"passports": passport.number})

    def passport_of(self, person: str) -> Passport | None:
        """A person's record of passports as it is stored this moment, what is sealed opened."""
        return self.load(Passport, Passport.id_of(person))

    def sharing_of(self, person: str) -> Sharing | None:
        """A person's consents as they are stored this moment."""
        return self.load(Sharing, Sharing.id_of(person))

    def posts(self, person: str) -> tuple[Post, ...]:
        """The person's posts today."""
        return tuple(self._people.posts_on(person, self.today()))

    def _known(self, person: str) -> Passport:
        passport = self.passport_of(person)
        if passport is None:
            raise refusals.no_passport()
        return passport

    def _open(self, person: str) -> Passport:
        passport = self._known(person)
        if not passport.is_open:
            raise refusals.erased() if passport.forgotten else refusals.ended()
        return passport

    def _known_sharing(self, person: str) -> Sharing:
        sharing = self.sharing_of(person)
        if sharing is None:
            raise refusals.no_passport()
        return sharing

    def _readable(self, passport: Passport, reader: str, act: PostedProvenance) -> Collection[str]:
        """The sections that somebody else may read now."""
        sharing = self._known_sharing(passport.person)
        return sharing.readable_by(reader, act.today, passport.managers(act.posts))

    def _act(self, person: str, by: str) -> PostedProvenance:
        return PostedProvenance(by, self.now(), posts=self.posts(person))


TAKE_OVER = "To take over what was agreed"
"""What the consent is for that goes with a transfer."""


def _decided(passport: Passport, *others: Aggregate, **facts: object) -> Decision:
    """The passport and what else changed with it, and what the passport is now."""
    return Decision((passport, *others), {"state": passport.paper.state, **facts})
