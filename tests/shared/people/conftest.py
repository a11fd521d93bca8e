"""The probe on both substrates, for tests that need no more."""

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
