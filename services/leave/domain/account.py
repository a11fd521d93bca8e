"""The leave account: one person's carer's leave with one legal employer, over all posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from services.leave.domain import refusals
from services.leave.domain.answers import Assessment
from services.leave.domain.assessment import Held, Request, assess
from services.leave.domain.commands import Declaration
from services.leave.domain.facts import corrected_facts, requested_facts, taken_facts
from services.leave.domain.notices import BOOKED, CONFIRMED, GIVEN, LAPSED, LATE, TAKEN, WITHDRAWN, LeaveDay, Notice
from services.leave.domain.posts import Post
from services.leave.domain.reviving import revive
from services.leave.domain.windows import Left, Rule, windows_over
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.clock import LONDON, start_of_day
from shared.kernel.ids import derived_id
from shared.kernel.working_time import minutes_json, parse_minutes

CLOCK: Final = "clock"
ENDED: Final = "employment-ended"
ASKED: Final = "asked"
EXCHANGED: Final = "exchanged"


@dataclass(frozen=True)
class Act:
    """Who acts, when (aware, UTC), and in which organisation (empty: the notice's own)."""

    by: str
    at: datetime
    organisation: str = ""

    @property
    def today(self) -> date:
        """The day in London."""
        return self.at.astimezone(LONDON).date()


class LeaveAccount(Aggregate):
    """Notices, their days and what they take from the week."""

    TOPIC: ClassVar[str] = "leave.account"

    def __init__(self, person: str, employer: str) -> None:
        self.person = person
        self.employer = employer
        self.notices: dict[str, Notice] = {}
        self.forgotten = False

    @staticmethod
    def id_of(person: str, employer: str) -> UUID:
        """The identifier of a person's account with a legal employer."""
        return derived_id("leave-account", person, employer)

    @classmethod
    def open(cls, person: str, employer: str, act: Act) -> Self:
        """A new account, before its first notice."""
        return cls.begin(
            cls.Opened,
            id=cls.id_of(person, employer),
            at=act.at,
            person=person,
            organisation=act.organisation,
            by=act.by,
            employer=employer,
        )

    @property
    def held(self) -> list[Held]:
        """All leave that counts, of every notice."""
        return [held for notice in self.notices.values() for held in notice.held]

    def give_notice(
        self,
        notice: str,
        request: Request,
        declaration: Declaration,
        calendar: str,
        act: Act,
        give_back: Sequence[date] = (),
    ) -> Assessment:
        """Accept leave, or raise RefusedError with an answer for every date; nothing is stored of a refusal.

        ``calendar``: which list of bank holidays the dates were measured by. ``give_back``: dates booked before, all
        of whose leave is given back to make room, in one with the request. Answers the assessment.
        """
        self._require_kept()
        if not (declaration.dependant and declaration.care):
            raise refusals.declaration_incomplete(dependant=declaration.dependant, care=declaration.care)
        assessment = assess(request, self.beside(give_back, act))
        assessment.require()
        for other in self.notices.values():
            if given_back := [day.date for day in other.in_state(BOOKED) if day.date in give_back]:
                self._withdraw(other, given_back, EXCHANGED, act)
        self._record_request(notice, request, assessment, calendar, act)
        return assessment

    def beside(self, give_back: Sequence[date], act: Act) -> list[Held]:
        """The leave that counts once what is booked on these dates is given back.

        Raises RefusedError where one of them holds no leave, or has begun.
        """
        days = [day for notice in self.notices.values() for day in notice.days.values() if day.counts]
        if without := set(give_back) - {day.date for day in days}:
            raise refusals.nothing_there(sorted(without))
        if begun := {day.date for day in days if day.date in give_back and day.has_begun(act.at)}:
            raise refusals.has_begun(sorted(begun))
        return [held for held in self.held if held.entry.date not in give_back]

    def confirm(self, notice_id: str, confirmed_by: str, act: Act) -> None:
        """Acknowledge a notice that was in time. Raises RefusedError where it waits for something else."""
        notice = self._notice(notice_id)
        self._require_other(act)
        if notice.state in (LATE, LAPSED):
            raise refusals.waive_first(notice.state)
        if notice.state != GIVEN:
            raise refusals.already_decided(notice.state)
        self._confirm(notice, confirmed_by, act)

    def confirm_by_silence(self, notice_id: str, act: Act) -> None:
        """The last day of a lawful postponement is over: the leave stands. No event where that is not so."""
        notice = self._notice(notice_id)
        if notice.state == GIVEN and act.today > notice.deadline:
            self._confirm(notice, CLOCK, act)

    def waive(self, notice_id: str, confirmed_by: str, act: Act) -> None:
        """Accept a late notice, and with that confirm it. One that lapsed is tested again for its lapsed days."""
        notice = self._notice(notice_id)
        self._require_other(act)
        if notice.state not in (LATE, LAPSED):
            raise refusals.already_decided(notice.state)
        revived = revive(notice, self.held) if notice.state == LAPSED else []
        days = [{"date": each.day.isoformat(), "counted_minutes": minutes_json(each.counted)} for each in revived]
        self._record(self.Waived, notice, act, days=days)
        self._confirm(notice, confirmed_by, act)

    def withdraw(self, notice_id: str, dates: Sequence[date], act: Act) -> list[date]:
        """Give back these dates, or every date that has not begun where none is named. Answers which."""
        notice = self._notice(notice_id)
        if unknown := [day for day in dates if day not in notice.days]:
            raise refusals.not_in_notice(unknown)
        if begun := [day for day in sorted(set(dates)) if notice.days[day].has_begun(act.at)]:
            raise refusals.has_begun(begun)
        free = [day.date for day in notice.in_state(BOOKED) if not day.has_begun(act.at)]
        chosen = [day for day in free if not dates or day in dates]
        if not chosen:
            raise refusals.nothing_to_withdraw()
        self._withdraw(notice, chosen, ASKED, act)
        return chosen

    def lapse(self, notice_id: str, act: Act) -> None:
        """The first day of a late notice has begun undecided. No event where that is not so."""
        notice = self._notice(notice_id)
        if notice.state == LATE and any(day.begins_at <= act.at for day in notice.in_state(BOOKED)):
            self._record(self.Lapsed, notice, act)

    def take(self, notice_id: str, day: date, post: Post | None, act: Act) -> None:
        """A day has ended in London, and the leave stands: it is taken. No event where that is not so.

        ``post``: the post on that day; None where the employment had ended, and the day is given back.
        """
        notice = self._notice(notice_id)
        leave = notice.days.get(day)
        if leave is None or leave.state != BOOKED or act.at < start_of_day(day + timedelta(days=1)):
            return
        self.lapse(notice_id, act)
        self.confirm_by_silence(notice_id, act)
        if notice.state != CONFIRMED:
            return
        if post is None:
            self._withdraw(notice, [day], ENDED, act)
            return
        self._record(self.Taken, notice, act, **taken_facts(notice, leave, post))

    def correct(self, notice_id: str, day: date, minutes: Fraction, reason: str, act: Act) -> list[Left]:
        """Put right the minutes of a day that was taken. Answers the windows that it leaves over the week.

        Raises RefusedError where the day was not taken, InvalidError for more minutes than the day has left.
        """
        notice = self._notice(notice_id)
        self._require_other(act)
        leave = notice.days.get(day)
        if leave is None:
            raise refusals.not_in_notice([day])
        if leave.state != TAKEN:
            raise refusals.not_taken(day)
        if not reason.strip():
            raise refusals.reason_missing()
        self._require_room(notice, leave, minutes)
        self._record(self.Corrected, notice, act, **corrected_facts(leave, minutes), reason=reason)
        return self.windows_over(notice)

    def forget(self, act: Act) -> None:
        """Erase: nothing more is accepted. No event where it is done already."""
        if not self.forgotten:
            self.record(self.Forgotten, at=act.at, person=self.person, organisation=act.organisation, by=act.by)

    def windows_over(self, notice: Notice) -> list[Left]:
        """The windows that hold more than the week as it was at that notice; corrections can lead there."""
        law = notice.law
        rule = Rule(notice.week, law.window_months, law.in_force)
        return windows_over([held.entry for held in self.held], rule)

    def _notice(self, notice_id: str) -> Notice:
        self._require_kept()
        if notice_id not in self.notices:
            raise refusals.no_such_notice()
        return self.notices[notice_id]

    def _require_kept(self) -> None:
        if self.forgotten:
            raise refusals.erased()

    def _require_other(self, act: Act) -> None:
        if act.by == self.person:
            raise refusals.own_request()

    def _require_room(self, notice: Notice, leave: LeaveDay, minutes: Fraction) -> None:
        """The date cannot hold more leave of the post than its working time."""
        beside = sum(
            other.days[leave.date].minutes
            for other in self.notices.values()
            if other is not notice
            and other.employment == notice.employment
            and leave.date in other.days
            and other.days[leave.date].counts
        )
        most = leave.scheduled - beside
        if not 0 <= minutes <= most:
            raise refusals.over_the_day(leave.date, most)
        if minutes == leave.minutes:
            raise refusals.not_changed(minutes)

    def _record_request(self, notice: str, request: Request, assessment: Assessment, calendar: str, act: Act) -> None:
        self.record(
            self.Requested,
            at=act.at,
            person=self.person,
            organisation=act.organisation,
            by=act.by,
            notice=notice,
            employer=self.employer,
            calendar=calendar,
            **requested_facts(request, assessment),
        )

    def _confirm(self, notice: Notice, confirmed_by: str, act: Act) -> None:
        self._record(
            self.Confirmed,
            notice,
            act,
            given_on=notice.given_on.isoformat(),
            late=notice.late,
            waived=notice.waived,
            confirmed_by=confirmed_by,
            confirmed_on=act.today.isoformat(),
        )

    def _withdraw(self, notice: Notice, dates: Sequence[date], cause: str, act: Act) -> None:
        self._record(self.Withdrawn, notice, act, dates=[day.isoformat() for day in dates], cause=cause)

    def _record(self, event: type[Any], notice: Notice, act: Act, **fields: Any) -> None:
        self.record(
            event,
            at=act.at,
            person=self.person,
            organisation=act.organisation or notice.organisation,
            by=act.by,
            notice=notice.id,
            **fields,
        )

    class Event(Aggregate.Event):
        """An event of a leave account."""

    class Opened(Event, First):
        """The person has an account with this legal employer."""

        TOPIC: ClassVar[str] = "leave.account.opened"

        employer: str

    class Requested(Event):
        """Notice was given, with both limbs of the declaration, and every day fits.

        ``days``: date, part, minutes, counted_minutes (against the week), scheduled_minutes, begins_at, the day's
        tightest window and what both limbs of the rule left in it. ``latest_notice``: the last day of notice by
        reading. ``deadline``: the last day of a lawful postponement. ``declared``: the limbs that were said.
        """

        TOPIC: ClassVar[str] = "leave.notice.requested"

        notice: str
        employer: str
        employment: str
        given_at: str
        given_on: str
        late: bool
        waived: bool
        standing_waiver: bool
        deadline: str
        declared: list[str]
        law: str
        nation: str
        calendar: str
        week_minutes: int | str
        week_of_posts: dict[str, int | str]
        latest_notice: dict[str, str]
        days: list[dict[str, Any]]

        def apply(self, aggregate: LeaveAccount) -> None:
            """Remember the notice; it waits, late or in time."""
            aggregate.notices[self.notice] = Notice.requested(vars(self))

    class Confirmed(Event):
        """The leave stands. ``confirmed_by``: manager, hr or clock."""

        TOPIC: ClassVar[str] = "leave.notice.confirmed"

        notice: str
        given_on: str
        late: bool
        waived: bool
        confirmed_by: str
        confirmed_on: str

        def apply(self, aggregate: LeaveAccount) -> None:
            """It waits no longer."""
            aggregate.notices[self.notice].state = CONFIRMED

    class Waived(Event):
        """A late notice is accepted. ``days``: those that had lapsed and count again: date, counted_minutes."""

        TOPIC: ClassVar[str] = "leave.notice.waived"

        notice: str
        days: list[dict[str, Any]]

        def apply(self, aggregate: LeaveAccount) -> None:
            """It is waived, and its lapsed days are booked again."""
            notice = aggregate.notices[self.notice]
            notice.waived = True
            for each in self.days:
                notice.days[date.fromisoformat(each["date"])].book_again(parse_minutes(each["counted_minutes"]))

    class Lapsed(Event):
        """The first day of a late notice began, and nobody had decided."""

        TOPIC: ClassVar[str] = "leave.notice.lapsed"

        notice: str

        def apply(self, aggregate: LeaveAccount) -> None:
            """Its days no longer count."""
            notice = aggregate.notices[self.notice]
            notice.state = LAPSED
            for day in notice.in_state(BOOKED):
                day.state = LAPSED

    class Withdrawn(Event):
        """Dates were given back. ``cause``: asked, or employment-ended where the post ended before the day."""

        TOPIC: ClassVar[str] = "leave.notice.withdrawn"

        notice: str
        dates: list[str]
        cause: str

        def apply(self, aggregate: LeaveAccount) -> None:
            """The dates no longer count; a notice without any other is withdrawn."""
            notice = aggregate.notices[self.notice]
            for text in self.dates:
                notice.days[date.fromisoformat(text)].state = WITHDRAWN
            if all(day.state == WITHDRAWN for day in notice.days.values()):
                notice.state = WITHDRAWN

    class Taken(Event):
        """A day of leave has ended. ``full_time_minutes``: of the full-time week."""

        TOPIC: ClassVar[str] = "leave.day.taken"

        notice: str
        employment: str
        staff_number: str
        post: str
        employer: str
        date: str
        part: str
        minutes: int | str
        paid_minutes: int | str
        scheduled_minutes: int | str
        full_time_minutes: int | str

        def apply(self, aggregate: LeaveAccount) -> None:
            """The day was taken; the facts are kept as they were told to others."""
            aggregate.notices[self.notice].days[date.fromisoformat(self.date)].take(vars(self))

    class Corrected(Event):
        """What was taken is put right. ``minutes`` of leave, 0 where the person worked; ``reason`` is sealed."""

        TOPIC: ClassVar[str] = "leave.day.corrected"
        SEALED: ClassVar[tuple[str, ...]] = ("reason",)

        notice: str
        employment: str
        staff_number: str
        post: str
        employer: str
        date: str
        minutes: int | str
        counted_minutes: int | str
        paid_minutes: int | str
        previous_minutes: int | str
        previous_paid_minutes: int | str
        scheduled_minutes: int | str
        full_time_minutes: int | str
        reason: str | None

        def apply(self, aggregate: LeaveAccount) -> None:
            """The day has these minutes."""
            day = aggregate.notices[self.notice].days[date.fromisoformat(self.date)]
            day.minutes = parse_minutes(self.minutes)
            day.counted = parse_minutes(self.counted_minutes)

    class Forgotten(Event):
        """The person was erased."""

        TOPIC: ClassVar[str] = "leave.account.forgotten"

        def apply(self, aggregate: LeaveAccount) -> None:
            """Nothing more is accepted."""
            aggregate.forgotten = True
