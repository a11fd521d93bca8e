"""What the web needs of a service: its application, its read side, its clock."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from flask import g

from shared.kernel.clock import Clock
from shared.web.state import state

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shared.store.application import Answer, CommandKey
    from shared.store.outbox import Outbox
    from shared.store.seen import Seen
    from shared.web.directory import Directory
    from shared.web.health import Health
    from shared.web.trail import TrailRow
    from shared.web.upcoming import Upcoming


class ServiceRecord(Protocol):
    """The record in a service's ``__init__.py``."""

    @property
    def name(self) -> str:
        """Its frozen name, also its place in URLs."""
        ...

    @property
    def title(self) -> str:
        """Its name for people."""
        ...

    @property
    def folder(self) -> str:
        """Its package as a dotted name."""
        ...

    @property
    def about(self) -> str:
        """One sentence: what people find there."""
        ...


class Commands(Protocol):
    """What takes commands."""

    def execute(self, command: Any, key: CommandKey) -> Answer:
        """Handle the command once under its key."""
        ...


class Wiring(Protocol):
    """A service as it is wired in this process."""

    @property
    def service(self) -> ServiceRecord:
        """The service's record."""
        ...

    @property
    def application(self) -> Commands:
        """Where commands go."""
        ...

    @property
    def clock(self) -> Clock:
        """Business time."""
        ...

    @property
    def directory(self) -> Directory | None:
        """Who one can sign in as, where this service keeps the names."""
        ...

    @property
    def outbox(self) -> Outbox:
        """The published side of the service's log."""
        ...

    @property
    def seen(self) -> Seen:
        """What each person has marked as seen."""
        ...

    def manages(self, person: str) -> bool:
        """Whether a person manages anybody today, as far as this service knows."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection on the read side, given back when the block ends."""
        ...

    def ahead(self) -> Any:
        """The same service with its lists as its own log has them, also where the read side is behind."""
        ...

    def reached(self, position: int) -> bool:
        """Whether the read side shows the service's own log up to this position."""
        ...

    def health(self) -> Health:
        """The service's figures."""
        ...

    def trail(self, limit: int, below: int = 0) -> list[TrailRow]:
        """The newest events of the service's log, newest first; ``below`` a position, where one is given."""
        ...

    def upcoming(self) -> list[Upcoming]:
        """What the clock will make happen in the service next, the soonest of each kind."""
        ...

    def is_due(self) -> bool:
        """Whether the timer has still to look at this business day, or at something that came since it looked."""
        ...


def wiring(name: str) -> Any:
    """The wiring of one service of this process, as its own ``wire`` built it.

    On a page that follows a command its service's lists have the change, whether or not the worker has folded it.
    """
    found = state().wirings[name]
    return found.ahead() if g.get("behind") == name else found
