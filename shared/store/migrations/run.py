"""Bring a service's databases to this program's version; imported by ``carers migrate`` and ``carers up`` alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, select, text

from shared.store.database import Database, create_schema
from shared.store.keys import FileCustody
from shared.store.rows import insert_missing
from shared.store.stores import Addresses, open_databases
from shared.store.tables import read_models

_FOLDER = Path(__file__).parent
_ADVISORY_LOCK = 0x6361726572  # "carer"


def migrate(service: str, addresses: Addresses, models: MetaData, models_version: int) -> None:
    """Create or upgrade a service's databases, its key file and the tables of its read models."""
    FileCustody.create(addresses.custody)
    databases = open_databases(addresses)
    try:
        with _alone(databases["log"]):
            for part, database in databases.items():
                create_schema(database)
                _upgrade(part, database)
            _create_models(service, databases["read"], models, models_version)
    finally:
        for database in databases.values():
            database.close()


def latest(part: str) -> str:
    """The newest version of a part (``log``, ``read`` or ``keys``) that the scripts know."""
    revision = ScriptDirectory.from_config(_config(part)).get_current_head()
    if revision is None:
        raise LookupError(part)
    return revision


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """Others that migrate the same databases wait; on SQLite each step's own write lock lets them."""
    if database.is_sqlite:
        yield
        return
    with database.reading() as connection:
        connection.execute(text("SET lock_timeout = '60s'"))
        connection.execute(text(f"SELECT pg_advisory_lock({_ADVISORY_LOCK})"))
        yield
        connection.execute(text(f"SELECT pg_advisory_unlock({_ADVISORY_LOCK})"))


def _config(part: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER / part))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(part: str, database: Database) -> None:
    config = _config(part)
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _create_models(service: str, read: Database, models: MetaData, version: int) -> None:
    with read.writing() as connection:
        known = connection.execute(select(read_models.c.service).where(read_models.c.service == service)).scalar()
        if known is None:
            models.create_all(connection, checkfirst=True)
            insert_missing(connection, read_models, [{"service": service, "version": version, "rebuilds": 0}])
