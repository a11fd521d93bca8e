"""A source was restored from a backup: what was received of it and is no more, and what had been done because of it.

Received events that the source no longer has are withdrawn, and the read models are folded without them. Commands
that they were turned into stay made: each such event becomes an exception, listed until somebody dismisses it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from shared.store.database import Database
from shared.store.epochs import Epochs
from shared.store.log import Log
from shared.store.received import EXCEPTION, WITHDRAWN
from shared.store.tables import received

NOT_KEPT = "carers.unknown"
"""The type of an exception whose event was acted on and never kept: the process ended in between."""


def withdraw(connection: Connection, subscription: str, source: str, epochs: Epochs) -> int:
    """Withdraw what the source no longer has; answers up to which position what was received still stands."""
    mine = and_(received.c.subscription == subscription, received.c.source == source)
    counts = and_(mine, received.c.state.not_in((WITHDRAWN, EXCEPTION)))
    connection.execute(update(received).where(counts, ~_stands(epochs)).values(state=WITHDRAWN))
    return connection.execute(select(func.max(received.c.position)).where(counts)).scalar() or 0


def list_exceptions(read: Database, log: Log, subscription: str, source: str, epochs: Epochs) -> int:
    """Make exceptions of the events that led to something in the own log and that the source no longer has.

    Answers how many are new. One that was dismissed is not listed again.
    """
    done = _done(log, subscription, source, epochs)
    with read.writing() as connection:
        return sum(_list(connection, subscription, source, place, at) for place, at in sorted(done.items()))


def _stands(epochs: Epochs) -> ColumnElement[bool]:
    """Which rows the source still has."""
    return or_(*(and_(received.c.epoch == epoch, received.c.position <= last) for epoch, last in epochs.spans()))


def _done(log: Log, subscription: str, source: str, epochs: Epochs) -> dict[tuple[str, int], int]:
    """The places that the source no longer has, each with the last own position that was written because of it."""
    prefix = f"{source}:"
    done: dict[tuple[str, int], int] = {}
    for key, at in log.keys_of(subscription, prefix):
        epoch, position, _ = key.removeprefix(prefix).split(":")
        if at and not epochs.holds(epoch, int(position)):
            place = (epoch, int(position))
            done[place] = max(at, done.get(place, 0))
    return done


def _list(connection: Connection, subscription: str, source: str, place: tuple[str, int], at: int) -> bool:
    epoch, position = place
    values = {"state": EXCEPTION, "error": f"recorded at position {at} of the own log"}
    key = {"subscription": subscription, "source": source, "epoch": epoch, "position": position}
    row = connection.execute(select(received.c.state, received.c.reason).filter_by(**key)).one_or_none()
    if row is None:
        connection.execute(insert(received).values(**key, **values, **_nothing_known()))
        return True
    if row.state != WITHDRAWN or row.reason:
        return False
    connection.execute(update(received).filter_by(**key).values(**values))
    return True


def _nothing_known() -> dict[str, object]:
    now = datetime.now(UTC).isoformat()
    unknown = {"stream": "", "type": NOT_KEPT, "body": b"{}", "hash": "", "reason": ""}
    return unknown | {"received": now, "attempts": 0, "next_try": 0.0}
