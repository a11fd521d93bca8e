"""The probe on both substrates."""

from tests.shared.probe.substrates import (
    clock,
    open_probe,
    postgres_database,
    probe,
    settings,
    sqlite_template,
)

__all__ = ["clock", "open_probe", "postgres_database", "probe", "settings", "sqlite_template"]
