"""The pages of leave: one's own leave and a new notice; what waits for a manager; HR's corrections."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

import marshmallow as ma
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.leave.access import (
    BALANCE,
    CORRECT,
    DECIDE,
    GIVE,
    READ,
    WITHDRAW,
    admit_own,
    admit_to_notice,
    admit_to_organisation,
    admit_to_person,
    admit_to_reports,
    decides_as,
    may,
)
from services.leave.application import Leave
from services.leave.blueprint import blueprint
from services.leave.decision_pages import move_offered
from services.leave.domain.commands import (
    ConfirmNotice,
    CorrectDay,
    Day,
    Declaration,
    GiveNotice,
    WaiveNotice,
    WithdrawNotice,
)
from services.leave.read.notices import NoticeShown, count_waiting_for, notices_of, waiting_for, waiting_in
from services.leave.schemas import (
    PAGE_SIZE,
    CorrectionSchema,
    ExchangeSchema,
    FindSchema,
    GiveNoticeSchema,
    PartSchema,
    WhenSchema,
    WithdrawSchema,
)
from services.leave.views import balances_view, corrections_offered, notice_view, part_choices, who_gave
from shared.kernel.clock import today
from shared.kernel.errors import InvalidError, NotFoundError, RefusedError
from shared.people.labels import label_of, person_with
from shared.web.actor import Actor, current_actor
from shared.web.colleagues import with_name
from shared.web.commands import run, see_other
from shared.web.forms import Form, form_for
from shared.web.paging import Paged, paged
from shared.web.wiring import wiring


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """One's own leave: what is left, when time comes back, every notice."""
    actor = current_actor()
    admit_own(actor, READ)
    with wiring("leave").reading() as connection:
        page = paged(lambda most, start: notices_of(connection, actor.person, limit=most, offset=start), PAGE_SIZE)
        waiting = count_waiting_for(connection, actor.person, _today())
    return render_template(
        "leave/overview.html",
        notices=page.rows,
        balances=balances_view(actor.person, _today()),
        waiting=waiting,
        **page.turning(),
    )


@blueprint.route("/notices/new", methods=["GET", "POST"])
def new_notice() -> ResponseReturnValue:
    """First page of a notice: which day, and in which post where there are several."""
    actor = current_actor()
    admit_own(actor, GIVE)
    form = form_for(WhenSchema(), values=_asked())
    if form.submitted and form.valid and (asked := _when(actor, form)):
        return redirect(url_for("leave.choose_part", **asked), 303)
    example = _today() + timedelta(weeks=4)
    return render_template("leave/when.html", form=form, posts=_post_choices(actor), example=example), form.status


@blueprint.route("/notices/new/part", methods=["GET", "POST"])
def choose_part() -> ResponseReturnValue:
    """Second page of a notice: how much of the day."""
    actor = current_actor()
    admit_own(actor, GIVE)
    asked = _asked()
    if asked is None:
        return redirect(url_for("leave.new_notice"), 303)
    form = form_for(PartSchema(), values={"part": request.args.get("part")})
    if form.submitted and form.valid and (room := _room_for(actor, asked, form)) is not None:
        return redirect(url_for("leave.check_notice", **_query(asked), part=form.data["part"], **room), 303)
    answers = _application().what_if_by_part(actor.person, asked["employment"], asked["date"])
    page = render_template(
        "leave/part.html", form=form, asked=asked, query=_query(asked), choices=part_choices(answers)
    )
    return page, form.status


@blueprint.route("/notices/new/check", methods=["GET", "POST"])
def check_notice() -> ResponseReturnValue:
    """Last page of a notice: check the answers, declare, give notice."""
    actor = current_actor()
    admit_own(actor, GIVE)
    asked = _asked(last=True)
    if asked is None:
        return redirect(url_for("leave.new_notice"), 303)
    day = {"date": asked["date"], "part": asked["part"]}
    give_back = [asked["give_back"]] if asked["give_back"] else []
    begin = {"employment": asked["employment"], "days": [day], "give_back": give_back}
    form = form_for(GiveNoticeSchema(), values=begin)
    if form.submitted and form.valid:
        try:
            answer = run("leave", _notice(actor, form.data))
        except RefusedError as refusal:
            form.refuse(refusal.message)
        else:
            done = "Your notice is given. Your manager decides, because it came late"
            message = done if answer.data["late"] else "Your notice is given"
            return see_other(answer, url_for("leave.show_notice", notice=answer.data["notice"]), message)
    asked_day = Day(asked["date"], asked["part"])
    try:
        answer_now = _application().what_if(actor.person, asked["employment"], [asked_day], give_back)
    except RefusedError:  # what was to be given back is gone, or has begun meanwhile
        return redirect(url_for("leave.choose_part", **_query(asked)), 303)
    page = render_template(
        "leave/check.html",
        form=form,
        asked=asked,
        query=_query(asked),
        answer=answer_now,
        label=_label(asked["employment"]) if asked["employment"] else "",
    )
    return page, form.status


