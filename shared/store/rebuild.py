"""Refold a service's read models from its logs – its own and what it received – into fresh tables, then switch.

Reads go on from the live tables meanwhile. Row effects only: commands that were made stay made. Effects of one
source never depend on another's, so sources are folded one after another.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, MetaData, Table, and_, func, inspect, select, text, update
from sqlalchemy.sql import quoted_name

from shared.contracts.wire import kept_event
from shared.kernel.errors import UnavailableError
from shared.store.database import Database
from shared.store.mapper import History
from shared.store.projector import fold as fold_own
from shared.store.received import APPLIED, EXCEPTION, WITHDRAWN, bookmark, claim_all, in_states
from shared.store.rows import Rows, insert_missing
from shared.store.stores import Stores
from shared.store.subscriptions import Projection, ReadModels, Subscription, ToRows, runs_of_streams
from shared.store.tables import SET_ASIDE, bookmarks, read_models, received

PAGE = 5000
_TRIES = 5


@dataclass(frozen=True)
class Sources:
    """What a service's read models are folded from. ``own``: the name of the subscription to its own log."""

    service: str
    own: str
    projection: Projection
    subscriptions: Sequence[Subscription]


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did. ``differing``: tables whose content changed by it, none where live was right."""

    events: int
    rows: int
    differing: tuple[str, ...]


def rebuild(stores: Stores, models: ReadModels, sources: Sources, history: History) -> Rebuilt:
    """Fold everything afresh and switch; the worker may go on meanwhile.

    Raises ``UnavailableError`` where received events were put right behind it five times running.
    """
    for _ in range(_TRIES):
        done = _rebuilt(stores, models, sources, history)
        if done is not None:
            return done
    raise UnavailableError("Received events are being put right faster than they can be refolded. Try again later.")


def _rebuilt(stores: Stores, models: ReadModels, sources: Sources, history: History) -> Rebuilt | None:
    """One go at it; None where a received event was applied or withdrawn behind a place already passed."""
    read = stores.read
    copies = _fresh_tables(read, models, sources.service)
    folds = [_OwnFold(stores, sources, history), *(_ReceivedFold(held) for held in sources.subscriptions)]
    for fold in folds:
        while fold.step(read, copies):
            pass
    with read.writing() as connection:
        claim_all(connection)  # writers wait now: the last events, the comparison and the switch
        for fold in folds:
            while fold.fold(connection, copies):
                pass
        if not all(fold.complete(connection) for fold in folds):
            return None
        for fold in folds:
            fold.settle(connection)
        rows = {name: _count(connection, copy) for name, copy in copies.items()}
        live = models.metadata.tables
        differing = [name for name in sorted(copies) if not _same(connection, live[name], copies[name], rows[name])]
        _switch(connection, models, copies, sources.service)
    return Rebuilt(sum(fold.events for fold in folds), sum(rows.values()), tuple(differing))


def follow_own(connection: Connection, epoch: str, sources: Sources, position: int) -> None:
    """Say that the read side shows the own log's epoch up to a position, where it followed another epoch so far."""
    connection.execute(
        update(bookmarks)
        .where(
            bookmarks.c.subscription == sources.own,
            bookmarks.c.source == sources.service,
            bookmarks.c.epoch.not_in(("", epoch)),
        )
        .values(epoch=epoch, position=position, head=position, moved=time.time())
    )


def digests(connection: Connection, models: ReadModels) -> dict[str, tuple[int, str]]:
    """Rows and SHA-256 of each read model's content, in the order of its primary key."""
    return {name: _digest(connection, table) for name, table in models.metadata.tables.items()}


class _Fold:
    """One source folded page by page up to where the live tables stand."""

    events = 0

    def step(self, read: Database, copies: Mapping[str, Table]) -> bool:
        """Fold a page in a transaction of its own; answers whether there may be more."""
        with read.writing() as connection:
            return self.fold(connection, copies)

    def fold(self, connection: Connection, copies: Mapping[str, Table]) -> bool:
        """Fold a page on this connection; answers whether there may be more."""
        raise NotImplementedError

    def complete(self, connection: Connection) -> bool:
        """Whether all that is applied was folded, and nothing else."""
        raise NotImplementedError

    def settle(self, connection: Connection) -> None:
        """Put the source's bookmark where the fresh tables stand, if they stand elsewhere than the live ones."""


class _OwnFold(_Fold):
    def __init__(self, stores: Stores, sources: Sources, history: History) -> None:
        self._log = stores.log
        self._sources = sources
        self._history = history
        self._position = 0

    def fold(self, connection: Connection, copies: Mapping[str, Table]) -> bool:
        last = self._last(connection)
        entries = [entry for entry in self._log.read_after(self._position, PAGE) if entry.position <= last]
        if not entries:
            return False
        for _ in fold_own(Rows(connection, copies), entries, self._sources.projection, self._history):
            pass
        self._position = entries[-1].position
        self.events += len(entries)
        return True

    def complete(self, _connection: Connection) -> bool:
        return True  # a log only grows at its end

    def settle(self, connection: Connection) -> None:
        """After a restore the live tables may show what the log has no more: the fresh ones end where the log stands.

        What the log has recorded since is folded by whoever follows it.
        """
        follow_own(connection, self._log.epochs().current, self._sources, self._last(connection))

    def _last(self, connection: Connection) -> int:
        """Up to which position what the bookmark has passed is still in the log."""
        known, position = bookmark(connection, self._sources.own, self._sources.service)
        return min(position, self._log.epochs().last_of(known) or 0) if known else 0


