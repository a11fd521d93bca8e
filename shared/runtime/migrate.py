"""Brings the databases of chosen services to this program's version."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from shared.kernel.errors import SettingsError
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.store.stores import Addresses, open_stores
from shared.store.tables import read_models


def migrate_services(services: Mapping[str, Service], settings: Settings) -> list[str]:
    """Create or upgrade each service's databases; answers their names."""
    for name, service in services.items():
        if not settings.database:
            (settings.var / name).mkdir(parents=True, exist_ok=True)
        addresses = settings.addresses(name)
        if not _is_current(name, addresses):
            from shared.store.migrations.run import migrate  # Alembic takes longer to import than all else here

            read = service.part("read")
            migrate(name, addresses, read.metadata, read.VERSION)
    return list(services)


def _is_current(service: str, addresses: Addresses) -> bool:
    """Whether this program's versions are there, as at every start but the first."""
    try:
        stores = open_stores(service, addresses)
    except SettingsError:
        return False
    try:
        with stores.read.reading() as connection:
            known = select(read_models.c.service).where(read_models.c.service == service)
            return connection.execute(known).first() is not None
    finally:
        stores.close()