@blueprint.get("/notices/<uuid:notice>")
def show_notice(notice: UUID) -> ResponseReturnValue:
    """A notice: its days, what was decided and why, and what can be done."""
    actor = current_actor()
    found, fields = admit_to_notice(actor, READ, str(notice))
    return render_template(
        "leave/notice.html",
        shown=notice_view(found, fields),
        label=who_gave([found])[found.notice],
        person=found.person,
        own=found.person == actor.person,
        can_decide=may(actor, DECIDE, found),
        can_withdraw=may(actor, WITHDRAW, found) and bool(found.free_days(wiring("leave").clock.now())),
        can_correct=may(actor, CORRECT, found),
        can_postpone=may(actor, DECIDE, found) and found.state in ("given", "confirmed") and not found.postponed_on,
        move=move_offered(found) if found.person == actor.person else None,
    )


@blueprint.route("/notices/<uuid:notice>/withdraw", methods=["GET", "POST"])
def withdraw_notice(notice: UUID) -> ResponseReturnValue:
    """Give days back before they begin."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, WITHDRAW, str(notice))
    free = found.free_days(wiring("leave").clock.now())
    form = form_for(WithdrawSchema(), values={"dates": free})
    if form.submitted and form.valid and not form.data["dates"]:  # to the API none is all; nobody unticks to say so
        form.refuse("Tick each day that you give back", field="dates")
    if form.submitted and form.valid:
        try:
            dates = tuple(sorted(set(form.data["dates"])))
            command = WithdrawNotice(found.person, found.employer, found.notice, dates, actor.person)
            answer = run("leave", command)
        except RefusedError as refusal:
            form.refuse(refusal.message, field="dates")
        else:
            return see_other(answer, url_for("leave.show_notice", notice=notice), "Given back")
    return render_template("leave/withdraw.html", form=form, notice_id=found.notice, free=free), form.status


@blueprint.post("/notices/<uuid:notice>/confirm")
def confirm_notice(notice: UUID) -> ResponseReturnValue:
    """Acknowledge a notice that was in time."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    command = ConfirmNotice(found.person, found.employer, found.notice, decides_as(actor, found), actor.person)
    answer = run("leave", command)
    return see_other(answer, url_for("leave.show_notice", notice=notice), "Confirmed")


@blueprint.post("/notices/<uuid:notice>/waive")
def waive_notice(notice: UUID) -> ResponseReturnValue:
    """Accept a notice that came too late."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    command = WaiveNotice(found.person, found.employer, found.notice, decides_as(actor, found), actor.person)
    answer = run("leave", command)
    return see_other(answer, url_for("leave.show_notice", notice=notice), "Accepted and confirmed")


@blueprint.get("/waiting")
def waiting() -> ResponseReturnValue:
    """What waits for one as a manager."""
    actor = current_actor()
    admit_to_reports(actor)
    with wiring("leave").reading() as connection:
        page = paged(
            lambda most, start: waiting_for(connection, actor.person, _today(), limit=most, offset=start), PAGE_SIZE
        )
    return _waiting_page("Time away that waits for you", page)


@blueprint.get("/waiting/organisation")
def waiting_in_organisation() -> ResponseReturnValue:
    """What waits in the organisation, for HR."""
    actor = current_actor()
    admit_to_organisation(actor, DECIDE)
    with wiring("leave").reading() as connection:
        page = paged(
            lambda most, start: waiting_in(connection, actor.organisation, actor.person, limit=most, offset=start),
            PAGE_SIZE,
        )
    return _waiting_page("Time away that waits in your organisation", page)


@blueprint.route("/staff", methods=["GET", "POST"])
def find_person() -> ResponseReturnValue:
    """Find somebody of the organisation by staff number, for HR."""
    actor = current_actor()
    admit_to_organisation(actor, BALANCE)
    form = form_for(FindSchema())
    if form.submitted and form.valid:
        with wiring("leave").reading() as connection:
            person = person_with(connection, actor.organisation, form.data["staff_number"], _today())
        if person is not None:
            return redirect(url_for("leave.show_person", person=person), 303)
        form.refuse("Nobody in your organisation has this staff number today. Check it", field="staff_number")
    return render_template("leave/find.html", form=form), form.status


@blueprint.get("/staff/<uuid:person>")
def show_person(person: UUID) -> ResponseReturnValue:
    """A person's leave, for HR."""
    actor = current_actor()
    admit_to_person(actor, BALANCE, str(person))
    with wiring("leave").reading() as connection:
        page = paged(
            lambda most, start: notices_of(connection, str(person), actor.organisation, limit=most, offset=start),
            PAGE_SIZE,
        )
    posts = "; ".join(f"{post.staff_number}, {post.post}" for post in _application().posts(str(person)))
    return render_template(
        "leave/person.html",
        notices=page.rows,
        labels=who_gave(page.rows),
        who=with_name(str(person), posts),
        balances=balances_view(str(person), _today()),
        **page.turning(),
    )


