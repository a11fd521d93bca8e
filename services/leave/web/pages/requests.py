"""The pages of leave: one's own leave and a new notice; what waits for a manager; HR's corrections."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from services.leave.application import Leave
from services.leave.read.notices import NoticeShown, count_waiting_for, notices_of, waiting_for, waiting_in
from services.leave.web.access import (
    BALANCE,
    CORRECT,
    DECIDE,
    READ,
    WITHDRAW,
    admit_own,
    admit_to_notice,
    admit_to_organisation,
    admit_to_person,
    admit_to_reports,
    may,
)
from services.leave.web.acts import CONFIRM_NOTICE, CORRECT_DAY, WAIVE_NOTICE, WITHDRAW_NOTICE
from services.leave.web.blueprint import blueprint
from services.leave.web.explained import days_used
from services.leave.web.pages.decisions import move_offered
from services.leave.web.schemas import (
    PAGE_SIZE,
)
from services.leave.web.states import day_tag
from services.leave.web.views import balances_view, corrections_offered, notice_view, who_gave
from services.leave.web.words import days_listed
from services.leave.wiring import LeaveWiring
from shared.kernel.clock import today
from shared.kernel.errors import NotFoundError
from shared.people.labels import person_with
from shared.store.commands import Answer
from shared.web.actor import current_actor
from shared.web.acts import Onward
from shared.web.app_context import wired
from shared.web.colleagues import with_name
from shared.web.forms import form_for
from shared.web.paging import Paged, paged
from shared.web.schemas import FindSchema


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """One's own leave: what is left, when time comes back, every notice."""
    actor = current_actor()
    admit_own(actor, READ)
    with wired(LeaveWiring).reading() as connection:
        page = paged(lambda most, start: notices_of(connection, actor.person, limit=most, offset=start), PAGE_SIZE)
        waiting = count_waiting_for(connection, actor.person, _today())
    return render_template(
        "leave/overview.html",
        notices=page.rows,
        balances=balances_view(actor.person, _today()),
        waiting=waiting,
        **page.turning(),
    )


@blueprint.get("/notices/<uuid:notice>")
def show_notice(notice: UUID) -> ResponseReturnValue:
    """A notice: its days, what was decided and why, and what can be done."""
    actor = current_actor()
    found, fields = admit_to_notice(actor, READ, str(notice))
    shown = notice_view(found, fields)
    move = move_offered(found) if found.person == actor.person else None
    return render_template(
        "leave/notice.html",
        found=found,
        shown=shown,
        tags={day.date: day_tag(found, day, times="days" in shown) for day in found.days},
        label=who_gave([found])[found.notice],
        person=found.person,
        own=found.person == actor.person,
        can_decide=may(actor, DECIDE, found),
        can_withdraw=may(actor, WITHDRAW, found) and bool(found.free_days(wired(LeaveWiring).clock.now())),
        can_correct=may(actor, CORRECT, found),
        can_postpone=may(actor, DECIDE, found) and _postponable(found),
        used=days_used(found.days, _today()),
        move=move,
        moved_days=days_listed((day.date, day.part) for day in move["days"]) if move and move["days"] else "",
    )


@blueprint.route("/notices/<uuid:notice>/withdraw", methods=["GET", "POST"])
def withdraw_notice(notice: UUID) -> ResponseReturnValue:
    """Cancel days before they begin."""
    let = WITHDRAW_NOTICE.let(notice=notice)
    found = let.subject
    free = found.free_days(wired(LeaveWiring).clock.now())
    days = [day for day in found.days if day.date in free]
    form = WITHDRAW_NOTICE.form(values={"dates": free if len(free) == 1 else []})
    if form.submitted and form.valid and not form.data["dates"]:  # to the API none is all; on a page it is a slip
        form.refuse("Select the days you want to cancel", field="dates")

    def then(answer: Answer) -> Onward:
        cancelled = days_listed((day.date, day.part) for day in found.days if day.date in answer.data["dates"])
        return _request(notice), f"You have cancelled your leave on {cancelled}"

    if done := WITHDRAW_NOTICE.submit(form, let, then):
        return done
    return render_template("leave/withdraw.html", form=form, notice_id=found.notice, days=days), form.status


