"""The pages of what is decided about a notice: postponement, question by question; and keeping to the notice period."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.leave.application import Leave
from services.leave.domain.commands import PostponeNotice
from services.leave.read.notices import NoticeShown, flagged_in
from services.leave.web.access import (
    DECIDE,
    READ,
    admit_to_notice,
    admit_to_organisation,
    decides_as,
)
from services.leave.web.acts import MOVE_NOTICE, NOT_WAIVE_NOTICE, POSTPONE_NOTICE
from services.leave.web.blueprint import blueprint
from services.leave.web.decision_schemas import (
    ConfirmedTermsSchema,
    PlacesSchema,
    PostponedDatesSchema,
)
from services.leave.web.schemas import PAGE_SIZE
from services.leave.web.states import standing_days
from services.leave.web.views import notice_view, place_choices, places_of, who_gave
from services.leave.wiring import LeaveWiring
from shared.kernel.clock import today
from shared.kernel.errors import CarersError, InvalidError, NotFoundError, RefusedError
from shared.kernel.events import Payload
from shared.store.commands import Answer
from shared.web.access import nothing_here
from shared.web.actor import Actor, current_actor
from shared.web.acts import Admitted, Onward
from shared.web.app_context import wired
from shared.web.forms import Form, form_for
from shared.web.paging import paged


@blueprint.get("/notices/<uuid:notice>/postpone")
def may_postpone(notice: UUID) -> ResponseReturnValue:
    """Whether a notice can be postponed, until when, and what must be done."""
    found, options = _options(current_actor(), notice)
    return render_template("leave/postpone.html", found=found, options=options, label=who_gave([found])[found.notice])


@blueprint.route("/notices/<uuid:notice>/postpone/days", methods=["GET", "POST"])
def postpone_days(notice: UUID) -> ResponseReturnValue:
    """First question: which of the days."""
    found, options = _options(current_actor(), notice)
    if not options["possible"]:
        return redirect(url_for("leave.may_postpone", notice=notice), 303)
    movable = [each["date"] for each in options["dates"] if each["days"]]
    before = request.args.getlist("dates") or (movable if len(movable) == 1 else [])
    form = form_for(PostponedDatesSchema(), values={"dates": before})
    if form.submitted and form.valid:
        chosen = sorted({day.isoformat() for day in form.data["dates"]})
        if not set(chosen) - set(movable):
            return redirect(url_for("leave.postpone_places", notice=notice, dates=chosen), 303)
        form.refuse("Choose from the days of this request", field="dates")
    staying = [each["date"] for each in options["dates"] if not each["days"]]
    page = render_template("leave/postpone_days.html", form=form, found=found, movable=movable, staying=staying)
    return page, form.status


@blueprint.route("/notices/<uuid:notice>/postpone/dates", methods=["GET", "POST"])
def postpone_places(notice: UUID) -> ResponseReturnValue:
    """Second question: the new day of each, from the carer's working pattern."""
    let = POSTPONE_NOTICE.let(notice=notice)
    found, options = _options(let.actor, notice, request.args.getlist("dates"))
    asked = _asked_dates(options)
    if not asked:
        return redirect(url_for("leave.postpone_days", notice=notice), 303)
    typed = [{"place": value} for value in request.args.getlist("days")]
    form = form_for(PlacesSchema(), values={"days": typed} if typed else None)
    if form.submitted and (places := _chosen(let, asked, form)):
        return redirect(url_for("leave.postpone_terms", notice=notice, dates=list(asked), days=places), 303)
    page = render_template(
        "leave/postpone_dates.html",
        form=form,
        found=found,
        options=options,
        asked=asked,
        as_hr=decides_as(let.actor, found) == "hr",
        choices={day: place_choices(each["days"]) for day, each in asked.items()},
    )
    return page, form.status


@blueprint.route("/notices/<uuid:notice>/postpone/terms", methods=["GET", "POST"])
def postpone_terms(notice: UUID) -> ResponseReturnValue:
    """Third question: consultation, agreement and the disruption. Once answered: check it all, then postpone.

    The answers are checked on a page at the same address, so that the reason is never in one.
    """
    let = POSTPONE_NOTICE.let(notice=notice)
    found, options = _options(let.actor, notice, request.args.getlist("dates"))
    form, places = form_for(ConfirmedTermsSchema()), _places(options)
    if not places:
        return redirect(url_for("leave.postpone_days", notice=notice), 303)
    moved = _moved(places["dates"], places["days"])
    if form.submitted and form.valid and not form.data["checked"]:  # what was checked may be the same form once more
        command = POSTPONE_NOTICE.command(let, {**form.data, **moved})
        if not (objection := _objection(command)):
            return _check_page(found, form, command, options)
        POSTPONE_NOTICE.told(form, objection)
    message = "Postponed. They can read the written notice. You can print it from here"
    if done := POSTPONE_NOTICE.submit(form, let, (url_for("leave.show_notice", notice=notice), message), **moved):
        return done
    page = render_template(
        "leave/postpone_terms.html",
        form=form,
        found=found,
        places=places,
        within_limits=options["within_limits"],
        today=_today(),
    )
    return page, form.status


@blueprint.get("/notices/<uuid:notice>/postponement")
def written_notice(notice: UUID) -> ResponseReturnValue:
    """The written notice of a postponement, to read and to print."""
    actor = current_actor()
    found, fields = admit_to_notice(actor, READ, str(notice))
    shown = notice_view(found, fields)
    if "postponed_on" not in shown:
        raise nothing_here()
    if not shown["postponed_on"]:
        raise NotFoundError("No day of this request was postponed. Go back to the request.")
    return render_template(
        "leave/written_notice.html",
        shown=shown,
        days=found.days,
        own=found.person == actor.person,
        label=who_gave([found])[found.notice],
    )


