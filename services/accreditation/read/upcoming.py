"""What in training and awards does the clock make happen next? Counts by kind, about nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from services.accreditation.read.tables import NO_END, awards, completions, erased
from shared.kernel.clock import LONDON
from shared.kernel.periods import DAY
from shared.runtime.upcoming import Upcoming, counted


def upcoming(connection: Connection, now: datetime) -> list[Upcoming]:
    """The soonest awards that end and completions that expire after an instant."""
    today = now.astimezone(LONDON).date().isoformat()
    return [*_awards(connection, today), *_completions(connection, today)]


def _awards(connection: Connection, today: str) -> Iterator[Upcoming]:
    """On the day after an award's last one."""
    statement = (
        select(awards.c.until, func.count())
        .where(awards.c.lapsed_on == NO_END, awards.c.until >= today, awards.c.until < NO_END)
        .group_by(awards.c.until)
        .order_by(awards.c.until)
        .limit(1)
    )
    for until, number in connection.execute(statement):
        what = counted(number, "an award is recorded as ended", "{number} awards are recorded as ended")
        yield Upcoming(date.fromisoformat(until) + DAY, what)


def _completions(connection: Connection, today: str) -> Iterator[Upcoming]:
    """On the first day on which a completed course is valid no more."""
    statement = (
        select(completions.c.expires_on, func.count())
        .where(
            completions.c.expired.is_(False),
            completions.c.expires_on > today,
            completions.c.expires_on < NO_END,
            completions.c.person.not_in(select(erased.c.person)),
        )
        .group_by(completions.c.expires_on)
        .order_by(completions.c.expires_on)
        .limit(1)
    )
    for expires_on, number in connection.execute(statement):
        what = counted(number, "a completed course expires", "{number} completed courses expire")
        yield Upcoming(date.fromisoformat(expires_on), what)
