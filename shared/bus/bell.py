"""A bell that a green thread waits at: rung while nobody waits, the next to wait goes straight on."""

from __future__ import annotations

from eventlet.semaphore import Semaphore
from eventlet.timeout import Timeout


class Bell:
    """Rings are not counted: one or many before a wait are one."""

    def __init__(self) -> None:
        self._rung = Semaphore(0)

    def ring(self) -> None:
        """Wake whoever waits, or the next to wait."""
        if self._rung.locked():
            self._rung.release()

    def wait(self, seconds: float) -> bool:
        """Wait for a ring; answers whether it came within the time."""
        try:
            with Timeout(seconds):
                self._rung.acquire()
        except Timeout:
            return False
        return True
