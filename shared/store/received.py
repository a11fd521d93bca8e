"""Questions about what a service received: where each subscription stands, and what is parked, held or unknown."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    func,
    literal_column,
    select,
    text,
    update,
)

from shared.store.rows import insert_missing
from shared.store.tables import bookmarks, received, undecoded

APPLIED = "applied"
HELD = "held"
TRYING = "trying"
PARKED = "parked"
UNKNOWN = "unknown"
DISMISSED = "dismissed"
WITHDRAWN = "withdrawn"
EXCEPTION = "exception"
"""The states of a received event. ``trying``: failed, to be tried again; ``held``: behind such a one in its stream;
``withdrawn``: its source was restored and no longer has it; ``exception``: withdrawn, and acted on before."""

PAUSES = (1.0, 4.0, 15.0, 30.0)
"""Seconds after a failure before the next try: five tries within a minute, then the event is parked."""

_COUNTED = (HELD, TRYING, PARKED, UNKNOWN, EXCEPTION)


def in_states(*states: str, rows: FromClause = received) -> ColumnElement[bool]:
    """Which rows are in one of these states, none of them ``applied``: asked in the words of the index that holds them.

    ``rows``: the table, or an alias of it.
    """
    return and_(rows.c.state != literal_column("'applied'"), rows.c.state.in_(states))


@dataclass(frozen=True)
class SourceFigures:
    """How one subscription fares.

    ``head``: the source's last published position as far as it is known; ``age``: seconds since the bookmark moved or
    the source was found unchanged.
    """

    subscription: str
    source: str
    position: int
    head: int
    age: float
    parked: int
    held: int
    unknown: int
    exceptions: int = 0


def bookmark(connection: Connection, subscription: str, source: str) -> tuple[str, int]:
    """The epoch and position up to which a subscription has taken its source; ``("", 0)`` at the beginning."""
    row = connection.execute(
        select(bookmarks.c.epoch, bookmarks.c.position).where(
            bookmarks.c.subscription == subscription, bookmarks.c.source == source
        )
    ).one_or_none()
    return (row.epoch, row.position) if row else ("", 0)


def taken_together(connection: Connection, subscriptions: Sequence[str]) -> int:
    """The positions up to which these subscriptions have taken their sources, added up."""
    total = select(func.coalesce(func.sum(bookmarks.c.position), 0)).where(bookmarks.c.subscription.in_(subscriptions))
    return int(connection.execute(total).scalar_one())


def claim(connection: Connection, subscription: str, source: str) -> tuple[str, int]:
    """The bookmark, held until the transaction ends: whoever else would take from this source, or rebuild, waits.

    Every transaction that applies received events begins with it.
    """
    statement = (
        select(bookmarks.c.epoch, bookmarks.c.position)
        .where(bookmarks.c.subscription == subscription, bookmarks.c.source == source)
        .with_for_update()
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        place = {"epoch": "", "position": 0, "head": 0, "moved": time.time()}
        first = {"subscription": subscription, "source": source, **place}
        insert_missing(connection, bookmarks, [first])
        row = connection.execute(statement).one()
    return row.epoch, row.position


def claim_all(connection: Connection) -> None:
    """Hold every bookmark until the transaction ends; on SQLite a writing transaction does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {bookmarks.name} IN EXCLUSIVE MODE"))


def source_figures(connection: Connection, subscriptions: Sequence[str], *, now: float) -> list[SourceFigures]:
    """One line a subscription and source, by name."""
    counts: dict[str, dict[str, int]] = {}
    counted = (
        select(received.c.subscription, received.c.state, func.count())
        .where(received.c.subscription.in_(subscriptions), in_states(*_COUNTED))
        .group_by(received.c.subscription, received.c.state)
    )
    for subscription, state, count in connection.execute(counted):
        counts.setdefault(subscription, {})[state] = count
    raw = (
        select(undecoded.c.subscription, func.count())
        .where(undecoded.c.subscription.in_(subscriptions), undecoded.c.state == PARKED)
        .group_by(undecoded.c.subscription)
    )
    for subscription, count in connection.execute(raw):
        states = counts.setdefault(subscription, {})
        states[PARKED] = states.get(PARKED, 0) + count
    places = select(bookmarks).where(bookmarks.c.subscription.in_(subscriptions)).order_by(bookmarks.c.subscription)
    return [
        SourceFigures(
            row.subscription,
            row.source,
            row.position,
            row.head,
            max(0.0, now - row.moved),
            counts.get(row.subscription, {}).get(PARKED, 0),
            counts.get(row.subscription, {}).get(HELD, 0) + counts.get(row.subscription, {}).get(TRYING, 0),
            counts.get(row.subscription, {}).get(UNKNOWN, 0),
            counts.get(row.subscription, {}).get(EXCEPTION, 0),
        )
        for row in connection.execute(places)
    ]


def leaders_of_streams(subscription: str) -> Select[tuple[str, str, float]]:
    """The first waiting event of each stream, one that waits behind a parked one left out; asked every second."""
    columns = received.c
    other = received.alias("other")
    earlier = (
        select(other.c.position)
        .where(
            other.c.subscription == columns.subscription,
            other.c.stream == columns.stream,
            in_states(TRYING, HELD, PARKED, rows=other),
            other.c.position < columns.position,
        )
        .exists()
    )
    return select(columns.stream, columns.state, columns.next_try).where(
        columns.subscription == subscription, in_states(TRYING, HELD), ~earlier
    )


def first_waiting(subscription: str, stream: str) -> Select[Any]:
    """The first event of a stream that is not done with, held until the transaction ends."""
    return (
        select(received)
        .where(
            received.c.subscription == subscription,
            received.c.stream == stream,
            in_states(TRYING, HELD, PARKED),
        )
        .order_by(received.c.position)
        .limit(1)
        .with_for_update()
    )


def blocked_streams(connection: Connection, subscription: str) -> set[str]:
    """Streams with an event that waits."""
    waiting = select(received.c.stream).where(received.c.subscription == subscription, in_states(TRYING, HELD, PARKED))
    return set(connection.execute(waiting.distinct()).scalars())


def outcome_of(attempts: int, error: str | None, now: float) -> dict[str, object]:
    """What a row says after one more try, made ``now`` (seconds since the epoch), after so many ``attempts``."""
    if error is None:
        return {"state": APPLIED, "error": ""}
    if attempts >= len(PAUSES):
        return {"state": PARKED, "attempts": attempts + 1, "error": error}
    return {"state": TRYING, "attempts": attempts + 1, "next_try": now + PAUSES[attempts], "error": error}


def settle(connection: Connection, row: Row[Any], outcome: Mapping[str, object]) -> None:
    """Store the outcome of one more try of a received event."""
    connection.execute(
        update(received)
        .where(
            received.c.subscription == row.subscription,
            received.c.source == row.source,
            received.c.epoch == row.epoch,
            received.c.position == row.position,
        )
        .values(**outcome)
    )
