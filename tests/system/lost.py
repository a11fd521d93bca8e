"""A message that the broker lost: the relay has moved on, and nobody received it."""

from __future__ import annotations

from sqlalchemy import update

from shared.store.tables import relays
from tests.system.harness import Deployment


def lose_what_waits(deployment: Deployment, service: str) -> None:
    """Let a service's relay believe that it published all of its log. Its worker must not run."""
    wiring = deployment.wirings[service]
    _, last = wiring.stores.log.head()
    values = {"position": last, "previous": wiring.outbox.published_head(), "expires": 0.0}
    with wiring.stores.log.database.writing() as connection:
        moved = connection.execute(update(relays).where(relays.c.name == service).values(**values))
    assert moved.rowcount == 1
