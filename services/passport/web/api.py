"""The passport's JSON API. What is another's is shown only after the reading was noted."""

from __future__ import annotations

from uuid import UUID

from services.passport.read.team import named_readers_passports, team_passports
from services.passport.web.access import (
    READ,
    READ_FOR_PURPOSE,
    SEE_READINGS,
    SHARE,
    admit_to_list,
    admit_to_own,
    admit_to_passport,
)
from services.passport.web.acts import (
    ANSWER_PROPOSAL,
    ASK_FOR_REVIEW,
    BEGIN_PASSPORT,
    DROP_CHANGES,
    END_PASSPORT,
    GIVE_CONSENT,
    PROPOSE_CHANGE,
    RECORD_CONVERSATION,
    SIGN_AS_MANAGER,
    SIGN_MINE,
    TAKE_OVER,
    TRANSFER_PASSPORT,
    WITHDRAW_CONSENT,
    WRITE_SECTION,
)
from services.passport.web.reading import looked, open_sections
from services.passport.web.response_schemas import ConsentsSchema, PassportSchema, ReadingsSchema, TeamSchema
from services.passport.web.schemas import PAGE_SIZE, PurposeSchema
from services.passport.web.views import consents_view, passport_view, readings_view, team_view
from services.passport.wiring import PassportWiring
from shared.kernel.clock import today
from shared.kernel.events import Payload
from shared.web.actor import Actor, current_actor
from shared.web.api import ApiBlueprint
from shared.web.app_context import wired
from shared.web.paging import offset
from shared.web.schemas import PageSchema

blueprint = ApiBlueprint("passport", __name__, description="Carer's Passports: content, signatures, consents, readings")
blueprint.act("/mine", BEGIN_PASSPORT)


@blueprint.get("/mine")
@blueprint.response(200, PassportSchema)
def show_mine() -> dict[str, object]:
    """One's own passport, all of it."""
    actor = current_actor()
    standing = admit_to_own(actor, READ)
    return passport_view(standing, open_sections(actor, standing))


blueprint.act("/mine/sections", WRITE_SECTION)
blueprint.act("/mine/conversation", RECORD_CONVERSATION)
blueprint.act("/mine/sign", SIGN_MINE)
blueprint.act("/mine/drop-changes", DROP_CHANGES)
blueprint.act("/mine/ask-for-review", ASK_FOR_REVIEW)
blueprint.act("/mine/proposals/<uuid:proposal>", ANSWER_PROPOSAL)


@blueprint.get("/mine/consents")
@blueprint.response(200, ConsentsSchema)
def list_consents() -> dict[str, object]:
    """Who can read each part of one's passport."""
    return {"consents": consents_view(admit_to_own(current_actor(), SHARE))}


blueprint.act("/mine/consents", GIVE_CONSENT)
blueprint.act("/mine/consents/<uuid:consent>/withdraw", WITHDRAW_CONSENT)


@blueprint.get("/mine/readings")
@blueprint.arguments(PageSchema, location="query")
@blueprint.response(200, ReadingsSchema)
def list_readings(query: Payload) -> dict[str, object]:
    """Who has read one's passport, newest first."""
    standing = admit_to_own(current_actor(), SEE_READINGS)
    return {
        "readings": readings_view(looked(standing.passport.person, limit=PAGE_SIZE, offset=offset(query, PAGE_SIZE)))
    }


blueprint.act("/mine/transfer", TRANSFER_PASSPORT)
blueprint.act("/mine/end", END_PASSPORT)


@blueprint.get("/team")
@blueprint.response(200, TeamSchema)
def list_team() -> dict[str, object]:
    """The passports of the people one manages, and those shared with one by name: that they are there."""
    actor = current_actor()
    fields = admit_to_list(actor)
    held = wired(PassportWiring)
    with held.reading() as connection:
        day = today(held.clock)
        team = team_passports(connection, actor.person, day)
        return {
            "team": [team_view(each, fields) for each in team],
            "named": named_readers_passports(connection, actor.person, day),
        }


@blueprint.get("/people/<uuid:person>")
@blueprint.response(200, PassportSchema)
def show_passport(person: UUID) -> dict[str, object]:
    """Somebody's passport by the parts that they share; the reading is noted, and they see it."""
    actor = current_actor()
    return _shown(actor, READ, person)


@blueprint.get("/people/<uuid:person>/for-purpose")
@blueprint.arguments(PurposeSchema, location="query")
@blueprint.response(200, PassportSchema)
def show_for_purpose(query: Payload, person: UUID) -> dict[str, object]:
    """The agreed passport of somebody in one's organisation, for HR with a purpose; noted, and the carer sees it."""
    return _shown(current_actor(), READ_FOR_PURPOSE, person, query["purpose"])


blueprint.act("/people/<uuid:person>/proposals", PROPOSE_CHANGE)
blueprint.act("/people/<uuid:person>/sign", SIGN_AS_MANAGER)
blueprint.act("/people/<uuid:person>/take-over", TAKE_OVER)


def _shown(actor: Actor, action: str, person: UUID, purpose: str = "") -> dict[str, object]:
    standing = admit_to_passport(actor, action, str(person))
    return passport_view(standing, open_sections(actor, standing, purpose))
