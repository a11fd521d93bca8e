"""The pages of workforce: for HR the staff of their organisation, for everybody their own record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from services.workforce.access import CHANGE, CORRECT, LIST, READ, RECORD, admit, admit_to_place, fields_of
from services.workforce.domain.commands import ChangeEmployment, CorrectName, EndEmployment, RecordEmployment
from services.workforce.domain.terms import NATIONS, STATUSES
from services.workforce.places import place_of
from services.workforce.read.bodies import employer_names, employers_in, organisation_names
from services.workforce.read.held import Held
from services.workforce.read.names import ERASED, names_of
from services.workforce.read.record import record_of, records_of, states_of
from services.workforce.read.staff_list import staff_found, staff_of
from services.workforce.schemas import (
    PAGE_SIZE,
    ChangeEmploymentSchema,
    EndEmploymentSchema,
    FindStaffSchema,
    NameSchema,
    RecordEmploymentSchema,
    particulars,
    typed,
)
from services.workforce.wiring import WorkforceWiring
from services.workforce.words import fte_words, pattern_words
from shared.demonstration.scale import people_each
from shared.kernel.errors import CarersError, InvalidError, RefusedError
from shared.web.actor import Actor, current_actor
from shared.web.app_context import app_context, wired
from shared.web.commands import KeyMissingError, run, see_other
from shared.web.forms import Form, form_for
from shared.web.paging import paged

blueprint = Blueprint("workforce", __name__, url_prefix="/workforce", template_folder="templates")


_NOBODY: Final = "Nobody here has a name or staff number that begins like this. Check the spelling, or type less of it"


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """The staff of the organisation for HR, all or those without a manager; one's own record for everybody else."""
    actor = current_actor()
    if "hr" not in actor.roles:
        return own_record()
    admit(actor, LIST)
    workforce = wired(WorkforceWiring)
    day, alone = workforce.application.today(), request.args.get("manager") == "none"
    with workforce.reading() as connection:

        def read(most: int, start: int) -> Sequence[Held]:
            return staff_of(connection, actor.organisation, day, without_manager=alone, limit=most, offset=start).rows

        page = paged(read, PAGE_SIZE)
        total = staff_of(connection, actor.organisation, day, without_manager=alone, limit=0).total
        names = names_of(connection, workforce.keys, (held.person for held in page.rows))
        organisation = organisation_names(connection).get(actor.organisation, actor.organisation)
    return render_template(
        "workforce/staff.html",
        form=form_for(FindStaffSchema()),
        staff=page.rows,
        total=total,
        each=people_each(app_context().settings).get(actor.organisation, 1),
        names=names,
        organisation=organisation,
        alone=alone,
        day=day,
        page=page.number,
        last=-(-total // PAGE_SIZE),
        **page.turning(),
    )


@blueprint.route("/find", methods=["GET", "POST"])
def find_staff() -> ResponseReturnValue:
    """Find staff by the beginning of a name or staff number, also people who have left. No address holds a name."""
    actor = current_actor()
    admit(actor, LIST)
    workforce = wired(WorkforceWiring)
    day, form, staff = workforce.application.today(), form_for(FindStaffSchema()), []
    with workforce.reading() as connection:
        if form.submitted and form.valid:
            text = form.data["who"]
            persons = workforce.staff_directory.book.called(connection, actor.organisation, text)
            staff = staff_found(connection, actor.organisation, day, text, persons, limit=PAGE_SIZE + 1)
            if not staff:
                form.refuse(_NOBODY, field="who")
        names = names_of(connection, workforce.keys, (held.person for held in staff))
        organisation = organisation_names(connection).get(actor.organisation, actor.organisation)
    page = render_template(
        "workforce/find.html",
        form=form,
        staff=staff[:PAGE_SIZE],
        more=len(staff) > PAGE_SIZE,
        names=names,
        organisation=organisation,
        day=day,
    )
    return page, form.status


@blueprint.get("/record")
def own_record() -> ResponseReturnValue:
    """What is recorded about the person who asks."""
    actor = current_actor()
    return _record_page(actor, actor.person)


@blueprint.get("/people/<uuid:person>")
def show_person(person: UUID) -> ResponseReturnValue:
    """What one may see of a person."""
    return _record_page(current_actor(), str(person))


@blueprint.route("/people/new", methods=["GET", "POST"])
def record_employment() -> ResponseReturnValue:
    """Record somebody new."""
    actor = current_actor()
    admit(actor, RECORD)
    form = form_for(RecordEmploymentSchema(), values={"full_time_hours": "37:00", "fte": "1"})
    if form.submitted and form.valid:
        data = form.data
        given = particulars(data, organisation=actor.organisation, employer=data["employer"], starts=data["starts"])
        command = RecordEmployment(data["person"], data["name"], given, actor.person)
        if (done := _done(form, command, "Employment recorded")) is not None:
            return done
    with wired(WorkforceWiring).reading() as connection:
        employers = employers_in(connection, actor.organisation)
    return render_template("workforce/employment_new.html", form=form, employers=employers), form.status


@blueprint.route("/people/<uuid:person>/employments/<uuid:employment>/change", methods=["GET", "POST"])
def change_employment(person: UUID, employment: UUID) -> ResponseReturnValue:
    """Let other terms hold from a day on."""
    actor = current_actor()
    place = place_of(actor, CHANGE, person, employment)
    held, manager, organisations = _held_now(str(person), str(employment))
    today = wired(WorkforceWiring).application.today()
    form = form_for(ChangeEmploymentSchema(), values=typed(held, manager, today) if held else {})
    if form.submitted and form.valid:
        data = form.data
        given = particulars(data, organisation=data["organisation"], employer=place.employer, starts=place.starts)
        command = ChangeEmployment(str(person), place.employment, data["effective_from"], given, actor.person)
        if (done := _done(form, command, "Change recorded")) is not None:
            return done
    page = render_template(
        "workforce/employment_change.html", form=form, person=person, place=place, organisations=organisations
    )
    return page, form.status


@blueprint.route("/people/<uuid:person>/employments/<uuid:employment>/end", methods=["GET", "POST"])
def end_employment(person: UUID, employment: UUID) -> ResponseReturnValue:
    """Give an employment its last day."""
    actor = current_actor()
    place = place_of(actor, CHANGE, person, employment)
    form = form_for(EndEmploymentSchema(), values={"ends": place.ends})
    if form.submitted and form.valid:
        command = EndEmployment(str(person), place.employment, form.data["ends"], actor.person)
        if (done := _done(form, command, "Last day recorded")) is not None:
            return done
    return render_template("workforce/employment_end.html", form=form, person=person, place=place), form.status


@blueprint.route("/people/<uuid:person>/name", methods=["GET", "POST"])
def correct_name(person: UUID) -> ResponseReturnValue:
    """Correct what a person is called."""
    actor = current_actor()
    workforce = wired(WorkforceWiring)
    admit_to_place(
        actor, CORRECT, str(person), workforce.application.places(str(person)), workforce.application.today()
    )
    with workforce.reading() as connection:
        name = names_of(connection, workforce.keys, [str(person)]).get(str(person), "")
    form = form_for(NameSchema(), values={"name": name})
    if form.submitted and form.valid:
        command = CorrectName(str(person), form.data["name"], actor.person)
        if (done := _done(form, command, "Name corrected")) is not None:
            return done
    return render_template("workforce/name.html", form=form, person=person), form.status


def _done(form: Form, command: Any, message: str) -> ResponseReturnValue | None:
    """Run the form's command and go to the person's record; or show its refusal, and stay."""
    try:
        answer = run("workforce", command)
    except KeyMissingError:
        raise
    except (RefusedError, InvalidError) as refusal:
        form.refuse(refusal.message, field=_field_of(form, refusal))
        return None
    return see_other("workforce", answer, url_for("workforce.show_person", person=answer.data["person"]), message)


def _field_of(form: Form, refusal: CarersError) -> str | None:
    field = refusal.data.get("field")
    return field if field in form.schema.fields else None


def _record_page(actor: Actor, person: str) -> ResponseReturnValue:
    workforce = wired(WorkforceWiring)
    day = workforce.application.today()
    with workforce.reading() as connection:
        held = record_of(connection, person, day)
        admit_to_place(actor, READ, person, held, day)
        seen = [(place, fields_of(actor, READ, person, place, day)) for place in held]
        shown = [(place, allowed) for place, allowed in seen if allowed]
        managers = [place.manager for place, allowed in shown if "*" in allowed and place.manager]
        names = names_of(connection, workforce.keys, [person, *managers])
        states = {
            place.employment: states_of(connection, place.employment) for place, allowed in shown if "*" in allowed
        }
        bodies = organisation_names(connection) | employer_names(connection)
    return render_template(
        "workforce/record.html",
        person=person,
        name=names.get(person, ""),
        erased=names.get(person) == ERASED,
        employments=shown,
        states=states,
        names=names,
        bodies=bodies,
        own=person == actor.person,
        hr="hr" in actor.roles,
        more=_more_of(actor, person, [place for place, _ in shown], day),
        day=day,
        nations=NATIONS,
        statuses=STATUSES,
        pattern_words=pattern_words,
        fte_words=fte_words,
    )


_MORE: Final = {
    "leave": ("See their leave", "/leave/staff/{}"),
    "accreditation": ("See their training", "/accreditation/people/{}"),
    "passport": ("Read their passport (you will need the staff number)", "/passport/find"),
}
"""Where HR goes on from a record, by the service that has to be there."""


def _more_of(actor: Actor, person: str, held: Sequence[Held], day: date) -> list[tuple[str, str]]:
    """Links to what other services of the deployment keep about somebody who works in HR's organisation today."""
    if not any(place.organisation == actor.organisation and place.phase(day) == "current" for place in held):
        return []
    there = app_context().settings.services
    return [(words, address.format(person)) for service, (words, address) in _MORE.items() if service in there]


def _held_now(person: str, employment: str) -> tuple[Held | None, str, dict[str, str]]:
    """The employment as the lists have it today, its manager's staff number, and the organisations by name."""
    workforce = wired(WorkforceWiring)
    day = workforce.application.today()
    with workforce.reading() as connection:
        held = next((place for place in record_of(connection, person, day) if place.employment == employment), None)
        number = _number_of(connection, held) if held else ""
        return held, number, organisation_names(connection)


def _number_of(connection: Connection, held: Held) -> str:
    """The staff number of somebody's manager with the same legal employer; empty where there is none."""
    if not held.manager:
        return ""
    places = records_of(connection, [held.manager], wired(WorkforceWiring).application.today())
    return next((place.staff_number for place in places if place.employer == held.employer), "")
