"""A service's stores, opened from addresses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import column, exc, select, table

from shared.kernel.errors import SettingsError
from shared.store.database import Database
from shared.store.keys import FileCustody, Keys
from shared.store.log import Log
from shared.store.tables import KEYS_VERSION, LOG_VERSION, RECEIVED_VERSION

_VERSIONS = {"log": LOG_VERSION, "read": RECEIVED_VERSION, "keys": KEYS_VERSION}


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
    keys: Keys

    def close(self) -> None:
        """Give every connection back."""
        self.log.database.close()
        self.read.close()
        self.keys.database.close()


def open_stores(service: str, addresses: Addresses) -> Stores:
    """Open a service's stores; raises ``SettingsError`` where they are missing or of another version."""
    databases = open_databases(addresses)
    try:
        for part, database in databases.items():
            _check_version(service, part, database)
        custody = FileCustody(addresses.custody)
    except SettingsError:
        for database in databases.values():
            database.close()
        raise
    return Stores(Log(databases["log"]), databases["read"], Keys(databases["keys"], custody))


def open_databases(addresses: Addresses) -> dict[str, Database]:
    """The three databases by name, whatever their version."""
    return {
        "log": Database(addresses.log, schema="log"),
        "read": Database(addresses.read, schema="read"),
        "keys": Database(addresses.keys, schema="keys", pool_size=1, secure_delete=True),
    }


def _check_version(service: str, part: str, database: Database) -> None:
    try:
        with database.reading() as connection:
            version = connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()
    except exc.SQLAlchemyError as error:
        raise SettingsError(
            f"The {part} database of {service} is not set up or cannot be reached. Run 'carers migrate'."
        ) from error
    if version != _VERSIONS[part]:
        raise SettingsError(
            f"The {part} database of {service} has version {version}, this program needs {_VERSIONS[part]}. "
            "Run 'carers migrate' with this program's release."
        )
