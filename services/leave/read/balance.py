"""The leave that counts, from the lists, and the balance that the domain computes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from services.leave.domain.balance import Balance, balance_on
from services.leave.domain.notices import BOOKED, TAKEN
from services.leave.domain.posts import Post
from services.leave.domain.windows import Entry
from services.leave.read.tables import days
from shared.kernel.working_time import parse_minutes


def balance_of(
    connection: Connection, person: str, posts: Sequence[Post], day: date, *, full_week: bool = True
) -> Balance:
    """The balance on a day of a person who holds these posts with one legal employer, as ``balance_on`` computes it."""
    return balance_on(day, _entries(connection, person, posts[0].employer), posts, full_week=full_week)


def _entries(connection: Connection, person: str, employer: str) -> list[Entry]:
    statement = (
        select(days.c.date, days.c.counted_minutes, days.c.week_minutes)
        .where(days.c.person == person, days.c.employer == employer, days.c.state.in_((BOOKED, TAKEN)))
        .order_by(days.c.date)
    )
    return [
        Entry(date.fromisoformat(row.date), parse_minutes(row.counted_minutes), parse_minutes(row.week_minutes))
        for row in connection.execute(statement)
        if row.counted_minutes != "0"
    ]