@blueprint.post("/notices/<uuid:notice>/confirm")
def confirm_notice(notice: UUID) -> ResponseReturnValue:
    """Acknowledge a notice that was in time."""
    return CONFIRM_NOTICE.press(CONFIRM_NOTICE.let(notice=notice), (_request(notice), "Confirmed"))


@blueprint.post("/notices/<uuid:notice>/waive")
def waive_notice(notice: UUID) -> ResponseReturnValue:
    """Accept a notice that came too late."""
    return WAIVE_NOTICE.press(WAIVE_NOTICE.let(notice=notice), (_request(notice), "Accepted and confirmed"))


@blueprint.get("/waiting")
def waiting() -> ResponseReturnValue:
    """What waits for one as a manager."""
    actor = current_actor()
    admit_to_reports(actor)
    with wired(LeaveWiring).reading() as connection:
        page = paged(
            lambda most, start: waiting_for(connection, actor.person, _today(), limit=most, offset=start), PAGE_SIZE
        )
    return _waiting_page("Requests from people you manage", page, times=False)


@blueprint.get("/waiting/organisation")
def waiting_in_organisation() -> ResponseReturnValue:
    """What waits in the organisation, for HR."""
    actor = current_actor()
    admit_to_organisation(actor, DECIDE)
    with wired(LeaveWiring).reading() as connection:
        page = paged(
            lambda most, start: waiting_in(connection, actor.organisation, actor.person, limit=most, offset=start),
            PAGE_SIZE,
        )
    return _waiting_page("Requests to answer in your organisation", page, times=True)


@blueprint.route("/staff", methods=["GET", "POST"])
def find_person() -> ResponseReturnValue:
    """Find somebody of the organisation by staff number, for HR."""
    actor = current_actor()
    admit_to_organisation(actor, BALANCE)
    form = form_for(FindSchema())
    if form.submitted and form.valid:
        with wired(LeaveWiring).reading() as connection:
            person = person_with(connection, actor.organisation, form.data["staff_number"], _today())
        if person is not None:
            return redirect(url_for("leave.show_person", person=person), 303)
        form.refuse("Nobody in your organisation has this staff number today. Check the number", field="staff_number")
    return render_template("leave/find.html", form=form), form.status


@blueprint.get("/staff/<uuid:person>")
def show_person(person: UUID) -> ResponseReturnValue:
    """A person's leave, for HR."""
    actor = current_actor()
    admit_to_person(actor, BALANCE, str(person))
    with wired(LeaveWiring).reading() as connection:
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
    let = CORRECT_DAY.let(notice=notice)
    found = let.subject
    taken = found.day(day)
    if taken is None or taken.state != "taken":
        raise NotFoundError(
            "That day was not taken, so it cannot be corrected. Go back to the request and choose one that was."
        )

    def then(answer: Answer) -> Onward:
        over = "Corrected. More than a week is now used in 12 months: check what is left"
        return _request(notice), over if answer.data["windows_over"] else "Corrected"

    form = CORRECT_DAY.form("notice", "date")
    if done := CORRECT_DAY.submit(form, let, then, date=date.fromisoformat(taken.date)):
        return done
    page = render_template(
        "leave/correct.html",
        form=form,
        notice_id=found.notice,
        day=taken,
        label=who_gave([found])[found.notice],
        choices=corrections_offered(taken),
    )
    return page, form.status


def _request(notice: UUID) -> str:
    return url_for("leave.show_notice", notice=notice)


def _postponable(found: NoticeShown) -> bool:
    """Whether it is worth asking whether a request can be postponed: once, and while a day of it has not begun."""
    free = found.free_days(wired(LeaveWiring).clock.now())
    return found.state in ("given", "confirmed") and not found.postponed_on and bool(free)


def _application() -> Leave:
    return wired(LeaveWiring).application


def _today() -> date:
    return today(wired(LeaveWiring).clock)


def _waiting_page(heading: str, page: Paged[NoticeShown], *, times: bool) -> ResponseReturnValue:
    return render_template(
        "leave/waiting.html",
        heading=heading,
        notices=page.rows,
        labels=who_gave(page.rows),
        times=times,
        **page.turning(),
    )
