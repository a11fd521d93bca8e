"""The passport's JSON API. What is another's is shown only after the reading was noted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.passport.access import (
    END,
    MOVE,
    PROPOSE,
    READ,
    READ_FOR_PURPOSE,
    SEE_READINGS,
    SHARE,
    SIGN,
    TAKE_OVER,
    WRITE,
    admit_own,
    admit_to_list,
    admit_to_own,
    admit_to_passport,
)
from services.passport.domain import refusals
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
from services.passport.domain.signatures import CARER, MANAGER
from services.passport.read.team import named_readers_passports, team_passports
from services.passport.reading import looked, open_sections
from services.passport.schemas import (
    PAGE_SIZE,
    AnswerProposalSchema,
    ConsentGivenSchema,
    ConsentsSchema,
    ConsentWithdrawnSchema,
    ConversationSchema,
    DigestSchema,
    EndSchema,
    PageSchema,
    PassportDecidedSchema,
    PassportMovedSchema,
    PassportSchema,
    PassportSignedSchema,
    ProposalDecidedSchema,
    ProposalSchema,
    PurposeSchema,
    ReadingsSchema,
    SectionSchema,
    ShareSchema,
    TeamSchema,
    TransferSchema,
    offset,
    value_of,
)
from services.passport.views import consents_view, passport_view, readings_view, team_view
from shared.kernel.clock import today
from shared.web.actor import Actor, current_actor
from shared.web.api import ApiBlueprint, answered
from shared.web.commands import run
from shared.web.wiring import wiring

blueprint = ApiBlueprint("passport", __name__, description="Carer's Passports: content, signatures, consents, readings")


@blueprint.post("/mine")
@blueprint.response(201, PassportDecidedSchema)
def begin_passport() -> dict[str, Any]:
    """Begin one's passport, or another where the last has ended."""
    actor = current_actor()
    admit_own(actor, WRITE)
    return answered(run("passport", BeginPassport(actor.person, actor.person)))


@blueprint.get("/mine")
@blueprint.response(200, PassportSchema)
def show_mine() -> dict[str, Any]:
    """One's own passport, all of it."""
    actor = current_actor()
    standing = admit_to_own(actor, READ)
    return passport_view(standing, open_sections(actor, standing))


@blueprint.post("/mine/sections")
@blueprint.arguments(SectionSchema)
@blueprint.response(200, PassportDecidedSchema)
def write_section(body: dict[str, Any]) -> dict[str, Any]:
    """Write a section of one's passport, or empty it; what was signed of another version is void."""
    actor = current_actor()
    admit_own(actor, WRITE)
    return answered(run("passport", WriteSection(actor.person, body["section"], value_of(body), actor.person)))


@blueprint.post("/mine/conversation")
@blueprint.arguments(ConversationSchema)
@blueprint.response(200, PassportDecidedSchema)
def record_conversation(body: dict[str, Any]) -> dict[str, Any]:
    """Record the day on which one talked with one's manager."""
    actor = current_actor()
    admit_own(actor, WRITE)
    return answered(run("passport", RecordConversation(actor.person, body["held_on"], actor.person)))


@blueprint.post("/mine/sign")
@blueprint.arguments(DigestSchema)
@blueprint.response(200, PassportSignedSchema)
def sign_mine(body: dict[str, Any]) -> dict[str, Any]:
    """Sign what is written, by the digest that came with it."""
    actor = current_actor()
    admit_own(actor, SIGN)
    return answered(run("passport", SignPassport(actor.person, CARER, body["digest"], actor.person)))


@blueprint.post("/mine/drop-changes")
@blueprint.response(200, PassportDecidedSchema)
def drop_changes() -> dict[str, Any]:
    """Go back to what was agreed last."""
    actor = current_actor()
    admit_own(actor, WRITE)
    return answered(run("passport", DropChanges(actor.person, actor.person)))


@blueprint.post("/mine/ask-for-review")
@blueprint.response(200, PassportDecidedSchema)
def ask_for_review() -> dict[str, Any]:
    """Say that one's circumstances have changed, so that a review is due."""
    actor = current_actor()
    admit_own(actor, WRITE)
    return answered(run("passport", AskForReview(actor.person, actor.person)))


@blueprint.post("/mine/proposals/<uuid:proposal>")
@blueprint.arguments(AnswerProposalSchema)
@blueprint.response(200, ProposalDecidedSchema)
def answer_proposal(body: dict[str, Any], proposal: UUID) -> dict[str, Any]:
    """Accept what one's manager proposed, which writes it, or decline it."""
    actor = current_actor()
    admit_own(actor, WRITE)
    return answered(run("passport", AnswerProposal(actor.person, str(proposal), body["accepted"], actor.person)))


@blueprint.get("/mine/consents")
@blueprint.response(200, ConsentsSchema)
def list_consents() -> dict[str, Any]:
    """Who can read each part of one's passport."""
    return {"consents": consents_view(admit_to_own(current_actor(), SHARE))}


