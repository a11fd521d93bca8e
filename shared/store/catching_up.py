"""One's own writes: whether a service's lists show its own log up to a position, and waiting a little until they do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from shared.store.database import Database
from shared.store.received import bookmark

PATIENCE_SECONDS: Final = 1.0
"""How long somebody waits for what they have just written."""

_PAUSE_SECONDS: Final = 0.02


def catch_up(read: Database, service: str, position: int, within: float = 0.0) -> bool:
    """Whether a service's lists show its own log up to a position; ``within``: seconds that are waited for it."""
    return wait_until(lambda: position == 0 or _shown(read, service) >= position, within)


def wait_until(true: Callable[[], bool], within: float) -> bool:
    """Ask, again and again within so many seconds, until the answer is yes; whether it was."""
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() >= deadline:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True


def _shown(read: Database, service: str) -> int:
    with read.reading() as connection:
        return bookmark(connection, f"{service}.own", service)[1]
