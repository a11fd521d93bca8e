"""Accreditation's JSON API."""

from __future__ import annotations

from flask import Response

from services.accreditation.read.courses import courses_of
from services.accreditation.read.figures import compliance_on
from services.accreditation.read.provisions import provisions_of
from services.accreditation.web.access import (
    ASSESS,
    COURSES,
    EVIDENCE,
    IN_PLACE,
    TRAINING,
    admit_own,
    admit_to_course,
    admit_to_organisation,
    admit_to_person,
    admit_to_reports,
)
from services.accreditation.web.acts import (
    ASSESS_AREA,
    CORRECT_COMPLETION,
    END_AWARD,
    EXEMPT_PERSON,
    RECORD_AWARD,
    RECORD_COMPLETION,
    RECORD_COURSE,
    RECORD_PROVISION,
    RETIRE_COURSE,
    REVISE_COURSE,
    VACATE_CHAMPION,
    WITHDRAW_PROVISION,
)
from services.accreditation.web.downloads import evidence_file, still_to_train_file
from services.accreditation.web.response_schemas import (
    AssessmentSchema,
    AwardsSchema,
    ComplianceSchema,
    CoursesSchema,
    ProvisionsSchema,
    TeamSchema,
    TrainingSchema,
)
from services.accreditation.web.schemas import (
    OnSchema,
    WhoseSchema,
)
from services.accreditation.web.views import (
    application,
    assessment_view,
    awards_view,
    compliance_view,
    course_view,
    team_view,
    this_day,
    training_view,
)
from services.accreditation.wiring import AccreditationWiring
from shared.kernel.events import Payload
from shared.web.actor import current_actor
from shared.web.api import ApiBlueprint
from shared.web.app_context import wired

blueprint = ApiBlueprint(
    "accreditation", __name__, description="Training, provisions for carers, self-assessments and awards"
)


@blueprint.get("/courses")
@blueprint.response(200, CoursesSchema)
def list_courses() -> dict[str, object]:
    """The courses of one's organisation. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, COURSES)
    with wired(AccreditationWiring).reading() as connection:
        return {"courses": [course_view(each) for each in courses_of(connection, actor.organisation)]}


blueprint.act("/courses", RECORD_COURSE)


blueprint.act("/courses/<slug:code>/versions", REVISE_COURSE)


blueprint.act("/courses/<slug:code>/retire", RETIRE_COURSE)


@blueprint.get("/courses/<slug:code>/compliance")
@blueprint.arguments(OnSchema, location="query")
@blueprint.response(200, ComplianceSchema)
def show_compliance(query: Payload, code: str) -> dict[str, object]:
    """A course's exact figures on a day. For HR of the organisation."""
    course = admit_to_course(current_actor(), code)
    day = query["on"] or this_day()
    with wired(AccreditationWiring).reading() as connection:
        return compliance_view(course, day, compliance_on(connection, course, day))


@blueprint.get("/courses/<slug:code>/to-take")
@blueprint.arguments(OnSchema, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="text/csv")
def download_still_to_train(query: Payload, code: str) -> Response:
    """Download who must still take a course on a day: staff number, post, course, title, last day. For HR."""
    return still_to_train_file(admit_to_course(current_actor(), code), query["on"] or this_day())


@blueprint.get("/training")
@blueprint.arguments(WhoseSchema, location="query")
@blueprint.response(200, TrainingSchema)
def show_training(query: Payload) -> dict[str, object]:
    """One's own training; the status of somebody one manages; or, for HR, that of a person in their organisation."""
    actor = current_actor()
    person = query["person"] or actor.person
    own = person == actor.person
    fields = admit_own(actor) if own else admit_to_person(actor, TRAINING, person)
    return training_view(person, actor.organisation, fields, own=own)


@blueprint.get("/team")
@blueprint.response(200, TeamSchema)
def show_team() -> dict[str, object]:
    """The courses of the people one manages, and how each stands."""
    actor = current_actor()
    return {"asked": team_view(actor.person, admit_to_reports(actor))}


blueprint.act("/completions", RECORD_COMPLETION)


blueprint.act("/completions/<uuid:completion>/correct", CORRECT_COMPLETION)


blueprint.act("/exemptions", EXEMPT_PERSON)


@blueprint.get("/provisions")
@blueprint.arguments(OnSchema, location="query")
@blueprint.response(200, ProvisionsSchema)
def list_provisions(query: Payload) -> dict[str, object]:
    """What one's organisation has put in place for carers, as on a day."""
    actor = current_actor()
    admit_to_organisation(actor, IN_PLACE)
    with wired(AccreditationWiring).reading() as connection:
        return {"provisions": provisions_of(connection, actor.organisation, query["on"] or this_day())}


blueprint.act("/provisions", RECORD_PROVISION)


blueprint.act("/provisions/vacancy", VACATE_CHAMPION)


blueprint.act("/provisions/withdraw", WITHDRAW_PROVISION)


@blueprint.get("/awards")
@blueprint.arguments(OnSchema, location="query")
@blueprint.response(200, AwardsSchema)
def list_awards(query: Payload) -> dict[str, object]:
    """The awards that cover one's organisation or that it holds, and its highest level under each scheme on a day."""
    actor = current_actor()
    admit_to_organisation(actor, IN_PLACE)
    shown, levels = awards_view(actor.organisation, query["on"] or this_day())
    return {"awards": shown, "levels": levels}


blueprint.act("/awards", RECORD_AWARD)


blueprint.act("/awards/<uuid:award>/end", END_AWARD)


@blueprint.get("/assessments/<slug:scheme>")
@blueprint.response(200, AssessmentSchema)
def show_assessment(scheme: str) -> dict[str, object]:
    """One's organisation's self-assessment under a scheme. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, ASSESS)
    return assessment_view(actor.organisation, application().scheme(scheme), this_day())


@blueprint.get("/assessments/<slug:scheme>/evidence")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
def download_evidence(scheme: str) -> Response:
    """Download the evidence for a scheme as at today: one zip, to print, as JSON and as CSV. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, EVIDENCE)
    return evidence_file(actor.organisation, application().scheme(scheme), this_day())


blueprint.act("/assessments/<slug:scheme>/areas", ASSESS_AREA)
