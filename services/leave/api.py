"""Leave's JSON API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

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
)
from services.leave.balance_schemas import BalanceQuerySchema, BalancesSchema
from services.leave.decision_schemas import (
    NotWaivedSchema,
    NotWaiveSchema,
    PostponedSchema,
    PostponementSchema,
    PostponeSchema,
)
from services.leave.domain.assessment import MOST_DATES
from services.leave.domain.commands import (
    ConfirmNotice,
    CorrectDay,
    Day,
    Declaration,
    GiveNotice,
    MoveNotice,
    NotWaiveNotice,
    PostponeNotice,
    WaiveNotice,
    WithdrawNotice,
)
from services.leave.read.notices import notices_of, waiting_for, waiting_in
from services.leave.schemas import (
    PAGE_SIZE,
    CorrectDaySchema,
    DayCorrectedSchema,
    GiveNoticeSchema,
    NoticeDecidedSchema,
    NoticeGivenSchema,
    NoticeSchema,
    NoticesQuerySchema,
    NoticesSchema,
    NoticeWithdrawnSchema,
    WaitingQuerySchema,
    WhatIfQuerySchema,
    WhatIfSchema,
    WithdrawSchema,
    offset,
)
from services.leave.views import balances_view, notice_view
from services.leave.wiring import LeaveWiring
from shared.kernel.clock import today
from shared.kernel.errors import InvalidError
from shared.web.actor import current_actor
from shared.web.api import ApiBlueprint, answered
from shared.web.app_context import wired
from shared.web.commands import run

blueprint = ApiBlueprint("leave", __name__, description="Carer's leave: notices, days and balances")


@blueprint.post("/notices")
@blueprint.arguments(GiveNoticeSchema)
@blueprint.response(201, NoticeGivenSchema)
def give_notice(body: dict[str, Any]) -> dict[str, Any]:
    """Ask for carer's leave: give notice of one day or many."""
    actor = current_actor()
    admit_own(actor, GIVE)
    command = GiveNotice(
        person=actor.person,
        employment=body["employment"],
        days=tuple(Day(day["date"], day["part"]) for day in body["days"]),
        declaration=Declaration(dependant=body["dependant"], care=body["care"]),
        by=actor.person,
        give_back=tuple(sorted(set(body["give_back"]))),
    )
    return answered(run("leave", command))


@blueprint.get("/what-if")
@blueprint.arguments(WhatIfQuerySchema, location="query")
@blueprint.response(200, WhatIfSchema)
def what_if(query: dict[str, Any]) -> dict[str, Any]:
    """What notice of these days would be answered if it were given now; nothing is stored."""
    actor = current_actor()
    admit_own(actor, GIVE)
    first, last = query["first"], query["last"] or query["first"]
    length = (last - first).days + 1
    if not 1 <= length <= MOST_DATES:
        raise InvalidError(
            f"The last day must be on or after the first, and no more than {MOST_DATES} days may be tried out at once.",
            code="bad-period",
        )
    days = [Day(first + timedelta(days=number), query["part"]) for number in range(length)]
    give_back = [query["give_back"]] if query["give_back"] else []
    answer: dict[str, Any] = wired(LeaveWiring).application.what_if(actor.person, query["employment"], days, give_back)
    return answer


@blueprint.get("/notices")
@blueprint.arguments(NoticesQuerySchema, location="query")
@blueprint.response(200, NoticesSchema)
def list_notices(query: dict[str, Any]) -> dict[str, Any]:
    """One's own notices, newest first; or, for HR and payroll, those of a person in their organisation."""
    actor = current_actor()
    person = query["person"] or actor.person
    fields = admit_own(actor, READ) if person == actor.person else admit_to_person(actor, READ, person)
    organisation = None if person == actor.person else actor.organisation
    with wired(LeaveWiring).reading() as connection:
        found = notices_of(connection, person, organisation, limit=PAGE_SIZE, offset=offset(query))
    return {"notices": [notice_view(each, fields) for each in found]}


@blueprint.get("/waiting")
@blueprint.arguments(WaitingQuerySchema, location="query")
@blueprint.response(200, NoticesSchema)
def list_waiting(query: dict[str, Any]) -> dict[str, Any]:
    """Notices that wait for one's decision as a manager; or, for HR, in one's organisation. Nearest first."""
    actor = current_actor()
    leave, page = wired(LeaveWiring), {"limit": PAGE_SIZE, "offset": offset(query)}
    if query["of"] == "organisation":
        fields = admit_to_organisation(actor, DECIDE)
        with leave.reading() as connection:
            found = waiting_in(connection, actor.organisation, actor.person, **page)
    else:
        fields = admit_to_reports(actor)
        with leave.reading() as connection:
            found = waiting_for(connection, actor.person, today(leave.clock), **page)
    return {"notices": [notice_view(each, fields) for each in found]}


