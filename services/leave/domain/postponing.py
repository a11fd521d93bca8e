"""Whether days of a notice can be postponed, and to which: Carer's Leave Regulations 2024, regulation 8.

A valid notice is never refused, only postponed: the employer reasonably considers that the operation of the business
would be unduly disrupted, has consulted the employee, and gives written notice with the reason and the new days, at
the latest seven days after the day of notice and before the first day. The new days have the same minutes and start
after the first day asked and within one calendar month of it; both limits count from the notice's first day, also
where only some of its days are postponed. Leave that was postponed keeps the test of the windows that it passed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from services.leave.domain import postponing_refusals, refusals
from services.leave.domain.answers import FITS, DateAnswer
from services.leave.domain.assessment import AskedDay, Held
from services.leave.domain.capacities import HR
from services.leave.domain.commands import Day
from services.leave.domain.notices import CONFIRMED, GIVEN, LAPSED, LATE, LeaveDay, Notice
from services.leave.domain.parts import begins_at, clash, minutes_of, parts_offered
from services.leave.domain.windows import Entry, tightest
from services.leave.domain.withdrawing import dates_to_postpone
from shared.kernel.periods import Span, add_months
from shared.kernel.provenance import Provenance

ScheduledDays = Mapping[date, AskedDay]
"""The dates on which days could lie, each with the post on it and what it has scheduled."""

FURTHEST_DAYS = 366
"""Days from the notice's first day in which new days are looked for."""


@dataclass(frozen=True)
class Postponement:
    """What is decided: these dates are postponed, and the days take their place.

    ``consulted_on``: the day on which the carer was consulted; ``reason``: the disruption; ``agreed``: whether the
    carer agrees to the new days; ``decided_by``: manager or hr.
    """

    dates: tuple[date, ...]
    days: tuple[Day, ...]
    consulted_on: date
    reason: str
    agreed: bool
    decided_by: str

    @property
    def beyond_limits(self) -> bool:
        """Whether it may be recorded outside the limits of time: by HR, where the carer agrees. It is not lawful."""
        return self.agreed and self.decided_by == HR


@dataclass(frozen=True)
class Postponed:
    """The new days as they count, and whether every condition that can be checked was met."""

    days: tuple[DateAnswer, ...]
    lawful: bool


def last_start(notice: Notice) -> date:
    """The last day on which postponed leave can start: a calendar month after the first day asked, clamped."""
    return add_months(notice.first_day, notice.law.postponement_months)


def starts_of(notice: Notice, dates: Sequence[date]) -> Span | None:
    """The days on which the new leave can start where these dates are postponed; None where there is none."""
    first, last = min(dates) + timedelta(days=1), last_start(notice)
    return Span(first, last) if first <= last else None


def require_postponable(notice: Notice) -> None:
    """Raise RefusedError where nothing of the notice can be postponed, whoever decides."""
    if notice.state in (LATE, LAPSED):
        raise refusals.waive_first(notice.state)
    if notice.postponed_on is not None:
        raise postponing_refusals.postponed_already(notice.postponed_on)
    if notice.state not in (GIVEN, CONFIRMED):
        raise refusals.already_decided(notice.state)


def postpone(
    notice: Notice, asked: Postponement, ahead: ScheduledDays, held: Sequence[Held], act: Provenance
) -> Postponed:
    """The new days. Raises RefusedError or InvalidError for a condition that is not met.

    ``held``: all leave that counts, the dates to postpone among it.
    """
    require_postponable(notice)
    if not asked.reason.strip():
        raise postponing_refusals.disruption_missing()
    if not notice.given_on <= asked.consulted_on <= act.today:
        raise postponing_refusals.not_consulted(notice.given_on)
    in_time = act.today <= notice.deadline
    if not in_time and not asked.beyond_limits:
        raise postponing_refusals.too_late_to_postpone(notice.deadline)
    chosen = [notice.days[day] for day in dates_to_postpone(notice, asked.dates, act.at)]
    lawful = _starts_well(notice, asked, [day.date for day in chosen], ahead) and in_time
    others = [each for each in held if not _is_chosen(each, notice, chosen)]
    parts = {day.date: day.part for day in asked.days}
    if len(parts) < len(asked.days) or parts.keys() & {day.date for day in chosen}:
        raise postponing_refusals.new_dates_twice()
    answers = [_answer(ahead.get(day), day, parts[day], notice, others) for day in sorted(parts)]
    minutes = sum((day.minutes for day in chosen), Fraction(0))
    if sum((answer.minutes for answer in answers), Fraction(0)) != minutes:
        raise postponing_refusals.other_minutes(minutes)
    return Postponed(tuple(_counted(answers, chosen, notice, others)), lawful)


