"""The base of every aggregate and domain event.

An event's fields are plain JSON: ISO text, integers, ``"n/d"`` fractions, lists, mappings. The aggregate turns
them into dates and fractions when it applies them. ``TOPIC`` is the stored name for ever, ``class_version`` is
written with each event, and ``SEALED`` names the fields that a person's key protects.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from eventsourcing.domain import AggregateCreated, AggregateEvent, BaseAggregate


class Aggregate(BaseAggregate[UUID]):
    """An aggregate of ours.

    Each has a ``TOPIC``; each nested event has one too, and a method ``apply(self, aggregate)``. The first event
    inherits ``(Event, First)`` and is applied by the aggregate's ``__init__``, which takes its fields as keywords.
    """

    class Event(AggregateEvent):
        """What happened, to whom, where they worked that day, and who did it.

        ``person``: the person's UUID as text, or empty where no person is concerned.
        ``organisation``: the organisation's slug on the day.
        ``by``: the actor's person UUID, ``"clock"`` or ``"system"``.
        """

        class_version: ClassVar[int] = 1
        SEALED: ClassVar[tuple[str, ...]] = ()

        person: str
        organisation: str
        by: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Raises ``TypeError`` for an aggregate without a stored name."""
        if "TOPIC" not in cls.__dict__:
            raise TypeError(f"{cls.__name__} needs a TOPIC, its stored name for ever.")
        super().__init_subclass__(**kwargs)

    def record(self, event_class: type[Any], *, at: datetime, **fields: object) -> None:
        """Trigger an event recorded at the business time ``at`` (aware, UTC)."""
        self.trigger_event(event_class, timestamp=at, **fields)

    @classmethod
    def begin(cls, event_class: type[Any], *, id: UUID, at: datetime, **fields: Any) -> Self:
        """Create an aggregate with its first event, recorded at the business time ``at`` (aware, UTC)."""
        return cls._create(event_class, id=id, timestamp=at, **fields)


First = AggregateCreated
"""The mixin that makes an event an aggregate's first."""
