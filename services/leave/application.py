"""Leave's commands: load the account, one decision of the domain, save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from services.leave.domain.account import LeaveAccount
from services.leave.domain.answers import span_json
from services.leave.domain.assessment import Request, assess
from services.leave.domain.commands import (
    ConfirmNotice,
    CorrectDay,
    Day,
    Forget,
    GiveNotice,
    LapseNotice,
    MoveNotice,
    NotWaiveNotice,
    PostponeNotice,
    TakeDay,
    WaiveNotice,
    WithdrawNotice,
)
from services.leave.domain.history import HISTORY
from services.leave.domain.measuring import Measured, asked_day, calendar_name, chosen
from services.leave.domain.moving import assess_move, days_in_time, looked_for
from services.leave.domain.notices import Notice
from services.leave.domain.parts import WHOLE, parts_offered
from services.leave.domain.postponing import FURTHEST_DAYS, Postponement, ScheduledDays, last_start
from services.leave.domain.postponing_options import RUNS_ON_DAYS, options
from services.leave.domain.posts import Post
from services.leave.domain.preview import preview
from services.leave.domain.refusals import no_such_notice, no_such_post, nothing_there
from shared.kernel.calendars import Calendar
from shared.kernel.clock import LONDON, Clock
from shared.kernel.ids import new_id
from shared.kernel.periods import Span
from shared.kernel.provenance import CLOCK, Provenance
from shared.kernel.working_time import minutes_json
from shared.store.application import CommandApplication, handles
from shared.store.commands import Decision
from shared.store.stores import Stores

EXAMPLE_DAYS: Final = 28
"""Days ahead among which a date that can be asked for in time is looked for."""


class People(Protocol):
    """What leave asks of the people view."""

    def posts_on(self, person: str, day: date) -> Sequence[Post]:
        """A person's posts on a day, with every legal employer, earliest start first."""
        ...

    def post_on_days(self, employment: str, days: Iterable[date]) -> Mapping[date, Post | None]:
        """One post on each of these days; None where the employment is not current."""
        ...

    def employers_of(self, person: str) -> Sequence[str]:
        """Every legal employer the person has been known with."""
        ...


class Calendars(Protocol):
    """What leave asks of calendars."""

    def calendar(self, nation: str, employer: str, years: Iterable[int]) -> Calendar:
        """The calendar of a nation and a legal employer, complete for these years."""
        ...


