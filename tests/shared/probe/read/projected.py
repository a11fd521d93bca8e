"""What the probe's own events do to its tallies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, update

from shared.store.rows import Rows
from shared.store.subscriptions import RowEffect
from tests.shared.probe.domain import Tally
from tests.shared.probe.read.tables import tallies


def opened(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
    """A tally stands at nothing."""
    fresh = [
        {"person": event["person"], "organisation": event["organisation"], "total": 0, "label": ""} for event in events
    ]
    rows.insert_missing(tallies, fresh)


def counted(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
    """A tally grows."""
    table = rows[tallies]
    statement = (
        update(table).where(table.c.person == bindparam("who")).values(total=table.c.total + bindparam("amount"))
    )
    rows.connection.execute(statement, [{"who": event["person"], "amount": event["amount"]} for event in events])


def labelled(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
    """A tally has a label."""
    table = rows[tallies]
    statement = update(table).where(table.c.person == bindparam("who")).values(label=bindparam("text"))
    rows.connection.execute(statement, [{"who": event["person"], "text": event["label"]} for event in events])


PROJECTED: Mapping[str, RowEffect] = {
    Tally.Opened.TOPIC: opened,
    Tally.Counted.TOPIC: counted,
    Tally.Labelled.TOPIC: labelled,
}
