"""One notice from its first hour to its last day: given, answered or not, postponed, cancelled, taken, corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any, Final, Self

from services.leave.domain.capacities import MANAGER
from services.leave.domain.commands import (
    ConfirmNotice,
    CorrectDay,
    Day,
    Declaration,
    GiveNotice,
    LapseNotice,
    NotWaiveNotice,
    PostponeNotice,
    TakeDay,
    WaiveNotice,
    WithdrawNotice,
)
from services.leave.domain.law import Law, law_named
from services.leave.domain.parts import AFTERNOON, HALF, MORNING, WHOLE
from services.leave.read.due_items import Due, due_item
from shared.demonstration.people import Member
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World
from shared.kernel.clock import LONDON, start_of_day
from shared.kernel.events import Event
from shared.kernel.periods import DAY, add_months
from shared.kernel.provenance import CLOCK

CONFIRMS, SILENT, POSTPONES, CANCELS = "confirms", "silent", "postpones", "cancels"
WAIVES, NOT_WAIVES, LEAVES = "waives", "not-waives", "leaves"

LATE: Final = 0.16
"""The share of notices that come a day or two before the first day."""

REASONS: Final = (
    "The counter would be closed: two colleagues are away on that day already.",
    "The quarter's accounts close on that day and nobody else can sign them.",
    "An inspection was moved to that day and the team is too small to cover it.",
)
NO_COVER: Final = ("Nobody else can open the office.", "The shift is below its minimum already.")


@dataclass(frozen=True)
class Habit:
    """How somebody asks, and how they are answered.

    ``ahead``: days from the notice to the first day; ``parts``: of each date; ``answer``: in time; ``late_answer``;
    ``after``: days until the answer; ``agrees``: to a postponement; ``corrected``: HR finds that a day was worked.
    """

    ahead: int
    parts: tuple[str, ...]
    answer: str
    late_answer: str
    after: int
    agrees: bool
    corrected: bool

    @classmethod
    def drawn(cls, chance: Random, pace: float) -> Self:
        """What people mostly do. ``pace``: days after which managers answer, on average."""
        late = chance.random() < LATE
        return cls(
            ahead=chance.randrange(1, 3) if late else int(5 + chance.expovariate(1 / 14)),
            parts=chance.choices(((WHOLE,), ("",), (WHOLE, WHOLE), (WHOLE,) * 3, (WHOLE, "")), (45, 36, 11, 3, 5))[0],
            answer=chance.choices((CONFIRMS, SILENT, POSTPONES, CANCELS), (68, 22, 4, 6))[0],
            late_answer=chance.choices((WAIVES, NOT_WAIVES, LEAVES), (72, 14, 14))[0],
            after=int(chance.expovariate(1 / pace)),
            agrees=chance.random() < 0.8,
            corrected=chance.random() < 0.03,
        )


@dataclass
class Given:
    """A notice that was given. ``days``: those that stand, with their parts; ``over``: it waits for nothing more."""

    member: Member
    notice: str
    given_on: date
    deadline: date
    late: bool
    law: Law
    days: dict[date, str] = field(default_factory=dict)
    over: bool = False

    @property
    def first(self) -> date:
        """The first day that stands."""
        return min(self.days)


class Asking:
    """Notices of a world, each followed to its end on the agenda."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def today(self) -> date:
        """The day in London on the world's clock."""
        return self._world.clock.now().astimezone(LONDON).date()

    def ask(self, member: Member, habit: Habit) -> Given | None:
        """Give notice; None where it is refused or the employment is over by then."""
        chance = self._world.plan.chance("notice", member.number, self._world.clock.now())
        days = self._days(member, habit, chance)
        if not member.employment or not days:
            return None
        command = GiveNotice(member.person, member.employment, days, Declaration(True, True), member.person)
        told = self._world.attempt("leave", command, member.person, member.body.slug)
        return None if told is None else self._follow(member, told, habit, chance)

    def _days(self, member: Member, habit: Habit, chance: Random) -> tuple[Day, ...]:
        """Days that are worked by the pattern, one after the other, the first so many days ahead."""
        day, found = self.today + timedelta(days=habit.ahead), []
        for part in habit.parts:
            while day.weekday() not in member.works_on(day).days:
                day += DAY
            found.append(Day(day, part or self._half(member, day, chance)))
            day += DAY if chance.random() < 0.7 else timedelta(days=7)
        return tuple(found) if all(member.is_there(each.date) for each in found) else ()

    def _half(self, member: Member, day: date, chance: Random) -> str:
        """A half of the day: a date that is worked in one session has no morning and afternoon."""
        one_session = "/" in member.works_on(day).text
        return HALF if one_session else chance.choice((MORNING, AFTERNOON))

    def _follow(self, member: Member, told: Event, habit: Habit, chance: Random) -> Given:
        days = {date.fromisoformat(each["date"]): each["part"] for each in told["dates"] if each["state"] == "fits"}
        given = Given(
            member,
            told["notice"],
            self.today,
            date.fromisoformat(told["deadline"]),
            told["late"],
            law_named(told["law"]),
            days,
        )
        now = self._world.clock.now()
        if given.late:
            self._at(self._begins(given), lambda: self._lapse(given))
            if habit.late_answer != LEAVES:
                soon = timedelta(hours=chance.uniform(0.2, 20))
                self._at(now + soon, lambda: self._answer_late(given, habit, chance))
        else:
            self._at(start_of_day(given.deadline + DAY) + _SOON, lambda: self._stand(given))
            self._at(self._answer_at(given, habit, chance), lambda: self._answer(given, habit, chance))
        self._take_later(given, habit, chance)
        return given

    def _answer_at(self, given: Given, habit: Habit, chance: Random) -> datetime:
        """Managers answer while they still can postpone, later that day or on another; who cancels does so on some day
        before the first.
        """
        if habit.answer == CANCELS:
            span = max(1, (given.first - self.today).days)
            return in_hours(self.today + timedelta(days=chance.randrange(span)), chance) + timedelta(hours=1)
        if habit.after == 0:
            return self._world.clock.now() + timedelta(hours=chance.uniform(0.2, 3))
        return in_hours(self.today + timedelta(days=habit.after), chance)

    def _answer(self, given: Given, habit: Habit, chance: Random) -> None:
        if given.over and habit.answer != CANCELS:
            return
        if habit.answer == CANCELS:
            self._cancel(given)
        elif habit.answer == CONFIRMS:
            self._confirm(given)
        elif habit.answer == POSTPONES:
            self._postpone(given, habit, chance)

    def _confirm(self, given: Given) -> None:
        if manager := self._manager(given):
            command = ConfirmNotice(given.member.person, self._employer(given), given.notice, MANAGER, manager.person)
            given.over = self._attempt(command, manager.person, given) or given.over

    def _cancel(self, given: Given) -> None:
        person = given.member.person
        if self._attempt(WithdrawNotice(person, self._employer(given), given.notice, (), person), person, given):
            given.days, given.over = {}, True

    def _postpone(self, given: Given, habit: Habit, chance: Random) -> None:
        """The same days a week or two later, where the law lets them start there."""
        manager = self._manager(given)
        later = timedelta(days=chance.choice((7, 14)))
        if manager is None or not given.days or given.first + later > add_months(given.first, 1):
            return
        new = {day + later: part for day, part in given.days.items()}
        command = PostponeNotice(
            given.member.person,
            self._employer(given),
            given.notice,
            (),
            tuple(Day(day, part) for day, part in new.items()),
            self.today,
            chance.choice(REASONS),
            habit.agrees,
            MANAGER,
            manager.person,
        )
        if self._attempt(command, manager.person, given):
            given.days, given.over = new, True
            self._take_later(given, habit, chance)

    def _answer_late(self, given: Given, habit: Habit, chance: Random) -> None:
        manager = self._manager(given)
        if given.over or manager is None:
            return
        named = (given.member.person, self._employer(given), given.notice)
        if habit.late_answer == WAIVES:
            given.over = self._attempt(WaiveNotice(*named, MANAGER, manager.person), manager.person, given)
            return
        command = NotWaiveNotice(*named, chance.choice(NO_COVER), MANAGER, manager.person)
        if self._attempt(command, manager.person, given):
            given.days, given.over = {}, True

    def _lapse(self, given: Given) -> None:
        if not given.over:
            command = LapseNotice(given.member.person, self._employer(given), given.notice)
            self._by_clock("lapse", self._begins(given).astimezone(UTC).date().isoformat(), command, given)
            given.days, given.over = {}, True

    def _stand(self, given: Given) -> None:
        """Nobody answered: after the last day of a lawful postponement the leave stands."""
        if not given.over and given.days:
            named = (given.member.person, self._employer(given), given.notice)
            self._by_clock("confirm", given.deadline.isoformat(), ConfirmNotice(*named, CLOCK, CLOCK), given)
            given.over = True

    def _take_later(self, given: Given, habit: Habit, chance: Random) -> None:
        for day in given.days:
            self._at(start_of_day(day + DAY) + _SOON, lambda day=day: self._take(given, day, habit, chance))

    def _take(self, given: Given, day: date, habit: Habit, chance: Random) -> None:
        if day not in given.days:
            return
        command = TakeDay(given.member.person, self._employer(given), given.notice, day)
        self._by_clock("take", day.isoformat(), command, given)
        if habit.corrected:
            found_out = in_hours(self.today + timedelta(days=chance.randrange(2, 25)), chance)
            self._at(found_out, lambda: self._correct(given, day))

    def _correct(self, given: Given, day: date) -> None:
        """HR records that the day was worked instead."""
        hr = given.member.body.hr(self.today)
        if hr is not None and hr is not given.member:
            named = (given.member.person, self._employer(given), given.notice, day)
            self._attempt(CorrectDay(*named, Fraction(0), "Worked instead", hr.person), hr.person, given)

    def _begins(self, given: Given) -> datetime:
        """The instant at which the first day begins."""
        part = given.days[given.first]
        begins = given.law.afternoon_begins if part == AFTERNOON else given.law.morning_begins
        return datetime.combine(given.first, begins, tzinfo=LONDON).astimezone(UTC)

    def _manager(self, given: Given) -> Member | None:
        return given.member.manager(self.today)

    def _employer(self, given: Given) -> str:
        return given.member.body.employer

    def _attempt(self, command: object, by: str, given: Given) -> bool:
        return self._world.attempt("leave", command, by, given.member.body.slug) is not None

    def _by_clock(self, kind: str, on: str, command: Due, given: Given) -> None:
        self._world.by_clock("leave", due_item(kind, on, given.member.body.slug, command))

    def _at(self, instant: datetime, act: Any) -> None:
        self._world.agenda.at(instant, act)


_SOON: Final = timedelta(seconds=1)
"""How long after midnight a worker's timer comes to it."""
