"""The log: an event store recorder for SQLite and PostgreSQL that keeps command keys in the same transaction.

Positions come from one row, ``head``, that every writer updates: it serialises writers, so positions have no gaps
and appear in the order of commit – a tailing reader cannot pass over one – and a position is never used twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    OperationalError,
    StoredEvent,
    Subscription,
)
from sqlalchemy import Row, exc, insert, select, update

from shared.kernel.ids import new_id
from shared.store.database import Database
from shared.store.epochs import Epochs
from shared.store.key_record import KeyRecord
from shared.store.statements import PostgresStatements, SqliteStatements
from shared.store.tables import command_keys, epochs, events, head, relays


class LogEntry(NamedTuple):
    """One event of the log as stored: no objects are made of it."""

    position: int
    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes


class Log(ApplicationRecorder):
    """A service's log. Raises the library's ``IntegrityError`` on a version conflict or a key already stored."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._epochs: Epochs | None = None
        self._sql = SqliteStatements() if database.is_sqlite else PostgresStatements()

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, commands: Sequence[KeyRecord] = (), **_: object
    ) -> Sequence[int]:
        """Append events and command keys in one transaction; answers the positions.

        A key's position is the last one written with it (0 where its command had no event); of a key that is given,
        ``position`` says how many of the events come after its own.
        """
        if not stored_events and not commands:
            return []
        with self._translated_errors(), self.database.cursor(writing=True) as cursor:
            last = self._sql.append(cursor, stored_events, commands, datetime.now(UTC).isoformat())
        return range(last - len(stored_events) + 1, last + 1)

    def find_keys(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], KeyRecord]:
        """The stored command keys among these (scope, key) pairs."""
        found: dict[tuple[str, str], KeyRecord] = {}
        with self._translated_errors(), self.database.cursor() as cursor:
            for start in range(0, len(keys), 400):
                for row in self._sql.find_keys(cursor, keys[start : start + 400]):
                    found[row[0], row[1]] = KeyRecord(*row)
        return found

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """An aggregate's events in the order of their versions."""
        with self._translated_errors(), self.database.cursor() as cursor:
            rows = self._sql.select_events(cursor, originator_id, gt or 0, lte or 2**62, desc, limit or 2**62)
        return [StoredEvent(originator_id, version, topic, bytes(state)) for version, topic, state in rows]

    def select_events_of(self, ids: Sequence[UUID]) -> dict[UUID, list[StoredEvent]]:
        """The events of many aggregates, each in the order of its versions; those that have none are left out."""
        found: dict[UUID, list[StoredEvent]] = {}
        with self._translated_errors(), self.database.reading() as connection:
            for start in range(0, len(ids), 500):
                statement = (
                    select(events)
                    .where(events.c.originator_id.in_(ids[start : start + 500]))
                    .order_by(events.c.originator_id, events.c.originator_version)
                )
                for row in connection.execute(statement):
                    stored = StoredEvent(row.originator_id, row.originator_version, row.topic, bytes(row.state))
                    found.setdefault(row.originator_id, []).append(stored)
        return found

    def read_after(self, position: int, limit: int, topics: Sequence[str] | None = None) -> list[LogEntry]:
        """The entries after a position, of these topics or of all, oldest first."""
        with self._translated_errors(), self.database.cursor() as cursor:
            return [LogEntry(*row) for row in self._sql.read_after(cursor, position, limit, topics)]

    def read_last(self, limit: int, topics: Sequence[str], below: int = 0) -> list[LogEntry]:
        """The newest entries of these topics, newest first. ``below``: only those below this position, 0 for all."""
        statement = select(events).where(events.c.topic.in_(topics)).order_by(events.c.position.desc()).limit(limit)
        if below:
            statement = statement.where(events.c.position < below)
        with self._translated_errors(), self.database.reading() as connection:
            return [_entry(row) for row in connection.execute(statement)]

    def last_of(self, topics: Sequence[str], position: int) -> int:
        """The last position at or below this one that holds one of the topics; 0 where there is none."""
        statement = (
            select(events.c.position)
            .where(events.c.position <= position, events.c.topic.in_(topics))
            .order_by(events.c.position.desc())
            .limit(1)
        )
        with self._translated_errors(), self.database.reading() as connection:
            return connection.execute(statement).scalar() or 0

    def head(self) -> tuple[str, int]:
        """The log's epoch and its last position."""
        with self._translated_errors(), self.database.cursor() as cursor:
            epoch, position = cursor.execute("SELECT epoch, position FROM head").fetchone()
        return epoch, position

    def epochs(self, current: str = "") -> Epochs:
        """The log's epochs, oldest first, and where each began. ``current``: the head's, where the caller knows it."""
        current = current or self.head()[0]
        if self._epochs is None or self._epochs.current != current:
            statement = select(epochs).order_by(epochs.c.after_position, epochs.c.epoch == current, epochs.c.began)
            with self._translated_errors(), self.database.reading() as connection:
                began = tuple((row.epoch, row.after_position) for row in connection.execute(statement))
            self._epochs = Epochs(began)
        return self._epochs

    def begin_epoch(self) -> str:
        """Start a new incarnation of the log after a restore from backup; answers its name.

        Nobody holds the lease then, and what the relay had not published yet it publishes; where its place lies ahead
        of the log it begins anew, for a repetition does no harm.
        """
        epoch = str(new_id())
        with self._translated_errors(), self.database.writing() as connection:
            position = connection.execute(select(head.c.position)).scalar_one()
            connection.execute(update(head).values(epoch=epoch))
            connection.execute(
                insert(epochs).values(epoch=epoch, after_position=position, began=datetime.now(UTC).isoformat())
            )
            connection.execute(update(relays).values(holder="", fence=relays.c.fence + 1, expires=0.0))
            connection.execute(update(relays).where(relays.c.position > position).values(position=0, previous=0))
        return epoch

    def keys_of(self, scope: str, prefix: str) -> list[tuple[str, int]]:
        """The command keys of a scope that begin so, each with the last position written with it (0: nothing)."""
        statement = select(command_keys.c.key, command_keys.c.position).where(
            command_keys.c.scope == scope, command_keys.c.key.startswith(prefix, autoescape=True)
        )
        with self._translated_errors(), self.database.reading() as connection:
            return [(row.key, row.position) for row in connection.execute(statement)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The library's page of notifications; its own runners and benchmarks read it."""
        statement = select(events)
        if start is not None:
            at = events.c.position
            statement = statement.where(at >= start if inclusive_of_start else at > start)
        if stop is not None:
            statement = statement.where(events.c.position <= stop)
        if topics:
            statement = statement.where(events.c.topic.in_(topics))
        statement = statement.order_by(events.c.position).limit(limit)
        with self._translated_errors(), self.database.reading() as connection:
            return [
                Notification(
                    originator_id=row.originator_id,
                    originator_version=row.originator_version,
                    topic=row.topic,
                    state=bytes(row.state),
                    id=row.position,
                )
                for row in connection.execute(statement)
            ]

    def max_notification_id(self) -> int | None:
        """The last position, or None while the log is empty."""
        return self.head()[1] or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Not offered: the relay and the projector read pages and are woken by the doorbell."""
        raise NotImplementedError("Read pages with read_after(); the doorbell tells when.")

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        dbapi = self.database.dbapi
        try:
            yield
        except (exc.IntegrityError, dbapi.IntegrityError) as error:
            raise IntegrityError(str(error)) from error
        except (exc.DBAPIError, exc.TimeoutError, dbapi.Error) as error:
            raise OperationalError(str(error)) from error


def _entry(row: Row[object]) -> LogEntry:
    return LogEntry(row.position, row.originator_id, row.originator_version, row.topic, bytes(row.state))
