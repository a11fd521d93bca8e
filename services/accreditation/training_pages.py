"""HR's pages about one person's training: find them, record a completion, let them off, take back a mistake."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.accreditation.access import RECORD, TRAINING, admit_to_organisation, admit_to_person
from services.accreditation.blueprint import blueprint
from services.accreditation.domain.commands import CorrectCompletion, ExemptPerson, RecordCompletion
from services.accreditation.read.courses import courses_of
from services.accreditation.schemas import CompletionPageSchema, ExemptionSchema, FindSchema
from services.accreditation.views import this_day, training_view
from services.accreditation.wiring import AccreditationWiring
from shared.kernel.errors import CarersError, InvalidError, NotFoundError, RefusedError
from shared.people.labels import labels_of_people, person_with
from shared.web.actor import Actor, current_actor
from shared.web.app_context import wired
from shared.web.colleagues import with_name
from shared.web.commands import run, see_other
from shared.web.forms import Form, form_for
from shared.web.schemas import EmptySchema


@blueprint.route("/people", methods=["GET", "POST"])
def find_person() -> ResponseReturnValue:
    """Find somebody of the organisation by staff number."""
    actor = current_actor()
    admit_to_organisation(actor, RECORD)
    form = form_for(FindSchema())
    if form.submitted and form.valid:
        with wired(AccreditationWiring).reading() as connection:
            person = person_with(connection, actor.organisation, form.data["staff_number"], this_day())
        if person is not None:
            return redirect(url_for("accreditation.show_person", person=person), 303)
        form.refuse("Nobody in your organisation has this staff number today. Check the number", field="staff_number")
    return render_template("accreditation/find.html", form=form), form.status


@blueprint.get("/people/<uuid:person>")
def show_person(person: UUID) -> ResponseReturnValue:
    """A person's training."""
    actor = current_actor()
    fields = admit_to_person(actor, TRAINING, str(person))
    own = str(person) == actor.person
    return render_template(
        "accreditation/person.html",
        person=str(person),
        who=_label(actor, str(person)),
        training=training_view(str(person), actor.organisation, fields, own=own),
        may_record="*" in fields and not own,
    )


@blueprint.route("/people/<uuid:person>/completion", methods=["GET", "POST"])
def record_completion(person: UUID) -> ResponseReturnValue:
    """Record that somebody completed a course."""
    actor = current_actor()
    admit_to_person(actor, RECORD, str(person))
    form = form_for(CompletionPageSchema())
    if form.submitted and form.valid:
        code, _, number = form.data.pop("taken").partition("/")
        command = RecordCompletion(
            organisation=actor.organisation,
            code=code,
            person=str(person),
            version=int(number),
            by=actor.person,
            **form.data,
        )
        try:
            answer = run("accreditation", command)
        except (RefusedError, InvalidError, NotFoundError) as refusal:
            _refuse(form, refusal, {"version": "taken", "code": "taken"})
        else:
            done = (
                "Completion recorded"
                if answer.data["new"]
                else "Nothing has changed: this completion was already recorded"
            )
            return see_other("accreditation", answer, url_for("accreditation.show_person", person=person), done)
    page = render_template(
        "accreditation/completion.html",
        form=form,
        person=str(person),
        who=_label(actor, str(person)),
        taken=_taken(actor),
    )
    return page, form.status


@blueprint.route("/people/<uuid:person>/completions/<slug:code>/<uuid:completion>", methods=["GET", "POST"])
def correct_completion(person: UUID, code: str, completion: UUID) -> ResponseReturnValue:
    """Remove a completion that was recorded by mistake."""
    actor = current_actor()
    fields = admit_to_person(actor, RECORD, str(person))
    done = training_view(str(person), actor.organisation, fields, own=False)["completions"]
    shown = next((each for each in done if (each["completion"], each["code"]) == (str(completion), code)), None)
    if shown is None:
        raise NotFoundError("This completion does not exist. Go back to the person’s training and choose one.")
    form = form_for(EmptySchema())
    if form.submitted and form.valid:
        command = CorrectCompletion(actor.organisation, code, str(person), str(completion), actor.person)
        answer = run("accreditation", command)
        return see_other(
            "accreditation", answer, url_for("accreditation.show_person", person=person), "Completion removed"
        )
    page = render_template(
        "accreditation/correct.html", form=form, person=str(person), who=_label(actor, str(person)), shown=shown
    )
    return page, form.status


@blueprint.route("/people/<uuid:person>/exemption", methods=["GET", "POST"])
def exempt_person(person: UUID) -> ResponseReturnValue:
    """Let somebody off a course for a time."""
    actor = current_actor()
    fields = admit_to_person(actor, RECORD, str(person))
    form = form_for(ExemptionSchema(), values=_known_exemption(actor, str(person), fields))
    if form.submitted and form.valid:
        command = ExemptPerson(organisation=actor.organisation, person=str(person), by=actor.person, **form.data)
        try:
            answer = run("accreditation", command)
        except (RefusedError, InvalidError, NotFoundError) as refusal:
            _refuse(form, refusal, {})
        else:
            return see_other("accreditation", answer, url_for("accreditation.show_person", person=person), "Recorded")
    page = render_template(
        "accreditation/exemption.html",
        form=form,
        person=str(person),
        who=_label(actor, str(person)),
        courses=_courses(actor),
    )
    return page, form.status


def _known_exemption(actor: Actor, person: str, fields: frozenset[str]) -> dict[str, Any]:
    """What is known of the exemption that the address names by course and first day, to change it; else nothing."""
    named = (request.args.get("code"), request.args.get("starts"))
    for each in training_view(person, actor.organisation, fields, own=False)["exemptions"] if all(named) else ():
        if (each["code"], each["starts"].isoformat()) == named:
            return {name: each[name] for name in ("code", "starts", "until", "reason", "note")}
    return {}


def _refuse(form: Form, refusal: CarersError, fields: dict[str, str]) -> None:
    """Show a rule's refusal beside the field that it names, if the form has that."""
    field: Any = refusal.data.get("field")
    form.refuse(refusal.message, field=fields.get(field, field))


def _label(actor: Actor, person: str) -> str:
    with wired(AccreditationWiring).reading() as connection:
        label = labels_of_people(connection, [person], actor.organisation, this_day()).get(person, "")
    return with_name(person, label)


def _taken(actor: Actor) -> dict[str, str]:
    """What can have been completed: each version of each course, the newest version first."""
    with wired(AccreditationWiring).reading() as connection:
        courses = courses_of(connection, actor.organisation)
    return {
        f"{course.code}/{version.number}": f"{version.title}, version {version.number}"
        for course in courses
        for version in reversed(course.versions)
    }


def _courses(actor: Actor) -> dict[str, str]:
    with wired(AccreditationWiring).reading() as connection:
        return {each.code: each.versions[-1].title for each in courses_of(connection, actor.organisation)}
