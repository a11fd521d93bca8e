"""Which organisations are concerned when people join, leave, move or get another manager."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from services.accreditation.read.tables import moves
from shared.kernel.events import Event
from shared.people.tables import employments
from shared.store.rows import Rows


def people_moved(rows: Rows, events: Sequence[Event]) -> None:
    """Somebody joined, or has other terms: mark every organisation that the employment is or was with.

    Comes before the people view takes the events, so that it still has what was.
    """
    _mark(rows, [(event, event["data"]["effective_from"]) for event in events])


def people_left(rows: Rows, events: Sequence[Event]) -> None:
    """Somebody leaves: mark every organisation that the employment was with."""
    _mark(rows, [(event, "") for event in events])


def _mark(rows: Rows, told: Sequence[tuple[dict[str, Any], str]]) -> None:
    """Mark the organisations of these events, each with the day from which its organisation holds, if it says one."""
    been: dict[str, dict[str, str]] = {}
    wanted = {(event["data"]["employment"],) for event, _ in told}
    for row in rows.matching(employments, ("employment",), wanted):
        been.setdefault(row["employment"], {})[row["effective_from"]] = row["organisation"]
    marks: dict[str, int] = {}
    for event, since in told:
        held = been.setdefault(event["data"]["employment"], {})
        for organisation in {event["organisation"], *held.values()}:
            marks[organisation] = max(event["position"], marks.get(organisation, 0))
        if since:
            held[since] = event["organisation"]
    found = [{"organisation": name, "position": position} for name, position in sorted(marks.items())]
    rows.upsert(moves, found, key=("organisation",))


def moved(connection: Connection) -> dict[str, int]:
    """By organisation, the position of the last move there."""
    return {row.organisation: row.position for row in connection.execute(select(moves))}
