"""What of a log others may know: entries translated into published events, for relay, feed and trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from shared.contracts import types
from shared.kernel.events import Event
from shared.store.epochs import Epochs
from shared.store.log import Log, LogEntry
from shared.store.mapper import History, plain_event

Translate = Callable[[dict[str, object]], dict[str, object]]

_encode = msgspec.json.Encoder(order="deterministic").encode
_ABOUT = ("person", "notice", "course", "kind", "award")
"""The fields that say what an event is about; two that agree in all that they have are steps of one thing."""


@dataclass(frozen=True)
class Published:
    """How one kind of domain event is published: its contract's type, and the pure function to the contract's data.

    A topic is published always or never, so that a reader can tell a hole from silence.
    """

    type: str
    data: Translate


@dataclass(frozen=True)
class Outgoing:
    """One published event, encoded. ``previous``: the source's last published position below this one."""

    position: int
    previous: int
    body: bytes


@dataclass(frozen=True)
class OutboxPage:
    """A page of published events after a position.

    ``read_to``: the last log position that this page covers, published or not; ``head``: the last published position.
    """

    epochs: Epochs
    head: int
    read_to: int
    events: list[Outgoing]

    @property
    def epoch(self) -> str:
        """The log's current epoch."""
        return self.epochs.current

    @property
    def after_position(self) -> int:
        """The position after which it began."""
        return self.epochs.after_position


@dataclass(frozen=True)
class Trace:
    """One line of the trail: that something was published, and nothing of what it says about anybody.

    ``thread``: a number, the same for those lines of one answer that are about the same thing; 0 where about none.
    """

    epoch: str
    position: int
    time: str
    topic: str
    organisation: str
    revision: int | None
    thread: int


class Outbox:
    """The published side of a service's log. ``source`` is ``/<instance>/<service>``."""

    def __init__(self, log: Log, source: str, published: Mapping[str, Published], history: History) -> None:
        self._log = log
        self.source = source
        self._published = published
        self._history = history
        self._topics = tuple(published)

    def page(self, after: int, limit: int, *, previous: int | None = None) -> OutboxPage:
        """Up to ``limit`` published events after a position; never empty while one lies ahead.

        Each has the epoch in which it was recorded, whenever it is read: its identity never changes.

        ``previous`` is the last published position at or below ``after`` if the caller knows it; else looked up.
        """
        epoch, last = self._log.head()
        epochs = self._log.epochs(epoch)
        entries = self._log.read_after(after, limit, self._topics) if last > after else []
        if previous is None:
            previous = self._log.last_of(self._topics, after) if self._topics else 0
        outgoing = []
        for entry in entries:
            outgoing.append(
                Outgoing(entry.position, previous, self._encode(epochs.of(entry.position), entry, previous))
            )
            previous = entry.position
        reached = entries[-1].position if entries else after
        if len(entries) == limit:
            return OutboxPage(epochs, self.published_head(), reached, outgoing)
        return OutboxPage(epochs, previous, max(reached, last), outgoing)

    def published_head(self) -> int:
        """The last published position."""
        return self._log.last_of(self._topics, self._log.head()[1]) if self._topics else 0

    def about(self, type: str) -> set[str]:
        """The persons about whom an event of this type was published."""
        topics = [topic for topic, published in self._published.items() if published.type == type]
        found: set[str] = set()
        position = 0
        while entries := self._log.read_after(position, 1000, topics) if topics else []:
            found |= {plain_event(self._history, entry)["person"] for entry in entries}
            position = entries[-1].position
        return found

    def trail(self, limit: int, below: int = 0) -> list[Trace]:
        """The newest published events, newest first, with no content; ``below`` a position, where one is given."""
        epochs = self._log.epochs()
        traces: list[Trace] = []
        threads: dict[tuple[object, ...], int] = {}
        for entry in self._log.read_last(limit, self._topics, below):
            event = plain_event(self._history, entry)
            revision = event.get("revision")
            traces.append(
                Trace(
                    epochs.of(entry.position),
                    entry.position,
                    event["time"],
                    entry.topic,
                    event["organisation"],
                    revision if isinstance(revision, int) else None,
                    thread_of(event, threads),
                )
            )
        return traces

    def _encode(self, epoch: str, entry: LogEntry, previous: int) -> bytes:
        event = plain_event(self._history, entry)
        published = self._published[entry.topic]
        envelope = {
            "specversion": types.SPEC_VERSION,
            "id": f"{epoch}:{entry.position}",
            "source": self.source,
            "type": published.type,
            "time": event["time"],
            "datacontenttype": types.DATA_MEDIA_TYPE,
            "dataschema": types.dataschema_of(published.type),
            "organisation": event["organisation"],
            "previous": previous,
            "data": published.data(event),
        }
        if event["person"]:
            envelope["subject"] = event["person"]
        return _encode(envelope)


def thread_of(event: Event, threads: dict[tuple[object, ...], int]) -> int:
    """Which of the threads this event is a step of, a new one where it is of none; 0 where it is about nothing."""
    about = tuple(event.get(name) for name in _ABOUT)
    return threads.setdefault((event["organisation"], *about), len(threads) + 1) if any(about) else 0
