"""The few statements that every command runs, in the driver's own words; each is named for what it does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from shared.store.key_record import KeyRecord

CHANNEL = "carers_log"
"""The PostgreSQL channel on which a commit rings."""

_ENTRY_COLUMNS = "position, originator_id, originator_version, topic, state"
_KEY_COLUMNS = "scope, key, digest, answer, position"


class SqliteStatements:
    """For SQLite: one transaction of a few statements inside this process."""

    _ADVANCE_HEAD = "UPDATE head SET position = position + ? RETURNING position"
    _INSERT_EVENT = (
        "INSERT INTO events (position, originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?, ?)"
    )
    _INSERT_KEY = "INSERT INTO command_keys (scope, key, digest, answer, position, recorded) VALUES (?, ?, ?, ?, ?, ?)"
    _SELECT_EVENTS = (
        "SELECT originator_version, topic, state FROM events WHERE originator_id = ? "
        "AND originator_version > ? AND originator_version <= ? ORDER BY originator_version {order} LIMIT ?"
    )
    _FIND_KEYS = f"SELECT {_KEY_COLUMNS} FROM command_keys WHERE (scope, key) IN (VALUES {{pairs}})"
    _READ_AFTER = f"SELECT {_ENTRY_COLUMNS} FROM events WHERE position > ? {{of}} ORDER BY position LIMIT ?"
    _OF_TOPICS = "AND topic IN (SELECT value FROM json_each(?))"

    def append(self, cursor: Any, stored: Sequence[StoredEvent], commands: Sequence[KeyRecord], recorded: str) -> int:
        """Append events and keys; answers the last position written, 0 where there were no events.

        ``position`` of a key that is to be stored: how many of these events come after its own.
        """
        cursor.execute("BEGIN IMMEDIATE")
        try:
            last = 0
            if stored:
                last = cursor.execute(self._ADVANCE_HEAD, (len(stored),)).fetchone()[0]
                first = last - len(stored) + 1
                cursor.executemany(
                    self._INSERT_EVENT,
                    [
                        (first + number, _hex(event.originator_id), event.originator_version, event.topic, event.state)
                        for number, event in enumerate(stored)
                    ],
                )
            cursor.executemany(
                self._INSERT_KEY,
                [(*record[:4], last - record.position if stored else 0, recorded) for record in commands],
            )
            cursor.execute("COMMIT")
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        return int(last)

    def find_keys(self, cursor: Any, pairs: Sequence[tuple[str, str]]) -> list[Any]:
        """The stored keys among these (scope, key) pairs, 400 at most."""
        statement = self._FIND_KEYS.format(pairs=", ".join(["(?, ?)"] * len(pairs)))
        return list(cursor.execute(statement, [part for pair in pairs for part in pair]))

    def select_events(
        self, cursor: Any, originator_id: UUID | str, above: int, up_to: int, desc: bool, limit: int
    ) -> list[Any]:
        """(version, topic, state) of one aggregate's events."""
        statement = self._SELECT_EVENTS.format(order="DESC" if desc else "ASC")
        return list(cursor.execute(statement, (_hex(originator_id), above, up_to, limit)))

    def read_after(self, cursor: Any, position: int, limit: int, topics: Sequence[str] | None) -> list[Any]:
        """(position, originator, version, topic, state) of the entries after a position, of these topics or of all."""
        given = (position, limit) if topics is None else (position, json.dumps(topics), limit)
        rows = cursor.execute(self._READ_AFTER.format(of="" if topics is None else self._OF_TOPICS), given)
        return [(place, UUID(id), version, topic, state) for place, id, version, topic, state in rows]


