"""What a leave account remembers of each notice and of each of its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Final, Self

from services.leave.domain.assessment import Held
from services.leave.domain.law import Law, law_named
from services.leave.domain.windows import Entry, Rule
from shared.kernel.events import Event, Payload
from shared.kernel.working_time import parse_minutes

LATE: Final = "late"
GIVEN: Final = "given"
CONFIRMED: Final = "confirmed"
LAPSED: Final = "lapsed"
WITHDRAWN: Final = "withdrawn"
NOT_WAIVED: Final = "not-waived"

TOLD: Final = ("employment", "staff_number", "post", "employer", "full_time_minutes", "scheduled_minutes")
"""The facts that a correction repeats as they were when the day was taken."""

BOOKED: Final = "booked"
TAKEN: Final = "taken"
POSTPONED: Final = "postponed"


@dataclass
class LeaveDay:
    """One date of a notice. ``state``: booked, taken, withdrawn, lapsed, not-waived or postponed.

    ``minutes`` of leave; ``counted`` of them against the week; ``free``: those that were above the remainder of the
    week and are not counted. ``told``: the facts of the post as published when the day was taken, ``organisation``:
    where that was.
    """

    date: date
    part: str
    minutes: Fraction
    counted: Fraction
    scheduled: Fraction
    begins_at: datetime
    state: str = BOOKED
    told: Event = field(default_factory=dict)
    free: Fraction = Fraction(0)
    organisation: str = ""

    @classmethod
    def requested(cls, day: Payload) -> Self:
        """The day as a request stored it."""
        minutes, counted = parse_minutes(day["minutes"]), parse_minutes(day["counted_minutes"])
        return cls(
            date=date.fromisoformat(day["date"]),
            part=day["part"],
            minutes=minutes,
            counted=counted,
            scheduled=parse_minutes(day["scheduled_minutes"]),
            begins_at=datetime.fromisoformat(day["begins_at"]),
            free=minutes - counted,
        )

    def has_begun(self, now: datetime) -> bool:
        """Whether it can no longer be given back."""
        return self.state == TAKEN or (self.state == BOOKED and self.begins_at <= now)

    def book_again(self, counted: Fraction) -> None:
        """It lapsed and stands after all."""
        self.state, self.counted, self.free = BOOKED, counted, self.minutes - counted

    def take(self, told: Event) -> None:
        """It ended as leave; remember what others were told of the post."""
        self.state = TAKEN
        self.told = {name: told[name] for name in TOLD}
        self.organisation = told["organisation"]

    def correct(self, corrected: Mapping[str, object]) -> None:
        """It has other minutes than were taken."""
        self.minutes, self.counted = parse_minutes(corrected["minutes"]), parse_minutes(corrected["counted_minutes"])

    @property
    def counts(self) -> bool:
        """Whether it takes time from the week: while it waits, when it is booked and when it is taken."""
        return self.state in (BOOKED, TAKEN) and self.minutes > 0


@dataclass
class Notice:
    """One notice. ``state``: late (waits for a decision), given (in time), confirmed, lapsed, not-waived, withdrawn.

    ``week``: minutes of the week at the request; ``deadline``: the last day of a lawful postponement;
    ``postponed_on``: when days of it were postponed. Of one that was not waived: ``in_time_from``, the first date for
    which it is in time, and ``moved_to``, the notice that has its place.
    """

    id: str
    employment: str
    organisation: str
    given_at: datetime
    given_on: date
    late: bool
    week: Fraction
    law: Law
    deadline: date
    days: dict[date, LeaveDay]
    waived: bool = False
    state: str = GIVEN
    postponed_on: date | None = None
    in_time_from: date | None = None
    moved_to: str = ""

    @classmethod
    def requested(cls, request: Payload) -> Self:
        """The notice as a request stored it."""
        days = [LeaveDay.requested(day) for day in request["days"]]
        return cls(
            id=request["notice"],
            employment=request["employment"],
            organisation=request["organisation"],
            given_at=datetime.fromisoformat(request["given_at"]),
            given_on=date.fromisoformat(request["given_on"]),
            late=request["late"],
            week=parse_minutes(request["week_minutes"]),
            law=law_named(request["law"]),
            deadline=date.fromisoformat(request["deadline"]),
            days={day.date: day for day in days},
            waived=request["waived"],
            state=LATE if request["late"] and not request["waived"] else GIVEN,
        )

    def in_state(self, state: str) -> list[LeaveDay]:
        """Its days in a state, in order of date."""
        return [day for day in self.days.values() if day.state == state]

    @property
    def rule(self) -> Rule:
        """What a window may hold by the week of the request."""
        return Rule(self.week, self.law.window_months, self.law.in_force)

    @property
    def first_day(self) -> date:
        """The first day asked, whatever became of it: what postpones it is counted from it."""
        return min(self.days)

    def waive(self, revived: Iterable[Payload]) -> None:
        """It stands although late; these of its days had lapsed and count again."""
        self.waived = True
        for each in revived:
            self.days[date.fromisoformat(each["date"])].book_again(parse_minutes(each["counted_minutes"]))

    def end(self, state: str) -> None:
        """It lapsed or was not waived, and with it all that was booked."""
        self.state = state
        for day in self.in_state(BOOKED):
            day.state = state

    def withdraw(self, dates: Iterable[str]) -> None:
        """These dates were given back; where nothing else is left the notice is withdrawn."""
        for text in dates:
            self.days[date.fromisoformat(text)].state = WITHDRAWN
        if all(day.state in (WITHDRAWN, POSTPONED) for day in self.days.values()):
            self.state = WITHDRAWN

    def postpone(self, on: date, dates: Iterable[str], days: Iterable[Mapping[str, object]]) -> None:
        """These dates were postponed on a day, and the days take their place."""
        self.postponed_on = on
        for text in dates:
            self.days[date.fromisoformat(text)].state = POSTPONED
        new = [LeaveDay.requested(day) for day in days]
        self.days = dict(sorted((self.days | {day.date: day for day in new}).items()))

    @property
    def held(self) -> list[Held]:
        """The leave in it that counts."""
        return [
            Held(self.employment, day.part, Entry(day.date, day.counted, self.week))
            for day in self.days.values()
            if day.counts
        ]
