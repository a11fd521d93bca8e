"""What a manager is told before deciding: whether a notice can be postponed, until when, and to which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.leave.domain import postponing_refusals
from services.leave.domain.assessment import Held
from services.leave.domain.capacities import HR
from services.leave.domain.commands import Day
from services.leave.domain.notices import BOOKED, LeaveDay, Notice
from services.leave.domain.postponing import (
    ScheduledDays,
    last_places,
    last_start,
    offered,
    require_postponable,
    starts_of,
)
from services.leave.domain.withdrawing import dates_to_postpone
from shared.kernel.errors import RefusedError
from shared.kernel.provenance import Provenance
from shared.kernel.working_time import minutes_json

RUNS_ON_DAYS: Final = 14
"""Days after the last start that are offered, for leave of several days that starts in the month and runs on."""


def options(
    notice: Notice,
    ahead: ScheduledDays,
    held: Sequence[Held],
    decided_by: str,
    act: Provenance,
    dates: Sequence[date] = (),
) -> dict[str, object]:
    """The answer as plain JSON. ``possible`` is also true where only HR can record what the carer agrees to.

    ``dates``: those to postpone; all that have not begun where none is named. ``last_day``: on which it can be
    postponed; ``first_start``, ``last_start``: between which the new days start where all ``dates`` are postponed, or
    None; each of the dates with the days of the same minutes that can be chosen in its place, none where it must stay.
    """
    objection = _objection(notice, act, decided_by)
    free = [day for day in _free(notice, act.at) if not dates or day.date in dates] if objection is None else []
    starts = starts_of(notice, [day.date for day in free]) if free else None
    places = _places(notice, free, ahead, held, decided_by)
    if free and not dates and not any(places):
        objection, free = postponing_refusals.no_later_day(last_start(notice)), []
    return {
        "possible": objection is None,
        "within_limits": objection is None and act.today <= notice.deadline,
        "sentence": objection.message if objection else "",
        "last_day": notice.deadline.isoformat(),
        "first_start": starts.first.isoformat() if starts else None,
        "last_start": last_start(notice).isoformat(),
        "dates": [_date(day, days) for day, days in zip(free, places, strict=False)],
    }


def _objection(notice: Notice, act: Provenance, decided_by: str) -> RefusedError | None:
    try:
        require_postponable(notice)
        if act.today > notice.deadline and decided_by != HR:
            raise postponing_refusals.too_late_to_postpone(notice.deadline)
        if not _free(notice, act.at):
            dates_to_postpone(notice, (), act.at)
    except RefusedError as refusal:
        return refusal
    return None


def _free(notice: Notice, now: datetime) -> list[LeaveDay]:
    return [day for day in notice.in_state(BOOKED) if not day.has_begun(now)]


def _places(
    notice: Notice, free: Sequence[LeaveDay], ahead: ScheduledDays, held: Sequence[Held], decided_by: str
) -> list[list[Day]]:
    """For each of the days those that can take its place. Only HR can record days outside the limits."""
    found = [offered(day, notice, ahead, held) for day in free]
    if decided_by == HR:
        return found
    last = last_places(notice, ahead, len(free))
    return [[day for day in days if day.date <= until] for days, until in zip(found, last, strict=True)]


def _date(day: LeaveDay, days: Sequence[Day]) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "part": day.part,
        "minutes": minutes_json(day.minutes),
        "days": [{"date": each.date.isoformat(), "part": each.part} for each in days],
    }
