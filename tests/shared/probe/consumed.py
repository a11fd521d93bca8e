"""What the probe does with what it published itself: rows that show every repetition, and a command a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from shared.store.rows import Rows
from shared.store.subscriptions import Subscription, ToCommands, ToRows
from tests.shared.probe.commands import Hear
from tests.shared.probe.published import COUNTED, OPENED
from tests.shared.probe.read.tables import heard

ECHO = "probe.echo"


def heard_of(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
    """Append each event's place to its person's row: a repeated, missing or misplaced one shows."""
    table = rows[heard]
    persons = sorted({event["subject"] for event in events})
    known: dict[str, dict[str, Any]] = {}
    for start in range(0, len(persons), 400):
        statement = select(table).where(table.c.person.in_(persons[start : start + 400]))
        known |= {row["person"]: dict(row) for row in rows.connection.execute(statement).mappings()}
    for event in events:
        person = event["subject"]
        row = known.setdefault(person, {"person": person, "total": 0, "places": ""})
        row["total"] += event["data"].get("amount", 0)
        row["places"] += f"{event['position']} "
    rows.upsert(heard, [known[person] for person in persons], key=("person",))


def hear(event: dict[str, Any]) -> list[Hear]:
    """Tell the echo."""
    return [Hear(event["subject"], event["organisation"], f"{event['epoch']}:{event['position']}")]


CONSUMED: tuple[Subscription, ...] = (
    Subscription(
        name=ECHO,
        source="probe",
        effects={OPENED: (ToRows(heard_of),), COUNTED: (ToRows(heard_of), ToCommands(hear))},
    ),
)
