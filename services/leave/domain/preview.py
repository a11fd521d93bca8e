"""An assessment as an answer: the rule, its inputs, the deadlines and every date, as plain JSON."""

from __future__ import annotations

from services.leave.domain.answers import Assessment
from shared.kernel.working_time import minutes_json


def preview(assessment: Assessment) -> dict[str, object]:
    """What a request is answered. ``fits``: whether notice of exactly these dates can be given."""
    leave_days = assessment.leave_days
    return {
        "fits": bool(leave_days) and not any(answer.says_no for answer in assessment.dates),
        "state": "late" if assessment.late else "given",
        "late": assessment.late,
        "standing_waiver": assessment.standing_waiver,
        "law": assessment.law.version,
        "week_minutes": minutes_json(assessment.week.minutes),
        "given_on": assessment.given_on.isoformat(),
        "first_day": assessment.first_day.isoformat() if assessment.first_day else None,
        "deadline": assessment.deadline.isoformat() if assessment.deadline else None,
        "in_time_until": assessment.in_time_until.isoformat() if assessment.in_time_until else None,
        "left_after_minutes": minutes_json(assessment.left_after),
        "dates": [answer.to_json() for answer in assessment.dates],
        **_notice(assessment),
    }


def _notice(assessment: Assessment) -> dict[str, object]:
    """The last day of notice by each reading, and the first date for which notice given now is in time."""
    if assessment.period is None or assessment.first_day is None:
        return {"latest_notice": {}, "in_time_from": None}
    latest = assessment.period.latest(assessment.first_day)
    return {
        "latest_notice": {reading: day.isoformat() for reading, day in latest.items()},
        "in_time_from": assessment.in_time_from.isoformat() if assessment.in_time_from else None,
    }
