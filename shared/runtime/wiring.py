"""What a process holds of one service: its application and read side, opened from settings."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Self, TypeVar

from sqlalchemy import Connection

from shared.kernel.clock import Clock, today
from shared.people.questions import manages
from shared.people.tables import employments
from shared.runtime.doorbell import ring
from shared.runtime.health import Health, SourceHealth
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.upcoming import Foresee, Upcoming
from shared.store.ahead import reading_ahead
from shared.store.application import CommandApplication
from shared.store.catching_up import catch_up
from shared.store.keys import PersonalKeys
from shared.store.outbox import Outbox
from shared.store.read_audit import ReadAudit
from shared.store.rebuild import Sources
from shared.store.received import SourceFigures, bookmark, source_figures, taken_together
from shared.store.restored import Healed, heal
from shared.store.rows import Rows
from shared.store.seen import Seen
from shared.store.stores import Stores, open_stores
from shared.store.subscriptions import Projection, ReadModels, Subscription
from shared.store.tables import bookmarks

W = TypeVar("W", bound="Wiring")

RESTORED = "Its log was restored from a backup and its lists were not. Stop it and run 'carers restored {service}'."


@dataclass
class Wiring:
    """One service in one process.

    ``due`` sends the commands that the clock makes due and answers how many, every ``due_seconds``; ``foresee`` asks
    the read side what the clock will make happen next. ``peers`` are the services wired in the same process, whose
    heads tell exactly how far behind this one is.
    ``is_ahead``: questions are answered as the own log has it, also what the worker has not folded yet.
    """

    service: Service
    settings: Settings
    clock: Clock
    stores: Stores
    application: CommandApplication
    outbox: Outbox
    projection: Projection
    subscriptions: tuple[Subscription, ...]
    models: ReadModels
    due: Callable[[Wiring], int] | None = None
    due_seconds: float = 1.0
    foresee: Foresee | None = None
    peers: Mapping[str, Wiring] = field(default_factory=dict)
    is_ahead: bool = False

    @property
    def keys(self) -> PersonalKeys:
        """The persons' keys, for opening sealed text at the moment of showing it."""
        return self.stores.keys

    @property
    def read_audit(self) -> ReadAudit:
        """Who was shown what of whom."""
        return ReadAudit(self.stores.log.database)

    @property
    def seen(self) -> Seen:
        """What each person has marked as seen."""
        return Seen(self.stores.log.database)

    @property
    def own(self) -> str:
        """The name of the service's subscription to its own log."""
        return f"{self.service.name}.own"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions on the read side."""
        history = self.application.history
        with (
            reading_ahead(self.stores, self.own, self.service.name, self.projection, history)
            if self.is_ahead
            else self.stores.read.reading()
        ) as connection:
            yield connection

    def ahead(self) -> Self:
        """The same service, its lists shown as its own log has them: for whoever has just changed something."""
        return replace(self, is_ahead=True)

    def catch_up(self, position: int | None = None, within: float = 0.0) -> bool:
        """Whether the read side shows the own log up to a position, its end where none is given.

        ``within``: seconds that are waited for it.
        """
        wanted = self.stores.log.head()[1] if position is None else position
        return catch_up(self.stores.read, self.service.name, wanted, within)

    def manages(self, person: str) -> bool:
        """Whether a person manages anybody today; False where the service has no view of people."""
        if employments.name not in self.models.metadata.tables:
            return False
        with self.stores.read.reading() as connection:
            return manages(connection, person, today(self.clock))

    def upcoming(self) -> list[Upcoming]:
        """What the clock will make happen in this service next, the soonest of each kind."""
        if self.foresee is None:
            return []
        with self.reading() as connection:
            return list(self.foresee(connection, self.clock.now()))

    def act_when_due(self) -> int:
        """Send the commands that the clock makes due; answers how many. That there was none is noted for ``is_due``."""
        assert self.due is not None
        with self.stores.read.reading() as connection:
            place, noted = self._place(connection), self._looked(connection)
        done = self.due(self)
        if not done and place != noted:
            self._note(*place)
        return done

    def is_due(self) -> bool:
        """Whether the timer has still to look at this business day, or at something that came since it looked."""
        if self.due is None:
            return False
        with self.stores.read.reading() as connection:
            return self._looked(connection) != self._place(connection)

    def _place(self, connection: Connection) -> tuple[str, int]:
        """The business day, and how much the read side has: what a look of the timer is about."""
        names = (self.own, *(subscription.name for subscription in self.subscriptions))
        return today(self.clock).isoformat(), taken_together(connection, names)

    def _looked(self, connection: Connection) -> tuple[str, int]:
        return bookmark(connection, f"{self.service.name}.due", self.service.name)

    def _note(self, day: str, position: int) -> None:
        row: dict[str, object] = {"subscription": f"{self.service.name}.due", "source": self.service.name, "epoch": day}
        row |= {"position": position, "head": position, "moved": time.time()}
        with self.stores.read.writing() as connection:
            Rows(connection).upsert(bookmarks, [row], key=("subscription", "source"))

    def figures(self) -> list[SourceFigures]:
        """For each subscription: how far it is, when it last moved, and what is parked, held or unknown."""
        names = (self.own, *(subscription.name for subscription in self.subscriptions))
        with self.reading() as connection:
            return source_figures(connection, names, now=time.time())

    def health(self) -> Health:
        """Ready while the log answers and nothing is recorded over a restored one; how far behind each source it is."""
        found = {figure.subscription: figure for figure in self.figures()}
        _, last = self.stores.log.head()  # after the figures: only a restored log can have less
        own = found.get(self.own)
        why = RESTORED.format(service=self.service.name) if own and own.position > last else ""
        sources = [self._source_health(found.get(self.own), self.service.name, last)]
        for subscription in self.subscriptions:
            figure = found.get(subscription.name)
            peer = self.peers.get(subscription.source)
            head = peer.outbox.published_head() if peer else figure.head if figure else 0
            sources.append(self._source_health(figure, subscription.source, head))
        return Health(ready=not why, why=why, sources=tuple(sources))

    def _source_health(self, figure: SourceFigures | None, source: str, head: int) -> SourceHealth:
        position = figure.position if figure else 0
        behind = abs(head - position)  # a source that was restored may have less: what is to be withdrawn
        idle = behind == 0 and source == self.service.name
        age = 0.0 if idle or figure is None else figure.age
        if figure is None:
            return SourceHealth(source, behind, age)
        return SourceHealth(source, behind, age, figure.parked, figure.held, figure.exceptions)

    def heal(self) -> Healed:
        """Make the read side, and the log's erasures, agree with a restored log and the keys; else nothing happens."""
        forgotten = self.application.forget_again(self.keys.destroyed())
        healed = heal(self.stores, self.models, self.sources(), self.application.history)
        return replace(healed, forgotten=forgotten)

    def sources(self) -> Sources:
        """What the read models are folded from."""
        return Sources(self.service.name, self.own, self.projection, self.subscriptions)

    def close(self) -> None:
        """Give every connection back."""
        self.application.close()
        self.stores.close()


