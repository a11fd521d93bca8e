"""What people can do in accreditation."""

from __future__ import annotations

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
from services.accreditation.web.access import (
    ASSESS,
    COURSES,
    PUT_IN_PLACE,
    RECORD,
    admit_to_award,
    admit_to_course,
    admit_to_organisation,
    admit_to_person,
)
from services.accreditation.web.response_schemas import (
    AreaAssessedSchema,
    AwardChangedSchema,
    CompletionCorrectedSchema,
    CompletionRecordedSchema,
    CourseChangedSchema,
    PersonChangedSchema,
    ProvisionChangedSchema,
)
from services.accreditation.web.schemas import (
    AssessAreaSchema,
    CorrectCompletionSchema,
    EndAwardSchema,
    ExemptPersonSchema,
    RecordAwardSchema,
    RecordCompletionSchema,
    RecordCourseSchema,
    RecordProvisionSchema,
    RetireCourseSchema,
    ReviseCourseSchema,
    VacancySchema,
    WithdrawProvisionSchema,
)
from shared.kernel.events import Payload
from shared.web.actor import Actor
from shared.web.acts import Act, in_organisation


def _courses(actor: Actor) -> None:
    admit_to_organisation(actor, COURSES)


def _training(actor: Actor, person: str) -> frozenset[str]:
    return admit_to_person(actor, RECORD, person)


def _in_place(actor: Actor) -> None:
    admit_to_organisation(actor, PUT_IN_PLACE)


def _assessment(actor: Actor) -> None:
    admit_to_organisation(actor, ASSESS)


def _record_award(actor: Actor, _: None, given: Payload) -> RecordAward:
    covers = tuple(sorted(set(given["organisations"])))
    return RecordAward(organisation=actor.organisation, by=actor.person, **{**given, "organisations": covers})


RECORD_COURSE = Act(
    name="record_course",
    about="Ask an audience of one's organisation to take a course. For HR.",
    schema=RecordCourseSchema,
    answer=CourseChangedSchema,
    status=201,
    admit=_courses,
    make=in_organisation(RecordCourse),
)

REVISE_COURSE = Act(
    name="revise_course",
    about="Add a version to a course; with ``retake`` everybody takes it anew. For HR.",
    schema=ReviseCourseSchema,
    answer=CourseChangedSchema,
    status=201,
    admit=admit_to_course,
    make=in_organisation(ReviseCourse),
)

RETIRE_COURSE = Act(
    name="retire_course",
    about="Ask nobody to take the course from a day on. For HR.",
    schema=RetireCourseSchema,
    answer=CourseChangedSchema,
    admit=admit_to_course,
    make=in_organisation(RetireCourse),
)

RECORD_COMPLETION = Act(
    name="record_completion",
    about="Record that somebody completed a version of a course; the same day again changes nothing. For HR.",
    schema=RecordCompletionSchema,
    answer=CompletionRecordedSchema,
    status=201,
    admit=_training,
    make=in_organisation(RecordCompletion),
    error_fields={"code": "taken", "version": "taken"},
)

CORRECT_COMPLETION = Act(
    name="correct_completion",
    about="Remove a completion that was recorded by mistake. For HR.",
    schema=CorrectCompletionSchema,
    answer=CompletionCorrectedSchema,
    admit=_training,
    make=in_organisation(CorrectCompletion),
)

EXEMPT_PERSON = Act(
    name="exempt_person",
    about="Exempt somebody from a course for a time; the same first day again gives another last day. For HR.",
    schema=ExemptPersonSchema,
    answer=PersonChangedSchema,
    status=201,
    admit=_training,
    make=in_organisation(ExemptPerson),
)

RECORD_PROVISION = Act(
    name="record_provision",
    about="Record that something is in place for carers. For HR.",
    schema=RecordProvisionSchema,
    answer=ProvisionChangedSchema,
    status=201,
    admit=_in_place,
    make=in_organisation(RecordProvision),
    refusal_field="starts",
)

VACATE_CHAMPION = Act(
    name="vacate_champion",
    about="Record since when nobody is the Carers' Champion. For HR.",
    schema=VacancySchema,
    answer=ProvisionChangedSchema,
    admit=_in_place,
    make=in_organisation(VacateChampion),
    refusal_field="since",
)

WITHDRAW_PROVISION = Act(
    name="withdraw_provision",
    about="Record that something is in place no longer. For HR.",
    schema=WithdrawProvisionSchema,
    answer=ProvisionChangedSchema,
    admit=_in_place,
    make=in_organisation(WithdrawProvision),
    refusal_field="ends",
)

RECORD_AWARD = Act(
    name="record_award",
    about="Record an award that one's organisation holds. For HR.",
    schema=RecordAwardSchema,
    answer=AwardChangedSchema,
    status=201,
    admit=_in_place,
    make=_record_award,
    refusal_field="starts",
)

END_AWARD = Act(
    name="end_award",
    about="End an award before its time, from a day on. For HR of the organisation that holds it.",
    schema=EndAwardSchema,
    answer=AwardChangedSchema,
    admit=admit_to_award,
    make=in_organisation(EndAward),
    refusal_field="ends",
)

ASSESS_AREA = Act(
    name="assess_area",
    about="Record what was found in an area of a scheme. For HR.",
    schema=AssessAreaSchema,
    answer=AreaAssessedSchema,
    status=201,
    admit=_assessment,
    make=in_organisation(AssessArea),
    error_fields={"scores-incomplete": "evidence_on"},
    refusal_field="evidence_on",
)
