"""The probe's read models."""

from tests.shared.probe.read.tables import metadata

VERSION = 1

__all__ = ["VERSION", "metadata"]
