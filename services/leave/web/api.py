"""Leave's JSON API."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from services.leave.domain.assessment import MOST_DATES
from services.leave.domain.commands import Day
from services.leave.read.notices import notices_of, waiting_for, waiting_in
from services.leave.web.access import (
    BALANCE,
    DECIDE,
    GIVE,
    READ,
    admit_own,
    admit_to_notice,
    admit_to_organisation,
    admit_to_person,
    admit_to_reports,
    decides_as,
)
from services.leave.web.acts import (
    CONFIRM_NOTICE,
    CORRECT_DAY,
    GIVE_NOTICE,
    MOVE_NOTICE,
    NOT_WAIVE_NOTICE,
    POSTPONE_NOTICE,
    WAIVE_NOTICE,
    WITHDRAW_NOTICE,
)
from services.leave.web.balance_schemas import BalanceQuerySchema, BalancesSchema
from services.leave.web.decision_schemas import (
    PostponementSchema,
)
from services.leave.web.schemas import (
    PAGE_SIZE,
    NoticeSchema,
    NoticesQuerySchema,
    NoticesSchema,
    WaitingQuerySchema,
    WhatIfQuerySchema,
    WhatIfSchema,
)
from services.leave.web.views import balances_view, notice_view
from services.leave.wiring import LeaveWiring
from shared.kernel.clock import today
from shared.kernel.events import Payload
from shared.kernel.periods import Span
from shared.web.actor import current_actor
from shared.web.api import ApiBlueprint
from shared.web.app_context import wired
from shared.web.paging import offset

blueprint = ApiBlueprint("leave", __name__, description="Carer's leave: notices, days and balances")


blueprint.act("/notices", GIVE_NOTICE)


@blueprint.get("/what-if")
@blueprint.arguments(WhatIfQuerySchema, location="query")
@blueprint.response(200, WhatIfSchema)
def what_if(query: Payload) -> dict[str, object]:
    """What notice of these days would be answered if it were given now; nothing is stored."""
    actor = current_actor()
    admit_own(actor, GIVE)
    span = Span(query["first"], query["last"] or query["first"])
    days = [Day(day, query["part"]) for day in islice(span, MOST_DATES + 1)]  # one more is refused by its rule
    give_back = [query["give_back"]] if query["give_back"] else []
    answer: dict[str, object] = wired(LeaveWiring).application.what_if(
        actor.person, query["employment"], days, give_back
    )
    return answer


@blueprint.get("/notices")
@blueprint.arguments(NoticesQuerySchema, location="query")
@blueprint.response(200, NoticesSchema)
def list_notices(query: Payload) -> dict[str, object]:
    """One's own notices, newest first; or, for HR and payroll, those of a person in their organisation."""
    actor = current_actor()
    person = query["person"] or actor.person
    fields = admit_own(actor, READ) if person == actor.person else admit_to_person(actor, READ, person)
    organisation = None if person == actor.person else actor.organisation
    with wired(LeaveWiring).reading() as connection:
        found = notices_of(connection, person, organisation, limit=PAGE_SIZE, offset=offset(query, PAGE_SIZE))
    return {"notices": [notice_view(each, fields) for each in found]}


@blueprint.get("/waiting")
@blueprint.arguments(WaitingQuerySchema, location="query")
@blueprint.response(200, NoticesSchema)
def list_waiting(query: Payload) -> dict[str, object]:
    """Notices that wait for one's decision as a manager; or, for HR, in one's organisation. Nearest first."""
    actor = current_actor()
    leave, page = wired(LeaveWiring), {"limit": PAGE_SIZE, "offset": offset(query, PAGE_SIZE)}
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
def show_notice(notice: UUID) -> dict[str, object]:
    """A notice by the fields that one may see."""
    return notice_view(*admit_to_notice(current_actor(), READ, str(notice)))


blueprint.act("/notices/<uuid:notice>/confirm", CONFIRM_NOTICE)


blueprint.act("/notices/<uuid:notice>/waive", WAIVE_NOTICE)


blueprint.act("/notices/<uuid:notice>/not-waive", NOT_WAIVE_NOTICE)


blueprint.act("/notices/<uuid:notice>/move", MOVE_NOTICE)


@blueprint.get("/notices/<uuid:notice>/postponement")
@blueprint.response(200, PostponementSchema)
def show_postponement(notice: UUID) -> dict[str, object]:
    """Whether and until when a notice can be postponed, and which days could take the place of its dates."""
    actor = current_actor()
    found, _ = admit_to_notice(actor, DECIDE, str(notice))
    ask = wired(LeaveWiring).application.postponement
    answer: dict[str, object] = ask(found.person, found.employer, found.notice, decides_as(actor, found))
    return answer


blueprint.act("/notices/<uuid:notice>/postpone", POSTPONE_NOTICE)


blueprint.act("/notices/<uuid:notice>/withdraw", WITHDRAW_NOTICE)


blueprint.act("/days/correct", CORRECT_DAY)


@blueprint.get("/balance")
@blueprint.arguments(BalanceQuerySchema, location="query")
@blueprint.response(200, BalancesSchema)
def show_balance(query: Payload) -> dict[str, object]:
    """What is left with each legal employer, and when time is available again; one's own, or for HR a person's."""
    actor = current_actor()
    person = query["person"] or actor.person
    if person == actor.person:
        admit_own(actor, BALANCE)
    else:
        admit_to_person(actor, BALANCE, person)
    return {"balances": balances_view(person, query["on"] or today(wired(LeaveWiring).clock))}
