"""Taking away everything that a demonstration has recorded, so that it can begin anew. Its keys stay."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import exc, text

from shared.kernel.errors import SettingsError
from shared.runtime.migrate import migrate_services
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.world_record import MAKING, WorldRecord
from shared.store.database import Database
from shared.store.leases import is_held
from shared.store.stores import open_databases, open_stores


def is_empty(services: Mapping[str, Service], settings: Settings) -> bool:
    """Whether no service has recorded anything; their databases are there."""
    for name in services:
        stores = open_stores(name, settings.addresses(name))
        try:
            if stores.log.head()[1]:
                return False
        finally:
            stores.close()
    return True


def reset(services: Mapping[str, Service], settings: Settings) -> None:
    """Empty every service's databases. Raises ``SettingsError`` outside the demonstration, and while a worker runs."""
    require_demonstration(settings)
    if (record := WorldRecord.read(settings.var)) is not None:
        replace(record, state=MAKING).write(settings.var)  # were this killed, the next start begins anew
    for name in services:
        if settings.database:
            _empty_postgres(name, settings)
        else:
            shutil.rmtree(settings.var / name, ignore_errors=True)
    (settings.var / "world.json").unlink(missing_ok=True)
    for file in settings.clock_file.parent.glob(f"{settings.clock_file.name}*"):
        file.unlink()
    migrate_services(services, settings)


def require_demonstration(settings: Settings) -> None:
    """Raises ``SettingsError`` outside the demonstration."""
    if not settings.demonstration:
        raise SettingsError("Only a demonstration can be reset: this deployment's records are real.")


def _empty_postgres(name: str, settings: Settings) -> None:
    databases = open_databases(settings.addresses(name))
    try:
        if _is_published(databases["log"]):
            raise SettingsError(f"A worker of {name} runs. Stop every web and worker, and reset again.")
        for database in databases.values():
            with database.writing() as connection:
                connection.execute(text(f'DROP SCHEMA IF EXISTS "{database.schema}" CASCADE'))
    finally:
        for database in databases.values():
            database.close()


def _is_published(log: Database) -> bool:
    try:
        return is_held(log)
    except exc.SQLAlchemyError:
        return False  # there is no such database yet
