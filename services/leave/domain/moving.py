"""A notice that came too late and was not waived: the first dates for which it is in time.

Each of its days keeps its date where that is in time; else it moves to the next date of the same minutes by the
working pattern, on which there is no leave yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from services.leave.domain import refusals
from services.leave.domain.answers import Assessment
from services.leave.domain.assessment import Held, Request, assess
from services.leave.domain.commands import Day
from services.leave.domain.notice_periods import notice_period
from services.leave.domain.notices import BOOKED, LATE, NOT_WAIVED, LeaveDay, Notice
from services.leave.domain.parts import clash, minutes_of, parts_offered
from services.leave.domain.postponing import ScheduledDays
from shared.kernel.periods import Span

LOOKED_FOR_DAYS = 62
"""Days after the last date of the notice among which the next ones are looked for."""


def first_in_time(notice: Notice) -> date:
    """The first date, worked or not, for which a notice is in time with those of its days that are booked."""
    period = notice_period([day.part for day in notice.in_state(BOOKED)], notice.law)
    return notice.given_on + timedelta(days=period.days(notice.law))


def require_not_waivable(notice: Notice, reason: str, now: datetime) -> None:
    """Raise RefusedError for a notice that does not wait as late, InvalidError without a reason."""
    if notice.state != LATE:
        raise refusals.not_late(notice.state)
    if any(day.begins_at <= now for day in notice.in_state(BOOKED)):
        raise refusals.lapsed_meanwhile()
    if not reason.strip():
        raise refusals.why_not_waived()


def assess_move(notice: Notice, request: Request, held: Sequence[Held], now: datetime) -> Assessment:
    """The request by which a notice moves, answered beside the leave held. Raises RefusedError where it cannot be."""
    require_movable(notice)
    assessment = assess(request, held)
    assessment.require()
    if any(day.begins_at and day.begins_at <= now for day in assessment.leave_days):
        raise refusals.move_too_late()
    return assessment


def require_movable(notice: Notice) -> None:
    """Raise RefusedError for a notice that has no need to move, or has moved."""
    if notice.moved_to:
        raise refusals.moved_already()
    if notice.state != NOT_WAIVED or notice.in_time_from is None:
        raise refusals.nothing_to_move()


def looked_for(notice: Notice) -> Span:
    """The dates among which the days in time are looked for."""
    require_movable(notice)
    assert notice.in_time_from is not None
    last = max(notice.in_time_from, *notice.days)
    return Span(notice.in_time_from, last + timedelta(days=LOOKED_FOR_DAYS))


def days_in_time(notice: Notice, ahead: ScheduledDays, held: Sequence[Held]) -> tuple[Day, ...]:
    """The days that a notice moves to. Raises RefusedError where the working pattern has none of the same minutes."""
    span = looked_for(notice)
    earliest, found = span.first, []
    for leave in notice.in_state(NOT_WAIVED):
        day = _next(leave, max(earliest, leave.date), notice, ahead, held)
        if day is None:
            raise refusals.no_date_in_time()
        found.append(day)
        earliest = day.date + timedelta(days=1)
    return tuple(found)


def _next(leave: LeaveDay, earliest: date, notice: Notice, ahead: ScheduledDays, held: Sequence[Held]) -> Day | None:
    for on, asked in sorted(ahead.items()):
        if on < earliest or asked.post is None:
            continue
        others = frozenset(each.part for each in held if each.employment == notice.employment and each.entry.date == on)
        same = [part for part in parts_offered(asked.sessions) if minutes_of(part, asked.sessions) == leave.minutes]
        for part in sorted(same, key=lambda part: part != leave.part):
            if not clash(part, others):
                return Day(on, part)
    return None
