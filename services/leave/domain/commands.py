"""What can be asked of leave. Dates are dates; persons, employments and notices are UUIDs as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Day:
    """A date and the part of it: whole, am, pm or half."""

    date: date
    part: str


@dataclass(frozen=True)
class Declaration:
    """The two limbs: a dependant with a long-term care need, and absence to provide or arrange care for them."""

    dependant: bool
    care: bool


@dataclass(frozen=True)
class GiveNotice:
    """Give notice of leave in one post. ``employment`` may be empty where the person has a single post.

    ``give_back``: dates booked before that are given back with it, whole, to make room in a window.
    """

    person: str
    employment: str
    days: tuple[Day, ...]
    declaration: Declaration
    by: str
    give_back: tuple[date, ...] = ()


@dataclass(frozen=True)
class ConfirmNotice:
    """Acknowledge a notice that was in time. ``confirmed_by``: manager, hr or clock."""

    person: str
    employer: str
    notice: str
    confirmed_by: str
    by: str


@dataclass(frozen=True)
class WaiveNotice:
    """Accept a notice that came too late, also after it lapsed; it is confirmed with that. By manager or hr."""

    person: str
    employer: str
    notice: str
    confirmed_by: str
    by: str


@dataclass(frozen=True)
class NotWaiveNotice:
    """Keep to the notice period: a notice that came too late does not stand, and its days are given back.

    ``reason``: for the carer, in a few words. ``decided_by``: manager or hr.
    """

    person: str
    employer: str
    notice: str
    reason: str
    decided_by: str
    by: str


@dataclass(frozen=True)
class MoveNotice:
    """Move a notice that was not waived to the first dates for which it is in time, with its time of notice."""

    person: str
    employer: str
    notice: str
    by: str


@dataclass(frozen=True)
class PostponeNotice:
    """Postpone dates of a notice; the days take their place. No dates: every one that has not begun.

    ``consulted_on``: when the carer was consulted; ``reason``: how the operation of the business would be unduly
    disrupted; ``agreed``: whether the carer agrees to the days; ``decided_by``: manager or hr.
    """

    person: str
    employer: str
    notice: str
    dates: tuple[date, ...]
    days: tuple[Day, ...]
    consulted_on: date
    reason: str
    agreed: bool
    decided_by: str
    by: str


@dataclass(frozen=True)
class WithdrawNotice:
    """Give days back before they begin. No dates: every day that has not begun."""

    person: str
    employer: str
    notice: str
    dates: tuple[date, ...]
    by: str


@dataclass(frozen=True)
class LapseNotice:
    """The first day of a late notice has begun and nobody decided. By the clock."""

    person: str
    employer: str
    notice: str
    by: str = "clock"


@dataclass(frozen=True)
class TakeDay:
    """A day of leave has ended. By the clock."""

    person: str
    employer: str
    notice: str
    date: date
    by: str = "clock"


@dataclass(frozen=True)
class CorrectDay:
    """Put right what was taken on a date. ``minutes``: of leave that day, 0 where the person worked instead."""

    person: str
    employer: str
    notice: str
    date: date
    minutes: Fraction
    reason: str
    by: str


@dataclass(frozen=True)
class Forget:
    """Erase a person: what their key sealed cannot be read again, and their accounts take nothing more."""

    person: str
    organisation: str
    by: str
