"""What a service does with events: tables from a published event, or one of its own, to an effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import MetaData

from shared.contracts.wire import stream_of
from shared.kernel.events import Event
from shared.store.commands import CommandKey
from shared.store.rows import Rows

E = TypeVar("E")
RowEffect = Callable[[Rows, Sequence[Event]], None]
MakeCommands = Callable[[Event], Sequence[object]]


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

    def __post_init__(self) -> None:
        for kind, effects in self.effects.items():
            if sum(isinstance(effect, ToCommands) for effect in effects) > 1:
                raise TypeError(f"{self.name}: {kind} has two effects whose commands would share their keys; make one.")

    @property
    def commanding(self) -> list[str]:
        """The types that are turned into commands."""
        return [type for type, effects in self.effects.items() if any(isinstance(each, ToCommands) for each in effects)]


def commands_of(subscription: str, effect: ToCommands, event: Event) -> list[tuple[object, CommandKey]]:
    """The commands that an event is turned into, each with the key that makes it happen once: the event's place."""
    place = f"{event['source']}:{event['id']}"
    return [
        (command, CommandKey(subscription, f"{place}:{number}")) for number, command in enumerate(effect.make(event))
    ]


def runs_of_streams(
    events: Sequence[Event], effects: Mapping[str, Sequence[ToRows | ToCommands]]
) -> Iterator[list[Event]]:
    """Received events with the same effects together, so that an effect is called seldom.

    Order is kept within each stream; between streams it matters to no effect.
    """
    for _, run in few_runs([(event, stream_of(event), effects[event["type"]]) for event in events]):
        yield run


def few_runs(told: Sequence[tuple[Event, str, E]]) -> Iterator[tuple[E, list[Event]]]:
    """From events, each with its stream and effect, each effect with a run of events, in the order of each stream."""
    rest = told
    while rest:
        wanted = rest[0][2]
        run: list[Event] = []
        later = []
        waiting: set[str] = set()
        for item in rest:
            event, stream, held = item
            if held is wanted and stream not in waiting:
                run.append(event)
            else:
                later.append(item)
                waiting.add(stream)
        yield wanted, run
        rest = later


@dataclass(frozen=True)
class Projection:
    """A service's view of its own log. ``effects`` maps a topic to its row effect; others are passed over."""

    effects: Mapping[str, RowEffect]


@dataclass(frozen=True)
class ReadModels:
    """The tables that a service folds events into, and their version: a new version is filled by a rebuild."""

    metadata: MetaData
    version: int
