"""What a row effect reads and writes with: the connection, and each table's live or freshly rebuilt copy.

Many rows go to the driver in one call: SQLite runs its statement for each, PostgreSQL takes whole columns as arrays.
"""
# ruff: noqa: S608 - the words put together are names of our own tables and columns

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, String, Table
from sqlalchemy.dialects import postgresql

Row = Mapping[str, object]

_ARRAYS_FROM = 8
"""Rows from which on arrays are quicker than a statement a row."""

_POSTGRES = postgresql.dialect()  # type: ignore[no-untyped-call]


class Rows:
    """A transaction on the read side. ``rows[table]`` is where a canonical table lives just now."""

    def __init__(self, connection: Connection, copies: Mapping[str, Table] | None = None) -> None:
        self.connection = connection
        self._copies = copies or {}

    def __getitem__(self, table: Table) -> Table:
        return self._copies.get(table.name, table)

    def matching(
        self, table: Table, columns: tuple[str, ...], values: Collection[tuple[str, ...]]
    ) -> list[dict[str, Any]]:
        """The rows whose columns, texts all, together have one of these values; columns as the driver gives them."""
        if not values:
            return []
        live = self[table]
        if self._postgres:
            given: tuple[object, ...] = tuple(map(list, zip(*values, strict=True)))
        else:
            given = (msgspec.json.encode(list(values)).decode(),)
        found = self.connection.exec_driver_sql(_matching(live, columns, self._postgres), given)
        names = live.columns.keys()
        return [dict(zip(names, row, strict=True)) for row in found]

    def upsert(self, table: Table, rows: Sequence[Row], key: Sequence[str]) -> None:
        """Insert rows, replacing those with the same key; of two that share it the later counts.

        All rows have the same columns.
        """
        place = _values_of(tuple(key))
        latest = {place(row): row for row in rows}
        self._insert(table, list(latest.values()), tuple(key))

    def insert_missing(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows, leaving alone those whose primary key is there. All rows have the same columns."""
        self._insert(table, rows, ())

    def change(self, table: Table, rows: Sequence[Row], key: Sequence[str]) -> None:
        """Set the other columns of the rows that have these keys, each given once; all name the same columns."""
        if not rows:
            return
        names = tuple(key)
        changed = tuple(name for name in rows[0] if name not in names)
        self._send(_changing(self[table], changed, names, self._mark(rows)), (*changed, *names), rows)

    def _insert(self, table: Table, rows: Sequence[Row], key: tuple[str, ...]) -> None:
        if not rows:
            return
        columns = tuple(rows[0])
        self._send(_inserting(self[table], columns, key, self._mark(rows)), columns, rows)

    def _send(self, statement: str, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
        values = list(map(_values_of(columns), rows))
        given: Any = values if self._mark(rows) else tuple(map(list, zip(*values, strict=True)))
        self.connection.exec_driver_sql(statement, given)

    def _mark(self, rows: Sequence[Row]) -> str:
        """What stands for a value in a statement that is run for each row; empty where columns go as arrays."""
        if not self._postgres:
            return "?"
        return "%s" if len(rows) < _ARRAYS_FROM else ""

    @property
    def _postgres(self) -> bool:
        return self.connection.dialect.name == "postgresql"


def insert_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, leaving alone those whose primary key is there."""
    Rows(connection).insert_missing(table, rows)


@lru_cache(maxsize=256)
def _values_of(columns: tuple[str, ...]) -> Callable[[Row], tuple[object, ...]]:
    """Takes a row's values in the order of the columns."""
    if len(columns) == 1:
        return lambda row: (row[columns[0]],)
    return itemgetter(*columns)


@lru_cache(maxsize=256)
def _inserting(table: Table, columns: tuple[str, ...], key: tuple[str, ...], mark: str) -> str:
    """The statement that inserts rows; on a conflict over the key it replaces, without a key it leaves alone."""
    into = f"INSERT INTO {_name(table.name)} ({_names(columns)})"
    source = f"VALUES ({', '.join([mark] * len(columns))})" if mark else f"SELECT * FROM {_arrays(table, columns)}"
    changes = ", ".join(f"{_name(name)} = excluded.{_name(name)}" for name in columns if name not in key)
    if not (key and changes):
        return f"{into} {source} ON CONFLICT DO NOTHING"
    return f"{into} {source} ON CONFLICT ({_names(key)}) DO UPDATE SET {changes}"


@lru_cache(maxsize=256)
def _changing(table: Table, columns: tuple[str, ...], key: tuple[str, ...], mark: str) -> str:
    """The statement that sets columns of rows that are there."""
    if mark:
        changes = ", ".join(f"{_name(name)} = {mark}" for name in columns)
        places = " AND ".join(f"{_name(name)} = {mark}" for name in key)
        return f"UPDATE {_name(table.name)} SET {changes} WHERE {places}"
    changes = ", ".join(f"{_name(name)} = given.{_name(name)}" for name in columns)
    places = " AND ".join(f"held.{_name(name)} = given.{_name(name)}" for name in key)
    source = f"{_arrays(table, (*columns, *key))} AS given ({_names((*columns, *key))})"
    return f"UPDATE {_name(table.name)} AS held SET {changes} FROM {source} WHERE {places}"


@lru_cache(maxsize=256)
def _matching(table: Table, columns: tuple[str, ...], postgres: bool) -> str:
    """The statement that finds rows by the values of some columns."""
    wanted = ", ".join(f"held.{_name(column.name)}" for column in table.columns)
    held = f"SELECT {wanted} FROM {_name(table.name)} AS held"
    if postgres:
        return f"{held} JOIN {_arrays(table, columns)} AS asked ({_names(columns)}) USING ({_names(columns)})"
    asked = ", ".join(f"json_extract(value, '$[{number}]')" for number in range(len(columns)))
    return f"{held} WHERE ({_names(columns)}) IN (SELECT {asked} FROM json_each(?))"


def _arrays(table: Table, columns: Sequence[str]) -> str:
    """Parameters that each hold a whole column, in psycopg's binary format, as rows."""
    kinds = [column.type for column in (table.c[name] for name in columns)]
    names = ["text" if isinstance(kind, String) else kind.compile(_POSTGRES) for kind in kinds]
    return f"unnest({', '.join(f'%b::{name}[]' for name in names)})"


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(_name, columns))


def _name(name: str) -> str:
    return f'"{name}"'
