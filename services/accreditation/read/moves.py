"""Which organisations are concerned when people join, leave, move or get another manager."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from services.accreditation.read.tables import moves
from shared.people.tables import employments
from shared.store.rows import Rows


def people_moved(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
    """Mark every organisation that these employments have been with, before and now.

    Comes before the people view takes the events, so that it still has what was.
    """
    been: dict[str, dict[str, str]] = {}
    for row in rows.matching(employments, ("employment",), {(event["data"]["employment"],) for event in events}):
        been.setdefault(row["employment"], {})[row["effective_from"]] = row["organisation"]
    marks: dict[str, int] = {}
    for event in events:
        data = event["data"]
        held = been.setdefault(data["employment"], {})
        for organisation in {event["organisation"], *held.values()}:
            marks[organisation] = max(event["position"], marks.get(organisation, 0))
        if "effective_from" in data:
            held[data["effective_from"]] = event["organisation"]
    found = [{"organisation": name, "position": position} for name, position in sorted(marks.items())]
    rows.upsert(moves, found, key=("organisation",))


def moved(connection: Connection) -> dict[str, int]:
    """By organisation, the position of the last move there."""
    return {row.organisation: row.position for row in connection.execute(select(moves))}