class _ReceivedFold(_Fold):
    """A source's epochs follow one another: its positions go on rising in the next."""

    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription
        self._epoch = ("", "")
        self._places: dict[tuple[str, str], int] = {}
        self._withdrawn: int | None = None

    def fold(self, connection: Connection, copies: Mapping[str, Table]) -> bool:
        if self._withdrawn is None:
            self._withdrawn = self._count_withdrawn(connection)
        page = self._next_page(connection)
        if not page:
            return False
        effects = self._subscription.effects
        events = [kept_event(row.body, row.epoch, row.position) for row in page if row.type in effects]
        rows = Rows(connection, copies)
        for run in runs_of_streams(events, effects):
            for effect in effects[run[0]["type"]]:
                if isinstance(effect, ToRows):
                    effect.effect(rows, run)
        self._places[self._epoch] = page[-1].position
        self.events += len(page)
        return True

    def complete(self, connection: Connection) -> bool:
        """A retried event is applied, and a new epoch's withdrawn, behind the place where this fold stands."""
        mine = received.c.subscription == self._subscription.name
        all_of_it = connection.execute(select(func.count()).where(mine)).scalar_one()
        set_aside = connection.execute(select(func.count()).where(mine, text(SET_ASIDE))).scalar_one()
        return all_of_it - set_aside == self.events and self._count_withdrawn(connection) == self._withdrawn

    def _count_withdrawn(self, connection: Connection) -> int:
        mine = received.c.subscription == self._subscription.name
        return connection.execute(select(func.count()).where(mine, in_states(WITHDRAWN, EXCEPTION))).scalar_one()

    def _next_page(self, connection: Connection) -> Sequence[Any]:
        if page := self._page(connection):
            return page
        for epoch in self._epochs(connection):
            self._epoch = epoch
            if page := self._page(connection):
                return page
        return ()

    def _page(self, connection: Connection) -> Sequence[object]:
        """What follows in this source and epoch."""
        source, epoch = self._epoch
        place = received.c
        statement = (
            select(place.epoch, place.position, place.type, place.body)
            .where(
                place.subscription == self._subscription.name,
                place.source == source,
                place.epoch == epoch,
                place.position > self._places.get(self._epoch, 0),
                place.state == APPLIED,
            )
            .order_by(place.position)
            .limit(PAGE)
        )
        return connection.execute(statement).all()

    def _epochs(self, connection: Connection) -> list[tuple[str, str]]:
        """The sources, each with its epochs in the order in which they began."""
        place = received.c
        statement = (
            select(place.source, place.epoch)
            .where(place.subscription == self._subscription.name, place.state == APPLIED)
            .group_by(place.source, place.epoch)
            .order_by(place.source, func.min(place.position))
        )
        return [(row.source, row.epoch) for row in connection.execute(statement)]


def _fresh_tables(read: Database, models: ReadModels, service: str) -> dict[str, Table]:
    """Empty copies under names that no earlier rebuild used; leftovers of a killed one are dropped."""
    with read.writing() as connection:
        insert_missing(connection, read_models, [{"service": service, "version": models.version, "rebuilds": 0}])
        number = connection.execute(
            update(read_models)
            .where(read_models.c.service == service)
            .values(rebuilds=read_models.c.rebuilds + 1)
            .returning(read_models.c.rebuilds)
        ).scalar_one()
        for name in inspect(connection).get_table_names():
            if "__r" in name:
                connection.execute(text(f'DROP TABLE "{name}"'))
        fresh = MetaData()
        copies = {name: _copy(table, fresh, number) for name, table in models.metadata.tables.items()}
        fresh.create_all(connection)
    return copies


def _copy(table: Table, metadata: MetaData, number: int) -> Table:
    copy = table.to_metadata(metadata, name=f"{table.name}__r{number}")
    for index in copy.indexes:
        if index.name and f"__r{number}" not in index.name:
            index.name = quoted_name(f"{index.name}__r{number}", quote=None)
    return copy


def _switch(connection: Connection, models: ReadModels, copies: Mapping[str, Table], service: str) -> None:
    for name, copy in copies.items():
        connection.execute(text(f'DROP TABLE IF EXISTS "{name}"'))
        connection.execute(text(f'ALTER TABLE "{copy.name}" RENAME TO "{name}"'))
    connection.execute(update(read_models).where(read_models.c.service == service).values(version=models.version))


def _same(connection: Connection, live: Table, copy: Table, rows: int) -> bool:
    """Whether both hold the same rows, every column alike: compared where they are."""
    shown = inspect(connection)
    if not shown.has_table(live.name) or {column["name"] for column in shown.get_columns(live.name)} != {
        *live.c.keys()
    }:
        return False
    place = [live.c[column.name] == column for column in copy.primary_key.columns]
    rest = [live.c[column.name].is_not_distinct_from(column) for column in copy.columns]
    alike = select(func.count()).select_from(live.join(copy, and_(*place))).where(*rest)
    return _count(connection, live) == rows == connection.execute(alike).scalar_one()


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _digest(connection: Connection, table: Table) -> tuple[int, str]:
    digest = hashlib.sha256()
    count = 0
    for row in _ordered(connection, table):
        digest.update(msgspec.json.encode([_plain(value) for value in row]))
        count += 1
    return count, digest.hexdigest()


def _ordered(connection: Connection, table: Table) -> Iterator[Any]:
    order = list(table.primary_key.columns) or list(table.columns)
    streamed = connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT"  # else no cursor would live
    options: dict[str, object] = {"yield_per": 1000} if streamed else {}
    yield from connection.execute(select(table).order_by(*order), execution_options=options)


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes | memoryview) else value
