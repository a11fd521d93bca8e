"""Posts, requests and accounts for tests of leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from services.leave.domain.account import LeaveAccount
from services.leave.domain.assessment import AskedDay, Request
from services.leave.domain.commands import Declaration
from services.leave.domain.posts import Post
from shared.kernel.calendars import Calendar
from shared.kernel.provenance import Provenance
from shared.kernel.working_time import Sessions, WorkingPattern

CARER = "11111111-1111-4111-8111-111111111111"
MANAGER = "22222222-2222-4222-8222-222222222222"
HR = "33333333-3333-4333-8333-333333333333"
EMPLOYER = "department-for-tests"
EMPLOYMENT = "44444444-4444-4444-8444-444444444444"
OTHER_EMPLOYMENT = "55555555-5555-4555-8555-555555555555"
NOTICE = "66666666-6666-4666-8666-666666666666"

BOTH = Declaration(dependant=True, care=True)
NO_HOLIDAYS = Calendar("england", "none", "a test's own list")
FULL_DAY = 444
FULL_WEEK = 5 * FULL_DAY

A_MONDAY = date(2020, 1, 6)
OFF = (0, 0)


def cycle(*days: tuple[int, int], starts: date = A_MONDAY, **how: Any) -> WorkingPattern:
    """A pattern of these mornings and afternoons in minutes, from a Monday long ago."""
    return WorkingPattern(starts, tuple(Sessions(Fraction(am), Fraction(pm)) for am, pm in days), **how)


FIVE_DAYS = cycle(*[(222, 222)] * 5, OFF, OFF)
EVERY_DAY = cycle(*[(222, 222)] * 7, works_bank_holidays=True)


def post(pattern: WorkingPattern = FIVE_DAYS, **changes: Any) -> Post:
    """A full-time post in England unless told otherwise."""
    plain = Post(
        employment=EMPLOYMENT,
        staff_number="0001234",
        post="Policy adviser",
        organisation="department-for-tests",
        employer=EMPLOYER,
        nation="england",
        status="employee",
        full_time_minutes=FULL_WEEK,
        pattern=pattern,
        pattern_since=A_MONDAY,
        starts=A_MONDAY,
    )
    return replace(plain, **changes)


def at(day: date, hour: int = 10) -> datetime:
    """An instant on a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def request(
    given_on: date,
    *days: date | tuple[date, str],
    of: Post | None = None,
    posts: Sequence[Post] = (),
    calendar: Calendar = NO_HOLIDAYS,
    hour: int = 10,
) -> Request:
    """A request on a day for these days (whole unless a part is named) of a post."""
    asked_post = of or post()
    named = [day if isinstance(day, tuple) else (day, "whole") for day in days]
    asked = tuple(
        AskedDay(
            day,
            part,
            asked_post if asked_post.ends is None or day <= asked_post.ends else None,
            asked_post.pattern.scheduled(day, calendar),
        )
        for day, part in named
    )
    return Request(asked_post.employment, asked, tuple(posts) or (asked_post,), at(given_on, hour))


def opened(on: date = date(2025, 1, 6)) -> LeaveAccount:
    """An account without notices."""
    return LeaveAccount.open(CARER, EMPLOYER, Provenance(CARER, at(on), "department-for-tests"))


def carer(day: date, hour: int = 10) -> Provenance:
    """The carer acts."""
    return Provenance(CARER, at(day, hour), "department-for-tests")


def manager(day: date, hour: int = 10) -> Provenance:
    """The manager acts."""
    return Provenance(MANAGER, at(day, hour), "department-for-tests")


def hr(day: date, hour: int = 10) -> Provenance:
    """HR acts."""
    return Provenance(HR, at(day, hour), "department-for-tests")


def clock(day: date, hour: int = 0) -> Provenance:
    """The clock acts, at this hour of the day."""
    return Provenance("clock", at(day, hour))


def give(account: LeaveAccount, asked: Request, notice: str = NOTICE, give_back: Sequence[date] = ()) -> str:
    """The carer gives notice as requested; answers the notice."""
    act = Provenance(CARER, asked.given_at, "department-for-tests")
    account.give_notice(notice, asked, BOTH, "england none", act, give_back)
    return notice


def topics(account: LeaveAccount) -> list[str]:
    """What has happened in the account since it was made, by stored name."""
    return [type(event).TOPIC for event in account.pending_events]  # type: ignore[attr-defined]
