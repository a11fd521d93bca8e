"""The leave account: one person's carer's leave with one legal employer, over all posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import ClassVar, Self
from uuid import UUID

from services.leave.domain import events, refusals
from services.leave.domain.answers import Assessment
from services.leave.domain.assessment import Held, Request
from services.leave.domain.capacities import ASKED, ENDED, EXCHANGED
from services.leave.domain.commands import Declaration
from services.leave.domain.exchanging import assess_exchange
from services.leave.domain.facts import (
    confirmed_facts,
    corrected_facts,
    not_waived_facts,
    postponed_facts,
    requested_facts,
    revived_facts,
    taken_facts,
)
from services.leave.domain.moving import assess_move, require_not_waivable
from services.leave.domain.notices import BOOKED, CONFIRMED, GIVEN, LAPSED, LATE, Notice
from services.leave.domain.postponing import Postponement, ScheduledDays, postpone
from services.leave.domain.posts import Post
from services.leave.domain.reviving import require_given, revive
from services.leave.domain.windows import Left, windows_over
from services.leave.domain.withdrawing import dates_free, day_to_correct, require_room
from shared.kernel.aggregates import Aggregate
from shared.kernel.clock import start_of_day
from shared.kernel.ids import derived_id
from shared.kernel.provenance import CLOCK, Provenance


class LeaveAccount(Aggregate):
    """Notices, their days and what they take from the week."""

    TOPIC: ClassVar[str] = "leave.account"

    Event = events.Event
    Opened = events.Opened
    Requested = events.Requested
    Confirmed = events.Confirmed
    Waived = events.Waived
    NotWaived = events.NotWaived
    Moved = events.Moved
    Postponed = events.Postponed
    Lapsed = events.Lapsed
    Withdrawn = events.Withdrawn
    Taken = events.Taken
    Corrected = events.Corrected
    Forgotten = events.Forgotten

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
    def open(cls, person: str, employer: str, act: Provenance) -> Self:
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
        act: Provenance,
        give_back: Sequence[date] = (),
    ) -> Assessment:
        """Accept leave, or raise RefusedError with an answer for every date, and store nothing.

        ``calendar``: the bank holidays by which it was measured. ``give_back``: dates booked before, all of whose
        leave is given back in one with the request to make room. Answers the assessment.
        """
        self._require_kept()
        refusals.require_declared(declaration)
        assessment = self.assess(request, give_back, act)
        assessment.require()
        for other in self.notices.values():
            if given_back := [day.date for day in other.in_state(BOOKED) if day.date in give_back]:
                self._withdraw(other, given_back, EXCHANGED, act)
        facts = requested_facts(request, assessment, give_back)
        self._record(self.Requested, notice, act, **facts, employer=self.employer, calendar=calendar)
        return assessment

    def assess(self, request: Request, give_back: Sequence[date], act: Provenance) -> Assessment:
        """What giving this notice would be answered, with the refusals of ``assess_exchange``."""
        return assess_exchange(request, give_back, self.notices.values(), act.at)

    def confirm(self, notice_id: str, confirmed_by: str, act: Provenance) -> None:
        """Acknowledge a notice that was in time. Raises RefusedError where it waits for something else."""
        notice = self._to_decide(notice_id, act)
        require_given(notice)
        self._confirm(notice, confirmed_by, act)

    def confirm_by_silence(self, notice_id: str, act: Provenance) -> None:
        """The last day of a lawful postponement is over: the leave stands. No event where that is not so."""
        notice = self.known(notice_id)
        if notice.state == GIVEN and act.today > notice.deadline:
            self._confirm(notice, CLOCK, act)

    def waive(self, notice_id: str, confirmed_by: str, act: Provenance) -> None:
        """Accept a late notice, and with that confirm it. One that lapsed is tested again for its lapsed days."""
        notice = self._to_decide(notice_id, act)
        if notice.state not in (LATE, LAPSED):
            raise refusals.already_decided(notice.state)
        self._record(self.Waived, notice.id, act, days=revived_facts(revive(notice, self.held)))
        self._confirm(notice, confirmed_by, act)

    def not_waive(self, notice_id: str, reason: str, decided_by: str, act: Provenance) -> None:
        """Keep to the notice period: a late notice does not stand. Raises RefusedError where it waits for no answer."""
        notice = self._to_decide(notice_id, act)
        require_not_waivable(notice, reason, act.at)
        self._record(self.NotWaived, notice.id, act, **not_waived_facts(notice, decided_by, act), reason=reason)

    def move(self, notice_id: str, new_id: str, request: Request, calendar: str, act: Provenance) -> Assessment:
        """Give the notice that was not waived for days in time, with its time of notice. Answers the assessment.

        ``request``: of ``days_in_time``, given when the notice was. Raises RefusedError with an answer for every date
        where it does not fit.
        """
        notice = self.known(notice_id)
        assessment = assess_move(notice, request, self.held, act.at)
        facts = requested_facts(request, assessment, give_back=())
        self._record(self.Requested, new_id, act, **facts, employer=self.employer, calendar=calendar)
        self._record(self.Moved, notice.id, act, moved_to=new_id)
        return assessment

    def postpone(
        self, notice_id: str, asked: Postponement, ahead: ScheduledDays, calendar: str, act: Provenance
    ) -> None:
        """Postpone days of a notice and, where it still waited, confirm it with that.

        ``ahead``: the dates on which the new days can lie; ``calendar``: which bank holidays they were measured by.
        """
        notice = self._to_decide(notice_id, act)
        postponed = postpone(notice, asked, ahead, self.held, act)
        facts = postponed_facts(notice, asked, postponed, act)
        self._record(self.Postponed, notice.id, act, **facts, employer=self.employer, calendar=calendar)
        if notice.state == GIVEN:
            self._confirm(notice, asked.decided_by, act, with_postponement=True)

    def withdraw(self, notice_id: str, dates: Sequence[date], act: Provenance) -> list[date]:
        """Give back these dates, or every date that has not begun where none is named. Answers which."""
        notice = self.known(notice_id)
        chosen = dates_free(notice, dates, act.at)
        self._withdraw(notice, chosen, ASKED, act)
        return chosen

    def lapse(self, notice_id: str, act: Provenance) -> None:
        """The first day of a late notice has begun undecided. No event where that is not so."""
        notice = self.known(notice_id)
        if notice.state == LATE and any(day.begins_at <= act.at for day in notice.in_state(BOOKED)):
            self._record(self.Lapsed, notice.id, act)

    def take(self, notice_id: str, day: date, post: Post | None, act: Provenance) -> None:
        """A day has ended in London, and the leave stands: it is taken. No event where that is not so.

        ``post``: the post on that day; None where the employment had ended, and the day is given back.
        """
        notice = self.known(notice_id)
        leave = notice.days.get(day)
        if leave is None or leave.state != BOOKED or act.at < start_of_day(day + timedelta(days=1)):
            return
        of_notice = replace(act, organisation="")
        self.lapse(notice_id, of_notice)
        self.confirm_by_silence(notice_id, of_notice)
        if notice.state != CONFIRMED:
            return
        if post is None:
            self._withdraw(notice, [day], ENDED, act)
            return
        self._record(self.Taken, notice.id, act, **taken_facts(notice, leave, post))

    def correct(self, notice_id: str, day: date, minutes: Fraction, reason: str, act: Provenance) -> list[Left]:
        """Put right the minutes of a day that was taken. Answers the windows that it leaves over the week.

        It is told where the day was taken, which is not the notice's organisation where the person has moved since.
        Raises RefusedError where the day was not taken, InvalidError for more minutes than the day has left.
        """
        notice = self._to_decide(notice_id, act)
        leave = day_to_correct(notice, day, reason)
        require_room(notice, leave, minutes, self.notices.values())
        there = replace(act, organisation=leave.organisation)
        self._record(self.Corrected, notice.id, there, **corrected_facts(leave, minutes), reason=reason)
        return windows_over([held.entry for held in self.held], notice.rule)

    def forget(self, act: Provenance) -> None:
        """Erase: nothing more is accepted. No event where it is done already."""
        if not self.forgotten:
            self.record(self.Forgotten, at=act.at, person=self.person, organisation=act.organisation, by=act.by)

    def known(self, notice_id: str) -> Notice:
        """A notice of this account. Raises ErasedError, or NotFoundError where there is none."""
        self._require_kept()
        if notice_id not in self.notices:
            raise refusals.no_such_notice()
        return self.notices[notice_id]

    def _require_kept(self) -> None:
        if self.forgotten:
            raise refusals.erased()

    def _to_decide(self, notice_id: str, act: Provenance) -> Notice:
        notice = self.known(notice_id)
        if act.by == self.person:
            raise refusals.own_request()
        return notice

    def _confirm(self, notice: Notice, confirmed_by: str, act: Provenance, *, with_postponement: bool = False) -> None:
        how = {"confirmed_by": confirmed_by, "with_postponement": with_postponement}
        self._record(self.Confirmed, notice.id, act, **confirmed_facts(notice, act), **how)

    def _withdraw(self, notice: Notice, dates: Sequence[date], cause: str, act: Provenance) -> None:
        self._record(self.Withdrawn, notice.id, act, dates=[day.isoformat() for day in dates], cause=cause)

    def _record(self, event: type[object], notice: str, act: Provenance, **fields: object) -> None:
        organisation = act.organisation or self.notices[notice].organisation
        self.record(event, at=act.at, person=self.person, organisation=organisation, by=act.by, notice=notice, **fields)
