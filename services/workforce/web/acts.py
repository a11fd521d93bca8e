"""What people can do in workforce."""

from __future__ import annotations

from services.workforce.application import Place
from services.workforce.domain.commands import (
    ChangeEmployment,
    CorrectName,
    EndEmployment,
    ForgetPerson,
    RecordEmployment,
    RecordLegalEmployer,
    RecordOrganisation,
)
from services.workforce.web.access import (
    CHANGE,
    CORRECT,
    FORGET,
    RECORD,
    RECORD_BODY,
    admit,
    admit_to_anything,
    admit_to_place,
)
from services.workforce.web.employment_access import place_of
from services.workforce.web.schemas import (
    ChangeEmploymentSchema,
    EmployerAnswerSchema,
    EmploymentAnswerSchema,
    EndEmploymentSchema,
    NameSchema,
    OrganisationAnswerSchema,
    PersonAnswerSchema,
    RecordEmployerSchema,
    RecordEmploymentSchema,
    RecordOrganisationSchema,
    particulars,
)
from services.workforce.wiring import WorkforceWiring
from shared.kernel.events import Payload
from shared.web.actor import Actor
from shared.web.acts import Act, by_actor
from shared.web.app_context import wired
from shared.web.schemas import EmptySchema


def _may_record_body(actor: Actor) -> None:
    admit_to_anything(actor, RECORD_BODY)


def _may_record(actor: Actor, person: str) -> None:
    admit(actor, RECORD, person=person)


def _employment(actor: Actor, person: str, employment: str) -> Place:
    return place_of(actor, CHANGE, person, employment)


def _may_correct(actor: Actor, person: str) -> None:
    application = wired(WorkforceWiring).application
    admit_to_place(actor, CORRECT, person, application.places(person), application.today())


def _may_forget(actor: Actor) -> None:
    admit_to_anything(actor, FORGET)


def _record_employment(actor: Actor, _: None, given: Payload) -> RecordEmployment:
    terms = particulars(given, organisation=actor.organisation, employer=given["employer"], starts=given["starts"])
    return RecordEmployment(given["person"], given["name"], terms, actor.person)


def _change_employment(actor: Actor, held: Place, given: Payload) -> ChangeEmployment:
    terms = particulars(given, organisation=given["organisation"], employer=held.employer, starts=held.starts)
    return ChangeEmployment(given["person"], held.employment, given["effective_from"], terms, actor.person)


RECORD_ORGANISATION = Act(
    name="record_organisation",
    about="Make an organisation known; its slug comes from its name.",
    schema=RecordOrganisationSchema,
    answer=OrganisationAnswerSchema,
    status=201,
    admit=_may_record_body,
    make=by_actor(RecordOrganisation),
)

RECORD_EMPLOYER = Act(
    name="record_employer",
    about="Make a legal employer known; its slug comes from its name.",
    schema=RecordEmployerSchema,
    answer=EmployerAnswerSchema,
    status=201,
    admit=_may_record_body,
    make=by_actor(RecordLegalEmployer),
)

RECORD_EMPLOYMENT = Act(
    name="record_employment",
    about="Record an employment in one's organisation, of somebody new by name or of somebody known.",
    schema=RecordEmploymentSchema,
    answer=EmploymentAnswerSchema,
    status=201,
    admit=_may_record,
    make=_record_employment,
)

CHANGE_EMPLOYMENT = Act(
    name="change_employment",
    about="Let other terms of an employment hold from a day on: all of them are given.",
    schema=ChangeEmploymentSchema,
    answer=EmploymentAnswerSchema,
    status=201,
    admit=_employment,
    make=_change_employment,
)

END_EMPLOYMENT = Act(
    name="end_employment",
    about="Give an employment its last day, or another one.",
    schema=EndEmploymentSchema,
    answer=EmploymentAnswerSchema,
    status=201,
    admit=_employment,
    make=by_actor(EndEmployment),
)

CORRECT_NAME = Act(
    name="correct_name",
    about="Correct a person's name.",
    schema=NameSchema,
    answer=PersonAnswerSchema,
    status=201,
    admit=_may_correct,
    make=by_actor(CorrectName),
)

FORGET_PERSON = Act(
    name="forget_person",
    about="Erase a person's name, here and in every service. It cannot be undone.",
    schema=EmptySchema,
    answer=PersonAnswerSchema,
    status=201,
    admit=_may_forget,
    make=by_actor(ForgetPerson),
)
