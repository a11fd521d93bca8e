"""What is due by the clock, up to now: all missed days, in the order of the days."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, func, select

from services.leave.domain.commands import ConfirmNotice, LapseNotice, TakeDay
from services.leave.domain.notices import BOOKED, CONFIRMED, GIVEN, LATE
from services.leave.read.tables import days, notices
from shared.kernel.provenance import CLOCK
from shared.runtime.due import DueItem

AT_ONCE = 500
"""Items of a kind that one look at the list answers; the rest is due at the next look."""


Due = LapseNotice | ConfirmNotice | TakeDay


def due_item(kind: str, on: str, organisation: str, command: Due) -> DueItem:
    """A command about a notice that is due on a day, which stands in its key as ISO text."""
    return DueItem(organisation, f"due:{kind}:{command.notice}:{on}", command)


def notices_to_lapse(connection: Connection, now: datetime) -> list[DueItem]:
    """Late notices nobody decided, whose first booked day has begun."""
    first = (
        select(days.c.notice, func.min(days.c.begins_at).label("begins_at"))
        .where(days.c.state == BOOKED)
        .group_by(days.c.notice)
        .subquery()
    )
    statement = (
        select(notices, first.c.begins_at)
        .join(first, first.c.notice == notices.c.notice)
        .where(notices.c.state == LATE, first.c.begins_at <= now.isoformat())
        .order_by(first.c.begins_at, notices.c.notice)
        .limit(AT_ONCE)
    )
    return [
        due_item("lapse", row.begins_at[:10], row.organisation, LapseNotice(row.person, row.employer, row.notice))
        for row in connection.execute(statement)
    ]


def notices_to_confirm(connection: Connection, today: date) -> list[DueItem]:
    """Notices given in time, whose last day of a postponement is over."""
    statement = (
        select(notices)
        .where(notices.c.state == GIVEN, notices.c.deadline < today.isoformat())
        .order_by(notices.c.deadline, notices.c.notice)
        .limit(AT_ONCE)
    )
    return [
        due_item(
            "confirm",
            row.deadline,
            row.organisation,
            ConfirmNotice(row.person, row.employer, row.notice, confirmed_by=CLOCK, by=CLOCK),
        )
        for row in connection.execute(statement)
    ]


def days_to_take(connection: Connection, now: datetime) -> list[DueItem]:
    """Booked days of notices that stand, or will by silence, which have ended in London."""
    statement = (
        select(days, notices.c.organisation)
        .join(notices, notices.c.notice == days.c.notice)
        .where(days.c.state == BOOKED, days.c.ends_at <= now.isoformat(), notices.c.state.in_((GIVEN, CONFIRMED)))
        .order_by(days.c.ends_at, days.c.notice)
        .limit(AT_ONCE)
    )
    return [
        due_item(
            "take",
            row.date,
            row.organisation,
            TakeDay(row.person, row.employer, row.notice, date.fromisoformat(row.date)),
        )
        for row in connection.execute(statement)
    ]
