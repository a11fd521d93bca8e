"""What a service set aside: list it, look at it, try it again, or dismiss it with a reason.

Marks are made here; the worker acts on them within a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, select, update

from shared.kernel.errors import InvalidError, NotFoundError
from shared.store.database import Database
from shared.store.received import DISMISSED, EXCEPTION, HELD, PARKED, TRYING, UNKNOWN, WITHDRAWN, in_states
from shared.store.tables import received, undecoded

_AT = "@"
_EPOCH = 8
"""How much of its epoch's name an exception's name has."""


@dataclass(frozen=True)
class SetAside:
    """One event that is not applied, or one message that could not be read (``position`` 0, ``type`` empty)."""

    name: str
    subscription: str
    position: int
    type: str
    state: str
    received: str
    attempts: int
    error: str


def list_set_aside(read: Database) -> list[SetAside]:
    """Everything parked, being tried, held or unknown, and exceptions, oldest first."""
    states = (PARKED, TRYING, HELD, UNKNOWN, EXCEPTION)
    with read.reading() as connection:
        events = connection.execute(
            select(received).where(in_states(*states)).order_by(received.c.received, received.c.position)
        ).all()
        messages = connection.execute(
            select(undecoded).where(undecoded.c.state == PARKED).order_by(undecoded.c.received)
        ).all()
    return [
        *(
            SetAside(
                _name(row),
                row.subscription,
                row.position,
                row.type,
                row.state,
                row.received,
                row.attempts,
                row.error,
            )
            for row in events
        ),
        *(SetAside(row.id, row.subscription, 0, "", row.state, row.received, 0, row.error) for row in messages),
    ]


def show(read: Database, name: str) -> dict[str, object]:
    """One that is set aside, with its content as received; raises ``NotFoundError``."""
    with read.reading() as connection:
        row = connection.execute(_named(name)).first()
        if row is None:
            raw = connection.execute(select(undecoded).where(undecoded.c.id == name)).first()
            if raw is None:
                raise NotFoundError(f"Nothing called {name} is set aside. See 'carers parked list'.")
            return {"name": name, "state": raw.state, "error": raw.error, "bytes": bytes(raw.body).hex()}
    return {
        "name": name,
        "state": row.state,
        "type": row.type,
        "attempts": row.attempts,
        "error": row.error,
        "received": row.received,
        "event": msgspec.json.decode(row.body),
    }


def retry(read: Database, name: str) -> None:
    """Have it tried again at once; raises ``NotFoundError``."""
    values = {"state": TRYING, "attempts": 0, "next_try": 0.0}
    _mark(read, name, values, states=(PARKED, TRYING))


def dismiss(read: Database, name: str, reason: str) -> None:
    """Give it up for a reason; what was held behind it is applied. Raises ``NotFoundError``, ``InvalidError``.

    An exception is dealt with by it: it stays withdrawn, with the reason.
    """
    if not reason.strip():
        raise InvalidError("Say why it is dismissed: the reason is kept with it.")
    with read.writing() as connection:
        changed = connection.execute(
            update(undecoded).where(undecoded.c.id == name).values(state=DISMISSED, reason=reason)
        )
    if changed.rowcount == 0 and _AT in name:
        _mark(read, name, {"state": WITHDRAWN, "reason": reason}, states=(EXCEPTION,))
    elif changed.rowcount == 0:
        _mark(read, name, {"state": DISMISSED, "reason": reason}, states=(PARKED, TRYING, UNKNOWN))


def _mark(read: Database, name: str, values: dict[str, object], *, states: tuple[str, ...]) -> None:
    with read.writing() as connection:
        changed = connection.execute(update(received).where(_is(name), in_states(*states)).values(**values))
    if changed.rowcount == 0:
        raise NotFoundError(f"Nothing called {name} is set aside in that way. See 'carers parked list'.")


def _named(name: str) -> Any:
    return select(received).where(_is(name))


def _name(row: Any) -> str:
    """``<subscription>:<position>``; an exception's epoch is said too: another event may have its position now."""
    name = f"{row.subscription}:{row.position}"
    return f"{name}{_AT}{row.epoch[:_EPOCH]}" if row.state == EXCEPTION else name


def _is(name: str) -> ColumnElement[bool]:
    """Which row has this name."""
    place, _, epoch = name.partition(_AT)
    subscription, _, position = place.rpartition(":")
    gone = in_states(WITHDRAWN, EXCEPTION)
    return and_(
        received.c.subscription == subscription,
        received.c.position == (int(position) if position.isdigit() else -1),
        and_(gone, received.c.epoch.startswith(epoch, autoescape=True)) if epoch else ~gone,
    )