@blueprint.get("/notices/<uuid:notice>")
@blueprint.response(200, NoticeSchema)
def show_notice(notice: UUID) -> dict[str, Any]:
    """A notice by the fields that one may see."""
    return notice_view(*admit_to_notice(current_actor(), READ, str(notice)))


@blueprint.post("/notices/<uuid:notice>/confirm")
@blueprint.response(200, NoticeDecidedSchema)
def confirm_notice(notice: UUID) -> dict[str, Any]:
    """Acknowledge a notice that was in time."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    capacity = decides_as(actor, found)
    return answered(run("leave", ConfirmNotice(found.person, found.employer, found.notice, capacity, actor.person)))


@blueprint.post("/notices/<uuid:notice>/waive")
@blueprint.response(200, NoticeDecidedSchema)
def waive_notice(notice: UUID) -> dict[str, Any]:
    """Accept a late request, also after it ended unanswered; it is confirmed with that."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    capacity = decides_as(actor, found)
    return answered(run("leave", WaiveNotice(found.person, found.employer, found.notice, capacity, actor.person)))


@blueprint.post("/notices/<uuid:notice>/not-waive")
@blueprint.arguments(NotWaiveSchema)
@blueprint.response(200, NotWaivedSchema)
def not_waive_notice(body: dict[str, Any], notice: UUID) -> dict[str, Any]:
    """Do not accept a late request: its days are cancelled."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    capacity = decides_as(actor, found)
    command = NotWaiveNotice(found.person, found.employer, found.notice, body["reason"], capacity, actor.person)
    return answered(run("leave", command))


@blueprint.post("/notices/<uuid:notice>/move")
@blueprint.response(201, NoticeGivenSchema)
def move_notice(notice: UUID) -> dict[str, Any]:
    """Move one's notice that was too late and not accepted to the first dates in time; it keeps its time of notice."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, GIVE, str(notice))
    return answered(run("leave", MoveNotice(found.person, found.employer, found.notice, actor.person)))


@blueprint.get("/notices/<uuid:notice>/postponement")
@blueprint.response(200, PostponementSchema)
def show_postponement(notice: UUID) -> dict[str, Any]:
    """Whether and until when a notice can be postponed, and which days could take the place of its dates."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    ask = wired(LeaveWiring).application.postponement
    answer: dict[str, Any] = ask(found.person, found.employer, found.notice, decides_as(actor, found))
    return answer


@blueprint.post("/notices/<uuid:notice>/postpone")
@blueprint.arguments(PostponeSchema)
@blueprint.response(200, PostponedSchema)
def postpone_notice(body: dict[str, Any], notice: UUID) -> dict[str, Any]:
    """Postpone days of a notice, where the law allows it."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    command = PostponeNotice(
        person=found.person,
        employer=found.employer,
        notice=found.notice,
        dates=tuple(sorted(set(body["dates"]))),
        days=tuple(Day(day["date"], day["part"]) for day in body["days"]),
        consulted_on=body["consulted_on"],
        reason=body["reason"],
        agreed=body["agreed"],
        decided_by=decides_as(actor, found),
        by=actor.person,
    )
    return answered(run("leave", command))


@blueprint.post("/notices/<uuid:notice>/withdraw")
@blueprint.arguments(WithdrawSchema)
@blueprint.response(200, NoticeWithdrawnSchema)
def withdraw_notice(body: dict[str, Any], notice: UUID) -> dict[str, Any]:
    """Cancel days of one's notice before they begin: those named, or all."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, WITHDRAW, str(notice))
    dates = tuple(sorted(set(body["dates"])))
    return answered(run("leave", WithdrawNotice(found.person, found.employer, found.notice, dates, actor.person)))


@blueprint.post("/days/correct")
@blueprint.arguments(CorrectDaySchema)
@blueprint.response(200, DayCorrectedSchema)
def correct_day(body: dict[str, Any]) -> dict[str, Any]:
    """Put right a day that was taken: the minutes of leave, 0 where the person worked instead. For HR."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, CORRECT, body["notice"])
    command = CorrectDay(
        person=found.person,
        employer=found.employer,
        notice=found.notice,
        date=body["date"],
        minutes=body["minutes"],
        reason=body["reason"],
        by=actor.person,
    )
    return answered(run("leave", command))


@blueprint.get("/balance")
@blueprint.arguments(BalanceQuerySchema, location="query")
@blueprint.response(200, BalancesSchema)
def show_balance(query: dict[str, Any]) -> dict[str, Any]:
    """What is left with each legal employer, and when time is available again; one's own, or for HR a person's."""
    actor = current_actor()
    person = query["person"] or actor.person
    if person == actor.person:
        admit_own(actor, BALANCE)
    else:
        admit_to_person(actor, BALANCE, person)
    return {"balances": balances_view(person, query["on"] or today(wired(LeaveWiring).clock))}
