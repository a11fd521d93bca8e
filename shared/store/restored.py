"""After a service's log was restored from a backup: make its read side agree with it, whichever of the two is newer.

The read side may be older than the log, newer, or empty. What it shows of the own log and the log has no more is
folded away. Events that were received, and whose commands the restored log does not know, wait to be applied again,
with what came after them about the same person: the inbox does so in order, and a command is never made twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select, update

from shared.contracts.wire import kept_event
from shared.store.database import Database
from shared.store.log import Log
from shared.store.mapper import History
from shared.store.rebuild import Sources, follow_own, rebuild
from shared.store.received import APPLIED, EXCEPTION, HELD, WITHDRAWN, bookmark, in_states
from shared.store.stores import Stores
from shared.store.subscriptions import ReadModels, Subscription, ToCommands, commands_of
from shared.store.tables import received

_PAGE = 500


@dataclass(frozen=True)
class Healed:
    """What was done. ``again``: received events that are applied again; ``rebuilt``: whether lists were refolded.

    ``forgotten``: erasures that the log recorded anew.
    """

    again: int
    rebuilt: bool
    forgotten: int = 0


def heal(stores: Stores, models: ReadModels, sources: Sources, history: History) -> Healed:
    """Make the read side agree with the log; nothing happens where it does.

    The own bookmark moves into the log's epoch last, so that a kill on the way begins all of it again.
    """
    again = sum(_apply_again(stores, subscription) for subscription in sources.subscriptions)
    epochs = stores.log.epochs()
    with stores.read.reading() as connection:
        known, position = bookmark(connection, sources.own, sources.service)
        wait = connection.execute(select(received.c.position).where(in_states(HELD))).first() is not None
    ahead = bool(known) and position > (epochs.last_of(known) or 0)
    if wait or ahead:  # also what an earlier try, cut off, has let wait
        rebuild(stores, models, sources, history)
    else:
        with stores.read.writing() as connection:
            follow_own(connection, epochs.current, sources, position)
    return Healed(again, wait or ahead)


def _apply_again(stores: Stores, subscription: Subscription) -> int:
    """Have the events applied again whose commands the log does not know; answers how many."""
    if not subscription.commanding:
        return 0
    first = _first_unknown(stores.log, stores.read, subscription)
    with stores.read.writing() as connection:
        _drop_exceptions(connection, stores.log, subscription)
        return sum(_hold(connection, subscription, stream, position) for stream, position in first.items())


def _first_unknown(log: Log, read: Database, subscription: Subscription) -> dict[str, int]:
    """For each stream: the first applied event of which a command is not known."""
    first: dict[str, int] = {}
    position = 0
    while True:
        with read.reading() as connection:
            rows = connection.execute(
                select(received.c.stream, received.c.epoch, received.c.position, received.c.body)
                .where(
                    received.c.subscription == subscription.name,
                    received.c.state == APPLIED,
                    received.c.type.in_(subscription.commanding),
                    received.c.position > position,
                )
                .order_by(received.c.position)
                .limit(_PAGE)
            ).all()
        if not rows:
            return first
        position = rows[-1].position
        asked = [(row, _keys(subscription, row)) for row in rows]
        known = log.find_keys([key for _, keys in asked for key in keys])
        for row, keys in asked:
            if not known.keys() >= keys:
                first.setdefault(row.stream, row.position)


def _keys(subscription: Subscription, row: Any) -> set[tuple[str, str]]:
    """The keys of the commands that a received event is turned into."""
    event = kept_event(bytes(row.body), row.epoch, row.position)
    effects = [each for each in subscription.effects[event["type"]] if isinstance(each, ToCommands)]
    made = [item for effect in effects for item in commands_of(subscription.name, effect, event)]
    return {(key.scope, key.key) for _, key in made}


def _hold(connection: Connection, subscription: Subscription, stream: str, position: int) -> int:
    """Let a stream's events wait from a position on."""
    changed = connection.execute(
        update(received)
        .where(
            received.c.subscription == subscription.name,
            received.c.stream == stream,
            received.c.position >= position,
            received.c.state == APPLIED,
            received.c.type.in_(list(subscription.effects)),
        )
        .values(state=HELD, attempts=0, next_try=0.0)
    )
    return changed.rowcount


def _drop_exceptions(connection: Connection, log: Log, subscription: Subscription) -> None:
    """What was done because of a withdrawn event may itself be gone with the restored log."""
    mine = and_(received.c.subscription == subscription.name, in_states(EXCEPTION))
    for row in connection.execute(select(received.c.source, received.c.epoch, received.c.position).where(mine)).all():
        if not log.keys_of(subscription.name, f"{row.source}:{row.epoch}:{row.position}:"):
            connection.execute(
                update(received)
                .where(mine, received.c.epoch == row.epoch, received.c.position == row.position)
                .values(state=WITHDRAWN, error="")
            )