@blueprint.route("/notices/<uuid:notice>/not-waive", methods=["GET", "POST"])
def not_waive_notice(notice: UUID) -> ResponseReturnValue:
    """Keep to the notice period: a late notice does not stand."""
    let, form = NOT_WAIVE_NOTICE.let(notice=notice), NOT_WAIVE_NOTICE.form()
    onward = url_for("leave.show_notice", notice=notice), "Not accepted. They can read your reason"
    if done := NOT_WAIVE_NOTICE.submit(form, let, onward):
        return done
    label = who_gave([let.subject])[let.subject.notice]
    return render_template("leave/not_waive.html", form=form, found=let.subject, label=label), form.status


@blueprint.post("/notices/<uuid:notice>/move")
def move_notice(notice: UUID) -> ResponseReturnValue:
    """Move one's notice that was not waived to the first dates for which it is in time."""

    def then(answer: Answer) -> Onward:
        return url_for("leave.show_notice", notice=answer.data["notice"]), "You have moved your request"

    return MOVE_NOTICE.press(MOVE_NOTICE.let(notice=notice), then)


@blueprint.get("/postponed")
def flagged_in_organisation() -> ResponseReturnValue:
    """What was postponed without agreement or outside the limits, for HR."""
    actor = current_actor()
    admit_to_organisation(actor, DECIDE)
    with wired(LeaveWiring).reading() as connection:
        page = paged(
            lambda most, start: flagged_in(connection, actor.organisation, actor.person, limit=most, offset=start),
            PAGE_SIZE,
        )
    return render_template("leave/flagged.html", notices=page.rows, labels=who_gave(page.rows), **page.turning())


def move_offered(found: NoticeShown) -> dict[str, Any] | None:
    """For the carer of a notice that was not waived: the days it moves to, or a sentence why it cannot."""
    if found.state != "not-waived" or found.moved_to:
        return None
    try:
        days = _application().first_in_time(found.person, found.employer, found.notice)
    except CarersError as refusal:
        return {"days": [], "sentence": refusal.message}
    return {"days": days, "sentence": ""}


def _options(actor: Actor, notice: UUID, named: Collection[str] = ()) -> tuple[NoticeShown, dict[str, Any]]:
    """The request, and what can be postponed of it: of the dates that are named, else of all that have not begun."""
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    capacity = decides_as(actor, found)
    dates = [date.fromisoformat(day.date) for day in found.days if day.date in named]
    return found, _application().postponement(found.person, found.employer, found.notice, capacity, dates)


def _asked_dates(options: Payload) -> dict[str, dict[str, Any]]:
    """The dates that the address names, each with what could take its place; none where one cannot be postponed."""
    named, free = request.args.getlist("dates"), {each["date"]: each for each in options["dates"]}
    return {day: free[day] for day in sorted(set(named))} if set(named) <= set(free) else {}


def _places(options: Mapping[str, object]) -> dict[str, Any]:
    """The dates and the new days that the address names; none where they are not what can be chosen."""
    asked, places = _asked_dates(options), request.args.getlist("days")
    whole = len(asked) == len(places) and all(
        place in place_choices(each["days"]) for place, each in zip(places, asked.values(), strict=True)
    )
    return {"dates": list(asked), "days": places} if asked and whole else {}


def _chosen(let: Admitted[NoticeShown], asked: Payload, form: Form) -> list[str]:
    """The new days in order of the old, or none where the form says what is wrong with them."""
    places = [form.value(f"days-{number}-place") for number in range(len(asked))]
    form.errors.pop("days", None)  # that none was chosen is told beside each of them, where it can be put right
    for number, (place, each) in enumerate(zip(places, asked.values(), strict=True)):
        if place not in place_choices(each["days"]):
            form.refuse("Choose the new day", field=f"days-{number}-place" if each["days"] else None)
    if not form.valid:
        return []
    as_if = {"consulted_on": date.fromisoformat(let.subject.given_on), "reason": "not said yet", "agreed": True}
    objection = _objection(POSTPONE_NOTICE.command(let, {**_moved(list(asked), places), **as_if}))
    if objection:
        form.refuse(objection.message, field="days-0-place")
    return [] if objection else places


def _moved(dates: Sequence[str], places: Sequence[str]) -> dict[str, object]:
    """The dates and the days in their place, as the act takes them."""
    days = [{"date": day.date, "part": day.part} for day in places_of(places)]
    return {"dates": [date.fromisoformat(day) for day in dates], "days": days}


def _objection(command: PostponeNotice) -> RefusedError | InvalidError | None:
    """What a rule has against postponing in this way."""
    try:
        _application().would_postpone(command)
    except (RefusedError, InvalidError) as error:
        return error
    return None


def _check_page(
    found: NoticeShown, form: Form, command: PostponeNotice, options: Mapping[str, object]
) -> ResponseReturnValue:
    places = _places(options)
    return render_template(
        "leave/postpone_check.html",
        form=form,
        found=found,
        command=command,
        label=who_gave([found])[found.notice],
        places=places,
        staying=[day.date for day in standing_days(found) if day.date not in places["dates"]],
        today=_today(),
        within_limits=options["within_limits"],
    )


def _application() -> Leave:
    return wired(LeaveWiring).application


def _today() -> date:
    return today(wired(LeaveWiring).clock)