@blueprint.post("/mine/consents")
@blueprint.arguments(ShareSchema)
@blueprint.response(201, ConsentGivenSchema)
def give_consent(body: dict[str, Any]) -> dict[str, Any]:
    """Let somebody of one's organisation read sections: one's manager where nobody is named."""
    actor = current_actor()
    standing = admit_to_own(actor, SHARE)
    if not body["reader"] and not standing.managers:
        raise refusals.nobody_there()
    command = SharePassport(
        person=actor.person,
        reader=body["reader"] or standing.managers[0],
        sections=tuple(body["sections"]),
        purpose=body["purpose"],
        starts=body["starts"],
        ends=body["ends"],
        by=actor.person,
    )
    return answered(run("passport", command))


@blueprint.post("/mine/consents/<uuid:consent>/withdraw")
@blueprint.response(200, ConsentWithdrawnSchema)
def withdraw_consent(consent: UUID) -> dict[str, Any]:
    """Withdraw a consent, from this moment."""
    actor = current_actor()
    admit_own(actor, SHARE)
    return answered(run("passport", StopSharing(actor.person, str(consent), actor.person)))


@blueprint.get("/mine/readings")
@blueprint.arguments(PageSchema, location="query")
@blueprint.response(200, ReadingsSchema)
def list_readings(query: dict[str, Any]) -> dict[str, Any]:
    """Who has read one's passport, newest first."""
    standing = admit_to_own(current_actor(), SEE_READINGS)
    return {"readings": readings_view(looked(standing.passport.person, limit=PAGE_SIZE, offset=offset(query)))}


@blueprint.post("/mine/transfer")
@blueprint.arguments(TransferSchema)
@blueprint.response(200, PassportMovedSchema)
def transfer_passport(body: dict[str, Any]) -> dict[str, Any]:
    """Take one's passport to the organisation in which one works now."""
    actor = current_actor()
    admit_own(actor, MOVE)
    return answered(run("passport", TransferPassport(actor.person, body["organisation"], actor.person)))


@blueprint.post("/mine/end")
@blueprint.arguments(EndSchema)
@blueprint.response(200, PassportDecidedSchema)
def end_passport(body: dict[str, Any]) -> dict[str, Any]:
    """End one's passport. The reason is sealed, and told to nobody."""
    actor = current_actor()
    admit_own(actor, END)
    return answered(run("passport", EndPassport(actor.person, body["reason"], actor.person)))


@blueprint.get("/team")
@blueprint.response(200, TeamSchema)
def list_team() -> dict[str, Any]:
    """The passports of the people one manages, and those shared with one by name: that they are there."""
    actor = current_actor()
    fields = admit_to_list(actor)
    held = wiring("passport")
    with held.reading() as connection:
        day = today(held.clock)
        team = team_passports(connection, actor.person, day)
        return {
            "team": [team_view(each, fields) for each in team],
            "named": named_readers_passports(connection, actor.person, day),
        }


@blueprint.get("/people/<uuid:person>")
@blueprint.response(200, PassportSchema)
def show_passport(person: UUID) -> dict[str, Any]:
    """Somebody's passport by the parts that they share; the reading is noted, and they see it."""
    actor = current_actor()
    return _shown(actor, READ, person)


@blueprint.get("/people/<uuid:person>/for-purpose")
@blueprint.arguments(PurposeSchema, location="query")
@blueprint.response(200, PassportSchema)
def show_for_purpose(query: dict[str, Any], person: UUID) -> dict[str, Any]:
    """The agreed passport of somebody in one's organisation, for HR with a purpose; noted, and the carer sees it."""
    return _shown(current_actor(), READ_FOR_PURPOSE, person, query["purpose"])


@blueprint.post("/people/<uuid:person>/proposals")
@blueprint.arguments(ProposalSchema)
@blueprint.response(201, ProposalDecidedSchema)
def propose_change(body: dict[str, Any], person: UUID) -> dict[str, Any]:
    """Propose other words for a section that one can read, as the carer's manager."""
    actor = current_actor()
    admit_to_passport(actor, PROPOSE, str(person))
    command = ProposeChange(str(person), body["section"], value_of(body), body["reason"], actor.person)
    return answered(run("passport", command))


@blueprint.post("/people/<uuid:person>/sign")
@blueprint.arguments(DigestSchema)
@blueprint.response(200, PassportSignedSchema)
def sign_as_manager(body: dict[str, Any], person: UUID) -> dict[str, Any]:
    """Sign what is written as the carer's manager, by the digest that came with it."""
    actor = current_actor()
    admit_to_passport(actor, SIGN, str(person))
    return answered(run("passport", SignPassport(str(person), MANAGER, body["digest"], actor.person)))


@blueprint.post("/people/<uuid:person>/take-over")
@blueprint.response(200, PassportDecidedSchema)
def take_over(person: UUID) -> dict[str, Any]:
    """Take over what was agreed elsewhere, as the carer's new manager."""
    actor = current_actor()
    admit_to_passport(actor, TAKE_OVER, str(person))
    return answered(run("passport", AcceptTransfer(str(person), actor.person)))


def _shown(actor: Actor, action: str, person: UUID, purpose: str = "") -> dict[str, Any]:
    standing = admit_to_passport(actor, action, str(person))
    return passport_view(standing, open_sections(actor, standing, purpose))
