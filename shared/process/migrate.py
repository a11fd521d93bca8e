"""Brings the databases of chosen services to this program's version."""

from __future__ import annotations

from collections.abc import Mapping

from shared.process.service import Service
from shared.process.settings import Settings
from shared.store.migrations.run import migrate


def migrate_services(services: Mapping[str, Service], settings: Settings) -> list[str]:
    """Create or upgrade each service's databases; answers their names."""
    for name, service in services.items():
        if not settings.database:
            (settings.var / name).mkdir(parents=True, exist_ok=True)
        read = service.part("read")
        migrate(name, settings.addresses(name), read.metadata, read.VERSION)
    return list(services)
