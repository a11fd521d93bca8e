"""HR's pages about courses: record one, add a version, end it; compliance on a date that one chooses."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.accreditation.read.figures import compliance_on
from services.accreditation.read.team_by_team import to_train_by_team
from services.accreditation.web.access import admit_to_course
from services.accreditation.web.acts import RECORD_COURSE, RETIRE_COURSE, REVISE_COURSE
from services.accreditation.web.blueprint import PAGE_SIZE, asked_day, blueprint
from services.accreditation.web.schemas import OnSchema
from services.accreditation.web.views import by_name, this_day
from services.accreditation.wiring import AccreditationWiring
from shared.people.labels import labels_of_people
from shared.web.actor import current_actor
from shared.web.app_context import wired
from shared.web.colleagues import with_names
from shared.web.paging import paged


@blueprint.route("/courses/new", methods=["GET", "POST"])
def record_course() -> ResponseReturnValue:
    """Record a course."""
    let, form = RECORD_COURSE.let(), RECORD_COURSE.form(values={"grace_days": 90})
    if done := RECORD_COURSE.submit(form, let, lambda answer: (_page_of(answer.data["code"]), "Recorded")):
        return done
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
    let = REVISE_COURSE.let(code=code)
    newest = let.subject.versions[-1]
    same = {"title": newest.title, "validity_months": newest.validity_months, "grace_days": newest.grace_days}
    form = REVISE_COURSE.form(values=same)
    if done := REVISE_COURSE.submit(form, let, (_page_of(code), "Recorded")):
        return done
    return render_template("accreditation/course_version.html", form=form, course=let.subject), form.status


@blueprint.route("/courses/<slug:code>/end", methods=["GET", "POST"])
def retire_course(code: str) -> ResponseReturnValue:
    """Ask nobody to take a course from a day on."""
    let, form = RETIRE_COURSE.let(code=code), RETIRE_COURSE.form()
    if done := RETIRE_COURSE.submit(form, let, (_page_of(code), "Recorded")):
        return done
    return render_template("accreditation/course_end.html", form=form, course=let.subject), form.status


def _page_of(code: str) -> str:
    return url_for("accreditation.show_course", code=code)
