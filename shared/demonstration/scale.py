"""For how many people one member of a world's organisation stands, and of which organisations people are told of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from shared.runtime.world_record import READY, WorldRecord


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
    world = _world(settings)
    return world.each if world else {}


def without_history(settings: Folder) -> frozenset[str]:
    """The organisations (slugs) of which a world tells what they have in place, and of nobody's days; else empty."""
    world = _world(settings)
    return frozenset(world.each).difference(world.living) if world and world.living else frozenset()


def in_scale(people: str, each: int) -> str:
    """A number of people, with how many people one of them stands for where that is more than one."""
    if not people or each <= 1:
        return people
    return f"{people.removesuffix('.0')} people in this demonstration; one stands for about {each}"


def _world(settings: Folder) -> WorldRecord | None:
    """The world that was made and is ready; None where there is none, and outside a demonstration."""
    if not settings.demonstration:
        return None
    try:
        changed = (settings.var / "world.json").stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _read(settings.var, changed)


@lru_cache(maxsize=4)
def _read(folder: Path, _changed: int) -> WorldRecord | None:
    record = WorldRecord.read(folder)
    return record if record and record.state == READY else None
