"""What a manager is told before deciding: whether a notice can be postponed, until when, and to which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.leave.domain import refusals
from services.leave.domain.acts import HR, Act
from services.leave.domain.assessment import Held
from services.leave.domain.notices import BOOKED, LeaveDay, Notice
from services.leave.domain.postponing import Ahead, last_start, offered, require_postponable, starts_of
from services.leave.domain.withdrawing import dates_free
from shared.kernel.errors import RefusedError
from shared.kernel.working_time import minutes_json

RUNS_ON_DAYS: Final = 14
"""Days after the last start that are offered, for leave of several days that starts in the month and runs on."""


def options(notice: Notice, ahead: Ahead, held: Sequence[Held], decided_by: str, act: Act) -> dict[str, Any]:
    """The answer as plain JSON. ``possible`` is also true where only HR can record what the carer agrees to.

    ``last_day``: on which it can be postponed; ``first_start``, ``last_start``: between which the new days start where
    all ``dates`` are postponed, or None; each of the dates with the days of the same minutes in its place.
    """
    objection = _objection(notice, act, decided_by)
    free = [] if objection else _free(notice, act.at)
    starts = starts_of(notice, [day.date for day in free]) if free else None
    return {
        "possible": objection is None,
        "within_limits": objection is None and act.today <= notice.deadline,
        "sentence": objection.message if objection else "",
        "last_day": notice.deadline.isoformat(),
        "first_start": starts.first.isoformat() if starts else None,
        "last_start": last_start(notice).isoformat(),
        "dates": [_date(day, notice, ahead, held) for day in free],
    }


def _objection(notice: Notice, act: Act, decided_by: str) -> RefusedError | None:
    try:
        require_postponable(notice)
        if act.today > notice.deadline and decided_by != HR:
            raise refusals.too_late_to_postpone(notice.deadline)
        if not _free(notice, act.at):
            dates_free(notice, (), act.at)
    except RefusedError as refusal:
        return refusal
    return None


def _free(notice: Notice, now: datetime) -> list[LeaveDay]:
    return [day for day in notice.in_state(BOOKED) if not day.has_begun(now)]


def _date(day: LeaveDay, notice: Notice, ahead: Ahead, held: Sequence[Held]) -> dict[str, Any]:
    days = offered(day, notice, ahead, held)
    return {
        "date": day.date.isoformat(),
        "part": day.part,
        "minutes": minutes_json(day.minutes),
        "days": [{"date": each.date.isoformat(), "part": each.part} for each in days],
    }
