"""Between domain events and stored events: plain JSON, explicit names and versions, personal fields sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.utils import get_topic, resolve_topic

from shared.store.keys import PersonalKeys
from shared.store.log import LogEntry

Upcaster = Callable[[dict[str, object]], dict[str, object]]
History = Mapping[tuple[str, int], Upcaster]
"""For a stored (topic, version), the pure function to the next version's state."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class SealingMapper(Mapper[UUID]):
    """Writes ``class_version`` always and seals an event's ``SEALED`` fields with its person's key.

    A field sealed for a person whose key is gone reads as None; writing one raises ``ErasedError``.
    """

    def __init__(self, keys: PersonalKeys, history: History) -> None:
        super().__init__(transcoder=JSONTranscoder())
        self._keys = keys
        self._history = history

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The stored form; raises ``ErasedError`` where a sealed field's person has no key."""
        cls: Any = type(domain_event)
        state = dict(vars(domain_event))
        originator_id = state.pop("originator_id")
        originator_version = state.pop("originator_version")
        state["timestamp"] = state["timestamp"].isoformat()
        state["class_version"] = cls.class_version
        for field in cls.SEALED:
            if state[field] is not None:
                state[field] = self._keys.seal(state["person"], state[field], field)
        return StoredEvent(originator_id, originator_version, get_topic(cls), _encode(state))

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        """The event again, at today's version, sealed fields opened."""
        cls: Any = resolve_topic(stored_event.topic)
        state = upcast(self._history, stored_event.topic, _decode(stored_event.state))
        for field in cls.SEALED:
            state[field] = self._keys.open(state["person"], state[field], field)
        state["timestamp"] = datetime.fromisoformat(state["timestamp"])
        state["originator_id"] = stored_event.originator_id
        state["originator_version"] = stored_event.originator_version
        event: DomainEventProtocol[UUID] = object.__new__(cls)
        object.__setattr__(event, "__dict__", state)
        return event


def upcast(history: History, topic: str, state: dict[str, Any]) -> dict[str, Any]:
    """A stored state brought to today's version; the version itself is dropped."""
    version = state.pop("class_version")
    while (step := history.get((topic, version))) is not None:
        state = step(state)
        version += 1
    return state


def plain_event(history: History, entry: LogEntry) -> dict[str, Any]:
    """A log entry as a plain dict at today's version, sealed fields still sealed.

    PersonalKeys: topic, position, time (ISO), originator_id (hex), version, and the event's own fields.
    """
    state = upcast(history, entry.topic, _decode(entry.state))
    state["topic"] = entry.topic
    state["position"] = entry.position
    state["time"] = state.pop("timestamp")
    state["originator_id"] = entry.originator_id.hex
    state["version"] = entry.originator_version
    return state
