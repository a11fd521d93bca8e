"""Which dates can still be given back, which day can be corrected, and how much of it a correction can fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction

from services.leave.domain import postponing_refusals, refusals
from services.leave.domain.notices import BOOKED, TAKEN, LeaveDay, Notice
from shared.kernel.errors import RefusedError


def dates_free(notice: Notice, dates: Sequence[date], now: datetime) -> list[date]:
    """Those of the dates, or of all where none is named, that are booked and have not begun.

    Raises RefusedError for a date that is not in the notice or has begun, and where none is left.
    """
    return _free(notice, dates, now, refusals.has_begun, refusals.nothing_to_withdraw)


def dates_to_postpone(notice: Notice, dates: Sequence[date], now: datetime) -> list[date]:
    """The same of dates that are to be postponed, refused in the words for that."""
    return _free(notice, dates, now, postponing_refusals.begun_to_postpone, postponing_refusals.nothing_to_postpone)


def _free(
    notice: Notice,
    dates: Sequence[date],
    now: datetime,
    has_begun: Callable[[Sequence[date]], RefusedError],
    nothing_left: Callable[[], RefusedError],
) -> list[date]:
    if unknown := [day for day in dates if day not in notice.days]:
        raise refusals.not_in_notice(unknown)
    if begun := [day for day in sorted(set(dates)) if notice.days[day].has_begun(now)]:
        raise has_begun(begun)
    free = [day.date for day in notice.in_state(BOOKED) if not day.has_begun(now)]
    chosen = [day for day in free if not dates or day in dates]
    if not chosen:
        raise nothing_left()
    return chosen


def day_to_correct(notice: Notice, day: date, reason: str) -> LeaveDay:
    """The day that was taken. Raises RefusedError where there is none, InvalidError without a reason."""
    leave = notice.days.get(day)
    if leave is None:
        raise refusals.not_in_notice([day])
    if leave.state != TAKEN:
        raise refusals.not_taken(day)
    if not reason.strip():
        raise refusals.reason_missing()
    return leave


def require_room(notice: Notice, leave: LeaveDay, minutes: Fraction, notices: Iterable[Notice]) -> None:
    """Raise InvalidError for more leave than the date has working time in the post, and for no change at all."""
    held_without = sum(
        other.days[leave.date].minutes
        for other in notices
        if other is not notice
        and other.employment == notice.employment
        and leave.date in other.days
        and other.days[leave.date].counts
    )
    most = leave.scheduled - held_without
    if not 0 <= minutes <= most:
        raise refusals.over_the_day(leave.date, most)
    if minutes == leave.minutes:
        raise refusals.not_changed(minutes)
