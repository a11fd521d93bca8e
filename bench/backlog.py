"""A log of carer's leave: accounts whose notices were given, confirmed and taken, made by the domain itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import islice
from uuid import UUID, uuid5

from services.leave.domain.account import Act, LeaveAccount
from services.leave.domain.assessment import AskedDay, Request
from services.leave.domain.commands import Declaration
from services.leave.domain.posts import Post
from shared.kernel.calendars import Calendar
from shared.kernel.working_time import Sessions, WorkingPattern

DAYS = 5
"""Days taken by each account."""

ORGANISATION = "ministry-of-works"

_NAMES = UUID("6f1c3f5e-53a5-4e0a-9a53-2a3b1c0f7d11")
_GIVEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_MONDAY = date(2026, 3, 16)
_HALF = Fraction(222)
_PATTERN = WorkingPattern(date(2024, 1, 1), (Sessions(_HALF, _HALF),) * 7, works_bank_holidays=True)
_CALENDAR = Calendar("england", "none", "bench")
_SAVE = 50


def accounts(count: int, since: int = 0) -> Iterator[LeaveAccount]:
    """So many accounts with pending events: opened, requested, confirmed, and five days taken. From number ``since``."""
    for number in range(since, since + count):
        yield _account(number)


def groups(found: Iterator[LeaveAccount]) -> Iterator[list[LeaveAccount]]:
    """Groups small enough for one transaction."""
    while group := list(islice(found, _SAVE)):
        yield group


def _account(number: int) -> LeaveAccount:
    account, notice = _with_notice(number, DAYS)
    account.confirm(notice, "manager", Act("manager", _GIVEN + timedelta(hours=1), ORGANISATION))
    post = _post(number)
    for day in range(DAYS):
        on = _MONDAY + timedelta(days=day)
        at = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(days=1, hours=1)
        account.take(notice, on, post, Act("clock", at, ORGANISATION))
    return account


def _with_notice(number: int, days: int) -> tuple[LeaveAccount, str]:
    person = str(uuid5(_NAMES, f"person {number}"))
    notice = str(uuid5(_NAMES, f"notice {number}"))
    act = Act(person, _GIVEN, ORGANISATION)
    account = LeaveAccount.open(person, ORGANISATION, act)
    post = _post(number)
    asked = tuple(
        AskedDay(on, "whole", post, post.pattern.scheduled(on, _CALENDAR))
        for on in (_MONDAY + timedelta(days=day) for day in range(days))
    )
    request = Request(post.employment, asked, (post,), _GIVEN)
    account.give_notice(notice, request, Declaration(dependant=True, care=True), "bench", act)
    return account, notice


def _post(number: int) -> Post:
    return Post(
        employment=str(uuid5(_NAMES, f"employment {number}")),
        staff_number=f"{number:06d}",
        post="Officer",
        organisation=ORGANISATION,
        employer=ORGANISATION,
        nation="england",
        status="employee",
        full_time_minutes=3108,
        pattern=_PATTERN,
        pattern_since=date(2024, 1, 1),
        starts=date(2024, 1, 1),
    )
