"""Leave as it comes to be recorded: accounts made once by the domain itself, then told again of other people.

An account's life is made by real commands of the domain and stored by a real mapper. Every further account is the
same bytes with another person, notice and employment, so that a million events take seconds and not an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.persistence import StoredEvent

from services.leave.domain.account import LeaveAccount
from services.leave.domain.assessment import AskedDay, Request
from services.leave.domain.commands import Declaration
from services.leave.domain.posts import Post
from shared.kernel.calendars import Calendar
from shared.kernel.provenance import Provenance
from shared.kernel.working_time import Sessions, WorkingPattern

ORGANISATION = "ministry-of-works"
DAYS = 5
"""Days that each account takes."""

_NAMES = UUID("6f1c3f5e-53a5-4e0a-9a53-2a3b1c0f7d11")
_GIVEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_MONDAY = date(2026, 3, 16)
_HALF = Fraction(222)
_PATTERN = WorkingPattern(date(2024, 1, 1), (Sessions(_HALF, _HALF),) * 7, works_bank_holidays=True)
_CALENDAR = Calendar("england", "none", "bench")


class Accounts:
    """Stored events of accounts by number. ``corrected``: each day is put right after it was taken.

    Without corrections an account is 8 events, 7 of them published and 5 of those days; with them 13, 12 and 10.
    """

    def __init__(self, to_stored: Callable[[Any], StoredEvent], *, corrected: bool = False) -> None:
        account = taken_account(0, corrected=corrected)
        self._pattern = [to_stored(event) for event in account.pending_events]
        self._told = [name.encode() for name in names(0)]

    @property
    def size(self) -> int:
        """Events of an account."""
        return len(self._pattern)

    def one(self, number: int) -> list[StoredEvent]:
        """The events of one account."""
        others = names(number)
        id = LeaveAccount.id_of(others[0], ORGANISATION)
        told = list(zip(self._told, (name.encode() for name in others), strict=True))
        return [
            StoredEvent(id, event.originator_version, event.topic, replaced(event.state, told))
            for event in self._pattern
        ]

    def one_after_another(self, numbers: range) -> list[StoredEvent]:
        """All events of the first account, then all of the second."""
        return [event for number in numbers for event in self.one(number)]

    def alternating(self, numbers: range) -> list[StoredEvent]:
        """The worst order for a reader: each event is another person's and another type than the one before."""
        lives = [self.one(number) for number in numbers]
        ordered = []
        for step in range(self.size + 1):
            for number, life in enumerate(lives):
                at = step - number % 2
                if 0 <= at < self.size:
                    ordered.append(life[at])
        return ordered


def names(number: int) -> tuple[str, str, str]:
    """Person, notice and employment of an account."""
    return (
        str(uuid5(_NAMES, f"person {number}")),
        str(uuid5(_NAMES, f"notice {number}")),
        str(uuid5(_NAMES, f"employment {number}")),
    )


def replaced(text: bytes, told: Sequence[tuple[bytes, bytes]]) -> bytes:
    """The text with each first put as its second."""
    for before, after in told:
        text = text.replace(before, after)
    return text


def taken_account(number: int, *, corrected: bool) -> LeaveAccount:
    """An account with all its events pending: opened, requested, confirmed, and its days taken."""
    account, notice = account_with_notice(number)
    account.confirm(notice, "manager", Provenance("manager", _GIVEN + timedelta(hours=1), ORGANISATION))
    post = _post(number)
    for on in _dates():
        at = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(days=1, hours=1)
        account.take(notice, on, post, Provenance("clock", at, ORGANISATION))
        if corrected:
            later = Provenance("manager", at + timedelta(hours=1), ORGANISATION)
            account.correct(notice, on, _HALF, "Worked in the afternoon", later)
    return account


def account_with_notice(number: int) -> tuple[LeaveAccount, str]:
    """An account with two events pending – opened, requested – and its notice."""
    person, notice, _ = names(number)
    act = Provenance(person, _GIVEN, ORGANISATION)
    account = LeaveAccount.open(person, ORGANISATION, act)
    post = _post(number)
    asked = tuple(AskedDay(on, "whole", post, post.pattern.scheduled(on, _CALENDAR)) for on in _dates())
    request = Request(post.employment, asked, (post,), _GIVEN)
    account.give_notice(notice, request, Declaration(dependant=True, care=True), "bench", act)
    return account, notice


def _dates() -> Iterator[date]:
    return (_MONDAY + timedelta(days=day) for day in range(DAYS))


def _post(number: int) -> Post:
    return Post(
        employment=names(number)[2],
        staff_number="000001",
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
