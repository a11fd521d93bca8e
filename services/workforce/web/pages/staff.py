"""The pages of workforce: for HR the staff of their organisation, for everybody their own record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from services.workforce.domain.terms import NATIONS, STATUSES
from services.workforce.read.bodies import employer_names, employers_in, organisation_names
from services.workforce.read.held import Held
from services.workforce.read.names import ERASED, names_of
from services.workforce.read.record import record_of, records_of, states_of
from services.workforce.read.staff_list import staff_found, staff_of
from services.workforce.web.access import LIST, READ, admit, admit_to_place, fields_of
from services.workforce.web.acts import CHANGE_EMPLOYMENT, CORRECT_NAME, END_EMPLOYMENT, RECORD_EMPLOYMENT
from services.workforce.web.blueprint import blueprint
from services.workforce.web.directory import staff_directory
from services.workforce.web.schemas import (
    PAGE_SIZE,
    FindStaffSchema,
    typed,
)
from services.workforce.web.words import fte_words, pattern_words
from services.workforce.wiring import WorkforceWiring
from shared.demonstration.scale import people_each
from shared.store.commands import Answer
from shared.web.actor import Actor, current_actor
from shared.web.acts import Onward
from shared.web.app_context import app_context, wired
from shared.web.forms import form_for
from shared.web.paging import paged

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
            persons = staff_directory().book.called(connection, actor.organisation, text)
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
    form = RECORD_EMPLOYMENT.form(values={"full_time_hours": "37:00", "fte": "1"})
    let = RECORD_EMPLOYMENT.let(person=form.data.get("person", ""))
    if done := RECORD_EMPLOYMENT.submit(form, let, _record_with("Employment recorded")):
        return done
    with wired(WorkforceWiring).reading() as connection:
        employers = employers_in(connection, let.actor.organisation)
    return render_template("workforce/employment_new.html", form=form, employers=employers), form.status


@blueprint.route("/people/<uuid:person>/employments/<uuid:employment>/change", methods=["GET", "POST"])
def change_employment(person: UUID, employment: UUID) -> ResponseReturnValue:
    """Let other terms hold from a day on."""
    let = CHANGE_EMPLOYMENT.let(person=person, employment=employment)
    held, manager, organisations = _held_now(str(person), str(employment))
    today = wired(WorkforceWiring).application.today()
    form = CHANGE_EMPLOYMENT.form(values=typed(held, manager, today) if held else {})
    if done := CHANGE_EMPLOYMENT.submit(form, let, _record_with("Change recorded")):
        return done
    page = render_template(
        "workforce/employment_change.html", form=form, person=person, place=let.subject, organisations=organisations
    )
    return page, form.status


@blueprint.route("/people/<uuid:person>/employments/<uuid:employment>/end", methods=["GET", "POST"])
def end_employment(person: UUID, employment: UUID) -> ResponseReturnValue:
    """Give an employment its last day."""
    let = END_EMPLOYMENT.let(person=person, employment=employment)
    form = END_EMPLOYMENT.form(values={"ends": let.subject.ends})
    if done := END_EMPLOYMENT.submit(form, let, _record_with("Last day recorded")):
        return done
    return render_template("workforce/employment_end.html", form=form, person=person, place=let.subject), form.status


@blueprint.route("/people/<uuid:person>/name", methods=["GET", "POST"])
def correct_name(person: UUID) -> ResponseReturnValue:
    """Correct what a person is called."""
    let, workforce = CORRECT_NAME.let(person=person), wired(WorkforceWiring)
    with workforce.reading() as connection:
        name = names_of(connection, workforce.keys, [str(person)]).get(str(person), "")
    form = CORRECT_NAME.form(values={"name": name})
    if done := CORRECT_NAME.submit(form, let, _record_with("Name corrected")):
        return done
    return render_template("workforce/name.html", form=form, person=person), form.status


def _record_with(message: str) -> Callable[[Answer], Onward]:
    """After an act, the record of whoever it was about, with a sentence."""
    return lambda answer: (url_for("workforce.show_person", person=answer.data["person"]), message)


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
