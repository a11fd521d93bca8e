"""What others did to one's leave, in words. No reason is told: the notice's own page has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flask import url_for
from sqlalchemy import Connection

from services.leave.domain.account import LeaveAccount
from services.leave.domain.capacities import HR, MANAGER
from services.leave.domain.notices import POSTPONED, WITHDRAWN
from services.leave.domain.parts import WHOLE
from services.leave.read.notices import DayShown, days_of
from services.leave.web.dates import dates_words
from shared.kernel.events import Payload
from shared.kernel.provenance import CLOCK
from shared.store.news import News

WHO: Final = {MANAGER: "your manager", HR: "HR"}


def in_words(connection: Connection, found: Sequence[News]) -> list[tuple[str, str]]:
    """For each a sentence with the days that it is about, and the page of its notice."""
    days = days_of(connection, [each.about["notice"] for each in found])
    return [
        (
            _SENTENCES[each.kind](each.about, days.get(each.about["notice"], ())),
            url_for("leave.show_notice", notice=each.about["notice"]),
        )
        for each in found
    ]


def _confirmed(about: Payload, days: Sequence[DayShown]) -> str:
    when = _when([day for day in days if not day.is_new], moved=True)
    if about["confirmed_by"] == CLOCK:
        return f"Confirmed automatically: your leave on {when}"
    who = WHO[about["confirmed_by"]]
    if about["late"]:
        return f"Accepted by {who}: your late request for leave on {when}"
    return f"Confirmed by {who}: your leave on {when}"


def _not_accepted(_: Payload, days: Sequence[DayShown]) -> str:
    return f"Not accepted, too late: your request for leave on {_when(days)}"


def _postponed(about: Mapping[str, object], days: Sequence[DayShown]) -> str:
    new = [day for day in days if day.is_new and day.state not in (POSTPONED, WITHDRAWN)]
    to = f". It is now on {_when(new)}" if new else ""
    return f"Postponed: your leave on {dates_words(_named(about, days))}{to}"


def _lapsed(_: Mapping[str, object], days: Sequence[DayShown]) -> str:
    return f"Ended, not answered in time: your late request for leave on {_when(days)}"


def _cancelled(about: Mapping[str, object], days: Sequence[DayShown]) -> str:
    return f"Cancelled because the job ended: your leave on {dates_words(_named(about, days))}"


def _taken(about: Payload, _: Sequence[DayShown]) -> str:
    return f"Recorded as taken: your leave on {dates_words([(about['date'], 'whole')])}"


def _corrected(about: Payload, _: Sequence[DayShown]) -> str:
    return f"Corrected: your leave on {dates_words([(about['date'], 'whole')])}"


def _named(about: Payload, days: Sequence[DayShown]) -> list[tuple[str, str]]:
    """The dates that it is about, with their parts."""
    parts = {day.date: day.part for day in days}
    return [(on, parts.get(on, WHOLE)) for on in about["dates"]]


def _when(days: Sequence[DayShown], *, moved: bool = False) -> str:
    """The days of a notice that were not cancelled, nor moved unless ``moved``; all of them where none is left."""
    gone = (WITHDRAWN,) if moved else (POSTPONED, WITHDRAWN)
    left = [day for day in days if day.state not in gone] or days
    return dates_words([(day.date, day.part) for day in left])


_SENTENCES: Final[Mapping[str, Callable[[Payload, Sequence[DayShown]], str]]] = {
    LeaveAccount.Confirmed.TOPIC: _confirmed,
    LeaveAccount.NotWaived.TOPIC: _not_accepted,
    LeaveAccount.Postponed.TOPIC: _postponed,
    LeaveAccount.Lapsed.TOPIC: _lapsed,
    LeaveAccount.Withdrawn.TOPIC: _cancelled,
    LeaveAccount.Taken.TOPIC: _taken,
    LeaveAccount.Corrected.TOPIC: _corrected,
}
