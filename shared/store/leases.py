"""Who may publish a log: one row of holder, fence and bookmark, moved by conditional update."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass

from sqlalchemy import and_, or_, select, update

from shared.kernel.errors import CarersError
from shared.kernel.ids import new_id
from shared.store.database import Database
from shared.store.rows import insert_missing
from shared.store.tables import relays

TTL_SECONDS = 10.0
_RENEW_SECONDS = 3.0


class LeaseLostError(CarersError):
    """Another process holds the lease now; what this one sent may be sent again, its bookmark was not moved."""

    code = "lease-lost"


@dataclass(frozen=True)
class Place:
    """How far a log has been published. ``previous``: the last published position at or below ``position``."""

    position: int
    previous: int


def is_held(database: Database) -> bool:
    """Whether a worker publishes this log just now, or did until a few seconds ago and was killed."""
    with database.reading() as connection:
        now = database.now(connection)
        return connection.execute(select(relays.c.name).where(relays.c.expires > now)).first() is not None


class Lease:
    """The right to publish one service's log and to send what its clock makes due."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name
        self._holder = f"{socket.gethostname()[:20]}-{os.getpid()}-{str(new_id())[:8]}"
        self._fence = 0
        self._renewed = 0.0
        self._place: Place | None = None

    def hold(self) -> Place | None:
        """Take or keep the lease; answers the bookmark, or None while another process holds it."""
        if self._place is not None and time.monotonic() - self._renewed < _RENEW_SECONDS:
            return self._place
        with self._database.writing() as connection:
            now = self._database.now(connection)
            self._ensure_row(connection)
            taken = connection.execute(
                update(relays)
                .where(
                    relays.c.name == self._name,
                    or_(and_(relays.c.holder == self._holder, relays.c.fence == self._fence), relays.c.expires < now),
                )
                .values(holder=self._holder, fence=relays.c.fence + 1, expires=now + TTL_SECONDS)
            )
            row = connection.execute(select(relays).where(relays.c.name == self._name)).one()
        if taken.rowcount == 0:
            self._place = None
            return None
        self._fence = row.fence
        self._renewed = time.monotonic()
        self._place = Place(row.position, row.previous)
        return self._place

    def move(self, place: Place) -> None:
        """Move the bookmark; raises ``LeaseLostError`` where another process took the lease meanwhile."""
        with self._database.writing() as connection:
            now = self._database.now(connection)
            moved = connection.execute(
                update(relays)
                .where(
                    relays.c.name == self._name,
                    relays.c.holder == self._holder,
                    relays.c.fence == self._fence,
                    relays.c.expires > now,
                )
                .values(position=place.position, previous=place.previous, expires=now + TTL_SECONDS)
            )
        if moved.rowcount == 0:
            self._place = None
            raise LeaseLostError("Another worker publishes this log now.")
        self._renewed = time.monotonic()
        self._place = place

    def release(self) -> None:
        """Let another process take the lease at once."""
        if self._place is None:
            return
        self._place = None
        with self._database.writing() as connection:
            connection.execute(
                update(relays)
                .where(relays.c.name == self._name, relays.c.holder == self._holder, relays.c.fence == self._fence)
                .values(expires=0.0)
            )

    def _ensure_row(self, connection: object) -> None:
        row = {"name": self._name, "holder": "", "fence": 0, "expires": 0.0, "epoch": "", "position": 0, "previous": 0}
        insert_missing(connection, relays, [row])  # type: ignore[arg-type]
