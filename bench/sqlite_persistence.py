"""What eventsourcing takes as ``PERSISTENCE_MODULE`` for SQLite here: its own, with a recorder that can be followed."""

from bench.library import PullingFactory as Factory

__all__ = ["Factory"]
