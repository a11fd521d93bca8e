"""The errands API."""

from typing import Any
from uuid import UUID

from shared.web.access import allow, relations_to, visible
from shared.web.actor import current_actor
from shared.web.api import ApiBlueprint, answered
from shared.web.commands import run
from shared.web.limits import bulk
from tests.shared.web.errands.commands import Write
from tests.shared.web.errands.web.access import ACCESS
from tests.shared.web.errands.web.acts import WRITE
from tests.shared.web.errands.web.schemas import ErrandSchema, SearchSchema, WriteSchema, WrittenSchema

blueprint = ApiBlueprint("errands", __name__, description="Errands")

OWNER = "11111111-1111-4111-8111-111111111111"


blueprint.act("/errands", WRITE)


@blueprint.post("/many")
@bulk
@blueprint.arguments(WriteSchema(many=True))
@blueprint.response(200, WrittenSchema)
def write_many(body: list[dict[str, Any]]) -> dict[str, Any]:
    """Write down many errands."""
    actor = current_actor()
    allow(ACCESS, actor, "write", {"own"})
    return answered(run("errands", Write(body[0]["day"], body[0]["part"], actor.person)))


@blueprint.get("/errands")
@blueprint.arguments(SearchSchema, location="query")
@blueprint.response(200, ErrandSchema(many=True))
def search(query: dict[str, Any]) -> list[dict[str, Any]]:
    """Look for one's own errands."""
    allow(ACCESS, current_actor(), "read", {"own"})
    return [{"day": query.get("day"), "part": str(query["limit"])}]


@blueprint.get("/errands/<uuid:errand>")
@blueprint.response(200, ErrandSchema)
def read(errand: UUID) -> dict[str, Any]:
    """Read an errand."""
    actor = current_actor()
    relations = relations_to(actor, person=OWNER, organisation="dft", manager="22222222-2222-4222-8222-222222222222")
    fields = allow(ACCESS, actor, "read", relations)
    return visible({"day": "2026-03-13", "part": "am", "weight": 7.5}, fields)


@blueprint.get("/places/<slug:place>")
@blueprint.response(200, ErrandSchema)
def at_place(place: str) -> dict[str, Any]:
    """Errands at a place."""
    allow(ACCESS, current_actor(), "read", {"own"})
    return {"part": place}
