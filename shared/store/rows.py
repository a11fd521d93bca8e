"""What a row effect writes with: the connection, and each table's live or freshly rebuilt copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


class Rows:
    """A transaction on the read side. ``rows[table]`` is where a canonical table lives just now."""

    def __init__(self, connection: Connection, copies: Mapping[str, Table] | None = None) -> None:
        self.connection = connection
        self._copies = copies or {}

    def __getitem__(self, table: Table) -> Table:
        return self._copies.get(table.name, table)

    def upsert(self, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
        """Insert rows, replacing those with the same key; all rows have the same columns."""
        if rows:
            statement = _upsert(self.connection.dialect.name, self[table], tuple(rows[0]), tuple(key))
            self.connection.execute(statement, [dict(row) for row in rows])

    def insert_missing(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, leaving alone those whose primary key is there."""
        insert_missing(self.connection, self[table], rows)


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, leaving alone those whose primary key is there."""
    if rows:
        connection.execute(_insert_or_leave(connection.dialect.name, table), [dict(row) for row in rows])


@lru_cache(maxsize=256)
def _upsert(dialect: str, table: Table, columns: tuple[str, ...], key: tuple[str, ...]) -> Any:
    """Kept, because making the statement costs several times what a row of it does."""
    statement = _insert(dialect, table)
    changes = {name: statement.excluded[name] for name in columns if name not in key}
    if not changes:
        return statement.on_conflict_do_nothing(index_elements=list(key))
    return statement.on_conflict_do_update(index_elements=list(key), set_=changes)


@lru_cache(maxsize=256)
def _insert_or_leave(dialect: str, table: Table) -> Any:
    return _insert(dialect, table).on_conflict_do_nothing()


def _insert(dialect: str, table: Table) -> Any:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