@blueprint.route("/notices/<uuid:notice>/days/<slug:day>/correct", methods=["GET", "POST"])
def correct_day(notice: UUID, day: str) -> ResponseReturnValue:
    """Put right a day that was taken, for HR."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, CORRECT, str(notice))
    taken = found.day(day)
    if taken is None or taken.state != "taken":
        raise NotFoundError("There is no such day that was taken. Go back to the notice and choose one.")
    form = form_for(CorrectionSchema())
    if form.submitted and form.valid:
        try:
            answer = run("leave", _correction(actor, found, taken.date, form.data))
        except (RefusedError, InvalidError) as refusal:
            form.refuse(refusal.message, field="minutes")
        else:
            over = answer.data["windows_over"]
            message = "Corrected. Twelve months now hold more than a week: look at the balance" if over else "Corrected"
            return see_other(answer, url_for("leave.show_notice", notice=notice), message)
    page = render_template(
        "leave/correct.html",
        form=form,
        notice_id=found.notice,
        day=taken,
        label=who_gave([found])[found.notice],
        choices=corrections_offered(taken),
    )
    return page, form.status


def _application() -> Leave:
    return cast("Leave", wiring("leave").application)


def _today() -> date:
    return today(wiring("leave").clock)


def _waiting_page(heading: str, page: Paged[NoticeShown]) -> ResponseReturnValue:
    return render_template(
        "leave/waiting.html", heading=heading, notices=page.rows, labels=who_gave(page.rows), **page.turning()
    )


def _label(employment: str) -> str:
    with wiring("leave").reading() as connection:
        return label_of(connection, employment, _today())


def _post_choices(actor: Actor) -> dict[str, str]:
    """The posts to choose from; none where there is nothing to choose."""
    posts = _application().posts(actor.person)
    return {post.employment: post.post for post in posts} if len(posts) > 1 else {}


def _when(actor: Actor, form: Form) -> dict[str, Any]:
    """The day and post for the next page, or nothing where a rule says no, which the form then shows."""
    day: date = form.data["date"]
    if day < _today():
        form.refuse("This day is over. Enter a day that is still to come", field="date")
        return {}
    try:
        offered = _application().what_if_by_part(actor.person, form.data["employment"], day)
    except RefusedError as refusal:
        form.refuse(refusal.message, field="employment" if refusal.code_ == "which-post" else "date")
        return {}
    if not offered:
        form.refuse("You are not due to work on this day, so there is no leave to take", field="date")
        return {}
    return _query({"date": day, "employment": form.data["employment"]})


def _room_for(actor: Actor, asked: dict[str, Any], form: Form) -> dict[str, Any] | None:
    """What makes room for the part of the day: nothing, or a later date to give back; None where the form says no."""
    days, application = [Day(asked["date"], form.data["part"])], _application()
    answer = application.what_if(actor.person, asked["employment"], days)
    if answer["fits"]:
        return {}
    one = answer["dates"][0]
    if one["fits_if"]:
        later = one["fits_if"]["date"]
        if application.what_if(actor.person, asked["employment"], days, [date.fromisoformat(later)])["fits"]:
            return {"give_back": later}
    form.refuse(one["sentence"], field="part")
    return None


def _asked(*, last: bool = False) -> dict[str, Any] | None:
    """What the pages before put in the address; None where it is not whole."""
    named = {name: request.args[name] for name in ("date", "employment") if request.args.get(name)}
    try:
        asked: dict[str, Any] = WhenSchema().load(named)
        if last:
            asked |= ExchangeSchema().load(
                {name: request.args[name] for name in ("part", "give_back") if request.args.get(name)}
            )
    except ma.ValidationError:
        return None
    return asked


def _query(asked: dict[str, Any]) -> dict[str, Any]:
    """The day and post as they stand in an address."""
    employment = {"employment": asked["employment"]} if asked["employment"] else {}
    return {"date": asked["date"].isoformat(), **employment}


def _notice(actor: Actor, data: dict[str, Any]) -> GiveNotice:
    return GiveNotice(
        person=actor.person,
        employment=data["employment"],
        days=tuple(Day(day["date"], day["part"]) for day in data["days"]),
        declaration=Declaration(dependant=data["dependant"], care=data["care"]),
        by=actor.person,
        give_back=tuple(data["give_back"]),
    )


def _correction(actor: Actor, found: NoticeShown, day: str, data: dict[str, Any]) -> CorrectDay:
    return CorrectDay(
        person=found.person,
        employer=found.employer,
        notice=found.notice,
        date=date.fromisoformat(day),
        minutes=data["minutes"],
        reason=data["reason"],
        by=actor.person,
    )
