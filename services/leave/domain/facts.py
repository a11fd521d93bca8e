"""What the events of a leave account store of a day: plain JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from services.leave.domain.answers import Assessment, DateAnswer, span_json
from services.leave.domain.assessment import Request
from services.leave.domain.moving import first_in_time
from services.leave.domain.notices import LeaveDay, Notice
from services.leave.domain.postponing import Postponed, Postponement, last_start
from services.leave.domain.posts import Post
from services.leave.domain.withdrawing import dates_to_postpone
from shared.kernel.provenance import Provenance
from shared.kernel.working_time import minutes_json


def requested_facts(request: Request, assessment: Assessment, give_back: Sequence[date]) -> dict[str, object]:
    """The decision: its rule and version, its inputs, its deadlines, its days and those given back for them."""
    assert assessment.period is not None
    assert assessment.deadline is not None
    assert assessment.first_day is not None
    latest = assessment.period.latest(assessment.first_day)
    return {
        "employment": request.employment,
        "given_at": request.given_at.isoformat(),
        "given_on": request.given_on.isoformat(),
        "late": assessment.late,
        "waived": False,
        "standing_waiver": assessment.standing_waiver,
        "deadline": assessment.deadline.isoformat(),
        "declared": ["dependant", "care"],
        "law": assessment.law.version,
        "nation": assessment.nation,
        "week_minutes": minutes_json(assessment.week.minutes),
        "week_of_posts": {post: minutes_json(each) for post, each in assessment.week.of_posts.items()},
        "latest_notice": {reading: day.isoformat() for reading, day in latest.items()},
        "days": [_requested_day(answer) for answer in assessment.leave_days],
        "gave_back": [day.isoformat() for day in sorted(give_back)],
    }


def confirmed_facts(notice: Notice, act: Provenance) -> dict[str, object]:
    """That the notice stands, with what it was."""
    return {
        "given_on": notice.given_on.isoformat(),
        "late": notice.late,
        "waived": notice.waived,
        "confirmed_on": act.today.isoformat(),
    }


def revived_facts(revived: Sequence[DateAnswer]) -> list[dict[str, object]]:
    """The days of a lapsed notice that count again."""
    return [{"date": each.day.isoformat(), "counted_minutes": minutes_json(each.counted)} for each in revived]


def postponed_facts(notice: Notice, asked: Postponement, postponed: Postponed, act: Provenance) -> dict[str, object]:
    """The decision to postpone: its conditions and its days. The week stays as it was at the request."""
    return {
        "given_on": notice.given_on.isoformat(),
        "postponed_on": act.today.isoformat(),
        "decided_by": asked.decided_by,
        "consulted_on": asked.consulted_on.isoformat(),
        "agreed": asked.agreed,
        "lawful": postponed.lawful,
        "law": notice.law.version,
        "deadline": notice.deadline.isoformat(),
        "last_start": last_start(notice).isoformat(),
        "week_minutes": minutes_json(notice.week),
        "dates": [day.isoformat() for day in dates_to_postpone(notice, asked.dates, act.at)],
        "days": [_requested_day(answer) for answer in postponed.days],
        "reason": asked.reason,
    }


def not_waived_facts(notice: Notice, decided_by: str, act: Provenance) -> dict[str, object]:
    """The decision to keep to the notice period, and the first date for which the notice is in time."""
    return {
        "given_on": notice.given_on.isoformat(),
        "decided_by": decided_by,
        "decided_on": act.today.isoformat(),
        "in_time_from": first_in_time(notice).isoformat(),
    }


def _requested_day(answer: DateAnswer) -> dict[str, object]:
    """A leave day with its minutes, when it begins, its tightest window and what both limbs left there."""
    assert answer.begins_at is not None
    assert answer.left is not None
    return {
        "date": answer.day.isoformat(),
        "part": answer.part,
        "minutes": minutes_json(answer.minutes),
        "counted_minutes": minutes_json(answer.counted),
        "scheduled_minutes": minutes_json(answer.sessions.total),
        "begins_at": answer.begins_at.isoformat(),
        "window": span_json(answer.left.span),
        "left_by_minutes": minutes_json(answer.left.by_minutes),
        "left_by_share": minutes_json(answer.left.by_share),
    }


def taken_facts(notice: Notice, leave: LeaveDay, post: Post) -> dict[str, object]:
    """The day as pay and figures need it. Statutory carer's leave is unpaid."""
    return {
        "employment": notice.employment,
        "staff_number": post.staff_number,
        "post": post.post,
        "employer": post.employer,
        "date": leave.date.isoformat(),
        "part": leave.part,
        "minutes": minutes_json(leave.minutes),
        "paid_minutes": 0,
        "scheduled_minutes": minutes_json(leave.scheduled),
        "full_time_minutes": post.full_time_minutes,
    }


def corrected_facts(leave: LeaveDay, minutes: Fraction) -> dict[str, object]:
    """The day's new minutes beside the old; the post as others were told of it when the day was taken."""
    return {
        **leave.told,
        "date": leave.date.isoformat(),
        "minutes": minutes_json(minutes),
        "counted_minutes": minutes_json(max(minutes - leave.free, Fraction(0))),
        "paid_minutes": 0,
        "previous_minutes": minutes_json(leave.minutes),
        "previous_paid_minutes": 0,
    }
