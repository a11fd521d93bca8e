"""Which organisations have an event that arrived and is not in the figures?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from shared.contracts.wire import decode_event
from shared.store.received import PARKED, UNKNOWN
from shared.store.tables import received


def waiting_organisations(connection: Connection, subscriptions: Sequence[str]) -> frozenset[str]:
    """Organisations with an event that is parked, or of a type that this program does not know.

    Held events stand behind a parked one of the same person, so they add no organisation worth telling apart.
    """
    bodies = select(received.c.body).where(
        received.c.subscription.in_(subscriptions), received.c.state.in_((PARKED, UNKNOWN))
    )
    return frozenset(decode_event(bytes(body))["organisation"] for body in connection.execute(bodies).scalars())
