"""What a service does with events: tables from a published event, or one of its own, to an effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import MetaData

from shared.store.rows import Rows

RowEffect = Callable[[Rows, Sequence[dict[str, Any]]], None]
MakeCommands = Callable[[dict[str, Any]], Sequence[Any]]


@dataclass(frozen=True)
class ToRows:
    """Apply a run of events to the read side, in order, in the inbox's transaction."""

    effect: RowEffect


@dataclass(frozen=True)
class ToCommands:
    """Turn one event into commands of the own application, saved once under the event's place in its source."""

    make: MakeCommands


@dataclass(frozen=True)
class Subscription:
    """One service's interest in one source. ``name`` is stored data and never changes.

    ``source`` is the publishing service; ``effects`` maps a published type to what is done, one after another.
    """

    name: str
    source: str
    effects: Mapping[str, Sequence[ToRows | ToCommands]]


@dataclass(frozen=True)
class Projection:
    """A service's view of its own log. ``effects`` maps a topic to its row effect; others are passed over."""

    effects: Mapping[str, RowEffect]


@dataclass(frozen=True)
class ReadModels:
    """The tables that a service folds events into, and their version: a new version is filled by a rebuild."""

    metadata: MetaData
    version: int
