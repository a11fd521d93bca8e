"""Accreditation's JSON API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.accreditation.access import (
    ASSESS,
    COURSES,
    EVIDENCE,
    IN_PLACE,
    PUT_IN_PLACE,
    RECORD,
    TRAINING,
    admit_own,
    admit_to_award,
    admit_to_course,
    admit_to_organisation,
    admit_to_person,
    admit_to_reports,
)
from services.accreditation.domain.commands import (
    AssessArea,
    CorrectCompletion,
    EndAward,
    ExemptPerson,
    RecordAward,
    RecordCompletion,
    RecordCourse,
    RecordProvision,
    RetireCourse,
    ReviseCourse,
    VacateChampion,
    WithdrawProvision,
)
from services.accreditation.downloads import evidence_file, still_to_train_file
from services.accreditation.read.courses import courses_of
from services.accreditation.read.figures import compliance_on
from services.accreditation.read.provisions import provisions_of
from services.accreditation.schemas import (
    AssessAreaSchema,
    CorrectCompletionSchema,
    EndAwardSchema,
    ExemptPersonSchema,
    OnSchema,
    RecordAwardSchema,
    RecordCompletionSchema,
    RecordCourseSchema,
    RecordProvisionSchema,
    RetireCourseSchema,
    ReviseCourseSchema,
    VacancySchema,
    WhoseSchema,
    WithdrawProvisionSchema,
)
from services.accreditation.shown import (
    AreaAssessedSchema,
    AssessmentSchema,
    AwardChangedSchema,
    AwardsSchema,
    CompletionCorrectedSchema,
    CompletionRecordedSchema,
    ComplianceSchema,
    CourseChangedSchema,
    CoursesSchema,
    PersonChangedSchema,
    ProvisionChangedSchema,
    ProvisionsSchema,
    TeamSchema,
    TrainingSchema,
)
from services.accreditation.views import (
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
from shared.web.actor import current_actor
from shared.web.api import ApiBlueprint, answered
from shared.web.app_context import wired
from shared.web.commands import run

blueprint = ApiBlueprint(
    "accreditation", __name__, description="Training, provisions for carers, self-assessments and awards"
)


@blueprint.get("/courses")
@blueprint.response(200, CoursesSchema)
def list_courses() -> dict[str, Any]:
    """The courses of one's organisation. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, COURSES)
    with wired(AccreditationWiring).reading() as connection:
        return {"courses": [course_view(each) for each in courses_of(connection, actor.organisation)]}


@blueprint.post("/courses")
@blueprint.arguments(RecordCourseSchema)
@blueprint.response(201, CourseChangedSchema)
def record_course(body: dict[str, Any]) -> dict[str, Any]:
    """Ask an audience of one's organisation to take a course. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, COURSES)
    return answered(run("accreditation", RecordCourse(organisation=actor.organisation, by=actor.person, **body)))


@blueprint.post("/courses/<slug:code>/versions")
@blueprint.arguments(ReviseCourseSchema)
@blueprint.response(201, CourseChangedSchema)
def revise_course(body: dict[str, Any], code: str) -> dict[str, Any]:
    """Add a version to a course; with ``retake`` everybody takes it anew. For HR."""
    actor = current_actor()
    admit_to_course(actor, code)
    command = ReviseCourse(organisation=actor.organisation, code=code, by=actor.person, **body)
    return answered(run("accreditation", command))


@blueprint.post("/courses/<slug:code>/retire")
@blueprint.arguments(RetireCourseSchema)
@blueprint.response(200, CourseChangedSchema)
def retire_course(body: dict[str, Any], code: str) -> dict[str, Any]:
    """Ask nobody to take the course from a day on. For HR."""
    actor = current_actor()
    admit_to_course(actor, code)
    return answered(run("accreditation", RetireCourse(actor.organisation, code, body["ends"], actor.person)))


@blueprint.get("/courses/<slug:code>/compliance")
@blueprint.arguments(OnSchema, location="query")
@blueprint.response(200, ComplianceSchema)
def show_compliance(query: dict[str, Any], code: str) -> dict[str, Any]:
    """A course's exact figures on a day. For HR of the organisation."""
    course = admit_to_course(current_actor(), code)
    day = query["on"] or this_day()
    with wired(AccreditationWiring).reading() as connection:
        return compliance_view(course, day, compliance_on(connection, course, day))


@blueprint.get("/courses/<slug:code>/to-take")
@blueprint.arguments(OnSchema, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="text/csv")
def download_still_to_train(query: dict[str, Any], code: str) -> Response:
    """Download who must still take a course on a day: staff number, post, course, title, last day. For HR."""
    return still_to_train_file(admit_to_course(current_actor(), code), query["on"] or this_day())


@blueprint.get("/training")
@blueprint.arguments(WhoseSchema, location="query")
@blueprint.response(200, TrainingSchema)
def show_training(query: dict[str, Any]) -> dict[str, Any]:
    """One's own training; the status of somebody one manages; or, for HR, that of a person in their organisation."""
    actor = current_actor()
    person = query["person"] or actor.person
    own = person == actor.person
    fields = admit_own(actor) if own else admit_to_person(actor, TRAINING, person)
    return training_view(person, actor.organisation, fields, own=own)


@blueprint.get("/team")
@blueprint.response(200, TeamSchema)
def show_team() -> dict[str, Any]:
    """The courses of the people one manages, and how each stands."""
    actor = current_actor()
    return {"asked": team_view(actor.person, admit_to_reports(actor))}


