"""What payroll does with others' events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.payroll.domain.commands import RecordDay
from services.payroll.read.tables import FROM_LEAVE, forgotten
from shared.contracts import types
from shared.kernel.events import Event
from shared.people.effects import PEOPLE_EFFECTS
from shared.store.rows import Rows
from shared.store.subscriptions import Subscription, ToCommands, ToRows


def record_day(event: Event) -> list[RecordDay]:
    """A day taken or corrected is what that notice takes of that date now."""
    data = event["data"]
    return [
        RecordDay(
            person=event["subject"],
            organisation=event["organisation"],
            notice=data["notice"],
            employment=data["employment"],
            employer=data["employer"],
            staff_number=data["staff_number"],
            post=data["post"],
            date=date.fromisoformat(data["date"]),
            minutes=data["minutes"],
            paid_minutes=data["paid_minutes"],
            scheduled_minutes=data["scheduled_minutes"],
            by="system",
        )
    ]


def person_forgotten(rows: Rows, events: Sequence[Event]) -> None:
    """An erased person's staff number is no longer shown; files that were sent stay as they are."""
    rows.insert_missing(forgotten, [{"person": event["subject"]} for event in events])


PEOPLE = Subscription(
    name="payroll.people",
    source="workforce",
    effects={**PEOPLE_EFFECTS, types.PERSON_FORGOTTEN: (ToRows(person_forgotten),)},
)

LEAVE = Subscription(
    name=FROM_LEAVE,
    source="leave",
    effects={types.LEAVE_TAKEN: (ToCommands(record_day),), types.LEAVE_CORRECTED: (ToCommands(record_day),)},
)

CONSUMED: tuple[Subscription, ...] = (PEOPLE, LEAVE)