def offered(day: LeaveDay, notice: Notice, ahead: ScheduledDays, held: Sequence[Held]) -> list[Day]:
    """The days of the same minutes that could take the place of one, soonest first."""
    found = []
    for on, asked in sorted(ahead.items()):
        away = _away(notice, on, held)
        for part in parts_offered(asked.sessions) if on > day.date else ():
            if minutes_of(part, asked.sessions) == day.minutes and not _clashes(notice, on, part, away):
                found.append(Day(on, part))
    return found


def last_places(notice: Notice, ahead: ScheduledDays, number: int) -> list[date]:
    """For each of so many days to postpone, in order of date, the last date on which its new day can be.

    The first starts by the last start; each later one can follow on the next working day after that.
    """
    last = last_start(notice)
    runs_on = [day for day in sorted(ahead) if day > last and ahead[day].sessions.total]
    return [last, *runs_on][:number] + [(runs_on or [last])[-1]] * (number - 1 - len(runs_on))


def _starts_well(notice: Notice, asked: Postponement, dates: Sequence[date], ahead: ScheduledDays) -> bool:
    """Whether the new days start in the month and run on; raises where that is not so and has to be."""
    new = sorted(day.date for day in asked.days)
    if not new:
        raise postponing_refusals.new_days_missing()
    for before, after in zip(sorted(dates), new, strict=False):
        if after <= before:
            raise postponing_refusals.not_later(before)
    first = new[0]
    starts = starts_of(notice, dates)
    if starts is not None and first in starts and _runs_on(asked, starts.last, ahead):
        return True
    if not asked.beyond_limits:
        raise (
            postponing_refusals.outside_the_month(starts)
            if starts
            else postponing_refusals.no_month_left(notice.first_day, last_start(notice))
        )
    return False


def _runs_on(asked: Postponement, last: date, ahead: ScheduledDays) -> bool:
    """Whether every new day after the month follows the one before it with no working day left out between."""
    days = sorted(day.date for day in asked.days)
    for before, after in pairwise(days):
        between = (before + timedelta(days=number) for number in range(1, (after - before).days))
        if after > last and any(day in ahead and ahead[day].sessions.total for day in between):
            return False
    return True


def _is_chosen(each: Held, notice: Notice, chosen: Sequence[LeaveDay]) -> bool:
    return each.employment == notice.employment and any(
        each.entry.date == day.date and each.part == day.part for day in chosen
    )


def _answer(asked: AskedDay | None, on: date, part: str, notice: Notice, others: Sequence[Held]) -> DateAnswer:
    """A new day by every rule but the windows. It is later than a day that has not begun, so it has not either."""
    if asked is None or asked.post is None or not asked.sessions.total:
        raise postponing_refusals.not_worked(on)
    if part not in parts_offered(asked.sessions):
        raise postponing_refusals.part_not_offered(on)
    begins = begins_at(on, part, asked.sessions, notice.law)
    if _clashes(notice, on, part, _away(notice, on, others)):
        raise postponing_refusals.away_already(on)
    minutes = minutes_of(part, asked.sessions)
    return DateAnswer(on, part, FITS, asked.sessions, minutes, begins_at=begins)


def _away(notice: Notice, on: date, held: Sequence[Held]) -> frozenset[str]:
    return frozenset(each.part for each in held if each.employment == notice.employment and each.entry.date == on)


def _clashes(notice: Notice, on: date, part: str, away: frozenset[str]) -> bool:
    """Whether there is leave in the way; a notice has one part of a date, so its own is in the way whichever it is."""
    own = notice.days.get(on)
    return clash(part, away) or (own is not None and own.counts)


def _counted(
    answers: Sequence[DateAnswer], chosen: Sequence[LeaveDay], notice: Notice, others: Sequence[Held]
) -> list[DateAnswer]:
    """The new days with what the old ones counted, and their windows, which they are not tested by."""
    rule = notice.rule
    left = sum((day.counted for day in chosen), Fraction(0))
    entries, counted = [each.entry for each in others], []
    for answer in answers:
        takes = min(answer.minutes, left)
        left -= takes
        counted.append(replace(answer, counted=takes, left=tightest(answer.day, entries, rule)))
        if takes:
            entries.append(Entry(answer.day, takes, notice.week))
    return counted