def open_wiring(
    kind: type[W],
    service: Service,
    settings: Settings,
    clock: Clock,
    *,
    build: Callable[[Stores, Clock], CommandApplication],
    due: Callable[[Wiring], int] | None = None,
    due_seconds: float = 1.0,
    foresee: Foresee | None = None,
) -> W:
    """Open a service's stores and put its parts together from the tables in its folder.

    ``kind``: the service's own wiring, which names the type of what ``build`` makes; ``published``, ``consumed`` and
    ``read`` give the rest.
    """
    stores = open_stores(service.name, settings.addresses(service.name))
    application = build(stores, clock)
    application.on_stored = lambda: ring(settings.doorbell, service.name)
    read = service.part("read")
    return kind(
        service=service,
        settings=settings,
        clock=clock,
        stores=stores,
        application=application,
        outbox=Outbox(
            stores.log, f"/{settings.instance}/{service.name}", service.part("published").PUBLISHED, application.history
        ),
        projection=Projection(service.part("read.projected").PROJECTED),
        subscriptions=service.part("consumed").CONSUMED,
        models=ReadModels(read.metadata, read.VERSION),
        due=due,
        due_seconds=due_seconds,
        foresee=foresee,
    )


def wire(service: Service, settings: Settings, clock: Clock) -> Wiring:
    """A service as its own ``wiring.py`` puts it together."""
    wiring: Wiring = service.part("wiring").wire(settings, clock)
    return wiring


def wire_all(services: Mapping[str, Service], settings: Settings, clock: Clock) -> dict[str, Wiring]:
    """Services of one process by name, each of which knows the others."""
    wirings = {name: wire(service, settings, clock) for name, service in services.items()}
    for wiring in wirings.values():
        wiring.peers = wirings
    return wirings
