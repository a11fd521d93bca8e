"""The probe on both substrates."""

from tests.shared.probe.substrates import (
    clock,
    instance,
    open_probe,
    postgres_database,
    probe,
    settings,
    sqlite_template,
)

__all__ = ["clock", "instance", "open_probe", "postgres_database", "probe", "settings", "sqlite_template"]
