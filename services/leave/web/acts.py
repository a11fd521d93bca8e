"""What people can do in leave: their own, and as manager or HR with the requests of others."""

from __future__ import annotations

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
from services.leave.read.notices import NoticeShown
from services.leave.web.access import CORRECT, DECIDE, GIVE, WITHDRAW, admit_own, admit_to_notice, decides_as
from services.leave.web.decision_schemas import NotWaivedSchema, NotWaiveSchema, PostponedSchema, PostponeSchema
from services.leave.web.schemas import (
    CorrectDaySchema,
    DayCorrectedSchema,
    GiveNoticeSchema,
    NoticeDecidedSchema,
    NoticeGivenSchema,
    NoticeWithdrawnSchema,
    WithdrawSchema,
)
from shared.kernel.events import Payload
from shared.web.actor import Actor
from shared.web.acts import Act


def _may_give(actor: Actor) -> None:
    admit_own(actor, GIVE)


def _to_move(actor: Actor, notice: str) -> NoticeShown:
    return admit_to_notice(actor, GIVE, notice)[0]


def _to_decide(actor: Actor, notice: str) -> NoticeShown:
    return admit_to_notice(actor, DECIDE, notice)[0]


def _to_withdraw(actor: Actor, notice: str) -> NoticeShown:
    return admit_to_notice(actor, WITHDRAW, notice)[0]


def _to_correct(actor: Actor, notice: str) -> NoticeShown:
    return admit_to_notice(actor, CORRECT, notice)[0]


def _days(given: Payload) -> tuple[Day, ...]:
    return tuple(Day(day["date"], day["part"]) for day in given["days"])


def _give_notice(actor: Actor, _: None, given: Payload) -> GiveNotice:
    return GiveNotice(
        person=actor.person,
        employment=given["employment"],
        days=_days(given),
        declaration=Declaration(dependant=given["dependant"], care=given["care"]),
        by=actor.person,
        give_back=tuple(sorted(set(given["give_back"]))),
    )


def _confirm_notice(actor: Actor, found: NoticeShown, _: Payload) -> ConfirmNotice:
    return ConfirmNotice(found.person, found.employer, found.notice, decides_as(actor, found), actor.person)


def _waive_notice(actor: Actor, found: NoticeShown, _: Payload) -> WaiveNotice:
    return WaiveNotice(found.person, found.employer, found.notice, decides_as(actor, found), actor.person)


def _not_waive_notice(actor: Actor, found: NoticeShown, given: Payload) -> NotWaiveNotice:
    capacity = decides_as(actor, found)
    return NotWaiveNotice(found.person, found.employer, found.notice, given["reason"], capacity, actor.person)


def _move_notice(actor: Actor, found: NoticeShown, _: Payload) -> MoveNotice:
    return MoveNotice(found.person, found.employer, found.notice, actor.person)


def _postpone_notice(actor: Actor, found: NoticeShown, given: Payload) -> PostponeNotice:
    return PostponeNotice(
        person=found.person,
        employer=found.employer,
        notice=found.notice,
        dates=tuple(sorted(set(given["dates"]))),
        days=_days(given),
        consulted_on=given["consulted_on"],
        reason=given["reason"],
        agreed=given["agreed"],
        decided_by=decides_as(actor, found),
        by=actor.person,
    )


def _withdraw_notice(actor: Actor, found: NoticeShown, given: Payload) -> WithdrawNotice:
    dates = tuple(sorted(set(given["dates"])))
    return WithdrawNotice(found.person, found.employer, found.notice, dates, actor.person)


def _correct_day(actor: Actor, found: NoticeShown, given: Payload) -> CorrectDay:
    return CorrectDay(
        person=found.person,
        employer=found.employer,
        notice=found.notice,
        date=given["date"],
        minutes=given["minutes"],
        reason=given["reason"],
        by=actor.person,
    )


GIVE_NOTICE = Act(
    name="give_notice",
    about="Ask for carer's leave: give notice of one day or many.",
    schema=GiveNoticeSchema,
    answer=NoticeGivenSchema,
    status=201,
    admit=_may_give,
    make=_give_notice,
)

CONFIRM_NOTICE = Act(
    name="confirm_notice",
    about="Acknowledge a notice that was in time.",
    answer=NoticeDecidedSchema,
    admit=_to_decide,
    make=_confirm_notice,
)

WAIVE_NOTICE = Act(
    name="waive_notice",
    about="Accept a late request, also after it ended unanswered; it is confirmed with that.",
    answer=NoticeDecidedSchema,
    admit=_to_decide,
    make=_waive_notice,
)

NOT_WAIVE_NOTICE = Act(
    name="not_waive_notice",
    about="Do not accept a late request: its days are cancelled.",
    schema=NotWaiveSchema,
    answer=NotWaivedSchema,
    admit=_to_decide,
    make=_not_waive_notice,
)

MOVE_NOTICE = Act(
    name="move_notice",
    about="Move one's notice that was too late and not accepted to the first dates in time; "
    "it keeps its time of notice.",
    answer=NoticeGivenSchema,
    status=201,
    admit=_to_move,
    make=_move_notice,
)

POSTPONE_NOTICE = Act(
    name="postpone_notice",
    about="Postpone days of a notice, where the law allows it.",
    schema=PostponeSchema,
    answer=PostponedSchema,
    admit=_to_decide,
    make=_postpone_notice,
    error_fields={"not-consulted": "consulted_on", "new-days-missing": "days", "date-twice": "days"},
)

WITHDRAW_NOTICE = Act(
    name="withdraw_notice",
    about="Cancel days of one's notice before they begin: those named, or all.",
    schema=WithdrawSchema,
    answer=NoticeWithdrawnSchema,
    admit=_to_withdraw,
    make=_withdraw_notice,
    refusal_field="dates",
)

CORRECT_DAY = Act(
    name="correct_day",
    about="Put right a day that was taken: the minutes of leave, 0 where the person worked instead. For HR.",
    schema=CorrectDaySchema,
    answer=DayCorrectedSchema,
    admit=_to_correct,
    make=_correct_day,
    error_fields={"more-than-scheduled": "minutes"},
    refusal_field="minutes",
)
