"""Workforce's JSON API."""

from __future__ import annotations

from uuid import UUID

from services.workforce.read.bodies import employer_names, organisation_names
from services.workforce.read.names import names_of
from services.workforce.read.record import record_of, states_of
from services.workforce.read.staff_list import staff_of
from services.workforce.web.access import (
    LIST,
    LIST_BODIES,
    NAME,
    READ,
    admit,
    admit_to_anything,
    admit_to_place,
    fields_of,
)
from services.workforce.web.acts import (
    CHANGE_EMPLOYMENT,
    CORRECT_NAME,
    END_EMPLOYMENT,
    FORGET_PERSON,
    RECORD_EMPLOYER,
    RECORD_EMPLOYMENT,
    RECORD_ORGANISATION,
)
from services.workforce.web.directory import staff_directory
from services.workforce.web.schemas import (
    PAGE_SIZE,
    BodiesSchema,
    NamesQuerySchema,
    NamesSchema,
    RecordSchema,
    StaffQuerySchema,
    StaffSchema,
    StatesSchema,
    shown,
)
from services.workforce.wiring import WorkforceWiring
from shared.kernel.events import Payload
from shared.web.access import visible
from shared.web.actor import Actor, current_actor
from shared.web.api import ApiBlueprint
from shared.web.app_context import wired
from shared.web.paging import offset

blueprint = ApiBlueprint("workforce", __name__, description="Organisations, people and their employments")


@blueprint.get("/record")
@blueprint.response(200, RecordSchema)
def own_record() -> dict[str, object]:
    """One's own record."""
    actor = current_actor()
    return _record(actor, actor.person)


@blueprint.get("/people/<uuid:person>")
@blueprint.response(200, RecordSchema)
def show_person(person: UUID) -> dict[str, object]:
    """What one may see of a person: HR their organisation's employments, a manager their reports' status."""
    return _record(current_actor(), str(person))


@blueprint.get("/people/<uuid:person>/employments/<uuid:employment>")
@blueprint.response(200, StatesSchema)
def list_states(person: UUID, employment: UUID) -> dict[str, object]:
    """Everything that holds of an employment from some day on, the newest first."""
    actor = current_actor()
    workforce = wired(WorkforceWiring)
    day = workforce.application.today()
    with workforce.reading() as connection:
        held = [place for place in record_of(connection, str(person), day) if place.employment == str(employment)]
        allowed = admit_to_place(actor, READ, str(person), held, day)
        states = states_of(connection, str(employment)) if held else []
    return {"states": [visible(shown(state), allowed) for state in states]}


@blueprint.get("/staff")
@blueprint.arguments(StaffQuerySchema, location="query")
@blueprint.response(200, StaffSchema)
def list_staff(query: Payload) -> dict[str, object]:
    """The staff of one's organisation, current and to come, by staff number, a page at a time."""
    actor = current_actor()
    admit(actor, LIST)
    workforce = wired(WorkforceWiring)
    with workforce.reading() as connection:
        found = staff_of(
            connection,
            actor.organisation,
            workforce.application.today(),
            number=query["number"],
            limit=PAGE_SIZE,
            offset=offset(query, PAGE_SIZE),
        )
        names = names_of(connection, workforce.keys, (held.person for held in found.rows))
    staff = [{"person": held.person, "name": names.get(held.person, ""), **shown(held)} for held in found.rows]
    return {"staff": staff, "total": found.total}


@blueprint.get("/names")
@blueprint.arguments(NamesQuerySchema, location="query")
@blueprint.response(200, NamesSchema)
def list_names(query: Payload) -> dict[str, object]:
    """The names of colleagues: one's own, one's manager's, one's reports', for HR and payroll their organisation's."""
    actor = current_actor()
    admit_to_anything(actor, NAME)
    return {"names": staff_directory().names_for(actor, query["person"])}


@blueprint.get("/bodies")
@blueprint.response(200, BodiesSchema)
def list_bodies() -> dict[str, object]:
    """Every organisation and every legal employer by slug."""
    admit_to_anything(current_actor(), LIST_BODIES)
    with wired(WorkforceWiring).reading() as connection:
        return {"organisations": organisation_names(connection), "employers": employer_names(connection)}


blueprint.act("/organisations", RECORD_ORGANISATION)
blueprint.act("/employers", RECORD_EMPLOYER)
blueprint.act("/employments", RECORD_EMPLOYMENT)
blueprint.act("/people/<uuid:person>/employments/<uuid:employment>/changes", CHANGE_EMPLOYMENT)
blueprint.act("/people/<uuid:person>/employments/<uuid:employment>/end", END_EMPLOYMENT)
blueprint.act("/people/<uuid:person>/name", CORRECT_NAME)
blueprint.act("/people/<uuid:person>/forget", FORGET_PERSON)


def _record(actor: Actor, person: str) -> dict[str, object]:
    workforce = wired(WorkforceWiring)
    day = workforce.application.today()
    with workforce.reading() as connection:
        held = record_of(connection, person, day)
        admit_to_place(actor, READ, person, held, day)
        name = names_of(connection, workforce.keys, [person]).get(person, "")
    seen = [(place, fields_of(actor, READ, person, place, day)) for place in held]
    employments = [visible(shown(place), allowed) for place, allowed in seen if allowed]
    return {"person": person, "name": name, "employments": employments}
