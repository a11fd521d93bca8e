"""What in reporting does the clock make happen next? From the calendar alone, once there is anything to report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from services.reporting.domain.months import next_release, next_settled
from services.reporting.read.tables import changes
from shared.kernel.clock import LONDON
from shared.runtime.upcoming import Upcoming
from shared.web.words import month as month_words


def upcoming(connection: Connection, now: datetime) -> list[Upcoming]:
    """The next month whose returns are complete, and the next quarter that is released."""
    if connection.execute(select(changes.c.organisation).limit(1)).first() is None:
        return []
    today = now.astimezone(LONDON).date()
    settled_on, month = next_settled(today)
    release, newest = next_release(today)
    return [
        Upcoming(settled_on, f"the returns for {month_words(month)} are complete"),
        Upcoming(release, f"the centre releases the figures up to {month_words(newest)}"),
    ]
