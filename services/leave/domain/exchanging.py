"""Leave that was booked before and is given back in one with a request, to make room for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from services.leave.domain import refusals
from services.leave.domain.answers import Assessment
from services.leave.domain.assessment import Request, assess
from services.leave.domain.notices import Notice


def assess_exchange(
    request: Request, give_back: Sequence[date], notices: Collection[Notice], now: datetime
) -> Assessment:
    """The answer to a request beside the leave that counts once what is booked on these dates is given back.

    Raises RefusedError where one of them holds no leave or has begun, or where the request is late: it may not be
    accepted, and leave that was agreed is not given back for it.
    """
    _require_given_back(give_back, notices, now)
    held = [held for notice in notices for held in notice.held if held.entry.date not in give_back]
    assessment = assess(request, held)
    if give_back and assessment.late:
        raise refusals.late_exchange(give_back, assessment.in_time_from)
    return assessment


def _require_given_back(dates: Sequence[date], notices: Collection[Notice], now: datetime) -> None:
    """Raise RefusedError where one of the dates, to be given back for others, holds no leave or has begun."""
    days = [day for notice in notices for day in notice.days.values() if day.counts]
    if without := set(dates) - {day.date for day in days}:
        raise refusals.nothing_there(sorted(without))
    if begun := {day.date for day in days if day.date in dates and day.has_begun(now)}:
        raise refusals.has_begun(sorted(begun))
