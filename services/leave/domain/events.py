"""What happens to a leave account, as it is stored for ever."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Protocol

from services.leave.domain.notices import CONFIRMED, LAPSED, NOT_WAIVED, Notice
from shared.kernel.aggregates import Aggregate, First


class Account(Protocol):
    """What the events change: notices by their identifier, and whether the person was erased."""

    notices: dict[str, Notice]
    forgotten: bool


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
    reading. ``deadline``: the last day to postpone. ``declared``: the limbs. ``gave_back``: dates, to make room.
    """

    TOPIC: ClassVar[str] = "leave.notice.requested"
    class_version: ClassVar[int] = 2

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
    days: list[dict[str, object]]
    gave_back: list[str]

    def apply(self, aggregate: Account) -> None:
        """Remember the notice; it waits, late or in time."""
        aggregate.notices[self.notice] = Notice.requested(vars(self))


class Confirmed(Event):
    """The leave stands. ``confirmed_by``: manager, hr, clock; ``with_postponement``: in one with a postponement."""

    TOPIC: ClassVar[str] = "leave.notice.confirmed"
    class_version: ClassVar[int] = 2

    notice: str
    given_on: str
    late: bool
    waived: bool
    confirmed_by: str
    confirmed_on: str
    with_postponement: bool

    def apply(self, aggregate: Account) -> None:
        """It waits no longer."""
        aggregate.notices[self.notice].state = CONFIRMED


class Waived(Event):
    """A late notice is accepted. ``days``: those that had lapsed and count again: date, counted_minutes."""

    TOPIC: ClassVar[str] = "leave.notice.waived"

    notice: str
    days: list[dict[str, object]]

    def apply(self, aggregate: Account) -> None:
        """It is waived, and its lapsed days are booked again."""
        aggregate.notices[self.notice].waive(self.days)


class NotWaived(Event):
    """A late notice does not stand. ``in_time_from``: the first date for which it is in time."""

    TOPIC: ClassVar[str] = "leave.notice.not-waived"
    SEALED: ClassVar[tuple[str, ...]] = ("reason",)

    notice: str
    given_on: str
    decided_on: str
    decided_by: str
    in_time_from: str
    reason: str | None

    def apply(self, aggregate: Account) -> None:
        """Its days are given back."""
        notice = aggregate.notices[self.notice]
        notice.in_time_from = date.fromisoformat(self.in_time_from)
        notice.end(NOT_WAIVED)


class Moved(Event):
    """A notice that was not waived was given anew for days in time. ``moved_to``: the notice with its place."""

    TOPIC: ClassVar[str] = "leave.notice.moved"

    notice: str
    moved_to: str

    def apply(self, aggregate: Account) -> None:
        """It moves once."""
        aggregate.notices[self.notice].moved_to = self.moved_to


class Postponed(Event):
    """Dates were postponed. ``days``: those in their place, each as in a request; ``reason``: sealed.

    ``lawful``: every condition that can be checked was met; ``deadline``, ``last_start``: the limits of time.
    """

    TOPIC: ClassVar[str] = "leave.notice.postponed"
    SEALED: ClassVar[tuple[str, ...]] = ("reason",)

    notice: str
    employer: str
    given_on: str
    postponed_on: str
    decided_by: str
    consulted_on: str
    agreed: bool
    lawful: bool
    law: str
    calendar: str
    deadline: str
    last_start: str
    week_minutes: int | str
    dates: list[str]
    days: list[dict[str, object]]
    reason: str | None

    def apply(self, aggregate: Account) -> None:
        """The days are booked, and count where they lie now."""
        on = date.fromisoformat(self.postponed_on)
        aggregate.notices[self.notice].postpone(on, self.dates, self.days)


class Lapsed(Event):
    """The first day of a late notice began, and nobody had decided."""

    TOPIC: ClassVar[str] = "leave.notice.lapsed"

    notice: str

    def apply(self, aggregate: Account) -> None:
        """Its days no longer count."""
        aggregate.notices[self.notice].end(LAPSED)


class Withdrawn(Event):
    """Dates were given back. ``cause``: asked, exchanged to make room for other leave, or employment-ended."""

    TOPIC: ClassVar[str] = "leave.notice.withdrawn"

    notice: str
    dates: list[str]
    cause: str

    def apply(self, aggregate: Account) -> None:
        """The dates no longer count; a notice without any other is withdrawn."""
        aggregate.notices[self.notice].withdraw(self.dates)


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

    def apply(self, aggregate: Account) -> None:
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

    def apply(self, aggregate: Account) -> None:
        """The day has these minutes."""
        aggregate.notices[self.notice].days[date.fromisoformat(self.date)].correct(vars(self))


class Forgotten(Event):
    """The person was erased."""

    TOPIC: ClassVar[str] = "leave.account.forgotten"

    def apply(self, aggregate: Account) -> None:
        """Nothing more is accepted."""
        aggregate.forgotten = True
