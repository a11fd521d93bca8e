"""What payroll's own events do to its lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.payroll.domain.batch import Batch
from services.payroll.domain.ledger import PayLedger
from services.payroll.read.open_lines import open_line
from services.payroll.read.tables import batches, ledger_lines, sent_lines
from shared.kernel.events import Event
from shared.store.rows import Rows
from shared.store.subscriptions import RowEffect

_AT_ONCE = 500


def days_totalled(rows: Rows, events: Sequence[Event]) -> None:
    """The totals of lines changed; a line is open where they differ from what stands at payroll."""
    totals = {total["line"]: total for event in events for total in event["totals"]}
    known = _known(rows, totals)
    fresh = {"standing": "", "revision": 0}
    _store(rows, [{**fresh, **known.get(line, {}), **total} for line, total in totals.items()])


def batches_sealed(rows: Rows, events: Sequence[Event]) -> None:
    """Batches were sealed: their lines are sent, and stand or take back what stood."""
    for event in events:
        batch = str(UUID(event["originator_id"]))
        rows.upsert(batches, [_batch(batch, event)], key=("batch",))
        placed = [{**line, "batch_id": batch, "place": place} for place, line in enumerate(event["lines"], start=1)]
        rows.upsert(sent_lines, placed, key=("line", "revision"))
        _send(rows, event["lines"])


PROJECTED: Mapping[str, RowEffect] = {
    PayLedger.DayTotalled.TOPIC: days_totalled,
    Batch.Sealed.TOPIC: batches_sealed,
}


def _send(rows: Rows, lines: Sequence[dict[str, Any]]) -> None:
    last = {line["line"]: line for line in lines}
    known = _known(rows, last)
    changed = [
        {
            **known[line],
            "standing": "" if sent["reverses"] else json.dumps(sent, sort_keys=True),
            "revision": sent["revision"],
        }
        for line, sent in last.items()
    ]
    _store(rows, changed)


def _store(rows: Rows, changed: Iterable[dict[str, Any]]) -> None:
    stored = [{**row, "open": bool(open_line(row).changes(0))} for row in changed]
    rows.upsert(ledger_lines, stored, key=("line",))


def _known(rows: Rows, lines: Iterable[str]) -> dict[str, dict[str, object]]:
    table = rows[ledger_lines]
    wanted = list(lines)
    found: dict[str, dict[str, object]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        for row in rows.connection.execute(select(table).where(table.c.line.in_(part))).mappings():
            found[row["line"]] = dict(row)
    return found


def _batch(batch: str, event: Event) -> dict[str, object]:
    same = ("position", "organisation", "employer", "pay_group", "number", "period", "sha256", "file_name")
    return {
        **{name: event[name] for name in same},
        "batch": batch,
        "lines": len(event["lines"]),
        "quantities": json.dumps(event["quantities"], sort_keys=True),
        "sealed_at": event["time"],
        "sealed_by": event["by"],
        "unsent": event["left"],
    }