class PostgresStatements:
    """For PostgreSQL: one statement, so one round trip that commits by itself."""

    _APPEND = (
        "WITH advanced AS (UPDATE head SET position = position + %(count)s RETURNING position), "
        "kept AS (INSERT INTO command_keys (scope, key, digest, answer, position, recorded) "
        "SELECT given.scope, given.key, given.digest, given.answer, advanced.position - given.behind, %(recorded)s "
        "FROM advanced, unnest(%(scopes)s::text[], %(keys)s::text[], %(digests)s::text[], %(answers)s::text[], "
        "%(behind)s::bigint[]) AS given (scope, key, digest, answer, behind)), "
        "stored AS (INSERT INTO events (position, originator_id, originator_version, topic, state) "
        "SELECT advanced.position - %(count)s + given.number, given.id, given.version, given.topic, given.state "
        "FROM advanced, unnest(%(ids)s::uuid[], %(versions)s::bigint[], %(topics)s::text[], %(states)s::bytea[]) "
        "WITH ORDINALITY AS given (id, version, topic, state, number)) "
        f"SELECT position, pg_notify('{CHANNEL}', '') FROM advanced"
    )
    _KEEP = (
        "INSERT INTO command_keys (scope, key, digest, answer, position, recorded) "
        "SELECT given.*, 0, %(recorded)s FROM "
        "unnest(%(scopes)s::text[], %(keys)s::text[], %(digests)s::text[], %(answers)s::text[]) AS given"
    )
    _SELECT_EVENTS = (
        "SELECT originator_version, topic, state FROM events WHERE originator_id = %s "
        "AND originator_version > %s AND originator_version <= %s ORDER BY originator_version {order} LIMIT %s"
    )
    _FIND_KEYS = (
        f"SELECT {_KEY_COLUMNS} FROM command_keys JOIN unnest(%s::text[], %s::text[]) AS asked (scope, key) "
        "USING (scope, key)"
    )
    _READ_AFTER = f"SELECT {_ENTRY_COLUMNS} FROM events WHERE position > %s {{of}} ORDER BY position LIMIT %s"
    _OF_TOPICS = "AND topic = ANY (%s)"

    def append(self, cursor: Any, stored: Sequence[StoredEvent], commands: Sequence[KeyRecord], recorded: str) -> int:
        """Append events and keys; answers the last position written, 0 where there were no events.

        ``position`` of a key that is to be stored: how many of these events come after its own.
        """
        values: dict[str, object] = {
            "recorded": recorded,
            "scopes": [record.scope for record in commands],
            "keys": [record.key for record in commands],
            "digests": [record.digest for record in commands],
            "answers": [record.answer for record in commands],
        }
        if not stored:
            cursor.execute(self._KEEP, values)
            return 0
        values |= {
            "count": len(stored),
            "behind": [record.position for record in commands],
            "ids": [event.originator_id for event in stored],
            "versions": [event.originator_version for event in stored],
            "topics": [event.topic for event in stored],
            "states": [event.state for event in stored],
        }
        cursor.execute(self._APPEND, values, binary=True)
        return int(cursor.fetchone()[0])

    def find_keys(self, cursor: Any, pairs: Sequence[tuple[str, str]]) -> list[Any]:
        """The stored keys among these (scope, key) pairs."""
        scopes, keys = zip(*pairs, strict=True)
        return list(cursor.execute(self._FIND_KEYS, (list(scopes), list(keys))))

    def select_events(
        self, cursor: Any, originator_id: UUID | str, above: int, up_to: int, desc: bool, limit: int
    ) -> list[Any]:
        """(version, topic, state) of one aggregate's events."""
        statement = self._SELECT_EVENTS.format(order="DESC" if desc else "ASC")
        return list(cursor.execute(statement, (originator_id, above, up_to, limit), binary=True))

    def read_after(self, cursor: Any, position: int, limit: int, topics: Sequence[str] | None) -> list[Any]:
        """(position, originator, version, topic, state) of the entries after a position, of these topics or of all."""
        given = (position, limit) if topics is None else (position, list(topics), limit)
        of = "" if topics is None else self._OF_TOPICS
        return list(cursor.execute(self._READ_AFTER.format(of=of), given, binary=True))


def _hex(originator_id: UUID | str) -> str:
    return originator_id.hex if isinstance(originator_id, UUID) else originator_id
