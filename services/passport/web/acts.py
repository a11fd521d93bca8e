"""What people can do with passports: their own, and as a manager with those of others."""

from __future__ import annotations

from collections.abc import Callable

from services.passport.domain.commands import (
    AcceptTransfer,
    AnswerProposal,
    AskForReview,
    BeginPassport,
    DropChanges,
    EndPassport,
    ProposeChange,
    RecordConversation,
    SharePassport,
    SignPassport,
    StopSharing,
    TransferPassport,
    WriteSection,
)
from services.passport.domain.posts import default_reader
from services.passport.domain.signatures import CARER, MANAGER
from services.passport.web import access
from services.passport.web.access import OWN, Standing, admit_own, admit_to_own, admit_to_passport
from services.passport.web.response_schemas import (
    ConsentGivenSchema,
    ConsentWithdrawnSchema,
    PassportDecidedSchema,
    PassportMovedSchema,
    PassportSignedSchema,
    ProposalDecidedSchema,
)
from services.passport.web.schemas import (
    AnswerProposalSchema,
    ConversationSchema,
    DigestSchema,
    EndSchema,
    ProposalSchema,
    SectionSchema,
    ShareSchema,
    TransferSchema,
    value_of,
)
from shared.kernel.events import Payload
from shared.web.actor import Actor
from shared.web.acts import Act, about_oneself, by_actor


def _may_begin(actor: Actor) -> None:
    admit_own(actor, access.WRITE)


def _own_passport(action: str) -> Callable[[Actor], Standing]:
    """Lets somebody at their own passport; what an ended one takes is for the command to say."""

    def admit(actor: Actor) -> Standing:
        return admit_to_own(actor, action)

    return admit


def _anothers_passport(action: str) -> Callable[[Actor, str], Standing]:
    """Lets somebody at another person's passport."""

    def admit(actor: Actor, person: str) -> Standing:
        return admit_to_passport(actor, action, person)

    return admit


def _write_section(actor: Actor, _: Standing, given: Payload) -> WriteSection:
    return WriteSection(actor.person, given["section"], value_of(given), actor.person)


def _sign_passport(actor: Actor, standing: Standing, given: Payload) -> SignPassport:
    side = CARER if standing.relation == OWN else MANAGER
    return SignPassport(standing.passport.person, side, given["digest"], actor.person)


def _share_passport(actor: Actor, standing: Standing, given: Payload) -> SharePassport:
    return SharePassport(
        person=actor.person,
        reader=given["reader"] or default_reader(standing.managers),
        sections=tuple(given["sections"]),
        purpose=given["purpose"],
        starts=given["starts"],
        ends=given["ends"],
        by=actor.person,
    )


def _transfer_passport(actor: Actor, _: Standing, given: Payload) -> TransferPassport:
    return TransferPassport(actor.person, given["organisation"], actor.person)


def _propose_change(actor: Actor, _: Standing, given: Payload) -> ProposeChange:
    return ProposeChange(given["person"], given["section"], value_of(given), given["reason"], actor.person)


BEGIN_PASSPORT = Act(
    name="begin_passport",
    about="Begin one's passport, or another where the last has ended.",
    answer=PassportDecidedSchema,
    status=201,
    admit=_may_begin,
    make=about_oneself(BeginPassport),
)

WRITE_SECTION = Act(
    name="write_section",
    about="Write a section of one's passport, or empty it; what was signed of another version is void.",
    schema=SectionSchema,
    answer=PassportDecidedSchema,
    admit=_own_passport(access.WRITE),
    make=_write_section,
    refusal_field="text",
)

RECORD_CONVERSATION = Act(
    name="record_conversation",
    about="Record the day on which one talked with one's manager.",
    schema=ConversationSchema,
    answer=PassportDecidedSchema,
    admit=_own_passport(access.WRITE),
    make=about_oneself(RecordConversation),
    error_fields={"in-the-future": "held_on", "too-long-ago": "held_on"},
    refusal_field="held_on",
)

SIGN_MINE = Act(
    name="sign_mine",
    about="Sign what is written, by the digest that came with it.",
    schema=DigestSchema,
    answer=PassportSignedSchema,
    admit=_own_passport(access.SIGN),
    make=_sign_passport,
    refusal_field="agreed",
)

DROP_CHANGES = Act(
    name="drop_changes",
    about="Go back to what was agreed last.",
    answer=PassportDecidedSchema,
    admit=_own_passport(access.WRITE),
    make=about_oneself(DropChanges),
)

ASK_FOR_REVIEW = Act(
    name="ask_for_review",
    about="Say that one's circumstances have changed, so that a review is due.",
    answer=PassportDecidedSchema,
    admit=_own_passport(access.WRITE),
    make=about_oneself(AskForReview),
)

ANSWER_PROPOSAL = Act(
    name="answer_proposal",
    about="Accept what one's manager proposed, which writes it, or decline it.",
    schema=AnswerProposalSchema,
    answer=ProposalDecidedSchema,
    admit=_own_passport(access.WRITE),
    make=about_oneself(AnswerProposal),
)

GIVE_CONSENT = Act(
    name="give_consent",
    about="Let somebody of one's organisation read sections: one's manager where nobody is named.",
    schema=ShareSchema,
    answer=ConsentGivenSchema,
    status=201,
    admit=_own_passport(access.SHARE),
    make=_share_passport,
    error_fields={"over-already": "ends"},
)

WITHDRAW_CONSENT = Act(
    name="withdraw_consent",
    about="Withdraw a consent, from this moment.",
    answer=ConsentWithdrawnSchema,
    admit=_own_passport(access.SHARE),
    make=about_oneself(StopSharing),
)

TRANSFER_PASSPORT = Act(
    name="transfer_passport",
    about="Take one's passport to the organisation in which one works now.",
    schema=TransferSchema,
    answer=PassportMovedSchema,
    admit=_own_passport(access.MOVE),
    make=_transfer_passport,
    refusal_field="consent",
)

END_PASSPORT = Act(
    name="end_passport",
    about="End one's passport. The reason is sealed, and told to nobody.",
    schema=EndSchema,
    answer=PassportDecidedSchema,
    admit=_own_passport(access.END),
    make=about_oneself(EndPassport),
)

PROPOSE_CHANGE = Act(
    name="propose_change",
    about="Propose other words for a section that one can read, as the carer's manager.",
    schema=ProposalSchema,
    answer=ProposalDecidedSchema,
    status=201,
    admit=_anothers_passport(access.PROPOSE),
    make=_propose_change,
    refusal_field="text",
)

SIGN_AS_MANAGER = Act(
    name="sign_as_manager",
    about="Sign what is written as the carer's manager, by the digest that came with it.",
    schema=DigestSchema,
    answer=PassportSignedSchema,
    admit=_anothers_passport(access.SIGN),
    make=_sign_passport,
    refusal_field="agreed",
)

TAKE_OVER = Act(
    name="take_over",
    about="Take over what was agreed elsewhere, as the carer's new manager.",
    answer=PassportDecidedSchema,
    admit=_anothers_passport(access.TAKE_OVER),
    make=by_actor(AcceptTransfer),
)
