"""One database behind SQLAlchemy Core: an SQLite file or a PostgreSQL schema, with the settings that matter."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.sql import quoted_name

_WRITE = "carers_write"

_SECURE_DELETE = ("secure_delete=ON",)
_IN_BULK = ("page_size=8192", "cache_size=-4000", "wal_autocheckpoint=2000")
"""Settings of SQLite, the first for a file that is new. In bulk: pages of 8 KB, in which messages and returns leave a
tenth less unused; 4 MB of them in memory, and 16 MB of log before they are copied into the file, so that a page which
many transactions write is copied once: a fifth less time for a row of the read side."""

_WAL_BYTES = 4 * 1024 * 1024
"""A log of SQLite's that a great transaction made longer is cut back to this once it is copied into the file."""


class Database:
    """An engine that knows how to begin a reading and a writing transaction.

    SQLite: WAL, ``synchronous=FULL``, ``BEGIN IMMEDIATE`` for every write (a plain ``BEGIN`` failed 1-5 % of the
    time at once), and writers of one process take turns here rather than inside SQLite, where a waiting one would
    stop a green worker's loop. PostgreSQL: lock, statement and idle time-outs, one schema on the search path.
    ``in_bulk``: it is written by thousands of rows in a transaction.
    """

    def __init__(
        self,
        url: str,
        *,
        schema: str = "public",
        pool_size: int = 2,
        secure_delete: bool = False,
        in_bulk: bool = False,
    ) -> None:
        self.url: URL = make_url(url)
        self.schema = schema
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine: Engine = (
            _sqlite_engine(self.url, pool_size, [*_SECURE_DELETE * secure_delete, *_IN_BULK * in_bulk])
            if self.is_sqlite
            else _postgres_engine(self.url, schema, pool_size)
        )
        self._turn = threading.RLock() if self.is_sqlite else nullcontext()
        self._reader = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writer = self.engine.execution_options(**{_WRITE: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions: one snapshot on SQLite, statement by statement on PostgreSQL."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that commits at the end and rolls back on any error."""
        with self._turn, self._writer.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """A connection in a writing transaction that is always rolled back."""
        with self._turn, self._writer.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    @contextmanager
    def cursor(self, *, writing: bool = False) -> Iterator[Any]:
        """The driver's own cursor, for the few statements that every command runs (a third of SQLAlchemy's cost).

        Each statement commits by itself; with ``writing`` the writers of an SQLite file take turns. Raises the
        driver's errors: ``dbapi`` names their classes.
        """
        with self._turn if writing else nullcontext():
            lent = self.engine.raw_connection()
            connection: Any = lent.driver_connection
            try:
                if not self.is_sqlite:
                    connection.autocommit = True
                cursor = connection.cursor()
                yield cursor
                cursor.close()
            except self.dbapi.IntegrityError:
                raise  # the connection is as good as before
            except BaseException:
                lent.invalidate()
                raise
            finally:
                if not self.is_sqlite and lent.is_valid:
                    connection.autocommit = False
                lent.close()

    @property
    def dbapi(self) -> Any:
        """The driver's module, for its error classes."""
        return self.engine.dialect.loaded_dbapi

    def now(self, connection: Connection) -> float:
        """The database's own clock in seconds since 1970, for leases shared between machines."""
        statement = (
            "SELECT (julianday('now') - 2440587.5) * 86400.0"
            if self.is_sqlite
            else "SELECT extract(epoch FROM clock_timestamp())"
        )
        return float(connection.execute(text(statement)).scalar_one())

    def checkpoint(self) -> None:
        """Copy SQLite's write-ahead log into the file and cut it to nothing; PostgreSQL does so by itself."""
        if self.is_sqlite:
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    def analyze(self) -> None:
        """Let PostgreSQL's planner know what was loaded just now, before its autovacuum looks; SQLite needs it not."""
        if not self.is_sqlite:
            with self.writing() as connection:
                connection.execute(text("ANALYZE"))

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _sqlite_engine(url: URL, pool_size: int, settings: Sequence[str]) -> Engine:
    engine = create_engine(url, pool_size=max(pool_size, 8), max_overflow=20, pool_timeout=10)

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=5000")
        for setting in settings:
            cursor.execute(f"PRAGMA {setting}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA journal_size_limit={_WAL_BYTES}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        mode = cursor.execute("PRAGMA synchronous").fetchone()[0]
        if mode != 2:
            raise RuntimeError("SQLite does not run with synchronous=FULL here; an acknowledged command could be lost.")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _postgres_engine(url: URL, schema: str, pool_size: int) -> Engine:
    options = (
        f"-csearch_path={schema} -clock_timeout=3s -cstatement_timeout=60s "
        "-cidle_in_transaction_session_timeout=60s -ctimezone=UTC"
    )
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=20,
        pool_timeout=10,
        pool_pre_ping=False,
        pool_recycle=1800,
        connect_args={"connect_timeout": 5, "options": options, "application_name": "carers"},
    )


def create_schema(database: Database) -> None:
    """Make the PostgreSQL schema of this database if it is not there; nothing on SQLite."""
    if database.is_sqlite:
        return
    with database.writing() as connection:
        name = quoted_name(database.schema, quote=True)
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{name}"'))