class Leave(CommandApplication):
    """Notices are given, decided, taken and corrected."""

    name = "leave"
    history = HISTORY

    def __init__(self, stores: Stores, clock: Clock, people: People, calendars: Calendars) -> None:
        self._people = people
        self._calendars = calendars
        super().__init__(stores, clock)

    @handles(GiveNotice)
    def give_notice(self, command: GiveNotice) -> Decision:
        """Accept leave in a post, or refuse with an answer for every date."""
        measured = self._measure(command.person, command.employment, command.days)
        act = Provenance(command.by, self.now(), measured.post.organisation)
        account = self._account(command.person, measured.post.employer)
        if account is None:
            self.keys.create(command.person)
            account = LeaveAccount.open(command.person, measured.post.employer, act)
        notice = str(new_id())
        assessment = account.give_notice(
            notice, measured.request, command.declaration, measured.calendar_used, act, command.give_back
        )
        return Decision((account,), {"notice": notice, **preview(assessment)})

    @handles(ConfirmNotice)
    def confirm_notice(self, command: ConfirmNotice) -> Decision:
        """Acknowledge a notice; by the clock, where the last day of a postponement is over."""
        account = self._known_account(command.person, command.employer)
        if command.confirmed_by == CLOCK:
            account.confirm_by_silence(command.notice, self._act(command.by))
        else:
            account.confirm(command.notice, command.confirmed_by, self._act(command.by))
        return _decided(account, command.notice)

    @handles(WaiveNotice)
    def waive_notice(self, command: WaiveNotice) -> Decision:
        """Accept a notice that came too late."""
        account = self._known_account(command.person, command.employer)
        account.waive(command.notice, command.confirmed_by, self._act(command.by))
        return _decided(account, command.notice)

    @handles(NotWaiveNotice)
    def not_waive_notice(self, command: NotWaiveNotice) -> Decision:
        """Keep to the notice period: a late notice does not stand."""
        account = self._known_account(command.person, command.employer)
        account.not_waive(command.notice, command.reason, command.decided_by, self._act(command.by))
        in_time_from = account.notices[command.notice].in_time_from
        assert in_time_from is not None
        decided = _decided(account, command.notice)
        return Decision((account,), {**decided.answer, "in_time_from": in_time_from.isoformat()})

    @handles(MoveNotice)
    def move_notice(self, command: MoveNotice) -> Decision:
        """Give a notice that was not waived anew, for the first dates for which it is in time."""
        account = self._known_account(command.person, command.employer)
        measured = self._measure_move(account, command.notice)
        act = Provenance(command.by, self.now(), measured.post.organisation)
        new = str(new_id())
        assessment = account.move(command.notice, new, measured.request, measured.calendar_used, act)
        return Decision((account,), {"notice": new, **preview(assessment)})

    @handles(PostponeNotice)
    def postpone_notice(self, command: PostponeNotice) -> Decision:
        """Postpone dates of a notice; other days take their place."""
        account = self._known_account(command.person, command.employer)
        notice = account.known(command.notice)
        asked = _postponement(command)
        last = max([last_start(notice), *(day.date for day in command.days)])
        ahead, calendar = self._ahead(notice, last)
        account.postpone(command.notice, asked, ahead, calendar, self._act(command.by))
        decided = _decided(account, command.notice)
        days = [
            {"date": day.date.isoformat(), "part": day.part} for day in sorted(command.days, key=lambda day: day.date)
        ]
        return Decision((account,), {**decided.answer, "days": days})

    @handles(WithdrawNotice)
    def withdraw_notice(self, command: WithdrawNotice) -> Decision:
        """Give days back before they begin."""
        account = self._known_account(command.person, command.employer)
        dates = account.withdraw(command.notice, command.dates, self._act(command.by))
        decided = _decided(account, command.notice)
        return Decision((account,), {**decided.answer, "dates": [day.isoformat() for day in dates]})

    @handles(LapseNotice)
    def lapse_notice(self, command: LapseNotice) -> Decision:
        """Let a late notice lapse that nobody decided."""
        account = self._known_account(command.person, command.employer)
        account.lapse(command.notice, self._act(command.by))
        return _decided(account, command.notice)

    @handles(TakeDay)
    def take_day(self, command: TakeDay) -> Decision:
        """A day of leave has ended: it is taken."""
        account = self._known_account(command.person, command.employer)
        employment = account.notices[command.notice].employment if command.notice in account.notices else ""
        post = self._people.post_on_days(employment, [command.date])[command.date]
        act = Provenance(command.by, self.now(), post.organisation if post else "")
        account.take(command.notice, command.date, post, act)
        return _decided(account, command.notice)

    @handles(CorrectDay)
    def correct_day(self, command: CorrectDay) -> Decision:
        """Put right what was taken on a date; tells HR which windows that leaves over the week."""
        account = self._known_account(command.person, command.employer)
        over = account.correct(command.notice, command.date, command.minutes, command.reason, self._act(command.by))
        facts = {
            "notice": command.notice,
            "date": command.date.isoformat(),
            "minutes": minutes_json(command.minutes),
            "windows_over": [span_json(left.span) for left in over],
        }
        return Decision((account,), facts)

    @handles(Forget)
    def forget(self, command: Forget) -> Decision:
        """Destroy the person's key and close their accounts."""
        self.erase(command.person)
        found = [self._account(command.person, employer) for employer in self._people.employers_of(command.person)]
        accounts = tuple(account for account in found if account is not None)
        act = Provenance(command.by, self.now(), command.organisation)
        for account in accounts:
            account.forget(act)
        return Decision(accounts, {"accounts": len(accounts)})

    def what_if(
        self, person: str, employment: str, days: Sequence[Day], give_back: Sequence[date] = ()
    ) -> dict[str, Any]:
        """What giving this notice now would be answered; the same rule, and nothing is stored.

        Raises the refusals that stand against any notice; dates that do not fit are answered.
        """
        measured = self._measure(person, employment, days)
        account = self._account(person, measured.post.employer)
        if account is None and give_back:
            raise nothing_there(give_back)
        if account is None:
            return preview(assess(measured.request, ()))
        return preview(account.assess(measured.request, give_back, self._act(person)))

    def would_postpone(self, command: PostponeNotice) -> None:
        """Raise what postponing would be refused for now; the same rule, and nothing is stored."""
        self.postpone_notice(command)

    def postponement(
        self, person: str, employer: str, notice_id: str, decided_by: str, dates: Sequence[date] = ()
    ) -> dict[str, Any]:
        """Whether and until when a notice can be postponed, and which days can take the place of its dates.

        ``dates``: those to postpone; all that have not begun where none is named.
        """
        account = self._known_account(person, employer)
        notice = account.known(notice_id)
        ahead, _ = self._ahead(notice, last_start(notice) + timedelta(days=RUNS_ON_DAYS))
        return options(notice, ahead, account.held, decided_by, self._act(decided_by), dates)

    def first_in_time(self, person: str, employer: str, notice_id: str) -> list[Day]:
        """The days to which a notice that was not waived would move now; the same rule, and nothing is stored.

        Raises the refusals of ``MoveNotice``.
        """
        account = self._known_account(person, employer)
        request = self._measure_move(account, notice_id).request
        assess_move(account.known(notice_id), request, account.held, self.now())
        return [Day(day.date, day.part) for day in request.days]

    def parts_of(self, person: str, employment: str, days: Sequence[date]) -> dict[date, tuple[str, ...]]:
        """The parts of each date that can be asked for in a post; none of a date that is not worked."""
        measured = self._measure(person, employment, [Day(day, WHOLE) for day in days])
        return {asked.date: parts_offered(asked.sessions) for asked in measured.request.days}

    def next_day_in_time(self, person: str, employment: str) -> date | None:
        """The next working day for which notice given now is in time and fits; None where the next weeks have none.

        In the first post where none is named. Raises the refusals that stand against any notice.
        """
        posts = [post.employment for post in self.posts(person)]
        days = [Day(self.today() + timedelta(days=ahead), WHOLE) for ahead in range(1, EXAMPLE_DAYS + 1)]
        measured = self._measure(person, employment or next(iter(posts), ""), days)
        account = self._account(person, measured.post.employer)
        held = account.held if account else []
        for day in measured.request.days:
            answer = assess(replace(measured.request, days=(day,)), held)
            if answer.leave_days and not answer.late:
                return day.date
        return None

    def posts(self, person: str) -> Sequence[Post]:
        """The person's posts today."""
        return self._people.posts_on(person, self.today())

    def _ahead(self, notice: Notice, last: date, first: date | None = None) -> tuple[ScheduledDays, str]:
        """What a notice's post has scheduled from its first day to the last, and by which list of bank holidays."""
        begins = first or notice.first_day
        days = list(Span(begins, min(last, notice.first_day + timedelta(days=FURTHEST_DAYS))))
        on_days = self._people.post_on_days(notice.employment, days)
        post = next((post for post in on_days.values() if post is not None), None)
        if post is None:
            raise no_such_post()
        calendar = self._calendars.calendar(post.nation, post.employer, {day.year for day in days})
        ahead = {day: asked_day(Day(day, WHOLE), on_days[day], calendar) for day in days}
        return ahead, calendar_name(calendar)

    def _measure_move(self, account: LeaveAccount, notice_id: str) -> Measured:
        notice = account.known(notice_id)
        span = looked_for(notice)
        ahead, _ = self._ahead(notice, span.last, span.first)
        days = days_in_time(notice, ahead, account.held)
        return self._measure(account.person, notice.employment, days, notice.given_at)

    def _measure(self, person: str, employment: str, days: Sequence[Day], given_at: datetime | None = None) -> Measured:
        at = given_at or self.now()
        posts = self._people.posts_on(person, at.astimezone(LONDON).date())
        post = chosen(posts, employment)
        calendar = self._calendars.calendar(post.nation, post.employer, {day.date.year for day in days})
        on_days = self._people.post_on_days(post.employment, [day.date for day in days])
        asked = tuple(asked_day(day, on_days[day.date], calendar) for day in days)
        with_employer = tuple(each for each in posts if each.employer == post.employer)
        return Measured(Request(post.employment, asked, with_employer, at), post, calendar)

    def _account(self, person: str, employer: str) -> LeaveAccount | None:
        return self.load(LeaveAccount, LeaveAccount.id_of(person, employer))

    def _known_account(self, person: str, employer: str) -> LeaveAccount:
        account = self._account(person, employer)
        if account is None:
            raise no_such_notice()
        return account

    def _act(self, by: str) -> Provenance:
        return Provenance(by, self.now())


def _decided(account: LeaveAccount, notice: str) -> Decision:
    return Decision((account,), {"notice": notice, "state": account.notices[notice].state})


def _postponement(command: PostponeNotice) -> Postponement:
    return Postponement(
        command.dates, command.days, command.consulted_on, command.reason, command.agreed, command.decided_by
    )
