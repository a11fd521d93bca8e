"""A service's stores, opened from addresses."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Select, column, exc, select, table

from shared.kernel.errors import CarersError, SettingsError, UnavailableError
from shared.store.database import Database
from shared.store.keys import FileCustody, PersonalKeys
from shared.store.log import Log
from shared.store.tables import KEYS_VERSION, LOG_VERSION, RECEIVED_VERSION

WAIT_SECONDS = 30.0
"""How long a process that starts waits for its database server."""

VERSIONS = {"log": LOG_VERSION, "read": RECEIVED_VERSION, "keys": KEYS_VERSION}


@dataclass(frozen=True)
class Addresses:
    """Where a service's databases are: SQLAlchemy URLs, and the file of the key that wraps persons' keys."""

    log: str
    read: str
    keys: str
    custody: Path


@dataclass(frozen=True)
class Stores:
    """The log, the read side and the keys of one service."""

    log: Log
    read: Database
    keys: PersonalKeys

    def tidy(self) -> None:
        """After a great load: SQLite's files as small as they can be, and PostgreSQL's planner knows what there is."""
        for database in (self.log.database, self.read, self.keys.database):
            database.checkpoint()
            database.analyze()

    def close(self) -> None:
        """Give every connection back."""
        self.log.database.close()
        self.read.close()
        self.keys.database.close()


def open_stores(service: str, addresses: Addresses) -> Stores:
    """Open a service's stores.

    Raises ``SettingsError`` where they are missing or of another version, ``UnavailableError`` where the server does
    not take connections within half a minute.
    """
    databases = open_databases(addresses)
    try:
        for part, database in databases.items():
            _check_version(service, part, database)
        custody = FileCustody(addresses.custody)
    except CarersError:
        for database in databases.values():
            database.close()
        raise
    return Stores(Log(databases["log"]), databases["read"], PersonalKeys(databases["keys"], custody))


def open_databases(addresses: Addresses) -> dict[str, Database]:
    """The three databases by name, whatever their version."""
    return {
        "log": Database(addresses.log, schema="log"),
        "read": Database(addresses.read, schema="read", in_bulk=True),
        "keys": Database(addresses.keys, schema="keys", pool_size=1, secure_delete=True),
    }


def _check_version(service: str, part: str, database: Database) -> None:
    version = _version(service, part, database)
    if version != VERSIONS[part]:
        raise SettingsError(
            f"The {part} database of {service} has version {version}, this program needs {VERSIONS[part]}. "
            "Run 'carers migrate' with this program's release."
        )


def _version(service: str, part: str, database: Database) -> str | None:
    """The version that a database says it has; a server that is starting, or full, is waited for."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with database.reading() as connection:
                stated: Select[Any] = select(column("version_num")).select_from(table("alembic_version"))
                return connection.execute(stated).scalar()
        except exc.SQLAlchemyError as error:
            if not _is_away(error):
                raise SettingsError(f"The {part} database of {service} is not set up. Run 'carers migrate'.") from error
            if time.monotonic() > deadline:
                raise UnavailableError(
                    f"The {part} database of {service} cannot be reached. Does its server run, and has it room for "
                    "more connections?"
                ) from error
            time.sleep(0.5)


def _is_away(error: exc.SQLAlchemyError) -> bool:
    """Whether the server did not take the connection; a database that is missing on it is another matter."""
    if not isinstance(error, exc.OperationalError) or isinstance(error.orig, sqlite3.Error):
        return False
    return "does not exist" not in str(error.orig)  # such errors have no code when they end a connection
