"""What in leave does the clock make happen next? Counts by kind, about nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from services.leave.domain.notices import BOOKED, CONFIRMED, GIVEN, LATE
from services.leave.read.tables import days, notices
from shared.kernel.clock import LONDON
from shared.kernel.periods import DAY
from shared.runtime.upcoming import Upcoming, counted, reached_on
from shared.web.words import moment


def upcoming(connection: Connection, now: datetime) -> list[Upcoming]:
    """The soonest confirmations, lapses and days taken after an instant."""
    return [*_confirmations(connection, now), *_lapses(connection, now), *_days_taken(connection, now)]


def _confirmations(connection: Connection, now: datetime) -> Iterator[Upcoming]:
    """Of notices in time, on the day after the last one on which they can be postponed."""
    today = now.astimezone(LONDON).date().isoformat()
    statement = (
        select(notices.c.deadline, func.count())
        .where(notices.c.state == GIVEN, notices.c.deadline >= today)
        .group_by(notices.c.deadline)
        .order_by(notices.c.deadline)
        .limit(1)
    )
    for deadline, number in connection.execute(statement):
        what = counted(number, "a request is confirmed automatically", "{number} requests are confirmed automatically")
        yield Upcoming(date.fromisoformat(deadline) + DAY, what)


def _lapses(connection: Connection, now: datetime) -> Iterator[Upcoming]:
    """Of late notices that nobody answered, when their first day begins."""
    first = (
        select(func.min(days.c.begins_at).label("begins_at"))
        .join(notices, notices.c.notice == days.c.notice)
        .where(notices.c.state == LATE, days.c.state == BOOKED)
        .group_by(days.c.notice)
        .subquery()
    )
    statement = (
        select(first.c.begins_at, func.count())
        .where(first.c.begins_at > now.isoformat())
        .group_by(first.c.begins_at)
        .order_by(first.c.begins_at)
        .limit(1)
    )
    for begins_at, number in connection.execute(statement):
        when = moment(begins_at)
        one = f"a late request that nobody answered has ended, on {when}, when its first day began"
        many = f"{{number}} late requests that nobody answered have ended, on {when}, when their first day began"
        yield Upcoming(reached_on(datetime.fromisoformat(begins_at), now), counted(number, one, many))


def _days_taken(connection: Connection, now: datetime) -> Iterator[Upcoming]:
    """Of notices that were given in time or accepted, when a booked day is over."""
    statement = (
        select(days.c.ends_at, func.count())
        .join(notices, notices.c.notice == days.c.notice)
        .where(days.c.state == BOOKED, days.c.ends_at > now.isoformat(), notices.c.state.in_((GIVEN, CONFIRMED)))
        .group_by(days.c.ends_at)
        .order_by(days.c.ends_at)
        .limit(1)
    )
    for ends_at, number in connection.execute(statement):
        what = counted(number, "a day of leave counts as taken", "{number} days of leave count as taken")
        yield Upcoming(reached_on(datetime.fromisoformat(ends_at), now), what)
