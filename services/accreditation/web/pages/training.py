"""HR's pages about one person's training: find them, record a completion, let them off, take back a mistake."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.accreditation.read.courses import courses_of
from services.accreditation.web.access import RECORD, TRAINING, admit_to_organisation, admit_to_person
from services.accreditation.web.acts import CORRECT_COMPLETION, EXEMPT_PERSON, RECORD_COMPLETION
from services.accreditation.web.blueprint import blueprint
from services.accreditation.web.schemas import CompletionPageSchema
from services.accreditation.web.views import this_day, training_view
from services.accreditation.wiring import AccreditationWiring
from shared.kernel.errors import NotFoundError
from shared.people.labels import labels_of_people, person_with
from shared.store.commands import Answer
from shared.web.actor import Actor, current_actor
from shared.web.acts import Onward
from shared.web.app_context import wired
from shared.web.colleagues import with_name
from shared.web.forms import form_for
from shared.web.schemas import FindSchema


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
    let, form = RECORD_COMPLETION.let(person=person), form_for(CompletionPageSchema())
    code, _, version = form.data.get("taken", "").partition("/")

    def then(answer: Answer) -> Onward:
        known = "Nothing has changed: this completion was already recorded"
        return _training_of(person), "Completion recorded" if answer.data["new"] else known

    if done := RECORD_COMPLETION.submit(form, let, then, code=code, version=int(version or 0)):
        return done
    page = render_template(
        "accreditation/completion.html",
        form=form,
        person=str(person),
        who=_label(let.actor, str(person)),
        taken=_taken(let.actor),
    )
    return page, form.status


@blueprint.route("/people/<uuid:person>/completions/<slug:code>/<uuid:completion>", methods=["GET", "POST"])
def correct_completion(person: UUID, code: str, completion: UUID) -> ResponseReturnValue:
    """Remove a completion that was recorded by mistake."""
    let = CORRECT_COMPLETION.let(person=person)
    own = training_view(str(person), let.actor.organisation, let.subject, own=False)["completions"]
    shown = next((each for each in own if (each["completion"], each["code"]) == (str(completion), code)), None)
    if shown is None:
        raise NotFoundError("This completion does not exist. Go back to the person’s training and choose one.")
    form = CORRECT_COMPLETION.form("person", "code")
    if form.submitted and form.valid:
        onward = _training_of(person), "Completion removed"
        return CORRECT_COMPLETION.press(let, onward, code=code, completion=completion)
    page = render_template(
        "accreditation/correct.html", form=form, person=str(person), who=_label(let.actor, str(person)), shown=shown
    )
    return page, form.status


@blueprint.route("/people/<uuid:person>/exemption", methods=["GET", "POST"])
def exempt_person(person: UUID) -> ResponseReturnValue:
    """Let somebody off a course for a time."""
    let = EXEMPT_PERSON.let(person=person)
    form = EXEMPT_PERSON.form("person", values=_known_exemption(let.actor, str(person), let.subject))
    if done := EXEMPT_PERSON.submit(form, let, (_training_of(person), "Recorded")):
        return done
    page = render_template(
        "accreditation/exemption.html",
        form=form,
        person=str(person),
        who=_label(let.actor, str(person)),
        courses=_courses(let.actor),
    )
    return page, form.status


def _training_of(person: UUID) -> str:
    return url_for("accreditation.show_person", person=person)


def _known_exemption(actor: Actor, person: str, fields: frozenset[str]) -> dict[str, object]:
    """What is known of the exemption that the address names by course and first day, to change it; else nothing."""
    named = (request.args.get("code"), request.args.get("starts"))
    for each in training_view(person, actor.organisation, fields, own=False)["exemptions"] if all(named) else ():
        if (each["code"], each["starts"].isoformat()) == named:
            return {name: each[name] for name in ("code", "starts", "until", "reason", "note")}
    return {}


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
