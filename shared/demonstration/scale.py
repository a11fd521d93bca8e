"""For how many people one member of a world's organisation stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from shared.demonstration.record import READY, WorldRecord


class Folder(Protocol):
    """What is asked of the settings."""

    @property
    def demonstration(self) -> bool:
        """Whether this is practice."""
        ...

    @property
    def var(self) -> Path:
        """The folder of the deployment."""
        ...


def people_each(settings: Folder) -> Mapping[str, int]:
    """By organisation (slug), for how many people of its published headcount one member stands; else empty."""
    return _each(settings.var) if settings.demonstration else {}


def _each(folder: Path) -> Mapping[str, int]:
    try:
        changed = (folder / "world.json").stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    return _read(folder, changed)


@lru_cache(maxsize=4)
def _read(folder: Path, _changed: int) -> Mapping[str, int]:
    record = WorldRecord.read(folder)
    return record.each if record and record.state == READY else {}
