"""HR's pages about courses: record one, add a version, end it; compliance on a date that one chooses."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.accreditation.access import COURSES, admit_to_course, admit_to_organisation
from services.accreditation.blueprint import PAGE_SIZE, asked_day, blueprint
from services.accreditation.domain.commands import RecordCourse, RetireCourse, ReviseCourse
from services.accreditation.read.figures import compliance_on
from services.accreditation.read.team_by_team import to_train_by_team
from services.accreditation.schemas import OnSchema, RecordCourseSchema, RetireCourseSchema, ReviseCourseSchema
from services.accreditation.views import by_name, this_day
from services.accreditation.wiring import AccreditationWiring
from shared.kernel.errors import InvalidError, RefusedError
from shared.people.labels import labels_of_people
from shared.web.actor import current_actor
from shared.web.app_context import wired
from shared.web.colleagues import with_names
from shared.web.commands import run, see_other
from shared.web.forms import form_for
from shared.web.paging import paged


@blueprint.route("/courses/new", methods=["GET", "POST"])
def record_course() -> ResponseReturnValue:
    """Record a course."""
    actor = current_actor()
    admit_to_organisation(actor, COURSES)
    form = form_for(RecordCourseSchema(), values={"grace_days": 90})
    if form.submitted and form.valid:
        try:
            answer = run("accreditation", RecordCourse(organisation=actor.organisation, by=actor.person, **form.data))
        except (RefusedError, InvalidError) as refusal:
            form.refuse(refusal.message, field=refusal.data.get("field"))
        else:
            return see_other(
                "accreditation", answer, url_for("accreditation.show_course", code=answer.data["code"]), "Recorded"
            )
    return render_template("accreditation/course_new.html", form=form), form.status


@blueprint.get("/courses/<slug:code>")
def show_course(code: str) -> ResponseReturnValue:
    """A course: its versions, and its exact figures on a date."""
    actor = current_actor()
    course = admit_to_course(actor, code)
    form = asked_day(OnSchema())
    day = form.data.get("on") or this_day()
    with wired(AccreditationWiring).reading() as connection:
        figures = compliance_on(connection, course, day)
        page = paged(lambda most, start: to_train_by_team(connection, course, day, most=most, skip=start), PAGE_SIZE)
        shown_people = {person for each in page.rows for person in (each.person, each.manager) if person}
        labels = with_names(labels_of_people(connection, shown_people, actor.organisation, day))
    shown = render_template(
        "accreditation/course.html",
        form=form,
        course=course,
        day=day,
        today=this_day(),
        figures=figures,
        to_train=by_name(page.rows, labels),
        labels=labels,
        **page.turning(),
    )
    return shown, form.status


@blueprint.route("/courses/<slug:code>/version", methods=["GET", "POST"])
def revise_course(code: str) -> ResponseReturnValue:
    """Add a version to a course."""
    actor = current_actor()
    course = admit_to_course(actor, code)
    newest = course.versions[-1]
    same = {"title": newest.title, "validity_months": newest.validity_months, "grace_days": newest.grace_days}
    form = form_for(ReviseCourseSchema(), values=same)
    if form.submitted and form.valid:
        command = ReviseCourse(organisation=actor.organisation, code=code, by=actor.person, **form.data)
        try:
            answer = run("accreditation", command)
        except (RefusedError, InvalidError) as refusal:
            form.refuse(refusal.message, field=refusal.data.get("field"))
        else:
            return see_other("accreditation", answer, url_for("accreditation.show_course", code=code), "Recorded")
    return render_template("accreditation/course_version.html", form=form, course=course), form.status


@blueprint.route("/courses/<slug:code>/end", methods=["GET", "POST"])
def retire_course(code: str) -> ResponseReturnValue:
    """Ask nobody to take a course from a day on."""
    actor = current_actor()
    course = admit_to_course(actor, code)
    form = form_for(RetireCourseSchema())
    if form.submitted and form.valid:
        try:
            answer = run("accreditation", RetireCourse(actor.organisation, code, form.data["ends"], actor.person))
        except (RefusedError, InvalidError) as refusal:
            form.refuse(refusal.message, field=refusal.data.get("field"))
        else:
            return see_other("accreditation", answer, url_for("accreditation.show_course", code=code), "Recorded")
    return render_template("accreditation/course_end.html", form=form, course=course), form.status