@blueprint.post("/completions")
@blueprint.arguments(RecordCompletionSchema)
@blueprint.response(201, CompletionRecordedSchema)
def record_completion(body: dict[str, Any]) -> dict[str, Any]:
    """Record that somebody completed a version of a course; the same day again changes nothing. For HR."""
    actor = current_actor()
    admit_to_person(actor, RECORD, body["person"])
    command = RecordCompletion(organisation=actor.organisation, by=actor.person, **body)
    return answered(run("accreditation", command))


@blueprint.post("/completions/<uuid:completion>/correct")
@blueprint.arguments(CorrectCompletionSchema)
@blueprint.response(200, CompletionCorrectedSchema)
def correct_completion(body: dict[str, Any], completion: UUID) -> dict[str, Any]:
    """Remove a completion that was recorded by mistake. For HR."""
    actor = current_actor()
    admit_to_person(actor, RECORD, body["person"])
    command = CorrectCompletion(actor.organisation, body["code"], body["person"], str(completion), actor.person)
    return answered(run("accreditation", command))


@blueprint.post("/exemptions")
@blueprint.arguments(ExemptPersonSchema)
@blueprint.response(201, PersonChangedSchema)
def exempt_person(body: dict[str, Any]) -> dict[str, Any]:
    """Exempt somebody from a course for a time; the same first day again gives another last day. For HR."""
    actor = current_actor()
    admit_to_person(actor, RECORD, body["person"])
    return answered(run("accreditation", ExemptPerson(organisation=actor.organisation, by=actor.person, **body)))


@blueprint.get("/provisions")
@blueprint.arguments(OnSchema, location="query")
@blueprint.response(200, ProvisionsSchema)
def list_provisions(query: dict[str, Any]) -> dict[str, Any]:
    """What one's organisation has put in place for carers, as on a day."""
    actor = current_actor()
    admit_to_organisation(actor, IN_PLACE)
    with wired(AccreditationWiring).reading() as connection:
        return {"provisions": provisions_of(connection, actor.organisation, query["on"] or this_day())}


@blueprint.post("/provisions")
@blueprint.arguments(RecordProvisionSchema)
@blueprint.response(201, ProvisionChangedSchema)
def record_provision(body: dict[str, Any]) -> dict[str, Any]:
    """Record that something is in place for carers. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    return answered(run("accreditation", RecordProvision(organisation=actor.organisation, by=actor.person, **body)))


@blueprint.post("/provisions/vacancy")
@blueprint.arguments(VacancySchema)
@blueprint.response(200, ProvisionChangedSchema)
def vacate_champion(body: dict[str, Any]) -> dict[str, Any]:
    """Record since when nobody is the Carers' Champion. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    return answered(run("accreditation", VacateChampion(actor.organisation, body["since"], actor.person)))


@blueprint.post("/provisions/withdraw")
@blueprint.arguments(WithdrawProvisionSchema)
@blueprint.response(200, ProvisionChangedSchema)
def withdraw_provision(body: dict[str, Any]) -> dict[str, Any]:
    """Record that something is in place no longer. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    command = WithdrawProvision(actor.organisation, body["kind"], body["ends"], actor.person)
    return answered(run("accreditation", command))


@blueprint.get("/awards")
@blueprint.arguments(OnSchema, location="query")
@blueprint.response(200, AwardsSchema)
def list_awards(query: dict[str, Any]) -> dict[str, Any]:
    """The awards that cover one's organisation or that it holds, and its highest level under each scheme on a day."""
    actor = current_actor()
    admit_to_organisation(actor, IN_PLACE)
    shown, levels = awards_view(actor.organisation, query["on"] or this_day())
    return {"awards": shown, "levels": levels}


@blueprint.post("/awards")
@blueprint.arguments(RecordAwardSchema)
@blueprint.response(201, AwardChangedSchema)
def record_award(body: dict[str, Any]) -> dict[str, Any]:
    """Record an award that one's organisation holds. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    covers = tuple(sorted(set(body.pop("organisations"))))
    command = RecordAward(organisation=actor.organisation, by=actor.person, organisations=covers, **body)
    return answered(run("accreditation", command))


@blueprint.post("/awards/<uuid:award>/end")
@blueprint.arguments(EndAwardSchema)
@blueprint.response(200, AwardChangedSchema)
def end_award(body: dict[str, Any], award: UUID) -> dict[str, Any]:
    """End an award before its time, from a day on. For HR of the organisation that holds it."""
    actor = current_actor()
    found = admit_to_award(actor, str(award))
    return answered(run("accreditation", EndAward(actor.organisation, found.award, body["ends"], actor.person)))


@blueprint.get("/assessments/<slug:scheme>")
@blueprint.response(200, AssessmentSchema)
def show_assessment(scheme: str) -> dict[str, Any]:
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


@blueprint.post("/assessments/<slug:scheme>/areas")
@blueprint.arguments(AssessAreaSchema)
@blueprint.response(201, AreaAssessedSchema)
def assess_area(body: dict[str, Any], scheme: str) -> dict[str, Any]:
    """Record what was found in an area of a scheme. For HR."""
    actor = current_actor()
    admit_to_organisation(actor, ASSESS)
    command = AssessArea(organisation=actor.organisation, scheme=scheme, by=actor.person, **body)
    return answered(run("accreditation", command))
