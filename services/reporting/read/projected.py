"""The department half's view of its own log: every revision of every return, and whose returns are on hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import bindparam, delete

from services.reporting.domain.hold import Hold
from services.reporting.domain.returns import Return
from services.reporting.read.tables import holds, returns
from shared.kernel.events import Event
from shared.store.rows import Rows

_encode = msgspec.json.Encoder(order="deterministic").encode
_PLAIN: Final = ("organisation", "month", "revision", "definition", "as_known", "complete", "mark")


def return_revised(rows: Rows, events: Sequence[Event]) -> None:
    """Keep the revision."""
    rows.upsert(returns, [_row(event) for event in events], key=("organisation", "month", "revision"))


def returns_held(rows: Rows, events: Sequence[Event]) -> None:
    """Keep since when and why."""
    kept = [{name: event[name] for name in ("organisation", "since", "reason")} for event in events]
    rows.upsert(holds, kept, key=("organisation",))


def returns_resumed(rows: Rows, events: Sequence[Event]) -> None:
    """The organisation is on hold no longer."""
    table = rows[holds]
    statement = delete(table).where(table.c.organisation == bindparam("whose"))
    rows.connection.execute(statement, [{"whose": event["organisation"]} for event in events])


def _row(event: Event) -> dict[str, object]:
    return {name: event[name] for name in _PLAIN} | {
        "figures": _encode(event["figures"]).decode(),
        "positions": _encode(event["positions"]).decode(),
    }


PROJECTED: Mapping[str, Callable[[Rows, Sequence[dict[str, object]]], None]] = {
    Return.Reported.TOPIC: return_revised,
    Return.Revised.TOPIC: return_revised,
    Hold.Held.TOPIC: returns_held,
    Hold.Resumed.TOPIC: returns_resumed,
}
